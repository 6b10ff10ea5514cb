/// The sources that need little: a unit, nothing, a join, a union, a filter, an
/// extension, a slice.

#include "sparql/engine.h"

#include <string.h>

static void
copy_row(const bg_engine *engine, bg_id *to, const bg_id *from)
{
  memcpy(to, from, engine->width * sizeof *to);
}

static bg_id *
new_row(bg_engine *engine)
{
  return BG_NEW_ARRAY(engine->arena, bg_id, engine->width + 1);
}

// ---- a unit, and nothing ---------------------------------------------------

typedef struct {
  bg_solutions rows;
  const bg_id *input; // NULL: given
} unit_rows;

static bg_status
open_unit(bg_solutions *rows, const bg_id *input)
{
  ((unit_rows *)rows)->input = input;
  return BG_OK;
}

static bg_status
next_unit(bg_solutions *rows, bg_id *row)
{
  unit_rows *at = (unit_rows *)rows;
  if (at->input == NULL) {
    return BG_END;
  }
  copy_row(rows->engine, row, at->input);
  at->input = NULL;
  return BG_OK;
}

bg_solutions *
bg_solutions_unit(bg_engine *engine)
{
  static const bg_solutions_kind kind = {"unit", open_unit, next_unit, NULL};
  return bg_solutions_new(engine, &kind, sizeof(unit_rows), NULL, NULL);
}

static bg_status
open_none(bg_solutions *rows, const bg_id *input)
{
  (void)rows;
  (void)input;
  return BG_OK;
}

static bg_status
next_none(bg_solutions *rows, bg_id *row)
{
  (void)rows;
  (void)row;
  return BG_END;
}

bg_solutions *
bg_solutions_none(bg_engine *engine)
{
  static const bg_solutions_kind kind = {"nothing", open_none, next_none, NULL};
  return bg_solutions_new(engine, &kind, sizeof(bg_solutions), NULL, NULL);
}

// ---- join (section 18.5, Join) ---------------------------------------------

typedef struct {
  bg_solutions rows;
  bg_id *left;
  bool has_left;
} nested_rows;

static bg_status
open_nested(bg_solutions *rows, const bg_id *input)
{
  ((nested_rows *)rows)->has_left = false;
  return bg_solutions_open(rows->children[0], input);
}

static bg_status
next_nested(bg_solutions *rows, bg_id *row)
{
  nested_rows *at = (nested_rows *)rows;
  for (;;) {
    if (at->has_left) {
      bg_status status = bg_solutions_next(rows->children[1], row);
      if (status != BG_END) {
        return status;
      }
    }
    at->has_left = false;
    BG_TRY(bg_solutions_next(rows->children[0], at->left));
    BG_TRY(bg_engine_step(rows->engine));
    BG_TRY(bg_solutions_open(rows->children[1], at->left));
    at->has_left = true;
  }
}

bg_solutions *
bg_solutions_nested(bg_engine *engine, bg_solutions *left, bg_solutions *right)
{
  static const bg_solutions_kind kind = {"join", open_nested, next_nested,
                                         NULL};
  nested_rows *made =
      bg_solutions_new(engine, &kind, sizeof(nested_rows), left, right);
  made->left = new_row(engine);
  return &made->rows;
}

// ---- left join (section 18.5, LeftJoin) ------------------------------------

typedef struct {
  bg_solutions rows;
  const bg_expression *condition; // NULL: none
  bg_id *left;
  bool has_left;
  bool has_matched;
} left_join_rows;

static bg_status
open_left_join(bg_solutions *rows, const bg_id *input)
{
  ((left_join_rows *)rows)->has_left = false;
  return bg_solutions_open(rows->children[0], input);
}

/// The next row of the right side for which the condition holds.
static bg_status
next_match(left_join_rows *at, bg_id *row)
{
  for (;;) {
    bool truth;
    bg_status status;
    BG_TRY(bg_solutions_next(at->rows.children[1], row));
    if (at->condition == NULL) {
      return BG_OK;
    }
    bool is_known =
        bg_row_truth(at->rows.engine, at->condition, row, &truth, &status);
    BG_TRY(status);
    if (is_known && truth) {
      return BG_OK;
    }
  }
}

static bg_status
next_left_join(bg_solutions *rows, bg_id *row)
{
  left_join_rows *at = (left_join_rows *)rows;
  for (;;) {
    if (at->has_left) {
      bg_status status = next_match(at, row);
      at->has_matched = at->has_matched || status == BG_OK;
      if (status != BG_END) {
        return status;
      }
      at->has_left = false;
      if (!at->has_matched) {
        copy_row(rows->engine, row, at->left);
        return BG_OK;
      }
    }
    BG_TRY(bg_solutions_next(rows->children[0], at->left));
    BG_TRY(bg_engine_step(rows->engine));
    BG_TRY(bg_solutions_open(rows->children[1], at->left));
    at->has_left = true;
    at->has_matched = false;
  }
}

