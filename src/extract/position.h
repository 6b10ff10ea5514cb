/// Positions on the Earth. Of the room's own.

#ifndef BG_EXTRACT_POSITION_H
#define BG_EXTRACT_POSITION_H

#include "extract/cell.h"

/// {{coord}} in all its forms; false when it states no position.
bool bg_position_of_template(const bg_node *template_node, double *latitude,
                             double *longitude);

/// The position that stands at the beginning of a text; `length` is that of all
/// its words.
bool bg_position_of_text(bg_view text, double *latitude, double *longitude,
                         size_t *length);

/// The part of a text that states a position, at its beginning or behind a
/// comma; empty for none.
bg_view bg_position_in_text(bg_view text);

/// Claims the first position of a cell; false where it has none.
bool bg_claim_position_of_cell(const bg_value *value, const bg_cell *cell);

#endif
