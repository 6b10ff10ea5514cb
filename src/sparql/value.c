#include "sparql/value.h"

#include "sparql/datetime.h"
#include "sparql/functions.h"
#include "sparql/literal.h"

// ---- truth (section 17.2) -------------------------------------------------

/// What an expression says, where an error is a third answer.
typedef enum { NO, YES, ERROR } verdict;

static verdict
judge(const bg_expression *expression, const bg_evaluation *evaluation)
{
  bool truth;
  if (!bg_expression_truth(expression, evaluation, &truth)) {
    return ERROR;
  }
  return truth ? YES : NO;
}

static bool
tell(verdict said, bool *truth)
{
  *truth = said == YES;
  return said != ERROR;
}

/// One side may decide in spite of an error in the other.
static verdict
judge_both(const bg_expression *expression, const bg_evaluation *evaluation,
           verdict decisive)
{
  verdict left = judge(expression->arguments[0], evaluation);
  if (left == decisive) {
    return decisive;
  }
  verdict right = judge(expression->arguments[1], evaluation);
  return right == decisive || left != ERROR ? right : ERROR;
}

static verdict
judge_or(const bg_expression *expression, const bg_evaluation *evaluation)
{
  return judge_both(expression, evaluation, YES);
}

static verdict
judge_and(const bg_expression *expression, const bg_evaluation *evaluation)
{
  return judge_both(expression, evaluation, NO);
}

static verdict
opposite(verdict said)
{
  return said == ERROR ? ERROR : said == YES ? NO : YES;
}

static verdict
judge_not(const bg_expression *expression, const bg_evaluation *evaluation)
{
  return opposite(judge(expression->arguments[0], evaluation));
}

/// The effective boolean value (section 17.2.2).
static bool
truth_of_term(const bg_term *term, bool *truth)
{
  bg_number number;
  bg_view name = bg_value_xsd_name(term);
  if (bg_value_is_text(term)) {
    *truth = term->text.size > 0;
    return true;
  }
  if (bg_view_is_equal(name, BG_VIEW("boolean"))) {
    *truth = bg_value_is_boolean(term, truth) && *truth;
    return true;
  }
  if (bg_number_read(term, &number)) {
    *truth = !bg_number_is_zero(&number) && !bg_number_is_nan(&number);
    return true;
  }
  *truth = bg_number_is_numeric(term); // too long to be zero, or ill-typed
  return bg_number_is_datatype(name);
}

// ---- comparison (sections 17.3 and 17.4.1.7 to 17.4.1.10) -----------------

static verdict
judge_equal(const bg_term *a, const bg_term *b)
{
  bool is_equal;
  if (!bg_term_equal_value(a, b, &is_equal)) {
    return ERROR;
  }
  return is_equal ? YES : NO;
}

/// "a <= b" is "a < b || a = b": what has no order may be equal.
static verdict
judge_order(bg_expression_kind kind, const bg_term *a, const bg_term *b)
{
  int order;
  bool is_unordered;
  bool or_equal = kind == BG_EXPRESSION_LESS_OR_EQUAL ||
                  kind == BG_EXPRESSION_GREATER_OR_EQUAL;
  bool is_less =
      kind == BG_EXPRESSION_LESS || kind == BG_EXPRESSION_LESS_OR_EQUAL;
  if (!bg_term_compare_value(a, b, &order, &is_unordered)) {
    return or_equal && judge_equal(a, b) == YES ? YES : ERROR;
  }
  bool is_so = is_less ? order < 0 : order > 0;
  return !is_unordered && (is_so || (or_equal && order == 0)) ? YES : NO;
}

static verdict
judge_comparison(const bg_expression *expression,
                 const bg_evaluation *evaluation)
{
  bg_term a;
  bg_term b;
  if (!bg_expression_term(expression->arguments[0], evaluation, &a) ||
      !bg_expression_term(expression->arguments[1], evaluation, &b)) {
    return ERROR;
  }
  if (expression->kind == BG_EXPRESSION_EQUAL) {
    return judge_equal(&a, &b);
  }
  return expression->kind == BG_EXPRESSION_NOT_EQUAL
             ? opposite(judge_equal(&a, &b))
             : judge_order(expression->kind, &a, &b);
}

/// As if each were compared by "=" and all joined by "||".
static verdict
judge_in(const bg_expression *expression, const bg_evaluation *evaluation)
{
  bg_term term;
  verdict found = NO;
  if (!bg_expression_term(expression->arguments[0], evaluation, &term)) {
    return ERROR;
  }
  for (size_t i = 1; i < expression->argument_count; i++) {
    bg_term other;
    verdict here =
        bg_expression_term(expression->arguments[i], evaluation, &other)
            ? judge_equal(&term, &other)
            : ERROR;
    if (here == YES) {
      return YES;
    }
    found = here == ERROR ? ERROR : found;
  }
  return found;
}

static verdict
judge_not_in(const bg_expression *expression, const bg_evaluation *evaluation)
{
  return opposite(judge_in(expression, evaluation));
}

