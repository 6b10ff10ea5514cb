/// Strengths and losses: each item's quantities, under the heading it has.

#include "extract/names.h"

/// The first flag of an item: whose quantity it is.
static bg_thing
party_of_item(const bg_item *item)
{
  for (size_t i = 0; i < item->count; i++) {
    const bg_run *run = &item->items[i];
    if (run->kind == BG_RUN_ICON || run->kind == BG_RUN_FLAG) {
      return bg_thing_of_link(run->target, run->target);
    }
  }
  return (bg_thing){0};
}

static void
read_item(const bg_value *value, const bg_item *item, bg_view context,
          bg_quantity_kind kind, bg_thing party)
{
  bg_page_reader *page = value->box->page;
  bg_line line = bg_item_line(item, page->arena);
  bg_estimates estimates = {0};
  bg_quantities_read(line.text, context, kind, page->lexicon, page->arena,
                     &estimates);
  bg_thing own = party_of_item(item);
  enum { most_of_one_item = 200 }; // each is looked up in the item's runs
  for (size_t i = 0; i < estimates.count && i < most_of_one_item; i++) {
    bg_claim *claim = bg_claim_add(
        value,
        kind == BG_QUANTITY_STRENGTH ? BG_CLAIM_STRENGTH : BG_CLAIM_CASUALTIES,
        bg_line_source(&line, estimates.items[i].stated));
    claim->estimate = estimates.items[i];
    claim->other = own.title.size > 0 ? own : party;
  }
}

static void
read_cell(const bg_value *value, bg_quantity_kind kind)
{
  bg_page_reader *page = value->box->page;
  bg_cell cell = bg_cell_read(value, true);
  bg_view context = {0};
  bg_thing party = {0};
  for (size_t i = 0; i < cell.count; i++) {
    const bg_item *item = &cell.items[i];
    bg_view words;
    bg_item rest;
    bg_heading_kind heading = bg_heading_read(page, item, &words, &rest);
    // Words with a number say how many, and head nothing.
    if (heading != BG_HEADING_NONE && !bg_view_has_digit(words)) {
      context = words;
      party = party_of_item(item);
      if (rest.count > 0) {
        read_item(value, &rest, context, kind, party);
      }
      continue;
    }
    read_item(value, item, context, kind, party);
  }
}

void
bg_read_strengths(const bg_value *value)
{
  read_cell(value, BG_QUANTITY_STRENGTH);
}

/// A cell beyond the sides stands for all of them (Module:Infobox military
/// conflict): the claim is of no side.
void
bg_read_casualties(const bg_value *value)
{
  bg_value of_all = *value;
  if (value->side > value->box->side_count) {
    of_all.side = 0;
  }
  read_cell(&of_all, BG_QUANTITY_CASUALTIES);
}
