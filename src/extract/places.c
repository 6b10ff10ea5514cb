/// Places: by their links, else by their names, and which lies in which.

#include "extract/position.h"

#include "base/buffer.h"

#include <string.h>

/// What parted a place from the one before it.
typedef enum {
  JOINT_NONE,
  JOINT_COMMA, // the place before lies in this one
  JOINT_AND,   // they stand side by side
} place_joint;

typedef struct {
  bg_thing thing;
  bg_view source;
  place_joint joint;
  bool is_linked;
} place;

typedef struct {
  place *items;
  size_t count;
  size_t capacity;
} place_list;

/// One place on its way: the words since the last separator.
typedef struct {
  const bg_page_reader *page;
  place_list places;
  bg_buffer words;
  const bg_run *links[4];
  size_t link_count;
  bg_view first; // source of its first piece
  bg_view last;
  place_joint joint;
  bool is_distant; // "15 km south of"
} place_reader;

static const bg_entry *
match_place_word(const bg_page_reader *page, bg_view text, size_t at,
                 size_t *length)
{
  const bg_entry *entry =
      bg_lexicon_match(page->lexicon, BG_WORDS_PLACES, text, at, length);
  bool is_whole = entry != NULL && (at + *length == text.size ||
                                    text.bytes[at + *length] == ' ' ||
                                    text.bytes[at + *length] == ',');
  return is_whole ? entry : NULL;
}

// ---- names -----------------------------------------------------------------

static bool
is_capital(bg_view text)
{
  unsigned char byte = text.size == 0 ? 0 : (unsigned char)text.bytes[0];
  return byte >= 0x80 || (byte >= 'A' && byte <= 'Z');
}

/// Without the words before it that only say how near ("off", "the coast of")
/// and those behind it that only say what it is ("area"). Empty where no name
/// is left: a name has a capital.
static bg_view
strip_place_words(const bg_page_reader *page, bg_view name)
{
  size_t length;
  const bg_entry *entry;
  name = bg_view_trim(name);
  while ((entry = match_place_word(page, name, 0, &length)) != NULL &&
         !bg_entry_is(entry, "direction") && !bg_entry_is(entry, "behind") &&
         !bg_entry_is(entry, "water") && !bg_entry_is(entry, "cape") &&
         !(bg_entry_is(entry, "small") && name.bytes[0] < 'a')) {
    name = bg_view_trim(bg_view_slice(name, length, name.size));
  }
  for (;;) {
    size_t space = bg_view_find_last_byte(name, ' ');
    bg_view last =
        space == BG_NOWHERE ? name : bg_view_slice(name, space + 1, name.size);
    if (!bg_entry_is(bg_lexicon_find(page->lexicon, BG_WORDS_PLACES, last),
                     "behind") ||
        is_capital(last)) {
      break;
    }
    name =
        bg_view_trim(bg_view_slice(name, 0, space == BG_NOWHERE ? 0 : space));
  }
  bg_view rest = name;
  bg_view word;
  while (bg_view_next_part(&rest, ' ', &word)) {
    if (is_capital(word)) {
      return name;
    }
  }
  return BG_VIEW("");
}

/// The adjective of a people is no place: "the [[Dutch]]–[[Belgian]] border".
static bool
is_adjective(const bg_page_reader *page, const bg_run *link)
{
  return bg_lexicon_find(page->lexicon, BG_WORDS_DEMONYMS,
                         bg_view_trim(link->text)) != NULL &&
         !bg_lexicon_is_people(page->lexicon, bg_view_trim(link->text));
}

static void
add_place(place_reader *at, bg_thing thing, bg_view source, bool is_linked)
{
  if (thing.title.size > 0) {
    BG_PUSH(at->page->arena, &at->places) = (place){.thing = thing,
                                                    .source = source,
                                                    .joint = at->joint,
                                                    .is_linked = is_linked};
    at->joint = JOINT_AND;
  }
}

/// "Atlantic and Indian Oceans": the plural belongs to both.
static bg_view
split_waters(place_reader *at, bg_view name)
{
  static const char *const plurals[] = {" Oceans", " Seas"};
  bg_arena *arena = at->page->arena;
  for (size_t i = 0; i < sizeof plurals / sizeof *plurals; i++) {
    bg_view plural = bg_view_of(plurals[i]);
    if (!bg_view_has_suffix(name, plural) || at->joint != JOINT_AND ||
        at->places.count == 0) {
      continue;
    }
    bg_view water = bg_view_slice(plural, 0, plural.size - 1);
    place *before = &at->places.items[at->places.count - 1];
    if (!before->is_linked) {
      before->thing = bg_thing_of_name(
          at->page, bg_arena_join(arena, before->thing.label, water));
    }
    return bg_arena_join(arena, bg_view_slice(name, 0, name.size - plural.size),
                         water);
  }
  return name;
}

