/// N-Triples (https://www.w3.org/TR/n-triples/) and N-Quads
/// (https://www.w3.org/TR/n-quads/), by ourselves: line by line, in little
/// memory, also from compressed files. Each rule of the grammar stands above
/// its reader. Raptor reads them at a fifth of the speed, holding the file.

#include "serialize/readers.h"

#include "base/utf8.h"
#include "input/input.h"
#include "serialize/iri.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  const char *path; // for messages
  bool has_graphs;  // N-Quads
  size_t file_number;
  bg_arena *arena; // for a line
  bg_view line;
  size_t number; // of the line, from 1
  size_t at;     // in the line
  const char *wrong;
} line_reader;

// ---- characters ------------------------------------------------------------

static bool
has(const line_reader *from, char byte)
{
  return from->at < from->line.size && from->line.bytes[from->at] == byte;
}

static void
skip_blanks(line_reader *from)
{
  while (has(from, ' ') || has(from, '\t')) {
    from->at++;
  }
}

static bool
fail(line_reader *from, const char *wrong)
{
  from->wrong = wrong;
  return false;
}

/// HEX HEX HEX HEX, or eight of them
static bool
read_hex(line_reader *from, size_t digits, uint32_t *codepoint)
{
  *codepoint = 0;
  for (size_t i = 0; i < digits; i++, from->at++) {
    char byte = from->at < from->line.size
                    ? bg_to_lower(from->line.bytes[from->at])
                    : '\0';
    if (bg_is_digit(byte)) {
      *codepoint = *codepoint << 4 | (uint32_t)(byte - '0');
    } else if (byte >= 'a' && byte <= 'f') {
      *codepoint = *codepoint << 4 | (uint32_t)(byte - 'a' + 10);
    } else {
      return fail(from,
                  "an escape wants four digits after 'u', eight after 'U'");
    }
  }
  if (*codepoint > 0x10FFFF || (*codepoint >= 0xD800 && *codepoint < 0xE000)) {
    return fail(from, "an escape of no character");
  }
  return true;
}

/// UCHAR ::= '\u' HEX HEX HEX HEX | '\U' HEX HEX HEX HEX HEX HEX HEX HEX
/// ECHAR ::= '\' [tbnrf"'\]
/// Reads behind the '\', and writes what it stands for. IRIs have no ECHAR.
static bool
read_escape(line_reader *from, bool is_iri, char *to, size_t *size)
{
  static const char names[] = "tbnrf\"'\\";
  static const char bytes[] = "\t\b\n\r\f\"'\\";
  char name = from->at < from->line.size ? from->line.bytes[from->at] : '\0';
  if (name == 'u' || name == 'U') {
    uint32_t codepoint;
    from->at++;
    if (!read_hex(from, name == 'u' ? 4 : 8, &codepoint)) {
      return false;
    }
    *size = bg_utf8_encode(codepoint, to);
    if (is_iri && bg_iri_forbids(codepoint)) {
      return fail(from, "a character that no IRI holds");
    }
    return true;
  }
  const char *found = name == '\0' ? NULL : strchr(names, name);
  if (found == NULL || is_iri) {
    return fail(from, "an unknown escape");
  }
  *to = bytes[found - names];
  *size = 1;
  from->at++;
  return true;
}

/// The text up to `end`, which is passed; a view of the line where nothing in
/// it is escaped.
static bool
read_delimited(line_reader *from, char end, bool is_iri, bg_view *text)
{
  size_t start = from->at;
  char *copy = NULL; // once there is an escape
  size_t size = 0;
  while (from->at < from->line.size && from->line.bytes[from->at] != end) {
    char byte = from->line.bytes[from->at];
    if (byte == '\\') {
      if (copy == NULL) {
        copy = bg_arena_allocate(from->arena, from->line.size + 4);
        size = from->at - start;
        memcpy(copy, from->line.bytes + start, size);
      }
      size_t written = 0;
      from->at++;
      if (!read_escape(from, is_iri, copy + size, &written)) {
        return false;
      }
      size += written;
      continue;
    }
    if (is_iri && bg_iri_forbids((unsigned char)byte)) {
      return fail(from, "a character that no IRI holds");
    }
    if (copy != NULL) {
      copy[size++] = byte;
    }
    from->at++;
  }
  if (from->at == from->line.size) {
    return fail(from, is_iri ? "an IRI without '>'" : "a string without '\"'");
  }
  *text = copy != NULL ? (bg_view){copy, size}
                       : bg_view_slice(from->line, start, from->at);
  from->at++;
  return true;
}

