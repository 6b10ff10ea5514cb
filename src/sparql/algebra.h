/// A query or an update as its text says it, in the algebra of SPARQL 1.1
/// (https://www.w3.org/TR/sparql11-query/, section 18). Of the room's own.
///
/// The parser makes it, in one arena; the engine reads it and changes nothing.

#ifndef BG_SPARQL_ALGEBRA_H
#define BG_SPARQL_ALGEBRA_H

#include "base/arena.h"
#include "graph/graph.h"

typedef struct bg_expression bg_expression;
typedef struct bg_operation bg_operation;

/// Where something stands in the text: both from 1, columns in characters.
typedef struct {
  size_t line;
  size_t column;
} bg_place;

/// How deep texts nest, and trees go; deeper ones are refused. Long rows of
/// '||', '&&', UNION, '/', '|' and joined patterns are balanced trees.
enum { BG_MOST_NESTING = 500, BG_MOST_DEPTH = 2000 };

// ---- variables and terms ---------------------------------------------------

/// Numbers variables from 0, the same name always with the same number, in the
/// whole request. What a pattern's blank nodes stand for, and what the parser
/// adds (an aggregate's value, say), are variables without a name.
typedef struct {
  bg_view *items; ///< names, without '?' or '$'; empty for those without
  size_t count;
  size_t capacity;
} bg_variables;

typedef size_t bg_variable;

typedef struct {
  bg_variable *items;
  size_t count;
  size_t capacity;
} bg_variable_list;

/// A variable, or a term.
typedef struct {
  bool is_variable;
  bg_variable variable;
  bg_term term; ///< of kind BG_TERM_NONE for a variable
} bg_var_or_term;

// ---- expressions (section 17) ----------------------------------------------

typedef enum {
  BG_EXPRESSION_VARIABLE,
  BG_EXPRESSION_TERM,
  BG_EXPRESSION_OR, ///< two arguments; so for all up to BG_EXPRESSION_DIVIDE
  BG_EXPRESSION_AND,
  BG_EXPRESSION_EQUAL,
  BG_EXPRESSION_NOT_EQUAL,
  BG_EXPRESSION_LESS,
  BG_EXPRESSION_GREATER,
  BG_EXPRESSION_LESS_OR_EQUAL,
  BG_EXPRESSION_GREATER_OR_EQUAL,
  BG_EXPRESSION_ADD,
  BG_EXPRESSION_SUBTRACT,
  BG_EXPRESSION_MULTIPLY,
  BG_EXPRESSION_DIVIDE,
  BG_EXPRESSION_IN, ///< the first argument in the others
  BG_EXPRESSION_NOT_IN,
  BG_EXPRESSION_NOT, ///< one argument
  BG_EXPRESSION_PLUS,
  BG_EXPRESSION_MINUS,
  BG_EXPRESSION_BUILT_IN, ///< `function`
  BG_EXPRESSION_CALL,     ///< of the function named by `term`: a cast
  BG_EXPRESSION_EXISTS,   ///< `operation`
  BG_EXPRESSION_NOT_EXISTS,
} bg_expression_kind;

/// BuiltInCall (rule 121), in the order of bg_built_ins.
typedef enum {
  BG_STR,
  BG_LANG,
  BG_LANGMATCHES,
  BG_DATATYPE,
  BG_BOUND, ///< its argument is a variable
  BG_IRI,
  BG_BNODE,
  BG_RAND,
  BG_ABS,
  BG_CEIL,
  BG_FLOOR,
  BG_ROUND,
  BG_CONCAT,
  BG_STRLEN,
  BG_UCASE,
  BG_LCASE,
  BG_ENCODE_FOR_URI,
  BG_CONTAINS,
  BG_STRSTARTS,
  BG_STRENDS,
  BG_STRBEFORE,
  BG_STRAFTER,
  BG_YEAR,
  BG_MONTH,
  BG_DAY,
  BG_HOURS,
  BG_MINUTES,
  BG_SECONDS,
  BG_TIMEZONE,
  BG_TZ,
  BG_NOW,
  BG_UUID,
  BG_STRUUID,
  BG_MD5,
  BG_SHA1,
  BG_SHA256,
  BG_SHA384,
  BG_SHA512,
  BG_COALESCE,
  BG_IF,
  BG_STRLANG,
  BG_STRDT,
  BG_SAMETERM,
  BG_ISIRI,
  BG_ISURI,
  BG_ISBLANK,
  BG_ISLITERAL,
  BG_ISNUMERIC,
  BG_REGEX,
  BG_SUBSTR,
  BG_REPLACE,
  BG_URI,
  BG_BUILT_IN_COUNT,
} bg_built_in;