/// "U.S."
static bool
ends_abbreviation(bg_view name)
{
  return name.size > 3 && name.bytes[name.size - 1] == '.' &&
         name.bytes[name.size - 3] == '.' &&
         bg_is_upper(name.bytes[name.size - 2]);
}

static void
add_named_place(place_reader *at, bg_view source)
{
  bg_view words = bg_view_trim(bg_buffer_view(&at->words));
  words = strip_place_words(at->page, words);
  bg_view name = bg_arena_copy(at->page->arena, words);
  while (name.size > 0 && strchr(".*>|:", name.bytes[name.size - 1]) != NULL &&
         !ends_abbreviation(name)) {
    name.size--;
  }
  bool is_torn = bg_view_find_byte(name, ']', 0) != BG_NOWHERE ||
                 bg_view_find_byte(name, '}', 0) != BG_NOWHERE;
  bool is_nobody =
      bg_lexicon_find(at->page->lexicon, BG_WORDS_NOBODY, name) != NULL;
  if (name.size > 0 && !is_torn && !is_nobody) {
    add_place(at, bg_thing_of_name(at->page, split_waters(at, name)), source,
              false);
  }
}

static void
reset_place(place_reader *at, place_joint joint)
{
  bg_buffer_reset(&at->words);
  at->link_count = 0;
  at->first = (bg_view){0};
  at->joint = joint;
  at->is_distant = false;
}

/// A link says which place is meant, whatever words stand beside it ("northern
/// [[Luxembourg]]", "[[Kos]] Island"); of several, each is one
/// ("[[Eindhoven]]–[[Nijmegen]] corridor").
static void
end_place(place_reader *at, place_joint next)
{
  if (at->first.bytes == NULL) {
    at->joint = next > at->joint ? next : at->joint;
    return;
  }
  bg_view source = bg_view_span(at->first, at->last);
  size_t named = 0;
  bool drops = at->is_distant && at->places.count > 0;
  bool goes_on = at->is_distant && at->link_count == 0 &&
                 bg_view_has_digit(bg_buffer_view(&at->words));
  for (size_t i = 0; i < at->link_count && !drops; i++) {
    const bg_run *link = at->links[i];
    if (!is_adjective(at->page, link)) {
      add_place(at, bg_thing_of_link(link->target, link->text), source, true);
      named++;
    }
  }
  if (named == 0 && !drops && !goes_on) {
    add_named_place(at, source);
  }
  reset_place(at, next);
  at->is_distant = goes_on; // "15 km" and then "south of"
}

// ---- pieces ----------------------------------------------------------------

static void
note_source(place_reader *at, bg_view source)
{
  if (at->first.bytes == NULL) {
    at->first = source;
  }
  at->last = source;
}

/// Only directions so far: the "and" of "eastern and southern Romania" joins
/// those.
static bool
has_only_directions(const place_reader *at)
{
  bg_view words = bg_view_trim(bg_buffer_view(&at->words));
  return at->link_count == 0 && words.size > 0 &&
         bg_entry_is(bg_lexicon_find(at->page->lexicon, BG_WORDS_PLACES, words),
                     "direction");
}

/// What parts two places at a word's beginning: "and", or a word such as "off"
/// behind a name. Its length, 0 for none.
static size_t
joint_at(const place_reader *at, bg_view text, size_t i, place_joint *joint)
{
  size_t length = 0;
  const bg_entry *word =
      bg_lexicon_match(at->page->lexicon, BG_WORDS_NAMES, text, i, &length);
  if (bg_entry_is(word, "joint") && !has_only_directions(at)) {
    *joint = JOINT_AND;
    return length;
  }
  word = match_place_word(at->page, text, i, &length);
  *joint = bg_entry_is(word, "in") ? JOINT_COMMA : JOINT_AND;
  return bg_entry_is(word, "in") || bg_entry_is(word, "parts") ? length : 0;
}

/// "15 km south of", "c. 8 mi from": a number before any name.
static bool
begins_distance(const place_reader *at, bg_view text, size_t i)
{
  size_t length;
  size_t end = i;
  while (end < text.size && bg_is_digit(text.bytes[end])) {
    end++;
  }
  return end > i && end < text.size && text.bytes[end] == ' ' &&
         bg_entry_is(bg_lexicon_match(at->page->lexicon, BG_WORDS_COUNTED, text,
                                      end + 1, &length),
                     "ignored");
}

