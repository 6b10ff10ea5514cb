/// A store beside a plain table of the same quads, which says what it must
/// hold. For the tests of the room and for the fuzzer.

#ifndef BG_TESTS_STORE_MODEL_H
#define BG_TESTS_STORE_MODEL_H

#include "store/order.h"
#include "store/store.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { M_SUBJECT, M_PREDICATE, M_OBJECT, M_GRAPH };

/// A quad by the numbers of its terms.
typedef struct {
  unsigned at[BG_PARTS];
} m_quad;

typedef struct {
  bg_id id;
  unsigned number;
} m_known_id;

typedef struct {
  bg_store *store;
  char path[96];
  unsigned size[BG_PARTS]; ///< how many terms may stand in each part
  size_t quads;            ///< that there can be
  unsigned char *now;      ///< whether each is there
  unsigned char *kept;     ///< was there when it was last committed
  bg_arena *arena;         ///< of the terms
  bg_term *terms[BG_PARTS];
  // Of the last check:
  m_known_id *ids[BG_PARTS]; ///< sorted
  size_t id_count[BG_PARTS];
  const char *wrong; ///< what was not as it must be; NULL: nothing
  bg_error err;
} store_model;

// ---- the files -------------------------------------------------------------

/// Makes a name for a directory that is not there yet.
static inline void
m_new_path(char *path, size_t size)
{
  const char *folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
  snprintf(path, size, "%s/bg-store-XXXXXX", folder);
  if (mkdtemp(path) == NULL || rmdir(path) != 0) {
    abort();
  }
}

static inline void
m_remove_path(const char *path)
{
  DIR *directory = opendir(path);
  for (struct dirent *entry;
       directory != NULL && (entry = readdir(directory)) != NULL;) {
    char file[512];
    if (entry->d_name[0] != '.') {
      snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
      unlink(file);
    }
  }
  if (directory != NULL) {
    closedir(directory);
    rmdir(path);
  }
}

// ---- the universe ----------------------------------------------------------

static inline bg_term
m_iri(bg_arena *arena, const char *what, unsigned number)
{
  return (bg_term){.kind = BG_TERM_IRI,
                   .text =
                       bg_arena_format(arena, "http://x/%s%u", what, number)};
}

/// Of every kind that a term can be; some are subjects as well.
static inline bg_term
m_object(bg_arena *arena, unsigned number)
{
  bg_term term = {.kind = BG_TERM_LITERAL};
  int value = number % 3 == 0 ? -(int)number : (int)number;
  switch (number % 10) {
  case 0:
    return m_iri(arena, "s", number);
  case 1:
    term.text = bg_arena_format(arena, "%d", value);
    term.datatype = BG_VIEW(BG_XSD "integer");
    return term;
  case 2:
    term.text = bg_arena_format(arena, "s%u", number);
    return term;
  case 3:
    term.text = bg_arena_format(arena, "a string of some length %u", number);
    return term;
  case 4:
    term.text = bg_arena_format(arena, "a string of some length %u", number);
    term.language = number % 20 == 4 ? BG_VIEW("en") : BG_VIEW("de-AT");
    return term;
  case 5:
    term.text =
        bg_arena_format(arena, "%s%04d-02-%02u", number % 3 == 0 ? "-" : "",
                        (int)number + 1, number % 28 + 1);
    term.datatype = BG_VIEW(BG_XSD "date");
    return term;
  case 6:
    term.text = bg_arena_format(arena, "%u.0", number);
    term.datatype = BG_VIEW(BG_XSD "decimal");
    return term;
  case 7:
    return (bg_term){.kind = BG_TERM_BLANK,
                     .text = bg_arena_format(arena, "b%u", number)};
  case 8:
    term.text = number % 20 == 8 ? BG_VIEW("true") : BG_VIEW("1");
    if (number >= 20) {
      term.text = bg_arena_format(arena, "+%u", number);
    }
    term.datatype = BG_VIEW(BG_XSD "boolean");
    return term;
  default:
    term.text = bg_arena_format(arena, "00%u", number); // not canonical
    term.datatype = BG_VIEW(BG_XSD "integer");
    return term;
  }
}

