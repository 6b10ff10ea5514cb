#include "store/index.h"

#include <stdlib.h>
#include <string.h>

static bg_status
fail(const bg_environment *environment, int result, bg_error *err)
{
  return bg_environment_fail(environment->path, result, err);
}

static bg_status
check_block(const bg_environment *environment, const MDB_val *key,
            const MDB_val *value, bg_error *err)
{
  return key->mv_size == BG_KEY_BYTES && value->mv_size <= BG_BLOCK_BYTES
             ? BG_OK
             : fail(environment, MDB_CORRUPTED, err);
}

/// Goes to the block where `key` is or would be: the last that begins with it
/// or before, else the first. MDB_NOTFOUND in an empty index.
static int
find_block(MDB_cursor *cursor, const bg_key *wanted, MDB_val *key,
           MDB_val *value)
{
  unsigned char bytes[BG_KEY_BYTES];
  bg_key_write(wanted, bytes);
  *key = (MDB_val){sizeof bytes, bytes};
  int result = mdb_cursor_get(cursor, key, value, MDB_SET_RANGE);
  if (result == MDB_NOTFOUND) {
    return mdb_cursor_get(cursor, key, value, MDB_LAST);
  }
  if (result == 0 && memcmp(key->mv_data, bytes, sizeof bytes) != 0) {
    result = mdb_cursor_get(cursor, key, value, MDB_PREV);
    if (result == MDB_NOTFOUND) {
      result = mdb_cursor_get(cursor, key, value, MDB_FIRST);
    }
  }
  return result;
}

// ---- scanning --------------------------------------------------------------

static int
compare_prefix(const bg_key *key, const bg_key *prefix, unsigned given)
{
  for (unsigned i = 0; i < given; i++) {
    if (key->parts[i] != prefix->parts[i]) {
      return key->parts[i] < prefix->parts[i] ? -1 : 1;
    }
  }
  return 0;
}

static bg_status
open_block(bg_index_scan *scan, const MDB_val *key, const MDB_val *value,
           bg_error *err)
{
  BG_TRY(check_block(scan->environment, key, value, err));
  bg_block_open(&scan->block, key->mv_data, value->mv_data, value->mv_size);
  return BG_OK;
}

bg_status
bg_index_open(const bg_environment *environment, MDB_txn *txn, bg_order order,
              const bg_key *prefix, unsigned given, bg_index_scan *scan,
              bg_error *err)
{
  *scan = (bg_index_scan){.environment = environment, .given = given};
  for (unsigned i = 0; i < given; i++) {
    scan->prefix.parts[i] = prefix->parts[i];
  }
  int result = mdb_cursor_open(txn, environment->dbs[BG_DB_FIRST_INDEX + order],
                               &scan->cursor);
  return result == 0 ? BG_OK : fail(environment, result, err);
}

void
bg_index_close(bg_index_scan *scan)
{
  if (scan->cursor != NULL) {
    mdb_cursor_close(scan->cursor);
  }
  *scan = (bg_index_scan){0};
}

/// The next quad of the index, whatever it begins with.
static bg_status
step(bg_index_scan *scan, bg_error *err)
{
  MDB_val key;
  MDB_val value;
  int result;
  if (scan->is_begun && bg_block_next(&scan->block)) {
    return BG_OK;
  }
  if (scan->block.is_damaged) {
    return fail(scan->environment, MDB_CORRUPTED, err);
  }
  if (scan->is_begun) {
    result = mdb_cursor_get(scan->cursor, &key, &value, MDB_NEXT);
  } else {
    result = find_block(scan->cursor, &scan->prefix, &key, &value);
  }
  scan->is_begun = true;
  if (result != 0) {
    return result == MDB_NOTFOUND ? BG_END
                                  : fail(scan->environment, result, err);
  }
  return open_block(scan, &key, &value, err);
}

bg_status
bg_index_next(bg_index_scan *scan, bg_error *err)
{
  int order;
  do {
    BG_TRY(step(scan, err));
    order = compare_prefix(&scan->block.key, &scan->prefix, scan->given);
  } while (order < 0);
  return order == 0 ? BG_OK : BG_END;
}

bg_status
bg_index_has(const bg_environment *environment, MDB_txn *txn, bg_order order,
             const bg_key *prefix, unsigned given, bool *has, bg_error *err)
{
  bg_index_scan scan;
  BG_TRY(bg_index_open(environment, txn, order, prefix, given, &scan, err));
  bg_status status = bg_index_next(&scan, err);
  bg_index_close(&scan);
  *has = status == BG_OK;
  return status == BG_END ? BG_OK : status;
}

// ---- writing blocks --------------------------------------------------------

typedef struct {
  const bg_environment *environment;
  MDB_cursor *cursor;
  bg_order order;
  bool appends;  // behind all that is there
  bool is_again; // the first block is there already; the others are appended
  size_t limit;  // bytes of a block
  bool is_open;
  bg_key first;
  bg_key last;
  size_t size;
  unsigned char bytes[BG_BLOCK_BYTES];
} block_writer;

