#include "sparql/datetime.h"
#include "sparql/functions.h"
#include "sparql/literal.h"

// ---- numbers (section 17.4.4) ---------------------------------------------

static bool
apply(const bg_call *call, bg_number (*change)(const bg_number *number),
      bg_term *result)
{
  bg_number number;
  if (!bg_number_read(&call->arguments[0], &number)) {
    return false;
  }
  number = change(&number);
  *result = bg_number_term(&number, call->evaluation->arena);
  return true;
}

bool
bg_function_abs(const bg_call *call, bg_term *result)
{
  return apply(call, bg_number_absolute, result);
}

bool
bg_function_ceil(const bg_call *call, bg_term *result)
{
  return apply(call, bg_number_ceiling, result);
}

bool
bg_function_floor(const bg_call *call, bg_term *result)
{
  return apply(call, bg_number_floor, result);
}

bool
bg_function_round(const bg_call *call, bg_term *result)
{
  return apply(call, bg_number_round, result);
}

/// From 0 to below 1: the 53 bits that a double holds.
bool
bg_function_rand(const bg_call *call, bg_term *result)
{
  uint64_t bits = bg_random_next(call->evaluation->random_state) >> 11;
  bg_number number = {.kind = BG_NUMBER_DOUBLE,
                      .real = (double)bits / (double)(UINT64_C(1) << 53)};
  *result = bg_number_term(&number, call->evaluation->arena);
  return true;
}

// ---- times (section 17.4.5) -----------------------------------------------

typedef enum { YEAR, MONTH, DAY, HOURS, MINUTES } part;

/// Of what the datatype has; dates, years and times are asked as dateTimes are.
static bool
part_of(const bg_call *call, part wanted, bg_term *result)
{
  bg_time time;
  if (!bg_time_read(&call->arguments[0], &time)) {
    return false;
  }
  bool has_clock = time.kind >= BG_TIME_DATE_TIME;
  bool has_year = time.kind != BG_TIME_TIME;
  const struct {
    bool is_there;
    int64_t value;
  } parts[] = {
      [YEAR] = {has_year, time.year},
      [MONTH] = {has_year && time.kind >= BG_TIME_YEAR_MONTH, time.month},
      [DAY] = {has_year && time.kind >= BG_TIME_DATE, time.day},
      [HOURS] = {has_clock, time.hour},
      [MINUTES] = {has_clock, time.minute},
  };
  *result = bg_value_integer(parts[wanted].value, call->evaluation->arena);
  return parts[wanted].is_there;
}

bool
bg_function_year(const bg_call *call, bg_term *result)
{
  return part_of(call, YEAR, result);
}

bool
bg_function_month(const bg_call *call, bg_term *result)
{
  return part_of(call, MONTH, result);
}

bool
bg_function_day(const bg_call *call, bg_term *result)
{
  return part_of(call, DAY, result);
}

bool
bg_function_hours(const bg_call *call, bg_term *result)
{
  return part_of(call, HOURS, result);
}

bool
bg_function_minutes(const bg_call *call, bg_term *result)
{
  return part_of(call, MINUTES, result);
}

bool
bg_function_seconds(const bg_call *call, bg_term *result)
{
  bg_time time;
  if (!bg_time_read(&call->arguments[0], &time) ||
      time.kind < BG_TIME_DATE_TIME) {
    return false;
  }
  bg_number seconds = bg_time_seconds(&time);
  *result = bg_number_term(&seconds, call->evaluation->arena);
  return true;
}

bool
bg_function_timezone(const bg_call *call, bg_term *result)
{
  bg_time time;
  if (!bg_time_read(&call->arguments[0], &time) || !time.has_zone) {
    return false;
  }
  bg_duration zone = bg_duration_of_minutes(time.zone);
  *result = bg_duration_term(&zone, call->evaluation->arena);
  return true;
}

/// As the text has it: "Z", "-08:00", or nothing.
bool
bg_function_tz(const bg_call *call, bg_term *result)
{
  enum { zone_size = 6 };
  bg_time time;
  bg_view text = call->arguments[0].text;
  if (!bg_time_read(&call->arguments[0], &time)) {
    return false;
  }
  size_t size = !time.has_zone                     ? 0
                : text.bytes[text.size - 1] == 'Z' ? 1
                                                   : zone_size;
  *result = bg_value_plain(bg_view_slice(text, text.size - size, text.size));
  return true;
}

bool
bg_function_now(const bg_call *call, bg_term *result)
{
  *result = bg_value_typed(call->evaluation->now, BG_XSD_VIEW("dateTime"));
  return true;
}
