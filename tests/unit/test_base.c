/// The floor: views, arenas, maps, tables, UTF-8.

#include "base/arena.h"
#include "base/buffer.h"
#include "base/columns.h"
#include "base/file.h"
#include "base/map.h"
#include "base/table.h"
#include "base/utf8.h"
#include "tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
test_views(void)
{
  bg_view text = BG_VIEW("  Battle of Cannae ");
  ok(bg_view_is_equal(bg_view_trim(text), BG_VIEW("Battle of Cannae")),
     "trims both ends");
  ok(bg_view_find(text, BG_VIEW("of"), 0) == 9, "finds a word");
  ok(bg_view_find(text, BG_VIEW("of"), 10) == BG_NOWHERE,
     "finds nothing past it");
  ok(bg_view_find(text, BG_VIEW("x"), 1000) == BG_NOWHERE,
     "a start past the end finds nothing");
  ok(bg_view_slice(text, 15, 99).size == 4, "a slice is cut to its view");
  ok(bg_view_slice(text, 9, 2).size == 0, "a slice that ends early is empty");
  ok(bg_view_has_prefix_folded(BG_VIEW("File:X"), BG_VIEW("file:")),
     "folds the case of a prefix");
  bg_view rest = BG_VIEW("a||b|");
  bg_view part;
  size_t parts = 0;
  size_t size = 0;
  while (bg_view_next_part(&rest, '|', &part)) {
    parts++;
    size += part.size;
  }
  ok(parts == 4 && size == 2, "empty parts count, the last too");
  ok(bg_view_compare_natural(BG_VIEW("party/2"), BG_VIEW("party/10")) < 0 &&
         bg_view_compare_natural(BG_VIEW("a007"), BG_VIEW("a7")) != 0 &&
         bg_view_compare_natural(BG_VIEW("a007b"), BG_VIEW("a7c")) < 0,
     "digits count as a number");
  ok(bg_view_compare(BG_VIEW("ab"), BG_VIEW("abc")) < 0,
     "what begins another comes before it");
}

static void
test_arena(void)
{
  bg_arena *arena = bg_arena_new();
  size_t sum = 0;
  for (size_t round = 0; round < 3; round++) {
    for (size_t size = 1; size < 200000; size = size * 3 + 1) {
      char *bytes = bg_arena_allocate(arena, size);
      memset(bytes, 'x', size);
      sum += ((uintptr_t)bytes % sizeof(void *)) != 0;
    }
    bg_arena_reset(arena);
  }
  ok(sum == 0, "allocations of all sizes are aligned");
  ok(bg_arena_used(arena) == 0, "a reset arena is empty");
  struct {
    int *items;
    size_t count;
    size_t capacity;
  } list = {NULL, 0, 0};
  for (int i = 0; i < 1000; i++) {
    BG_PUSH(arena, &list) = i;
  }
  ok(list.count == 1000 && list.items[999] == 999 && list.items[0] == 0,
     "a list keeps what was pushed");
  bg_view text = bg_arena_format(arena, "%s-%d", "side", 2);
  ok(bg_view_is_equal(text, BG_VIEW("side-2")), "formats text");
  bg_arena_free(arena);
}

static void
test_map(void)
{
  bg_arena *arena = bg_arena_new();
  bg_map map;
  bg_map_init(&map, arena);
  ok(bg_map_find(&map, BG_VIEW("x")) == NULL, "an empty map finds nothing");
  for (int i = 0; i < 5000; i++) {
    int *value = BG_NEW(arena, int);
    *value = i;
    bg_map_set(&map, bg_arena_format(arena, "key %d", i), value);
  }
  bool all = true;
  for (int i = 0; i < 5000; i++) {
    int *value = bg_map_find(&map, bg_arena_format(arena, "key %d", i));
    all &= value != NULL && *value == i;
  }
  ok(all && map.count == 5000, "finds every key");
  bg_map_set(&map, BG_VIEW("key 7"), arena);
  ok(bg_map_find(&map, BG_VIEW("key 7")) == arena && map.count == 5000,
     "a second value replaces the first");
  bg_arena_free(arena);
}

