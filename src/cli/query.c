#include "base/buffer.h"
#include "base/file.h"
#include "cli/commands.h"
#include "sparql/sparql.h"
#include "store/store.h"

#include <string.h>

static const bg_option options[] = {
    {"file", 'f', "FILE", "read the query from FILE"},
    {"named-query", 'n', "NAME", "run data/queries/NAME.rq"},
    {"results", 'r', "NAME",
     "write table (the default), json, xml, csv or tsv; a graph as turtle, "
     "ntriples ..."},
    {"base", 'b', "IRI", "resolve relative IRIs of the query against IRI"},
    {"engine", 'e', "NAME", "evaluate with NAME: rasqal, the only one so far"},
    {NULL, 0, NULL, NULL},
};

/// The query's text: from --file, --named-query or the last operand.
static bg_status
read_query(const bg_arguments *arguments, bg_buffer *text, bg_error *err)
{
  const char *file = bg_option_value_of(arguments, "file");
  const char *name = bg_option_value_of(arguments, "named-query");
  bool is_operand = arguments->operand_count == 2;
  if (is_operand + (file != NULL) + (name != NULL) != 1) {
    return bg_error_set(err, BG_MISUSED,
                        "give one query: as SPARQL, --file or --named-query");
  }
  if (is_operand) {
    bg_buffer_append(text, bg_view_of(arguments->operands[1]));
    return BG_OK;
  }
  if (name != NULL) {
    const char *share;
    if (strchr(name, '/') != NULL) {
      return bg_error_set(err, BG_MISUSED, "'%s' is no name of a query", name);
    }
    BG_TRY(bg_share_directory(arguments->arena, &share, err));
    file =
        bg_arena_format(arguments->arena, "%s/data/queries/%s.rq", share, name)
            .bytes;
  }
  return bg_file_read(file, text, err);
}

static bg_status
run_query(const bg_arguments *arguments, bg_error *err)
{
  bg_query_options query = {.base = bg_option_value_of(arguments, "base"),
                            .results =
                                bg_option_value_of(arguments, "results")};
  const char *engine = bg_option_value_of(arguments, "engine");
  if (engine != NULL) {
    BG_TRY(bg_engine_find(engine, &query.engine, err));
  }
  bg_buffer text;
  bg_buffer_init(&text);
  bg_status status = read_query(arguments, &text, err);
  bg_store *store = NULL;
  if (status == BG_OK) {
    status =
        bg_store_open(arguments->operands[0], BG_STORE_READ, NULL, &store, err);
  }
  if (status == BG_OK) {
    status = bg_query_run(store, bg_buffer_view(&text), &query, stdout, err);
  }
  bg_store_close(store, NULL);
  bg_buffer_release(&text);
  return status;
}

const bg_command bg_command_query = {
    .name = "query",
    .summary = "ask a store in SPARQL",
    .operands = "STORE [SPARQL]",
    .least_operands = 1,
    .most_operands = 2,
    .options = options,
    .example = "  battlegraph query battles 'SELECT ?s { ?s a bg:Battle }'\n"
               "  battlegraph query battles --named-query sides\n",
    .run = run_query,
};
