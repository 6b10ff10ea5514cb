#include "extract/date.h"

#include <stdlib.h>

// ---- tokens ----------------------------------------------------------------

enum { most_tokens = 200, most_parts = 40 };

typedef enum {
  TOKEN_NUMBER,
  TOKEN_MONTH,
  TOKEN_ERA,
  TOKEN_RANGE, // a dash, "to", "until"
  TOKEN_OR,    // "or", "/"
  TOKEN_COMMA,
  TOKEN_APPROXIMATE, // "c.", "early", "?"
  TOKEN_ONGOING,     // "present"
  TOKEN_ISO,         // 1941-08-12, all at once
} token_kind;

typedef struct {
  token_kind kind;
  int value;       // of a number, a month; 1 for an era before Christ
  unsigned digits; // of a number
  bg_day day;      // of TOKEN_ISO
  size_t start;    // offsets in the text
  size_t end;
} token;

typedef struct {
  bg_view text;
  const bg_lexicon *lexicon;
  token items[most_tokens];
  size_t count;
  bg_calendar calendar; // the first that is named
  bool has_both;        // another is named behind it
  bool approximate;
} token_list;

static void
add_token(token_list *tokens, token_kind kind, int value, size_t start,
          size_t end)
{
  if (tokens->count < most_tokens) {
    tokens->items[tokens->count++] =
        (token){.kind = kind, .value = value, .start = start, .end = end};
  }
}

/// Digits from `at` on, as a number; more than four are no part of a date.
static size_t
count_digits(bg_view text, size_t at, int *value)
{
  size_t end = at;
  *value = 0;
  while (end < text.size && bg_is_digit(text.bytes[end])) {
    if (end - at < 4) {
      *value = *value * 10 + (text.bytes[end] - '0');
    }
    end++;
  }
  return end - at;
}

static bool
is_month_and_day(int month, int day)
{
  return month >= 1 && month <= 12 && day >= 0 && day <= 31;
}

/// iso ::= year{4} "-" month{2} [ "-" day{2} ]; its length, or 0
static size_t
read_iso(token_list *tokens, size_t at)
{
  bg_view text = tokens->text;
  int year;
  int month;
  int day = 0;
  if (count_digits(text, at, &year) != 4 || at + 7 > text.size ||
      text.bytes[at + 4] != '-' || count_digits(text, at + 5, &month) != 2) {
    return 0;
  }
  size_t length = 7;
  if (at + 10 <= text.size && text.bytes[at + 7] == '-' &&
      count_digits(text, at + 8, &day) == 2) {
    length = 10;
  }
  // "1914-18" is no month.
  if (!is_month_and_day(month, day) || tokens->count == most_tokens) {
    return 0;
  }
  add_token(tokens, TOKEN_ISO, year, at, at + length);
  tokens->items[tokens->count - 1].day =
      (bg_day){year, (unsigned)month, (unsigned)day};
  return length;
}

/// A number that is no part of a date: a time of day, thousands, a decimal.
static bool
is_other_number(bg_view text, size_t at, size_t end)
{
  bool joins_before =
      at > 1 && (text.bytes[at - 1] == ':' || text.bytes[at - 1] == ',') &&
      bg_is_digit(text.bytes[at - 2]);
  bool joins_behind =
      end + 1 < text.size &&
      (text.bytes[end] == ':' ||
       (text.bytes[end] == ',' && end + 3 < text.size &&
        bg_is_digit(text.bytes[end + 2]) && bg_is_digit(text.bytes[end + 3]) &&
        (end + 4 == text.size || !bg_is_digit(text.bytes[end + 4])))) &&
      bg_is_digit(text.bytes[end + 1]);
  return joins_before || joins_behind;
}

