/// Infoboxes of factions: who fought beside them, against them and for them,
/// and where.

#include "extract/heading.h"
#include "extract/names.h"

static void
claim_names(const bg_value *value, bg_claim_kind kind, bg_name_rules rules)
{
  const bg_page_reader *page = value->box->page;
  bg_cell cell = bg_cell_read(value, true);
  bg_cell_join_glosses(&cell, page->arena);
  for (size_t i = 0; i < cell.count; i++) {
    bg_heading heading = bg_heading_read(page, &cell.items[i]);
    bg_names names = bg_names_read(page, &heading.rest, rules);
    for (size_t j = 0; j < names.count; j++) {
      bg_claim_add(value, kind, names.items[j].source)->thing =
          names.items[j].thing;
    }
  }
}

void
bg_read_allies(const bg_value *value)
{
  claim_names(value, BG_CLAIM_ALLY, (bg_name_rules){.parts_behind_link = true});
}

void
bg_read_opponents(const bg_value *value)
{
  claim_names(value, BG_CLAIM_OPPONENT,
              (bg_name_rules){.parts_behind_link = true});
}

void
bg_read_leaders(const bg_value *value)
{
  claim_names(value, BG_CLAIM_LEADER,
              (bg_name_rules){.parts_at_and = true,
                              .parts_at_commas = !value->box->infobox->is_flat,
                              .drops_ranks = true});
}

/// Only links are conflicts: between them stand years and words.
void
bg_read_fought(const bg_value *value)
{
  bg_cell cell = bg_cell_read(value, true);
  for (size_t i = 0; i < cell.count; i++) {
    for (size_t j = 0; j < cell.items[i].count; j++) {
      const bg_run *run = &cell.items[i].items[j];
      if (run->kind == BG_RUN_LINK) {
        bg_claim_add(value, BG_CLAIM_FOUGHT_IN, run->source)->thing =
            bg_thing_of_link(run->target, run->text);
      }
    }
  }
}