static void
add_place_text(place_reader *at, bg_view text, bg_view source)
{
  bool is_literal = text.bytes == source.bytes;
  for (size_t i = 0; i < text.size; i++) {
    char byte = bg_is_space(text.bytes[i]) ? ' ' : text.bytes[i];
    bool begins_word = i == 0 || text.bytes[i - 1] == ' ';
    place_joint joint;
    size_t length;
    if (byte == ',' || byte == ';' || byte == '/') {
      end_place(at, byte == ',' ? JOINT_COMMA : JOINT_AND);
      continue;
    }
    if (begins_word && (length = joint_at(at, text, i, &joint)) > 0) {
      end_place(at, joint);
      i += length - 1;
      continue;
    }
    if (begins_word && begins_distance(at, text, i)) {
      at->is_distant = true;
    }
    if (byte != ' ') {
      note_source(at, is_literal ? bg_view_slice(text, i, i + 1) : source);
    }
    bg_buffer_append_byte(&at->words, byte);
  }
}

static void
add_place_run(place_reader *at, const bg_run *run)
{
  enum { most_links = sizeof at->links / sizeof *at->links };
  switch (run->kind) {
  case BG_RUN_TEXT:
    add_place_text(at, run->text, run->source);
    break;
  case BG_RUN_LINK:
  case BG_RUN_FLAG:
    if (at->link_count == most_links) {
      end_place(at, JOINT_AND);
    }
    at->links[at->link_count++] = run;
    note_source(at, run->source);
    bg_buffer_append(&at->words, run->text);
    break;
  case BG_RUN_ICON:
  case BG_RUN_FATE:
  case BG_RUN_NOTE:
  case BG_RUN_COORDINATES:
    break;
  }
}

/// `is_list`, if wanted: whether it ends with "and" and what is no place.
static place_list
read_place_list(const bg_page_reader *page, const bg_item *item, bool *is_list)
{
  place_reader at = {.page = page};
  bg_item joined = bg_item_join_texts(item, page->arena);
  bg_buffer_init(&at.words);
  for (size_t i = 0; i < joined.count; i++) {
    add_place_run(&at, &joined.items[i]);
  }
  size_t before = at.places.count;
  bool joins = at.joint == JOINT_AND && before > 0;
  end_place(&at, JOINT_NONE);
  if (is_list != NULL) {
    *is_list = joins && at.places.count == before;
  }
  bg_buffer_release(&at.words);
  return at.places;
}

// ---- claims ----------------------------------------------------------------

/// Whether a word of a name is one of those that mean so.
static bool
has_word(const bg_page_reader *page, bg_view name, const char *meaning)
{
  bg_view word;
  while (bg_view_next_part(&name, ' ', &word)) {
    if (bg_entry_is(bg_lexicon_find(page->lexicon, BG_WORDS_PLACES, word),
                    meaning)) {
      return true;
    }
  }
  return false;
}

bool
bg_name_has_water(const bg_page_reader *page, bg_view name)
{
  return has_word(page, name, "water") || has_word(page, name, "cape");
}

static bool
is_state(const bg_page_reader *page, bg_view name)
{
  return bg_lexicon_find(page->lexicon, BG_WORDS_FLAGS, name) != NULL ||
         bg_lexicon_is_people(page->lexicon, name);
}

/// Whether a place may lie in the next one behind a comma: no land lies in
/// a sea, no sea in a land, of two states ("Belgium, Luxembourg") neither in
/// the other, and a part of a state ("Southern France") in none but a state.
static bool
may_lie_within(const bg_page_reader *page, const place *inner,
               const place *outer)
{
  size_t length;
  bool is_part = bg_entry_is(
      match_place_word(page, inner->thing.title, 0, &length), "direction");
  return outer->joint == JOINT_COMMA &&
         !(is_part && !is_state(page, outer->thing.title)) &&
         !has_word(page, outer->thing.title, "water") &&
         !has_word(page, inner->thing.title, "water") &&
         !(is_state(page, inner->thing.title) &&
           is_state(page, outer->thing.title));
}

/// Places of one item lie in one another, "Aksu, Xinjiang, China"; but those of
/// a list ("A, B and C", or many) lie side by side.
static void
claim_within(const bg_value *value, const place_list *places, bool is_list)
{
  enum { longest_chain = 4 };
  size_t first = 0;
  for (size_t i = 1; i < places->count; i++) {
    first = places->items[i].joint == JOINT_AND ? i : first;
  }
  if (is_list || places->count - first > longest_chain) {
    return;
  }
  for (size_t i = first + 1; i < places->count; i++) {
    const place *inner = &places->items[i - 1];
    const place *outer = &places->items[i];
    if (may_lie_within(value->box->page, inner, outer)) {
      bg_claim *within = bg_claim_add(value, BG_CLAIM_WITHIN, outer->source);
      within->thing = inner->thing;
      within->other = outer->thing;
    }
  }
}

