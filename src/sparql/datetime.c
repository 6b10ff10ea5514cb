#include "sparql/datetime.h"

#include "sparql/literal.h"

enum {
  most_year_digits = 10,
  fraction_digits = 18,
  widest_zone = 14 * 60, // minutes
};

static const int64_t minute_seconds = 60;
static const int64_t hour_seconds = 3600;
static const int64_t day_seconds = 86400;

static const struct {
  bg_view name;
  bg_time_kind kind;
} kinds[] = {
    {{"dateTime", 8}, BG_TIME_DATE_TIME},
    {{"date", 4}, BG_TIME_DATE},
    {{"gYear", 5}, BG_TIME_YEAR},
    {{"gYearMonth", 10}, BG_TIME_YEAR_MONTH},
    {{"time", 4}, BG_TIME_TIME},
};

static bool
find_kind(bg_view name, bg_time_kind *kind)
{
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (bg_view_is_equal(name, kinds[i].name)) {
      *kind = kinds[i].kind;
      return true;
    }
  }
  return false;
}

// ---- the calendar ---------------------------------------------------------

static bool
is_leap(int64_t year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in_month(int64_t year, int month)
{
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return days[month - 1] + (month == 2 && is_leap(year));
}

static int64_t
floor_divide(int64_t a, int64_t b)
{
  return a / b - (a % b < 0);
}

/// Days from 0000-03-01: a year that begins in March has its leap day at its
/// end.
static int64_t
day_number(int64_t year, int month, int day)
{
  int64_t y = month > 2 ? year : year - 1;
  int64_t m = month > 2 ? month - 3 : month + 9;
  return y * 365 + floor_divide(y, 4) - floor_divide(y, 100) +
         floor_divide(y, 400) + (153 * m + 2) / 5 + day - 1;
}

static void
set_day(bg_time *time, int64_t number)
{
  const int64_t era_days = 146097; // of 400 years
  int64_t era = floor_divide(number, era_days);
  int64_t rest = number - era * era_days;
  int64_t year =
      (rest - rest / 1460 + rest / 36524 - rest / (era_days - 1)) / 365;
  int64_t in_year = rest - (365 * year + year / 4 - year / 100);
  int64_t month = (5 * in_year + 2) / 153;
  time->day = (int)(in_year - (153 * month + 2) / 5 + 1);
  time->month = (int)(month < 10 ? month + 3 : month - 9);
  time->year = year + era * 400 + (time->month <= 2);
}

/// Seconds on the timeline; without a zone, as if in UTC.
static int64_t
instant(const bg_time *time)
{
  int64_t days = time->kind == BG_TIME_TIME
                     ? 0
                     : day_number(time->year, time->month, time->day);
  int minutes = time->minute - (time->has_zone ? time->zone : 0);
  return days * day_seconds + time->hour * hour_seconds +
         minutes * minute_seconds + time->second;
}

// ---- reading (XSD 1.1 part 2, sections 3.3.7 to 3.3.11) -------------------

/// yearFrag ::= '-'? (([1-9] digit digit digit+) | ('0' digit digit digit))
static bool
read_year(bg_view text, size_t *at, int64_t *year)
{
  bool is_negative = *at < text.size && text.bytes[*at] == '-';
  *at += is_negative;
  size_t start = *at;
  int64_t read = 0;
  while (*at < text.size && bg_is_digit(text.bytes[*at])) {
    if (*at - start == most_year_digits) {
      return false;
    }
    read = read * 10 + (text.bytes[(*at)++] - '0');
  }
  *year = is_negative ? -read : read;
  return *at - start >= 4 && (*at - start == 4 || text.bytes[start] != '0');
}

/// `before`, or nothing for '\0', and two digits of a number up to `most`.
static bool
read_two(bg_view text, size_t *at, char before, int most, int *value)
{
  if (before != '\0') {
    if (*at >= text.size || text.bytes[*at] != before) {
      return false;
    }
    (*at)++;
  }
  if (text.size - *at < 2 || !bg_is_digit(text.bytes[*at]) ||
      !bg_is_digit(text.bytes[*at + 1])) {
    return false;
  }
  *value = (text.bytes[*at] - '0') * 10 + (text.bytes[*at + 1] - '0');
  *at += 2;
  return *value <= most;
}

/// '.' digit+, up to 18 of them that are not 0 at the end.
static bool
read_fraction(bg_view text, size_t *at, int64_t *fraction)
{
  *fraction = 0;
  if (*at >= text.size || text.bytes[*at] != '.') {
    return true;
  }
  size_t start = ++(*at);
  int digits = 0;
  for (; *at < text.size && bg_is_digit(text.bytes[*at]); (*at)++) {
    int digit = text.bytes[*at] - '0';
    if (digits < fraction_digits) {
      *fraction = *fraction * 10 + digit;
      digits++;
    } else if (digit != 0) {
      return false;
    }
  }
  for (; digits < fraction_digits; digits++) {
    *fraction *= 10;
  }
  return *at > start;
}

/// timezoneFrag ::= 'Z' | ('+' | '-') hour ':' minute, up to 14:00
static bool
read_zone(bg_view text, size_t *at, bg_time *time)
{
  if (*at == text.size) {
    return true;
  }
  time->has_zone = true;
  char sign = text.bytes[(*at)++];
  if (sign == 'Z') {
    return true;
  }
  int hours;
  int minutes;
  if ((sign != '+' && sign != '-') || !read_two(text, at, '\0', 14, &hours) ||
      !read_two(text, at, ':', 59, &minutes)) {
    return false;
  }
  time->zone = hours * 60 + minutes;
  bool is_in_range = time->zone <= widest_zone;
  time->zone = sign == '-' ? -time->zone : time->zone;
  return is_in_range;
}

static bool
read_day(bg_view text, size_t *at, bg_time *time)
{
  if (!read_year(text, at, &time->year)) {
    return false;
  }
  if (time->kind >= BG_TIME_YEAR_MONTH &&
      (!read_two(text, at, '-', 12, &time->month) || time->month == 0)) {
    return false;
  }
  return time->kind < BG_TIME_DATE ||
         (read_two(text, at, '-', 31, &time->day) && time->day > 0 &&
          time->day <= days_in_month(time->year, time->month));
}

/// 24:00:00 is the beginning of the next day.
static bool
read_clock(bg_view text, size_t *at, bg_time *time)
{
  if (!read_two(text, at, '\0', 24, &time->hour) ||
      !read_two(text, at, ':', 59, &time->minute) ||
      !read_two(text, at, ':', 59, &time->second) ||
      !read_fraction(text, at, &time->fraction)) {
    return false;
  }
  if (time->hour == 24) {
    time->hour = 0;
    set_day(time, day_number(time->year, time->month, time->day) + 1);
    return time->minute == 0 && time->second == 0 && time->fraction == 0;
  }
  return true;
}

static bool
parse_time(bg_view text, bg_time_kind kind, bg_time *time)
{
  size_t at = 0;
  *time = (bg_time){.kind = kind, .month = 1, .day = 1};
  if (kind != BG_TIME_TIME && !read_day(text, &at, time)) {
    return false;
  }
  if (kind == BG_TIME_DATE_TIME &&
      (at >= text.size || text.bytes[at++] != 'T')) {
    return false;
  }
  return (kind < BG_TIME_DATE_TIME || read_clock(text, &at, time)) &&
         read_zone(text, &at, time) && at == text.size;
}

bool
bg_time_read(const bg_term *term, bg_time *time)
{
  bg_time_kind kind;
  return find_kind(bg_value_xsd_name(term), &kind) &&
         parse_time(term->text, kind, time);
}

// ---- writing --------------------------------------------------------------

/// Digits of a fraction in 10^-18, without zeros at their end, behind a point;
/// empty for 0.
static bg_view
write_fraction(int64_t fraction, bg_arena *arena)
{
  if (fraction == 0) {
    return BG_VIEW("");
  }
  bg_view text = bg_arena_format(arena, ".%018lld", (long long)fraction);
  while (text.bytes[text.size - 1] == '0') {
    text.size--;
  }
  return text;
}

static bg_view
write_zone(const bg_time *time, bg_arena *arena)
{
  if (!time->has_zone || time->zone == 0) {
    return time->has_zone ? BG_VIEW("Z") : BG_VIEW("");
  }
  int zone = time->zone < 0 ? -time->zone : time->zone;
  return bg_arena_format(arena, "%c%02d:%02d", time->zone < 0 ? '-' : '+',
                         zone / 60, zone % 60);
}

static bg_view
write_day(const bg_time *time, bg_arena *arena)
{
  const char *sign = time->year < 0 ? "-" : "";
  long long year = time->year < 0 ? -time->year : time->year;
  switch (time->kind) {
  case BG_TIME_YEAR:
    return bg_arena_format(arena, "%s%04lld", sign, year);
  case BG_TIME_YEAR_MONTH:
    return bg_arena_format(arena, "%s%04lld-%02d", sign, year, time->month);
  case BG_TIME_DATE:
    return bg_arena_format(arena, "%s%04lld-%02d-%02d", sign, year, time->month,
                           time->day);
  case BG_TIME_DATE_TIME:
    return bg_arena_format(arena, "%s%04lld-%02d-%02dT", sign, year,
                           time->month, time->day);
  case BG_TIME_TIME:
    break;
  }
  return BG_VIEW("");
}

bg_term
bg_time_term(const bg_time *time, bg_arena *arena)
{
  bg_view parts[4] = {write_day(time, arena)};
  if (time->kind >= BG_TIME_DATE_TIME) {
    parts[1] = bg_arena_format(arena, "%02d:%02d:%02d", time->hour,
                               time->minute, time->second);
    parts[2] = write_fraction(time->fraction, arena);
  }
  parts[3] = write_zone(time, arena);
  bg_view name[2] = {BG_VIEW(BG_XSD)};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (kinds[i].kind == time->kind) {
      name[1] = kinds[i].name;
    }
  }
  return bg_value_typed(bg_arena_concat(arena, parts, 4),
                        bg_arena_concat(arena, name, 2));
}

