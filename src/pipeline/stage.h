/// What is done with the pages that come through the pipeline. Of the room's
/// own.

#ifndef BG_PIPELINE_STAGE_H
#define BG_PIPELINE_STAGE_H

#include "pipeline/block.h"

typedef struct {
  void *context;
  /// Whether a page of a dump is worked on.
  bool (*wants)(void *context, const bg_lexicon *lexicon, const bg_page *page);
  /// The work on a block, a bg_block. Any thread.
  void (*work)(bg_job *job);
  /// Takes a block when its turn has come.
  bg_status (*commit)(void *context, bg_block *block, bg_error *err);
} bg_stage;

/// As bg_pipeline_run; `worst` is the worst that an input was.
bg_status bg_stage_run(const bg_stage *stage, const bg_pipeline_input *inputs,
                       size_t input_count, const bg_pipeline_options *options,
                       bg_pipeline_counts *counts, bg_status *worst,
                       bg_error *err);

/// Tells something of a page: the input is not all that it should be.
void bg_stage_complain(const bg_pipeline_options *options, const bg_page *page,
                       const char *what);

#endif
