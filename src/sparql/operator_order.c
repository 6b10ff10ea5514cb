/// ORDER BY (section 15.1). Where only the first rows are needed, no more are
/// kept than those.

#include "sparql/row_table.h"

#include <string.h>

typedef struct {
  bg_solutions rows;
  const bg_operation *order;
  uint64_t most;
  size_t key_count;
  bg_row_table table; // each row: its keys, its number, then the row itself
  size_t *sorted;     // places in the table
  size_t sorted_capacity;
  size_t sorted_count;
  size_t next;
  bg_id *buffer;
  uint64_t seen;
  bg_status status; // of comparing
} order_rows;

// ---- comparing -------------------------------------------------------------

static int
compare(order_rows *at, size_t left, size_t right)
{
  const bg_id *a = bg_row_table_row(&at->table, left);
  const bg_id *b = bg_row_table_row(&at->table, right);
  for (size_t i = 0; i < at->key_count && at->status == BG_OK; i++) {
    int order;
    at->status = bg_engine_compare(at->rows.engine, a[i], b[i], &order);
    if (at->status == BG_OK && order != 0) {
      return at->order->conditions[i].is_descending ? -order : order;
    }
  }
  // The order of the solutions, so that equals stay as they came.
  return (a[at->key_count] > b[at->key_count]) -
         (a[at->key_count] < b[at->key_count]);
}

/// Restores the heap below a place; the last row of all is at its top.
static void
sift_down(order_rows *at, size_t from, size_t count)
{
  size_t *heap = at->sorted;
  size_t parent = from;
  for (;;) {
    size_t child = 2 * parent + 1;
    if (child >= count) {
      return;
    }
    if (child + 1 < count && compare(at, heap[child], heap[child + 1]) < 0) {
      child++;
    }
    if (compare(at, heap[parent], heap[child]) >= 0) {
      return;
    }
    size_t swapped = heap[parent];
    heap[parent] = heap[child];
    heap[child] = swapped;
    parent = child;
  }
}

static void
make_heap(order_rows *at)
{
  for (size_t i = at->sorted_count / 2; i > 0; i--) {
    sift_down(at, i - 1, at->sorted_count);
  }
}

static void
sort(order_rows *at)
{
  make_heap(at);
  for (size_t count = at->sorted_count; count > 1; count--) {
    size_t swapped = at->sorted[0];
    at->sorted[0] = at->sorted[count - 1];
    at->sorted[count - 1] = swapped;
    sift_down(at, 0, count - 1);
  }
}

// ---- reading ---------------------------------------------------------------

static bg_status
fill_buffer(order_rows *at, const bg_id *row)
{
  bg_engine *engine = at->rows.engine;
  for (size_t i = 0; i < at->key_count; i++) {
    bg_status status;
    bg_id id = BG_NO_ID;
    if (!bg_row_value(engine, at->order->conditions[i].expression, row, &id,
                      &status)) {
      id = BG_NO_ID; // errors come first, as unbound variables do
    }
    BG_TRY(status);
    at->buffer[i] = id;
  }
  at->buffer[at->key_count] = at->seen++;
  memcpy(at->buffer + at->key_count + 1, row, engine->width * sizeof *row);
  return BG_OK;
}

static bg_status
push(order_rows *at, size_t place)
{
  if (at->sorted_count == at->sorted_capacity) {
    size_t more = at->sorted_capacity * 2 + 64;
    void *sorted = at->sorted;
    BG_TRY(bg_engine_resize(at->rows.engine, &sorted,
                            at->sorted_capacity * sizeof *at->sorted,
                            more * sizeof *at->sorted));
    at->sorted = sorted;
    at->sorted_capacity = more;
  }
  at->sorted[at->sorted_count++] = place;
  return BG_OK;
}

/// Keeps the row if it is among the first: the heap has the last of these at
/// its top, whose place the new row takes.
static bg_status
keep(order_rows *at)
{
  bg_row_table *table = &at->table;
  if (table->count <= at->most) {
    BG_TRY(bg_row_table_add(table, at->buffer));
    if (table->count <= at->most) {
      BG_TRY(push(at, table->count - 1));
      if (table->count == at->most) {
        make_heap(at);
      }
      return BG_OK;
    }
  } else {
    memcpy(table->rows + at->most * table->width, at->buffer,
           table->width * sizeof *at->buffer);
  }
  size_t spare = (size_t)at->most;
  if (at->most > 0 && compare(at, spare, at->sorted[0]) < 0) {
    memcpy(table->rows + at->sorted[0] * table->width, at->buffer,
           table->width * sizeof *at->buffer);
    sift_down(at, 0, at->sorted_count);
  }
  return at->status;
}

static bg_status
open_order(bg_solutions *rows, const bg_id *input)
{
  order_rows *at = (order_rows *)rows;
  bg_status status;
  bg_id *row = at->buffer + at->table.width;
  bg_row_table_reset(&at->table);
  at->sorted_count = 0;
  at->next = 0;
  at->seen = 0;
  at->status = BG_OK;
  BG_TRY(bg_solutions_open(rows->children[0], input));
  while ((status = bg_solutions_next(rows->children[0], row)) == BG_OK) {
    BG_TRY(fill_buffer(at, row));
    BG_TRY(keep(at));
  }
  if (status != BG_END) {
    return status;
  }
  sort(at);
  return at->status;
}

static bg_status
next_order(bg_solutions *rows, bg_id *row)
{
  order_rows *at = (order_rows *)rows;
  if (at->next == at->sorted_count) {
    return BG_END;
  }
  const bg_id *kept = bg_row_table_row(&at->table, at->sorted[at->next++]);
  memcpy(row, kept + at->key_count + 1, rows->engine->width * sizeof *row);
  return BG_OK;
}

static void
close_order(bg_solutions *rows)
{
  order_rows *at = (order_rows *)rows;
  bg_row_table_release(&at->table);
  bg_engine_free(rows->engine, at->sorted,
                 at->sorted_capacity * sizeof *at->sorted);
}

bg_solutions *
bg_solutions_order(bg_engine *engine, bg_solutions *inner,
                   const bg_operation *order, uint64_t most)
{
  static const bg_solutions_kind kind = {"order", open_order, next_order,
                                         close_order};
  order_rows *made =
      bg_solutions_new(engine, &kind, sizeof(order_rows), inner, NULL);
  made->order = order;
  made->most = most;
  made->key_count = order->condition_count;
  made->table = (bg_row_table){
      .engine = engine, .width = order->condition_count + 1 + engine->width};
  made->buffer =
      BG_NEW_ARRAY(engine->arena, bg_id, made->table.width + engine->width + 1);
  return &made->rows;
}
