#include "cli/catalog.h"

#include "cli/commands.h"
#include "cli/parts.h"
#include "cli/work.h"

static bg_status
show_progress(void *context, const bg_pipeline_state *state, bg_error *err)
{
  (void)err;
  bg_progress_show(context, state);
  return BG_OK;
}

static bg_status
read_items(const char *path, const bg_input_options *options,
           bg_item_table *table, bg_error *err)
{
  bg_lines *lines;
  bg_view line;
  unsigned long long number = 0;
  BG_TRY(bg_lines_open(path, options, &lines, err));
  bg_status status;
  while ((status = bg_lines_next(lines, &line, err)) == BG_OK) {
    number++;
    if (!bg_item_table_read(table, line)) {
      status = bg_error_set(err, BG_REFUSED,
                            "'%s', line %llu: neither a title and an item nor "
                            "SQL of page_props",
                            path, number);
      break;
    }
  }
  bg_lines_close(lines);
  bg_item_table_sort(table);
  if (status == BG_END && bg_item_table_count(table) == 0) {
    return bg_error_set(err, BG_REFUSED, "'%s' holds no item", path);
  }
  return status == BG_END ? BG_OK : status;
}

/// All pages into the catalog; not those of a part, which is read later.
static bg_status
read_pages(const char *path, const bg_item_table *items,
           const bg_pipeline_input *inputs, size_t input_count,
           const bg_pipeline_options *options, bg_error *err)
{
  bg_catalog_writer *writer;
  bg_pipeline_counts counts;
  BG_TRY(bg_catalog_writer_open(path, &writer, err));
  bg_status status = bg_pipeline_catalog(inputs, input_count, options, items,
                                         writer, &counts, err);
  bool is_stopped =
      options->input.is_stopped != NULL && options->input.is_stopped();
  bool keep = status <= BG_REFUSED && !is_stopped;
  bg_error ignored;
  bg_status closed =
      bg_catalog_writer_close(writer, keep, keep ? err : &ignored);
  if (is_stopped) {
    return bg_error_set(err, BG_FAILED, "stopped while making '%s'", path);
  }
  if (keep && closed != BG_OK) {
    return closed;
  }
  // What was broken has been told, and is told once more by the second reading.
  return keep ? BG_OK : status;
}

bg_status
bg_catalog_make(const char *path, const char *wikidata,
                const bg_pipeline_input *inputs, size_t input_count,
                const bg_pipeline_options *options, bg_progress_form form,
                bg_progress *progress, bg_arena *arena, bg_error *err)
{
  const bg_pipeline_counts none = {0};
  bg_pipeline_options first = *options;
  first.progress = show_progress;
  first.progress_context = progress;
  bg_item_table *items = NULL;
  bg_status status = BG_OK;
  if (wikidata != NULL) {
    items = bg_item_table_new();
    status = read_items(wikidata, &options->input, items, err);
  }
  bg_progress_begin(progress, form, inputs, input_count, &none, arena);
  if (status == BG_OK) {
    status = read_pages(path, items, inputs, input_count, &first, err);
  }
  bg_progress_hide(progress);
  bg_item_table_free(items);
  return status;
}

// ---- the command -----------------------------------------------------------

static const bg_option command_options[] = {
    {"output", 'o', "FILE", "the catalog (must be given)"},
    {"wikidata", 0, "FILE",
     "the items of pages: page_props.sql.gz or two columns"},
    {"language", 'l', "CODE",
     "the language of the pages (default: as a dump says, else en)"},
    {"jobs", 'j', "N", "work with N threads (default: one a processor)"},
    {"progress", 'p', "FORM",
     "auto (a bar on a terminal), bar, json (a line a second) or none"},
    {"decompressor", 0, "NAME",
     "for bzip2: auto, libbz2, or lbzip2 where it is installed"},
    {NULL, 0, NULL, NULL},
};

static void
complain(void *context, const char *message)
{
  bg_progress_hide(context);
  bg_cli_complain("%s", message);
}

static bg_status
run_catalog(const bg_arguments *arguments, bg_error *err)
{
  unsigned jobs;
  const char *share;
  bg_progress_form form;
  bg_progress progress = {.form = BG_PROGRESS_NONE};
  bg_pipeline_options options = {
      .input = {.language = bg_option_value_of(arguments, "language"),
                .complain = complain,
                .context = &progress,
                .is_stopped = bg_interrupt_has_come},
  };
  if (!bg_option_is_given(arguments, "output")) {
    return bg_error_set(err, BG_MISUSED, "--output is missing");
  }
  BG_TRY(bg_jobs_read(arguments, &jobs, err));
  BG_TRY(bg_decompressor_read(arguments, &options.input.decompressor, err));
  BG_TRY(bg_progress_choose(bg_option_value_of(arguments, "progress"), &form,
                            err));
  BG_TRY(bg_share_directory(arguments->arena, &share, err));
  bg_interrupts_catch();
  options.lexicons = bg_lexicons_new(share);
  options.input.pool = bg_pool_new(jobs);
  bg_status status =
      bg_catalog_make(bg_option_value_of(arguments, "output"),
                      bg_option_value_of(arguments, "wikidata"),
                      bg_parts_of_operands(arguments), arguments->operand_count,
                      &options, form, &progress, arguments->arena, err);
  bg_pool_free(options.input.pool);
  bg_lexicons_free(options.lexicons);
  bg_interrupts_pass_on("stopped");
  return status;
}

const bg_command bg_command_catalog = {
    .name = "catalog",
    .summary = "note what the pages of dumps are about",
    .operands = "DUMP...",
    .least_operands = 1,
    .most_operands = BG_ANY_NUMBER,
    .options = command_options,
    .example = "  battlegraph catalog simplewiki-pages-articles.xml.bz2 -o "
               "simple.catalog\n",
    .run = run_catalog,
};