/// spelled ::= year{4} " " month " " day: what a plain rendering leaves of a
/// date template; its length, or 0
static size_t
read_spelled(token_list *tokens, size_t at)
{
  bg_view text = tokens->text;
  int year;
  int month;
  int day;
  if (count_digits(text, at, &year) != 4 || at + 5 > text.size ||
      text.bytes[at + 4] != ' ') {
    return 0;
  }
  size_t months = count_digits(text, at + 5, &month);
  size_t end = at + 5 + months;
  if (months < 1 || months > 2 || end >= text.size || text.bytes[end] != ' ') {
    return 0;
  }
  size_t days = count_digits(text, end + 1, &day);
  end += 1 + days;
  size_t length;
  bool has_month_behind =
      end + 1 < text.size && bg_lexicon_match(tokens->lexicon, BG_WORDS_MONTHS,
                                              text, end + 1, &length) != NULL;
  if (days < 1 || days > 2 || month == 0 || day == 0 ||
      !is_month_and_day(month, day) || has_month_behind ||
      tokens->count == most_tokens) {
    return 0;
  }
  add_token(tokens, TOKEN_ISO, year, at, end);
  tokens->items[tokens->count - 1].day =
      (bg_day){year, (unsigned)month, (unsigned)day};
  return end - at;
}

static size_t
read_number(token_list *tokens, size_t at)
{
  bg_view text = tokens->text;
  size_t length = read_iso(tokens, at);
  if (length == 0) {
    length = read_spelled(tokens, at);
  }
  if (length > 0) {
    return length;
  }
  int value;
  size_t digits = count_digits(text, at, &value);
  size_t end = at + digits;
  bool is_other = digits > 4 || is_other_number(text, at, end);
  end += bg_grammar_at(tokens->lexicon, bg_view_slice(text, end, text.size), 0,
                       "ordinal");
  // "13 days" is a duration, "20 km" a distance: the next word tells.
  size_t word = end;
  while (word < text.size && bg_is_space(text.bytes[word])) {
    word++;
  }
  size_t word_length;
  const bg_entry *entry = bg_lexicon_match(tokens->lexicon, BG_WORDS_DATES,
                                           text, word, &word_length);
  is_other |= bg_entry_is(entry, "ignored");
  if (!is_other) {
    add_token(tokens, TOKEN_NUMBER, value, at, end);
    if (tokens->count > 0) {
      tokens->items[tokens->count - 1].digits = (unsigned)digits;
    }
  }
  return end - at;
}

static size_t
read_dash(token_list *tokens, size_t at)
{
  static const bg_view dashes[] = {{"–", 3}, {"—", 3}, {"‒", 3},
                                   {"−", 3}, {"‑", 3}, {"-", 1}};
  bg_view rest = bg_view_slice(tokens->text, at, tokens->text.size);
  for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
    if (bg_view_has_prefix(rest, dashes[i])) {
      add_token(tokens, TOKEN_RANGE, 0, at, at + dashes[i].size);
      return dashes[i].size;
    }
  }
  return 0;
}

static size_t
read_mark(token_list *tokens, size_t at)
{
  char byte = tokens->text.bytes[at];
  if (byte == ',') {
    add_token(tokens, TOKEN_COMMA, 0, at, at + 1);
    return 1;
  }
  if (byte == '/') {
    add_token(tokens, TOKEN_OR, 1, at, at + 1);
    return 1;
  }
  if (byte == '?') {
    tokens->approximate = true;
    return 1;
  }
  return read_dash(tokens, at);
}

/// A second calendar, "6 November (O.S.) / 16 November (N.S.)", says the same
/// date once more.
static void
note_calendar(token_list *tokens, bg_calendar named)
{
  if (tokens->calendar == BG_CALENDAR_UNSTATED) {
    tokens->calendar = named;
  } else {
    tokens->has_both |= tokens->calendar != named;
  }
}

