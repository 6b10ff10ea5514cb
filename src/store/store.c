#include "store/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// ---- opening and closing ---------------------------------------------------

bg_status
bg_store_open(const char *path, bg_store_mode mode,
              const bg_store_options *options, bg_store **store, bg_error *err)
{
  *store = NULL;
  bg_environment *environment;
  int lock = -1;
  if (mode == BG_STORE_WRITE) {
    BG_TRY(bg_environment_make(path, options, &lock, err));
  }
  bg_status status = bg_environment_open(path, lock >= 0, &environment, err);
  if (status == BG_OK && mode == BG_STORE_WRITE && environment->is_read_only) {
    bg_environment_close(environment);
    status =
        bg_error_set(err, BG_FAILED, "store '%s' cannot be written here", path);
  }
  if (status != BG_OK) {
    if (lock >= 0) {
      close(lock);
    }
    return status;
  }
  bg_store *opened = bg_heap_allocate(sizeof *opened);
  *opened = (bg_store){.environment = environment,
                       .mode = mode,
                       .lock = lock,
                       .arena = bg_arena_new()};
  if (mode == BG_STORE_READ) {
    opened->memory = bg_heap_allocate(sizeof *opened->memory);
    memset(opened->memory, 0, sizeof *opened->memory);
  }
  bg_term_cache_init(&opened->terms);
  status = bg_store_begin(opened, err);
  if (status == BG_OK) {
    bg_view base = bg_view_of(bg_meta_base(environment, opened->txn));
    opened->base = bg_heap_allocate(base.size + 1);
    memcpy(opened->base, base.bytes, base.size + 1);
    *store = opened;
    return BG_OK;
  }
  bg_store_abort(opened);
  bg_store_close(opened, NULL);
  return status;
}

bg_status
bg_store_open_temporary(bg_store **store, bg_error *err)
{
  enum { longest_path = 4096 };
  char path[longest_path];
  const char *folder = getenv("TMPDIR");
  int size = snprintf(path, sizeof path, "%s/battlegraph-XXXXXX",
                      folder == NULL || folder[0] == '\0' ? "/tmp" : folder);
  if (size < 0 || size >= longest_path || mkdtemp(path) == NULL) {
    return bg_error_set(err, BG_FAILED, "cannot make a folder in '%s'",
                        folder == NULL ? "/tmp" : folder);
  }
  bg_status status = bg_store_open(path, BG_STORE_WRITE, NULL, store, err);
  bg_environment_detach(path, status == BG_OK ? (*store)->environment : NULL);
  if (status == BG_OK) {
    // What is gone with the program need not outlast the machine.
    mdb_env_set_flags((*store)->environment->env, MDB_NOSYNC, 1);
  }
  return status;
}

const char *
bg_store_path(const bg_store *store)
{
  return store->environment->path;
}

const char *
bg_store_base(const bg_store *store)
{
  return store->base;
}

bg_status
bg_store_begin(bg_store *store, bg_error *err)
{
  if (store->txn != NULL) {
    return BG_OK;
  }
  bg_environment *environment = store->environment;
  if (store->mode == BG_STORE_READ) {
    BG_TRY(bg_environment_read(environment, &store->txn, err));
  } else {
    BG_LMDB_TRY(environment->path,
                mdb_txn_begin(environment->env, NULL, 0, &store->txn), err);
  }
  BG_TRY(bg_meta_read(environment, store->txn, &store->meta, err));
  if (store->terms.known_count == 0) {
    store->terms.knows_all = store->meta.next_term == 1;
  }
  return BG_OK;
}

void
bg_store_end(bg_store *store)
{
  bg_store_end_scans(store);
  if (store->txn != NULL) {
    mdb_txn_abort(store->txn);
    store->txn = NULL;
  }
}

bg_status
bg_store_close(bg_store *store, bg_error *err)
{
  if (store == NULL) {
    return BG_OK;
  }
  bg_status status =
      store->mode == BG_STORE_WRITE ? bg_store_commit(store, err) : BG_OK;
  bg_store_end(store);
  bg_term_cache_release(&store->terms);
  bg_tally_release(&store->graphs);
  bg_buffer_release(&store->scratch);
  bg_arena_free(store->arena);
  free(store->added.items);
  free(store->removed.items);
  free(store->memory);
  free(store->base);
  bg_environment_close(store->environment);
  if (store->lock >= 0) {
    close(store->lock);
  }
  free(store);
  return status;
}

// ---- terms -----------------------------------------------------------------

bg_status
bg_store_find_id(bg_store *store, const bg_term *term, bg_id *id, bg_error *err)
{
  BG_TRY(bg_store_settle(store, err));
  bg_dictionary dictionary = bg_store_dictionary(store);
  return bg_dictionary_find(&dictionary, &store->terms, term, id, err);
}

bg_status
bg_store_find_term(bg_store *store, bg_id id, bg_arena *arena, bg_term *term,
                   bg_error *err)
{
  BG_TRY(bg_store_begin(store, err));
  bg_dictionary dictionary = bg_store_dictionary(store);
  return bg_dictionary_term(&dictionary, id, arena, term, err);
}

