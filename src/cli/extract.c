#include "cli/catalog.h"
#include "cli/checkpoint.h"
#include "cli/commands.h"
#include "cli/parts.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "cli/work.h"
#include "pipeline/pipeline.h"
#include "serialize/serialize.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const bg_option options[] = {
    {"format", 'f', "NAME",
     "write turtle (the default), ntriples, nquads, trig, rdfxml or dot; else "
     "what FILE's ending says"},
    {"output", 'o', "FILE",
     "write to FILE instead of standard output; .gz is compressed"},
    {"store", 's', "DIR", "put the statements into a store, with evidence"},
    {"wait", 0, NULL, "wait for another program that writes to the store"},
    {"evidence", 'e', NULL, "also state which words each statement rests on"},
    {"title", 't', "TITLE", "the title of a page that carries none"},
    {"language", 'l', "CODE",
     "the language of the pages (default: as a dump says, else en)"},
    {"base", 'b', "IRI", "the IRI that the resources' IRIs begin with"},
    {"report", 'r', "FILE",
     "count what was not understood, and say where it first stood"},
    {"jobs", 'j', "N", "work with N threads (default: one a processor)"},
    {"progress", 'p', "FORM",
     "auto (a bar on a terminal), bar, json (a line a second) or none"},
    {"resume", 0, NULL, "go on with a run that was stopped or killed"},
    {"shard", 0, "K/N", "read the K-th of N parts of the inputs"},
    {"titles", 0, "FILE", "of dumps, only the pages that FILE lists"},
    {"index", 0, "FILE",
     "of a multistream dump, only the streams that hold the titles"},
    {"category", 0, "NAME",
     "of dumps, only the pages that the catalog has in a category"},
    {"catalog", 0, "FILE",
     "what the pages linked are, from FILE, or read into it first"},
    {"wikidata", 0, "FILE",
     "the items of pages, for a catalog that is made: page_props.sql.gz or two "
     "columns"},
    {"all-revisions", 0, NULL, "of pages with their history, every revision"},
    {"decompressor", 0, "NAME",
     "for bzip2: auto, libbz2, or lbzip2 where it is installed"},
    {NULL, 0, NULL, NULL},
};

/// What a run opens; zeros for what it does not need.
typedef struct {
  const bg_arguments *arguments;
  const bg_format *format;
  const char *base;
  bg_lexicons *lexicons;
  bg_stream *out;
  bg_store *store;
  bg_sink *sink;
  FILE *report_out;
  bg_report *report;
  bg_pool *pool;
  bg_pipeline_input *inputs;
  size_t input_count;
  bg_titles titles;
  bg_catalog *catalog;
  bg_pipeline_options pipeline;
  // For going on later:
  const char *target; // the file or store; NULL: none that could be
  uint64_t job;
  bg_checkpoint checkpoint;
  size_t skipped; // inputs that were done before
  struct timespec written;
  bool has_checkpoint;
  bg_progress progress;
} run;

static void
complain(void *context, const char *message)
{
  bg_progress_hide(&((const run *)context)->progress);
  bg_cli_complain("%s", message);
}

static void
note_remark(void *context, const bg_page *page, const bg_remark *remark)
{
  bg_report_add(((run *)context)->report, page, remark);
}

// ---- checkpoints -----------------------------------------------------------

static bg_status
write_checkpoint(run *at, bg_error *err)
{
  BG_TRY(at->sink->flush(at->sink, &at->checkpoint.output_size, err));
  BG_TRY(bg_checkpoint_write(at->target, at->job, &at->checkpoint, err));
  clock_gettime(CLOCK_MONOTONIC, &at->written);
  at->has_checkpoint = true;
  return BG_OK;
}

/// After each commit: at most once a second.
static bg_status
show_progress(void *context, const bg_pipeline_state *state, bg_error *err)
{
  const double interval = 1.0;
  run *at = context;
  bg_progress_show(&at->progress, state);
  if (!state->is_committed || at->target == NULL) {
    return BG_OK;
  }
  at->checkpoint.input = at->skipped + state->next_input;
  at->checkpoint.position = state->next;
  at->checkpoint.counts = state->counts;
  return bg_seconds_since(&at->written) < interval ? BG_OK
                                                   : write_checkpoint(at, err);
}

