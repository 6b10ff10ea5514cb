/// Rows of an answer, and how they are written. Of the room's own; independent
/// of the engine that found them.

#ifndef BG_SPARQL_RESULTS_H
#define BG_SPARQL_RESULTS_H

#include "graph/graph.h"

#include <stdio.h>

typedef struct {
  const char **variables; ///< without the question mark
  size_t variable_count;
  bg_term *cells; ///< row after row; BG_TERM_NONE where unbound
  size_t row_count;
} bg_results;

/// Writes the rows as "table", "json", "xml", "csv" or "tsv": the W3C's SPARQL
/// 1.1 Query Results formats, and a table for people, whose IRIs are shortened
/// with bg_namespaces. BG_MISUSED for another name.
bg_status bg_results_write(const bg_results *results, const char *format,
                           FILE *out, bg_error *err);

/// The same for ASK.
bg_status bg_answer_write(bool answer, const char *format, FILE *out,
                          bg_error *err);

#endif
