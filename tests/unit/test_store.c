/// What the store promises: ids, quads, snapshots, long terms, failures.

#include "store/ids.h"
#include "store_model.h"
#include "tap.h"

#include <signal.h>
#include <sys/resource.h>

static uint64_t random_state;

/// The same on every machine.
static unsigned
random_below(unsigned limit)
{
  random_state = random_state * UINT64_C(6364136223846793005) + 1;
  return (unsigned)(random_state >> 33) % limit;
}

static bg_term
literal(const char *datatype, bg_view text, bg_arena *arena)
{
  bg_view iri = datatype == NULL
                    ? (bg_view){0}
                    : bg_arena_format(arena, "%s%s", BG_XSD, datatype);
  return (bg_term){.kind = BG_TERM_LITERAL, .text = text, .datatype = iri};
}

static bool
is_same_term(const bg_term *a, const bg_term *b)
{
  return a->kind == b->kind && bg_view_is_equal(a->text, b->text) &&
         bg_view_is_equal(a->datatype, b->datatype) &&
         bg_view_is_equal(a->language, b->language);
}

// ---- ids -------------------------------------------------------------------

#define BYTES(text)        \
  {                        \
    text, sizeof(text) - 1 \
  }

static const struct {
  const char *datatype; // NULL: none
  bg_view text;
} canonical[] = {
    {"boolean", BYTES("true")},
    {"boolean", BYTES("false")},
    {"integer", BYTES("0")},
    {"integer", BYTES("-1")},
    {"integer", BYTES("12345678901234567")},
    {"integer", BYTES("99999999999999999")},
    {"integer", BYTES("-99999999999999999")},
    {"date", BYTES("1066-10-14")},
    {"date", BYTES("-0215-08-02")},
    {"date", BYTES("0000-01-01")},
    {"date", BYTES("-0001-12-31")},
    {"date", BYTES("999999999-12-31")},
    {"date", BYTES("-999999999-01-01")},
    {"gYearMonth", BYTES("1916-07")},
    {"gYearMonth", BYTES("-0490-09")},
    {"gYear", BYTES("0000")},
    {"gYear", BYTES("-0001")},
    {"gYear", BYTES("9999")},
    {"gYear", BYTES("10000")},
    {NULL, BYTES("")},
    {NULL, BYTES("a")},
    {NULL, BYTES("Cannae!")},
    {NULL, BYTES("\1\x7F")},
    {NULL, BYTES(" ")},
};

static const struct {
  const char *datatype;
  bg_view text;
} others[] = {
    {"boolean", BYTES("1")},
    {"boolean", BYTES("0")},
    {"boolean", BYTES("TRUE")},
    {"boolean", BYTES("")},
    {"integer", BYTES("")},
    {"integer", BYTES("-")},
    {"integer", BYTES("+1")},
    {"integer", BYTES("-0")},
    {"integer", BYTES("00")},
    {"integer", BYTES("007")},
    {"integer", BYTES("-01")},
    {"integer", BYTES(" 1")},
    {"integer", BYTES("1 ")},
    {"integer", BYTES("1.0")},
    {"integer", BYTES("1\0")},
    {"integer", BYTES("123456789012345678")}, // 18 digits
    {"integer", BYTES("-123456789012345678901234567890")},
    {"int", BYTES("1")},
    {"decimal", BYTES("1")},
    {"date", BYTES("-0000-01-01")},
    {"date", BYTES("+1066-10-14")},
    {"date", BYTES("1066-10-14Z")},
    {"date", BYTES("1066-10-14+01:00")},
    {"date", BYTES("1066-13-14")},
    {"date", BYTES("1066-00-14")},
    {"date", BYTES("1066-10-00")},
    {"date", BYTES("1066-10-32")},
    {"date", BYTES("1066-10")},
    {"date", BYTES("1066-10-1")},
    {"date", BYTES("1066-10-14 ")},
    {"date", BYTES("01066-10-14")},
    {"date", BYTES("66-10-14")},
    {"date", BYTES("1234567890-10-14")}, // a year of ten digits
    {"date", BYTES("")},
    {"gYearMonth", BYTES("1066-13")},
    {"gYearMonth", BYTES("1066-10Z")},
    {"gYearMonth", BYTES("1066")},
    {"gYear", BYTES("-0000")},
    {"gYear", BYTES("1066Z")},
    {"gYear", BYTES("1066-10")},
    {"gYear", BYTES("216")},
    {"dateTime", BYTES("1066-10-14T00:00:00")},
    {NULL, BYTES("12345678")}, // eight bytes
    {NULL, BYTES("a\0b")},
    {NULL, BYTES("\0")},
    {NULL, BYTES("K\xC3\xBCl")},
    {"string", BYTES("a")},
};

