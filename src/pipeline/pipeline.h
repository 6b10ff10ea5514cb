/// From input files to a sink. Pages go in blocks to the threads of a pool, and
/// come to the sink in the order of the inputs: the same bytes for any number
/// of threads. What is held at once is bounded, whatever the input's size.

#ifndef BG_PIPELINE_PIPELINE_H
#define BG_PIPELINE_PIPELINE_H

#include "catalog/catalog.h"
#include "graph/graph.h"
#include "input/input.h"
#include "lexicon/lexicon.h"

/// Told of each remark, with the page it is about. On the caller's thread.
typedef void bg_remark_handler(void *context, const bg_page *page,
                               const bg_remark *remark);

/// A file and the part of it that is read.
typedef struct {
  const char *path;
  bg_part part;
} bg_pipeline_input;

typedef struct {
  uint64_t pages;    ///< seen, of every kind
  uint64_t articles; ///< read: those that may state something
  uint64_t conflicts;
  uint64_t statements;
  uint64_t remarks;
  uint64_t unchanged; ///< articles that the sink had in this revision
} bg_pipeline_counts;

/// How far a run is.
typedef struct {
  bg_pipeline_counts counts;
  size_t input;         ///< the number of the file being read
  uint64_t done;        ///< bytes read of it, compressed
  uint64_t total;       ///< of so many; 0 where that is not known
  bool is_committed;    ///< what follows is true, because of a commit:
  size_t next_input;    ///< one who goes on begins with this file
  bg_position next;     ///< and in it here
  uint64_t output_size; ///< and with so much of the output
} bg_pipeline_state;

/// Told now and then how far the run is, on the caller's thread. Another status
/// than BG_OK ends it.
typedef bg_status bg_progress_handler(void *context,
                                      const bg_pipeline_state *state,
                                      bg_error *err);

/// Whether a page of a dump is wanted, by its title.
typedef bool bg_title_filter(const void *context, bg_view title);

typedef struct {
  bg_lexicons *lexicons;
  bg_input_options input;
  bg_graph_options graph;
  bg_remark_handler *remark; ///< may be NULL
  void *remark_context;
  bg_progress_handler *progress; ///< may be NULL
  void *progress_context;
  bg_title_filter *wants; ///< NULL: all that pass the filter are read
  const void *wants_context;
  bg_pipeline_counts counts; ///< to begin with
} bg_pipeline_options;

/// Reads the inputs one after another. One that cannot be read is complained of
/// (`input.complain`) and the next one follows; the status is the worst that
/// was met. A failure of the sink ends the run, with its message in `err`.
bg_status bg_pipeline_run(const bg_pipeline_input *inputs, size_t input_count,
                          const bg_pipeline_options *options, bg_sink *sink,
                          bg_pipeline_counts *counts, bg_error *err);

/// Reads the inputs into a catalog: each page of the article namespace, with
/// its item from `items`, which may be NULL. `options` as for bg_pipeline_run;
/// its graph and remarks do not matter.
bg_status bg_pipeline_catalog(const bg_pipeline_input *inputs,
                              size_t input_count,
                              const bg_pipeline_options *options,
                              const bg_item_table *items,
                              bg_catalog_writer *writer,
                              bg_pipeline_counts *counts, bg_error *err);

#endif
