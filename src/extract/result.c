/// The result: its words, what kind of outcome they tell, and who won.

#include "extract/cell.h"

/// Marks the sides that have the party.
static void
mark_sides(const bg_value *value, bg_view name, bool *marked)
{
  size_t index = 0;
  for (const bg_claim *claim;
       (claim = bg_party_next(value->box, &index)) != NULL;) {
    marked[claim->side] |= bg_view_is_equal_folded(claim->thing.title, name) ||
                           bg_view_is_equal_folded(claim->thing.label, name);
  }
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
      size_t shared = 0;
      while (shared < part.size && shared < word.size &&
             bg_to_lower(part.bytes[shared]) ==
                 bg_to_lower(word.bytes[shared])) {
        shared++;
      }
      bool is_like = shared == word.size || shared >= 5 ||
                     (shared >= 4 && shared + 2 >= part.size);
      if (is_like && part.bytes[0] >= 'A' && part.bytes[0] <= 'Z') {
        marked[claim->side] = true;
      }
    }
  }
}

/// Marks the sides that the words [from, to) of a text name.
static void
mark_named_sides(const bg_value *value, bg_view text, bool *marked)
{
  const bg_lexicon *lexicon = value->box->page->lexicon;
  for (size_t at = 0; at < text.size;) {
    size_t length = 0;
    const bg_entry *entry =
        bg_lexicon_match(lexicon, BG_WORDS_DEMONYMS, text, at, &length);
    if (entry != NULL) {
      for (size_t i = 0; i < BG_ENTRY_VALUES && entry->values[i].size > 0;
           i++) {
        bool here[BG_SIDES + 1] = {false};
        mark_sides(value, entry->values[i], here);
        size_t count = 0;
        for (unsigned side = 1; side <= BG_SIDES; side++) {
          count += here[side];
        }
        // A name on both sides tells nothing; the next may.
        if (count == 1) {
          for (unsigned side = 1; side <= BG_SIDES; side++) {
            marked[side] |= here[side];
          }
          break;
        }
      }
    } else {
      while (at + length < text.size && text.bytes[at + length] != ' ' &&
             text.bytes[at + length] != '-') {
        length++;
      }
      bg_view word = bg_view_slice(text, at, at + length);
      if (word.size > 0 && word.bytes[0] >= 'A' && word.bytes[0] <= 'Z') {
        mark_by_likeness(value, word, marked);
      }
    }
    at += length;
    while (at < text.size && (text.bytes[at] == ' ' || text.bytes[at] == '-')) {
      at++;
    }
  }
}

/// The one marked side; 0 for none or several.
static unsigned
only_side(const bool *marked)
{
  unsigned found = 0;
  for (unsigned side = 1; side <= BG_SIDES; side++) {
    if (marked[side]) {
      if (found > 0) {
        return 0;
      }
      found = side;
    }
  }
  return found;
}

typedef struct {
  bg_view outcome; // a term of the ontology
  unsigned victor;
} verdict;

/// The side that a clause up to the word at `at` names: who won or lost. What
/// stands far before it says something else.
static unsigned
side_before(const bg_value *value, bg_view clause, size_t at)
{
  enum { farthest = 400 }; // bytes
  bool marked[BG_SIDES + 1] = {false};
  size_t from = at > farthest ? at - farthest : 0;
  mark_named_sides(value, bg_view_slice(clause, from, at), marked);
  return only_side(marked);
}

static void
judge_clause(const bg_value *value, bg_view clause, verdict *found)
{
  const bg_lexicon *lexicon = value->box->page->lexicon;
  size_t at;
  size_t length;
  const bg_entry *entry =
      bg_lexicon_search(lexicon, BG_WORDS_RESULTS, clause, 0, &at, &length);
  if (entry == NULL) {
    return;
  }
  bg_view kind = entry->values[0];
  unsigned victor = 0;
  if (bg_view_is_equal(kind, BG_VIEW("inconclusive"))) {
    found->outcome =
        found->outcome.size == 0 ? BG_VIEW("Inconclusive") : found->outcome;
    return;
  }
  if (bg_view_is_equal(kind, BG_VIEW("victory"))) {
    victor = side_before(value, clause, at);
  } else if (bg_view_is_equal(kind, BG_VIEW("defeat")) &&
             value->box->side_count == 2) {
    unsigned loser = side_before(value, clause, at);
    victor = loser == 0 ? 0 : 3 - loser;
  } else {
    found->outcome = BG_VIEW("OtherOutcome");
    found->victor = 0;
    return;
  }
  if (found->outcome.size == 0) {
    found->outcome = BG_VIEW("Victory");
    found->victor = victor;
  } else if (found->victor > 0 && victor > 0 && victor != found->victor) {
    // Two winners, as of two phases or two levels: no plain victory.
    found->outcome = BG_VIEW("OtherOutcome");
    found->victor = 0;
  }
}

/// Clauses end at ";" and at the end of an item.
static void
judge_line(const bg_value *value, bg_view text, verdict *found)
{
  bg_view clause;
  while (bg_view_next_part(&text, ';', &clause)) {
    judge_clause(value, bg_view_trim(clause), found);
  }
}

void
bg_read_result(const bg_value *value)
{
  const bg_page_reader *page = value->box->page;
  bg_cell cell = bg_cell_read(value, false);
  verdict found = {0};
  bg_view source = {0};
  for (size_t i = 0; i < cell.count; i++) {
    bg_line line = bg_item_line(&cell.items[i], page->arena);
    bg_view text = bg_view_trim(line.text);
    if (text.size == 0) {
      continue;
    }
    judge_line(value, text, &found);
    if (source.size == 0) {
      source = bg_line_source(&line, text);
      bg_claim_add(value, BG_CLAIM_RESULT, source)->text = text;
    }
  }
  if (source.size == 0) {
    return;
  }
  bg_claim_add(value, BG_CLAIM_OUTCOME, source)->value =
      found.outcome.size > 0 ? found.outcome : BG_VIEW("OtherOutcome");
  if (found.victor > 0) {
    bg_claim_add(value, BG_CLAIM_VICTOR, source)->side = found.victor;
  }
}
