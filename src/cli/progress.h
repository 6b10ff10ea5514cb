/// How far a long run is, on standard error.

#ifndef BG_CLI_PROGRESS_H
#define BG_CLI_PROGRESS_H

#include "pipeline/pipeline.h"

#include <time.h>

typedef enum {
  BG_PROGRESS_NONE,
  BG_PROGRESS_BAR,  ///< one line that is drawn over and over
  BG_PROGRESS_JSON, ///< one JSON object a line, one line a second
} bg_progress_form;

typedef struct {
  bg_progress_form form;
  const bg_pipeline_input *inputs;
  uint64_t *sizes; ///< of what is read of each input; 0 where not known
  size_t input_count;
  uint64_t total; ///< of all sizes; 0 where one is not known
  struct timespec started;
  double shown;          ///< seconds after the start
  uint64_t pages_before; ///< of the run that is gone on with
  uint64_t done;         ///< bytes, when it was told last
  uint64_t done_before;
  bool has_done_before;
} bg_progress;

/// On CLOCK_MONOTONIC.
double bg_seconds_since(const struct timespec *start);

/// "auto", "bar", "json" or "none": auto draws a bar on a terminal.
bg_status bg_progress_choose(const char *name, bg_progress_form *form,
                             bg_error *err);

void bg_progress_begin(bg_progress *progress, bg_progress_form form,
                       const bg_pipeline_input *inputs, size_t input_count,
                       const bg_pipeline_counts *before, bg_arena *arena);

/// Shows it, if it is time.
void bg_progress_show(bg_progress *progress, const bg_pipeline_state *state);

/// Makes room for a message, which the bar would stand before.
void bg_progress_hide(const bg_progress *progress);

/// Shows the end; `is_whole` where all was read.
void bg_progress_end(bg_progress *progress, const bg_pipeline_counts *counts,
                     bool is_whole);

#endif