// ---- terms -----------------------------------------------------------------

/// IRIREF ::= '<' ([^#x00-#x20<>"{}|^`\] | UCHAR)* '>', absolute (section 2.2)
static bool
read_iri(line_reader *from, bg_term *term)
{
  from->at++;
  term->kind = BG_TERM_IRI;
  size_t start = from->at;
  if (!read_delimited(from, '>', true, &term->text)) {
    return false;
  }
  size_t colon = bg_view_find_byte(term->text, ':', 0);
  size_t slash = bg_view_find_byte(term->text, '/', 0);
  if (colon == BG_NOWHERE || colon == 0 || slash < colon ||
      !bg_is_letter(term->text.bytes[0])) {
    from->at = start;
    return fail(from, "an IRI that is not absolute");
  }
  return true;
}

static bool
is_label_start(uint32_t codepoint)
{
  return codepoint >= 0x80 || codepoint == '_' ||
         bg_is_letter((char)codepoint) || bg_is_digit((char)codepoint);
}

/// BLANK_NODE_LABEL ::= '_:' (PN_CHARS_U | [0-9]) ((PN_CHARS | '.')* PN_CHARS)?
static bool
read_blank(line_reader *from, bg_term *term)
{
  size_t start = from->at + 2;
  size_t end = start;
  while (end < from->line.size) {
    uint32_t codepoint = 0;
    size_t size = bg_utf8_decode(from->line, end, &codepoint);
    bool goes_on =
        size > 0 && (is_label_start(codepoint) ||
                     (end > start && (codepoint == '-' || codepoint == '.')));
    if (!goes_on) {
      break;
    }
    end += size;
  }
  while (end > start && from->line.bytes[end - 1] == '.') {
    end--;
  }
  bool is_label = from->at + 1 < from->line.size &&
                  from->line.bytes[from->at + 1] == ':' && end > start;
  if (!is_label) {
    return fail(from, "a blank node without a label");
  }
  term->kind = BG_TERM_BLANK;
  term->text =
      bg_arena_format(from->arena, "f%zu_%.*s", from->file_number,
                      BG_VIEW_ARGS(bg_view_slice(from->line, start, end)));
  from->at = end;
  return true;
}

/// LANGTAG ::= '@' [a-zA-Z]+ ('-' [a-zA-Z0-9]+)*
static bool
read_language(line_reader *from, bg_term *term)
{
  size_t start = ++from->at;
  bool is_first = true;
  for (;;) {
    size_t part = from->at;
    while (from->at < from->line.size &&
           (bg_is_letter(from->line.bytes[from->at]) ||
            (!is_first && bg_is_digit(from->line.bytes[from->at])))) {
      from->at++;
    }
    if (from->at == part) {
      return fail(from, "a language tag that is none");
    }
    if (!has(from, '-')) {
      break;
    }
    is_first = false;
    from->at++;
  }
  term->language = bg_view_slice(from->line, start, from->at);
  return true;
}

/// literal ::= STRING_LITERAL_QUOTE ('^^' IRIREF | LANGTAG)?
static bool
read_literal(line_reader *from, bg_term *term)
{
  from->at++;
  term->kind = BG_TERM_LITERAL;
  if (!read_delimited(from, '"', false, &term->text)) {
    return false;
  }
  if (has(from, '@')) {
    return read_language(from, term);
  }
  if (!has(from, '^')) {
    return true;
  }
  bg_term datatype = {0};
  from->at++;
  if (!has(from, '^')) {
    return fail(from, "one '^' where two stand before a datatype");
  }
  from->at++;
  if (!has(from, '<')) {
    return fail(from, "no datatype behind '^^'");
  }
  if (!read_iri(from, &datatype)) {
    return false;
  }
  if (!bg_view_is_equal(datatype.text, BG_VIEW(BG_XSD "string"))) {
    term->datatype = datatype.text;
  }
  return true;
}

