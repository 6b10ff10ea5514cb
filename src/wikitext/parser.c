#include "wikitext/parser.h"

enum { NODES_AT_ONCE = 64 };

void
bg_parser_refill(bg_parser *parser)
{
  parser->fresh =
      bg_arena_allocate(parser->arena, NODES_AT_ONCE * sizeof(bg_node));
  parser->fresh_count = NODES_AT_ONCE;
}

// ---- regions ---------------------------------------------------------------

void
bg_parser_enter(bg_parser *parser, bg_node *extension, size_t start, size_t end,
                size_t resume)
{
  bg_region *region =
      parser->region == NULL ? parser->regions : parser->region + 1;
  assert(region < parser->regions + BG_REGIONS);
  *region = (bg_region){
      .start = start,
      .end = end,
      .resume = resume,
      .extension = extension,
  };
  parser->region = region;
  parser->end = end;
  bg_parser_open(parser, '\0', start, 0);
  parser->text_start = start;
  bg_parser_start_line(parser, start);
}

/// Breaks what is open in the region. Returns the first of its nodes.
static bg_node *
finish_region(bg_parser *parser)
{
  if (parser->top->open == '\n') {
    bg_parser_close_heading(parser, parser->end);
  }
  bg_parser_flush(parser, parser->end, parser->end);
  while (parser->top->open != '\0') {
    bg_parser_break_top(parser);
  }
  return parser->top->part.nodes.first;
}

/// Goes on after the region, in the one around it.
static void
leave_region(bg_parser *parser, bg_node *nodes)
{
  parser->region->extension->children = nodes;
  parser->at = parser->region->resume;
  parser->text_start = parser->region->resume;
  bg_parser_pop(parser);
  parser->region--;
  parser->end = parser->region->end;
}

// ---- the pass --------------------------------------------------------------

static void
read_opening(bg_parser *parser, size_t at, char byte)
{
  size_t count = bg_parser_run(parser, at, byte, SIZE_MAX);
  if (count >= 2) {
    bg_parser_open(parser, byte, at, count);
  } else if (byte == '[') {
    bg_parser_open_bracket(parser, at);
  } else {
    parser->at = at + 1;
  }
}

/// Of three brackets the first may close an address in the link's text
/// (Parser::handleInternalLinks2, T2500).
static void
read_closing_bracket(bg_parser *parser, size_t at)
{
  bool has_bracket = parser->top->part.bracket != NULL;
  size_t count = parser->top->open == '['
                     ? bg_parser_run(parser, at, ']', has_bracket ? 3 : 2)
                     : 1;
  if (has_bracket && count != 2) {
    bg_parser_close_bracket(parser, at);
  } else if (count >= 2) {
    bg_parser_close_link(parser, at);
  } else {
    parser->at = at + 1;
  }
}

static void
read_line_feed(bg_parser *parser, size_t at)
{
  if (parser->top->open == '\n') {
    bg_parser_close_heading(parser, at);
  }
  parser->top->part.bracket = NULL; // an address does not go over lines
  bg_parser_start_line(parser, at + 1);
}

/// Reads on at the mark `at`.
static void
read_mark(bg_parser *parser, size_t at)
{
  char byte = parser->text[at];
  switch (byte) {
  case '\n':
    read_line_feed(parser, at);
    break;
  case '{':
  case '[':
    read_opening(parser, at, byte);
    break;
  case '}':
    bg_parser_close_braces(parser, at);
    break;
  case ']':
    read_closing_bracket(parser, at);
    break;
  case '|':
    bg_parser_read_pipe(parser, at);
    break;
  case '=':
    bg_parser_read_equals(parser, at);
    break;
  case '<':
    bg_parser_read_angle(parser, at);
    break;
  case '\'':
    bg_parser_read_quotes(parser, at);
    break;
  case '&':
    bg_parser_read_entity(parser, at);
    break;
  case ':':
    bg_parser_read_address(parser, at);
    break;
  case '_':
    bg_parser_read_switch(parser, at);
    break;
  default: // the scanner knows no other
    assert(false);
  }
}

bg_node *
bg_wikitext_parse_with(bg_view page_text, bg_arena *arena,
                       bg_classifier *classify)
{
  bg_parser parser = {.text = page_text.bytes, .arena = arena};
  bg_scanner_init(&parser.scanner, page_text, classify);
  bg_parser_enter(&parser, NULL, 0, page_text.size, page_text.size);
  for (;;) {
    size_t at = bg_scanner_next(&parser.scanner, parser.at);
    if (at < parser.end) {
      read_mark(&parser, at);
      continue;
    }
    bg_node *nodes = finish_region(&parser);
    if (parser.region == parser.regions) {
      return nodes;
    }
    leave_region(&parser, nodes);
  }
}

bg_node *
bg_wikitext_parse(bg_view page_text, bg_arena *arena)
{
  return bg_wikitext_parse_with(page_text, arena, bg_classifier_best());
}