/// What makes a run the same as another: inputs, and options that change the
/// output.
static uint64_t
identify(const run *at)
{
  static const char *const names[] = {"language", "base",    "title",
                                      "shard",    "titles",  "index",
                                      "category", "catalog", NULL};
  bg_buffer text;
  bg_buffer_init(&text);
  for (size_t i = 0; i < at->input_count; i++) {
    struct stat about;
    const char *path = at->inputs[i].path;
    bool is_there = strcmp(path, "-") != 0 && stat(path, &about) == 0;
    bg_buffer_format(&text, "%s %lld %lld\n", path,
                     is_there ? (long long)about.st_size : 0LL,
                     is_there ? (long long)about.st_mtime : 0LL);
  }
  for (size_t i = 0; names[i] != NULL; i++) {
    const char *value = bg_option_value_of(at->arguments, names[i]);
    bg_buffer_format(&text, "%s=%s\n", names[i], value == NULL ? "" : value);
  }
  bg_buffer_format(&text, "%s %d %d", at->format->name,
                   at->pipeline.graph.evidence,
                   at->pipeline.input.all_revisions);
  uint64_t hash = bg_hash_for_files(bg_buffer_view(&text));
  bg_buffer_release(&text);
  return hash;
}

/// Finds where the run was, if it was.
static bg_status
read_checkpoint(run *at, bool *goes_on, bg_error *err)
{
  *goes_on = false;
  if (!bg_option_is_given(at->arguments, "resume")) {
    return BG_OK;
  }
  if (at->target == NULL) {
    return bg_error_set(err, BG_MISUSED,
                        "--resume needs --output with turtle, ntriples or "
                        "nquads, or --store");
  }
  bg_checkpoint read;
  bg_status status = bg_checkpoint_read(at->target, at->job, &read, err);
  if (status != BG_OK) {
    return status == BG_END ? BG_OK : status;
  }
  if (read.input > at->input_count) {
    return bg_error_set(err, BG_REFUSED, "the checkpoint of '%s' is broken",
                        at->target);
  }
  at->checkpoint = read;
  at->has_checkpoint = true;
  at->skipped = read.input;
  at->inputs += read.input;
  at->input_count -= read.input;
  if (at->input_count > 0) {
    at->inputs[0].part.start = read.position;
  }
  at->pipeline.counts = read.counts;
  *goes_on = true;
  return BG_OK;
}

// ---- what was asked for ----------------------------------------------------

static bg_status
check_options(const bg_arguments *arguments, bg_error *err)
{
  if (bg_option_is_given(arguments, "store") &&
      (bg_option_is_given(arguments, "output") ||
       bg_option_is_given(arguments, "format"))) {
    return bg_error_set(err, BG_MISUSED,
                        "--store does not go with --output or --format");
  }
  if (bg_option_is_given(arguments, "title") && arguments->operand_count > 1) {
    return bg_error_set(err, BG_MISUSED, "--title goes with one input");
  }
  bool has_titles = bg_option_is_given(arguments, "titles") ||
                    bg_option_is_given(arguments, "category");
  if (bg_option_is_given(arguments, "index") &&
      (!has_titles || arguments->operand_count != 1 ||
       bg_option_is_given(arguments, "shard"))) {
    return bg_error_set(err, BG_MISUSED,
                        "--index goes with --titles or --category and one "
                        "dump, and not with --shard");
  }
  bool has_catalog = bg_option_is_given(arguments, "catalog");
  if (!has_catalog && (bg_option_is_given(arguments, "category") ||
                       bg_option_is_given(arguments, "wikidata"))) {
    return bg_error_set(err, BG_MISUSED,
                        "--category and --wikidata go with --catalog");
  }
  return BG_OK;
}

/// The format by name, or by the ending of the output's name.
static bg_status
choose_format(run *at, bg_error *err)
{
  const char *name = bg_option_value_of(at->arguments, "format");
  bg_view path = bg_view_of(bg_option_value_of(at->arguments, "output"));
  if (name != NULL) {
    at->format = bg_format_find(name);
    return at->format != NULL
               ? BG_OK
               : bg_error_set(err, BG_MISUSED, "there is no format '%s'", name);
  }
  if (bg_view_has_suffix(path, BG_VIEW(".gz"))) {
    path.size -= 3;
  }
  at->format = bg_format_find("turtle");
  for (const bg_format *each = bg_formats; each->name != NULL; each++) {
    bg_view ending = bg_view_of(each->ending);
    if (path.size > ending.size + 1 && bg_view_has_suffix(path, ending) &&
        path.bytes[path.size - ending.size - 1] == '.') {
      at->format = each;
    }
  }
  return BG_OK;
}

static bg_status
set_pipeline(run *at, bg_error *err)
{
  const bg_arguments *arguments = at->arguments;
  bool to_store = bg_option_is_given(arguments, "store");
  bg_pipeline_options *pipeline = &at->pipeline;
  pipeline->input = (bg_input_options){
      .title = bg_option_value_of(arguments, "title"),
      .language = bg_option_value_of(arguments, "language"),
      .complain = complain,
      .context = at,
      .all_revisions = bg_option_is_given(arguments, "all-revisions"),
      .is_stopped = bg_interrupt_has_come,
  };
  pipeline->graph = (bg_graph_options){
      .base = at->base,
      .evidence = to_store || bg_option_is_given(arguments, "evidence"),
      .graphs = to_store || at->format->has_graphs,
      .revisions = pipeline->input.all_revisions,
  };
  if (pipeline->graph.revisions && !pipeline->graph.graphs) {
    return bg_error_set(err, BG_MISUSED,
                        "--all-revisions needs graphs: --format nquads, or "
                        "--store");
  }
  pipeline->progress = show_progress;
  pipeline->progress_context = at;
  return bg_decompressor_read(arguments, &pipeline->input.decompressor, err);
}