// ---- scanning --------------------------------------------------------------

struct bg_scan {
  bg_index_scan scan; // closed where it was ended
  bg_order order;
  bg_scan *next; // of the store's
  bg_scan **link;
};

static void
close_scan(bg_scan *scan)
{
  if (scan->link != NULL) {
    *scan->link = scan->next;
    if (scan->next != NULL) {
      scan->next->link = scan->link;
    }
    scan->link = NULL;
    bg_index_close(&scan->scan);
  }
}

void
bg_store_end_scans(bg_store *store)
{
  while (store->scans != NULL) {
    close_scan(store->scans);
  }
}

static bg_status
open_scan(bg_store *store, const bg_pattern *pattern, bg_scan *scan,
          bg_error *err)
{
  unsigned given;
  BG_TRY(bg_store_settle(store, err));
  scan->order = bg_order_for(pattern, &given);
  bg_key prefix = bg_key_of(scan->order, &pattern->quad);
  BG_TRY(bg_index_open(store->environment, store->txn, scan->order, &prefix,
                       given, &scan->scan, err));
  scan->next = store->scans;
  scan->link = &store->scans;
  if (scan->next != NULL) {
    scan->next->link = &scan->next;
  }
  store->scans = scan;
  return BG_OK;
}

bg_status
bg_store_scan(bg_store *store, const bg_pattern *pattern, bg_scan **scan,
              bg_error *err)
{
  bg_scan *made = bg_heap_allocate(sizeof *made);
  bg_status status = open_scan(store, pattern, made, err);
  if (status != BG_OK) {
    free(made);
    made = NULL;
  }
  *scan = made;
  return status;
}

bg_status
bg_scan_next(bg_scan *scan, bg_quad *quad, bg_error *err)
{
  if (scan->link == NULL) {
    return BG_END;
  }
  BG_TRY(bg_index_next(&scan->scan, err));
  *quad = bg_key_quad(scan->order, &scan->scan.block.key);
  return BG_OK;
}

void
bg_scan_free(bg_scan *scan)
{
  if (scan != NULL) {
    close_scan(scan);
    free(scan);
  }
}

// ---- finding by terms ------------------------------------------------------

bg_status
bg_store_find_pattern(bg_store *store, const bg_statement *statement,
                      bg_pattern *pattern, bg_error *err)
{
  const bg_term *terms[] = {&statement->subject, &statement->predicate,
                            &statement->object, &statement->graph};
  bg_id *ids[] = {&pattern->quad.subject, &pattern->quad.predicate,
                  &pattern->quad.object, &pattern->quad.graph};
  *pattern = (bg_pattern){.in_graph = statement->graph.kind != BG_TERM_NONE};
  for (size_t i = 0; i < BG_PARTS; i++) {
    if (terms[i]->kind != BG_TERM_NONE) {
      BG_TRY(bg_store_find_id(store, terms[i], ids[i], err));
      if (*ids[i] == BG_NO_ID) {
        return BG_END;
      }
    }
  }
  return BG_OK;
}

/// A quad's terms, and the bytes of those that are their own ids.
typedef struct {
  bg_statement statement;
  char bytes[BG_PARTS][BG_LONGEST_INLINE];
} read_quad;

/// What the pattern gives need not be looked for.
static bg_status
read_term(const bg_dictionary *dictionary, const bg_term *given, bg_id id,
          char *bytes, bg_term *term, bg_error *err)
{
  if (given->kind != BG_TERM_NONE) {
    *term = *given;
    return BG_OK;
  }
  return !bg_id_is_in_dictionary(id) && bg_id_to_term(id, bytes, term)
             ? BG_OK
             : bg_dictionary_term(dictionary, id, NULL, term, err);
}

static bg_status
read_statement(bg_store *store, const bg_statement *pattern,
               const bg_quad *quad, read_quad *to, bg_error *err)
{
  bg_statement *statement = &to->statement;
  const bg_dictionary dictionary = bg_store_dictionary(store);
  const struct {
    const bg_term *given;
    bg_id id;
    bg_term *term;
  } parts[] = {
      {&pattern->subject, quad->subject, &statement->subject},
      {&pattern->predicate, quad->predicate, &statement->predicate},
      {&pattern->object, quad->object, &statement->object},
      {&pattern->graph, quad->graph, &statement->graph},
  };
  for (size_t i = 0; i < BG_PARTS; i++) {
    BG_TRY(read_term(&dictionary, parts[i].given, parts[i].id, to->bytes[i],
                     parts[i].term, err));
  }
  return BG_OK;
}

static bg_status
handle_quads(bg_store *store, const bg_statement *pattern,
             const bg_pattern *ids, bg_store_handler *handle, void *context,
             bg_error *err)
{
  bg_scan scan = {0};
  read_quad read;
  bg_quad quad;
  bg_status status = BG_OK;
  BG_TRY(open_scan(store, ids, &scan, err));
  bool has_ended = false;
  while (status == BG_OK) {
    status = bg_scan_next(&scan, &quad, err);
    has_ended = status == BG_END;
    if (status == BG_OK) {
      status = read_statement(store, pattern, &quad, &read, err);
    }
    if (status == BG_OK) {
      status = handle(context, &read.statement, err);
    }
  }
  close_scan(&scan);
  return has_ended ? BG_OK : status;
}

