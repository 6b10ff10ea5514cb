#include "sparql/datetime.h"
#include "sparql/literal.h"
#include "sparql/value.h"

/// Literals whose values are of one space compare; in the order of ORDER BY.
typedef enum {
  BOOLEANS,
  NUMBERS,
  TIMES, ///< that stand on the timeline: years, months, days, dateTimes
  CLOCKS,
  DURATIONS,
  TEXTS,  ///< with a language or without
  OTHERS, ///< ill-typed, or of unknown datatypes
} space;

typedef struct {
  space space;
  bool truth;
  bg_number number;
  bg_time time;
  bg_duration duration;
} value;

static value
value_of(const bg_term *literal)
{
  value read = {.space = OTHERS};
  if (bg_value_is_text(literal)) {
    read.space = TEXTS;
  } else if (bg_number_read(literal, &read.number)) {
    read.space = NUMBERS;
  } else if (bg_value_is_boolean(literal, &read.truth)) {
    read.space = BOOLEANS;
  } else if (bg_time_read(literal, &read.time)) {
    read.space = read.time.kind == BG_TIME_TIME ? CLOCKS : TIMES;
  } else if (bg_duration_read(literal, &read.duration)) {
    read.space = DURATIONS;
  }
  return read;
}

// ---- "=" (sections 17.3 and 17.4.1.7) -------------------------------------

/// Of two values of one space; `is_equal` already tells whether they are the
/// same term. False where it cannot be told.
static bool
equal_values(const value *a, const value *b, bool *is_equal)
{
  int order;
  bool is_unordered;
  switch (a->space) {
  case NUMBERS:
    order = bg_number_compare(&a->number, &b->number, &is_unordered);
    *is_equal = order == 0 && !is_unordered;
    return true;
  case BOOLEANS:
    *is_equal = a->truth == b->truth;
    return true;
  case TIMES:
  case CLOCKS:
    *is_equal = false;
    if (a->time.kind != b->time.kind) {
      return true; // a day is not an instant
    }
    if (!bg_time_compare(&a->time, &b->time, &order)) {
      return false;
    }
    *is_equal = order == 0;
    return true;
  case DURATIONS:
    *is_equal = bg_duration_is_equal(&a->duration, &b->duration);
    return true;
  case TEXTS: // the terms have told it
    return true;
  case OTHERS:
    break;
  }
  return false;
}

bool
bg_term_equal_value(const bg_term *a, const bg_term *b, bool *is_equal)
{
  *is_equal = bg_term_is_same(a, b);
  bool are_literals = a->kind == BG_TERM_LITERAL && b->kind == BG_TERM_LITERAL;
  if (!are_literals) {
    return a->kind != BG_TERM_NONE && b->kind != BG_TERM_NONE;
  }
  if (a->language.size > 0 || b->language.size > 0) {
    return true; // no datatype has values with a language
  }
  value a_value = value_of(a);
  value b_value = value_of(b);
  if (a_value.space == b_value.space && a_value.space != OTHERS) {
    return equal_values(&a_value, &b_value, is_equal);
  }
  return *is_equal;
}

// ---- "<" (section 17.3) ---------------------------------------------------

bool
bg_term_compare_value(const bg_term *a, const bg_term *b, int *order,
                      bool *is_unordered)
{
  *is_unordered = false;
  if (a->kind != BG_TERM_LITERAL || b->kind != BG_TERM_LITERAL) {
    return false;
  }
  value a_value = value_of(a);
  value b_value = value_of(b);
  if (a_value.space != b_value.space) {
    return false;
  }
  switch (a_value.space) {
  case NUMBERS:
    *order = bg_number_compare(&a_value.number, &b_value.number, is_unordered);
    return true;
  case BOOLEANS:
    *order = (int)a_value.truth - (int)b_value.truth;
    return true;
  case TIMES:
  case CLOCKS:
    return bg_time_compare(&a_value.time, &b_value.time, order);
  case DURATIONS:
    return bg_duration_compare(&a_value.duration, &b_value.duration, order);
  case TEXTS:
    *order = bg_view_compare(a->text, b->text);
    return a->language.size == 0 && b->language.size == 0;
  case OTHERS:
    break;
  }
  return false;
}

// ---- ORDER BY (section 15.1) ----------------------------------------------

/// As bg_view_compare, without case.
static int
compare_folded(bg_view a, bg_view b)
{
  for (size_t i = 0; i < a.size && i < b.size; i++) {
    char a_byte = bg_to_lower(a.bytes[i]);
    char b_byte = bg_to_lower(b.bytes[i]);
    if (a_byte != b_byte) {
      return (unsigned char)a_byte < (unsigned char)b_byte ? -1 : 1;
    }
  }
  return (a.size > b.size) - (a.size < b.size);
}

static int
order_values(const value *a, const value *b)
{
  switch (a->space) {
  case NUMBERS:
    return bg_number_order(&a->number, &b->number);
  case BOOLEANS:
    return (int)a->truth - (int)b->truth;
  case TIMES:
  case CLOCKS:
    return bg_time_order(&a->time, &b->time);
  case DURATIONS:
    return bg_duration_order(&a->duration, &b->duration);
  case TEXTS:
  case OTHERS:
    break;
  }
  return 0;
}

static int
order_literals(const bg_term *a, const bg_term *b)
{
  value a_value = value_of(a);
  value b_value = value_of(b);
  if (a_value.space != b_value.space) {
    return a_value.space > b_value.space ? 1 : -1;
  }
  int order = order_values(&a_value, &b_value);
  if (order == 0 && a_value.space != TEXTS) {
    order = bg_view_compare(a->datatype, b->datatype);
  }
  if (order == 0) {
    order = bg_view_compare(a->text, b->text);
  }
  return order != 0 ? order : compare_folded(a->language, b->language);
}

static int
rank(bg_term_kind kind)
{
  static const int ranks[] = {
      [BG_TERM_NONE] = 0,
      [BG_TERM_BLANK] = 1,
      [BG_TERM_IRI] = 2,
      [BG_TERM_LITERAL] = 3,
  };
  return ranks[kind];
}

int
bg_term_compare_order(const bg_term *a, const bg_term *b)
{
  if (a->kind != b->kind) {
    return rank(a->kind) > rank(b->kind) ? 1 : -1;
  }
  switch (a->kind) {
  case BG_TERM_LITERAL:
    return order_literals(a, b);
  case BG_TERM_IRI:
  case BG_TERM_BLANK:
    return bg_view_compare(a->text, b->text);
  case BG_TERM_NONE:
    break;
  }
  return 0;
}
