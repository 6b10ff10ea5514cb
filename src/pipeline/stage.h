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

/// As bg_pipeline_run; `counts` go on from what they are.
bg_status bg_stage_run(const bg_stage *stage, const bg_pipeline_input *inputs,
                       size_t input_count, const bg_pipeline_options *options,
                       bg_pipeline_counts *counts, bg_error *err);

#endif
