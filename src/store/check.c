/// Whether all that a store holds agrees.

#include "store/state.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { most_told = 20 }; // faults of one kind

static const char *const order_names[BG_ORDER_COUNT] = {
    [BG_SPOG] = "spog", [BG_POSG] = "posg", [BG_OSPG] = "ospg",
    [BG_GSPO] = "gspo", [BG_GPOS] = "gpos", [BG_GOSP] = "gosp",
};

typedef struct {
  bg_store *store;
  bg_store_teller *tell;
  void *context;
  size_t faults;
  size_t told;          // of one kind
  unsigned char *kinds; // of the dictionary's terms, by number; 0: none
  // Of the first order, to which the others must be equal:
  uint64_t quads;
  uint64_t sum; // of the hashes of the quads, in whatever order
  bg_tally graphs;
  bg_tally predicates;
} checking;

__attribute__((format(printf, 2, 3))) static void
tell(checking *at, const char *format, ...)
{
  char fault[512];
  va_list arguments;
  at->faults++;
  if (at->told++ >= most_told) {
    return;
  }
  va_start(arguments, format);
  vsnprintf(fault, sizeof fault, format, arguments);
  va_end(arguments);
  at->tell(at->context, fault);
}

// ---- the dictionary --------------------------------------------------------

static bg_id
id_of_entry(const MDB_val *key, const MDB_val *value)
{
  size_t number = 0;
  if (key->mv_size == sizeof number) {
    memcpy(&number, key->mv_data, sizeof number);
  }
  unsigned kind =
      value->mv_size > 0 ? *(const unsigned char *)value->mv_data : 0;
  return bg_id_make(kind, number);
}

/// A term must be found under its own id.
static bg_status
check_term(checking *at, bg_id id, bg_error *err)
{
  bg_store *store = at->store;
  bg_dictionary dictionary = bg_store_dictionary(store);
  bg_term term;
  bg_id found;
  uint64_t number = id & BG_ID_PAYLOAD;
  if (number == 0 || number >= store->meta.next_term ||
      !bg_id_is_in_dictionary(id)) {
    tell(at,
         "the dictionary has an entry under the number %llu, which was "
         "never given",
         (unsigned long long)number);
    return BG_OK;
  }
  bg_status status =
      bg_dictionary_term(&dictionary, id, store->arena, &term, NULL);
  if (status != BG_OK) {
    tell(at, "term %llu cannot be read", (unsigned long long)number);
    return BG_OK;
  }
  at->kinds[number] = (unsigned char)bg_id_kind_of(id);
  BG_TRY(bg_dictionary_find(&dictionary, &store->terms, &term, &found, err));
  if (found != id) {
    tell(at, "term %llu is found under %llx", (unsigned long long)number,
         (unsigned long long)found);
  }
  bg_arena_reset(store->arena);
  return BG_OK;
}

