#include "base/stream.h"

#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum {
  piece = 1 << 16,        // bytes written at once
  member_piece = 1 << 20, // bytes compressed at once
  compression_level = 2,  // RDF repeats itself: more costs time for little
};

struct bg_stream {
  int descriptor;
  const char *path; // for messages: "standard output"
  bool is_attached; // to a descriptor of others
  bool is_compressed;
  bg_buffer pending;
  uint64_t size;
  int failure; // errno of the first
};

static bg_status
cut(const char *path, int descriptor, uint64_t size, bg_error *err)
{
  struct stat about;
  if (fstat(descriptor, &about) == 0 && (uint64_t)about.st_size < size) {
    return bg_error_set(err, BG_REFUSED,
                        "cannot go on with '%s': it has %llu bytes and should "
                        "have %llu",
                        path, (unsigned long long)about.st_size,
                        (unsigned long long)size);
  }
  if (ftruncate(descriptor, (off_t)size) != 0 ||
      lseek(descriptor, (off_t)size, SEEK_SET) < 0) {
    return bg_error_set(err, BG_FAILED, "cannot go on with '%s': %s", path,
                        strerror(errno));
  }
  return BG_OK;
}

bg_status
bg_stream_open(const char *path, const uint64_t *size, bg_stream **stream,
               bg_error *err)
{
  bool is_standard = path == NULL || strcmp(path, "-") == 0;
  int descriptor = STDOUT_FILENO;
  if (!is_standard) {
    int flags = O_WRONLY | O_CLOEXEC | (size == NULL ? O_CREAT | O_TRUNC : 0);
    descriptor = open(path, flags, 0666);
  }
  if (descriptor < 0) {
    return bg_error_set(err, BG_FAILED, "cannot create '%s': %s", path,
                        strerror(errno));
  }
  if (size != NULL && !is_standard) {
    bg_status status = cut(path, descriptor, *size, err);
    if (status != BG_OK) {
      close(descriptor);
      return status;
    }
  }
  bg_stream *opened = bg_heap_allocate(sizeof *opened);
  *opened = (bg_stream){
      .descriptor = descriptor,
      .path = is_standard ? "standard output" : path,
      .is_attached = is_standard,
      .is_compressed =
          !is_standard && bg_view_has_suffix(bg_view_of(path), BG_VIEW(".gz")),
      .size = size == NULL ? 0 : *size,
  };
  *stream = opened;
  return BG_OK;
}

bg_stream *
bg_stream_attach(int descriptor, const char *name)
{
  bg_stream *made = bg_heap_allocate(sizeof *made);
  *made =
      (bg_stream){.descriptor = descriptor, .path = name, .is_attached = true};
  return made;
}

static void
write_all(bg_stream *stream, bg_view bytes)
{
  while (bytes.size > 0 && stream->failure == 0) {
    ssize_t count = write(stream->descriptor, bytes.bytes, bytes.size);
    if (count < 0 && errno != EINTR) {
      stream->failure = errno;
    } else if (count > 0) {
      stream->size += (uint64_t)count;
      bytes = bg_view_slice(bytes, (size_t)count, bytes.size);
    }
  }
}

static void
write_pending(bg_stream *stream)
{
  if (stream->pending.size > 0) {
    bg_stream_seal(stream, &stream->pending);
    write_all(stream, bg_buffer_view(&stream->pending));
    bg_buffer_reset(&stream->pending);
  }
}

void
bg_stream_write(bg_stream *stream, bg_view bytes)
{
  bg_buffer_append(&stream->pending, bytes);
  if (stream->pending.size >=
      (size_t)(stream->is_compressed ? member_piece : piece)) {
    write_pending(stream);
  }
}

void
bg_stream_write_sealed(bg_stream *stream, bg_view bytes)
{
  write_pending(stream);
  write_all(stream, bytes);
}

/// Makes a member of the bytes.
static void
compress_member(bg_buffer *bytes)
{
  z_stream deflater = {0};
  bg_buffer sealed;
  bg_buffer_init(&sealed);
  deflateInit2(&deflater, compression_level, Z_DEFLATED, 16 + MAX_WBITS, 9,
               Z_DEFAULT_STRATEGY);
  uLong bound = deflateBound(&deflater, bytes->size);
  deflater.next_in = (Bytef *)bytes->bytes;
  deflater.avail_in = (uInt)bytes->size;
  deflater.next_out = (Bytef *)bg_buffer_reserve(&sealed, bound);
  deflater.avail_out = (uInt)bound;
  deflate(&deflater, Z_FINISH);
  sealed.size = deflater.total_out;
  deflateEnd(&deflater);
  bg_buffer_release(bytes);
  *bytes = sealed;
}

void
bg_stream_seal(const bg_stream *stream, bg_buffer *bytes)
{
  if (stream->is_compressed && bytes->size > 0) {
    compress_member(bytes);
  }
}

static void
write_empty_member(bg_stream *stream)
{
  bg_buffer member;
  bg_buffer_init(&member);
  compress_member(&member);
  write_all(stream, bg_buffer_view(&member));
  bg_buffer_release(&member);
}

bg_status
bg_stream_flush(bg_stream *stream, bg_error *err)
{
  write_pending(stream);
  if (stream->failure == 0) {
    return BG_OK;
  }
  return bg_error_set(err, BG_FAILED, "cannot write '%s': %s", stream->path,
                      strerror(stream->failure));
}

bg_status
bg_stream_sync(bg_stream *stream, uint64_t *size, bg_error *err)
{
  BG_TRY(bg_stream_flush(stream, err));
  if (fsync(stream->descriptor) != 0 && errno != EINVAL && errno != EROFS) {
    stream->failure = errno;
  }
  *size = stream->size;
  return bg_stream_flush(stream, err);
}

bool
bg_stream_has_failed(const bg_stream *stream)
{
  return stream->failure != 0;
}

bg_status
bg_stream_close(bg_stream *stream, bg_error *err)
{
  if (stream == NULL) {
    return BG_OK;
  }
  write_pending(stream);
  if (stream->is_compressed && stream->size == 0 && stream->failure == 0) {
    write_empty_member(stream); // a file of no bytes is no gzip file
  }
  // Some file systems tell only now that there was no room.
  if (!stream->is_attached && close(stream->descriptor) != 0 &&
      stream->failure == 0) {
    stream->failure = errno;
  }
  bg_status status = bg_stream_flush(stream, err);
  bg_buffer_release(&stream->pending);
  free(stream);
  return status;
}
