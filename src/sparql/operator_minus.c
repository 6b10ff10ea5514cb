/// MINUS (section 18.5, Minus).

#include "sparql/engine.h"

typedef struct {
  bg_solutions rows;
  const bg_variable_list *shared;
  bg_id *left;
  bg_id *joined;
} minus_rows;

static bg_status
open_minus(bg_solutions *rows, const bg_id *input)
{
  return bg_solutions_open(rows->children[0], input);
}

/// Whether a compatible solution of the right side has a variable in common
/// with the left one: both bind it.
static bg_status
is_taken(const minus_rows *at, bool *taken)
{
  bg_solutions *right = at->rows.children[1];
  bg_status status;
  *taken = false;
  BG_TRY(bg_solutions_open(right, at->left));
  while (!*taken && (status = bg_solutions_next(right, at->joined)) == BG_OK) {
    *taken = bg_lookup_shares(right, at->left, at->shared);
  }
  return *taken || status == BG_END ? BG_OK : status;
}

static bg_status
next_minus(bg_solutions *rows, bg_id *row)
{
  minus_rows *at = (minus_rows *)rows;
  for (;;) {
    bool taken;
    BG_TRY(bg_solutions_next(rows->children[0], at->left));
    BG_TRY(bg_engine_step(rows->engine));
    BG_TRY(is_taken(at, &taken));
    if (!taken) {
      for (size_t i = 0; i < rows->engine->width; i++) {
        row[i] = at->left[i];
      }
      return BG_OK;
    }
  }
}

bg_solutions *
bg_solutions_minus(bg_engine *engine, bg_solutions *left, bg_solutions *right,
                   const bg_variable_list *shared)
{
  static const bg_solutions_kind kind = {"minus", open_minus, next_minus, NULL};
  minus_rows *made =
      bg_solutions_new(engine, &kind, sizeof(minus_rows), left, right);
  made->shared = shared;
  made->left = BG_NEW_ARRAY(engine->arena, bg_id, engine->width + 1);
  made->joined = BG_NEW_ARRAY(engine->arena, bg_id, engine->width + 1);
  return &made->rows;
}
