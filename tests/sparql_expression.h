/// Expressions for tests, as lists: `(+ 1 (STRLEN "abc"))`. Terms are written
/// as in SPARQL, with short datatypes: "1"^^byte is an xsd:byte, "x"^^<t:y> of
/// another datatype; `?x` is a variable, `error` an expression that has none.

#ifndef BG_TESTS_SPARQL_EXPRESSION_H
#define BG_TESTS_SPARQL_EXPRESSION_H

#include "sparql/value.h"
#include "tap.h"

#include <assert.h>
#include <stdlib.h>

static const struct {
  const char *name;
  bg_expression_kind kind;
} test_operators[] = {
    {"||", BG_EXPRESSION_OR},
    {"&&", BG_EXPRESSION_AND},
    {"=", BG_EXPRESSION_EQUAL},
    {"!=", BG_EXPRESSION_NOT_EQUAL},
    {"<", BG_EXPRESSION_LESS},
    {">", BG_EXPRESSION_GREATER},
    {"<=", BG_EXPRESSION_LESS_OR_EQUAL},
    {">=", BG_EXPRESSION_GREATER_OR_EQUAL},
    {"+", BG_EXPRESSION_ADD},
    {"-", BG_EXPRESSION_SUBTRACT},
    {"*", BG_EXPRESSION_MULTIPLY},
    {"/", BG_EXPRESSION_DIVIDE},
    {"IN", BG_EXPRESSION_IN},
    {"NOT-IN", BG_EXPRESSION_NOT_IN},
    {"!", BG_EXPRESSION_NOT},
    {"plus", BG_EXPRESSION_PLUS},
    {"minus", BG_EXPRESSION_MINUS},
    {"EXISTS", BG_EXPRESSION_EXISTS},
    {"NOT-EXISTS", BG_EXPRESSION_NOT_EXISTS},
};

static const char *const test_functions[BG_BUILT_IN_COUNT] = {
    [BG_STR] = "STR",
    [BG_LANG] = "LANG",
    [BG_LANGMATCHES] = "LANGMATCHES",
    [BG_DATATYPE] = "DATATYPE",
    [BG_BOUND] = "BOUND",
    [BG_IRI] = "IRI",
    [BG_BNODE] = "BNODE",
    [BG_RAND] = "RAND",
    [BG_ABS] = "ABS",
    [BG_CEIL] = "CEIL",
    [BG_FLOOR] = "FLOOR",
    [BG_ROUND] = "ROUND",
    [BG_CONCAT] = "CONCAT",
    [BG_STRLEN] = "STRLEN",
    [BG_UCASE] = "UCASE",
    [BG_LCASE] = "LCASE",
    [BG_ENCODE_FOR_URI] = "ENCODE_FOR_URI",
    [BG_CONTAINS] = "CONTAINS",
    [BG_STRSTARTS] = "STRSTARTS",
    [BG_STRENDS] = "STRENDS",
    [BG_STRBEFORE] = "STRBEFORE",
    [BG_STRAFTER] = "STRAFTER",
    [BG_YEAR] = "YEAR",
    [BG_MONTH] = "MONTH",
    [BG_DAY] = "DAY",
    [BG_HOURS] = "HOURS",
    [BG_MINUTES] = "MINUTES",
    [BG_SECONDS] = "SECONDS",
    [BG_TIMEZONE] = "TIMEZONE",
    [BG_TZ] = "TZ",
    [BG_NOW] = "NOW",
    [BG_UUID] = "UUID",
    [BG_STRUUID] = "STRUUID",
    [BG_MD5] = "MD5",
    [BG_SHA1] = "SHA1",
    [BG_SHA256] = "SHA256",
    [BG_SHA384] = "SHA384",
    [BG_SHA512] = "SHA512",
    [BG_COALESCE] = "COALESCE",
    [BG_IF] = "IF",
    [BG_STRLANG] = "STRLANG",
    [BG_STRDT] = "STRDT",
    [BG_SAMETERM] = "SAMETERM",
    [BG_ISIRI] = "ISIRI",
    [BG_ISURI] = "ISURI",
    [BG_ISBLANK] = "ISBLANK",
    [BG_ISLITERAL] = "ISLITERAL",
    [BG_ISNUMERIC] = "ISNUMERIC",
    [BG_REGEX] = "REGEX",
    [BG_SUBSTR] = "SUBSTR",
    [BG_REPLACE] = "REPLACE",
    [BG_URI] = "URI",
};

