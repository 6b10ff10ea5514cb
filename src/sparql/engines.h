/// Those who can evaluate a query. Of the room's own.

#ifndef BG_SPARQL_ENGINES_H
#define BG_SPARQL_ENGINES_H

#include "sparql/sparql.h"

struct bg_engine {
  const char *name;
  bg_status (*run)(bg_store *store, bg_view query,
                   const bg_query_options *options, FILE *out, bg_error *err);
};

/// Rasqal, by way of librdf.
bg_status bg_redland_query_run(bg_store *store, bg_view query,
                               const bg_query_options *options, FILE *out,
                               bg_error *err);

#endif
