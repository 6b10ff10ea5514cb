#include "cli/commands.h"
#include "cli/report.h"
#include "pipeline/pipeline.h"
#include "serialize/serialize.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

static const bg_option options[] = {
    {"format", 'f', "NAME",
     "write turtle (the default), ntriples, nquads, rdfxml or dot"},
    {"output", 'o', "FILE", "write to FILE instead of standard output"},
    {"store", 's', "DIR", "put the statements into a store, with evidence"},
    {"evidence", 'e', NULL, "also state which words each statement rests on"},
    {"title", 't', "TITLE", "the title of a page that carries none"},
    {"language", 'l', "CODE", "the language of the pages (default: en)"},
    {"base", 'b', "IRI", "the IRI that the resources' IRIs begin with"},
    {"report", 'r', "FILE",
     "count what was not understood, and say where it first stood"},
    {NULL, 0, NULL, NULL},
};

/// What a run opens; zeros for what it does not need.
typedef struct {
  const bg_format *format;
  bg_lexicon *lexicon;
  FILE *out;
  bg_store *store;
  bg_sink *sink;
  FILE *report_out;
  bg_report *report;
} run;

static void
complain(void *context, const char *message)
{
  (void)context;
  bg_cli_complain("%s", message);
}

static void
note_remark(void *context, const bg_page *page, const bg_remark *remark)
{
  bg_report_add(context, page, remark);
}

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
  return BG_OK;
}

static bg_status
open_sink(const bg_arguments *arguments, const char *base, run *opened,
          bg_error *err)
{
  const char *directory = bg_option_value_of(arguments, "store");
  if (directory != NULL) {
    BG_TRY(bg_store_open(directory, BG_STORE_WRITE, &opened->store, err));
    opened->sink = bg_store_sink(opened->store);
    return BG_OK;
  }
  BG_TRY(bg_output_open(bg_option_value_of(arguments, "output"), &opened->out,
                        err));
  return bg_writer_open(opened->format, opened->out, base, &opened->sink, err);
}

static bg_status
open_all(const bg_arguments *arguments, const char *language, const char *base,
         run *opened, bg_error *err)
{
  const char *name = bg_option_value_of(arguments, "format");
  opened->format = bg_format_find(name == NULL ? "turtle" : name);
  if (opened->format == NULL) {
    return bg_error_set(err, BG_MISUSED, "there is no format '%s'", name);
  }
  const char *share;
  BG_TRY(bg_share_directory(arguments->arena, &share, err));
  BG_TRY(bg_lexicon_open(share, language, &opened->lexicon, err));
  const char *report = bg_option_value_of(arguments, "report");
  if (report != NULL) {
    opened->report = bg_report_new();
    BG_TRY(bg_output_open(report, &opened->report_out, err));
  }
  return open_sink(arguments, base, opened, err);
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
close_all(const bg_arguments *arguments, run *opened, bg_status worst,
          bg_error *told)
{
  bg_error err = {{0}};
  if (opened->sink != NULL) {
    keep_worst(opened->sink->close(opened->sink, &err), &err, &worst, told);
  }
  if (opened->store != NULL) {
    keep_worst(bg_store_close(opened->store, &err), &err, &worst, told);
  }
  if (opened->out != NULL) {
    const char *path = bg_option_value_of(arguments, "output");
    keep_worst(bg_output_close(opened->out, path, &err), &err, &worst, told);
  }
  if (opened->report_out != NULL) {
    const char *path = bg_option_value_of(arguments, "report");
    bg_report_write(opened->report, opened->report_out);
    keep_worst(bg_output_close(opened->report_out, path, &err), &err, &worst,
               told);
  }
  bg_report_free(opened->report);
  bg_lexicon_close(opened->lexicon);
  return worst;
}

static bg_status
run_extract(const bg_arguments *arguments, bg_error *err)
{
  BG_TRY(check_options(arguments, err));
  const char *language = bg_option_value_of(arguments, "language");
  const char *base = bg_option_value_of(arguments, "base");
  base = base == NULL ? BG_DEFAULT_BASE : base;
  run opened = {0};
  bg_status status = open_all(arguments, language == NULL ? "en" : language,
                              base, &opened, err);
  if (status == BG_OK) {
    bool to_store = opened.store != NULL;
    bg_pipeline_options pipeline = {
        .lexicon = opened.lexicon,
        .input = {.title = bg_option_value_of(arguments, "title"),
                  .language = language,
                  .complain = complain},
        .graph = {.base = base,
                  .evidence =
                      to_store || bg_option_is_given(arguments, "evidence"),
                  .graphs = to_store || opened.format->has_graphs},
        .remark = opened.report == NULL ? NULL : note_remark,
        .remark_context = opened.report,
    };
    bg_pipeline_counts counts;
    status = bg_pipeline_run(arguments->operands, arguments->operand_count,
                             &pipeline, opened.sink, &counts, err);
    if (to_store && status != BG_FAILED) {
      fprintf(stderr, "%zu page%s, %zu conflict%s, %zu statements stored\n",
              counts.pages, counts.pages == 1 ? "" : "s", counts.conflicts,
              counts.conflicts == 1 ? "" : "s", counts.statements);
    }
  }
  return close_all(arguments, &opened, status, err);
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
        "  battlegraph extract --store battles data/articles/*.wiki\n",
    .run = run_extract,
};
