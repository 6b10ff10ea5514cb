/// Queries: from the text to the answer.

#include "sparql/graph_answer.h"
#include "sparql/parser.h"
#include "sparql/redland_query.h"
#include "sparql/results.h"
#include "sparql/scope.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  bg_engine engine;
  bg_arena *arena; // of the query
  bg_query query;
  bg_query_plan plan;
  const bg_query_options *options;
  FILE *out;
} answering;

// ---- the dataset (section 13.2) --------------------------------------------

static bg_status
set_graphs(bg_engine *engine, const bg_term_list *from, bg_ids *to)
{
  for (size_t i = 0; i < from->count; i++) {
    void *items = to->items;
    BG_TRY(bg_engine_resize(engine, &items, to->capacity * sizeof *to->items,
                            (to->count + 1) * sizeof *to->items));
    to->items = items;
    to->capacity = to->count + 1;
    BG_TRY(bg_engine_id(engine, &from->items[i], &to->items[to->count]));
    to->count++;
  }
  return BG_OK;
}

bg_status
bg_dataset_set(bg_engine *engine, bool is_union, const bg_term_list *from,
               const bg_term_list *from_named)
{
  bool is_given = from->count > 0 || from_named->count > 0;
  engine->dataset.is_union = is_union;
  engine->dataset.has_defaults = is_given;
  engine->dataset.has_named = is_given;
  BG_TRY(set_graphs(engine, from, &engine->dataset.defaults));
  return set_graphs(engine, from_named, &engine->dataset.named);
}

void
bg_engine_limit(bg_engine *engine, const bg_query_options *options)
{
  engine->most_memory = options->memory;
  engine->is_stopped = options->is_stopped;
  if (options->timeout > 0) {
    double whole = (double)(time_t)options->timeout;
    clock_gettime(CLOCK_MONOTONIC, &engine->deadline);
    engine->deadline.tv_sec += (time_t)whole;
    engine->deadline.tv_nsec += (long)((options->timeout - whole) * 1e9);
    if (engine->deadline.tv_nsec >= 1000000000) {
      engine->deadline.tv_nsec -= 1000000000;
      engine->deadline.tv_sec++;
    }
  }
}

// ---- rows ------------------------------------------------------------------

typedef struct {
  bg_term *items;
  size_t count;
  size_t capacity;
} cell_list;

static bg_status
collect_rows(answering *at, bg_results *results, cell_list *cells)
{
  bg_engine *engine = &at->engine;
  const bg_variable_list *shown = &at->query.shown;
  bg_id *row = BG_NEW_ARRAY(engine->arena, bg_id, engine->width + 1);
  bg_status status;
  while ((status = bg_solutions_next(at->plan.rows, row)) == BG_OK) {
    // Twice: the list leaves its old place behind when it grows.
    BG_TRY(bg_engine_claim(engine, 2 * shown->count * sizeof *cells->items));
    for (size_t i = 0; i < shown->count; i++) {
      bg_term term = {0};
      bg_id id = row[shown->items[i]];
      if (id != BG_NO_ID) {
        BG_TRY(bg_engine_term(engine, id, engine->arena, &term));
      }
      BG_PUSH(engine->arena, cells) = term;
    }
    results->row_count++;
  }
  results->cells = cells->items;
  return status == BG_END ? BG_OK : status;
}

static bg_status
answer_select(answering *at)
{
  const bg_variable_list *shown = &at->query.shown;
  const char *format = at->options->results;
  bg_results results = {.variable_count = shown->count};
  cell_list cells = {0};
  results.variables =
      BG_NEW_ARRAY(at->engine.arena, const char *, shown->count + 1);
  for (size_t i = 0; i < shown->count; i++) {
    results.variables[i] =
        bg_arena_copy(at->engine.arena,
                      at->query.variables.items[shown->items[i]])
            .bytes;
  }
  BG_TRY(collect_rows(at, &results, &cells));
  return bg_results_write(&results, format == NULL ? "table" : format, at->out,
                          at->engine.err);
}

static bg_status
answer_ask(answering *at)
{
  bg_engine *engine = &at->engine;
  const char *format = at->options->results;
  bg_id *row = BG_NEW_ARRAY(engine->arena, bg_id, engine->width + 1);
  bg_status status = bg_solutions_next(at->plan.rows, row);
  if (status > BG_END) {
    return status;
  }
  return bg_answer_write(status == BG_OK, format == NULL ? "table" : format,
                         at->out, engine->err);
}

// ---- graphs ----------------------------------------------------------------

static bg_status
answer_construct(answering *at)
{
  bg_engine *engine = &at->engine;
  const char *format = at->options->results;
  bg_id *row = BG_NEW_ARRAY(engine->arena, bg_id, engine->width + 1);
  bg_quad_set set;
  bg_status status;
  bg_quad_set_init(&set, engine);
  while ((status = bg_solutions_next(at->plan.rows, row)) == BG_OK) {
    engine->solution++;
    status = bg_quad_set_instantiate(&set, &at->query.construct, row, BG_NO_ID);
    if (status != BG_OK) {
      break;
    }
  }
  if (status == BG_END) {
    status =
        bg_quad_set_write(&set, format == NULL ? "turtle" : format, at->out);
  }
  bg_quad_set_release(&set);
  return status;
}

