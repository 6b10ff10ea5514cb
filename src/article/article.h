/// A page as an article: its infoboxes, sections and links, whatever form it
/// came in. Knows no template by name and no language. Thread-safe: no state
/// but the arena given.

#ifndef BG_ARTICLE_ARTICLE_H
#define BG_ARTICLE_ARTICLE_H

#include "base/map.h"
#include "input/input.h"
#include "wikitext/wikitext.h"

typedef struct {
  bg_view name;         ///< as written; the number, where it has no name
  bg_view value;        ///< its bytes in the page's text, untrimmed
  const bg_node *nodes; ///< the value's
  bool
      is_stray; ///< has no name: more of the value before it, whose name it has
} bg_parameter;

/// A template with parameters, outside footnotes; or the block of "- Key:
/// value" lines of a plain rendering, whose name is "Infobox".
typedef struct {
  bg_view name;
  bg_view source;
  const bg_node *node;      ///< the template; NULL where the lines were read
  bg_parameter *parameters; ///< of a repeated name only the last; NULL until
                            ///< bg_infobox_open
  size_t parameter_count;
  bool is_flat;      ///< lists have become "a, b, c" (a plain rendering)
  bool is_recovered; ///< it is never closed: read line by line
} bg_infobox;

typedef struct {
  bg_view heading; ///< its text; empty for the lead
  unsigned level;  ///< 0 for the lead
  size_t start;    ///< offsets in the page's text, half-open
  size_t end;
} bg_section;

typedef struct {
  bg_view title;
  bg_view language;
  bg_view wiki;      ///< names the page's address: "en", "simple"
  uint64_t revision; ///< 0 where it is not known
  bg_view timestamp; ///< of the revision; or empty
  bg_view text;
  bg_page_form form;
  const bg_node *nodes; ///< of the whole text; NULL for a plain rendering
  bg_infobox *infoboxes;
  size_t infobox_count;
  bg_section *sections; ///< in order; the first is the lead
  size_t section_count;
  bg_arena *arena;
  bg_map full_titles; ///< name → bg_view; filled by bg_article_full_title
  bool has_full_titles;
} bg_article;

/// Lives in `arena` and borrows from the page's text.
bg_article *bg_article_read(const bg_page *page, bg_arena *arena);

/// Reads the parameters of a template that turns out to be an infobox.
void bg_infobox_open(bg_infobox *infobox, bg_arena *arena);

/// The title of the thing that the article means by a name, told from others of
/// that name: the target of a link that shows "Kvam" and goes to "Kvam,
/// Oppland" or "Kvam (village)". Empty when there is no such link. A link that
/// shows a name for another ("[[Dutch government-in-exile|Netherlands]]") does
/// not say what the name means elsewhere.
bg_view bg_article_full_title(bg_article *article, bg_view name);

/// The target of a link as a title: without a fragment, underscores as spaces,
/// and one space for several (MediaWiki's normalisation of titles).
bg_view bg_article_link_title(bg_view target, bg_arena *arena);

/// The section that holds an offset.
const bg_section *bg_article_section(const bg_article *article, size_t offset);

/// The words of nodes as a reader sees them, on one line: without markup,
/// comments, footnotes and templates.
bg_view bg_article_plain_text(const bg_node *first, bg_arena *arena);

#endif
