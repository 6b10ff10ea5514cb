#include "extract/quantity.h"

#include <string.h>

// ---- numbers and what stands with them -------------------------------------

enum { most_groups = 400 };

static const int64_t largest = 1000000000000; // no army, no loss is larger

typedef enum {
  BOUND_NONE,
  BOUND_APPROXIMATE,
  BOUND_MINIMUM,
  BOUND_MAXIMUM,
  BOUND_ZERO,
} bound;

/// A number, or a range or choice of numbers, with its bounds: "over 500",
/// "20,000–25,000", "10,000 or 12,000".
typedef struct {
  int64_t minimum;
  int64_t maximum;
  bound bound;
  bool is_approximate;
  bool is_word;    // written in letters: "two"
  bool in_bracket; // in parentheses
  size_t start;    // offsets in the text: bounds included
  size_t end;
  bg_view measure;
  bg_view according_to;
  size_t stated_end;
  bool is_dropped;
} group;

typedef struct {
  bg_view text;
  bg_view context;
  bg_quantity_kind kind;
  const bg_lexicon *lexicon;
  bg_words measures;
  group *groups; // most_groups of them
  size_t count;
} quantity_reader;

static bool
is_meaning(const bg_entry *entry, const char *meaning)
{
  return entry != NULL &&
         bg_view_is_equal(entry->values[0], bg_view_of(meaning));
}

static size_t
skip_spaces(bg_view text, size_t at)
{
  const bg_view no_break = BG_VIEW("\xC2\xA0");
  for (;;) {
    if (at < text.size && bg_is_space(text.bytes[at])) {
      at++;
    } else if (bg_view_has_prefix(bg_view_slice(text, at, text.size),
                                  no_break)) {
      at += no_break.size;
    } else {
      return at;
    }
  }
}

/// The size of what separates thousands at `at`: a comma, a full stop or
/// a space that does not break, before exactly three digits; 0 for none.
static size_t
thousands_separator(bg_view text, size_t at)
{
  static const bg_view separators[] = {
      {",", 1}, {".", 1}, {"\xC2\xA0", 2}, {"\xE2\x80\x89", 3}};
  bg_view rest = bg_view_slice(text, at, text.size);
  for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
    size_t size = separators[i].size;
    if (!bg_view_has_prefix(rest, separators[i]) || rest.size < size + 3) {
      continue;
    }
    size_t digits = 0;
    while (size + digits < rest.size &&
           bg_is_digit(rest.bytes[size + digits])) {
      digits++;
    }
    if (digits == 3) {
      return size;
    }
  }
  return 0;
}

/// number ::= digit+ (separator digit{3})* ["." digit+]; its length.
static size_t
read_digits(bg_view text, size_t at, int64_t *value, int64_t *thousandths)
{
  size_t start = at;
  size_t digits = 0;
  *value = 0;
  *thousandths = 0;
  while (at < text.size) {
    if (bg_is_digit(text.bytes[at])) {
      *value = *value * 10 + (text.bytes[at] - '0');
      *value = *value > largest ? largest : *value;
      digits++;
      at++;
      continue;
    }
    size_t separator = digits <= 3 ? thousands_separator(text, at) : 0;
    if (separator == 0) {
      break;
    }
    at += separator;
    digits = 0;
  }
  // A decimal: "2.5 million".
  if (at + 1 < text.size && text.bytes[at] == '.' &&
      bg_is_digit(text.bytes[at + 1])) {
    at++;
    for (int64_t unit = 100; at < text.size && bg_is_digit(text.bytes[at]);
         at++, unit /= 10) {
      *thousandths += (text.bytes[at] - '0') * unit;
    }
  }
  return at - start;
}

/// A multiplier behind a number: "million", "dozen", "thousand".
static size_t
read_multiplier(const quantity_reader *reader, size_t at, int64_t *factor)
{
  size_t start = skip_spaces(reader->text, at);
  size_t length;
  const bg_entry *entry = bg_lexicon_match(reader->lexicon, BG_WORDS_NUMBERS,
                                           reader->text, start, &length);
  if (entry == NULL || entry->values[0].bytes[0] != 'x') {
    return 0;
  }
  *factor = 0;
  for (size_t i = 1; i < entry->values[0].size; i++) {
    *factor = *factor * 10 + (entry->values[0].bytes[i] - '0');
  }
  return start + length - at;
}

