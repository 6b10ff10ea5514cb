/// Group graph patterns as algebra: rules 53, 54, 56 to 68, and section 18.2.2.

#include "sparql/parse.h"

/// A group as it is read.
typedef struct {
  bg_place place;
  size_t sights;              // when it began
  bg_operation *operation;    // of the elements so far
  bg_expression_list filters; // for its end (section 18.2.2.2)
  bg_operation *triples;      // the basic graph pattern that goes on, or NULL
  size_t pattern;             // number of that
  bg_operations joined;       // elements that come next, all joined
} group;

// ---- groups ----------------------------------------------------------------

/// Joins what is waiting: a long row of elements makes a balanced tree.
static bg_status
join_waiting(bg_sparql_parser *parser, group *to)
{
  bg_operation *joined;
  if (to->joined.count == 0) {
    return BG_OK;
  }
  if (to->operation != NULL) {
    // It stands before them, and the row is in order.
    to->joined.items[0] = to->operation;
  }
  bg_operations row = {
      .items = to->joined.items + (to->operation == NULL),
      .count = to->joined.count - (to->operation == NULL),
  };
  BG_TRY(bg_sparql_join_all(parser, BG_OPERATION_JOIN, &row, &joined));
  to->operation = joined;
  to->joined.count = 0;
  return BG_OK;
}

/// Joins an element with those before it: Join(Z, A) is A (section 18.2.2.8).
static void
add_joined(bg_sparql_parser *parser, group *to, bg_operation *element)
{
  if (element == NULL) {
    return;
  }
  if (to->joined.count == 0) {
    BG_PUSH(parser->arena, &to->joined) = NULL; // for what comes before
  }
  BG_PUSH(parser->arena, &to->joined) = element;
}

/// The end of a basic graph pattern (section 18.2.2.5).
static void
end_triples(group *of)
{
  of->triples = NULL;
}

/// [55] TriplesBlock. Filters do not part it from the one before.
static bg_status
read_triples(bg_sparql_parser *parser, group *to)
{
  if (to->triples == NULL) {
    BG_TRY(bg_sparql_operation(parser, BG_OPERATION_TRIPLES,
                               parser->token.place, NULL, NULL, &to->triples));
    add_joined(parser, to, to->triples);
    to->pattern = ++parser->pattern_count;
  }
  bg_triple_target target = {
      .triples = &to->triples->triples,
      .pattern = to->pattern,
      .has_paths = true,
  };
  return bg_parse_triples(parser, &target);
}

/// [68] Filter ::= 'FILTER' Constraint
static bg_status
read_filter(bg_sparql_parser *parser, group *to)
{
  bg_expression *filter;
  BG_TRY(bg_sparql_expect(parser, "FILTER"));
  BG_TRY(bg_parse_constraint(parser, &filter));
  BG_PUSH(parser->arena, &to->filters) = filter;
  return BG_OK;
}

static bg_status read_group(bg_sparql_parser *parser, bg_operation **operation,
                            bg_expression **filter);

/// [57] OptionalGraphPattern ::= 'OPTIONAL' GroupGraphPattern
/// The filters of that group are the condition.
static bg_status
read_optional(bg_sparql_parser *parser, group *to)
{
  bg_operation *optional;
  bg_expression *condition;
  bg_place place = parser->token.place;
  BG_TRY(bg_sparql_expect(parser, "OPTIONAL"));
  BG_TRY(read_group(parser, &optional, &condition));
  BG_TRY(join_waiting(parser, to));
  BG_TRY(bg_sparql_operation(parser, BG_OPERATION_LEFT_JOIN, place,
                             to->operation, optional, &to->operation));
  to->operation->expression = condition;
  return condition == NULL
             ? BG_OK
             : bg_sparql_deepen(parser, to->operation, condition->depth);
}

/// [66] MinusGraphPattern ::= 'MINUS' GroupGraphPattern
/// Nothing of it is in scope outside.
static bg_status
read_minus(bg_sparql_parser *parser, group *to)
{
  bg_operation *without;
  bg_place place = parser->token.place;
  size_t sights = parser->sights.count;
  BG_TRY(bg_sparql_expect(parser, "MINUS"));
  BG_TRY(bg_parse_group(parser, &without));
  bg_sparql_forget(parser, sights);
  BG_TRY(join_waiting(parser, to));
  return bg_sparql_operation(parser, BG_OPERATION_MINUS, place, to->operation,
                             without, &to->operation);
}

