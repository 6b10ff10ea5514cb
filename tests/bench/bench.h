/// What the benches share: the pages of a directory, and the median time of
/// something done to each of them.

#ifndef BG_TESTS_BENCH_H
#define BG_TESTS_BENCH_H

#include "base/arena.h"
#include "base/file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
  bg_view name; ///< of the file
  bg_view text;
} bench_page;

typedef struct {
  bench_page *items;
  size_t count;
  size_t capacity;
  size_t bytes;
} bench_pages;

/// Ends the program where the directory cannot be read.
static inline bench_pages
bench_read_pages(const char *directory, bg_arena *arena)
{
  bench_pages pages = {0};
  bg_error err;
  DIR *open = opendir(directory);
  if (open == NULL) {
    fprintf(stderr, "bench: cannot open '%s'\n", directory);
    exit(3);
  }
  for (const struct dirent *entry; (entry = readdir(open)) != NULL;) {
    bg_view path = bg_arena_format(arena, "%s/%s", directory, entry->d_name);
    bg_buffer content;
    bg_buffer_init(&content);
    if (entry->d_name[0] != '.' &&
        bg_file_read(path.bytes, &content, &err) == BG_OK) {
      BG_PUSH(arena, &pages) =
          (bench_page){.name = bg_arena_copy(arena, bg_view_of(entry->d_name)),
                       .text = bg_arena_copy(arena, bg_buffer_view(&content))};
      pages.bytes += content.size;
    }
    bg_buffer_release(&content);
  }
  closedir(open);
  return pages;
}

/// Does something to one page; all that it makes lives in the arena.
typedef void bench_work(const bench_page *page, const void *context,
                        bg_arena *arena);

static inline double
bench_now(void)
{
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static inline int
bench_compare(const void *a, const void *b)
{
  double left = *(const double *)a;
  double right = *(const double *)b;
  return (left > right) - (left < right);
}

/// Processor seconds for all pages: the median of the rounds, at least one.
static inline double
bench_median(const bench_pages *pages, bench_work *work, const void *context,
             size_t rounds)
{
  rounds = rounds == 0 ? 1 : rounds;
  bg_arena *arena = bg_arena_new();
  double *seconds = bg_heap_allocate(rounds * sizeof *seconds);
  for (size_t round = 0; round < rounds; round++) {
    double start = bench_now();
    for (size_t i = 0; i < pages->count; i++) {
      work(&pages->items[i], context, arena);
      bg_arena_reset(arena);
    }
    seconds[round] = bench_now() - start;
  }
  qsort(seconds, rounds, sizeof *seconds, bench_compare);
  double median = seconds[rounds / 2];
  free(seconds);
  bg_arena_free(arena);
  return median;
}

#endif
