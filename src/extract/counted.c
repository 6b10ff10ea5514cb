#include "extract/counted.h"

#include "extract/number.h"

#include <string.h>

/// Where the reading of a noun phrase stands.
typedef struct {
  const bg_lexicon *lexicon;
  bg_quantity_kind kind;
  bg_view text; // ends where the words end
  bg_counted found;
  bool is_joined;    // behind "and" or a comma
  bool behind_comma; // only fates go on there
} phrase_reader;

static bool
is_value(const bg_entry *entry, size_t index, const char *value)
{
  return entry != NULL &&
         bg_view_is_equal(entry->values[index], bg_view_of(value));
}

// ---- fates -----------------------------------------------------------------

/// Two fates in one figure.
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
  const bg_view total = BG_VIEW("TotalCasualties");
  if (a.size == 0 || bg_view_is_equal(a, b) || bg_view_is_equal(a, total)) {
    return b; // "total dead" are the dead
  }
  if (bg_view_is_equal(b, total)) {
    return a;
  }
  for (size_t i = 0; i < sizeof mixtures / sizeof *mixtures; i++) {
    bg_view left = bg_view_of(mixtures[i].a);
    bg_view right = bg_view_of(mixtures[i].b);
    if ((bg_view_is_equal(a, left) && bg_view_is_equal(b, right)) ||
        (bg_view_is_equal(a, right) && bg_view_is_equal(b, left))) {
      return bg_view_of(mixtures[i].both);
    }
  }
  return BG_VIEW("Mixed");
}

static void
note_loss(phrase_reader *at, const bg_entry *entry)
{
  bg_counted *found = &at->found;
  if (is_value(entry, 0, "damaged")) {
    found->is_damaged = true;
  } else if (is_value(entry, 0, "lost")) {
    found->is_lost = true;
    found->lost_as = entry->values[1];
  } else if (is_value(entry, 0, "civilian")) {
    found->is_civilian = true;
  } else if (is_value(entry, 0, "ignored")) {
    found->is_ignored = true;
  } else if (bg_view_is_equal(found->fate, BG_VIEW("Mixed"))) {
    return;
  } else {
    bool are_prisoners =
        bg_view_is_equal(found->fate, BG_VIEW("CapturedCount")) &&
        !at->is_joined &&
        (is_value(entry, 0, "KilledCount") ||
         is_value(entry, 0, "WoundedCount"));
    found->fate = are_prisoners ? entry->values[0] // "prisoners drowned"
                                : mix(found->fate, entry->values[0]);
  }
}

// ---- nouns -----------------------------------------------------------------

static bool
is_of_persons(bg_view noun)
{
  return bg_view_is_equal(noun, BG_VIEW("Troops")) ||
         bg_view_is_equal(noun, BG_VIEW("Infantry")) ||
         bg_view_is_equal(noun, BG_VIEW("Cavalry"));
}

/// The head of the phrase so far. Behind "and" it is settled, but men and
/// things together are men ("artillery and engineers"), and two kinds of
/// formations are neither. False where the noun is of another figure.
static bool
note_noun(phrase_reader *at, const bg_entry *entry)
{
  bg_counted *found = &at->found;
  bg_view noun = entry->values[0];
  bool is_formation = entry->values[1].size > 0;
  if (at->is_joined && found->noun.size > 0) {
    bool both_formations = is_formation && found->is_formation &&
                           !bg_view_is_equal(found->noun, noun);
    if (both_formations) {
      found->noun = BG_VIEW("OtherStrength");
    } else if (!is_formation && !found->is_formation && is_of_persons(noun) &&
               !is_of_persons(found->noun)) {
      found->noun = noun;
    }
    return bg_view_is_equal(found->noun, noun) || both_formations;
  }
  found->noun = noun;
  found->is_formation = is_formation;
  found->is_one_formation = is_value(entry, 1, "formation");
  found->is_fighter =
      bg_view_has_prefix_folded(entry->phrase, BG_VIEW("fighters"));
  found->unknown = BG_VIEW("");
  found->is_capital = false;
  return true;
}

