/// Calls in expressions: rules 71, 72 and 121 to 128.

#include "sparql/parse.h"

const bg_built_in_form bg_built_ins[BG_BUILT_IN_COUNT] = {
    [BG_STR] = {"STR", 1, 1},
    [BG_LANG] = {"LANG", 1, 1},
    [BG_LANGMATCHES] = {"LANGMATCHES", 2, 2},
    [BG_DATATYPE] = {"DATATYPE", 1, 1},
    [BG_BOUND] = {"BOUND", 1, 1},
    [BG_IRI] = {"IRI", 1, 1},
    [BG_BNODE] = {"BNODE", 0, 1},
    [BG_RAND] = {"RAND", 0, 0},
    [BG_ABS] = {"ABS", 1, 1},
    [BG_CEIL] = {"CEIL", 1, 1},
    [BG_FLOOR] = {"FLOOR", 1, 1},
    [BG_ROUND] = {"ROUND", 1, 1},
    [BG_CONCAT] = {"CONCAT", 0, -1},
    [BG_STRLEN] = {"STRLEN", 1, 1},
    [BG_UCASE] = {"UCASE", 1, 1},
    [BG_LCASE] = {"LCASE", 1, 1},
    [BG_ENCODE_FOR_URI] = {"ENCODE_FOR_URI", 1, 1},
    [BG_CONTAINS] = {"CONTAINS", 2, 2},
    [BG_STRSTARTS] = {"STRSTARTS", 2, 2},
    [BG_STRENDS] = {"STRENDS", 2, 2},
    [BG_STRBEFORE] = {"STRBEFORE", 2, 2},
    [BG_STRAFTER] = {"STRAFTER", 2, 2},
    [BG_YEAR] = {"YEAR", 1, 1},
    [BG_MONTH] = {"MONTH", 1, 1},
    [BG_DAY] = {"DAY", 1, 1},
    [BG_HOURS] = {"HOURS", 1, 1},
    [BG_MINUTES] = {"MINUTES", 1, 1},
    [BG_SECONDS] = {"SECONDS", 1, 1},
    [BG_TIMEZONE] = {"TIMEZONE", 1, 1},
    [BG_TZ] = {"TZ", 1, 1},
    [BG_NOW] = {"NOW", 0, 0},
    [BG_UUID] = {"UUID", 0, 0},
    [BG_STRUUID] = {"STRUUID", 0, 0},
    [BG_MD5] = {"MD5", 1, 1},
    [BG_SHA1] = {"SHA1", 1, 1},
    [BG_SHA256] = {"SHA256", 1, 1},
    [BG_SHA384] = {"SHA384", 1, 1},
    [BG_SHA512] = {"SHA512", 1, 1},
    [BG_COALESCE] = {"COALESCE", 0, -1},
    [BG_IF] = {"IF", 3, 3},
    [BG_STRLANG] = {"STRLANG", 2, 2},
    [BG_STRDT] = {"STRDT", 2, 2},
    [BG_SAMETERM] = {"SAMETERM", 2, 2},
    [BG_ISIRI] = {"ISIRI", 1, 1},
    [BG_ISURI] = {"ISURI", 1, 1},
    [BG_ISBLANK] = {"ISBLANK", 1, 1},
    [BG_ISLITERAL] = {"ISLITERAL", 1, 1},
    [BG_ISNUMERIC] = {"ISNUMERIC", 1, 1},
    [BG_REGEX] = {"REGEX", 2, 3},
    [BG_SUBSTR] = {"SUBSTR", 2, 3},
    [BG_REPLACE] = {"REPLACE", 3, 4},
    [BG_URI] = {"URI", 1, 1},
};

// ---- arguments -------------------------------------------------------------

/// ( Expression ( ',' Expression )* ) ')'
static bg_status
read_arguments(bg_sparql_parser *parser, bg_expression_list *list)
{
  do {
    bg_expression *argument;
    BG_TRY(bg_parse_expression(parser, &argument));
    BG_PUSH(parser->arena, list) = argument;
  } while (bg_sparql_take(parser, ","));
  return bg_sparql_close(parser, ")", "',' or ')'");
}

/// [72] ExpressionList ::= NIL | '(' Expression ( ',' Expression )* ')'
bg_status
bg_parse_expression_list(bg_sparql_parser *parser, bg_expression_list *list)
{
  if (bg_sparql_take(parser, "()")) {
    return BG_OK;
  }
  BG_TRY(bg_sparql_expect(parser, "("));
  return read_arguments(parser, list);
}

/// [71] ArgList ::= NIL | '(' 'DISTINCT'? Expression ( ',' Expression )* ')'
static bg_status
read_arg_list(bg_sparql_parser *parser, bg_expression_list *list,
              bool *is_distinct)
{
  *is_distinct = false;
  if (bg_sparql_take(parser, "()")) {
    return BG_OK;
  }
  BG_TRY(bg_sparql_expect(parser, "("));
  *is_distinct = bg_sparql_take(parser, "DISTINCT");
  return read_arguments(parser, list);
}

