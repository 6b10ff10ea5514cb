/// The formations that a strength names. Of the room's own.

#ifndef BG_EXTRACT_UNITS_H
#define BG_EXTRACT_UNITS_H

#include "extract/cell.h"

/// Claims the formations that an item names, with or without their size:
/// "[[XIII Corps]] (Eighth Army)", "15th Infantry Brigade (1,500)".
void bg_read_units_of_strength(const bg_value *value, const bg_item *item);

/// Claims one of which the words behind a number tell: "6,000 King's German
/// Legion". A word with a small letter names none.
void bg_claim_formation(const bg_value *value, bg_view name, bg_view source);

#endif
