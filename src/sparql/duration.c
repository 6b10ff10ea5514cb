#include "sparql/datetime.h"
#include "sparql/literal.h"

static const int64_t whole_second = 1000000000000000000;

enum { fraction_digits = 18, month_seconds = 30 * 24 * 60 * 60 };

static const struct {
  bg_view datatype;
  bg_duration_kind kind;
} kinds[] = {
    {{BG_XSD "duration", sizeof BG_XSD "duration" - 1}, BG_DURATION_ANY},
    {{BG_XSD "dayTimeDuration", sizeof BG_XSD "dayTimeDuration" - 1},
     BG_DURATION_DAY_TIME},
    {{BG_XSD "yearMonthDuration", sizeof BG_XSD "yearMonthDuration" - 1},
     BG_DURATION_YEAR_MONTH},
};

// ---- reading (XSD 1.1 part 2, section 3.3.6.2) ----------------------------

/// In the order in which they stand, and what each counts; the first two are
/// months, the others seconds.
static const struct {
  char mark;
  bool is_behind_t;
  int64_t unit;
} fields[] = {
    {'Y', false, 12},  {'M', false, 1}, {'D', false, 86400},
    {'H', true, 3600}, {'M', true, 60}, {'S', true, 1},
};

enum { field_count = 6, month_fields = 2 };

static bool
read_whole(bg_view text, size_t *at, int64_t *value)
{
  size_t start = *at;
  *value = 0;
  for (; *at < text.size && bg_is_digit(text.bytes[*at]); (*at)++) {
    if (__builtin_mul_overflow(*value, 10, value) ||
        __builtin_add_overflow(*value, text.bytes[*at] - '0', value)) {
      return false;
    }
  }
  return *at > start;
}

/// '.' digit+ before 'S'.
static bool
read_fraction(bg_view text, size_t *at, int64_t *fraction)
{
  size_t start = ++(*at);
  int64_t unit = whole_second / 10;
  for (; *at < text.size && bg_is_digit(text.bytes[*at]); (*at)++) {
    int digit = text.bytes[*at] - '0';
    if (unit == 0 && digit != 0) {
      return false;
    }
    *fraction += digit * unit;
    unit /= 10;
  }
  return *at > start && *at < text.size && text.bytes[*at] == 'S';
}

static bool
add_field(bg_duration *duration, size_t field, int64_t value)
{
  int64_t *sum = field < month_fields ? &duration->months : &duration->seconds;
  int64_t counted;
  return !__builtin_mul_overflow(value, fields[field].unit, &counted) &&
         !__builtin_add_overflow(*sum, counted, sum);
}

/// All fields behind 'P'.
static bool
read_fields(bg_view text, size_t *at, bg_duration *duration)
{
  bool is_behind_t = false;
  size_t read = 0;
  for (size_t field = 0; *at < text.size;) {
    if (text.bytes[*at] == 'T' && !is_behind_t) {
      is_behind_t = true;
      read = 0;
      (*at)++;
    }
    int64_t value;
    if (!read_whole(text, at, &value) ||
        (*at < text.size && text.bytes[*at] == '.' &&
         !(is_behind_t && read_fraction(text, at, &duration->fraction))) ||
        *at >= text.size) {
      return false;
    }
    while (field < field_count && !(fields[field].mark == text.bytes[*at] &&
                                    fields[field].is_behind_t == is_behind_t)) {
      field++;
    }
    if (field == field_count || !add_field(duration, field, value)) {
      return false;
    }
    (*at)++;
    field++;
    read++;
  }
  return read > 0;
}

bg_duration
bg_duration_negate(const bg_duration *duration)
{
  return (bg_duration){.kind = duration->kind,
                       .months = -duration->months,
                       .seconds = -duration->seconds,
                       .fraction = -duration->fraction};
}

static bool
parse_duration(bg_view text, bg_duration_kind kind, bg_duration *duration)
{
  bool is_negative = text.size > 0 && text.bytes[0] == '-';
  size_t at = is_negative ? 1 : 0;
  *duration = (bg_duration){.kind = kind};
  if (at >= text.size || text.bytes[at++] != 'P' ||
      !read_fields(text, &at, duration)) {
    return false;
  }
  if (is_negative) {
    *duration = bg_duration_negate(duration);
  }
  const char *wrong = kind == BG_DURATION_DAY_TIME     ? "Y"
                      : kind == BG_DURATION_YEAR_MONTH ? "DT"
                                                       : "";
  for (; *wrong != '\0'; wrong++) {
    if (bg_view_find_byte(text, *wrong, 0) != BG_NOWHERE) {
      return false;
    }
  }
  return kind != BG_DURATION_DAY_TIME || duration->months == 0;
}

