/// Writing: quads are gathered, and put into all indexes at once.

#include "store/state.h"

#include <stdlib.h>

enum {
  most_gathered = 3 << 20, // quads, of 32 bytes, and as much to sort them
  // With changes of at least this part of a store, counting all is faster than
  // looking for each pair.
  counted_part = 16,
  // After so many, most of an index has been read, and nobody needs it soon.
  many_changes = 1 << 18,
};

// ---- changing all indexes --------------------------------------------------

typedef struct {
  bg_store *store;
  bg_changes changes;
  bg_quad *scratch;
  bool counts_all; // afterwards
  bg_tally predicates;
  bg_tally graphs;
} settling;

/// For each pair of the first two parts of the sorted quads that no quad of the
/// index has, adds `change` to the counts of its predicate.
static bg_status
count_pairs(settling *at, bg_order order, const bg_quad *quads, size_t count,
            uint64_t change, bg_error *err)
{
  bg_key before = {{0}};
  for (size_t i = 0; i < count; i++) {
    bool has;
    bg_key key = bg_key_of(order, &quads[i]);
    if (i > 0 && key.parts[0] == before.parts[0] &&
        key.parts[1] == before.parts[1]) {
      continue;
    }
    before = key;
    BG_TRY(bg_index_has(at->store->environment, at->store->txn, order, &key, 2,
                        &has, err));
    if (!has) {
      bg_tally_row *row = bg_tally_at(&at->predicates, quads[i].predicate);
      row->subjects += order == BG_SPOG ? change : 0;
      row->objects += order == BG_POSG ? change : 0;
    }
  }
  return BG_OK;
}

static bg_status
change_order(settling *at, bg_order order, bg_error *err)
{
  const uint64_t one_less = UINT64_MAX;
  bg_changes *changes = &at->changes;
  bool counts = !at->counts_all && (order == BG_SPOG || order == BG_POSG);
  if (counts) {
    BG_TRY(
        count_pairs(at, order, changes->added, changes->added_count, 1, err));
  }
  BG_TRY(bg_index_change(at->store->environment, at->store->txn, order, changes,
                         order == BG_SPOG, err));
  return counts ? count_pairs(at, order, changes->removed,
                              changes->removed_count, one_less, err)
                : BG_OK;
}

/// Adds up the quads of each graph and predicate.
static void
count_quads(settling *at, const bg_quad *quads, size_t count, uint64_t change)
{
  for (size_t i = 0; i < count; i++) {
    bg_tally_at(&at->graphs, quads[i].graph)->quads += change;
    if (!at->counts_all) {
      bg_tally_at(&at->predicates, quads[i].predicate)->quads += change;
    }
  }
}

static bg_status
write_counts(settling *at, bg_error *err)
{
  bg_store *store = at->store;
  const bg_environment *environment = store->environment;
  if (at->counts_all) {
    BG_LMDB_TRY(environment->path,
                mdb_drop(store->txn, environment->dbs[BG_DB_PREDICATES], 0),
                err);
    BG_TRY(bg_tally_predicates(environment, store->txn, &at->predicates, err));
  }
  BG_TRY(bg_tally_write(environment, store->txn, BG_DB_PREDICATES,
                        &at->predicates, err));
  BG_TRY(
      bg_tally_write(environment, store->txn, BG_DB_GRAPHS, &at->graphs, err));
  store->meta.quads += at->changes.added_count - at->changes.removed_count;
  return bg_meta_write(environment, store->txn, &store->meta, err);
}

static bg_status
change_all(settling *at, bg_error *err)
{
  bg_changes *changes = &at->changes;
  changes->added_count =
      bg_quads_sort(changes->added, changes->added_count, at->scratch);
  changes->removed_count =
      bg_quads_sort(changes->removed, changes->removed_count, at->scratch);
  for (int i = 0; i < BG_ORDER_COUNT; i++) {
    bg_order order = bg_order_chain[i];
    if (i > 0) {
      bg_quads_resort(changes->added, changes->added_count, order, at->scratch);
      bg_quads_resort(changes->removed, changes->removed_count, order,
                      at->scratch);
    }
    BG_TRY(change_order(at, order, err));
    if (changes->added_count + changes->removed_count >= many_changes) {
      bg_environment_forget(at->store->environment);
    }
  }
  count_quads(at, changes->added, changes->added_count, 1);
  count_quads(at, changes->removed, changes->removed_count, UINT64_MAX);
  return write_counts(at, err);
}

