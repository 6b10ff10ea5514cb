#include "sparql/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { least_quotient_digits = 18 };

bg_wide
bg_number_power(int exponent)
{
  bg_wide power = 1;
  for (int i = 0; i < exponent; i++) {
    power *= 10;
  }
  return power;
}

static bg_wide
absolute(bg_wide digits)
{
  return digits < 0 ? -digits : digits;
}

/// Numbers of BG_NUMBER_DIGITS digits are less than this.
static bg_wide
limit(void)
{
  return bg_number_power(BG_NUMBER_DIGITS);
}

static bool
is_exact(const bg_number *number)
{
  return number->kind < BG_NUMBER_FLOAT;
}

void
bg_number_trim(bg_number *number)
{
  while (number->scale > 0 && number->digits % 10 == 0) {
    number->digits /= 10;
    number->scale--;
  }
}

bool
bg_number_is_nan(const bg_number *number)
{
  return !is_exact(number) && isnan(number->real);
}

bool
bg_number_is_zero(const bg_number *number)
{
  return is_exact(number) ? number->digits == 0
                          : number->real >= 0 && number->real <= 0;
}

// ---- the nearest real -----------------------------------------------------

/// Rounded once: a division of two exact reals is (IEEE 754); else strtod and
/// strtof do it.
static double
nearest_real(const bg_number *number, bool is_float)
{
  bg_wide digits = absolute(number->digits);
  if (number->scale == 0) {
    return is_float ? (double)(float)number->digits : (double)number->digits;
  }
  if (!is_float && digits <= (bg_wide)1 << 53 && number->scale <= 22) {
    return (double)number->digits / (double)bg_number_power(number->scale);
  }
  char bytes[64];
  bg_wide half = bg_number_power(18);
  snprintf(bytes, sizeof bytes, "%llu%018llue-%d",
           (unsigned long long)(digits / half),
           (unsigned long long)(digits % half), number->scale);
  double real = is_float ? (double)strtof(bytes, NULL) : strtod(bytes, NULL);
  return number->digits < 0 ? -real : real;
}

double
bg_number_real(const bg_number *number)
{
  return is_exact(number) ? nearest_real(number, false) : number->real;
}

double
bg_number_promote(const bg_number *number, bg_number_kind kind)
{
  if (is_exact(number)) {
    return nearest_real(number, kind == BG_NUMBER_FLOAT);
  }
  return kind == BG_NUMBER_FLOAT ? (double)(float)number->real : number->real;
}

static bg_number_kind
common_kind(const bg_number *a, const bg_number *b)
{
  return a->kind > b->kind ? a->kind : b->kind;
}

// ---- comparison -----------------------------------------------------------

static int
compare_wide(bg_wide a, bg_wide b)
{
  return (a > b) - (a < b);
}

/// The whole parts, then the fractions in the same, the smallest, unit.
static int
compare_exact(const bg_number *a, const bg_number *b)
{
  if (a->scale == b->scale) {
    return compare_wide(a->digits, b->digits);
  }
  bg_wide a_unit = bg_number_power(a->scale);
  bg_wide b_unit = bg_number_power(b->scale);
  int order = compare_wide(a->digits / a_unit, b->digits / b_unit);
  if (order != 0) {
    return order;
  }
  return compare_wide(
      a->digits % a_unit * bg_number_power(BG_NUMBER_DIGITS - a->scale),
      b->digits % b_unit * bg_number_power(BG_NUMBER_DIGITS - b->scale));
}

int
bg_number_compare(const bg_number *a, const bg_number *b, bool *is_unordered)
{
  *is_unordered = bg_number_is_nan(a) || bg_number_is_nan(b);
  if (is_exact(a) && is_exact(b)) {
    return compare_exact(a, b);
  }
  bg_number_kind kind = common_kind(a, b);
  double a_real = bg_number_promote(a, kind);
  double b_real = bg_number_promote(b, kind);
  return (a_real > b_real) - (a_real < b_real);
}

int
bg_number_order(const bg_number *a, const bg_number *b)
{
  if (is_exact(a) && is_exact(b)) {
    return compare_exact(a, b);
  }
  if (bg_number_is_nan(a) || bg_number_is_nan(b)) {
    return (int)bg_number_is_nan(b) - (int)bg_number_is_nan(a);
  }
  double a_real = bg_number_real(a);
  double b_real = bg_number_real(b);
  int order = (a_real > b_real) - (a_real < b_real);
  return order != 0 ? order : (int)is_exact(b) - (int)is_exact(a);
}