// ---- order ----------------------------------------------------------------

static int
compare_parts(int64_t a, int64_t a_fraction, int64_t b, int64_t b_fraction)
{
  return a != b ? (a > b) - (a < b)
                : (a_fraction > b_fraction) - (a_fraction < b_fraction);
}

bool
bg_time_compare(const bg_time *a, const bg_time *b, int *order)
{
  if (a->kind != b->kind) {
    return false;
  }
  int64_t at = instant(a);
  *order = compare_parts(at, a->fraction, instant(b), b->fraction);
  if (a->has_zone == b->has_zone) {
    return true;
  }
  const int64_t slack = widest_zone * minute_seconds;
  int earlier = compare_parts(at - slack, a->fraction, instant(b), b->fraction);
  int later = compare_parts(at + slack, a->fraction, instant(b), b->fraction);
  return earlier == *order && later == *order && *order != 0;
}

int
bg_time_order(const bg_time *a, const bg_time *b)
{
  int order = compare_parts(instant(a), a->fraction, instant(b), b->fraction);
  return order != 0 ? order : (a->kind > b->kind) - (a->kind < b->kind);
}

bg_number
bg_time_seconds(const bg_time *time)
{
  bg_number seconds = {
      .kind = BG_NUMBER_DECIMAL,
      .digits =
          time->second * bg_number_power(fraction_digits) + time->fraction,
      .scale = fraction_digits,
  };
  bg_number_trim(&seconds);
  return seconds;
}