/// How the grammar calls a built-in, and how many arguments it takes.
typedef struct {
  const char *name; ///< in capitals
  int least;
  int most; ///< -1: any number
} bg_built_in_form;

extern const bg_built_in_form bg_built_ins[BG_BUILT_IN_COUNT];

struct bg_expression {
  bg_expression_kind kind;
  bg_place place;
  bg_variable variable;
  bg_term term;
  bg_built_in function;
  bg_expression **arguments;
  size_t argument_count;
  bool is_distinct;        ///< of a call: F(DISTINCT ...)
  bg_operation *operation; ///< of EXISTS
  size_t depth;            ///< of the tree below, itself included
  const char *base;        ///< IRI() resolves against it; NULL: no base
  void *compiled; ///< for the evaluator: a regular expression, say; or NULL
};

typedef struct {
  bg_expression **items;
  size_t count;
  size_t capacity;
} bg_expression_list;

// ---- aggregates (section 11) -----------------------------------------------

typedef enum {
  BG_COUNT,
  BG_SUM,
  BG_MIN,
  BG_MAX,
  BG_AVG,
  BG_SAMPLE,
  BG_GROUP_CONCAT,
} bg_aggregate_kind;

typedef struct {
  bg_aggregate_kind kind;
  bool is_distinct;
  bg_expression *argument; ///< NULL: COUNT(*)
  bg_view separator;       ///< of GROUP_CONCAT; a space where none is given
  bg_variable result;      ///< what stands for it in expressions
} bg_aggregate;

// ---- property paths (section 9) --------------------------------------------

typedef enum {
  BG_PATH_IRI,
  BG_PATH_INVERSE,     ///< ^a
  BG_PATH_SEQUENCE,    ///< a/b
  BG_PATH_ALTERNATIVE, ///< a|b
  BG_PATH_ZERO_OR_MORE,
  BG_PATH_ONE_OR_MORE,
  BG_PATH_ZERO_OR_ONE,
  BG_PATH_NEGATED, ///< !(a|^b)
} bg_path_kind;

typedef struct bg_path bg_path;
struct bg_path {
  bg_path_kind kind;
  bg_term iri;   ///< of BG_PATH_IRI
  bg_path *left; ///< what it is made of
  bg_path *right;
  bg_term *forward; ///< of BG_PATH_NEGATED: none of these
  size_t forward_count;
  bg_term *backward;     ///< nor of these, from object to subject; both lists
  size_t backward_count; ///< empty matches nothing; only the lists that are
                         ///< given are walked
};

// ---- patterns (section 18.2) -----------------------------------------------

typedef struct {
  bg_var_or_term subject;
  bg_var_or_term predicate; ///< unless there is a path
  bg_var_or_term object;
  bg_path *path; ///< NULL for a triple
  bg_place place;
} bg_triple;

typedef struct {
  bg_triple *items;
  size_t count;
  size_t capacity;
} bg_triples;

typedef enum {
  BG_OPERATION_TRIPLES,   ///< a basic graph pattern; paths in it are joined too
  BG_OPERATION_JOIN,      ///< left, right
  BG_OPERATION_LEFT_JOIN, ///< left, right, expression or NULL
  BG_OPERATION_UNION,     ///< left, right
  BG_OPERATION_MINUS,     ///< left, right
  BG_OPERATION_FILTER,    ///< left, expression
  BG_OPERATION_GRAPH,     ///< left, name
  BG_OPERATION_EXTEND,    ///< left, variable, expression
  BG_OPERATION_VALUES,    ///< variables, rows
  BG_OPERATION_SERVICE,   ///< left, name, is_silent; and the text of it
  BG_OPERATION_GROUP,     ///< left, keys, aggregates
  BG_OPERATION_ORDER,     ///< left, conditions
  BG_OPERATION_PROJECT,   ///< left, variables
  BG_OPERATION_DISTINCT,  ///< left
  BG_OPERATION_REDUCED,   ///< left
  BG_OPERATION_SLICE,     ///< left, offset, limit
} bg_operation_kind;

