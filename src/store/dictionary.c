#include "store/dictionary.h"

#include "store/varint.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
  first_known = 1 << 10,
  most_known_bytes = 192 << 20, // before the cache is emptied
};

struct bg_known_term {
  uint64_t hash;
  bg_id id; // BG_NO_ID: free
  bg_view bytes;
};

struct bg_new_hash {
  uint64_t hash;
  bg_id id;
};

// ---- terms as bytes --------------------------------------------------------

// In the file a byte of the kind stands before the entry.
//
// entry   = IRI's or blank node's text | literal
// literal = varint(0) text
//         | varint(1) varint(size of language) language text
//         | varint(2 + number of the datatype's IRI) text
enum { PLAIN_LITERAL, LITERAL_IN_LANGUAGE, TYPED_LITERAL };

static void
append_varint(bg_buffer *to, uint64_t number)
{
  unsigned char *at = (unsigned char *)bg_buffer_reserve(to, BG_LONGEST_VARINT);
  to->size += (size_t)(bg_varint_write(at, number) - at);
}

static bg_id_kind
kind_of(const bg_term *term)
{
  return term->kind == BG_TERM_IRI     ? BG_ID_IRI
         : term->kind == BG_TERM_BLANK ? BG_ID_BLANK
                                       : BG_ID_LITERAL;
}

static bool
has_datatype(const bg_term *term)
{
  return term->kind == BG_TERM_LITERAL && term->datatype.size > 0 &&
         term->language.size == 0;
}

/// The bytes of a term that the dictionary holds; a view of its own text or of
/// the scratch buffer. `datatype` is its datatype's id.
static bg_view
entry_of(const bg_dictionary *dictionary, const bg_term *term, bg_id datatype)
{
  if (term->kind != BG_TERM_LITERAL) {
    return term->text;
  }
  bg_buffer *scratch = dictionary->scratch;
  bg_buffer_reset(scratch);
  if (term->language.size > 0) {
    append_varint(scratch, LITERAL_IN_LANGUAGE);
    append_varint(scratch, term->language.size);
    // Tags that differ in case are equal (RDF 1.1 Concepts, section 3.3).
    for (size_t i = 0; i < term->language.size; i++) {
      bg_buffer_append_byte(scratch, bg_to_lower(term->language.bytes[i]));
    }
  } else if (term->datatype.size > 0) {
    append_varint(scratch, TYPED_LITERAL + (datatype & BG_ID_PAYLOAD));
  } else {
    append_varint(scratch, PLAIN_LITERAL);
  }
  bg_buffer_append(scratch, term->text);
  return bg_buffer_view(scratch);
}

uint64_t
bg_dictionary_hash(const bg_meta *meta, unsigned kind, bg_view bytes)
{
  // A secret seed: nobody can choose terms that all have one hash.
  return XXH3_64bits_withSeed(bytes.bytes, bytes.size, meta->seed + kind);
}

// ---- looking up ------------------------------------------------------------

static bg_status
fail(const bg_dictionary *dictionary, int result, bg_error *err)
{
  return bg_environment_fail(dictionary->environment->path, result, err);
}

/// The entry of a term; MDB_NOTFOUND also where another kind has its number.
static int
get_entry(const bg_dictionary *dictionary, bg_id id, bg_view *bytes)
{
  size_t number = (size_t)(id & BG_ID_PAYLOAD);
  MDB_val key = {sizeof number, &number};
  MDB_val value;
  int result = mdb_get(dictionary->txn,
                       dictionary->environment->dbs[BG_DB_TERMS], &key, &value);
  if (result != 0) {
    return result;
  }
  if (dictionary->memory != NULL &&
      !bg_environment_holds(dictionary->environment, &value)) {
    return MDB_CORRUPTED;
  }
  const char *at = value.mv_data;
  if (value.mv_size == 0 || (unsigned char)at[0] != bg_id_kind_of(id)) {
    return MDB_NOTFOUND;
  }
  *bytes = (bg_view){at + 1, value.mv_size - 1};
  return 0;
}

/// Whether an id is that of these bytes.
static int
compare_entry(const bg_dictionary *dictionary, bg_id id, unsigned kind,
              bg_view bytes, bg_view *entry, bool *is_equal)
{
  *is_equal = false;
  if (bg_id_kind_of(id) != kind) {
    return 0;
  }
  int result = get_entry(dictionary, id, entry);
  *is_equal = result == 0 && bg_view_is_equal(*entry, bytes);
  return result;
}

