/// How the two kinds of writers are opened; see serialize.h for the rest.

#ifndef BG_SERIALIZE_WRITERS_H
#define BG_SERIALIZE_WRITERS_H

#include "serialize/serialize.h"

/// Turtle (https://www.w3.org/TR/turtle/), by ourselves: Raptor's own writer
/// holds the whole graph, loses the order of statements, cannot shorten
/// `en:Battle_of_Aksu_\(717\)`, and writes "1"^^xsd:boolean as `true` and
/// "1."^^xsd:decimal as `1.`, which no parser reads.
bg_status bg_turtle_writer_open(FILE *out, const char *base, bg_sink **sink,
                                bg_error *err);

/// What Raptor's serializer `name` writes.
bg_status bg_raptor_writer_open(const char *name, FILE *out, const char *base,
                                bg_sink **sink, bg_error *err);

/// Flushes `out`. BG_FAILED when anything written to it so far was lost.
bg_status bg_writer_flush(FILE *out, bg_error *err);

#endif
