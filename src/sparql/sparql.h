/// SPARQL over a store. Rasqal evaluates, as the first of the engines there
/// are; its types stay in sparql/redland*.c.

#ifndef BG_SPARQL_SPARQL_H
#define BG_SPARQL_SPARQL_H

#include "base/error.h"
#include "graph/graph.h"
#include "store/store.h"

#include <stdio.h>

/// Who evaluates.
typedef struct bg_engine bg_engine;

/// BG_MISUSED where there is none of that name: the message lists them.
bg_status bg_engine_find(const char *name, const bg_engine **engine,
                         bg_error *err);

/// How a query's answer is written. SELECT and ASK take table, json, xml, csv,
/// tsv; CONSTRUCT and DESCRIBE take turtle, ntriples, and the other formats of
/// serialize/.
typedef struct {
  const char *base;    ///< IRI that relative IRIs are resolved against; or NULL
  const char *results; ///< NULL: table, or turtle for a graph
  const bg_engine *engine; ///< NULL: the first there is
} bg_query_options;

/// Evaluates one SPARQL query and writes its answer to `out`. A query cannot
/// write, open files or connections: SERVICE is refused. A syntax error is
/// BG_REFUSED and names line and column.
bg_status bg_query_run(bg_store *store, bg_view query,
                       const bg_query_options *options, FILE *out,
                       bg_error *err);

#endif
