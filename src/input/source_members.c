/// gzip, xz and zstd: files of one member or more, one behind the other, each
/// decoded by its library from its beginning to its end.

#include "input/source.h"

#include <lzma.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

enum {
  input_piece = 1 << 18,
  output_piece = 1 << 20,
  xz_memory = 128 << 20, // `xz -9` needs 65 MiB
};

typedef enum { MEMBER_GOES_ON, MEMBER_ENDS, MEMBER_IS_BROKEN } member_state;

/// What a step takes and gives: the pointers move.
typedef struct {
  const char *in;
  size_t in_size;
  char *out;
  size_t out_size;
} member_step;

typedef struct {
  const char *name;
  bg_view magic;
  void *(*start)(void *state); ///< of a member; `state` of the last, or NULL
  member_state (*step)(void *state, member_step *step, const char **reason);
  void (*end)(void *state);
} member_codec;

typedef struct {
  bg_source source;
  const member_codec *codec;
  void *state;
  bool is_inside;  // of a member
  bool was_broken; // what stood before the next bytes was lost
  bg_buffer in;
  size_t in_at;
  bool has_ended;
  bg_position at;
} member_source;

// ---- gzip: zlib ------------------------------------------------------------

static void *
start_gzip(void *state)
{
  z_stream *stream = state;
  if (stream == NULL) {
    stream = bg_heap_allocate(sizeof *stream);
    memset(stream, 0, sizeof *stream);
    inflateInit2(stream, 16 + MAX_WBITS);
  } else {
    inflateReset(stream);
  }
  return stream;
}

static member_state
step_gzip(void *state, member_step *step, const char **reason)
{
  z_stream *stream = state;
  stream->next_in = (Bytef *)(uintptr_t)step->in;
  stream->avail_in = (uInt)step->in_size;
  stream->next_out = (Bytef *)step->out;
  stream->avail_out = (uInt)step->out_size;
  int result = inflate(stream, Z_NO_FLUSH);
  step->in = (const char *)stream->next_in;
  step->in_size = stream->avail_in;
  step->out = (char *)stream->next_out;
  step->out_size = stream->avail_out;
  if (result == Z_STREAM_END) {
    return MEMBER_ENDS;
  }
  if (result == Z_OK || result == Z_BUF_ERROR) {
    return MEMBER_GOES_ON;
  }
  *reason = stream->msg == NULL ? "no gzip data" : stream->msg;
  return MEMBER_IS_BROKEN;
}

static void
end_gzip(void *state)
{
  inflateEnd(state);
  free(state);
}

// ---- xz: liblzma -----------------------------------------------------------

static void *
start_xz(void *state)
{
  lzma_stream *stream = state;
  if (stream == NULL) {
    stream = bg_heap_allocate(sizeof *stream);
    *stream = (lzma_stream)LZMA_STREAM_INIT;
  }
  if (lzma_stream_decoder(stream, xz_memory, 0) != LZMA_OK) {
    abort(); // only for want of memory or a wrong flag
  }
  return stream;
}

static member_state
step_xz(void *state, member_step *step, const char **reason)
{
  lzma_stream *stream = state;
  stream->next_in = (const uint8_t *)step->in;
  stream->avail_in = step->in_size;
  stream->next_out = (uint8_t *)step->out;
  stream->avail_out = step->out_size;
  lzma_ret result = lzma_code(stream, LZMA_RUN);
  step->in = (const char *)stream->next_in;
  step->in_size = stream->avail_in;
  step->out = (char *)stream->next_out;
  step->out_size = stream->avail_out;
  if (result == LZMA_STREAM_END) {
    return MEMBER_ENDS;
  }
  if (result == LZMA_OK || result == LZMA_BUF_ERROR) {
    return MEMBER_GOES_ON;
  }
  *reason = result == LZMA_MEMLIMIT_ERROR  ? "needs more memory than 128 MiB"
            : result == LZMA_OPTIONS_ERROR ? "made with unknown options"
                                           : "corrupt data";
  return MEMBER_IS_BROKEN;
}

