/// Rasqal as an engine. Of the room's own.

#ifndef BG_SPARQL_REDLAND_QUERY_H
#define BG_SPARQL_REDLAND_QUERY_H

#include "sparql/sparql.h"

/// As bg_query_run.
bg_status bg_rasqal_run(bg_store *store, bg_view query,
                        const bg_query_options *options, FILE *out,
                        bg_error *err);

#endif
