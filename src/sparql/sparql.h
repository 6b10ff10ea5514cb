/// SPARQL 1.1 over a store. Redland's Rasqal is kept for comparison; its types
/// stay in sparql/redland*.c.

#ifndef BG_SPARQL_SPARQL_H
#define BG_SPARQL_SPARQL_H

#include "base/error.h"
#include "graph/graph.h"
#include "store/store.h"

#include <stdio.h>

typedef enum {
  BG_ENGINE_OWN,
  BG_ENGINE_RASQAL,
} bg_query_engine;

/// How a request is run, and how a query's answer is written. SELECT and ASK
/// take table, json, xml, csv, tsv; CONSTRUCT and DESCRIBE take turtle,
/// ntriples, and the other formats of serialize/.
typedef struct {
  const char *base;    ///< IRI that relative IRIs are resolved against; or NULL
  const char *results; ///< NULL: table, or turtle for a graph
  bool is_union;       ///< the default graph is the union of all graphs
  bool has_prefixes;   ///< those of bg_namespaces need not be declared
  double timeout;      ///< seconds; 0: no limit
  uint64_t memory;     ///< bytes that operators may hold; 0: no limit
  bool explains;       ///< prints the plan instead of the answer
  bool (*is_stopped)(void); ///< asked now and then; NULL: never
  bg_query_engine engine;
} bg_query_options;

/// Evaluates one SPARQL query and writes its answer to `out`. A query cannot
/// write, open files or connections: SERVICE is refused. A syntax error is
/// BG_REFUSED and names line and column.
bg_status bg_query_run(bg_store *store, bg_view query,
                       const bg_query_options *options, FILE *out,
                       bg_error *err);

/// Runs an update request on a store that is open for writing: all of it is
/// committed, or nothing.
bg_status bg_update_run(bg_store *store, bg_view update,
                        const bg_query_options *options, bg_error *err);

/// Whether a text is a query, or an update, without running it.
bg_status bg_sparql_check(bg_view text, bool is_update,
                          const bg_query_options *options, bg_error *err);

#endif
