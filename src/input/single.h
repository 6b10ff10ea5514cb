/// The page that a file of text is. Of the room's own.

#ifndef BG_INPUT_SINGLE_H
#define BG_INPUT_SINGLE_H

#include "input/window.h"

/// Reads all that the window's source has: a plain rendering or wikitext. The
/// page lives as long as the window and the arena. Sets `is_damaged` where
/// bytes had to be replaced, and complains of them.
bg_status bg_single_read(const char *path, const bg_input_options *options,
                         bg_window *window, bg_arena *arena, bg_page *page,
                         bg_error *err);

#endif
