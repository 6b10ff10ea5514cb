/// The bytes of a source that are at hand, counted from the first that it gave.
/// Of the room's own.

#ifndef BG_INPUT_WINDOW_H
#define BG_INPUT_WINDOW_H

#include "input/source.h"

typedef struct {
  uint64_t at; ///< the offset of its first byte
  bg_mark mark;
} bg_window_mark;

typedef struct {
  bg_source *source;
  bg_buffer bytes;
  uint64_t base; ///< the offset of the first byte at hand
  uint64_t gap;  ///< where something was lost; BG_NO_GAP
  bool has_ended;
  bg_window_mark *marks; ///< of what is at hand, in order
  size_t mark_count;
  size_t mark_capacity;
} bg_window;

#define BG_NO_GAP UINT64_MAX

/// Takes the source over.
void bg_window_init(bg_window *window, bg_source *source);
void bg_window_release(bg_window *window);

/// The offset behind the last byte at hand.
uint64_t bg_window_end(const bg_window *window);

/// The same, or where something was lost before it.
uint64_t bg_window_whole(const bg_window *window);

/// Whether something was lost in what is at hand, or right behind it.
bool bg_window_has_gap(const bg_window *window);

/// The bytes between two offsets, until the window moves.
bg_view bg_window_view(const bg_window *window, uint64_t start, uint64_t end);

/// Reads more and forgets what stands before `keep`. BG_END at the end.
bg_status bg_window_more(bg_window *window, uint64_t keep, bg_error *err);

/// Where in the file an offset stands.
bg_position bg_window_position(const bg_window *window, uint64_t offset);

/// Whether an offset stands behind the part that was asked for.
bool bg_window_is_beyond(const bg_window *window, uint64_t offset);

#endif