bg_solutions *
bg_solutions_left_join(bg_engine *engine, bg_solutions *left,
                       bg_solutions *right, const bg_expression *condition)
{
  static const bg_solutions_kind kind = {"left join", open_left_join,
                                         next_left_join, NULL};
  left_join_rows *made =
      bg_solutions_new(engine, &kind, sizeof(left_join_rows), left, right);
  made->condition = condition;
  made->left = new_row(engine);
  return &made->rows;
}

// ---- union (section 18.5, Union) -------------------------------------------

typedef struct {
  bg_solutions rows;
  bg_id *input;
  size_t side;
} union_rows;

static bg_status
open_union(bg_solutions *rows, const bg_id *input)
{
  union_rows *at = (union_rows *)rows;
  copy_row(rows->engine, at->input, input);
  at->side = 0;
  return bg_solutions_open(rows->children[0], at->input);
}

static bg_status
next_union(bg_solutions *rows, bg_id *row)
{
  union_rows *at = (union_rows *)rows;
  bg_status status = bg_solutions_next(rows->children[at->side], row);
  if (status != BG_END || at->side == 1) {
    return status;
  }
  at->side = 1;
  BG_TRY(bg_solutions_open(rows->children[1], at->input));
  return bg_solutions_next(rows->children[1], row);
}

bg_solutions *
bg_solutions_union(bg_engine *engine, bg_solutions *left, bg_solutions *right)
{
  static const bg_solutions_kind kind = {"union", open_union, next_union, NULL};
  union_rows *made =
      bg_solutions_new(engine, &kind, sizeof(union_rows), left, right);
  made->input = new_row(engine);
  return &made->rows;
}

// ---- filter (section 18.5, Filter) -----------------------------------------

/// `?x < constant`, and its like: where both are short literals of one datatype
/// their ids tell.
typedef struct {
  bool is_one;
  bg_expression_kind kind;
  bg_variable variable;
  bg_id constant;
} quick_condition;

typedef struct {
  bg_solutions rows;
  const bg_expression *condition;
  quick_condition quick;
} filter_rows;

/// The comparison that holds when both sides change places.
static bg_expression_kind
turned(bg_expression_kind kind)
{
  switch ((int)kind) {
  case BG_EXPRESSION_LESS:
    return BG_EXPRESSION_GREATER;
  case BG_EXPRESSION_GREATER:
    return BG_EXPRESSION_LESS;
  case BG_EXPRESSION_LESS_OR_EQUAL:
    return BG_EXPRESSION_GREATER_OR_EQUAL;
  case BG_EXPRESSION_GREATER_OR_EQUAL:
    return BG_EXPRESSION_LESS_OR_EQUAL;
  default:
    return kind;
  }
}

static quick_condition
find_quick(bg_engine *engine, const bg_expression *condition)
{
  quick_condition quick = {.kind = condition->kind};
  if (condition->kind < BG_EXPRESSION_EQUAL ||
      condition->kind > BG_EXPRESSION_GREATER_OR_EQUAL) {
    return quick;
  }
  const bg_expression *left = condition->arguments[0];
  const bg_expression *right = condition->arguments[1];
  if (left->kind == BG_EXPRESSION_TERM) {
    const bg_expression *swapped = left;
    left = right;
    right = swapped;
    quick.kind = turned(quick.kind);
  }
  if (left->kind != BG_EXPRESSION_VARIABLE ||
      right->kind != BG_EXPRESSION_TERM) {
    return quick;
  }
  quick.variable = left->variable;
  quick.is_one = bg_engine_id(engine, &right->term, &quick.constant) == BG_OK;
  return quick;
}

/// False where the ids do not tell.
static bool
tell_quickly(const quick_condition *quick, const bg_id *row, bool *truth)
{
  bg_id id = quick->is_one ? row[quick->variable] : BG_NO_ID;
  if (!bg_id_compares(id, quick->constant)) {
    return false;
  }
  switch ((int)quick->kind) {
  case BG_EXPRESSION_EQUAL:
    *truth = id == quick->constant;
    return true;
  case BG_EXPRESSION_NOT_EQUAL:
    *truth = id != quick->constant;
    return true;
  case BG_EXPRESSION_LESS:
    *truth = id < quick->constant;
    return true;
  case BG_EXPRESSION_GREATER:
    *truth = id > quick->constant;
    return true;
  case BG_EXPRESSION_LESS_OR_EQUAL:
    *truth = id <= quick->constant;
    return true;
  default:
    *truth = id >= quick->constant;
    return true;
  }
}

static bg_status
open_inner(bg_solutions *rows, const bg_id *input)
{
  return bg_solutions_open(rows->children[0], input);
}

