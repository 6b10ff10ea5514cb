/// A store as Redland sees it: the second door of this room, for the files
/// redland*.c of other rooms alone.

#ifndef BG_STORE_REDLAND_H
#define BG_STORE_REDLAND_H

#include "store/store.h"

#include <librdf.h>

/// The store's own world and model; they live as long as it is open.
librdf_world *bg_store_world(bg_store *store);
librdf_model *bg_store_model(bg_store *store);

/// What Redland has complained of since it was last asked, with its place; ""
/// where it has not. Valid until the next complaint.
const char *bg_store_complaint(bg_store *store);

/// A node as a term in `arena`.
bg_term bg_term_of_node(librdf_node *node, bg_arena *arena);

#endif