bg_status
bg_store_settle(bg_store *store, bg_error *err)
{
  BG_TRY(bg_store_begin(store, err));
  if (store->mode == BG_STORE_READ) {
    return BG_OK;
  }
  bg_dictionary dictionary = bg_store_dictionary(store);
  bg_status status = bg_dictionary_flush(&dictionary, &store->terms, err);
  size_t most = store->added.count > store->removed.count
                    ? store->added.count
                    : store->removed.count;
  if (status == BG_OK && most > 0) {
    settling at = {.store = store,
                   .changes = {store->added.items, store->added.count,
                               store->removed.items, store->removed.count},
                   .counts_all = most >= store->meta.quads / counted_part};
    at.scratch = bg_heap_allocate(most * sizeof *at.scratch);
    bg_store_end_scans(store);
    status = change_all(&at, err);
    free(at.scratch);
    bg_tally_release(&at.predicates);
    bg_tally_release(&at.graphs);
    store->added.count = 0;
    store->removed.count = 0;
    bg_tally_reset(&store->graphs);
  }
  if (status != BG_OK) {
    bg_store_abort(store);
  }
  return status;
}

// ---- transactions ----------------------------------------------------------

bg_status
bg_store_commit(bg_store *store, bg_error *err)
{
  if (!store->has_changed) {
    bg_store_end(store);
    return BG_OK;
  }
  BG_TRY(bg_store_settle(store, err));
  // Terms may have been added whose quads were there.
  bg_status status =
      bg_meta_write(store->environment, store->txn, &store->meta, err);
  if (status != BG_OK) {
    bg_store_abort(store);
    return status;
  }
  bg_store_end_scans(store);
  int result = mdb_txn_commit(store->txn);
  store->txn = NULL;
  if (result != 0) {
    bg_store_abort(store);
    return bg_environment_fail(store->environment->path, result, err);
  }
  store->has_changed = false;
  bg_environment_fill(store->environment);
  return BG_OK;
}

void
bg_store_abort(bg_store *store)
{
  bg_store_end(store);
  store->has_changed = false;
  store->added.count = 0;
  store->removed.count = 0;
  bg_tally_reset(&store->graphs);
  bg_term_cache_reset(&store->terms);
}

// ---- quads -----------------------------------------------------------------

static void
gather(bg_store *store, bg_quad_list *list, const bg_quad *quad)
{
  store->has_changed = true;
  if (list->count == list->capacity) {
    list->capacity = list->capacity * 2 + 1024;
    list->items =
        bg_heap_resize(list->items, list->capacity * sizeof *list->items);
  }
  list->items[list->count++] = *quad;
}

bg_status
bg_store_add(bg_store *store, const bg_statement *statement, bg_error *err)
{
  bg_quad quad;
  BG_TRY(bg_store_begin(store, err));
  bg_dictionary dictionary = bg_store_dictionary(store);
  const bg_term *terms[] = {&statement->subject, &statement->predicate,
                            &statement->object, &statement->graph};
  bg_id *ids[] = {&quad.subject, &quad.predicate, &quad.object, &quad.graph};
  for (size_t i = 0; i < BG_PARTS; i++) {
    bg_status status =
        bg_dictionary_add(&dictionary, &store->terms, terms[i], ids[i], err);
    if (status != BG_OK) {
      bg_store_abort(store);
      return status;
    }
  }
  gather(store, &store->added, &quad);
  bg_tally_at(&store->graphs, quad.graph);
  return store->added.count < most_gathered ? BG_OK
                                            : bg_store_settle(store, err);
}

bg_status
bg_store_remove(bg_store *store, const bg_statement *statement, bg_error *err)
{
  bg_quad quad;
  const bg_term *terms[] = {&statement->subject, &statement->predicate,
                            &statement->object, &statement->graph};
  bg_id *ids[] = {&quad.subject, &quad.predicate, &quad.object, &quad.graph};
  BG_TRY(bg_store_begin(store, err));
  if (store->added.count > 0) {
    BG_TRY(bg_store_settle(store, err)); // it may be among that
  }
  bg_dictionary dictionary = bg_store_dictionary(store);
  for (size_t i = 0; i < BG_PARTS; i++) {
    BG_TRY(
        bg_dictionary_find(&dictionary, &store->terms, terms[i], ids[i], err));
    if (*ids[i] == BG_NO_ID && terms[i]->kind != BG_TERM_NONE) {
      return BG_OK; // what is not there is gone
    }
  }
  gather(store, &store->removed, &quad);
  return BG_OK;
}

/// The id of a graph, of which nothing that was added is outside the indexes.
static bg_status
find_graph(bg_store *store, const bg_term *graph, bg_id *id, bg_error *err)
{
  BG_TRY(bg_store_begin(store, err));
  bg_dictionary dictionary = bg_store_dictionary(store);
  BG_TRY(bg_dictionary_find(&dictionary, &store->terms, graph, id, err));
  return bg_tally_has(&store->graphs, *id) ? bg_store_settle(store, err)
                                           : BG_OK;
}