static bg_status
finish_block(block_writer *to, bg_error *err)
{
  unsigned char first[BG_KEY_BYTES];
  if (!to->is_open) {
    return BG_OK;
  }
  bg_key_write(&to->first, first);
  MDB_val key = {sizeof first, first};
  MDB_val value = {to->size, to->bytes};
  unsigned flags = to->appends && !to->is_again ? MDB_APPEND : 0;
  to->is_open = false;
  to->is_again = false;
  int result = mdb_cursor_put(to->cursor, &key, &value, flags);
  return result == 0 ? BG_OK : fail(to->environment, result, err);
}

static bg_status
write_key(block_writer *to, const bg_key *key, bg_error *err)
{
  unsigned char bytes[BG_LONGEST_QUAD];
  if (to->is_open) {
    size_t size = (size_t)(bg_block_write(bytes, &to->last, key) - bytes);
    if (to->size + size <= to->limit) {
      memcpy(to->bytes + to->size, bytes, size);
      to->size += size;
      to->last = *key;
      return BG_OK;
    }
    BG_TRY(finish_block(to, err));
  }
  to->is_open = true;
  to->first = *key;
  to->last = *key;
  to->size = 0;
  return BG_OK;
}

// ---- changing --------------------------------------------------------------

typedef struct {
  const bg_environment *environment;
  MDB_cursor *cursor;
  bg_order order;
  bg_changes *changes;
  size_t next_added;
  size_t next_removed;
  size_t kept_added; // with only_new: those that were not there
  size_t kept_removed;
  bool only_new;
  // The block that is being changed, whole:
  bg_key *before;
  size_t before_count;
  size_t before_capacity;
  bg_key *after;
  size_t after_count;
  size_t after_capacity;
  unsigned char first[BG_KEY_BYTES]; // its key
  bool is_last;
  bool appends;
  bg_key limit; // the next block's first, or its own last
} changing;

static void
push(bg_key **keys, size_t *count, size_t *capacity, const bg_key *key)
{
  if (*count == *capacity) {
    *capacity = *capacity * 2 + 1024;
    *keys = bg_heap_resize(*keys, *capacity * sizeof **keys);
  }
  (*keys)[(*count)++] = *key;
}

/// The next quad to be changed; false when there is none.
static bool
next_change(const changing *at, bg_key *key)
{
  const bg_changes *changes = at->changes;
  bool adds = at->next_added < changes->added_count;
  bool removes = at->next_removed < changes->removed_count;
  bg_key removed;
  if (!adds && !removes) {
    return false;
  }
  if (adds) {
    *key = bg_key_of(at->order, &changes->added[at->next_added]);
  }
  if (removes) {
    removed = bg_key_of(at->order, &changes->removed[at->next_removed]);
    if (!adds || bg_key_compare(&removed, key) < 0) {
      *key = removed;
    }
  }
  return true;
}

/// Reads the block where `key` is or belongs, and how far it reaches. An empty
/// index has a last block without quads.
static bg_status
read_block(changing *at, const bg_key *key, bg_error *err)
{
  MDB_val first;
  MDB_val value;
  at->before_count = 0;
  at->is_last = true;
  at->appends = false;
  int result = find_block(at->cursor, key, &first, &value);
  if (result == MDB_NOTFOUND) {
    return BG_OK;
  }
  if (result != 0) {
    return fail(at->environment, result, err);
  }
  BG_TRY(check_block(at->environment, &first, &value, err));
  memcpy(at->first, first.mv_data, sizeof at->first);
  bg_block_reader reader;
  bg_block_open(&reader, first.mv_data, value.mv_data, value.mv_size);
  do {
    push(&at->before, &at->before_count, &at->before_capacity, &reader.key);
  } while (bg_block_next(&reader));
  if (reader.is_damaged) {
    return fail(at->environment, MDB_CORRUPTED, err);
  }
  at->limit = reader.key;
  result = mdb_cursor_get(at->cursor, &first, &value, MDB_NEXT);
  if (result == MDB_NOTFOUND) {
    return BG_OK;
  }
  if (result != 0) {
    return fail(at->environment, result, err);
  }
  BG_TRY(check_block(at->environment, &first, &value, err));
  at->limit = bg_key_read(first.mv_data);
  at->is_last = false;
  return BG_OK;
}

/// Whether a quad belongs to the block: before the next one, and not behind the
/// last.
static bool
is_inside(const changing *at, const bg_key *key)
{
  int order = at->appends ? -1 : bg_key_compare(key, &at->limit);
  return at->is_last ? order <= 0 : order < 0;
}

/// Takes the next change that belongs to the block; false when there is none.
static bool
take_change(changing *at, bg_key *key, bool *adds, bool *removes)
{
  if (!next_change(at, key) || !is_inside(at, key)) {
    return false;
  }
  const bg_changes *changes = at->changes;
  bg_key each;
  *adds = false;
  *removes = false;
  if (at->next_added < changes->added_count) {
    each = bg_key_of(at->order, &changes->added[at->next_added]);
    *adds = bg_key_compare(&each, key) == 0;
  }
  if (at->next_removed < changes->removed_count) {
    each = bg_key_of(at->order, &changes->removed[at->next_removed]);
    *removes = bg_key_compare(&each, key) == 0;
  }
  return true;
}

