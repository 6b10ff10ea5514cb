/// Times and durations of XSD 1.1 part 2 (https://www.w3.org/TR/xmlschema11-2/,
/// sections 3.3.6 to 3.3.14 and 3.4.26 to 3.4.28). Years are astronomical, the
/// calendar is the proleptic Gregorian one. Of the room's own.

#ifndef BG_SPARQL_DATETIME_H
#define BG_SPARQL_DATETIME_H

#include "sparql/number.h"

/// The first four stand on one timeline; where these begin together, in this
/// order.
typedef enum {
  BG_TIME_YEAR,
  BG_TIME_YEAR_MONTH,
  BG_TIME_DATE,
  BG_TIME_DATE_TIME,
  BG_TIME_TIME, ///< of any day
} bg_time_kind;

typedef struct {
  bg_time_kind kind;
  int64_t year;
  int month; ///< 1 where the kind has none; so for `day`
  int day;
  int hour;
  int minute;
  int second;
  int64_t fraction; ///< of the second, in 10^-18
  bool has_zone;
  int zone; ///< minutes east of UTC
} bg_time;

/// False for other datatypes, for a text that is not of its datatype, years of
/// more than ten digits, and more than 18 digits behind a second.
bool bg_time_read(const bg_term *term, bg_time *time);

bg_term bg_time_term(const bg_time *time, bg_arena *arena);

/// The partial order of XSD 1.1, section 3.3.7.4: one without a zone may be
/// anywhere in the 14 hours around. False where the order cannot be told, or
/// for two kinds: a day is neither before nor after what happens in it.
bool bg_time_compare(const bg_time *a, const bg_time *b, int *order);

/// A total order that agrees with it: by the beginning, in UTC where there is
/// no zone, then by the kind. Of BG_TIME_TIME among themselves.
int bg_time_order(const bg_time *a, const bg_time *b);

/// SECONDS (section 17.4.5.7).
bg_number bg_time_seconds(const bg_time *time);

typedef enum {
  BG_DURATION_ANY,
  BG_DURATION_DAY_TIME,
  BG_DURATION_YEAR_MONTH,
} bg_duration_kind;

/// All parts have the same sign, or are 0.
typedef struct {
  bg_duration_kind kind;
  int64_t months;
  int64_t seconds;
  int64_t fraction; ///< of the second, in 10^-18
} bg_duration;

bool bg_duration_read(const bg_term *term, bg_duration *duration);
bg_term bg_duration_term(const bg_duration *duration, bg_arena *arena);

/// The zone's, as TIMEZONE gives it (section 17.4.5.8).
bg_duration bg_duration_of_minutes(int minutes);

bool bg_duration_is_equal(const bg_duration *a, const bg_duration *b);

/// False unless both are dayTimeDurations or both yearMonthDurations: a month
/// has no length.
bool bg_duration_compare(const bg_duration *a, const bg_duration *b,
                         int *order);

/// A total order that agrees with both: as if a month had 30 days, then by the
/// months.
int bg_duration_order(const bg_duration *a, const bg_duration *b);

bg_duration bg_duration_negate(const bg_duration *duration);

/// Of one kind; false for an overflow.
bool bg_duration_add(const bg_duration *a, const bg_duration *b,
                     bg_duration *sum);

/// Of two dates, dateTimes or times (XPath functions, section 10.8); those
/// without a zone are in UTC.
bool bg_time_subtract(const bg_time *a, const bg_time *b,
                      bg_duration *difference);

/// XSD 1.1, appendix E.3.3: months first, and the day no later than the
/// month's last.
bool bg_time_add(const bg_time *time, const bg_duration *duration,
                 bg_time *sum);

/// A cast (section 17.5) to xsd:`name`: from text, and among dateTime, date,
/// time, gYear, gYearMonth and the durations as XPath functions, section 17.1.
bool bg_time_cast(const bg_term *term, bg_view name, bg_arena *arena,
                  bg_term *result);

bool bg_time_is_datatype(bg_view name);

#endif
