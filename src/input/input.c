#include "input/input.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bg_input {
  const char *path;
  const char *shown_path; // for messages
  bg_input_options options;
  bg_arena *arena;
  bg_buffer content;
  bool is_damaged;
  bool is_read; // its one page has been handed out
};

static void
complain(const bg_input *input, const char *message)
{
  if (input->options.complain != NULL) {
    input->options.complain(input->options.context, message);
  }
}

/// Text without a byte order mark, which some editors put before it.
static bg_view
skip_byte_order_mark(bg_view text)
{
  const bg_view mark = BG_VIEW("\xEF\xBB\xBF");
  return bg_view_has_prefix(text, mark)
             ? bg_view_slice(text, mark.size, text.size)
             : text;
}

/// Puts a question mark where a byte is no text, so that every offset stays.
static void
replace_invalid(bg_input *input)
{
  bg_view text = bg_buffer_view(&input->content);
  size_t first = bg_utf8_find_invalid(text, 0);
  size_t count = 0;
  for (size_t at = first; at != BG_NOWHERE;
       at = bg_utf8_find_invalid(text, at)) {
    uint32_t codepoint;
    size_t size = bg_utf8_decode(text, at, &codepoint);
    size = size == 0 ? 1 : size;
    memset(input->content.bytes + at, '?', size);
    count += size;
  }
  if (count > 0) {
    char message[512];
    snprintf(message, sizeof message,
             "'%s': invalid UTF-8 at byte %zu (%zu byte%s read as '?')",
             input->shown_path, first, count, count == 1 ? "" : "s");
    complain(input, message);
    input->is_damaged = true;
  }
}

static bg_status
check_is_text(const bg_input *input, bg_error *err)
{
  bg_view text = bg_buffer_view(&input->content);
  if (bg_view_trim(text).size == 0) {
    return bg_error_set(err, BG_REFUSED, "'%s' is empty (%zu bytes)",
                        input->shown_path, text.size);
  }
  size_t nul = bg_view_find_byte(text, '\0', 0);
  if (nul != BG_NOWHERE) {
    return bg_error_set(err, BG_REFUSED,
                        "'%s' is not text: a zero byte at byte %zu",
                        input->shown_path, nul);
  }
  bg_view start = bg_view_trim(skip_byte_order_mark(text));
  if (bg_view_has_prefix(start, BG_VIEW("<?xml")) ||
      bg_view_has_prefix(start, BG_VIEW("<mediawiki")) ||
      bg_view_has_prefix(start, BG_VIEW("<!DOCTYPE"))) {
    return bg_error_set(err, BG_REFUSED,
                        "'%s' is XML or HTML from byte %zu on, neither a plain "
                        "rendering nor wikitext",
                        input->shown_path, (size_t)(start.bytes - text.bytes));
  }
  return BG_OK;
}

bg_status
bg_input_open(const char *path, const bg_input_options *options,
              bg_input **input, bg_error *err)
{
  bg_input *opened = bg_heap_allocate(sizeof *opened);
  *opened = (bg_input){
      .path = path,
      .shown_path = strcmp(path, "-") == 0 ? "standard input" : path,
      .options = *options,
      .arena = bg_arena_new(),
  };
  bg_buffer_init(&opened->content);
  bg_status status = bg_file_read(path, &opened->content, err);
  if (status == BG_OK) {
    status = check_is_text(opened, err);
  }
  if (status != BG_OK) {
    bg_input_close(opened);
    *input = NULL;
    return status;
  }
  replace_invalid(opened);
  *input = opened;
  return BG_OK;
}

void
bg_input_close(bg_input *input)
{
  if (input != NULL) {
    bg_buffer_release(&input->content);
    bg_arena_free(input->arena);
    free(input);
  }
}

bool
bg_input_is_damaged(const bg_input *input)
{
  return input->is_damaged;
}

/// plain-title ::= "=" title "=" end-of-line, as the first line of the file
static bool
read_plain_title(bg_view text, bg_view *title)
{
  bg_view rest = bg_view_trim(skip_byte_order_mark(text));
  bg_view line;
  bg_view_next_part(&rest, '\n', &line);
  line = bg_view_trim(line);
  if (line.size < 3 || line.bytes[0] != '=' || line.bytes[1] == '=' ||
      line.bytes[line.size - 1] != '=' || line.bytes[line.size - 2] == '=') {
    return false;
  }
  *title = bg_view_trim(bg_view_slice(line, 1, line.size - 1));
  return title->size > 0;
}

/// The file's name without folders and ending, with spaces for underscores.
static bg_view
title_of_path(const char *path, bg_arena *arena)
{
  bg_view name = bg_view_of(path);
  size_t slash = bg_view_find_last_byte(name, '/');
  if (slash != BG_NOWHERE) {
    name = bg_view_slice(name, slash + 1, name.size);
  }
  // Only what looks like an ending: titles have full stops ("St. Lucia").
  size_t dot = bg_view_find_last_byte(name, '.');
  if (dot != BG_NOWHERE && dot > 0 && name.size - dot <= 9 &&
      bg_view_find_byte(name, '_', dot) == BG_NOWHERE &&
      bg_view_find_byte(name, ' ', dot) == BG_NOWHERE) {
    name = bg_view_slice(name, 0, dot);
  }
  char *bytes = bg_arena_allocate(arena, name.size + 1);
  for (size_t i = 0; i < name.size; i++) {
    bytes[i] = name.bytes[i];
    if (bytes[i] == '_') {
      bytes[i] = ' ';
    }
  }
  return (bg_view){bytes, name.size};
}

bg_status
bg_input_next(bg_input *input, bg_page *page, bg_error *err)
{
  if (input->is_read) {
    return BG_END;
  }
  input->is_read = true;
  *page = (bg_page){
      .title = bg_view_trim(bg_view_of(input->options.title)),
      .language = bg_view_of(
          input->options.language == NULL ? "en" : input->options.language),
      .text = bg_buffer_view(&input->content),
      .form = BG_FORM_WIKITEXT,
      .path = input->shown_path,
  };
  bg_view written;
  if (read_plain_title(page->text, &written)) {
    page->form = BG_FORM_PLAIN;
    page->title = page->title.size > 0 ? page->title : written;
  } else if (page->title.size == 0 && strcmp(input->path, "-") != 0) {
    page->title = title_of_path(input->path, input->arena);
  }
  if (page->title.size == 0) {
    return bg_error_set(err, BG_MISUSED,
                        "%s is wikitext, which carries no title: give --title",
                        input->shown_path);
  }
  return BG_OK;
}
