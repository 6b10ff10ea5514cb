#include "pipeline/block.h"

#include "article/article.h"
#include "extract/extract.h"

enum {
  // A strange page may take hundreds of megabytes; they are given back.
  arena_kept = 32 << 20,
};

void
bg_block_init(bg_block *block, const bg_pipeline_options *options,
              const bg_sink *sink)
{
  *block = (bg_block){.job.run = bg_block_work,
                      .options = options,
                      .sink = sink,
                      .kept = bg_arena_new(),
                      .scratch = bg_arena_new()};
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
                      .sink = block->sink,
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

/// Their words may be the scratch arena's, and they outlive it.
static void
keep_remarks(bg_block *block, const bg_page *page,
             const bg_remark_list *remarks)
{
  for (size_t i = 0; i < remarks->count; i++) {
    bg_block_remark kept = {page, remarks->items[i]};
    kept.remark.words = bg_arena_copy(block->kept, kept.remark.words);
    BG_PUSH(block->kept, &block->remarks) = kept;
  }
}

/// From a page to statements. The text is read into the scratch arena as well:
/// nobody needs it afterwards.
static bg_page_graph
read_page(bg_block *block, bg_block_page *item)
{
  bg_arena *arena = block->scratch;
  bg_page page = item->page;
  item->replaced = bg_page_read_text(&page, arena);
  bg_article *article = bg_article_read(&page, arena);
  bg_findings findings = bg_extract(article, item->lexicon, arena);
  if (block->options->remark != NULL) {
    keep_remarks(block, &item->page, &findings.remarks);
  }
  block->remark_count += findings.remarks.count;
  block->conflicts += findings.conflict_count;
  bg_page_graph graph =
      bg_graph_state(&findings, &block->options->graph, arena);
  block->statements += graph.statements.count;
  return graph;
}

void
bg_block_work(bg_job *job)
{
  bg_block *block = (bg_block *)job;
  const bg_sink *sink = block->sink;
  block->graphs = BG_NEW_ARRAY(block->kept, bg_page_graph, block->count);
  for (size_t i = 0; i < block->count; i++) {
    block->graphs[i] = read_page(block, &block->items[i]);
    if (sink->prepare != NULL) {
      sink->prepare(sink, &block->graphs[i].statements, &block->bytes);
      empty_arena(&block->scratch);
    }
  }
  if (sink->prepare != NULL) {
    sink->seal(sink, &block->bytes);
  }
}
