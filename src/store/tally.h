/// Counts by id, and the databases that keep them. Of the room's own.

#ifndef BG_STORE_TALLY_H
#define BG_STORE_TALLY_H

#include "store/environment.h"
#include "store/index.h"

/// What has to be added to the counts of an id; wraps where it is less.
typedef struct {
  bg_id id;
  bool is_used;
  uint64_t quads;
  uint64_t subjects;
  uint64_t objects;
} bg_tally_row;

typedef struct {
  bg_tally_row *rows; ///< open addressing
  size_t count;
  size_t capacity;
} bg_tally;

/// The row of an id, made where there is none.
bg_tally_row *bg_tally_at(bg_tally *tally, bg_id id);
bool bg_tally_has(const bg_tally *tally, bg_id id);
void bg_tally_reset(bg_tally *tally);
void bg_tally_release(bg_tally *tally);

/// Adds the rows to the counts of the graphs, or of the predicates.
bg_status bg_tally_write(const bg_environment *environment, MDB_txn *txn,
                         bg_db db, const bg_tally *tally, bg_error *err);

/// The counts of an id; zeros where there are none. Of a graph there are quads
/// alone.
bg_status bg_tally_read(const bg_environment *environment, MDB_txn *txn,
                        bg_db db, bg_id id, bg_predicate_counts *counts,
                        bg_error *err);

/// Counts both indexes through: exact, whatever was kept.
bg_status bg_tally_predicates(const bg_environment *environment, MDB_txn *txn,
                              bg_tally *tally, bg_error *err);

#endif
