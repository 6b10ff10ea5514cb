#include "sparql/engine.h"
#include "sparql/literal.h"

#include "base/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  local_kind = 15, // of an id, in the upper four bits; the store has others
  first_slots = 256,
  looked_after = 4096, // steps, at the clock
  most_variables = 10000,
};

#define LOCAL_BIT ((bg_id)local_kind << 60)

struct bg_local_term {
  bg_term term;
  uint64_t hash;
};

// ---- life ------------------------------------------------------------------

/// xsd:dateTime in UTC, in milliseconds.
static bg_view
format_now(bg_arena *arena)
{
  struct timespec now;
  struct tm parts;
  char text[64];
  clock_gettime(CLOCK_REALTIME, &now);
  gmtime_r(&now.tv_sec, &parts);
  size_t size = strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  return bg_arena_format(arena, "%.*s.%03dZ", (int)size, text,
                         (int)(now.tv_nsec / 1000000));
}

bg_status
bg_engine_check_width(size_t width, bg_error *err)
{
  return width <= most_variables
             ? BG_OK
             : bg_error_set(err, BG_REFUSED,
                            "the request has %zu variables; at most %d are "
                            "worked with",
                            width, most_variables);
}

void
bg_engine_init(bg_engine *engine, bg_store *store, size_t width, bg_error *err)
{
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  *engine = (bg_engine){
      .store = store,
      .arena = bg_arena_new(),
      .scratch = bg_arena_new(),
      .err = err,
      .width = width,
      .random_state = (uint64_t)now.tv_nsec << 32 ^ (uint64_t)now.tv_sec,
  };
  engine->now = format_now(engine->arena);
  engine->fresh = bg_store_fresh_number(store);
  engine->blank_number = engine->fresh << 24;
}

void
bg_engine_release(bg_engine *engine)
{
  free(engine->locals);
  free(engine->local_slots);
  free(engine->dataset.defaults.items);
  free(engine->dataset.named.items);
  bg_arena_free(engine->arena);
  bg_arena_free(engine->scratch);
  bg_arena_free(engine->spare);
}

// ---- limits ----------------------------------------------------------------

static bg_status
look_at_clock(bg_engine *engine)
{
  struct timespec now;
  engine->steps = looked_after;
  if (engine->is_stopped != NULL && engine->is_stopped()) {
    return bg_error_set(engine->err, BG_REFUSED, "the query was stopped");
  }
  if (engine->deadline.tv_sec == 0) {
    return BG_OK;
  }
  clock_gettime(CLOCK_MONOTONIC, &now);
  bool is_late = now.tv_sec > engine->deadline.tv_sec ||
                 (now.tv_sec == engine->deadline.tv_sec &&
                  now.tv_nsec >= engine->deadline.tv_nsec);
  return is_late ? bg_error_set(engine->err, BG_REFUSED,
                                "the query took longer than it may")
                 : BG_OK;
}

bg_status
bg_engine_step(bg_engine *engine)
{
  return engine->steps-- > 0 ? BG_OK : look_at_clock(engine);
}

bg_status
bg_engine_claim(bg_engine *engine, size_t size)
{
  if (engine->most_memory > 0 && engine->memory + size > engine->most_memory) {
    return bg_error_set(engine->err, BG_REFUSED,
                        "the query needs more memory than it may");
  }
  engine->memory += size;
  return BG_OK;
}

bg_status
bg_engine_resize(bg_engine *engine, void **memory, size_t before, size_t after)
{
  BG_TRY(bg_engine_claim(engine, after - before));
  void *resized = realloc(*memory, after == 0 ? 1 : after);
  if (resized == NULL) {
    engine->memory -= after - before;
    return bg_error_set(engine->err, BG_FAILED, "no memory for the query");
  }
  *memory = resized;
  return BG_OK;
}

void
bg_engine_free(bg_engine *engine, void *memory, size_t size)
{
  free(memory);
  engine->memory -= size;
}

// ---- terms -----------------------------------------------------------------

bool
bg_id_is_local(bg_id id)
{
  return id >> 60 == local_kind;
}

static uint64_t
hash_term(const bg_term *term)
{
  return bg_hash(term->text) ^ (bg_hash(term->datatype) << 1) ^
         (bg_hash(term->language) << 2) ^ (uint64_t)term->kind;
}

