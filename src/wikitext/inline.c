#include "wikitext/parser.h"

#include "base/utf8.h"

#include <string.h>

// ---- '' ''' ''''' ----------------------------------------------------------

void
bg_parser_read_quotes(bg_parser *parser, size_t at)
{
  size_t count = bg_parser_run(parser, at, '\'', SIZE_MAX);
  size_t end = at + count;
  if (count < 2) {
    parser->at = end;
    return;
  }
  // Parser::doQuotes: of four the first, of more all but five, are text.
  size_t level = count == 4 ? 3 : count > 5 ? 5 : count;
  bg_node *node = bg_parser_leaf(parser, BG_NODE_QUOTES, end - level, end);
  node->level = (uint8_t)level;
}

// ---- entities --------------------------------------------------------------

/// What may be written as a number: Sanitizer::validateCodepoint.
static bool
is_character(uint32_t codepoint)
{
  return codepoint == '\t' || codepoint == '\n' || codepoint == '\r' ||
         (codepoint >= 0x20 && codepoint <= 0xd7ff) ||
         (codepoint >= 0xe000 && codepoint <= 0xfffd) ||
         (codepoint >= 0x10000 && codepoint <= 0x10ffff);
}

/// The value of a digit to base 16; 16 where it is none.
static uint32_t
digit_value(char byte)
{
  char lower = bg_to_lower(byte);
  if (bg_is_digit(byte)) {
    return (uint32_t)(byte - '0');
  }
  return lower >= 'a' && lower <= 'f' ? (uint32_t)(lower - 'a' + 10) : 16;
}

/// The number after &#, up to the semicolon. Returns its end; BG_NOWHERE where
/// there is no such number.
static size_t
read_number(const bg_parser *parser, size_t at, uint32_t *codepoint)
{
  uint32_t base = 10;
  if (bg_parser_byte(parser, at) == 'x' || bg_parser_byte(parser, at) == 'X') {
    base = 16;
    at++;
  }
  size_t start = at;
  *codepoint = 0;
  for (; digit_value(bg_parser_byte(parser, at)) < base; at++) {
    if (*codepoint <= 0x10ffff) {
      *codepoint = *codepoint * base + digit_value(parser->text[at]);
    }
  }
  return at > start && is_character(*codepoint) ? at : BG_NOWHERE;
}

static size_t
read_entity_name(const bg_parser *parser, size_t at, bg_view *characters)
{
  size_t end = at;
  while (bg_is_letter(bg_parser_byte(parser, end)) ||
         bg_is_digit(bg_parser_byte(parser, end))) {
    end++;
  }
  *characters = bg_entity_characters(bg_parser_view(parser, at, end));
  return characters->size == 0 ? BG_NOWHERE : end;
}

void
bg_parser_read_entity(bg_parser *parser, size_t at)
{
  bg_view characters;
  size_t end;
  if (bg_parser_byte(parser, at + 1) == '#') {
    uint32_t codepoint;
    end = read_number(parser, at + 2, &codepoint);
    if (end != BG_NOWHERE) {
      char *bytes = bg_arena_allocate(parser->arena, 4);
      characters = (bg_view){bytes, bg_utf8_encode(codepoint, bytes)};
    }
  } else {
    end = read_entity_name(parser, at + 1, &characters);
  }
  if (end == BG_NOWHERE || bg_parser_byte(parser, end) != ';') {
    parser->at = at + 1;
    return;
  }
  bg_parser_leaf(parser, BG_NODE_ENTITY, at, end + 1)->name = characters;
}

// ---- __SWITCHES__ ----------------------------------------------------------

/// In MediaWiki's English, in any case. Those of extensions are among them.
static const char *const switches[] = {
    "NOTOC",
    "TOC",
    "FORCETOC",
    "NOEDITSECTION",
    "NOGALLERY",
    "NOTITLECONVERT",
    "NOTC",
    "NOCONTENTCONVERT",
    "NOCC",
    "NEWSECTIONLINK",
    "NONEWSECTIONLINK",
    "HIDDENCAT",
    "EXPECTUNUSEDCATEGORY",
    "INDEX",
    "NOINDEX",
    "STATICREDIRECT",
    "NOGLOBAL",
    "DISAMBIG",
    "START",
    "END",
};

static bool
is_switch(bg_view name)
{
  for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
    if (bg_view_is_equal_folded(name, bg_view_of(switches[i]))) {
      return true;
    }
  }
  return false;
}

void
bg_parser_read_switch(bg_parser *parser, size_t at)
{
  size_t start = at + 2;
  size_t end = start;
  parser->at = at + 1;
  if (bg_parser_byte(parser, at + 1) != '_') {
    return;
  }
  while (bg_is_letter(bg_parser_byte(parser, end))) {
    end++;
  }
  bg_view name = bg_parser_view(parser, start, end);
  if (bg_parser_run(parser, end, '_', 2) == 2 && is_switch(name)) {
    bg_parser_leaf(parser, BG_NODE_SWITCH, at, end + 2)->name = name;
  }
}