// ---- with durations -------------------------------------------------------

static const int64_t whole_second = 1000000000000000000;

bool
bg_time_subtract(const bg_time *a, const bg_time *b, bg_duration *difference)
{
  if (a->kind != b->kind || a->kind < BG_TIME_DATE) {
    return false;
  }
  int64_t seconds = instant(a) - instant(b);
  int64_t fraction = a->fraction - b->fraction;
  if (seconds > 0 && fraction < 0) {
    seconds--;
    fraction += whole_second;
  } else if (seconds < 0 && fraction > 0) {
    seconds++;
    fraction -= whole_second;
  }
  *difference = (bg_duration){
      .kind = BG_DURATION_DAY_TIME, .seconds = seconds, .fraction = fraction};
  return true;
}

static bool
add_months(bg_time *time, int64_t months)
{
  int64_t count;
  if (__builtin_add_overflow(time->year * 12 + time->month - 1, months,
                             &count)) {
    return false;
  }
  time->year = floor_divide(count, 12);
  time->month = (int)(count - time->year * 12) + 1;
  int last = days_in_month(time->year, time->month);
  time->day = time->day > last ? last : time->day;
  return true;
}

static bool
is_year_in_range(int64_t year)
{
  const int64_t most = 9999999999;
  return year >= -most && year <= most;
}