/// [60] Bind ::= 'BIND' '(' Expression 'AS' Var ')'
static bg_status
read_bind(bg_sparql_parser *parser, group *to)
{
  bg_expression *expression;
  bg_variable variable;
  bg_place place = parser->token.place;
  BG_TRY(bg_sparql_expect(parser, "BIND"));
  BG_TRY(bg_sparql_expect(parser, "("));
  BG_TRY(bg_parse_expression(parser, &expression));
  BG_TRY(bg_sparql_expect(parser, "AS"));
  bg_place of_variable = parser->token.place;
  BG_TRY(bg_parse_variable(parser, &variable));
  if (bg_sparql_has_seen(parser, variable, to->sights)) {
    return bg_sparql_refuse(parser, of_variable,
                            "?%.*s is bound before this BIND",
                            BG_VIEW_ARGS(bg_sparql_name(parser, variable)));
  }
  BG_TRY(bg_sparql_expect(parser, ")"));
  bg_sparql_see(parser, variable);
  BG_TRY(join_waiting(parser, to));
  BG_TRY(bg_sparql_operation(parser, BG_OPERATION_EXTEND, place, to->operation,
                             NULL, &to->operation));
  to->operation->variable = variable;
  to->operation->expression = expression;
  return bg_sparql_deepen(parser, to->operation, expression->depth);
}

/// [58] GraphGraphPattern ::= 'GRAPH' VarOrIri GroupGraphPattern
/// [59] ServiceGraphPattern ::= 'SERVICE' 'SILENT'? VarOrIri GroupGraphPattern
static bg_status
read_graph_or_service(bg_sparql_parser *parser, group *to)
{
  bg_place place = parser->token.place;
  bool is_service = bg_sparql_is_at(parser, "SERVICE");
  bg_sparql_advance(parser);
  bool is_silent = is_service && bg_sparql_take(parser, "SILENT");
  bg_var_or_term name;
  BG_TRY(bg_parse_var_or_iri(parser, &name));
  if (name.is_variable) {
    bg_sparql_see(parser, name.variable);
  }
  bg_operation *inside;
  size_t start = parser->token.start;
  BG_TRY(bg_parse_group(parser, &inside));
  bg_operation *operation;
  BG_TRY(bg_sparql_operation(
      parser, is_service ? BG_OPERATION_SERVICE : BG_OPERATION_GRAPH, place,
      inside, NULL, &operation));
  operation->name = name;
  operation->is_silent = is_silent;
  if (is_service) {
    operation->text =
        bg_view_slice(parser->lexer.text, start, parser->last_end);
  }
  add_joined(parser, to, operation);
  return BG_OK;
}

/// [67] GroupOrUnionGraphPattern ::=
///        GroupGraphPattern ( 'UNION' GroupGraphPattern )*
static bg_status
read_group_or_union(bg_sparql_parser *parser, group *to)
{
  bg_operations all = {.items = NULL};
  bg_operation *operation;
  do {
    BG_TRY(bg_parse_group(parser, &operation));
    BG_PUSH(parser->arena, &all) = operation;
  } while (bg_sparql_take(parser, "UNION"));
  BG_TRY(bg_sparql_join_all(parser, BG_OPERATION_UNION, &all, &operation));
  add_joined(parser, to, operation);
  return BG_OK;
}

/// [61] InlineData ::= 'VALUES' DataBlock
static bg_status
read_values(bg_sparql_parser *parser, group *to)
{
  bg_operation *values;
  BG_TRY(bg_sparql_expect(parser, "VALUES"));
  BG_TRY(bg_parse_data_block(parser, &values));
  add_joined(parser, to, values);
  return BG_OK;
}

