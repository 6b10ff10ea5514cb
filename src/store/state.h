/// What an opened store is. Of the room's own.

#ifndef BG_STORE_STATE_H
#define BG_STORE_STATE_H

#include "store/dictionary.h"
#include "store/environment.h"
#include "store/index.h"
#include "store/tally.h"

typedef struct {
  bg_quad *items;
  size_t count;
  size_t capacity;
} bg_quad_list;

struct bg_store {
  bg_environment *environment;
  bg_store_mode mode;
  int lock;         // of the writer; -1
  bool has_changed; // since the last commit
  MDB_txn *txn; // NULL where none is open: before the first use, after a commit
  bg_meta meta;
  bg_buffer scratch;
  bg_arena *arena; // for a term at a time
  char *base;      // copied at the first use
  // What is written and not yet in the indexes: first all that is removed, then
  // all that is added.
  bg_quad_list added;
  bg_quad_list removed;
  bg_tally graphs; // of what is added
  bg_term_cache terms;
  bg_term_memory *memory; // of a reader
  bg_scan *scans;         // that are open
};

static inline bg_dictionary
bg_store_dictionary(bg_store *store)
{
  return (bg_dictionary){store->environment, store->txn, &store->meta,
                         &store->scratch, store->memory};
}

/// Sees to it that there is a transaction.
bg_status bg_store_begin(bg_store *store, bg_error *err);

/// Sees to it that what was written can be read in the transaction.
bg_status bg_store_settle(bg_store *store, bg_error *err);

/// Ends the transaction, without writing.
void bg_store_end(bg_store *store);

/// Ends all scans: what they read is about to change, or to go.
void bg_store_end_scans(bg_store *store);

#endif