static void
end_xz(void *state)
{
  lzma_end(state);
  free(state);
}

// ---- zstd ------------------------------------------------------------------

static void *
start_zstd(void *state)
{
  ZSTD_DStream *stream = state == NULL ? ZSTD_createDStream() : state;
  if (stream == NULL) {
    abort(); // for want of memory
  }
  ZSTD_initDStream(stream);
  return stream;
}

static member_state
step_zstd(void *state, member_step *step, const char **reason)
{
  ZSTD_inBuffer in = {step->in, step->in_size, 0};
  ZSTD_outBuffer out = {step->out, step->out_size, 0};
  size_t result = ZSTD_decompressStream(state, &out, &in);
  step->in += in.pos;
  step->in_size -= in.pos;
  step->out += out.pos;
  step->out_size -= out.pos;
  if (ZSTD_isError(result)) {
    *reason = ZSTD_getErrorName(result);
    return MEMBER_IS_BROKEN;
  }
  return result == 0 ? MEMBER_ENDS : MEMBER_GOES_ON;
}

static void
end_zstd(void *state)
{
  ZSTD_freeDStream(state);
}

static const member_codec codecs[] = {
    {"gzip", {"\x1F\x8B\x08", 3}, start_gzip, step_gzip, end_gzip},
    {"xz",
     {"\xFD"
      "7zXZ\0",
      6},
     start_xz,
     step_xz,
     end_xz},
    {"zstd", {"\x28\xB5\x2F\xFD", 4}, start_zstd, step_zstd, end_zstd},
};

// ---- members ---------------------------------------------------------------

/// Where in the file the next byte of `in` stands.
static uint64_t
offset_of_next(const member_source *members)
{
  return members->source.raw.offset - (members->in.size - members->in_at);
}

/// Puts what is left of `in` to its front and reads more behind it.
static bg_status
refill(member_source *members, bg_error *err)
{
  bg_buffer *in = &members->in;
  size_t left = in->size - members->in_at;
  if (left > 0) {
    memmove(in->bytes, in->bytes + members->in_at, left);
  }
  in->size = left;
  members->in_at = 0;
  char *to = bg_buffer_reserve(in, input_piece);
  size_t got = 0;
  bg_status status =
      bg_raw_read(&members->source.raw, to, input_piece, &got, err);
  in->size += got;
  members->has_ended = status == BG_END;
  return status;
}

bool
bg_zstd_begins_skippable(bg_view in)
{
  return in.size >= 4 && (in.bytes[0] & 0xF0) == 0x50 &&
         bg_view_has_prefix(bg_view_slice(in, 1, 4), BG_VIEW("\x2A\x4D\x18"));
}

/// Goes to the next beginning of a member. Complains of what stands before it,
/// unless that are zeros, as tapes and xz have them.
static bg_status
find_member(member_source *members, bool complain, bg_error *err)
{
  uint64_t start = offset_of_next(members);
  bool is_strange = false;
  bg_view magic = members->codec->magic;
  for (;;) {
    bg_view in = bg_view_slice(bg_buffer_view(&members->in), members->in_at,
                               members->in.size);
    if (!is_strange && members->codec->step == step_zstd &&
        bg_zstd_begins_skippable(in)) {
      return BG_OK;
    }
    size_t at = bg_view_find(in, magic, 0);
    size_t kept = members->has_ended ? 0 : magic.size - 1; // a piece of one
    size_t passed = at != BG_NOWHERE ? at : in.size < kept ? 0 : in.size - kept;
    for (size_t i = 0; i < passed && !is_strange; i++) {
      is_strange = in.bytes[i] != '\0';
    }
    members->in_at += passed;
    if (at == BG_NOWHERE && !members->has_ended) {
      bg_status status = refill(members, err);
      if (status == BG_OK || status == BG_END) {
        continue;
      }
      return status;
    }
    if (complain && is_strange) {
      bg_source_complain(&members->source,
                         "from byte %llu on is no %s data; it is left out",
                         (unsigned long long)start, members->codec->name);
    }
    return at == BG_NOWHERE ? BG_END : BG_OK;
  }
}

