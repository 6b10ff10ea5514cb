/// Relative IRIs (RFC 3986, section 5, for IRIs as RFC 3987 has it). Of the
/// room's own.

#ifndef BG_SPARQL_IRI_H
#define BG_SPARQL_IRI_H

#include "base/arena.h"

/// The IRI that `reference` means where `base` is the base; only what is
/// relative changes. An empty base leaves all as it is.
bg_view bg_iri_resolve(bg_view reference, bg_view base, bg_arena *arena);

#endif
