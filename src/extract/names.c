#include "extract/names.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "extract/parties.h"
#include "extract/units.h"

#include <string.h>

/// A run of pieces between separators, on its way to a name.
typedef struct {
  const bg_page_reader *page;
  bg_name_rules rules;
  bg_names names;
  bg_buffer words;      // shown text outside parentheses
  bg_buffer bracket;    // inside them
  size_t last_link;     // of the item: the index of its last link or flag
  bool before_link;     // the next run is a link
  const bg_run *link;   // its last link or flag
  const bg_run *origin; // the one before that
  size_t links;
  bg_view icon;
  bg_view fate;
  bg_view first; // source of its first piece
  bg_view last;
  unsigned depth; // of parentheses
} segment;

static bool
is_name_run(const bg_run *run)
{
  return run->kind == BG_RUN_LINK || run->kind == BG_RUN_FLAG;
}

static bg_view
keep(const segment *at, const bg_buffer *text)
{
  return bg_arena_copy(at->page->arena, bg_view_trim(bg_buffer_view(text)));
}

bool
bg_name_begins_with(const bg_page_reader *page, bg_view text,
                    const char *meaning, size_t *length)
{
  return bg_entry_is(
      bg_lexicon_match(page->lexicon, BG_WORDS_NAMES, text, 0, length),
      meaning);
}

bool
bg_comma_continues(const bg_page_reader *page, bg_view behind)
{
  size_t length;
  behind = bg_view_trim(behind);
  const bg_entry *entry =
      bg_lexicon_match(page->lexicon, BG_WORDS_NAMES, behind, 0, &length);
  if (entry == NULL) {
    return false;
  }
  if (bg_entry_is(entry, "continues")) {
    return true;
  }
  bg_view rest = bg_view_trim(bg_view_slice(behind, length, behind.size));
  size_t of = bg_grammar_at(page->lexicon, rest, 0, "of");
  return bg_entry_is(entry, "title") && of > 0 && of < rest.size;
}

/// A rank or an office, alone or followed by what it is of: "Commander of the
/// 1st Army", "governor of Cuba".
static bool
is_office(const bg_page_reader *page, bg_view words, size_t *length)
{
  bool is_known = bg_lexicon_match(page->lexicon, BG_WORDS_RANKS, words, 0,
                                   length) != NULL ||
                  bg_name_begins_with(page, words, "office", length) ||
                  bg_name_begins_with(page, words, "title", length);
  if (!is_known) {
    return false;
  }
  bool is_title = bg_name_begins_with(page, words, "title", length);
  bg_view behind = bg_view_trim(bg_view_slice(words, *length, words.size));
  return behind.size == 0 ||
         (!is_title && (bg_grammar_at(page->lexicon, behind, 0, "of") > 0 ||
                        bg_grammar_at(page->lexicon, behind, 0, "in") > 0));
}

/// A full stop that ends a sentence, not an abbreviation as in "Jr." or "A.".
static bool
ends_with_full_stop(bg_view text)
{
  size_t space = bg_view_find_last_byte(text, ' ');
  size_t word = space == BG_NOWHERE ? 0 : space + 1;
  return text.size > word + 4 && text.bytes[text.size - 1] == '.' &&
         bg_view_find_byte(text, '.', word) == text.size - 1;
}

