/// An item of a value: the runs that a reader sees, as one line, each with its
/// place in the page's text. Of the room's own.

#ifndef BG_EXTRACT_ITEM_H
#define BG_EXTRACT_ITEM_H

#include "extract/reader.h"

typedef enum {
  BG_RUN_TEXT,
  BG_RUN_LINK, ///< `target` is an article's title
  BG_RUN_FLAG, ///< the party itself: `target` is its title
  BG_RUN_ICON, ///< a flag or arms beside something: `target` is its state's
               ///< title, or "File:" and the image's name
  BG_RUN_FATE, ///< `target` is the ontology's term
  BG_RUN_NOTE, ///< a footnote
  BG_RUN_COORDINATES,
} bg_run_kind;

typedef struct {
  bg_run_kind kind;
  bg_view text; ///< what is shown
  bg_view target;
  bg_view state;  ///< of a flag: whose it is, whatever name it shows
  bg_view force;  ///< of {{navy|…}}: the state's navy; or empty
  bg_view source; ///< where it stands in the page's text
  bool is_bold;
  bool is_italic;
  double latitude; ///< of coordinates
  double longitude;
} bg_run;

/// One item of a list, or one line.
typedef struct {
  bg_run *items;
  size_t count;
  size_t capacity;
  unsigned depth;  ///< bullets before it; 0 outside a list
  bool after_rule; ///< a rule (----) stands before it
  bool is_title;   ///< heads a list: a list template's title, ";" in wikitext
} bg_item;

/// Appends an item's runs to another's, with a text between them.
void bg_item_append(bg_item *item, const char *joint, const bg_item *more,
                    bg_arena *arena);

/// The item with texts that only a footnote or an entity parts as one text;
/// evidence for a piece of it is then the whole.
bg_item bg_item_join_texts(const bg_item *item, bg_arena *arena);

/// The part [from, to) of what an item shows, in bytes of its line.
bg_item bg_item_slice(const bg_item *item, size_t from, size_t to,
                      bg_arena *arena);

/// Whether all that an item shows is bold or italic.
bool bg_item_is_emphasised(const bg_item *item);

/// What an item shows, as one line: texts, links and flags, without notes.
typedef struct {
  bg_view text;
  const bg_item *item;
} bg_line;

bg_line bg_item_line(const bg_item *item, bg_arena *arena);

/// The source of a part of a line's text.
bg_view bg_line_source(const bg_line *line, bg_view part);

/// The source of the runs [first, last] of an item.
bg_view bg_item_source(const bg_item *item, size_t first, size_t last);

/// The items of a value.
typedef struct {
  bg_item *items;
  size_t count;
  size_t capacity;
} bg_cell;

/// An item of more runs is no longer joined to: its line would be made anew for
/// each.
enum { BG_MOST_JOINED_RUNS = 64 };

/// Joins an item in parentheses, as "(from 14 September)" on a line of its own
/// is, to the item before it, unless that is a heading.
void bg_cell_join_glosses(bg_cell *cell, bg_arena *arena);

#endif
