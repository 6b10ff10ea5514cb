/// An opened storage, and what it finds as Redland's streams. Of the room's
/// own.

#ifndef BG_STORE_REDLAND_STREAMS_H
#define BG_STORE_REDLAND_STREAMS_H

#include "store/redland_source.h"

typedef struct {
  librdf_world *world;
  char *path;
  bool can_write;
  bool is_emptied; // when it is opened first
  bg_store_options options;
  unsigned openings;     // a storage may have several models
  bg_snapshot *snapshot; // as of the opening, or of the last sync
  bg_store *writer;      // NULL where nothing was changed since then
  bool has_failed;       // what the writer has is not all that was asked for
  bool in_transaction;
  void *transaction_handle;
} bg_storage;

/// Whom to ask: the writer, where there is one.
static inline bg_store *
bg_storage_current(const bg_storage *storage)
{
  return storage->writer != NULL ? storage->writer : storage->snapshot->store;
}

/// A stream of the statements that fit, each once, or with `all_contexts` once
/// for each of its contexts. What is changed while it is read does not disturb
/// it.
bg_status bg_storage_find(librdf_storage *storage, bg_storage *at,
                          const bg_statement *pattern, bool all_contexts,
                          librdf_stream **stream, bg_error *err);

/// Whether any statement fits.
bg_status bg_storage_has(const bg_storage *at, const bg_statement *pattern,
                         bool *has, bg_error *err);

/// An iterator of the contexts, of which the same is true.
bg_status bg_storage_contexts(librdf_storage *storage, bg_storage *at,
                              librdf_iterator **iterator, bg_error *err);

#endif