/// The same as search_entry where several terms have one hash.
static int
search_all(const bg_dictionary *dictionary, unsigned kind, bg_view bytes,
           uint64_t hash, bg_id *id, bg_view *entry)
{
  MDB_cursor *cursor;
  size_t number = (size_t)hash;
  MDB_val key = {sizeof number, &number};
  MDB_val value;
  bool is_equal = false;
  int result = mdb_cursor_open(
      dictionary->txn, dictionary->environment->dbs[BG_DB_HASHES], &cursor);
  if (result != 0) {
    return result;
  }
  result = mdb_cursor_get(cursor, &key, &value, MDB_SET);
  while (result == 0) {
    if (value.mv_size != sizeof *id) {
      result = MDB_CORRUPTED;
      break;
    }
    memcpy(id, value.mv_data, sizeof *id);
    result = compare_entry(dictionary, *id, kind, bytes, entry, &is_equal);
    if (result != 0 || is_equal) {
      break;
    }
    result = mdb_cursor_get(cursor, &key, &value, MDB_NEXT_DUP);
  }
  mdb_cursor_close(cursor);
  return result;
}

/// The id under a hash whose entry has these bytes, and that entry in the map.
static int
search_entry(const bg_dictionary *dictionary, unsigned kind, bg_view bytes,
             uint64_t hash, bg_id *id, bg_view *entry)
{
  size_t number = (size_t)hash;
  MDB_val key = {sizeof number, &number};
  MDB_val value;
  bool is_equal;
  int result =
      mdb_get(dictionary->txn, dictionary->environment->dbs[BG_DB_HASHES], &key,
              &value);
  if (result != 0) {
    return result;
  }
  if (value.mv_size != sizeof *id) {
    return MDB_CORRUPTED;
  }
  memcpy(id, value.mv_data, sizeof *id);
  result = compare_entry(dictionary, *id, kind, bytes, entry, &is_equal);
  return result != 0 || is_equal
             ? result
             : search_all(dictionary, kind, bytes, hash, id, entry);
}

/// BG_NO_ID where there is none.
static bg_status
find_entry(const bg_dictionary *dictionary, unsigned kind, bg_view bytes,
           uint64_t hash, bg_id *id, bg_error *err)
{
  bg_term_memory *memory = dictionary->memory;
  size_t slot = (size_t)hash % BG_REMEMBERED_TERMS;
  if (memory != NULL && memory->ids[slot].hash == hash &&
      bg_id_kind_of(memory->ids[slot].id) == kind &&
      bg_view_is_equal(memory->ids[slot].entry, bytes)) {
    *id = memory->ids[slot].id;
    return BG_OK;
  }
  bg_view entry;
  int result = search_entry(dictionary, kind, bytes, hash, id, &entry);
  if (result != 0) {
    *id = BG_NO_ID;
    return result == MDB_NOTFOUND ? BG_OK : fail(dictionary, result, err);
  }
  if (memory != NULL) {
    memory->ids[slot].hash = hash;
    memory->ids[slot].id = *id;
    memory->ids[slot].entry = entry;
  }
  return BG_OK;
}

// ---- what a writer knows ---------------------------------------------------

void
bg_term_cache_init(bg_term_cache *cache)
{
  *cache = (bg_term_cache){.texts = bg_arena_new()};
}

void
bg_term_cache_release(bg_term_cache *cache)
{
  bg_arena_free(cache->texts);
  free(cache->known);
  free(cache->added);
  *cache = (bg_term_cache){0};
}

void
bg_term_cache_reset(bg_term_cache *cache)
{
  bg_term_cache_release(cache);
  bg_term_cache_init(cache);
}

static struct bg_known_term *
find_known(const bg_term_cache *cache, unsigned kind, bg_view bytes,
           uint64_t hash)
{
  size_t mask = cache->known_capacity - 1;
  size_t slot = (size_t)hash & mask;
  for (;;) {
    struct bg_known_term *at = &cache->known[slot];
    if (at->id == BG_NO_ID ||
        (at->hash == hash && bg_id_kind_of(at->id) == kind &&
         bg_view_is_equal(at->bytes, bytes))) {
      return at;
    }
    slot = (slot + 1) & mask;
  }
}

static void
resize_known(bg_term_cache *cache, size_t capacity)
{
  struct bg_known_term *before = cache->known;
  size_t size = capacity * sizeof *cache->known;
  size_t old_capacity = cache->known_capacity;
  cache->known = bg_heap_allocate(size);
  memset(cache->known, 0, size);
  cache->known_capacity = capacity;
  for (size_t i = 0; i < old_capacity; i++) {
    if (before[i].id != BG_NO_ID) {
      *find_known(cache, bg_id_kind_of(before[i].id), before[i].bytes,
                  before[i].hash) = before[i];
    }
  }
  free(before);
}

static void
keep_known(bg_term_cache *cache, bg_view bytes, uint64_t hash, bg_id id)
{
  if (cache->known_count * 4 >= cache->known_capacity * 3) {
    resize_known(cache, cache->known_capacity == 0 ? first_known
                                                   : cache->known_capacity * 2);
  }
  struct bg_known_term *at = find_known(cache, bg_id_kind_of(id), bytes, hash);
  *at = (struct bg_known_term){hash, id, bg_arena_copy(cache->texts, bytes)};
  cache->known_count++;
}

