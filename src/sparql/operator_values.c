/// Inline data (section 10.2).

#include "sparql/engine.h"

#include <string.h>

typedef struct {
  bg_solutions rows;
  const bg_variable_list *variables;
  bg_id *ids; // row after row
  size_t row_count;
  const bg_id *input;
  size_t next;
} values_rows;

static bg_status
open_values(bg_solutions *rows, const bg_id *input)
{
  values_rows *at = (values_rows *)rows;
  at->input = input;
  at->next = 0;
  return BG_OK;
}

static bg_status
next_values(bg_solutions *rows, bg_id *row)
{
  values_rows *at = (values_rows *)rows;
  while (at->next < at->row_count) {
    const bg_id *data = at->ids + at->next++ * at->variables->count;
    BG_TRY(bg_engine_step(rows->engine));
    memcpy(row, at->input, rows->engine->width * sizeof *row);
    if (bg_row_merge(at->variables, data, row)) {
      return BG_OK;
    }
  }
  return BG_END;
}

bg_status
bg_solutions_values(bg_engine *engine, const bg_operation *values,
                    bg_solutions **rows)
{
  static const bg_solutions_kind kind = {"values", open_values, next_values,
                                         NULL};
  values_rows *made =
      bg_solutions_new(engine, &kind, sizeof(values_rows), NULL, NULL);
  size_t cells = values->row_count * values->variables.count;
  made->variables = &values->variables;
  made->row_count = values->row_count;
  made->ids = BG_NEW_ARRAY(engine->arena, bg_id, cells + 1);
  made->rows.estimated = (double)values->row_count;
  for (size_t i = 0; i < cells; i++) {
    BG_TRY(bg_engine_id(engine, &values->rows[i], &made->ids[i]));
  }
  *rows = &made->rows;
  return BG_OK;
}