/// Printable, for the name of a test.
static const char *
name_of(const bg_term *term, bg_arena *arena)
{
  bg_view text = bg_arena_copy(arena, term->text);
  char *bytes = (char *)(uintptr_t)text.bytes;
  for (size_t i = 0; i < text.size; i++) {
    bytes[i] =
        bytes[i] > ' ' && bytes[i] < 0x7F && bytes[i] != '#' ? bytes[i] : '_';
  }
  return bytes;
}

static void
test_inlined(void)
{
  bg_arena *arena = bg_arena_new();
  for (size_t i = 0; i < sizeof canonical / sizeof *canonical; i++) {
    bg_id id;
    char bytes[BG_LONGEST_INLINE];
    bg_term back;
    bg_term term = literal(canonical[i].datatype, canonical[i].text, arena);
    ok(bg_id_of_term(&term, &id) && !bg_id_is_in_dictionary(id) &&
           bg_id_to_term(id, bytes, &back) && is_same_term(&term, &back),
       "'%s' is its own id", name_of(&term, arena));
    term.language = BG_VIEW("en");
    term.datatype = (bg_view){0};
    ok(!bg_id_of_term(&term, &id), "'%s' in a language is none",
       name_of(&term, arena));
  }
  bg_arena_free(arena);
}

/// What is no id of its own comes back as it was, after the store was closed.
static void
test_not_inlined(void)
{
  const size_t count = sizeof others / sizeof *others;
  char path[96];
  bg_store *store;
  bg_error err;
  bg_id ids[sizeof others / sizeof *others];
  bg_arena *arena = bg_arena_new();
  m_new_path(path, sizeof path);
  bg_statement statement = {.subject = m_iri(arena, "s", 1),
                            .predicate = m_iri(arena, "p", 1)};
  ok(bg_store_open(path, BG_STORE_WRITE, NULL, &store, &err) == BG_OK,
     "a new store opens");
  for (size_t i = 0; i < count; i++) {
    bg_id id;
    statement.object = literal(others[i].datatype, others[i].text, arena);
    ok(!bg_id_of_term(&statement.object, &id), "'%s' is in the dictionary",
       name_of(&statement.object, arena));
    bg_store_add(store, &statement, &err);
  }
  ok(bg_store_close(store, &err) == BG_OK, "they are stored");
  bg_store_open(path, BG_STORE_READ, NULL, &store, &err);
  for (size_t i = 0; i < count; i++) {
    bg_term back;
    bg_term term = literal(others[i].datatype, others[i].text, arena);
    ok(bg_store_find_id(store, &term, &ids[i], &err) == BG_OK &&
           bg_store_find_term(store, ids[i], arena, &back, &err) == BG_OK &&
           is_same_term(&term, &back),
       "'%s' comes back", name_of(&term, arena));
  }
  bg_store_counts counts;
  bg_store_count(store, &counts, &err);
  ok(counts.quads == count, "each is another quad");
  bg_store_close(store, &err);
  m_remove_path(path);
  bg_arena_free(arena);
}

// ---- the order of ids ------------------------------------------------------

typedef struct {
  int64_t key[3];
  char text[BG_LONGEST_INLINE];
} sortable;

static sortable
random_integer(void)
{
  sortable made = {.key = {(int64_t)random_below(1U << 31)}};
  made.key[0] = made.key[0] >> random_below(31);
  made.key[0] *= random_below(4) == 0 ? 40000000 : 1;
  made.key[0] *= random_below(2) == 0 ? -1 : 1;
  snprintf(made.text, sizeof made.text, "%lld", (long long)made.key[0]);
  return made;
}

