#include "input/window.h"
#include "input/xml.h"

#include <stdlib.h>
#include <string.h>

enum { longest_line = 64 << 20 }; // an INSERT of a dump of SQL is 1 MiB

struct bg_lines {
  bg_window window;
  uint64_t at;
};

bg_status
bg_content_read(const char *path, bg_buffer *content, bg_error *err)
{
  const bg_input_options options = {0};
  bg_source *source;
  BG_TRY(bg_source_open(path, &options, NULL, &source, err));
  bg_status status;
  bg_mark mark;
  do {
    status = bg_source_read(source, content, &mark, err);
  } while (status == BG_OK);
  if (status == BG_END && source->is_damaged) {
    status = bg_error_set(err, BG_REFUSED, "'%s' is broken", source->raw.path);
  }
  bg_source_close(source);
  return status == BG_END ? BG_OK : status;
}

bg_status
bg_lines_open(const char *path, const bg_input_options *options,
              bg_lines **lines, bg_error *err)
{
  bg_source *source;
  *lines = NULL;
  BG_TRY(bg_source_open(path, options, NULL, &source, err));
  bg_lines *opened = bg_heap_allocate(sizeof *opened);
  *opened = (bg_lines){.at = 0};
  bg_window_init(&opened->window, source);
  *lines = opened;
  return BG_OK;
}

void
bg_lines_close(bg_lines *lines)
{
  if (lines != NULL) {
    bg_window_release(&lines->window);
    free(lines);
  }
}

bg_status
bg_lines_next(bg_lines *lines, bg_view *line, bg_error *err)
{
  bg_window *window = &lines->window;
  uint64_t looked = lines->at;
  for (;;) {
    uint64_t end = bg_window_end(window);
    bg_view view = bg_window_view(window, looked, end);
    const char *found =
        view.size == 0 ? NULL : memchr(view.bytes, '\n', view.size);
    if (found != NULL) {
      uint64_t stop = looked + (uint64_t)(found - view.bytes);
      *line = bg_window_view(window, lines->at, stop);
      lines->at = stop + 1;
      break;
    }
    looked = end;
    bg_status status = looked - lines->at > longest_line
                           ? BG_REFUSED
                           : bg_window_more(window, lines->at, err);
    if (status == BG_END && looked > lines->at) {
      *line = bg_window_view(window, lines->at, looked);
      lines->at = looked;
      break;
    }
    if (status == BG_REFUSED || window->gap != BG_NO_GAP) {
      return bg_error_set(err, BG_REFUSED,
                          "'%s' is broken, or no list of lines",
                          window->source->raw.path);
    }
    BG_TRY(status);
  }
  if (line->size > 0 && line->bytes[line->size - 1] == '\r') {
    line->size--;
  }
  return BG_OK;
}

bool
bg_index_line_read(bg_view line, uint64_t *offset, bg_view *title, char *bytes)
{
  size_t first = bg_view_find_byte(line, ':', 0);
  size_t second = first == BG_NOWHERE ? BG_NOWHERE
                                      : bg_view_find_byte(line, ':', first + 1);
  if (second == BG_NOWHERE || first == 0) {
    return false;
  }
  *offset = 0;
  for (size_t i = 0; i < first; i++) {
    if (!bg_is_digit(line.bytes[i])) {
      return false;
    }
    *offset = *offset * 10 + (uint64_t)(line.bytes[i] - '0');
  }
  bg_view escaped = bg_view_slice(line, second + 1, line.size);
  *title = (bg_view){bytes, bg_xml_unescape(escaped, bytes)};
  return true;
}
