/// From algebra to sources: which side of a join comes first, whether the other
/// is asked for each row or found once, where filters go.

#include "sparql/plan.h"

#include <math.h>
#include <string.h>

enum {
  deepest_choice = 5, // below that many operations only one way is looked at
  most_joined = 4096, // operands of a join that are ordered
};

bg_plan_step
bg_plan_unit(bg_planner *planner)
{
  return (bg_plan_step){bg_solutions_unit(planner->engine), 1, 0};
}

static bg_variable_set
new_set(const bg_planner *planner)
{
  return bg_set_new(planner->engine->arena, planner->engine->width);
}

static bg_variable_set
copy_set(const bg_planner *planner, const bg_variable_set *set)
{
  bg_variable_set copy = new_set(planner);
  bg_set_unite(&copy, set);
  return copy;
}

/// The variables that an operation may bind in its scope.
static bg_variable_set
possible_in(const bg_planner *planner, const bg_operation *operation)
{
  bg_variable_set set = new_set(planner);
  bg_scope_possible(operation, &set);
  if (planner->scope.kind == BG_SCOPE_NAME && planner->scope.name.is_variable) {
    bg_set_add(&set, planner->scope.name.variable);
  }
  return set;
}

static bg_variable_set
certain_in(const bg_planner *planner, const bg_operation *operation)
{
  bg_variable_set set = new_set(planner);
  bg_scope_certain(operation, planner->engine->arena, &set);
  return set;
}

bg_binding
bg_binding_none(const bg_planner *planner)
{
  return (bg_binding){new_set(planner), new_set(planner)};
}

/// What is bound behind an operation.
static bg_binding
binding_after(const bg_planner *planner, const bg_binding *before,
              const bg_operation *operation)
{
  bg_binding after = {possible_in(planner, operation),
                      certain_in(planner, operation)};
  bg_set_unite(&after.possible, &before->possible);
  bg_set_unite(&after.certain, &before->certain);
  return after;
}

// ---- expressions -----------------------------------------------------------

/// Plans the EXISTS in an expression, and checks its functions. `rows` is how
/// many solutions it is evaluated for.
static bg_status
plan_expression(bg_planner *planner, bg_expression *expression,
                const bg_binding *bound, double rows)
{
  if (expression == NULL) {
    return BG_OK;
  }
  for (size_t i = 0; i < expression->argument_count; i++) {
    BG_TRY(plan_expression(planner, expression->arguments[i], bound, rows));
  }
  if (expression->kind == BG_EXPRESSION_EXISTS ||
      expression->kind == BG_EXPRESSION_NOT_EXISTS) {
    bg_plan_step inner;
    BG_TRY(bg_plan_inner(planner, expression->operation, bound, rows, true,
                         &inner));
    expression->compiled = inner.rows;
    bg_planner_note(planner, inner.rows);
  }
  return BG_OK;
}

static bg_status
prepare(bg_planner *planner, bg_expression *expression, const bg_binding *bound,
        double rows)
{
  if (expression == NULL) {
    return BG_OK;
  }
  BG_TRY(bg_expression_prepare(expression, planner->engine->arena,
                               planner->engine->err));
  return plan_expression(planner, expression, bound, rows);
}

// ---- the inner side of a join ----------------------------------------------

/// The operation as a table that is made once, with nothing bound. EXISTS needs
/// no more of it than what is bound outside as well.
static bg_status
plan_lookup(bg_planner *planner, const bg_operation *operation,
            const bg_binding *bound, double rows, bool is_exists,
            bg_plan_step *step)
{
  bg_arena *arena = planner->engine->arena;
  const bg_binding none = bg_binding_none(planner);
  bg_plan_step inner;
  BG_TRY(bg_plan_operation(planner, operation, &none, &inner));
  bg_variable_set stored = possible_in(planner, operation);
  if (is_exists) {
    bg_set_intersect(&stored, &bound->possible);
  }
  bg_variable_set keys = certain_in(planner, operation);
  bg_set_intersect(&keys, &bound->certain);
  const bg_variable_list *key_list = bg_set_list(&keys, arena);
  const bg_id *cell =
      planner->scope.kind == BG_SCOPE_CELL ? planner->scope.cell : NULL;
  bg_solutions *made = bg_solutions_lookup(
      planner->engine, inner.rows, bg_set_list(&stored, arena), key_list, cell);
  double once = inner.cost + inner.rows_out * BG_COST_OF_KEEPING;
  double each = key_list->count > 0 ? BG_COST_OF_KEEPING
                                    : inner.rows_out * BG_COST_OF_ROW;
  double out = key_list->count > 0 ? 1 : inner.rows_out;
  *step = (bg_plan_step){made, out, once / (rows < 1 ? 1 : rows) + each};
  made->estimated = out;
  return BG_OK;
}

