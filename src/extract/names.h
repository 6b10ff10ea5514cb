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
} bg_named;

typedef struct {
  bg_named *items;
  size_t count;
  size_t capacity;
} bg_names;

typedef struct {
  bool parts_at_commas; ///< also where nothing is linked
  bool parts_at_and;    ///< also where nothing is linked
  bool drops_ranks;
} bg_name_rules;

/// Reads the names of an item; those that stand for nobody are left out.
bg_names bg_names_read(const bg_page_reader *page, const bg_item *item,
                       bg_name_rules rules);

/// What a heading inside a cell does to what follows it.
typedef enum {
  BG_HEADING_NONE,  ///< the item is no heading
  BG_HEADING_ROLE,  ///< "Supported by:"
  BG_HEADING_GROUP, ///< "Allies:": its members follow
  BG_HEADING_PHASE, ///< "From 1943:"
  BG_HEADING_OTHER, ///< "Total:"
} bg_heading_kind;

/// Tells whether an item heads what follows. `words` is its text without the
/// colon. `rest` becomes the part of the item behind the heading ("Supported
/// by: Spain"); it has no runs when all of the item is the heading.
bg_heading_kind bg_heading_read(const bg_page_reader *page, const bg_item *item,
                                bg_view *words, bg_item *rest);

#endif
