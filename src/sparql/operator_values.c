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

/// Joins a row of the data to the input; false where they are not compatible.
static bool
merge(const values_rows *at, const bg_id *data, bg_id *row)
{
  for (size_t i = 0; i < at->variables->count; i++) {
    bg_id *cell = &row[at->variables->items[i]];
    if (data[i] == BG_NO_ID) {
      continue;
    }
    if (*cell != BG_NO_ID && *cell != data[i]) {
      return false;
    }
    *cell = data[i];
  }
  return true;
}

static bg_status
next_values(bg_solutions *rows, bg_id *row)
{
  values_rows *at = (values_rows *)rows;
  while (at->next < at->row_count) {
    const bg_id *data = at->ids + at->next++ * at->variables->count;
    BG_TRY(bg_engine_step(rows->engine));
    memcpy(row, at->input, rows->engine->width * sizeof *row);
    if (merge(at, data, row)) {
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
