/// Terms of the graph: IRIs of things, and literals. Of the room's own.

#ifndef BG_GRAPH_TERMS_H
#define BG_GRAPH_TERMS_H

#include "graph/graph.h"

bg_term bg_term_of_ontology(bg_arena *arena, bg_view name);
bg_term bg_term_of_iri(bg_view iri);

/// The title in the IRI of its resource; see bg_term_of_title.
bg_view bg_title_segment(bg_arena *arena, bg_view title);

bg_term bg_literal(bg_view text);
bg_term bg_literal_in(bg_view text, bg_view language);
bg_term bg_literal_typed(bg_arena *arena, bg_view text, const char *datatype);
bg_term bg_literal_integer(bg_arena *arena, int64_t number);
bg_term bg_literal_true(bg_arena *arena);
/// At most six digits behind the point, as xsd:double.
bg_term bg_literal_degrees(bg_arena *arena, double degrees);
/// xsd:date, xsd:gYearMonth or xsd:gYear, as precise as the day.
bg_term bg_literal_day(bg_arena *arena, bg_day day);

#endif
