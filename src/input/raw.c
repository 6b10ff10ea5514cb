#include "input/raw.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bg_status
bg_raw_open(const char *path, bg_raw *raw, bg_error *err)
{
  bool is_standard = strcmp(path, "-") == 0;
  *raw = (bg_raw){.path = is_standard ? "standard input" : path};
  raw->descriptor =
      is_standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  if (raw->descriptor < 0) {
    return bg_error_set(err, BG_FAILED, "cannot open '%s': %s", path,
                        strerror(errno));
  }
  struct stat about;
  if (fstat(raw->descriptor, &about) != 0 || S_ISDIR(about.st_mode)) {
    bg_raw_close(raw);
    return bg_error_set(err, BG_FAILED, "cannot read '%s': is a directory",
                        raw->path);
  }
  raw->is_seekable = S_ISREG(about.st_mode) && !is_standard;
  raw->size = raw->is_seekable ? (uint64_t)about.st_size : 0;
  return BG_OK;
}

void
bg_raw_close(bg_raw *raw)
{
  if (raw->descriptor > STDIN_FILENO) {
    close(raw->descriptor);
  }
  raw->descriptor = -1;
  bg_buffer_release(&raw->pending);
}

static bg_status
read_descriptor(bg_raw *raw, uint64_t offset, char *to, size_t room,
                size_t *got, bg_error *err)
{
  ssize_t count;
  do {
    count = read(raw->descriptor, to, room);
    if (count < 0 && errno == EINTR && raw->is_stopped != NULL &&
        raw->is_stopped()) {
      return BG_END;
    }
  } while (count < 0 && errno == EINTR);
  if (count < 0) {
    return bg_error_set(err, BG_FAILED, "cannot read '%s' at byte %llu: %s",
                        raw->path, (unsigned long long)offset, strerror(errno));
  }
  *got = (size_t)count;
  return count == 0 ? BG_END : BG_OK;
}

bg_status
bg_raw_read(bg_raw *raw, char *to, size_t room, size_t *got, bg_error *err)
{
  size_t pending = raw->pending.size - raw->pending_at;
  if (pending > 0) {
    *got = pending < room ? pending : room;
    memcpy(to, raw->pending.bytes + raw->pending_at, *got);
    raw->pending_at += *got;
  } else {
    BG_TRY(read_descriptor(raw, raw->offset, to, room, got, err));
  }
  raw->offset += *got;
  return BG_OK;
}

bg_status
bg_raw_peek(bg_raw *raw, size_t size, bg_view *bytes, bg_error *err)
{
  bg_status status = BG_OK;
  while (raw->pending.size < size && status == BG_OK) {
    char *to = bg_buffer_reserve(&raw->pending, size - raw->pending.size);
    size_t got = 0;
    status = read_descriptor(raw, raw->pending.size, to,
                             size - raw->pending.size, &got, err);
    raw->pending.size += got;
  }
  *bytes = bg_buffer_view(&raw->pending);
  return status == BG_END ? BG_OK : status;
}

bg_status
bg_raw_seek(bg_raw *raw, uint64_t offset, bg_error *err)
{
  if (lseek(raw->descriptor, (off_t)offset, SEEK_SET) < 0) {
    return bg_error_set(err, BG_FAILED, "cannot go to byte %llu of '%s': %s",
                        (unsigned long long)offset, raw->path, strerror(errno));
  }
  raw->pending_at = raw->pending.size;
  raw->offset = offset;
  return BG_OK;
}
