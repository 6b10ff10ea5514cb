/// Terms of ours as Redland's nodes. Of the room's own.

#ifndef BG_STORE_REDLAND_TERMS_H
#define BG_STORE_REDLAND_TERMS_H

#include "store/redland.h"

/// A new node, the caller's to free; NULL for no term, or without memory.
librdf_node *bg_node_of_term(librdf_world *world, const bg_term *term);

#endif
