#include "cli/commands.h"
#include "serialize/serialize.h"
#include "store/store.h"

static const bg_option options[] = {
    {"format", 'f', "NAME",
     "write turtle (the default), ntriples, nquads, rdfxml or dot"},
    {"output", 'o', "FILE", "write to FILE instead of standard output"},
    {"graph", 'g', "IRI", "only the statements of the graph IRI"},
    {"base", 'b', "IRI", "the base whose languages get prefixes"},
    {NULL, 0, NULL, NULL},
};

enum { statements_at_once = 20000 };

/// Statements on their way from the store to a writer, some thousands at a
/// time and never one subject's in two.
typedef struct {
  bg_sink *sink;
  bg_arena *arena;
  bg_statements batch;
} exporting;

static bg_term
keep_term(bg_arena *arena, const bg_term *term)
{
  return (bg_term){.kind = term->kind,
                   .text = bg_arena_copy(arena, term->text),
                   .datatype = bg_arena_copy(arena, term->datatype),
                   .language = bg_arena_copy(arena, term->language)};
}

static bg_status
flush(exporting *at, bg_error *err)
{
  bg_page_graph batch = {.statements = at->batch};
  bg_commit commit = {.pages = &batch, .page_count = 1};
  bg_status status = at->sink->commit(at->sink, &commit, err);
  bg_arena_reset(at->arena);
  at->batch = (bg_statements){0};
  return status;
}

static bg_status
export_statement(void *context, const bg_statement *statement, bg_error *err)
{
  exporting *at = context;
  if (at->batch.count >= statements_at_once &&
      !bg_view_is_equal(at->batch.items[at->batch.count - 1].subject.text,
                        statement->subject.text)) {
    BG_TRY(flush(at, err));
  }
  BG_PUSH(at->arena, &at->batch) =
      (bg_statement){.subject = keep_term(at->arena, &statement->subject),
                     .predicate = keep_term(at->arena, &statement->predicate),
                     .object = keep_term(at->arena, &statement->object),
                     .graph = keep_term(at->arena, &statement->graph)};
  return BG_OK;
}

static bg_status
export_store(const bg_arguments *arguments, bg_store *store,
             const bg_format *format, bg_stream *out, bg_error *err)
{
  const char *base = bg_option_value_of(arguments, "base");
  const char *graph = bg_option_value_of(arguments, "graph");
  bg_statement pattern = {
      .graph = {.kind = graph == NULL ? BG_TERM_NONE : BG_TERM_IRI,
                .text = bg_view_of(graph)},
  };
  exporting at = {.arena = bg_arena_new()};
  bg_status status = bg_writer_open(
      format, out, base == NULL ? BG_DEFAULT_BASE : base, &at.sink, err);
  if (status == BG_OK) {
    status = bg_store_find(store, &pattern, export_statement, &at, err);
    if (status == BG_OK) {
      status = flush(&at, err);
    }
    bg_error close_err = {{0}};
    bg_status closed = at.sink->close(at.sink, &close_err);
    if (status == BG_OK && closed != BG_OK) {
      *err = close_err;
      status = closed;
    }
  }
  bg_arena_free(at.arena);
  return status;
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
  BG_TRY(bg_store_open(arguments->operands[0], BG_STORE_READ, &store, err));
  bg_status status = bg_stream_open(path, NULL, &out, err);
  if (status == BG_OK) {
    status = export_store(arguments, store, format, out, err);
    bg_error close_err = {{0}};
    bg_status closed = bg_stream_close(out, &close_err);
    if (status == BG_OK && closed != BG_OK) {
      *err = close_err;
      status = closed;
    }
  }
  bg_store_close(store, NULL);
  return status;
}

const bg_command bg_command_export = {
    .name = "export",
    .summary = "write what a store holds",
    .operands = "STORE",
    .least_operands = 1,
    .most_operands = 1,
    .options = options,
    .example = "  battlegraph export battles --format nquads -o battles.nq\n",
    .run = run_export,
};