/// A number in digits or letters with its multipliers; its length, or 0.
static size_t
read_value(const quantity_reader *reader, size_t at, int64_t *value,
           bool *is_word)
{
  bg_view text = reader->text;
  int64_t thousandths = 0;
  size_t length = 0;
  *is_word = false;
  if (at < text.size && bg_is_digit(text.bytes[at])) {
    length = read_digits(text, at, value, &thousandths);
  } else {
    const bg_entry *entry =
        bg_lexicon_match(reader->lexicon, BG_WORDS_NUMBERS, text, at, &length);
    if (entry == NULL) {
      return 0;
    }
    int64_t unused;
    bool is_multiplier = entry->values[0].bytes[0] == 'x';
    *is_word = true;
    *value = 1;
    if (!is_multiplier) {
      read_digits(entry->values[0], 0, value, &unused);
    } else {
      length = 0;
    }
  }
  int64_t factor;
  size_t more;
  while ((more = read_multiplier(reader, at + length, &factor)) > 0) {
    // A factor of 0 would be a slip of the table.
    bool is_huge = factor > 0 && *value > largest / factor;
    *value = is_huge ? largest : *value * factor + thousandths * factor / 1000;
    thousandths = 0;
    length += more;
  }
  return length;
}

/// A letter or digit directly before, or a hyphen behind a letter: "U-47".
static bool
is_part_of_name(bg_view text, size_t at)
{
  if (at == 0) {
    return false;
  }
  char before = text.bytes[at - 1];
  if (bg_is_letter(before) || (unsigned char)before == 0xA3 || before == '$' ||
      before == '#' || before == '.') {
    return true;
  }
  if ((before == '-' || before == '/') && at > 1 &&
      (bg_is_letter(text.bytes[at - 2]) || before == '/')) {
    return true;
  }
  // "Bf 109", "No 5", "Mk 4": a short word with a capital names a type.
  if (before == ' ' && at > 2) {
    size_t word = at - 1;
    while (word > 0 && bg_is_letter(text.bytes[word - 1])) {
      word--;
    }
    size_t size = at - 1 - word;
    return size > 0 && size <= 2 && text.bytes[word] >= 'A' &&
           text.bytes[word] <= 'Z' &&
           (word == 0 || !bg_is_letter(text.bytes[word - 1])) &&
           !bg_view_is_equal_folded(bg_view_slice(text, word, word + size),
                                    BG_VIEW("to"));
  }
  return false;
}

/// Behind a number: an ordinal's ending, a unit of measure, or a hyphen that
/// makes it an adjective ("74-gun ship").
static bool
is_no_count(const quantity_reader *reader, size_t end)
{
  static const char *const endings[] = {"st", "nd", "rd", "th", "%", ":"};
  bg_view rest = bg_view_slice(reader->text, end, reader->text.size);
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    bg_view ending = bg_view_of(endings[i]);
    if (bg_view_has_prefix(rest, ending) &&
        (rest.size == ending.size || !bg_is_letter(rest.bytes[ending.size])) &&
        (endings[i][0] != ':' ||
         (rest.size > 1 && bg_is_digit(rest.bytes[1])))) {
      return true;
    }
  }
  if (rest.size > 1 && rest.bytes[0] == '-' && bg_is_letter(rest.bytes[1])) {
    return true;
  }
  size_t word = skip_spaces(reader->text, end);
  size_t length;
  return is_meaning(bg_lexicon_match(reader->lexicon, reader->measures,
                                     reader->text, word, &length),
                    "ignored");
}

/// A year or a day of the month, not a count: no separator, and a month or
/// "in" before it.
static bool
is_of_date(const quantity_reader *reader, size_t at, size_t end, int64_t value)
{
  bg_view text = reader->text;
  size_t length;
  size_t behind = skip_spaces(text, end);
  if (bg_lexicon_match(reader->lexicon, BG_WORDS_MONTHS, text, behind,
                       &length) != NULL &&
      value <= 31) {
    return true;
  }
  size_t word_end = at;
  while (word_end > 0 && (bg_is_space(text.bytes[word_end - 1]) ||
                          text.bytes[word_end - 1] == ',')) {
    word_end--;
  }
  size_t word = word_end;
  while (word > 0 && (bg_is_letter(text.bytes[word - 1]))) {
    word--;
  }
  bg_view before = bg_view_slice(text, word, word_end);
  if (bg_lexicon_find(reader->lexicon, BG_WORDS_MONTHS, before) != NULL) {
    return true;
  }
  bool is_yearlike = end - at == 4 && value >= 1000 && value < 2100;
  return is_yearlike &&
         is_meaning(bg_lexicon_find(reader->lexicon, BG_WORDS_NAMES, before),
                    "time");
}

