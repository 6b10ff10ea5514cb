/// The result: its words, what kind of outcome they tell, and who won.

#include "extract/cell.h"
#include "extract/parties.h"

#include <string.h>

// ---- the sides that words name ---------------------------------------------

/// Marks the sides that have a party of that name, or under its flag.
static void
mark_sides(const bg_value *value, bg_view name, bool *marked)
{
  size_t index = 0;
  for (const bg_claim *claim;
       (claim = bg_party_next(value->box, &index)) != NULL;) {
    marked[claim->side] |=
        bg_party_likeness(value->box->page, claim, name) >= BG_LIKENESS_FLAG;
  }
}

static bool
is_alike(bg_view part, bg_view word)
{
  size_t shared = 0;
  while (shared < part.size && shared < word.size &&
         bg_to_lower(part.bytes[shared]) == bg_to_lower(word.bytes[shared])) {
    shared++;
  }
  return part.size > 0 && part.bytes[0] >= 'A' && part.bytes[0] <= 'Z' &&
         (shared == word.size || shared >= 5 ||
          (shared >= 4 && shared + 2 >= part.size));
}

/// A word that begins the name of a party, or that a party's name begins with,
/// as an adjective and its noun do: "Karluk" and "Karluks", "Tang" and "Tang
/// dynasty".
static void
mark_by_likeness(const bg_value *value, bg_view word, bool *marked)
{
  size_t index = 0;
  for (const bg_claim *claim;
       word.size >= 3 && (claim = bg_party_next(value->box, &index)) != NULL;) {
    bg_view rest = claim->thing.title;
    bg_view part;
    while (bg_view_next_part(&rest, ' ', &part)) {
      marked[claim->side] |= is_alike(part, word);
    }
  }
}

static size_t
count_marked(const bool *marked)
{
  size_t count = 0;
  for (unsigned side = 1; side <= BG_SIDES; side++) {
    count += marked[side];
  }
  return count;
}

/// The names a demonym or an alliance stands for: the first that only one side
/// has. A name on both sides tells nothing; the next may.
static bool
mark_by_names(const bg_value *value, const bg_entry *entry, bool *marked)
{
  for (size_t i = 0; i < BG_ENTRY_VALUES && entry->values[i].size > 0; i++) {
    bool here[BG_SIDES + 1] = {false};
    mark_sides(value, entry->values[i], here);
    if (count_marked(here) == 1) {
      for (unsigned side = 1; side <= BG_SIDES; side++) {
        marked[side] |= here[side];
      }
      return true;
    }
  }
  return false;
}

/// The longer of a demonym and an alliance at `at`; NULL for neither.
static const bg_entry *
match_adjective(const bg_lexicon *lexicon, bg_view text, size_t at,
                size_t *length)
{
  size_t other = 0;
  const bg_entry *demonym =
      bg_lexicon_match(lexicon, BG_WORDS_DEMONYMS, text, at, length);
  const bg_entry *alliance =
      bg_lexicon_match(lexicon, BG_WORDS_ALLIANCES, text, at, &other);
  if (alliance == NULL || (demonym != NULL && other < *length)) {
    return demonym;
  }
  *length = other;
  return alliance;
}

/// A side by its label: "Allied victory" where the side is headed "Allies".
static bool
mark_by_label(const bg_value *value, bg_view word, bool *marked)
{
  const bg_claim_list *claims = &value->box->page->findings->claims;
  bool found = false;
  for (size_t i = value->box->first_claim; i < claims->count; i++) {
    const bg_claim *claim = &claims->items[i];
    if (claim->kind == BG_CLAIM_SIDE_LABEL && claim->side <= BG_SIDES &&
        is_alike(claim->text, word)) {
      marked[claim->side] = true;
      found = true;
    }
  }
  return found;
}

static bool
is_part_end(char byte)
{
  return byte == ' ' || byte == '-';
}

static size_t
skip_parts(bg_view text, size_t at)
{
  const bg_view dash = BG_VIEW("–");
  for (;;) {
    if (at < text.size && is_part_end(text.bytes[at])) {
      at++;
    } else if (bg_view_has_prefix(bg_view_slice(text, at, text.size), dash)) {
      at += dash.size;
    } else {
      return at;
    }
  }
}

static bool
is_boundary(bg_view text, size_t at)
{
  return at >= text.size || is_part_end(text.bytes[at]) ||
         text.bytes[at] == ',' || text.bytes[at] == '\'';
}

/// The first letters of the words that have a capital: "RPF".
static bool
is_acronym(bg_view name, bg_view word)
{
  size_t read = 0;
  bg_view part;
  while (bg_view_next_part(&name, ' ', &part)) {
    if (part.size > 0 && part.bytes[0] >= 'A' && part.bytes[0] <= 'Z') {
      if (read == word.size || word.bytes[read] != part.bytes[0]) {
        return false;
      }
      read++;
    }
  }
  return read == word.size && read >= 2;
}