bg_status
bg_plan_inner(bg_planner *planner, const bg_operation *operation,
              const bg_binding *bound, double rows, bool is_exists,
              bg_plan_step *step)
{
  bg_arena *arena = planner->engine->arena;
  bool is_transparent =
      is_exists || bg_scope_is_transparent(operation, &bound->possible, arena);
  // EXISTS puts the solution into its pattern, which is more than a join.
  bool may_look_up =
      bg_scope_is_transparent(operation, &bound->possible, arena);
  if (!is_transparent) {
    return plan_lookup(planner, operation, bound, rows, is_exists, step);
  }
  planner->depth++;
  bg_status status = bg_plan_operation(planner, operation, bound, step);
  if (status == BG_OK && may_look_up && planner->depth <= deepest_choice &&
      step->cost * rows > 200) {
    bg_plan_step other;
    status = plan_lookup(planner, operation, bound, rows, is_exists, &other);
    if (status == BG_OK && other.cost < step->cost) {
      *step = other;
    }
  }
  planner->depth--;
  return status;
}

/// A join of what there is with one more operand.
static bg_status
join(bg_planner *planner, const bg_operation *right, const bg_binding *bound,
     bg_plan_step *step)
{
  bg_plan_step inner;
  BG_TRY(bg_plan_inner(planner, right, bound, step->rows_out, false, &inner));
  step->rows = bg_solutions_nested(planner->engine, step->rows, inner.rows);
  step->cost += step->rows_out * inner.cost;
  step->rows_out *= inner.rows_out;
  step->rows->estimated = step->rows_out;
  return BG_OK;
}

// ---- joins -----------------------------------------------------------------

/// The operands of a tree of joins; `triples` are those of all basic graph
/// patterns among them.
typedef struct {
  const bg_operation **items;
  size_t count;
  size_t capacity;
  bg_operation *triples; // NULL: none
} operand_list;

static void
add_operand(bg_planner *planner, const bg_operation *operation,
            operand_list *operands)
{
  bg_arena *arena = planner->engine->arena;
  if (operation == NULL) {
    return;
  }
  if (operation->kind == BG_OPERATION_JOIN) {
    add_operand(planner, operation->left, operands);
    add_operand(planner, operation->right, operands);
    return;
  }
  if (operation->kind != BG_OPERATION_TRIPLES) {
    BG_PUSH(arena, operands) = operation;
    return;
  }
  if (operands->triples == NULL) {
    operands->triples = BG_NEW(arena, bg_operation);
    operands->triples->kind = BG_OPERATION_TRIPLES;
  }
  for (size_t i = 0; i < operation->triples.count; i++) {
    BG_PUSH(arena, &operands->triples->triples) = operation->triples.items[i];
  }
}

/// Data first, then triples, then what is left in the order of the text.
static bg_status
plan_join(bg_planner *planner, const bg_operation *operation,
          const bg_filters *filters, const bg_binding *bound,
          bg_plan_step *step)
{
  operand_list operands = {0};
  bg_binding now = {copy_set(planner, &bound->possible),
                    copy_set(planner, &bound->certain)};
  add_operand(planner, operation, &operands);
  *step = bg_plan_unit(planner);
  bool is_first = true;
  for (int round = 0; round < 2; round++) {
    for (size_t i = 0; i < operands.count; i++) {
      const bg_operation *each = operands.items[i];
      if ((each->kind == BG_OPERATION_VALUES) != (round == 0)) {
        continue;
      }
      if (is_first && each->kind != BG_OPERATION_VALUES &&
          bg_scope_is_transparent(each, &now.possible,
                                  planner->engine->arena)) {
        BG_TRY(bg_plan_operation(planner, each, &now, step));
      } else {
        BG_TRY(join(planner, each, &now, step));
      }
      is_first = false;
      now = binding_after(planner, &now, each);
    }
    if (round == 0 && operands.triples != NULL) {
      BG_TRY(bg_plan_triples(planner, &operands.triples->triples, filters, &now,
                             step));
      now = binding_after(planner, &now, operands.triples);
      is_first = false;
    }
  }
  return BG_OK;
}

// ---- filters ---------------------------------------------------------------

