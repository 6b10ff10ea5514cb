/// A value of an infobox as the items a reader sees: markup and list templates
/// resolved, every piece with its place in the page's text. Of the room's own.

#ifndef BG_EXTRACT_CELL_H
#define BG_EXTRACT_CELL_H

#include "extract/item.h"

typedef struct {
  bg_item *items;
  size_t count;
  size_t capacity;
} bg_cell;

/// Takes a value apart. `is_list`: where the page is a plain rendering, commas
/// part the items. Items without content are left out.
bg_cell bg_cell_read(const bg_value *value, bool is_list);

/// An item of more runs is no longer joined to: its line would be made anew for
/// each.
enum { BG_MOST_JOINED_RUNS = 64 };

/// Joins an item in parentheses, as "(from 14 September)" on a line of its own
/// is, to the item before it, unless that is a heading.
void bg_cell_join_glosses(bg_cell *cell, bg_arena *arena);

#endif