/// The catalog, made by a first reading of the inputs where there is none yet.
static bg_status
open_catalog(run *at, bg_progress_form form, bg_error *err)
{
  const char *path = bg_option_value_of(at->arguments, "catalog");
  if (path == NULL) {
    return BG_OK;
  }
  bool is_there = access(path, F_OK) == 0;
  if (!is_there && bg_option_is_given(at->arguments, "shard")) {
    return bg_error_set(err, BG_MISUSED,
                        "no catalog '%s': make it before the shards are read",
                        path);
  }
  if (!is_there) {
    BG_TRY(bg_catalog_make(path, bg_option_value_of(at->arguments, "wikidata"),
                           at->inputs, at->input_count, &at->pipeline, form,
                           &at->progress, at->arguments->arena, err));
  }
  BG_TRY(bg_catalog_open(path, &at->catalog, err));
  at->pipeline.graph.catalog = at->catalog;
  return BG_OK;
}

static bg_status
narrow_parts(run *at, bg_error *err)
{
  const bg_arguments *arguments = at->arguments;
  const char *titles = bg_option_value_of(arguments, "titles");
  const char *category = bg_option_value_of(arguments, "category");
  const char *index = bg_option_value_of(arguments, "index");
  const char *shard = bg_option_value_of(arguments, "shard");
  bg_titles_init(&at->titles, arguments->arena);
  if (titles != NULL) {
    BG_TRY(bg_titles_read(titles, &at->pipeline.input, &at->titles, err));
  }
  if (category != NULL) {
    BG_TRY(bg_titles_of_category(category, at->catalog, &at->titles, err));
  }
  if (titles != NULL || category != NULL) {
    at->pipeline.wants = bg_titles_has;
    at->pipeline.wants_context = &at->titles;
  }
  if (index != NULL) {
    BG_TRY(bg_parts_index(index, &at->pipeline.input, &at->titles,
                          arguments->arena, &at->inputs[0].part, err));
  }
  return shard == NULL
             ? BG_OK
             : bg_parts_shard(shard, at->inputs, &at->input_count, err);
}

/// The file or store that a later run can go on with.
static void
choose_target(run *at)
{
  const char *store = bg_option_value_of(at->arguments, "store");
  const char *output = bg_option_value_of(at->arguments, "output");
  struct stat about; // a pipe or a device is nothing to go on with
  bool is_file = output != NULL && strcmp(output, "-") != 0 &&
                 !at->format->has_frame &&
                 (stat(output, &about) != 0 || S_ISREG(about.st_mode));
  at->target = store != NULL ? store : is_file ? output : NULL;
}

// ---- opening and closing ---------------------------------------------------

static bg_status
open_sink(run *at, bool goes_on, bg_error *err)
{
  const char *directory = bg_option_value_of(at->arguments, "store");
  if (directory != NULL) {
    const bg_store_options store = {
        .waits = bg_option_is_given(at->arguments, "wait"), .base = at->base};
    BG_TRY(bg_store_open(directory, BG_STORE_WRITE, &store, &at->store, err));
    at->sink = bg_store_sink(at->store);
    return BG_OK;
  }
  BG_TRY(bg_stream_open(bg_option_value_of(at->arguments, "output"),
                        goes_on ? &at->checkpoint.output_size : NULL, &at->out,
                        err));
  return bg_writer_open(at->format, at->out, at->base, &at->sink, err);
}