static void
note_unknown(phrase_reader *at, bg_view word)
{
  bg_counted *found = &at->found;
  bool is_name = word.size > 0 && (unsigned char)word.bytes[0] < 0x80 &&
                 bg_to_lower(word.bytes[0]) != word.bytes[0];
  if (found->noun.size > 0 || found->fate.size > 0 || at->is_joined) {
    return;
  }
  found->unknown =
      found->unknown.size == 0 ? word : bg_view_span(found->unknown, word);
  found->is_capital |= is_name;
}

// ---- words -----------------------------------------------------------------

/// The end of the word at `from`: at a space, a slash or a mark.
static size_t
end_of_word(bg_view text, size_t from)
{
  size_t end = from;
  while (end < text.size && strchr(" /,;:()[]\"", text.bytes[end]) == NULL) {
    end++;
  }
  return end;
}

static bool
is_capitalised(bg_view phrase)
{
  return phrase.size > 1 && phrase.bytes[0] >= 'A' && phrase.bytes[0] <= 'Z' &&
         phrase.bytes[1] >= 'a' && phrase.bytes[1] <= 'z';
}

/// The entry of a phrase that ends with its word: not before a hyphen.
static const bg_entry *
match(const phrase_reader *at, bg_words words, size_t from, size_t *length)
{
  const bg_entry *entry =
      bg_lexicon_match(at->lexicon, words, at->text, from, length);
  // A name has a capital: "gladiators" are no Gladiators.
  if (entry != NULL && is_capitalised(entry->phrase) &&
      at->text.bytes[from] >= 'a' && at->text.bytes[from] <= 'z') {
    return NULL;
  }
  if (entry != NULL && from + *length + 1 < at->text.size &&
      at->text.bytes[from + *length] == '-' &&
      bg_is_letter(at->text.bytes[from + *length + 1])) {
    return NULL;
  }
  return entry;
}

/// "destroyer-transports" are transports: the last part of a word that is not
/// known whole. "anti-aircraft" alone says nothing.
static const bg_entry *
match_last_part(const phrase_reader *at, size_t from, size_t end)
{
  bg_view word = bg_view_slice(at->text, from, end);
  size_t hyphen = bg_view_find_last_byte(word, '-');
  if (hyphen == BG_NOWHERE || hyphen == 0 ||
      bg_view_has_prefix_folded(word, BG_VIEW("anti")) ||
      bg_view_has_prefix_folded(word, BG_VIEW("non"))) {
    return NULL;
  }
  return bg_lexicon_find(at->lexicon, BG_WORDS_COUNTED,
                         bg_view_slice(word, hyphen + 1, word.size));
}

static void
note_place(phrase_reader *at, size_t from, size_t end)
{
  if (at->found.end == 0) {
    at->found.first = from;
  }
  at->found.end = end;
}

/// Reads one word or phrase; false where the noun phrase ends.
static bool
read_word(phrase_reader *at, size_t *from)
{
  size_t end = end_of_word(at->text, *from);
  size_t loss_length = 0;
  size_t noun_length = 0;
  const bg_entry *loss = at->kind == BG_QUANTITY_CASUALTIES
                             ? match(at, BG_WORDS_LOSSES, *from, &loss_length)
                             : NULL;
  const bg_entry *noun = match(at, BG_WORDS_COUNTED, *from, &noun_length);
  if (loss != NULL && loss_length >= noun_length) {
    note_loss(at, loss);
    note_place(at, *from, *from + loss_length);
    *from += loss_length;
    return true;
  }
  if (noun == NULL) {
    noun = match_last_part(at, *from, end);
    noun_length = end - *from;
  }
  if (noun == NULL) {
    note_unknown(at, bg_view_slice(at->text, *from, end));
    *from = end > *from ? end : *from + 1;
    return true;
  }
  size_t start = *from;
  *from += noun_length;
  if (is_value(noun, 0, "closes")) {
    return false;
  }
  if (is_value(noun, 0, "joins")) {
    at->is_joined = true;
  } else if (!is_value(noun, 0, "ignored")) {
    if (at->behind_comma && at->found.noun.size > 0) {
      return false;
    }
    if (!note_noun(at, noun)) {
      return true; // another kind of thing: no word of this figure
    }
    note_place(at, start, *from);
  }
  return true;
}

