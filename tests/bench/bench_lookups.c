/// How long a store takes to answer, warm and on one core:
///
///     bench_lookups [--librdf STORAGE] [--load FILE] [--samples N]
///                   [--budget SECONDS] STORE
///
/// through our own door or, with --librdf, as the storage of that name. --load
/// fills it first with a file of N-Triples, for librdf's storages; it tells
/// what that cost. With no samples this is all.
///
/// The look-ups are made of N quads of the store (2000), those of a form with
/// many results only where they give at most 100; the forms that are there to
/// give many are told in rows. A round takes about SECONDS (2) at most, with as
/// many look-ups as fit, but one at least; of three rounds the median counts.
///
/// Through our own door a look-up goes from the pattern's terms to quads of
/// ids, as a query's joins do; what it takes to make the terms of all rows as
/// well is told apart. librdf always makes them.
///
/// Writes a table: what, how much, unit, and from how many.

#include "base/map.h"
#include "bench.h"
#include "lookups.h"

#include <getopt.h>
#include <sys/resource.h>

enum { rounds = 3, openings = 21, most_rows = 100 };

// ---- our own door ----------------------------------------------------------

typedef struct {
  lookup_door door;
  const char *path;
  bg_store *store;
} own_door;

static bg_status
open_own(lookup_door *door, bg_error *err)
{
  own_door *at = (own_door *)door;
  return bg_store_open(at->path, BG_STORE_READ, NULL, &at->store, err);
}

static bg_status
close_own(lookup_door *door, bg_error *err)
{
  own_door *at = (own_door *)door;
  bg_status status = bg_store_close(at->store, err);
  at->store = NULL;
  return status;
}

static bg_status
scan_own(lookup_door *door, bg_store_handler *handle, void *context,
         bg_error *err)
{
  bg_statement all = {0};
  return bg_store_find(((own_door *)door)->store, &all, handle, context, err);
}

static void *
prepare_own(lookup_door *door, const bg_statement *pattern)
{
  (void)door;
  bg_statement *prepared = bg_heap_allocate(sizeof *prepared);
  *prepared = *pattern;
  return prepared;
}

typedef struct {
  size_t rows;
  size_t most;
} counting;

static bg_status
count_row(void *context, const bg_statement *statement, bg_error *err)
{
  (void)statement, (void)err;
  counting *at = context;
  return ++at->rows > at->most ? BG_END : BG_OK;
}

static bg_status
find_own(lookup_door *door, void *prepared, size_t most, size_t *rows,
         bg_error *err)
{
  counting at = {.most = most};
  bg_status status =
      bg_store_find(((own_door *)door)->store, prepared, count_row, &at, err);
  *rows = at.rows;
  return status == BG_END ? BG_OK : status;
}

/// From terms to quads of ids, as whoever joins them asks.
static bg_status
scan_pattern(lookup_door *door, void *prepared, size_t most, size_t *rows,
             bg_error *err)
{
  bg_store *store = ((own_door *)door)->store;
  bg_pattern pattern;
  bg_scan *scan;
  bg_quad quad;
  *rows = 0;
  bg_status status = bg_store_find_pattern(store, prepared, &pattern, err);
  if (status == BG_OK) {
    BG_TRY(bg_store_scan(store, &pattern, &scan, err));
    while (*rows <= most &&
           (status = bg_scan_next(scan, &quad, err)) == BG_OK) {
      ++*rows;
    }
    bg_scan_free(scan);
  }
  return status == BG_END ? BG_OK : status;
}

static void
free_own(lookup_door *door)
{
  close_own(door, NULL);
  free(door);
}

static lookup_door *
own_door_new(const char *path)
{
  own_door *at = bg_heap_allocate(sizeof *at);
  *at = (own_door){.door = {.is_lasting = true,
                            .open = open_own,
                            .close = close_own,
                            .scan = scan_own,
                            .prepare = prepare_own,
                            .forget = free,
                            .find = scan_pattern,
                            .read = find_own,
                            .free = free_own},
                   .path = path};
  return &at->door;
}

// ---- samples ---------------------------------------------------------------

/// A quad, and its place in a random order that is the same for every store.
typedef struct {
  uint64_t order;
  bg_statement quad;
} sample;

