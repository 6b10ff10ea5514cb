#include "cli/commands.h"
#include "serialize/serialize.h"
#include "store/store.h"

static const bg_option options[] = {
    {"graph", 'g', "IRI", "put all statements into the graph IRI"},
    {"syntax", 's', "NAME",
     "take the files for turtle, ntriples, nquads, trig, rdfxml ..."},
    {NULL, 0, NULL, NULL},
};

typedef struct {
  bg_store *store;
  bg_term graph; // BG_TERM_NONE: as the file says
  size_t statements;
} loading;

static bg_status
add_statement(void *context, const bg_statement *statement, bg_error *err)
{
  loading *at = context;
  bg_statement quad = *statement;
  if (at->graph.kind != BG_TERM_NONE) {
    quad.graph = at->graph;
  }
  at->statements++;
  return bg_store_add(at->store, &quad, err);
}

/// A file that is refused is told and the next one follows; what stood before
/// its error stays.
static bg_status
load_files(const bg_arguments *arguments, loading *at, bg_error *err)
{
  bg_status worst = BG_OK;
  for (size_t i = 1; i < arguments->operand_count; i++) {
    bg_status status = bg_reader_read(arguments->operands[i],
                                      bg_option_value_of(arguments, "syntax"),
                                      i, add_statement, at, err);
    if (status != BG_OK) {
      bg_cli_complain("%s", err->message);
      err->message[0] = '\0';
      worst = status > worst ? status : worst;
    }
  }
  return worst;
}

static bg_status
run_load(const bg_arguments *arguments, bg_error *err)
{
  const char *graph = bg_option_value_of(arguments, "graph");
  loading at = {
      .graph = {.kind = graph == NULL ? BG_TERM_NONE : BG_TERM_IRI,
                .text = bg_view_of(graph)},
  };
  BG_TRY(bg_store_open(arguments->operands[0], BG_STORE_WRITE, &at.store, err));
  bg_status status = load_files(arguments, &at, err);
  bg_error close_err = {{0}};
  bg_status closed = bg_store_close(at.store, &close_err);
  if (closed > status) {
    *err = close_err;
    return closed;
  }
  fprintf(stderr, "%zu statement%s loaded\n", at.statements,
          at.statements == 1 ? "" : "s");
  return status;
}

const bg_command bg_command_load = {
    .name = "load",
    .summary = "read RDF files into a store",
    .operands = "STORE FILE...",
    .least_operands = 2,
    .most_operands = BG_ANY_NUMBER,
    .options = options,
    .example = "  battlegraph load battles more.ttl\n",
    .run = run_load,
};
