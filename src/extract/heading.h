/// Headings and glosses inside a cell: what they make of the names beside them.
/// Of the room's own.

#ifndef BG_EXTRACT_HEADING_H
#define BG_EXTRACT_HEADING_H

#include "extract/item.h"

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