/// [128] iriOrFunction ::= iri ArgList?
/// [70] FunctionCall ::= iri ArgList, with `must_call`
bg_status
bg_parse_iri_or_function(bg_sparql_parser *parser, bool must_call,
                         bg_expression **expression)
{
  bg_place place = parser->token.place;
  bg_term iri;
  BG_TRY(bg_parse_iri(parser, &iri));
  bool is_call = must_call || bg_sparql_is_at(parser, "(") ||
                 bg_sparql_is_at(parser, "()");
  bg_expression_list arguments = {.items = NULL};
  bool is_distinct = false;
  if (is_call) {
    BG_TRY(read_arg_list(parser, &arguments, &is_distinct));
  }
  BG_TRY(bg_sparql_expression(
      parser, is_call ? BG_EXPRESSION_CALL : BG_EXPRESSION_TERM, place,
      arguments.items, arguments.count, expression));
  (*expression)->term = iri;
  (*expression)->is_distinct = is_distinct;
  return BG_OK;
}

// ---- built-in calls --------------------------------------------------------

/// BG_BUILT_IN_COUNT where the token at hand is none.
static bg_built_in
find_built_in(const bg_sparql_parser *parser)
{
  size_t found = 0;
  while (found < BG_BUILT_IN_COUNT &&
         !bg_sparql_is_at(parser, bg_built_ins[found].name)) {
    found++;
  }
  return (bg_built_in)found;
}

bool
bg_is_at_call(const bg_sparql_parser *parser)
{
  return parser->token.kind == BG_TOKEN_FIXED &&
         (bg_sparql_is_at(parser, "EXISTS") || bg_sparql_is_at(parser, "NOT") ||
          bg_is_at_aggregate(parser) ||
          find_built_in(parser) != BG_BUILT_IN_COUNT);
}

/// [125] ExistsFunc ::= 'EXISTS' GroupGraphPattern
/// [126] NotExistsFunc ::= 'NOT' 'EXISTS' GroupGraphPattern
/// What it brings into scope is not in that of the group around it.
static bg_status
read_exists(bg_sparql_parser *parser, bg_expression **expression)
{
  bg_place place = parser->token.place;
  bool is_not = bg_sparql_take(parser, "NOT");
  size_t sights = parser->sights.count;
  bg_operation *operation;
  BG_TRY(bg_sparql_expect(parser, "EXISTS"));
  BG_TRY(bg_parse_group(parser, &operation));
  bg_sparql_forget(parser, sights);
  BG_TRY(bg_sparql_expression(
      parser, is_not ? BG_EXPRESSION_NOT_EXISTS : BG_EXPRESSION_EXISTS, place,
      NULL, 0, expression));
  (*expression)->operation = operation;
  (*expression)->depth += operation == NULL ? 0 : operation->depth;
  return BG_OK;
}

/// 'BOUND' '(' Var ')', behind the word
static bg_status
read_bound(bg_sparql_parser *parser, bg_expression_list *arguments)
{
  bg_expression *argument;
  BG_TRY(bg_sparql_expect(parser, "("));
  BG_TRY(bg_sparql_expression(parser, BG_EXPRESSION_VARIABLE,
                              parser->token.place, NULL, 0, &argument));
  BG_TRY(bg_parse_variable(parser, &argument->variable));
  BG_PUSH(parser->arena, arguments) = argument;
  return bg_sparql_expect(parser, ")");
}

static bg_status
check_count(const bg_sparql_parser *parser, bg_place place,
            const bg_built_in_form *form, size_t count)
{
  if (count >= (size_t)form->least &&
      (form->most < 0 || count <= (size_t)form->most)) {
    return BG_OK;
  }
  return form->least == form->most
             ? bg_sparql_refuse(
                   parser, place, "%s takes %d argument%s, and here are %zu",
                   form->name, form->least, form->least == 1 ? "" : "s", count)
             : bg_sparql_refuse(parser, place,
                                "%s takes %d or %d arguments, and here are %zu",
                                form->name, form->least, form->most, count);
}

/// [121] BuiltInCall ::= Aggregate | 'STR' '(' Expression ')' | ... |
///         ExistsFunc | NotExistsFunc
/// [122] RegexExpression, [123] SubstringExpression and
/// [124] StrReplaceExpression differ in their count of arguments alone.
bg_status
bg_parse_call(bg_sparql_parser *parser, bg_expression **expression)
{
  if (bg_is_at_aggregate(parser)) {
    return bg_parse_aggregate(parser, expression);
  }
  if (bg_sparql_is_at(parser, "EXISTS") || bg_sparql_is_at(parser, "NOT")) {
    return read_exists(parser, expression);
  }
  bg_place place = parser->token.place;
  bg_built_in function = find_built_in(parser);
  bg_expression_list arguments = {.items = NULL};
  bg_sparql_advance(parser);
  if (function == BG_BOUND) {
    BG_TRY(read_bound(parser, &arguments));
  } else {
    BG_TRY(bg_parse_expression_list(parser, &arguments));
  }
  BG_TRY(check_count(parser, place, &bg_built_ins[function], arguments.count));
  BG_TRY(bg_sparql_expression(parser, BG_EXPRESSION_BUILT_IN, place,
                              arguments.items, arguments.count, expression));
  (*expression)->function = function;
  if (parser->base.size > 0) {
    (*expression)->base = parser->base.bytes;
  }
  return BG_OK;
}
