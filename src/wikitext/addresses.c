#include "wikitext/parser.h"

#include <string.h>

/// MediaWiki's default protocols; those without // work in brackets only here.
static const char *const protocols[] = {
    "http://", "https://", "ftp://",    "ftps://",   "sftp://", "git://",
    "svn://",  "ssh://",   "irc://",    "ircs://",   "mms://",  "nntp://",
    "news:",   "mailto:",  "gopher://", "telnet://", "//",
};

enum { LONGEST_SCHEME = 9 };

/// The size of the protocol that `text` begins with; 0 where it is none.
static size_t
protocol_size(bg_view text)
{
  char first = text.size == 0 ? '\0' : bg_to_lower(text.bytes[0]);
  for (size_t i = 0; i < sizeof protocols / sizeof *protocols; i++) {
    if (protocols[i][0] == first) { // most names end here
      bg_view protocol = bg_view_of(protocols[i]);
      if (bg_view_has_prefix_folded(text, protocol)) {
        return protocol.size;
      }
    }
  }
  return 0;
}

bool
bg_has_protocol(bg_view text)
{
  return protocol_size(text) > 0;
}

// ---- where an address ends -------------------------------------------------

/// The size of the space of Unicode's class Zs, beyond ASCII, at `at`.
static size_t
wide_space_size(const bg_parser *parser, size_t at)
{
  static const char *const spaces[] = {
      "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
      "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009",
      "\u200a", "\u202f", "\u205f", "\u3000",
  };
  bg_view rest = bg_parser_view(parser, at, parser->end);
  for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
    bg_view space = bg_view_of(spaces[i]);
    if (bg_view_has_prefix(rest, space)) {
      return space.size;
    }
  }
  return 0;
}

/// Whether the run of = that begins at `at` may close the heading on top.
static bool
is_heading_end(const bg_parser *parser, size_t at)
{
  if (parser->top->open != '\n' || parser->text[at - 1] == '=') {
    return false;
  }
  size_t end = at + bg_parser_run(parser, at, '=', SIZE_MAX);
  end = bg_parser_skip_blanks(parser, end);
  char after = bg_parser_byte(parser, end);
  return end >= parser->end || after == '\n' || after == '<';
}

/// Whether an address ends before the byte at `at`: as in MediaWiki, or because
/// the byte belongs to a template or link around it.
static bool
is_address_end(const bg_parser *parser, size_t at)
{
  char byte = parser->text[at];
  char next = bg_parser_byte(parser, at + 1);
  char open = parser->top->open;
  switch (byte) {
  case '[':
  case ']':
  case '<':
  case '>':
  case '"':
    return true;
  case '{':
  case '\'':
    return next == byte;
  case '}':
    return next == byte && open == '{';
  case '|':
    return open == '{' || open == '[';
  case '=':
    return bg_parser_wants_equals(parser) || is_heading_end(parser, at);
  case '&': {
    bg_view rest = bg_parser_view(parser, at, parser->end);
    return bg_view_has_prefix(rest, BG_VIEW("&lt;")) ||
           bg_view_has_prefix(rest, BG_VIEW("&gt;")) ||
           bg_view_has_prefix(rest, BG_VIEW("&nbsp;"));
  }
  default:
    return (unsigned char)byte <= ' ' || byte == 0x7f ||
           ((unsigned char)byte >= 0x80 && wide_space_size(parser, at) > 0);
  }
}

static size_t
find_address_end(const bg_parser *parser, size_t at)
{
  while (at < parser->end && !is_address_end(parser, at)) {
    at++;
  }
  return at;
}

/// Without the punctuation of the sentence around it (Parser::makeFreeExternal
/// Link).
static size_t
trim_address(const bg_parser *parser, size_t start, size_t end)
{
  bool has_parenthesis = memchr(parser->text + start, '(', end - start) != NULL;
  while (end > start) {
    char last = parser->text[end - 1];
    if (memchr(",;.:!?", last, 6) == NULL && (last != ')' || has_parenthesis)) {
      break;
    }
    end--;
  }
  return end;
}

// ---- reading ---------------------------------------------------------------

static bool
is_word(char byte)
{
  return bg_is_letter(byte) || bg_is_digit(byte) || byte == '_';
}

void
bg_parser_read_address(bg_parser *parser, size_t colon)
{
  parser->at = colon + 1;
  if (bg_parser_byte(parser, colon + 1) != '/' ||
      bg_parser_byte(parser, colon + 2) != '/') {
    return;
  }
  size_t start = colon;
  while (start > parser->text_start && colon - start < LONGEST_SCHEME &&
         bg_is_letter(parser->text[start - 1])) {
    start--;
  }
  bool is_inside_word =
      start > parser->text_start && is_word(parser->text[start - 1]);
  bg_view rest = bg_parser_view(parser, start, parser->end);
  if (start == colon || is_inside_word || protocol_size(rest) == 0) {
    return;
  }
  size_t address = colon + 3;
  size_t end = find_address_end(parser, address);
  end = trim_address(parser, address, end);
  if (end == address) {
    return;
  }
  bg_node *node = bg_parser_leaf(parser, BG_NODE_EXTERNAL_LINK, start, end);
  node->name = node->source;
}

void
bg_parser_open_bracket(bg_parser *parser, size_t at)
{
  parser->at = at + 1;
  bg_view rest = bg_parser_view(parser, at + 1, parser->end);
  size_t start = at + 1 + protocol_size(rest);
  if (start == at + 1) {
    return;
  }
  size_t end = find_address_end(parser, start);
  if (end == start) {
    return;
  }
  bg_part *part = &parser->top->part;
  bg_parser_flush(parser, at, at + 1);
  part->bracket = bg_parser_node(parser, BG_NODE_TEXT, at, at + 1);
  bg_node_list_append(&part->nodes, part->bracket);
  bg_node *node = bg_parser_leaf(parser, BG_NODE_EXTERNAL_LINK, at + 1, end);
  node->name = node->source;
}

/// The blanks after the address only part it from what is shown.
static bg_node *
skip_blanks(bg_node *nodes)
{
  if (nodes == NULL || nodes->kind != BG_NODE_TEXT) {
    return nodes;
  }
  while (nodes->source.size > 0 && nodes->source.bytes[0] == ' ') {
    nodes->source.bytes++;
    nodes->source.size--;
  }
  return nodes->source.size == 0 ? nodes->next : nodes;
}

void
bg_parser_close_bracket(bg_parser *parser, size_t at)
{
  bg_parser_flush(parser, at, at + 1);
  bg_part *part = &parser->top->part;
  bg_node *link = part->bracket;
  const bg_node *address = link->next;
  link->kind = BG_NODE_EXTERNAL_LINK;
  link->source.size = (size_t)(parser->text + at + 1 - link->source.bytes);
  link->name = address->name;
  link->children = skip_blanks(address->next);
  link->next = NULL;
  part->nodes.last = link;
  part->bracket = NULL;
}