/// A word of dates.tsv; its length, or 0.
static size_t
read_date_word(token_list *tokens, size_t at)
{
  size_t length;
  const bg_entry *entry = bg_lexicon_match(tokens->lexicon, BG_WORDS_DATES,
                                           tokens->text, at, &length);
  if (entry == NULL) {
    return 0;
  }
  bg_view meaning = entry->values[0];
  if (bg_view_is_equal(meaning, BG_VIEW("approximate"))) {
    add_token(tokens, TOKEN_APPROXIMATE, 0, at, at + length);
    tokens->approximate = true;
  } else if (bg_view_is_equal(meaning, BG_VIEW("range"))) {
    add_token(tokens, TOKEN_RANGE, 0, at, at + length);
  } else if (bg_view_is_equal(meaning, BG_VIEW("or"))) {
    add_token(tokens, TOKEN_OR, 0, at, at + length);
  } else if (bg_view_is_equal(meaning, BG_VIEW("ongoing"))) {
    add_token(tokens, TOKEN_ONGOING, 0, at, at + length);
  } else if (bg_view_is_equal(meaning, BG_VIEW("julian"))) {
    note_calendar(tokens, BG_CALENDAR_JULIAN);
  } else if (bg_view_is_equal(meaning, BG_VIEW("gregorian"))) {
    note_calendar(tokens, BG_CALENDAR_GREGORIAN);
  }
  return length;
}

/// A month, an era or a word of dates.tsv; else the word is passed over.
static size_t
read_word(token_list *tokens, size_t at)
{
  bg_view text = tokens->text;
  size_t length;
  const bg_entry *entry =
      bg_lexicon_match(tokens->lexicon, BG_WORDS_MONTHS, text, at, &length);
  if (entry != NULL) {
    add_token(tokens, TOKEN_MONTH, entry->values[0].bytes[0] - '0', at,
              at + length);
    if (entry->values[0].size == 2 && tokens->count > 0) {
      tokens->items[tokens->count - 1].value =
          10 + entry->values[0].bytes[1] - '0';
    }
    return length;
  }
  entry = bg_lexicon_match(tokens->lexicon, BG_WORDS_ERAS, text, at, &length);
  if (entry != NULL) {
    add_token(tokens, TOKEN_ERA, bg_entry_is(entry, "BC"), at, at + length);
    return length;
  }
  length = read_date_word(tokens, at);
  if (length > 0) {
    return length;
  }
  length = 1;
  while (at + length < text.size &&
         (bg_is_letter(text.bytes[at + length]) ||
          (unsigned char)text.bytes[at + length] >= 0xC3)) {
    length++;
  }
  return length;
}

/// The end of the bracket that opens at `at`: behind its closing, or of the
/// text. What is in it counts only where it names a calendar.
static size_t
pass_bracket(token_list *tokens, size_t at)
{
  bg_view text = tokens->text;
  char close = text.bytes[at] == '(' ? ')' : ']';
  size_t end = bg_view_find_byte(text, close, at);
  end = end == BG_NOWHERE ? text.size : end;
  bool has_number = bg_view_has_digit(bg_view_slice(text, at, end));
  bg_calendar named = BG_CALENDAR_UNSTATED;
  for (size_t i = at + 1; i < end; i++) {
    size_t length;
    const bg_entry *entry =
        bg_lexicon_match(tokens->lexicon, BG_WORDS_DATES, text, i, &length);
    if (entry == NULL || bg_is_letter(text.bytes[i - 1])) {
      continue;
    }
    if (bg_entry_is(entry, "julian")) {
      named = BG_CALENDAR_JULIAN;
    } else if (bg_entry_is(entry, "gregorian")) {
      named = BG_CALENDAR_GREGORIAN;
    }
  }
  // "6 November [O.S. 26 October]": the bracket's date is of that calendar, so
  // the one before it is of the other.
  if (named != BG_CALENDAR_UNSTATED && tokens->count > 0) {
    note_calendar(tokens, !has_number                   ? named
                          : named == BG_CALENDAR_JULIAN ? BG_CALENDAR_GREGORIAN
                                                        : BG_CALENDAR_JULIAN);
  }
  return end < text.size ? end + 1 : end;
}

static void
read_tokens(token_list *tokens, bool in_brackets)
{
  bg_view text = tokens->text;
  for (size_t at = 0; at < text.size && tokens->count < most_tokens;) {
    char byte = text.bytes[at];
    size_t length = 0;
    if ((byte == '(' || byte == '[') && !in_brackets) {
      at = pass_bracket(tokens, at);
      continue;
    }
    if (bg_is_digit(byte)) {
      length = read_number(tokens, at);
    } else if (bg_is_letter(byte) || (unsigned char)byte >= 0xC3) {
      length = read_dash(tokens, at);
      length = length > 0 ? length : read_word(tokens, at);
    } else {
      length = read_mark(tokens, at);
    }
    at += length > 0 ? length : 1;
  }
}

