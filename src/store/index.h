/// One order of all quads in the files: blocks under the key of their first
/// quad. Of the room's own.

#ifndef BG_STORE_INDEX_H
#define BG_STORE_INDEX_H

#include "store/block.h"
#include "store/environment.h"

/// The quads of an index that begin with some parts. All zeros when closed.
typedef struct {
  const bg_environment *environment;
  MDB_cursor *cursor;
  bg_key prefix;
  unsigned given; ///< parts of the prefix
  bool is_begun;
  bg_block_reader block;
} bg_index_scan;

/// Goes before the first quad whose first `given` parts are those of `prefix`.
bg_status bg_index_open(const bg_environment *environment, MDB_txn *txn,
                        bg_order order, const bg_key *prefix, unsigned given,
                        bg_index_scan *scan, bg_error *err);
void bg_index_close(bg_index_scan *scan);

/// The next quad, in scan->block.key. BG_END after the last.
bg_status bg_index_next(bg_index_scan *scan, bg_error *err);

/// Whether there is any.
bg_status bg_index_has(const bg_environment *environment, MDB_txn *txn,
                       bg_order order, const bg_key *prefix, unsigned given,
                       bool *has, bg_error *err);

/// What is to be changed, both sorted in the index's order, none twice. What is
/// removed and added is there afterwards.
typedef struct {
  bg_quad *added;
  size_t added_count;
  bg_quad *removed;
  size_t removed_count;
} bg_changes;

/// Changes an index. With `only_new`, what was there already is taken out of
/// `added`, and what was not, or is added again, out of `removed`.
bg_status bg_index_change(const bg_environment *environment, MDB_txn *txn,
                          bg_order order, bg_changes *changes, bool only_new,
                          bg_error *err);

#endif
