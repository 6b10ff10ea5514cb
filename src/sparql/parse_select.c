/// SELECT, and the modifiers of all queries: rules 7 to 9, 18 to 28, and
/// section 18.2.4.

#include "sparql/parse.h"

/// What stands between SELECT and the pattern.
typedef struct {
  bg_place place;
  bg_variable variable;
  bg_expression *expression; // NULL: a plain variable
} column;

typedef struct {
  column *items;
  size_t count;
  size_t capacity;
} columns;

typedef struct {
  bg_group_key *items;
  size_t count;
  size_t capacity;
} group_keys;

typedef struct {
  bg_order_condition *items;
  size_t count;
  size_t capacity;
} order_conditions;

/// A query or sub-select as it is read.
typedef struct {
  bg_place place;
  size_t sights; // when it began
  bg_level level;
  bool is_select;
  bool is_all; // SELECT *
  bool is_distinct;
  bool is_reduced;
  columns columns;
  group_keys keys;
  bg_expression_list having;
  order_conditions conditions;
  bool has_slice;
  uint64_t offset;
  uint64_t limit;
  bg_operation *values; // or NULL
  bool has_values;
  bg_operation *operation; // what all is made upon
  bg_variable_list shown;
} selection;

static void
begin(bg_sparql_parser *parser, selection *read)
{
  *read = (selection){
      .place = parser->token.place,
      .sights = parser->sights.count,
      .limit = UINT64_MAX,
  };
  bg_map_init(&read->level.by_text, parser->arena);
}

// ---- the columns -----------------------------------------------------------

/// '(' Expression 'AS' Var ')'
static bg_status
read_alias(bg_sparql_parser *parser, column *read)
{
  BG_TRY(bg_sparql_expect(parser, "("));
  BG_TRY(bg_parse_expression(parser, &read->expression));
  BG_TRY(bg_sparql_expect(parser, "AS"));
  read->place = parser->token.place;
  BG_TRY(bg_parse_variable(parser, &read->variable));
  return bg_sparql_expect(parser, ")");
}

/// ( Var | ( '(' Expression 'AS' Var ')' ) )
static bg_status
read_column(bg_sparql_parser *parser, selection *to)
{
  column read = {.place = parser->token.place};
  BG_TRY(bg_sparql_is_at(parser, "(")
             ? read_alias(parser, &read)
             : bg_parse_variable(parser, &read.variable));
  BG_PUSH(parser->arena, &to->columns) = read;
  return BG_OK;
}

/// [9] SelectClause ::= 'SELECT' ( 'DISTINCT' | 'REDUCED' )?
///       ( ( Var | ( '(' Expression 'AS' Var ')' ) )+ | '*' )
static bg_status
read_select_clause(bg_sparql_parser *parser, selection *to)
{
  BG_TRY(bg_sparql_expect(parser, "SELECT"));
  to->is_select = true;
  to->is_distinct = bg_sparql_take(parser, "DISTINCT");
  to->is_reduced = !to->is_distinct && bg_sparql_take(parser, "REDUCED");
  if (bg_sparql_take(parser, "*")) {
    to->is_all = true;
    return BG_OK;
  }
  parser->level = &to->level;
  while (parser->token.kind == BG_TOKEN_VARIABLE ||
         bg_sparql_is_at(parser, "(")) {
    BG_TRY(read_column(parser, to));
  }
  parser->level = NULL;
  return to->columns.count > 0
             ? BG_OK
             : bg_sparql_want(parser, "a variable, '(' or '*'");
}

// ---- the modifiers ---------------------------------------------------------

/// '(' Expression ( 'AS' Var )? ')', behind the bracket
static bg_status
read_bracketted_key(bg_sparql_parser *parser, size_t sights, bg_group_key *key,
                    bool *has_name)
{
  BG_TRY(bg_parse_expression(parser, &key->expression));
  *has_name = bg_sparql_take(parser, "AS");
  if (*has_name) {
    bg_place place = parser->token.place;
    BG_TRY(bg_parse_variable(parser, &key->variable));
    if (bg_sparql_has_seen(parser, key->variable, sights)) {
      return bg_sparql_refuse(
          parser, place, "?%.*s is in scope before this AS",
          BG_VIEW_ARGS(bg_sparql_name(parser, key->variable)));
    }
    bg_sparql_see(parser, key->variable);
  }
  return bg_sparql_expect(parser, ")");
}