/// Of years around 0, of some length, and of any.
static sortable
random_date(void)
{
  static const unsigned limits[] = {3, 100, 20000, 999999999};
  sortable made;
  unsigned year = random_below(limits[random_below(4)]);
  bool is_negative = year > 0 && random_below(2) == 0;
  made.key[0] = is_negative ? -(int64_t)year : (int64_t)year;
  made.key[1] = 1 + random_below(12);
  made.key[2] = 1 + random_below(31);
  snprintf(made.text, sizeof made.text, "%s%04u-%02d-%02d",
           is_negative ? "-" : "", year, (int)made.key[1], (int)made.key[2]);
  return made;
}

static sortable
random_string(void)
{
  sortable made = {.key = {0}};
  unsigned size = random_below(8);
  for (unsigned i = 0; i < size; i++) {
    made.text[i] = (char)(random_below(4) == 0 ? 1 + random_below(127)
                                               : 'a' + random_below(3));
  }
  made.text[size] = '\0';
  return made;
}

static int
compare_sortables(const sortable *a, const sortable *b)
{
  for (int i = 0; i < 3; i++) {
    if (a->key[i] != b->key[i]) {
      return a->key[i] < b->key[i] ? -1 : 1;
    }
  }
  return 0;
}

static int
compare_texts(const sortable *a, const sortable *b)
{
  int order = strcmp(a->text, b->text);
  return (order > 0) - (order < 0);
}

static void
test_order(void)
{
  static const struct {
    const char *datatype;
    sortable (*make)(void);
    int (*compare)(const sortable *a, const sortable *b);
  } kinds[] = {
      {"integer", random_integer, compare_sortables},
      {"date", random_date, compare_sortables},
      {NULL, random_string, compare_texts},
  };
  bg_arena *arena = bg_arena_new();
  random_state = 1;
  for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
    size_t wrong = 0;
    for (size_t i = 0; i < 20000; i++) {
      sortable a = kinds[kind].make();
      sortable b = kinds[kind].make();
      bg_id left;
      bg_id right;
      bg_term first = literal(kinds[kind].datatype, bg_view_of(a.text), arena);
      bg_term second = literal(kinds[kind].datatype, bg_view_of(b.text), arena);
      bool is_inlined =
          bg_id_of_term(&first, &left) && bg_id_of_term(&second, &right);
      wrong += !is_inlined ||
               kinds[kind].compare(&a, &b) != (left > right) - (left < right);
      bg_arena_reset(arena);
    }
    ok(wrong == 0, "ids sort as values: %s",
       kinds[kind].datatype == NULL ? "string" : kinds[kind].datatype);
  }
  bg_arena_free(arena);
}

// ---- against a table -------------------------------------------------------

static m_quad
random_quad(const store_model *model)
{
  m_quad quad;
  for (unsigned part = 0; part < BG_PARTS; part++) {
    quad.at[part] = random_below(model->size[part]);
  }
  return quad;
}

static void
change_at_random(store_model *model)
{
  m_quad quad = random_quad(model);
  unsigned what = random_below(100);
  if (what < 55) {
    m_add(model, &quad);
  } else if (what < 85) {
    m_remove(model, &quad);
  } else if (what < 88) {
    m_remove_graph(model, quad.at[M_GRAPH]);
  } else if (what < 93) {
    m_commit(model);
  } else if (what < 96) {
    m_abort(model);
  } else if (what < 98) {
    m_check_reader(model, &quad);
  } else {
    m_reopen(model);
  }
}

static void
test_random(void)
{
  for (unsigned seed = 1; seed <= 8; seed++) {
    store_model model;
    random_state = seed;
    m_open(&model, 6, 3, 20, 4);
    unsigned changes = 0;
    while (changes < 1500 && model.wrong == NULL) {
      for (unsigned few = random_below(8) + 1; few > 0; few--) {
        change_at_random(&model);
        changes++;
      }
      m_quad quad = random_quad(&model);
      m_check(&model, model.store, &quad, model.now);
    }
    m_close(&model);
    ok(model.wrong == NULL, "seed %u: %u changes%s%s", seed, changes,
       model.wrong == NULL ? "" : ", not so: ",
       model.wrong == NULL ? "" : model.wrong);
  }
}

