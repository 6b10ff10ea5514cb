#include "extract/number.h"

#include <string.h>

static const int64_t largest = 1000000000000; // no army, no loss is larger

typedef struct {
  bg_view text;
  const bg_lexicon *lexicon;
} number_reader;

size_t
bg_skip_spaces(bg_view text, size_t at)
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

// ---- values ----------------------------------------------------------------

/// The size of what separates thousands at `at`: a comma, a full stop or
/// a space, before exactly three digits; 0 for none.
static size_t
thousands_separator(bg_view text, size_t at)
{
  static const bg_view separators[] = {
      {",", 1}, {".", 1}, {" ", 1}, {"\xC2\xA0", 2}, {"\xE2\x80\x89", 3}};
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
read_multiplier(const number_reader *reader, size_t at, int64_t *factor)
{
  size_t start = bg_skip_spaces(reader->text, at);
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

/// The word that ends at `end`, spaces and one full stop passed over.
static bg_view
word_before(bg_view text, size_t end)
{
  while (end > 0 && bg_is_space(text.bytes[end - 1])) {
    end--;
  }
  size_t stop = end;
  if (stop > 0 && text.bytes[stop - 1] == '.') {
    stop--;
  }
  size_t start = stop;
  while (start > 0 && bg_is_letter(text.bytes[start - 1])) {
    start--;
  }
  return bg_view_slice(text, start, stop);
}

/// Whether "a" stands before: "a dozen" is a number, "several dozen" is none.
static bool
has_article_before(const number_reader *reader, size_t at)
{
  return bg_grammar_at(reader->lexicon, word_before(reader->text, at), 0,
                       "one") > 0;
}

/// A number in digits or letters with its multipliers; its length, or 0.
static size_t
read_value(const number_reader *reader, size_t at, int64_t *value,
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
    } else if (has_article_before(reader, at)) {
      length = 0;
    } else {
      return 0;
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

// ---- bounds and joints -----------------------------------------------------

static bg_bound
bound_of(const bg_entry *entry)
{
  static const struct {
    const char *meaning;
    bg_bound bound;
  } meanings[] = {
      {"approximate", BG_BOUND_APPROXIMATE}, {"minimum", BG_BOUND_MINIMUM},
      {"above", BG_BOUND_MINIMUM},           {"maximum", BG_BOUND_MAXIMUM},
      {"below", BG_BOUND_MAXIMUM},           {"none", BG_BOUND_ZERO},
  };
  for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
    if (bg_entry_is(entry, meanings[i].meaning)) {
      return meanings[i].bound;
    }
  }
  return BG_BOUND_NONE;
}

/// Bounds before a number, each of them: "c. over".
static size_t
read_bounds(const number_reader *reader, size_t at, bg_number *into)
{
  size_t start = at;
  size_t length;
  const bg_entry *entry;
  while ((entry = bg_lexicon_match(reader->lexicon, BG_WORDS_BOUNDS,
                                   reader->text, at, &length)) != NULL &&
         entry->values[1].size == 0) {
    bg_bound found = bound_of(entry);
    bool is_number_sign = found == BG_BOUND_ZERO &&
                          at + length < reader->text.size &&
                          reader->text.bytes[at + length] == '.'; // "No. 5"
    if (is_number_sign) {
      break;
    }
    into->is_approximate |= found == BG_BOUND_APPROXIMATE;
    if (found != BG_BOUND_APPROXIMATE || into->bound == BG_BOUND_NONE) {
      into->bound = found;
    }
    at = bg_skip_spaces(reader->text, at + length);
  }
  return at - start;
}

/// Joins two numbers of one quantity: a dash, "to", "or", "and" behind
/// "between", and a bound of the second: "20-ca. 100". Its length, or 0.
static size_t
read_joint(const number_reader *reader, size_t at)
{
  static const char *const dashes[] = {"–", "—", "-", "‒", "−",
                                       "‑", "/", "~", "～"};
  size_t start = bg_skip_spaces(reader->text, at);
  bg_view rest = bg_view_slice(reader->text, start, reader->text.size);
  size_t joint = 0;
  for (size_t i = 0; i < sizeof dashes / sizeof *dashes && joint == 0; i++) {
    bg_view dash = bg_view_of(dashes[i]);
    joint = bg_view_has_prefix(rest, dash) ? dash.size : 0;
  }
  if (joint == 0) {
    joint = bg_grammar_at(reader->lexicon, rest, 0, "to");
    joint += joint == 0 ? bg_grammar_at(reader->lexicon, rest, 0, "or") : 0;
  }
  if (joint == 0) {
    return 0;
  }
  bg_number unused = {0};
  size_t next = bg_skip_spaces(reader->text, start + joint);
  next += read_bounds(reader, next, &unused);
  return unused.bound == BG_BOUND_ZERO ? 0 : next - at;
}

// ---- what is no count ------------------------------------------------------

/// A letter or digit directly before, or a hyphen behind a letter: "U-47".
static bool
adjoins_word(bg_view text, size_t at)
{
  char before = text.bytes[at - 1];
  if (bg_is_letter(before) || (unsigned char)before == 0xA3 || before == '$' ||
      before == '#' || before == '.') {
    return true;
  }
  return before == '-' && at > 1 && bg_is_letter(text.bytes[at - 2]);
}

/// "2 Leopard 2 tanks", "4 Type 45 destroyers": a number behind a capitalised
/// word that is counted itself is that of a model.
static bool
is_model_number(bg_view text, bg_view word)
{
  size_t before = (size_t)(word.bytes - text.bytes);
  return bg_is_upper(word.bytes[0]) && before > 1 &&
         text.bytes[before - 1] == ' ' && bg_is_digit(text.bytes[before - 2]);
}

/// Whether a noun or a fate follows at `at`, or behind a second number there:
/// "from 1200 to 1500 men".
static bool
counts_something(const number_reader *reader, size_t at)
{
  size_t length;
  size_t joint = read_joint(reader, at);
  int64_t value;
  bool is_word;
  size_t more =
      joint > 0 ? read_value(reader, at + joint, &value, &is_word) : 0;
  at = bg_skip_spaces(reader->text, more > 0 ? at + joint + more : at);
  const bg_entry *noun = bg_lexicon_match(reader->lexicon, BG_WORDS_COUNTED,
                                          reader->text, at, &length);
  return (noun != NULL && !bg_entry_is(noun, "joins") &&
          !bg_entry_is(noun, "closes")) ||
         bg_lexicon_match(reader->lexicon, BG_WORDS_LOSSES, reader->text, at,
                          &length) != NULL;
}

/// "Bf 109", "No. 5", "Mk 4": a short word with a capital names a type;
/// "Regiment 11": a small number behind a unit is its name, unless it counts
/// what follows.
static bool
is_part_of_name(const number_reader *reader, size_t start, size_t at,
                size_t end, int64_t value)
{
  bg_view text = reader->text;
  if (at == 0 || start < at) {
    return false; // a bound before it says that it is a number
  }
  bool is_behind_slash = text.bytes[at - 1] == '/' &&
                         !counts_something(reader, end); // "848 hurt/289 dead"
  if (adjoins_word(text, at) || is_behind_slash) {
    return true;
  }
  bg_view word = word_before(text, at);
  if (text.bytes[at - 1] != ' ' || word.size == 0) {
    return false;
  }
  if (bg_grammar_at(reader->lexicon, word, 0, "number-sign") > 0 ||
      (value < 1000 && is_model_number(text, word))) {
    return true;
  }
  if (word.size <= 2 && bg_is_upper(word.bytes[0]) && value < 1000) {
    bool is_state =
        word.size == 2 && bg_is_upper(word.bytes[1]) &&
        bg_lexicon_find(reader->lexicon, BG_WORDS_FLAGS, word) != NULL;
    return !(is_state && counts_something(reader, end)) &&
           bg_lexicon_find(reader->lexicon, BG_WORDS_NAMES, word) == NULL;
  }
  const bg_entry *unit =
      bg_lexicon_find(reader->lexicon, BG_WORDS_COUNTED, word);
  size_t length;
  const bg_entry *next =
      bg_lexicon_match(reader->lexicon, BG_WORDS_COUNTED, text,
                       bg_skip_spaces(text, end), &length);
  return value < 1000 && unit != NULL && unit->values[1].size > 0 &&
         (next == NULL || bg_entry_is(next, "joins") ||
          bg_entry_is(next, "closes"));
}

/// "326. Volksgrenadier-Division": a number with a full stop, unless that ends
/// a sentence, "Killed 300. Wounded 500."
static bool
is_german_ordinal(const number_reader *reader, size_t at, size_t end,
                  int64_t value)
{
  bg_view rest = bg_view_slice(reader->text, end, reader->text.size);
  bg_view before = word_before(reader->text, at);
  return value < 1000 && rest.size > 2 && rest.bytes[0] == '.' &&
         rest.bytes[1] == ' ' && bg_is_letter(rest.bytes[2]) &&
         bg_lexicon_find(reader->lexicon, BG_WORDS_LOSSES, before) == NULL &&
         bg_lexicon_find(reader->lexicon, BG_WORDS_COUNTED, before) == NULL;
}

/// Behind a number: an ordinal's ending.
static bool
is_ordinal(const number_reader *reader, size_t end)
{
  return bg_grammar_at(reader->lexicon,
                       bg_view_slice(reader->text, end, reader->text.size), 0,
                       "ordinal") > 0;
}

/// A hyphen that makes the number an adjective, as in "74-gun ship"; but
/// "1,300-strong" and "10-man" count.
static bool
is_adjective(const number_reader *reader, bg_view rest)
{
  size_t length;
  return rest.size > 1 && rest.bytes[0] == '-' && bg_is_letter(rest.bytes[1]) &&
         bg_grammar_at(reader->lexicon, rest, 1, "counting") == 0 &&
         bg_lexicon_match(reader->lexicon, BG_WORDS_BOUNDS, rest, 1, &length) ==
             NULL;
}

static bool
is_no_count(const number_reader *reader, size_t at, size_t end, int64_t value)
{
  bg_view rest = bg_view_slice(reader->text, end, reader->text.size);
  if (is_ordinal(reader, end) || is_german_ordinal(reader, at, end, value) ||
      is_adjective(reader, rest)) {
    return true;
  }
  if (rest.size > 1 && rest.bytes[0] == ':' && bg_is_digit(rest.bytes[1])) {
    return true; // a time of day
  }
  bool is_fraction = value < 10 && rest.size > 1 && rest.bytes[0] == '/' &&
                     bg_is_digit(rest.bytes[1]) &&
                     (rest.size == 2 || !bg_is_digit(rest.bytes[2]));
  size_t length;
  bool is_designation = rest.size > 0 && bg_is_upper(rest.bytes[0]); // "2S1"
  size_t behind = bg_skip_spaces(reader->text, end);
  bool is_measure =
      bg_entry_is(bg_lexicon_match(reader->lexicon, BG_WORDS_COUNTED,
                                   reader->text, behind, &length),
                  "ignored") &&
      !(behind + length < reader->text.size &&
        reader->text.bytes[behind + length] == '-'); // miles, but no "Mi-24"
  return is_fraction || is_designation || is_measure;
}

/// A year or a day of the month, not a count: no separator, and a month or
/// "in" before it.
static bool
is_of_date(const number_reader *reader, size_t at, size_t end, int64_t value)
{
  bg_view text = reader->text;
  size_t length;
  size_t behind = bg_skip_spaces(text, end);
  if (value <= 31 && bg_lexicon_match(reader->lexicon, BG_WORDS_MONTHS, text,
                                      behind, &length) != NULL) {
    return true;
  }
  size_t stop = at;
  while (stop > 0 && text.bytes[stop - 1] == ',') {
    stop--;
  }
  while (stop > 0 &&
         (bg_is_space(text.bytes[stop - 1]) || text.bytes[stop - 1] == ',')) {
    stop--;
  }
  bg_view before = word_before(text, stop);
  bool is_yearlike = end - at == 4 && value >= 1000 && value < 2100;
  if ((value <= 31 || is_yearlike) &&
      bg_lexicon_find(reader->lexicon, BG_WORDS_MONTHS, before) != NULL) {
    return true;
  }
  return is_yearlike &&
         bg_entry_is(bg_lexicon_find(reader->lexicon, BG_WORDS_NAMES, before),
                     "time") &&
         !counts_something(reader, end);
}

// ---- numbers ---------------------------------------------------------------

/// Bounds behind the number: "2,000+", "500 or more".
static void
read_bound_after(const number_reader *reader, bg_number *into)
{
  size_t start = bg_skip_spaces(reader->text, into->end);
  size_t length;
  const bg_entry *entry = bg_lexicon_match(reader->lexicon, BG_WORDS_BOUNDS,
                                           reader->text, start, &length);
  bool is_sum = start > into->end && start < reader->text.size &&
                reader->text.bytes[start] == '+'; // "3,000 + 2,000 men"
  if (entry != NULL && !is_sum &&
      bg_view_is_equal(entry->values[1], BG_VIEW("after"))) {
    into->bound = bound_of(entry);
    into->is_approximate |= into->bound == BG_BOUND_APPROXIMATE;
    into->is_bounded_behind = true;
    into->end = start + length;
  }
}

/// "15,000 – 3 legions": a dash between spaces before a smaller number joins
/// nothing.
static bool
is_other_number(const number_reader *reader, const bg_number *before,
                int64_t value)
{
  size_t dash = bg_skip_spaces(reader->text, before->end);
  return dash > before->end && value < before->minimum &&
         !bg_is_letter(reader->text.bytes[dash]);
}

/// "between 5,000 and 8,000"
static size_t
read_and(const number_reader *reader, size_t at)
{
  size_t start = bg_skip_spaces(reader->text, at);
  size_t joint = bg_grammar_at(reader->lexicon, reader->text, start, "and");
  return joint > 0 ? bg_skip_spaces(reader->text, start + joint) - at : 0;
}

static void
widen(bg_number *into, int64_t value)
{
  into->minimum = value < into->minimum ? value : into->minimum;
  into->maximum = value > into->maximum ? value : into->maximum;
}

/// number (joint number)*; false when the first number is no count.
static bool
read_numbers(const number_reader *reader, size_t at, bg_number *into)
{
  int64_t value;
  size_t length = read_value(reader, at, &value, &into->is_word);
  if (length == 0) {
    return false;
  }
  size_t end = at + length;
  bool is_part = into->is_word && end + 1 < reader->text.size &&
                 reader->text.bytes[end] == '-' &&
                 bg_is_letter(reader->text.bytes[end + 1]); // "one-third"
  if (is_part) {
    return false;
  }
  if (!into->is_word &&
      (is_part_of_name(reader, into->start, at, end, value) ||
       is_no_count(reader, at, end, value) ||
       (into->start == at && is_of_date(reader, at, end, value)))) {
    return false;
  }
  bool is_between =
      bg_grammar_at(reader->lexicon, word_before(reader->text, into->start), 0,
                    "between") > 0;
  into->minimum = into->maximum = value;
  into->end = end;
  for (;;) {
    if (reader->text.size > into->end + 1 &&
        reader->text.bytes[into->end] == '+' &&
        read_joint(reader, into->end + 1) > 0) {
      into->end++; // "300,000+–400,000"
    }
    size_t joint = read_joint(reader, into->end);
    joint = joint == 0 && is_between ? read_and(reader, into->end) : joint;
    bool is_word;
    size_t more = joint == 0
                      ? 0
                      : read_value(reader, into->end + joint, &value, &is_word);
    if (more == 0 || is_word != into->is_word ||
        is_other_number(reader, into, value) ||
        is_no_count(reader, into->end + joint, into->end + joint + more,
                    value)) {
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
  size_t length_behind;
  if (!into->is_word && into->maximum <= 31 &&
      bg_lexicon_match(reader->lexicon, BG_WORDS_MONTHS, reader->text,
                       bg_skip_spaces(reader->text, into->end),
                       &length_behind) != NULL) {
    return false; // "14–17 April"
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
    const bg_view dash = BG_VIEW("–");
    while (at < text.size) {
      bool joins = strchr(",./-", text.bytes[at]) != NULL &&
                   at + 1 < text.size && bg_is_digit(text.bytes[at + 1]);
      bool is_dash =
          bg_view_has_prefix(bg_view_slice(text, at, text.size), dash) &&
          at + dash.size < text.size && bg_is_digit(text.bytes[at + dash.size]);
      if (!joins && !is_dash && !bg_is_digit(text.bytes[at])) {
        break;
      }
      at += is_dash ? dash.size : 1;
    }
    return at - start;
  }
  while (at < text.size && (bg_is_letter(text.bytes[at]) ||
                            (unsigned char)text.bytes[at] >= 0x80)) {
    at++;
  }
  return at == start ? 1 : at - start;
}

size_t
bg_numbers_find(bg_view text, const bg_lexicon *lexicon, bg_number *numbers,
                size_t most)
{
  number_reader reader = {.text = text, .lexicon = lexicon};
  size_t count = 0;
  unsigned depth = 0;
  for (size_t at = 0; at < text.size && count < most;) {
    char byte = text.bytes[at];
    bg_number next = {.start = at};
    depth += byte == '(' || byte == '[';
    depth -= (byte == ')' || byte == ']') && depth > 0;
    size_t bounds = read_bounds(&reader, at, &next);
    next.in_bracket = depth > 0;
    if (next.bound == BG_BOUND_ZERO) {
      next.end = at + bounds;
      numbers[count++] = next;
      at += bounds;
    } else if (read_numbers(&reader, at + bounds, &next)) {
      numbers[count++] = next;
      at = next.end;
    } else {
      at += bounds > 0 ? bounds : step_over(text, at);
    }
  }
  return count;
}
