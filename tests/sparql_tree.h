/// Queries and updates as text, in brackets: what is done, then what with. A
/// variable without a name is "_" and its number; the empty pattern is "{}".

#ifndef BG_TESTS_SPARQL_TREE_H
#define BG_TESTS_SPARQL_TREE_H

#include "base/buffer.h"
#include "sparql/algebra.h"

#include <inttypes.h>
#include <string.h>

typedef struct {
  const bg_variables *variables;
  bg_buffer out;
} sparql_tree;

static void show_operation(sparql_tree *tree, const bg_operation *operation);

static void
show_text(sparql_tree *tree, const char *text)
{
  bg_buffer_append(&tree->out, bg_view_of(text));
}

static void
show_variable(sparql_tree *tree, bg_variable variable)
{
  bg_view name = tree->variables->items[variable];
  if (name.size == 0) {
    bg_buffer_format(&tree->out, "_%zu", variable);
  } else {
    bg_buffer_format(&tree->out, "?%.*s", BG_VIEW_ARGS(name));
  }
}

static void
show_variables(sparql_tree *tree, const bg_variable_list *list)
{
  show_text(tree, "(");
  for (size_t i = 0; i < list->count; i++) {
    show_text(tree, i > 0 ? " " : "");
    show_variable(tree, list->items[i]);
  }
  show_text(tree, ")");
}