/// Without what only joins names, at both ends: "," "and" "the".
static bg_view
strip_joints(const bg_page_reader *page, bg_view text)
{
  size_t size;
  bool has_bracket = bg_view_find_byte(text, '(', 0) != BG_NOWHERE ||
                     bg_view_find_byte(text, '[', 0) != BG_NOWHERE;
  do {
    size = text.size;
    text = bg_view_trim(text);
    if (text.size > 0 && strchr(",;:/*.|", text.bytes[0]) != NULL) {
      text = bg_view_slice(text, 1, text.size);
    }
    if (text.size > 0 && strchr(has_bracket ? ",;:/*|?" : ",;:/*|?)]",
                                text.bytes[text.size - 1]) != NULL) {
      text = bg_view_slice(text, 0, text.size - 1);
    }
    size_t length;
    bool joins = bg_name_begins_with(page, text, "joint", &length) ||
                 bg_name_begins_with(page, text, "article", &length);
    if (joins && length < text.size && text.bytes[length] == ' ') {
      text = bg_view_slice(text, length, text.size);
    }
  } while (text.size < size);
  return ends_with_full_stop(text) ? bg_view_slice(text, 0, text.size - 1)
                                   : text;
}

/// Without what says that only a part of a unit was there: "elements of".
static bg_view
drop_partials(const bg_page_reader *page, bg_view name)
{
  size_t length;
  while (bg_name_begins_with(page, name, "partial", &length) ||
         bg_name_begins_with(page, name, "article", &length)) {
    if (length < name.size && name.bytes[length] != ' ') {
      break;
    }
    name = bg_view_trim(bg_view_slice(name, length, name.size));
  }
  return name;
}

/// Ranks before the name, one after another: "Lt. Gen. Sir".
static bg_view
drop_ranks(const segment *at, bg_view name, bg_view *rank)
{
  bg_view rest = name;
  size_t length;
  while (rest.size > 0 && bg_lexicon_match(at->page->lexicon, BG_WORDS_RANKS,
                                           rest, 0, &length) != NULL) {
    bg_view behind = bg_view_slice(rest, length, rest.size);
    while (behind.size > 0 && strchr(" .,-", behind.bytes[0]) != NULL) {
      behind = bg_view_slice(behind, 1, behind.size);
    }
    if (behind.size == 0) {
      break; // a rank alone: the text names nobody else
    }
    rest = behind;
  }
  if (rest.bytes > name.bytes) {
    *rank =
        bg_view_trim(bg_view_slice(name, 0, (size_t)(rest.bytes - name.bytes)));
  }
  return rest;
}

/// Without letters behind the name: "T. E. Baz RN".
static bg_view
drop_letters(const segment *at, bg_view name)
{
  size_t space = bg_view_find_last_byte(name, ' ');
  size_t length;
  bg_view last = bg_view_slice(
      name, space == BG_NOWHERE ? name.size : space + 1, name.size);
  bool is_upper = last.size > 1 && bg_is_upper(last.bytes[1]);
  return is_upper && bg_name_begins_with(at->page, last, "letters", &length) &&
                 length == last.size
             ? bg_view_trim(bg_view_slice(name, 0, space))
             : name;
}

/// A fate said in words or marks at the name's end: "John Doe †".
static bg_view
take_fate(segment *at, bg_view text)
{
  size_t found;
  size_t length;
  const bg_entry *entry = bg_lexicon_search(at->page->lexicon, BG_WORDS_FATES,
                                            text, 0, &found, &length);
  if (entry == NULL || found + length < text.size) {
    return text;
  }
  at->fate = entry->values[0];
  return strip_joints(at->page, bg_view_slice(text, 0, found));
}

static bool
is_nobody(const segment *at, bg_view name)
{
  if (at->rules.drops_ranks && name.size > 0 && bg_is_digit(name.bytes[0])) {
    return true; // "3 others", "8th Army"
  }
  bg_view last = name;
  bool has_letter = false;
  for (size_t offset = 0; offset < name.size;) {
    uint32_t codepoint;
    size_t size = bg_utf8_decode(last, offset, &codepoint);
    if (size == 0) {
      size = 1;
    } else {
      has_letter |= bg_utf8_is_letter(codepoint);
    }
    offset += size;
  }
  size_t length;
  return !has_letter ||
         bg_lexicon_find(at->page->lexicon, BG_WORDS_NOBODY, name) != NULL ||
         (bg_lexicon_match(at->page->lexicon, BG_WORDS_NOBODY, name, 0,
                           &length) != NULL &&
          bg_view_has_prefix_folded(name, BG_VIEW("see ")));
}

