/// Some pages on their way through the pipeline: filled by the reader, worked
/// on by any thread, committed by the reader. Of the room's own.

#ifndef BG_PIPELINE_BLOCK_H
#define BG_PIPELINE_BLOCK_H

#include "pipeline/pipeline.h"

/// What is told when the block is committed.
typedef struct {
  const bg_page *page;
  bg_remark remark;
} bg_block_remark;

typedef struct {
  bg_block_remark *items;
  size_t count;
  size_t capacity;
} bg_block_remarks;

typedef struct {
  bg_page page;
  const bg_lexicon *lexicon; ///< of its language
  size_t replaced;           ///< bytes that were no text
} bg_block_page;

typedef struct {
  bg_job job;
  const bg_pipeline_options *options;
  void *context; ///< the stage's own; read-only where it works
  // Filled by the reader:
  bg_arena *kept; ///< lives until the block is committed
  bg_block_page *items;
  size_t count;
  size_t capacity;
  size_t size;       ///< of their texts, in bytes
  size_t next_input; ///< where reading goes on behind the block
  bg_position next;
  // The result:
  bg_arena *scratch; ///< for a page, where the sink prepares bytes
  bg_page_graph *graphs;
  bg_buffer bytes;
  bg_block_remarks remarks;
  uint64_t conflicts;
  uint64_t statements;
  uint64_t remark_count; ///< also where none is kept
} bg_block;

void bg_block_init(bg_block *block, const bg_pipeline_options *options);
void bg_block_release(bg_block *block);

/// Empties it; keeps the memory, unless that is much.
void bg_block_reset(bg_block *block);

/// Copies a page into the block.
void bg_block_add(bg_block *block, const bg_page *page,
                  const bg_lexicon *lexicon);

/// Empties the scratch arena; gives much memory back.
void bg_block_empty_scratch(bg_block *block);

#endif
