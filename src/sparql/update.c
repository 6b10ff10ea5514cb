/// SPARQL 1.1 Update (https://www.w3.org/TR/sparql11-update/).

#include "sparql/graph_answer.h"
#include "sparql/parser.h"

#include <string.h>

typedef struct {
  bg_store *store;
  const bg_query_options *options;
  const bg_update *update;
  bg_error *err;
} updating;

// ---- quads into and out of the store ---------------------------------------

typedef bg_status change(bg_store *store, const bg_statement *statement,
                         bg_error *err);

static bg_status
change_all(const bg_quad_set *set, change *how)
{
  bg_engine *engine = set->engine;
  bg_arena *arena = bg_arena_new();
  bg_status status = BG_OK;
  for (size_t i = 0; i < set->quads.count && status == BG_OK; i++) {
    const bg_id *ids = bg_row_table_row(&set->quads, i);
    bg_statement read;
    bg_term *terms[] = {&read.subject, &read.predicate, &read.object,
                        &read.graph};
    for (size_t part = 0; part < 4 && status == BG_OK; part++) {
      bg_term term = {0};
      if (ids[part] != BG_NO_ID) {
        status = bg_engine_term(engine, ids[part], arena, &term);
      }
      // The store moves when it is written to.
      *terms[part] = bg_term_copy(arena, &term);
    }
    if (status == BG_OK) {
      status = how(engine->store, &read, engine->err);
    }
    bg_arena_reset(arena);
  }
  bg_arena_free(arena);
  return status;
}

// ---- INSERT DATA, DELETE DATA (3.1.1, 3.1.2) -------------------------------

static bg_status
change_data(updating *at, const bg_template *data, change *how)
{
  bg_engine engine;
  bg_quad_set set;
  bg_engine_init(&engine, at->store, at->update->variables.count, at->err);
  bg_quad_set_init(&set, &engine);
  const bg_id *nothing = BG_NEW_ARRAY(engine.arena, bg_id, engine.width + 1);
  bg_status status = bg_quad_set_instantiate(&set, data, nothing, BG_NO_ID);
  if (status == BG_OK) {
    status = change_all(&set, how);
  }
  bg_quad_set_release(&set);
  bg_engine_release(&engine);
  return status;
}

// ---- DELETE/INSERT (3.1.3) -------------------------------------------------

/// All solutions are found before anything changes.
static bg_status
find_changes(updating *at, const bg_update_step *step, bg_engine *engine,
             bg_quad_set *deleted, bg_quad_set *inserted)
{
  bg_query_plan plan = {0};
  bg_id with = BG_NO_ID;
  bg_id *row = BG_NEW_ARRAY(engine->arena, bg_id, engine->width + 1);
  const bg_id *nothing = BG_NEW_ARRAY(engine->arena, bg_id, engine->width + 1);
  bg_term_list with_graph = {0};
  bool has_using = step->using_graphs.count > 0 || step->using_named.count > 0;
  if (step->has_with) {
    BG_TRY(bg_engine_id(engine, &step->with, &with));
    BG_PUSH(engine->arena, &with_graph) = step->with;
  }
  BG_TRY(bg_dataset_set(engine, at->options->is_union,
                        has_using ? &step->using_graphs : &with_graph,
                        &step->using_named));
  // WITH sets the default graph alone: all named graphs stay.
  engine->dataset.has_named = has_using;
  bg_status status = bg_plan(engine, step->where, &plan);
  if (status == BG_OK) {
    status = bg_solutions_open(plan.rows, nothing);
  }
  while (status == BG_OK &&
         (status = bg_solutions_next(plan.rows, row)) == BG_OK) {
    engine->solution++;
    status = bg_quad_set_instantiate(deleted, &step->deleted, row, with);
    if (status == BG_OK) {
      status = bg_quad_set_instantiate(inserted, &step->inserted, row, with);
    }
  }
  bg_plan_close(&plan);
  return status == BG_END ? BG_OK : status;
}

