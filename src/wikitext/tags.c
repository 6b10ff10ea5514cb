#include "wikitext/parser.h"

#include <string.h>

/// What MediaWiki's regular expressions call \s.
static bool
is_space_at(const bg_parser *parser, size_t at)
{
  return at < parser->end && bg_is_space(parser->text[at]);
}

/// The page up to the region's end.
static bg_view
readable(const bg_parser *parser)
{
  return bg_parser_view(parser, 0, parser->end);
}

// ---- comments --------------------------------------------------------------

/// Where the comment that begins at `at` ends; BG_NOWHERE when it is unclosed.
static size_t
find_comment_end(const bg_parser *parser, size_t at)
{
  bg_view text = readable(parser);
  size_t gt = at + 5; // at the least: <!---->
  while ((gt = bg_view_find_byte(text, '>', gt + 1)) != BG_NOWHERE) {
    if (text.bytes[gt - 1] == '-' && text.bytes[gt - 2] == '-') {
      return gt + 1;
    }
  }
  return BG_NOWHERE;
}

static bool
is_comment(const bg_parser *parser, size_t at)
{
  return parser->end - at >= 4 && memcmp(parser->text + at, "<!--", 4) == 0;
}

/// Where the line ends whose comments begin with the one that ends at `end`;
/// BG_NOWHERE when there is something else after them.
static size_t
find_comment_line_end(const bg_parser *parser, size_t end)
{
  size_t at = bg_parser_skip_blanks(parser, end);
  while (at < parser->end && is_comment(parser, at)) {
    size_t next = find_comment_end(parser, at);
    if (next == BG_NOWHERE) {
      break;
    }
    at = bg_parser_skip_blanks(parser, next);
  }
  return at < parser->end && parser->text[at] == '\n' ? at : BG_NOWHERE;
}

/// A line of comments only: its blanks and its end are part of them. The next
/// line begins where this one did.
static void
read_comment_line(bg_parser *parser, size_t start, size_t first_end,
                  size_t line_end)
{
  size_t end = bg_parser_skip_blanks(parser, first_end);
  while (end < line_end) {
    bg_parser_leaf(parser, BG_NODE_COMMENT, start, end);
    start = end;
    end = bg_parser_skip_blanks(parser, find_comment_end(parser, start));
  }
  bg_parser_leaf(parser, BG_NODE_COMMENT, start, line_end + 1);
  bg_parser_start_line(parser, line_end + 1);
}

static void
read_comment(bg_parser *parser, size_t at)
{
  size_t end = find_comment_end(parser, at);
  if (end == BG_NOWHERE) {
    bg_parser_leaf(parser, BG_NODE_COMMENT, at, parser->end);
    return;
  }
  size_t start = bg_parser_skip_blanks_back(parser, at);
  if (start > parser->region->start && parser->text[start - 1] == '\n') {
    size_t line_end = find_comment_line_end(parser, end);
    if (line_end != BG_NOWHERE) {
      read_comment_line(parser, start, end, line_end);
      return;
    }
  }
  bg_piece *top = parser->top;
  if (top->comment_end != start) {
    top->visual_end = start;
  }
  top->comment_end = end;
  bg_parser_leaf(parser, BG_NODE_COMMENT, at, end);
}

// ---- extension tags --------------------------------------------------------

typedef struct {
  bg_tag_name known;
  size_t start; ///< of the tag
  size_t name_start;
  size_t name_end;
  bool is_closing;
} found_tag;

/// Finds </name> in any case, blanks allowed, at or after `from`. Sets
/// `close_start` and returns the end; BG_NOWHERE when there is none.
static size_t
find_closing_tag(const bg_parser *parser, bg_view name, size_t from,
                 size_t *close_start)
{
  bg_view text = readable(parser);
  size_t at = from;
  while ((at = bg_view_find_byte(text, '<', at)) != BG_NOWHERE) {
    size_t end = at + 2 + name.size;
    if (bg_parser_byte(parser, at + 1) == '/' &&
        bg_view_is_equal_folded(bg_view_slice(text, at + 2, end), name)) {
      while (is_space_at(parser, end)) {
        end++;
      }
      if (bg_parser_byte(parser, end) == '>') {
        *close_start = at;
        return end + 1;
      }
    }
    at++;
  }
  return BG_NOWHERE;
}

static void
add_extension(bg_parser *parser, const found_tag *tag, size_t body_start,
              size_t body_end, size_t end)
{
  bool is_ignored = tag->known.kind == BG_TAG_IGNORED_ELEMENT;
  bg_node *node =
      bg_parser_leaf(parser, is_ignored ? BG_NODE_IGNORED : BG_NODE_EXTENSION,
                     tag->start, end);
  node->name = bg_parser_view(parser, tag->name_start, tag->name_end);
  node->inner = bg_parser_view(parser, body_start, body_end);
  if (body_start == end) {
    node->form = BG_TAG_SINGLE;
  } else if (tag->known.kind == BG_TAG_ENTERED && body_start < body_end) {
    bg_parser_enter(parser, node, body_start, body_end, end);
  }
}

