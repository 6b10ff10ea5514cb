/// IRIREF, which Turtle, N-Triples and N-Quads have in common. Of the room's
/// own.

#ifndef BG_SERIALIZE_IRI_H
#define BG_SERIALIZE_IRI_H

#include "base/buffer.h"

/// Those behind the space.
extern const bool bg_iri_forbidden[128];

/// Whether a character that IRIREF holds must be written as UCHAR: all up to
/// the space, and some of ASCII.
static inline bool
bg_iri_forbids(uint32_t codepoint)
{
  return codepoint <= ' ' || (codepoint < 128 && bg_iri_forbidden[codepoint]);
}

/// Appends the IRI in angle brackets, with what may not stand there escaped.
void bg_iri_write(bg_view iri, bg_buffer *text);

#endif
