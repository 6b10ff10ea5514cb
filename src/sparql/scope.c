#include "sparql/scope.h"

// ---- sets ------------------------------------------------------------------

bg_variable_set
bg_set_new(bg_arena *arena, size_t variables)
{
  size_t count = variables / 64 + 1;
  return (bg_variable_set){BG_NEW_ARRAY(arena, uint64_t, count), count};
}

void
bg_set_add(bg_variable_set *set, bg_variable variable)
{
  set->words[variable / 64] |= UINT64_C(1) << variable % 64;
}

bool
bg_set_has(const bg_variable_set *set, bg_variable variable)
{
  return (set->words[variable / 64] >> variable % 64 & 1) != 0;
}

void
bg_set_unite(bg_variable_set *set, const bg_variable_set *other)
{
  for (size_t i = 0; i < set->count; i++) {
    set->words[i] |= other->words[i];
  }
}

void
bg_set_intersect(bg_variable_set *set, const bg_variable_set *other)
{
  for (size_t i = 0; i < set->count; i++) {
    set->words[i] &= other->words[i];
  }
}

bool
bg_set_holds(const bg_variable_set *set, const bg_variable_set *part)
{
  for (size_t i = 0; i < set->count; i++) {
    if ((part->words[i] & ~set->words[i]) != 0) {
      return false;
    }
  }
  return true;
}

bool
bg_set_meets(const bg_variable_set *a, const bg_variable_set *b)
{
  for (size_t i = 0; i < a->count; i++) {
    if ((a->words[i] & b->words[i]) != 0) {
      return true;
    }
  }
  return false;
}

bg_variable_list *
bg_set_list(const bg_variable_set *set, bg_arena *arena)
{
  bg_variable_list *list = BG_NEW(arena, bg_variable_list);
  for (bg_variable i = 0; i < set->count * 64; i++) {
    if (bg_set_has(set, i)) {
      BG_PUSH(arena, list) = i;
    }
  }
  return list;
}

/// An empty set of the same size.
static bg_variable_set
new_like(const bg_variable_set *set, bg_arena *arena)
{
  return (bg_variable_set){BG_NEW_ARRAY(arena, uint64_t, set->count),
                           set->count};
}

// ---- what is bound ---------------------------------------------------------

static void
add_place(const bg_var_or_term *place, bg_variable_set *set)
{
  if (place->is_variable) {
    bg_set_add(set, place->variable);
  }
}

void
bg_scope_triple(const bg_triple *triple, bg_variable_set *set)
{
  add_place(&triple->subject, set);
  add_place(&triple->object, set);
  if (triple->path == NULL) {
    add_place(&triple->predicate, set);
  }
}

static void
add_list(const bg_variable_list *list, bg_variable_set *set)
{
  for (size_t i = 0; i < list->count; i++) {
    bg_set_add(set, list->items[i]);
  }
}

void
bg_scope_possible(const bg_operation *operation, bg_variable_set *set)
{
  if (operation == NULL) {
    return;
  }
  switch (operation->kind) {
  case BG_OPERATION_TRIPLES:
    for (size_t i = 0; i < operation->triples.count; i++) {
      bg_scope_triple(&operation->triples.items[i], set);
    }
    return;
  case BG_OPERATION_VALUES:
  case BG_OPERATION_PROJECT:
    add_list(&operation->variables, set);
    return;
  case BG_OPERATION_GROUP:
    for (size_t i = 0; i < operation->key_count; i++) {
      bg_set_add(set, operation->keys[i].variable);
    }
    for (size_t i = 0; i < operation->aggregate_count; i++) {
      bg_set_add(set, operation->aggregates[i].result);
    }
    return;
  case BG_OPERATION_JOIN:
  case BG_OPERATION_LEFT_JOIN:
  case BG_OPERATION_UNION:
    bg_scope_possible(operation->left, set);
    bg_scope_possible(operation->right, set);
    return;
  case BG_OPERATION_EXTEND:
    bg_set_add(set, operation->variable);
    break;
  case BG_OPERATION_GRAPH:
  case BG_OPERATION_SERVICE:
    add_place(&operation->name, set);
    break;
  case BG_OPERATION_MINUS:
  case BG_OPERATION_FILTER:
  case BG_OPERATION_ORDER:
  case BG_OPERATION_DISTINCT:
  case BG_OPERATION_REDUCED:
  case BG_OPERATION_SLICE:
    break;
  }
  bg_scope_possible(operation->left, set);
}

/// Those of VALUES that no row leaves open.
static void
add_certain_values(const bg_operation *values, bg_variable_set *set)
{
  for (size_t i = 0; i < values->variables.count; i++) {
    bool is_bound = true;
    for (size_t row = 0; row < values->row_count; row++) {
      is_bound =
          is_bound &&
          values->rows[row * values->variables.count + i].kind != BG_TERM_NONE;
    }
    if (is_bound) {
      bg_set_add(set, values->variables.items[i]);
    }
  }
}

