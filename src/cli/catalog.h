/// Making a catalog: the first of two readings of a dump.

#ifndef BG_CLI_CATALOG_H
#define BG_CLI_CATALOG_H

#include "cli/progress.h"

/// Reads the inputs into a catalog at `path`. `wikidata` is a table of items,
/// or NULL. `progress` is drawn in `form`.
bg_status bg_catalog_make(const char *path, const char *wikidata,
                          const bg_pipeline_input *inputs, size_t input_count,
                          const bg_pipeline_options *options,
                          bg_progress_form form, bg_progress *progress,
                          bg_arena *arena, bg_error *err);

#endif