static bg_status
modify(updating *at, const bg_update_step *step)
{
  bg_engine engine;
  bg_quad_set deleted;
  bg_quad_set inserted;
  bg_engine_init(&engine, at->store, at->update->variables.count, at->err);
  bg_engine_limit(&engine, at->options);
  bg_quad_set_init(&deleted, &engine);
  bg_quad_set_init(&inserted, &engine);
  bg_status status = find_changes(at, step, &engine, &deleted, &inserted);
  if (status == BG_OK) {
    status = change_all(&deleted, bg_store_remove);
  }
  if (status == BG_OK) {
    status = change_all(&inserted, bg_store_add);
  }
  bg_quad_set_release(&deleted);
  bg_quad_set_release(&inserted);
  bg_engine_release(&engine);
  return status;
}

// ---- graph management (3.2) ------------------------------------------------

typedef struct {
  bg_id *items;
  size_t count;
  size_t capacity;
  bg_arena *arena;
} id_list;

static bg_status
note_graph(void *context, bg_id graph, uint64_t quads, bg_error *err)
{
  (void)quads;
  (void)err;
  id_list *list = context;
  BG_PUSH(list->arena, list) = graph;
  return BG_OK;
}

static bg_status
remove_one(updating *at, bg_id graph)
{
  bg_arena *arena = bg_arena_new();
  bg_term term = {0};
  bg_status status = BG_OK;
  if (graph != BG_NO_ID) {
    status = bg_store_find_term(at->store, graph, arena, &term, at->err);
  }
  if (status == BG_OK) {
    term = bg_term_copy(arena, &term);
    status = bg_store_remove_graph(at->store, &term, at->err);
  }
  bg_arena_free(arena);
  return status;
}

static bg_status
graph_exists(updating *at, const bg_term *graph, bool *exists)
{
  bg_pattern pattern = {.in_graph = true};
  bg_scan *scan;
  bg_quad quad;
  *exists = false;
  BG_TRY(bg_store_find_id(at->store, graph, &pattern.quad.graph, at->err));
  if (pattern.quad.graph == BG_NO_ID) {
    return BG_OK;
  }
  BG_TRY(bg_store_scan(at->store, &pattern, &scan, at->err));
  bg_status status = bg_scan_next(scan, &quad, at->err);
  bg_scan_free(scan);
  *exists = status == BG_OK;
  return status == BG_END ? BG_OK : status;
}

/// CLEAR and DROP: a graph without quads is none in a store of quads.
static bg_status
clear(updating *at, const bg_graphs *target)
{
  if (target->kind == BG_GRAPHS_ONE) {
    return bg_store_remove_graph(at->store, &target->iri, at->err);
  }
  id_list graphs = {.arena = bg_arena_new()};
  bg_status status =
      bg_store_each_graph(at->store, note_graph, &graphs, at->err);
  for (size_t i = 0; i < graphs.count && status == BG_OK; i++) {
    bool is_default = graphs.items[i] == BG_NO_ID;
    if (target->kind == BG_GRAPHS_ALL ||
        (target->kind == BG_GRAPHS_DEFAULT) == is_default) {
      status = remove_one(at, graphs.items[i]);
    }
  }
  bg_arena_free(graphs.arena);
  return status;
}

static bg_status
fail_step(const updating *at, const bg_update_step *step, const char *what,
          const bg_term *graph)
{
  return bg_error_set(
      at->err, BG_REFUSED, "line %zu, column %zu: %s: graph <%.*s>",
      step->place.line, step->place.column, what, BG_VIEW_ARGS(graph->text));
}

static bg_status
check_exists(updating *at, const bg_update_step *step, const bg_graphs *graphs,
             bool must_exist)
{
  bool exists;
  if (graphs->kind != BG_GRAPHS_ONE || step->is_silent) {
    return BG_OK;
  }
  BG_TRY(graph_exists(at, &graphs->iri, &exists));
  return exists == must_exist
             ? BG_OK
             : fail_step(at, step,
                         must_exist ? "there is none" : "it is there already",
                         &graphs->iri);
}

