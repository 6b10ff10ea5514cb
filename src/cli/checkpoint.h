/// Where a run that was killed can go on: a small file beside its output, which
/// is there as long as the run is not done.

#ifndef BG_CLI_CHECKPOINT_H
#define BG_CLI_CHECKPOINT_H

#include "pipeline/pipeline.h"

typedef struct {
  size_t input; ///< go on in this one
  bg_position position;
  uint64_t output_size; ///< what of the output is true
  bg_pipeline_counts counts;
} bg_checkpoint;

/// Replaces the checkpoint of `output` by another, all or nothing. `job` tells
/// the run's inputs and options: another run cannot go on from it.
bg_status bg_checkpoint_write(const char *output, uint64_t job,
                              const bg_checkpoint *checkpoint, bg_error *err);

/// BG_END where there is none; BG_MISUSED where it is of another run;
/// BG_REFUSED where it is no checkpoint.
bg_status bg_checkpoint_read(const char *output, uint64_t job,
                             bg_checkpoint *checkpoint, bg_error *err);

void bg_checkpoint_remove(const char *output);

#endif
