#include "base/map.h"
#include "cli/commands.h"
#include "cli/lookup.h"
#include "serialize/serialize.h"
#include "store/store.h"

#define RDF_TYPE "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

static const bg_option options[] = {
    {"format", 'f', "NAME",
     "write turtle (the default), ntriples, nquads, trig, rdfxml or dot"},
    {"output", 'o', "FILE",
     "write to FILE instead of standard output; .gz is compressed"},
    {"graph", 'g', "IRI", "only the statements of the graph IRI"},
    {"subject", 's', "NAME", "only those of the thing NAME, and of its parts"},
    {"class", 'c', "NAME", "only those of the things of a class: bg:Siege"},
    {"base", 'b', "IRI", "the base whose languages get prefixes"},
    {NULL, 0, NULL, NULL},
};

enum { statements_at_once = 4096 };

/// Statements on their way from the store to a writer, some thousands at a
/// time, and a subject's together unless it has more.
typedef struct {
  bg_store *store;
  bg_term graph; // BG_TERM_NONE: all
  bg_sink *sink;
  bool has_graphs;
  bg_arena *arena; // of the batch
  bg_statements batch;
  bg_term subject; // of the statement before
  bg_term predicate;
  bg_term in_graph;
} exporting;

/// A part of a thing that is yet to be written, or was.
typedef struct {
  bg_term *items;
  size_t count;
  size_t capacity;
  bg_map seen;
  bg_arena *arena;
  bg_view start; // of the IRIs of the thing's parts
  exporting *at;
} part_list;

static bool
is_same(const bg_term *a, const bg_term *b)
{
  return a->kind == b->kind && bg_view_is_equal(a->text, b->text);
}

/// Keeps a term that is often the one before.
static bg_term
keep_again(bg_arena *arena, bg_term *before, const bg_term *term)
{
  if (!is_same(before, term)) {
    *before = bg_term_copy(arena, term);
  }
  return *before;
}

static bg_status
flush(exporting *at, bg_error *err)
{
  bg_page_graph batch = {.statements = at->batch};
  bg_commit commit = {.pages = &batch, .page_count = 1};
  if (at->batch.count == 0) {
    return BG_OK;
  }
  bg_status status = at->sink->commit(at->sink, &commit, err);
  bg_arena_reset(at->arena);
  at->batch = (bg_statements){0};
  at->subject = at->predicate = at->in_graph = (bg_term){0};
  return status;
}

static bg_status
export_statement(void *context, const bg_statement *statement, bg_error *err)
{
  exporting *at = context;
  const bg_statement *before =
      at->batch.count == 0 ? NULL : &at->batch.items[at->batch.count - 1];
  bool goes_on =
      before != NULL && is_same(&before->subject, &statement->subject);
  // The same statement of another graph is nothing new without graphs.
  if (goes_on && !at->has_graphs &&
      is_same(&before->predicate, &statement->predicate) &&
      is_same(&before->object, &statement->object) &&
      bg_view_is_equal(before->object.datatype, statement->object.datatype) &&
      bg_view_is_equal(before->object.language, statement->object.language)) {
    return BG_OK;
  }
  if (at->batch.count >= 16 * statements_at_once ||
      (at->batch.count >= statements_at_once && !goes_on)) {
    BG_TRY(flush(at, err));
  }
  bg_arena *arena = at->arena;
  BG_PUSH(arena, &at->batch) = (bg_statement){
      .subject = keep_again(arena, &at->subject, &statement->subject),
      .predicate = keep_again(arena, &at->predicate, &statement->predicate),
      .object = bg_term_copy(arena, &statement->object),
      .graph = keep_again(arena, &at->in_graph, &statement->graph)};
  return BG_OK;
}

// ---- what is exported ------------------------------------------------------

static bg_status
export_all(exporting *at, bg_error *err)
{
  const bg_statement pattern = {.graph = at->graph};
  return bg_store_find(at->store, &pattern, export_statement, at, err);
}

static bg_status
add_part(part_list *parts, const bg_term *term)
{
  if (bg_map_find(&parts->seen, term->text) == NULL) {
    bg_term kept = bg_term_copy(parts->arena, term);
    bg_map_set(&parts->seen, kept.text, parts);
    BG_PUSH(parts->arena, parts) = kept;
  }
  return BG_OK;
}

static bg_status
export_and_follow(void *context, const bg_statement *statement, bg_error *err)
{
  part_list *parts = context;
  if (statement->object.kind == BG_TERM_IRI &&
      bg_view_has_prefix(statement->object.text, parts->start)) {
    BG_TRY(add_part(parts, &statement->object));
  }
  return export_statement(parts->at, statement, err);
}

