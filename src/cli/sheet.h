/// A page of text for people: a title, fields, lists, columns.

#ifndef BG_CLI_SHEET_H
#define BG_CLI_SHEET_H

#include "base/buffer.h"
#include "base/map.h"

#include <stdio.h>

typedef struct {
  FILE *out;
  size_t width; ///< in columns of the terminal
  bg_arena *arena;
} bg_sheet;

/// Lines of text, each once.
typedef struct {
  bg_view *items;
  size_t count;
  size_t capacity;
  bg_map seen;
} bg_sheet_lines;

/// As wide as the terminal that `out` is, else 80 columns; `width` of 0 asks
/// for that.
void bg_sheet_init(bg_sheet *sheet, FILE *out, size_t width, bg_arena *arena);

void bg_sheet_lines_add(const bg_sheet *sheet, bg_sheet_lines *lines,
                        bg_view text);

/// All of them with commas; behind the first `most` only how many more.
bg_view bg_sheet_lines_join(const bg_sheet *sheet, const bg_sheet_lines *lines,
                            size_t most);

void bg_sheet_title(const bg_sheet *sheet, bg_view text);

/// Behind an empty line.
void bg_sheet_heading(const bg_sheet *sheet, const char *text);

/// Nothing where `text` is empty.
void bg_sheet_field(const bg_sheet *sheet, const char *name, bg_view text);

/// Columns beside each other, each line of text broken into lines of its
/// column's width; `indents` are those of their first and of their other lines.
void bg_sheet_columns(const bg_sheet *sheet, const bg_sheet_lines *columns,
                      const size_t *widths, size_t count,
                      const size_t indents[2]);

/// A line of hyphens as long as each column is wide.
void bg_sheet_rule(const bg_sheet *sheet, const size_t *widths, size_t count);

#endif
