/// Numbers in a text, with the words that bound them. Of the room's own.

#ifndef BG_EXTRACT_NUMBER_H
#define BG_EXTRACT_NUMBER_H

#include "lexicon/lexicon.h"

typedef enum {
  BG_BOUND_NONE,
  BG_BOUND_APPROXIMATE,
  BG_BOUND_MINIMUM,
  BG_BOUND_MAXIMUM,
  BG_BOUND_ZERO, ///< "none", "no"
} bg_bound;

/// A number, or a range or choice of numbers, with its bounds: "over 500",
/// "20,000–25,000", "10,000 or 12,000". Ordinals, years, days of a month,
/// measures of length and names such as "5th Army", "U-47" are no numbers here.
typedef struct {
  int64_t minimum;
  int64_t maximum;
  bg_bound bound;
  bool is_approximate;
  bool is_bounded_behind; ///< "7,000–10,000+"
  bool is_word;           ///< written in letters: "two"
  bool in_bracket;        ///< in parentheses
  size_t start;           ///< offsets in the text: bounds included
  size_t end;
} bg_number;

/// Fills in the numbers of a text in their order, at most `most`; their count.
size_t bg_numbers_find(bg_view text, const bg_lexicon *lexicon,
                       bg_number *numbers, size_t most);

/// Past the spaces at `at`, no-break spaces too.
size_t bg_skip_spaces(bg_view text, size_t at);

#endif
