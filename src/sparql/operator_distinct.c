/// DISTINCT (section 18.5, Distinct).

#include "sparql/row_table.h"

typedef struct {
  bg_solutions rows;
  const bg_variable_list *variables;
  bg_row_table seen;
  bg_id *part;
} distinct_rows;

static bg_status
open_distinct(bg_solutions *rows, const bg_id *input)
{
  bg_row_table_reset(&((distinct_rows *)rows)->seen);
  return bg_solutions_open(rows->children[0], input);
}

static bg_status
next_distinct(bg_solutions *rows, bg_id *row)
{
  distinct_rows *at = (distinct_rows *)rows;
  for (;;) {
    size_t place;
    bool is_new;
    BG_TRY(bg_solutions_next(rows->children[0], row));
    for (size_t i = 0; i < at->variables->count; i++) {
      at->part[i] = row[at->variables->items[i]];
    }
    BG_TRY(bg_row_table_put(&at->seen, at->part, &place, &is_new));
    if (is_new) {
      return BG_OK;
    }
  }
}

static void
close_distinct(bg_solutions *rows)
{
  bg_row_table_release(&((distinct_rows *)rows)->seen);
}

bg_solutions *
bg_solutions_distinct(bg_engine *engine, bg_solutions *inner,
                      const bg_variable_list *variables)
{
  static const bg_solutions_kind kind = {"distinct", open_distinct,
                                         next_distinct, close_distinct};
  distinct_rows *made =
      bg_solutions_new(engine, &kind, sizeof(distinct_rows), inner, NULL);
  made->variables = variables;
  made->seen = (bg_row_table){.engine = engine, .width = variables->count};
  made->part = BG_NEW_ARRAY(engine->arena, bg_id, variables->count + 1);
  return &made->rows;
}