/// Constraint | Var
static bg_status
read_constraint_or_variable(bg_sparql_parser *parser,
                            bg_expression **expression)
{
  if (parser->token.kind != BG_TOKEN_VARIABLE) {
    return bg_parse_constraint(parser, expression);
  }
  BG_TRY(bg_sparql_expression(parser, BG_EXPRESSION_VARIABLE,
                              parser->token.place, NULL, 0, expression));
  return bg_parse_variable(parser, &(*expression)->variable);
}

static bool
is_at_key(const bg_sparql_parser *parser)
{
  return bg_is_at_constraint(parser) || parser->token.kind == BG_TOKEN_VARIABLE;
}

/// [20] GroupCondition ::= BuiltInCall | FunctionCall |
///        '(' Expression ( 'AS' Var )? ')' | Var
static bg_status
read_key(bg_sparql_parser *parser, selection *to)
{
  bg_group_key key = {.expression = NULL};
  bool has_name = false;
  if (!is_at_key(parser)) {
    return bg_sparql_want(parser, "a variable, '(' or a function");
  }
  BG_TRY(bg_sparql_take(parser, "(")
             ? read_bracketted_key(parser, to->sights, &key, &has_name)
             : read_constraint_or_variable(parser, &key.expression));
  if (!has_name) {
    bool is_variable = key.expression->kind == BG_EXPRESSION_VARIABLE;
    key.variable =
        is_variable ? key.expression->variable : bg_sparql_nameless(parser);
  }
  to->level.depth = bg_deeper(to->level.depth, key.expression->depth);
  BG_PUSH(parser->arena, &to->keys) = key;
  return BG_OK;
}

/// [19] GroupClause ::= 'GROUP' 'BY' GroupCondition+
static bg_status
read_group_clause(bg_sparql_parser *parser, selection *to)
{
  if (!bg_sparql_take(parser, "GROUP")) {
    return BG_OK;
  }
  BG_TRY(bg_sparql_expect(parser, "BY"));
  do {
    BG_TRY(read_key(parser, to));
  } while (is_at_key(parser));
  return BG_OK;
}

/// [21] HavingClause ::= 'HAVING' HavingCondition+
/// [22] HavingCondition ::= Constraint
static bg_status
read_having_clause(bg_sparql_parser *parser, selection *to)
{
  if (!bg_sparql_take(parser, "HAVING")) {
    return BG_OK;
  }
  parser->level = &to->level;
  do {
    bg_expression *condition;
    BG_TRY(bg_parse_constraint(parser, &condition));
    BG_PUSH(parser->arena, &to->having) = condition;
  } while (bg_is_at_constraint(parser));
  parser->level = NULL;
  return BG_OK;
}

static bool
is_at_order(const bg_sparql_parser *parser)
{
  return is_at_key(parser) || bg_sparql_is_at(parser, "ASC") ||
         bg_sparql_is_at(parser, "DESC");
}

/// [24] OrderCondition ::= ( ( 'ASC' | 'DESC' ) BrackettedExpression ) |
///                         ( Constraint | Var )
static bg_status
read_order_condition(bg_sparql_parser *parser, selection *to)
{
  bg_order_condition condition = {.expression = NULL};
  condition.is_descending = bg_sparql_take(parser, "DESC");
  bool is_bracketted = condition.is_descending || bg_sparql_take(parser, "ASC");
  if (!is_bracketted && !is_at_key(parser)) {
    return bg_sparql_want(parser, "a variable, '(', a function, ASC or DESC");
  }
  BG_TRY(is_bracketted
             ? bg_parse_bracketted(parser, &condition.expression)
             : read_constraint_or_variable(parser, &condition.expression));
  BG_PUSH(parser->arena, &to->conditions) = condition;
  return BG_OK;
}

/// [23] OrderClause ::= 'ORDER' 'BY' OrderCondition+
static bg_status
read_order_clause(bg_sparql_parser *parser, selection *to)
{
  if (!bg_sparql_take(parser, "ORDER")) {
    return BG_OK;
  }
  BG_TRY(bg_sparql_expect(parser, "BY"));
  parser->level = &to->level;
  do {
    BG_TRY(read_order_condition(parser, to));
  } while (is_at_order(parser));
  parser->level = NULL;
  return BG_OK;
}