/// "the Bastard of Orléans" in quotation marks
static bool
is_nickname(bg_view words)
{
  static const bg_view marks[][2] = {{{"\"", 1}, {"\"", 1}},
                                     {{"“", 3}, {"”", 3}},
                                     {{"‘", 3}, {"’", 3}},
                                     {{"«", 2}, {"»", 2}}};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    if (bg_view_has_prefix(words, marks[i][0]) &&
        bg_view_has_suffix(words, marks[i][1])) {
      return true;
    }
  }
  return false;
}

/// Whether a segment's one link names it, or only a part of its words does:
/// "[[Luftwaffe]] bomber crew" is no Luftwaffe.
static bool
link_is_whole(const segment *at, bg_view words, bg_view *rank)
{
  bg_view shown = bg_view_trim(at->link->text);
  size_t found = bg_view_find(words, shown, 0);
  if (found == BG_NOWHERE) {
    return at->link->kind == BG_RUN_FLAG;
  }
  bg_view before = strip_joints(at->page, bg_view_slice(words, 0, found));
  bg_view behind = strip_joints(
      at->page, bg_view_slice(words, found + shown.size, words.size));
  size_t length;
  bool describes =
      at->rules.drops_ranks && behind.size > 0 &&
      (is_nickname(behind) ||
       (bg_name_begins_with(at->page, behind, "letters", &length) &&
        length == behind.size));
  if (behind.size > 0 && !describes) {
    return false;
  }
  if (at->rules.drops_partials) {
    before = drop_partials(at->page, before);
  }
  if (before.size == 0) {
    return true;
  }
  if (!at->rules.drops_ranks) {
    return false;
  }
  // Before a linked person stand ranks, styles and titles.
  *rank = before;
  return true;
}

static void
reset_segment(segment *at)
{
  bg_buffer_reset(&at->words);
  bg_buffer_reset(&at->bracket);
  at->link = NULL;
  at->links = 0;
  at->icon = (bg_view){0};
  at->fate = (bg_view){0};
  at->first = (bg_view){0};
  at->depth = 0;
}

/// "Airborne forces" among commanders are no person.
static bool
is_force(const segment *at, const bg_named *named)
{
  bg_view label = named->thing.label;
  size_t space = bg_view_find_last_byte(label, ' ');
  bg_view last =
      bg_view_slice(label, space == BG_NOWHERE ? 0 : space + 1, label.size);
  return at->rules.drops_ranks && !named->is_linked && last.size > 0 &&
         last.bytes[0] >= 'a' && last.bytes[0] <= 'z' &&
         bg_lexicon_find(at->page->lexicon, BG_WORDS_COUNTED, last) != NULL;
}

static void
add_name(segment *at, bg_named named)
{
  if (named.thing.title.size == 0 || is_nobody(at, named.thing.label) ||
      is_force(at, &named)) {
    return;
  }
  BG_PUSH(at->page->arena, &at->names) = named;
}

/// A parenthesis alone belongs to the name before it.
static void
attach_gloss(segment *at, bg_view gloss)
{
  if (at->names.count == 0) {
    return;
  }
  bg_named *before = &at->names.items[at->names.count - 1];
  if (before->gloss.size == 0) {
    before->gloss = gloss;
  }
  if (before->fate.size == 0) {
    before->fate = at->fate;
  }
}