/// Of all quads the `wanted` first of that order: each is as likely as any
/// other, whichever way the store is read.
typedef struct {
  sample *items;
  size_t count;
  size_t capacity;
  size_t wanted;
  size_t read;
  uint64_t last; ///< what comes after is not among them
  bg_arena *arena;
} samples;

static uint64_t
mix(uint64_t hash, bg_view text)
{
  hash = (hash ^ bg_hash_for_files(text)) * 0x9e3779b97f4a7c15;
  return hash ^ hash >> 29;
}

static uint64_t
order_of(const bg_statement *quad)
{
  const bg_term *terms[] = {&quad->subject, &quad->predicate, &quad->object,
                            &quad->graph};
  uint64_t order = 42;
  for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
    order = mix(order, terms[i]->text);
  }
  return mix(order, quad->object.language);
}

static int
compare_samples(const void *left, const void *right)
{
  const sample *a = left;
  const sample *b = right;
  return (a->order > b->order) - (a->order < b->order);
}

/// Forgets what is not among the first.
static void
cut(samples *to)
{
  if (to->count > 0) {
    qsort(to->items, to->count, sizeof *to->items, compare_samples);
  }
  if (to->count >= to->wanted) {
    to->count = to->wanted;
    to->last = to->items[to->count - 1].order;
  }
}

static bg_term
keep_term(bg_arena *arena, bg_term term)
{
  return (bg_term){.kind = term.kind,
                   .text = bg_arena_copy(arena, term.text),
                   .datatype = bg_arena_copy(arena, term.datatype),
                   .language = bg_arena_copy(arena, term.language)};
}

static bg_status
take_sample(void *context, const bg_statement *quad, bg_error *err)
{
  (void)err;
  samples *to = context;
  uint64_t order = order_of(quad);
  to->read++;
  if (order > to->last) {
    return BG_OK;
  }
  BG_PUSH(to->arena, to) =
      (sample){order,
               {.subject = keep_term(to->arena, quad->subject),
                .predicate = keep_term(to->arena, quad->predicate),
                .object = keep_term(to->arena, quad->object),
                .graph = keep_term(to->arena, quad->graph)}};
  if (to->count == 2 * to->wanted) {
    cut(to);
  }
  return BG_OK;
}

static bg_status
take_samples(lookup_door *door, size_t wanted, bg_arena *arena, samples *to,
             bg_error *err)
{
  *to = (samples){.wanted = wanted, .last = UINT64_MAX, .arena = arena};
  BG_TRY(door->scan(door, take_sample, to, err));
  cut(to);
  return to->count > 0 ? BG_OK
                       : bg_error_set(err, BG_REFUSED, "the store is empty");
}

// ---- measuring -------------------------------------------------------------

static void
tell(const char *what, const char *form, double value, const char *unit)
{
  printf("%s%s\t%.8g\t%s\t", what, form, value, unit);
}

/// Which of subject, predicate, object and graph are bound is in the name; one
/// of three letters asks all graphs.
typedef struct {
  const char *name;
  bool has_many; ///< told in rows, of patterns that differ
} lookup_form;

static const lookup_form forms[] = {
    {"SPO", false},  {"SP?", false},  {"S??", false},  {"?PO", false},
    {"??O", false},  {"S?O", false},  {"?P?", true},   {"SPOG", false},
    {"SP?G", false}, {"S??G", false}, {"?POG", false}, {"??OG", false},
    {"S?OG", false}, {"?P?G", true},  {"???G", true},
};

static bg_statement
pattern_of(const lookup_form *form, const bg_statement *quad)
{
  bg_statement pattern = {0};
  if (form->name[0] == 'S') {
    pattern.subject = quad->subject;
  }
  if (form->name[1] == 'P') {
    pattern.predicate = quad->predicate;
  }
  if (form->name[2] == 'O') {
    pattern.object = quad->object;
  }
  if (form->name[3] == 'G') {
    pattern.graph = quad->graph;
  }
  return pattern;
}

/// The patterns that are measured.
typedef struct {
  bg_statement *items;
  size_t count;
  size_t capacity;
} patterns;