bg_counted
bg_counted_read(const bg_lexicon *lexicon, bg_quantity_kind kind, bg_view text,
                size_t from, size_t to)
{
  phrase_reader at = {
      .lexicon = lexicon, .kind = kind, .text = bg_view_slice(text, 0, to)};
  const bg_view no_break = BG_VIEW("\xC2\xA0");
  while (from < at.text.size) {
    char byte = at.text.bytes[from];
    if (bg_view_has_prefix(bg_view_slice(at.text, from, at.text.size),
                           no_break)) {
      from += no_break.size;
    } else if ((byte == '/' && at.found.end == 0) ||
               (bg_is_digit(byte) && at.found.noun.size > 0)) {
      break; // "Killed: 7 / Wounded: 12", "1 squadron 146th Regiment"
    } else if (byte == ',' || byte == '/') {
      at.is_joined = true;
      at.behind_comma |= byte == ',';
      from++;
    } else if (byte == '-' || strchr(" :()[]\"'+.*", byte) != NULL) {
      from++; // "-strong", "AFV's", a list's own marks
    } else if (!read_word(&at, &from)) {
      break;
    }
  }
  if (bg_view_is_equal(at.found.fate, BG_VIEW("Mixed"))) {
    at.found.fate = BG_VIEW("TotalCasualties");
  }
  return at.found;
}

// ---- measures --------------------------------------------------------------

/// How many a formation has, not how many formations: "1,000 Punjab Regiment".
static const int64_t most_formations = 500;

/// More fighters than any air force has in a battle are men.
static const int64_t most_fighters = 2000;

static bg_view
measure_of_strength(const bg_counted *counted, int64_t value)
{
  if (counted->is_fighter && value >= most_fighters) {
    return BG_VIEW("Troops");
  }
  return counted->is_formation && value >= most_formations ? BG_VIEW("Troops")
                                                           : counted->noun;
}

static bg_view
lost_measure(bg_view noun)
{
  static const struct {
    const char *noun;
    const char *lost;
  } measures[] = {
      {"Ships", "ShipsLost"},       {"Submarines", "SubmarinesLost"},
      {"Aircraft", "AircraftLost"}, {"Tanks", "TanksLost"},
      {"Vehicles", "VehiclesLost"}, {"Guns", "GunsLost"},
  };
  for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
    if (bg_view_is_equal(noun, bg_view_of(measures[i].noun))) {
      return bg_view_of(measures[i].lost);
    }
  }
  return BG_VIEW("OtherLoss");
}

static bg_view
civilian_measure(bg_view fate)
{
  bool is_dead = fate.size == 0 ||
                 bg_view_is_equal(fate, BG_VIEW("KilledCount")) ||
                 bg_view_is_equal(fate, BG_VIEW("KilledOrMissing"));
  return is_dead ? BG_VIEW("CiviliansKilled") : fate;
}

static bg_view
measure_of_loss(const bg_counted *counted, int64_t value)
{
  // Whoever is killed or wounded is a person, a Tiger too; a captured fighter.
  bool is_of_person =
      counted->fate.size > 0 &&
      (counted->is_fighter ||
       bg_view_is_equal(counted->fate, BG_VIEW("KilledCount")) ||
       bg_view_is_equal(counted->fate, BG_VIEW("WoundedCount")) ||
       bg_view_is_equal(counted->fate, BG_VIEW("KilledOrWounded")));
  bool is_thing = counted->noun.size > 0 && !is_of_persons(counted->noun) &&
                  !is_of_person &&
                  !(counted->is_formation && value >= most_formations);
  if (is_thing) {
    return lost_measure(counted->noun);
  }
  if (counted->is_civilian) {
    return civilian_measure(counted->fate);
  }
  if (counted->fate.size > 0) {
    return counted->fate;
  }
  if (counted->noun.size > 0) {
    return BG_VIEW("TotalCasualties");
  }
  return counted->lost_as.size > 0 ? lost_measure(counted->lost_as)
                                   : BG_VIEW("");
}

bg_view
bg_counted_measure(const bg_counted *counted, bg_quantity_kind kind,
                   int64_t value)
{
  return kind == BG_QUANTITY_STRENGTH ? measure_of_strength(counted, value)
                                      : measure_of_loss(counted, value);
}