static void
start_member(member_source *members)
{
  members->state = members->codec->start(members->state);
  members->is_inside = true;
  if (members->source.raw.is_seekable) {
    members->at = (bg_position){.origin = offset_of_next(members)};
  }
}

static bg_status
begin_members(bg_source *source, bg_error *err)
{
  uint64_t origin = source->part.start.origin;
  return origin == 0 || !source->raw.is_seekable
             ? BG_OK
             : bg_raw_seek(&source->raw, origin, err);
}

/// Decodes into `to` until there is something, a member ends, or it is broken.
static bg_status
step_member(member_source *members, bg_buffer *to, bool *is_broken,
            bg_error *err)
{
  if (members->in_at == members->in.size && !members->has_ended) {
    bg_status status = refill(members, err);
    if (status != BG_OK && status != BG_END) {
      return status;
    }
  }
  member_step step = {
      .in = members->in.bytes + members->in_at,
      .in_size = members->in.size - members->in_at,
      .out = bg_buffer_reserve(to, output_piece),
      .out_size = output_piece,
  };
  size_t in_size = step.in_size;
  const char *reason = NULL;
  member_state state = members->codec->step(members->state, &step, &reason);
  size_t got = output_piece - step.out_size;
  to->size += got;
  members->at.ahead += got;
  members->in_at += in_size - step.in_size;
  members->is_inside = state == MEMBER_GOES_ON;
  if (state == MEMBER_IS_BROKEN) {
    *is_broken = true;
    // Never the same beginning once more.
    members->in_at += step.in_size == in_size && in_size > 0 ? 1 : 0;
    bg_source_complain(&members->source, "broken at byte %llu: %s",
                       (unsigned long long)offset_of_next(members), reason);
  } else if (state == MEMBER_GOES_ON && got == 0 && members->has_ended &&
             step.in_size == in_size) {
    *is_broken = true;
    members->is_inside = false;
    bg_source_complain(&members->source, "is cut off: it ends at byte %llu",
                       (unsigned long long)offset_of_next(members));
  }
  return BG_OK;
}

static bg_status
read_members(bg_source *source, bg_buffer *to, bg_mark *mark, bg_error *err)
{
  member_source *members = (member_source *)source;
  size_t before = to->size;
  while (to->size == before) {
    mark->is_broken = members->was_broken;
    if (!members->is_inside) {
      BG_TRY(find_member(members, !members->was_broken, err));
      start_member(members);
    }
    mark->begin = members->at;
    bool is_broken = false;
    BG_TRY(step_member(members, to, &is_broken, err));
    // Bytes that came before the break are good, and tell of it afterwards.
    members->was_broken =
        is_broken || (members->was_broken && to->size == before);
  }
  return BG_OK;
}

static void
close_members(bg_source *source)
{
  member_source *members = (member_source *)source;
  if (members->state != NULL) {
    members->codec->end(members->state);
  }
  bg_buffer_release(&members->in);
}

static bg_source *
open_members(const member_codec *codec)
{
  static const bg_source_kind kind = {.unit = 1,
                                      .begin = begin_members,
                                      .read = read_members,
                                      .close = close_members};
  member_source *members = bg_heap_allocate(sizeof *members);
  *members = (member_source){.source = {.kind = &kind}, .codec = codec};
  return &members->source;
}

bg_source *
bg_source_new_gzip(void)
{
  return open_members(&codecs[0]);
}

bg_source *
bg_source_new_xz(void)
{
  return open_members(&codecs[1]);
}

bg_source *
bg_source_new_zstd(void)
{
  return open_members(&codecs[2]);
}
