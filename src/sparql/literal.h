/// Literals as the functions take and make them, which is by their values:
/// bg_literal_... are graph/terms.h's. Of the room's own.

#ifndef BG_SPARQL_LITERAL_H
#define BG_SPARQL_LITERAL_H

#include "graph/graph.h"

#define BG_XSD_VIEW(name) BG_VIEW(BG_XSD name)

/// "integer" of xsd:integer, "string" also where a literal has no datatype;
/// empty for other datatypes, for literals with a language, and for what is no
/// literal.
bg_view bg_value_xsd_name(const bg_term *term);

/// A simple literal, which is an xsd:string (RDF 1.1, section 3.3).
bool bg_value_is_plain(const bg_term *term);

/// A string literal (section 17.1): an xsd:string, or one with a language.
bool bg_value_is_text(const bg_term *term);

/// An xsd:boolean whose text is one.
bool bg_value_is_boolean(const bg_term *term, bool *value);

/// "true", "false", "1" or "0".
bool bg_value_parse_boolean(bg_view text, bool *value);

bg_term bg_value_boolean(bool value);
bg_term bg_value_plain(bg_view text);
bg_term bg_value_typed(bg_view text, bg_view datatype);
bg_term bg_value_integer(int64_t value, bg_arena *arena);

/// With the language of `like`, if it has one.
bg_term bg_value_like(bg_view text, const bg_term *like);

/// The same RDF term (RDF 1.1, section 3.3): languages are compared without
/// case.
bool bg_term_is_same(const bg_term *a, const bg_term *b);

#endif