// ---- parts: dates of which something may be missing ------------------------

typedef struct {
  int year;
  unsigned month;
  unsigned day;
  bool has_year;
  bool has_era;
  bool is_bc;
  bool is_short_year; // "18" of "1914–18"
  bool is_or;         // the token before it was "or" or a slash
  bool is_or_word;
  bool is_range;  // the token before it was a dash or "to"
  bool is_joined; // a range or "or" joins it to the one before
  size_t start;
  size_t end;
} part;

typedef struct {
  const token_list *tokens;
  size_t at;
  part items[most_parts];
  size_t count;
  bool is_open;
} part_list;

static const token *
peek(const part_list *parts, size_t ahead)
{
  size_t at = parts->at + ahead;
  return at < parts->tokens->count ? &parts->tokens->items[at] : NULL;
}

static bool
next_is(const part_list *parts, size_t ahead, token_kind kind)
{
  const token *next = peek(parts, ahead);
  return next != NULL && next->kind == kind;
}

static bool
is_day(const token *number)
{
  return number != NULL && number->kind == TOKEN_NUMBER && number->value >= 1 &&
         number->value <= 31 && number->digits <= 2;
}

/// A number that can only be a year, or that an era makes one.
static bool
is_year(const part_list *parts, size_t ahead)
{
  const token *number = peek(parts, ahead);
  return number != NULL && number->kind == TOKEN_NUMBER && number->value > 0 &&
         (number->digits >= 3 || next_is(parts, ahead + 1, TOKEN_ERA));
}

static void
take(part_list *parts, part *into, size_t tokens)
{
  into->end = peek(parts, tokens - 1)->end;
  parts->at += tokens;
}

/// year ::= [","] NUMBER [era]
static void
read_year(part_list *parts, part *into)
{
  size_t comma = next_is(parts, 0, TOKEN_COMMA) ? 1 : 0;
  const token *number = peek(parts, comma);
  // Behind a month even "73" is a year, where no month follows it.
  if (number == NULL) {
    return;
  }
  bool is_short =
      number->kind == TOKEN_NUMBER && number->value > 31 && into->month > 0;
  if (!is_year(parts, comma) && !is_short) {
    return;
  }
  into->year = number->value;
  into->has_year = true;
  take(parts, into, comma + 1);
  const token *era = peek(parts, 0);
  if (era != NULL && era->kind == TOKEN_ERA) {
    into->has_era = true;
    into->is_bc = era->value == 1;
    take(parts, into, 1);
  }
}

/// day-month ::= NUMBER month | month NUMBER | month, then a year or none
static bool
read_month_date(part_list *parts, part *into)
{
  const token *first = peek(parts, 0);
  if (is_day(first) && next_is(parts, 1, TOKEN_MONTH)) {
    into->day = (unsigned)first->value;
    into->month = (unsigned)peek(parts, 1)->value;
    take(parts, into, 2);
  } else if (first->kind == TOKEN_MONTH) {
    into->month = (unsigned)first->value;
    take(parts, into, 1);
    if (is_day(peek(parts, 0)) && !next_is(parts, 1, TOKEN_MONTH) &&
        !next_is(parts, 1, TOKEN_ERA)) {
      into->day = (unsigned)peek(parts, 0)->value;
      take(parts, into, 1);
    }
  } else {
    return false;
  }
  read_year(parts, into);
  return true;
}

