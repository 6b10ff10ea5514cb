#include "input/xml.h"

#include "base/utf8.h"

#include <string.h>

enum { longest_title = 512 };

// ---- text ------------------------------------------------------------------

static const struct {
  bg_view name;
  char byte;
} references[] = {
    {{"lt;", 3}, '<'},   {{"gt;", 3}, '>'},    {{"amp;", 4}, '&'},
    {{"quot;", 5}, '"'}, {{"apos;", 5}, '\''},
};

/// numeric-reference ::= "&#" digits ";" | "&#x" hex-digits ";"
static size_t
read_number_reference(bg_view text, char *to, size_t *written)
{
  bool is_hex = text.size > 2 && text.bytes[2] == 'x';
  size_t first = is_hex ? 3 : 2;
  size_t at = first;
  uint32_t codepoint = 0;
  for (; at < text.size && at < first + 8; at++) {
    char byte = bg_to_lower(text.bytes[at]);
    if (bg_is_digit(byte)) {
      codepoint = codepoint * (is_hex ? 16 : 10) + (uint32_t)(byte - '0');
    } else if (is_hex && byte >= 'a' && byte <= 'f') {
      codepoint = codepoint * 16 + (uint32_t)(byte - 'a') + 10;
    } else {
      break;
    }
  }
  if (at == first || at == text.size || text.bytes[at] != ';') {
    return 0;
  }
  char bytes[4];
  *written = bg_utf8_encode(codepoint, bytes);
  memcpy(to, bytes, *written);
  return at + 1;
}

/// The bytes of the reference that `text` begins with; 0 where it is none.
static size_t
read_reference(bg_view text, char *to, size_t *written)
{
  if (text.size > 1 && text.bytes[1] == '#') {
    return read_number_reference(text, to, written);
  }
  bg_view name = bg_view_slice(text, 1, text.size);
  for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
    if (bg_view_has_prefix(name, references[i].name)) {
      *to = references[i].byte;
      *written = 1;
      return references[i].name.size + 1;
    }
  }
  return 0;
}

size_t
bg_xml_unescape(bg_view escaped, char *to)
{
  size_t at = 0;
  size_t size = 0;
  while (at < escaped.size) {
    size_t mark = bg_view_find_byte(escaped, '&', at);
    mark = mark == BG_NOWHERE ? escaped.size : mark;
    memcpy(to + size, escaped.bytes + at, mark - at);
    size += mark - at;
    at = mark;
    if (at < escaped.size) {
      size_t written = 1;
      size_t read = read_reference(bg_view_slice(escaped, at, escaped.size),
                                   to + size, &written);
      if (read == 0) {
        to[size] = '&';
        read = 1;
        written = 1;
      }
      at += read;
      size += written;
    }
  }
  return size;
}

bg_view
bg_xml_attribute(bg_view attributes, bg_view name)
{
  size_t at = 0;
  while ((at = bg_view_find(attributes, name, at)) != BG_NOWHERE) {
    size_t end = at + name.size;
    bool starts = at == 0 || bg_is_space(attributes.bytes[at - 1]);
    if (starts && end + 1 < attributes.size && attributes.bytes[end] == '=' &&
        (attributes.bytes[end + 1] == '"' ||
         attributes.bytes[end + 1] == '\'')) {
      size_t close =
          bg_view_find_byte(attributes, attributes.bytes[end + 1], end + 2);
      return close == BG_NOWHERE ? BG_VIEW("")
                                 : bg_view_slice(attributes, end + 2, close);
    }
    at = end;
  }
  return BG_VIEW("");
}

uint64_t
bg_xml_number(bg_view digits)
{
  uint64_t number = 0;
  digits = bg_view_trim(digits);
  for (size_t i = 0; i < digits.size && i < 19; i++) {
    if (!bg_is_digit(digits.bytes[i])) {
      return 0;
    }
    number = number * 10 + (uint64_t)(digits.bytes[i] - '0');
  }
  return number;
}

bool
bg_xml_is_title(bg_view title)
{
  if (title.size == 0 || title.size > longest_title ||
      bg_utf8_find_invalid(title, 0) != BG_NOWHERE) {
    return false;
  }
  for (size_t i = 0; i < title.size; i++) {
    if ((unsigned char)title.bytes[i] < ' ' || title.bytes[i] == 0x7F) {
      return false;
    }
  }
  return true;
}

// ---- the wiki --------------------------------------------------------------

void
bg_site_set_language(bg_site *site, bg_view language)
{
  if (language.size > 0 && language.size < 32) {
    site->language = bg_arena_copy(site->arena, language);
  }
}

/// "https://simple.wikipedia.org/wiki/Main_Page" → "simple"
void
bg_site_set_base(bg_site *site, bg_view address)
{
  const bg_view joint = BG_VIEW("://");
  size_t start = bg_view_find(address, joint, 0);
  if (start == BG_NOWHERE) {
    return;
  }
  bg_view host = bg_view_slice(address, start + joint.size, address.size);
  host = bg_view_slice(host, 0, bg_view_find_byte(host, '/', 0));
  size_t dot = bg_view_find_byte(host, '.', 0);
  if (dot != BG_NOWHERE && dot > 0 &&
      bg_view_is_equal(bg_view_slice(host, dot, host.size),
                       BG_VIEW(".wikipedia.org"))) {
    site->wiki = bg_arena_copy(site->arena, bg_view_slice(host, 0, dot));
  }
}

void
bg_site_add_namespace(bg_site *site, bg_view name, int key)
{
  if (name.size > 0 && site->count < 1000) {
    BG_PUSH(site->arena, site) =
        (bg_namespace_name){bg_arena_copy(site->arena, name), key};
  }
}

int
bg_site_namespace(const bg_site *site, bg_view title)
{
  size_t colon = bg_view_find_byte(title, ':', 0);
  if (colon == BG_NOWHERE) {
    return 0;
  }
  bg_view name = bg_view_slice(title, 0, colon);
  for (size_t i = 0; i < site->count; i++) {
    if (bg_view_is_equal(site->items[i].name, name)) {
      return site->items[i].key;
    }
  }
  return 0;
}
