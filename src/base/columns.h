/// Text for people at a terminal: clean, in lines, in columns.

#ifndef BG_BASE_COLUMNS_H
#define BG_BASE_COLUMNS_H

#include "base/arena.h"
#include "base/buffer.h"

/// One line that a terminal shows as it stands: a space for each kind of white
/// space; '?' for a control character, for one that turns the direction of
/// writing, and for a byte that is not UTF-8.
bg_view bg_columns_clean(bg_view text, bg_arena *arena);

/// The text, or its beginning and an ellipsis where it takes more than `width`
/// columns.
bg_view bg_columns_cut(bg_view text, size_t width, bg_arena *arena);

/// Takes a line of at most `width` columns off the front of `rest`, broken at a
/// space where there is one. False when `rest` has been used up.
bool bg_columns_next_line(bg_view *rest, size_t width, bg_view *line);

/// Appends the cells, two spaces between them, each filled up to its width but
/// the last, and a line end.
void bg_columns_append_row(bg_buffer *text, const bg_view *cells,
                           const size_t *widths, size_t count);

#endif
