#include "cli/when.h"

/// As precise as stated: `month` and `day` are 0 where they are left open.
typedef struct {
  int64_t year;   // astronomical
  unsigned month; // 21 to 24: a season
  unsigned day;
  bool is_approximate;
  bool is_uncertain;
} moment;

typedef struct {
  moment start;
  moment end;
  bool has_start;
  bool has_end;
  bool is_open; // has a slash
} period;

// ---- reading ---------------------------------------------------------------

/// Takes a number of `least` to `most` digits off the front.
static bool
read_digits(bg_view *rest, size_t least, size_t most, int64_t *number)
{
  size_t count = 0;
  *number = 0;
  while (count < rest->size && count < most &&
         bg_is_digit(rest->bytes[count])) {
    *number = *number * 10 + (rest->bytes[count] - '0');
    count++;
  }
  *rest = bg_view_slice(*rest, count, rest->size);
  return count >= least;
}

static bool
read_byte(bg_view *rest, char byte)
{
  bool is_there = rest->size > 0 && rest->bytes[0] == byte;
  *rest = bg_view_slice(*rest, is_there ? 1 : 0, rest->size);
  return is_there;
}

/// part ::= ("-" NUMBER)?, of two digits, at most `most`
static bool
read_part(bg_view *rest, unsigned most, unsigned *part)
{
  int64_t number;
  if (!read_byte(rest, '-')) {
    return true;
  }
  if (!read_digits(rest, 2, 2, &number) || number < 1 || number > most) {
    return false;
  }
  *part = (unsigned)number;
  return true;
}

/// date ::= "Y"? "-"? year ("-" month ("-" day)?)? [?~%]* "Z"?
static bool
read_moment(bg_view text, moment *when)
{
  enum { year_digits = 12, last_season = 24 };
  *when = (moment){0};
  bool is_long = read_byte(&text, 'Y');
  bool is_before = read_byte(&text, '-');
  if (!read_digits(&text, 4, year_digits, &when->year) ||
      !read_part(&text, last_season, &when->month) ||
      !read_part(&text, 31, &when->day) ||
      (when->month > 12 && (when->month < 21 || when->day > 0)) ||
      (is_long && when->month > 0)) {
    return false;
  }
  when->year = is_before ? -when->year : when->year;
  for (; text.size > 0; text = bg_view_slice(text, 1, text.size)) {
    char mark = text.bytes[0];
    if (mark != '~' && mark != '?' && mark != '%' && mark != 'Z') {
      return false;
    }
    when->is_approximate |= mark == '~' || mark == '%';
    when->is_uncertain |= mark == '?' || mark == '%';
  }
  return true;
}

/// One end of an interval may be "..", or empty.
static bool
read_end(bg_view text, moment *when, bool *is_there)
{
  *is_there = text.size > 0 && !bg_view_is_equal(text, BG_VIEW(".."));
  return !*is_there || read_moment(text, when);
}

static bool
read_period(bg_view text, period *when)
{
  *when = (period){0};
  text = bg_view_trim(text);
  size_t slash = bg_view_find_byte(text, '/', 0);
  if (slash == BG_NOWHERE) {
    when->has_start = true;
    return read_moment(text, &when->start);
  }
  when->is_open = true;
  return read_end(bg_view_slice(text, 0, slash), &when->start,
                  &when->has_start) &&
         read_end(bg_view_slice(text, slash + 1, text.size), &when->end,
                  &when->has_end) &&
         (when->has_start || when->has_end);
}

// ---- saying ----------------------------------------------------------------

static const char *
month_name(unsigned month)
{
  static const char *const names[] = {
      [1] = "January",   [2] = "February", [3] = "March",     [4] = "April",
      [5] = "May",       [6] = "June",     [7] = "July",      [8] = "August",
      [9] = "September", [10] = "October", [11] = "November", [12] = "December",
      [21] = "spring",   [22] = "summer",  [23] = "autumn",   [24] = "winter",
  };
  return names[month];
}

static bg_view
say_year(int64_t year, bg_arena *arena)
{
  return year > 0 ? bg_arena_format(arena, "%lld", (long long)year)
                  : bg_arena_format(arena, "%lld BC", (long long)(1 - year));
}

static bg_view
say_month(const moment *when, bg_arena *arena)
{
  if (when->day > 0) {
    return bg_arena_format(arena, "%u %s", when->day, month_name(when->month));
  }
  return bg_view_of(when->month > 0 ? month_name(when->month) : "");
}

static bg_view
say_moment(const moment *when, bg_arena *arena)
{
  bg_view parts[] = {
      say_month(when, arena),
      when->month > 0 ? BG_VIEW(" ") : BG_VIEW(""),
      say_year(when->year, arena),
  };
  return bg_arena_concat(arena, parts, sizeof parts / sizeof *parts);
}

/// What the last day's month and year say need not be said of the first.
static bg_view
say_first(const moment *first, const moment *last, bg_arena *arena)
{
  bool are_years = first->month == 0 && last->month == 0;
  if (are_years && first->year <= 0 && last->year <= 0) {
    return bg_arena_format(arena, "%lld", (long long)(1 - first->year));
  }
  if (first->year != last->year || first->month == 0 || last->month == 0) {
    return say_moment(first, arena);
  }
  if (first->month == last->month && first->day > 0 && last->day > 0) {
    return bg_arena_format(arena, "%u", first->day);
  }
  return say_month(first, arena);
}

static bool
is_same_day(const moment *a, const moment *b)
{
  return a->year == b->year && a->month == b->month && a->day == b->day;
}

bg_view
bg_when_say(bg_view edtf, bg_arena *arena)
{
  period when;
  if (!read_period(edtf, &when)) {
    return edtf;
  }
  const moment *first = &when.start;
  const moment *last = &when.end;
  const char *doubt = first->is_uncertain || last->is_uncertain ? "perhaps "
                      : first->is_approximate || last->is_approximate ? "about "
                                                                      : "";
  bool is_one = !when.is_open ||
                (when.has_start && when.has_end && is_same_day(first, last));
  if (is_one || !when.has_end) {
    return bg_arena_format(arena, "%s%s%.*s", is_one ? "" : "from ", doubt,
                           BG_VIEW_ARGS(say_moment(first, arena)));
  }
  bg_view end = say_moment(last, arena);
  if (!when.has_start) {
    return bg_arena_format(arena, "until %s%.*s", doubt, BG_VIEW_ARGS(end));
  }
  return bg_arena_format(arena, "%s%.*s to %.*s%s", doubt,
                         BG_VIEW_ARGS(say_first(first, last, arena)),
                         BG_VIEW_ARGS(end),
                         first->year <= 0 && last->year > 0 ? " AD" : "");
}

int64_t
bg_when_key(bg_view edtf)
{
  period when;
  if (!read_period(edtf, &when)) {
    return BG_UNDATED;
  }
  const moment *first = when.has_start ? &when.start : &when.end;
  // A season stands where its first month does: spring in March.
  unsigned month = first->month > 12 ? (first->month - 20) * 3 : first->month;
  return (first->year * 16 + month) * 32 + first->day;
}