/// Marks the sides of parties that are called exactly by words at `at`, whole
/// or by their initials. The bytes of the longest, 0 for none.
static size_t
mark_by_name(const bg_value *value, bg_view text, size_t at, bool *marked)
{
  bg_view rest = bg_view_slice(text, at, text.size);
  size_t space = bg_view_find_byte(rest, ' ', 0);
  bg_view word =
      bg_view_slice(rest, 0, space == BG_NOWHERE ? rest.size : space);
  size_t longest = 0;
  size_t index = 0;
  for (const bg_claim *claim;
       (claim = bg_party_next(value->box, &index)) != NULL;) {
    bg_view names[] = {claim->thing.label, claim->thing.title};
    size_t length = is_acronym(claim->thing.title, word) ? word.size : 0;
    for (size_t i = 0; i < 2; i++) {
      bool is_here = names[i].size >= 2 && bg_view_has_prefix(rest, names[i]) &&
                     is_boundary(rest, names[i].size);
      length = is_here && names[i].size > length ? names[i].size : length;
    }
    if (length > longest) {
      memset(marked, 0, BG_SIDES + 1);
    }
    longest = length > longest ? length : longest;
    marked[claim->side] |= length > 0 && length == longest;
  }
  return longest;
}

/// Marks the sides that a text names.
static void
mark_named_sides(const bg_value *value, bg_view text, bool *marked)
{
  const bg_lexicon *lexicon = value->box->page->lexicon;
  for (size_t at = 0; at < text.size;) {
    size_t length = 0;
    bool named[BG_SIDES + 1] = {false};
    bool is_ignored =
        bg_lexicon_match(lexicon, BG_WORDS_RESULTS, text, at, &length) != NULL;
    if (!is_ignored) {
      length = mark_by_name(value, text, at, named);
    }
    if (length > 0) {
      for (unsigned side = 1; side <= BG_SIDES; side++) {
        marked[side] |= named[side];
      }
      at = skip_parts(text, at + length);
      continue;
    }
    const bg_entry *entry = match_adjective(lexicon, text, at, &length);
    bool is_known = entry != NULL && mark_by_names(value, entry, marked);
    while (entry == NULL && at + length < text.size &&
           !is_part_end(text.bytes[at + length])) {
      length++;
    }
    bg_view word = bg_view_slice(text, at, at + length);
    bool is_capital =
        word.size > 0 && word.bytes[0] >= 'A' && word.bytes[0] <= 'Z';
    if (!is_known && is_capital && !mark_by_label(value, word, marked)) {
      mark_by_likeness(value, word, marked);
    }
    at = skip_parts(text, at + length);
  }
}

/// The one side that the words [from, to) of a text name; 0 for none or
/// several.
static unsigned
side_in(const bg_value *value, bg_view text, size_t from, size_t to)
{
  bool marked[BG_SIDES + 1] = {false};
  mark_named_sides(value, bg_view_trim(bg_view_slice(text, from, to)), marked);
  if (count_marked(marked) != 1) {
    return 0;
  }
  unsigned side = 1;
  while (!marked[side]) {
    side++;
  }
  return side;
}

// ---- the verdict -----------------------------------------------------------

typedef struct {
  bool is_victory;
  bool is_inconclusive;
  bool is_truce;
  bool is_disputed;
  bool is_other;   // of two winners, or a consequence
  unsigned words;  // of results, read so far
  unsigned victor; // 0: not told
} verdict;

static void
note_victor(verdict *found, unsigned victor)
{
  // Two winners, as of two phases or two levels: no plain victory.
  found->is_other |= found->is_victory && found->victor > 0 && victor > 0 &&
                     victor != found->victor;
  found->victor = found->victor == 0 ? victor : found->victor;
  found->is_victory = true;
}

/// The side whose victory or defeat the word [at, end) tells: behind it, as in
/// "failure of the German offensive", else before.
static unsigned
side_of(const bg_value *value, bg_view clause, size_t from, size_t at,
        size_t end)
{
  bg_view behind = bg_view_trim(bg_view_slice(clause, end, clause.size));
  bool is_behind =
      bg_grammar_at(value->box->page->lexicon, behind, 0, "of") > 0;
  // What stands far from the word of the result says something else.
  enum { farthest = 400 }; // bytes
  from = at - from > farthest ? at - farthest : from;
  size_t to = clause.size - end > farthest ? end + farthest : clause.size;
  unsigned before = is_behind ? 0 : side_in(value, clause, from, at);
  // "Successful British delaying action"
  bool begins = bg_view_trim(bg_view_slice(clause, 0, at)).size == 0;
  return before == 0 && (is_behind || begins) ? side_in(value, clause, end, to)
                                              : before;
}

