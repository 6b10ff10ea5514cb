#include "cli/commands.h"
#include "store/store.h"

#include <inttypes.h>
#include <stdlib.h>

#define RDF_TYPE "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

static const bg_option options[] = {
    {"graphs", 'g', NULL, "also list the graphs"},
    {NULL, 0, NULL, NULL},
};

/// A line of a list: how often something is there.
typedef struct {
  bg_id id;
  bg_predicate_counts counts;
} line;

typedef struct {
  bg_store *store;
  bg_arena *arena;
  line *items;
  size_t count;
  size_t capacity;
} line_list;

static bg_status
add_predicate(void *context, bg_id predicate, const bg_predicate_counts *counts,
              bg_error *err)
{
  (void)err;
  line_list *list = context;
  BG_PUSH(list->arena, list) = (line){predicate, *counts};
  return BG_OK;
}

static bg_status
add_graph(void *context, bg_id graph, uint64_t quads, bg_error *err)
{
  (void)err;
  line_list *list = context;
  BG_PUSH(list->arena, list) = (line){graph, {.quads = quads}};
  return BG_OK;
}

/// The classes, with their instances, each counted once whatever the graphs.
static bg_status
add_classes(line_list *list, bg_error *err)
{
  const bg_term type = {BG_TERM_IRI, BG_VIEW(RDF_TYPE), {0}, {0}};
  bg_pattern pattern = {0};
  bg_scan *scan;
  bg_quad quad;
  bg_id last = BG_NO_ID;
  bg_status status;
  BG_TRY(bg_store_find_id(list->store, &type, &pattern.quad.predicate, err));
  if (pattern.quad.predicate == BG_NO_ID) {
    return BG_OK;
  }
  BG_TRY(bg_store_scan(list->store, &pattern, &scan, err));
  while ((status = bg_scan_next(scan, &quad, err)) == BG_OK) {
    bool is_same =
        list->count > 0 && list->items[list->count - 1].id == quad.object;
    if (!is_same) {
      BG_PUSH(list->arena, list) = (line){quad.object, {0}};
    }
    list->items[list->count - 1].counts.quads +=
        !is_same || quad.subject != last;
    last = quad.subject;
  }
  bg_scan_free(scan);
  return status == BG_END ? BG_OK : status;
}

/// The most first.
static int
compare_lines(const void *left, const void *right)
{
  const line *a = left;
  const line *b = right;
  if (a->counts.quads != b->counts.quads) {
    return a->counts.quads > b->counts.quads ? -1 : 1;
  }
  return (a->id > b->id) - (a->id < b->id);
}

static bg_status
print_name(const line_list *list, bg_id id, bg_error *err)
{
  bg_term term;
  BG_TRY(bg_store_find_term(list->store, id, list->arena, &term, err));
  if (term.kind == BG_TERM_NONE) {
    puts("(the default graph)");
    return BG_OK;
  }
  for (const bg_namespace *at = bg_namespaces; at->prefix != NULL; at++) {
    bg_view start = bg_view_of(at->iri);
    if (bg_view_has_prefix(term.text, start)) {
      printf(
          "%s:%.*s\n", at->prefix,
          BG_VIEW_ARGS(bg_view_slice(term.text, start.size, term.text.size)));
      return BG_OK;
    }
  }
  printf("%.*s\n", BG_VIEW_ARGS(term.text));
  return BG_OK;
}

static bg_status
print_lines(line_list *list, bool has_distinct, bg_error *err)
{
  if (list->count > 0) {
    qsort(list->items, list->count, sizeof *list->items, compare_lines);
  }
  for (size_t i = 0; i < list->count; i++) {
    const line *each = &list->items[i];
    printf("%12" PRIu64 "  ", each->counts.quads);
    if (has_distinct) {
      printf("%12" PRIu64 "  %12" PRIu64 "  ", each->counts.subjects,
             each->counts.objects);
    }
    BG_TRY(print_name(list, each->id, err));
  }
  list->count = 0;
  return BG_OK;
}

static bg_status
print_stats(bg_store *store, bool has_graphs, bg_arena *arena, bg_error *err)
{
  bg_store_counts counts;
  line_list list = {.store = store, .arena = arena};
  BG_TRY(bg_store_count(store, &counts, err));
  const struct {
    const char *name;
    uint64_t count;
  } lines[] = {
      {"quads", counts.quads},           {"graphs", counts.graphs},
      {"predicates", counts.predicates}, {"terms", counts.terms},
      {"bytes", counts.bytes},           {"free bytes", counts.bytes_free},
  };
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    printf("%12" PRIu64 "  %s\n", lines[i].count, lines[i].name);
  }
  printf("\n%12s  %12s  %12s  %s\n", "quads", "subjects", "objects",
         "predicate");
  BG_TRY(bg_store_each_predicate(store, add_predicate, &list, err));
  BG_TRY(print_lines(&list, true, err));
  printf("\n%12s  %s\n", "instances", "class");
  BG_TRY(add_classes(&list, err));
  BG_TRY(print_lines(&list, false, err));
  if (has_graphs) {
    printf("\n%12s  %s\n", "quads", "graph");
    BG_TRY(bg_store_each_graph(store, add_graph, &list, err));
    BG_TRY(print_lines(&list, false, err));
  }
  return BG_OK;
}

static bg_status
run_stats(const bg_arguments *arguments, bg_error *err)
{
  bg_store *store;
  BG_TRY(
      bg_store_open(arguments->operands[0], BG_STORE_READ, NULL, &store, err));
  bg_status status = print_stats(store, bg_option_is_given(arguments, "graphs"),
                                 arguments->arena, err);
  bg_store_close(store, NULL);
  return status;
}

const bg_command bg_command_stats = {
    .name = "stats",
    .summary = "count what a store holds",
    .operands = "STORE",
    .least_operands = 1,
    .most_operands = 1,
    .options = options,
    .example = "  battlegraph stats battles\n",
    .run = run_stats,
};
