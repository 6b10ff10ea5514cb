#include "cli/commands.h"
#include "cli/request.h"

#include <string.h>

static const bg_option options[] = {
    BG_REQUEST_OPTIONS,
    {"named-query", 'n', "NAME", "run data/queries/NAME.rq"},
    {"results", 'r', "NAME",
     "write table (the default), json, xml, csv or tsv; a graph as turtle, "
     "ntriples ..."},
    {"explain", 'e', NULL, "show how the query is run, and what it cost"},
    {"engine", 0, "NAME", "answer with battlegraph (the default) or rasqal"},
    {NULL, 0, NULL, NULL},
};

/// The file of a named query, or NULL.
static bg_status
find_named(const bg_arguments *arguments, const char **file, bg_error *err)
{
  const char *name = bg_option_value_of(arguments, "named-query");
  const char *share;
  *file = NULL;
  if (name == NULL) {
    return BG_OK;
  }
  if (strchr(name, '/') != NULL) {
    return bg_error_set(err, BG_MISUSED, "'%s' is no name of a query", name);
  }
  BG_TRY(bg_share_directory(arguments->arena, &share, err));
  *file =
      bg_arena_format(arguments->arena, "%s/data/queries/%s.rq", share, name)
          .bytes;
  return BG_OK;
}

static bg_status
choose_engine(const bg_arguments *arguments, bg_query_engine *engine,
              bg_error *err)
{
  const char *name = bg_option_value_of(arguments, "engine");
  *engine = BG_ENGINE_OWN;
  if (name != NULL && strcmp(name, "rasqal") == 0) {
    *engine = BG_ENGINE_RASQAL;
  } else if (name != NULL && strcmp(name, "battlegraph") != 0) {
    return bg_error_set(err, BG_MISUSED,
                        "no engine '%s': battlegraph or rasqal", name);
  }
  return BG_OK;
}

static bg_status
run_query(const bg_arguments *arguments, bg_error *err)
{
  const char *named;
  bg_request request = {0};
  bg_query_engine engine;
  BG_TRY(choose_engine(arguments, &engine, err));
  BG_TRY(find_named(arguments, &named, err));
  bg_status status =
      bg_request_open(arguments, BG_STORE_READ, named, &request, err);
  request.options.results = bg_option_value_of(arguments, "results");
  request.options.explains = bg_option_is_given(arguments, "explain");
  request.options.engine = engine;
  bg_view text = bg_buffer_view(&request.text);
  if (status == BG_OK) {
    status =
        request.store == NULL
            ? bg_sparql_check(text, false, &request.options, err)
            : bg_query_run(request.store, text, &request.options, stdout, err);
  }
  bg_request_close(&request, NULL);
  return status;
}

const bg_command bg_command_query = {
    .name = "query",
    .summary = "ask a store in SPARQL",
    .operands = "[STORE] [SPARQL]",
    .least_operands = 0,
    .most_operands = 2,
    .options = options,
    .example = "  battlegraph query battles 'SELECT ?s { ?s a bg:Battle }'\n"
               "  battlegraph query battles --named-query sides\n"
               "  battlegraph query --data more.ttl 'ASK { ?s a bg:Siege }'\n",
    .run = run_query,
};