bg_status
bg_dictionary_find(const bg_dictionary *dictionary, const bg_term_cache *cache,
                   const bg_term *term, bg_id *id, bg_error *err)
{
  bg_id datatype = BG_NO_ID;
  if (bg_id_of_term(term, id)) {
    return BG_OK;
  }
  if (has_datatype(term)) {
    const bg_term iri = {BG_TERM_IRI, term->datatype, {0}, {0}};
    BG_TRY(bg_dictionary_find(dictionary, cache, &iri, &datatype, err));
    if (datatype == BG_NO_ID) {
      *id = BG_NO_ID;
      return BG_OK;
    }
  }
  bg_view bytes = entry_of(dictionary, term, datatype);
  unsigned kind = kind_of(term);
  uint64_t hash = bg_dictionary_hash(dictionary->meta, kind, bytes);
  *id = cache->known_capacity == 0 ? BG_NO_ID
                                   : find_known(cache, kind, bytes, hash)->id;
  return *id != BG_NO_ID || cache->knows_all
             ? BG_OK
             : find_entry(dictionary, kind, bytes, hash, id, err);
}

/// Keeps the memory bounded: what is forgotten is looked up again.
static bg_status
make_room(const bg_dictionary *dictionary, bg_term_cache *cache, bg_error *err)
{
  size_t table = cache->known_capacity * sizeof *cache->known;
  bool grows = cache->known_count * 4 >= cache->known_capacity * 3;
  if (bg_arena_used(cache->texts) + (grows ? 3 * table : table) <
      most_known_bytes) {
    return BG_OK;
  }
  BG_TRY(bg_dictionary_flush(dictionary, cache, err));
  bg_term_cache_reset(cache);
  return BG_OK;
}

// ---- adding ----------------------------------------------------------------

static bg_status
add_entry(const bg_dictionary *dictionary, bg_term_cache *cache, unsigned kind,
          bg_view bytes, uint64_t hash, bg_id *id, bg_error *err)
{
  size_t number = (size_t)dictionary->meta->next_term;
  MDB_val key = {sizeof number, &number};
  MDB_val value = {bytes.size + 1, NULL};
  *id = bg_id_make(kind, number);
  int result =
      mdb_put(dictionary->txn, dictionary->environment->dbs[BG_DB_TERMS], &key,
              &value, MDB_APPEND | MDB_RESERVE);
  if (result != 0) {
    return fail(dictionary, result, err);
  }
  char *to = value.mv_data;
  to[0] = (char)kind;
  memcpy(to + 1, bytes.bytes, bytes.size);
  dictionary->meta->next_term++;
  if (cache->added_count == cache->added_capacity) {
    cache->added_capacity = cache->added_capacity * 2 + 256;
    cache->added = bg_heap_resize(cache->added,
                                  cache->added_capacity * sizeof *cache->added);
  }
  cache->added[cache->added_count++] = (struct bg_new_hash){hash, *id};
  return BG_OK;
}

bg_status
bg_dictionary_add(const bg_dictionary *dictionary, bg_term_cache *cache,
                  const bg_term *term, bg_id *id, bg_error *err)
{
  bg_id datatype = BG_NO_ID;
  if (bg_id_of_term(term, id)) {
    return BG_OK;
  }
  if (has_datatype(term)) {
    const bg_term iri = {BG_TERM_IRI, term->datatype, {0}, {0}};
    BG_TRY(bg_dictionary_add(dictionary, cache, &iri, &datatype, err));
  }
  bg_view bytes = entry_of(dictionary, term, datatype);
  unsigned kind = kind_of(term);
  uint64_t hash = bg_dictionary_hash(dictionary->meta, kind, bytes);
  if (cache->known_capacity > 0) {
    const struct bg_known_term *known = find_known(cache, kind, bytes, hash);
    if (known->id != BG_NO_ID) {
      *id = known->id;
      return BG_OK;
    }
  }
  BG_TRY(make_room(dictionary, cache, err));
  *id = BG_NO_ID;
  if (!cache->knows_all) {
    BG_TRY(find_entry(dictionary, kind, bytes, hash, id, err));
  }
  if (*id == BG_NO_ID) {
    BG_TRY(add_entry(dictionary, cache, kind, bytes, hash, id, err));
  }
  keep_known(cache, bytes, hash, *id);
  return BG_OK;
}

static int
compare_hashes(const void *left, const void *right)
{
  const struct bg_new_hash *a = left;
  const struct bg_new_hash *b = right;
  return a->hash != b->hash ? (a->hash > b->hash) - (a->hash < b->hash)
                            : (a->id > b->id) - (a->id < b->id);
}

