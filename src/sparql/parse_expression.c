/// Expressions: rules 110 to 120, and the constraints of rule 69.

#include "sparql/parse.h"

static bg_status read_unary(bg_sparql_parser *parser,
                            bg_expression **expression);

// ---- operators -------------------------------------------------------------

static bg_status
connect(bg_sparql_parser *parser, bg_expression_kind kind, bg_expression *left,
        bg_expression *right, bg_expression **made)
{
  bg_expression *const both[] = {left, right};
  return bg_sparql_expression(parser, kind, left->place, both, 2, made);
}

/// [117] MultiplicativeExpression ::=
///         UnaryExpression ( '*' UnaryExpression | '/' UnaryExpression )*
/// Reads behind the first.
static bg_status
read_factors(bg_sparql_parser *parser, bg_expression **product)
{
  for (;;) {
    bool is_times = bg_sparql_take(parser, "*");
    if (!is_times && !bg_sparql_take(parser, "/")) {
      return BG_OK;
    }
    bg_expression *factor = NULL;
    BG_TRY(read_unary(parser, &factor));
    BG_TRY(connect(parser,
                   is_times ? BG_EXPRESSION_MULTIPLY : BG_EXPRESSION_DIVIDE,
                   *product, factor, product));
  }
}

static bg_status
read_multiplicative(bg_sparql_parser *parser, bg_expression **expression)
{
  BG_TRY(read_unary(parser, expression));
  return read_factors(parser, expression);
}

/// NumericLiteralPositive | NumericLiteralNegative: "?a -1" has no operator for
/// the lexer, but one for the reader. The sign goes.
static bg_status
read_signed(bg_sparql_parser *parser, bg_expression **expression)
{
  bg_view digits =
      bg_view_slice(parser->token.text, 1, parser->token.text.size);
  BG_TRY(bg_sparql_expression(parser, BG_EXPRESSION_TERM, parser->token.place,
                              NULL, 0, expression));
  (*expression)->term = bg_sparql_number(parser->token.kind, digits);
  bg_sparql_advance(parser);
  return read_factors(parser, expression);
}

static bool
is_at_signed(const bg_sparql_parser *parser)
{
  bg_token_kind kind = parser->token.kind;
  return (kind == BG_TOKEN_INTEGER || kind == BG_TOKEN_DECIMAL ||
          kind == BG_TOKEN_DOUBLE) &&
         (parser->token.text.bytes[0] == '+' ||
          parser->token.text.bytes[0] == '-');
}

/// What is added, from its sign on.
static bg_status
read_term(bg_sparql_parser *parser, bg_expression **expression)
{
  if (is_at_signed(parser)) {
    return read_signed(parser, expression);
  }
  bg_sparql_advance(parser);
  return read_multiplicative(parser, expression);
}

/// [115] NumericExpression ::= AdditiveExpression
/// [116] AdditiveExpression ::= MultiplicativeExpression
///         ( '+' MultiplicativeExpression | '-' MultiplicativeExpression |
///           ( NumericLiteralPositive | NumericLiteralNegative )
///           ( ( '*' UnaryExpression ) | ( '/' UnaryExpression ) )* )*
static bg_status
read_additive(bg_sparql_parser *parser, bg_expression **expression)
{
  BG_TRY(read_multiplicative(parser, expression));
  while (bg_sparql_is_at(parser, "+") || bg_sparql_is_at(parser, "-") ||
         is_at_signed(parser)) {
    bg_expression *right;
    bg_expression_kind kind = parser->token.text.bytes[0] == '+'
                                  ? BG_EXPRESSION_ADD
                                  : BG_EXPRESSION_SUBTRACT;
    BG_TRY(read_term(parser, &right));
    BG_TRY(connect(parser, kind, *expression, right, expression));
  }
  return BG_OK;
}

/// 'IN' ExpressionList, behind the first argument
static bg_status
read_in(bg_sparql_parser *parser, bg_expression_kind kind,
        bg_expression **expression)
{
  bg_expression_list arguments = {.items = NULL};
  bg_place place = (*expression)->place;
  BG_PUSH(parser->arena, &arguments) = *expression;
  BG_TRY(bg_sparql_expect(parser, "IN"));
  BG_TRY(bg_parse_expression_list(parser, &arguments));
  return bg_sparql_expression(parser, kind, place, arguments.items,
                              arguments.count, expression);
}

static const struct {
  const char *mark;
  bg_expression_kind kind;
} comparisons[] = {
    {"=", BG_EXPRESSION_EQUAL},          {"!=", BG_EXPRESSION_NOT_EQUAL},
    {"<", BG_EXPRESSION_LESS},           {">", BG_EXPRESSION_GREATER},
    {"<=", BG_EXPRESSION_LESS_OR_EQUAL}, {">=", BG_EXPRESSION_GREATER_OR_EQUAL},
};

/// [113] ValueLogical ::= RelationalExpression
/// [114] RelationalExpression ::= NumericExpression
///         ( '=' NumericExpression | '!=' NumericExpression |
///           '<' NumericExpression | '>' NumericExpression |
///           '<=' NumericExpression | '>=' NumericExpression |
///           'IN' ExpressionList | 'NOT' 'IN' ExpressionList )?
static bg_status
read_relational(bg_sparql_parser *parser, bg_expression **expression)
{
  BG_TRY(read_additive(parser, expression));
  if (bg_sparql_is_at(parser, "IN")) {
    return read_in(parser, BG_EXPRESSION_IN, expression);
  }
  if (bg_sparql_take(parser, "NOT")) {
    return read_in(parser, BG_EXPRESSION_NOT_IN, expression);
  }
  for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
    if (bg_sparql_take(parser, comparisons[i].mark)) {
      bg_expression *right;
      BG_TRY(read_additive(parser, &right));
      return connect(parser, comparisons[i].kind, *expression, right,
                     expression);
    }
  }
  return BG_OK;
}

