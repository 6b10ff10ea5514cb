/// How long queries take, warm and on one core:
///
///     bench_sparql [--rounds N] STORE QUERY.rq...
///
/// Each query is parsed, planned and answered N times (11), its answer written
/// as TSV to nowhere; the median counts. Writes a table: the query, its
/// milliseconds, the rows of its answer.

#include "base/buffer.h"
#include "base/file.h"
#include "bench.h"
#include "sparql/sparql.h"

#include <getopt.h>
#include <string.h>

enum { usual_rounds = 11, most_rounds = 1001 };

/// Lines of an answer but the first.
static bg_status
count_rows(bg_store *store, bg_view query, const bg_query_options *options,
           size_t *rows, bg_error *err)
{
  char *bytes = NULL;
  size_t size = 0;
  FILE *out = open_memstream(&bytes, &size);
  if (out == NULL) {
    return bg_error_set(err, BG_FAILED, "no memory for an answer");
  }
  bg_status status = bg_query_run(store, query, options, out, err);
  fclose(out);
  *rows = 0;
  for (size_t i = 0; i < size; i++) {
    *rows += bytes[i] == '\n';
  }
  *rows -= *rows > 0;
  free(bytes);
  return status;
}

static bg_status
measure(bg_store *store, const char *path, size_t rounds, FILE *nowhere,
        bg_error *err)
{
  const bg_query_options options = {
      .results = "tsv", .is_union = true, .has_prefixes = true};
  double each[most_rounds];
  size_t rows = 0;
  bg_buffer text = {0};
  bg_status status = bg_file_read(path, &text, err);
  if (status == BG_OK) {
    status = count_rows(store, bg_buffer_view(&text), &options, &rows, err);
  }
  for (size_t i = 0; i < rounds && status == BG_OK; i++) {
    double start = bench_now();
    status = bg_query_run(store, bg_buffer_view(&text), &options, nowhere, err);
    each[i] = bench_now() - start;
  }
  bg_buffer_release(&text);
  BG_TRY(status);
  qsort(each, rounds, sizeof *each, bench_compare);
  const char *name = strrchr(path, '/');
  printf("%s\t%.2f\tms\t%zu rows\n", name == NULL ? path : name + 1,
         each[rounds / 2] * 1e3, rows);
  return BG_OK;
}

int
main(int argc, char **argv)
{
  static const struct option options[] = {
      {"rounds", required_argument, NULL, 'n'},
      {NULL, 0, NULL, 0},
  };
  size_t rounds = usual_rounds;
  int option;
  while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
    rounds = option == 'n' ? strtoul(optarg, NULL, 10) : 0;
  }
  if (rounds == 0 || rounds > most_rounds || argc - optind < 2) {
    fprintf(stderr, "usage: bench_sparql [--rounds N] STORE QUERY.rq...\n");
    return 2;
  }
  bg_error err = {{0}};
  bg_store *store;
  FILE *nowhere = fopen("/dev/null", "w");
  bg_status status =
      bg_store_open(argv[optind], BG_STORE_READ, NULL, &store, &err);
  for (int i = optind + 1; i < argc && status == BG_OK; i++) {
    status = measure(store, argv[i], rounds, nowhere, &err);
  }
  if (status != BG_OK) {
    fprintf(stderr, "bench_sparql: %s\n", err.message);
  }
  bg_store_close(store, NULL);
  if (nowhere != NULL) {
    fclose(nowhere);
  }
  return status == BG_OK ? 0 : 3;
}