typedef struct {
  bg_expression *expression;
  bool is_descending;
} bg_order_condition;

/// `GROUP BY (expression AS ?variable)`; one without a name has a variable that
/// has none either. The expression of a plain variable is that variable.
typedef struct {
  bg_expression *expression;
  bg_variable variable;
} bg_group_key;

/// No node at all, NULL, is the empty group pattern `{}`: one empty solution.
struct bg_operation {
  bg_operation_kind kind;
  bg_place place;
  size_t depth; ///< of the tree below with its expressions, itself included
  bg_operation *left;
  bg_operation *right;
  bg_triples triples;
  bg_expression *expression;
  bg_var_or_term name;
  bool is_silent;
  bg_view text; ///< of a SERVICE: its group pattern, with the braces
  bg_variable variable;
  bg_variable_list variables;
  bg_term *rows; ///< row after row; BG_TERM_NONE is UNDEF
  size_t row_count;
  bg_group_key *keys;
  size_t key_count;
  bg_aggregate *aggregates;
  size_t aggregate_count;
  bg_order_condition *conditions;
  size_t condition_count;
  uint64_t offset;
  uint64_t limit; ///< UINT64_MAX: none
};

// ---- queries ---------------------------------------------------------------

typedef struct {
  bg_term *items;
  size_t count;
  size_t capacity;
} bg_term_list;

typedef enum {
  BG_QUERY_SELECT,
  BG_QUERY_CONSTRUCT,
  BG_QUERY_DESCRIBE,
  BG_QUERY_ASK,
} bg_query_form;

/// A template's triple, or an update's quad: in the graph of a GRAPH around it,
/// else in none. Blank nodes are terms of kind BG_TERM_BLANK here; the labels
/// of those that the text gives none begin with a dot.
typedef struct {
  bg_var_or_term subject;
  bg_var_or_term predicate;
  bg_var_or_term object;
  bool in_graph;
  bg_var_or_term graph;
} bg_template_quad;

typedef struct {
  bg_template_quad *items;
  size_t count;
  size_t capacity;
} bg_template;

typedef struct {
  bg_query_form form;
  bg_variables variables;
  bg_operation *where; ///< with all modifiers; of ASK and SELECT as well. The
                       ///< trailing VALUES is joined behind HAVING, before the
                       ///< expressions of SELECT (section 18.2.4.3)
  bg_variable_list
      shown; ///< SELECT: the columns, in order; DESCRIBE: variables
  bg_template construct;
  bg_term_list described; ///< the IRIs of DESCRIBE
  bool describes_all;     ///< DESCRIBE *: `shown` has all visible variables
  bg_term_list from;      ///< FROM
  bg_term_list from_named;
} bg_query;

// ---- updates (https://www.w3.org/TR/sparql11-update/, section 3) ------------

typedef enum {
  BG_UPDATE_INSERT_DATA, ///< `inserted`, without variables
  BG_UPDATE_DELETE_DATA, ///< `deleted`
  BG_UPDATE_MODIFY,      ///< `deleted`, `inserted`, `where`, `with`, `using`
                         ///< (DELETE WHERE as well)
  BG_UPDATE_LOAD,        ///< `source`, `target`
  BG_UPDATE_CLEAR,       ///< `target`; so CREATE and DROP
  BG_UPDATE_CREATE,
  BG_UPDATE_DROP,
  BG_UPDATE_COPY, ///< `from`, `target`; so MOVE and ADD
  BG_UPDATE_MOVE,
  BG_UPDATE_ADD,
} bg_update_kind;

typedef enum {
  BG_GRAPHS_ONE, ///< `iri`
  BG_GRAPHS_DEFAULT,
  BG_GRAPHS_NAMED,
  BG_GRAPHS_ALL,
} bg_graphs_kind;

typedef struct {
  bg_graphs_kind kind;
  bg_term iri;
} bg_graphs;

typedef struct {
  bg_update_kind kind;
  bg_place place;
  bool is_silent;
  bg_template inserted;
  bg_template deleted;
  bg_operation *where;
  bool has_with;
  bg_term with;
  bg_term_list using_graphs;
  bg_term_list using_named;
  bg_term source;
  bg_graphs from;
  bg_graphs target;
} bg_update_step;

typedef struct {
  bg_variables variables;
  bg_update_step *steps;
  size_t count;
  size_t capacity;
} bg_update;

#endif