static inline bg_term
m_make_term(bg_arena *arena, unsigned part, unsigned number)
{
  switch (part) {
  case M_SUBJECT:
    return number % 4 == 3
               ? (bg_term){.kind = BG_TERM_BLANK,
                           .text = bg_arena_format(arena, "b%u", number)}
               : m_iri(arena, "s", number);
  case M_PREDICATE:
    return m_iri(arena, "p", number);
  case M_OBJECT:
    return m_object(arena, number);
  default: // graph 0 is the default graph, graph 1 is a subject as well
    return number == 0   ? (bg_term){.kind = BG_TERM_NONE}
           : number == 1 ? m_iri(arena, "s", 0)
                         : m_iri(arena, "g", number);
  }
}

static inline size_t
m_place_of(const store_model *model, const m_quad *quad)
{
  size_t place = 0;
  for (unsigned part = 0; part < BG_PARTS; part++) {
    place = place * model->size[part] + quad->at[part];
  }
  return place;
}

static inline m_quad
m_quad_at(const store_model *model, size_t place)
{
  m_quad quad;
  for (unsigned part = BG_PARTS; part-- > 0;) {
    quad.at[part] = (unsigned)(place % model->size[part]);
    place /= model->size[part];
  }
  return quad;
}

static inline bg_statement
m_statement(const store_model *model, const m_quad *quad)
{
  return (bg_statement){model->terms[M_SUBJECT][quad->at[M_SUBJECT]],
                        model->terms[M_PREDICATE][quad->at[M_PREDICATE]],
                        model->terms[M_OBJECT][quad->at[M_OBJECT]],
                        model->terms[M_GRAPH][quad->at[M_GRAPH]]};
}

// ---- opening, changing -----------------------------------------------------

static inline bool
m_expect(store_model *model, bool is_right, const char *what)
{
  if (!is_right && model->wrong == NULL) {
    model->wrong = what;
  }
  return is_right;
}

/// Nothing can be said without it.
static inline void
m_open_store(store_model *model)
{
  if (bg_store_open(model->path, BG_STORE_WRITE, NULL, &model->store,
                    &model->err) != BG_OK) {
    fprintf(stderr, "%s\n", model->err.message);
    abort();
  }
}

static inline void
m_open(store_model *model, unsigned subjects, unsigned predicates,
       unsigned objects, unsigned graphs)
{
  const unsigned size[BG_PARTS] = {subjects, predicates, objects, graphs};
  *model = (store_model){.quads = 1, .arena = bg_arena_new()};
  for (unsigned part = 0; part < BG_PARTS; part++) {
    model->size[part] = size[part];
    model->quads *= size[part];
    model->terms[part] = BG_NEW_ARRAY(model->arena, bg_term, size[part]);
    model->ids[part] = BG_NEW_ARRAY(model->arena, m_known_id, size[part]);
    for (unsigned i = 0; i < size[part]; i++) {
      model->terms[part][i] = m_make_term(model->arena, part, i);
    }
  }
  model->now = BG_NEW_ARRAY(model->arena, unsigned char, model->quads);
  model->kept = BG_NEW_ARRAY(model->arena, unsigned char, model->quads);
  m_new_path(model->path, sizeof model->path);
  m_open_store(model);
}

static inline void
m_close(store_model *model)
{
  m_expect(model, bg_store_close(model->store, &model->err) == BG_OK,
           "it closes");
  m_remove_path(model->path);
  bg_arena_free(model->arena);
}

