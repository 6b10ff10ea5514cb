/// The formations that a strength names. Of the room's own.

#ifndef BG_EXTRACT_UNITS_H
#define BG_EXTRACT_UNITS_H

#include "extract/cell.h"

/// Claims the formations that an item names, with or without their size:
/// "[[XIII Corps]] (Eighth Army)", "15th Infantry Brigade (1,500)".
void bg_read_units_of_strength(const bg_value *value, const bg_item *item);

/// Whether a comma joins a small unit to the larger one it belongs to: "1st
/// Battalion, 9th Regiment". `behind` begins with the larger one.
bool bg_comma_joins_units(const bg_lexicon *lexicon, bg_view before,
                          bg_view behind);

/// Whether a comma that joins no chain stands between two units.
bool bg_comma_parts_units(const bg_lexicon *lexicon, bg_view before,
                          bg_view behind);

/// Claims one of which the words behind a number tell: "6,000 King's German
/// Legion". A word with a small letter names none.
void bg_claim_formation(const bg_value *value, bg_view name, bg_view source);

#endif