static void
claim_places(const bg_value *value, const bg_item *item)
{
  bool is_list;
  place_list places = read_place_list(value->box->page, item, &is_list);
  for (size_t i = 0; i < places.count; i++) {
    bg_claim_add(value, BG_CLAIM_PLACE, places.items[i].source)->thing =
        places.items[i].thing;
  }
  claim_within(value, &places, is_list);
}

/// "(now Razgrad, Bulgaria)" names the place of today, and a state or people in
/// parentheses says where it lies; other words there name the same place once
/// more.
static void
claim_gloss(const bg_value *value, const bg_item *gloss)
{
  const bg_page_reader *page = value->box->page;
  size_t length;
  bg_line line = bg_item_line(gloss, page->arena);
  bg_view text = bg_view_trim(line.text);
  const bg_entry *word = match_place_word(page, text, 0, &length);
  bool is_now = bg_entry_is(word, "now");
  place_list places = read_place_list(page, gloss, NULL);
  bool has_people = false;
  for (size_t i = 0; i < places.count; i++) {
    has_people |=
        bg_lexicon_is_people(page->lexicon, places.items[i].thing.title);
  }
  for (size_t i = 0; i < places.count; i++) {
    bg_thing thing = places.items[i].thing;
    if (is_now || has_people) {
      bg_claim_add(value, BG_CLAIM_PLACE, places.items[i].source)->thing =
          thing;
    }
  }
}

/// The position that a plain rendering has among its places is none of them.
static bg_item
without_position(const bg_value *value, const bg_item *item)
{
  bg_arena *arena = value->box->page->arena;
  bg_line line = bg_item_line(item, arena);
  bg_view found = bg_position_in_text(line.text);
  if (found.size == 0) {
    return *item;
  }
  size_t at = (size_t)(found.bytes - line.text.bytes);
  bg_item rest = bg_item_slice(item, 0, at, arena);
  bg_item behind = bg_item_slice(item, at + found.size, line.text.size, arena);
  bg_item_append(&rest, ", ", &behind, arena);
  return rest;
}

/// An item taken apart by its parentheses.
typedef struct {
  bg_arena *arena;
  bg_item outside;
  bg_cell glosses; // one for each parenthesis
  bool is_inside;
} bracket_reader;

static void
add_piece(bracket_reader *at, const bg_run *run, bg_view text)
{
  bg_item *into =
      at->is_inside ? &at->glosses.items[at->glosses.count - 1] : &at->outside;
  bg_run *piece = &BG_PUSH(at->arena, into);
  *piece = *run;
  if (text.bytes != run->text.bytes || text.size != run->text.size) {
    piece->text = text;
    piece->source = run->text.bytes == run->source.bytes ? text : run->source;
  }
}

static void
part_text(bracket_reader *at, const bg_run *run)
{
  size_t from = 0;
  for (size_t i = 0; i < run->text.size; i++) {
    char byte = run->text.bytes[i];
    if (byte != (at->is_inside ? ')' : '(')) {
      continue;
    }
    // Outside, the space before the bracket parts the words around it.
    add_piece(at, run, bg_view_slice(run->text, from, i));
    from = i + 1;
    at->is_inside = !at->is_inside;
    if (at->is_inside) {
      BG_PUSH(at->arena, &at->glosses) = (bg_item){0};
    } else {
      bg_run space = {.kind = BG_RUN_TEXT,
                      .text = BG_VIEW(" "),
                      .source = bg_view_slice(run->source, 0, 0)};
      add_piece(at, &space, space.text);
    }
  }
  add_piece(at, run, bg_view_slice(run->text, from, run->text.size));
}

/// Reads what stands outside the parentheses of an item, then inside each.
static void
read_place_item(const bg_value *value, const bg_item *all)
{
  bracket_reader at = {.arena = value->box->page->arena};
  bg_item item = without_position(value, all);
  for (size_t i = 0; i < item.count; i++) {
    const bg_run *run = &item.items[i];
    if (run->kind == BG_RUN_TEXT) {
      part_text(&at, run);
    } else {
      add_piece(&at, run, run->text);
    }
  }
  claim_places(value, &at.outside);
  for (size_t i = 0; i < at.glosses.count; i++) {
    claim_gloss(value, &at.glosses.items[i]);
  }
}

void
bg_read_places(const bg_value *value)
{
  bg_cell cell = bg_cell_read(value, false);
  bg_cell_join_glosses(&cell, value->box->page->arena);
  for (size_t i = 0; i < cell.count; i++) {
    read_place_item(value, &cell.items[i]);
  }
  bg_claim_position_of_cell(value, &cell);
}