/// A thing and its parts, whose IRIs go on with '#' where its own ends.
static bg_status
export_thing(exporting *at, const bg_term *thing, bg_error *err)
{
  part_list parts = {.arena = bg_arena_new(), .at = at};
  bg_map_init(&parts.seen, parts.arena);
  parts.start = bg_arena_join(parts.arena, thing->text, BG_VIEW("#"));
  bg_status status = add_part(&parts, thing);
  for (size_t i = 0; i < parts.count && status == BG_OK; i++) {
    const bg_statement pattern = {.subject = parts.items[i],
                                  .graph = at->graph};
    status = bg_store_find(at->store, &pattern, export_and_follow, &parts, err);
  }
  bg_arena_free(parts.arena);
  return status;
}

typedef struct {
  exporting *at;
  bg_term before;
  bg_arena *arena;
} class_export;

/// In the order of subjects; one that several graphs class comes once.
static bg_status
export_instance(void *context, const bg_statement *statement, bg_error *err)
{
  class_export *of = context;
  if (is_same(&of->before, &statement->subject)) {
    return BG_OK;
  }
  bg_arena_reset(of->arena);
  of->before = bg_term_copy(of->arena, &statement->subject);
  return export_thing(of->at, &of->before, err);
}

static bg_status
export_class(exporting *at, bg_lookup *lookup, const char *name, bg_error *err)
{
  class_export of = {.at = at, .arena = bg_arena_new()};
  bg_statement pattern = {
      .predicate = {BG_TERM_IRI, BG_VIEW(RDF_TYPE), {0}, {0}},
      .graph = at->graph};
  bg_status status =
      bg_lookup_resolve_in(lookup, name, &pattern, &pattern.object);
  if (status == BG_OK) {
    status = bg_store_find(at->store, &pattern, export_instance, &of, err);
  }
  bg_arena_free(of.arena);
  return status;
}

static bg_status
export_part(const bg_arguments *arguments, exporting *at, bg_error *err)
{
  const char *graph = bg_option_value_of(arguments, "graph");
  const char *subject = bg_option_value_of(arguments, "subject");
  const char *class_name = bg_option_value_of(arguments, "class");
  bg_lookup lookup;
  bg_lookup_init(&lookup, at->store, bg_option_value_of(arguments, "base"),
                 NULL, arguments->arena, err);
  if (graph != NULL) {
    bg_statement pattern = {.graph = {0}};
    BG_TRY(bg_lookup_resolve_in(&lookup, graph, &pattern, &pattern.graph));
    at->graph = pattern.graph;
  }
  if (subject != NULL) {
    bg_term thing;
    BG_TRY(bg_lookup_resolve(&lookup, subject, &thing));
    BG_TRY(export_thing(at, &thing, err));
  }
  if (class_name != NULL) {
    BG_TRY(export_class(at, &lookup, class_name, err));
  }
  if (subject == NULL && class_name == NULL) {
    BG_TRY(export_all(at, err));
  }
  return flush(at, err);
}

// ---- the command -----------------------------------------------------------

/// The first failure is the one to tell.
static bg_status
first_failure(bg_status status, bg_status later, const bg_error *later_err,
              bg_error *err)
{
  if (status == BG_OK && later != BG_OK) {
    *err = *later_err;
    return later;
  }
  return status;
}

static bg_status
export_store(const bg_arguments *arguments, bg_store *store,
             const bg_format *format, bg_stream *out, bg_error *err)
{
  const char *base = bg_option_value_of(arguments, "base");
  bg_error close_err = {{0}};
  exporting at = {.store = store, .has_graphs = format->has_graphs};
  BG_TRY(bg_writer_open(format, out, base == NULL ? bg_store_base(store) : base,
                        &at.sink, err));
  at.arena = bg_arena_new();
  bg_status status = export_part(arguments, &at, err);
  bg_arena_free(at.arena);
  return first_failure(status, at.sink->close(at.sink, &close_err), &close_err,
                       err);
}

static bg_status
run_export(const bg_arguments *arguments, bg_error *err)
{
  const char *name = bg_option_value_of(arguments, "format");
  const bg_format *format = bg_format_find(name == NULL ? "turtle" : name);
  if (format == NULL) {
    return bg_error_set(err, BG_MISUSED, "there is no format '%s'", name);
  }
  const char *path = bg_option_value_of(arguments, "output");
  bg_store *store;
  bg_stream *out;
  bg_error close_err = {{0}};
  BG_TRY(
      bg_store_open(arguments->operands[0], BG_STORE_READ, NULL, &store, err));
  bg_status status = bg_stream_open(path, NULL, &out, err);
  if (status == BG_OK) {
    status = export_store(arguments, store, format, out, err);
    status = first_failure(status, bg_stream_close(out, &close_err), &close_err,
                           err);
  }
  bg_store_close(store, NULL);
  return status;
}

const bg_command bg_command_export = {
    .name = "export",
    .summary = "write what a store holds, or a part of it",
    .operands = "STORE",
    .least_operands = 1,
    .most_operands = 1,
    .options = options,
    .example = "  battlegraph export battles --format nquads -o battles.nq\n"
               "  battlegraph export battles --subject 'Battle of Cannae'\n",
    .run = run_export,
};
