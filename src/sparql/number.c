#include "sparql/number.h"

#include "sparql/literal.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
  most_real_digits = 780, // more never change how a double is rounded
  longest_exponent = 24,
  most_exponent = 1000000,
};

// ---- datatypes (XSD 1.1 part 2, section 3.4) ------------------------------

typedef struct {
  bg_view name;
  bg_number_kind kind;
  bool has_least;
  bool has_most;
  int64_t least;
  uint64_t most;
} datatype;

#define NAME(name)         \
  {                        \
    name, sizeof(name) - 1 \
  }
#define AT_LEAST(least) BG_NUMBER_INTEGER, true, false, least, 0
#define BETWEEN(least, most) BG_NUMBER_INTEGER, true, true, least, most

static const datatype datatypes[] = {
    {NAME("integer"), BG_NUMBER_INTEGER, false, false, 0, 0},
    {NAME("decimal"), BG_NUMBER_DECIMAL, false, false, 0, 0},
    {NAME("double"), BG_NUMBER_DOUBLE, false, false, 0, 0},
    {NAME("float"), BG_NUMBER_FLOAT, false, false, 0, 0},
    {NAME("nonNegativeInteger"), AT_LEAST(0)},
    {NAME("positiveInteger"), AT_LEAST(1)},
    {NAME("nonPositiveInteger"), BG_NUMBER_INTEGER, false, true, 0, 0},
    {NAME("negativeInteger"), BG_NUMBER_INTEGER, false, true, 0, 0},
    {NAME("long"), BETWEEN(INT64_MIN, INT64_MAX)},
    {NAME("int"), BETWEEN(INT32_MIN, INT32_MAX)},
    {NAME("short"), BETWEEN(INT16_MIN, INT16_MAX)},
    {NAME("byte"), BETWEEN(INT8_MIN, INT8_MAX)},
    {NAME("unsignedLong"), BETWEEN(0, UINT64_MAX)},
    {NAME("unsignedInt"), BETWEEN(0, UINT32_MAX)},
    {NAME("unsignedShort"), BETWEEN(0, UINT16_MAX)},
    {NAME("unsignedByte"), BETWEEN(0, UINT8_MAX)},
};

static const datatype *
find_datatype(bg_view name)
{
  for (size_t i = 0; i < sizeof datatypes / sizeof *datatypes; i++) {
    if (bg_view_is_equal(name, datatypes[i].name)) {
      return &datatypes[i];
    }
  }
  return NULL;
}

bool
bg_number_is_datatype(bg_view name)
{
  return find_datatype(name) != NULL;
}

static bool
is_in_range(const bg_number *number, const datatype *type)
{
  if (bg_view_is_equal(type->name, BG_VIEW("negativeInteger"))) {
    return number->digits < 0;
  }
  return (!type->has_least || number->digits >= type->least) &&
         (!type->has_most || number->digits <= (bg_wide)type->most);
}

// ---- reading --------------------------------------------------------------

/// numeral ::= [+-]? digits? ("." digits?)? ([Ee] [+-]? digits)?
typedef struct {
  bool is_negative;
  bool has_point;
  bool has_exponent;
  bg_view whole;
  bg_view fraction;
  int64_t exponent;
} numeral;

static bg_view
read_digits(bg_view text, size_t *at)
{
  size_t start = *at;
  while (*at < text.size && bg_is_digit(text.bytes[*at])) {
    (*at)++;
  }
  return bg_view_slice(text, start, *at);
}

/// Sets `is_negative`.
static void
read_sign(bg_view text, size_t *at, bool *is_negative)
{
  *is_negative = *at < text.size && text.bytes[*at] == '-';
  if (*is_negative || (*at < text.size && text.bytes[*at] == '+')) {
    (*at)++;
  }
}

static bool
read_exponent(bg_view text, size_t *at, int64_t *exponent)
{
  bool is_negative;
  read_sign(text, at, &is_negative);
  bg_view digits = read_digits(text, at);
  *exponent = 0;
  for (size_t i = 0; i < digits.size && *exponent < most_exponent; i++) {
    *exponent = *exponent * 10 + (digits.bytes[i] - '0');
  }
  *exponent = is_negative ? -*exponent : *exponent;
  return digits.size > 0;
}

