/// Grouping and aggregation (section 18.5.1). All solutions of a group go to
/// its aggregators as they come.

#include "sparql/row_table.h"

#include <string.h>

typedef struct {
  bg_solutions rows;
  const bg_operation *group;
  bg_row_table keys;           // one row a group
  bg_aggregator **aggregators; // those of a group after those of another
  size_t aggregator_capacity;  // groups
  bg_row_table *distinct;      // of COUNT(DISTINCT *), for each aggregate
  bg_arena *arena;
  bg_id *input;
  bg_id *row;
  bg_id *key;
  size_t next;
} group_rows;

static bg_status
read_key(group_rows *at)
{
  for (size_t i = 0; i < at->group->key_count; i++) {
    bg_status status;
    bg_id id = BG_NO_ID;
    if (!bg_row_value(at->rows.engine, at->group->keys[i].expression, at->row,
                      &id, &status)) {
      id = BG_NO_ID; // an error makes a group of its own
    }
    BG_TRY(status);
    at->key[i] = id;
  }
  return BG_OK;
}

/// Makes the aggregators of a new group.
static bg_status
add_group(group_rows *at, size_t group)
{
  size_t count = at->group->aggregate_count;
  if (group == at->aggregator_capacity) {
    size_t more = at->aggregator_capacity * 2 + 16;
    size_t size = count * sizeof *at->aggregators;
    void *memory = at->aggregators;
    BG_TRY(bg_engine_resize(at->rows.engine, &memory,
                            at->aggregator_capacity * size, more * size));
    at->aggregators = memory;
    at->aggregator_capacity = more;
  }
  for (size_t i = 0; i < count; i++) {
    at->aggregators[group * count + i] =
        bg_aggregator_new(&at->group->aggregates[i], at->arena);
  }
  return BG_OK;
}

/// Whether the solution counts for COUNT(DISTINCT *): the first like it in the
/// group.
static bg_status
is_first(group_rows *at, size_t group, size_t aggregate, bool *first)
{
  bg_row_table *seen = &at->distinct[aggregate];
  size_t place;
  at->row[at->rows.engine->width] = group;
  return bg_row_table_put(seen, at->row, &place, first);
}

static bg_status
aggregate_row(group_rows *at, size_t group)
{
  static const bg_term anything = {BG_TERM_LITERAL, {"", 0}, {0}, {0}};
  bg_engine *engine = at->rows.engine;
  for (size_t i = 0; i < at->group->aggregate_count; i++) {
    const bg_aggregate *aggregate = &at->group->aggregates[i];
    bg_aggregator *to = at->aggregators[group * at->group->aggregate_count + i];
    bg_status status = BG_OK;
    if (aggregate->argument == NULL) {
      bool counts = true;
      if (aggregate->is_distinct) {
        BG_TRY(is_first(at, group, i, &counts));
      }
      if (counts) {
        bg_aggregator_add(to, &anything);
      }
      continue;
    }
    bg_id id;
    bg_term term;
    bool is_known =
        bg_row_value(engine, aggregate->argument, at->row, &id, &status);
    BG_TRY(status);
    if (aggregate->kind == BG_COUNT && !aggregate->is_distinct) {
      bg_aggregator_add(to, is_known ? &anything : NULL);
      continue;
    }
    if (is_known) {
      BG_TRY(bg_engine_term(engine, id, engine->scratch, &term));
    }
    bg_aggregator_add(to, is_known ? &term : NULL);
    bg_arena_reset(engine->scratch);
  }
  return BG_OK;
}

static bg_status
open_group(bg_solutions *rows, const bg_id *input)
{
  group_rows *at = (group_rows *)rows;
  bg_status status;
  size_t group;
  bool is_new;
  bg_row_table_reset(&at->keys);
  bg_arena_reset(at->arena);
  for (size_t i = 0; i < at->group->aggregate_count; i++) {
    bg_row_table_reset(&at->distinct[i]);
  }
  at->next = 0;
  memcpy(at->input, input, rows->engine->width * sizeof *input);
  BG_TRY(bg_solutions_open(rows->children[0], input));
  while ((status = bg_solutions_next(rows->children[0], at->row)) == BG_OK) {
    BG_TRY(read_key(at));
    BG_TRY(bg_row_table_put(&at->keys, at->key, &group, &is_new));
    if (is_new) {
      BG_TRY(add_group(at, group));
    }
    BG_TRY(aggregate_row(at, group));
  }
  if (status != BG_END) {
    return status;
  }
  if (at->keys.count == 0 && at->group->key_count == 0) {
    // Without keys there is one group, also of nothing.
    BG_TRY(bg_row_table_put(&at->keys, at->key, &group, &is_new));
    BG_TRY(add_group(at, group));
  }
  return BG_OK;
}

static bg_status
next_group(bg_solutions *rows, bg_id *row)
{
  group_rows *at = (group_rows *)rows;
  bg_engine *engine = rows->engine;
  size_t count = at->group->aggregate_count;
  if (at->next == at->keys.count) {
    return BG_END;
  }
  size_t group = at->next++;
  const bg_id *key = bg_row_table_row(&at->keys, group);
  memcpy(row, at->input, engine->width * sizeof *row);
  for (size_t i = 0; i < at->group->key_count; i++) {
    row[at->group->keys[i].variable] = key[i];
  }
  for (size_t i = 0; i < count; i++) {
    bg_term term;
    if (bg_aggregator_term(at->aggregators[group * count + i], engine->scratch,
                           &term)) {
      BG_TRY(
          bg_engine_id(engine, &term, &row[at->group->aggregates[i].result]));
    }
    bg_arena_reset(engine->scratch);
  }
  return BG_OK;
}

static void
close_group(bg_solutions *rows)
{
  group_rows *at = (group_rows *)rows;
  bg_row_table_release(&at->keys);
  for (size_t i = 0; i < at->group->aggregate_count; i++) {
    bg_row_table_release(&at->distinct[i]);
  }
  bg_engine_free(rows->engine, at->aggregators,
                 at->aggregator_capacity * at->group->aggregate_count *
                     sizeof *at->aggregators);
  bg_arena_free(at->arena);
}

bg_solutions *
bg_solutions_group(bg_engine *engine, bg_solutions *inner,
                   const bg_operation *group)
{
  static const bg_solutions_kind kind = {"group", open_group, next_group,
                                         close_group};
  group_rows *made =
      bg_solutions_new(engine, &kind, sizeof(group_rows), inner, NULL);
  made->group = group;
  made->arena = bg_arena_new();
  made->keys = (bg_row_table){.engine = engine, .width = group->key_count};
  made->distinct =
      BG_NEW_ARRAY(engine->arena, bg_row_table, group->aggregate_count + 1);
  for (size_t i = 0; i < group->aggregate_count; i++) {
    made->distinct[i] =
        (bg_row_table){.engine = engine, .width = engine->width + 1};
  }
  made->input = BG_NEW_ARRAY(engine->arena, bg_id, engine->width + 1);
  made->row = BG_NEW_ARRAY(engine->arena, bg_id, engine->width + 1);
  made->key = BG_NEW_ARRAY(engine->arena, bg_id, group->key_count + 1);
  return &made->rows;
}
