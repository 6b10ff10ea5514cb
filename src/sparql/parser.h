/// The text of a query or an update as algebra. Of the room's own.

#ifndef BG_SPARQL_PARSER_H
#define BG_SPARQL_PARSER_H

#include "base/error.h"
#include "sparql/algebra.h"

typedef struct {
  const char *base;  ///< what relative IRIs are resolved against; NULL: nothing
  bool has_prefixes; ///< bg_namespaces and `en` need not be declared
} bg_parser_options;

/// Reads a query; all of it lives in `arena`. BG_REFUSED for a text that is
/// none: the message names line and column and what was expected, shows the
/// line, and marks the place below it. Any bytes will do: nesting and size are
/// bounded, and time is linear in the text.
bg_status bg_query_parse(bg_view text, const bg_parser_options *options,
                         bg_arena *arena, bg_query *query, bg_error *err);

/// The same for an update request.
bg_status bg_update_parse(bg_view text, const bg_parser_options *options,
                          bg_arena *arena, bg_update *update, bg_error *err);

#endif
