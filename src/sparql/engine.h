/// The engine: what a request runs in, and the sources of solutions that
/// operators are. Of the room's own.
///
/// A solution is a row of ids, one for each variable of the request; BG_NO_ID
/// where it is unbound. A source is opened with a row and gives the solutions
/// that go on from it: what is bound there stays as it is. So a join opens its
/// right side once for each row of its left.

#ifndef BG_SPARQL_ENGINE_H
#define BG_SPARQL_ENGINE_H

#include "sparql/algebra.h"
#include "sparql/sparql.h"
#include "sparql/value.h"
#include "store/store.h"

#include <time.h>

typedef struct bg_solutions bg_solutions;
typedef struct bg_engine bg_engine;

// ---- the dataset (section 13) ----------------------------------------------

typedef struct {
  bg_id *items;
  size_t count;
  size_t capacity;
} bg_ids;

typedef struct {
  bool is_union;     ///< the default graph is the union of all graphs
  bool has_defaults; ///< FROM or FROM NAMED were given: these and no others
  bg_ids defaults;
  bool has_named;
  bg_ids named;
} bg_dataset;

/// Which graph a triple pattern is matched in.
typedef enum {
  BG_IN_DEFAULT,
  BG_IN_ONE,   ///< the graph of an id
  BG_IN_NAMED, ///< any of the named ones
} bg_graph_choice;

/// The quads of the dataset that have some ids; each triple of the default
/// graph once.
typedef struct {
  bg_engine *engine;
  bg_scan *scan;
  bg_graph_choice choice;
  bg_quad last;
  bool has_last;
} bg_quads;

bg_status bg_quads_open(bg_engine *engine, const bg_quad *pattern,
                        bg_graph_choice choice, bg_quads *quads);
/// BG_END after the last.
bg_status bg_quads_next(bg_quads *quads, bg_quad *quad);
void bg_quads_close(bg_quads *quads);

/// FROM and FROM NAMED, or USING and USING NAMED; without any the store's own
/// graphs.
bg_status bg_dataset_set(bg_engine *engine, bool is_union,
                         const bg_term_list *from,
                         const bg_term_list *from_named);

bool bg_dataset_has_named(const bg_dataset *dataset, bg_id graph);

/// The named graphs, in `graphs`.
bg_status bg_dataset_list(bg_engine *engine, bg_ids *graphs);

// ---- a request -------------------------------------------------------------

struct bg_engine {
  bg_store *store;
  bg_dataset dataset;
  bg_arena *arena;   ///< as long as the request
  bg_arena *scratch; ///< of an expression
  bg_arena *spare;   ///< the scratch of an EXISTS; NULL: none is free
  bg_error *err;
  size_t width; ///< variables
  // Terms that the store does not have:
  struct bg_local_term *locals;
  size_t local_count;
  size_t local_capacity;
  uint32_t *local_slots; ///< a hash table of places in `locals`, from 1
  size_t local_slot_count;
  uint64_t fresh; ///< no term of the store was made from it
  // Expressions:
  bg_view now;
  uint64_t blank_number;
  uint64_t random_state;
  uint64_t solution;
  // Limits:
  struct timespec deadline; ///< tv_sec 0: none
  uint32_t steps;           ///< until the clock is looked at again
  uint64_t memory;          ///< bytes held by operators
  uint64_t most_memory;     ///< 0: no limit
  bool (*is_stopped)(void); ///< asked as often; NULL: never
};

/// BG_REFUSED where a request has more variables than are worked with.
bg_status bg_engine_check_width(size_t width, bg_error *err);

void bg_engine_init(bg_engine *engine, bg_store *store, size_t width,
                    bg_error *err);
void bg_engine_release(bg_engine *engine);

/// Sets the deadline and the limit of memory.
void bg_engine_limit(bg_engine *engine, const bg_query_options *options);

/// BG_REFUSED when the time is up. To be called for each row that an operator
/// reads: it is cheap.
bg_status bg_engine_step(bg_engine *engine);

/// Heap memory that counts; fails where that would be too much.
bg_status bg_engine_resize(bg_engine *engine, void **memory, size_t before,
                           size_t after);
void bg_engine_free(bg_engine *engine, void *memory, size_t size);

/// Counts what an arena holds as long as the request.
bg_status bg_engine_claim(bg_engine *engine, size_t size);

/// The id of any term: one of the store's, or of this request alone. Equal
/// terms have equal ids.
bg_status bg_engine_id(bg_engine *engine, const bg_term *term, bg_id *id);

/// The term of an id; `arena` as for bg_store_find_term.
bg_status bg_engine_term(bg_engine *engine, bg_id id, bg_arena *arena,
                         bg_term *term);

/// Whether the store can have quads with it.
bool bg_id_is_local(bg_id id);

// ---- expressions over rows -------------------------------------------------

/// False for an error. What fails in the engine is in `status`.
bool bg_row_truth(bg_engine *engine, const bg_expression *expression,
                  const bg_id *row, bool *truth, bg_status *status);
/// The id of an expression's value.
bool bg_row_value(bg_engine *engine, const bg_expression *expression,
                  const bg_id *row, bg_id *id, bg_status *status);

/// The order of ORDER BY of two ids.
bg_status bg_engine_compare(bg_engine *engine, bg_id a, bg_id b, int *order);

// ---- sources of solutions --------------------------------------------------

/// Errors are in the engine's `err`.
typedef struct {
  const char *name; ///< as --explain shows it
  /// Starts anew with a row, which stays until the next opening.
  bg_status (*open)(bg_solutions *rows, const bg_id *input);
  /// Fills a row; BG_END after the last.
  bg_status (*next)(bg_solutions *rows, bg_id *row);
  /// Frees what is not in the arena, but not the children.
  void (*close)(bg_solutions *rows);
} bg_solutions_kind;

