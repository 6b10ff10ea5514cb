#include "extract/quantity.h"

#include "extract/counted.h"
#include "extract/number.h"
#include "extract/source.h"

#include <string.h>

enum { most_numbers = 400 };

/// A number and what it counts.
typedef struct {
  bg_number number;
  bg_counted counted; // the words behind it, else those before it
  bg_view measure;
  bg_view according_to;
  size_t start; // of the words that say it
  size_t end;
  bool is_dropped;
} quantity;

typedef struct {
  bg_view text;
  bg_quantity_kind kind;
  const bg_lexicon *lexicon;
  bg_counted heading; // what the context says is counted
  quantity *items;
  size_t count;
} quantity_reader;

// ---- measures --------------------------------------------------------------

/// The words of the parenthesis that follows at `at`, without it; empty where
/// there is none.
static bg_view
words_in_bracket(bg_view text, size_t at, size_t *close)
{
  size_t open = bg_skip_spaces(text, at);
  *close = text.size;
  if (open >= text.size ||
      (text.bytes[open] != '(' && text.bytes[open] != '[')) {
    return BG_VIEW("");
  }
  char closing = text.bytes[open] == '(' ? ')' : ']';
  *close = bg_view_find_byte(text, closing, open);
  *close = *close == BG_NOWHERE ? text.size : *close;
  return bg_view_trim(bg_view_slice(text, open + 1, *close));
}

static bg_counted
read_counted(const quantity_reader *reader, size_t from, size_t to)
{
  return bg_counted_read(reader->lexicon, reader->kind, reader->text, from, to);
}

static bg_view
measure_of(const quantity_reader *reader, const bg_counted *counted,
           const quantity *each)
{
  return bg_counted_measure(counted, reader->kind, each->number.maximum);
}

/// A full stop behind a number or a word that is no abbreviation.
static bool
ends_sentence(bg_view text, size_t at)
{
  return text.bytes[at] == '.' && at > 3 &&
         (bg_is_digit(text.bytes[at - 1]) ||
          (bg_is_letter(text.bytes[at - 1]) &&
           bg_is_letter(text.bytes[at - 2]) &&
           bg_is_letter(text.bytes[at - 3])));
}

/// Where the words behind a number end: at the next number, at a semicolon, at
/// the end of a sentence, or where a parenthesis begins or ends.
static size_t
end_of_words(const quantity_reader *reader, size_t index)
{
  bg_view text = reader->text;
  size_t end = index + 1 < reader->count ? reader->items[index + 1].number.start
                                         : text.size;
  for (size_t i = reader->items[index].number.end; i < end; i++) {
    char byte = text.bytes[i];
    if (strchr(";)([]", byte) != NULL ||
        (i + 1 < end && text.bytes[i + 1] == ' ' && ends_sentence(text, i))) {
      return i;
    }
  }
  return end;
}

/// Words before the number, back to the last separator or number.
static size_t
start_of_words(const quantity_reader *reader, size_t index)
{
  size_t least = index > 0 ? reader->items[index - 1].end : 0;
  size_t at = reader->items[index].number.start;
  while (at > least && strchr(",;()[]", reader->text.bytes[at - 1]) == NULL &&
         !(at < reader->text.size && reader->text.bytes[at] == ' ' &&
           ends_sentence(reader->text, at - 1))) {
    at--;
  }
  return at;
}

/// "74 Squadron", "3 Commando Brigade": the number of one unit, its name.
static bool
is_name_of_unit(const quantity_reader *reader, const quantity *each)
{
  size_t behind = bg_skip_spaces(reader->text, each->number.end);
  bool is_capital = behind < reader->text.size &&
                    reader->text.bytes[behind] >= 'A' &&
                    reader->text.bytes[behind] <= 'Z';
  return each->counted.is_one_formation && !each->number.is_word &&
         each->number.minimum > 1 && each->number.minimum < 1000 &&
         each->number.minimum == each->number.maximum &&
         (is_capital || each->counted.first == behind);
}

