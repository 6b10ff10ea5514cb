/// What expressions make of terms (https://www.w3.org/TR/sparql11-query/,
/// section 17), and how terms compare. Of the room's own; knows neither store
/// nor plan.

#ifndef BG_SPARQL_VALUE_H
#define BG_SPARQL_VALUE_H

#include "base/error.h"
#include "sparql/algebra.h"

/// What an expression is evaluated in. `term_of` gives the term of a variable,
/// false where it is unbound; `exists` answers EXISTS for the solution at hand.
typedef struct bg_evaluation bg_evaluation;
struct bg_evaluation {
  bool (*term_of)(const bg_evaluation *evaluation, bg_variable variable,
                  bg_term *term);
  /// False where it could not be answered: a type error.
  bool (*exists)(const bg_evaluation *evaluation, const bg_expression *exists,
                 bool *answer);
  bg_arena *arena;        ///< for what is made; may be reset between solutions
  bg_arena *query_arena;  ///< for what is kept as long as the query
  bg_view now;            ///< one xsd:dateTime for the whole query
  uint64_t solution;      ///< its number: BNODE("x") is one node a solution
  uint64_t *blank_number; ///< of the blank nodes that were made
  uint64_t *random_state;
  void *context; ///< for the functions above
};

/// The term of an expression; false for an error (section 17.2), unbound
/// variables among them.
bool bg_expression_term(const bg_expression *expression,
                        const bg_evaluation *evaluation, bg_term *term);

/// Its effective boolean value (section 17.2.2); false for an error.
bool bg_expression_truth(const bg_expression *expression,
                         const bg_evaluation *evaluation, bool *truth);

/// Checks what can be told beforehand, and prepares constant regular
/// expressions: BG_REFUSED for a call of a function that there is not.
bg_status bg_expression_prepare(bg_expression *expression, bg_arena *arena,
                                bg_error *err);

/// RDFterm-equal and the "=" of section 17.3; false for an error.
bool bg_term_equal_value(const bg_term *a, const bg_term *b, bool *is_equal);

/// The "<" of section 17.3 for literals that have an order: -1, 0 or 1 in
/// `order`; false for an error. NaN is neither less nor more nor equal: then
/// `is_unordered`.
bool bg_term_compare_value(const bg_term *a, const bg_term *b, int *order,
                           bool *is_unordered);

/// The total order of ORDER BY (section 15.1): no term, blank nodes, IRIs,
/// literals; literals that have values in common by these, all others by
/// datatype, text and language, so that equal terms alone are equal.
int bg_term_compare_order(const bg_term *a, const bg_term *b);

/// What an aggregate has seen of a group.
typedef struct bg_aggregator bg_aggregator;

/// `solution` counts from 0 in the group. DISTINCT is the aggregator's work,
/// but for COUNT(DISTINCT *), whose caller passes distinct solutions only.
bg_aggregator *bg_aggregator_new(const bg_aggregate *aggregate,
                                 bg_arena *arena);

/// The argument's term for a solution of the group; NULL for an error in it
/// (section 18.5.1: COUNT leaves it out, the others become errors).
void bg_aggregator_add(bg_aggregator *aggregator, const bg_term *term);

/// False where the aggregate has no value.
bool bg_aggregator_term(bg_aggregator *aggregator, bg_arena *arena,
                        bg_term *term);

#endif
