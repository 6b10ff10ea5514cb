#include "wikitext/parser.h"

#include <string.h>

// ---- the stack -------------------------------------------------------------

static void
start_part(bg_part *part, size_t start)
{
  *part = (bg_part){.start = start, .equals = BG_NOWHERE};
}

void
bg_parser_open(bg_parser *parser, char open, size_t start, size_t count)
{
  if (parser->pieces.count > 0) {
    bg_parser_flush(parser, start, start + count);
  }
  bg_piece *piece = &BG_PUSH(parser->arena, &parser->pieces);
  *piece = (bg_piece){
      .open = open,
      .start = start,
      .count = count,
      .first_part = parser->parts.count,
  };
  start_part(&piece->part, start + count);
  parser->top = piece;
}

void
bg_parser_pop(bg_parser *parser)
{
  assert(parser->pieces.count > 1);
  parser->parts.count = parser->top->first_part;
  parser->pieces.count--;
  parser->top = &parser->pieces.items[parser->pieces.count - 1];
}

/// Ends the part being read; the text after the pipe begins the next.
static void
finish_part(bg_parser *parser, size_t end)
{
  bg_part *part = &parser->top->part;
  part->end = end;
  BG_PUSH(parser->arena, &parser->parts) = *part;
}

void
bg_parser_read_pipe(bg_parser *parser, size_t at)
{
  bool is_first = parser->parts.count == parser->top->first_part;
  if (parser->top->open == '{' || (parser->top->open == '[' && is_first)) {
    bg_parser_flush(parser, at, at + 1);
    finish_part(parser, at);
    start_part(&parser->top->part, at + 1);
  } else {
    parser->at = at + 1;
  }
}

void
bg_parser_read_equals(bg_parser *parser, size_t at)
{
  if (!bg_parser_wants_equals(parser)) {
    parser->at = at + 1;
    return;
  }
  bg_parser_flush(parser, at, at + 1);
  bg_part *part = &parser->top->part;
  part->equals = at;
  part->name = part->nodes;
  part->nodes = (bg_node_list){NULL, NULL};
  part->bracket = NULL;
}

// ---- broken into text ------------------------------------------------------

/// Moves all of `from` to the end of `list`; text that goes on in the same
/// place becomes one node.
static void
splice(bg_node_list *list, bg_node_list from)
{
  if (from.first == NULL) {
    return;
  }
  if (from.first->kind == BG_NODE_TEXT &&
      bg_node_continues(list->last, from.first->source.bytes)) {
    list->last->source.size += from.first->source.size;
    from.first = from.first->next;
    if (from.first == NULL) {
      return;
    }
  }
  if (list->last == NULL) {
    list->first = from.first;
  } else {
    list->last->next = from.first;
  }
  list->last = from.last;
}

static void
spill_part(bg_parser *parser, bg_node_list *list, const bg_part *part)
{
  if (part->equals != BG_NOWHERE) {
    splice(list, part->name);
    bg_parser_add_text(parser, list, part->equals, part->equals + 1);
  }
  splice(list, part->nodes);
}

void
bg_parser_break_top(bg_parser *parser)
{
  bg_piece broken = *parser->top;
  size_t parts_end = parser->parts.count;
  bg_parser_pop(parser);

  bg_part *below = &parser->top->part;
  bg_node_list *list = &below->nodes;
  bg_parser_add_text(parser, list, broken.start, broken.start + broken.count);
  for (size_t i = broken.first_part; i < parts_end; i++) {
    const bg_part *part = &parser->parts.items[i];
    spill_part(parser, list, part);
    bg_parser_add_text(parser, list, part->end, part->end + 1);
    below->has_link |= part->has_link;
  }
  spill_part(parser, list, &broken.part);
  below->has_link |= broken.part.has_link;
}

// ---- closed ----------------------------------------------------------------

/// Takes the innermost `count` opening bytes off the topmost piece, which stays
/// open when enough of them are left. Returns the part that the text between
/// now belongs to.
static bg_part *
close_brackets(bg_parser *parser, size_t count)
{
  bg_piece *piece = parser->top;
  size_t start = piece->start;
  piece->count -= count;
  if (piece->count >= 2) {
    parser->parts.count = piece->first_part;
    start_part(&piece->part, start + piece->count);
    return &piece->part;
  }
  size_t left = piece->count;
  bg_parser_pop(parser);
  if (left > 0) {
    bg_parser_add_text(parser, &parser->top->part.nodes, start, start + left);
  }
  return &parser->top->part;
}

static bool
is_more_than_text(bg_node_kind kind)
{
  return kind == BG_NODE_TEMPLATE || kind == BG_NODE_PARAMETER ||
         kind == BG_NODE_LINK || kind == BG_NODE_EXTENSION;
}

/// Copies the name without its comments.
static bg_view
strip_comments(bg_view name, const bg_node *nodes, bg_arena *arena)
{
  char *bytes = bg_arena_allocate(arena, name.size);
  const char *from = name.bytes;
  size_t size = 0;
  for (const bg_node *node = nodes; node != NULL; node = node->next) {
    if (node->kind == BG_NODE_COMMENT) {
      size_t before = (size_t)(node->source.bytes - from);
      memcpy(bytes + size, from, before);
      size += before;
      from = node->source.bytes + node->source.size;
    }
  }
  size_t rest = (size_t)(name.bytes + name.size - from);
  memcpy(bytes + size, from, rest);
  return (bg_view){bytes, size + rest};
}

