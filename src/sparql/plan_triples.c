/// The order of a basic graph pattern's triples: what is known to be few comes
/// first, by the store's own counts.

#include "sparql/plan.h"

enum {
  most_counted = 20000, // quads, to learn how many fit
  most_weighed = 300,   // triples; more are taken in the order of the text
};

static const double least_reached = 200;

/// What the store knows of one triple pattern.
typedef struct {
  const bg_triple *triple;
  bg_variable_set variables;
  double matches;  // with its terms alone
  double subjects; // distinct ones
  double objects;
  bool is_placed;
} candidate;

// ---- counting --------------------------------------------------------------

static bg_status
find_id(bg_planner *planner, const bg_var_or_term *place, bool *is_known,
        bg_id *id)
{
  *id = BG_NO_ID;
  if (place->is_variable) {
    return BG_OK;
  }
  BG_TRY(bg_store_find_id(planner->engine->store, &place->term, id,
                          planner->engine->err));
  *is_known = *is_known && *id != BG_NO_ID;
  return BG_OK;
}

/// How many quads fit, counted up to a limit.
static bg_status
count_quads(bg_planner *planner, const bg_quad *quad, double *count)
{
  const bg_pattern pattern = {.quad = *quad};
  bg_scan *scan;
  bg_quad found;
  bg_status status;
  size_t counted = 0;
  BG_TRY(bg_store_scan(planner->engine->store, &pattern, &scan,
                       planner->engine->err));
  while ((status = bg_scan_next(scan, &found, planner->engine->err)) == BG_OK &&
         counted < most_counted) {
    counted++;
  }
  bg_scan_free(scan);
  *count = (double)counted;
  return status == BG_END ? BG_OK : status;
}

/// A path is weighed by the quads of its first predicate.
static bg_status
weigh_path(bg_planner *planner, candidate *each)
{
  const bg_path *path = each->triple->path;
  bg_store *store = planner->engine->store;
  bg_predicate_counts counts;
  bg_id predicate;
  while (path->left != NULL) {
    path = path->left;
  }
  if (path->kind != BG_PATH_IRI) {
    return BG_OK;
  }
  BG_TRY(bg_store_find_id(store, &path->iri, &predicate, planner->engine->err));
  BG_TRY(bg_store_count_predicate(store, predicate, &counts,
                                  planner->engine->err));
  each->matches = (double)counts.quads;
  return BG_OK;
}

static bg_status
weigh_triple(bg_planner *planner, candidate *each)
{
  const bg_triple *triple = each->triple;
  bg_store *store = planner->engine->store;
  bg_error *err = planner->engine->err;
  bg_quad quad = {0};
  bool is_known = true;
  bg_store_counts all;
  BG_TRY(bg_store_count(store, &all, err));
  each->matches = (double)all.quads;
  each->subjects = each->objects = (double)all.terms / 3 + 1;
  if (triple->path != NULL) {
    return weigh_path(planner, each);
  }
  BG_TRY(find_id(planner, &triple->subject, &is_known, &quad.subject));
  BG_TRY(find_id(planner, &triple->predicate, &is_known, &quad.predicate));
  BG_TRY(find_id(planner, &triple->object, &is_known, &quad.object));
  if (!is_known) {
    each->matches = 0;
    return BG_OK;
  }
  if (quad.predicate != BG_NO_ID) {
    bg_predicate_counts counts;
    BG_TRY(bg_store_count_predicate(store, quad.predicate, &counts, err));
    each->matches = (double)counts.quads;
    each->subjects = (double)counts.subjects + 1e-9;
    each->objects = (double)counts.objects + 1e-9;
  }
  if (quad.subject == BG_NO_ID && quad.object == BG_NO_ID) {
    return BG_OK;
  }
  double counted;
  double evenly = quad.subject != BG_NO_ID ? each->matches / each->subjects
                                           : each->matches / each->objects;
  BG_TRY(count_quads(planner, &quad, &counted));
  each->matches =
      counted >= most_counted && evenly > counted ? evenly : counted;
  return BG_OK;
}

// ---- weighing --------------------------------------------------------------

static bool
is_bound(const bg_var_or_term *place, const bg_variable_set *bound)
{
  return place->is_variable && bg_set_has(bound, place->variable);
}

/// How many rows an opening gives, and what it costs.
static void
estimate(const candidate *each, const bg_variable_set *bound, double *rows,
         double *cost)
{
  const bg_triple *triple = each->triple;
  bool has_subject =
      !triple->subject.is_variable || is_bound(&triple->subject, bound);
  bool has_object =
      !triple->object.is_variable || is_bound(&triple->object, bound);
  if (triple->path != NULL) {
    double reached = each->matches / 10;
    reached = reached < least_reached ? least_reached : reached;
    *rows = has_subject && has_object   ? 0.5
            : has_subject || has_object ? reached
                                        : each->matches * 10;
    *cost = has_subject || has_object ? BG_COST_OF_WALKING
                                      : each->matches * BG_COST_OF_WALKING;
    return;
  }
  double fits = each->matches;
  if (is_bound(&triple->subject, bound)) {
    fits /= each->subjects;
  }
  if (is_bound(&triple->object, bound)) {
    fits /= each->objects;
  }
  if (is_bound(&triple->predicate, bound)) {
    fits /= 10;
  }
  *rows = fits;
  *cost = BG_COST_OF_ASKING + fits * BG_COST_OF_ROW;
}