/// What the words before the number say, where those behind say nothing, or
/// name persons without a fate: "Killed: 300 men".
static void
read_before(const quantity_reader *reader, size_t index)
{
  quantity *each = &reader->items[index];
  size_t start = start_of_words(reader, index);
  start = bg_skip_spaces(reader->text, start);
  start += start < each->number.start && reader->text.bytes[start] == '/';
  bg_counted before = read_counted(reader, start, each->number.start);
  bg_view measure = measure_of(reader, &before, each);
  if (measure.size > 0 && (each->measure.size == 0 || before.fate.size > 0)) {
    each->measure = measure;
    each->start = before.first;
    each->counted.unknown = BG_VIEW("");
  }
}

/// "22,000 (POW)": what befell them stands alone in parentheses.
static bg_counted
read_bracket(const quantity_reader *reader, const quantity *each)
{
  size_t close;
  bg_view words = words_in_bracket(reader->text, each->number.end, &close);
  bool is_bare =
      words.size > 0 && !bg_view_has_digit(words) && !each->number.in_bracket;
  bg_counted inside = {0};
  if (is_bare) {
    inside =
        bg_counted_read(reader->lexicon, reader->kind, words, 0, words.size);
  }
  return inside.fate.size > 0 || reader->kind == BG_QUANTITY_STRENGTH
             ? inside
             : (bg_counted){0}; // "267 (railway bridge)"
}

/// "732 (402 operational) aircraft": what is counted stands behind a part.
static bg_counted
read_behind_bracket(const quantity_reader *reader, const quantity *each)
{
  size_t close;
  bg_view words = words_in_bracket(reader->text, each->number.end, &close);
  bool is_part = bg_view_has_digit(words) && close + 2 < reader->text.size &&
                 reader->text.bytes[close + 1] == ' ' &&
                 bg_is_letter(reader->text.bytes[close + 2]);
  if (!is_part) {
    return (bg_counted){0};
  }
  size_t end = close + 1;
  while (end < reader->text.size && !bg_is_digit(reader->text.bytes[end]) &&
         strchr(",;()[]", reader->text.bytes[end]) == NULL) {
    end++;
  }
  return read_counted(reader, close + 1, end);
}

static void
find_measure(quantity_reader *reader, size_t index)
{
  quantity *each = &reader->items[index];
  bg_counted *counted = &each->counted;
  *counted =
      read_counted(reader, each->number.end, end_of_words(reader, index));
  each->start = each->number.start;
  each->end = counted->end > each->number.end ? counted->end : each->number.end;
  each->measure = measure_of(reader, counted, each);
  if (each->measure.size == 0 && counted->unknown.size == 0) {
    bg_counted inside = read_bracket(reader, each);
    each->measure = measure_of(reader, &inside, each);
  }
  if (each->measure.size == 0 && counted->unknown.size == 0) {
    bg_counted behind = read_behind_bracket(reader, each);
    *counted = behind.end > 0 ? behind : *counted;
    each->measure = measure_of(reader, counted, each);
  }
  bool lacks_fate =
      bg_view_is_equal(each->measure, BG_VIEW("TotalCasualties")) &&
      counted->fate.size == 0;
  if (each->measure.size == 0 || lacks_fate) {
    read_before(reader, index);
  }
  each->is_dropped =
      (counted->is_damaged && !counted->is_lost && counted->fate.size == 0) ||
      counted->is_ignored;
}

static bool
is_without_fate(const quantity_reader *reader, const quantity *each)
{
  return reader->kind == BG_QUANTITY_CASUALTIES &&
         bg_view_is_equal(each->measure, BG_VIEW("TotalCasualties")) &&
         each->counted.fate.size == 0;
}

/// Losses of persons with a fate: "10 men killed", "1 civilian killed".
static bool
has_fate_of_persons(const quantity *each)
{
  return each->counted.fate.size > 0 &&
         (each->counted.is_civilian ||
          bg_view_is_equal(each->measure, each->counted.fate));
}

/// "300 of 1,000 killed"
static bool
is_part_of_next(const quantity_reader *reader, size_t index)
{
  if (index + 1 >= reader->count) {
    return false;
  }
  bg_view between =
      bg_view_trim(bg_view_slice(reader->text, reader->items[index].number.end,
                                 reader->items[index + 1].number.start));
  return between.size > 0 &&
         bg_grammar_at(reader->lexicon, between, 0, "of") == between.size;
}