bg_status
bg_store_find(bg_store *store, const bg_statement *pattern,
              bg_store_handler *handle, void *context, bg_error *err)
{
  bg_pattern ids;
  bg_status status = bg_store_find_pattern(store, pattern, &ids, err);
  if (status != BG_OK) {
    return status == BG_END ? BG_OK : status;
  }
  return handle_quads(store, pattern, &ids, handle, context, err);
}

bg_status
bg_store_find_default(bg_store *store, bg_store_handler *handle, void *context,
                      bg_error *err)
{
  const bg_statement all = {.graph = {0}};
  const bg_pattern ids = {.in_graph = true};
  return handle_quads(store, &all, &ids, handle, context, err);
}

// ---- counts ----------------------------------------------------------------

static bg_status
count_entries(const bg_store *store, bg_db db, uint64_t *count, bg_error *err)
{
  MDB_stat stat;
  BG_LMDB_TRY(store->environment->path,
              mdb_stat(store->txn, store->environment->dbs[db], &stat), err);
  *count = stat.ms_entries;
  return BG_OK;
}

/// Pages that LMDB's own database of free ones lists: its number is 0, and each
/// entry begins with how many it has.
static uint64_t
count_free_pages(const bg_store *store)
{
  MDB_cursor *cursor;
  MDB_val key;
  MDB_val value;
  uint64_t pages = 0;
  if (mdb_cursor_open(store->txn, 0, &cursor) != 0) {
    return 0;
  }
  while (mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0) {
    size_t count = 0;
    memcpy(&count, value.mv_data, sizeof count);
    pages += count;
  }
  mdb_cursor_close(cursor);
  return pages;
}

bg_status
bg_store_count(bg_store *store, bg_store_counts *counts, bg_error *err)
{
  BG_TRY(bg_store_settle(store, err));
  MDB_envinfo info;
  MDB_stat stat;
  mdb_env_info(store->environment->env, &info);
  mdb_env_stat(store->environment->env, &stat);
  *counts = (bg_store_counts){
      .quads = store->meta.quads,
      .bytes = ((uint64_t)info.me_last_pgno + 1) * stat.ms_psize,
      .bytes_free = count_free_pages(store) * stat.ms_psize,
  };
  BG_TRY(count_entries(store, BG_DB_TERMS, &counts->terms, err));
  BG_TRY(count_entries(store, BG_DB_GRAPHS, &counts->graphs, err));
  return count_entries(store, BG_DB_PREDICATES, &counts->predicates, err);
}

uint64_t
bg_store_fresh_number(const bg_store *store)
{
  return store->meta.next_term;
}

bg_status
bg_store_count_predicate(bg_store *store, bg_id predicate,
                         bg_predicate_counts *counts, bg_error *err)
{
  BG_TRY(bg_store_settle(store, err));
  return bg_tally_read(store->environment, store->txn, BG_DB_PREDICATES,
                       predicate, counts, err);
}

/// Called for each row of a database of counts.
typedef bg_status row_handler(void *context, bg_id id,
                              const bg_predicate_counts *counts, bg_error *err);

static bg_status
each_row(bg_store *store, bg_db db, row_handler *handle, void *context,
         bg_error *err)
{
  MDB_cursor *cursor;
  MDB_val key;
  MDB_val value;
  const char *path = store->environment->path;
  BG_TRY(bg_store_settle(store, err));
  BG_LMDB_TRY(path,
              mdb_cursor_open(store->txn, store->environment->dbs[db], &cursor),
              err);
  bg_status status = BG_OK;
  int result = 0;
  while (status == BG_OK) {
    bg_predicate_counts counts;
    bg_id id;
    result = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
    if (result == 0 &&
        (key.mv_size != sizeof id || value.mv_size != sizeof counts)) {
      result = MDB_CORRUPTED;
    }
    if (result != 0) {
      break;
    }
    memcpy(&id, key.mv_data, sizeof id);
    memcpy(&counts, value.mv_data, sizeof counts);
    status = handle(context, id, &counts, err);
  }
  mdb_cursor_close(cursor);
  if (status == BG_OK && result != MDB_NOTFOUND) {
    status = bg_environment_fail(path, result, err);
  }
  return status;
}

typedef struct {
  bg_graph_handler *handle;
  void *context;
} graph_caller;

static bg_status
call_for_graph(void *context, bg_id id, const bg_predicate_counts *counts,
               bg_error *err)
{
  const graph_caller *caller = context;
  return caller->handle(caller->context, id, counts->quads, err);
}

bg_status
bg_store_each_predicate(bg_store *store, bg_predicate_handler *handle,
                        void *context, bg_error *err)
{
  return each_row(store, BG_DB_PREDICATES, handle, context, err);
}

bg_status
bg_store_each_graph(bg_store *store, bg_graph_handler *handle, void *context,
                    bg_error *err)
{
  graph_caller caller = {handle, context};
  return each_row(store, BG_DB_GRAPHS, call_for_graph, &caller, err);
}