/// Goes past a change, noting with only_new whether it was one.
static void
pass_change(changing *at, bool adds, bool removes, bool was_there)
{
  bg_changes *changes = at->changes;
  if (adds) {
    if (at->only_new && !was_there) {
      changes->added[at->kept_added++] = changes->added[at->next_added];
    }
    at->next_added++;
  }
  if (removes) {
    if (at->only_new && was_there && !adds) {
      changes->removed[at->kept_removed++] = changes->removed[at->next_removed];
    }
    at->next_removed++;
  }
}

/// The quads of the block with the changes that belong to it.
static void
merge_block(changing *at)
{
  bg_key key;
  bool adds;
  bool removes;
  size_t i = 0;
  at->after_count = 0;
  while (take_change(at, &key, &adds, &removes)) {
    while (i < at->before_count && bg_key_compare(&at->before[i], &key) < 0) {
      push(&at->after, &at->after_count, &at->after_capacity, &at->before[i++]);
    }
    bool was_there =
        i < at->before_count && bg_key_compare(&at->before[i], &key) == 0;
    i += was_there;
    if (adds) {
      push(&at->after, &at->after_count, &at->after_capacity, &key);
    }
    pass_change(at, adds, removes, was_there);
  }
  while (i < at->before_count) {
    push(&at->after, &at->after_count, &at->after_capacity, &at->before[i++]);
  }
}

static size_t
packed_size(const bg_key *keys, size_t count)
{
  unsigned char bytes[BG_LONGEST_QUAD];
  size_t size = 0;
  for (size_t i = 1; i < count; i++) {
    size += (size_t)(bg_block_write(bytes, &keys[i - 1], &keys[i]) - bytes);
  }
  return size;
}

/// Writes what became of the block, in as many as it takes, equally full.
static bg_status
write_blocks(changing *at, bg_error *err)
{
  block_writer to = {.environment = at->environment,
                     .cursor = at->cursor,
                     .order = at->order,
                     .limit = BG_BLOCK_BYTES};
  size_t size = packed_size(at->after, at->after_count);
  size_t blocks = size / BG_BLOCK_BYTES + 1;
  size_t share = size / blocks + BG_LONGEST_QUAD;
  if (blocks > 1 && share < BG_BLOCK_BYTES) {
    to.limit = share;
  }
  if (at->after_count == 0 ||
      bg_key_compare(&at->after[0], &at->before[0]) != 0) {
    MDB_val key = {sizeof at->first, at->first};
    MDB_val value;
    int result = mdb_cursor_get(at->cursor, &key, &value, MDB_SET);
    result = result == 0 ? mdb_cursor_del(at->cursor, 0) : result;
    if (result != 0) {
      return fail(at->environment, result, err);
    }
  }
  for (size_t i = 0; i < at->after_count; i++) {
    BG_TRY(write_key(&to, &at->after[i], err));
  }
  return finish_block(&to, err);
}

/// Changes behind the end of the index, however many: the last block is gone on
/// with, and each is filled up.
static bg_status
append(changing *at, bg_error *err)
{
  block_writer to = {.environment = at->environment,
                     .cursor = at->cursor,
                     .order = at->order,
                     .limit = BG_BLOCK_BYTES,
                     .appends = true,
                     .is_again = at->before_count > 0};
  bg_key key;
  bool adds;
  bool removes;
  for (size_t i = 0; i < at->before_count; i++) {
    BG_TRY(write_key(&to, &at->before[i], err));
  }
  at->appends = true;
  while (take_change(at, &key, &adds, &removes)) {
    if (adds) {
      BG_TRY(write_key(&to, &key, err));
    }
    pass_change(at, adds, removes, false);
  }
  return finish_block(&to, err);
}

static bg_status
change_blocks(changing *at, bg_error *err)
{
  bg_key key;
  while (next_change(at, &key)) {
    BG_TRY(read_block(at, &key, err));
    if (at->is_last &&
        (at->before_count == 0 || bg_key_compare(&key, &at->limit) > 0)) {
      BG_TRY(append(at, err));
      continue;
    }
    merge_block(at);
    BG_TRY(write_blocks(at, err));
  }
  return BG_OK;
}

bg_status
bg_index_change(const bg_environment *environment, MDB_txn *txn, bg_order order,
                bg_changes *changes, bool only_new, bg_error *err)
{
  changing at = {.environment = environment,
                 .order = order,
                 .changes = changes,
                 .only_new = only_new};
  int result = mdb_cursor_open(txn, environment->dbs[BG_DB_FIRST_INDEX + order],
                               &at.cursor);
  if (result != 0) {
    return fail(environment, result, err);
  }
  bg_status status = change_blocks(&at, err);
  mdb_cursor_close(at.cursor);
  free(at.before);
  free(at.after);
  if (only_new) {
    changes->added_count = at.kept_added;
    changes->removed_count = at.kept_removed;
  }
  return status;
}