/// A country code that a plain rendering has left: it stands for the party
/// ("LUX resistance"), before a person for nothing.
static bg_view
spell_code(segment *at, bg_view words)
{
  size_t size = 0;
  while (size < words.size && words.bytes[size] >= 'A' &&
         words.bytes[size] <= 'Z') {
    size++;
  }
  bool is_alone = size == words.size;
  bool takes_code = at->page->article->form == BG_FORM_PLAIN &&
                    (at->rules.drops_ranks || at->rules.parts_behind_link);
  if (!takes_code || size > (is_alone ? 5 : 3) || size < (is_alone ? 2 : 3) ||
      (!is_alone && words.bytes[size] != ' ')) {
    return words;
  }
  const bg_entry *flag = bg_lexicon_find(at->page->lexicon, BG_WORDS_FLAGS,
                                         bg_view_slice(words, 0, size));
  if (flag == NULL) {
    return words;
  }
  if (at->rules.drops_ranks && !is_alone) {
    at->icon = flag->values[0];
    return bg_view_trim(bg_view_slice(words, size, words.size));
  }
  return bg_arena_join(at->page->arena, flag->values[0],
                       bg_view_slice(words, size, words.size));
}

/// "[[Turgesh]] khan [[Suluk]]": the first of two links says of which people
/// the person is, the last who. With other small words between them the last
/// says more of the first.
static void
take_origin(segment *at, bg_view *words, bg_named *named)
{
  if (!at->rules.drops_ranks || at->links != 2) {
    return;
  }
  bg_view shown = bg_view_trim(at->origin->text);
  bg_view behind = bg_view_trim(bg_view_slice(*words, shown.size, words->size));
  size_t length;
  if (!bg_view_has_prefix(*words, shown) || behind.size == 0 ||
      behind.bytes[0] < 'a' || behind.bytes[0] > 'z') {
    return;
  }
  at->links = 1;
  if (bg_name_begins_with(at->page, behind, "title", &length)) {
    *words = behind;
    named->icon = named->icon.size > 0 ? named->icon : at->origin->target;
  } else { // "[[John Doe]] of the [[1st Army]]"
    *words = shown;
    at->link = at->origin;
  }
}

/// "[[Turgesh]] allies" are the Turgesh, and so are "Turgesh allies" where that
/// is known to be a people; "German auxiliaries" are others than Germany.
static bg_view
drop_followers(const segment *at, bg_view words)
{
  size_t space = bg_view_find_last_byte(words, ' ');
  size_t length;
  if (!at->rules.parts_behind_link || space == BG_NOWHERE) {
    return words;
  }
  bg_view rest = bg_view_trim(bg_view_slice(words, 0, space));
  bg_view last = bg_view_slice(words, space + 1, words.size);
  bool is_people = at->links == 1
                       ? bg_view_is_equal(rest, bg_view_trim(at->link->text))
                       : bg_view_is_equal(last, BG_VIEW("allies")) &&
                             at->links == 0 &&
                             bg_lexicon_is_people(at->page->lexicon, rest);
  return is_people &&
                 bg_name_begins_with(at->page, last, "followers", &length) &&
                 length == last.size
             ? rest
             : words;
}

/// What stands behind a person and says who that is: ", Archbishop of
/// Esztergom", "– II Corps", ", RN". Titles alone name other persons ("Duke of
/// Argyll") where nothing is linked.
static bool
is_description(const segment *at, bg_view words)
{
  const bg_lexicon *lexicon = at->page->lexicon;
  size_t length;
  if (!at->rules.drops_ranks || words.size == 0 || at->names.count == 0) {
    return false;
  }
  const bg_named *before = &at->names.items[at->names.count - 1];
  bool is_small = words.bytes[0] >= 'a' && words.bytes[0] <= 'z';
  bool is_title = bg_name_begins_with(at->page, words, "title", &length) &&
                  (length == words.size || is_small ||
                   (before->is_linked && at->links == 0));
  const bg_run *link = at->links == 1 ? at->link : NULL;
  return is_title || is_office(at->page, words, &length) ||
         bg_name_begins_with(at->page, words, "letters", &length) ||
         bg_lexicon_find(lexicon, BG_WORDS_RANKS, words) != NULL ||
         bg_name_is_formation(lexicon, words) ||
         (link != NULL && bg_name_is_formation(lexicon, link->target));
}