/// Every word of a result in a clause, with the parties before it: "Soviet
/// victory, Japanese defensive success".
static void
judge_clause(const bg_value *value, bg_view clause, bool is_first,
             verdict *found)
{
  const bg_lexicon *lexicon = value->box->page->lexicon;
  size_t from = 0; // behind the last word of a result
  size_t next = 0; // to be looked at
  size_t at;
  size_t length;
  const bg_entry *entry;
  enum { most_words = 60 }; // of a cell; each looks at the parties
  while (found->words++ < most_words &&
         (entry = bg_lexicon_search(lexicon, BG_WORDS_RESULTS, clause, next,
                                    &at, &length)) != NULL) {
    bg_view kind = entry->values[0];
    next = at + length;
    if (bg_view_is_equal(kind, BG_VIEW("ignored"))) {
      continue;
    }
    bool is_only_success = bg_view_is_equal(kind, BG_VIEW("success"));
    if (is_only_success && found->is_victory) {
      from = at + length;
      continue;
    }
    if (is_only_success || bg_view_is_equal(kind, BG_VIEW("victory"))) {
      note_victor(found, side_of(value, clause, from, at, at + length));
    } else if (bg_view_is_equal(kind, BG_VIEW("defeat"))) {
      // Further on a defeat is a consequence: "capture of the garrison".
      unsigned loser = side_of(value, clause, from, at, at + length);
      bool tells = is_first || !found->is_victory;
      if (tells && value->box->side_count == 2 && (loser > 0 || is_first)) {
        note_victor(found, loser == 0 ? 0 : 3 - loser);
      }
    } else if (bg_view_is_equal(kind, BG_VIEW("inconclusive"))) {
      bg_view before = bg_view_trim(bg_view_slice(clause, from, at));
      bool is_of_beginning = bg_grammar_at(lexicon, before, 0, "initial") > 0;
      found->is_inconclusive |= is_first && !is_of_beginning;
    } else if (bg_view_is_equal(kind, BG_VIEW("truce"))) {
      found->is_truce = true;
    } else if (bg_view_is_equal(kind, BG_VIEW("disputed"))) {
      found->is_disputed = true;
    }
    from = at + length;
  }
}

static bg_view
outcome_of(const verdict *found)
{
  bool is_plain = !found->is_other && !found->is_disputed;
  if (is_plain && found->is_victory && !found->is_inconclusive) {
    return BG_VIEW("Victory");
  }
  if (is_plain && (found->is_inconclusive || found->is_truce) &&
      !found->is_victory) {
    return BG_VIEW("Inconclusive");
  }
  return BG_VIEW("OtherOutcome");
}

/// Clauses end at ";" and at the end of an item; a heading ("First battle:")
/// names no party.
static void
judge_line(const bg_value *value, bg_view text, bool is_first, verdict *found)
{
  bg_view clause;
  while (bg_view_next_part(&text, ';', &clause)) {
    judge_clause(value, bg_view_trim(clause), is_first, found);
  }
}

void
bg_read_result(const bg_value *value)
{
  const bg_page_reader *page = value->box->page;
  bg_cell cell = bg_cell_read(value, true);
  verdict found = {0};
  bg_view source = {0};
  for (size_t i = 0; i < cell.count; i++) {
    bg_line line = bg_item_line(&cell.items[i], page->arena);
    bg_view text = bg_view_trim(line.text);
    while (text.size > 1 && strchr("*#: ", text.bytes[0]) != NULL) {
      text = bg_view_slice(text, 1, text.size); // marks of a list, unread
    }
    if (text.size == 0) {
      continue;
    }
    bool is_first = source.size == 0;
    judge_line(value, text, is_first, &found);
    if (is_first) {
      source = bg_line_source(&line, text);
      bg_claim_add(value, BG_CLAIM_RESULT, source)->text = text;
    }
  }
  if (source.size == 0) {
    return;
  }
  bg_view outcome = outcome_of(&found);
  bg_claim_add(value, BG_CLAIM_OUTCOME, source)->value = outcome;
  if (!bg_view_is_equal(outcome, BG_VIEW("Victory"))) {
    return;
  }
  // The success of an operation is that of who carried it out.
  unsigned victor =
      found.victor == 0 && value->box->side_count == 1 ? 1 : found.victor;
  if (victor > 0) {
    bg_claim_add(value, BG_CLAIM_VICTOR, source)->side = victor;
  } else {
    bg_remark_add(value->box->page, "unknown-victor", source, source);
  }
}
