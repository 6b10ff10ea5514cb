/// How the kinds of writers are opened; see serialize.h for the rest.

#ifndef BG_SERIALIZE_WRITERS_H
#define BG_SERIALIZE_WRITERS_H

#include "serialize/serialize.h"

/// Turtle (https://www.w3.org/TR/turtle/), or TriG
/// (https://www.w3.org/TR/trig/) with graphs, by ourselves: Raptor's own writer
/// holds the whole graph, loses the order of statements, cannot shorten
/// `en:Battle_of_Aksu_\(717\)`, and writes "1"^^xsd:boolean as `true` and
/// "1."^^xsd:decimal as `1.`, which no parser reads.
bg_status bg_turtle_writer_open(bool has_graphs, bg_stream *out,
                                const char *base, bg_sink **sink,
                                bg_error *err);

/// N-Triples (https://www.w3.org/TR/n-triples/) and N-Quads
/// (https://www.w3.org/TR/n-quads/), by ourselves: a dump's statements are
/// written by many threads, which a Raptor world is not for.
bg_status bg_lines_writer_open(bool has_graphs, bg_stream *out, bg_sink **sink,
                               bg_error *err);

/// What Raptor's serializer `name` writes.
bg_status bg_raptor_writer_open(const char *name, bg_stream *out,
                                const char *base, bg_sink **sink,
                                bg_error *err);

#endif