static const struct {
  const char *word;
  bg_status (*read)(bg_sparql_parser *parser, group *to);
} elements[] = {
    {"{", read_group_or_union},
    {"OPTIONAL", read_optional},
    {"MINUS", read_minus},
    {"GRAPH", read_graph_or_service},
    {"SERVICE", read_graph_or_service},
    {"FILTER", read_filter},
    {"BIND", read_bind},
    {"VALUES", read_values},
};

/// [56] GraphPatternNotTriples ::= GroupOrUnionGraphPattern |
///        OptionalGraphPattern | MinusGraphPattern | GraphGraphPattern |
///        ServiceGraphPattern | Filter | Bind | InlineData
/// `is_read` is false where none begins.
static bg_status
read_element(bg_sparql_parser *parser, group *to, bool *is_read)
{
  for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
    if (bg_sparql_is_at(parser, elements[i].word)) {
      *is_read = true;
      BG_TRY(elements[i].read(parser, to));
      if (elements[i].read != read_filter) {
        end_triples(to);
      }
      return BG_OK;
    }
  }
  *is_read = false;
  return BG_OK;
}

/// [54] GroupGraphPatternSub ::=
///        TriplesBlock? ( GraphPatternNotTriples '.'? TriplesBlock? )*
static bg_status
read_group_sub(bg_sparql_parser *parser, group *to)
{
  bool is_element = true;
  while (is_element) {
    if (bg_is_at_triples(parser)) {
      BG_TRY(read_triples(parser, to));
    }
    BG_TRY(read_element(parser, to, &is_element));
    if (is_element) {
      bg_sparql_take(parser, ".");
    }
  }
  return join_waiting(parser, to);
}

/// [53] GroupGraphPattern ::= '{' ( SubSelect | GroupGraphPatternSub ) '}'
/// `filter` is that of the group's end, or NULL.
static bg_status
read_group(bg_sparql_parser *parser, bg_operation **operation,
           bg_expression **filter)
{
  group read = {.place = parser->token.place, .sights = parser->sights.count};
  bg_level *level = parser->level;
  BG_TRY(bg_sparql_enter(parser));
  BG_TRY(bg_sparql_expect(parser, "{"));
  parser->level = NULL;
  if (bg_sparql_is_at(parser, "SELECT")) {
    BG_TRY(bg_parse_sub_select(parser, &read.operation));
  } else {
    BG_TRY(read_group_sub(parser, &read));
  }
  BG_TRY(bg_sparql_close(parser, "}", "a pattern, '.' or '}'"));
  parser->level = level;
  bg_sparql_leave(parser);
  *operation = read.operation;
  return bg_sparql_connect_all(parser, BG_EXPRESSION_AND, &read.filters,
                               filter);
}

bg_status
bg_parse_group(bg_sparql_parser *parser, bg_operation **operation)
{
  bg_place place = parser->token.place;
  bg_expression *filter;
  BG_TRY(read_group(parser, operation, &filter));
  if (filter == NULL) {
    return BG_OK;
  }
  BG_TRY(bg_sparql_operation(parser, BG_OPERATION_FILTER, place, *operation,
                             NULL, operation));
  (*operation)->expression = filter;
  return bg_sparql_deepen(parser, *operation, filter->depth);
}

// ---- data ------------------------------------------------------------------

typedef bg_term_list cells;

/// [65] DataBlockValue ::= iri | RDFLiteral | NumericLiteral |
///                         BooleanLiteral | 'UNDEF'
static bg_status
read_cell(bg_sparql_parser *parser, cells *row)
{
  bg_term cell = {.kind = BG_TERM_NONE};
  if (bg_is_at_iri(parser)) {
    BG_TRY(bg_parse_iri(parser, &cell));
  } else if (bg_is_at_literal(parser)) {
    BG_TRY(bg_parse_literal(parser, &cell));
  } else if (!bg_sparql_take(parser, "UNDEF")) {
    return bg_sparql_want(parser, "an IRI, a literal or UNDEF");
  }
  BG_PUSH(parser->arena, row) = cell;
  return BG_OK;
}

static bool
is_at_cell(const bg_sparql_parser *parser)
{
  return bg_is_at_iri(parser) || bg_is_at_literal(parser) ||
         bg_sparql_is_at(parser, "UNDEF");
}