static void
add_conjuncts(bg_planner *planner, bg_expression *expression,
              bg_filters *filters)
{
  if (expression->kind == BG_EXPRESSION_AND) {
    add_conjuncts(planner, expression->arguments[0], filters);
    add_conjuncts(planner, expression->arguments[1], filters);
    return;
  }
  bg_filter filter = {expression, new_set(planner), false};
  bg_scope_expression(expression, &filter.seen);
  BG_PUSH(planner->engine->arena, filters) = filter;
}

bg_status
bg_plan_filter(bg_planner *planner, bg_filter *filter, const bg_binding *bound,
               bg_plan_step *step)
{
  filter->is_placed = true;
  BG_TRY(prepare(planner, filter->expression, bound, step->rows_out));
  step->rows =
      bg_solutions_filter(planner->engine, step->rows, filter->expression);
  step->rows_out = step->rows_out / 3 < 1 ? 1 : step->rows_out / 3;
  step->rows->estimated = step->rows_out;
  return BG_OK;
}

static bg_status
place_rest(bg_planner *planner, const bg_filters *filters,
           const bg_binding *bound, bg_plan_step *step)
{
  for (size_t i = 0; i < filters->count; i++) {
    if (!filters->items[i].is_placed) {
      BG_TRY(bg_plan_filter(planner, &filters->items[i], bound, step));
    }
  }
  return BG_OK;
}

static bg_status plan_left_join(bg_planner *planner,
                                const bg_operation *operation,
                                const bg_filters *filters,
                                const bg_binding *bound, bg_plan_step *step);

/// Conditions go as far down as all that they look at is bound for certain.
static bg_status
plan_filtered(bg_planner *planner, const bg_operation *operation,
              const bg_filters *filters, const bg_binding *bound,
              bg_plan_step *step)
{
  bg_filters more;
  if (operation != NULL) {
    bg_operation_kind kind = operation->kind;
    if (kind == BG_OPERATION_FILTER) {
      more = *filters;
      more.capacity = more.count; // appending copies
      add_conjuncts(planner, operation->expression, &more);
      return plan_filtered(planner, operation->left, &more, bound, step);
    }
    if (kind == BG_OPERATION_TRIPLES || kind == BG_OPERATION_JOIN) {
      BG_TRY(plan_join(planner, operation, filters, bound, step));
    } else if (kind == BG_OPERATION_LEFT_JOIN) {
      BG_TRY(plan_left_join(planner, operation, filters, bound, step));
    } else {
      BG_TRY(bg_plan_operation(planner, operation, bound, step));
    }
  } else {
    *step = bg_plan_unit(planner);
  }
  bg_binding after = binding_after(planner, bound, operation);
  return place_rest(planner, filters, &after, step);
}

// ---- the other operations --------------------------------------------------

static bg_status
plan_left_join(bg_planner *planner, const bg_operation *operation,
               const bg_filters *filters, const bg_binding *bound,
               bg_plan_step *step)
{
  // Conditions that the left side alone decides are put there.
  bg_arena *arena = planner->engine->arena;
  bg_variable_set certain = certain_in(planner, operation->left);
  bg_filters below = {0};
  for (size_t i = 0; i < filters->count; i++) {
    bg_filter *filter = &filters->items[i];
    if (!filter->is_placed && bg_set_holds(&certain, &filter->seen)) {
      filter->is_placed = true;
      BG_PUSH(arena, &below) = *filter;
      below.items[below.count - 1].is_placed = false;
    }
  }
  BG_TRY(plan_filtered(planner, operation->left, &below, bound, step));
  bg_binding middle = binding_after(planner, bound, operation->left);
  bg_binding after = binding_after(planner, &middle, operation->right);
  bg_plan_step inner;
  BG_TRY(bg_plan_inner(planner, operation->right, &middle, step->rows_out,
                       false, &inner));
  BG_TRY(prepare(planner, operation->expression, &after,
                 step->rows_out * inner.rows_out));
  step->rows = bg_solutions_left_join(planner->engine, step->rows, inner.rows,
                                      operation->expression);
  step->cost += step->rows_out * inner.cost;
  step->rows_out *= inner.rows_out < 1 ? 1 : inner.rows_out;
  step->rows->estimated = step->rows_out;
  return BG_OK;
}

static bg_status
plan_union(bg_planner *planner, const bg_operation *operation,
           const bg_binding *bound, bg_plan_step *step)
{
  bg_plan_step right;
  BG_TRY(bg_plan_operation(planner, operation->left, bound, step));
  BG_TRY(bg_plan_operation(planner, operation->right, bound, &right));
  step->rows = bg_solutions_union(planner->engine, step->rows, right.rows);
  step->cost += right.cost;
  step->rows_out += right.rows_out;
  step->rows->estimated = step->rows_out;
  return BG_OK;
}