static bg_status
check_dictionary(checking *at, bg_error *err)
{
  bg_store *store = at->store;
  const bg_environment *environment = store->environment;
  MDB_cursor *cursor;
  MDB_val key;
  MDB_val value;
  MDB_stat terms;
  MDB_stat hashes;
  int result;
  at->told = 0;
  BG_LMDB_TRY(
      environment->path,
      mdb_cursor_open(store->txn, environment->dbs[BG_DB_TERMS], &cursor), err);
  bg_status status = BG_OK;
  while (status == BG_OK &&
         (result = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0) {
    status = check_term(at, id_of_entry(&key, &value), err);
  }
  mdb_cursor_close(cursor);
  BG_TRY(status);
  if (result != MDB_NOTFOUND) {
    return bg_environment_fail(environment->path, result, err);
  }
  mdb_stat(store->txn, environment->dbs[BG_DB_TERMS], &terms);
  mdb_stat(store->txn, environment->dbs[BG_DB_HASHES], &hashes);
  if (terms.ms_entries != hashes.ms_entries) {
    tell(at, "%zu terms have %zu hashes", terms.ms_entries, hashes.ms_entries);
  }
  return BG_OK;
}

// ---- the indexes -----------------------------------------------------------

static void
check_id(checking *at, bg_id id, bool may_be_none)
{
  char bytes[BG_LONGEST_INLINE];
  bg_term term;
  uint64_t number = id & BG_ID_PAYLOAD;
  bool is_right =
      bg_id_is_in_dictionary(id)
          ? number < at->store->meta.next_term &&
                at->kinds[number] == bg_id_kind_of(id)
          : bg_id_to_term(id, bytes, &term) && (id != BG_NO_ID || may_be_none);
  if (!is_right) {
    tell(at, "a quad has the id %llx, which has no term",
         (unsigned long long)id);
  }
}

static void
check_quad(checking *at, const bg_quad *quad)
{
  check_id(at, quad->subject, false);
  check_id(at, quad->predicate, false);
  check_id(at, quad->object, false);
  check_id(at, quad->graph, true);
  bg_tally_at(&at->graphs, quad->graph)->quads++;
}

static bg_status
check_order(checking *at, bg_order order, bg_error *err)
{
  const bg_key all = {{0}};
  bg_index_scan scan;
  bg_key before = {{0}};
  uint64_t quads = 0;
  uint64_t sum = 0;
  bg_status status;
  at->told = 0;
  BG_TRY(bg_index_open(at->store->environment, at->store->txn, order, &all, 0,
                       &scan, err));
  while ((status = bg_index_next(&scan, err)) == BG_OK) {
    bg_quad quad = bg_key_quad(order, &scan.block.key);
    if (quads > 0 && bg_key_compare(&before, &scan.block.key) >= 0) {
      tell(at, "index %s is not in order", order_names[order]);
    }
    before = scan.block.key;
    quads++;
    sum += XXH3_64bits(&quad, sizeof quad);
    if (order == BG_SPOG) {
      check_quad(at, &quad);
    }
  }
  bg_index_close(&scan);
  if (status != BG_END) {
    return status;
  }
  if (order == BG_SPOG) {
    at->quads = quads;
    at->sum = sum;
  } else if (quads != at->quads) {
    tell(at, "index %s has %llu quads, index spog %llu", order_names[order],
         (unsigned long long)quads, (unsigned long long)at->quads);
  } else if (sum != at->sum) {
    tell(at, "index %s has other quads than index spog", order_names[order]);
  }
  return BG_OK;
}

// ---- the counts ------------------------------------------------------------

static bg_status
check_tally(checking *at, bg_db db, const char *what, const bg_tally *tally,
            bg_error *err)
{
  bg_store *store = at->store;
  MDB_stat stat;
  at->told = 0;
  mdb_stat(store->txn, store->environment->dbs[db], &stat);
  if (stat.ms_entries != tally->count) {
    tell(at, "%zu %ss are counted; there are %zu", stat.ms_entries, what,
         tally->count);
  }
  for (size_t i = 0; i < tally->capacity; i++) {
    const bg_tally_row *row = &tally->rows[i];
    bg_predicate_counts counts;
    if (!row->is_used) {
      continue;
    }
    BG_TRY(bg_tally_read(store->environment, store->txn, db, row->id, &counts,
                         err));
    if (counts.quads != row->quads || counts.subjects != row->subjects ||
        counts.objects != row->objects) {
      tell(at,
           "%s %llx is said to have %llu quads, %llu subjects and %llu "
           "objects; it has %llu, %llu and %llu",
           what, (unsigned long long)row->id, (unsigned long long)counts.quads,
           (unsigned long long)counts.subjects,
           (unsigned long long)counts.objects, (unsigned long long)row->quads,
           (unsigned long long)row->subjects, (unsigned long long)row->objects);
    }
  }
  return BG_OK;
}

static bg_status
check_counts(checking *at, bg_error *err)
{
  bg_store *store = at->store;
  at->told = 0;
  if (store->meta.quads != at->quads) {
    tell(at, "%llu quads are counted; there are %llu",
         (unsigned long long)store->meta.quads, (unsigned long long)at->quads);
  }
  BG_TRY(bg_tally_predicates(store->environment, store->txn, &at->predicates,
                             err));
  BG_TRY(check_tally(at, BG_DB_PREDICATES, "predicate", &at->predicates, err));
  return check_tally(at, BG_DB_GRAPHS, "graph", &at->graphs, err);
}

static bg_status
check_all(checking *at, bg_error *err)
{
  BG_TRY(check_dictionary(at, err));
  for (int order = 0; order < BG_ORDER_COUNT; order++) {
    BG_TRY(check_order(at, (bg_order)order, err));
  }
  return check_counts(at, err);
}

bg_status
bg_store_check(bg_store *store, bg_store_teller *teller, void *context,
               bg_error *err)
{
  BG_TRY(bg_store_settle(store, err));
  size_t terms = (size_t)store->meta.next_term;
  checking at = {.store = store, .tell = teller, .context = context};
  at.kinds = calloc(terms, 1);
  if (at.kinds == NULL) {
    return bg_error_set(err, BG_FAILED,
                        "no memory for the %zu terms of store '%s'", terms,
                        store->environment->path);
  }
  bg_status status = check_all(&at, err);
  bg_tally_release(&at.graphs);
  bg_tally_release(&at.predicates);
  free(at.kinds);
  if (status == BG_OK && at.faults > 0) {
    status = bg_error_set(err, BG_REFUSED, "store '%s' has %zu fault%s",
                          store->environment->path, at.faults,
                          at.faults == 1 ? "" : "s");
  }
  return status;
}
