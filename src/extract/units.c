/// Military units: those listed, and those that a strength names.

#include "extract/units.h"

#include "extract/names.h"
#include "extract/number.h"
#include "extract/parties.h"

static bool
is_capital(char byte)
{
  return byte >= 'A' && byte <= 'Z';
}

static bool
has_capital(bg_view text)
{
  for (size_t i = 0; i < text.size; i++) {
    bool is_foreign = i == 0 && (unsigned char)text.bytes[i] >= 0x80;
    if (is_capital(text.bytes[i]) || bg_is_digit(text.bytes[i]) ||
        is_foreign) {
      return true;
    }
  }
  return false;
}

/// The graph would hold a unit once for its side, the evidence not.
static bool
is_listed(const bg_value *value, bg_view title)
{
  const bg_claim_list *claims = &value->box->page->findings->claims;
  for (size_t i = value->box->first_claim; i < claims->count; i++) {
    const bg_claim *claim = &claims->items[i];
    if (claim->kind == BG_CLAIM_UNIT && claim->side == value->side &&
        bg_view_is_equal(claim->thing.title, title)) {
      return true;
    }
  }
  return false;
}

static void
claim_unit(const bg_value *value, bg_thing unit, bg_view source)
{
  if (unit.title.size > 0 && !is_listed(value, unit.title)) {
    bg_claim_add(value, BG_CLAIM_UNIT, source)->thing = unit;
  }
}

static bool
is_formation(const bg_value *value, bg_thing unit)
{
  const bg_lexicon *lexicon = value->box->page->lexicon;
  return bg_name_is_formation(lexicon, unit.label) ||
         bg_name_is_formation(lexicon, unit.title);
}

static bg_names
read_units(const bg_value *value, const bg_item *item)
{
  return bg_names_read(value->box->page, item,
                       (bg_name_rules){.drops_partials = true});
}

// ---- names -----------------------------------------------------------------

/// Where the word of one formation stands, with other words beside it;
/// BG_NOWHERE for none.
static size_t
find_formation(const bg_lexicon *lexicon, bg_view name, size_t from)
{
  size_t at;
  size_t length;
  for (const bg_entry *entry;
       (entry = bg_lexicon_search(lexicon, BG_WORDS_COUNTED, name, from, &at,
                                  &length)) != NULL;
       from = at + length) {
    bool is_one = bg_view_is_equal(entry->values[1], BG_VIEW("formation")) ||
                  bg_view_is_equal_folded(entry->phrase, BG_VIEW("corps"));
    if (is_one && (at > 0 || at + length < name.size)) {
      return at;
    }
  }
  return BG_NOWHERE;
}

/// A count of formations ("2 infantry divisions", "one battalion") names none;
/// an ordinal does, and so does a number as a name ("74 Squadron").
static bool
begins_with_count(const bg_lexicon *lexicon, bg_view name)
{
  size_t length = 0;
  if (bg_lexicon_match(lexicon, BG_WORDS_NUMBERS, name, 0, &length) != NULL) {
    return length < name.size && name.bytes[length] == ' ';
  }
  while (length < name.size && bg_is_digit(name.bytes[length])) {
    length++;
  }
  bool is_bare = length > 0 && length + 1 < name.size &&
                 (name.bytes[length] == ' ' || name.bytes[length] == ',');
  if (!is_bare) {
    return false;
  }
  bool is_one = length == 1 && name.bytes[0] == '1';
  return is_one || !is_capital(name.bytes[length + 1]) ||
         find_formation(lexicon, name, length) == BG_NOWHERE;
}

/// Small words in a name: "Kampfgruppe von Herff". Others, with a small letter,
/// make a description: "fleet in harbour".
static bool
is_name_word(bg_view word)
{
  static const char *const small[] = {"of", "the", "and", "von", "de", "du",
                                      "la", "le",  "des", "der", "di", "SS"};
  unsigned char first = word.size == 0 ? 'X' : (unsigned char)word.bytes[0];
  for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
    if (bg_view_is_equal(word, bg_view_of(small[i]))) {
      return true;
    }
  }
  return first < 'a' || first > 'z' || bg_view_has_prefix(word, BG_VIEW("d'"));
}

