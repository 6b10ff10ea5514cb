#include "sparql/row_table.h"

#include <string.h>

static uint64_t
hash_row(const bg_id *row, size_t width)
{
  uint64_t hash = 0;
  for (size_t i = 0; i < width; i++) {
    hash = (hash ^ row[i]) * UINT64_C(0x9E3779B97F4A7C15);
    hash ^= hash >> 32;
  }
  return hash;
}

const bg_id *
bg_row_table_row(const bg_row_table *table, size_t at)
{
  return table->rows + at * table->width;
}

/// The slot of an equal row, or the free one where it would go.
static uint32_t *
find_slot(const bg_row_table *table, const bg_id *row)
{
  size_t mask = table->slot_count - 1;
  size_t at = (size_t)hash_row(row, table->width) & mask;
  while (table->slots[at] != 0 &&
         memcmp(bg_row_table_row(table, table->slots[at] - 1), row,
                table->width * sizeof *row) != 0) {
    at = (at + 1) & mask;
  }
  return &table->slots[at];
}

static bg_status
grow_slots(bg_row_table *table)
{
  size_t more = table->slot_count == 0 ? 64 : table->slot_count * 2;
  void *slots = table->slots;
  BG_TRY(bg_engine_resize(table->engine, &slots,
                          table->slot_count * sizeof *table->slots,
                          more * sizeof *table->slots));
  table->slots = slots;
  table->slot_count = more;
  memset(table->slots, 0, more * sizeof *table->slots);
  for (size_t i = 0; i < table->count; i++) {
    *find_slot(table, bg_row_table_row(table, i)) = (uint32_t)(i + 1);
  }
  return BG_OK;
}

bg_status
bg_row_table_add(bg_row_table *table, const bg_id *row)
{
  size_t size = (table->width == 0 ? 1 : table->width) * sizeof *row;
  if (table->count >= UINT32_MAX - 1) {
    return bg_error_set(table->engine->err, BG_REFUSED,
                        "a part of the query has too many solutions");
  }
  if (table->count == table->capacity) {
    size_t more = table->capacity * 2 + 64;
    void *rows = table->rows;
    BG_TRY(bg_engine_resize(table->engine, &rows, table->capacity * size,
                            more * size));
    table->rows = rows;
    table->capacity = more;
  }
  memcpy(table->rows + table->count++ * table->width, row,
         table->width * sizeof *row);
  return BG_OK;
}

bg_status
bg_row_table_put(bg_row_table *table, const bg_id *row, size_t *at,
                 bool *is_new)
{
  if (table->count * 2 >= table->slot_count) {
    BG_TRY(grow_slots(table));
  }
  uint32_t *slot = find_slot(table, row);
  *is_new = *slot == 0;
  if (*is_new) {
    BG_TRY(bg_row_table_add(table, row));
    *slot = (uint32_t)table->count;
  }
  *at = *slot - 1;
  return BG_OK;
}

void
bg_row_table_reset(bg_row_table *table)
{
  table->count = 0;
  if (table->slot_count > 0) {
    memset(table->slots, 0, table->slot_count * sizeof *table->slots);
  }
}

void
bg_row_table_release(bg_row_table *table)
{
  size_t width = table->width == 0 ? 1 : table->width;
  bg_engine_free(table->engine, table->rows,
                 table->capacity * width * sizeof *table->rows);
  bg_engine_free(table->engine, table->slots,
                 table->slot_count * sizeof *table->slots);
  *table = (bg_row_table){.engine = table->engine, .width = table->width};
}