enum { MAY_BE_IRI = 1, MAY_BE_BLANK = 2, MAY_BE_LITERAL = 4 };

static bool
read_term(line_reader *from, int kinds, const char *wanted, bg_term *term)
{
  *term = (bg_term){0};
  skip_blanks(from);
  if ((kinds & MAY_BE_IRI) != 0 && has(from, '<')) {
    return read_iri(from, term);
  }
  if ((kinds & MAY_BE_BLANK) != 0 && has(from, '_')) {
    return read_blank(from, term);
  }
  if ((kinds & MAY_BE_LITERAL) != 0 && has(from, '"')) {
    return read_literal(from, term);
  }
  return fail(from, wanted);
}

// ---- lines -----------------------------------------------------------------

/// statement ::= subject predicate object graphLabel? '.'
static bool
read_statement(line_reader *from, bg_statement *read)
{
  *read = (bg_statement){0};
  if (!read_term(from, MAY_BE_IRI | MAY_BE_BLANK, "no subject",
                 &read->subject) ||
      !read_term(from, MAY_BE_IRI, "no predicate", &read->predicate) ||
      !read_term(from, MAY_BE_IRI | MAY_BE_BLANK | MAY_BE_LITERAL, "no object",
                 &read->object)) {
    return false;
  }
  skip_blanks(from);
  if (from->has_graphs && !has(from, '.') &&
      !read_term(from, MAY_BE_IRI | MAY_BE_BLANK, "no graph and no '.'",
                 &read->graph)) {
    return false;
  }
  skip_blanks(from);
  if (!has(from, '.')) {
    return fail(from, "no '.' at the end");
  }
  from->at++;
  skip_blanks(from);
  return from->at == from->line.size || has(from, '#')
             ? true
             : fail(from, "something behind the '.'");
}

static bg_status
refuse(const line_reader *from, bg_error *err)
{
  return bg_error_set(err, BG_REFUSED, "%s:%zu:%zu: %s", from->path,
                      from->number, from->at + 1, from->wrong);
}

/// A line ends with CR, LF or both (EOL): what lines are cut at is LF.
static bg_status
read_line(line_reader *from, bg_statement_handler *handle, void *context,
          bg_error *err)
{
  bg_view rest = from->line;
  bg_view part;
  size_t start = from->number;
  while (bg_view_next_part(&rest, '\r', &part)) {
    bg_statement read;
    from->line = part;
    from->at = 0;
    from->number = start;
    skip_blanks(from);
    if (from->at == part.size || has(from, '#')) {
      continue;
    }
    if (!bg_utf8_is_valid(part)) {
      from->wrong = "bytes that are not UTF-8";
      return refuse(from, err);
    }
    if (!read_statement(from, &read)) {
      return refuse(from, err);
    }
    BG_TRY(handle(context, &read, err));
    bg_arena_reset(from->arena);
  }
  return BG_OK;
}

bg_status
bg_lines_reader_read(const char *path, bool has_graphs, size_t file_number,
                     bg_statement_handler *handle, void *context, bg_error *err)
{
  const bg_input_options options = {0};
  line_reader from = {
      .path = strcmp(path, "-") == 0 ? "standard input" : path,
      .has_graphs = has_graphs,
      .file_number = file_number,
  };
  bg_lines *lines;
  BG_TRY(bg_lines_open(path, &options, &lines, err));
  from.arena = bg_arena_new();
  bg_status status;
  while ((status = bg_lines_next(lines, &from.line, err)) == BG_OK) {
    from.number++;
    status = read_line(&from, handle, context, err);
    if (status != BG_OK) {
      break;
    }
  }
  bg_arena_free(from.arena);
  bg_lines_close(lines);
  return status == BG_END ? BG_OK : status;
}