/// Adds a thing's statements, and those of the blank nodes in them: its concise
/// bounded description (https://www.w3.org/Submission/CBD/).
static bg_status
describe(bg_engine *engine, bg_id thing, bg_quad_set *set)
{
  bg_row_table things = {.engine = engine, .width = 1};
  size_t place;
  bool is_new;
  bg_status status = bg_row_table_put(&things, &thing, &place, &is_new);
  for (size_t i = 0; i < things.count && status == BG_OK; i++) {
    const bg_quad pattern = {.subject = *bg_row_table_row(&things, i)};
    bg_quads quads;
    bg_quad quad;
    status = bg_quads_open(engine, &pattern, BG_IN_DEFAULT, &quads);
    while (status == BG_OK &&
           (status = bg_quads_next(&quads, &quad)) == BG_OK) {
      bg_term object;
      quad.graph = BG_NO_ID;
      status = bg_quad_set_add(set, &quad);
      if (status == BG_OK) {
        status = bg_engine_term(engine, quad.object, engine->scratch, &object);
      }
      if (status == BG_OK && object.kind == BG_TERM_BLANK) {
        status = bg_row_table_put(&things, &quad.object, &place, &is_new);
      }
    }
    bg_quads_close(&quads);
    bg_arena_reset(engine->scratch);
    status = status == BG_END ? BG_OK : status;
  }
  bg_row_table_release(&things);
  return status;
}

static bg_status
describe_all(answering *at, bg_quad_set *set)
{
  bg_engine *engine = &at->engine;
  bg_id *row = BG_NEW_ARRAY(engine->arena, bg_id, engine->width + 1);
  bg_status status;
  for (size_t i = 0; i < at->query.described.count; i++) {
    bg_id id;
    BG_TRY(bg_engine_id(engine, &at->query.described.items[i], &id));
    BG_TRY(describe(engine, id, set));
  }
  if (at->query.shown.count == 0) {
    return BG_OK;
  }
  while ((status = bg_solutions_next(at->plan.rows, row)) == BG_OK) {
    for (size_t i = 0; i < at->query.shown.count; i++) {
      bg_id id = row[at->query.shown.items[i]];
      if (id != BG_NO_ID) {
        BG_TRY(describe(engine, id, set));
      }
    }
  }
  return status == BG_END ? BG_OK : status;
}

static bg_status
answer_describe(answering *at)
{
  const char *format = at->options->results;
  bg_quad_set set;
  bg_quad_set_init(&set, &at->engine);
  bg_status status = describe_all(at, &set);
  if (status == BG_OK) {
    status =
        bg_quad_set_write(&set, format == NULL ? "turtle" : format, at->out);
  }
  bg_quad_set_release(&set);
  return status;
}

// ---- all -------------------------------------------------------------------

static bg_status
write_answer(answering *at)
{
  switch (at->query.form) {
  case BG_QUERY_SELECT:
    return answer_select(at);
  case BG_QUERY_ASK:
    return answer_ask(at);
  case BG_QUERY_CONSTRUCT:
    return answer_construct(at);
  case BG_QUERY_DESCRIBE:
    return answer_describe(at);
  }
  return BG_OK;
}

/// Runs the plan for its counts.
static bg_status
explain(answering *at)
{
  bg_engine *engine = &at->engine;
  bg_id *row = BG_NEW_ARRAY(engine->arena, bg_id, engine->width + 1);
  bg_status status;
  do {
    status = bg_solutions_next(at->plan.rows, row);
  } while (status == BG_OK);
  bg_plan_print(&at->plan, at->out);
  return status == BG_END ? BG_OK : status;
}

static bg_status
run(answering *at)
{
  bg_engine *engine = &at->engine;
  bg_engine_limit(engine, at->options);
  BG_TRY(bg_dataset_set(engine, at->options->is_union, &at->query.from,
                        &at->query.from_named));
  BG_TRY(bg_plan(engine, at->query.where, &at->plan));
  const bg_id *nothing = BG_NEW_ARRAY(engine->arena, bg_id, engine->width + 1);
  BG_TRY(bg_solutions_open(at->plan.rows, nothing));
  return at->options->explains ? explain(at) : write_answer(at);
}

static bg_parser_options
parser_options(const bg_query_options *options)
{
  return (bg_parser_options){.base = options->base,
                             .has_prefixes = options->has_prefixes};
}

bg_status
bg_query_run(bg_store *store, bg_view query, const bg_query_options *options,
             FILE *out, bg_error *err)
{
  if (options->engine == BG_ENGINE_RASQAL) {
    return bg_rasqal_run(store, query, options, out, err);
  }
  const bg_parser_options parsing = parser_options(options);
  answering at = {.arena = bg_arena_new(), .options = options, .out = out};
  bg_status status = bg_query_parse(query, &parsing, at.arena, &at.query, err);
  if (status == BG_OK) {
    status = bg_engine_check_width(at.query.variables.count, err);
  }
  if (status == BG_OK) {
    bg_engine_init(&at.engine, store, at.query.variables.count, err);
    status = run(&at);
    bg_plan_close(&at.plan);
    bg_engine_release(&at.engine);
  }
  bg_arena_free(at.arena);
  return status;
}

bg_status
bg_sparql_check(bg_view text, bool is_update, const bg_query_options *options,
                bg_error *err)
{
  const bg_parser_options parsing = parser_options(options);
  bg_arena *arena = bg_arena_new();
  bg_query query;
  bg_update update;
  bg_status status = is_update
                         ? bg_update_parse(text, &parsing, arena, &update, err)
                         : bg_query_parse(text, &parsing, arena, &query, err);
  bg_arena_free(arena);
  return status;
}