typedef struct {
  bg_statement *items;
  size_t count;
  size_t capacity;
  bg_arena *arena;
} statement_list;

static bg_status
note_statement(void *context, const bg_statement *statement, bg_error *err)
{
  (void)err;
  statement_list *list = context;
  BG_PUSH(list->arena, list) = (bg_statement){
      .subject = bg_term_copy(list->arena, &statement->subject),
      .predicate = bg_term_copy(list->arena, &statement->predicate),
      .object = bg_term_copy(list->arena, &statement->object),
      .graph = bg_term_copy(list->arena, &statement->graph)};
  return BG_OK;
}

static bool
is_in_default(const bg_graphs *graphs)
{
  return graphs->kind != BG_GRAPHS_ONE;
}

/// COPY, MOVE and ADD (3.2.3 to 3.2.5).
static bg_status
transfer(updating *at, const bg_update_step *step)
{
  const bg_graphs *from = &step->from;
  const bg_graphs *to = &step->target;
  bool is_same =
      is_in_default(from) == is_in_default(to) &&
      (is_in_default(from) || bg_view_is_equal(from->iri.text, to->iri.text));
  BG_TRY(check_exists(at, step, from, true));
  if (is_same) {
    return BG_OK;
  }
  statement_list found = {.arena = bg_arena_new()};
  const bg_statement pattern = {.graph = from->iri};
  bg_status status =
      is_in_default(from)
          ? bg_store_find_default(at->store, note_statement, &found, at->err)
          : bg_store_find(at->store, &pattern, note_statement, &found, at->err);
  if (status == BG_OK && step->kind != BG_UPDATE_ADD) {
    status = clear(at, to);
  }
  if (status == BG_OK && step->kind == BG_UPDATE_MOVE) {
    status = clear(at, from);
  }
  for (size_t i = 0; i < found.count && status == BG_OK; i++) {
    found.items[i].graph = is_in_default(to) ? (bg_term){0} : to->iri;
    status = bg_store_add(at->store, &found.items[i], at->err);
  }
  bg_arena_free(found.arena);
  return status;
}

// ---- requests --------------------------------------------------------------

static bg_status
run_step(updating *at, const bg_update_step *step)
{
  switch (step->kind) {
  case BG_UPDATE_INSERT_DATA:
    return change_data(at, &step->inserted, bg_store_add);
  case BG_UPDATE_DELETE_DATA:
    return change_data(at, &step->deleted, bg_store_remove);
  case BG_UPDATE_MODIFY:
    return modify(at, step);
  case BG_UPDATE_LOAD:
    return step->is_silent
               ? BG_OK
               : bg_error_set(at->err, BG_REFUSED,
                              "line %zu, column %zu: an update cannot open "
                              "files or connections: LOAD",
                              step->place.line, step->place.column);
  case BG_UPDATE_CLEAR:
  case BG_UPDATE_DROP:
    BG_TRY(check_exists(at, step, &step->target, true));
    return clear(at, &step->target);
  case BG_UPDATE_CREATE:
    return check_exists(at, step, &step->target, false);
  case BG_UPDATE_COPY:
  case BG_UPDATE_MOVE:
  case BG_UPDATE_ADD:
    return transfer(at, step);
  }
  return BG_OK;
}

bg_status
bg_update_run(bg_store *store, bg_view text, const bg_query_options *options,
              bg_error *err)
{
  const bg_parser_options parsing = {.base = options->base,
                                     .has_prefixes = options->has_prefixes};
  bg_update update = {0};
  bg_arena *arena = bg_arena_new();
  updating at = {store, options, &update, err};
  bg_status status = bg_update_parse(text, &parsing, arena, &update, err);
  if (status == BG_OK) {
    status = bg_engine_check_width(update.variables.count, err);
  }
  for (size_t i = 0; i < update.count && status == BG_OK; i++) {
    status = run_step(&at, &update.steps[i]);
  }
  if (status == BG_OK) {
    status = bg_store_commit(store, err);
  } else {
    bg_store_abort(store);
  }
  bg_arena_free(arena);
  return status;
}
