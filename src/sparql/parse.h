/// What the files parse*.c share: the parser at work, and who reads which rule
/// (https://www.w3.org/TR/sparql11-query/#sparqlGrammar). Of these files' own.
///
/// The grammar is LL(1): `token` is the one at hand, and each reader begins
/// with the first token of its rule there and leaves the first behind it.

#ifndef BG_SPARQL_PARSE_H
#define BG_SPARQL_PARSE_H

#include "base/map.h"
#include "sparql/lexer.h"
#include "sparql/parser.h"

#define BG_RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

// ---- the parser ------------------------------------------------------------

/// That a variable came into scope (section 18.2.1).
typedef struct {
  bg_variable variable;
  size_t before; ///< the sight of it before this one, counted from 1; or 0
} bg_sight;

typedef struct {
  bg_sight *items;
  size_t count;
  size_t capacity;
} bg_sights;

/// What is known of a variable while a SELECT is finished.
enum {
  BG_IS_KEY = 1,     ///< GROUP BY
  BG_IS_COLUMN = 2,  ///< selected
  BG_IS_ALIAS = 4,   ///< (expression AS it)
  BG_IS_SAMPLED = 8, ///< `sample` stands for it
};

typedef struct {
  size_t last_sight; ///< counted from 1; 0: it is not in scope
  size_t stamp;      ///< of the SELECT that the rest is about
  unsigned flags;
  bg_variable sample;
} bg_variable_state;

typedef struct {
  bg_variable_state *items; ///< as many as variables
  size_t count;
  size_t capacity;
} bg_variable_states;

typedef struct {
  bg_aggregate *items;
  size_t count;
  size_t capacity;
} bg_aggregates;

/// A query or sub-select whose aggregates are collected.
typedef struct {
  bg_aggregates aggregates;
  bg_map by_text; ///< those there are, as bg_variable + 1
  size_t depth;   ///< of the deepest argument
  bool is_inside; ///< of an aggregate
} bg_level;

/// Where the triples that are read go: a pattern's, or a template's quads.
typedef struct {
  bg_triples *triples; ///< or NULL
  bg_template *quads;
  bool in_graph; ///< of quads
  bg_var_or_term graph;
  size_t pattern;        ///< number of the basic graph pattern
  bool has_paths;        ///< property paths may stand there
  bool is_data;          ///< of INSERT DATA: its labels are never used again
  const char *constant;  ///< what it is that has no variables; or NULL
  const char *blankless; ///< what it is that has no blank nodes; or NULL
} bg_triple_target;

typedef struct {
  bg_view text; ///< as it was given, for messages
  bg_arena *arena;
  bg_error *err;
  bg_lexer lexer;
  bg_token token;
  size_t last_end; ///< where the token before it ends
  size_t nesting;
  bg_view base;          ///< empty: none; terminated
  size_t iri_bytes_left; ///< that IRIs may take
  bg_map prefixes;       ///< a bg_view by its prefix
  bg_variables *variables;
  bg_map variable_numbers; ///< bg_variable + 1 by name
  bg_variable_states states;
  size_t stamp;
  bg_sights sights;
  bg_level *level; ///< NULL where no aggregate may stand
  bg_triple_target *target;
  bg_map pattern_labels; ///< of blank nodes in patterns
  bg_map data_labels;    ///< of those in INSERT DATA
  size_t pattern_count;
  size_t operation_count; ///< of an update
  size_t blank_count;     ///< blank nodes without a label
} bg_sparql_parser;

/// `bg_error` may be NULL.
void bg_sparql_init(bg_sparql_parser *parser, bg_view text,
                    const bg_parser_options *options, bg_variables *variables,
                    bg_arena *arena, bg_error *err);

void bg_sparql_advance(bg_sparql_parser *parser);

/// Whether the token at hand is this keyword or mark.
static inline bool
bg_sparql_is_at(const bg_sparql_parser *parser, const char *fixed)
{
  return parser->token.kind == BG_TOKEN_FIXED &&
         bg_view_is_equal(parser->token.text, bg_view_of(fixed));
}

/// Steps over it where it is there.
static inline bool
bg_sparql_take(bg_sparql_parser *parser, const char *fixed)
{
  bool is_there = bg_sparql_is_at(parser, fixed);
  if (is_there) {
    bg_sparql_advance(parser);
  }
  return is_there;
}

/// The same where it must be there.
bg_status bg_sparql_expect(bg_sparql_parser *parser, const char *fixed);

/// The same, where more than it may stand there, as `wanted` says.
bg_status bg_sparql_close(bg_sparql_parser *parser, const char *fixed,
                          const char *wanted);

/// Refuses the token at hand, where `wanted` should be.
bg_status bg_sparql_want(const bg_sparql_parser *parser, const char *wanted);

/// Refuses what stands at `place`.
__attribute__((format(printf, 3, 4))) bg_status
bg_sparql_refuse(const bg_sparql_parser *parser, bg_place place,
                 const char *format, ...);

/// Around all that may hold its like.
bg_status bg_sparql_enter(bg_sparql_parser *parser);
void bg_sparql_leave(bg_sparql_parser *parser);

// ---- nodes -----------------------------------------------------------------

