/// Wikitext as a tree of nodes, in one pass over the text. Thread-safe: no
/// state but the arena given.
///
/// Templates, template parameters, comments and extension tags begin and end
/// exactly where MediaWiki's preprocessor has them (class Preprocessor_Hash,
/// DOM for a page that is not transcluded); the rest of the markup is read
/// inside the text that is left.

#ifndef BG_WIKITEXT_WIKITEXT_H
#define BG_WIKITEXT_WIKITEXT_H

#include "base/arena.h"
#include "base/view.h"

typedef enum {
  BG_NODE_TEXT,
  BG_NODE_TEMPLATE,      ///< {{name|…}}; children are arguments
  BG_NODE_PARAMETER,     ///< {{{name|default}}}; children are arguments
  BG_NODE_ARGUMENT,      ///< of a template: `name` where it has one
  BG_NODE_LINK,          ///< [[name|shown]]; children are what is shown
  BG_NODE_EXTERNAL_LINK, ///< [name shown], or a bare address
  BG_NODE_HEADING,       ///< == … ==; `level` 1 to 6; children are its text
  BG_NODE_LIST_MARKER,   ///< the run of * # : ; that begins a line
  BG_NODE_RULE,          ///< four or more - that begin a line
  BG_NODE_QUOTES,        ///< '' ''' ''''' ; `level` is 2, 3 or 5
  BG_NODE_TAG,           ///< HTML: an opening, closing or single tag, alone
  BG_NODE_EXTENSION,     ///< <ref>…</ref> and the like, whole
  BG_NODE_COMMENT,       ///< <!-- … -->
  BG_NODE_IGNORED,       ///< <includeonly>…</includeonly>, <noinclude>
  BG_NODE_TABLE_MARKER,  ///< {| |- |} |+ that begin a line; `level` below
  BG_NODE_SWITCH,        ///< __NOTOC__ and its kind; `name` without the __
  BG_NODE_ENTITY,        ///< &name; &#10; &#xA; — `name` holds its characters
} bg_node_kind;

/// `form` of a BG_NODE_TAG and of a BG_NODE_EXTENSION.
typedef enum {
  BG_TAG_OPENING, ///< of an extension: that it has a body
  BG_TAG_CLOSING,
  BG_TAG_SINGLE, ///< <br/>, <br>, <ref name="x"/>
} bg_tag_form;

/// `form` of a BG_NODE_TABLE_MARKER.
typedef enum {
  BG_TABLE_BEGIN, ///< {| to the end of its line (its attributes)
  BG_TABLE_END,   ///< |}
  BG_TABLE_ROW,   ///< |- to the end of its line
  BG_TABLE_CELL,  ///< | ! |+ at the beginning of a line inside a table
} bg_table_form;

typedef struct bg_node bg_node;
struct bg_node {
  bg_node_kind kind;
  uint8_t form;   ///< of tags, extensions and table markers
  uint8_t level;  ///< of headings and quotes
  uint32_t index; ///< of an argument without a name: 1 for the first such
  bg_view source; ///< the bytes it was read from, delimiters and all
  bg_view name;   ///< trimmed; without comments where it had some. Of a tag:
                  ///< as written, without the <, / and attributes
  bg_view inner;  ///< of an argument: its value's bytes; of an extension: what
                  ///< is between its tags; of a tag or a table marker: its
                  ///< attributes; of a heading: what is between the =
  bg_node *children;   ///< the first; NULL where there are none
  bg_node *name_nodes; ///< of a template, parameter or argument: the nodes its
                       ///< name is made of, where templates, links or
                       ///< extensions are among them; else NULL
  bg_node *next;       ///< sibling
};

/// Reads any bytes: what is not valid wikitext stays text, as in MediaWiki.
/// Takes time and memory linear in the text's size, at any depth of nesting.
/// The nodes live in `arena` and point into `page_text`. Returns the first of
/// the top-level siblings; NULL when the text is empty.
bg_node *bg_wikitext_parse(bg_view page_text, bg_arena *arena);

/// The last argument of a template with that name; "1", "2" … also find those
/// without a name (Help:Templates: a repeated name overwrites). NULL when there
/// is none.
const bg_node *bg_wikitext_argument(const bg_node *template_node, bg_view name);

/// Every node from `first` and its siblings down, parents before children, name
/// nodes before children, without recursion: `walk` is all zeros but `node` =
/// first and `arena`. NULL at the end.
typedef struct {
  const bg_node *node;
  struct bg_walk_frame *up; ///< of the walker's own
  bg_arena *arena;          ///< where the walker keeps its way back
  struct bg_walk_frame *spare;
  bool skip_children; ///< set it to pass over what is below `node`
  bool started;
} bg_walk;

const bg_node *bg_wikitext_next(bg_walk *walk);

#endif