/// Takes a word off the front, up to a space or a parenthesis.
static inline bg_view
test_word(const char **at)
{
  const char *start = *at;
  while (**at != '\0' && **at != ' ' && **at != '(' && **at != ')') {
    (*at)++;
  }
  return (bg_view){start, (size_t)(*at - start)};
}

static inline bg_view
test_xsd(bg_view name, bg_arena *arena)
{
  return bg_arena_join(arena, BG_VIEW(BG_XSD), name);
}

/// A quoted text, with what is behind it; "\n" and "\"" are escapes.
static inline bg_term
test_literal(const char **at, bg_arena *arena)
{
  char *bytes = bg_arena_allocate(arena, strlen(*at));
  size_t size = 0;
  for ((*at)++; **at != '"'; (*at)++) {
    assert(**at != '\0');
    bool is_escape = **at == '\\' && strchr("n\"", (*at)[1]) != NULL;
    *at += is_escape;
    bytes[size++] = is_escape && **at == 'n' ? '\n' : **at;
  }
  (*at)++;
  bg_term term = {.kind = BG_TERM_LITERAL, .text = {bytes, size}};
  if (**at == '@') {
    (*at)++;
    term.language = test_word(at);
  } else if (**at == '^') {
    *at += 2;
    bg_view word = test_word(at);
    term.datatype = word.bytes[0] == '<' ? bg_view_slice(word, 1, word.size - 1)
                                         : test_xsd(word, arena);
  }
  return term;
}

static inline bg_term
test_term(const char **at, bg_arena *arena)
{
  if (**at == '"') {
    return test_literal(at, arena);
  }
  bg_view word = test_word(at);
  if (word.bytes[0] == '<') {
    return (bg_term){.kind = BG_TERM_IRI,
                     .text = bg_view_slice(word, 1, word.size - 1)};
  }
  if (word.bytes[0] == '_') {
    return (bg_term){.kind = BG_TERM_BLANK,
                     .text = bg_view_slice(word, 2, word.size)};
  }
  bool is_boolean = bg_view_is_equal(word, BG_VIEW("true")) ||
                    bg_view_is_equal(word, BG_VIEW("false"));
  const char *datatype = is_boolean ? "boolean"
                         : bg_view_find_byte(word, 'e', 0) != BG_NOWHERE ||
                                 bg_view_find_byte(word, 'E', 0) != BG_NOWHERE
                             ? "double"
                         : bg_view_find_byte(word, '.', 0) != BG_NOWHERE
                             ? "decimal"
                             : "integer";
  return (bg_term){.kind = BG_TERM_LITERAL,
                   .text = word,
                   .datatype = test_xsd(bg_view_of(datatype), arena)};
}

static inline void
test_head(bg_expression *expression, bg_view word, bg_arena *arena)
{
  for (size_t i = 0; i < sizeof test_operators / sizeof *test_operators; i++) {
    if (bg_view_is_equal(word, bg_view_of(test_operators[i].name))) {
      expression->kind = test_operators[i].kind;
      return;
    }
  }
  for (size_t i = 0; i < BG_BUILT_IN_COUNT; i++) {
    if (bg_view_is_equal(word, bg_view_of(test_functions[i]))) {
      expression->kind = BG_EXPRESSION_BUILT_IN;
      expression->function = (bg_built_in)i;
      return;
    }
  }
  expression->kind = BG_EXPRESSION_CALL;
  if (word.size == 0) {
    return; // a list of nothing but arguments
  }
  expression->term = (bg_term){
      .kind = BG_TERM_IRI,
      .text = word.bytes[0] == '<' ? bg_view_slice(word, 1, word.size - 1)
                                   : test_xsd(word, arena),
  };
}