static bool
read_numeral(bg_view text, numeral *read)
{
  size_t at = 0;
  *read = (numeral){.is_negative = false};
  read_sign(text, &at, &read->is_negative);
  read->whole = read_digits(text, &at);
  if (at < text.size && text.bytes[at] == '.') {
    read->has_point = true;
    at++;
    read->fraction = read_digits(text, &at);
  }
  if (read->whole.size + read->fraction.size == 0) {
    return false;
  }
  if (at < text.size && (text.bytes[at] == 'e' || text.bytes[at] == 'E')) {
    read->has_exponent = true;
    at++;
    if (!read_exponent(text, &at, &read->exponent)) {
      return false;
    }
  }
  return at == text.size;
}

static bool
is_of_kind(const numeral *read, bg_number_kind kind)
{
  return kind >= BG_NUMBER_FLOAT ||
         (!read->has_exponent &&
          (kind == BG_NUMBER_DECIMAL || !read->has_point));
}

static bool
read_exact(const numeral *read, bg_number *number)
{
  bg_view whole = read->whole;
  bg_view fraction = read->fraction;
  while (whole.size > 0 && whole.bytes[0] == '0') {
    whole = bg_view_slice(whole, 1, whole.size);
  }
  while (fraction.size > 0 && fraction.bytes[fraction.size - 1] == '0') {
    fraction.size--;
  }
  if (whole.size > BG_NUMBER_DIGITS || fraction.size > BG_NUMBER_DIGITS ||
      whole.size + fraction.size > BG_NUMBER_DIGITS) {
    return false;
  }
  bg_wide digits = 0;
  for (size_t i = 0; i < whole.size; i++) {
    digits = digits * 10 + (whole.bytes[i] - '0');
  }
  for (size_t i = 0; i < fraction.size; i++) {
    digits = digits * 10 + (fraction.bytes[i] - '0');
  }
  number->digits = read->is_negative ? -digits : digits;
  number->scale = (int)fraction.size;
  return true;
}

/// strtod and strtof round right; they are given no point, which depends on the
/// locale.
static double
read_real(const numeral *read, bool is_float)
{
  char bytes[most_real_digits + longest_exponent];
  size_t size = 0;
  int64_t exponent = read->exponent;
  bool has_more = false;
  for (size_t i = 0; i < read->whole.size + read->fraction.size; i++) {
    bool in_whole = i < read->whole.size;
    char digit = in_whole ? read->whole.bytes[i]
                          : read->fraction.bytes[i - read->whole.size];
    bool is_kept = size < most_real_digits;
    has_more = has_more || (!is_kept && digit != '0');
    if (is_kept && (size > 0 || digit != '0')) {
      bytes[size++] = digit;
    }
    exponent += is_kept ? (in_whole ? 0 : -1) : (in_whole ? 1 : 0);
  }
  if (has_more || size == 0) {
    bytes[size++] = has_more ? '1' : '0';
    exponent -= has_more ? 1 : 0;
  }
  snprintf(bytes + size, sizeof bytes - size, "e%lld", (long long)exponent);
  double real = is_float ? (double)strtof(bytes, NULL) : strtod(bytes, NULL);
  return read->is_negative ? -real : real;
}

/// The reals that are no numerals (XSD 1.1 part 2, section 3.3.4).
static const struct {
  bg_view text;
  double real;
} special_reals[] = {
    {NAME("INF"), (double)INFINITY},
    {NAME("+INF"), (double)INFINITY},
    {NAME("-INF"), -(double)INFINITY},
    {NAME("NaN"), (double)NAN},
};

bool
bg_number_parse(bg_view text, bg_number_kind kind, bg_number *number)
{
  numeral read;
  *number = (bg_number){.kind = kind};
  if (read_numeral(text, &read)) {
    if (!is_of_kind(&read, kind)) {
      return false;
    }
    if (kind < BG_NUMBER_FLOAT) {
      return read_exact(&read, number);
    }
    number->real = read_real(&read, kind == BG_NUMBER_FLOAT);
    return true;
  }
  for (size_t i = 0; kind >= BG_NUMBER_FLOAT &&
                     i < sizeof special_reals / sizeof *special_reals;
       i++) {
    if (bg_view_is_equal(text, special_reals[i].text)) {
      number->real = special_reals[i].real;
      return true;
    }
  }
  return false;
}

