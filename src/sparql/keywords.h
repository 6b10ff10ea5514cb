/// The words of the grammar. Of the room's own.

#ifndef BG_SPARQL_KEYWORDS_H
#define BG_SPARQL_KEYWORDS_H

#include "base/view.h"

enum { BG_LONGEST_KEYWORD = sizeof "ENCODE_FOR_URI" - 1 };

/// The keyword that the word is, in capitals; or NULL. "a" is not among them.
const char *bg_keyword_find(bg_view word);

#endif