static verdict
judge_exists(const bg_expression *expression, const bg_evaluation *evaluation)
{
  bool answer;
  if (!evaluation->exists(evaluation, expression, &answer)) {
    return ERROR;
  }
  return answer ? YES : NO;
}

static verdict
judge_not_exists(const bg_expression *expression,
                 const bg_evaluation *evaluation)
{
  return opposite(judge_exists(expression, evaluation));
}

/// Expressions that are true or false; the others have a term.
static verdict (*const judges[])(const bg_expression *expression,
                                 const bg_evaluation *evaluation) = {
    [BG_EXPRESSION_OR] = judge_or,
    [BG_EXPRESSION_AND] = judge_and,
    [BG_EXPRESSION_NOT] = judge_not,
    [BG_EXPRESSION_EQUAL] = judge_comparison,
    [BG_EXPRESSION_NOT_EQUAL] = judge_comparison,
    [BG_EXPRESSION_LESS] = judge_comparison,
    [BG_EXPRESSION_GREATER] = judge_comparison,
    [BG_EXPRESSION_LESS_OR_EQUAL] = judge_comparison,
    [BG_EXPRESSION_GREATER_OR_EQUAL] = judge_comparison,
    [BG_EXPRESSION_IN] = judge_in,
    [BG_EXPRESSION_NOT_IN] = judge_not_in,
    [BG_EXPRESSION_EXISTS] = judge_exists,
    [BG_EXPRESSION_NOT_EXISTS] = judge_not_exists,
};

bool
bg_expression_truth(const bg_expression *expression,
                    const bg_evaluation *evaluation, bool *truth)
{
  bg_term term;
  return judges[expression->kind] != NULL
             ? tell(judges[expression->kind](expression, evaluation), truth)
             : bg_expression_term(expression, evaluation, &term) &&
                   truth_of_term(&term, truth);
}

// ---- arithmetic (section 17.3) --------------------------------------------

/// Times and durations: beyond section 17.3, as XPath functions, sections 10.6
/// to 10.8.
static bool
calculate_times(bg_expression_kind kind, const bg_term *a, const bg_term *b,
                bg_arena *arena, bg_term *result)
{
  bg_time a_time;
  bg_time b_time;
  bg_duration duration;
  bg_duration other;
  bool is_subtraction = kind == BG_EXPRESSION_SUBTRACT;
  if (kind != BG_EXPRESSION_ADD && !is_subtraction) {
    return false;
  }
  bool has_time = bg_time_read(a, &a_time);
  if (has_time && is_subtraction && bg_time_read(b, &b_time)) {
    bool is_made = bg_time_subtract(&a_time, &b_time, &duration);
    *result = is_made ? bg_duration_term(&duration, arena) : *a;
    return is_made;
  }
  if (!bg_duration_read(b, &duration)) {
    return kind == BG_EXPRESSION_ADD && bg_duration_read(a, &duration) &&
           bg_time_read(b, &b_time) &&
           calculate_times(kind, b, a, arena, result);
  }
  duration = is_subtraction ? bg_duration_negate(&duration) : duration;
  if (has_time) {
    bool is_made = bg_time_add(&a_time, &duration, &b_time);
    *result = is_made ? bg_time_term(&b_time, arena) : *a;
    return is_made;
  }
  if (!bg_duration_read(a, &other) ||
      !bg_duration_add(&other, &duration, &duration)) {
    return false;
  }
  *result = bg_duration_term(&duration, arena);
  return true;
}

static bool
calculate(const bg_expression *expression, const bg_evaluation *evaluation,
          bg_term *result)
{
  bg_term a;
  bg_term b;
  bg_number a_number;
  bg_number b_number;
  if (!bg_expression_term(expression->arguments[0], evaluation, &a) ||
      !bg_expression_term(expression->arguments[1], evaluation, &b)) {
    return false;
  }
  if (!bg_number_read(&a, &a_number) || !bg_number_read(&b, &b_number)) {
    return calculate_times(expression->kind, &a, &b, evaluation->arena, result);
  }
  bool (*const operators[])(const bg_number *, const bg_number *,
                            bg_number *) = {
      [BG_EXPRESSION_ADD] = bg_number_add,
      [BG_EXPRESSION_SUBTRACT] = bg_number_subtract,
      [BG_EXPRESSION_MULTIPLY] = bg_number_multiply,
      [BG_EXPRESSION_DIVIDE] = bg_number_divide,
  };
  if (!operators[expression->kind](&a_number, &b_number, &a_number)) {
    return false;
  }
  *result = bg_number_term(&a_number, evaluation->arena);
  return true;
}

static bool
calculate_sign(const bg_expression *expression, const bg_evaluation *evaluation,
               bg_term *result)
{
  bg_term term;
  bg_number number;
  if (!bg_expression_term(expression->arguments[0], evaluation, &term) ||
      !bg_number_read(&term, &number)) {
    return false;
  }
  if (expression->kind == BG_EXPRESSION_MINUS) {
    number = bg_number_negate(&number);
  }
  *result = bg_number_term(&number, evaluation->arena);
  return true;
}

// ---- calls ----------------------------------------------------------------