static const datatype *
datatype_of(const bg_term *term)
{
  return term->datatype.size == 0 ? NULL
                                  : find_datatype(bg_value_xsd_name(term));
}

bool
bg_number_read(const bg_term *term, bg_number *number)
{
  const datatype *type = datatype_of(term);
  return type != NULL && bg_number_parse(term->text, type->kind, number) &&
         (type->kind != BG_NUMBER_INTEGER || is_in_range(number, type));
}

/// Only datatypes without an end on one side have numbers that are too long.
static bool
is_long_in_range(const numeral *read, const datatype *type)
{
  if (type->has_least && type->has_most) {
    return false;
  }
  return read->is_negative ? !type->has_least : !type->has_most;
}

bool
bg_number_is_numeric(const bg_term *term)
{
  bg_number number;
  numeral read;
  const datatype *type = datatype_of(term);
  return type != NULL &&
         (bg_number_read(term, &number) ||
          (type->kind <= BG_NUMBER_DECIMAL && read_numeral(term->text, &read) &&
           is_of_kind(&read, type->kind) && !read_exact(&read, &number) &&
           is_long_in_range(&read, type)));
}

bg_number
bg_number_of(int64_t value)
{
  return (bg_number){.kind = BG_NUMBER_INTEGER, .digits = value};
}

// ---- writing --------------------------------------------------------------

enum { longest_exact = BG_NUMBER_DIGITS + 4 };

/// From the end of `bytes`; returns where it begins.
static size_t
write_exact(const bg_number *number, char bytes[longest_exact])
{
  bool is_negative = number->digits < 0;
  bg_wide left = is_negative ? -number->digits : number->digits;
  size_t at = longest_exact;
  int written = 0;
  if (number->kind == BG_NUMBER_DECIMAL && number->scale == 0) {
    bytes[--at] = '0';
    bytes[--at] = '.';
  }
  do {
    if (written == number->scale && written > 0) {
      bytes[--at] = '.';
    }
    bytes[--at] = (char)('0' + (int)(left % 10));
    left /= 10;
    written++;
  } while (left > 0 || written <= number->scale);
  if (is_negative) {
    bytes[--at] = '-';
  }
  return at;
}

/// The fewest digits that read as the same number: the digits without a point,
/// and the exponent of the first. Returns how many.
static int
find_digits(double real, bool is_float, char digits[32], int *exponent)
{
  char bytes[48];
  int most = is_float ? 9 : 17;
  int least = is_float ? 6 : 15; // that many always read as they were written
  if (real < (is_float ? (double)FLT_MIN : DBL_MIN)) {
    least = 1; // but for numbers so small that they have fewer bits
  }
  for (int precision = least; precision <= most; precision++) {
    snprintf(bytes, sizeof bytes, "%.*e", precision - 1, real);
    double again = is_float ? (double)strtof(bytes, NULL) : strtod(bytes, NULL);
    if (again >= real && again <= real) {
      break;
    }
  }
  int count = 0;
  const char *at = bytes;
  for (; *at != 'e'; at++) { // the locale's point is left out
    if (bg_is_digit(*at)) {
      digits[count++] = *at;
    }
  }
  *exponent = atoi(at + 1);
  while (count > 1 && digits[count - 1] == '0') {
    count--;
  }
  return count;
}

/// The canonical mapping of XSD 1.1 part 2, section 3.3.5.2: "1.0E0".
static bg_view
write_real(const bg_number *number, bg_arena *arena)
{
  if (isnan(number->real)) {
    return BG_VIEW("NaN");
  }
  if (isinf(number->real)) {
    return number->real > 0 ? BG_VIEW("INF") : BG_VIEW("-INF");
  }
  char digits[32] = "0";
  int exponent;
  int count = find_digits(fabs(number->real), number->kind == BG_NUMBER_FLOAT,
                          digits, &exponent);
  return bg_arena_format(
      arena, "%s%c.%.*sE%d", signbit(number->real) ? "-" : "", digits[0],
      count > 1 ? count - 1 : 1, count > 1 ? digits + 1 : "0", exponent);
}