/// [63] InlineDataOneVar ::= Var '{' DataBlockValue* '}'
static bg_status
read_one_column(bg_sparql_parser *parser, bg_operation *values, cells *rows)
{
  bg_variable variable;
  BG_TRY(bg_parse_variable(parser, &variable));
  BG_PUSH(parser->arena, &values->variables) = variable;
  bg_sparql_see(parser, variable);
  BG_TRY(bg_sparql_expect(parser, "{"));
  while (is_at_cell(parser)) {
    BG_TRY(read_cell(parser, rows));
  }
  values->row_count = rows->count;
  return bg_sparql_close(parser, "}", "an IRI, a literal, UNDEF or '}'");
}

/// '(' DataBlockValue* ')' | NIL
static bg_status
read_cells(bg_sparql_parser *parser, cells *rows)
{
  if (bg_sparql_take(parser, "()")) {
    return BG_OK;
  }
  BG_TRY(bg_sparql_expect(parser, "("));
  while (is_at_cell(parser)) {
    BG_TRY(read_cell(parser, rows));
  }
  return bg_sparql_close(parser, ")", "an IRI, a literal, UNDEF or ')'");
}

/// As many as there are columns.
static bg_status
read_row(bg_sparql_parser *parser, size_t columns, cells *rows)
{
  bg_place place = parser->token.place;
  size_t before = rows->count;
  BG_TRY(read_cells(parser, rows));
  return rows->count - before == columns
             ? BG_OK
             : bg_sparql_refuse(
                   parser, place, "a row of %zu for %zu variable%s",
                   rows->count - before, columns, columns == 1 ? "" : "s");
}

/// ( NIL | '(' Var* ')' )
static bg_status
read_columns(bg_sparql_parser *parser, bg_operation *values)
{
  if (bg_sparql_take(parser, "()")) {
    return BG_OK;
  }
  size_t sights = parser->sights.count;
  BG_TRY(bg_sparql_expect(parser, "("));
  while (parser->token.kind == BG_TOKEN_VARIABLE) {
    bg_place place = parser->token.place;
    bg_variable variable;
    BG_TRY(bg_parse_variable(parser, &variable));
    if (bg_sparql_has_seen(parser, variable, sights)) {
      return bg_sparql_refuse(parser, place, "?%.*s stands here twice",
                              BG_VIEW_ARGS(bg_sparql_name(parser, variable)));
    }
    BG_PUSH(parser->arena, &values->variables) = variable;
    bg_sparql_see(parser, variable);
  }
  return bg_sparql_close(parser, ")", "a variable or ')'");
}

/// [64] InlineDataFull ::= ( NIL | '(' Var* ')' )
///                         '{' ( '(' DataBlockValue* ')' | NIL )* '}'
static bg_status
read_columns_and_rows(bg_sparql_parser *parser, bg_operation *values,
                      cells *rows)
{
  BG_TRY(read_columns(parser, values));
  BG_TRY(bg_sparql_expect(parser, "{"));
  while (bg_sparql_is_at(parser, "(") || bg_sparql_is_at(parser, "()")) {
    BG_TRY(read_row(parser, values->variables.count, rows));
    values->row_count++;
  }
  return bg_sparql_close(parser, "}", "'(' or '}'");
}

/// [62] DataBlock ::= InlineDataOneVar | InlineDataFull
bg_status
bg_parse_data_block(bg_sparql_parser *parser, bg_operation **values)
{
  cells rows = {.items = NULL};
  BG_TRY(bg_sparql_operation(parser, BG_OPERATION_VALUES, parser->token.place,
                             NULL, NULL, values));
  if (parser->token.kind != BG_TOKEN_VARIABLE &&
      !bg_sparql_is_at(parser, "(") && !bg_sparql_is_at(parser, "()")) {
    return bg_sparql_want(parser, "a variable or '('");
  }
  BG_TRY(parser->token.kind == BG_TOKEN_VARIABLE
             ? read_one_column(parser, *values, &rows)
             : read_columns_and_rows(parser, *values, &rows));
  (*values)->rows = rows.items;
  return BG_OK;
}
