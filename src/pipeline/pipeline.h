/// From input files to a sink, page by page, in the order of the inputs.

#ifndef BG_PIPELINE_PIPELINE_H
#define BG_PIPELINE_PIPELINE_H

#include "graph/graph.h"
#include "input/input.h"
#include "lexicon/lexicon.h"

/// Told of each remark, with the page it is about.
typedef void bg_remark_handler(void *context, const bg_page *page,
                               const bg_remark *remark);

typedef struct {
  const bg_lexicon *lexicon;
  bg_input_options input;
  bg_graph_options graph;
  bg_remark_handler *remark; ///< may be NULL
  void *remark_context;
} bg_pipeline_options;

typedef struct {
  size_t pages;
  size_t conflicts;
  size_t statements;
  size_t remarks;
} bg_pipeline_counts;

/// Reads the inputs one after another. One that cannot be read is complained of
/// (`input.complain`) and the next one follows; the status is the worst that
/// was met. A failure of the sink ends the run, with its message in `err`.
bg_status bg_pipeline_run(char *const *paths, size_t path_count,
                          const bg_pipeline_options *options, bg_sink *sink,
                          bg_pipeline_counts *counts, bg_error *err);

#endif