/// The slot that has the term, or the free one where it would go.
static uint32_t *
find_slot(const bg_engine *engine, const bg_term *term, uint64_t hash)
{
  size_t mask = engine->local_slot_count - 1;
  size_t at = (size_t)hash & mask;
  for (;;) {
    uint32_t *slot = &engine->local_slots[at];
    const struct bg_local_term *local = &engine->locals[*slot - 1];
    if (*slot == 0 ||
        (local->hash == hash && bg_term_is_same(&local->term, term))) {
      return slot;
    }
    at = (at + 1) & mask;
  }
}

static bg_status
grow_locals(bg_engine *engine)
{
  size_t slots = engine->local_slot_count;
  size_t capacity = engine->local_capacity;
  size_t more = capacity == 0 ? first_slots / 2 : capacity * 2;
  void *locals = engine->locals;
  BG_TRY(bg_engine_resize(engine, &locals, capacity * sizeof *engine->locals,
                          more * sizeof *engine->locals));
  engine->locals = locals;
  engine->local_capacity = more;
  void *table = engine->local_slots;
  BG_TRY(bg_engine_resize(engine, &table, slots * sizeof(uint32_t),
                          2 * more * sizeof(uint32_t)));
  engine->local_slots = table;
  engine->local_slot_count = 2 * more;
  memset(engine->local_slots, 0, 2 * more * sizeof(uint32_t));
  for (size_t i = 0; i < engine->local_count; i++) {
    *find_slot(engine, &engine->locals[i].term, engine->locals[i].hash) =
        (uint32_t)(i + 1);
  }
  return BG_OK;
}

/// The term with its language as the store has it: in lower case.
static bg_term
fold_language(bg_engine *engine, const bg_term *term)
{
  bg_term folded = *term;
  for (size_t i = 0; i < term->language.size; i++) {
    if (bg_is_upper(term->language.bytes[i])) {
      char *bytes = bg_arena_allocate(engine->arena, term->language.size);
      for (size_t at = 0; at < term->language.size; at++) {
        bytes[at] = bg_to_lower(term->language.bytes[at]);
      }
      folded.language = (bg_view){bytes, term->language.size};
      break;
    }
  }
  return folded;
}

bg_status
bg_engine_id(bg_engine *engine, const bg_term *given, bg_id *id)
{
  BG_TRY(bg_store_find_id(engine->store, given, id, engine->err));
  if (*id != BG_NO_ID || given->kind == BG_TERM_NONE) {
    return BG_OK;
  }
  const bg_term folded = fold_language(engine, given);
  const bg_term *term = &folded;
  if (engine->local_count == engine->local_capacity) {
    BG_TRY(grow_locals(engine));
  }
  uint64_t hash = hash_term(term);
  uint32_t *slot = find_slot(engine, term, hash);
  if (*slot == 0) {
    BG_TRY(bg_engine_claim(engine, term->text.size));
    engine->locals[engine->local_count] =
        (struct bg_local_term){bg_term_copy(engine->arena, term), hash};
    *slot = (uint32_t)++engine->local_count;
  }
  *id = LOCAL_BIT | (*slot - 1);
  return BG_OK;
}

bg_status
bg_engine_term(bg_engine *engine, bg_id id, bg_arena *arena, bg_term *term)
{
  if (bg_id_is_local(id)) {
    *term = engine->locals[id & ~LOCAL_BIT].term;
    return BG_OK;
  }
  return bg_store_find_term(engine->store, id, arena, term, engine->err);
}

// ---- expressions -----------------------------------------------------------

typedef struct {
  bg_engine *engine;
  const bg_id *row;
  bg_status status;
} row_context;

static bool
term_of(const bg_evaluation *evaluation, bg_variable variable, bg_term *term)
{
  row_context *at = evaluation->context;
  bg_id id = at->row[variable];
  if (id == BG_NO_ID || at->status != BG_OK) {
    return false;
  }
  at->status = bg_engine_term(at->engine, id, evaluation->arena, term);
  return at->status == BG_OK;
}

static bool
exists(const bg_evaluation *evaluation, const bg_expression *expression,
       bool *answer)
{
  row_context *at = evaluation->context;
  bg_engine *engine = at->engine;
  bg_solutions *rows = expression->compiled;
  bg_id *row =
      bg_arena_allocate(evaluation->arena, engine->width * sizeof *row);
  // What the pattern evaluates goes into a scratch of its own.
  bg_arena *outer = engine->scratch;
  uint64_t solution = engine->solution;
  engine->scratch = engine->spare != NULL ? engine->spare : bg_arena_new();
  engine->spare = NULL;
  bg_status status = bg_solutions_open(rows, at->row);
  if (status == BG_OK) {
    status = bg_solutions_next(rows, row);
  }
  bg_arena_free(engine->spare); // of an EXISTS within this one
  bg_arena_reset(engine->scratch);
  engine->spare = engine->scratch;
  engine->scratch = outer;
  engine->solution = solution;
  *answer = status == BG_OK;
  at->status = status > BG_END ? status : at->status;
  return status <= BG_END;
}

