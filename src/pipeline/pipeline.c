#include "pipeline/pipeline.h"

#include "article/article.h"
#include "extract/extract.h"
#include "pipeline/filter.h"
#include "pipeline/stage.h"

/// The stage that reads articles into a sink.
typedef struct {
  const bg_pipeline_options *options;
  bg_sink *sink;
  bg_arena *arena; // for a page at a time
  uint64_t unchanged;
} extraction;

// ---- which pages -----------------------------------------------------------

/// Whether the sink has the page's revision already: then nothing is new.
static bool
is_unchanged(extraction *at, const bg_page *page)
{
  if (at->sink->revision == NULL || page->revision == 0) {
    return false;
  }
  bg_term graph = bg_page_graph_name(&at->options->graph, page->wiki,
                                     page->title, page->revision, at->arena);
  bool is_same = at->sink->revision(at->sink, &graph) == page->revision;
  bg_arena_reset(at->arena);
  at->unchanged += is_same;
  return is_same;
}

static bool
wants_page(void *context, const bg_lexicon *lexicon, const bg_page *page)
{
  extraction *at = context;
  const bg_pipeline_options *options = at->options;
  if (options->wants != NULL) {
    return options->wants(options->wants_context, page->title) &&
           !is_unchanged(at, page);
  }
  return page->namespace == 0 && page->redirect.size == 0 &&
         bg_filter_passes(lexicon, page->text) && !is_unchanged(at, page);
}

// ---- the work, on any thread -----------------------------------------------

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

static void
extract_block(bg_job *job)
{
  bg_block *block = (bg_block *)job;
  const bg_sink *sink = ((const extraction *)block->context)->sink;
  block->graphs = BG_NEW_ARRAY(block->kept, bg_page_graph, block->count);
  for (size_t i = 0; i < block->count; i++) {
    block->graphs[i] = read_page(block, &block->items[i]);
    if (sink->prepare != NULL) {
      sink->prepare(sink, &block->graphs[i].statements, &block->bytes);
      bg_block_empty_scratch(block);
    }
  }
  if (sink->prepare != NULL) {
    sink->seal(sink, &block->bytes);
  }
}

// ---- committing ------------------------------------------------------------

static bg_status
commit_block(void *context, bg_block *block, bg_error *err)
{
  const extraction *at = context;
  bg_commit commit = {.pages = block->graphs,
                      .page_count = block->count,
                      .bytes = bg_buffer_view(&block->bytes)};
  BG_TRY(at->sink->commit(at->sink, &commit, err));
  for (size_t i = 0; i < block->remarks.count; i++) {
    const bg_block_remark *each = &block->remarks.items[i];
    at->options->remark(at->options->remark_context, each->page, &each->remark);
  }
  return BG_OK;
}

bg_status
bg_pipeline_run(const bg_pipeline_input *inputs, size_t input_count,
                const bg_pipeline_options *options, bg_sink *sink,
                bg_pipeline_counts *counts, bg_error *err)
{
  extraction at = {.options = options, .sink = sink, .arena = bg_arena_new()};
  const bg_stage stage = {.context = &at,
                          .wants = wants_page,
                          .work = extract_block,
                          .commit = commit_block};
  *counts = options->counts;
  bg_status status =
      bg_stage_run(&stage, inputs, input_count, options, counts, err);
  counts->unchanged += at.unchanged;
  bg_arena_free(at.arena);
  return status;
}
