/// Commanders and leaders.

#include "extract/heading.h"
#include "extract/names.h"
#include "extract/parties.h"

/// What the headings of a cell have said so far.
typedef struct {
  bg_thing party;
  bg_view phase;
} commander_scope;

/// "Turgesh khan Suluk": a party of the side before a title, and the person
/// behind it; "(Arab commander)" behind a name.
static bg_thing
party_in_words(const bg_value *value, bg_named *named)
{
  const bg_lexicon *lexicon = value->box->page->lexicon;
  size_t length;
  bg_view gloss = named->gloss;
  if (bg_lexicon_match(lexicon, BG_WORDS_DEMONYMS, gloss, 0, &length)) {
    return bg_party_of_words(value, bg_view_slice(gloss, 0, length));
  }
  bg_view name = named->thing.label;
  enum { longest_people = 60 }; // bytes
  for (size_t at = 0;
       !named->is_linked && at < name.size && at < longest_people; at++) {
    if (name.bytes[at] != ' ') {
      continue;
    }
    const bg_entry *title =
        bg_lexicon_match(lexicon, BG_WORDS_NAMES, name, at + 1, &length);
    bool is_title = bg_entry_is(title, "title") &&
                    at + 1 + length < name.size &&
                    name.bytes[at + 1 + length] == ' ';
    bg_thing party = is_title
                         ? bg_party_of_words(value, bg_view_slice(name, 0, at))
                         : (bg_thing){0};
    if (party.title.size > 0) {
      bg_view person =
          bg_view_trim(bg_view_slice(name, at + 1 + length, name.size));
      named->rank = bg_view_slice(name, at + 1, at + 1 + length);
      named->thing = bg_thing_of_name(value->box->page, person);
      return party;
    }
  }
  return (bg_thing){0};
}

static bg_thing
party_of(const bg_value *value, bg_named *named, const commander_scope *scope)
{
  if (named->icon.size > 0) {
    return bg_party_of_side(value, named->icon);
  }
  bg_thing told = party_in_words(value, named);
  if (told.title.size == 0) {
    told = scope->party;
  }
  return told.title.size > 0 ? told : bg_party_of_side(value, BG_VIEW(""));
}

static void
claim_commanders(const bg_value *value, const bg_item *item,
                 const commander_scope *scope)
{
  bg_name_rules rules = {.parts_at_and = true,
                         .parts_at_commas = !value->box->infobox->is_flat,
                         .drops_ranks = true};
  bg_names names = bg_names_read(value->box->page, item, rules);
  for (size_t i = 0; i < names.count; i++) {
    bg_named *named = &names.items[i];
    bg_thing party = party_of(value, named, scope);
    bg_claim *claim = bg_claim_add(value, BG_CLAIM_COMMANDER, named->source);
    bg_view phase = bg_gloss_phase(value->box->page, named->gloss);
    claim->thing = named->thing;
    claim->value = named->fate;
    claim->rank = named->rank;
    claim->other = party;
    claim->phase = phase.size > 0 ? phase : scope->phase;
    if (named->icon.size > 0 && claim->other.title.size == 0) {
      bg_remark_add(value->box->page, "flag-of-no-party", named->icon,
                    named->source);
    }
  }
}

/// The party of a flag that stands on a line of its own, above its people.
static bg_thing
flag_alone(const bg_value *value, const bg_item *item)
{
  bg_view state = {0};
  for (size_t i = 0; i < item->count; i++) {
    const bg_run *run = &item->items[i];
    if (run->kind == BG_RUN_ICON || run->kind == BG_RUN_FLAG) {
      state = run->kind == BG_RUN_ICON ? run->target : run->state;
    } else if (run->kind == BG_RUN_LINK || bg_view_trim(run->text).size > 0) {
      return (bg_thing){0};
    }
  }
  return state.size > 0 ? bg_party_of_side(value, state) : (bg_thing){0};
}

/// "'''Republican leaders'''", "'''[[France]]'''": an emphasised item without a
/// colon that names what follows.
static bool
is_silent_heading(const bg_value *value, const bg_item *item, bg_view words)
{
  size_t space = bg_view_find_last_byte(words, ' ');
  bg_view last =
      bg_view_slice(words, space == BG_NOWHERE ? 0 : space + 1, words.size);
  bool heads = bg_lexicon_find(value->box->page->lexicon, BG_WORDS_HEADINGS,
                               last) != NULL ||
               bg_party_of_words(value, words).title.size > 0;
  return heads && bg_item_is_emphasised(item);
}

void
bg_read_commanders(const bg_value *value)
{
  const bg_page_reader *page = value->box->page;
  bg_cell cell = bg_cell_read(value, true);
  commander_scope scope = {0};
  bg_cell_join_glosses(&cell, page->arena);
  for (size_t i = 0; i < cell.count; i++) {
    bg_heading heading = bg_heading_read(page, &cell.items[i]);
    if (heading.kind == BG_HEADING_NONE &&
        is_silent_heading(value, &cell.items[i], heading.words)) {
      heading.kind = BG_HEADING_GROUP;
      heading.rest = (bg_item){0};
    }
    if (heading.kind != BG_HEADING_NONE) {
      scope.party = bg_party_of_words(value, heading.words);
      scope.phase =
          heading.kind == BG_HEADING_PHASE ? heading.words : BG_VIEW("");
    }
    bg_thing flagged = flag_alone(value, &heading.rest);
    scope.party = flagged.title.size > 0 ? flagged : scope.party;
    claim_commanders(value, &heading.rest, &scope);
  }
}
