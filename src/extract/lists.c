/// Values that are lists of names: conflicts, places, parties, persons, units.

#include "extract/names.h"

static bg_claim *
claim_thing(const bg_value *value, bg_claim_kind kind, const bg_named *named)
{
  bg_claim *claim = bg_claim_add(value, kind, named->source);
  claim->thing = named->thing;
  claim->value = named->fate;
  claim->rank = named->rank;
  return claim;
}

// ---- conflicts -------------------------------------------------------------

/// The words of a conflict's kind ("War") in a text from `from` on: where the
/// first begin; BG_NOWHERE when there are none.
static size_t
find_conflict_word(const bg_page_reader *page, bg_view text, size_t from)
{
  size_t at;
  size_t length;
  return bg_lexicon_search(page->lexicon, BG_WORDS_CONFLICT_TYPES, text, from,
                           &at, &length) == NULL
             ? BG_NOWHERE
             : at;
}

/// Where the last of them begin: an address in the text, or NULL.
static const char *
last_conflict_word(const bg_page_reader *page, bg_view text)
{
  const char *last = NULL;
  for (size_t at = 0; (at = find_conflict_word(page, text, at)) != BG_NOWHERE;
       at++) {
    last = text.bytes + at;
  }
  return last;
}

/// Takes the conflict before the next glue ("of the", "during", "in", "and")
/// off the front of `rest`: glue parts where a conflict stands on both sides.
/// `last` is where the text's last conflict word begins, so that each glue need
/// not look through all that follows it.
static bg_view
next_conflict(const bg_page_reader *page, const char *last, bg_view *rest)
{
  size_t first = find_conflict_word(page, *rest, 0);
  for (size_t i = first == BG_NOWHERE ? rest->size : first; i < rest->size;
       i++) {
    size_t length = 0;
    bg_view behind = bg_view_slice(*rest, i + 1, rest->size);
    if (rest->bytes[i] != ' ') {
      continue;
    }
    const bg_entry *entry =
        bg_lexicon_match(page->lexicon, BG_WORDS_NAMES, behind, 0, &length);
    bool is_glue = entry != NULL && length < behind.size &&
                   behind.bytes[length] == ' ' &&
                   !bg_view_is_equal(entry->values[0], BG_VIEW("article"));
    bg_view part = bg_view_slice(*rest, 0, i);
    bg_view whole = bg_view_slice(behind, length, behind.size);
    if (is_glue && last >= whole.bytes &&
        find_conflict_word(page, part, first) != BG_NOWHERE) {
      *rest = bg_view_trim(whole);
      return part;
    }
  }
  bg_view all = *rest;
  *rest = bg_view_slice(*rest, rest->size, rest->size);
  return all;
}

static void
claim_conflicts_of_text(const bg_value *value, const bg_item *item)
{
  const bg_page_reader *page = value->box->page;
  bg_line line = bg_item_line(item, page->arena);
  bg_view rest = bg_view_trim(line.text);
  const char *last = last_conflict_word(page, rest);
  while (rest.size > 0) {
    bg_view words = bg_view_trim(next_conflict(page, last, &rest));
    size_t length;
    const bg_entry *entry =
        bg_lexicon_match(page->lexicon, BG_WORDS_NAMES, words, 0, &length);
    if (entry != NULL && length < words.size && words.bytes[length] == ' ') {
      words = bg_view_trim(bg_view_slice(words, length, words.size));
    }
    if (words.size > 0) {
      bg_claim_add(value, BG_CLAIM_PART_OF, bg_line_source(&line, words))
          ->thing = bg_thing_of_name(page, words);
    }
  }
}

/// Only the links of `partof` are conflicts, the words between them are glue
/// ("the Eastern Front of"); without a link the text tells.
void
bg_read_conflicts(const bg_value *value)
{
  bg_cell cell = bg_cell_read(value, true);
  bool has_link = false;
  for (size_t i = 0; i < cell.count; i++) {
    for (size_t j = 0; j < cell.items[i].count; j++) {
      const bg_run *run = &cell.items[i].items[j];
      if (run->kind == BG_RUN_LINK) {
        has_link = true;
        bg_claim_add(value, BG_CLAIM_PART_OF, run->source)->thing =
            bg_thing_of_link(run->target, run->text);
      }
    }
  }
  for (size_t i = 0; i < cell.count && !has_link; i++) {
    claim_conflicts_of_text(value, &cell.items[i]);
  }
}

// ---- places ----------------------------------------------------------------