/// Reads the name that stands in [start, end) and was read as `list`.
///
/// A name that holds templates keeps its comments: copies of names that are
/// nested in each other would take more than linear time.
static void
read_name(bg_parser *parser, bg_node *node, bg_node_list list, size_t start,
          size_t end)
{
  bg_view name = bg_parser_view(parser, start, end);
  bool has_comment = false;
  for (bg_node *each = list.first; each != NULL; each = each->next) {
    if (is_more_than_text(each->kind)) {
      node->name_nodes = list.first;
      has_comment = false;
      break;
    }
    has_comment |= each->kind == BG_NODE_COMMENT;
  }
  if (has_comment) {
    name = strip_comments(name, list.first, parser->arena);
  }
  node->name = bg_view_trim(name);
}

/// An argument of the part; `index` counts those without a name.
static bg_node *
make_argument(bg_parser *parser, const bg_part *part, uint32_t *index)
{
  bg_node *node =
      bg_parser_node(parser, BG_NODE_ARGUMENT, part->start, part->end);
  node->children = part->nodes.first;
  if (part->equals == BG_NOWHERE) {
    node->index = ++*index;
    node->inner = node->source;
  } else {
    read_name(parser, node, part->name, part->start, part->equals);
    node->inner = bg_parser_view(parser, part->equals + 1, part->end);
  }
  return node;
}

/// `count` is 2 for a template, 3 for a parameter.
static void
close_braces(bg_parser *parser, size_t at, size_t count)
{
  bg_piece *piece = parser->top;
  bg_parser_flush(parser, at, at + count);
  finish_part(parser, at);
  const bg_part *parts = parser->parts.items + piece->first_part;
  size_t part_count = parser->parts.count - piece->first_part;

  bg_node *node =
      bg_parser_node(parser, count == 2 ? BG_NODE_TEMPLATE : BG_NODE_PARAMETER,
                     parts[0].start - count, at + count);
  read_name(parser, node, parts[0].nodes, parts[0].start, parts[0].end);
  bg_node_list arguments = {NULL, NULL};
  uint32_t index = 0;
  for (size_t i = 1; i < part_count; i++) {
    bg_node_list_append(&arguments, make_argument(parser, &parts[i], &index));
  }
  node->children = arguments.first;
  bg_node_list_append(&close_brackets(parser, count)->nodes, node);
}

void
bg_parser_close_braces(bg_parser *parser, size_t at)
{
  if (parser->top->open != '{') {
    parser->at = at + 1;
    return;
  }
  size_t most = parser->top->count < 3 ? parser->top->count : 3;
  size_t count = bg_parser_run(parser, at, '}', most);
  if (count < 2) {
    parser->at = at + 1;
  } else {
    close_braces(parser, at, count);
  }
}

// ---- links -----------------------------------------------------------------

/// What Title::legalChars allows, and '#'.
static bool
is_title_text(bg_view text)
{
  static const bool is_illegal[256] = {
      ['['] = true, [']'] = true, ['{'] = true, ['|'] = true,
      ['}'] = true, ['<'] = true, ['>'] = true, [0x7f] = true,
  };
  for (size_t i = 0; i < text.size; i++) {
    unsigned char byte = (unsigned char)text.bytes[i];
    if (byte < ' ' || is_illegal[byte]) {
      return false;
    }
  }
  return true;
}

/// Whether a link can lead there. Looks no further than the first thing that
/// cannot be in a title, so the time for links in links stays linear.
static bool
is_target(const bg_node *nodes)
{
  for (const bg_node *node = nodes; node != NULL; node = node->next) {
    bool is_title = node->kind == BG_NODE_COMMENT ||
                    node->kind == BG_NODE_ENTITY ||
                    node->kind == BG_NODE_QUOTES ||
                    (node->kind == BG_NODE_TEXT && is_title_text(node->source));
    if (!is_title) {
      return false;
    }
  }
  return true;
}

/// Whether MediaWiki makes a link of it (Parser::handleInternalLinks2): the
/// text after a pipe may be empty, and may hold other links, only in files and
/// the like, which have a colon in their names.
static bool
is_link(bg_view name, const bg_part *target, const bg_part *shown)
{
  bool has_pipe = shown->start != target->start;
  if (name.size == 0 || bg_has_protocol(name)) {
    return false;
  }
  if (has_pipe && (shown->end == shown->start || shown->has_link)) {
    return memchr(name.bytes, ':', name.size) != NULL;
  }
  return true;
}

void
bg_parser_close_link(bg_parser *parser, size_t at)
{
  bg_piece *piece = parser->top;
  bg_parser_flush(parser, at, at + 2);
  finish_part(parser, at);
  bg_part target = parser->parts.items[piece->first_part];
  bg_part shown = parser->parts.items[parser->parts.count - 1];
  size_t start = target.start - 2;

  bg_node link = {.kind = BG_NODE_LINK, .children = shown.nodes.first};
  bool valid = is_target(target.nodes.first);
  if (valid) {
    read_name(parser, &link, target.nodes, target.start, target.end);
    valid = is_link(link.name, &target, &shown);
  }
  bg_part *around = close_brackets(parser, 2);
  if (valid) {
    bg_node *node = bg_parser_node(parser, BG_NODE_LINK, start, at + 2);
    link.source = node->source;
    *node = link;
    bg_node_list_append(&around->nodes, node);
    around->has_link = true;
    return;
  }
  bg_parser_add_text(parser, &around->nodes, start, start + 2);
  splice(&around->nodes, target.nodes);
  if (shown.start != target.start) {
    bg_parser_add_text(parser, &around->nodes, target.end, target.end + 1);
    splice(&around->nodes, shown.nodes);
  }
  bg_parser_add_text(parser, &around->nodes, at, at + 2);
  around->has_link |= target.has_link | shown.has_link;
}
