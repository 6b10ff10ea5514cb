/// Quads on disk: a directory that many programs may read. What lies behind is
/// a Redland storage; no caller notices which.
///
/// A store is used by one thread. One writer at a time.

#ifndef BG_STORE_STORE_H
#define BG_STORE_STORE_H

#include "graph/graph.h"

typedef struct bg_store bg_store;

typedef enum {
  BG_STORE_READ,  ///< must exist
  BG_STORE_WRITE, ///< is made where it does not exist
} bg_store_mode;

/// BG_FAILED where the directory cannot be made, opened or written; BG_REFUSED
/// where something else is there, or a store of another format version.
bg_status bg_store_open(const char *path, bg_store_mode mode, bg_store **store,
                        bg_error *err);

/// Makes what was written durable; frees the store. NULL is allowed.
bg_status bg_store_close(bg_store *store, bg_error *err);

/// Adds one quad; one that is there already counts once.
bg_status bg_store_add(bg_store *store, const bg_statement *statement,
                       bg_error *err);

/// Forgets all quads of a graph.
bg_status bg_store_remove_graph(bg_store *store, const bg_term *graph,
                                bg_error *err);

/// Makes durable what was added so far.
bg_status bg_store_sync(bg_store *store, bg_error *err);

/// A sink that replaces each page's graphs. Closing it does not close `store`.
bg_sink *bg_store_sink(bg_store *store);

/// Calls `handle` for each quad that has the terms which `pattern` has (a term
/// of BG_TERM_NONE fits all), sorted by graph, subject, predicate and object,
/// so that the same quads come in the same order. A status other than BG_OK
/// ends it and is returned.
typedef bg_status bg_store_handler(void *context, const bg_statement *statement,
                                   bg_error *err);
bg_status bg_store_find(bg_store *store, const bg_statement *pattern,
                        bg_store_handler *handle, void *context, bg_error *err);

#endif
