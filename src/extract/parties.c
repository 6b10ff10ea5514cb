#include "extract/parties.h"

#include "extract/heading.h"
#include "extract/names.h"

// ---- likeness --------------------------------------------------------------

/// Without a parenthesis at the end and "the" at the beginning.
static bg_view
bare_name(const bg_lexicon *lexicon, bg_view name)
{
  size_t bracket = bg_view_find_byte(name, '(', 0);
  if (bracket != BG_NOWHERE && bracket > 0) {
    name = bg_view_slice(name, 0, bracket);
  }
  name = bg_view_trim(name);
  enum { longest_article = 3 }; // most names begin with a longer word
  bool may_be_article =
      bg_view_find_byte(bg_view_slice(name, 0, longest_article + 1), ' ', 0) !=
      BG_NOWHERE;
  size_t article =
      may_be_article ? bg_grammar_at(lexicon, name, 0, "article") : 0;
  return bg_view_trim(bg_view_slice(name, article, name.size));
}

static bool
is_same_name(const bg_lexicon *lexicon, bg_view a, bg_view b)
{
  a = bare_name(lexicon, a);
  b = bare_name(lexicon, b);
  return a.size > 0 && bg_view_is_equal_folded(a, b);
}

/// Whether one name is the other with words before it: "Kingdom of Bavaria"
/// and "Bavaria", "Vichy France" and "France".
static bool
is_suffix(const bg_lexicon *lexicon, bg_view a, bg_view b)
{
  a = bare_name(lexicon, a);
  b = bare_name(lexicon, b);
  bg_view shorter = a.size < b.size ? a : b;
  bg_view longer = a.size < b.size ? b : a;
  return shorter.size >= 4 && longer.size > shorter.size &&
         bg_view_has_suffix(longer, shorter) &&
         longer.bytes[longer.size - shorter.size - 1] == ' ';
}

bg_likeness
bg_party_likeness(const bg_page_reader *page, const bg_claim *party,
                  bg_view name)
{
  bg_view title = party->thing.title;
  bg_view label = party->thing.label;
  bg_view state = bg_flag_state(page, name);
  if (is_same_name(page->lexicon, title, name) ||
      is_same_name(page->lexicon, label, name) ||
      is_same_name(page->lexicon, bg_flag_state(page, title), state)) {
    return BG_LIKENESS_NAME;
  }
  if (party->other.title.size > 0 &&
      is_same_name(page->lexicon, bg_flag_state(page, party->other.title),
                   state)) {
    return BG_LIKENESS_FLAG;
  }
  if (is_suffix(page->lexicon, title, name) ||
      is_suffix(page->lexicon, label, name)) {
    return BG_LIKENESS_SUFFIX;
  }
  return bg_lexicon_is_same_people(page->lexicon, title, state)
             ? BG_LIKENESS_PEOPLE
             : BG_LIKENESS_NONE;
}

bool
bg_name_is_formation(const bg_lexicon *lexicon, bg_view name)
{
  size_t at;
  size_t length;
  const bg_entry *entry;
  for (size_t from = 0;
       (entry = bg_lexicon_search(lexicon, BG_WORDS_COUNTED, name, from, &at,
                                  &length)) != NULL;
       from = at + length) {
    if (entry->values[1].size > 0) {
      return true;
    }
  }
  return false;
}

// ---- the party of something ------------------------------------------------

/// Where several parties of a side have the same flag or arms, the first is
/// meant; but which of several units under a state's flag is not told.
bg_thing
bg_party_of_side(const bg_value *value, bg_view name)
{
  const bg_page_reader *page = value->box->page;
  bg_thing only = {0};
  bg_thing best = {0};
  bg_likeness likeness = BG_LIKENESS_NONE;
  size_t parties = 0;
  size_t as_good = 0;
  size_t index = 0;
  for (const bg_claim *claim;
       (claim = bg_party_next(value->box, &index)) != NULL;) {
    if (claim->side != value->side) {
      continue;
    }
    only = claim->thing;
    parties++;
    bg_likeness found = name.size == 0 ? BG_LIKENESS_NONE
                                       : bg_party_likeness(page, claim, name);
    if (found > likeness) {
      likeness = found;
      best = claim->thing;
      as_good = 0;
    }
    as_good += found == likeness;
  }
  bool is_open = likeness == BG_LIKENESS_FLAG && as_good > 1 &&
                 !bg_view_has_prefix(name, BG_VIEW("File:")) &&
                 !bg_lexicon_is_people(page->lexicon, best.title);
  if (likeness > BG_LIKENESS_NONE && !is_open) {
    return best;
  }
  return parties == 1 ? only : (bg_thing){0};
}

/// The party of the side with exactly that name.
static bg_thing
party_with_name(const bg_value *value, bg_view name)
{
  size_t index = 0;
  for (const bg_claim *claim;
       (claim = bg_party_next(value->box, &index)) != NULL;) {
    if (claim->side == value->side &&
        bg_party_likeness(value->box->page, claim, name) >= BG_LIKENESS_FLAG) {
      return claim->thing;
    }
  }
  return (bg_thing){0};
}

bg_thing
bg_party_of_words(const bg_value *value, bg_view words)
{
  if (words.size == 0) {
    return (bg_thing){0};
  }
  bg_thing party = party_with_name(value, words);
  const bg_entry *demonym =
      bg_lexicon_find(value->box->page->lexicon, BG_WORDS_DEMONYMS, words);
  for (size_t i = 0; demonym != NULL && i < BG_ENTRY_VALUES &&
                     demonym->values[i].size > 0 && party.title.size == 0;
       i++) {
    party = party_with_name(value, demonym->values[i]);
  }
  return party;
}

