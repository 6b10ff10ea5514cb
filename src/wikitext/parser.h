/// The parser's state and the steps that its files share. Of the room's own.
///
/// It works as MediaWiki's Preprocessor_Hash does: a stack of pieces, which are
/// brackets and headings that may or may not be closed. A piece that is closed
/// becomes a node; one that is not becomes text, and what was complete inside
/// of it stays. Bytes that were passed over wait as pending text.

#ifndef BG_WIKITEXT_PARSER_H
#define BG_WIKITEXT_PARSER_H

#include "wikitext/scanner.h"
#include "wikitext/tag_names.h"
#include "wikitext/wikitext.h"

#include <assert.h>

typedef struct {
  bg_node *first;
  bg_node *last;
} bg_node_list;

/// What stands between two pipes.
typedef struct {
  size_t start;
  size_t end;        ///< known when it is finished
  size_t equals;     ///< offset of its first '=', or BG_NOWHERE
  bg_node_list name; ///< what is before that
  bg_node_list nodes;
  bg_node *bracket; ///< the text "[" before an address, until its "]" comes
  bool has_link;
} bg_part;

/// Brackets or a heading that are open; or, with `open` = 0, the ground of a
/// region.
typedef struct {
  char open;          ///< '{', '[' or, for a heading, '\n'
  size_t start;       ///< offset of the first opening byte
  size_t count;       ///< of opening bytes that are not matched yet
  size_t first_part;  ///< of its finished parts, in the parser's `parts`
  bg_part part;       ///< the one being read
  size_t comment_end; ///< of a heading: end of the last comment; 0 for none
  size_t visual_end;  ///< of a heading: where the comments at its end begin
} bg_piece;

/// The page, or the body of an extension tag: nothing reaches out of it.
typedef struct {
  size_t start;
  size_t end;
  size_t resume;                      ///< where to go on after it
  bg_node *extension;                 ///< NULL for the page
  size_t tables;                      ///< that are open
  bool no_more_gt;                    ///< no '>' is left in it
  bool no_more_closing[BG_TAG_NAMES]; ///< nor closing tags of that name
} bg_region;

/// A body ends at the first closing tag of its name, so none is inside of one
/// with the same name: each name that is entered adds one level to the page's.
enum { BG_REGIONS = BG_TAG_ENTERED_NAMES + 1 };

typedef struct {
  const char *text;
  size_t at;         ///< what is before it has been read
  size_t text_start; ///< of the pending text, which ends where markup begins
  size_t end;        ///< of the region
  bg_scanner scanner;
  bg_piece *top;
  struct {
    bg_piece *items;
    size_t count;
    size_t capacity;
  } pieces;
  struct {
    bg_part *items;
    size_t count;
    size_t capacity;
  } parts; ///< finished ones of all pieces
  bg_region regions[BG_REGIONS];
  bg_region *region;
  bg_node *fresh; ///< nodes allocated and not yet used
  size_t fresh_count;
  bg_arena *arena;
} bg_parser;

/// As bg_wikitext_parse, with a classifier of the caller's choice.
bg_node *bg_wikitext_parse_with(bg_view page_text, bg_arena *arena,
                                bg_classifier *classify);

// ---- nodes -----------------------------------------------------------------

/// Allocates more nodes. Out of line, for it is seldom called.
void bg_parser_refill(bg_parser *parser);

static inline bg_view
bg_parser_view(const bg_parser *parser, size_t start, size_t end)
{
  return (bg_view){parser->text + start, end - start};
}

static inline bg_node *
bg_parser_node(bg_parser *parser, bg_node_kind kind, size_t start, size_t end)
{
  if (parser->fresh_count == 0) {
    bg_parser_refill(parser);
  }
  parser->fresh_count--;
  bg_node *node = parser->fresh++;
  *node = (bg_node){
      .kind = kind,
      .source = bg_parser_view(parser, start, end),
  };
  return node;
}

static inline void
bg_node_list_append(bg_node_list *list, bg_node *node)
{
  if (list->last == NULL) {
    list->first = node;
  } else {
    list->last->next = node;
  }
  list->last = node;
}

static inline bool
bg_node_continues(const bg_node *node, const char *start)
{
  return node != NULL && node->kind == BG_NODE_TEXT &&
         node->source.bytes + node->source.size == start;
}

static inline void
bg_parser_add_text(bg_parser *parser, bg_node_list *list, size_t start,
                   size_t end)
{
  if (bg_node_continues(list->last, parser->text + start)) {
    list->last->source.size += end - start;
  } else {
    bg_node_list_append(list, bg_parser_node(parser, BG_NODE_TEXT, start, end));
  }
}