// ---- groups ----------------------------------------------------------------

static bound
bound_of(const bg_entry *entry)
{
  static const struct {
    const char *meaning;
    bound bound;
  } meanings[] = {
      {"approximate", BOUND_APPROXIMATE}, {"minimum", BOUND_MINIMUM},
      {"above", BOUND_MINIMUM},           {"maximum", BOUND_MAXIMUM},
      {"below", BOUND_MAXIMUM},           {"none", BOUND_ZERO},
  };
  for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
    if (is_meaning(entry, meanings[i].meaning)) {
      return meanings[i].bound;
    }
  }
  return BOUND_NONE;
}

/// Joins two numbers of one quantity: a dash, "to", "or", "and" behind
/// "between". Its length, or 0.
static size_t
read_joint(const quantity_reader *reader, size_t at)
{
  static const char *const joints[] = {"–", "—", "-",   "‒",   "−",
                                       "‑", "/", "to ", "or ", "and up to "};
  size_t start = skip_spaces(reader->text, at);
  bg_view rest = bg_view_slice(reader->text, start, reader->text.size);
  for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
    bg_view joint = bg_view_of(joints[i]);
    if (bg_view_has_prefix(rest, joint)) {
      return skip_spaces(reader->text, start + joint.size) - at;
    }
  }
  return 0;
}

static void
widen(group *into, int64_t value)
{
  into->minimum = value < into->minimum ? value : into->minimum;
  into->maximum = value > into->maximum ? value : into->maximum;
}

/// Bounds behind the number: "2,000+", "500 or more".
static void
read_bound_after(const quantity_reader *reader, group *into)
{
  size_t start = skip_spaces(reader->text, into->end);
  size_t length;
  const bg_entry *entry = bg_lexicon_match(reader->lexicon, BG_WORDS_BOUNDS,
                                           reader->text, start, &length);
  if (entry != NULL && bg_view_is_equal(entry->values[1], BG_VIEW("after"))) {
    into->bound = bound_of(entry);
    into->end = start + length;
  }
}

/// number (joint number)*; false when the first number is no count.
static bool
read_numbers(const quantity_reader *reader, size_t at, group *into)
{
  int64_t value;
  size_t length = read_value(reader, at, &value, &into->is_word);
  if (length == 0) {
    return false;
  }
  if (!into->is_word &&
      (is_part_of_name(reader->text, at) || is_no_count(reader, at + length) ||
       is_of_date(reader, at, at + length, value))) {
    return false;
  }
  into->minimum = into->maximum = value;
  into->end = at + length;
  for (;;) {
    size_t joint = read_joint(reader, into->end);
    bool is_word;
    size_t more = joint == 0
                      ? 0
                      : read_value(reader, into->end + joint, &value, &is_word);
    if (more == 0 || is_no_count(reader, into->end + joint + more) ||
        (is_word != into->is_word)) {
      break;
    }
    // "20–25,000": the left number has the right one's thousands.
    if (into->minimum < 1000 && value >= 1000 && value % 1000 == 0 &&
        into->minimum * 1000 < value && into->minimum == into->maximum &&
        into->minimum >= value / 10000) {
      into->minimum = into->maximum = into->minimum * 1000;
    }
    widen(into, value);
    into->end += joint + more;
  }
  read_bound_after(reader, into);
  return true;
}

/// Steps over a number that is no count, or over one word or mark.
static size_t
step_over(bg_view text, size_t at)
{
  size_t start = at;
  if (bg_is_digit(text.bytes[at])) {
    while (at < text.size &&
           (bg_is_digit(text.bytes[at]) ||
            ((text.bytes[at] == ',' || text.bytes[at] == '.') &&
             at + 1 < text.size && bg_is_digit(text.bytes[at + 1])))) {
      at++;
    }
    return at - start;
  }
  while (at < text.size && (bg_is_letter(text.bytes[at]) ||
                            (unsigned char)text.bytes[at] >= 0x80)) {
    at++;
  }
  return at == start ? 1 : at - start;
}

