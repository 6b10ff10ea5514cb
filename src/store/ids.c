#include "store/ids.h"

#include <stdio.h>
#include <string.h>

#define BIAS (INT64_C(1) << (BG_ID_BITS - 1))

enum {
  longest_string = 7,
  most_year_digits = 9,
};

// ---- numbers ---------------------------------------------------------------

static bg_id
make_signed(bg_id_kind kind, int64_t value)
{
  return bg_id_make(kind, (uint64_t)(value + BIAS));
}

static int64_t
signed_of(bg_id id)
{
  return (int64_t)(id & BG_ID_PAYLOAD) - BIAS;
}

/// Canonical form (XSD 1.1 part 2, section 3.4.13): no '+', no leading zeros,
/// no "-0".
static bool
read_integer(bg_view text, int64_t *value)
{
  bool is_negative = text.size > 0 && text.bytes[0] == '-';
  size_t at = is_negative ? 1 : 0;
  size_t digits = text.size - at;
  if (digits == 0 || digits > 17 ||
      (text.bytes[at] == '0' && (digits > 1 || is_negative))) {
    return false;
  }
  int64_t read = 0;
  for (; at < text.size; at++) {
    if (!bg_is_digit(text.bytes[at])) {
      return false;
    }
    read = read * 10 + (text.bytes[at] - '0');
  }
  *value = is_negative ? -read : read;
  return true;
}

// ---- days ------------------------------------------------------------------

/// yearFrag ::= '-'? (([1-9] digit digit digit+) | ('0' digit digit digit))
static bool
read_year(bg_view *rest, int64_t *year)
{
  bool is_negative = rest->size > 0 && rest->bytes[0] == '-';
  size_t start = is_negative ? 1 : 0;
  size_t end = start;
  int64_t read = 0;
  while (end < rest->size && bg_is_digit(rest->bytes[end])) {
    if (end - start == most_year_digits) {
      return false;
    }
    read = read * 10 + (rest->bytes[end] - '0');
    end++;
  }
  if (end - start < 4 || (end - start > 4 && rest->bytes[start] == '0') ||
      (is_negative && read == 0)) {
    return false;
  }
  *year = is_negative ? -read : read;
  *rest = bg_view_slice(*rest, end, rest->size);
  return true;
}

/// '-' and two digits of a number from 1 to `most`.
static bool
read_two(bg_view *rest, int64_t most, int64_t *value)
{
  if (rest->size < 3 || rest->bytes[0] != '-' || !bg_is_digit(rest->bytes[1]) ||
      !bg_is_digit(rest->bytes[2])) {
    return false;
  }
  *value = (rest->bytes[1] - '0') * 10 + (rest->bytes[2] - '0');
  *rest = bg_view_slice(*rest, 3, rest->size);
  return *value >= 1 && *value <= most;
}

static bool
read_day(bg_id_kind kind, bg_view text, bg_id *id)
{
  int64_t year;
  int64_t month = 0;
  int64_t day = 0;
  bg_view rest = text;
  if (!read_year(&rest, &year) ||
      (kind != BG_ID_YEAR && !read_two(&rest, 12, &month)) ||
      (kind == BG_ID_DATE && !read_two(&rest, 31, &day)) || rest.size > 0) {
    return false;
  }
  *id = make_signed(kind, (year * 16 + month) * 32 + day);
  return true;
}

static int
write_day(bg_id id, char *bytes)
{
  int64_t packed = signed_of(id);
  int day = (int)(packed & 31);
  int month = (int)(packed >> 5 & 15);
  long long year = packed >> 9;
  char sign[2] = {year < 0 ? '-' : '\0', '\0'};
  year = year < 0 ? -year : year;
  switch (bg_id_kind_of(id)) {
  case BG_ID_DATE:
    return snprintf(bytes, BG_LONGEST_INLINE, "%s%04lld-%02d-%02d", sign, year,
                    month, day);
  case BG_ID_YEAR_MONTH:
    return snprintf(bytes, BG_LONGEST_INLINE, "%s%04lld-%02d", sign, year,
                    month);
  default:
    return snprintf(bytes, BG_LONGEST_INLINE, "%s%04lld", sign, year);
  }
}

// ---- strings ---------------------------------------------------------------