bg_status
bg_store_remove_graph(bg_store *store, const bg_term *graph, bg_error *err)
{
  bg_key prefix = {{0}};
  bg_index_scan scan;
  bg_status status;
  BG_TRY(find_graph(store, graph, &prefix.parts[0], err));
  if (prefix.parts[0] == BG_NO_ID && graph->kind != BG_TERM_NONE) {
    return BG_OK;
  }
  BG_TRY(bg_index_open(store->environment, store->txn, BG_GSPO, &prefix, 1,
                       &scan, err));
  while ((status = bg_index_next(&scan, err)) == BG_OK) {
    bg_quad quad = bg_key_quad(BG_GSPO, &scan.block.key);
    gather(store, &store->removed, &quad);
  }
  bg_index_close(&scan);
  if (status != BG_END) {
    return status;
  }
  return store->removed.count < most_gathered ? BG_OK
                                              : bg_store_settle(store, err);
}

// ---- the sink --------------------------------------------------------------

typedef struct {
  bg_sink sink;
  bg_store *store;
} store_sink;

static bg_status
replace_page(bg_store *store, const bg_page_graph *page, bg_error *err)
{
  for (size_t i = 0; i < sizeof page->graphs / sizeof *page->graphs; i++) {
    BG_TRY(bg_store_remove_graph(store, &page->graphs[i], err));
  }
  for (size_t i = 0; i < page->statements.count; i++) {
    BG_TRY(bg_store_add(store, &page->statements.items[i], err));
  }
  return BG_OK;
}

static bg_status
commit_pages(bg_sink *sink, const bg_commit *commit, bg_error *err)
{
  for (size_t i = 0; i < commit->page_count; i++) {
    BG_TRY(replace_page(((store_sink *)sink)->store, &commit->pages[i], err));
  }
  return BG_OK;
}

static bg_status
flush_store(bg_sink *sink, uint64_t *size, bg_error *err)
{
  *size = 0;
  return bg_store_commit(((store_sink *)sink)->store, err);
}

static bg_status
read_revision(bg_store *store, const bg_term *graph, uint64_t *revision,
              bg_error *err)
{
  const bg_term version = {BG_TERM_IRI, BG_VIEW(BG_PAGE_REVISION), {0}, {0}};
  bg_key prefix = {{0}};
  bg_index_scan scan;
  bg_term term;
  bg_dictionary dictionary = bg_store_dictionary(store);
  BG_TRY(bg_dictionary_find(&dictionary, &store->terms, &version,
                            &prefix.parts[1], err));
  BG_TRY(bg_dictionary_find(&dictionary, &store->terms, graph, &prefix.parts[0],
                            err));
  if (prefix.parts[0] == BG_NO_ID || prefix.parts[1] == BG_NO_ID) {
    return BG_END;
  }
  BG_TRY(bg_index_open(store->environment, store->txn, BG_SPOG, &prefix, 2,
                       &scan, err));
  bg_status status = bg_index_next(&scan, err);
  if (status == BG_OK) {
    status = bg_dictionary_term(&dictionary, scan.block.key.parts[2],
                                store->arena, &term, err);
  }
  if (status == BG_OK) {
    bg_view text = bg_arena_copy(store->arena, term.text);
    *revision = strtoull(text.bytes, NULL, 10);
  }
  bg_index_close(&scan);
  bg_arena_reset(store->arena);
  return status;
}

/// The page's graph says it of itself: schema:version. It is asked before each
/// page: what is gathered is not put into the indexes for it, unless it is of
/// this graph.
static uint64_t
find_revision(bg_sink *sink, const bg_term *graph)
{
  bg_store *store = ((store_sink *)sink)->store;
  bg_id id;
  uint64_t revision = 0;
  bg_status status = find_graph(store, graph, &id, NULL);
  if (status == BG_OK) {
    status = read_revision(store, graph, &revision, NULL);
  }
  return status == BG_OK ? revision : 0;
}

static bg_status
close_sink(bg_sink *sink, bg_error *err)
{
  bg_status status = bg_store_commit(((store_sink *)sink)->store, err);
  free(sink);
  return status;
}

bg_sink *
bg_store_sink(bg_store *store)
{
  store_sink *sink = bg_heap_allocate(sizeof *sink);
  *sink = (store_sink){{.commit = commit_pages,
                        .flush = flush_store,
                        .revision = find_revision,
                        .close = close_sink},
                       store};
  return &sink->sink;
}
