/// Which pages of a dump are worth reading. Of the room's own; thread-safe.

#ifndef BG_PIPELINE_FILTER_H
#define BG_PIPELINE_FILTER_H

#include "input/input.h"
#include "lexicon/lexicon.h"

enum { BG_LONGEST_TEMPLATE_NAME = 128 };

/// The templates of a text, which may be escaped for XML, one after another.
typedef struct {
  bg_view text;
  size_t at;    ///< where the next is looked for
  size_t start; ///< of this one's braces
  bg_view name; ///< without comments, in `bytes`; empty where it is longer than
                ///< any
  bool is_clear; ///< else the name is empty: it has a long comment, or
                 ///< references to characters by number
  char bytes[BG_LONGEST_TEMPLATE_NAME];
} bg_template_walk;

/// Goes to the next template; false after the last.
bool bg_template_next(bg_template_walk *walk);

/// What the lexicon says of the template at hand, or NULL.
const bg_entry *bg_template_role(const bg_lexicon *lexicon,
                                 const bg_template_walk *walk);

/// Whether a template with that role may state something: an infobox, a
/// campaign box, or one whose name is not clear.
bool bg_template_may_state(const bg_template_walk *walk, const bg_entry *role);

/// Whether a text has such a template. Never says no where the extraction would
/// find one.
bool bg_filter_passes(const bg_lexicon *lexicon, bg_view text);

#endif
