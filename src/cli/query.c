#include "base/file.h"
#include "cli/commands.h"
#include "cli/request.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const bg_option options[] = {
    BG_REQUEST_OPTIONS,
    {"named-query", 'n', "NAME", "run data/queries/NAME.rq"},
    {"list", 'l', NULL, "list the named queries"},
    {"results", 'r', "NAME",
     "write table (the default), json, xml, csv or tsv; a graph as turtle, "
     "ntriples ..."},
    {"explain", 'e', NULL, "show how the query is run, and what it cost"},
    {"engine", 0, "NAME", "answer with battlegraph (the default) or rasqal"},
    {NULL, 0, NULL, NULL},
};

static bg_status
query_folder(const bg_arguments *arguments, const char **folder, bg_error *err)
{
  const char *share;
  BG_TRY(bg_share_directory(arguments->arena, &share, err));
  *folder = bg_arena_format(arguments->arena, "%s/data/queries", share).bytes;
  return BG_OK;
}

/// The file of a named query, or NULL.
static bg_status
find_named(const bg_arguments *arguments, const char **file, bg_error *err)
{
  const char *name = bg_option_value_of(arguments, "named-query");
  const char *folder;
  *file = NULL;
  if (name == NULL) {
    return BG_OK;
  }
  BG_TRY(query_folder(arguments, &folder, err));
  *file = bg_arena_format(arguments->arena, "%s/%s.rq", folder, name).bytes;
  if (strchr(name, '/') != NULL || access(*file, R_OK) != 0) {
    return bg_error_set(err, BG_MISUSED,
                        "there is no query '%s'; --list lists those that there "
                        "are",
                        name);
  }
  return BG_OK;
}

static int
is_query(const struct dirent *entry)
{
  return bg_view_has_suffix(bg_view_of(entry->d_name), BG_VIEW(".rq"));
}

/// What a query says of itself: its first line is a comment.
static bg_status
print_query(const bg_arguments *arguments, const char *folder,
            const char *file_name, bg_error *err)
{
  bg_view name = bg_view_of(file_name);
  bg_buffer text = {0};
  bg_status status = bg_file_read(
      bg_arena_format(arguments->arena, "%s/%s", folder, file_name).bytes,
      &text, err);
  if (status == BG_OK) {
    bg_view rest = bg_buffer_view(&text);
    bg_view line = {0};
    bg_view_next_part(&rest, '\n', &line);
    printf("%-20.*s  %.*s\n", (int)(name.size - 3), name.bytes,
           BG_VIEW_ARGS(bg_view_trim(bg_view_slice(line, 1, line.size))));
  }
  bg_buffer_release(&text);
  return status;
}

static bg_status
list_queries(const bg_arguments *arguments, bg_error *err)
{
  const char *folder;
  struct dirent **entries;
  bg_status status = BG_OK;
  BG_TRY(query_folder(arguments, &folder, err));
  int count = scandir(folder, &entries, is_query, alphasort);
  if (count < 0) {
    return bg_error_set(err, BG_FAILED, "cannot read '%s'", folder);
  }
  for (int i = 0; i < count; i++) {
    if (status == BG_OK) {
      status = print_query(arguments, folder, entries[i]->d_name, err);
    }
    free(entries[i]);
  }
  free(entries);
  return status;
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
  if (bg_option_is_given(arguments, "list")) {
    return list_queries(arguments, err);
  }
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