static bg_status
open_all(run *at, bg_error *err)
{
  unsigned jobs;
  bool goes_on;
  const char *share;
  bg_progress_form form;
  BG_TRY(check_options(at->arguments, err));
  BG_TRY(choose_format(at, err));
  BG_TRY(set_pipeline(at, err));
  BG_TRY(bg_jobs_read(at->arguments, &jobs, err));
  BG_TRY(bg_progress_choose(bg_option_value_of(at->arguments, "progress"),
                            &form, err));
  at->pool = bg_pool_new(jobs);
  at->pipeline.input.pool = at->pool;
  BG_TRY(bg_share_directory(at->arguments->arena, &share, err));
  at->lexicons = bg_lexicons_new(share);
  at->pipeline.lexicons = at->lexicons;
  at->input_count = at->arguments->operand_count;
  at->inputs = bg_parts_of_operands(at->arguments);
  at->job = identify(at);
  BG_TRY(open_catalog(at, form, err));
  BG_TRY(narrow_parts(at, err));
  choose_target(at);
  BG_TRY(read_checkpoint(at, &goes_on, err));
  const char *report = bg_option_value_of(at->arguments, "report");
  if (report != NULL) {
    at->report = bg_report_new();
    at->pipeline.remark = note_remark;
    at->pipeline.remark_context = at;
    BG_TRY(bg_output_open(report, &at->report_out, err));
  }
  BG_TRY(open_sink(at, goes_on, err));
  if (at->target != NULL && !goes_on) {
    bg_checkpoint_remove(at->target); // of a run before, whose output is gone
  }
  clock_gettime(CLOCK_MONOTONIC, &at->written);
  bg_progress_begin(&at->progress, form, at->inputs, at->input_count,
                    &at->pipeline.counts, at->arguments->arena);
  return BG_OK;
}

/// The first failure is the one to tell; later ones follow from it.
static void
keep_worst(bg_status status, const bg_error *err, bg_status *worst,
           bg_error *told)
{
  if (status > *worst) {
    *worst = status;
    *told = *err;
  }
}

static bg_status
close_all(run *at, bg_status worst, bg_error *told)
{
  bg_error err = {{0}};
  if (at->sink != NULL) {
    keep_worst(at->sink->close(at->sink, &err), &err, &worst, told);
  }
  if (at->store != NULL) {
    keep_worst(bg_store_close(at->store, &err), &err, &worst, told);
  }
  keep_worst(bg_stream_close(at->out, &err), &err, &worst, told);
  if (at->report_out != NULL) {
    const char *path = bg_option_value_of(at->arguments, "report");
    bg_report_write(at->report, at->report_out);
    keep_worst(bg_output_close(at->report_out, path, &err), &err, &worst, told);
  }
  bg_report_free(at->report);
  bg_catalog_close(at->catalog);
  bg_lexicons_free(at->lexicons);
  bg_pool_free(at->pool);
  return worst;
}

// ---- the run ---------------------------------------------------------------

static void
tell_end(const run *at, const bg_pipeline_counts *counts)
{
  unsigned long long pages = counts->articles;
  unsigned long long conflicts = counts->conflicts;
  if (at->store != NULL) {
    fprintf(stderr, "%llu page%s, %llu conflict%s, %llu statements stored\n",
            pages, pages == 1 ? "" : "s", conflicts, conflicts == 1 ? "" : "s",
            (unsigned long long)counts->statements);
  }
  if (counts->unchanged > 0) {
    fprintf(stderr, "%llu more had not changed\n",
            (unsigned long long)counts->unchanged);
  }
}

/// What a later run needs is kept where this one is not done.
static bg_status
settle_checkpoint(run *at, bg_status status, bg_error *err)
{
  if (at->target == NULL) {
    return status;
  }
  if (bg_interrupt_has_come() && status != BG_FAILED) {
    bg_status written = write_checkpoint(at, err);
    return written > status ? written : status;
  }
  if (status != BG_FAILED) {
    bg_checkpoint_remove(at->target);
  }
  return status;
}

static bg_status
run_extract(const bg_arguments *arguments, bg_error *err)
{
  const char *base = bg_option_value_of(arguments, "base");
  run at = {.arguments = arguments,
            .base = base == NULL ? BG_DEFAULT_BASE : base};
  bg_interrupts_catch();
  bg_status status = open_all(&at, err);
  if (status == BG_OK) {
    bg_pipeline_counts counts;
    status = bg_pipeline_run(at.inputs, at.input_count, &at.pipeline, at.sink,
                             &counts, err);
    bg_progress_end(&at.progress, &counts, !bg_interrupt_has_come());
    status = settle_checkpoint(&at, status, err);
    if (status != BG_FAILED) {
      tell_end(&at, &counts);
    }
  }
  bool is_kept = at.target != NULL && at.has_checkpoint;
  status = close_all(&at, status, err);
  bg_interrupts_pass_on(is_kept ? "stopped; --resume goes on from here"
                                : "stopped");
  return status;
}

const bg_command bg_command_extract = {
    .name = "extract",
    .summary = "read articles and write their graph",
    .operands = "INPUT...",
    .least_operands = 1,
    .most_operands = BG_ANY_NUMBER,
    .options = options,
    .example =
        "  battlegraph extract 'data/articles/Battle_of_Aksu_(717).txt'\n"
        "  battlegraph extract --store battles data/articles/*.wiki\n"
        "  battlegraph extract enwiki-pages-articles-multistream.xml.bz2 -o "
        "battles.nq.gz\n",
    .run = run_extract,
};
