/// Any bytes as a query and as an update: read or refused, with a message that
/// is text; what is read is no deeper than algebra.h says.

#include "base/utf8.h"
#include "sparql/parser.h"
#include "sparql_tree.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
expect(bool is_kept)
{
  if (!is_kept) {
    abort();
  }
}

static void
check_message(const bg_error *err)
{
  bg_view message = bg_view_of(err->message);
  expect(bg_view_has_prefix(message, BG_VIEW("line ")));
  expect(message.size < sizeof err->message - 1);
  expect(bg_utf8_is_valid(message));
  expect(bg_view_has_suffix(message, BG_VIEW("^")));
}

static void
check_depth(const bg_operation *where)
{
  expect(where == NULL || where->depth <= BG_MOST_DEPTH);
}

/// Reads every part of what was read, for the sanitizer.
static void
check_query(bg_view text, const bg_parser_options *options, bg_arena *arena)
{
  bg_query query;
  bg_error err;
  bg_status status = bg_query_parse(text, options, arena, &query, &err);
  if (status != BG_OK) {
    expect(status == BG_REFUSED);
    check_message(&err);
    return;
  }
  sparql_tree tree;
  check_depth(query.where);
  bg_buffer_init(&tree.out);
  show_query(&tree, &query);
  bg_buffer_release(&tree.out);
}

static void
check_update(bg_view text, const bg_parser_options *options, bg_arena *arena)
{
  bg_update update;
  bg_error err;
  bg_status status = bg_update_parse(text, options, arena, &update, &err);
  if (status != BG_OK) {
    expect(status == BG_REFUSED);
    check_message(&err);
    return;
  }
  sparql_tree tree;
  for (size_t i = 0; i < update.count; i++) {
    check_depth(update.steps[i].where);
  }
  bg_buffer_init(&tree.out);
  show_update(&tree, &update);
  bg_buffer_release(&tree.out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  const bg_parser_options options = {
      .base = "http://example/a/b?c",
      .has_prefixes = true,
  };
  bg_view text = {(const char *)bytes, size};
  bg_arena *arena = bg_arena_new();
  check_query(text, &options, arena);
  check_update(text, &options, arena);
  bg_arena_free(arena);
  return 0;
}