static bg_status
plan_minus(bg_planner *planner, const bg_operation *operation,
           const bg_binding *bound, bg_plan_step *step)
{
  BG_TRY(bg_plan_operation(planner, operation->left, bound, step));
  bg_variable_set shared = possible_in(planner, operation->left);
  bg_variable_set right = possible_in(planner, operation->right);
  bg_set_intersect(&shared, &right);
  const bg_variable_list *list = bg_set_list(&shared, planner->engine->arena);
  if (list->count == 0) {
    return BG_OK; // what has nothing in common takes nothing away
  }
  bg_binding after = binding_after(planner, bound, operation->left);
  bg_plan_step inner;
  BG_TRY(plan_lookup(planner, operation->right, &after, step->rows_out, false,
                     &inner));
  step->rows =
      bg_solutions_minus(planner->engine, step->rows, inner.rows, list);
  step->cost += step->rows_out * inner.cost;
  step->rows->estimated = step->rows_out;
  return BG_OK;
}

/// A pattern of triples alone binds the graph's variable itself; all else goes
/// graph by graph.
static bg_status
plan_graph(bg_planner *planner, const bg_operation *operation,
           const bg_binding *bound, bg_plan_step *step)
{
  bg_graph_scope outer = planner->scope;
  bg_id *cell = BG_NEW(planner->engine->arena, bg_id);
  bool is_direct =
      operation->left != NULL && (!operation->name.is_variable ||
                                  !bg_scope_needs_one_graph(operation->left));
  planner->scope =
      (bg_graph_scope){.kind = is_direct ? BG_SCOPE_NAME : BG_SCOPE_CELL,
                       .name = operation->name,
                       .cell = cell};
  bg_status status = bg_plan_operation(planner, operation->left, bound, step);
  planner->scope = outer;
  if (status != BG_OK || is_direct) {
    return status;
  }
  status = bg_solutions_graph(planner->engine, step->rows, &operation->name,
                              cell, &step->rows);
  return status;
}

static bg_status
plan_extend(bg_planner *planner, const bg_operation *operation,
            const bg_binding *bound, bg_plan_step *step)
{
  BG_TRY(bg_plan_operation(planner, operation->left, bound, step));
  bg_binding after = binding_after(planner, bound, operation->left);
  BG_TRY(prepare(planner, operation->expression, &after, step->rows_out));
  step->rows = bg_solutions_extend(planner->engine, step->rows,
                                   operation->variable, operation->expression);
  step->rows->estimated = step->rows_out;
  return BG_OK;
}

static bg_status
plan_group(bg_planner *planner, const bg_operation *operation,
           const bg_binding *bound, bg_plan_step *step)
{
  BG_TRY(bg_plan_operation(planner, operation->left, bound, step));
  bg_binding after = binding_after(planner, bound, operation->left);
  for (size_t i = 0; i < operation->key_count; i++) {
    BG_TRY(prepare(planner, operation->keys[i].expression, &after,
                   step->rows_out));
  }
  for (size_t i = 0; i < operation->aggregate_count; i++) {
    BG_TRY(prepare(planner, operation->aggregates[i].argument, &after,
                   step->rows_out));
  }
  step->rows = bg_solutions_group(planner->engine, step->rows, operation);
  step->rows_out = operation->key_count == 0 ? 1 : sqrt(step->rows_out);
  step->rows->estimated = step->rows_out;
  return BG_OK;
}

static bg_status
plan_order(bg_planner *planner, const bg_operation *operation,
           const bg_binding *bound, uint64_t most, bg_plan_step *step)
{
  BG_TRY(bg_plan_operation(planner, operation->left, bound, step));
  bg_binding after = binding_after(planner, bound, operation->left);
  for (size_t i = 0; i < operation->condition_count; i++) {
    BG_TRY(prepare(planner, operation->conditions[i].expression, &after,
                   step->rows_out));
  }
  step->rows = bg_solutions_order(planner->engine, step->rows, operation, most);
  step->rows->estimated = step->rows_out;
  return BG_OK;
}

/// Projection, which nothing but the order below it is planned with.
static bg_status
plan_project(bg_planner *planner, const bg_operation *operation,
             const bg_binding *bound, uint64_t most, bg_plan_step *step)
{
  if (operation->left != NULL && operation->left->kind == BG_OPERATION_ORDER) {
    BG_TRY(plan_order(planner, operation->left, bound, most, step));
  } else {
    BG_TRY(bg_plan_operation(planner, operation->left, bound, step));
  }
  step->rows =
      bg_solutions_project(planner->engine, step->rows, &operation->variables);
  step->rows->estimated = step->rows_out;
  return BG_OK;
}

