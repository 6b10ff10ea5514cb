/// The numbers of XSD 1.1 part 2 (https://www.w3.org/TR/xmlschema11-2/): exact
/// integers and decimals of up to BG_NUMBER_DIGITS digits, floats and doubles.
/// What does not fit is an error: a number is never wrong. Of the room's own.

#ifndef BG_SPARQL_NUMBER_H
#define BG_SPARQL_NUMBER_H

#include "graph/graph.h"

enum { BG_NUMBER_DIGITS = 37 };

__extension__ typedef __int128 bg_wide;

/// In the order of promotion (SPARQL 1.1, section 17.3; XPath 2.0, B.1).
typedef enum {
  BG_NUMBER_INTEGER, ///< and all that is derived from it
  BG_NUMBER_DECIMAL,
  BG_NUMBER_FLOAT,
  BG_NUMBER_DOUBLE,
} bg_number_kind;

typedef struct {
  bg_number_kind kind;
  bg_wide digits; ///< of integers and decimals: digits / 10^scale
  int scale;      ///< 0 of integers, at most BG_NUMBER_DIGITS
  double real;    ///< of floats and doubles
} bg_number;

/// False for what is no numeric literal, whose text is not of its datatype, or
/// that has too many digits.
bool bg_number_read(const bg_term *term, bg_number *number);

/// The same for text and a kind.
bool bg_number_parse(bg_view text, bg_number_kind kind, bg_number *number);

/// isNumeric (section 17.4.2.4): however many digits it has.
bool bg_number_is_numeric(const bg_term *term);

bg_number bg_number_of(int64_t value);

/// In canonical form, but for decimals, which always have a point: "2.0".
bg_term bg_number_term(const bg_number *number, bg_arena *arena);

bool bg_number_is_nan(const bg_number *number);
bool bg_number_is_zero(const bg_number *number);

/// The nearest double.
double bg_number_real(const bg_number *number);

/// As a float or a double, rounded once.
double bg_number_promote(const bg_number *number, bg_number_kind kind);

/// By value, after promotion: -1, 0 or 1; NaN is unordered.
int bg_number_compare(const bg_number *a, const bg_number *b,
                      bool *is_unordered);

/// A total order that agrees with it: NaN first; where the nearest doubles are
/// the same, exact numbers, by value, before the others.
int bg_number_order(const bg_number *a, const bg_number *b);

/// False for an overflow, and for an exact division by zero. Of decimals, what
/// is behind BG_NUMBER_DIGITS digits is rounded; a quotient has at least 18.
bool bg_number_add(const bg_number *a, const bg_number *b, bg_number *sum);
bool bg_number_subtract(const bg_number *a, const bg_number *b,
                        bg_number *difference);
bool bg_number_multiply(const bg_number *a, const bg_number *b,
                        bg_number *product);
bool bg_number_divide(const bg_number *a, const bg_number *b,
                      bg_number *quotient);

// Of the same kind as what they are given.
bg_number bg_number_negate(const bg_number *number);
bg_number bg_number_absolute(const bg_number *number);
bg_number bg_number_ceiling(const bg_number *number);
bg_number bg_number_floor(const bg_number *number);
/// Half is rounded up (XPath functions, 6.4.4): -2.5 gives -2.
bg_number bg_number_round(const bg_number *number);

/// A cast (section 17.5) to the numeric datatype xsd:`name`; false where there
/// is no such datatype or the term has no value of it.
bool bg_number_cast(const bg_term *term, bg_view name, bg_arena *arena,
                    bg_term *result);

bool bg_number_is_datatype(bg_view name);

// ---- for number.c and arithmetic.c ----------------------------------------

/// 10 to the power of 0 … BG_NUMBER_DIGITS.
bg_wide bg_number_power(int exponent);

/// Without zeros at the end of the fraction.
void bg_number_trim(bg_number *number);

/// The exact number nearest to a finite double, by the shortest decimal that
/// reads as that double; false for an overflow.
bool bg_number_decimal_of(const bg_number *real, bg_number *decimal);

#endif