static bool
read_string(bg_view text, bg_id *id)
{
  uint64_t packed = 0;
  if (text.size > longest_string) {
    return false;
  }
  for (size_t i = 0; i < longest_string; i++) {
    unsigned char byte = i < text.size ? (unsigned char)text.bytes[i] : 0;
    if (byte >= 0x80 || (byte == 0 && i < text.size)) {
      return false;
    }
    packed = packed << 8 | byte;
  }
  *id = bg_id_make(BG_ID_STRING, packed);
  return true;
}

static int
write_string(bg_id id, char *bytes)
{
  int size = 0;
  for (int shift = 8 * (longest_string - 1); shift >= 0; shift -= 8) {
    char byte = (char)(id >> shift & 0xFF);
    if (byte == '\0') {
      break;
    }
    bytes[size++] = byte;
  }
  return size;
}

bool
bg_id_compares(bg_id a, bg_id b)
{
  unsigned kind = bg_id_kind_of(a);
  return kind == bg_id_kind_of(b) && kind >= BG_ID_BOOLEAN &&
         kind <= BG_ID_STRING;
}

// ---- all -------------------------------------------------------------------

static const struct {
  bg_view datatype;
  bg_id_kind kind;
} datatypes[] = {
    {{BG_XSD "boolean", sizeof BG_XSD "boolean" - 1}, BG_ID_BOOLEAN},
    {{BG_XSD "integer", sizeof BG_XSD "integer" - 1}, BG_ID_INTEGER},
    {{BG_XSD "date", sizeof BG_XSD "date" - 1}, BG_ID_DATE},
    {{BG_XSD "gYearMonth", sizeof BG_XSD "gYearMonth" - 1}, BG_ID_YEAR_MONTH},
    {{BG_XSD "gYear", sizeof BG_XSD "gYear" - 1}, BG_ID_YEAR},
};

static bool
read_typed(bg_id_kind kind, bg_view text, bg_id *id)
{
  int64_t value = 0;
  switch (kind) {
  case BG_ID_BOOLEAN:
    *id = bg_id_make(kind, text.size == 4);
    return bg_view_is_equal(text, BG_VIEW("true")) ||
           bg_view_is_equal(text, BG_VIEW("false"));
  case BG_ID_INTEGER:
    if (!read_integer(text, &value)) {
      return false;
    }
    *id = make_signed(kind, value);
    return true;
  case BG_ID_DATE:
  case BG_ID_YEAR_MONTH:
  case BG_ID_YEAR:
    return read_day(kind, text, id);
  case BG_ID_IRI:
  case BG_ID_BLANK:
  case BG_ID_LITERAL:
  case BG_ID_STRING:
    break;
  }
  return false;
}

bool
bg_id_of_term(const bg_term *term, bg_id *id)
{
  *id = BG_NO_ID;
  if (term->kind == BG_TERM_NONE) {
    return true;
  }
  if (term->kind != BG_TERM_LITERAL || term->language.size > 0) {
    return false;
  }
  if (term->datatype.size == 0) {
    return read_string(term->text, id);
  }
  for (size_t i = 0; i < sizeof datatypes / sizeof *datatypes; i++) {
    if (bg_view_is_equal(term->datatype, datatypes[i].datatype)) {
      return read_typed(datatypes[i].kind, term->text, id);
    }
  }
  return false;
}

bool
bg_id_to_term(bg_id id, char *bytes, bg_term *term)
{
  int size = 0;
  *term = (bg_term){.kind = BG_TERM_LITERAL};
  switch (bg_id_kind_of(id)) {
  case BG_NO_ID:
    term->kind = BG_TERM_NONE;
    return id == BG_NO_ID;
  case BG_ID_BOOLEAN:
    size =
        snprintf(bytes, BG_LONGEST_INLINE, "%s", (id & 1) ? "true" : "false");
    break;
  case BG_ID_INTEGER:
    size = snprintf(bytes, BG_LONGEST_INLINE, "%lld", (long long)signed_of(id));
    break;
  case BG_ID_DATE:
  case BG_ID_YEAR_MONTH:
  case BG_ID_YEAR:
    size = write_day(id, bytes);
    break;
  case BG_ID_STRING:
    size = write_string(id, bytes);
    break;
  default:
    return false;
  }
  term->text = (bg_view){bytes, (size_t)size};
  for (size_t i = 0; i < sizeof datatypes / sizeof *datatypes; i++) {
    if (datatypes[i].kind == bg_id_kind_of(id)) {
      term->datatype = datatypes[i].datatype;
    }
  }
  return true;
}
