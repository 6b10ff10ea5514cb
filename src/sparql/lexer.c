#include "sparql/lexer.h"

#include "base/utf8.h"
#include "sparql/keywords.h"

#include <string.h>

// ---- characters ------------------------------------------------------------

static char
byte_at(const bg_lexer *lexer, size_t at)
{
  return at < lexer->text.size ? lexer->text.bytes[at] : '\0';
}

static bool
is_hex(char byte)
{
  char lower = bg_to_lower(byte);
  return bg_is_digit(byte) || (lower >= 'a' && lower <= 'f');
}

static bool
is_alphanumeric(char byte)
{
  return bg_is_letter(byte) || bg_is_digit(byte);
}

/// A character that `strchr` finds in `set`; there is no NUL in a text.
static bool
is_of(char byte, const char *set)
{
  return byte != '\0' && strchr(set, byte) != NULL;
}

typedef struct {
  uint32_t first;
  uint32_t last;
} range;

static bool
is_in(uint32_t codepoint, const range *ranges, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    if (codepoint >= ranges[i].first && codepoint <= ranges[i].last) {
      return true;
    }
  }
  return false;
}

/// [164] PN_CHARS_BASE
static bool
is_name_base(uint32_t codepoint)
{
  static const range ranges[] = {
      {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
      {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
      {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
  };
  return codepoint < 0x80
             ? bg_is_letter((char)codepoint)
             : is_in(codepoint, ranges, sizeof ranges / sizeof *ranges);
}

/// [165] PN_CHARS_U ::= PN_CHARS_BASE | '_', or a digit, as where it is used
static bool
is_variable_start(uint32_t codepoint)
{
  return codepoint == '_' || (codepoint >= '0' && codepoint <= '9') ||
         is_name_base(codepoint);
}

/// [166] VARNAME, behind its first character
static bool
is_variable_rest(uint32_t codepoint)
{
  return is_variable_start(codepoint) || codepoint == 0xB7 ||
         (codepoint >= 0x300 && codepoint <= 0x36F) || codepoint == 0x203F ||
         codepoint == 0x2040;
}

/// [167] PN_CHARS
static bool
is_name_rest(uint32_t codepoint)
{
  return codepoint == '-' || is_variable_rest(codepoint);
}

typedef bool character_test(uint32_t codepoint);

/// The length in bytes of the character at `at` where it passes; else 0.
static size_t
measure(const bg_lexer *lexer, size_t at, character_test *passes)
{
  uint32_t codepoint = 0;
  size_t size = bg_utf8_decode(lexer->text, at, &codepoint);
  return size > 0 && passes(codepoint) ? size : 0;
}

// ---- the text --------------------------------------------------------------

/// '\u' HEX HEX HEX HEX | '\U' HEX HEX HEX HEX HEX HEX HEX HEX (section 19.2).
/// Returns its length; 0 where there is none, or where it is of no character.
static size_t
read_codepoint_escape(bg_view text, size_t at, uint32_t *codepoint)
{
  char letter = at + 1 < text.size ? text.bytes[at + 1] : '\0';
  size_t length = letter == 'u' ? 6 : 10;
  if ((letter != 'u' && letter != 'U') || length > text.size - at) {
    return 0;
  }
  *codepoint = 0;
  for (size_t i = at + 2; i < at + length; i++) {
    char byte = bg_to_lower(text.bytes[i]);
    if (!is_hex(byte)) {
      return 0;
    }
    unsigned digit =
        (unsigned)(bg_is_digit(byte) ? byte - '0' : byte - 'a' + 10);
    *codepoint = *codepoint << 4 | digit;
  }
  bool is_character = *codepoint > 0 && *codepoint <= 0x10FFFF &&
                      (*codepoint < 0xD800 || *codepoint > 0xDFFF);
  return is_character ? length : 0;
}

/// Copies the text up to what is no character. Escapes are replaced before all
/// else; one that is none stays, and is wrong where it stands. A backslash that
/// is escaped itself begins none.
void
bg_lexer_init(bg_lexer *lexer, bg_view text, bg_arena *arena)
{
  text = bg_utf8_skip_mark(text);
  *lexer = (bg_lexer){.arena = arena, .place = {1, 1}};
  char *copy = bg_arena_allocate(arena, text.size + 1);
  size_t written = 0;
  size_t at = 0;
  while (at < text.size) {
    uint32_t codepoint = 0;
    size_t size = bg_utf8_decode(text, at, &codepoint);
    if (size == 0 || codepoint == 0) {
      lexer->is_cut = true;
      break;
    }
    size_t escape =
        codepoint == '\\' ? read_codepoint_escape(text, at, &codepoint) : 0;
    if (escape > 0) {
      BG_PUSH(arena, &lexer->escapes) = (bg_escape){written, escape};
      written += bg_utf8_encode(codepoint, copy + written);
      at += escape;
      continue;
    }
    if (codepoint == '\\' && at + 1 < text.size && text.bytes[at + 1] == '\\') {
      size = 2;
    }
    memcpy(copy + written, text.bytes + at, size);
    written += size;
    at += size;
  }
  copy[written] = '\0';
  lexer->text = (bg_view){copy, written};
}

/// Moves the place on to `offset`, which never goes back.
static void
count_to(bg_lexer *lexer, size_t offset)
{
  for (; lexer->counted < offset; lexer->counted++) {
    unsigned char byte = (unsigned char)lexer->text.bytes[lexer->counted];
    bool is_escape =
        lexer->next_escape < lexer->escapes.count &&
        lexer->escapes.items[lexer->next_escape].offset == lexer->counted;
    if (is_escape) {
      lexer->place.column += lexer->escapes.items[lexer->next_escape++].columns;
    } else if (byte == '\n') {
      lexer->place.line++;
      lexer->place.column = 1;
    } else if ((byte & 0xC0) != 0x80) {
      lexer->place.column++;
    }
  }
}

/// [162] WS, and comments, which count as such (section 19.4).
static size_t
skip_blanks(const bg_lexer *lexer, size_t at)
{
  for (; at < lexer->text.size; at++) {
    if (lexer->text.bytes[at] == '#') {
      while (at < lexer->text.size && !is_of(lexer->text.bytes[at], "\n\r")) {
        at++;
      }
    } else if (!is_of(lexer->text.bytes[at], " \t\n\r")) {
      break;
    }
  }
  return at < lexer->text.size ? at : lexer->text.size;
}

static void
fail(bg_token *token, const char *wrong)
{
  token->kind = BG_TOKEN_WRONG;
  token->wrong = wrong;
}

// ---- names -----------------------------------------------------------------

/// [169] PN_LOCAL's and [142] BLANK_NODE_LABEL's end, and that of [168]
/// PN_PREFIX: they may hold dots, but not end in one.
static size_t
find_name_end(const bg_lexer *lexer, size_t at)
{
  size_t end = at;
  for (;;) {
    size_t size = measure(lexer, at, is_name_rest);
    if (size == 0 && byte_at(lexer, at) != '.') {
      return end;
    }
    at += size == 0 ? 1 : size;
    end = size == 0 ? end : at;
  }
}

/// [170] PLX ::= PERCENT | PN_LOCAL_ESC. Its length, or 0.
static size_t
measure_escape(const bg_lexer *lexer, size_t at)
{
  char byte = byte_at(lexer, at);
  if (byte == '%' && is_hex(byte_at(lexer, at + 1)) &&
      is_hex(byte_at(lexer, at + 2))) {
    return 3;
  }
  return byte == '\\' && is_of(byte_at(lexer, at + 1), "_~.-!$&'()*+,;=/?#@%")
             ? 2
             : 0;
}

/// [169] PN_LOCAL ::= (PN_CHARS_U | ':' | [0-9] | PLX )
///                    ((PN_CHARS | '.' | ':' | PLX)* (PN_CHARS | ':' | PLX) )?
static size_t
find_local_end(const bg_lexer *lexer, size_t at, bool *is_escaped)
{
  size_t end = at;
  for (bool is_first = true;; is_first = false) {
    char byte = byte_at(lexer, at);
    size_t size = byte == ':' ? 1 : measure_escape(lexer, at);
    *is_escaped |= byte == '\\' && size > 0;
    if (size == 0) {
      size = measure(lexer, at, is_first ? is_variable_start : is_name_rest);
    }
    if (size > 0) {
      at += size;
      end = at;
    } else if (byte == '.' && !is_first) {
      at++;
    } else {
      return end;
    }
  }
}

/// Without the backslashes of PN_LOCAL_ESC.
static bg_view
unescape_local(bg_view local, bg_arena *arena)
{
  char *bytes = bg_arena_allocate(arena, local.size + 1);
  size_t size = 0;
  for (size_t i = 0; i < local.size; i++) {
    i += local.bytes[i] == '\\';
    bytes[size++] = local.bytes[i];
  }
  return (bg_view){bytes, size};
}

/// [140] PNAME_NS ::= PN_PREFIX? ':'
/// [141] PNAME_LN ::= PNAME_NS PN_LOCAL
static bool
read_name(bg_lexer *lexer, bg_token *token)
{
  size_t start = lexer->at;
  size_t colon =
      byte_at(lexer, start) == ':' ? start : find_name_end(lexer, start);
  if (byte_at(lexer, colon) != ':') {
    return false;
  }
  bool is_escaped = false;
  lexer->at = find_local_end(lexer, colon + 1, &is_escaped);
  token->kind = BG_TOKEN_NAME;
  token->prefix = bg_view_slice(lexer->text, start, colon);
  token->text = bg_view_slice(lexer->text, colon + 1, lexer->at);
  if (is_escaped) {
    token->text = unescape_local(token->text, lexer->arena);
  }
  return true;
}

/// [142] BLANK_NODE_LABEL ::= '_:' ( PN_CHARS_U | [0-9] )
///                            ((PN_CHARS|'.')* PN_CHARS)?
static void
read_blank(bg_lexer *lexer, bg_token *token)
{
  size_t start = lexer->at + 2;
  if (byte_at(lexer, start - 1) != ':' ||
      measure(lexer, start, is_variable_start) == 0) {
    lexer->at++;
    fail(token, "a blank node without a label");
    return;
  }
  lexer->at = find_name_end(lexer, start);
  token->kind = BG_TOKEN_BLANK;
  token->text = bg_view_slice(lexer->text, start, lexer->at);
}

/// [143] VAR1 ::= '?' VARNAME
/// [144] VAR2 ::= '$' VARNAME
static bool
read_variable(bg_lexer *lexer, bg_token *token)
{
  size_t start = lexer->at + 1;
  size_t size = measure(lexer, start, is_variable_start);
  if (size == 0) {
    return false;
  }
  for (lexer->at = start; size > 0;
       size = measure(lexer, lexer->at, is_variable_rest)) {
    lexer->at += size;
  }
  token->kind = BG_TOKEN_VARIABLE;
  token->text = bg_view_slice(lexer->text, start, lexer->at);
  return true;
}

// ---- keywords and marks ----------------------------------------------------

static void
set_fixed(bg_token *token, const char *text)
{
  token->kind = BG_TOKEN_FIXED;
  token->text = bg_view_of(text);
}

/// A keyword ends where its letters do, but "LIMIT10" is two tokens: where a
/// word is none, the longest keyword that begins it counts.
static void
read_word(bg_lexer *lexer, bg_token *token)
{
  size_t start = lexer->at;
  while (is_alphanumeric(byte_at(lexer, lexer->at)) ||
         byte_at(lexer, lexer->at) == '_') {
    lexer->at++;
  }
  bg_view word = bg_view_slice(lexer->text, start, lexer->at);
  if (bg_view_is_equal(word, BG_VIEW("a"))) {
    set_fixed(token, "a");
    return;
  }
  size_t size = word.size < BG_LONGEST_KEYWORD ? word.size : BG_LONGEST_KEYWORD;
  for (; size > 0; size--) {
    const char *keyword = bg_keyword_find(bg_view_slice(word, 0, size));
    if (keyword != NULL) {
      lexer->at = start + size;
      set_fixed(token, keyword);
      return;
    }
  }
  if (word.size == 0) {
    uint32_t codepoint;
    lexer->at += bg_utf8_decode(lexer->text, start, &codepoint);
  }
  token->kind = BG_TOKEN_FIXED;
  token->text = bg_view_slice(lexer->text, start, lexer->at);
}

/// The longest first.
static const char *const marks[] = {
    "&&", "||", "!=", "<=", ">=", "^^", "{", "}", "(", ")", "[", "]", ";",
    ",",  ".",  "=",  "<",  ">",  "!",  "+", "-", "*", "/", "^", "|", "?",
};

static void
read_mark(bg_lexer *lexer, bg_token *token)
{
  bg_view rest = bg_view_slice(lexer->text, lexer->at, lexer->at + 2);
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    bg_view mark = bg_view_of(marks[i]);
    if (bg_view_has_prefix(rest, mark)) {
      lexer->at += mark.size;
      set_fixed(token, marks[i]);
      return;
    }
  }
  uint32_t codepoint;
  lexer->at += bg_utf8_decode(lexer->text, lexer->at, &codepoint);
  fail(token, "a character that stands nowhere in SPARQL");
}

/// [161] NIL ::= '(' WS* ')'
/// [163] ANON ::= '[' WS* ']'
static void
read_bracket(bg_lexer *lexer, bg_token *token)
{
  bool is_round = byte_at(lexer, lexer->at) == '(';
  size_t end = skip_blanks(lexer, lexer->at + 1);
  if (byte_at(lexer, end) == (is_round ? ')' : ']')) {
    lexer->at = end + 1;
    set_fixed(token, is_round ? "()" : "[]");
  } else {
    lexer->at++;
    set_fixed(token, is_round ? "(" : "[");
  }
}

// ---- IRIs, strings, languages ----------------------------------------------

/// [139] IRIREF ::= '<' ([^<>"{}|^`\]-[#x00-#x20])* '>'
static bool
read_iri(bg_lexer *lexer, bg_token *token)
{
  size_t end = lexer->at + 1;
  while (end < lexer->text.size &&
         (unsigned char)lexer->text.bytes[end] > ' ' &&
         !is_of(lexer->text.bytes[end], "<>\"{}|^`\\")) {
    end++;
  }
  if (byte_at(lexer, end) != '>') {
    return false;
  }
  token->kind = BG_TOKEN_IRI;
  token->text = bg_view_slice(lexer->text, lexer->at + 1, end);
  lexer->at = end + 1;
  return true;
}

static const char escape_names[] = "tbnrf\\\"'";
static const char escape_bytes[] = "\t\b\n\r\f\\\"'";

/// [160] ECHAR ::= '\' [tbnrf\"']
static bg_view
unescape_string(bg_view string, bg_arena *arena)
{
  char *bytes = bg_arena_allocate(arena, string.size + 1);
  size_t size = 0;
  for (size_t i = 0; i < string.size; i++) {
    char byte = string.bytes[i];
    if (byte == '\\') {
      i++;
      byte = escape_bytes[strchr(escape_names, string.bytes[i]) - escape_names];
    }
    bytes[size++] = byte;
  }
  return (bg_view){bytes, size};
}

/// Where the closing quotes of a string are: `count` of them, or the text's
/// size. Says what is wrong before them.
static size_t
find_quotes(const bg_lexer *lexer, size_t at, size_t count, bool *is_escaped,
            const char **wrong)
{
  char quote = byte_at(lexer, lexer->at);
  for (size_t quotes = 0; at < lexer->text.size; at++) {
    char byte = lexer->text.bytes[at];
    quotes = byte == quote ? quotes + 1 : 0;
    if (quotes == count) {
      return at + 1 - count;
    }
    if (count == 1 && is_of(byte, "\n\r")) {
      *wrong = "a string that does not end on its line";
      return at;
    }
    if (byte == '\\') {
      *is_escaped = true;
      if (!is_of(byte_at(lexer, ++at), escape_names)) {
        *wrong = "a string with an unknown escape";
        return at;
      }
    }
  }
  *wrong = "a string that does not end";
  return at;
}

/// [156] STRING_LITERAL1 ::= "'" ( ([^#x27#x5C#xA#xD]) | ECHAR )* "'"
/// [157] STRING_LITERAL2 ::= '"' ( ([^#x22#x5C#xA#xD]) | ECHAR )* '"'
/// [158] STRING_LITERAL_LONG1 ::= "'''" ( ( "'" | "''" )? ( [^'\] | ECHAR ) )*
///                                "'''"
/// [159] STRING_LITERAL_LONG2 ::= '"""' ( ( '"' | '""' )? ( [^"\] | ECHAR ) )*
///                                '"""'
static void
read_string(bg_lexer *lexer, bg_token *token)
{
  char quote = byte_at(lexer, lexer->at);
  bool is_long = byte_at(lexer, lexer->at + 1) == quote &&
                 byte_at(lexer, lexer->at + 2) == quote;
  size_t count = is_long ? 3 : 1;
  size_t start = lexer->at + count;
  bool is_escaped = false;
  const char *wrong = NULL;
  size_t end = find_quotes(lexer, start, count, &is_escaped, &wrong);
  if (wrong != NULL) {
    lexer->at = end;
    fail(token, wrong);
    return;
  }
  token->kind = BG_TOKEN_STRING;
  token->text = bg_view_slice(lexer->text, start, end);
  if (is_escaped) {
    token->text = unescape_string(token->text, lexer->arena);
  }
  lexer->at = end + count;
}

/// [145] LANGTAG ::= '@' [a-zA-Z]+ ('-' [a-zA-Z0-9]+)*
static void
read_language(bg_lexer *lexer, bg_token *token)
{
  size_t at = lexer->at + 1;
  while (bg_is_letter(byte_at(lexer, at))) {
    at++;
  }
  if (at == lexer->at + 1) {
    lexer->at = at;
    fail(token, "a language tag without letters");
    return;
  }
  while (byte_at(lexer, at) == '-' && is_alphanumeric(byte_at(lexer, at + 1))) {
    at += 2;
    while (is_alphanumeric(byte_at(lexer, at))) {
      at++;
    }
  }
  token->kind = BG_TOKEN_LANGUAGE;
  token->text = bg_view_slice(lexer->text, lexer->at + 1, at);
  lexer->at = at;
}

// ---- numbers ---------------------------------------------------------------

static size_t
skip_digits(const bg_lexer *lexer, size_t at)
{
  while (bg_is_digit(byte_at(lexer, at))) {
    at++;
  }
  return at;
}

/// [155] EXPONENT ::= [eE] [+-]? [0-9]+. Its end, or `at`.
static size_t
skip_exponent(const bg_lexer *lexer, size_t at)
{
  if (bg_to_lower(byte_at(lexer, at)) != 'e') {
    return at;
  }
  size_t digits = at + 1 + is_of(byte_at(lexer, at + 1), "+-");
  size_t end = skip_digits(lexer, digits);
  return end > digits ? end : at;
}

/// [146] INTEGER ::= [0-9]+
/// [147] DECIMAL ::= [0-9]* '.' [0-9]+
/// [148] DOUBLE ::= [0-9]+ '.' [0-9]* EXPONENT | '.' ([0-9])+ EXPONENT |
///                  ([0-9])+ EXPONENT
/// [149] to [154]: the same behind '+' or '-'
static bool
read_number(bg_lexer *lexer, bg_token *token)
{
  size_t start = lexer->at + is_of(byte_at(lexer, lexer->at), "+-");
  size_t whole = skip_digits(lexer, start);
  size_t end = whole;
  token->kind = BG_TOKEN_INTEGER;
  if (byte_at(lexer, whole) == '.') {
    size_t fraction = skip_digits(lexer, whole + 1);
    bool has_fraction = fraction > whole + 1;
    if (has_fraction) {
      token->kind = BG_TOKEN_DECIMAL;
      end = fraction;
    }
    if ((has_fraction || whole > start) &&
        skip_exponent(lexer, fraction) > fraction) {
      end = fraction;
    }
  }
  if (end == start) {
    return false;
  }
  size_t exponent = skip_exponent(lexer, end);
  if (exponent > end) {
    token->kind = BG_TOKEN_DOUBLE;
  }
  token->text = bg_view_slice(lexer->text, lexer->at, exponent);
  lexer->at = exponent;
  return true;
}

// ---- tokens ----------------------------------------------------------------

/// What the first byte says; where that reads none, a mark.
static void
read_token(bg_lexer *lexer, bg_token *token)
{
  char byte = byte_at(lexer, lexer->at);
  bool is_read = true;
  if (byte == '<') {
    is_read = read_iri(lexer, token);
  } else if (byte == '?' || byte == '$') {
    is_read = read_variable(lexer, token);
  } else if (byte == '"' || byte == '\'') {
    read_string(lexer, token);
  } else if (byte == '@') {
    read_language(lexer, token);
  } else if (byte == '_') {
    read_blank(lexer, token);
  } else if (byte == '(' || byte == '[') {
    read_bracket(lexer, token);
  } else if (byte == ':' || measure(lexer, lexer->at, is_name_base) > 0) {
    if (!read_name(lexer, token)) {
      read_word(lexer, token);
    }
  } else {
    is_read =
        (bg_is_digit(byte) || is_of(byte, ".+-")) && read_number(lexer, token);
  }
  if (!is_read) {
    read_mark(lexer, token);
  }
}

bg_token
bg_lexer_next(bg_lexer *lexer)
{
  lexer->at = skip_blanks(lexer, lexer->at);
  count_to(lexer, lexer->at);
  bg_token token = {.kind = BG_TOKEN_END, .start = lexer->at};
  if (lexer->at < lexer->text.size) {
    read_token(lexer, &token);
  }
  if (lexer->is_cut && lexer->at == lexer->text.size) {
    fail(&token, "a byte that is NUL or not UTF-8");
    count_to(lexer, lexer->at);
  }
  token.place = lexer->place;
  token.end = lexer->at;
  return token;
}