/// INTEGER; what is more than fits is as good as the most.
static bg_status
read_count(bg_sparql_parser *parser, uint64_t *count)
{
  bg_view digits = parser->token.text;
  if (parser->token.kind != BG_TOKEN_INTEGER || !bg_is_digit(digits.bytes[0])) {
    return bg_sparql_want(parser, "a whole number");
  }
  *count = 0;
  for (size_t i = 0; i < digits.size; i++) {
    uint64_t digit = (uint64_t)(digits.bytes[i] - '0');
    *count =
        *count > (UINT64_MAX - digit) / 10 ? UINT64_MAX : *count * 10 + digit;
  }
  bg_sparql_advance(parser);
  return BG_OK;
}

/// [25] LimitOffsetClauses ::=
///        LimitClause OffsetClause? | OffsetClause LimitClause?
/// [26] LimitClause ::= 'LIMIT' INTEGER
/// [27] OffsetClause ::= 'OFFSET' INTEGER
static bg_status
read_limit_and_offset(bg_sparql_parser *parser, selection *to)
{
  bool has_limit = false;
  bool has_offset = false;
  for (;;) {
    if (!has_limit && bg_sparql_take(parser, "LIMIT")) {
      has_limit = true;
      BG_TRY(read_count(parser, &to->limit));
    } else if (!has_offset && bg_sparql_take(parser, "OFFSET")) {
      has_offset = true;
      BG_TRY(read_count(parser, &to->offset));
    } else {
      to->has_slice = has_limit || has_offset;
      return BG_OK;
    }
  }
}

/// [18] SolutionModifier ::=
///        GroupClause? HavingClause? OrderClause? LimitOffsetClauses?
/// [28] ValuesClause ::= ( 'VALUES' DataBlock )?
static bg_status
read_modifiers(bg_sparql_parser *parser, selection *to)
{
  BG_TRY(read_group_clause(parser, to));
  BG_TRY(read_having_clause(parser, to));
  BG_TRY(read_order_clause(parser, to));
  BG_TRY(read_limit_and_offset(parser, to));
  if (bg_sparql_take(parser, "VALUES")) {
    to->has_values = true;
    BG_TRY(bg_parse_data_block(parser, &to->values));
  }
  return BG_OK;
}

// ---- checks ----------------------------------------------------------------

static bool
is_grouped(const selection *read)
{
  return read->keys.count > 0 || read->level.aggregates.count > 0;
}

/// Section 19.8, note 12: what AS names is new.
static bg_status
check_alias(bg_sparql_parser *parser, const selection *read, const column *each)
{
  unsigned flags = bg_sparql_state(parser, each->variable)->flags;
  if ((flags & (BG_IS_KEY | BG_IS_COLUMN)) != 0 ||
      bg_sparql_has_seen(parser, each->variable, read->sights)) {
    return bg_sparql_refuse(
        parser, each->place, "?%.*s is in scope before this AS",
        BG_VIEW_ARGS(bg_sparql_name(parser, each->variable)));
  }
  return BG_OK;
}

/// Section 11.4: of a group, only its keys and aggregates are known, and what
/// was made of these. Aggregates are variables without a name here.
static bg_status
check_of_group(bg_sparql_parser *parser, const bg_expression *expression)
{
  if (expression->kind == BG_EXPRESSION_VARIABLE) {
    bg_view name = bg_sparql_name(parser, expression->variable);
    unsigned flags = bg_sparql_state(parser, expression->variable)->flags;
    if (name.size > 0 && (flags & (BG_IS_KEY | BG_IS_ALIAS)) == 0) {
      return bg_sparql_refuse(
          parser, expression->place,
          "?%.*s is neither in GROUP BY nor in an aggregate",
          BG_VIEW_ARGS(name));
    }
  }
  for (size_t i = 0; i < expression->argument_count; i++) {
    BG_TRY(check_of_group(parser, expression->arguments[i]));
  }
  return BG_OK;
}

static bg_status
check_column(bg_sparql_parser *parser, const selection *read,
             const column *each)
{
  if (each->expression != NULL) {
    BG_TRY(check_alias(parser, read, each));
  }
  if (!is_grouped(read)) {
    return BG_OK;
  }
  if (each->expression != NULL) {
    return check_of_group(parser, each->expression);
  }
  const bg_expression plain = {
      .kind = BG_EXPRESSION_VARIABLE,
      .place = each->place,
      .variable = each->variable,
  };
  return check_of_group(parser, &plain);
}

