/// Which pages of a dump are worth reading. Of the room's own; thread-safe.

#ifndef BG_PIPELINE_FILTER_H
#define BG_PIPELINE_FILTER_H

#include "input/input.h"
#include "lexicon/lexicon.h"

/// Whether a text has a template that states something: an infobox of the
/// lexicon or a campaign box, however its name is spelt. `text` may be escaped
/// for XML. Never says no where the extraction would find one.
bool bg_filter_passes(const bg_lexicon *lexicon, bg_view text);

#endif