static inline bg_expression *
test_expression_at(const char **at, bg_arena *arena)
{
  bg_expression *expression = BG_NEW(arena, bg_expression);
  expression->base = "http://example.org/base/doc";
  while (**at == ' ') {
    (*at)++;
  }
  if (**at == '?') {
    bg_view name = test_word(at);
    expression->kind = BG_EXPRESSION_VARIABLE;
    expression->variable = (bg_variable)name.bytes[1];
    return expression;
  }
  if (strncmp(*at, "error", 5) == 0) {
    *at += 5;
    expression->kind = BG_EXPRESSION_VARIABLE;
    return expression;
  }
  if (**at != '(') {
    expression->kind = BG_EXPRESSION_TERM;
    expression->term = test_term(at, arena);
    return expression;
  }
  (*at)++;
  test_head(expression, test_word(at), arena);
  bg_expression_list list = {NULL, 0, 0};
  while (**at == ' ') {
    bg_expression *argument = test_expression_at(at, arena);
    BG_PUSH(arena, &list) = argument;
  }
  assert(**at == ')');
  (*at)++;
  expression->arguments = list.items;
  expression->argument_count = list.count;
  return expression;
}

static inline bg_expression *
test_expression(const char *text, bg_arena *arena)
{
  bg_expression *expression = test_expression_at(&text, arena);
  assert(*text == '\0');
  return expression;
}

// ---- what expressions are evaluated in ------------------------------------

static uint64_t test_blank_number;
static uint64_t test_random_state = 1;

/// Variables of one letter: `?x` is 5, `?e` the empty text; others are unbound.
static inline bool
test_term_of(const bg_evaluation *evaluation, bg_variable variable,
             bg_term *term)
{
  const char *text = variable == 'x' ? "5" : variable == 'e' ? "\"\"" : NULL;
  if (text == NULL) {
    return false;
  }
  *term = test_term(&text, evaluation->arena);
  return true;
}

/// EXISTS has no pattern here, but it may have an argument that is the answer.
static inline bool
test_exists(const bg_evaluation *evaluation, const bg_expression *expression,
            bool *answer)
{
  return bg_expression_truth(expression->arguments[0], evaluation, answer);
}

static inline bg_evaluation
test_evaluation(bg_arena *arena)
{
  return (bg_evaluation){
      .term_of = test_term_of,
      .exists = test_exists,
      .arena = arena,
      .query_arena = arena,
      .now = BG_VIEW("2024-02-29T12:00:00Z"),
      .solution = 7,
      .blank_number = &test_blank_number,
      .random_state = &test_random_state,
  };
}

static inline bool
test_is_same(const bg_term *a, const bg_term *b)
{
  return a->kind == b->kind && bg_view_is_equal(a->text, b->text) &&
         bg_view_is_equal(a->datatype, b->datatype) &&
         bg_view_is_equal(a->language, b->language);
}

/// Checks that the expression gives the term; NULL is an error.
static inline void
check(const char *text, const char *expected, bool is_prepared)
{
  bg_arena *arena = bg_arena_new();
  bg_evaluation evaluation = test_evaluation(arena);
  bg_expression *expression = test_expression(text, arena);
  bg_term term = {.kind = BG_TERM_NONE};
  if (is_prepared) {
    bg_expression_prepare(expression, arena, NULL);
  }
  bool has_term = bg_expression_term(expression, &evaluation, &term);
  const char *at = expected;
  bg_term wanted = {.kind = BG_TERM_NONE};
  if (expected != NULL) {
    wanted = test_term(&at, arena);
  }
  bool is_right = has_term == (expected != NULL) &&
                  (!has_term || test_is_same(&term, &wanted));
  if (!ok(is_right, "%s is %s", text, expected ? expected : "an error") &&
      has_term) {
    printf("# but \"%.*s\"@%.*s^^%.*s\n", BG_VIEW_ARGS(term.text),
           BG_VIEW_ARGS(term.language), BG_VIEW_ARGS(term.datatype));
  }
  bg_arena_free(arena);
}

typedef struct {
  const char *expression;
  const char *expected;
} expression_case;

static inline void
check_all(const expression_case *cases, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    check(cases[i].expression, cases[i].expected, i % 2 == 0);
  }
}

#define CHECK_ALL(cases) check_all(cases, sizeof(cases) / sizeof *(cases))

#endif