// ---- products of more than BG_NUMBER_DIGITS digits ------------------------

enum { limbs = 8 };

/// 256 bits, the lowest first.
typedef struct {
  uint32_t limb[limbs];
} large;

static large
large_of(bg_wide magnitude)
{
  large made = {{0}};
  for (int i = 0; i < 4; i++) {
    made.limb[i] = (uint32_t)(magnitude >> (32 * i) & 0xFFFFFFFF);
  }
  return made;
}

static large
large_product(bg_wide a, bg_wide b)
{
  large left = large_of(a);
  large right = large_of(b);
  large product = {{0}};
  for (int i = 0; i < 4; i++) {
    uint64_t carry = 0;
    for (int j = 0; j < 4; j++) {
      carry += (uint64_t)left.limb[i] * right.limb[j] + product.limb[i + j];
      product.limb[i + j] = (uint32_t)(carry & 0xFFFFFFFF);
      carry >>= 32;
    }
    product.limb[i + 4] = (uint32_t)carry;
  }
  return product;
}

static int
large_compare(const large *a, const large *b)
{
  for (int i = limbs - 1; i >= 0; i--) {
    if (a->limb[i] != b->limb[i]) {
      return a->limb[i] > b->limb[i] ? 1 : -1;
    }
  }
  return 0;
}

static large
large_sum(const large *a, const large *b)
{
  large sum;
  uint64_t carry = 0;
  for (int i = 0; i < limbs; i++) {
    carry += (uint64_t)a->limb[i] + b->limb[i];
    sum.limb[i] = (uint32_t)(carry & 0xFFFFFFFF);
    carry >>= 32;
  }
  return sum;
}

/// `a` is not less than `b`.
static large
large_difference(const large *a, const large *b)
{
  large difference;
  int64_t borrow = 0;
  for (int i = 0; i < limbs; i++) {
    int64_t limb = (int64_t)a->limb[i] - b->limb[i] - borrow;
    borrow = limb < 0;
    difference.limb[i] = (uint32_t)(limb + (borrow << 32));
  }
  return difference;
}

/// Divides by ten and returns the last digit.
static int
large_take_digit(large *number)
{
  uint64_t rest = 0;
  for (int i = limbs - 1; i >= 0; i--) {
    rest = rest << 32 | number->limb[i];
    number->limb[i] = (uint32_t)(rest / 10);
    rest %= 10;
  }
  return (int)rest;
}

/// Rounds what is behind BG_NUMBER_DIGITS digits, half to even; false where
/// these are all before the point.
static bool
large_fit(large number, int scale, bool is_negative, bg_number *result)
{
  const large most = large_of(limit() - 1);
  int last = 0;
  bool has_more = false;
  while (large_compare(&number, &most) > 0 || scale > BG_NUMBER_DIGITS) {
    has_more = has_more || last != 0;
    last = large_take_digit(&number);
    scale--;
  }
  if (scale < 0 || (result->kind == BG_NUMBER_INTEGER && scale != 0)) {
    return false;
  }
  bg_wide digits = 0;
  for (int i = 3; i >= 0; i--) {
    digits = digits << 32 | number.limb[i];
  }
  digits += last > 5 || (last == 5 && (has_more || digits % 2 != 0));
  result->digits = is_negative ? -digits : digits;
  result->scale = scale;
  bg_number_trim(result);
  return digits < limit();
}

// ---- operators (section 17.3) ---------------------------------------------

static bool
make_real(bg_number_kind kind, double real, bg_number *result)
{
  real = kind == BG_NUMBER_FLOAT ? (double)(float)real : real;
  *result = (bg_number){.kind = kind, .real = real};
  return true;
}

/// Exact numbers of different scales, or with too large a sum.
static bool
add_large(const bg_number *a, const bg_number *b, bg_number *sum)
{
  int scale = a->scale > b->scale ? a->scale : b->scale;
  large left =
      large_product(absolute(a->digits), bg_number_power(scale - a->scale));
  large right =
      large_product(absolute(b->digits), bg_number_power(scale - b->scale));
  bool a_negative = a->digits < 0;
  if (a_negative == (b->digits < 0)) {
    return large_fit(large_sum(&left, &right), scale, a_negative, sum);
  }
  return large_compare(&left, &right) >= 0
             ? large_fit(large_difference(&left, &right), scale, a_negative,
                         sum)
             : large_fit(large_difference(&right, &left), scale, !a_negative,
                         sum);
}

