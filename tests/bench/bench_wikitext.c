/// Parses every file of a directory, and says how fast on one core:
///
///     bench_wikitext [DIRECTORY [ROUNDS]]
///
/// for each classifier in turn: the median of the rounds in megabytes of text
/// per second, and how many nodes came of it.

#include "bench.h"
#include "wikitext/parser.h"

typedef struct {
  const char *name;
  bg_classifier *classify;
} classifier;

static const classifier classifiers[] = {
    {"portable", bg_classify_portable},
#ifdef __SSE2__
    {"sse2", bg_classify_sse2},
#endif
};

static void
parse(const bench_page *page, const void *context, bg_arena *arena)
{
  const classifier *with = context;
  bg_wikitext_parse_with(page->text, arena, with->classify);
}

static size_t
count_nodes(const bench_pages *pages, bg_classifier *classify)
{
  bg_arena *arena = bg_arena_new();
  size_t count = 0;
  for (size_t i = 0; i < pages->count; i++) {
    bg_walk walk = {.arena = arena};
    walk.node = bg_wikitext_parse_with(pages->items[i].text, arena, classify);
    while (bg_wikitext_next(&walk) != NULL) {
      count++;
    }
    bg_arena_reset(arena);
  }
  bg_arena_free(arena);
  return count;
}

int
main(int argc, char **argv)
{
  const char *directory = argc > 1 ? argv[1] : "../shared/corpus/en";
  size_t rounds = argc > 2 ? strtoul(argv[2], NULL, 10) : 15;
  bg_arena *arena = bg_arena_new();
  bench_pages pages = bench_read_pages(directory, arena);
  printf("parsing: %zu pages, %.1f MB, %zu rounds\n", pages.count,
         (double)pages.bytes / 1e6, rounds);
  for (size_t i = 0; i < sizeof classifiers / sizeof *classifiers; i++) {
    double seconds = bench_median(&pages, parse, &classifiers[i], rounds);
    printf("%-10s %6.0f MB/s, %zu nodes\n", classifiers[i].name,
           (double)pages.bytes / 1e6 / seconds,
           count_nodes(&pages, classifiers[i].classify));
  }
  bg_arena_free(arena);
  return 0;
}
