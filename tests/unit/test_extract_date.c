/// Dates as articles write them.

#include "extract/date.h"
#include "lexicon.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

static const struct {
  const char *text;
  const char *edtf; // NULL: no date is read
} cases[] = {
    {"13 August 1704", "1704-08-13"},
    {"October 14, 1066", "1066-10-14"},
    {"14 October 1066", "1066-10-14"},
    {"August 1942", "1942-08"},
    {"1942", "1942"},
    {"1941-08-12", "1941-08-12"},
    {"1941-02-05 – 1941-04-01", "1941-02-05/1941-04-01"},
    {"20 May – 1 June 1941 (13 days)", "1941-05-20/1941-06-01"},
    {"21–25 January 1944", "1944-01-21/1944-01-25"},
    {"10 July – 31 October 1940", "1940-07-10/1940-10-31"},
    {"May 5–6, 1945", "1945-05-05/1945-05-06"},
    {"June 25 to July 9, 1944", "1944-06-25/1944-07-09"},
    {"October 2 – November 8, 1944", "1944-10-02/1944-11-08"},
    {"March–June 1942", "1942-03/1942-06"},
    {"September 3, 1939 – May 8, 1945", "1939-09-03/1945-05-08"},
    {"1861-1865", "1861/1865"},
    {"1914–18", "1914/1918"},
    {"17/18 July 1942", "1942-07-17/1942-07-18"},
    {"July or August, 251", "0251-07~/0251-08~"},
    {"August/September 1944", "1944-08~/1944-09~"},
    {"c. 717", "0717~"},
    {"c. 60 BC", "-0059~"},
    {"717 AD", "0717"},
    {"AD 9", "0009"},
    {"September 490 BC", "-0489-09"},
    {"2 August 216 BC", "-0215-08-02"},
    {"331 BC, 1 October", "-0330-10-01"},
    {"264–241 BC", "-0263/-0240"},
    {"1 BC", "0000"},
    {"mid-July to early August 751", "0751-07~/0751-08~"},
    {"12th of May 1809", "1809-05-12"},
    {"Sunday, 18 June 1815", "1815-06-18"},
    {"06:30, 8 May 1941", "1941-05-08"},
    {"19\xC2\xA0"
     "August 1942",
     "1942-08-19"},
    {"1990 – present", "1990/.."},
    {"31 February 1900", "1900-02"},
    {"Unknown", NULL},
    {"", NULL},
    {"(3 months, 3 weeks and 2 days)", NULL},
    {"20,000 men", NULL},
    {"0 BC", NULL},
    {"99999999999999999999", NULL},
    {"\xFF\xFE 1066 \xC3", "1066"},
};

static const struct {
  const char *text;
  const char *edtf;
  bg_calendar calendar;
} calendars[] = {
    {"6 November [O.S. 26 October] 1632", "1632-11-06", BG_CALENDAR_GREGORIAN},
    {"30 November 1700 (Old Style)", "1700-11-30", BG_CALENDAR_JULIAN},
    {"8 July 1709 (New Style)", "1709-07-08", BG_CALENDAR_GREGORIAN},
    {"13 August 1704", "1704-08-13", BG_CALENDAR_UNSTATED},
};

static const struct {
  bg_date date;
  const char *earliest;
  const char *latest;
} bounds[] = {
    {{.start = {717, 0, 0}, .end = {717, 0, 0}}, "0717-01-01", "0717-12-31"},
    {{.start = {1900, 2, 0}, .end = {1900, 2, 0}}, "1900-02-01", "1900-02-28"},
    {{.start = {1900, 2, 0},
      .end = {1900, 2, 0},
      .calendar = BG_CALENDAR_JULIAN},
     "1900-02-01",
     "1900-02-29"},
    {{.start = {-489, 9, 0}, .end = {-489, 9, 0}},
     "-0489-09-01",
     "-0489-09-30"},
};

static void
check(const bg_lexicon *lexicon, bg_arena *arena, const char *text,
      const char *edtf, bg_calendar calendar, bool has_calendar)
{
  bg_date date;
  bg_view stated;
  bool found = bg_date_read(bg_view_of(text), lexicon, &date, &stated);
  bg_view got = found ? bg_date_edtf(&date, arena) : BG_VIEW("(none)");
  ok(bg_view_is_equal(got, bg_view_of(edtf == NULL ? "(none)" : edtf)) &&
         (!has_calendar || date.calendar == calendar),
     "'%s' is %.*s", text, BG_VIEW_ARGS(got));
  if (found) {
    bg_view whole = bg_view_of(text);
    ok(stated.bytes >= whole.bytes && stated.size > 0 &&
           stated.bytes + stated.size <= whole.bytes + whole.size,
       "'%s': its words are a part of the text", text);
  }
}

int
main(void)
{
  bg_lexicon *lexicon = open_lexicon();
  bg_arena *arena = bg_arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    check(lexicon, arena, cases[i].text, cases[i].edtf, BG_CALENDAR_UNSTATED,
          false);
  }
  for (size_t i = 0; i < sizeof calendars / sizeof *calendars; i++) {
    check(lexicon, arena, calendars[i].text, calendars[i].edtf,
          calendars[i].calendar, true);
  }
  for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
    bg_day earliest;
    bg_day latest;
    bg_date_bounds(&bounds[i].date, &earliest, &latest);
    ok(bg_view_is_equal(bg_day_format(earliest, arena),
                        bg_view_of(bounds[i].earliest)) &&
           bg_view_is_equal(bg_day_format(latest, arena),
                            bg_view_of(bounds[i].latest)),
       "bounds: %s to %s", bounds[i].earliest, bounds[i].latest);
  }
  bg_arena_free(arena);
  bg_lexicon_close(lexicon);
  return done_testing();
}