/// [112] ConditionalAndExpression ::= ValueLogical ( '&&' ValueLogical )*
static bg_status
read_and(bg_sparql_parser *parser, bg_expression **expression)
{
  BG_TRY(read_relational(parser, expression));
  if (!bg_sparql_is_at(parser, "&&")) {
    return BG_OK;
  }
  bg_expression_list all = {.items = NULL};
  BG_PUSH(parser->arena, &all) = *expression;
  while (bg_sparql_take(parser, "&&")) {
    BG_TRY(read_relational(parser, expression));
    BG_PUSH(parser->arena, &all) = *expression;
  }
  return bg_sparql_connect_all(parser, BG_EXPRESSION_AND, &all, expression);
}

/// [111] ConditionalOrExpression ::=
///         ConditionalAndExpression ( '||' ConditionalAndExpression )*
static bg_status
read_or(bg_sparql_parser *parser, bg_expression **expression)
{
  BG_TRY(read_and(parser, expression));
  if (!bg_sparql_is_at(parser, "||")) {
    return BG_OK;
  }
  bg_expression_list any = {.items = NULL};
  BG_PUSH(parser->arena, &any) = *expression;
  while (bg_sparql_take(parser, "||")) {
    BG_TRY(read_and(parser, expression));
    BG_PUSH(parser->arena, &any) = *expression;
  }
  return bg_sparql_connect_all(parser, BG_EXPRESSION_OR, &any, expression);
}

/// [110] Expression ::= ConditionalOrExpression
bg_status
bg_parse_expression(bg_sparql_parser *parser, bg_expression **expression)
{
  BG_TRY(bg_sparql_enter(parser));
  BG_TRY(read_or(parser, expression));
  bg_sparql_leave(parser);
  return BG_OK;
}

// ---- operands --------------------------------------------------------------

/// [120] BrackettedExpression ::= '(' Expression ')'
bg_status
bg_parse_bracketted(bg_sparql_parser *parser, bg_expression **expression)
{
  BG_TRY(bg_sparql_expect(parser, "("));
  BG_TRY(bg_parse_expression(parser, expression));
  return bg_sparql_expect(parser, ")");
}

/// [119] PrimaryExpression ::= BrackettedExpression | BuiltInCall |
///         iriOrFunction | RDFLiteral | NumericLiteral | BooleanLiteral | Var
static bg_status
read_primary(bg_sparql_parser *parser, bg_expression **expression)
{
  if (bg_sparql_is_at(parser, "(")) {
    return bg_parse_bracketted(parser, expression);
  }
  if (bg_is_at_iri(parser)) {
    return bg_parse_iri_or_function(parser, false, expression);
  }
  if (bg_is_at_call(parser)) {
    return bg_parse_call(parser, expression);
  }
  bool is_variable = parser->token.kind == BG_TOKEN_VARIABLE;
  if (!is_variable && !bg_is_at_literal(parser)) {
    return bg_sparql_want(parser, "an expression");
  }
  BG_TRY(bg_sparql_expression(
      parser, is_variable ? BG_EXPRESSION_VARIABLE : BG_EXPRESSION_TERM,
      parser->token.place, NULL, 0, expression));
  return is_variable ? bg_parse_variable(parser, &(*expression)->variable)
                     : bg_parse_literal(parser, &(*expression)->term);
}

/// [118] UnaryExpression ::= '!' PrimaryExpression | '+' PrimaryExpression |
///                           '-' PrimaryExpression | PrimaryExpression
static bg_status
read_unary(bg_sparql_parser *parser, bg_expression **expression)
{
  static const struct {
    const char *mark;
    bg_expression_kind kind;
  } signs[] = {
      {"!", BG_EXPRESSION_NOT},
      {"+", BG_EXPRESSION_PLUS},
      {"-", BG_EXPRESSION_MINUS},
  };
  bg_place place = parser->token.place;
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
    if (bg_sparql_take(parser, signs[i].mark)) {
      BG_TRY(read_primary(parser, expression));
      return bg_sparql_expression(parser, signs[i].kind, place, expression, 1,
                                  expression);
    }
  }
  return read_primary(parser, expression);
}

// ---- constraints -----------------------------------------------------------

bool
bg_is_at_constraint(const bg_sparql_parser *parser)
{
  return bg_sparql_is_at(parser, "(") || bg_is_at_call(parser) ||
         bg_is_at_iri(parser);
}

/// [69] Constraint ::= BrackettedExpression | BuiltInCall | FunctionCall
/// [70] FunctionCall ::= iri ArgList
bg_status
bg_parse_constraint(bg_sparql_parser *parser, bg_expression **expression)
{
  if (bg_is_at_iri(parser)) {
    return bg_parse_iri_or_function(parser, true, expression);
  }
  if (bg_is_at_call(parser)) {
    return bg_parse_call(parser, expression);
  }
  return bg_sparql_is_at(parser, "(")
             ? bg_parse_bracketted(parser, expression)
             : bg_sparql_want(parser, "'(' or a function");
}