bg_status
bg_dictionary_flush(const bg_dictionary *dictionary, bg_term_cache *cache,
                    bg_error *err)
{
  if (cache->added_count == 0) {
    return BG_OK;
  }
  // In order, each page is touched once; in an empty store, filled up.
  qsort(cache->added, cache->added_count, sizeof *cache->added, compare_hashes);
  MDB_dbi db = dictionary->environment->dbs[BG_DB_HASHES];
  MDB_cursor *cursor;
  MDB_stat stat;
  int result = mdb_stat(dictionary->txn, db, &stat);
  if (result == 0) {
    result = mdb_cursor_open(dictionary->txn, db, &cursor);
  }
  if (result != 0) {
    return fail(dictionary, result, err);
  }
  unsigned flags = stat.ms_entries == 0 ? MDB_APPEND : 0;
  for (size_t i = 0; i < cache->added_count && result == 0; i++) {
    size_t hash = (size_t)cache->added[i].hash;
    bg_id id = cache->added[i].id;
    MDB_val key = {sizeof hash, &hash};
    MDB_val value = {sizeof id, &id};
    result = mdb_cursor_put(cursor, &key, &value, flags);
    if (result == MDB_KEYEXIST) { // two terms of one hash
      result = mdb_cursor_put(cursor, &key, &value, 0);
    }
  }
  mdb_cursor_close(cursor);
  cache->added_count = 0;
  return result == 0 ? BG_OK : fail(dictionary, result, err);
}

// ---- terms of ids ----------------------------------------------------------

static bg_status
refuse(const bg_dictionary *dictionary, bg_id id, bg_error *err)
{
  return bg_error_set(err, BG_REFUSED,
                      "store '%s' is damaged: no term has the id %llx",
                      dictionary->environment->path, (unsigned long long)id);
}

static bg_status
read_literal(const bg_dictionary *dictionary, bg_id id, bg_view bytes,
             bg_term *term, bg_error *err)
{
  const unsigned char *at = (const unsigned char *)bytes.bytes;
  const unsigned char *end = at + bytes.size;
  uint64_t form;
  uint64_t size = 0;
  at = bg_varint_read(at, end, &form);
  if (at != NULL && form == LITERAL_IN_LANGUAGE) {
    at = bg_varint_read(at, end, &size);
    if (at != NULL && size <= (uint64_t)(end - at)) {
      term->language = (bg_view){(const char *)at, (size_t)size};
      at += size;
    } else {
      at = NULL;
    }
  }
  if (at == NULL) {
    return refuse(dictionary, id, err);
  }
  if (form >= TYPED_LITERAL &&
      get_entry(dictionary, bg_id_make(BG_ID_IRI, form - TYPED_LITERAL),
                &term->datatype) != 0) {
    return refuse(dictionary, id, err);
  }
  term->text = (bg_view){(const char *)at, (size_t)(end - at)};
  return BG_OK;
}

/// The term of an id of the dictionary, all of it in the map.
static bg_status
read_term(const bg_dictionary *dictionary, bg_id id, bg_term *term,
          bg_error *err)
{
  bg_view bytes;
  int result = get_entry(dictionary, id, &bytes);
  *term = (bg_term){0};
  if (result != 0) {
    return result == MDB_NOTFOUND ? refuse(dictionary, id, err)
                                  : fail(dictionary, result, err);
  }
  switch (bg_id_kind_of(id)) {
  case BG_ID_IRI:
    *term = (bg_term){.kind = BG_TERM_IRI, .text = bytes};
    return BG_OK;
  case BG_ID_BLANK:
    *term = (bg_term){.kind = BG_TERM_BLANK, .text = bytes};
    return BG_OK;
  default:
    term->kind = BG_TERM_LITERAL;
    return read_literal(dictionary, id, bytes, term, err);
  }
}

bg_status
bg_dictionary_term(const bg_dictionary *dictionary, bg_id id, bg_arena *arena,
                   bg_term *term, bg_error *err)
{
  if (!bg_id_is_in_dictionary(id)) {
    char bytes[BG_LONGEST_INLINE];
    if (!bg_id_to_term(id, bytes, term)) {
      return refuse(dictionary, id, err);
    }
    if (arena != NULL) {
      term->text = bg_arena_copy(arena, term->text);
    }
    return BG_OK;
  }
  bg_term_memory *memory = dictionary->memory;
  if (memory == NULL) {
    return read_term(dictionary, id, term, err);
  }
  size_t slot = (size_t)id % BG_REMEMBERED_TERMS;
  if (memory->terms[slot].id != id) {
    BG_TRY(read_term(dictionary, id, term, err));
    memory->terms[slot].id = id;
    memory->terms[slot].term = *term;
  }
  *term = memory->terms[slot].term;
  return BG_OK;
}