static inline void
m_add(store_model *model, const m_quad *quad)
{
  bg_statement statement = m_statement(model, quad);
  m_expect(model, bg_store_add(model->store, &statement, &model->err) == BG_OK,
           "a quad is added");
  model->now[m_place_of(model, quad)] = 1;
}

static inline void
m_remove(store_model *model, const m_quad *quad)
{
  bg_statement statement = m_statement(model, quad);
  m_expect(model,
           bg_store_remove(model->store, &statement, &model->err) == BG_OK,
           "a quad is removed");
  model->now[m_place_of(model, quad)] = 0;
}

static inline void
m_remove_graph(store_model *model, unsigned graph)
{
  m_expect(model,
           bg_store_remove_graph(model->store, &model->terms[M_GRAPH][graph],
                                 &model->err) == BG_OK,
           "a graph is removed");
  // The graph is the last part.
  for (size_t i = graph; i < model->quads; i += model->size[M_GRAPH]) {
    model->now[i] = 0;
  }
}

static inline void
m_commit(store_model *model)
{
  m_expect(model, bg_store_commit(model->store, &model->err) == BG_OK,
           "it commits");
  memcpy(model->kept, model->now, model->quads);
}

static inline void
m_abort(store_model *model)
{
  bg_store_abort(model->store);
  memcpy(model->now, model->kept, model->quads);
}

static inline void
m_reopen(store_model *model)
{
  m_expect(model, bg_store_close(model->store, &model->err) == BG_OK,
           "it closes");
  memcpy(model->kept, model->now, model->quads);
  m_open_store(model);
}

// ---- checking --------------------------------------------------------------

static inline int
m_compare_ids(const void *left, const void *right)
{
  const m_known_id *a = left;
  const m_known_id *b = right;
  return (a->id > b->id) - (a->id < b->id);
}

/// The ids of the terms, and whether they are found under them.
static inline void
m_learn_ids(store_model *model, bg_store *store)
{
  for (unsigned part = 0; part < BG_PARTS; part++) {
    size_t count = 0;
    for (unsigned i = 0; i < model->size[part]; i++) {
      bg_id id;
      const bg_term *term = &model->terms[part][i];
      m_expect(model, bg_store_find_id(store, term, &id, &model->err) == BG_OK,
               "an id is looked for");
      if (id != BG_NO_ID || term->kind == BG_TERM_NONE) {
        model->ids[part][count++] = (m_known_id){id, i};
      }
    }
    model->id_count[part] = count;
    qsort(model->ids[part], count, sizeof *model->ids[part], m_compare_ids);
    for (size_t i = 1; i < count; i++) {
      m_expect(model, model->ids[part][i - 1].id != model->ids[part][i].id,
               "two terms have two ids");
    }
  }
}

static inline bool
m_number_of(const store_model *model, unsigned part, bg_id id, unsigned *number)
{
  const m_known_id wanted = {id, 0};
  const m_known_id *found =
      bsearch(&wanted, model->ids[part], model->id_count[part], sizeof wanted,
              m_compare_ids);
  if (found != NULL) {
    *number = found->number;
  }
  return found != NULL;
}

static inline bool
m_has(const store_model *model, const bg_quad *quad, const unsigned char *table)
{
  m_quad at;
  return m_number_of(model, M_SUBJECT, quad->subject, &at.at[M_SUBJECT]) &&
         m_number_of(model, M_PREDICATE, quad->predicate,
                     &at.at[M_PREDICATE]) &&
         m_number_of(model, M_OBJECT, quad->object, &at.at[M_OBJECT]) &&
         m_number_of(model, M_GRAPH, quad->graph, &at.at[M_GRAPH]) &&
         table[m_place_of(model, &at)];
}

