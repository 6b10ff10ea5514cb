/// An opened storage, and what it finds as Redland's streams. Of the room's
/// own.

#ifndef BG_STORE_REDLAND_STREAMS_H
#define BG_STORE_REDLAND_STREAMS_H

#include "store/redland.h"

typedef struct {
  librdf_world *world;
  char *path;
  bool can_write;
  bool is_emptied; // when it is opened
  bg_store_options options;
  bg_store *reader;
  bg_store *writer; // NULL before the first change
  bool is_dirty;    // the writer has changes that are not committed
  bool in_transaction;
  void *transaction_handle;
} bg_storage;

typedef struct {
  bg_id *items;
  size_t count;
  size_t capacity;
} bg_id_list;

bg_status bg_id_list_add(bg_id_list *list, bg_id id, bg_error *err);

/// Whom to ask: the writer, where there is one.
static inline bg_store *
bg_storage_current(const bg_storage *storage)
{
  return storage->writer != NULL ? storage->writer : storage->reader;
}

/// A stream of the statements that fit, each once, or with `all_contexts` once
/// for each of its contexts. What is changed while it is read does not disturb
/// it.
bg_status bg_storage_find(librdf_storage *storage, bg_storage *at,
                          const bg_statement *pattern, bool all_contexts,
                          librdf_stream **stream, bg_error *err);

/// An iterator of the contexts.
bg_status bg_storage_contexts(librdf_storage *storage, bg_storage *at,
                              librdf_iterator **iterator, bg_error *err);

#endif
