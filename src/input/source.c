#include "input/source.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  longest_magic = 8,
  most_complaints = 1000, // of one file
};

static const struct {
  bg_view magic;
  bg_source *(*open)(void);
} kinds[] = {
    {{"\x1F\x8B", 2}, bg_source_new_gzip}, // RFC 1952, 2.3.1
    {{"BZh", 3}, bg_source_new_bzip2},     // bzip2's own
    {{"\xFD"
      "7zXZ\0",
      6},
     bg_source_new_xz},                            // .xz format, 2.1.1.1
    {{"\x28\xB5\x2F\xFD", 4}, bg_source_new_zstd}, // RFC 8878, 3.1.1
};

/// What we cannot read, and what can.
static const struct {
  bg_view magic;
  const char *name;
  const char *advice;
} foreign[] = {
    {{"7z\xBC\xAF\x27\x1C", 6},
     "a 7z archive",
     "7z x -so FILE | battlegraph … -"},
    {{"PK\3\4", 4}, "a zip archive", "unzip -p FILE | battlegraph … -"},
};

static bg_status
choose_kind(const bg_raw *raw, bg_view start, bg_source **source, bg_error *err)
{
  for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
    if (bg_view_has_prefix(start, foreign[i].magic)) {
      return bg_error_set(err, BG_REFUSED, "'%s' is %s: use %s", raw->path,
                          foreign[i].name, foreign[i].advice);
    }
  }
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (bg_view_has_prefix(start, kinds[i].magic)) {
      *source = kinds[i].open();
      return BG_OK;
    }
  }
  *source = bg_zstd_begins_skippable(start) ? bg_source_new_zstd()
                                            : bg_source_new_plain();
  return BG_OK;
}

bg_view
bg_unpacked_name(const char *path)
{
  static const char *const endings[] = {".gz", ".bz2", ".xz", ".zst"};
  bg_view name = bg_view_of(path);
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    bg_view ending = bg_view_of(endings[i]);
    if (bg_view_has_suffix(name, ending)) {
      name.size -= ending.size;
    }
  }
  return name;
}

bg_status
bg_source_open(const char *path, const bg_input_options *options,
               const bg_part *part, bg_source **source, bg_error *err)
{
  bg_raw raw;
  bg_view start;
  *source = NULL;
  BG_TRY(bg_raw_open(path, &raw, err));
  bg_status status = bg_raw_peek(&raw, longest_magic, &start, err);
  if (status == BG_OK) {
    status = choose_kind(&raw, start, source, err);
  }
  if (status != BG_OK) {
    bg_raw_close(&raw);
    return status;
  }
  static const bg_part whole = {.to = UINT64_MAX};
  bg_source *opened = *source;
  opened->raw = raw;
  opened->raw.is_stopped = options->is_stopped;
  opened->options = options;
  opened->part = part == NULL ? whole : *part;
  opened->skip = opened->part.start.ahead;
  if (opened->kind->begin != NULL) {
    status = opened->kind->begin(opened, err);
  }
  if (status != BG_OK) {
    bg_source_close(opened);
    *source = NULL;
  }
  return status;
}

void
bg_source_close(bg_source *source)
{
  if (source != NULL) {
    source->kind->close(source);
    bg_raw_close(&source->raw);
    free(source);
  }
}

bg_status
bg_source_read(bg_source *source, bg_buffer *to, bg_mark *mark, bg_error *err)
{
  size_t before = to->size;
  bool is_broken = false;
  for (;;) {
    *mark = (bg_mark){0};
    bg_status status = source->kind->read(source, to, mark, err);
    is_broken = is_broken || mark->is_broken;
    mark->is_broken = is_broken;
    if (status != BG_OK || source->skip == 0) {
      return status;
    }
    // What was done before is read once more, and left out.
    size_t got = to->size - before;
    size_t dropped = got < source->skip ? got : (size_t)source->skip;
    memmove(to->bytes + before, to->bytes + before + dropped, got - dropped);
    to->size -= dropped;
    source->skip -= dropped;
    mark->begin.ahead += dropped;
    if (to->size > before) {
      return BG_OK;
    }
  }
}

void
bg_source_complain(bg_source *source, const char *format, ...)
{
  char what[512];
  char message[1024];
  va_list args;
  va_start(args, format);
  vsnprintf(what, sizeof what, format, args);
  va_end(args);
  bool is_stopped =
      source->options->is_stopped != NULL && source->options->is_stopped();
  if (is_stopped) {
    return; // what is missing has not been read
  }
  source->is_damaged = true;
  if (source->complaints++ > most_complaints) {
    return;
  }
  snprintf(message, sizeof message, "'%s': %s", source->raw.path,
           source->complaints > most_complaints ? "more faults are not told"
                                                : what);
  if (source->options->complain != NULL) {
    source->options->complain(source->options->context, message);
  }
}

void
bg_source_describe(const bg_source *source, bg_position at, char *text,
                   size_t size)
{
  unsigned unit = source->kind->unit;
  if (unit == 0) {
    snprintf(text, size, "byte %llu",
             (unsigned long long)(at.origin + at.ahead));
  } else {
    snprintf(text, size, "byte %llu of what byte %llu decompresses to",
             (unsigned long long)at.ahead,
             (unsigned long long)(at.origin / unit));
  }
}

// ---- files that are not compressed -----------------------------------------

enum { plain_piece = 1 << 20 };

static bg_status
begin_plain(bg_source *source, bg_error *err)
{
  uint64_t from = source->part.start.origin > 0 ? source->part.start.origin
                                                : source->part.from;
  return from == 0 || !source->raw.is_seekable
             ? BG_OK
             : bg_raw_seek(&source->raw, from, err);
}

static bg_status
read_plain(bg_source *source, bg_buffer *to, bg_mark *mark, bg_error *err)
{
  uint64_t offset = source->raw.offset;
  size_t room = plain_piece;
  if (offset < source->part.to && source->part.to - offset < room) {
    room = (size_t)(source->part.to - offset);
  }
  size_t got = 0;
  mark->begin.origin = offset;
  mark->is_beyond = offset >= source->part.to;
  BG_TRY(
      bg_raw_read(&source->raw, bg_buffer_reserve(to, room), room, &got, err));
  to->size += got;
  return BG_OK;
}

static void
close_plain(bg_source *source)
{
  (void)source;
}

bg_source *
bg_source_new_plain(void)
{
  static const bg_source_kind kind = {.has_parts = true,
                                      .begin = begin_plain,
                                      .read = read_plain,
                                      .close = close_plain};
  bg_source *source = bg_heap_allocate(sizeof *source);
  *source = (bg_source){.kind = &kind};
  return source;
}
