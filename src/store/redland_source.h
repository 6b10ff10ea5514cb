/// Where Redland's streams read: what a storage holds at one moment stays as
/// long as somebody reads it. Of the room's own.

#ifndef BG_STORE_REDLAND_SOURCE_H
#define BG_STORE_REDLAND_SOURCE_H

#include "base/map.h"
#include "store/redland.h"

/// The store as it was after a commit; shared, and closed by its last user.
typedef struct {
  bg_store *store;
  unsigned users;
} bg_snapshot;

bg_status bg_snapshot_open(const char *path, bg_snapshot **snapshot,
                           bg_error *err);
bg_snapshot *bg_snapshot_share(bg_snapshot *snapshot);

/// NULL is allowed.
void bg_snapshot_release(bg_snapshot *snapshot);

/// The terms of what was found: in a snapshot or, where that is NULL, copies of
/// what a writer had. It may take back its changes, and then gives their ids to
/// other terms.
typedef struct {
  bg_snapshot *snapshot;
  bg_arena *arena; // for a term at a time, or the copies
  bg_map copies;   // by the bytes of the id
} bg_source;

/// Shares the snapshot.
void bg_source_init(bg_source *source, bg_snapshot *snapshot);
void bg_source_release(bg_source *source);

/// Keeps the term of a writer's id; BG_NO_ID has none.
bg_status bg_source_keep(bg_source *source, bg_store *writer, bg_id id,
                         bg_error *err);

/// A new node of the id's term, NULL for BG_NO_ID. What is wrong is told to the
/// world's logger, and then there is none.
librdf_node *bg_source_node(bg_source *source, librdf_world *world, bg_id id);

/// Tells the world's logger.
void bg_redland_complain(librdf_world *world, const bg_error *err);

#endif
