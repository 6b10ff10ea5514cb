/// Solutions that are found once and looked up: the inner side of a hash join,
/// and of what must not see the bindings around it.

#include "sparql/engine.h"

#include <stdlib.h>
#include <string.h>

enum { NO_ROW = 0 }; // rows are counted from 1 in chains

typedef struct {
  bg_solutions rows;
  const bg_variable_list *stored;
  const bg_variable_list *keys;
  const bg_id *cell; // what the solutions depend on; NULL: nothing
  bg_id found_for;   // the cell's value
  bool is_found;
  bg_id *table; // row after row, the stored variables of each
  size_t row_count;
  size_t row_capacity;
  uint32_t *chains; // each row's next one of the same hash
  size_t chain_capacity;
  uint32_t *buckets;
  size_t bucket_count; // a power of two
  bg_id *nothing;      // a row that binds nothing
  bg_id *scratch;
  const bg_id *input;
  const bg_id *given; // the row that was given last
  size_t at;          // the row that is looked at next, from 1; 0: no more
  bool is_keyed;      // by chains; else through all rows
} lookup_rows;

static uint64_t
hash_ids(const bg_variable_list *keys, const bg_id *row)
{
  uint64_t hash = 0;
  for (size_t i = 0; i < keys->count; i++) {
    hash = (hash ^ row[keys->items[i]]) * UINT64_C(0x9E3779B97F4A7C15);
    hash ^= hash >> 32;
  }
  return hash;
}

// ---- finding ---------------------------------------------------------------

static bg_status
add_row(lookup_rows *at, const bg_id *row)
{
  bg_engine *engine = at->rows.engine;
  size_t width = at->stored->count;
  size_t size = (width == 0 ? 1 : width) * sizeof *row;
  if (at->row_count == at->row_capacity) {
    size_t more = at->row_capacity * 2 + 64;
    void *table = at->table;
    BG_TRY(
        bg_engine_resize(engine, &table, at->row_capacity * size, more * size));
    at->table = table;
    at->row_capacity = more;
  }
  bg_id *to = at->table + at->row_count++ * width;
  for (size_t i = 0; i < width; i++) {
    to[i] = row[at->stored->items[i]];
  }
  return BG_OK;
}

/// The value of a variable of a row of the table.
static bg_id
stored_value(const lookup_rows *at, const bg_id *stored, bg_variable variable)
{
  for (size_t i = 0; i < at->stored->count; i++) {
    if (at->stored->items[i] == variable) {
      return stored[i];
    }
  }
  return BG_NO_ID;
}

/// Puts the rows into chains, the first row first in its own.
static bg_status
chain_rows(lookup_rows *at)
{
  bg_engine *engine = at->rows.engine;
  size_t buckets = 16;
  while (buckets < at->row_count) {
    buckets *= 2;
  }
  void *memory = at->chains;
  BG_TRY(bg_engine_resize(engine, &memory,
                          at->chain_capacity * sizeof *at->chains,
                          (at->row_count + 1) * sizeof *at->chains));
  at->chains = memory;
  at->chain_capacity = at->row_count + 1;
  memory = at->buckets;
  BG_TRY(bg_engine_resize(engine, &memory,
                          at->bucket_count * sizeof *at->buckets,
                          buckets * sizeof *at->buckets));
  at->buckets = memory;
  at->bucket_count = buckets;
  memset(at->buckets, 0, buckets * sizeof *at->buckets);
  for (size_t i = at->row_count; i > 0; i--) {
    const bg_id *stored = at->table + (i - 1) * at->stored->count;
    for (size_t key = 0; key < at->keys->count; key++) {
      bg_variable variable = at->keys->items[key];
      at->scratch[variable] = stored_value(at, stored, variable);
    }
    size_t bucket = (size_t)hash_ids(at->keys, at->scratch) & (buckets - 1);
    at->chains[i] = at->buckets[bucket];
    at->buckets[bucket] = (uint32_t)i;
  }
  return BG_OK;
}

