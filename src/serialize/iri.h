/// IRIREF, which Turtle, N-Triples and N-Quads have in common. Of the room's
/// own.

#ifndef BG_SERIALIZE_IRI_H
#define BG_SERIALIZE_IRI_H

#include "base/buffer.h"

/// Whether a character that IRIREF holds must be written as UCHAR: all up to
/// the space, and some of ASCII.
bool bg_iri_forbids(uint32_t codepoint);

/// Appends the IRI in angle brackets, with what may not stand there escaped.
void bg_iri_write(bg_view iri, bg_buffer *text);

#endif