/// A bare number: a year; a day whose month stands elsewhere; the last digits
/// of a year.
static bool
read_bare_number(part_list *parts, part *into, bool is_joined, bool is_circa)
{
  const token *number = peek(parts, 0);
  if (is_year(parts, 0) || (is_circa && number->value > 31)) {
    if (next_is(parts, 0, TOKEN_NUMBER) && !is_year(parts, 0)) {
      into->year = number->value;
      into->has_year = true;
      take(parts, into, 1);
      return true;
    }
    read_year(parts, into);
    return true;
  }
  const part *before =
      parts->count > 0 ? &parts->items[parts->count - 1] : NULL;
  bool joins = next_is(parts, 1, TOKEN_RANGE) || next_is(parts, 1, TOKEN_OR) ||
               next_is(parts, 1, TOKEN_COMMA);
  if (is_joined && before != NULL && before->has_year && before->day == 0 &&
      before->month == 0 && number->digits == 2) {
    into->year = number->value;
    into->has_year = into->is_short_year = true;
    take(parts, into, 1);
    return true;
  }
  if (is_day(number) && (joins || is_joined)) {
    into->day = (unsigned)number->value;
    take(parts, into, 1);
    read_year(parts, into);
    return true;
  }
  return false;
}

/// era-year ::= ("AD" | "BC") NUMBER
static bool
read_era_first(part_list *parts, part *into)
{
  const token *era = peek(parts, 0);
  const token *number = peek(parts, 1);
  if (era->kind != TOKEN_ERA || number == NULL ||
      number->kind != TOKEN_NUMBER || number->value == 0) {
    return false;
  }
  into->year = number->value;
  into->has_year = into->has_era = true;
  into->is_bc = era->value == 1;
  take(parts, into, 2);
  return true;
}

static bool
read_part(part_list *parts, part *into, bool is_joined, bool is_circa)
{
  const token *first = peek(parts, 0);
  into->start = first->start;
  if (first->kind == TOKEN_ISO) {
    into->year = first->day.year;
    into->has_year = true;
    into->month = first->day.month;
    into->day = first->day.day;
    take(parts, into, 1);
    return true;
  }
  return read_month_date(parts, into) || read_era_first(parts, into) ||
         (first->kind == TOKEN_NUMBER &&
          read_bare_number(parts, into, is_joined, is_circa));
}

static void
read_parts(part_list *parts)
{
  bool is_joined = false;
  bool is_or = false;
  bool is_or_word = false;
  bool is_circa = false;
  bool is_since = false;
  while (parts->at < parts->tokens->count && parts->count < most_parts) {
    part next = {0};
    const token *first = peek(parts, 0);
    if (first->kind == TOKEN_RANGE || first->kind == TOKEN_OR) {
      is_joined = parts->count > 0;
      is_or = first->kind == TOKEN_OR;
      is_or_word = is_or && parts->tokens->text.bytes[first->start] != '/';
      parts->at++;
    } else if (first->kind == TOKEN_APPROXIMATE) {
      is_circa = true;
      parts->at++;
    } else if (first->kind == TOKEN_ONGOING) {
      parts->is_open |= parts->count > 0;
      is_since |= parts->count == 0;
      parts->at++;
    } else if (read_part(parts, &next, is_joined, is_circa)) {
      next.is_joined = is_joined;
      next.is_or = is_or;
      next.is_or_word = is_or_word;
      next.is_range = is_joined && !is_or;
      parts->items[parts->count++] = next;
      is_joined = is_or = is_or_word = is_circa = false;
    } else {
      parts->at++;
    }
  }
  parts->is_open |= is_since && parts->count == 1; // "since 2011"
}

// ---- what is missing comes from the neighbours -----------------------------

/// "331 BC, 1 October": a year alone before a day and month without one.
static void
merge_years(part_list *parts)
{
  for (size_t i = 0; i + 1 < parts->count; i++) {
    part *year = &parts->items[i];
    part *date = &parts->items[i + 1];
    if (year->has_year && year->month == 0 && date->month > 0 &&
        !date->has_year && !date->is_joined) {
      date->year = year->year;
      date->has_year = true;
      date->has_era = year->has_era;
      date->is_bc = year->is_bc;
      date->start = year->start;
      for (size_t j = i; j + 1 < parts->count; j++) {
        parts->items[j] = parts->items[j + 1];
      }
      parts->count--;
    }
  }
}