static bg_status
find_all(lookup_rows *at)
{
  bg_solutions *inner = at->rows.children[0];
  bg_status status;
  at->row_count = 0;
  BG_TRY(bg_solutions_open(inner, at->nothing));
  while ((status = bg_solutions_next(inner, at->scratch)) == BG_OK) {
    BG_TRY(bg_engine_step(at->rows.engine));
    BG_TRY(add_row(at, at->scratch));
    if (at->row_count == UINT32_MAX) {
      return bg_error_set(at->rows.engine->err, BG_REFUSED,
                          "a part of the query has too many solutions");
    }
  }
  if (status != BG_END) {
    return status;
  }
  at->is_found = true;
  at->found_for = at->cell == NULL ? BG_NO_ID : *at->cell;
  return at->keys->count == 0 ? BG_OK : chain_rows(at);
}

// ---- looking up ------------------------------------------------------------

static bg_status
open_lookup(bg_solutions *rows, const bg_id *input)
{
  lookup_rows *at = (lookup_rows *)rows;
  if (!at->is_found || (at->cell != NULL && *at->cell != at->found_for)) {
    BG_TRY(find_all(at));
  }
  at->input = input;
  at->is_keyed = at->keys->count > 0;
  for (size_t i = 0; i < at->keys->count; i++) {
    at->is_keyed = at->is_keyed && input[at->keys->items[i]] != BG_NO_ID;
  }
  at->at = at->row_count == 0 ? NO_ROW
           : at->is_keyed
               ? at->buckets[hash_ids(at->keys, input) & (at->bucket_count - 1)]
               : 1;
  return BG_OK;
}

static bg_status
next_lookup(bg_solutions *rows, bg_id *row)
{
  lookup_rows *at = (lookup_rows *)rows;
  while (at->at != NO_ROW) {
    const bg_id *stored = at->table + (at->at - 1) * at->stored->count;
    BG_TRY(bg_engine_step(rows->engine));
    at->at = at->is_keyed             ? at->chains[at->at]
             : at->at < at->row_count ? at->at + 1
                                      : NO_ROW;
    memcpy(row, at->input, rows->engine->width * sizeof *row);
    at->given = stored;
    if (bg_row_merge(at->stored, stored, row)) {
      return BG_OK;
    }
  }
  return BG_END;
}

bool
bg_lookup_shares(const bg_solutions *lookup, const bg_id *row,
                 const bg_variable_list *variables)
{
  const lookup_rows *at = (const lookup_rows *)lookup;
  for (size_t i = 0; i < variables->count; i++) {
    bg_variable variable = variables->items[i];
    if (row[variable] != BG_NO_ID &&
        stored_value(at, at->given, variable) != BG_NO_ID) {
      return true;
    }
  }
  return false;
}

static void
close_lookup(bg_solutions *rows)
{
  lookup_rows *at = (lookup_rows *)rows;
  size_t width = at->stored->count == 0 ? 1 : at->stored->count;
  bg_engine_free(rows->engine, at->table,
                 at->row_capacity * width * sizeof *at->table);
  bg_engine_free(rows->engine, at->chains,
                 at->chain_capacity * sizeof *at->chains);
  bg_engine_free(rows->engine, at->buckets,
                 at->bucket_count * sizeof *at->buckets);
}

bg_solutions *
bg_solutions_lookup(bg_engine *engine, bg_solutions *inner,
                    const bg_variable_list *stored,
                    const bg_variable_list *keys, const bg_id *cell)
{
  static const bg_solutions_kind kind = {"lookup", open_lookup, next_lookup,
                                         close_lookup};
  lookup_rows *made =
      bg_solutions_new(engine, &kind, sizeof(lookup_rows), inner, NULL);
  made->stored = stored;
  made->keys = keys;
  made->cell = cell;
  made->nothing = BG_NEW_ARRAY(engine->arena, bg_id, engine->width + 1);
  made->scratch = BG_NEW_ARRAY(engine->arena, bg_id, engine->width + 1);
  return &made->rows;
}
