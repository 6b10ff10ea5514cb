/// The project's own lexicon, for tests that need one.

#ifndef BG_TESTS_LEXICON_H
#define BG_TESTS_LEXICON_H

#include "lexicon/lexicon.h"

#include <stdio.h>
#include <stdlib.h>

/// Ends the test where the data files cannot be read. Close it.
static inline bg_lexicon *
open_lexicon(void)
{
  const char *share = getenv("top_srcdir");
  bg_lexicon *lexicon;
  bg_error err = {{0}};
  if (bg_lexicon_open(share == NULL ? "." : share, "en", &lexicon, &err) !=
      BG_OK) {
    printf("Bail out! %s\n", err.message);
    exit(99);
  }
  return lexicon;
}

#endif