static void
end_segment(segment *at)
{
  if (at->first.bytes == NULL) {
    reset_segment(at);
    return;
  }
  bg_view gloss = keep(at, &at->bracket);
  size_t found;
  size_t length;
  const bg_entry *fate = bg_lexicon_search(at->page->lexicon, BG_WORDS_FATES,
                                           gloss, 0, &found, &length);
  if (fate != NULL && at->fate.size == 0) {
    at->fate = fate->values[0];
  }
  bg_view words = strip_joints(at->page, keep(at, &at->words));
  words = drop_followers(at, take_fate(at, spell_code(at, words)));
  bg_named named = {.icon = at->icon,
                    .gloss = gloss,
                    .source = bg_view_span(at->first, at->last)};
  take_origin(at, &words, &named);
  if (is_description(at, words)) {
    attach_gloss(at, BG_VIEW(""));
    reset_segment(at);
    return;
  }
  if (at->links == 1 && link_is_whole(at, words, &named.rank)) {
    bg_view force = at->rules.keeps_chains ? at->link->force : BG_VIEW("");
    named.is_linked = true;
    named.is_force = force.size > 0;
    named.thing =
        named.is_force ? bg_thing_of_link(force, force)
        : at->link->kind == BG_RUN_LINK
            ? bg_thing_of_link(at->link->target, bg_view_trim(at->link->text))
            : bg_thing_of_link(at->link->target, at->link->target);
  } else if (words.size > 0) {
    bg_view name = at->rules.drops_ranks
                       ? drop_ranks(at, drop_letters(at, words), &named.rank)
                       : words;
    name = at->rules.drops_partials ? drop_partials(at->page, name) : name;
    named.thing = bg_thing_of_name(at->page, strip_joints(at->page, name));
  } else if (gloss.size > 0 || at->fate.size > 0) {
    attach_gloss(at, gloss);
  }
  named.fate = at->fate;
  add_name(at, named);
  reset_segment(at);
}

static void
note_source(segment *at, bg_view source)
{
  if (at->first.bytes == NULL) {
    at->first = source;
  }
  at->last = source;
}

/// "John Doe – II Corps": a dash between spaces, of which the first is gone.
static size_t
length_of_dash(bg_view text)
{
  static const char *const dashes[] = {"– ", "— ", "- "};
  for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
    bg_view dash = bg_view_of(dashes[i]);
    if (bg_view_has_prefix(text, dash)) {
      return 1 + dash.size;
    }
  }
  return 0;
}

static bool
comma_separates(const segment *at, bg_view text, size_t comma,
                bool between_links)
{
  bg_view rest = bg_view_slice(text, comma + 1, text.size);
  if (at->rules.keeps_chains) {
    bg_view words = bg_buffer_view(&at->words);
    if (bg_comma_joins_units(at->page->lexicon, words, rest)) {
      return false;
    }
    if (bg_comma_parts_units(at->page->lexicon, words, rest)) {
      return true;
    }
  }
  bool parts = between_links || at->rules.parts_at_commas ||
               (at->rules.parts_behind_link && at->links > 0);
  bool in_number = rest.size > 0 && bg_is_digit(rest.bytes[0]);
  return parts && !in_number && !bg_comma_continues(at->page, rest);
}

/// The length of "and" and the space before it, where it joins two names;
/// `text` begins behind the space.
static size_t
length_of_joint(const segment *at, bg_view text, bool between_links)
{
  size_t length;
  if (!bg_name_begins_with(at->page, text, "joint", &length)) {
    return 0;
  }
  bg_view behind = bg_view_trim(bg_view_slice(text, length, text.size));
  bool is_word = length < text.size && text.bytes[length] == ' ';
  bool parts = is_word && (between_links || at->rules.parts_at_and);
  bool before_link = at->before_link && at->links == 0 &&
                     at->first.bytes != NULL && behind.size == 0;
  bool behind_link =
      at->links > 0 && behind.size > 0 && bg_is_upper(behind.bytes[0]);
  // "Massilia and [[Optimates]]", "[[Hungary]] and Croatia"
  parts |= at->rules.parts_behind_link && (before_link || behind_link);
  return parts ? length + 1 : 0;
}

