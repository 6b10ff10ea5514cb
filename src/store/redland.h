/// A store as Redland sees it: the second door of this room, for the files
/// redland*.c of other rooms alone.

#ifndef BG_STORE_REDLAND_H
#define BG_STORE_REDLAND_H

#include "store/store.h"

#include <librdf.h>

/// Lets the world know a storage whose name is a store's directory. Options are
/// `write` (yes), `new` (no; yes empties it) and `wait` (no). False where the
/// world has one of that name already.
bool bg_redland_register(librdf_world *world, const char *name);

/// A node as a term in `arena`.
bg_term bg_term_of_node(librdf_node *node, bg_arena *arena);

#endif