struct bg_solutions {
  const bg_solutions_kind *kind;
  bg_engine *engine;
  bg_solutions *children[2]; ///< NULL where there are fewer
  bg_view detail;            ///< for --explain
  double estimated;          ///< rows an opening; negative: not known
  uint64_t opened;
  uint64_t produced;
  double seconds; ///< in it and its children, where times are taken
};

bg_status bg_solutions_open(bg_solutions *rows, const bg_id *input);
bg_status bg_solutions_next(bg_solutions *rows, bg_id *row);
/// With all children.
void bg_solutions_close(bg_solutions *rows);

/// Joins values of some variables to a row; false where they are not compatible
/// with it.
bool bg_row_merge(const bg_variable_list *variables, const bg_id *values,
                  bg_id *row);

/// A new source in the engine's arena, of `size` bytes, zeroed, beginning with
/// a bg_solutions.
void *bg_solutions_new(bg_engine *engine, const bg_solutions_kind *kind,
                       size_t size, bg_solutions *left, bg_solutions *right);

/// Where triples are matched: in the default graph, or in the graph of a term
/// or variable. `cell` is the graph that a GRAPH around it goes through; its id
/// is read at each opening.
typedef struct {
  enum { BG_SCOPE_DEFAULT, BG_SCOPE_NAME, BG_SCOPE_CELL } kind;
  bg_var_or_term name;
  const bg_id *cell;
} bg_graph_scope;

/// The row itself, once.
bg_solutions *bg_solutions_unit(bg_engine *engine);
/// Nothing.
bg_solutions *bg_solutions_none(bg_engine *engine);
/// The matches of one triple pattern.
bg_status bg_solutions_triple(bg_engine *engine, const bg_triple *triple,
                              const bg_graph_scope *scope, bg_solutions **rows);
/// Those of one with a path.
bg_status bg_solutions_path(bg_engine *engine, const bg_triple *triple,
                            const bg_graph_scope *scope, bg_solutions **rows);
/// Each row of `left` goes on in `right`.
bg_solutions *bg_solutions_nested(bg_engine *engine, bg_solutions *left,
                                  bg_solutions *right);
/// The solutions of `inner`, found once with nothing bound, and kept: those
/// that are compatible with the row, looked up by the values of `keys`, which
/// all of them bind. `stored` are the variables that they may bind. `cell`, if
/// not NULL, is a graph that the solutions depend on.
bg_solutions *bg_solutions_lookup(bg_engine *engine, bg_solutions *inner,
                                  const bg_variable_list *stored,
                                  const bg_variable_list *keys,
                                  const bg_id *cell);
/// Whether the solution that a lookup gave last binds one of the variables that
/// the row binds as well.
bool bg_lookup_shares(const bg_solutions *lookup, const bg_id *row,
                      const bg_variable_list *variables);
/// Each row of `left` goes on in `right`, or alone where that gives nothing for
/// which the condition holds.
bg_solutions *bg_solutions_left_join(bg_engine *engine, bg_solutions *left,
                                     bg_solutions *right,
                                     const bg_expression *condition);
bg_solutions *bg_solutions_union(bg_engine *engine, bg_solutions *left,
                                 bg_solutions *right);
/// The rows of `left` without a compatible one in `right`, a lookup, that binds
/// one of `shared` as well.
bg_solutions *bg_solutions_minus(bg_engine *engine, bg_solutions *left,
                                 bg_solutions *right,
                                 const bg_variable_list *shared);
bg_solutions *bg_solutions_filter(bg_engine *engine, bg_solutions *inner,
                                  const bg_expression *condition);
bg_solutions *bg_solutions_extend(bg_engine *engine, bg_solutions *inner,
                                  bg_variable variable,
                                  const bg_expression *expression);
bg_status bg_solutions_values(bg_engine *engine, const bg_operation *values,
                              bg_solutions **rows);
/// `inner` once for each named graph, or for the one that `name` says, whose id
/// is then in `cell`.
bg_status bg_solutions_graph(bg_engine *engine, bg_solutions *inner,
                             const bg_var_or_term *name, bg_id *cell,
                             bg_solutions **rows);
bg_solutions *bg_solutions_group(bg_engine *engine, bg_solutions *inner,
                                 const bg_operation *group);
/// With `most`, only so many of the first are needed; UINT64_MAX: all.
bg_solutions *bg_solutions_order(bg_engine *engine, bg_solutions *inner,
                                 const bg_operation *order, uint64_t most);
bg_solutions *bg_solutions_project(bg_engine *engine, bg_solutions *inner,
                                   const bg_variable_list *variables);
bg_solutions *bg_solutions_distinct(bg_engine *engine, bg_solutions *inner,
                                    const bg_variable_list *variables);
bg_solutions *bg_solutions_slice(bg_engine *engine, bg_solutions *inner,
                                 uint64_t offset, uint64_t limit);

// ---- planning --------------------------------------------------------------

typedef struct {
  bg_solutions **items;
  size_t count;
  size_t capacity;
} bg_solutions_list;

/// The source of an operation's solutions, and those of its EXISTS.
typedef struct {
  bg_solutions *rows;
  bg_solutions_list extra;
} bg_query_plan;

/// To be opened with a row that binds nothing.
bg_status bg_plan(bg_engine *engine, const bg_operation *operation,
                  bg_query_plan *plan);
void bg_plan_close(bg_query_plan *plan);

/// Prints the tree: estimates, what was produced, and times.
void bg_plan_print(const bg_query_plan *plan, FILE *out);

#endif
