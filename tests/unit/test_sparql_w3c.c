/// The W3C's tests of SPARQL 1.0 and 1.1, read in place: what is good is read,
/// what is bad is refused, and each query of the other tests is read.

#include "base/buffer.h"
#include "base/file.h"
#include "base/map.h"
#include "serialize/serialize.h"
#include "sparql/parser.h"
#include "tap.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#define MANIFEST "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
#define QUERY "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
#define UPDATE "http://www.w3.org/2009/sparql/tests/test-update#"

typedef struct {
  bg_arena *arena;
  bg_map types;   // of tests
  bg_map queries; // by the node that has them
  bg_map requests;
  bg_statements actions;
} manifest;

typedef struct {
  size_t good;
  size_t bad;
  size_t others;
  size_t wrong;
} tally;

static bg_status
take_statement(void *context, const bg_statement *statement, bg_error *err)
{
  (void)err;
  manifest *to = context;
  bg_view predicate = statement->predicate.text;
  bg_map *map = NULL;
  if (bg_view_has_suffix(predicate, BG_VIEW("#type"))) {
    map = &to->types;
  } else if (bg_view_is_equal(predicate, BG_VIEW(QUERY "query"))) {
    map = &to->queries;
  } else if (bg_view_is_equal(predicate, BG_VIEW(UPDATE "request"))) {
    map = &to->requests;
  } else if (bg_view_is_equal(predicate, BG_VIEW(MANIFEST "action"))) {
    BG_PUSH(to->arena, &to->actions) = (bg_statement){
        .subject = bg_term_copy(to->arena, &statement->subject),
        .object = bg_term_copy(to->arena, &statement->object),
    };
  }
  if (map != NULL) {
    bg_view *object = BG_NEW(to->arena, bg_view);
    *object = bg_arena_copy(to->arena, statement->object.text);
    bg_map_set(map, bg_arena_copy(to->arena, statement->subject.text), object);
  }
  return BG_OK;
}

static bool
is_type(const bg_view *type, const char *name)
{
  return bg_view_is_equal(bg_view_slice(*type, sizeof MANIFEST - 1, type->size),
                          bg_view_of(name));
}

static bg_status
parse(bg_view text, bool is_update, const char *base, bg_arena *arena,
      bg_error *err)
{
  const bg_parser_options options = {.base = base};
  bg_query query;
  bg_update update;
  return is_update ? bg_update_parse(text, &options, arena, &update, err)
                   : bg_query_parse(text, &options, arena, &query, err);
}

/// `file` is an IRI, whose last segment is a name in `folder`.
static void
check_file(const char *folder, bg_view file, bool is_update, bool is_good,
           tally *counts)
{
  bg_arena *arena = bg_arena_new();
  bg_error err = {{0}};
  bg_buffer text;
  bg_buffer_init(&text);
  size_t slash = bg_view_find_last_byte(file, '/');
  bg_view name = bg_view_slice(file, slash + 1, file.size);
  bg_view path = bg_arena_format(arena, "%s%.*s", folder, BG_VIEW_ARGS(name));
  bg_status status = bg_file_read(path.bytes, &text, &err);
  if (status == BG_OK) {
    status = parse(bg_buffer_view(&text), is_update, "http://example/base",
                   arena, &err);
  }
  if (status != (is_good ? BG_OK : BG_REFUSED)) {
    counts->wrong++;
    printf("# %s is %s: %s\n", path.bytes, is_good ? "good" : "bad",
           err.message);
  }
  bg_buffer_release(&text);
  bg_arena_free(arena);
}

static void
check_action(const char *folder, const manifest *tests,
             const bg_statement *action, tally *counts)
{
  const bg_view *type = bg_map_find(&tests->types, action->subject.text);
  const bg_view *query = bg_map_find(&tests->queries, action->object.text);
  const bg_view *request = bg_map_find(&tests->requests, action->object.text);
  if (query != NULL || request != NULL) {
    counts->others++;
    check_file(folder, query != NULL ? *query : *request, query == NULL, true,
               counts);
  } else if (type == NULL || action->object.kind != BG_TERM_IRI) {
    return;
  } else if (is_type(type, "PositiveSyntaxTest") ||
             is_type(type, "PositiveSyntaxTest11")) {
    counts->good++;
    check_file(folder, action->object.text, false, true, counts);
  } else if (is_type(type, "NegativeSyntaxTest") ||
             is_type(type, "NegativeSyntaxTest11")) {
    counts->bad++;
    check_file(folder, action->object.text, false, false, counts);
  } else if (is_type(type, "PositiveUpdateSyntaxTest11")) {
    counts->good++;
    check_file(folder, action->object.text, true, true, counts);
  } else if (is_type(type, "NegativeUpdateSyntaxTest11")) {
    counts->bad++;
    check_file(folder, action->object.text, true, false, counts);
  }
}

static void
check_manifest(const char *path, tally *all)
{
  manifest tests = {.arena = bg_arena_new()};
  tally counts = {0};
  bg_error err = {{0}};
  bg_map_init(&tests.types, tests.arena);
  bg_map_init(&tests.queries, tests.arena);
  bg_map_init(&tests.requests, tests.arena);
  bg_view folder = bg_view_of(path);
  folder = bg_arena_copy(
      tests.arena,
      bg_view_slice(folder, 0, bg_view_find_last_byte(folder, '/') + 1));
  bg_status status =
      bg_reader_read(path, "turtle", 0, take_statement, &tests, &err);
  for (size_t i = 0; i < tests.actions.count; i++) {
    check_action(folder.bytes, &tests, &tests.actions.items[i], &counts);
  }
  const char *shown = strstr(path, "/w3c/");
  ok(status == BG_OK && counts.wrong == 0,
     "%s: %zu good, %zu bad, %zu queries%s%s", shown + 5, counts.good,
     counts.bad, counts.others, status == BG_OK ? "" : ": ", err.message);
  all->good += counts.good;
  all->bad += counts.bad;
  all->others += counts.others;
  bg_arena_free(tests.arena);
}

int
main(void)
{
  const char *top = getenv("top_srcdir");
  bg_arena *arena = bg_arena_new();
  bg_view pattern =
      bg_arena_format(arena, "%s/../shared/w3c/sparql1[01]/*/manifest.ttl",
                      top == NULL ? "." : top);
  glob_t found;
  if (glob(pattern.bytes, 0, NULL, &found) != 0) {
    printf("1..0 # SKIP the W3C's tests are not here\n");
    bg_arena_free(arena);
    return 0;
  }
  tally all = {0};
  for (size_t i = 0; i < found.gl_pathc; i++) {
    check_manifest(found.gl_pathv[i], &all);
  }
  ok(all.good > 100 && all.bad > 50 && all.others > 300,
     "all: %zu good, %zu bad, %zu queries", all.good, all.bad, all.others);
  globfree(&found);
  bg_arena_free(arena);
  return done_testing();
}
