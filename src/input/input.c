#include "input/input.h"

#include "base/utf8.h"
#include "input/dump.h"
#include "input/single.h"

#include <stdlib.h>
#include <string.h>

struct bg_input {
  bg_input_options options;
  bg_input_options holding; // the same, with complaints held back:
  bg_buffer held; // a line each; what they are about may never be read
  bg_dump *dump;  // or a single page:
  bg_window window;
  bg_arena *arena;
  bg_page page;
  bool is_read; // the page has been handed out
};

static const bg_source *
source_of(const bg_input *input)
{
  return input->dump != NULL ? bg_dump_source(input->dump)
                             : input->window.source;
}

static bool
is_whole(const bg_part *part)
{
  return part == NULL ||
         (part->start.origin == 0 && part->start.ahead == 0 &&
          part->from == 0 && part->to == UINT64_MAX && part->stream_count == 0);
}

/// In another part of the file; what stands at its beginning is known.
static bg_status
go_to_part(bg_input *input, const char *path, const bg_part *asked,
           bg_error *err)
{
  bg_part part = *asked;
  const bg_source_kind *kind = source_of(input)->kind;
  if (part.stream_count > 0 && !kind->has_streams) {
    return bg_error_set(err, BG_MISUSED,
                        "'%s' is no bzip2 file: an index is of no use", path);
  }
  bg_dump_skip(input->dump, part.start.given);
  if (!kind->has_parts || bg_dump_is_strict(input->dump)) {
    // Reading begins with the file: all of it is one part.
    input->is_read = part.from > 0;
    part.from = 0;
    part.to = UINT64_MAX;
  }
  if (is_whole(&part) || input->is_read) {
    return BG_OK;
  }
  if (!source_of(input)->raw.is_seekable) {
    return bg_error_set(err, BG_MISUSED, "'%s' is no file: it has no parts",
                        path);
  }
  bg_source *source;
  BG_TRY(bg_dump_read_head(input->dump, err));
  BG_TRY(bg_source_open(path, &input->options, &part, &source, err));
  bg_dump_go_on(input->dump, source);
  bg_buffer_reset(&input->held); // the part complains of its own faults
  return BG_OK;
}

static void
hold(void *context, const char *message)
{
  bg_input *input = context;
  bg_buffer_append(&input->held, bg_view_of(message));
  bg_buffer_append_byte(&input->held, '\0');
}

static void
tell_held(bg_input *input)
{
  for (size_t at = 0; at < input->held.size;) {
    const char *message = input->held.bytes + at;
    if (input->options.complain != NULL) {
      input->options.complain(input->options.context, message);
    }
    at += strlen(message) + 1;
  }
  bg_buffer_reset(&input->held);
}

/// A file of one page is a part by itself.
static bg_status
open_single(bg_input *input, const char *path, const bg_part *part,
            bg_error *err)
{
  if (part != NULL && (part->from > 0 || part->start.given > 0)) {
    input->is_read = true;
    return BG_OK;
  }
  return bg_single_read(path, &input->options, &input->window, input->arena,
                        &input->page, err);
}

static bg_status
open_pages(bg_input *input, const char *path, const bg_part *part,
           bg_error *err)
{
  enum { enough_to_tell = 4096 };
  bg_status status = BG_OK;
  while (status == BG_OK && input->window.bytes.size < enough_to_tell &&
         input->window.gap == BG_NO_GAP) {
    status = bg_window_more(&input->window, 0, err);
  }
  if (status != BG_OK && status != BG_END) {
    return status;
  }
  if (!bg_dump_is_one(bg_view_slice(bg_buffer_view(&input->window.bytes), 0,
                                    enough_to_tell))) {
    return open_single(input, path, part, err);
  }
  input->dump = bg_dump_new(&input->options, &input->window);
  input->window = (bg_window){0};
  return part == NULL ? BG_OK : go_to_part(input, path, part, err);
}

bg_status
bg_input_open(const char *path, const bg_input_options *options,
              const bg_part *part, bg_input **input, bg_error *err)
{
  bg_source *source;
  *input = NULL;
  bg_input *opened = bg_heap_allocate(sizeof *opened);
  *opened = (bg_input){
      .options = *options, .holding = *options, .arena = bg_arena_new()};
  opened->holding.complain = hold;
  opened->holding.context = opened;
  bg_status status = bg_source_open(path, &opened->holding, NULL, &source, err);
  if (status == BG_OK) {
    bg_window_init(&opened->window, source);
    status = open_pages(opened, path, part, err);
  }
  tell_held(opened);
  if (status != BG_OK) {
    bg_input_close(opened);
    return status;
  }
  opened->holding.complain = options->complain;
  opened->holding.context = options->context;
  *input = opened;
  return BG_OK;
}

void
bg_input_close(bg_input *input)
{
  if (input != NULL) {
    bg_dump_free(input->dump);
    bg_window_release(&input->window);
    bg_buffer_release(&input->held);
    bg_arena_free(input->arena);
    free(input);
  }
}

bg_status
bg_input_next(bg_input *input, bg_page *page, bg_error *err)
{
  if (input->is_read) {
    return BG_END;
  }
  if (input->dump != NULL) {
    return bg_dump_next(input->dump, page, err);
  }
  input->is_read = true;
  *page = input->page;
  return BG_OK;
}

size_t
bg_page_read_text(bg_page *page, bg_arena *arena)
{
  if (!page->is_of_dump) {
    return 0;
  }
  char *bytes = bg_arena_allocate(arena, page->text.size + 1);
  size_t size = page->text.size;
  if (page->is_escaped) {
    size = bg_xml_unescape(page->text, bytes);
  } else {
    memcpy(bytes, page->text.bytes, size);
  }
  page->is_escaped = false;
  page->text = (bg_view){bytes, size};
  return bg_utf8_replace_invalid(bytes, size);
}

bool
bg_input_is_damaged(const bg_input *input)
{
  return source_of(input)->is_damaged;
}

bool
bg_input_is_dump(const bg_input *input)
{
  return input->dump != NULL;
}

bg_position
bg_input_position(const bg_input *input)
{
  return input->dump == NULL ? (bg_position){.given = input->is_read}
                             : bg_dump_position(input->dump);
}

void
bg_input_progress(const bg_input *input, uint64_t *done, uint64_t *total)
{
  const bg_raw *raw = &source_of(input)->raw;
  *done = raw->offset;
  *total = raw->size;
}
