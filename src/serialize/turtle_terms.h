/// RDF terms in Turtle (https://www.w3.org/TR/turtle/, section 6.5).

#ifndef BG_SERIALIZE_TURTLE_TERMS_H
#define BG_SERIALIZE_TURTLE_TERMS_H

#include "base/buffer.h"
#include "base/map.h"
#include "graph/graph.h"

/// The names that IRIs are shortened with.
typedef struct {
  bg_view base;      ///< of the resources; empty where IRIs stay absolute
  bg_map namespaces; ///< a bg_namespace by its IRI
  bg_map languages;  ///< prefixes declared so far, each for `base` + it + "/"
  bg_arena *arena;   ///< of the maps
} bg_turtle_names;

/// Knows bg_namespaces, and no base.
void bg_turtle_names_init(bg_turtle_names *names, bg_arena *arena);

/// Appends `term` to `text`. What `names` learns on the way is declared in
/// `declarations`, which must be written first.
void bg_turtle_write_term(bg_turtle_names *names, const bg_term *term,
                          bg_buffer *text, bg_buffer *declarations);

/// Appends "@prefix prefix: <iri> .\n".
void bg_turtle_write_prefix(bg_view prefix, bg_view iri, bg_buffer *text);

#endif
