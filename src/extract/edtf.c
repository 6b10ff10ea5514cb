/// What is written of dates: EDTF and outer bounds.

#include "extract/date.h"

#include <stdlib.h>

unsigned
bg_days_of_month(int year, unsigned month, bg_calendar calendar)
{
  static const unsigned days[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};
  bool is_leap = year % 4 == 0 && (calendar == BG_CALENDAR_JULIAN ||
                                   year % 100 != 0 || year % 400 == 0);
  return days[month - 1] + (month == 2 && is_leap ? 1 : 0);
}

bg_view
bg_day_format(bg_day day, bg_arena *arena)
{
  const char *sign = day.year < 0 ? "-" : "";
  int year = abs(day.year);
  if (day.day > 0) {
    return bg_arena_format(arena, "%s%04d-%02u-%02u", sign, year, day.month,
                           day.day);
  }
  if (day.month > 0) {
    return bg_arena_format(arena, "%s%04d-%02u", sign, year, day.month);
  }
  return bg_arena_format(arena, "%s%04d", sign, year);
}

bg_view
bg_date_edtf(const bg_date *date, bg_arena *arena)
{
  const char *mark = date->approximate ? "~" : "";
  bg_view start = bg_day_format(date->start, arena);
  bg_view end = bg_day_format(date->end, arena);
  if (date->is_open) {
    return bg_arena_format(arena, "%.*s%s/..", BG_VIEW_ARGS(start), mark);
  }
  if (bg_view_is_equal(start, end)) {
    return bg_arena_format(arena, "%.*s%s", BG_VIEW_ARGS(start), mark);
  }
  return bg_arena_format(arena, "%.*s%s/%.*s%s", BG_VIEW_ARGS(start), mark,
                         BG_VIEW_ARGS(end), mark);
}

void
bg_date_bounds(const bg_date *date, bg_day *earliest, bg_day *latest)
{
  *earliest = date->start;
  if (earliest->month == 0) {
    earliest->month = 1;
  }
  if (earliest->day == 0) {
    earliest->day = 1;
  }
  *latest = date->end;
  if (latest->month == 0) {
    latest->month = 12;
  }
  if (latest->day == 0) {
    latest->day = bg_days_of_month(latest->year, latest->month, date->calendar);
  }
}
