/// Terms and their ids. Of the room's own.

#ifndef BG_STORE_DICTIONARY_H
#define BG_STORE_DICTIONARY_H

#include "base/buffer.h"
#include "store/environment.h"
#include "store/ids.h"

/// What a writer has looked up or added, and what is not yet in the files.
typedef struct {
  struct bg_known_term *known; ///< open addressing
  size_t known_count;
  size_t known_capacity;
  bg_arena *texts; ///< of what is known
  struct bg_new_hash *added;
  size_t added_count;
  size_t added_capacity;
  bool knows_all; ///< what is not known is not in the store
} bg_term_cache;

void bg_term_cache_init(bg_term_cache *cache);
void bg_term_cache_release(bg_term_cache *cache);

/// Forgets everything, also what was added: the transaction was given up.
void bg_term_cache_reset(bg_term_cache *cache);

enum { BG_REMEMBERED_TERMS = 1024 };

/// What a reader asked last: subjects, predicates and graphs come again and
/// again. It is in the map, which does not change while the transaction lasts.
/// All zeros at first.
typedef struct {
  struct {
    bg_id id;
    bg_term term;
  } terms[BG_REMEMBERED_TERMS]; ///< by id
  struct {
    uint64_t hash;
    bg_id id;
    bg_view entry;
  } ids[BG_REMEMBERED_TERMS]; ///< by hash
} bg_term_memory;

/// One look at the dictionary: a transaction and what it needs.
typedef struct {
  const bg_environment *environment;
  MDB_txn *txn;
  bg_meta *meta;
  bg_buffer *scratch;     ///< for the bytes of a term that is looked for
  bg_term_memory *memory; ///< NULL for a writer
} bg_dictionary;

/// The id of a term; BG_NO_ID where there is none. The cache is the writer's,
/// whose terms are not yet all in the files; a reader's is empty.
bg_status bg_dictionary_find(const bg_dictionary *dictionary,
                             const bg_term_cache *cache, const bg_term *term,
                             bg_id *id, bg_error *err);

/// The id of a term, made where there is none.
bg_status bg_dictionary_add(const bg_dictionary *dictionary,
                            bg_term_cache *cache, const bg_term *term,
                            bg_id *id, bg_error *err);

/// Writes the hashes of what was added: before a commit.
bg_status bg_dictionary_flush(const bg_dictionary *dictionary,
                              bg_term_cache *cache, bg_error *err);

/// The term of an id. Its text is in the map, that of a literal which is its
/// own id in `arena`; NULL will do for others. BG_REFUSED where the id has no
/// term.
bg_status bg_dictionary_term(const bg_dictionary *dictionary, bg_id id,
                             bg_arena *arena, bg_term *term, bg_error *err);

/// The hash under which the term of `entry`'s bytes is found.
uint64_t bg_dictionary_hash(const bg_meta *meta, unsigned kind, bg_view bytes);

#endif
