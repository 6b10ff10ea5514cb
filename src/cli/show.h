/// What `show` prints of each kind of thing.

#ifndef BG_CLI_SHOW_H
#define BG_CLI_SHOW_H

#include "cli/lookup.h"
#include "cli/sheet.h"

typedef struct {
  bg_lookup *lookup;
  bg_sheet sheet;
} bg_showing;

/// For bg_sheet_lines_join.
#define BG_ALL_OF_THEM (SIZE_MAX / 2)

void bg_show_conflict(bg_showing *at, bg_term conflict);
void bg_show_party(bg_showing *at, bg_term party);
void bg_show_person(bg_showing *at, bg_term person);
void bg_show_place(bg_showing *at, bg_term place);

/// When a conflict, an event or an alliance was, as a person says it; empty
/// where nothing is known.
bg_view bg_show_date(bg_showing *at, bg_term thing);

/// The labels of a thing's values, with commas.
bg_view bg_show_values(bg_showing *at, bg_term thing, const char *property);

/// "killed or missing" for a value that is a term of the ontology.
bg_view bg_show_word(bg_showing *at, bg_term thing, const char *property);

/// `before`, `text` and `after`; nothing where `text` is empty.
bg_view bg_show_around(bg_showing *at, const char *before, bg_view text,
                       const char *after);

/// A conflict, an event or an alliance among others, by date.
typedef struct {
  int64_t when; ///< the day on which it began; see bg_when_key
  bg_view date;
  bg_view text;
  bg_sheet_lines details;
} bg_dated;

typedef struct {
  bg_dated *items;
  size_t count;
  size_t capacity;
} bg_dated_list;

/// A new entry with the dates of `thing`; good until the next one is added.
bg_dated *bg_show_add_dated(bg_showing *at, bg_dated_list *entries,
                            bg_term thing, bg_view text);

/// Sorts and prints the entries under a heading; nothing where there are none.
void bg_show_dated(bg_showing *at, const char *heading, bg_dated_list *entries);

#endif
