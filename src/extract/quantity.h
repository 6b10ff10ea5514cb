/// Numbers of men, ships and losses as battle articles write them.

#ifndef BG_EXTRACT_QUANTITY_H
#define BG_EXTRACT_QUANTITY_H

#include "lexicon/lexicon.h"

/// One stated quantity: "20,000–25,000 men", "over 500 killed", "no losses".
typedef struct {
  bg_view measure; ///< of the ontology, without the prefix: "Troops"
  bool has_minimum;
  bool has_maximum;
  int64_t minimum;
  int64_t maximum;
  bool approximate;
  bg_view
      according_to; ///< "modern estimate", "according to Polybius"; or empty
  bg_view stated;   ///< the words, a part of the text that was read
  bool is_bare;     ///< no word says what is counted
  bool is_fighters; ///< "fighters": men, or aircraft as the measure says
  bg_view counted;  ///< of these, what names things or men; empty for losses of
                    ///< persons and where nothing does
  bg_view unknown;  ///< the noun, where no table knows it; or empty
  bg_view formation; ///< whose men they are: "King's German Legion"; or empty
} bg_estimate;

typedef struct {
  bg_estimate *items;
  size_t count;
  size_t capacity;
} bg_estimates;

typedef enum { BG_QUANTITY_STRENGTH, BG_QUANTITY_CASUALTIES } bg_quantity_kind;

/// Appends every quantity that one item of a cell states. Footnotes and markup
/// are gone from `text`, and a list has been taken apart. Numbers that are no
/// quantities (ordinals, years, names such as "5th Army", "U-47") are passed
/// over. `context` is the heading the item stands under ("Total", "Aircraft"),
/// which gives the measure where the item names none; or empty.
void bg_quantities_read(bg_view text, bg_view context, bg_quantity_kind kind,
                        const bg_lexicon *lexicon, bg_arena *arena,
                        bg_estimates *estimates);

#endif