bool
bg_number_add(const bg_number *a, const bg_number *b, bg_number *sum)
{
  bg_number_kind kind = common_kind(a, b);
  if (kind >= BG_NUMBER_FLOAT) {
    return make_real(
        kind, bg_number_promote(a, kind) + bg_number_promote(b, kind), sum);
  }
  bg_number made = {.kind = kind, .scale = a->scale};
  made.digits = a->digits + b->digits;
  bool is_made = a->scale == b->scale && absolute(made.digits) < limit();
  is_made = is_made || add_large(a, b, &made);
  *sum = made;
  return is_made;
}

bool
bg_number_subtract(const bg_number *a, const bg_number *b,
                   bg_number *difference)
{
  bg_number negated = bg_number_negate(b);
  return bg_number_add(a, &negated, difference);
}

bool
bg_number_multiply(const bg_number *a, const bg_number *b, bg_number *product)
{
  bg_number_kind kind = common_kind(a, b);
  if (kind >= BG_NUMBER_FLOAT) {
    return make_real(
        kind, bg_number_promote(a, kind) * bg_number_promote(b, kind), product);
  }
  bg_number made = {.kind = kind};
  bool is_made =
      large_fit(large_product(absolute(a->digits), absolute(b->digits)),
                a->scale + b->scale, (a->digits < 0) != (b->digits < 0), &made);
  *product = made;
  return is_made;
}

/// Long division: digit after digit, until nothing is left or there are enough.
static bool
divide_exact(const bg_number *a, const bg_number *b, bg_number *quotient)
{
  bg_wide divisor = absolute(b->digits);
  bg_wide digits = absolute(a->digits) / divisor;
  bg_wide rest = absolute(a->digits) % divisor;
  int scale = a->scale - b->scale;
  const bg_wide enough = bg_number_power(least_quotient_digits - 1);
  while (scale < 0 || (rest != 0 && scale < BG_NUMBER_DIGITS &&
                       (scale < least_quotient_digits || digits < enough))) {
    if (digits >= limit() / 10) {
      if (scale < 0) {
        return false;
      }
      break;
    }
    rest *= 10;
    digits = digits * 10 + rest / divisor;
    rest %= divisor;
    scale++;
  }
  digits += rest >= divisor - rest;
  bool is_negative = (a->digits < 0) != (b->digits < 0);
  *quotient = (bg_number){.kind = BG_NUMBER_DECIMAL,
                          .digits = is_negative ? -digits : digits,
                          .scale = scale};
  bg_number_trim(quotient);
  return digits < limit();
}

bool
bg_number_divide(const bg_number *a, const bg_number *b, bg_number *quotient)
{
  bg_number_kind kind = common_kind(a, b);
  if (kind >= BG_NUMBER_FLOAT) {
    return make_real(kind,
                     bg_number_promote(a, kind) / bg_number_promote(b, kind),
                     quotient);
  }
  return b->digits != 0 && divide_exact(a, b, quotient);
}

bg_number
bg_number_negate(const bg_number *number)
{
  bg_number negated = *number;
  negated.digits = -number->digits;
  negated.real = -number->real;
  return negated;
}

bg_number
bg_number_absolute(const bg_number *number)
{
  bg_number made = *number;
  made.digits = absolute(number->digits);
  made.real = fabs(number->real);
  return made;
}

/// Exact numbers: the greatest whole number that is not more than
/// `digits + plus` units of the scale.
static bg_wide
floor_exact(const bg_number *number, bg_wide plus)
{
  bg_wide unit = bg_number_power(number->scale);
  bg_wide digits = number->digits + plus;
  bg_wide whole = digits / unit;
  return digits % unit < 0 ? whole - 1 : whole;
}

static bg_number
whole(const bg_number *number, bg_wide digits, double real)
{
  return (bg_number){.kind = number->kind, .digits = digits, .real = real};
}

bg_number
bg_number_ceiling(const bg_number *number)
{
  return whole(number, floor_exact(number, bg_number_power(number->scale) - 1),
               ceil(number->real));
}

bg_number
bg_number_floor(const bg_number *number)
{
  return whole(number, floor_exact(number, 0), floor(number->real));
}

bg_number
bg_number_round(const bg_number *number)
{
  double below = floor(number->real);
  double rounded = number->real - below >= 0.5 ? below + 1 : below;
  return whole(number, floor_exact(number, bg_number_power(number->scale) / 2),
               isfinite(number->real) ? copysign(rounded, number->real)
                                      : number->real);
}