/// Whether only words like "and" stand between this number and the next, so
/// that they share the next one's measure: "12 fleet and 7 auxiliary ships".
static bool
shares_next(const quantity_reader *reader, size_t index)
{
  if (index + 1 >= reader->count ||
      reader->items[index + 1].number.in_bracket !=
          reader->items[index].number.in_bracket) {
    return false;
  }
  bg_view between =
      bg_view_trim(bg_view_slice(reader->text, reader->items[index].number.end,
                                 reader->items[index + 1].number.start));
  enum { longest_words = 40 }; // bytes
  return between.size < longest_words &&
         (bg_grammar_ends(reader->lexicon, between, "and") > 0 ||
          bg_grammar_ends(reader->lexicon, between, "or") > 0);
}

static bg_view
measure_of_context(const quantity_reader *reader, const quantity *each)
{
  return measure_of(reader, &reader->heading, each);
}

static const quantity *
outer_of(const quantity_reader *reader, size_t index)
{
  while (index-- > 0) {
    if (!reader->items[index].number.in_bracket) {
      return &reader->items[index];
    }
  }
  return NULL;
}

/// A bare number in parentheses: the men of the formations before it, or of
/// the unit that the item names; else a part of the figure before it.
static bg_view
measure_in_bracket(const quantity_reader *reader, size_t index)
{
  const quantity *outer = outer_of(reader, index);
  bool is_size = outer == NULL || outer->counted.is_formation;
  bool is_bare = reader->items[index].counted.unknown.size == 0;
  return reader->kind == BG_QUANTITY_STRENGTH && is_size && is_bare &&
                 reader->items[index].number.maximum >= 10
             ? BG_VIEW("Troops")
             : BG_VIEW("");
}

/// A noun that no table knows: many with a name are people ("2,000 Gauls"),
/// few are things ("12 Sturmpanzer").
static bool
is_likely_people(const bg_lexicon *lexicon, const quantity *each)
{
  enum { many = 500, some = 30 };
  size_t length;
  bg_view unknown = each->counted.unknown;
  int64_t value = each->number.maximum;
  return unknown.size == 0 || value >= many ||
         (each->counted.is_capital && value >= some) ||
         bg_lexicon_match(lexicon, BG_WORDS_DEMONYMS, unknown, 0, &length) !=
             NULL;
}

/// The measure of a number that no word beside it tells: the heading's, that of
/// the number before it, else people.
static bg_view
default_measure(const quantity_reader *reader, size_t index)
{
  const quantity *each = &reader->items[index];
  bg_view above = measure_of_context(reader, each);
  if (each->number.in_bracket) {
    return measure_in_bracket(reader, index);
  }
  if (above.size > 0) {
    return above;
  }
  bool is_casualty = reader->kind == BG_QUANTITY_CASUALTIES;
  bool is_bare = each->counted.unknown.size == 0;
  const quantity *before = index > 0 ? each - 1 : NULL;
  // "1,000 aircraft lost, over 647 in December", "600 aircraft, 1,600 later"
  enum { most_times_more = 5 };
  if (is_bare && before != NULL && !before->number.in_bracket &&
      each->number.maximum <= most_times_more * before->number.maximum) {
    return before->measure;
  }
  if (is_likely_people(reader->lexicon, each)) {
    return is_casualty ? BG_VIEW("TotalCasualties") : BG_VIEW("Troops");
  }
  return is_casualty ? BG_VIEW("OtherLoss") : BG_VIEW("OtherStrength");
}

