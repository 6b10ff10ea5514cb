/// Which pages of a dump are worth reading. Of the room's own; thread-safe.

#ifndef BG_PIPELINE_FILTER_H
#define BG_PIPELINE_FILTER_H

#include "input/input.h"
#include "lexicon/lexicon.h"

/// The name of the next template of a text from `*at` on, without comments, in
/// `bytes`; `start` is where its braces stand. `*at` goes behind them. False
/// where there is none. A name longer than any is empty, and so is one that is
/// not clear: it has a long comment, or references to characters by number.
enum { BG_LONGEST_TEMPLATE_NAME = 128 };
bool bg_next_template(bg_view text, size_t *at, size_t *start, bg_view *name,
                      char bytes[BG_LONGEST_TEMPLATE_NAME], bool *is_clear);

/// Whether a text has a template that states something: an infobox of the
/// lexicon or a campaign box, however its name is spelt. `text` may be escaped
/// for XML. Never says no where the extraction would find one.
bool bg_filter_passes(const bg_lexicon *lexicon, bg_view text);

#endif