/// Length of a separator at `i` of a text; 0 where there is none. Between two
/// links commas and "and" part names; in bare text only by the rules.
static size_t
separator_at(const segment *at, bg_view text, size_t i, bool between_links)
{
  char byte = text.bytes[i];
  if (at->depth > 0) {
    return 0;
  }
  if (byte == ';' || (byte == '/' && between_links)) {
    return 1;
  }
  bg_view rest = bg_view_slice(text, i + 1, text.size);
  size_t dash = byte == ' ' && at->rules.drops_ranks && at->first.bytes != NULL
                    ? length_of_dash(rest)
                    : 0;
  if (dash > 0) {
    return dash;
  }
  if (byte == ',') {
    return comma_separates(at, text, i, between_links) ? 1 : 0;
  }
  return byte == ' ' ? length_of_joint(at, rest, between_links) : 0;
}

static void
trim_space(bg_buffer *text)
{
  while (text->size > 0 && text->bytes[text->size - 1] == ' ') {
    text->size--;
  }
}

/// "III (Germanic) SS Panzer Corps": a parenthesis inside the name of a unit,
/// before the word that says that it is one.
static bool
opens_in_name(const segment *at, bg_view text, size_t open)
{
  enum { longest_bracket = 40 }; // bytes
  if (!at->rules.keeps_chains || at->depth > 0 || text.bytes[open] != '(' ||
      at->words.size == 0) {
    return false;
  }
  size_t close = bg_view_find_byte(
      bg_view_slice(text, 0, open + longest_bracket), ')', open);
  return close != BG_NOWHERE && close + 2 < text.size &&
         text.bytes[close + 1] == ' ' && text.bytes[close + 2] >= 'A' &&
         text.bytes[close + 2] <= 'Z' &&
         !bg_name_is_formation(at->page->lexicon, bg_buffer_view(&at->words));
}

/// A byte of the name or of the parenthesis behind it. `is_of_name`: a bracket
/// that belongs to the name.
static void
add_byte(segment *at, char byte, bool is_of_name)
{
  bool opens = (byte == '(' || byte == '[') && !is_of_name;
  bool closes = (byte == ')' || byte == ']') && at->depth > 0;
  at->depth += opens;
  bg_buffer *into = at->depth > 0 ? &at->bracket : &at->words;
  if (byte == ',' || byte == ' ') {
    trim_space(into); // a parenthesis has gone before it
  }
  if (!opens && !closes) {
    bg_buffer_append_byte(into, byte);
  }
  at->depth -= closes;
}

static void
add_text(segment *at, bg_view text, bg_view source, bool between_links)
{
  bool is_literal = text.bytes == source.bytes;
  for (size_t i = 0; i < text.size; i++) {
    size_t separator = separator_at(at, text, i, between_links);
    if (separator > 0) {
      end_segment(at);
      i += separator - 1;
      continue;
    }
    bg_view here = is_literal ? bg_view_slice(text, i, i + 1) : source;
    char byte = bg_is_space(text.bytes[i]) ? ' ' : text.bytes[i];
    if (byte != ' ') {
      note_source(at, here);
    }
    add_byte(at, byte, opens_in_name(at, text, i));
  }
}

