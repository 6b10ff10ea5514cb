/// Parses every file of a directory, and says how fast on one core:
///
///     bench_wikitext [DIRECTORY [ROUNDS]]
///
/// for each classifier in turn: the median of the rounds in megabytes of text
/// per second, and how many nodes came of it.

#include "base/arena.h"
#include "base/file.h"
#include "wikitext/parser.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
  bg_view *items;
  size_t count;
  size_t capacity;
  size_t bytes;
} page_list;

static const struct {
  const char *name;
  bg_classifier *classify;
} classifiers[] = {
    {"portable", bg_classify_portable},
#ifdef __SSE2__
    {"sse2", bg_classify_sse2},
#endif
};

static page_list
read_pages(const char *directory, bg_arena *arena)
{
  page_list pages = {0};
  bg_error err;
  DIR *open = opendir(directory);
  if (open == NULL) {
    fprintf(stderr, "bench_wikitext: cannot open '%s'\n", directory);
    exit(3);
  }
  for (const struct dirent *entry; (entry = readdir(open)) != NULL;) {
    bg_view path = bg_arena_format(arena, "%s/%s", directory, entry->d_name);
    bg_buffer content;
    bg_buffer_init(&content);
    if (entry->d_name[0] != '.' &&
        bg_file_read(path.bytes, &content, &err) == BG_OK) {
      BG_PUSH(arena, &pages) = bg_arena_copy(arena, bg_buffer_view(&content));
      pages.bytes += content.size;
    }
    bg_buffer_release(&content);
  }
  closedir(open);
  return pages;
}

static double
now(void)
{
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int
compare_seconds(const void *a, const void *b)
{
  double left = *(const double *)a;
  double right = *(const double *)b;
  return (left > right) - (left < right);
}

static double
median_seconds(const page_list *pages, bg_classifier *classify, size_t rounds)
{
  bg_arena *arena = bg_arena_new();
  double *seconds = bg_heap_allocate(rounds * sizeof *seconds);
  for (size_t round = 0; round < rounds; round++) {
    double start = now();
    for (size_t i = 0; i < pages->count; i++) {
      bg_wikitext_parse_with(pages->items[i], arena, classify);
      bg_arena_reset(arena);
    }
    seconds[round] = now() - start;
  }
  qsort(seconds, rounds, sizeof *seconds, compare_seconds);
  double median = seconds[rounds / 2];
  free(seconds);
  bg_arena_free(arena);
  return median;
}

static size_t
count_nodes(const page_list *pages, bg_classifier *classify)
{
  bg_arena *arena = bg_arena_new();
  size_t count = 0;
  for (size_t i = 0; i < pages->count; i++) {
    bg_walk walk = {.arena = arena};
    walk.node = bg_wikitext_parse_with(pages->items[i], arena, classify);
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
  page_list pages = read_pages(directory, arena);
  printf("%zu pages, %.1f MB, %zu rounds\n", pages.count,
         (double)pages.bytes / 1e6, rounds);
  for (size_t i = 0; i < sizeof classifiers / sizeof *classifiers; i++) {
    bg_classifier *classify = classifiers[i].classify;
    double seconds = median_seconds(&pages, classify, rounds == 0 ? 1 : rounds);
    printf("%-8s  %6.0f MB/s, %zu nodes\n", classifiers[i].name,
           (double)pages.bytes / 1e6 / seconds, count_nodes(&pages, classify));
  }
  bg_arena_free(arena);
  return 0;
}