/// Bounds before a number, each of them: "c. over".
static size_t
read_bounds(const quantity_reader *reader, size_t at, group *into)
{
  size_t start = at;
  size_t length;
  const bg_entry *entry;
  while ((entry = bg_lexicon_match(reader->lexicon, BG_WORDS_BOUNDS,
                                   reader->text, at, &length)) != NULL &&
         entry->values[1].size == 0) {
    bound found = bound_of(entry);
    into->is_approximate |= found == BOUND_APPROXIMATE;
    if (found != BOUND_APPROXIMATE || into->bound == BOUND_NONE) {
      into->bound = found;
    }
    at = skip_spaces(reader->text, at + length);
  }
  return at - start;
}

static void
read_groups(quantity_reader *reader)
{
  bg_view text = reader->text;
  unsigned depth = 0;
  for (size_t at = 0; at < text.size && reader->count < most_groups;) {
    char byte = text.bytes[at];
    group next = {.start = at};
    depth += byte == '(' || byte == '[';
    depth -= (byte == ')' || byte == ']') && depth > 0;
    size_t bounds = read_bounds(reader, at, &next);
    next.in_bracket = depth > 0;
    if (next.bound == BOUND_ZERO) {
      next.end = at + bounds;
      reader->groups[reader->count++] = next;
      at += bounds;
    } else if (read_numbers(reader, at + bounds, &next)) {
      reader->groups[reader->count++] = next;
      at = next.end;
    } else {
      at += bounds > 0 ? bounds : step_over(text, at);
    }
  }
}

// ---- measures --------------------------------------------------------------

/// What the words beside a number say is counted.
typedef struct {
  bg_view measure;
  size_t end; // of the last word that says it
  bool is_damaged;
  bool is_lost;
  bool is_civilian;
} sense;

/// Killed, wounded, missing and captured in one figure.
static bg_view
mix(bg_view a, bg_view b)
{
  static const struct {
    const char *a;
    const char *b;
    const char *both;
  } mixtures[] = {
      {"KilledCount", "WoundedCount", "KilledOrWounded"},
      {"KilledCount", "MissingCount", "KilledOrMissing"},
      {"MissingCount", "CapturedCount", "MissingCount"},
      {"WoundedCount", "Sick", "WoundedCount"},
  };
  if (a.size == 0 || bg_view_is_equal(a, b)) {
    return b;
  }
  for (size_t i = 0; i < sizeof mixtures / sizeof *mixtures; i++) {
    bg_view left = bg_view_of(mixtures[i].a);
    bg_view right = bg_view_of(mixtures[i].b);
    if ((bg_view_is_equal(a, left) && bg_view_is_equal(b, right)) ||
        (bg_view_is_equal(a, right) && bg_view_is_equal(b, left))) {
      return bg_view_of(mixtures[i].both);
    }
  }
  return BG_VIEW("TotalCasualties");
}

static bool
is_of_persons(bg_view measure)
{
  static const char *const persons[] = {
      "KilledCount",     "WoundedCount",    "MissingCount", "CapturedCount",
      "KilledOrMissing", "KilledOrWounded", "Sick",         "TotalCasualties"};
  for (size_t i = 0; i < sizeof persons / sizeof *persons; i++) {
    if (bg_view_is_equal(measure, bg_view_of(persons[i]))) {
      return true;
    }
  }
  return false;
}

/// Reads the words [from, to): the first thing that is counted, or all the
/// fates of persons that one figure joins.
static sense
read_sense(const quantity_reader *reader, size_t from, size_t to)
{
  sense found = {0};
  size_t at;
  size_t length;
  bg_view text = bg_view_slice(reader->text, 0, to);
  for (const bg_entry *entry;
       (entry = bg_lexicon_search(reader->lexicon, reader->measures, text, from,
                                  &at, &length)) != NULL;
       from = at + length) {
    bg_view measure = entry->values[0];
    if (is_meaning(entry, "damaged")) {
      found.is_damaged = true;
    } else if (is_meaning(entry, "lost")) {
      found.is_lost = true;
    } else if (is_meaning(entry, "civilian")) {
      found.is_civilian = true;
      found.end = at + length;
    } else if (is_meaning(entry, "ignored") || is_meaning(entry, "weak")) {
      continue;
    } else if (found.measure.size == 0) {
      found.measure = measure;
      found.end = at + length;
    } else if (is_of_persons(found.measure) && is_of_persons(measure)) {
      found.measure = mix(found.measure, measure);
      found.end = at + length;
    }
  }
  return found;
}

