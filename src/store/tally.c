#include "store/tally.h"

#include <stdlib.h>
#include <string.h>

// ---- rows ------------------------------------------------------------------

static bg_tally_row *
find_row(const bg_tally *tally, bg_id id)
{
  size_t mask = tally->capacity - 1;
  size_t slot = (size_t)((id * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & mask;
  while (tally->rows[slot].is_used && tally->rows[slot].id != id) {
    slot = (slot + 1) & mask;
  }
  return &tally->rows[slot];
}

static void
grow(bg_tally *tally)
{
  bg_tally grown = {.count = tally->count,
                    .capacity =
                        tally->capacity == 0 ? 64 : tally->capacity * 2};
  size_t size = grown.capacity * sizeof *grown.rows;
  grown.rows = bg_heap_allocate(size);
  memset(grown.rows, 0, size);
  for (size_t i = 0; i < tally->capacity; i++) {
    if (tally->rows[i].is_used) {
      *find_row(&grown, tally->rows[i].id) = tally->rows[i];
    }
  }
  free(tally->rows);
  *tally = grown;
}

bg_tally_row *
bg_tally_at(bg_tally *tally, bg_id id)
{
  if (tally->count * 2 >= tally->capacity) {
    grow(tally);
  }
  bg_tally_row *row = find_row(tally, id);
  if (!row->is_used) {
    *row = (bg_tally_row){.id = id, .is_used = true};
    tally->count++;
  }
  return row;
}

bool
bg_tally_has(const bg_tally *tally, bg_id id)
{
  return tally->capacity > 0 && find_row(tally, id)->is_used;
}

void
bg_tally_reset(bg_tally *tally)
{
  if (tally->count > 0) {
    memset(tally->rows, 0, tally->capacity * sizeof *tally->rows);
    tally->count = 0;
  }
}

void
bg_tally_release(bg_tally *tally)
{
  free(tally->rows);
  *tally = (bg_tally){0};
}

// ---- in the files ----------------------------------------------------------

bg_status
bg_tally_read(const bg_environment *environment, MDB_txn *txn, bg_db db,
              bg_id id, bg_predicate_counts *counts, bg_error *err)
{
  size_t number = (size_t)id;
  MDB_val key = {sizeof number, &number};
  MDB_val value;
  *counts = (bg_predicate_counts){0};
  int result = mdb_get(txn, environment->dbs[db], &key, &value);
  if (result == MDB_NOTFOUND) {
    return BG_OK;
  }
  if (result == 0 && value.mv_size != sizeof *counts) {
    result = MDB_CORRUPTED;
  }
  BG_LMDB_TRY(environment->path, result, err);
  memcpy(counts, value.mv_data, sizeof *counts);
  return BG_OK;
}

static bg_status
write_row(const bg_environment *environment, MDB_txn *txn, bg_db db,
          const bg_tally_row *row, bg_error *err)
{
  bg_predicate_counts counts;
  BG_TRY(bg_tally_read(environment, txn, db, row->id, &counts, err));
  counts.quads += row->quads;
  counts.subjects += row->subjects;
  counts.objects += row->objects;
  size_t number = (size_t)row->id;
  MDB_val key = {sizeof number, &number};
  MDB_val value = {sizeof counts, &counts};
  int result = counts.quads == 0
                   ? mdb_del(txn, environment->dbs[db], &key, NULL)
                   : mdb_put(txn, environment->dbs[db], &key, &value, 0);
  BG_LMDB_TRY(environment->path, result == MDB_NOTFOUND ? 0 : result, err);
  return BG_OK;
}

bg_status
bg_tally_write(const bg_environment *environment, MDB_txn *txn, bg_db db,
               const bg_tally *tally, bg_error *err)
{
  for (size_t i = 0; i < tally->capacity; i++) {
    if (tally->rows[i].is_used) {
      BG_TRY(write_row(environment, txn, db, &tally->rows[i], err));
    }
  }
  return BG_OK;
}

// ---- counting all ----------------------------------------------------------

/// Each quad, or each pair of the first two parts, of one order.
static bg_status
count_order(const bg_environment *environment, MDB_txn *txn, bg_order order,
            bg_tally *tally, bg_error *err)
{
  const bg_key all = {{0}};
  bg_index_scan scan;
  bg_tally_row *row = NULL;
  bg_key before = {{0}};
  bg_status status;
  BG_TRY(bg_index_open(environment, txn, order, &all, 0, &scan, err));
  while ((status = bg_index_next(&scan, err)) == BG_OK) {
    const bg_key *key = &scan.block.key;
    bg_id predicate = key->parts[order == BG_SPOG ? 1 : 0];
    if (row == NULL || row->id != predicate) {
      row = bg_tally_at(tally, predicate);
    }
    bool is_new =
        key->parts[0] != before.parts[0] || key->parts[1] != before.parts[1];
    row->quads += order == BG_SPOG;
    row->subjects += is_new && order == BG_SPOG;
    row->objects += is_new && order == BG_POSG;
    before = *key;
  }
  bg_index_close(&scan);
  return status == BG_END ? BG_OK : status;
}

bg_status
bg_tally_predicates(const bg_environment *environment, MDB_txn *txn,
                    bg_tally *tally, bg_error *err)
{
  BG_TRY(count_order(environment, txn, BG_SPOG, tally, err));
  return count_order(environment, txn, BG_POSG, tally, err);
}