bool
bg_duration_read(const bg_term *term, bg_duration *duration)
{
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (term->kind == BG_TERM_LITERAL && term->language.size == 0 &&
        bg_view_is_equal(term->datatype, kinds[i].datatype)) {
      return parse_duration(term->text, kinds[i].kind, duration);
    }
  }
  return false;
}

bg_duration
bg_duration_of_minutes(int minutes)
{
  return (bg_duration){.kind = BG_DURATION_DAY_TIME,
                       .seconds = (int64_t)minutes * 60};
}

// ---- writing (the canonical mapping) --------------------------------------

static void
write_field(bg_buffer *text, int64_t value, char mark)
{
  if (value != 0) {
    bg_buffer_format(text, "%lld%c", (long long)value, mark);
  }
}

static void
write_clock(bg_buffer *text, int64_t seconds, int64_t fraction)
{
  if (seconds == 0 && fraction == 0) {
    return;
  }
  bg_buffer_append_byte(text, 'T');
  write_field(text, seconds / 3600, 'H');
  write_field(text, seconds / 60 % 60, 'M');
  if (fraction == 0) {
    write_field(text, seconds % 60, 'S');
    return;
  }
  bg_buffer_format(text, "%lld.%018lld", (long long)seconds % 60,
                   (long long)fraction);
  while (text->bytes[text->size - 1] == '0') {
    text->size--;
  }
  bg_buffer_append_byte(text, 'S');
}

bg_term
bg_duration_term(const bg_duration *duration, bg_arena *arena)
{
  bool is_negative =
      duration->months < 0 || duration->seconds < 0 || duration->fraction < 0;
  bg_duration size = is_negative ? bg_duration_negate(duration) : *duration;
  bg_buffer text;
  bg_buffer_init(&text);
  bg_buffer_append(&text, is_negative ? BG_VIEW("-P") : BG_VIEW("P"));
  write_field(&text, size.months / 12, 'Y');
  write_field(&text, size.months % 12, 'M');
  write_field(&text, size.seconds / 86400, 'D');
  write_clock(&text, size.seconds % 86400, size.fraction);
  if (text.size == 1) {
    bg_buffer_append(&text, duration->kind == BG_DURATION_YEAR_MONTH
                                ? BG_VIEW("0M")
                                : BG_VIEW("T0S"));
  }
  bg_term term = bg_value_typed(bg_arena_copy(arena, bg_buffer_view(&text)),
                                kinds[duration->kind].datatype);
  bg_buffer_release(&text);
  return term;
}

// ---- order and sums -------------------------------------------------------

bool
bg_duration_is_equal(const bg_duration *a, const bg_duration *b)
{
  return a->months == b->months && a->seconds == b->seconds &&
         a->fraction == b->fraction;
}

static int
compare_seconds(const bg_duration *a, const bg_duration *b)
{
  return a->seconds != b->seconds
             ? (a->seconds > b->seconds) - (a->seconds < b->seconds)
             : (a->fraction > b->fraction) - (a->fraction < b->fraction);
}

bool
bg_duration_compare(const bg_duration *a, const bg_duration *b, int *order)
{
  if (a->kind != b->kind || a->kind == BG_DURATION_ANY) {
    return false;
  }
  *order = bg_duration_order(a, b);
  return true;
}

int
bg_duration_order(const bg_duration *a, const bg_duration *b)
{
  bg_wide a_seconds = (bg_wide)a->months * month_seconds + a->seconds;
  bg_wide b_seconds = (bg_wide)b->months * month_seconds + b->seconds;
  if (a_seconds != b_seconds) {
    return a_seconds > b_seconds ? 1 : -1;
  }
  if (a->fraction != b->fraction) {
    return a->fraction > b->fraction ? 1 : -1;
  }
  return a->months != b->months ? (a->months > b->months ? 1 : -1)
                                : compare_seconds(a, b);
}

/// With a second to spare for the sum of the fractions.
static bool
can_negate(int64_t value)
{
  return value > -INT64_MAX && value < INT64_MAX;
}

bool
bg_duration_add(const bg_duration *a, const bg_duration *b, bg_duration *sum)
{
  bg_duration made = {.kind = a->kind, .fraction = a->fraction + b->fraction};
  if (a->kind != b->kind || a->kind == BG_DURATION_ANY ||
      __builtin_add_overflow(a->months, b->months, &made.months) ||
      __builtin_add_overflow(a->seconds, b->seconds, &made.seconds) ||
      !can_negate(made.months) || !can_negate(made.seconds)) {
    return false;
  }
  int64_t carry = made.fraction / whole_second;
  made.fraction -= carry * whole_second;
  made.seconds += carry;
  if (made.seconds > 0 && made.fraction < 0) {
    made.seconds--;
    made.fraction += whole_second;
  } else if (made.seconds < 0 && made.fraction > 0) {
    made.seconds++;
    made.fraction -= whole_second;
  }
  *sum = made;
  return true;
}