/// Of the patterns that have many rows, only predicate and graph are bound.
static bool
stands_in(const patterns *chosen, const bg_statement *pattern)
{
  for (size_t i = 0; i < chosen->count; i++) {
    if (bg_view_is_equal(chosen->items[i].predicate.text,
                         pattern->predicate.text) &&
        bg_view_is_equal(chosen->items[i].graph.text, pattern->graph.text)) {
      return true;
    }
  }
  return false;
}

/// Looks all candidates up, until `budget` seconds are over, and takes those
/// that have not too many rows. This warms the store.
static bg_status
choose(lookup_door *door, const lookup_form *form, lookup *find,
       const samples *from, double budget, bg_arena *arena, patterns *chosen,
       bg_error *err)
{
  double start = bench_now();
  size_t most = form->has_many ? SIZE_MAX - 1 : most_rows;
  for (size_t i = 0; i < from->count; i++) {
    bg_statement pattern = pattern_of(form, &from->items[i].quad);
    if ((form->name[3] == 'G' && pattern.graph.kind == BG_TERM_NONE) ||
        (form->has_many && stands_in(chosen, &pattern))) {
      continue;
    }
    void *prepared = door->prepare(door, &pattern);
    size_t rows = 0;
    bg_status status = find(door, prepared, most, &rows, err);
    door->forget(prepared);
    BG_TRY(status);
    if (rows == 0) {
      return bg_error_set(err, BG_FAILED, "%s: does not find a quad of '%.*s'",
                          form->name,
                          BG_VIEW_ARGS(from->items[i].quad.subject.text));
    }
    if (rows <= most) {
      BG_PUSH(arena, chosen) = pattern;
    }
    if (bench_now() - start > budget && chosen->count > 0) {
      break;
    }
  }
  return BG_OK;
}

/// The median of the rounds, in processor seconds for all patterns.
static bg_status
time_lookups(lookup_door *door, lookup *find, const patterns *chosen,
             double *seconds, size_t *rows, bg_error *err)
{
  double each[rounds];
  bg_status status = BG_OK;
  void **prepared = bg_heap_allocate(chosen->count * sizeof *prepared);
  for (size_t i = 0; i < chosen->count; i++) {
    prepared[i] = door->prepare(door, &chosen->items[i]);
  }
  for (size_t round = 0; round < rounds && status == BG_OK; round++) {
    double start = bench_now();
    *rows = 0;
    for (size_t i = 0; i < chosen->count && status == BG_OK; i++) {
      size_t found;
      status = find(door, prepared[i], SIZE_MAX - 1, &found, err);
      *rows += found;
    }
    each[round] = bench_now() - start;
  }
  for (size_t i = 0; i < chosen->count; i++) {
    door->forget(prepared[i]);
  }
  free(prepared);
  BG_TRY(status);
  qsort(each, rounds, sizeof *each, bench_compare);
  *seconds = each[rounds / 2];
  return BG_OK;
}

static bg_status
measure_form(lookup_door *door, const lookup_form *form, lookup *find,
             const char *what, const samples *from, double budget,
             bg_error *err)
{
  bg_arena *arena = bg_arena_new();
  patterns chosen = {0};
  double seconds = 0;
  size_t rows = 0;
  bg_status status =
      choose(door, form, find, from, budget, arena, &chosen, err);
  if (status == BG_OK && chosen.count > 0) {
    status = time_lookups(door, find, &chosen, &seconds, &rows, err);
  }
  if (status == BG_OK && chosen.count > 0) {
    double count = (double)chosen.count;
    if (form->has_many) {
      tell(what, form->name, (double)rows / seconds, "rows/s");
    } else {
      tell(what, form->name, seconds / count * 1e6, "us");
    }
    printf("%zu look-ups, %.1f rows each\n", chosen.count,
           (double)rows / count);
  }
  bg_arena_free(arena);
  return status;
}

static bg_status
measure_forms(lookup_door *door, const samples *from, double budget,
              bg_error *err)
{
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    BG_TRY(measure_form(door, &forms[i], door->find, "lookup-", from, budget,
                        err));
  }
  for (size_t i = 0; door->read != NULL && i < sizeof forms / sizeof *forms;
       i++) {
    BG_TRY(
        measure_form(door, &forms[i], door->read, "terms-", from, budget, err));
  }
  return door->has == NULL ? BG_OK
                           : measure_form(door, &forms[0], door->has, "has-",
                                          from, budget, err);
}