static bg_status
plan_slice(bg_planner *planner, const bg_operation *operation,
           const bg_binding *bound, bg_plan_step *step)
{
  bool is_ordered =
      operation->left != NULL && operation->left->kind == BG_OPERATION_PROJECT;
  uint64_t most = operation->limit > UINT64_MAX - operation->offset
                      ? UINT64_MAX
                      : operation->limit + operation->offset;
  if (is_ordered) {
    BG_TRY(plan_project(planner, operation->left, bound, most, step));
  } else {
    BG_TRY(bg_plan_operation(planner, operation->left, bound, step));
  }
  step->rows = bg_solutions_slice(planner->engine, step->rows,
                                  operation->offset, operation->limit);
  if (step->rows_out > (double)operation->limit) {
    step->rows_out = (double)operation->limit;
  }
  step->rows->estimated = step->rows_out;
  return BG_OK;
}

static bg_status
plan_distinct(bg_planner *planner, const bg_operation *operation,
              const bg_binding *bound, bg_plan_step *step)
{
  bg_variable_set all = possible_in(planner, operation->left);
  BG_TRY(bg_plan_operation(planner, operation->left, bound, step));
  step->rows = bg_solutions_distinct(planner->engine, step->rows,
                                     bg_set_list(&all, planner->engine->arena));
  step->rows->estimated = step->rows_out;
  return BG_OK;
}

static bg_status
plan_service(const bg_planner *planner, const bg_operation *operation)
{
  return bg_error_set(planner->engine->err, BG_REFUSED,
                      "line %zu, column %zu: a query cannot call out: SERVICE",
                      operation->place.line, operation->place.column);
}

bg_status
bg_plan_operation(bg_planner *planner, const bg_operation *operation,
                  const bg_binding *bound, bg_plan_step *step)
{
  const bg_filters none = {0};
  *step = bg_plan_unit(planner);
  if (operation == NULL) {
    return BG_OK;
  }
  switch (operation->kind) {
  case BG_OPERATION_TRIPLES:
  case BG_OPERATION_JOIN:
  case BG_OPERATION_LEFT_JOIN:
  case BG_OPERATION_FILTER:
    return plan_filtered(planner, operation, &none, bound, step);
  case BG_OPERATION_UNION:
    return plan_union(planner, operation, bound, step);
  case BG_OPERATION_MINUS:
    return plan_minus(planner, operation, bound, step);
  case BG_OPERATION_GRAPH:
    return plan_graph(planner, operation, bound, step);
  case BG_OPERATION_EXTEND:
    return plan_extend(planner, operation, bound, step);
  case BG_OPERATION_VALUES:
    step->rows_out = (double)operation->row_count;
    return bg_solutions_values(planner->engine, operation, &step->rows);
  case BG_OPERATION_SERVICE:
    return plan_service(planner, operation);
  case BG_OPERATION_GROUP:
    return plan_group(planner, operation, bound, step);
  case BG_OPERATION_ORDER:
    return plan_order(planner, operation, bound, UINT64_MAX, step);
  case BG_OPERATION_PROJECT:
    return plan_project(planner, operation, bound, UINT64_MAX, step);
  case BG_OPERATION_DISTINCT:
    return plan_distinct(planner, operation, bound, step);
  case BG_OPERATION_REDUCED:
    return bg_plan_operation(planner, operation->left, bound, step);
  case BG_OPERATION_SLICE:
    return plan_slice(planner, operation, bound, step);
  }
  return BG_OK;
}

// ---- the door --------------------------------------------------------------

void
bg_planner_note(bg_planner *planner, bg_solutions *rows)
{
  BG_PUSH(planner->engine->arena, &planner->extra) = rows;
}

bg_status
bg_plan(bg_engine *engine, const bg_operation *operation, bg_query_plan *plan)
{
  bg_planner planner = {.engine = engine};
  const bg_binding none = bg_binding_none(&planner);
  bg_plan_step step = {0};
  bg_status status = bg_plan_operation(&planner, operation, &none, &step);
  *plan = (bg_query_plan){step.rows, planner.extra};
  return status;
}

void
bg_plan_close(bg_query_plan *plan)
{
  bg_solutions_close(plan->rows);
  for (size_t i = 0; i < plan->extra.count; i++) {
    bg_solutions_close(plan->extra.items[i]);
  }
  *plan = (bg_query_plan){0};
}