static void
find_measures(quantity_reader *reader)
{
  for (size_t i = 0; i < reader->count; i++) {
    find_measure(reader, i);
  }
  for (size_t i = reader->count; i-- > 0;) {
    quantity *each = &reader->items[i];
    // A single noun behind several is an adjective: "12 fleet and 7 … ships".
    bool is_open = each->measure.size == 0 || is_name_of_unit(reader, each) ||
                   (is_without_fate(reader, each) && i + 1 < reader->count &&
                    has_fate_of_persons(&reader->items[i + 1]));
    if (is_part_of_next(reader, i)) {
      each->measure = reader->items[i + 1].measure;
      each->counted = reader->items[i + 1].counted;
      each->end = reader->items[i + 1].end;
      reader->items[i + 1].is_dropped = true;
    } else if (is_open && shares_next(reader, i)) {
      const quantity *next = &reader->items[i + 1];
      each->measure =
          has_fate_of_persons(next) ? next->counted.fate : next->measure;
      each->is_dropped |= reader->items[i + 1].is_dropped;
      each->counted.unknown = BG_VIEW("");
    } else {
      each->is_dropped |= is_name_of_unit(reader, each);
    }
  }
  for (size_t i = 0; i < reader->count; i++) {
    quantity *each = &reader->items[i];
    bool is_persons =
        bg_view_is_equal(each->measure, BG_VIEW("TotalCasualties")) &&
        each->counted.fate.size == 0;
    if (each->number.bound == BG_BOUND_ZERO) {
      continue;
    }
    if (each->measure.size == 0) {
      each->measure = default_measure(reader, i);
    } else if (reader->heading.is_civilian) {
      each->counted.is_civilian = true;
      each->measure = measure_of(reader, &each->counted, each);
    } else if (is_persons && !each->number.in_bracket) {
      bg_view above = measure_of_context(reader, each);
      each->measure = above.size > 0 ? above : each->measure;
    }
  }
}

// ---- parentheses -----------------------------------------------------------

/// "650,000 according to Soviet sources": up to the next mark.
static void
find_source_behind(const quantity_reader *reader, quantity *each)
{
  bg_view behind =
      bg_view_trim(bg_view_slice(reader->text, each->end, reader->text.size));
  if (bg_grammar_at(reader->lexicon, behind, 0, "source") == 0) {
    return;
  }
  size_t end = 0;
  while (end < behind.size && strchr(",;.()", behind.bytes[end]) == NULL) {
    end++;
  }
  each->according_to = bg_view_trim(bg_view_slice(behind, 0, end));
  each->end = (size_t)(behind.bytes - reader->text.bytes) + end;
}

/// A parenthesis without a number behind a figure belongs to its words, and may
/// say whose estimate it is.
static void
find_source(const quantity_reader *reader, quantity *each)
{
  size_t close;
  bg_view words = words_in_bracket(reader->text, each->end, &close);
  if (words.size == 0) {
    find_source_behind(reader, each);
    return;
  }
  if (each->number.in_bracket || bg_view_has_digit(words)) {
    return;
  }
  each->end = close < reader->text.size ? close + 1 : close;
  if (bg_words_name_source(words, reader->lexicon)) {
    each->according_to = words;
  }
}

/// "618 tanks (some sources say 674)": a rival of the figure before it.
static bool
is_rival(const quantity_reader *reader, const quantity *outer,
         const quantity *inner)
{
  size_t close;
  bg_view words = words_in_bracket(reader->text, outer->end, &close);
  size_t behind = bg_skip_spaces(reader->text, inner->end);
  return inner->number.start < close && behind == close && words.size > 0 &&
         bg_words_name_source(words, reader->lexicon);
}

/// Whether the number is said to be a part of the one before: "incl. 300".
static bool
is_included(const quantity_reader *reader, size_t index)
{
  size_t from = index > 0 ? reader->items[index - 1].number.end : 0;
  bg_view before = bg_view_trim(
      bg_view_slice(reader->text, from, reader->items[index].number.start));
  return bg_grammar_ends(reader->lexicon, before, "included") > 0;
}