static bg_status
next_filter(bg_solutions *rows, bg_id *row)
{
  const filter_rows *at = (const filter_rows *)rows;
  for (;;) {
    bool truth;
    bg_status status;
    BG_TRY(bg_solutions_next(rows->children[0], row));
    bool is_known = tell_quickly(&at->quick, row, &truth);
    if (!is_known) {
      is_known =
          bg_row_truth(rows->engine, at->condition, row, &truth, &status);
      BG_TRY(status);
    }
    if (is_known && truth) {
      return BG_OK;
    }
  }
}

bg_solutions *
bg_solutions_filter(bg_engine *engine, bg_solutions *inner,
                    const bg_expression *condition)
{
  static const bg_solutions_kind kind = {"filter", open_inner, next_filter,
                                         NULL};
  filter_rows *made =
      bg_solutions_new(engine, &kind, sizeof(filter_rows), inner, NULL);
  made->condition = condition;
  made->quick = find_quick(engine, condition);
  return &made->rows;
}

// ---- extend (section 18.5, Extend) -----------------------------------------

typedef struct {
  bg_solutions rows;
  bg_variable variable;
  const bg_expression *expression;
  bool begins; // a solution: others that extend the same stand around it
} extend_rows;

/// A value that is another than the one bound outside goes with no row of it.
static bg_status
next_extend(bg_solutions *rows, bg_id *row)
{
  const extend_rows *at = (const extend_rows *)rows;
  for (;;) {
    bg_id id = BG_NO_ID;
    bg_status status;
    BG_TRY(bg_solutions_next(rows->children[0], row));
    rows->engine->solution += at->begins;
    bool is_known =
        bg_row_value(rows->engine, at->expression, row, &id, &status);
    BG_TRY(status);
    bg_id *cell = &row[at->variable];
    if (!is_known || *cell == id) {
      return BG_OK;
    }
    if (*cell == BG_NO_ID) {
      *cell = id;
      return BG_OK;
    }
  }
}

bg_solutions *
bg_solutions_extend(bg_engine *engine, bg_solutions *inner,
                    bg_variable variable, const bg_expression *expression)
{
  static const bg_solutions_kind kind = {"bind", open_inner, next_extend, NULL};
  extend_rows *made =
      bg_solutions_new(engine, &kind, sizeof(extend_rows), inner, NULL);
  made->variable = variable;
  made->expression = expression;
  made->begins = inner->kind != &kind;
  return &made->rows;
}

// ---- project, slice (section 18.5, Project and Slice) ----------------------

typedef struct {
  bg_solutions rows;
  const bg_variable_list *variables;
  bg_id *inner;
} project_rows;

static bg_status
next_project(bg_solutions *rows, bg_id *row)
{
  const project_rows *at = (const project_rows *)rows;
  BG_TRY(bg_solutions_next(rows->children[0], at->inner));
  memset(row, 0, rows->engine->width * sizeof *row);
  for (size_t i = 0; i < at->variables->count; i++) {
    bg_variable variable = at->variables->items[i];
    row[variable] = at->inner[variable];
  }
  return BG_OK;
}

bg_solutions *
bg_solutions_project(bg_engine *engine, bg_solutions *inner,
                     const bg_variable_list *variables)
{
  static const bg_solutions_kind kind = {"project", open_inner, next_project,
                                         NULL};
  project_rows *made =
      bg_solutions_new(engine, &kind, sizeof(project_rows), inner, NULL);
  made->variables = variables;
  made->inner = new_row(engine);
  return &made->rows;
}

typedef struct {
  bg_solutions rows;
  uint64_t offset;
  uint64_t limit;
  uint64_t seen;
} slice_rows;

static bg_status
open_slice(bg_solutions *rows, const bg_id *input)
{
  ((slice_rows *)rows)->seen = 0;
  return bg_solutions_open(rows->children[0], input);
}

static bg_status
next_slice(bg_solutions *rows, bg_id *row)
{
  slice_rows *at = (slice_rows *)rows;
  if (at->limit == 0) {
    return BG_END;
  }
  while (at->seen < at->offset) {
    BG_TRY(bg_solutions_next(rows->children[0], row));
    at->seen++;
  }
  if (at->seen - at->offset >= at->limit) {
    return BG_END;
  }
  BG_TRY(bg_solutions_next(rows->children[0], row));
  at->seen++;
  return BG_OK;
}

bg_solutions *
bg_solutions_slice(bg_engine *engine, bg_solutions *inner, uint64_t offset,
                   uint64_t limit)
{
  static const bg_solutions_kind kind = {"slice", open_slice, next_slice, NULL};
  slice_rows *made =
      bg_solutions_new(engine, &kind, sizeof(slice_rows), inner, NULL);
  made->offset = offset;
  made->limit = limit;
  return &made->rows;
}