/// Blocks are split, emptied and appended to; small changes of a large store
/// are counted in another way than large ones.
static void
test_many(void)
{
  store_model model;
  random_state = 9;
  m_open(&model, 200, 5, 100, 3);
  m_quad quad = {{0}};
  for (size_t place = 0; place < model.quads; place++) { // in order
    if (place % 8 == 3) {
      quad = m_quad_at(&model, place);
      m_add(&model, &quad);
    }
  }
  m_check(&model, model.store, &quad, model.now);
  ok(model.wrong == NULL, "many quads in order%s%s",
     model.wrong == NULL ? "" : ", not so: ",
     model.wrong == NULL ? "" : model.wrong);
  for (unsigned round = 0; round < 6; round++) { // scattered
    for (unsigned i = 0; i < 10000; i++) {
      quad = random_quad(&model);
      m_add(&model, &quad);
    }
    m_commit(&model);
  }
  m_check(&model, model.store, &quad, model.now);
  ok(model.wrong == NULL, "many quads, scattered%s%s",
     model.wrong == NULL ? "" : ", not so: ",
     model.wrong == NULL ? "" : model.wrong);
  for (unsigned round = 0; round < 10 && model.wrong == NULL; round++) {
    for (unsigned i = 0; i < 300; i++) { // few against what is there
      quad = random_quad(&model);
      if (random_below(3) == 0) {
        m_add(&model, &quad);
      } else {
        m_remove(&model, &quad);
      }
    }
    m_check_counts(&model, model.store, model.now);
  }
  m_reopen(&model);
  m_check(&model, model.store, &quad, model.now);
  ok(model.wrong == NULL, "few changes of many%s%s",
     model.wrong == NULL ? "" : ", not so: ",
     model.wrong == NULL ? "" : model.wrong);
  // Every second, then all but few, then one after the other.
  for (unsigned round = 0; round < 3; round++) {
    for (size_t place = 0; place < model.quads; place++) {
      if (model.now[place] && (place % 2 == round || round == 2)) {
        quad = m_quad_at(&model, place);
        m_remove(&model, &quad);
        if (round == 1 && random_below(500) == 0) {
          m_add(&model, &quad); // and so it is settled
        }
      }
    }
    m_commit(&model);
    m_check(&model, model.store, &quad, model.now);
  }
  m_quad any = {{0}};
  ok(model.wrong == NULL && m_count(&model, &any, 0, model.now) == 0,
     "removed until empty%s%s", model.wrong == NULL ? "" : ", not so: ",
     model.wrong == NULL ? "" : model.wrong);
  for (unsigned i = 0; i < 1000; i++) {
    quad = random_quad(&model);
    m_add(&model, &quad);
  }
  m_check(&model, model.store, &quad, model.now);
  ok(model.wrong == NULL, "filled again");
  m_close(&model);
}

// ---- openings --------------------------------------------------------------

static size_t
count_quads(bg_store *store)
{
  bg_pattern all = {.in_graph = false};
  bg_scan *scan;
  bg_quad quad;
  bg_error err;
  size_t count = 0;
  if (bg_store_scan(store, &all, &scan, &err) == BG_OK) {
    while (bg_scan_next(scan, &quad, &err) == BG_OK) {
      count++;
    }
    bg_scan_free(scan);
  }
  return count;
}

static void
add_some(store_model *model, unsigned from, unsigned to)
{
  for (unsigned i = from; i < to; i++) {
    m_quad quad = m_quad_at(model, i);
    m_add(model, &quad);
  }
}

static bg_store *
open_reader(store_model *model)
{
  bg_store *reader = NULL;
  m_expect(model,
           bg_store_open(model->path, BG_STORE_READ, NULL, &reader,
                         &model->err) == BG_OK,
           "a reader opens it");
  return reader;
}

