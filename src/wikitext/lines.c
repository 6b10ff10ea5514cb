#include "wikitext/parser.h"

// ---- headings --------------------------------------------------------------

/// Where the line's text ends: before blanks, and before comments at its end.
static size_t
find_text_end(const bg_parser *parser, size_t at)
{
  const bg_piece *heading = parser->top;
  size_t end = bg_parser_skip_blanks_back(parser, at);
  if (heading->comment_end != 0 && heading->comment_end == end) {
    end = bg_parser_skip_blanks_back(parser, heading->visual_end);
  }
  return end;
}

/// The level of the heading on top, whose text ends at `end`. 0 where it is
/// none.
static size_t
find_level(const bg_parser *parser, size_t end)
{
  const bg_piece *heading = parser->top;
  size_t start = end;
  while (start > parser->region->start && parser->text[start - 1] == '=') {
    start--;
  }
  size_t length = end - start;
  if (length > 0 && start == heading->start) {
    size_t level = length < 3 ? 0 : (length - 1) / 2; // a line of = only
    return level > 6 ? 6 : level;
  }
  return length < heading->count ? length : heading->count;
}

/// Puts the text [start, end), which comes right before the list, into it.
static void
prepend_text(bg_parser *parser, bg_node_list *list, size_t start, size_t end)
{
  if (list->first != NULL && list->first->kind == BG_NODE_TEXT &&
      list->first->source.bytes == parser->text + end) {
    list->first->source.bytes -= end - start;
    list->first->source.size += end - start;
    return;
  }
  bg_node *node = bg_parser_node(parser, BG_NODE_TEXT, start, end);
  node->next = list->first;
  list->first = node;
}

/// Takes off the list what begins at or after `end`.
static bg_node *
cut(const bg_parser *parser, bg_node *first, size_t end)
{
  const char *limit = parser->text + end;
  bg_node *last = NULL;
  for (bg_node *node = first; node != NULL && node->source.bytes < limit;
       node = node->next) {
    last = node;
  }
  if (last == NULL) {
    return NULL;
  }
  if (last->kind == BG_NODE_TEXT &&
      last->source.bytes + last->source.size > limit) {
    last->source.size = (size_t)(limit - last->source.bytes);
  }
  last->next = NULL;
  return first;
}

void
bg_parser_close_heading(bg_parser *parser, size_t at)
{
  bg_parser_flush(parser, at, at);
  size_t text_end = find_text_end(parser, at);
  size_t level = find_level(parser, text_end);
  if (level == 0) {
    bg_parser_break_top(parser);
    return;
  }
  bg_piece heading = *parser->top;
  bg_node_list nodes = heading.part.nodes;
  size_t start = heading.start + level;
  size_t end = text_end - level;
  if (level < heading.count) {
    prepend_text(parser, &nodes, start, heading.start + heading.count);
  }
  bg_parser_pop(parser);
  bg_node *node = bg_parser_node(parser, BG_NODE_HEADING, heading.start, at);
  node->level = (uint8_t)level;
  node->inner = bg_parser_view(parser, start, end);
  node->children = cut(parser, nodes.first, end);
  bg_node_list_append(&parser->top->part.nodes, node);
}

// ---- lists, rules, tables --------------------------------------------------

/// Where the attributes that begin at `at` end: at the line's end, or where
/// other markup could begin or end.
static size_t
find_attributes_end(const bg_parser *parser, size_t at)
{
  size_t end = at;
  while (end < parser->end && parser->text[end] != '\n' &&
         parser->text[end] != '{' && parser->text[end] != '[' &&
         parser->text[end] != '<' && parser->text[end] != ']' &&
         parser->text[end] != '}') {
    end++;
  }
  return end;
}

static void
add_table_marker(bg_parser *parser, bg_table_form form, size_t at, size_t size)
{
  size_t end = at + size;
  if (form == BG_TABLE_BEGIN || form == BG_TABLE_ROW) {
    end = find_attributes_end(parser, end);
  }
  bg_node *node = bg_parser_leaf(parser, BG_NODE_TABLE_MARKER, at, end);
  node->form = (uint8_t)form;
  node->inner = bg_parser_view(parser, at + size, end);
}

/// A bar that begins a line inside a table: |- |} |+ or a cell.
static void
read_bar(bg_parser *parser, size_t at)
{
  switch (bg_parser_byte(parser, at + 1)) {
  case '}':
    parser->region->tables--;
    add_table_marker(parser, BG_TABLE_END, at, 2);
    break;
  case '-':
    add_table_marker(parser, BG_TABLE_ROW, at,
                     1 + bg_parser_run(parser, at + 1, '-', SIZE_MAX));
    break;
  case '+':
    add_table_marker(parser, BG_TABLE_CELL, at, 2);
    break;
  default:
    add_table_marker(parser, BG_TABLE_CELL, at, 1);
    break;
  }
}

/// Tables may be indented. In a template their bars are the template's.
static void
read_table_line(bg_parser *parser, size_t line)
{
  size_t at = bg_parser_skip_blanks(parser, line);
  char byte = bg_parser_byte(parser, at);
  if (parser->top->open == '{') {
    return;
  }
  if (byte == '{' && bg_parser_byte(parser, at + 1) == '|') {
    parser->region->tables++;
    add_table_marker(parser, BG_TABLE_BEGIN, at, 2);
  } else if (parser->region->tables > 0 && byte == '|') {
    read_bar(parser, at);
  } else if (parser->region->tables > 0 && byte == '!') {
    add_table_marker(parser, BG_TABLE_CELL, at, 1);
  }
}

static bool
is_list_marker(char byte)
{
  return byte == '*' || byte == '#' || byte == ':' || byte == ';';
}

static void
read_list_marker(bg_parser *parser, size_t at)
{
  size_t end = at;
  bool is_indent = true; // : alone, which may stand before a table
  while (end < parser->end && is_list_marker(parser->text[end])) {
    is_indent &= parser->text[end] == ':';
    end++;
  }
  bg_parser_leaf(parser, BG_NODE_LIST_MARKER, at, end);
  size_t table = bg_parser_skip_blanks(parser, end);
  if (is_indent && bg_parser_byte(parser, table) == '{') {
    read_table_line(parser, table);
  }
}

static void
read_rule(bg_parser *parser, size_t at)
{
  size_t size = bg_parser_run(parser, at, '-', SIZE_MAX);
  if (size >= 4) {
    bg_parser_leaf(parser, BG_NODE_RULE, at, at + size);
  }
}

void
bg_parser_start_line(bg_parser *parser, size_t at)
{
  parser->at = at;
  switch (bg_parser_byte(parser, at)) {
  case '=': {
    size_t count = bg_parser_run(parser, at, '=', 6);
    // A single = is left to be the name's end, as the preprocessor does.
    if (count > 1 || !bg_parser_wants_equals(parser)) {
      bg_parser_open(parser, '\n', at, count);
    }
    break;
  }
  case '*':
  case '#':
  case ':':
  case ';':
    read_list_marker(parser, at);
    break;
  case '-':
    read_rule(parser, at);
    break;
  case '{':
  case '|':
  case '!':
  case ' ':
  case '\t':
    read_table_line(parser, at);
    break;
  default:
    break;
  }
}