void
bg_scope_certain(const bg_operation *operation, bg_arena *arena,
                 bg_variable_set *set)
{
  if (operation == NULL) {
    return;
  }
  bg_variable_set left;
  bg_variable_set right;
  switch (operation->kind) {
  case BG_OPERATION_TRIPLES:
    bg_scope_possible(operation, set);
    return;
  case BG_OPERATION_VALUES:
    add_certain_values(operation, set);
    return;
  case BG_OPERATION_JOIN:
    bg_scope_certain(operation->left, arena, set);
    bg_scope_certain(operation->right, arena, set);
    return;
  case BG_OPERATION_UNION:
    left = new_like(set, arena);
    right = new_like(set, arena);
    bg_scope_certain(operation->left, arena, &left);
    bg_scope_certain(operation->right, arena, &right);
    bg_set_intersect(&left, &right);
    bg_set_unite(set, &left);
    return;
  case BG_OPERATION_PROJECT:
    left = new_like(set, arena);
    right = new_like(set, arena);
    bg_scope_certain(operation->left, arena, &left);
    add_list(&operation->variables, &right);
    bg_set_intersect(&left, &right);
    bg_set_unite(set, &left);
    return;
  case BG_OPERATION_GROUP:
    return; // keys and aggregates may be errors
  case BG_OPERATION_GRAPH:
    add_place(&operation->name, set);
    break;
  case BG_OPERATION_LEFT_JOIN:
  case BG_OPERATION_MINUS:
  case BG_OPERATION_FILTER:
  case BG_OPERATION_EXTEND:
  case BG_OPERATION_SERVICE:
  case BG_OPERATION_ORDER:
  case BG_OPERATION_DISTINCT:
  case BG_OPERATION_REDUCED:
  case BG_OPERATION_SLICE:
    break;
  }
  bg_scope_certain(operation->left, arena, set);
}

void
bg_scope_expression(const bg_expression *expression, bg_variable_set *set)
{
  if (expression == NULL) {
    return;
  }
  if (expression->kind == BG_EXPRESSION_VARIABLE) {
    bg_set_add(set, expression->variable);
  }
  if (expression->operation != NULL) {
    bg_scope_possible(expression->operation, set);
  }
  for (size_t i = 0; i < expression->argument_count; i++) {
    bg_scope_expression(expression->arguments[i], set);
  }
}

// ---- transparency ----------------------------------------------------------

/// Whether an expression inside sees the same whether `bound` is bound around
/// it or not: what it looks at is either bound inside for certain or not bound
/// outside.
static bool
is_blind_to(const bg_expression *expression, const bg_operation *inside,
            const bg_variable_set *bound, bg_arena *arena)
{
  bg_variable_set seen = new_like(bound, arena);
  bg_variable_set certain = new_like(bound, arena);
  bg_scope_expression(expression, &seen);
  bg_set_intersect(&seen, bound);
  bg_scope_certain(inside, arena, &certain);
  return bg_set_holds(&certain, &seen);
}

static bool
is_transparent_left_join(const bg_operation *operation,
                         const bg_variable_set *bound, bg_arena *arena)
{
  // What the optional part may bind must not be bound outside, unless the other
  // part binds it for certain.
  bg_variable_set optional = new_like(bound, arena);
  bg_variable_set certain = new_like(bound, arena);
  bg_scope_possible(operation->right, &optional);
  bg_scope_expression(operation->expression, &optional);
  bg_set_intersect(&optional, bound);
  bg_scope_certain(operation->left, arena, &certain);
  return bg_set_holds(&certain, &optional) &&
         bg_scope_is_transparent(operation->left, bound, arena) &&
         bg_scope_is_transparent(operation->right, bound, arena);
}

bool
bg_scope_is_transparent(const bg_operation *operation,
                        const bg_variable_set *bound, bg_arena *arena)
{
  if (operation == NULL) {
    return true;
  }
  switch (operation->kind) {
  case BG_OPERATION_TRIPLES:
  case BG_OPERATION_VALUES:
    return true;
  case BG_OPERATION_JOIN:
  case BG_OPERATION_UNION:
    return bg_scope_is_transparent(operation->left, bound, arena) &&
           bg_scope_is_transparent(operation->right, bound, arena);
  case BG_OPERATION_LEFT_JOIN:
    return is_transparent_left_join(operation, bound, arena);
  case BG_OPERATION_FILTER:
    return is_blind_to(operation->expression, operation->left, bound, arena) &&
           bg_scope_is_transparent(operation->left, bound, arena);
  case BG_OPERATION_EXTEND:
    return !bg_set_has(bound, operation->variable) &&
           is_blind_to(operation->expression, operation->left, bound, arena) &&
           bg_scope_is_transparent(operation->left, bound, arena);
  case BG_OPERATION_GRAPH:
    return bg_scope_is_transparent(operation->left, bound, arena);
  case BG_OPERATION_MINUS:
  case BG_OPERATION_SERVICE:
  case BG_OPERATION_GROUP:
  case BG_OPERATION_ORDER:
  case BG_OPERATION_PROJECT:
  case BG_OPERATION_DISTINCT:
  case BG_OPERATION_REDUCED:
  case BG_OPERATION_SLICE:
    return false;
  }
  return false;
}

bool
bg_scope_needs_one_graph(const bg_operation *operation)
{
  if (operation == NULL) {
    return true; // a solution for each graph
  }
  if (operation->kind == BG_OPERATION_JOIN ||
      operation->kind == BG_OPERATION_UNION) {
    return bg_scope_needs_one_graph(operation->left) ||
           bg_scope_needs_one_graph(operation->right);
  }
  bool has_path = false;
  for (size_t i = 0; i < operation->triples.count; i++) {
    has_path = has_path || operation->triples.items[i].path != NULL;
  }
  return operation->kind != BG_OPERATION_TRIPLES || has_path ||
         operation->triples.count == 0;
}