static void
test_openings(void)
{
  store_model model;
  m_open(&model, 10, 4, 20, 3);
  bg_store *empty = open_reader(&model);
  add_some(&model, 0, 100);
  ok(count_quads(model.store) == 100, "the writer sees what is not committed");
  bg_store *before = open_reader(&model);
  ok(count_quads(before) == 0, "others do not");
  m_commit(&model);
  bg_store *after = open_reader(&model);
  ok(count_quads(before) == 0 && count_quads(empty) == 0,
     "a reader keeps what it saw when it was opened");
  ok(count_quads(after) == 100, "one that is opened afterwards sees the new");
  bg_term term;
  bg_id id;
  bg_store_find_id(before, &model.terms[M_SUBJECT][0], &id, &model.err);
  ok(id == BG_NO_ID, "terms are as old as what is seen");
  bg_store_find_id(after, &model.terms[M_SUBJECT][0], &id, &model.err);
  ok(bg_store_find_term(after, id, model.arena, &term, &model.err) == BG_OK &&
         is_same_term(&term, &model.terms[M_SUBJECT][0]),
     "and as new");
  add_some(&model, 100, 200);
  ok(count_quads(model.store) == 200, "the writer goes on");
  m_abort(&model);
  ok(count_quads(model.store) == 100, "what is given up is forgotten");
  bg_store_find_id(model.store, &model.terms[M_SUBJECT][0], &id, &model.err);
  ok(id != BG_NO_ID, "what was committed is not");
  bg_store *second;
  ok(bg_store_open(model.path, BG_STORE_WRITE, NULL, &second, &model.err) ==
             BG_FAILED &&
         strstr(model.err.message, "--wait") != NULL,
     "a second writer fails: %s", model.err.message);
  m_commit(&model);
  for (unsigned i = 0; i < 40; i++) { // pages are used again behind a reader
    m_remove_graph(&model, i % 3);
    add_some(&model, 10 * i, 10 * i + 200);
    m_commit(&model);
  }
  ok(count_quads(after) == 100 && count_quads(before) == 0 &&
         bg_store_check(after, m_take_fault, model.path, &model.err) == BG_OK,
     "forty commits later readers still see what they saw");
  bg_store_close(before, &model.err);
  bg_store_close(empty, &model.err);
  bg_store_close(after, &model.err);
  m_quad quad = {{0}};
  m_check(&model, model.store, &quad, model.now);
  m_close(&model);
  ok(model.wrong == NULL, "all of it went well");
}

static bg_status
stop_at_third(void *context, const bg_statement *statement, bg_error *err)
{
  (void)statement;
  unsigned *seen = context;
  return ++*seen < 3 ? BG_OK : bg_error_set(err, BG_MISUSED, "that is enough");
}

/// A scan ends where the store is written to, and may be freed at any time
/// before the store is closed.
static void
test_scans(void)
{
  static const char *const ways[] = {"a quad that is put there", "a commit",
                                     "an abort"};
  store_model model;
  m_open(&model, 200, 5, 20, 3);
  add_some(&model, 0, 20000);
  m_commit(&model);
  bg_pattern all = {.in_graph = false};
  bg_scan *scan;
  bg_scan *other;
  bg_quad quad;
  bg_store_scan(model.store, &all, &scan, &model.err);
  bg_scan_free(scan);
  bg_store_scan(model.store, &all, &scan, &model.err);
  bg_scan_next(scan, &quad, &model.err);
  bg_store_scan(model.store, &all, &other, &model.err);
  bg_scan_free(scan);
  ok(bg_scan_next(other, &quad, &model.err) == BG_OK, "a scan is freed early");
  bg_scan_free(other);
  bg_scan_free(NULL);
  for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
    m_quad changed = m_quad_at(&model, 30000 + way);
    bg_store_scan(model.store, &all, &scan, &model.err);
    bg_store_scan(model.store, &all, &other, &model.err);
    for (unsigned i = 0; i < 1000; i++) {
      bg_scan_next(scan, &quad, &model.err);
    }
    m_add(&model, &changed);
    if (way == 0) {
      count_quads(model.store);
    } else if (way == 1) {
      m_commit(&model);
    } else {
      m_abort(&model);
    }
    ok(bg_scan_next(scan, &quad, &model.err) == BG_END &&
           bg_scan_next(scan, &quad, &model.err) == BG_END,
       "a scan is ended by %s", ways[way]);
    bg_scan_free(other);
    bg_scan_free(scan);
  }
  bg_store_scan(model.store, &all, &scan, &model.err);
  bg_store_commit(model.store, &model.err);
  bg_scan_free(scan);
  ok(count_quads(model.store) == 20002, "an idle commit ends a scan as well");
  const bg_statement any = {.subject = {.kind = BG_TERM_NONE}};
  unsigned seen = 0;
  ok(bg_store_find(model.store, &any, stop_at_third, &seen, &model.err) ==
             BG_MISUSED &&
         seen == 3,
     "a handler may end it");
  m_close(&model);
  ok(model.wrong == NULL, "all of it went well");
}