static inline size_t
bg_deeper(size_t a, size_t b)
{
  return a > b ? a : b;
}

/// `left` and `right` may be NULL. All nodes are made by these two, which
/// refuse trees that are too deep; their depth may be raised behind.
bg_status bg_sparql_operation(bg_sparql_parser *parser, bg_operation_kind kind,
                              bg_place place, bg_operation *left,
                              bg_operation *right, bg_operation **made);
bg_status bg_sparql_expression(bg_sparql_parser *parser,
                               bg_expression_kind kind, bg_place place,
                               bg_expression *const *arguments, size_t count,
                               bg_expression **made);

/// Counts an expression of so many levels below the operation.
bg_status bg_sparql_deepen(bg_sparql_parser *parser, bg_operation *operation,
                           size_t depth);

typedef struct {
  bg_operation **items;
  size_t count;
  size_t capacity;
} bg_operations;

/// One tree of them all; `kind` is associative. NULL for none.
bg_status bg_sparql_join_all(bg_sparql_parser *parser, bg_operation_kind kind,
                             const bg_operations *operations,
                             bg_operation **made);
bg_status bg_sparql_connect_all(bg_sparql_parser *parser,
                                bg_expression_kind kind,
                                const bg_expression_list *expressions,
                                bg_expression **made);

// ---- variables and their scope ---------------------------------------------

bg_variable bg_sparql_variable(bg_sparql_parser *parser, bg_view name);
bg_variable bg_sparql_nameless(bg_sparql_parser *parser);
bg_view bg_sparql_name(const bg_sparql_parser *parser, bg_variable variable);

/// Brings a variable into scope.
void bg_sparql_see(bg_sparql_parser *parser, bg_variable variable);

/// Whether it came into scope since there were `from` sights.
bool bg_sparql_has_seen(const bg_sparql_parser *parser, bg_variable variable,
                        size_t from);

/// Takes out of scope what came in since then.
void bg_sparql_forget(bg_sparql_parser *parser, size_t from);

/// Those in scope since then that have a name, in the order they came.
bg_variable_list bg_sparql_visible(bg_sparql_parser *parser, size_t from);

/// Flags of the variable for the SELECT that is being finished.
bg_variable_state *bg_sparql_state(bg_sparql_parser *parser,
                                   bg_variable variable);

// ---- rules, by file --------------------------------------------------------

// parse_term.c
bool bg_is_at_iri(const bg_sparql_parser *parser);
bool bg_is_at_literal(const bg_sparql_parser *parser);
bg_status bg_parse_iri(bg_sparql_parser *parser, bg_term *iri);
bg_status bg_parse_iri_ref(bg_sparql_parser *parser, bg_view *iri);
bg_status bg_parse_literal(bg_sparql_parser *parser, bg_term *literal);
bg_status bg_parse_variable(bg_sparql_parser *parser, bg_variable *variable);
bg_status bg_parse_var_or_iri(bg_sparql_parser *parser, bg_var_or_term *read);
bg_term bg_sparql_number(bg_token_kind kind, bg_view text);

// parse_expression.c
bg_status bg_parse_expression(bg_sparql_parser *parser,
                              bg_expression **expression);
bg_status bg_parse_bracketted(bg_sparql_parser *parser,
                              bg_expression **expression);
bool bg_is_at_constraint(const bg_sparql_parser *parser);
bg_status bg_parse_constraint(bg_sparql_parser *parser,
                              bg_expression **expression);

// parse_call.c
bool bg_is_at_call(const bg_sparql_parser *parser);
bg_status bg_parse_call(bg_sparql_parser *parser, bg_expression **expression);
bg_status bg_parse_iri_or_function(bg_sparql_parser *parser, bool must_call,
                                   bg_expression **expression);
bg_status bg_parse_expression_list(bg_sparql_parser *parser,
                                   bg_expression_list *list);

// parse_aggregate.c
bool bg_is_at_aggregate(const bg_sparql_parser *parser);
bg_status bg_parse_aggregate(bg_sparql_parser *parser,
                             bg_expression **expression);

// parse_path.c
bool bg_is_at_path(const bg_sparql_parser *parser);
bg_status bg_parse_path(bg_sparql_parser *parser, bg_path **path);

// parse_triples.c
bool bg_is_at_triples(const bg_sparql_parser *parser);
bg_status bg_parse_triples(bg_sparql_parser *parser, bg_triple_target *target);

// parse_pattern.c
bg_status bg_parse_group(bg_sparql_parser *parser, bg_operation **operation);
bg_status bg_parse_data_block(bg_sparql_parser *parser, bg_operation **values);

// parse_select.c
bg_status bg_parse_select(bg_sparql_parser *parser, bg_query *query);
bg_status bg_parse_sub_select(bg_sparql_parser *parser,
                              bg_operation **operation);
bg_status bg_parse_modifiers(bg_sparql_parser *parser, bg_operation **where);

// parse_query.c
bg_status bg_parse_prologue(bg_sparql_parser *parser);
bg_status bg_parse_datasets(bg_sparql_parser *parser, bg_query *query);
bg_status bg_parse_where(bg_sparql_parser *parser, bg_operation **where);

#endif