bg_term
bg_number_term(const bg_number *number, bg_arena *arena)
{
  static const bg_view names[] = {
      [BG_NUMBER_INTEGER] = NAME(BG_XSD "integer"),
      [BG_NUMBER_DECIMAL] = NAME(BG_XSD "decimal"),
      [BG_NUMBER_FLOAT] = NAME(BG_XSD "float"),
      [BG_NUMBER_DOUBLE] = NAME(BG_XSD "double"),
  };
  if (number->kind >= BG_NUMBER_FLOAT) {
    return bg_value_typed(write_real(number, arena), names[number->kind]);
  }
  bg_number trimmed = *number;
  bg_number_trim(&trimmed);
  char bytes[longest_exact];
  size_t start = write_exact(&trimmed, bytes);
  bg_view text = {bytes + start, sizeof bytes - start};
  return bg_value_typed(bg_arena_copy(arena, text), names[number->kind]);
}

// ---- conversions ----------------------------------------------------------

bool
bg_number_decimal_of(const bg_number *real, bg_number *decimal)
{
  *decimal = (bg_number){.kind = BG_NUMBER_DECIMAL};
  if (!isfinite(real->real)) {
    return false;
  }
  char digits[32];
  int exponent;
  int count = find_digits(fabs(real->real), real->kind == BG_NUMBER_FLOAT,
                          digits, &exponent);
  if (exponent >= BG_NUMBER_DIGITS) {
    return false;
  }
  int kept = count;
  while (kept > 0 && kept - 1 - exponent > BG_NUMBER_DIGITS) {
    kept--; // too small to be told from the nearest that there is
  }
  for (int i = 0; i < kept; i++) {
    decimal->digits = decimal->digits * 10 + (digits[i] - '0');
  }
  decimal->scale = kept > 0 ? kept - 1 - exponent : 0;
  if (decimal->scale < 0) {
    decimal->digits *= bg_number_power(-decimal->scale);
    decimal->scale = 0;
  }
  decimal->digits = real->real < 0 ? -decimal->digits : decimal->digits;
  return true;
}

/// To an integer: what is behind the point is cut off (XPath functions,
/// section 17.1.3).
static bool
cut_fraction(bg_number *number)
{
  if (number->kind >= BG_NUMBER_FLOAT) {
    if (!(fabs(number->real) < 1e37)) {
      return false;
    }
    number->digits = (bg_wide)number->real;
  } else {
    number->digits /= bg_number_power(number->scale);
  }
  number->scale = 0;
  number->kind = BG_NUMBER_INTEGER;
  return true;
}

static bool
convert(bg_number *number, bg_number_kind kind)
{
  bg_number exact;
  switch (kind) {
  case BG_NUMBER_INTEGER:
    return cut_fraction(number);
  case BG_NUMBER_DECIMAL:
    if (number->kind >= BG_NUMBER_FLOAT) {
      if (!bg_number_decimal_of(number, &exact)) {
        return false;
      }
      *number = exact;
    }
    break;
  case BG_NUMBER_FLOAT:
  case BG_NUMBER_DOUBLE:
    number->real = bg_number_promote(number, kind);
    break;
  }
  number->kind = kind;
  return true;
}

bool
bg_number_cast(const bg_term *term, bg_view name, bg_arena *arena,
               bg_term *result)
{
  const datatype *type = find_datatype(name);
  bg_number number;
  bool truth;
  if (type == NULL) {
    return false;
  }
  if (bg_value_is_boolean(term, &truth)) {
    number = bg_number_of(truth);
  } else if (bg_value_is_plain(term)) {
    if (!bg_number_parse(bg_view_trim(term->text), type->kind, &number)) {
      return false;
    }
  } else if (!bg_number_read(term, &number)) {
    return false;
  }
  if (!convert(&number, type->kind) ||
      (type->kind == BG_NUMBER_INTEGER && !is_in_range(&number, type))) {
    return false;
  }
  *result = bg_number_term(&number, arena);
  bg_view parts[] = {BG_VIEW(BG_XSD), type->name};
  result->datatype = bg_arena_concat(arena, parts, 2);
  return true;
}