/// An opening tag that ends at `tag_end`.
static void
read_body(bg_parser *parser, const found_tag *tag, size_t tag_end)
{
  bg_view name = bg_parser_view(parser, tag->name_start, tag->name_end);
  bool *no_more = &parser->region->no_more_closing[tag->known.index];
  size_t body_end = parser->end;
  size_t end = *no_more ? BG_NOWHERE
                        : find_closing_tag(parser, name, tag_end, &body_end);
  if (end == BG_NOWHERE && bg_view_is_equal(name, BG_VIEW("includeonly"))) {
    end = parser->end; // in lower case only, as in the preprocessor
  }
  if (end == BG_NOWHERE) {
    *no_more = true;
    parser->at = tag_end;
    return;
  }
  add_extension(parser, tag, tag_end, body_end, end);
}

/// Whether the name ends as the preprocessor wants: before a space, /> or >.
static bool
is_name_end(const bg_parser *parser, size_t at)
{
  return is_space_at(parser, at) || bg_parser_byte(parser, at) == '>' ||
         (bg_parser_byte(parser, at) == '/' &&
          bg_parser_byte(parser, at + 1) == '>');
}

static void
read_extension(bg_parser *parser, const found_tag *tag)
{
  parser->at = tag->start + 1;
  if (parser->region->no_more_gt || !is_name_end(parser, tag->name_end)) {
    return;
  }
  size_t gt = bg_view_find_byte(readable(parser), '>', tag->name_end);
  if (gt == BG_NOWHERE) {
    parser->region->no_more_gt = true;
    return;
  }
  if (tag->known.kind == BG_TAG_IGNORED) {
    bg_node *node = bg_parser_leaf(parser, BG_NODE_IGNORED, tag->start, gt + 1);
    node->name = bg_parser_view(parser, tag->name_start, tag->name_end);
    node->form = tag->is_closing ? BG_TAG_CLOSING : BG_TAG_OPENING;
  } else if (parser->text[gt - 1] == '/') {
    add_extension(parser, tag, gt + 1, gt + 1, gt + 1);
  } else {
    read_body(parser, tag, gt + 1);
  }
}

// ---- HTML tags -------------------------------------------------------------

/// Whether the byte at `at`, inside a tag, belongs to markup that the
/// preprocessor sees before it sees tags.
static bool
is_foreign(const bg_parser *parser, size_t at)
{
  char byte = parser->text[at];
  char next = bg_parser_byte(parser, at + 1);
  char open = parser->top->open;
  switch (byte) {
  case '<':
    return true;
  case '{':
  case '[':
    return next == byte;
  case '}':
    return next == byte && open == '{';
  case ']':
    return next == byte && open == '[';
  case '|':
    return open == '{' || open == '[';
  case '=':
    return bg_parser_wants_equals(parser);
  case '\n':
    return next == '=' || open == '\n';
  default:
    return false;
  }
}

static size_t
find_tag_end(const bg_parser *parser, size_t at)
{
  for (; at < parser->end; at++) {
    if (parser->text[at] == '>') {
      return at + 1;
    }
    if (is_foreign(parser, at)) {
      break;
    }
  }
  return BG_NOWHERE;
}

static void
read_html(bg_parser *parser, const found_tag *tag)
{
  size_t end = find_tag_end(parser, tag->name_end);
  char after = bg_parser_byte(parser, tag->name_end);
  bool is_whole =
      after == '>' || after == '/' || is_space_at(parser, tag->name_end);
  if (end == BG_NOWHERE || !is_whole) {
    parser->at = tag->start + 1;
    return;
  }
  size_t inner_end = end - 1;
  bool has_slash =
      inner_end > tag->name_end && parser->text[inner_end - 1] == '/';
  bg_node *node = bg_parser_leaf(parser, BG_NODE_TAG, tag->start, end);
  node->name = bg_parser_view(parser, tag->name_start, tag->name_end);
  node->inner = bg_view_trim(
      bg_parser_view(parser, tag->name_end, inner_end - has_slash));
  if (has_slash || tag->known.kind == BG_TAG_VOID) {
    node->form = BG_TAG_SINGLE; // </br> is one too
  } else {
    node->form = tag->is_closing ? BG_TAG_CLOSING : BG_TAG_OPENING;
  }
}

void
bg_parser_read_angle(bg_parser *parser, size_t at)
{
  parser->at = at + 1;
  if (is_comment(parser, at)) {
    read_comment(parser, at);
    return;
  }
  found_tag tag = {.start = at, .name_start = at + 1};
  if (bg_parser_byte(parser, at + 1) == '/') {
    tag.is_closing = true;
    tag.name_start++;
  }
  tag.name_end = tag.name_start;
  while (bg_is_letter(bg_parser_byte(parser, tag.name_end)) ||
         bg_is_digit(bg_parser_byte(parser, tag.name_end))) {
    tag.name_end++;
  }
  tag.known =
      bg_tag_name_find(bg_parser_view(parser, tag.name_start, tag.name_end));
  switch (tag.known.kind) {
  case BG_TAG_UNKNOWN:
    break;
  case BG_TAG_HTML:
  case BG_TAG_VOID:
    read_html(parser, &tag);
    break;
  case BG_TAG_OPAQUE:
  case BG_TAG_ENTERED:
  case BG_TAG_IGNORED_ELEMENT:
    if (!tag.is_closing) {
      read_extension(parser, &tag);
    }
    break;
  case BG_TAG_IGNORED:
    read_extension(parser, &tag);
    break;
  }
}
