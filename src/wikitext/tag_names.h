/// The tags that wikitext knows. Of the room's own.

#ifndef BG_WIKITEXT_TAG_NAMES_H
#define BG_WIKITEXT_TAG_NAMES_H

#include "base/view.h"

typedef enum {
  BG_TAG_UNKNOWN,
  BG_TAG_HTML,            ///< what MediaWiki's Sanitizer lets through
  BG_TAG_VOID,            ///< the same, without a closing tag
  BG_TAG_OPAQUE,          ///< an extension whose body is not wikitext
  BG_TAG_ENTERED,         ///< an extension whose body is
  BG_TAG_IGNORED,         ///< works only where a page is transcluded
  BG_TAG_IGNORED_ELEMENT, ///< the same, with all that is inside
} bg_tag_kind;

enum {
  BG_TAG_NAMES_PER_LETTER = 13,
  BG_TAG_NAMES = 26 * BG_TAG_NAMES_PER_LETTER,
  BG_TAG_ENTERED_NAMES = 7,
};

typedef struct {
  bg_tag_kind kind;
  size_t index; ///< less than BG_TAG_NAMES, a different one for each name
} bg_tag_name;

/// Finds the name in any case. Its kind is BG_TAG_UNKNOWN when there is none.
bg_tag_name bg_tag_name_find(bg_view name);

#endif