static void
show_iri(sparql_tree *tree, bg_view iri)
{
  static const struct {
    const char *prefix;
    const char *iri;
  } shortened[] = {
      {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
      {"xsd", BG_XSD},
  };
  for (size_t i = 0; i < sizeof shortened / sizeof *shortened; i++) {
    bg_view start = bg_view_of(shortened[i].iri);
    if (bg_view_has_prefix(iri, start)) {
      bg_view name = bg_view_slice(iri, start.size, iri.size);
      bg_buffer_format(&tree->out, "%s:%.*s", shortened[i].prefix,
                       BG_VIEW_ARGS(name));
      return;
    }
  }
  bg_buffer_format(&tree->out, "<%.*s>", BG_VIEW_ARGS(iri));
}

static void
show_term(sparql_tree *tree, const bg_term *term)
{
  if (term->kind == BG_TERM_NONE) {
    show_text(tree, "UNDEF");
  } else if (term->kind == BG_TERM_IRI) {
    show_iri(tree, term->text);
  } else if (term->kind == BG_TERM_BLANK) {
    bg_buffer_format(&tree->out, "_:%.*s", BG_VIEW_ARGS(term->text));
  } else {
    bg_buffer_format(&tree->out, "\"%.*s\"", BG_VIEW_ARGS(term->text));
    if (term->language.size > 0) {
      bg_buffer_format(&tree->out, "@%.*s", BG_VIEW_ARGS(term->language));
    } else if (term->datatype.size > 0) {
      show_text(tree, "^^");
      show_iri(tree, term->datatype);
    }
  }
}

static void
show_node(sparql_tree *tree, const bg_var_or_term *node)
{
  if (node->is_variable) {
    show_variable(tree, node->variable);
  } else {
    show_term(tree, &node->term);
  }
}

// ---- paths -----------------------------------------------------------------

static void
show_path(sparql_tree *tree, const bg_path *path)
{
  static const char *const names[] = {
      "", "(^ ", "(/ ", "(| ", "(* ", "(+ ", "(? ", "(!",
  };
  if (path->kind == BG_PATH_IRI) {
    show_term(tree, &path->iri);
    return;
  }
  show_text(tree, names[path->kind]);
  if (path->left != NULL) {
    show_path(tree, path->left);
  }
  if (path->right != NULL) {
    show_text(tree, " ");
    show_path(tree, path->right);
  }
  for (size_t i = 0; i < path->forward_count; i++) {
    show_text(tree, " ");
    show_term(tree, &path->forward[i]);
  }
  for (size_t i = 0; i < path->backward_count; i++) {
    show_text(tree, " ^");
    show_term(tree, &path->backward[i]);
  }
  show_text(tree, ")");
}

static void
show_triple(sparql_tree *tree, const bg_triple *triple)
{
  show_text(tree, " (");
  show_node(tree, &triple->subject);
  show_text(tree, " ");
  if (triple->path != NULL) {
    show_path(tree, triple->path);
  } else {
    show_node(tree, &triple->predicate);
  }
  show_text(tree, " ");
  show_node(tree, &triple->object);
  show_text(tree, ")");
}

// ---- expressions -----------------------------------------------------------

static const char *
name_of_expression(const bg_expression *expression)
{
  static const char *const names[] = {
      [BG_EXPRESSION_OR] = "||",
      [BG_EXPRESSION_AND] = "&&",
      [BG_EXPRESSION_EQUAL] = "=",
      [BG_EXPRESSION_NOT_EQUAL] = "!=",
      [BG_EXPRESSION_LESS] = "<",
      [BG_EXPRESSION_GREATER] = ">",
      [BG_EXPRESSION_LESS_OR_EQUAL] = "<=",
      [BG_EXPRESSION_GREATER_OR_EQUAL] = ">=",
      [BG_EXPRESSION_ADD] = "+",
      [BG_EXPRESSION_SUBTRACT] = "-",
      [BG_EXPRESSION_MULTIPLY] = "*",
      [BG_EXPRESSION_DIVIDE] = "/",
      [BG_EXPRESSION_IN] = "in",
      [BG_EXPRESSION_NOT_IN] = "not-in",
      [BG_EXPRESSION_NOT] = "!",
      [BG_EXPRESSION_PLUS] = "plus",
      [BG_EXPRESSION_MINUS] = "minus",
      [BG_EXPRESSION_CALL] = "call",
      [BG_EXPRESSION_EXISTS] = "exists",
      [BG_EXPRESSION_NOT_EXISTS] = "not-exists",
  };
  return expression->kind == BG_EXPRESSION_BUILT_IN
             ? bg_built_ins[expression->function].name
             : names[expression->kind];
}

static void
show_expression(sparql_tree *tree, const bg_expression *expression)
{
  if (expression->kind == BG_EXPRESSION_VARIABLE) {
    show_variable(tree, expression->variable);
    return;
  }
  if (expression->kind == BG_EXPRESSION_TERM) {
    show_term(tree, &expression->term);
    return;
  }
  bg_buffer_format(&tree->out, "(%s", name_of_expression(expression));
  if (expression->kind == BG_EXPRESSION_CALL) {
    show_text(tree, " ");
    show_term(tree, &expression->term);
  }
  show_text(tree, expression->is_distinct ? " distinct" : "");
  for (size_t i = 0; i < expression->argument_count; i++) {
    show_text(tree, " ");
    show_expression(tree, expression->arguments[i]);
  }
  if (expression->kind == BG_EXPRESSION_EXISTS ||
      expression->kind == BG_EXPRESSION_NOT_EXISTS) {
    show_text(tree, " ");
    show_operation(tree, expression->operation);
  }
  show_text(tree, ")");
}

static void
show_aggregate(sparql_tree *tree, const bg_aggregate *aggregate)
{
  static const char *const names[] = {
      "count", "sum", "min", "max", "avg", "sample", "group-concat",
  };
  show_text(tree, "(");
  show_variable(tree, aggregate->result);
  bg_buffer_format(&tree->out, " %s%s ", names[aggregate->kind],
                   aggregate->is_distinct ? " distinct" : "");
  if (aggregate->argument == NULL) {
    show_text(tree, "*");
  } else {
    show_expression(tree, aggregate->argument);
  }
  if (aggregate->kind == BG_GROUP_CONCAT) {
    bg_buffer_format(&tree->out, " \"%.*s\"",
                     BG_VIEW_ARGS(aggregate->separator));
  }
  show_text(tree, ")");
}

// ---- operations ------------------------------------------------------------

static void
show_values(sparql_tree *tree, const bg_operation *values)
{
  show_text(tree, " ");
  show_variables(tree, &values->variables);
  for (size_t row = 0; row < values->row_count; row++) {
    show_text(tree, " (");
    for (size_t i = 0; i < values->variables.count; i++) {
      show_text(tree, i > 0 ? " " : "");
      show_term(tree, &values->rows[row * values->variables.count + i]);
    }
    show_text(tree, ")");
  }
}

static void
show_group(sparql_tree *tree, const bg_operation *group)
{
  show_text(tree, " (");
  for (size_t i = 0; i < group->key_count; i++) {
    show_text(tree, i > 0 ? " (" : "(");
    show_variable(tree, group->keys[i].variable);
    show_text(tree, " ");
    show_expression(tree, group->keys[i].expression);
    show_text(tree, ")");
  }
  show_text(tree, ") (");
  for (size_t i = 0; i < group->aggregate_count; i++) {
    show_text(tree, i > 0 ? " " : "");
    show_aggregate(tree, &group->aggregates[i]);
  }
  show_text(tree, ")");
}

static void
show_order(sparql_tree *tree, const bg_operation *order)
{
  show_text(tree, " (");
  for (size_t i = 0; i < order->condition_count; i++) {
    const bg_order_condition *each = &order->conditions[i];
    show_text(tree, i > 0 ? " " : "");
    show_text(tree, each->is_descending ? "desc " : "");
    show_expression(tree, each->expression);
  }
  show_text(tree, ")");
}

static void
show_slice(sparql_tree *tree, const bg_operation *slice)
{
  bg_buffer_format(&tree->out, " %" PRIu64, slice->offset);
  if (slice->limit == UINT64_MAX) {
    show_text(tree, " all");
  } else {
    bg_buffer_format(&tree->out, " %" PRIu64, slice->limit);
  }
}

static void
show_triples(sparql_tree *tree, const bg_operation *operation)
{
  for (size_t i = 0; i < operation->triples.count; i++) {
    show_triple(tree, &operation->triples.items[i]);
  }
}

static void
show_name(sparql_tree *tree, const bg_operation *operation)
{
  show_text(tree, operation->is_silent ? " silent " : " ");
  show_node(tree, &operation->name);
}

static void
show_bound(sparql_tree *tree, const bg_operation *extend)
{
  show_text(tree, " ");
  show_variable(tree, extend->variable);
}

static void
show_columns(sparql_tree *tree, const bg_operation *project)
{
  show_text(tree, " ");
  show_variables(tree, &project->variables);
}

/// What an operation has beside those it is made upon.
static void
show_details(sparql_tree *tree, const bg_operation *operation)
{
  typedef void shower(sparql_tree * of, const bg_operation *shown);
  static shower *const showers[] = {
      [BG_OPERATION_TRIPLES] = show_triples,
      [BG_OPERATION_GRAPH] = show_name,
      [BG_OPERATION_EXTEND] = show_bound,
      [BG_OPERATION_VALUES] = show_values,
      [BG_OPERATION_SERVICE] = show_name,
      [BG_OPERATION_GROUP] = show_group,
      [BG_OPERATION_ORDER] = show_order,
      [BG_OPERATION_PROJECT] = show_columns,
      [BG_OPERATION_SLICE] = show_slice,
  };
  if (showers[operation->kind] != NULL) {
    showers[operation->kind](tree, operation);
  }
  if (operation->expression != NULL) {
    show_text(tree, " ");
    show_expression(tree, operation->expression);
  }
}

static void
show_operation(sparql_tree *tree, const bg_operation *operation)
{
  static const char *const names[] = {
      "triples", "join",     "left-join", "union",   "minus", "filter",
      "graph",   "extend",   "values",    "service", "group", "order",
      "project", "distinct", "reduced",   "slice",
  };
  if (operation == NULL) {
    show_text(tree, "{}");
    return;
  }
  bg_buffer_format(&tree->out, "(%s", names[operation->kind]);
  show_details(tree, operation);
  bool is_binary = operation->kind >= BG_OPERATION_JOIN &&
                   operation->kind <= BG_OPERATION_MINUS;
  if (operation->kind != BG_OPERATION_TRIPLES &&
      operation->kind != BG_OPERATION_VALUES) {
    show_text(tree, " ");
    show_operation(tree, operation->left);
  }
  if (is_binary) {
    show_text(tree, " ");
    show_operation(tree, operation->right);
  }
  if (operation->text.size > 0) {
    bg_buffer_format(&tree->out, " `%.*s`", BG_VIEW_ARGS(operation->text));
  }
  show_text(tree, ")");
}

// ---- whole requests --------------------------------------------------------

static void
show_template(sparql_tree *tree, const char *name, const bg_template *quads)
{
  if (quads->count == 0) {
    return;
  }
  bg_buffer_format(&tree->out, " (%s", name);
  for (size_t i = 0; i < quads->count; i++) {
    const bg_template_quad *each = &quads->items[i];
    show_text(tree, " (");
    show_node(tree, &each->subject);
    show_text(tree, " ");
    show_node(tree, &each->predicate);
    show_text(tree, " ");
    show_node(tree, &each->object);
    if (each->in_graph) {
      show_text(tree, " ");
      show_node(tree, &each->graph);
    }
    show_text(tree, ")");
  }
  show_text(tree, ")");
}

static void
show_terms(sparql_tree *tree, const char *name, const bg_term_list *terms)
{
  if (terms->count == 0) {
    return;
  }
  bg_buffer_format(&tree->out, " (%s", name);
  for (size_t i = 0; i < terms->count; i++) {
    show_text(tree, " ");
    show_term(tree, &terms->items[i]);
  }
  show_text(tree, ")");
}

static inline void
show_query(sparql_tree *tree, const bg_query *query)
{
  static const char *const names[] = {"select", "construct", "describe", "ask"};
  tree->variables = &query->variables;
  bg_buffer_format(&tree->out, "(%s", names[query->form]);
  if (query->form == BG_QUERY_SELECT || query->form == BG_QUERY_DESCRIBE) {
    show_text(tree, query->describes_all ? " * " : " ");
    show_variables(tree, &query->shown);
  }
  show_terms(tree, "iris", &query->described);
  show_template(tree, "template", &query->construct);
  show_terms(tree, "from", &query->from);
  show_terms(tree, "from-named", &query->from_named);
  show_text(tree, " ");
  show_operation(tree, query->where);
  show_text(tree, ")");
}

static void
show_graphs(sparql_tree *tree, const bg_graphs *graphs)
{
  static const char *const names[] = {"", " default", " named", " all"};
  show_text(tree, names[graphs->kind]);
  if (graphs->kind == BG_GRAPHS_ONE) {
    show_text(tree, " ");
    show_term(tree, &graphs->iri);
  }
}

static void
show_step(sparql_tree *tree, const bg_update_step *step)
{
  static const char *const names[] = {
      "insert-data", "delete-data", "modify", "load", "clear",
      "create",      "drop",        "copy",   "move", "add",
  };
  bg_buffer_format(&tree->out, "(%s%s", names[step->kind],
                   step->is_silent ? " silent" : "");
  if (step->kind == BG_UPDATE_LOAD) {
    show_text(tree, " ");
    show_term(tree, &step->source);
  }
  if (step->kind >= BG_UPDATE_COPY) {
    show_graphs(tree, &step->from);
  }
  if (step->kind >= BG_UPDATE_LOAD) {
    show_graphs(tree, &step->target);
  }
  if (step->has_with) {
    show_text(tree, " with ");
    show_term(tree, &step->with);
  }
  show_template(tree, "delete", &step->deleted);
  show_template(tree, "insert", &step->inserted);
  show_terms(tree, "using", &step->using_graphs);
  show_terms(tree, "using-named", &step->using_named);
  if (step->kind == BG_UPDATE_MODIFY) {
    show_text(tree, " ");
    show_operation(tree, step->where);
  }
  show_text(tree, ")");
}

static inline void
show_update(sparql_tree *tree, const bg_update *update)
{
  tree->variables = &update->variables;
  for (size_t i = 0; i < update->count; i++) {
    show_text(tree, i > 0 ? " " : "");
    show_step(tree, &update->steps[i]);
  }
}

#endif
