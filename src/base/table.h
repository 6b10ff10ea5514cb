/// Tables of tab-separated values: one row a line, '#' begins a comment line,
/// blank lines do not count. How the project's data files are read.

#ifndef BG_BASE_TABLE_H
#define BG_BASE_TABLE_H

#include "base/arena.h"
#include "base/error.h"

enum { BG_ROW_FIELDS = 16 };

typedef struct {
  bg_view fields[BG_ROW_FIELDS]; ///< trimmed; empty beyond `count`
  size_t count;
  size_t line; ///< from 1
} bg_row;

typedef struct {
  bg_row *items;
  size_t count;
  size_t capacity;
} bg_rows;

/// Reads all rows of `path`; they live in `arena`. BG_REFUSED, with file and
/// line, for a row with fewer than `least` or more than BG_ROW_FIELDS fields
/// or with bytes that are not UTF-8.
bg_status bg_table_read(const char *path, size_t least, bg_arena *arena,
                        bg_rows *rows, bg_error *err);

#endif