/// Where the words of a group end: at the next group that is not dropped, at a
/// separator, or where its parenthesis begins or ends.
static size_t
end_of_words(const quantity_reader *reader, size_t index)
{
  bg_view text = reader->text;
  size_t end =
      index + 1 < reader->count ? reader->groups[index + 1].start : text.size;
  for (size_t i = reader->groups[index].end; i < end; i++) {
    char byte = text.bytes[i];
    if (byte == ';' || byte == ')' || byte == '(' || byte == '[' ||
        (byte == '.' && i + 1 < end && text.bytes[i + 1] == ' ' && i > 3 &&
         !bg_is_digit(text.bytes[i - 1]))) {
      return i;
    }
    // A comma ends the words once they have said what is counted.
    if (byte == ',' &&
        read_sense(reader, reader->groups[index].end, i).measure.size > 0) {
      return i;
    }
  }
  return end;
}

/// Words before the number, back to the last separator or number.
static size_t
start_of_words(const quantity_reader *reader, size_t index)
{
  size_t least = index > 0 ? reader->groups[index - 1].stated_end : 0;
  size_t at = reader->groups[index].start;
  while (at > least && strchr(",;()[]", reader->text.bytes[at - 1]) == NULL) {
    at--;
  }
  return at;
}

/// Whether only words like "and" stand between this group and the next, so
/// that they share the next one's measure: "12 fleet and 7 auxiliary ships".
static bool
shares_next(const quantity_reader *reader, size_t index)
{
  static const char *const joints[] = {"and", "or", "&", ",", "plus"};
  if (index + 1 >= reader->count || reader->groups[index + 1].in_bracket !=
                                        reader->groups[index].in_bracket) {
    return false;
  }
  bg_view between =
      bg_view_trim(bg_view_slice(reader->text, reader->groups[index].end,
                                 reader->groups[index + 1].start));
  for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
    if (bg_view_has_suffix(between, bg_view_of(joints[i]))) {
      return between.size < 40;
    }
  }
  return false;
}

static bg_view
civilian_measure(bg_view measure)
{
  bool is_dead = measure.size == 0 ||
                 bg_view_is_equal(measure, BG_VIEW("KilledCount")) ||
                 bg_view_is_equal(measure, BG_VIEW("TotalCasualties")) ||
                 bg_view_is_equal(measure, BG_VIEW("KilledOrMissing"));
  return is_dead ? BG_VIEW("CiviliansKilled") : measure;
}

/// The measure of a number that no word beside it tells: the heading's, else
/// people. Small numbers with words are no counts of people.
static bg_view
default_measure(const quantity_reader *reader, const group *each)
{
  quantity_reader heading = *reader;
  heading.text = reader->context;
  sense above = read_sense(&heading, 0, heading.text.size);
  if (above.measure.size > 0 || above.is_civilian) {
    return above.is_civilian ? civilian_measure(above.measure) : above.measure;
  }
  bool is_alone =
      bg_view_trim(reader->text).size <= each->end - each->start + 8;
  if (each->is_word || each->in_bracket || (each->maximum < 30 && !is_alone)) {
    return BG_VIEW("");
  }
  return reader->kind == BG_QUANTITY_STRENGTH ? BG_VIEW("Troops")
                                              : BG_VIEW("TotalCasualties");
}

static void
find_measure(quantity_reader *reader, size_t index)
{
  group *each = &reader->groups[index];
  size_t end = end_of_words(reader, index);
  sense behind = read_sense(reader, each->end, end);
  each->stated_end = behind.end > 0 ? behind.end : each->end;
  each->measure = behind.measure;
  if (each->measure.size == 0 && !behind.is_civilian) {
    size_t start = start_of_words(reader, index);
    sense before = read_sense(reader, start, each->start);
    each->measure = before.measure;
    behind.is_civilian = before.is_civilian;
    if (before.measure.size > 0) {
      each->start = start;
    }
  }
  if (behind.is_civilian && reader->kind == BG_QUANTITY_CASUALTIES) {
    each->measure = civilian_measure(each->measure);
  }
  each->is_dropped = behind.is_damaged && !behind.is_lost;
}