/// The link of a rank, or that of a title before a person's: "[[Prime Minister
/// of Spain|PM]] [[John Doe]]".
static bool
is_link_of_rank(const segment *at, const bg_run *run, bool is_last)
{
  size_t length;
  const bg_lexicon *lexicon = at->page->lexicon;
  bg_view shown = bg_view_trim(run->text);
  if (!at->rules.drops_ranks || run->kind != BG_RUN_LINK) {
    return false;
  }
  if (bg_lexicon_find(lexicon, BG_WORDS_RANKS, shown) != NULL) {
    return true;
  }
  return !is_last && (is_office(at->page, run->target, &length) ||
                      is_office(at->page, shown, &length));
}

static void
add_link(segment *at, const bg_run *run, bool is_last)
{
  bg_view words = bg_buffer_view(&at->words);
  if (at->depth > 0 || is_link_of_rank(at, run, is_last)) {
    // A link in a gloss, or that of a rank, names nobody.
    add_text(at, run->text, run->source, false);
    return;
  }
  bool adjoins =
      at->links > 0 && bg_view_trim(words).size >= at->link->text.size &&
      bg_view_has_suffix(bg_view_trim(words), bg_view_trim(at->link->text));
  if (at->links > 0 &&
      (adjoins || run->kind == BG_RUN_FLAG || at->link->kind == BG_RUN_FLAG)) {
    end_segment(at);
  }
  at->origin = at->link;
  at->link = run;
  at->links++;
  note_source(at, run->source);
  bg_buffer_append(&at->words, run->text);
}

static void
add_icon(segment *at, const bg_run *run, bg_view state)
{
  if (bg_view_trim(bg_buffer_view(&at->words)).size > 0) {
    end_segment(at);
  }
  if (at->icon.size == 0) {
    at->icon = state; // of two icons the first counts
  }
  note_source(at, run->source);
}

/// "{{flag|Luxembourg}} [[Luxembourg Resistance]]": the link is the party.
static bool
stands_before_link(const bg_item *item, size_t i)
{
  for (i++; i < item->count; i++) {
    const bg_run *run = &item->items[i];
    if (run->kind != BG_RUN_TEXT || bg_view_trim(run->text).size > 0) {
      return run->kind == BG_RUN_LINK;
    }
  }
  return false;
}

static void
add_run(segment *at, const bg_item *item, size_t i, bool seen_link)
{
  const bg_run *run = &item->items[i];
  switch (run->kind) {
  case BG_RUN_TEXT:
    add_text(at, run->text, run->source, seen_link && i < at->last_link);
    break;
  case BG_RUN_LINK:
    add_link(at, run, i == at->last_link);
    break;
  case BG_RUN_FLAG:
    if (at->rules.drops_ranks || stands_before_link(item, i)) {
      add_icon(at, run, run->state); // no state is a person
    } else {
      add_link(at, run, true);
      at->icon = at->icon.size == 0 ? run->state : at->icon;
    }
    break;
  case BG_RUN_ICON:
    add_icon(at, run, run->target);
    break;
  case BG_RUN_FATE:
    at->fate = run->target;
    note_source(at, run->source);
    break;
  case BG_RUN_NOTE:
  case BG_RUN_COORDINATES:
    break;
  }
}

bg_names
bg_names_read(const bg_page_reader *page, const bg_item *item,
              bg_name_rules rules)
{
  segment at = {.page = page, .rules = rules};
  bg_item joined = bg_item_join_texts(item, page->arena);
  bool seen_link = false;
  bg_buffer_init(&at.words);
  bg_buffer_init(&at.bracket);
  for (size_t i = 0; i < joined.count; i++) {
    if (is_name_run(&joined.items[i])) {
      at.last_link = i;
    }
  }
  for (size_t i = 0; i < joined.count; i++) {
    at.before_link =
        i + 1 < joined.count && joined.items[i + 1].kind == BG_RUN_LINK;
    add_run(&at, &joined, i, seen_link);
    seen_link |= is_name_run(&joined.items[i]);
  }
  end_segment(&at);
  bg_buffer_release(&at.words);
  bg_buffer_release(&at.bracket);
  return at.names;
}