/// Marks keys and columns, and lists those that are shown: each once.
static bg_status
check_columns(bg_sparql_parser *parser, selection *read)
{
  parser->stamp++;
  for (size_t i = 0; i < read->keys.count; i++) {
    bg_sparql_state(parser, read->keys.items[i].variable)->flags |= BG_IS_KEY;
  }
  if (read->is_all && is_grouped(read)) {
    return bg_sparql_refuse(parser, read->place,
                            "SELECT * of a query with groups");
  }
  if (read->is_all) {
    read->shown = bg_sparql_visible(parser, read->sights);
  }
  for (size_t i = 0; i < read->columns.count; i++) {
    const column *each = &read->columns.items[i];
    BG_TRY(check_column(parser, read, each));
    bg_variable_state *state = bg_sparql_state(parser, each->variable);
    if ((state->flags & BG_IS_COLUMN) == 0) {
      BG_PUSH(parser->arena, &read->shown) = each->variable;
    }
    state->flags |=
        BG_IS_COLUMN | (each->expression != NULL ? BG_IS_ALIAS : 0U);
  }
  return BG_OK;
}

// ---- as algebra ------------------------------------------------------------

/// Section 18.2.4.1: in HAVING and ORDER BY, a variable that is none of the
/// group stands for SAMPLE of it.
static bg_status
sample_variables(bg_sparql_parser *parser, selection *read,
                 bg_expression *expression, unsigned known)
{
  for (size_t i = 0; i < expression->argument_count; i++) {
    BG_TRY(sample_variables(parser, read, expression->arguments[i], known));
  }
  if (expression->kind != BG_EXPRESSION_VARIABLE ||
      bg_sparql_name(parser, expression->variable).size == 0 ||
      (bg_sparql_state(parser, expression->variable)->flags & known) != 0) {
    return BG_OK;
  }
  bg_variable variable = expression->variable;
  if ((bg_sparql_state(parser, variable)->flags & BG_IS_SAMPLED) == 0) {
    bg_aggregate sample = {
        .kind = BG_SAMPLE,
        .result = bg_sparql_nameless(parser),
    };
    BG_TRY(bg_sparql_expression(parser, BG_EXPRESSION_VARIABLE,
                                expression->place, NULL, 0, &sample.argument));
    sample.argument->variable = variable;
    BG_PUSH(parser->arena, &read->level.aggregates) = sample;
    bg_variable_state *state = bg_sparql_state(parser, variable);
    state->flags |= BG_IS_SAMPLED;
    state->sample = sample.result;
  }
  expression->variable = bg_sparql_state(parser, variable)->sample;
  return BG_OK;
}

/// What SELECT names is known in ORDER BY, which comes after it; not in HAVING.
static bg_status
sample_all(bg_sparql_parser *parser, selection *read)
{
  for (size_t i = 0; i < read->having.count; i++) {
    BG_TRY(sample_variables(parser, read, read->having.items[i], BG_IS_KEY));
  }
  for (size_t i = 0; i < read->conditions.count; i++) {
    BG_TRY(sample_variables(parser, read, read->conditions.items[i].expression,
                            BG_IS_KEY | BG_IS_ALIAS));
  }
  return BG_OK;
}

/// Puts an operation upon those so far.
static bg_status
put(bg_sparql_parser *parser, selection *read, bg_operation_kind kind)
{
  return bg_sparql_operation(parser, kind, read->place, read->operation, NULL,
                             &read->operation);
}

static bg_status
put_group(bg_sparql_parser *parser, selection *read)
{
  if (!is_grouped(read)) {
    return BG_OK;
  }
  BG_TRY(sample_all(parser, read));
  BG_TRY(put(parser, read, BG_OPERATION_GROUP));
  read->operation->keys = read->keys.items;
  read->operation->key_count = read->keys.count;
  read->operation->aggregates = read->level.aggregates.items;
  read->operation->aggregate_count = read->level.aggregates.count;
  return bg_sparql_deepen(parser, read->operation, read->level.depth);
}

static bg_status
put_having(bg_sparql_parser *parser, selection *read)
{
  bg_expression *having;
  BG_TRY(
      bg_sparql_connect_all(parser, BG_EXPRESSION_AND, &read->having, &having));
  if (having == NULL) {
    return BG_OK;
  }
  BG_TRY(put(parser, read, BG_OPERATION_FILTER));
  read->operation->expression = having;
  return bg_sparql_deepen(parser, read->operation, having->depth);
}

static bg_status
put_values(bg_sparql_parser *parser, selection *read)
{
  if (!read->has_values || read->operation == NULL) {
    read->operation = read->has_values ? read->values : read->operation;
    return BG_OK;
  }
  return bg_sparql_operation(parser, BG_OPERATION_JOIN, read->values->place,
                             read->operation, read->values, &read->operation);
}

