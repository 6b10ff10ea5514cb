/// The names in an item of a cell: parties, persons, units, places. Of the
/// room's own.

#ifndef BG_EXTRACT_NAMES_H
#define BG_EXTRACT_NAMES_H

#include "extract/cell.h"

typedef struct {
  bg_thing thing;
  bg_view icon;   ///< the party of the flag beside it; or empty
  bg_view fate;   ///< a term of the ontology; or empty
  bg_view rank;   ///< dropped from before the name; or empty
  bg_view gloss;  ///< what stands behind in parentheses; or empty
  bg_view source; ///< where all of it stands
  bool is_linked;
  bool is_force; ///< of a state, by its template
} bg_named;

typedef struct {
  bg_named *items;
  size_t count;
  size_t capacity;
} bg_names;

typedef struct {
  bool parts_at_commas;   ///< also where nothing is linked
  bool parts_at_and;      ///< also where nothing is linked
  bool parts_behind_link; ///< at commas, where a link stands before
  bool drops_ranks;
  bool drops_partials; ///< "elements of"
  bool keeps_chains;   ///< of units: "1st Battalion, 9th Regiment"
} bg_name_rules;

/// Reads the names of an item; those that stand for nobody are left out.
bg_names bg_names_read(const bg_page_reader *page, const bg_item *item,
                       bg_name_rules rules);

/// Whether a comma belongs to the name before it, by what stands behind:
/// "Philip II, King of France", "John Doe, Jr.".
bool bg_comma_continues(const bg_page_reader *page, bg_view behind);

/// Whether a word of names.tsv with that meaning stands at the beginning of
/// a text; `length` is that of the word, in bytes.
bool bg_name_begins_with(const bg_page_reader *page, bg_view text,
                         const char *meaning, size_t *length);

#endif