/// In seconds by the clock on the wall: what is waited for counts.
static double
wall_now(void)
{
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static bg_status
measure_opening(lookup_door *door, const samples *from, bg_error *err)
{
  static const lookup_form first = {"SP?", false};
  double opened[openings];
  double done[openings];
  bg_statement pattern = pattern_of(&first, &from->items[0].quad);
  void *prepared = door->prepare(door, &pattern);
  bg_status status = BG_OK;
  for (size_t i = 0; i < openings && status == BG_OK; i++) {
    size_t rows;
    double start = wall_now();
    status = door->open(door, err);
    opened[i] = wall_now() - start;
    if (status == BG_OK) {
      status = door->find(door, prepared, most_rows, &rows, err);
    }
    bg_status closed = door->close(door, status == BG_OK ? err : NULL);
    status = closed > status ? closed : status;
    done[i] = wall_now() - start;
  }
  door->forget(prepared);
  BG_TRY(status);
  qsort(opened, openings, sizeof *opened, bench_compare);
  qsort(done, openings, sizeof *done, bench_compare);
  tell("open", "", opened[openings / 2] * 1e3, "ms");
  printf("median of %d\n", openings);
  tell("open-find-close", "", done[openings / 2] * 1e3, "ms");
  printf("median of %d\n", openings);
  return BG_OK;
}

static bg_status
measure_load(lookup_door *door, const char *file, bg_error *err)
{
  double cpu = bench_now();
  double wall = wall_now();
  BG_TRY(door->load(door, file, err));
  cpu = bench_now() - cpu;
  wall = wall_now() - wall;
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  tell("load-cpu", "", cpu, "s");
  printf("through librdf\n");
  tell("load-wall", "", wall, "s");
  printf("through librdf\n");
  // Linux counts it in KiB.
  tell("load-rss", "", (double)usage.ru_maxrss * 1024 / 1e6, "MB");
  printf("of the whole process\n");
  return BG_OK;
}

static bg_status
measure_lookups(lookup_door *door, size_t wanted, double budget,
                bg_arena *arena, bg_error *err)
{
  samples from;
  if (door->is_lasting) {
    BG_TRY(door->open(door, err));
  }
  BG_TRY(take_samples(door, wanted, arena, &from, err));
  tell("quads", "", (double)from.read, "quads");
  printf("%zu sampled\n", from.count);
  if (door->is_lasting) {
    BG_TRY(door->close(door, err));
    BG_TRY(measure_opening(door, &from, err));
    BG_TRY(door->open(door, err));
  }
  return measure_forms(door, &from, budget, err);
}

int
main(int argc, char **argv)
{
  static const struct option options[] = {
      {"librdf", required_argument, NULL, 'l'},
      {"load", required_argument, NULL, 'f'},
      {"samples", required_argument, NULL, 'n'},
      {"budget", required_argument, NULL, 'b'},
      {NULL, 0, NULL, 0},
  };
  const char *storage = NULL;
  const char *file = NULL;
  size_t wanted = 2000;
  double budget = 2;
  int option;
  while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
    switch (option) {
    case 'l':
      storage = optarg;
      break;
    case 'f':
      file = optarg;
      break;
    case 'n':
      wanted = strtoul(optarg, NULL, 10);
      break;
    case 'b':
      budget = strtod(optarg, NULL);
      break;
    default:
      return 2;
    }
  }
  if (optind + 1 != argc || (file != NULL && storage == NULL)) {
    fprintf(stderr, "usage: bench_lookups [--librdf STORAGE [--load FILE]] "
                    "[--samples N] [--budget SECONDS] STORE\n");
    return 2;
  }
  // What is known stays, if the rest takes too long.
  setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
  lookup_door *door = storage == NULL ? own_door_new(argv[optind])
                                      : redland_door_new(storage, argv[optind]);
  bg_arena *arena = bg_arena_new();
  bg_error err = {{0}};
  bg_status status = file == NULL ? BG_OK : measure_load(door, file, &err);
  if (status == BG_OK && wanted > 0) {
    status = measure_lookups(door, wanted, budget, arena, &err);
  }
  if (status != BG_OK) {
    fprintf(stderr, "bench_lookups: %s\n", err.message);
  }
  door->free(door);
  bg_arena_free(arena);
  return status == BG_OK ? 0 : 3;
}
