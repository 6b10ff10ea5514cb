/// Which parts of the inputs a run reads: a shard, or the streams that hold
/// some titles.

#ifndef BG_CLI_PARTS_H
#define BG_CLI_PARTS_H

#include "base/map.h"
#include "cli/cli.h"
#include "pipeline/pipeline.h"

/// The operands as whole inputs, in the arguments' arena.
bg_pipeline_input *bg_parts_of_operands(const bg_arguments *arguments);

/// Titles as MediaWiki spells them.
typedef struct {
  bg_arena *arena;
  bg_map set;
} bg_titles;

void bg_titles_init(bg_titles *titles, bg_arena *arena);

/// Adds those of a file of one title a line.
bg_status bg_titles_read(const char *path, const bg_input_options *options,
                         bg_titles *titles, bg_error *err);

/// Adds those of the conflicts that a catalog has in a category.
bg_status bg_titles_of_category(const char *category, const bg_catalog *catalog,
                                bg_titles *titles, bg_error *err);

/// A bg_title_filter.
bool bg_titles_has(const void *titles, bg_view title);

/// Cuts the inputs down to shard `text`, "K/N": the K-th of N parts of like
/// size in bytes. The count may become smaller.
bg_status bg_parts_shard(const char *text, bg_pipeline_input *inputs,
                         size_t *count, bg_error *err);

/// Finds the streams of a multistream dump that hold the titles, in its index
/// ("offset:page id:title" a line).
bg_status bg_parts_index(const char *path, const bg_input_options *options,
                         const bg_titles *titles, bg_arena *arena,
                         bg_part *part, bg_error *err);

#endif
