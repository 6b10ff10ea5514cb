#include "sparql/datetime.h"
#include "sparql/functions.h"
#include "sparql/literal.h"

#include <math.h>

/// Empty for other IRIs.
static bg_view
xsd_name(bg_view iri)
{
  const bg_view xsd = BG_VIEW(BG_XSD);
  return bg_view_has_prefix(iri, xsd) ? bg_view_slice(iri, xsd.size, iri.size)
                                      : BG_VIEW("");
}

bool
bg_cast_is_known(bg_view iri)
{
  bg_view name = xsd_name(iri);
  return bg_view_is_equal(name, BG_VIEW("string")) ||
         bg_view_is_equal(name, BG_VIEW("boolean")) ||
         bg_number_is_datatype(name) || bg_time_is_datatype(name);
}

/// XPath functions, section 17.1.2: whole numbers without a point, and reals
/// with an exponent only where they are small or large.
static bg_view
write_number(const bg_number *number, bg_arena *arena)
{
  const double least = 1e-6;
  const double most = 1e6;
  bg_number shown = *number;
  double size = fabs(number->real);
  if (number->kind >= BG_NUMBER_FLOAT) {
    bool is_plain = bg_number_is_zero(number) || (size >= least && size < most);
    if (!is_plain || !bg_number_decimal_of(number, &shown)) {
      return bg_number_term(number, arena).text;
    }
  }
  bg_view text = bg_number_term(&shown, arena).text;
  if (bg_view_has_suffix(text, BG_VIEW(".0"))) {
    text.size -= 2;
  }
  bool is_negative_zero = number->kind >= BG_NUMBER_FLOAT &&
                          bg_number_is_zero(number) && signbit(number->real);
  return is_negative_zero ? BG_VIEW("-0") : text;
}

static bool
cast_string(const bg_term *term, bg_arena *arena, bg_term *result)
{
  bg_number number;
  bool truth;
  *result = bg_value_plain(term->text);
  if (bg_value_is_boolean(term, &truth)) {
    result->text = bg_value_boolean(truth).text;
  } else if (bg_number_read(term, &number)) {
    result->text = write_number(&number, arena);
  }
  return term->kind == BG_TERM_IRI || term->kind == BG_TERM_LITERAL;
}

static bool
cast_boolean(const bg_term *term, bg_term *result)
{
  bg_number number;
  bool truth;
  if (bg_value_is_plain(term)) {
    if (!bg_value_parse_boolean(bg_view_trim(term->text), &truth)) {
      return false;
    }
  } else if (bg_number_read(term, &number)) {
    truth = !bg_number_is_zero(&number) && !bg_number_is_nan(&number);
  } else if (!bg_value_is_boolean(term, &truth)) {
    return false;
  }
  *result = bg_value_boolean(truth);
  return true;
}

bool
bg_cast(const bg_term *term, bg_view iri, bg_arena *arena, bg_term *result)
{
  bg_view name = xsd_name(iri);
  if (bg_view_is_equal(name, BG_VIEW("string"))) {
    return cast_string(term, arena, result);
  }
  if (bg_view_is_equal(name, BG_VIEW("boolean"))) {
    return cast_boolean(term, result);
  }
  return bg_number_is_datatype(name) ? bg_number_cast(term, name, arena, result)
                                     : bg_time_cast(term, name, arena, result);
}
