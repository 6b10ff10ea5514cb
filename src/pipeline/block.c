#include "pipeline/block.h"

enum {
  // A strange page may take hundreds of megabytes; they are given back.
  arena_kept = 32 << 20,
};

void
bg_block_init(bg_block *block, const bg_pipeline_options *options)
{
  *block = (bg_block){
      .options = options, .kept = bg_arena_new(), .scratch = bg_arena_new()};
}

void
bg_block_release(bg_block *block)
{
  bg_arena_free(block->kept);
  bg_arena_free(block->scratch);
  bg_buffer_release(&block->bytes);
}

static void
empty_arena(bg_arena **arena)
{
  if (bg_arena_used(*arena) > arena_kept) {
    bg_arena_free(*arena);
    *arena = bg_arena_new();
  } else {
    bg_arena_reset(*arena);
  }
}

void
bg_block_reset(bg_block *block)
{
  empty_arena(&block->kept);
  empty_arena(&block->scratch);
  bg_buffer_reset(&block->bytes);
  *block = (bg_block){.job = block->job,
                      .options = block->options,
                      .context = block->context,
                      .kept = block->kept,
                      .scratch = block->scratch,
                      .bytes = block->bytes};
}

void
bg_block_add(bg_block *block, const bg_page *page, const bg_lexicon *lexicon)
{
  bg_arena *arena = block->kept;
  bg_block_page *item = &BG_PUSH(arena, block);
  *item = (bg_block_page){.page = *page, .lexicon = lexicon};
  bg_page *added = &item->page;
  added->title = bg_arena_copy(arena, page->title);
  added->language = bg_arena_copy(arena, page->language);
  added->wiki = bg_arena_copy(arena, page->wiki);
  added->text = bg_arena_copy(arena, page->text);
  added->timestamp = bg_arena_copy(arena, page->timestamp);
  added->redirect = bg_arena_copy(arena, page->redirect);
  block->size += page->text.size;
}

void
bg_block_empty_scratch(bg_block *block)
{
  empty_arena(&block->scratch);
}
