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

/// Whether a parenthesis behind a party says that it only supports: "(air
/// support only)".
bool bg_gloss_is_support(const bg_page_reader *page, bg_view gloss);

/// A parenthesis that says when, "(until 1943)"; empty for another.
bg_view bg_gloss_phase(const bg_page_reader *page, bg_view gloss);

/// What a heading inside a cell does to what follows it.
typedef enum {
  BG_HEADING_NONE,  ///< the item is no heading
  BG_HEADING_ROLE,  ///< "Supported by:"
  BG_HEADING_GROUP, ///< "Allies:": its members follow
  BG_HEADING_PHASE, ///< "From 1943:"
  BG_HEADING_OTHER, ///< "Total:"
} bg_heading_kind;

typedef struct {
  bg_heading_kind kind;
  bg_view words; ///< of the heading, without the colon
  bg_item head;  ///< the part of the item that is the heading; may be none
  bg_item rest;  ///< what the item has behind it ("Supported by: Spain")
} bg_heading;

/// Takes an item apart into a heading and what it heads, each of which may have
/// no runs.
bg_heading bg_heading_read(const bg_page_reader *page, const bg_item *item);

#endif
