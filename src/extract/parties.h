/// The parties of the sides: who a flag, a heading or a demonym names. Of the
/// room's own.

#ifndef BG_EXTRACT_PARTIES_H
#define BG_EXTRACT_PARTIES_H

#include "extract/reader.h"

/// How surely a party is what a name, of a state or of a flag's file, stands
/// for. The surest is the greatest.
typedef enum {
  BG_LIKENESS_NONE,
  BG_LIKENESS_PEOPLE, ///< another state of the same people
  BG_LIKENESS_SUFFIX, ///< "Kingdom of Bavaria" and "Bavaria"
  BG_LIKENESS_FLAG,   ///< the same flag stands beside the party
  BG_LIKENESS_NAME,
} bg_likeness;

bg_likeness bg_party_likeness(const bg_page_reader *page, const bg_claim *party,
                              bg_view name);

/// The party of the value's side that a flag names; where it is the only one
/// of the side, also without a name. Empty for none.
bg_thing bg_party_of_side(const bg_value *value, bg_view name);

/// The party of the value's side that the words of a heading name: its name or
/// its demonym ("Soviet"). Empty for none.
bg_thing bg_party_of_words(const bg_value *value, bg_view words);

/// Whether a name has the word of a formation in it: "Konoe Division".
bool bg_name_is_formation(const bg_lexicon *lexicon, bg_view name);

#endif
