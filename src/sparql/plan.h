/// Planning. Of the room's own.

#ifndef BG_SPARQL_PLAN_H
#define BG_SPARQL_PLAN_H

#include "sparql/engine.h"
#include "sparql/scope.h"

typedef struct {
  bg_engine *engine;
  bg_graph_scope scope;
  int depth;
  bg_solutions_list extra; ///< sources of EXISTS
} bg_planner;

/// A source with what it is thought to give and cost, an opening.
typedef struct {
  bg_solutions *rows;
  double rows_out;
  double cost; ///< microseconds
} bg_plan_step;

/// What is bound around an operation: in some row, in each.
typedef struct {
  bg_variable_set possible;
  bg_variable_set certain;
} bg_binding;

/// Conditions that are to be placed as early as they can be decided.
typedef struct {
  bg_expression *expression;
  bg_variable_set seen;
  bool is_placed;
} bg_filter;

typedef struct {
  bg_filter *items;
  size_t count;
  size_t capacity;
} bg_filters;

// Costs are in microseconds, by and large: for asking an index, for reading a
// row, for keeping one and finding it again, for a path from one node.
#define BG_COST_OF_ASKING 1.5
#define BG_COST_OF_ROW 0.05
#define BG_COST_OF_KEEPING 0.1
#define BG_COST_OF_WALKING 40.0

bg_plan_step bg_plan_unit(bg_planner *planner);
bg_binding bg_binding_none(const bg_planner *planner);

bg_status bg_plan_operation(bg_planner *planner, const bg_operation *operation,
                            const bg_binding *bound, bg_plan_step *step);

/// The operation as the inner side of a join that is opened for `rows` rows:
/// asked for each, or found once, whichever is cheaper and right. For EXISTS it
/// is always right to ask.
bg_status bg_plan_inner(bg_planner *planner, const bg_operation *operation,
                        const bg_binding *bound, double rows, bool is_exists,
                        bg_plan_step *step);

/// Joins triples to `step`, in an order of the planner's own, and puts filters
/// between them.
bg_status bg_plan_triples(bg_planner *planner, const bg_triples *triples,
                          const bg_filters *filters, const bg_binding *bound,
                          bg_plan_step *step);

bg_status bg_plan_filter(bg_planner *planner, bg_filter *filter,
                         const bg_binding *bound, bg_plan_step *step);

void bg_planner_note(bg_planner *planner, bg_solutions *rows);

#endif
