#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

size_t
bg_utf8_decode(bg_view text, size_t offset, uint32_t *codepoint)
{
  if (offset >= text.size) {
    return 0;
  }
  unsigned char first = (unsigned char)text.bytes[offset];
  if (first < 0x80) {
    *codepoint = first;
    return 1;
  }
  utf8proc_int32_t decoded;
  size_t left = text.size - offset;
  utf8proc_ssize_t size =
      utf8proc_iterate((const utf8proc_uint8_t *)text.bytes + offset,
                       (utf8proc_ssize_t)(left < 4 ? left : 4), &decoded);
  if (size <= 0) {
    return 0;
  }
  *codepoint = (uint32_t)decoded;
  return (size_t)size;
}

size_t
bg_utf8_encode(uint32_t codepoint, char bytes[4])
{
  if (!utf8proc_codepoint_valid((utf8proc_int32_t)codepoint)) {
    codepoint = 0xFFFD;
  }
  return (size_t)utf8proc_encode_char((utf8proc_int32_t)codepoint,
                                      (utf8proc_uint8_t *)bytes);
}

bool
bg_utf8_is_valid(bg_view text)
{
  for (size_t at = 0; at < text.size;) {
    uint32_t codepoint;
    size_t size = (unsigned char)text.bytes[at] < 0x80
                      ? 1
                      : bg_utf8_decode(text, at, &codepoint);
    if (size == 0) {
      return false;
    }
    at += size;
  }
  return true;
}

bg_view
bg_utf8_skip_mark(bg_view text)
{
  const bg_view mark = BG_VIEW("\xEF\xBB\xBF");
  return bg_view_has_prefix(text, mark)
             ? bg_view_slice(text, mark.size, text.size)
             : text;
}

/// Char ::= #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | …
static bool
is_xml_char(uint32_t codepoint)
{
  if (codepoint < 0x20) {
    return codepoint == '\t' || codepoint == '\n' || codepoint == '\r';
  }
  return codepoint != 0xFFFE && codepoint != 0xFFFF;
}

size_t
bg_utf8_find_invalid(bg_view text, size_t offset)
{
  while (offset < text.size) {
    // Eight bytes of printable ASCII at a time: the usual case.
    while (text.size - offset >= 8) {
      uint64_t word;
      memcpy(&word, text.bytes + offset, 8);
      uint64_t low = (word - 0x2020202020202020U) | word;
      if ((low & 0x8080808080808080U) != 0) {
        break;
      }
      offset += 8;
    }
    if (offset == text.size) {
      break;
    }
    uint32_t codepoint;
    size_t size = bg_utf8_decode(text, offset, &codepoint);
    if (size == 0 || !is_xml_char(codepoint)) {
      return offset;
    }
    offset += size;
  }
  return BG_NOWHERE;
}

size_t
bg_utf8_replace_invalid(char *bytes, size_t size)
{
  bg_view text = {bytes, size};
  size_t count = 0;
  for (size_t at = bg_utf8_find_invalid(text, 0); at != BG_NOWHERE;
       at = bg_utf8_find_invalid(text, at)) {
    uint32_t codepoint;
    size_t length = bg_utf8_decode(text, at, &codepoint);
    length = length == 0 ? 1 : length;
    memset(bytes + at, '?', length);
    count += length;
  }
  return count;
}

bg_view
bg_utf8_upper_first(bg_view text, bg_arena *arena)
{
  uint32_t codepoint;
  size_t size = bg_utf8_decode(text, 0, &codepoint);
  if (size == 0) {
    return text;
  }
  uint32_t upper = (uint32_t)utf8proc_toupper((utf8proc_int32_t)codepoint);
  if (upper == codepoint) {
    return text;
  }
  char bytes[4];
  size_t upper_size = bg_utf8_encode(upper, bytes);
  return bg_arena_join(arena, (bg_view){bytes, upper_size},
                       bg_view_slice(text, size, text.size));
}

size_t
bg_utf8_lower(bg_view text, char *bytes, size_t capacity)
{
  size_t written = 0;
  for (size_t offset = 0; offset < text.size;) {
    unsigned char first = (unsigned char)text.bytes[offset];
    if (first < 0x80) { // most text is this
      if (written == capacity) {
        return BG_NOWHERE;
      }
      bytes[written++] =
          (char)(first >= 'A' && first <= 'Z' ? first + ('a' - 'A') : first);
      offset++;
      continue;
    }
    char encoded[4];
    size_t encoded_size = 1;
    uint32_t codepoint;
    size_t size = bg_utf8_decode(text, offset, &codepoint);
    if (size <= 1) {
      encoded[0] = bg_to_lower(text.bytes[offset]);
      size = 1;
    } else {
      encoded_size = bg_utf8_encode(
          (uint32_t)utf8proc_tolower((utf8proc_int32_t)codepoint), encoded);
    }
    if (encoded_size > capacity - written) {
      return BG_NOWHERE;
    }
    memcpy(bytes + written, encoded, encoded_size);
    written += encoded_size;
    offset += size;
  }
  return written;
}

bool
bg_utf8_is_letter(uint32_t codepoint)
{
  utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)codepoint);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

size_t
bg_utf8_width(bg_view text)
{
  size_t width = 0;
  for (size_t offset = 0; offset < text.size;) {
    uint32_t codepoint;
    char byte = text.bytes[offset];
    if (byte >= ' ' && byte < 0x7F) {
      width++;
      offset++;
      continue;
    }
    size_t size = bg_utf8_decode(text, offset, &codepoint);
    if (size == 0) {
      size = 1;
      codepoint = 0xFFFD;
    }
    int columns = utf8proc_charwidth((utf8proc_int32_t)codepoint);
    width += columns > 0 ? (size_t)columns : 0;
    offset += size;
  }
  return width;
}