/// Without the words that only say how the place is near: "off Cape Matapan".
static bg_view
strip_place_words(const bg_page_reader *page, bg_view name)
{
  size_t length;
  while (bg_lexicon_match(page->lexicon, BG_WORDS_PLACES, name, 0, &length) !=
             NULL &&
         length < name.size && name.bytes[length] == ' ') {
    name = bg_view_trim(bg_view_slice(name, length, name.size));
  }
  return name;
}

/// "(now Razgrad, Bulgaria)" names the place of today; other words in
/// parentheses name the same place once more.
static void
claim_place_gloss(const bg_value *value, const bg_named *named)
{
  const bg_page_reader *page = value->box->page;
  size_t length;
  const bg_entry *entry = bg_lexicon_match(page->lexicon, BG_WORDS_PLACES,
                                           named->gloss, 0, &length);
  if (entry == NULL || !bg_view_is_equal(entry->values[0], BG_VIEW("now"))) {
    return;
  }
  bg_view rest = bg_view_slice(named->gloss, length, named->gloss.size);
  bg_view part;
  while (bg_view_next_part(&rest, ',', &part)) {
    bg_view name = strip_place_words(page, bg_view_trim(part));
    if (name.size > 0) {
      bg_claim_add(value, BG_CLAIM_PLACE, named->source)->thing =
          bg_thing_of_name(page, name);
    }
  }
}

/// Places of one item lie in one another: "Aksu, Xinjiang, China".
void
bg_read_places(const bg_value *value)
{
  const bg_page_reader *page = value->box->page;
  bg_cell cell = bg_cell_read(value, false);
  for (size_t i = 0; i < cell.count; i++) {
    bg_names names = bg_names_read(
        page, &cell.items[i],
        (bg_name_rules){.parts_at_commas = true, .parts_at_and = true});
    bg_thing inner = {0};
    for (size_t j = 0; j < names.count; j++) {
      bg_named *named = &names.items[j];
      if (!named->is_linked) {
        bg_view name = strip_place_words(page, named->thing.label);
        named->thing = bg_thing_of_name(page, name);
        if (name.size == 0) {
          continue;
        }
      }
      claim_thing(value, BG_CLAIM_PLACE, named)->value = BG_VIEW("");
      if (inner.title.size > 0) {
        bg_claim *within = bg_claim_add(value, BG_CLAIM_WITHIN, named->source);
        within->thing = inner;
        within->other = named->thing;
      }
      inner = named->thing;
      claim_place_gloss(value, named);
    }
  }
  bg_read_coordinates(value);
}

// ---- parties ---------------------------------------------------------------

/// Text in parentheses that says when: "(from 1943)".
static bg_view
phase_of(bg_view gloss)
{
  return bg_view_has_digit(gloss) ? gloss : BG_VIEW("");
}

/// What the headings of a cell have said so far.
typedef struct {
  bg_view role;
  bg_view phase;
  bg_view group; // of which no member has come yet
  bg_view group_source;
} cell_scope;

static void
claim_parties(const bg_value *value, const bg_item *item, cell_scope *scope)
{
  bg_names names = bg_names_read(value->box->page, item,
                                 (bg_name_rules){.parts_at_commas = false});
  for (size_t i = 0; i < names.count; i++) {
    bg_claim *claim = claim_thing(value, BG_CLAIM_PARTY, &names.items[i]);
    bg_view phase = phase_of(names.items[i].gloss);
    claim->value = scope->role;
    claim->phase = phase.size > 0 ? phase : scope->phase;
    scope->group = (bg_view){0};
  }
}

/// A group that nothing follows is a party of its own ("Allies:").
static void
end_group(const bg_value *value, cell_scope *scope)
{
  if (scope->group.size > 0) {
    bg_claim *claim = bg_claim_add(value, BG_CLAIM_PARTY, scope->group_source);
    claim->thing = bg_thing_of_name(value->box->page, scope->group);
    claim->value = scope->role;
  }
  scope->group = (bg_view){0};
}