// ---- the cells of parties --------------------------------------------------

/// What the headings of a cell have said so far.
typedef struct {
  bg_view role;
  bool is_new_role; // nobody has it yet
  bg_view phase;
  bg_item group; // the first that heads members
  size_t groups; // how many such headings the cell has
} party_scope;

static void
claim_parties(const bg_value *value, const bg_item *item, party_scope *scope)
{
  bg_names names = bg_names_read(
      value->box->page, item,
      (bg_name_rules){.parts_behind_link = true, .drops_partials = true});
  for (size_t i = 0; i < names.count; i++) {
    const bg_named *named = &names.items[i];
    bg_claim *claim = bg_claim_add(value, BG_CLAIM_PARTY, named->source);
    bg_view phase = bg_gloss_phase(value->box->page, named->gloss);
    bool supports = bg_gloss_is_support(value->box->page, named->gloss);
    if (value->side <= BG_SIDES) {
      value->box->has_label[value->side] = true;
    }
    claim->thing = named->thing;
    claim->other = bg_thing_of_link(named->icon, named->icon);
    claim->value = supports ? BG_VIEW("Supporter") : scope->role;
    claim->phase = phase.size > 0 ? phase : scope->phase;
    scope->is_new_role = false;
  }
}

/// A group that nothing follows in its cell is a party of its own ("Allies:").
static void
claim_group(const bg_value *value, party_scope *scope, size_t first_claim)
{
  const bg_claim_list *claims = &value->box->page->findings->claims;
  for (size_t i = first_claim; i < claims->count; i++) {
    if (claims->items[i].kind == BG_CLAIM_PARTY) {
      return;
    }
  }
  claim_parties(value, &scope->group, scope);
}

/// The label of a side is the first group that heads its parties.
static void
claim_label(const bg_value *value, bg_view words, bg_view source)
{
  if (value->side <= BG_SIDES && !value->box->has_label[value->side]) {
    value->box->has_label[value->side] = true;
    bg_claim_add(value, BG_CLAIM_SIDE_LABEL, source)->text = words;
  }
}

/// "{{flag|Greece}}:" above its units is a party; "[[Allies]]:" only groups.
static bool
is_state_heading(const bg_item *head)
{
  for (size_t i = 0; i < head->count; i++) {
    if (head->items[i].kind == BG_RUN_FLAG) {
      return true;
    }
  }
  return false;
}

static void
read_party_heading(const bg_value *value, const bg_heading *heading,
                   bg_view role, party_scope *scope)
{
  switch (heading->kind) {
  case BG_HEADING_ROLE:
    scope->role = BG_VIEW("Supporter");
    scope->is_new_role = true;
    break;
  case BG_HEADING_PHASE:
    scope->phase = heading->words;
    break;
  case BG_HEADING_GROUP:
    scope->role = scope->is_new_role ? scope->role : role;
    if (is_state_heading(&heading->head)) {
      claim_parties(value, &heading->head, scope);
      break;
    }
    scope->group = scope->group.count > 0 ? scope->group : heading->head;
    if (scope->groups == 1) {
      claim_label(value, heading->words,
                  bg_item_source(&heading->head, 0, heading->head.count - 1));
    }
    break;
  case BG_HEADING_OTHER:
  case BG_HEADING_NONE:
    break;
  }
}

/// "'''[[NATO]]'''" above a list: an emphasised name of no state, or one that
/// a table has for an alliance, without a flag of its own.
static bool
heads_coalition(const bg_page_reader *page, const bg_cell *cell, size_t index)
{
  const bg_item *item = &cell->items[index];
  if (index + 1 == cell->count || cell->items[index + 1].depth <= item->depth) {
    return false;
  }
  bg_view words = bg_view_trim(bg_item_line(item, page->arena).text);
  bg_view title = words;
  for (size_t i = 0; i < item->count; i++) {
    if (item->items[i].kind == BG_RUN_FLAG) {
      return false;
    }
    title = item->items[i].kind == BG_RUN_LINK ? item->items[i].target : title;
  }
  bool is_state = bg_lexicon_is_people(page->lexicon, title) ||
                  bg_lexicon_find(page->lexicon, BG_WORDS_FLAGS, title) != NULL;
  return words.size > 0 && !is_state &&
         (bg_item_is_emphasised(item) ||
          bg_lexicon_find(page->lexicon, BG_WORDS_ALLIANCES, words) != NULL);
}

static void
read_party_cell(const bg_value *value, bg_view role)
{
  const bg_page_reader *page = value->box->page;
  bg_cell cell = bg_cell_read(value, true);
  party_scope scope = {.role = role};
  size_t first_claim = page->findings->claims.count;
  bg_cell_join_glosses(&cell, page->arena);
  bg_heading *headings = BG_NEW_ARRAY(page->arena, bg_heading, cell.count);
  for (size_t i = 0; i < cell.count; i++) {
    cell.items[i].is_title |= heads_coalition(page, &cell, i);
    headings[i] = bg_heading_read(page, &cell.items[i]);
    scope.groups += headings[i].kind == BG_HEADING_GROUP;
  }
  for (size_t i = 0; i < cell.count; i++) {
    if (headings[i].kind != BG_HEADING_NONE) {
      read_party_heading(value, &headings[i], role, &scope);
    }
    claim_parties(value, &headings[i].rest, &scope);
  }
  claim_group(value, &scope, first_claim);
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
