#include "cli/commands.h"
#include "cli/progress.h"
#include "serialize/serialize.h"
#include "store/store.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

static const bg_option options[] = {
    {"graph", 'g', "IRI", "put all statements into the graph IRI"},
    {"syntax", 's', "NAME",
     "take the files for turtle, ntriples, nquads, trig, rdfxml ..."},
    {"batch", 'n', "N",
     "commit after each N statements (2000000): so many are lost at most"},
    {"wait", 'w', NULL, "wait for another program that writes to the store"},
    {NULL, 0, NULL, NULL},
};

enum { usual_batch = 2000000, told_after = 100000 };

typedef struct {
  bg_store *store;
  bg_term graph; // BG_TERM_NONE: as the file says
  uint64_t batch;
  uint64_t statements;
  uint64_t committed; // of those
  bool has_failed;    // the store; what was not committed is lost
  bool is_watched;    // standard error is a terminal
  struct timespec started;
} loading;

static void
tell_progress(const loading *at)
{
  double seconds = bg_seconds_since(&at->started);
  fprintf(stderr,
          "\r%" PRIu64 " statements, %" PRIu64 " committed, %.0f a second ",
          at->statements, at->committed,
          seconds > 0 ? (double)at->statements / seconds : 0);
}

/// Passes on what the store says.
static bg_status
note(loading *at, bg_status status)
{
  at->has_failed = at->has_failed || status != BG_OK;
  return status;
}

static bg_status
commit(loading *at, bg_error *err)
{
  BG_TRY(note(at, bg_store_commit(at->store, err)));
  at->committed = at->statements;
  return BG_OK;
}

static bg_status
add_statement(void *context, const bg_statement *statement, bg_error *err)
{
  loading *at = context;
  bg_statement quad = *statement;
  if (at->graph.kind != BG_TERM_NONE) {
    quad.graph = at->graph;
  }
  BG_TRY(note(at, bg_store_add(at->store, &quad, err)));
  at->statements++;
  if (at->is_watched && at->statements % told_after == 0) {
    tell_progress(at);
  }
  return at->statements - at->committed < at->batch ? BG_OK : commit(at, err);
}

/// A file that is refused is told and the next one follows; what stood before
/// its error stays. What fails in the store ends it all.
static bg_status
load_files(const bg_arguments *arguments, loading *at, bg_error *err)
{
  bg_status worst = BG_OK;
  for (size_t i = 1; i < arguments->operand_count && !at->has_failed; i++) {
    bg_status status = bg_reader_read(
        arguments->operands[i], bg_option_value_of(arguments, "syntax"),
        bg_store_fresh_number(at->store), add_statement, at, err);
    if (at->is_watched && at->statements >= told_after) {
      fputs("\r\033[K", stderr);
    }
    if (status != BG_OK) {
      bg_cli_complain("%s", err->message);
      err->message[0] = '\0';
      worst = status > worst ? status : worst;
    }
  }
  return worst;
}

static bg_status
read_batch(const bg_arguments *arguments, uint64_t *batch, bg_error *err)
{
  const char *given = bg_option_value_of(arguments, "batch");
  char *end;
  *batch = usual_batch;
  if (given == NULL) {
    return BG_OK;
  }
  *batch = strtoull(given, &end, 10);
  return *batch > 0 && *end == '\0' && bg_is_digit(given[0])
             ? BG_OK
             : bg_error_set(err, BG_MISUSED, "'%s' is no number of statements",
                            given);
}

static bg_status
run_load(const bg_arguments *arguments, bg_error *err)
{
  const char *graph = bg_option_value_of(arguments, "graph");
  const bg_store_options store = {.waits =
                                      bg_option_is_given(arguments, "wait")};
  loading at = {
      .graph = {.kind = graph == NULL ? BG_TERM_NONE : BG_TERM_IRI,
                .text = bg_view_of(graph)},
      .is_watched = isatty(STDERR_FILENO) == 1,
  };
  clock_gettime(CLOCK_MONOTONIC, &at.started);
  BG_TRY(read_batch(arguments, &at.batch, err));
  BG_TRY(bg_store_open(arguments->operands[0], BG_STORE_WRITE, &store,
                       &at.store, err));
  bg_status status = load_files(arguments, &at, err);
  bg_error commit_err = {{0}};
  bg_status committed = at.has_failed ? BG_OK : commit(&at, &commit_err);
  bg_store_close(at.store, NULL);
  if (committed > status) {
    *err = commit_err;
    status = committed;
  }
  fprintf(stderr, "%" PRIu64 " statement%s loaded\n", at.committed,
          at.committed == 1 ? "" : "s");
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
