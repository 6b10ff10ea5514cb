/// Statements made of solutions, and written. Of the room's own.

#ifndef BG_SPARQL_GRAPH_ANSWER_H
#define BG_SPARQL_GRAPH_ANSWER_H

#include "sparql/row_table.h"
#include "sparql/sparql.h"

/// Quads of ids, each once; those of a solution's blank nodes are its own.
typedef struct {
  bg_engine *engine;
  bg_row_table quads; // subject, predicate, object, graph
} bg_quad_set;

void bg_quad_set_init(bg_quad_set *set, bg_engine *engine);
void bg_quad_set_release(bg_quad_set *set);
bg_status bg_quad_set_add(bg_quad_set *set, const bg_quad *quad);

/// Adds what a template makes of a row; a triple with an unbound variable, or
/// with a literal where none may be, is left out (section 16.2). `in_graph` is
/// for triples outside of GRAPH.
bg_status bg_quad_set_instantiate(bg_quad_set *set, const bg_template *from,
                                  const bg_id *row, bg_id in_graph);

/// Writes the set without graphs, in the order in which it was made.
bg_status bg_quad_set_write(const bg_quad_set *set, const char *format,
                            FILE *out);

#endif