/// On the clock of the time's own zone.
static bool
add_seconds(bg_time *time, int64_t seconds, int64_t fraction)
{
  bg_time local = *time;
  local.has_zone = false;
  time->fraction += fraction;
  int64_t carry = floor_divide(time->fraction, whole_second);
  time->fraction -= carry * whole_second;
  int64_t sum;
  if (__builtin_add_overflow(instant(&local), seconds, &sum) ||
      __builtin_add_overflow(sum, carry, &sum)) {
    return false;
  }
  int64_t days = floor_divide(sum, day_seconds);
  int clock = (int)(sum - days * day_seconds);
  if (time->kind != BG_TIME_TIME) {
    set_day(time, days);
  }
  time->hour = clock / 3600;
  time->minute = clock / 60 % 60;
  time->second = clock % 60;
  return true;
}

bool
bg_time_add(const bg_time *time, const bg_duration *duration, bg_time *sum)
{
  bg_time made = *time;
  if (time->kind < BG_TIME_DATE ||
      (time->kind == BG_TIME_TIME && duration->months != 0) ||
      !add_months(&made, duration->months) || !is_year_in_range(made.year) ||
      !add_seconds(&made, duration->seconds, duration->fraction) ||
      !is_year_in_range(made.year)) {
    return false;
  }
  if (made.kind == BG_TIME_DATE) {
    made.hour = made.minute = made.second = 0;
    made.fraction = 0;
  }
  *sum = made;
  return true;
}

// ---- casts ----------------------------------------------------------------

/// A dateTime to each of its parts, and a date to a dateTime.
static bool
can_become(bg_time_kind from, bg_time_kind to)
{
  return from == to || (from == BG_TIME_DATE_TIME) ||
         (from == BG_TIME_DATE && to != BG_TIME_TIME);
}

static bool
cast_time(const bg_term *term, bg_time_kind kind, bg_arena *arena,
          bg_term *result)
{
  bg_time time;
  if (bg_value_is_plain(term)) {
    if (!parse_time(bg_view_trim(term->text), kind, &time)) {
      return false;
    }
  } else if (!bg_time_read(term, &time) || !can_become(time.kind, kind)) {
    return false;
  }
  time.kind = kind;
  if (kind < BG_TIME_DATE_TIME) {
    time.hour = time.minute = time.second = 0;
    time.fraction = 0;
  }
  *result = bg_time_term(&time, arena);
  return true;
}

static bool
cast_duration(const bg_term *term, bg_view name, bg_arena *arena,
              bg_term *result)
{
  bg_view parts[] = {BG_VIEW(BG_XSD), name};
  bg_term typed = bg_value_typed(bg_view_trim(term->text),
                                 bg_arena_concat(arena, parts, 2));
  bg_duration wanted;
  bg_duration duration;
  bg_term zero = typed;
  zero.text = bg_view_is_equal(name, BG_VIEW("yearMonthDuration"))
                  ? BG_VIEW("P0M")
                  : BG_VIEW("PT0S");
  if (!bg_duration_read(&zero, &wanted)) {
    return false;
  }
  if (!bg_duration_read(bg_value_is_plain(term) ? &typed : term, &duration)) {
    return false;
  }
  duration.kind = wanted.kind;
  if (wanted.kind == BG_DURATION_YEAR_MONTH) {
    duration.seconds = duration.fraction = 0;
  } else if (wanted.kind == BG_DURATION_DAY_TIME) {
    duration.months = 0;
  }
  *result = bg_duration_term(&duration, arena);
  return true;
}

static bool
is_duration(bg_view name)
{
  return bg_view_is_equal(name, BG_VIEW("duration")) ||
         bg_view_is_equal(name, BG_VIEW("dayTimeDuration")) ||
         bg_view_is_equal(name, BG_VIEW("yearMonthDuration"));
}

bool
bg_time_is_datatype(bg_view name)
{
  bg_time_kind kind;
  return find_kind(name, &kind) || is_duration(name);
}

bool
bg_time_cast(const bg_term *term, bg_view name, bg_arena *arena,
             bg_term *result)
{
  bg_time_kind kind;
  if (is_duration(name)) {
    return cast_duration(term, name, arena, result);
  }
  return find_kind(name, &kind) && cast_time(term, kind, arena, result);
}
