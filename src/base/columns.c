#include "base/columns.h"

#include "base/utf8.h"

/// What UAX 9 lets change the order in which all that follows is shown.
static bool
turns_direction(uint32_t codepoint)
{
  return (codepoint >= 0x202A && codepoint <= 0x202E) ||
         (codepoint >= 0x2066 && codepoint <= 0x2069);
}

static bool
is_control(uint32_t codepoint)
{
  return codepoint < 0x20 || (codepoint >= 0x7F && codepoint < 0xA0);
}

bg_view
bg_columns_clean(bg_view text, bg_arena *arena)
{
  char *bytes = bg_arena_allocate(arena, text.size + 1);
  size_t written = 0;
  for (size_t offset = 0; offset < text.size;) {
    uint32_t codepoint;
    size_t size = bg_utf8_decode(text, offset, &codepoint);
    if (size == 0 || turns_direction(codepoint)) {
      bytes[written++] = '?';
    } else if (bg_is_space(text.bytes[offset]) || codepoint == 0x2028 ||
               codepoint == 0x2029) {
      bytes[written++] = ' ';
    } else if (is_control(codepoint)) {
      bytes[written++] = '?';
    } else {
      memcpy(bytes + written, text.bytes + offset, size);
      written += size;
    }
    offset += size == 0 ? 1 : size;
  }
  bytes[written] = '\0';
  return (bg_view){bytes, written};
}

/// The size of the longest beginning that takes at most `width` columns.
static size_t
fitting_size(bg_view text, size_t width)
{
  size_t used = 0;
  size_t offset = 0;
  while (offset < text.size) {
    uint32_t codepoint;
    size_t size = bg_utf8_decode(text, offset, &codepoint);
    size = size == 0 ? 1 : size;
    used += bg_utf8_width(bg_view_slice(text, offset, offset + size));
    if (used > width) {
      break;
    }
    offset += size;
  }
  return offset;
}

bg_view
bg_columns_cut(bg_view text, size_t width, bg_arena *arena)
{
  if (fitting_size(text, width) == text.size) {
    return text;
  }
  size_t size = fitting_size(text, width - 1);
  return bg_arena_join(arena, bg_view_slice(text, 0, size), BG_VIEW("…"));
}

bool
bg_columns_next_line(bg_view *rest, size_t width, bg_view *line)
{
  if (rest->size == 0) {
    return false;
  }
  size_t size = fitting_size(*rest, width);
  if (size == 0) { // a wide character in a narrow column
    uint32_t codepoint;
    size = bg_utf8_decode(*rest, 0, &codepoint);
    size = size == 0 ? 1 : size;
  }
  *line = bg_view_slice(*rest, 0, size);
  if (size < rest->size && rest->bytes[size] != ' ') {
    size_t space = bg_view_find_last_byte(*line, ' ');
    if (space != BG_NOWHERE && space > 0) {
      line->size = space;
    }
  }
  *rest = bg_view_slice(*rest, line->size, rest->size);
  while (rest->size > 0 && rest->bytes[0] == ' ') {
    *rest = bg_view_slice(*rest, 1, rest->size);
  }
  return true;
}

void
bg_columns_append_row(bg_buffer *text, const bg_view *cells,
                      const size_t *widths, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    bg_buffer_append(text, cells[i]);
    for (size_t filled = bg_utf8_width(cells[i]);
         i + 1 < count && filled < widths[i] + 2; filled++) {
      bg_buffer_append_byte(text, ' ');
    }
  }
  bg_buffer_append_byte(text, '\n');
}