static void
read_party_cell(const bg_value *value, bg_view role)
{
  const bg_page_reader *page = value->box->page;
  bg_cell cell = bg_cell_read(value, true);
  cell_scope scope = {.role = role};
  for (size_t i = 0; i < cell.count; i++) {
    bg_view words;
    bg_item rest;
    const bg_item *item = &cell.items[i];
    bg_heading_kind kind = bg_heading_read(page, item, &words, &rest);
    if (kind == BG_HEADING_NONE) {
      claim_parties(value, item, &scope);
      continue;
    }
    end_group(value, &scope);
    switch (kind) {
    case BG_HEADING_ROLE:
      scope.role = BG_VIEW("Supporter");
      break;
    case BG_HEADING_PHASE:
      scope.phase = words;
      break;
    case BG_HEADING_GROUP:
      scope.role = role;
      scope.group = words;
      scope.group_source = bg_item_source(item, 0, item->count - 1);
      break;
    case BG_HEADING_OTHER:
    case BG_HEADING_NONE:
      break;
    }
    claim_parties(value, &rest, &scope);
  }
  end_group(value, &scope);
}

void
bg_read_parties(const bg_value *value)
{
  read_party_cell(value, BG_VIEW("Belligerent"));
}

void
bg_read_supporters(const bg_value *value)
{
  read_party_cell(value, BG_VIEW("Supporter"));
}

// ---- the party of a commander ----------------------------------------------

/// Whether one name is the other with words before it: "Kingdom of Bavaria"
/// and "Bavaria", "Vichy France" and "France".
static bool
is_same_state(bg_view a, bg_view b)
{
  if (bg_view_is_equal_folded(a, b)) {
    return true;
  }
  bg_view shorter = a.size < b.size ? a : b;
  bg_view longer = a.size < b.size ? b : a;
  return shorter.size >= 4 && bg_view_has_suffix(longer, shorter) &&
         longer.bytes[longer.size - shorter.size - 1] == ' ';
}

/// The party of this side that a flag or heading names; empty for none.
static bg_thing
party_of_side(const bg_value *value, bg_view name)
{
  bg_thing only = {0};
  size_t parties = 0;
  size_t index = 0;
  for (const bg_claim *claim;
       (claim = bg_party_next(value->box, &index)) != NULL;) {
    if (claim->side != value->side) {
      continue;
    }
    if (name.size > 0 && (is_same_state(claim->thing.title, name) ||
                          is_same_state(claim->thing.label, name))) {
      return claim->thing;
    }
    only = claim->thing;
    parties++;
  }
  return parties == 1 ? only : (bg_thing){0};
}

// ---- commanders and units --------------------------------------------------

static void
claim_commanders(const bg_value *value, const bg_item *item,
                 const cell_scope *scope)
{
  bg_name_rules rules = {.parts_at_and = true,
                         .parts_at_commas = !value->box->infobox->is_flat,
                         .drops_ranks = true};
  bg_names names = bg_names_read(value->box->page, item, rules);
  for (size_t i = 0; i < names.count; i++) {
    const bg_named *named = &names.items[i];
    bg_claim *claim = claim_thing(value, BG_CLAIM_COMMANDER, named);
    claim->other =
        party_of_side(value, named->icon.size > 0 ? named->icon : scope->group);
    bg_view phase = phase_of(named->gloss);
    claim->phase = phase.size > 0 ? phase : scope->phase;
  }
}

void
bg_read_commanders(const bg_value *value)
{
  const bg_page_reader *page = value->box->page;
  bg_cell cell = bg_cell_read(value, true);
  cell_scope scope = {0};
  for (size_t i = 0; i < cell.count; i++) {
    bg_view words;
    bg_item rest;
    bg_heading_kind kind = bg_heading_read(page, &cell.items[i], &words, &rest);
    if (kind == BG_HEADING_NONE) {
      claim_commanders(value, &cell.items[i], &scope);
      continue;
    }
    scope.group = kind == BG_HEADING_GROUP ? words : BG_VIEW("");
    scope.phase = kind == BG_HEADING_PHASE ? words : BG_VIEW("");
    claim_commanders(value, &rest, &scope);
  }
}

void
bg_read_units(const bg_value *value)
{
  const bg_page_reader *page = value->box->page;
  bg_cell cell = bg_cell_read(value, true);
  for (size_t i = 0; i < cell.count; i++) {
    bg_view words;
    bg_item rest;
    bg_heading_kind kind = bg_heading_read(page, &cell.items[i], &words, &rest);
    const bg_item *item =
        kind == BG_HEADING_NONE || rest.count == 0 ? &cell.items[i] : &rest;
    if (kind == BG_HEADING_ROLE || kind == BG_HEADING_OTHER) {
      continue;
    }
    bg_names names = bg_names_read(page, item, (bg_name_rules){false});
    for (size_t j = 0; j < names.count; j++) {
      claim_thing(value, BG_CLAIM_UNIT, &names.items[j]);
    }
  }
}
