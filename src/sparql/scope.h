/// Which variables an operation binds, and whether it may see what is bound
/// around it. Of the room's own.

#ifndef BG_SPARQL_SCOPE_H
#define BG_SPARQL_SCOPE_H

#include "sparql/algebra.h"

/// A bit for each variable of a request.
typedef struct {
  uint64_t *words;
  size_t count; ///< of words
} bg_variable_set;

bg_variable_set bg_set_new(bg_arena *arena, size_t variables);
void bg_set_add(bg_variable_set *set, bg_variable variable);
bool bg_set_has(const bg_variable_set *set, bg_variable variable);
void bg_set_unite(bg_variable_set *set, const bg_variable_set *other);
void bg_set_intersect(bg_variable_set *set, const bg_variable_set *other);
/// Whether all of `part` is in `set`.
bool bg_set_holds(const bg_variable_set *set, const bg_variable_set *part);
bool bg_set_meets(const bg_variable_set *a, const bg_variable_set *b);
bg_variable_list *bg_set_list(const bg_variable_set *set, bg_arena *arena);

/// Adds the variables that some solution of the operation may bind.
void bg_scope_possible(const bg_operation *operation, bg_variable_set *set);

/// Adds those that every solution binds.
void bg_scope_certain(const bg_operation *operation, bg_arena *arena,
                      bg_variable_set *set);

/// Adds those that an expression looks at, in its EXISTS too.
void bg_scope_expression(const bg_expression *expression, bg_variable_set *set);

/// Adds those that one triple binds.
void bg_scope_triple(const bg_triple *triple, bg_variable_set *set);

/// Whether evaluating the operation with some variables bound gives the same as
/// evaluating it without and joining to them: SPARQL evaluates from the inside
/// out (section 18.6), and filters, OPTIONAL and BIND would see the difference.
bool bg_scope_is_transparent(const bg_operation *operation,
                             const bg_variable_set *bound, bg_arena *arena);

/// Whether there is a path in the operation's own patterns, or anything else
/// that has to be evaluated graph by graph inside GRAPH ?g.
bool bg_scope_needs_one_graph(const bg_operation *operation);

#endif
