#include "pipeline/pipeline.h"

#include "article/article.h"
#include "extract/extract.h"

typedef struct {
  const bg_pipeline_options *options;
  bg_sink *sink;
  bg_pipeline_counts *counts;
  bg_arena *arena; // emptied after each page
} worker;

static bg_status
commit_page(worker *at, const bg_page *page, bg_error *err)
{
  bg_article *article = bg_article_read(page, at->arena);
  bg_findings findings = bg_extract(article, at->options->lexicon, at->arena);
  bg_page_graph graph =
      bg_graph_state(&findings, &at->options->graph, at->arena);
  for (size_t i = 0; i < findings.remarks.count; i++) {
    if (at->options->remark != NULL) {
      at->options->remark(at->options->remark_context, page,
                          &findings.remarks.items[i]);
    }
  }
  at->counts->pages++;
  at->counts->conflicts += findings.conflict_count;
  at->counts->statements += graph.statements.count;
  at->counts->remarks += findings.remarks.count;
  bg_status status =
      at->sink->commit(at->sink, &graph.statements, graph.graphs, 2, err);
  bg_arena_reset(at->arena);
  return status;
}

/// Sets `sink_status` when the sink failed: then nothing can follow.
static bg_status
run_input(worker *at, const char *path, bg_status *sink_status, bg_error *err)
{
  bg_input *input;
  BG_TRY(bg_input_open(path, &at->options->input, &input, err));
  bg_page page;
  bg_status status;
  while ((status = bg_input_next(input, &page, err)) == BG_OK) {
    *sink_status = commit_page(at, &page, err);
    if (*sink_status != BG_OK) {
      status = *sink_status;
      break;
    }
  }
  if (status == BG_END) {
    status = bg_input_is_damaged(input) ? BG_REFUSED : BG_OK;
    if (err != NULL) {
      err->message[0] = '\0'; // the damage has been told already
    }
  }
  bg_input_close(input);
  return status;
}

bg_status
bg_pipeline_run(char *const *paths, size_t path_count,
                const bg_pipeline_options *options, bg_sink *sink,
                bg_pipeline_counts *counts, bg_error *err)
{
  *counts = (bg_pipeline_counts){0};
  worker at = {.options = options,
               .sink = sink,
               .counts = counts,
               .arena = bg_arena_new()};
  bg_status worst = BG_OK;
  bg_status sink_status = BG_OK;
  for (size_t i = 0; i < path_count && sink_status == BG_OK; i++) {
    bg_status status = run_input(&at, paths[i], &sink_status, err);
    if (status > worst) {
      worst = status;
    }
    if (status != BG_OK && sink_status == BG_OK && err != NULL &&
        err->message[0] != '\0') {
      if (options->input.complain != NULL) {
        options->input.complain(options->input.context, err->message);
      }
      err->message[0] = '\0';
    }
  }
  bg_arena_free(at.arena);
  return worst;
}