/// The next one: that with the fewest rows, but for those that have nothing in
/// common with what is there.
static candidate *
choose(candidate *candidates, size_t count, const bg_variable_set *bound,
       bool is_first)
{
  candidate *best = NULL;
  double best_weight = 0;
  for (size_t i = 0; i < count; i++) {
    candidate *each = &candidates[i];
    double rows;
    double cost;
    if (each->is_placed) {
      continue;
    }
    estimate(each, bound, &rows, &cost);
    bool is_connected = is_first || bg_set_meets(&each->variables, bound);
    double weight = (rows + cost * 0.01) * (is_connected ? 1 : 1e6);
    if (best == NULL || weight < best_weight) {
      best = each;
      best_weight = weight;
    }
  }
  return best;
}

// ---- placing ---------------------------------------------------------------

static bg_status
make_rows(bg_planner *planner, const bg_triple *triple, bg_solutions **rows)
{
  return triple->path != NULL
             ? bg_solutions_path(planner->engine, triple, &planner->scope, rows)
             : bg_solutions_triple(planner->engine, triple, &planner->scope,
                                   rows);
}

/// The triple's matches as a table that is made once.
static bg_solutions *
look_up(bg_planner *planner, const candidate *each, bg_solutions *rows,
        const bg_variable_set *bound)
{
  bg_arena *arena = planner->engine->arena;
  bg_variable_set stored = bg_set_new(arena, planner->engine->width);
  bg_set_unite(&stored, &each->variables);
  bg_variable_set keys = bg_set_new(arena, planner->engine->width);
  bg_set_unite(&keys, &each->variables);
  bg_set_intersect(&keys, bound);
  if (planner->scope.kind == BG_SCOPE_NAME && planner->scope.name.is_variable) {
    bg_set_add(&stored, planner->scope.name.variable);
  }
  return bg_solutions_lookup(
      planner->engine, rows, bg_set_list(&stored, arena),
      bg_set_list(&keys, arena),
      planner->scope.kind == BG_SCOPE_CELL ? planner->scope.cell : NULL);
}

static bg_status
place_triple(bg_planner *planner, candidate *each, bg_binding *bound,
             bool is_first, bg_plan_step *step)
{
  double rows;
  double cost;
  bg_solutions *made;
  each->is_placed = true;
  estimate(each, &bound->certain, &rows, &cost);
  BG_TRY(make_rows(planner, each->triple, &made));
  made->estimated = rows;
  double asking = step->rows_out * cost;
  double keeping =
      each->matches * (BG_COST_OF_ROW + BG_COST_OF_KEEPING) +
      step->rows_out * (BG_COST_OF_KEEPING + rows * BG_COST_OF_ROW);
  if (!is_first && each->triple->path == NULL && keeping < asking &&
      bg_set_meets(&each->variables, &bound->certain)) {
    made = look_up(planner, each, made, &bound->certain);
    made->estimated = rows;
    asking = keeping;
  }
  step->cost += asking;
  step->rows_out *= rows;
  step->rows =
      is_first ? made : bg_solutions_nested(planner->engine, step->rows, made);
  step->rows->estimated = step->rows_out;
  bg_set_unite(&bound->possible, &each->variables);
  bg_set_unite(&bound->certain, &each->variables);
  return BG_OK;
}

static bg_status
place_filters(bg_planner *planner, const bg_filters *filters,
              const bg_binding *bound, bg_plan_step *step)
{
  for (size_t i = 0; i < filters->count; i++) {
    bg_filter *filter = &filters->items[i];
    if (!filter->is_placed && bg_set_holds(&bound->certain, &filter->seen)) {
      BG_TRY(bg_plan_filter(planner, filter, bound, step));
    }
  }
  return BG_OK;
}

static bool
is_unit(const bg_plan_step *step)
{
  return step->cost == 0 && step->rows->children[0] == NULL &&
         step->rows_out == 1;
}

bg_status
bg_plan_triples(bg_planner *planner, const bg_triples *triples,
                const bg_filters *filters, const bg_binding *outside,
                bg_plan_step *step)
{
  bg_arena *arena = planner->engine->arena;
  size_t width = planner->engine->width;
  candidate *candidates = BG_NEW_ARRAY(arena, candidate, triples->count + 1);
  bg_binding bound = {bg_set_new(arena, width), bg_set_new(arena, width)};
  bg_set_unite(&bound.possible, &outside->possible);
  bg_set_unite(&bound.certain, &outside->certain);
  for (size_t i = 0; i < triples->count; i++) {
    candidates[i].triple = &triples->items[i];
    candidates[i].variables = bg_set_new(arena, width);
    bg_scope_triple(candidates[i].triple, &candidates[i].variables);
    if (triples->count <= most_weighed) {
      BG_TRY(weigh_triple(planner, &candidates[i]));
    }
  }
  bool is_first = is_unit(step);
  for (size_t i = 0; i < triples->count; i++) {
    candidate *next =
        choose(candidates, triples->count, &bound.certain, is_first && i == 0);
    BG_TRY(place_triple(planner, next, &bound, is_first && i == 0, step));
    BG_TRY(place_filters(planner, filters, &bound, step));
  }
  return BG_OK;
}