/// Parts of a figure in parentheses are no figures of their own where they
/// count the same; civilians executed are civilians killed.
static void
drop_parts(quantity_reader *reader)
{
  quantity *outer = NULL;
  for (size_t i = 0; i < reader->count; i++) {
    quantity *each = &reader->items[i];
    if (!each->number.in_bracket && !is_included(reader, i)) {
      outer = each;
      continue;
    }
    // Persons of whom nothing else is said are of those before.
    bool is_same =
        outer != NULL &&
        (each->measure.size == 0 || is_without_fate(reader, each) ||
         bg_view_is_equal(outer->measure, each->measure) ||
         (bg_view_is_equal(outer->measure, BG_VIEW("CiviliansKilled")) &&
          bg_view_is_equal(each->measure, BG_VIEW("KilledCount"))));
    if (is_same && is_rival(reader, outer, each)) {
      bg_number *whole = &outer->number;
      whole->minimum = each->number.minimum < whole->minimum
                           ? each->number.minimum
                           : whole->minimum;
      whole->maximum = each->number.maximum > whole->maximum
                           ? each->number.maximum
                           : whole->maximum;
    }
    each->is_dropped |= is_same || each->measure.size == 0;
  }
}

// ---- estimates -------------------------------------------------------------

static void
add_estimate(const quantity_reader *reader, const quantity *each,
             bg_arena *arena, bg_estimates *estimates)
{
  const bg_number *number = &each->number;
  bool is_zero = number->bound == BG_BOUND_ZERO;
  bool is_range = number->minimum != number->maximum;
  // "over 500–600" still has both its ends, "500–600+" has not.
  bool is_open = !is_range || number->is_bounded_behind;
  BG_PUSH(arena, estimates) = (bg_estimate){
      .measure = each->measure,
      .has_minimum = number->bound != BG_BOUND_MAXIMUM || !is_open,
      .has_maximum = number->bound != BG_BOUND_MINIMUM || !is_open,
      .minimum = is_zero ? 0 : number->minimum,
      .maximum = is_zero ? 0 : number->maximum,
      .approximate = number->is_approximate,
      .is_fighters = each->counted.is_fighter,
      .is_bare = each->counted.noun.size == 0 && each->counted.fate.size == 0 &&
                 each->counted.unknown.size == 0,
      .counted = each->counted.noun.size > 0 && each->counted.fate.size == 0
                     ? bg_view_slice(reader->text, each->counted.first,
                                     each->counted.end)
                     : BG_VIEW(""),
      .according_to = each->according_to,
      .stated =
          bg_view_trim(bg_view_slice(reader->text, each->start, each->end)),
      .unknown = each->counted.noun.size == 0 && each->counted.fate.size == 0
                     ? each->counted.unknown
                     : BG_VIEW(""),
      .formation = each->counted.is_one_formation && number->minimum > 1
                       ? bg_view_trim(bg_view_slice(reader->text, number->end,
                                                    each->counted.end))
                       : BG_VIEW(""),
  };
}

/// A stated zero: "none" among losses, "no ships" also among strengths.
static bool
is_stated(const quantity_reader *reader, quantity *each)
{
  if (each->number.bound != BG_BOUND_ZERO) {
    return true;
  }
  if (reader->kind == BG_QUANTITY_STRENGTH) {
    return each->measure.size > 0;
  }
  if (each->measure.size == 0) {
    each->measure = BG_VIEW("TotalCasualties");
  }
  return true;
}

void
bg_quantities_read(bg_view text, bg_view context, bg_quantity_kind kind,
                   const bg_lexicon *lexicon, bg_arena *arena,
                   bg_estimates *estimates)
{
  enum { longest_text = 20000 }; // bytes; one item of a cell is a line or two
  bg_number numbers[most_numbers];
  quantity_reader reader = {
      .text = bg_view_slice(text, 0, longest_text),
      .kind = kind,
      .lexicon = lexicon,
      .heading = bg_counted_read(lexicon, kind, context, 0, context.size),
  };
  if (reader.heading.is_formation) {
    reader.heading.noun = BG_VIEW(""); // it says whose men they are
  }
  reader.count = bg_numbers_find(reader.text, lexicon, numbers, most_numbers);
  reader.items = BG_NEW_ARRAY(arena, quantity, reader.count);
  for (size_t i = 0; i < reader.count; i++) {
    reader.items[i].number = numbers[i];
  }
  find_measures(&reader);
  drop_parts(&reader);
  for (size_t i = 0; i < reader.count; i++) {
    quantity *each = &reader.items[i];
    if (!each->is_dropped && is_stated(&reader, each) &&
        each->measure.size > 0) {
      find_source(&reader, each);
      add_estimate(&reader, each, arena, estimates);
    }
  }
}