static bool
call_function(const bg_expression *expression, const bg_evaluation *evaluation,
              bg_term *result)
{
  enum { few = 4 };
  bg_term terms[few];
  size_t count = expression->argument_count;
  bg_term *arguments =
      count <= few ? terms : BG_NEW_ARRAY(evaluation->arena, bg_term, count);
  for (size_t i = 0; i < count; i++) {
    if (!bg_expression_term(expression->arguments[i], evaluation,
                            &arguments[i])) {
      return false;
    }
  }
  bg_call call = {expression, evaluation, arguments, count};
  return bg_function_of(expression->function)(&call, result);
}

/// Sections 17.4.1.1 to 17.4.1.3: those that look at expressions.
static bool
call_bound(const bg_expression *expression, const bg_evaluation *evaluation,
           bg_term *result)
{
  bool is_bound = evaluation->term_of(
      evaluation, expression->arguments[0]->variable, result);
  *result = bg_value_boolean(is_bound);
  return true;
}

static bool
call_if(const bg_expression *expression, const bg_evaluation *evaluation,
        bg_term *result)
{
  bool truth;
  return bg_expression_truth(expression->arguments[0], evaluation, &truth) &&
         bg_expression_term(expression->arguments[truth ? 1 : 2], evaluation,
                            result);
}

static bool
call_coalesce(const bg_expression *expression, const bg_evaluation *evaluation,
              bg_term *result)
{
  for (size_t i = 0; i < expression->argument_count; i++) {
    if (bg_expression_term(expression->arguments[i], evaluation, result)) {
      return true;
    }
  }
  return false;
}

static bool
call_built_in(const bg_expression *expression, const bg_evaluation *evaluation,
              bg_term *result)
{
  if (expression->function == BG_BOUND) {
    return call_bound(expression, evaluation, result);
  }
  if (expression->function == BG_IF) {
    return call_if(expression, evaluation, result);
  }
  return expression->function == BG_COALESCE
             ? call_coalesce(expression, evaluation, result)
             : call_function(expression, evaluation, result);
}

static bool
call_cast(const bg_expression *expression, const bg_evaluation *evaluation,
          bg_term *result)
{
  bg_term term;
  return expression->argument_count == 1 &&
         bg_expression_term(expression->arguments[0], evaluation, &term) &&
         bg_cast(&term, expression->term.text, evaluation->arena, result);
}

static bool
find_variable(const bg_expression *expression, const bg_evaluation *evaluation,
              bg_term *result)
{
  return evaluation->term_of(evaluation, expression->variable, result);
}

static bool
give_term(const bg_expression *expression, const bg_evaluation *evaluation,
          bg_term *result)
{
  (void)evaluation;
  *result = expression->term;
  return true;
}

/// Expressions that have a term; the others are true or false.
static bool (*const makers[])(const bg_expression *expression,
                              const bg_evaluation *evaluation,
                              bg_term *result) = {
    [BG_EXPRESSION_VARIABLE] = find_variable,
    [BG_EXPRESSION_TERM] = give_term,
    [BG_EXPRESSION_ADD] = calculate,
    [BG_EXPRESSION_SUBTRACT] = calculate,
    [BG_EXPRESSION_MULTIPLY] = calculate,
    [BG_EXPRESSION_DIVIDE] = calculate,
    [BG_EXPRESSION_PLUS] = calculate_sign,
    [BG_EXPRESSION_MINUS] = calculate_sign,
    [BG_EXPRESSION_BUILT_IN] = call_built_in,
    [BG_EXPRESSION_CALL] = call_cast,
    [BG_EXPRESSION_NOT_EXISTS] = NULL, // the last kind
};

bool
bg_expression_term(const bg_expression *expression,
                   const bg_evaluation *evaluation, bg_term *term)
{
  bool truth;
  if (makers[expression->kind] != NULL) {
    return makers[expression->kind](expression, evaluation, term);
  }
  if (!bg_expression_truth(expression, evaluation, &truth)) {
    return false;
  }
  *term = bg_value_boolean(truth);
  return true;
}

// ---- beforehand -----------------------------------------------------------

bg_status
bg_expression_prepare(bg_expression *expression, bg_arena *arena, bg_error *err)
{
  for (size_t i = 0; i < expression->argument_count; i++) {
    BG_TRY(bg_expression_prepare(expression->arguments[i], arena, err));
  }
  bool is_call = expression->kind == BG_EXPRESSION_CALL;
  if (is_call && !bg_cast_is_known(expression->term.text)) {
    return bg_error_set(err, BG_REFUSED,
                        "line %zu, column %zu: there is no function <%.*s>",
                        expression->place.line, expression->place.column,
                        BG_VIEW_ARGS(expression->term.text));
  }
  if (is_call && expression->argument_count != 1) {
    return bg_error_set(err, BG_REFUSED,
                        "line %zu, column %zu: <%.*s> takes one argument",
                        expression->place.line, expression->place.column,
                        BG_VIEW_ARGS(expression->term.text));
  }
  if (expression->kind == BG_EXPRESSION_BUILT_IN &&
      (expression->function == BG_REGEX ||
       expression->function == BG_REPLACE)) {
    expression->compiled = bg_regex_prepare(expression, arena);
  }
  return BG_OK;
}