/// How many quads agree with `quad` in the parts whose bits are in `bound`.
static inline size_t
m_count(const store_model *model, const m_quad *quad, unsigned bound,
        const unsigned char *table)
{
  unsigned from[BG_PARTS];
  unsigned to[BG_PARTS];
  m_quad at;
  size_t count = 0;
  for (unsigned part = 0; part < BG_PARTS; part++) {
    bool is_bound = (bound >> part & 1) != 0;
    from[part] = is_bound ? quad->at[part] : 0;
    to[part] = is_bound ? quad->at[part] + 1 : model->size[part];
  }
  for (at.at[0] = from[0]; at.at[0] < to[0]; at.at[0]++) {
    for (at.at[1] = from[1]; at.at[1] < to[1]; at.at[1]++) {
      for (at.at[2] = from[2]; at.at[2] < to[2]; at.at[2]++) {
        for (at.at[3] = from[3]; at.at[3] < to[3]; at.at[3]++) {
          count += table[m_place_of(model, &at)];
        }
      }
    }
  }
  return count;
}

/// One of the 16 patterns: as many as in the table, each of them in it, fitting
/// and more than the one before.
static inline void
m_check_pattern(store_model *model, bg_store *store, const m_quad *quad,
                unsigned bound, const unsigned char *table)
{
  bg_pattern pattern = {.in_graph = (bound >> M_GRAPH & 1) != 0};
  bg_id *ids[] = {&pattern.quad.subject, &pattern.quad.predicate,
                  &pattern.quad.object, &pattern.quad.graph};
  size_t wanted = m_count(model, quad, bound, table);
  for (unsigned part = 0; part < BG_PARTS; part++) {
    const bg_term *term = &model->terms[part][quad->at[part]];
    if ((bound >> part & 1) == 0) {
      continue;
    }
    bg_store_find_id(store, term, ids[part], &model->err);
    if (*ids[part] == BG_NO_ID && term->kind != BG_TERM_NONE) {
      m_expect(model, wanted == 0, "a term of a quad has an id");
      return;
    }
  }
  bg_scan *scan;
  bg_quad found;
  bg_key before = {{0}};
  unsigned given;
  size_t count = 0;
  bg_status status;
  bg_order order = bg_order_for(&pattern, &given);
  if (!m_expect(model,
                bg_store_scan(store, &pattern, &scan, &model->err) == BG_OK,
                "a scan begins")) {
    return;
  }
  while ((status = bg_scan_next(scan, &found, &model->err)) == BG_OK) {
    const bg_id parts[] = {found.subject, found.predicate, found.object,
                           found.graph};
    bg_key key = bg_key_of(order, &found);
    m_expect(model, count == 0 || bg_key_compare(&before, &key) < 0,
             "a scan is in order");
    m_expect(model, m_has(model, &found, table), "what is found is there");
    for (unsigned part = 0; part < BG_PARTS; part++) {
      m_expect(model, (bound >> part & 1) == 0 || parts[part] == *ids[part],
               "what is found fits");
    }
    before = key;
    count++;
  }
  m_expect(model, status == BG_END, "a scan ends");
  m_expect(model, count == wanted, "a scan finds all");
  bg_scan_free(scan);
}

typedef struct {
  store_model *model;
  bg_store *store;
  const unsigned char *table;
  size_t seen;
} m_counting;