// ---- strange terms ---------------------------------------------------------

static bg_view
filled(bg_arena *arena, size_t size, char byte)
{
  char *bytes = bg_arena_allocate(arena, size);
  for (size_t i = 0; i < size; i++) {
    bytes[i] = (char)(byte + (char)(i % 7));
  }
  return (bg_view){bytes, size};
}

static void
test_strange_terms(void)
{
  enum { some_datatypes = 300 };
  char path[96];
  bg_store *store;
  bg_error err;
  bg_term terms[10 + some_datatypes];
  size_t count = 0;
  bg_arena *arena = bg_arena_new();
  m_new_path(path, sizeof path);
  terms[count++] = (bg_term){
      BG_TERM_LITERAL, filled(arena, 1 << 20, 'a'), {NULL, 0}, {NULL, 0}};
  terms[count++] = (bg_term){BG_TERM_LITERAL,
                             filled(arena, 1 << 20, 'a'),
                             BG_VIEW("http://x/d"),
                             {NULL, 0}};
  terms[count++] = (bg_term){
      BG_TERM_LITERAL, BG_VIEW("x"), {NULL, 0}, filled(arena, 10000, 'a')};
  terms[count++] = (bg_term){
      BG_TERM_LITERAL, BG_VIEW("x"), {NULL, 0}, filled(arena, 10001, 'a')};
  terms[count++] =
      (bg_term){BG_TERM_IRI, filled(arena, 100000, 'a'), {NULL, 0}, {NULL, 0}};
  terms[count++] = (bg_term){
      BG_TERM_BLANK, filled(arena, 100000, 'a'), {NULL, 0}, {NULL, 0}};
  terms[count++] = (bg_term){BG_TERM_IRI, BG_VIEW(""), {NULL, 0}, {NULL, 0}};
  terms[count++] =
      (bg_term){BG_TERM_LITERAL, BG_VIEW("a\0b"), {NULL, 0}, {NULL, 0}};
  terms[count++] =
      (bg_term){BG_TERM_LITERAL, BG_VIEW("a\0c"), {NULL, 0}, BG_VIEW("e\0")};
  terms[count++] =
      (bg_term){BG_TERM_IRI, BG_VIEW("http://x/\0\xFF"), {NULL, 0}, {NULL, 0}};
  for (unsigned i = 0; i < some_datatypes; i++) {
    terms[count++] = (bg_term){BG_TERM_LITERAL,
                               BG_VIEW("1"),
                               bg_arena_format(arena, "http://x/d%u", i),
                               {NULL, 0}};
  }
  bg_store_open(path, BG_STORE_WRITE, NULL, &store, &err);
  bg_statement statement = {.subject = m_iri(arena, "s", 1),
                            .predicate = m_iri(arena, "p", 1)};
  bool is_right = true;
  for (unsigned round = 0; round < 2; round++) {
    for (size_t i = 0; i < count; i++) {
      statement.object = terms[i];
      is_right = is_right && bg_store_add(store, &statement, &err) == BG_OK;
    }
    is_right = is_right && bg_store_close(store, &err) == BG_OK &&
               bg_store_open(path, BG_STORE_WRITE, NULL, &store, &err) == BG_OK;
  }
  ok(is_right, "strange terms are stored, twice");
  ok(count_quads(store) == count, "and counted once");
  bg_id ids[10 + some_datatypes];
  for (size_t i = 0; i < count; i++) {
    bg_term back;
    is_right = is_right &&
               bg_store_find_id(store, &terms[i], &ids[i], &err) == BG_OK &&
               bg_store_find_term(store, ids[i], arena, &back, &err) == BG_OK &&
               is_same_term(&terms[i], &back);
  }
  ok(is_right, "they come back");
  ok(bg_store_check(store, m_take_fault, path, &err) == BG_OK,
     "nothing is wrong with them");
  bg_store_close(store, &err);
  m_remove_path(path);
  bg_arena_free(arena);
}

// ---- failures --------------------------------------------------------------