static bool
has_only_name_words(bg_view name)
{
  bg_view rest = name;
  bg_view word;
  while (bg_view_next_part(&rest, ' ', &word)) {
    if (!is_name_word(word) && !bg_view_is_equal(word, BG_VIEW("force"))) {
      return false;
    }
  }
  return true;
}

/// The formation's word has a capital, or a number behind it, and other words
/// tell which one: "Composite Parachute Battalion", "Task force 45".
static bool
is_proper_name(const bg_lexicon *lexicon, bg_view name)
{
  bg_number number;
  return !begins_with_count(lexicon, name) && has_capital(name) &&
         has_only_name_words(name) &&
         find_formation(lexicon, name, 0) != BG_NOWHERE &&
         bg_numbers_find(name, lexicon, &number, 1) == 0;
}

// ---- units -----------------------------------------------------------------

/// Of a heading, or of a strength, only the name of a formation is a unit: not
/// "Reinforcements:".
static void
claim_formations(const bg_value *value, const bg_item *item)
{
  bg_names names = read_units(value, item);
  for (size_t i = 0; i < names.count; i++) {
    const bg_named *named = &names.items[i];
    if (is_formation(value, named->thing) &&
        is_proper_name(value->box->page->lexicon, named->thing.label)) {
      claim_unit(value, named->thing, named->source);
    }
  }
}

/// "44 infantry divisions", "Allied armies", "other units" are no names.
static bool
is_name(const bg_lexicon *lexicon, const bg_named *named)
{
  bg_view label = named->thing.label;
  size_t space = bg_view_find_last_byte(label, ' ');
  bg_view last = bg_view_slice(
      label, space == BG_NOWHERE ? 0 : space + 1, label.size);
  const bg_entry *noun = bg_lexicon_find(lexicon, BG_WORDS_COUNTED, last);
  bool is_general = noun != NULL && last.bytes[0] >= 'a' &&
                    bg_view_is_equal(noun->values[1], BG_VIEW("formations"));
  return named->is_linked ||
         (has_capital(label) && !is_general &&
          !bg_view_has_prefix_folded(label, BG_VIEW("other ")) &&
          !begins_with_count(lexicon, label));
}

void
bg_read_units(const bg_value *value)
{
  const bg_page_reader *page = value->box->page;
  bg_cell cell = bg_cell_read(value, true);
  bg_cell_join_glosses(&cell, page->arena);
  for (size_t i = 0; i < cell.count; i++) {
    bg_heading heading = bg_heading_read(page, &cell.items[i]);
    claim_formations(value, &heading.head);
    bg_names names = read_units(value, &heading.rest);
    for (size_t j = 0; j < names.count; j++) {
      if (is_name(page->lexicon, &names.items[j])) {
        claim_unit(value, names.items[j].thing, names.items[j].source);
      }
    }
  }
}

void
bg_claim_formation(const bg_value *value, bg_view name, bg_view source)
{
  if (is_proper_name(value->box->page->lexicon, name)) {
    claim_unit(value, bg_thing_of_name(value->box->page, name), source);
  }
}

void
bg_read_units_of_strength(const bg_value *value, const bg_item *item)
{
  bool has_unit = false;
  for (size_t i = 0; i < item->count; i++) {
    const bg_run *run = &item->items[i];
    bg_thing unit = bg_thing_of_link(run->target, run->text);
    bool is_unit =
        run->kind == BG_RUN_LINK && is_formation(value, unit) &&
        has_capital(unit.label) &&
        bg_view_find_byte(bg_view_trim(unit.label), ' ', 0) != BG_NOWHERE;
    if (is_unit) {
      has_unit = true;
      claim_unit(value, unit, run->source);
    }
  }
  if (!has_unit) {
    claim_formations(value, item);
  }
}
