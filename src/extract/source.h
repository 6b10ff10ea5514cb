/// Whose figures they are: the words and names of sources. Of the room's own.

#ifndef BG_EXTRACT_SOURCE_H
#define BG_EXTRACT_SOURCE_H

#include "extract/reader.h"

/// Whether words tell whose figure it is: "Soviet sources", "German claim".
bool bg_words_name_source(bg_view words, const bg_lexicon *lexicon);

/// Whether words may be the names of authors, as "Glantz and House": few, with
/// capitals, and known to no table.
bool bg_may_be_author(const bg_lexicon *lexicon, bg_view words);

/// Whether the article cites an author of the first of these names.
bool bg_is_cited_author(bg_page_reader *page, bg_view words);

#endif
