#include "pipeline/stage.h"

#include <stdio.h>
#include <stdlib.h>

enum {
  block_size = 256 << 10, // bytes of articles: some battles
  block_pages = 256,
  block_distance = 20000, // pages seen: so often at least a place is noted
  tell_after = 512,       // pages seen
};

typedef struct {
  const bg_stage *stage;
  const bg_pipeline_options *options;
  const bg_pipeline_input *inputs;
  size_t input_count;
  bg_pipeline_state state;
  bg_input *input;
  bg_status worst;
  // Blocks, in the order of the inputs; the one behind the last is being
  // filled.
  bg_block *blocks;
  size_t block_limit;
  size_t first;
  size_t count;
  uint64_t told; // pages seen when progress was told last
  uint64_t seen; // since the last block
} run;

static bool
is_stopped(const run *at)
{
  return at->options->input.is_stopped != NULL &&
         at->options->input.is_stopped();
}

static void
complain(const run *at, const char *message)
{
  if (at->options->input.complain != NULL) {
    at->options->input.complain(at->options->input.context, message);
  }
}

static void
note_status(run *at, bg_status status)
{
  if (status > at->worst) {
    at->worst = status;
  }
}

static bg_status
tell_progress(run *at, bg_error *err)
{
  at->told = at->state.counts.pages;
  if (at->options->progress == NULL) {
    return BG_OK;
  }
  if (at->input != NULL) {
    bg_input_progress(at->input, &at->state.done, &at->state.total);
  }
  return at->options->progress(at->options->progress_context, &at->state, err);
}

// ---- committing ------------------------------------------------------------

/// Tells of bytes that were no text.
static void
tell_replaced(run *at, const bg_block *block)
{
  char message[1024];
  for (size_t i = 0; i < block->count; i++) {
    const bg_block_page *item = &block->items[i];
    if (item->replaced > 0) {
      snprintf(message, sizeof message,
               "'%s': page '%.*s': %zu bytes that are no text read as '?'",
               item->page.path, BG_VIEW_ARGS(item->page.title), item->replaced);
      complain(at, message);
      note_status(at, BG_REFUSED);
    }
  }
}

/// Waits for the first block and commits it.
static bg_status
commit_block(run *at, bg_error *err)
{
  bg_block *block = &at->blocks[at->first];
  bg_pool_wait(at->options->input.pool, &block->job);
  if (block->count > 0) {
    BG_TRY(at->stage->commit(at->stage->context, block, err));
  }
  tell_replaced(at, block);
  bg_pipeline_counts *counts = &at->state.counts;
  counts->articles += block->count;
  counts->conflicts += block->conflicts;
  counts->statements += block->statements;
  counts->remarks += block->remark_count;
  at->state.next_input = block->next_input;
  at->state.next = block->next;
  bg_block_reset(block);
  at->first = (at->first + 1) % at->block_limit;
  at->count--;
  at->state.is_committed = true;
  bg_status status = tell_progress(at, err);
  at->state.is_committed = false;
  return status;
}

// ---- filling blocks --------------------------------------------------------

static bg_block *
open_block(run *at)
{
  return &at->blocks[(at->first + at->count) % at->block_limit];
}

/// Hands the block that is being filled to the pool.
static bg_status
submit_block(run *at, size_t next_input, bg_position next, bg_error *err)
{
  bg_block *block = open_block(at);
  block->next_input = next_input;
  block->next = next;
  bg_pool_submit(at->options->input.pool, &block->job);
  at->count++;
  // One is kept free to be filled.
  while (at->count >= at->block_limit) {
    BG_TRY(commit_block(at, err));
  }
  return BG_OK;
}

static bg_status
take_page(run *at, size_t index, const bg_page *page, bg_error *err)
{
  bg_block *block = open_block(at);
  const bg_lexicon *lexicon;
  at->state.counts.pages++;
  BG_TRY(
      bg_lexicons_find(at->options->lexicons, page->language, &lexicon, err));
  if (!page->is_of_dump ||
      at->stage->wants(at->stage->context, lexicon, page)) {
    bg_block_add(block, page, lexicon);
  }
  at->seen++;
  if (block->size >= block_size || block->count >= block_pages ||
      at->seen >= block_distance) {
    at->seen = 0;
    return submit_block(at, index, bg_input_position(at->input), err);
  }
  return at->state.counts.pages - at->told >= tell_after
             ? tell_progress(at, err)
             : BG_OK;
}

/// The pages of one input. Its own faults are told and do not end the run; one
/// of the sink does.
static bg_status
read_input(run *at, size_t index, bg_error *err)
{
  const bg_pipeline_input *from = &at->inputs[index];
  bg_error reason = {{0}};
  bg_page page;
  at->state.input = index;
  bg_status status = bg_input_open(from->path, &at->options->input, &from->part,
                                   &at->input, &reason);
  while (status == BG_OK && !is_stopped(at)) {
    status = bg_input_next(at->input, &page, &reason);
    if (status == BG_OK) {
      status = take_page(at, index, &page, err);
      if (status == BG_FAILED) {
        return status;
      }
      if (status != BG_OK) {
        bg_error_set(&reason, status, "'%s': %s", page.path, err->message);
        err->message[0] = '\0';
      }
    }
  }
  if (at->input != NULL && bg_input_is_damaged(at->input)) {
    note_status(at, BG_REFUSED); // it has been told
  }
  if (status > BG_END) {
    note_status(at, status);
    complain(at, reason.message);
  }
  return BG_OK;
}

/// All inputs, up to the last block's commit.
static bg_status
read_inputs(run *at, bg_error *err)
{
  size_t index = 0;
  bg_position next = {0};
  for (; index < at->input_count; index++) {
    BG_TRY(read_input(at, index, err));
    if (is_stopped(at)) {
      next = at->input == NULL ? next : bg_input_position(at->input);
      break;
    }
    bg_input_close(at->input);
    at->input = NULL;
  }
  BG_TRY(submit_block(at, index, next, err));
  while (at->count > 0) {
    BG_TRY(commit_block(at, err));
  }
  return BG_OK;
}

/// After a failure: the pool still works on what was given to it.
static void
abandon_blocks(run *at)
{
  for (size_t i = 0; i < at->count; i++) {
    bg_block *block = &at->blocks[(at->first + i) % at->block_limit];
    bg_pool_wait(at->options->input.pool, &block->job);
  }
}

bg_status
bg_stage_run(const bg_stage *stage, const bg_pipeline_input *inputs,
             size_t input_count, const bg_pipeline_options *options,
             bg_pipeline_counts *counts, bg_error *err)
{
  run at = {
      .stage = stage,
      .options = options,
      .inputs = inputs,
      .input_count = input_count,
      .state.counts = *counts,
      .block_limit = bg_pool_threads(options->input.pool) + 3,
  };
  at.blocks = bg_heap_allocate(at.block_limit * sizeof *at.blocks);
  for (size_t i = 0; i < at.block_limit; i++) {
    bg_block_init(&at.blocks[i], options);
    at.blocks[i].job.run = stage->work;
    at.blocks[i].context = stage->context;
  }
  bg_status status = read_inputs(&at, err);
  bg_input_close(at.input);
  abandon_blocks(&at);
  for (size_t i = 0; i < at.block_limit; i++) {
    bg_block_release(&at.blocks[i]);
  }
  free(at.blocks);
  *counts = at.state.counts;
  return status != BG_OK ? status : at.worst;
}
