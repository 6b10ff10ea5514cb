#include "cli/report.h"

#include "base/buffer.h"
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

enum {
  most_rows = 200000,
  longest_words = 200, // bytes
};

typedef struct {
  size_t count;
  const char *kind;
  bg_view words;
  bg_view path; // of the first
  size_t start;
} report_row;

struct bg_report {
  bg_arena *arena;
  bg_map rows;   // kind, tab, words → report_row
  bg_buffer key; // of the remark at hand
};

bg_report *
bg_report_new(void)
{
  bg_arena *arena = bg_arena_new();
  bg_report *report = BG_NEW(arena, bg_report);
  report->arena = arena;
  bg_map_init(&report->rows, arena);
  bg_buffer_init(&report->key);
  return report;
}

void
bg_report_free(bg_report *report)
{
  if (report != NULL) {
    bg_buffer_release(&report->key);
    bg_arena_free(report->arena);
  }
}

/// The kind of a remark, a tab, and its words on one line.
static bg_view
make_key(bg_buffer *key, const bg_remark *remark, bg_view words)
{
  words = bg_view_slice(words, 0, longest_words);
  bg_buffer_reset(key);
  bg_buffer_format(key, "%s\t", remark->kind);
  for (size_t i = 0; i < words.size; i++) {
    bool is_space = bg_is_space(words.bytes[i]);
    bg_buffer_append_byte(key, is_space ? ' ' : words.bytes[i]);
  }
  return bg_buffer_view(key);
}

void
bg_report_add(bg_report *report, const bg_page *page, const bg_remark *remark)
{
  bg_arena *arena = report->arena;
  bool is_full = report->rows.count >= most_rows;
  bg_view key = make_key(&report->key, remark,
                         is_full ? BG_VIEW("(more)") : remark->words);
  report_row *row = bg_map_find(&report->rows, key);
  if (row == NULL) {
    key = bg_arena_copy(arena, key);
    bg_view words = bg_view_slice(key, strlen(remark->kind) + 1, key.size);
    row = BG_NEW(arena, report_row);
    *row = (report_row){.kind = remark->kind,
                        .words = words,
                        .path = bg_arena_copy(arena, bg_view_of(page->path)),
                        .start = remark->start};
    bg_map_set(&report->rows, key, row);
  }
  row->count++;
}

static int
compare_rows(const void *a, const void *b)
{
  const report_row *left = *(const report_row *const *)a;
  const report_row *right = *(const report_row *const *)b;
  if (left->count != right->count) {
    return left->count > right->count ? -1 : 1;
  }
  int kinds = strcmp(left->kind, right->kind);
  return kinds != 0 ? kinds : bg_view_compare(left->words, right->words);
}

void
bg_report_write(const bg_report *report, FILE *out)
{
  size_t count = 0;
  report_row **rows =
      bg_heap_allocate((report->rows.count + 1) * sizeof(report_row *));
  for (size_t i = 0; i < report->rows.capacity; i++) {
    if (report->rows.entries[i].value != NULL) {
      rows[count++] = report->rows.entries[i].value;
    }
  }
  qsort(rows, count, sizeof *rows, compare_rows);
  for (size_t i = 0; i < count; i++) {
    const report_row *row = rows[i];
    fprintf(out, "%zu\t%s\t%.*s\t%.*s:%zu\n", row->count, row->kind,
            BG_VIEW_ARGS(row->words), BG_VIEW_ARGS(row->path), row->start);
  }
  free(rows);
}
