/// A value of an infobox as the items a reader sees: markup and list templates
/// resolved, every piece with its place in the page's text. Of the room's own.

#ifndef BG_EXTRACT_CELL_H
#define BG_EXTRACT_CELL_H

#include "extract/item.h"

/// Takes a value apart. `is_list`: where the page is a plain rendering, commas
/// part the items. Items without content are left out.
bg_cell bg_cell_read(const bg_value *value, bool is_list);

#endif