static void
find_measures(quantity_reader *reader)
{
  for (size_t i = 0; i < reader->count; i++) {
    find_measure(reader, i);
  }
  for (size_t i = reader->count; i-- > 0;) {
    group *each = &reader->groups[i];
    if (each->measure.size == 0 && shares_next(reader, i)) {
      each->measure = reader->groups[i + 1].measure;
      each->is_dropped |= reader->groups[i + 1].is_dropped;
    }
    if (each->measure.size == 0) {
      each->measure = default_measure(reader, each);
    }
  }
}

// ---- parentheses -----------------------------------------------------------

/// A parenthesis without a number behind a figure says whose estimate it is.
static void
find_source(const quantity_reader *reader, group *each)
{
  bg_view text = reader->text;
  size_t open = skip_spaces(text, each->stated_end);
  if (open >= text.size || text.bytes[open] != '(' || each->in_bracket) {
    return;
  }
  size_t close = bg_view_find_byte(text, ')', open);
  bg_view words = bg_view_trim(bg_view_slice(text, open + 1, close));
  if (bg_view_has_digit(words)) {
    return;
  }
  if (read_sense(reader, open, close == BG_NOWHERE ? text.size : close)
          .measure.size == 0) {
    each->according_to = words;
  }
}

/// Parts of a figure in parentheses are no figures of their own where they
/// count the same.
static void
drop_parts(quantity_reader *reader)
{
  const group *outer = NULL;
  for (size_t i = 0; i < reader->count; i++) {
    group *each = &reader->groups[i];
    if (!each->in_bracket) {
      outer = each;
    } else if (each->measure.size == 0 ||
               (outer != NULL &&
                bg_view_is_equal(outer->measure, each->measure))) {
      each->is_dropped = true;
    }
  }
}

// ---- estimates -------------------------------------------------------------

static void
add_estimate(const quantity_reader *reader, const group *each, bg_arena *arena,
             bg_estimates *estimates)
{
  bool is_zero = each->bound == BOUND_ZERO;
  bg_estimate estimate = {
      .measure = each->measure,
      .has_minimum = each->bound != BOUND_MAXIMUM,
      .has_maximum = each->bound != BOUND_MINIMUM,
      .minimum = is_zero ? 0 : each->minimum,
      .maximum = is_zero ? 0 : each->maximum,
      .approximate = each->is_approximate,
      .according_to = each->according_to,
      .stated = bg_view_trim(bg_view_slice(
          reader->text, each->start,
          each->stated_end > each->end ? each->stated_end : each->end)),
  };
  // "over 500–600" still has both its ends.
  if (each->minimum != each->maximum) {
    estimate.has_minimum = estimate.has_maximum = true;
  }
  BG_PUSH(arena, estimates) = estimate;
}

void
bg_quantities_read(bg_view text, bg_view context, bg_quantity_kind kind,
                   const bg_lexicon *lexicon, bg_arena *arena,
                   bg_estimates *estimates)
{
  enum { longest_text = 20000 }; // bytes; one item of a cell is a line or two
  quantity_reader reader = {
      .text = bg_view_slice(text, 0, longest_text),
      .context = context,
      .kind = kind,
      .lexicon = lexicon,
      .measures = kind == BG_QUANTITY_STRENGTH ? BG_WORDS_STRENGTH_MEASURES
                                               : BG_WORDS_CASUALTY_MEASURES,
      .groups = BG_NEW_ARRAY(arena, group, most_groups),
  };
  read_groups(&reader);
  find_measures(&reader);
  drop_parts(&reader);
  for (size_t i = 0; i < reader.count; i++) {
    group *each = &reader.groups[i];
    bool is_stated_zero =
        each->bound != BOUND_ZERO || kind == BG_QUANTITY_CASUALTIES;
    if (each->bound == BOUND_ZERO && each->measure.size == 0) {
      each->measure = BG_VIEW("TotalCasualties");
    }
    if (!each->is_dropped && each->measure.size > 0 && is_stated_zero) {
      find_source(&reader, each);
      add_estimate(&reader, each, arena, estimates);
    }
  }
}
