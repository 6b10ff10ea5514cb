/// Reads every file of a directory as an article, and says how fast on one
/// core:
///
///     bench_extract [DIRECTORY [ROUNDS]]
///
/// the median of the rounds in megabytes of text per second, for the article
/// alone, with its claims, and with its statements.

#include "bench.h"
#include "extract/extract.h"
#include "graph/graph.h"
#include "lexicon.h"

static bg_page
page_of(const bench_page *page)
{
  return (bg_page){.title = page->name,
                   .language = BG_VIEW("en"),
                   .wiki = BG_VIEW("en"),
                   .text = page->text,
                   .form = BG_FORM_WIKITEXT};
}

static void
read_article(const bench_page *each, const void *lexicon, bg_arena *arena)
{
  (void)lexicon;
  bg_page page = page_of(each);
  bg_article_read(&page, arena);
}

static void
extract(const bench_page *each, const void *lexicon, bg_arena *arena)
{
  bg_page page = page_of(each);
  bg_extract(bg_article_read(&page, arena), lexicon, arena);
}

static void
state(const bench_page *each, const void *lexicon, bg_arena *arena)
{
  bg_page page = page_of(each);
  bg_graph_options options = {0};
  bg_findings findings =
      bg_extract(bg_article_read(&page, arena), lexicon, arena);
  bg_graph_state(&findings, &options, arena);
}

int
main(int argc, char **argv)
{
  static const struct {
    const char *name;
    bench_work *work;
  } steps[] = {
      {"article", read_article}, {"claims", extract}, {"statements", state}};
  const char *directory = argc > 1 ? argv[1] : "../shared/corpus/en";
  size_t rounds = argc > 2 ? strtoul(argv[2], NULL, 10) : 15;
  bg_lexicon *lexicon = open_lexicon();
  bg_arena *arena = bg_arena_new();
  bench_pages pages = bench_read_pages(directory, arena);
  printf("extraction: %zu pages, %.1f MB, %zu rounds\n", pages.count,
         (double)pages.bytes / 1e6, rounds);
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    double seconds = bench_median(&pages, steps[i].work, lexicon, rounds);
    printf("%-10s %6.0f MB/s\n", steps[i].name,
           (double)pages.bytes / 1e6 / seconds);
  }
  bg_arena_free(arena);
  bg_lexicon_close(lexicon);
  return 0;
}
