/// Dates as battle articles write them.

#ifndef BG_EXTRACT_DATE_H
#define BG_EXTRACT_DATE_H

#include "lexicon/lexicon.h"

/// As precise as stated: `month` and `day` are 0 where they are not. Years are
/// astronomical: 0 is 1 BC.
typedef struct {
  int year;
  unsigned month;
  unsigned day;
} bg_day;

typedef enum {
  BG_CALENDAR_UNSTATED,
  BG_CALENDAR_JULIAN,    ///< the text says Old Style or Julian
  BG_CALENDAR_GREGORIAN, ///< the text says New Style or Gregorian
} bg_calendar;

typedef struct {
  bg_day start;
  bg_day end; ///< the same as `start` where the text gives one date
  bool approximate;
  bool is_open;         ///< goes on: "1990 – present"; `end` is `start`
  bg_calendar calendar; ///< of the dates above
} bg_date;

/// Reads the first start and the last end that the text states. Footnotes and
/// markup are gone from `text`; templates have been spelled out. Durations
/// ("3 weeks") and weekdays are passed over. False when it states no date;
/// `stated` is the part of the text the dates were read from.
bool bg_date_read(bg_view text, const bg_lexicon *lexicon, bg_date *date,
                  bg_view *stated);

/// What is not stated comes before what is: 1942 before 1942-08.
bool bg_day_is_before(bg_day a, bg_day b);

/// Of a year and month in a calendar; an unstated one is proleptic Gregorian.
unsigned bg_days_of_month(int year, unsigned month, bg_calendar calendar);

/// ISO 8601 / XSD 1.1: "1942-08-19", "1942-08", "1942", "-0489-09".
bg_view bg_day_format(bg_day day, bg_arena *arena);

/// Extended Date/Time Format, level 1: "0717~", "1942-08-19/1942-08-20",
/// "1990/..".
bg_view bg_date_edtf(const bg_date *date, bg_arena *arena);

/// The outer bounds as whole days: the first day `start` may mean, the last
/// day `end` may mean. February knows leap years, proleptic Gregorian or, for
/// a Julian date, Julian.
void bg_date_bounds(const bg_date *date, bg_day *earliest, bg_day *latest);

#endif