static bg_evaluation
make_evaluation(row_context *context)
{
  bg_engine *engine = context->engine;
  return (bg_evaluation){.term_of = term_of,
                         .exists = exists,
                         .arena = engine->scratch,
                         .query_arena = engine->arena,
                         .now = engine->now,
                         .solution = engine->solution,
                         .blank_number = &engine->blank_number,
                         .random_state = &engine->random_state,
                         .context = context};
}

bool
bg_row_truth(bg_engine *engine, const bg_expression *expression,
             const bg_id *row, bool *truth, bg_status *status)
{
  row_context context = {engine, row, BG_OK};
  const bg_evaluation evaluation = make_evaluation(&context);
  bool is_known = bg_expression_truth(expression, &evaluation, truth);
  bg_arena_reset(engine->scratch);
  *status = context.status;
  return is_known && context.status == BG_OK;
}

bool
bg_row_value(bg_engine *engine, const bg_expression *expression,
             const bg_id *row, bg_id *id, bg_status *status)
{
  row_context context = {engine, row, BG_OK};
  bg_term term;
  if (expression->kind == BG_EXPRESSION_VARIABLE) {
    *id = row[expression->variable];
    *status = BG_OK;
    return *id != BG_NO_ID;
  }
  const bg_evaluation evaluation = make_evaluation(&context);
  bool is_known = bg_expression_term(expression, &evaluation, &term);
  if (is_known && context.status == BG_OK) {
    context.status = bg_engine_id(engine, &term, id);
  }
  bg_arena_reset(engine->scratch);
  *status = context.status;
  return is_known && context.status == BG_OK;
}

bg_status
bg_engine_compare(bg_engine *engine, bg_id a, bg_id b, int *order)
{
  bg_term left = {0};
  bg_term right = {0};
  if (a == b) {
    *order = 0;
    return BG_OK;
  }
  if (bg_id_compares(a, b)) {
    *order = a < b ? -1 : 1;
    return BG_OK;
  }
  if (a != BG_NO_ID) {
    BG_TRY(bg_engine_term(engine, a, engine->scratch, &left));
  }
  if (b != BG_NO_ID) {
    BG_TRY(bg_engine_term(engine, b, engine->scratch, &right));
  }
  *order = bg_term_compare_order(&left, &right);
  if (bg_arena_used(engine->scratch) > 1 << 20) {
    bg_arena_reset(engine->scratch);
  }
  return BG_OK;
}

// ---- sources ---------------------------------------------------------------

bool
bg_row_merge(const bg_variable_list *variables, const bg_id *values, bg_id *row)
{
  for (size_t i = 0; i < variables->count; i++) {
    bg_id *cell = &row[variables->items[i]];
    if (values[i] == BG_NO_ID) {
      continue;
    }
    if (*cell != BG_NO_ID && *cell != values[i]) {
      return false;
    }
    *cell = values[i];
  }
  return true;
}

void *
bg_solutions_new(bg_engine *engine, const bg_solutions_kind *kind, size_t size,
                 bg_solutions *left, bg_solutions *right)
{
  bg_solutions *rows = bg_arena_allocate_zeroed(engine->arena, 1, size);
  rows->kind = kind;
  rows->engine = engine;
  rows->children[0] = left;
  rows->children[1] = right;
  rows->estimated = -1;
  return rows;
}

bg_status
bg_solutions_open(bg_solutions *rows, const bg_id *input)
{
  rows->opened++;
  return rows->kind->open(rows, input);
}

bg_status
bg_solutions_next(bg_solutions *rows, bg_id *row)
{
  bg_status status = rows->kind->next(rows, row);
  rows->produced += status == BG_OK;
  return status;
}

void
bg_solutions_close(bg_solutions *rows)
{
  if (rows == NULL) {
    return;
  }
  if (rows->kind->close != NULL) {
    rows->kind->close(rows);
  }
  bg_solutions_close(rows->children[0]);
  bg_solutions_close(rows->children[1]);
}
