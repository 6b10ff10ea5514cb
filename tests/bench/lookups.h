/// The doors that bench_lookups measures a store through: our own, and
/// librdf's.

#ifndef BG_TESTS_LOOKUPS_H
#define BG_TESTS_LOOKUPS_H

#include "store/store.h"

typedef struct lookup_door lookup_door;

/// Looks a pattern up that `prepare` made, and reads its rows: no more than one
/// after `most`.
typedef bg_status lookup(lookup_door *door, void *prepared, size_t most,
                         size_t *rows, bg_error *err);

struct lookup_door {
  /// Fills a new store from N-Triples, and makes it durable where it can be.
  /// NULL where the store comes filled.
  bg_status (*load)(lookup_door *door, const char *file, bg_error *err);
  bool is_lasting; ///< what was loaded outlives close()
  bg_status (*open)(lookup_door *door, bg_error *err);
  /// Nothing where it is not open.
  bg_status (*close)(lookup_door *door, bg_error *err);
  bg_status (*scan)(lookup_door *door, bg_store_handler *handle, void *context,
                    bg_error *err);
  /// A pattern as the door wants it, made before the clock runs; it may be used
  /// after close() and another open(). Its terms are terminated by a NUL.
  void *(*prepare)(lookup_door *door, const bg_statement *pattern);
  void (*forget)(void *prepared);
  lookup *find;
  lookup *read; ///< finds and makes the terms of each row; NULL: find does so
  lookup *has;  ///< whether a whole statement is there; NULL: find says it
  void (*free)(lookup_door *door);
};

/// Through librdf's public interface. `storage` is the storage's name: trees,
/// hashes (then Berkeley DB files), or that of a module.
lookup_door *redland_door_new(const char *storage, const char *path);

#endif
