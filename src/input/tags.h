/// Tags of machine-written XML, in a window that moves along. Of the room's
/// own.

#ifndef BG_INPUT_TAGS_H
#define BG_INPUT_TAGS_H

#include "input/window.h"

enum {
  BG_LONGEST_MARKUP = 1 << 20, ///< how far what is not a text may reach
  BG_MOST_KEPT = BG_LONGEST_TEXT + 4 * BG_LONGEST_MARKUP, ///< of a page
};

/// Where reading is. Offsets are the window's.
typedef struct {
  bg_window window;
  uint64_t at;   ///< what is read next
  uint64_t keep; ///< what must not go
} bg_tags;

typedef struct {
  bg_view name; ///< until the window moves
  bg_view attributes;
  bool is_close; ///< "</x>"
  bool is_empty; ///< "<x/>"
  bool is_odd;   ///< a comment, CDATA or the like
  uint64_t start;
} bg_tag;

// What follows is BG_REFUSED where something was lost before what is looked
// for, or where that is too far, and BG_END at the end.

/// The next `byte` from `from` on, at most `limit` bytes away.
bg_status bg_tags_find_byte(bg_tags *tags, char byte, uint64_t from,
                            uint64_t limit, uint64_t *found, bg_error *err);

/// The next tag, wherever it is; goes behind it, and behind its '<' where it
/// does not end.
bg_status bg_tags_next(bg_tags *tags, uint64_t limit, bg_tag *read,
                       bg_error *err);

/// What stands between the tag that was read and the next, before which it
/// goes; until the window moves.
bg_status bg_tags_content(bg_tags *tags, const bg_tag *read, bg_view *content,
                          bg_error *err);

/// Goes behind a comment that begins at `start`: its first '>' may be inside.
bg_status bg_tags_skip_comment(bg_tags *tags, uint64_t start, bg_error *err);

/// Passes what was lost, if something was: reading goes on behind it.
void bg_tags_pass_gap(bg_tags *tags);

static inline bool
bg_tag_opens(const bg_tag *read, const char *name)
{
  return !read->is_close && bg_view_is_equal(read->name, bg_view_of(name));
}

static inline bool
bg_tag_closes(const bg_tag *read, const char *name)
{
  return read->is_close && bg_view_is_equal(read->name, bg_view_of(name));
}

#endif