/// As on a full disk: the file cannot grow.
static void
test_failures(void)
{
  store_model model;
  struct rlimit before;
  m_open(&model, 200, 5, 20, 3);
  add_some(&model, 0, 100);
  m_commit(&model);
  signal(SIGXFSZ, SIG_IGN);
  getrlimit(RLIMIT_FSIZE, &before);
  const struct rlimit small = {1 << 18, before.rlim_max};
  add_some(&model, 100, 50000);
  setrlimit(RLIMIT_FSIZE, &small);
  ok(bg_store_commit(model.store, &model.err) == BG_FAILED,
     "a commit that does not fit fails: %s", model.err.message);
  ok(count_quads(model.store) == 100, "then the store is as it was");
  add_some(&model, 100, 50000);
  ok(bg_store_commit(model.store, &model.err) == BG_FAILED, "it fails again");
  ok(bg_store_close(model.store, &model.err) == BG_OK,
     "closing it afterwards does nothing");
  add_some(&model, 0, 0);
  bg_store *reader = open_reader(&model);
  ok(count_quads(reader) == 100 &&
         bg_store_check(reader, m_take_fault, model.path, &model.err) == BG_OK,
     "it is whole");
  bg_store_close(reader, &model.err);
  setrlimit(RLIMIT_FSIZE, &before);
  m_open_store(&model);
  memcpy(model.now, model.kept, model.quads);
  add_some(&model, 100, 50000);
  m_commit(&model);
  ok(count_quads(model.store) == 50000, "with room it goes on");
  m_close(&model);
  ok(model.wrong == NULL, "all of it went well");
  bg_store *store;
  bg_error err;
  ok(bg_store_open("/nowhere/store", BG_STORE_READ, NULL, &store, &err) ==
             BG_FAILED &&
         store == NULL,
     "what is not there does not open: %s", err.message);
  ok(bg_store_open("/nowhere/store", BG_STORE_WRITE, NULL, &store, &err) ==
             BG_FAILED &&
         store == NULL,
     "nor is it made: %s", err.message);
  ok(bg_store_close(NULL, &err) == BG_OK, "no store is closed");
}

/// A copy is of what was committed; a store is made small while nobody has it.
static void
test_copies(void)
{
  store_model model;
  char copy[96];
  bg_store *store;
  bg_store_counts counts;
  m_open(&model, 200, 5, 20, 3);
  m_new_path(copy, sizeof copy);
  add_some(&model, 0, 30000);
  m_commit(&model);
  add_some(&model, 30000, 40000);
  ok(bg_store_backup(model.store, copy, &model.err) == BG_OK,
     "a store is copied while it is written");
  ok(bg_store_backup(model.store, copy, &model.err) == BG_REFUSED,
     "a copy is not overwritten: %s", model.err.message);
  bg_store_open(copy, BG_STORE_READ, NULL, &store, &model.err);
  ok(count_quads(store) == 30000 &&
         bg_store_check(store, m_take_fault, copy, &model.err) == BG_OK,
     "the copy is what was committed");
  bg_store_close(store, &model.err);
  ok(bg_store_compact(model.path, NULL, &model.err) == BG_FAILED,
     "a store in use is not made small: %s", model.err.message);
  for (unsigned graph = 0; graph < 3; graph++) {
    m_remove_graph(&model, graph);
  }
  add_some(&model, 0, 1000);
  m_commit(&model);
  bg_store_count(model.store, &counts, &model.err);
  uint64_t bytes = counts.bytes;
  bg_store_close(model.store, &model.err);
  ok(bg_store_compact(model.path, NULL, &model.err) == BG_OK,
     "one that nobody has is");
  m_open_store(&model);
  bg_store_count(model.store, &counts, &model.err);
  ok(counts.bytes < bytes && counts.bytes_free == 0, "%llu bytes were %llu",
     (unsigned long long)counts.bytes, (unsigned long long)bytes);
  m_quad quad = {{0}};
  m_check(&model, model.store, &quad, model.now);
  m_remove_path(copy);
  m_close(&model);
  ok(model.wrong == NULL, "and it is the same");
}

int
main(void)
{
  test_inlined();
  test_not_inlined();
  test_order();
  test_random();
  test_many();
  test_openings();
  test_scans();
  test_strange_terms();
  test_failures();
  test_copies();
  return done_testing();
}
