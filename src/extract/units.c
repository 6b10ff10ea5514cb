/// Military units: those listed, and those that a strength names.

#include "extract/units.h"

#include "extract/heading.h"
#include "extract/names.h"
#include "extract/number.h"
#include "extract/parties.h"

static bool
has_capital(bg_view text)
{
  for (size_t i = 0; i < text.size; i++) {
    bool is_foreign = i == 0 && (unsigned char)text.bytes[i] >= 0x80;
    if (bg_is_upper(text.bytes[i]) || bg_is_digit(text.bytes[i]) ||
        is_foreign) {
      return true;
    }
  }
  return false;
}

static bool is_proper_name(const bg_lexicon *lexicon, bg_view name);

/// A unit is claimed once for its side.
static void
claim_unit(const bg_value *value, bg_thing unit, bg_view source)
{
  static char listed; // only its address matters
  bool is_list =
      bg_view_has_suffix(unit.title, BG_VIEW("order of battle")) ||
      bg_view_has_prefix_folded(unit.title, BG_VIEW("order of battle"));
  if (is_list && is_proper_name(value->box->page->lexicon, unit.label)) {
    unit =
        bg_thing_of_name(value->box->page, unit.label); // one of its sections
    is_list = false;
  }
  bg_view key = bg_arena_format(value->box->page->arena, "%u %.*s", value->side,
                                BG_VIEW_ARGS(unit.title));
  if (unit.title.size > 0 && !is_list &&
      bg_map_add(&value->box->units, key, &listed)) {
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
  return bg_names_read(
      value->box->page, item,
      (bg_name_rules){.drops_partials = true, .keeps_chains = true});
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
  return is_one || !bg_is_upper(name.bytes[length + 1]) ||
         find_formation(lexicon, name, length) == BG_NOWHERE;
}

/// Small words in a name: "Kampfgruppe von Herff". Others, with a small letter,
/// make a description: "fleet in harbour".
static bool
is_name_word(const bg_lexicon *lexicon, bg_view word)
{
  unsigned char first = word.size == 0 ? 'X' : (unsigned char)word.bytes[0];
  if (bg_grammar_at(lexicon, word, 0, "particle") == word.size) {
    return true;
  }
  return first < 'a' || first > 'z' || bg_view_has_prefix(word, BG_VIEW("d'"));
}

static bool
has_only_name_words(const bg_lexicon *lexicon, bg_view name)
{
  bg_view rest = name;
  bg_view word;
  while (bg_view_next_part(&rest, ' ', &word)) {
    if (!is_name_word(lexicon, word) &&
        !bg_view_is_equal(word, BG_VIEW("force"))) {
      return false;
    }
  }
  return true;
}

/// "Other units", "Total force", "Additional support units" name none.
static bool
is_of_unit(const bg_lexicon *lexicon, bg_view name)
{
  return bg_grammar_at(lexicon, name, 0, "other") == 0;
}

/// The formation's word has a capital, or a number behind it, and other words
/// tell which one: "Composite Parachute Battalion", "Task force 45".
static bool
is_proper_name(const bg_lexicon *lexicon, bg_view name)
{
  bg_number number;
  size_t space = bg_view_find_byte(name, ' ', 0);
  bg_view behind =
      bg_view_slice(name, space == BG_NOWHERE ? name.size : space, name.size);
  return !begins_with_count(lexicon, name) && has_capital(name) &&
         has_only_name_words(lexicon, name) && is_of_unit(lexicon, name) &&
         find_formation(lexicon, name, 0) != BG_NOWHERE &&
         bg_numbers_find(behind, lexicon, &number, 1) == 0;
}

/// The size of the last formation that a name has: companies 1 … armies 6; 0
/// where it has none or one of no size.
static unsigned
echelon_of(const bg_lexicon *lexicon, bg_view name)
{
  static const char *const echelons[][2] = {
      {"Companies", NULL}, {"Battalions", NULL}, {"Regiments", "Brigades"},
      {"Divisions", NULL}, {"Corps", NULL},      {"Armies", NULL},
  };
  unsigned found = 0;
  size_t at;
  size_t length;
  const bg_entry *entry;
  for (size_t from = 0;
       (entry = bg_lexicon_search(lexicon, BG_WORDS_COUNTED, name, from, &at,
                                  &length)) != NULL;
       from = at + length) {
    for (unsigned i = 0; i < sizeof echelons / sizeof *echelons; i++) {
      for (unsigned j = 0; j < 2 && echelons[i][j] != NULL; j++) {
        bool is_this =
            bg_view_is_equal(entry->values[0], bg_view_of(echelons[i][j]));
        found = is_this ? i + 1 : found;
      }
    }
  }
  return found;
}

/// The end of a text from the last comma on, as far as a unit's name goes.
static bg_view
last_name(bg_view text)
{
  enum { longest_name = 160 }; // bytes
  size_t from = text.size > longest_name ? text.size - longest_name : 0;
  bg_view end = bg_view_slice(text, from, text.size);
  size_t comma = bg_view_find_last_byte(end, ',');
  return bg_view_slice(end, comma == BG_NOWHERE ? 0 : comma + 1, end.size);
}

static bg_view
first_name(bg_view text)
{
  enum { longest_name = 160 }; // bytes
  bg_view start = bg_view_slice(text, 0, longest_name);
  size_t comma = bg_view_find_byte(start, ',', 0);
  return bg_view_slice(start, 0, comma == BG_NOWHERE ? start.size : comma);
}

bool
bg_comma_joins_units(const bg_lexicon *lexicon, bg_view before, bg_view behind)
{
  enum { battalion = 2 };
  unsigned small = echelon_of(lexicon, last_name(before));
  return small > 0 && small <= battalion &&
         echelon_of(lexicon, first_name(behind)) > small;
}

bool
bg_comma_parts_units(const bg_lexicon *lexicon, bg_view before, bg_view behind)
{
  return echelon_of(lexicon, last_name(before)) > 0 &&
         echelon_of(lexicon, first_name(behind)) > 0;
}

// ---- several units in one name ---------------------------------------------

/// ordinal ::= digit+ ending [","]
static bg_view
read_ordinal(const bg_lexicon *lexicon, bg_view word)
{
  size_t digits = 0;
  if (bg_view_has_suffix(word, BG_VIEW(","))) {
    word.size--;
  }
  while (digits < word.size && bg_is_digit(word.bytes[digits])) {
    digits++;
  }
  bg_view ending = bg_view_slice(word, digits, word.size);
  size_t length = bg_grammar_at(lexicon, ending, 0, "ordinal");
  return digits > 0 && length > 0 && length == ending.size ? word : BG_VIEW("");
}

/// "35th and 158th Combat Engineer Battalions": the ordinals before the rest;
/// how many.
static size_t
read_ordinals(const bg_lexicon *lexicon, bg_view name, bg_view *ordinals,
              size_t most, bg_view *rest)
{
  size_t count = 0;
  bg_view word;
  *rest = name;
  for (bg_view behind = name; bg_view_next_part(&behind, ' ', &word);
       *rest = behind) {
    bg_view ordinal = read_ordinal(lexicon, word);
    bool joins = bg_grammar_at(lexicon, word, 0, "and") > 0;
    if (count == most || (ordinal.size == 0 && (count == 0 || !joins))) {
      break;
    }
    if (ordinal.size > 0) {
      ordinals[count++] = ordinal;
    }
  }
  return count;
}

/// "Combat Engineer Battalions" of one: the first word for formations in the
/// singular. Empty where there is none.
static bg_view
singular(const bg_lexicon *lexicon, bg_view name, bg_arena *arena)
{
  size_t at;
  size_t length;
  const bg_entry *entry;
  for (size_t from = 0;
       (entry = bg_lexicon_search(lexicon, BG_WORDS_COUNTED, name, from, &at,
                                  &length)) != NULL;
       from = at + length) {
    bg_view word = bg_view_slice(name, at, at + length);
    if (!bg_view_is_equal(entry->values[1], BG_VIEW("formations")) ||
        !bg_view_has_suffix(word, BG_VIEW("s")) ||
        bg_view_is_equal_folded(word, BG_VIEW("corps"))) {
      continue;
    }
    bool ends_in_y = bg_view_has_suffix(word, BG_VIEW("ies"));
    bg_view stem = bg_view_slice(name, 0, at + length - (ends_in_y ? 3 : 1));
    bg_view behind = bg_view_slice(name, at + length, name.size);
    return bg_arena_format(arena, "%.*s%s%.*s", BG_VIEW_ARGS(stem),
                           ends_in_y ? "y" : "", BG_VIEW_ARGS(behind));
  }
  return BG_VIEW("");
}

/// Claims each of the units that a name joins; false where it is of one.
static bool
claim_joined_units(const bg_value *value, const bg_named *named)
{
  bg_view ordinals[8];
  bg_view rest;
  bg_arena *arena = value->box->page->arena;
  size_t count =
      named->is_linked
          ? 0
          : read_ordinals(value->box->page->lexicon, named->thing.label,
                          ordinals, sizeof ordinals / sizeof *ordinals, &rest);
  bg_view name = count < 2 ? BG_VIEW("")
                           : singular(value->box->page->lexicon, rest, arena);
  for (size_t i = 0; i < count && name.size > 0; i++) {
    bg_view unit = bg_arena_format(
        arena, "%.*s %.*s", BG_VIEW_ARGS(ordinals[i]), BG_VIEW_ARGS(name));
    claim_unit(value, bg_thing_of_name(value->box->page, unit), named->source);
  }
  return name.size > 0;
}

static void
claim_named_unit(const bg_value *value, const bg_named *named)
{
  if (!claim_joined_units(value, named)) {
    claim_unit(value, named->thing, named->source);
  }
}

// ---- units -----------------------------------------------------------------

/// "Polish Army" says whose men they are, not which.
static bool
is_army_of_people(const bg_lexicon *lexicon, bg_view name)
{
  size_t space = bg_view_find_last_byte(name, ' ');
  return space != BG_NOWHERE &&
         bg_lexicon_find(lexicon, BG_WORDS_DEMONYMS,
                         bg_view_slice(name, 0, space)) != NULL;
}

/// Of a heading, or of a strength, only the name of a formation is a unit: not
/// "Reinforcements:".
static void
claim_formations(const bg_value *value, const bg_item *item)
{
  bg_names names = read_units(value, item);
  for (size_t i = 0; i < names.count; i++) {
    const bg_named *named = &names.items[i];
    const bg_lexicon *lexicon = value->box->page->lexicon;
    if (named->is_force) {
      claim_unit(value, named->thing, named->source);
    } else if (is_formation(value, named->thing) &&
               is_proper_name(lexicon, named->thing.label) &&
               (named->is_linked ||
                !is_army_of_people(lexicon, named->thing.label))) {
      claim_named_unit(value, named);
    }
  }
}

/// "44 infantry divisions", "Allied armies", "other units" are no names.
static bool
is_name(const bg_lexicon *lexicon, const bg_named *named)
{
  bg_view label = named->thing.label;
  size_t space = bg_view_find_last_byte(label, ' ');
  bg_view last =
      bg_view_slice(label, space == BG_NOWHERE ? 0 : space + 1, label.size);
  const bg_entry *noun = bg_lexicon_find(lexicon, BG_WORDS_COUNTED, last);
  bool is_general = noun != NULL && last.bytes[0] >= 'a' &&
                    bg_view_is_equal(noun->values[1], BG_VIEW("formations"));
  return named->is_linked ||
         (has_capital(label) && !is_general && is_of_unit(lexicon, label) &&
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
        claim_named_unit(value, &names.items[j]);
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

/// How many parentheses more a run opens than it closes.
static int
opened_brackets(const bg_run *run)
{
  int depth = 0;
  for (size_t j = 0; run->kind == BG_RUN_TEXT && j < run->text.size; j++) {
    depth += (run->text.bytes[j] == '(') - (run->text.bytes[j] == ')');
  }
  return depth;
}

/// An item that is one link and nothing else, and no count.
static bool
is_one_link(const bg_item *item)
{
  size_t links = 0;
  for (size_t i = 0; i < item->count; i++) {
    const bg_run *run = &item->items[i];
    links += run->kind == BG_RUN_LINK;
    if (run->kind == BG_RUN_FLAG ||
        (run->kind == BG_RUN_TEXT && bg_view_trim(run->text).size > 0)) {
      return false;
    }
  }
  return links == 1;
}

/// "British soldiers", "Auxiliary ships" are no names.
static bool
ends_with_noun(const bg_lexicon *lexicon, bg_view name)
{
  size_t space = bg_view_find_last_byte(name, ' ');
  bg_view last =
      bg_view_slice(name, space == BG_NOWHERE ? 0 : space + 1, name.size);
  const bg_entry *noun = bg_lexicon_find(lexicon, BG_WORDS_COUNTED, last);
  return space != BG_NOWHERE && noun != NULL && noun->values[1].size == 0 &&
         !bg_is_upper(last.bytes[0]);
}

void
bg_read_units_of_strength(const bg_value *value, const bg_item *item)
{
  size_t before = value->box->page->findings->claims.count;
  claim_formations(value, item);
  bool is_named = value->box->page->findings->claims.count > before;
  bool is_whole = is_one_link(item);
  int depth = 0;
  for (size_t i = 0; i < item->count; i++) {
    const bg_run *run = &item->items[i];
    bg_thing unit = bg_thing_of_link(run->target, run->text);
    bool is_unit = run->kind == BG_RUN_LINK && has_capital(unit.label) &&
                   !ends_with_noun(value->box->page->lexicon, unit.label) &&
                   !bg_view_has_prefix(run->source, BG_VIEW("{{")) && // no ship
                   (is_whole || (is_formation(value, unit) &&
                                 bg_view_find_byte(bg_view_trim(unit.label),
                                                   ' ', 0) != BG_NOWHERE));
    // In parentheses behind a named unit stands the one it belonged to.
    if (is_unit && (!is_named || depth > 0)) {
      claim_unit(value, unit, run->source);
    }
    depth += opened_brackets(run);
  }
}