static bg_status
put_expressions(bg_sparql_parser *parser, selection *read)
{
  for (size_t i = 0; i < read->columns.count; i++) {
    const column *each = &read->columns.items[i];
    if (each->expression != NULL) {
      BG_TRY(put(parser, read, BG_OPERATION_EXTEND));
      read->operation->variable = each->variable;
      read->operation->expression = each->expression;
      BG_TRY(
          bg_sparql_deepen(parser, read->operation, each->expression->depth));
    }
  }
  return BG_OK;
}

static bg_status
put_order(bg_sparql_parser *parser, selection *read)
{
  size_t depth = 0;
  if (read->conditions.count == 0) {
    return BG_OK;
  }
  for (size_t i = 0; i < read->conditions.count; i++) {
    depth = bg_deeper(depth, read->conditions.items[i].expression->depth);
  }
  BG_TRY(put(parser, read, BG_OPERATION_ORDER));
  read->operation->conditions = read->conditions.items;
  read->operation->condition_count = read->conditions.count;
  return bg_sparql_deepen(parser, read->operation, depth);
}

/// Projection, then what is about whole rows.
static bg_status
put_columns(bg_sparql_parser *parser, selection *read)
{
  if (!read->is_select) {
    return BG_OK;
  }
  BG_TRY(put(parser, read, BG_OPERATION_PROJECT));
  read->operation->variables = read->shown;
  if (read->is_reduced) {
    return put(parser, read, BG_OPERATION_REDUCED);
  }
  return read->is_distinct ? put(parser, read, BG_OPERATION_DISTINCT) : BG_OK;
}

static bg_status
put_slice(bg_sparql_parser *parser, selection *read)
{
  if (!read->has_slice) {
    return BG_OK;
  }
  BG_TRY(put(parser, read, BG_OPERATION_SLICE));
  read->operation->offset = read->offset;
  read->operation->limit = read->limit;
  return BG_OK;
}

/// Sections 18.2.4 and 18.2.5, in their order.
static bg_status
finish(bg_sparql_parser *parser, selection *read)
{
  static bg_status (*const puts[])(bg_sparql_parser * parser,
                                   selection * read) = {
      put_group, put_having,  put_values, put_expressions,
      put_order, put_columns, put_slice,
  };
  BG_TRY(check_columns(parser, read));
  for (size_t i = 0; i < sizeof puts / sizeof *puts; i++) {
    BG_TRY(puts[i](parser, read));
  }
  return BG_OK;
}

// ---- queries ---------------------------------------------------------------

/// [7] SelectQuery ::= SelectClause DatasetClause* WhereClause SolutionModifier
/// and the ValuesClause behind.
bg_status
bg_parse_select(bg_sparql_parser *parser, bg_query *query)
{
  selection read;
  begin(parser, &read);
  BG_TRY(read_select_clause(parser, &read));
  BG_TRY(bg_parse_datasets(parser, query));
  BG_TRY(bg_parse_where(parser, &read.operation));
  BG_TRY(read_modifiers(parser, &read));
  BG_TRY(finish(parser, &read));
  query->where = read.operation;
  query->shown = read.shown;
  return BG_OK;
}

/// [8] SubSelect ::= SelectClause WhereClause SolutionModifier ValuesClause
/// Only what it shows is in scope outside.
bg_status
bg_parse_sub_select(bg_sparql_parser *parser, bg_operation **operation)
{
  selection *read = BG_NEW(parser->arena, selection);
  begin(parser, read);
  BG_TRY(read_select_clause(parser, read));
  BG_TRY(bg_parse_where(parser, &read->operation));
  BG_TRY(read_modifiers(parser, read));
  BG_TRY(finish(parser, read));
  bg_sparql_forget(parser, read->sights);
  for (size_t i = 0; i < read->shown.count; i++) {
    bg_sparql_see(parser, read->shown.items[i]);
  }
  *operation = read->operation;
  return BG_OK;
}

/// SolutionModifier and ValuesClause of the other forms, upon `where`.
bg_status
bg_parse_modifiers(bg_sparql_parser *parser, bg_operation **where)
{
  selection read;
  begin(parser, &read);
  read.sights = 0;
  read.operation = *where;
  BG_TRY(read_modifiers(parser, &read));
  BG_TRY(finish(parser, &read));
  *where = read.operation;
  return BG_OK;
}