static inline bg_status
m_check_predicate(void *context, bg_id predicate,
                  const bg_predicate_counts *counts, bg_error *err)
{
  (void)err;
  m_counting *at = context;
  store_model *model = at->model;
  m_quad quad = {{0}};
  bg_predicate_counts alone;
  size_t subjects = 0;
  size_t objects = 0;
  at->seen++;
  if (!m_expect(
          model,
          m_number_of(model, M_PREDICATE, predicate, &quad.at[M_PREDICATE]),
          "a predicate is one of ours")) {
    return BG_OK;
  }
  for (unsigned i = 0; i < model->size[M_SUBJECT]; i++) {
    quad.at[M_SUBJECT] = i;
    subjects += m_count(model, &quad, 1U << M_SUBJECT | 1U << M_PREDICATE,
                        at->table) > 0;
  }
  for (unsigned i = 0; i < model->size[M_OBJECT]; i++) {
    quad.at[M_OBJECT] = i;
    objects += m_count(model, &quad, 1U << M_OBJECT | 1U << M_PREDICATE,
                       at->table) > 0;
  }
  bg_store_count_predicate(at->store, predicate, &alone, &model->err);
  m_expect(model,
           counts->quads > 0 &&
               counts->quads ==
                   m_count(model, &quad, 1U << M_PREDICATE, at->table),
           "a predicate's quads are counted");
  m_expect(model, counts->subjects == subjects,
           "a predicate's subjects are counted");
  m_expect(model, counts->objects == objects,
           "a predicate's objects are counted");
  m_expect(model,
           alone.quads == counts->quads && alone.subjects == subjects &&
               alone.objects == objects,
           "a predicate alone has the same counts");
  return BG_OK;
}

static inline bg_status
m_check_graph(void *context, bg_id graph, uint64_t quads, bg_error *err)
{
  (void)err;
  m_counting *at = context;
  m_quad quad = {{0}};
  at->seen++;
  m_expect(at->model,
           m_number_of(at->model, M_GRAPH, graph, &quad.at[M_GRAPH]) &&
               quads > 0 &&
               quads == m_count(at->model, &quad, 1U << M_GRAPH, at->table),
           "a graph's quads are counted");
  return BG_OK;
}

static inline void
m_check_counts(store_model *model, bg_store *store, const unsigned char *table)
{
  m_counting at = {.model = model, .store = store, .table = table};
  const m_quad any = {{0}};
  bg_store_counts counts = {0};
  m_expect(model, bg_store_count(store, &counts, &model->err) == BG_OK,
           "it counts");
  m_expect(model, counts.quads == m_count(model, &any, 0, table),
           "the quads are counted");
  m_expect(model,
           bg_store_each_predicate(store, m_check_predicate, &at,
                                   &model->err) == BG_OK &&
               at.seen == counts.predicates,
           "the predicates are counted");
  at.seen = 0;
  m_expect(model,
           bg_store_each_graph(store, m_check_graph, &at, &model->err) ==
                   BG_OK &&
               at.seen == counts.graphs,
           "the graphs are counted");
  for (unsigned part = M_PREDICATE; part <= M_GRAPH; part += 2) {
    size_t used = 0;
    m_quad quad = {{0}};
    for (unsigned i = 0; i < model->size[part]; i++) {
      quad.at[part] = i;
      used += m_count(model, &quad, 1U << part, table) > 0;
    }
    m_expect(model,
             used == (part == M_GRAPH ? counts.graphs : counts.predicates),
             "what has quads is counted");
  }
}

static inline void
m_take_fault(void *context, const char *fault)
{
  fprintf(stderr, "# %s: %s\n", (const char *)context, fault);
}

/// All of an opening of the store against a table; the patterns have what is
/// bound from `quad`.
static inline void
m_check(store_model *model, bg_store *store, const m_quad *quad,
        const unsigned char *table)
{
  m_learn_ids(model, store);
  for (unsigned bound = 0; bound < 1U << BG_PARTS; bound++) {
    m_check_pattern(model, store, quad, bound, table);
  }
  m_check_counts(model, store, table);
  m_expect(model,
           bg_store_check(store, m_take_fault, model->path, &model->err) ==
               BG_OK,
           "bg_store_check finds nothing");
}

/// What another opening sees now: what was committed.
static inline void
m_check_reader(store_model *model, const m_quad *quad)
{
  bg_store *reader;
  if (m_expect(model,
               bg_store_open(model->path, BG_STORE_READ, NULL, &reader,
                             &model->err) == BG_OK,
               "a reader opens it")) {
    m_check(model, reader, quad, model->kept);
    m_expect(model, bg_store_close(reader, &model->err) == BG_OK,
             "a reader closes it");
  }
}

#endif
