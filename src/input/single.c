#include "input/single.h"

#include "base/utf8.h"

#include <string.h>

/// Puts a question mark where a byte is no text, so that every offset stays.
static void
replace_invalid(bg_window *window)
{
  bg_view text = bg_buffer_view(&window->bytes);
  size_t first = bg_utf8_find_invalid(text, 0);
  size_t count = bg_utf8_replace_invalid(window->bytes.bytes, text.size);
  if (count > 0) {
    bg_source_complain(window->source,
                       "invalid UTF-8 at byte %zu (%zu byte%s read as '?')",
                       first, count, count == 1 ? "" : "s");
  }
}

/// What is neither of the two, and begins so.
static const struct {
  bg_view start;
  const char *what;
} foreign[] = {
    {{"<?xml", 5}, "XML, and no MediaWiki dump"},
    {{"<!DOCTYPE", 9}, "HTML or XML, and no MediaWiki dump"},
    {{"<html", 5}, "HTML"},
    {{"-- MySQL dump", 13}, "a dump of SQL"},
};

static bg_status
check_is_text(const bg_window *window, bg_error *err)
{
  const char *path = window->source->raw.path;
  bg_view text = bg_buffer_view(&window->bytes);
  if (bg_view_trim(text).size == 0) {
    return bg_error_set(err, BG_REFUSED, "'%s' is empty (%zu bytes)", path,
                        text.size);
  }
  size_t nul = bg_view_find_byte(text, '\0', 0);
  if (nul != BG_NOWHERE) {
    return bg_error_set(err, BG_REFUSED,
                        "'%s' is not text: a zero byte at byte %zu", path, nul);
  }
  bg_view start = bg_view_trim(bg_utf8_skip_mark(text));
  for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
    if (bg_view_has_prefix_folded(start, foreign[i].start)) {
      return bg_error_set(err, BG_REFUSED, "'%s' is %s from byte %zu on", path,
                          foreign[i].what, (size_t)(start.bytes - text.bytes));
    }
  }
  return BG_OK;
}

static bg_status
read_all(bg_window *window, bg_error *err)
{
  bg_status status = BG_OK;
  while (status == BG_OK && window->bytes.size <= BG_LONGEST_TEXT) {
    status = bg_window_more(window, 0, err);
  }
  if (status == BG_OK) {
    return bg_error_set(err, BG_REFUSED,
                        "'%s' is longer than any article (%d bytes)",
                        window->source->raw.path, BG_LONGEST_TEXT);
  }
  return status == BG_END ? BG_OK : status;
}

/// plain-title ::= "=" title "=" end-of-line, as the first line of the file
static bool
read_plain_title(bg_view text, bg_view *title)
{
  bg_view rest = bg_view_trim(bg_utf8_skip_mark(text));
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
  bg_view name = bg_unpacked_name(path);
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
bg_single_read(const char *path, const bg_input_options *options,
               bg_window *window, bg_arena *arena, bg_page *page, bg_error *err)
{
  BG_TRY(read_all(window, err));
  BG_TRY(check_is_text(window, err));
  replace_invalid(window);
  bg_view language =
      options->language == NULL ? BG_VIEW("en") : bg_view_of(options->language);
  *page = (bg_page){
      .title = bg_view_trim(bg_view_of(options->title)),
      .language = language,
      .wiki = language,
      .text = bg_buffer_view(&window->bytes),
      .form = BG_FORM_WIKITEXT,
      .path = window->source->raw.path,
  };
  bg_view written;
  if (read_plain_title(page->text, &written)) {
    page->form = BG_FORM_PLAIN;
    page->title = page->title.size > 0 ? page->title : written;
  } else if (page->title.size == 0 && strcmp(path, "-") != 0) {
    page->title = title_of_path(path, arena);
  }
  if (page->title.size == 0) {
    return bg_error_set(err, BG_MISUSED,
                        "%s is wikitext, which carries no title: give --title",
                        page->path);
  }
  return BG_OK;
}
