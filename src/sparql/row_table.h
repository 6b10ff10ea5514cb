/// Rows that are kept, and found again by some of their variables. Of the
/// room's own.

#ifndef BG_SPARQL_ROW_TABLE_H
#define BG_SPARQL_ROW_TABLE_H

#include "sparql/engine.h"

/// Each row has `width` ids. All zeros but for engine and width at first.
typedef struct {
  bg_engine *engine;
  size_t width;
  bg_id *rows;
  size_t count;
  size_t capacity;
  uint32_t *slots; // places of rows, from 1; made by the first bg_row_table_put
  size_t slot_count;
} bg_row_table;

/// Appends a row.
bg_status bg_row_table_add(bg_row_table *table, const bg_id *row);

/// Appends a row unless it is there; says which one it is, from 0.
bg_status bg_row_table_put(bg_row_table *table, const bg_id *row, size_t *at,
                           bool *is_new);

const bg_id *bg_row_table_row(const bg_row_table *table, size_t at);
void bg_row_table_reset(bg_row_table *table);
void bg_row_table_release(bg_row_table *table);

#endif