static void
test_utf8(void)
{
  static const struct {
    const char *text;
    size_t size;
    size_t invalid;
  } cases[] = {
      {"plain", 5, BG_NOWHERE},
      {"POW\tCaptured", 12, BG_NOWHERE},
      {"a line of more than eight bytes\n", 32, BG_NOWHERE},
      {"Mers-el-K\xC3\xA9"
       "bir",
       14, BG_NOWHERE},
      {"\xF0\x9F\x8F\xB4", 4, BG_NOWHERE},
      {"bad \xC3", 5, 4},
      {"12345678\xFF", 9, 8},
      {"\xC0\x80", 2, 0},     // overlong
      {"\xED\xA0\x80", 3, 0}, // a surrogate
      {"\xEF\xBF\xBF", 3, 0}, // U+FFFF, which XML cannot hold
      {"bell \a", 6, 5},
      {"\xF4\x90\x80\x80", 4, 0}, // past U+10FFFF
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    bg_view text = {cases[i].text, cases[i].size};
    ok(bg_utf8_find_invalid(text, 0) == cases[i].invalid,
       "case %zu: invalid bytes are found where they are", i);
  }
  bg_arena *arena = bg_arena_new();
  ok(bg_view_is_equal(bg_utf8_upper_first(BG_VIEW("\xC3\xA9lite"), arena),
                      BG_VIEW("\xC3\x89lite")),
     "a title's first letter is in upper case");
  char bytes[16];
  size_t size =
      bg_utf8_lower(BG_VIEW("\xC3\x89T\xC3\x89"), bytes, sizeof bytes);
  ok(bg_view_is_equal((bg_view){bytes, size}, BG_VIEW("\xC3\xA9t\xC3\xA9")),
     "lower case beyond ASCII");
  ok(bg_utf8_lower(BG_VIEW("too long for it"), bytes, 4) == BG_NOWHERE,
     "what does not fit is said");
  ok(bg_utf8_width(BG_VIEW("K\xC3\xBCl \xE6\x88\xB0")) == 6,
     "width counts columns");
  bg_arena_free(arena);
}

static void
test_columns(void)
{
  bg_arena *arena = bg_arena_new();
  bg_view text = BG_VIEW("a\tb\x1B[1m\xFF\xC2\x9B\xE2\x80\xAE.");
  ok(bg_view_is_equal(bg_columns_clean(text, arena), BG_VIEW("a b?[1m???.")),
     "a terminal is shown nothing that it obeys");
  ok(bg_view_is_equal(bg_columns_cut(BG_VIEW("K\xC3\xBCl Tigin"), 5, arena),
                      BG_VIEW("K\xC3\xBCl \xE2\x80\xA6")),
     "what is too wide ends in an ellipsis");
  static const char *const lines[] = {"one two", "three", "fourfivesi", "x"};
  bg_view rest = BG_VIEW("one two three fourfivesix");
  bg_view line;
  size_t count = 0;
  bool all = true;
  while (bg_columns_next_line(&rest, 10, &line)) {
    all = all && count < 4 && bg_view_is_equal(line, bg_view_of(lines[count]));
    count++;
  }
  ok(all && count == 4, "lines break at spaces, and in words without");
  rest = BG_VIEW("\xE6\x88\xB0\xE6\x88\xB0");
  ok(bg_columns_next_line(&rest, 1, &line) && line.size == 3,
     "a wide character in a narrow column is a line");
  const bg_view cells[] = {BG_VIEW("\xE6\x88\xB0"), BG_VIEW("b")};
  const size_t widths[] = {4, 1};
  bg_buffer row;
  bg_buffer_init(&row);
  bg_columns_append_row(&row, cells, widths, 2);
  ok(bg_view_is_equal(bg_buffer_view(&row), BG_VIEW("\xE6\x88\xB0    b\n")),
     "cells are filled up to their columns");
  bg_buffer_release(&row);
  bg_arena_free(arena);
}

static void
test_table(void)
{
  char path[] = "/tmp/bg-table-XXXXXX";
  int file = mkstemp(path);
  const char *text = "# comment\n\nJune\t6\t\nJuly\t7\n";
  ok(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text),
     "writes a table");
  bg_arena *arena = bg_arena_new();
  bg_rows rows;
  bg_error err = {{0}};
  ok(bg_table_read(path, 2, arena, &rows, &err) == BG_OK && rows.count == 2 &&
         rows.items[1].line == 4 &&
         bg_view_is_equal(rows.items[1].fields[1], BG_VIEW("7")),
     "reads rows with their lines");
  ok(bg_table_read(path, 4, arena, &rows, &err) == BG_REFUSED &&
         strstr(err.message, ":3:") != NULL,
     "a short row is refused with its line: %s", err.message);
  ok(bg_table_read("/no/such/table.tsv", 1, arena, &rows, &err) == BG_FAILED &&
         strstr(err.message, "/no/such/table.tsv") != NULL,
     "a missing table is named");
  bg_buffer content;
  bg_buffer_init(&content);
  ok(bg_file_read("/tmp", &content, &err) == BG_FAILED &&
         strstr(err.message, "directory") != NULL,
     "a directory is no file: %s", err.message);
  bg_buffer_release(&content);
  bg_arena_free(arena);
  unlink(path);
}

int
main(void)
{
  test_views();
  test_arena();
  test_map();
  test_utf8();
  test_columns();
  test_table();
  return done_testing();
}