/// Ends the pending text at `end`; the next begins at `resume`, which has been
/// read up to there.
static inline void
bg_parser_flush(bg_parser *parser, size_t end, size_t resume)
{
  if (parser->text_start < end) {
    bg_parser_add_text(parser, &parser->top->part.nodes, parser->text_start,
                       end);
  }
  parser->text_start = resume;
  parser->at = resume;
}

/// Adds a node that spans [start, end) after the pending text, and goes on at
/// its end.
static inline bg_node *
bg_parser_leaf(bg_parser *parser, bg_node_kind kind, size_t start, size_t end)
{
  bg_parser_flush(parser, start, end);
  bg_node *node = bg_parser_node(parser, kind, start, end);
  bg_node_list_append(&parser->top->part.nodes, node);
  return node;
}

// ---- bytes -----------------------------------------------------------------

/// The byte at `offset`, or 0 at the region's end: a body knows nothing of what
/// comes after it.
static inline char
bg_parser_byte(const bg_parser *parser, size_t offset)
{
  return offset < parser->end ? parser->text[offset] : '\0';
}

/// How many bytes from `offset` are `byte`, counting at most `most`.
static inline size_t
bg_parser_run(const bg_parser *parser, size_t offset, char byte, size_t most)
{
  size_t count = 0;
  while (count < most && offset + count < parser->end &&
         parser->text[offset + count] == byte) {
    count++;
  }
  return count;
}

/// Where the blanks that begin at `offset` end, and where those that end there
/// begin.
static inline size_t
bg_parser_skip_blanks(const bg_parser *parser, size_t offset)
{
  while (offset < parser->end &&
         (parser->text[offset] == ' ' || parser->text[offset] == '\t')) {
    offset++;
  }
  return offset;
}

static inline size_t
bg_parser_skip_blanks_back(const bg_parser *parser, size_t offset)
{
  while (offset > parser->region->start && (parser->text[offset - 1] == ' ' ||
                                            parser->text[offset - 1] == '\t')) {
    offset--;
  }
  return offset;
}

/// Whether the next '=' would part an argument's name from its value.
static inline bool
bg_parser_wants_equals(const bg_parser *parser)
{
  return parser->top->open == '{' &&
         parser->parts.count > parser->top->first_part &&
         parser->top->part.equals == BG_NOWHERE;
}

// ---- pieces.c --------------------------------------------------------------

void bg_parser_open(bg_parser *parser, char open, size_t start, size_t count);
void bg_parser_read_pipe(bg_parser *parser, size_t at);
void bg_parser_read_equals(bg_parser *parser, size_t at);
void bg_parser_close_braces(bg_parser *parser, size_t at);
void bg_parser_close_link(bg_parser *parser, size_t at);

/// Makes text of the topmost piece.
void bg_parser_break_top(bg_parser *parser);

/// Takes it off the stack.
void bg_parser_pop(bg_parser *parser);

// ---- lines.c ---------------------------------------------------------------

/// At the beginning of a line: headings, lists, rules, tables.
void bg_parser_start_line(bg_parser *parser, size_t at);

/// At the end of the line of the heading on top.
void bg_parser_close_heading(bg_parser *parser, size_t at);

// ---- tags.c ----------------------------------------------------------------

/// Comments, extension tags, HTML tags.
void bg_parser_read_angle(bg_parser *parser, size_t at);

// ---- inline.c --------------------------------------------------------------

void bg_parser_read_quotes(bg_parser *parser, size_t at);
void bg_parser_read_entity(bg_parser *parser, size_t at);
void bg_parser_read_switch(bg_parser *parser, size_t at);

// ---- addresses.c -----------------------------------------------------------

/// At the colon of http:// and its like.
void bg_parser_read_address(bg_parser *parser, size_t colon);

/// A single opening bracket, and a closing one that belongs to it.
void bg_parser_open_bracket(bg_parser *parser, size_t at);
void bg_parser_close_bracket(bg_parser *parser, size_t at);

/// Whether the text begins with the name of a protocol, as links must not.
bool bg_has_protocol(bg_view text);

// ---- parser.c --------------------------------------------------------------

/// Goes on in the body [start, end) of `extension`.
void bg_parser_enter(bg_parser *parser, bg_node *extension, size_t start,
                     size_t end, size_t resume);

// ---- entities.c ------------------------------------------------------------

/// The characters of HTML 4's &name;. Empty when it has none of that name.
bg_view bg_entity_characters(bg_view name);

#endif
