#include "serialize/turtle_terms.h"

#include "base/utf8.h"
#include "serialize/iri.h"

#include <string.h>

typedef struct {
  uint32_t first;
  uint32_t last;
} character_range;

/// PN_CHARS_BASE beyond ASCII.
static const character_range name_start_ranges[] = {
    {0x00C0, 0x00D6}, {0x00D8, 0x00F6}, {0x00F8, 0x02FF}, {0x0370, 0x037D},
    {0x037F, 0x1FFF}, {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
    {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
};

/// What PN_CHARS adds to it beyond ASCII.
static const character_range name_inner_ranges[] = {
    {0x00B7, 0x00B7},
    {0x0300, 0x036F},
    {0x203F, 0x2040},
};

static bool
is_in_ranges(uint32_t codepoint, const character_range *ranges, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    if (codepoint >= ranges[i].first && codepoint <= ranges[i].last) {
      return true;
    }
  }
  return false;
}

static bool
is_name_character(uint32_t codepoint, bool is_first)
{
  const size_t start_count =
      sizeof name_start_ranges / sizeof *name_start_ranges;
  const size_t inner_count =
      sizeof name_inner_ranges / sizeof *name_inner_ranges;
  if (codepoint < 0x80) {
    char byte = (char)codepoint;
    return bg_is_letter(byte) || bg_is_digit(byte) || byte == '_' ||
           byte == ':' || (byte == '-' && !is_first);
  }
  return is_in_ranges(codepoint, name_start_ranges, start_count) ||
         (!is_first && is_in_ranges(codepoint, name_inner_ranges, inner_count));
}

static bool
is_hex_digit(char byte)
{
  return bg_is_digit(byte) || (byte >= 'A' && byte <= 'F') ||
         (byte >= 'a' && byte <= 'f');
}

/// PERCENT ::= '%' HEX HEX
static bool
is_percent_at(bg_view text, size_t offset)
{
  return text.size - offset > 2 && text.bytes[offset] == '%' &&
         is_hex_digit(text.bytes[offset + 1]) &&
         is_hex_digit(text.bytes[offset + 2]);
}

/// PN_LOCAL_ESC, but for '/' and '#': names with those read better in angle
/// brackets.
static bool
is_escapable(char byte)
{
  return byte != '\0' && strchr("~.-!$&'()*+,;=?@%", byte) != NULL;
}

/// What stands in a name wherever it is, and is most of most names.
static bool
is_word_byte(char byte)
{
  return bg_is_letter(byte) || bg_is_digit(byte) || byte == '_';
}

/// Appends `local` as PN_LOCAL. False, with nothing appended, when it cannot be
/// one.
static bool
write_local(bg_view local, bg_buffer *text)
{
  size_t before = text->size;
  for (size_t i = 0; i < local.size;) {
    size_t words = i;
    while (words < local.size && is_word_byte(local.bytes[words])) {
      words++;
    }
    if (words > i) {
      bg_buffer_append(text, bg_view_slice(local, i, words));
      i = words;
      continue;
    }
    uint32_t codepoint;
    size_t size = bg_utf8_decode(local, i, &codepoint);
    bool is_last = i + size == local.size;
    bool is_plain = size > 0 && (is_name_character(codepoint, i == 0) ||
                                 (codepoint == '.' && i > 0 && !is_last) ||
                                 is_percent_at(local, i));
    if (!is_plain && (size != 1 || !is_escapable(local.bytes[i]))) {
      text->size = before;
      return false;
    }
    if (!is_plain) {
      bg_buffer_append_byte(text, '\\');
    }
    bg_buffer_append(text, bg_view_slice(local, i, i + size));
    i += size;
  }
  return true;
}

/// Appends `prefix`:`local`, or nothing.
static bool
write_prefixed(bg_view prefix, bg_view local, bg_buffer *text)
{
  size_t before = text->size;
  bg_buffer_append(text, prefix);
  bg_buffer_append_byte(text, ':');
  if (write_local(local, text)) {
    return true;
  }
  text->size = before;
  return false;
}

void
bg_turtle_names_init(bg_turtle_names *names, bg_arena *arena)
{
  *names = (bg_turtle_names){.arena = arena};
  bg_map_init(&names->languages, arena);
  bg_map_init(&names->namespaces, arena);
  for (const bg_namespace *it = bg_namespaces; it->prefix != NULL; it++) {
    bg_map_set(&names->namespaces, bg_view_of(it->iri), (void *)(uintptr_t)it);
  }
}

/// All namespaces end with '#' or '/', which the rest of a name may not have.
static bool
write_in_namespace(const bg_turtle_names *names, bg_view iri, bg_buffer *text)
{
  size_t end = iri.size;
  while (end > 0 && iri.bytes[end - 1] != '#' && iri.bytes[end - 1] != '/') {
    end--;
  }
  const bg_namespace *found =
      bg_map_find(&names->namespaces, bg_view_slice(iri, 0, end));
  return found != NULL &&
         write_prefixed(bg_view_of(found->prefix),
                        bg_view_slice(iri, end, iri.size), text);
}

/// Some languages are called as a namespace of ours is: Bulgarian is "bg".
static bool
is_language_prefix(bg_view name)
{
  enum { LONGEST_LANGUAGE = 12 };
  if (name.size < 2 || name.size > LONGEST_LANGUAGE ||
      name.bytes[name.size - 1] == '-') {
    return false;
  }
  for (size_t i = 0; i < name.size; i++) {
    char byte = name.bytes[i];
    if (!(byte >= 'a' && byte <= 'z') && !(byte == '-' && i > 0)) {
      return false;
    }
  }
  for (const bg_namespace *it = bg_namespaces; it->prefix != NULL; it++) {
    if (bg_view_is_equal(name, bg_view_of(it->prefix))) {
      return false;
    }
  }
  return true;
}

/// Appends `language`:`local` and declares the language at its first use.
static bool
write_in_language(bg_turtle_names *names, bg_view language, bg_view local,
                  bg_buffer *text, bg_buffer *declarations)
{
  if (!is_language_prefix(language) || !write_prefixed(language, local, text)) {
    return false;
  }
  if (bg_map_find(&names->languages, language) == NULL) {
    bg_view iri =
        bg_arena_format(names->arena, "%.*s%.*s/", BG_VIEW_ARGS(names->base),
                        BG_VIEW_ARGS(language));
    bg_map_set(&names->languages, bg_arena_copy(names->arena, language), names);
    bg_turtle_write_prefix(language, iri, declarations);
  }
  return true;
}

/// Whether RFC 3986 section 5.2 resolves `reference` against the base to the
/// base and it: no scheme, no authority, no dot segments.
static bool
is_relative(bg_view reference)
{
  size_t slash = bg_view_find_byte(reference, '/', 0);
  return slash != BG_NOWHERE && slash > 0 &&
         bg_view_find_byte(bg_view_slice(reference, 0, slash), ':', 0) ==
             BG_NOWHERE &&
         reference.bytes[0] != '.' && reference.bytes[0] != '?' &&
         reference.bytes[0] != '#' &&
         bg_view_find(reference, BG_VIEW("/."), 0) == BG_NOWHERE;
}

static void
write_any_iri(bg_turtle_names *names, bg_view iri, bg_buffer *text,
              bg_buffer *declarations)
{
  if (write_in_namespace(names, iri, text)) {
    return;
  }
  if (names->base.size > 0 && bg_view_has_prefix(iri, names->base)) {
    bg_view rest = bg_view_slice(iri, names->base.size, iri.size);
    size_t slash = bg_view_find_byte(rest, '/', 0);
    if (slash != BG_NOWHERE &&
        write_in_language(names, bg_view_slice(rest, 0, slash),
                          bg_view_slice(rest, slash + 1, rest.size), text,
                          declarations)) {
      return;
    }
    if (is_relative(rest)) {
      iri = rest;
    }
  }
  bg_iri_write(iri, text);
}

static size_t
skip_digits(bg_view *number)
{
  size_t count = 0;
  while (count < number->size && bg_is_digit(number->bytes[count])) {
    count++;
  }
  *number = bg_view_slice(*number, count, number->size);
  return count;
}

static bool
skip_one_of(bg_view *number, const char *bytes)
{
  if (number->size == 0 || number->bytes[0] == '\0' ||
      strchr(bytes, number->bytes[0]) == NULL) {
    return false;
  }
  *number = bg_view_slice(*number, 1, number->size);
  return true;
}

/// INTEGER ::= [+-]? [0-9]+
static bool
is_integer(bg_view number)
{
  skip_one_of(&number, "+-");
  return skip_digits(&number) > 0 && number.size == 0;
}

/// DECIMAL ::= [+-]? [0-9]* '.' [0-9]+
static bool
is_decimal(bg_view number)
{
  skip_one_of(&number, "+-");
  skip_digits(&number);
  return skip_one_of(&number, ".") && skip_digits(&number) > 0 &&
         number.size == 0;
}

/// DOUBLE ::= [+-]? ([0-9]+ '.' [0-9]* | '.' [0-9]+ | [0-9]+) EXPONENT
static bool
is_double(bg_view number)
{
  skip_one_of(&number, "+-");
  size_t digits = skip_digits(&number);
  if (skip_one_of(&number, ".")) {
    digits += skip_digits(&number);
  }
  if (digits == 0 || !skip_one_of(&number, "eE")) {
    return false;
  }
  skip_one_of(&number, "+-");
  return skip_digits(&number) > 0 && number.size == 0;
}

/// BooleanLiteral ::= 'true' | 'false'
static bool
is_boolean(bg_view text)
{
  return bg_view_is_equal(text, BG_VIEW("true")) ||
         bg_view_is_equal(text, BG_VIEW("false"));
}

static const struct {
  const char *datatype;
  bool (*is_short)(bg_view text);
} short_forms[] = {
    {BG_XSD "integer", is_integer},
    {BG_XSD "decimal", is_decimal},
    {BG_XSD "double", is_double},
    {BG_XSD "boolean", is_boolean},
};

static bool
has_short_form(const bg_term *literal)
{
  for (size_t i = 0; i < sizeof short_forms / sizeof *short_forms; i++) {
    if (bg_view_is_equal(literal->datatype,
                         bg_view_of(short_forms[i].datatype))) {
      return short_forms[i].is_short(literal->text);
    }
  }
  return false;
}

/// STRING_LITERAL_QUOTE, with the rest of the control characters as UCHAR, so
/// that no editor or terminal meets them.
static void
write_string(bg_view string, bg_buffer *text)
{
  static const char escaped[] = "\"\\\n\r\t\b\f";
  static const char letter[] = "\"\\nrtbf";
  size_t plain = 0;
  bg_buffer_append_byte(text, '"');
  for (size_t i = 0; i < string.size; i++) {
    unsigned char byte = (unsigned char)string.bytes[i];
    if (byte >= 0x20 && byte != 0x7F && byte != '"' && byte != '\\') {
      continue;
    }
    bg_buffer_append(text, bg_view_slice(string, plain, i));
    plain = i + 1;
    const char *found = byte == '\0' ? NULL : strchr(escaped, byte);
    if (found != NULL) {
      bg_buffer_append_byte(text, '\\');
      bg_buffer_append_byte(text, letter[found - escaped]);
    } else {
      bg_buffer_format(text, "\\u%04X", (unsigned)byte);
    }
  }
  bg_buffer_append(text, bg_view_slice(string, plain, string.size));
  bg_buffer_append_byte(text, '"');
}

static void
write_literal(bg_turtle_names *names, const bg_term *literal, bg_buffer *text,
              bg_buffer *declarations)
{
  if (has_short_form(literal)) {
    bg_buffer_append(text, literal->text);
    return;
  }
  write_string(literal->text, text);
  if (literal->language.size > 0) {
    bg_buffer_append_byte(text, '@');
    bg_buffer_append(text, literal->language);
  } else if (literal->datatype.size > 0) {
    bg_buffer_append(text, BG_VIEW("^^"));
    write_any_iri(names, literal->datatype, text, declarations);
  }
}

void
bg_turtle_write_term(bg_turtle_names *names, const bg_term *term,
                     bg_buffer *text, bg_buffer *declarations)
{
  switch (term->kind) {
  case BG_TERM_IRI:
    write_any_iri(names, term->text, text, declarations);
    return;
  case BG_TERM_LITERAL:
    write_literal(names, term, text, declarations);
    return;
  case BG_TERM_BLANK:
    bg_buffer_append(text, BG_VIEW("_:"));
    bg_buffer_append(text, term->text);
    return;
  case BG_TERM_NONE:
    return;
  }
}

void
bg_turtle_write_prefix(bg_view prefix, bg_view iri, bg_buffer *text)
{
  bg_buffer_append(text, BG_VIEW("@prefix "));
  bg_buffer_append(text, prefix);
  bg_buffer_append(text, BG_VIEW(": "));
  bg_iri_write(iri, text);
  bg_buffer_append(text, BG_VIEW(" .\n"));
}
