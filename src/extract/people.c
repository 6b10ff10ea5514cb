/// Commanders and leaders.

#include "extract/names.h"
#include "extract/parties.h"

/// What the headings of a cell have said so far.
typedef struct {
  bg_thing party;
  bg_view phase;
} commander_scope;

static bg_view
phase_of(bg_view gloss)
{
  return bg_view_has_digit(gloss) ? gloss : BG_VIEW("");
}

static bg_thing
party_of(const bg_value *value, const bg_named *named,
         const commander_scope *scope)
{
  if (named->icon.size == 0 && scope->party.title.size > 0) {
    return scope->party;
  }
  return bg_party_of_side(value, named->icon);
}

static void
claim_commanders(const bg_value *value, const bg_item *item,
                 const commander_scope *scope)
{
  bg_name_rules rules = {.parts_at_and = true,
                         .parts_at_commas = !value->box->infobox->is_flat,
                         .drops_ranks = true};
  bg_names names = bg_names_read(value->box->page, item, rules);
  for (size_t i = 0; i < names.count; i++) {
    const bg_named *named = &names.items[i];
    bg_claim *claim = bg_claim_add(value, BG_CLAIM_COMMANDER, named->source);
    bg_view phase = phase_of(named->gloss);
    claim->thing = named->thing;
    claim->value = named->fate;
    claim->rank = named->rank;
    claim->other = party_of(value, named, scope);
    claim->phase = phase.size > 0 ? phase : scope->phase;
    if (named->icon.size > 0 && claim->other.title.size == 0) {
      bg_remark_add(value->box->page, "flag-of-no-party", named->icon,
                    named->source);
    }
  }
}

void
bg_read_commanders(const bg_value *value)
{
  const bg_page_reader *page = value->box->page;
  bg_cell cell = bg_cell_read(value, true);
  commander_scope scope = {0};
  bg_cell_join_glosses(&cell, page->arena);
  for (size_t i = 0; i < cell.count; i++) {
    bg_heading heading = bg_heading_read(page, &cell.items[i]);
    if (heading.kind != BG_HEADING_NONE) {
      scope.party = bg_party_of_words(value, heading.words);
      scope.phase =
          heading.kind == BG_HEADING_PHASE ? heading.words : BG_VIEW("");
    }
    claim_commanders(value, &heading.rest, &scope);
  }
}