static void
fill_from(part *into, const part *from)
{
  if (into->month == 0 && into->day > 0) {
    into->month = from->month;
  }
  if (!into->has_year && from->has_year) {
    into->year = from->year;
    into->has_year = true;
    into->has_era = from->has_era;
    into->is_bc = from->is_bc;
  }
}

static void
fill_parts(part_list *parts)
{
  for (size_t i = parts->count; i-- > 1;) {
    part *left = &parts->items[i - 1];
    const part *right = &parts->items[i];
    if (right->is_joined && right->has_era && !left->has_era &&
        left->has_year) {
      left->is_bc = right->is_bc; // "264–241 BC"
      left->has_era = true;
    }
    if (!right->is_short_year) {
      fill_from(left, right);
    }
  }
  for (size_t i = 1; i < parts->count; i++) {
    part *right = &parts->items[i];
    const part *left = &parts->items[i - 1];
    if (right->is_short_year) {
      right->year += left->year / 100 * 100;
    }
    fill_from(right, left);
  }
}

// ---- the date --------------------------------------------------------------

static bg_day
day_of_part(const part *from, bg_calendar calendar)
{
  bg_day day = {.year = from->is_bc ? 1 - from->year : from->year,
                .month = from->month,
                .day = from->month > 0 ? from->day : 0};
  if (day.day > 0 &&
      day.day > bg_days_of_month(day.year, day.month, calendar)) {
    day.day = 0;
  }
  return day;
}

bool
bg_day_is_before(bg_day a, bg_day b)
{
  if (a.year != b.year) {
    return a.year < b.year;
  }
  return a.month != b.month ? a.month < b.month : a.day < b.day;
}

static bool
build_date(const token_list *tokens, const part_list *parts, bg_date *date,
           bg_view *stated)
{
  bool any = false;
  size_t start = 0;
  size_t end = 0;
  *date = (bg_date){.calendar = tokens->calendar,
                    .approximate = tokens->approximate,
                    .is_open = parts->is_open};
  for (size_t i = 0; i < parts->count; i++) {
    const part *each = &parts->items[i];
    if (!each->has_year) {
      continue;
    }
    bg_day day = day_of_part(each, tokens->calendar);
    // "July or August", "August/September", "10 or 11 August": which, is not
    // known. A night "17/18 July" is.
    date->approximate |= each->is_or && (each->day == 0 || each->is_or_word);
    if (!any) {
      date->start = date->end = day;
      start = each->start;
      any = true;
    } else if (tokens->has_both && !each->is_range) {
      break;
    } else if (bg_day_is_before(date->end, day)) {
      date->end = day;
    }
    end = each->end;
  }
  if (any) {
    *stated = bg_view_slice(tokens->text, start, end);
  }
  return any;
}

static bool
read_date(bg_view text, const bg_lexicon *lexicon, bool in_brackets,
          bg_date *date, bg_view *stated)
{
  token_list tokens = {.text = text, .lexicon = lexicon};
  read_tokens(&tokens, in_brackets);
  part_list parts = {.tokens = &tokens};
  read_parts(&parts);
  merge_years(&parts);
  fill_parts(&parts);
  return build_date(&tokens, &parts, date, stated);
}

/// Up to the first word of something else than the conflict: "ratification".
static bg_view
before_aside(bg_view text, const bg_lexicon *lexicon)
{
  size_t at;
  size_t length;
  const bg_entry *word;
  for (size_t from = 0; (word = bg_lexicon_search(lexicon, BG_WORDS_DATES, text,
                                                  from, &at, &length)) != NULL;
       from = at + length) {
    if (bg_entry_is(word, "aside")) {
      return bg_view_slice(text, 0, at);
    }
  }
  return text;
}

bool
bg_date_read(bg_view text, const bg_lexicon *lexicon, bg_date *date,
             bg_view *stated)
{
  enum { longest_text = 4096 }; // bytes; a date stands at the beginning
  text = before_aside(bg_view_slice(text, 0, longest_text), lexicon);
  return read_date(text, lexicon, false, date, stated) ||
         read_date(text, lexicon, true, date, stated);
}
