#include "catalog/format.h"

#include <stdlib.h>
#include <string.h>

/// A page by its title's hash, or by its id.
typedef struct {
  uint64_t key;
  uint64_t item;
} item_row;

typedef struct {
  item_row *items;
  size_t count;
  size_t capacity;
} row_list;

struct bg_item_table {
  row_list titles;
  row_list ids;
};

bg_item_table *
bg_item_table_new(void)
{
  bg_item_table *table = bg_heap_allocate(sizeof *table);
  *table = (bg_item_table){{0}, {0}};
  return table;
}

void
bg_item_table_free(bg_item_table *table)
{
  if (table != NULL) {
    free(table->titles.items);
    free(table->ids.items);
    free(table);
  }
}

static void
add_row(row_list *rows, uint64_t key, uint64_t item)
{
  if (rows->count == rows->capacity) {
    rows->capacity = rows->capacity * 2 + 1024;
    rows->items =
        bg_heap_resize(rows->items, rows->capacity * sizeof *rows->items);
  }
  rows->items[rows->count++] = (item_row){key, item};
}

static uint64_t
read_digits(bg_view text, size_t *at)
{
  uint64_t number = 0;
  while (*at < text.size && bg_is_digit(text.bytes[*at])) {
    number = number * 10 + (uint64_t)(text.bytes[(*at)++] - '0');
  }
  return number;
}

/// item ::= address? "Q" digits
static uint64_t
read_item(bg_view text)
{
  size_t slash = bg_view_find_last_byte(text, '/');
  size_t at = slash == BG_NOWHERE ? 0 : slash + 1;
  if (at >= text.size || text.bytes[at] != 'Q') {
    return 0;
  }
  at++;
  uint64_t item = read_digits(text, &at);
  return at == text.size ? item : 0;
}

/// sql-string ::= "'" (byte | "\" byte)* "'"
static bool
read_string(bg_view line, size_t *at, bg_view *string)
{
  if (*at >= line.size || line.bytes[*at] != '\'') {
    return false;
  }
  size_t start = ++*at;
  while (*at < line.size && line.bytes[*at] != '\'') {
    *at += line.bytes[*at] == '\\' ? 2 : 1;
  }
  if (*at >= line.size) {
    return false;
  }
  *string = bg_view_slice(line, start, *at);
  ++*at;
  return true;
}

/// row ::= "(" page-id "," name "," value …
static bool
read_props_row(bg_item_table *table, bg_view line, size_t at)
{
  bg_view name;
  bg_view value;
  uint64_t id = read_digits(line, &at);
  if (at >= line.size || line.bytes[at++] != ',' ||
      !read_string(line, &at, &name) || at >= line.size ||
      line.bytes[at++] != ',' || !read_string(line, &at, &value)) {
    return false;
  }
  uint64_t item = read_item(value);
  if (item > 0 && bg_view_is_equal(name, BG_VIEW("wikibase_item"))) {
    add_row(&table->ids, id, item);
  }
  return true;
}

/// INSERT INTO `page_props` VALUES (…),(…);
static bool
read_props(bg_item_table *table, bg_view line)
{
  const bg_view values = BG_VIEW(" VALUES ");
  size_t at = bg_view_find(line, values, 0);
  if (at == BG_NOWHERE) {
    return false;
  }
  at += values.size;
  while (at < line.size && line.bytes[at] == '(') {
    if (!read_props_row(table, line, at + 1)) {
      return false;
    }
    // Behind the row: strings may hold parentheses.
    bg_view string;
    while (at < line.size && line.bytes[at] != ')') {
      if (!read_string(line, &at, &string)) {
        at++;
      }
    }
    at += 2; // ")," or ");"
  }
  return true;
}

bool
bg_item_table_read(bg_item_table *table, bg_view line)
{
  static const bg_view passed[] = {{"--", 2},      {"/*", 2},      {"DROP ", 5},
                                   {"CREATE ", 7}, {"  ", 2},      {")", 1},
                                   {"LOCK ", 5},   {"UNLOCK ", 7}, {"#", 1}};
  for (size_t i = 0; i < sizeof passed / sizeof *passed; i++) {
    if (bg_view_has_prefix(line, passed[i])) {
      return true;
    }
  }
  if (bg_view_has_prefix(line, BG_VIEW("INSERT INTO "))) {
    return read_props(table, line);
  }
  size_t tab = bg_view_find_last_byte(line, '\t');
  tab = tab == BG_NOWHERE ? bg_view_find_last_byte(line, ',') : tab;
  if (tab == BG_NOWHERE) {
    return line.size == 0;
  }
  uint64_t item =
      read_item(bg_view_trim(bg_view_slice(line, tab + 1, line.size)));
  bg_view title = bg_view_trim(bg_view_slice(line, 0, tab));
  char spaced[1024];
  if (title.size == 0 || title.size > sizeof spaced) {
    return false;
  }
  for (size_t i = 0; i < title.size; i++) {
    spaced[i] = title.bytes[i] == '_' ? ' ' : title.bytes[i];
  }
  if (item > 0) {
    add_row(&table->titles, bg_catalog_hash((bg_view){spaced, title.size}),
            item);
  }
  // A first line may name the columns.
  return item > 0 || table->titles.count == 0;
}

static int
compare_rows(const void *a, const void *b)
{
  uint64_t left = ((const item_row *)a)->key;
  uint64_t right = ((const item_row *)b)->key;
  return (left > right) - (left < right);
}

static void
sort_rows(row_list *rows)
{
  if (rows->count > 1) {
    qsort(rows->items, rows->count, sizeof *rows->items, compare_rows);
  }
}

void
bg_item_table_sort(bg_item_table *table)
{
  sort_rows(&table->titles);
  sort_rows(&table->ids);
}

size_t
bg_item_table_count(const bg_item_table *table)
{
  return table->titles.count + table->ids.count;
}

static uint64_t
find_row(const row_list *rows, uint64_t key)
{
  const item_row wanted = {key, 0};
  const item_row *found = rows->count == 0
                              ? NULL
                              : bsearch(&wanted, rows->items, rows->count,
                                        sizeof *rows->items, compare_rows);
  return found == NULL ? 0 : found->item;
}

uint64_t
bg_item_table_find(const bg_item_table *table, bg_view title, uint64_t page_id)
{
  uint64_t item = page_id == 0 ? 0 : find_row(&table->ids, page_id);
  return item > 0 ? item : find_row(&table->titles, bg_catalog_hash(title));
}
