/// Strengths and losses: each item's quantities, under the headings it has.

#include "extract/counted.h"
#include "extract/names.h"
#include "extract/number.h"
#include "extract/parties.h"
#include "extract/source.h"
#include "extract/units.h"

/// What the headings of a cell have said so far.
typedef struct {
  bg_view context; // the heading's words, which may say what is counted
  bg_view phase;   // the same, where they say neither that nor whose men
  bg_view source;  // whose figures follow: "Soviet sources"
  bg_thing party;  // whose men
} estimate_scope;

typedef struct {
  const bg_value *value;
  bg_quantity_kind kind;
  estimate_scope scope;
  size_t first_claim; // of this cell
  bool has_sources;   // its headings tell whose the figures are
} estimate_reader;

// ---- items -----------------------------------------------------------------

/// The first flag of an item: whose quantity it is.
static bg_thing
flag_of_item(const bg_value *value, const bg_item *item)
{
  for (size_t i = 0; i < item->count; i++) {
    const bg_run *run = &item->items[i];
    if (run->kind == BG_RUN_ICON || run->kind == BG_RUN_FLAG) {
      bg_thing party = bg_party_of_side(value, run->target);
      bool is_file = bg_view_has_prefix(run->target, BG_VIEW("File:"));
      return party.title.size > 0 || is_file
                 ? party
                 : bg_thing_of_link(run->target, run->target);
    }
  }
  return (bg_thing){0};
}

/// A line that goes on with the one before: it begins with a small letter and
/// the word of a fate, or one that joins ("dead, wounded,<br>missing and
/// captured"), or the one before ends with "and".
static bool
goes_on(const bg_lexicon *lexicon, bg_view before, bg_view line)
{
  before = bg_view_trim(before);
  line = bg_view_trim(line);
  if (bg_view_has_suffix(before, BG_VIEW(" &")) ||
      bg_view_has_suffix(before, BG_VIEW(" and")) ||
      bg_view_has_suffix(before, BG_VIEW(" or"))) {
    return true;
  }
  if (line.size == 0 || line.bytes[0] < 'a' || line.bytes[0] > 'z' ||
      !bg_view_has_digit(before) || bg_view_has_suffix(line, BG_VIEW(":"))) {
    return false;
  }
  size_t length;
  const bg_entry *word =
      bg_lexicon_match(lexicon, BG_WORDS_COUNTED, line, 0, &length);
  bool joins =
      word != NULL && (bg_view_is_equal(word->values[0], BG_VIEW("joins")) ||
                       bg_view_is_equal(word->values[0], BG_VIEW("closes")));
  size_t at;
  return joins || (bg_lexicon_match(lexicon, BG_WORDS_LOSSES, line, 0,
                                    &length) != NULL &&
                   bg_lexicon_search(lexicon, BG_WORDS_NOBODY, line, 0, &at,
                                     &length) == NULL);
}

static void
join_lines(bg_cell *cell, const bg_value *value)
{
  const bg_lexicon *lexicon = value->box->page->lexicon;
  bg_arena *arena = value->box->page->arena;
  const char *joint = value->box->infobox->is_flat ? ", " : " ";
  size_t kept = 0;
  bg_cell_join_glosses(cell, arena);
  for (size_t i = 0; i < cell->count; i++) {
    bg_view line = bg_item_line(&cell->items[i], arena).text;
    bg_item *last = kept > 0 ? &cell->items[kept - 1] : NULL;
    if (last != NULL && last->count < BG_MOST_JOINED_RUNS &&
        goes_on(lexicon, bg_item_line(last, arena).text, line)) {
      bg_item_append(last, joint, &cell->items[i], arena);
    } else {
      cell->items[kept++] = cell->items[i];
    }
  }
  cell->count = kept;
}

/// Marks of a fate count as its word: "7,000{{POW}}".
static void
spell_fates(bg_cell *cell)
{
  static const struct {
    const char *fate;
    bg_view word;
  } words[] = {
      {"Killed", {" killed ", 8}},         {"DiedOfWounds", {" killed ", 8}},
      {"Executed", {" killed ", 8}},       {"Wounded", {" wounded ", 9}},
      {"Missing", {" missing ", 9}},       {"Captured", {" captured ", 10}},
      {"Surrendered", {" captured ", 10}},
  };
  for (size_t i = 0; i < cell->count; i++) {
    for (size_t j = 0; j < cell->items[i].count; j++) {
      bg_run *run = &cell->items[i].items[j];
      for (size_t w = 0;
           run->kind == BG_RUN_FATE && w < sizeof words / sizeof *words; w++) {
        if (bg_view_is_equal(run->target, bg_view_of(words[w].fate))) {
          run->kind = BG_RUN_TEXT;
          run->text = words[w].word;
        }
      }
    }
  }
}

/// The words of the parenthesis that ends a figure's words; empty for none.
static bg_view
gloss_behind(bg_view stated)
{
  size_t open = bg_view_find_last_byte(stated, '(');
  return open != BG_NOWHERE && bg_view_has_suffix(stated, BG_VIEW(")"))
             ? bg_view_slice(stated, open + 1, stated.size - 1)
             : BG_VIEW("");
}

static bool
is_capital(char byte)
{
  return byte >= 'A' && byte <= 'Z';
}

/// "[[3 Commando]]", "[[4 SAS]]": a number that begins the link of a
/// unit is part of its name.
static bg_item
without_numbered_links(const bg_item *item, const bg_lexicon *lexicon,
                       bg_arena *arena)
{
  bg_item rest = {.depth = item->depth};
  for (size_t i = 0; i < item->count; i++) {
    bg_run run = item->items[i];
    size_t digits = 0;
    while (run.kind == BG_RUN_LINK && digits < run.text.size &&
           bg_is_digit(run.text.bytes[digits])) {
      digits++;
    }
    bool is_name = digits > 0 && digits + 2 < run.text.size &&
                   run.text.bytes[digits] == ' ' &&
                   is_capital(run.text.bytes[digits + 1]) &&
                   (is_capital(run.text.bytes[digits + 2]) ||
                    bg_name_is_formation(lexicon, run.text));
    bool is_title = digits > 0 && bg_view_is_equal(run.text, run.target);
    if (is_name || is_title) {
      run.kind = BG_RUN_NOTE;
    }
    BG_PUSH(arena, &rest) = run;
  }
  return rest;
}

static void
read_item(estimate_reader *at, const bg_item *all)
{
  enum { most_of_one_item = 200 }; // each is looked up in the item's runs
  const bg_value *value = at->value;
  bg_page_reader *page = value->box->page;
  if (all->count == 0) {
    return;
  }
  bg_item counted = without_numbered_links(all, page->lexicon, page->arena);
  const bg_item *item = &counted;
  bg_line line = bg_item_line(item, page->arena);
  bg_estimates estimates = {0};
  bg_quantities_read(line.text, at->scope.context, at->kind, page->lexicon,
                     page->arena, &estimates);
  bg_thing own = flag_of_item(value, item);
  for (size_t i = 0; i < estimates.count && i < most_of_one_item; i++) {
    bg_estimate *estimate = &estimates.items[i];
    bg_claim *claim =
        bg_claim_add(value,
                     at->kind == BG_QUANTITY_STRENGTH ? BG_CLAIM_STRENGTH
                                                      : BG_CLAIM_CASUALTIES,
                     bg_line_source(&line, estimate->stated));
    bg_view gloss = gloss_behind(estimate->stated);
    if (estimate->according_to.size == 0) {
      estimate->according_to =
          bg_is_cited_author(page, gloss) ? gloss : at->scope.source;
    }
    claim->estimate = *estimate;
    claim->phase = at->scope.phase;
    bg_thing told = bg_party_of_words(value, gloss);
    bool is_people = estimate->unknown.size > 0 &&
                     bg_lexicon_find(page->lexicon, BG_WORDS_DEMONYMS,
                                     estimate->unknown) != NULL;
    if (is_people) {
      told = bg_party_of_words(value, estimate->unknown); // "200,000 Germans"
    }
    claim->other = own.title.size > 0    ? own
                   : told.title.size > 0 ? told
                                         : at->scope.party;
    if (estimate->formation.size > 0 && at->kind == BG_QUANTITY_STRENGTH) {
      bg_claim_formation(value, estimate->formation,
                         bg_line_source(&line, estimate->formation));
    }
    if (estimate->unknown.size > 0 && !is_people) {
      bg_remark_add(page, "unknown-noun", estimate->unknown,
                    bg_line_source(&line, estimate->unknown));
    }
  }
}

// ---- headings --------------------------------------------------------------

static bool
is_total(bg_view context)
{
  return context.size == 0 ||
         bg_view_has_prefix_folded(context, BG_VIEW("total"));
}

/// Whether a heading is the name of an author: one the article cites, or any
/// that no table knows, where the cell tells sources elsewhere.
static bool
is_author(const estimate_reader *at, bg_view words)
{
  bg_page_reader *page = at->value->box->page;
  return bg_is_cited_author(page, words) ||
         (at->has_sources && bg_may_be_author(page->lexicon, words));
}

/// A heading says whose figures follow, whose men, or what is counted.
static void
read_heading(estimate_reader *at, const bg_item *head, bg_view words)
{
  enum { longest_source = 32 }; // bytes; a longer heading says more than that
  const bg_page_reader *page = at->value->box->page;
  bg_thing party = flag_of_item(at->value, head);
  if (party.title.size == 0) {
    party = bg_party_of_words(at->value, words);
  }
  bool is_source = bg_words_name_source(words, page->lexicon);
  if (is_source || (party.title.size == 0 && is_author(at, words))) {
    at->scope = (estimate_scope){.source = words, .party = party};
    at->scope.context = words.size > longest_source ? words : BG_VIEW("");
    at->scope.phase = at->scope.context;
    return;
  }
  bg_counted above = bg_counted_read(page->lexicon, at->kind, at->scope.context,
                                     0, at->scope.context.size);
  bg_counted counted =
      bg_counted_read(page->lexicon, at->kind, words, 0, words.size);
  bool is_phase = party.title.size == 0 && !is_total(words) &&
                  !counted.is_civilian &&
                  bg_counted_measure(&counted, at->kind, 0).size == 0;
  if (!above.is_civilian || !is_total(words)) {
    at->scope.context = words; // the total of civilians is of civilians
  }
  at->scope.phase = is_phase ? words : BG_VIEW("");
  at->scope.party = party;
}

/// Whether any heading of the cell tells whose figures follow it.
static bool
has_source_heading(bg_page_reader *page, const bg_cell *cell)
{
  for (size_t i = 0; i < cell->count; i++) {
    bg_heading heading = bg_heading_read(page, &cell->items[i]);
    if (heading.kind != BG_HEADING_NONE &&
        (bg_words_name_source(heading.words, page->lexicon) ||
         bg_is_cited_author(page, heading.words))) {
      return true;
    }
  }
  return false;
}

/// An item without a number heads those below where it is emphasised, a flag or
/// a party's name alone.
static bool
is_silent_heading(const estimate_reader *at, const bg_item *item, bg_view text)
{
  if (bg_view_has_digit(text)) {
    return false;
  }
  return bg_view_trim(text).size == 0 || bg_item_is_emphasised(item) ||
         bg_party_of_words(at->value, bg_view_trim(text)).title.size > 0;
}

/// Words with a number say how many, and head nothing; but a date does ("1
/// October:").
static bool
is_heading(const bg_page_reader *page, const bg_heading *heading)
{
  bg_date date;
  bg_view stated;
  bg_number count;
  if (heading->kind == BG_HEADING_NONE) {
    return false;
  }
  bool is_year = heading->words.size == 4 && // and "212 ships:" is none
                 bg_date_read(heading->words, page->lexicon, &date, &stated);
  return is_year || !bg_view_has_digit(heading->words) ||
         bg_numbers_find(heading->words, page->lexicon, &count, 1) == 0;
}

/// A line of what was damaged, or of those who got away.
static bool
says_no_loss(const bg_lexicon *lexicon, bg_view text)
{
  size_t at;
  size_t length;
  const bg_entry *word =
      bg_lexicon_search(lexicon, BG_WORDS_LOSSES, text, 0, &at, &length);
  return word != NULL &&
         (bg_view_is_equal(word->values[0], BG_VIEW("damaged")) ||
          bg_view_is_equal(word->values[0], BG_VIEW("ignored")));
}

static void
read_line(estimate_reader *at, const bg_item *item)
{
  bg_page_reader *page = at->value->box->page;
  bg_heading heading = bg_heading_read(page, item);
  bg_view text = bg_item_line(item, page->arena).text;
  if (is_heading(page, &heading)) {
    read_heading(at, &heading.head, heading.words);
    item = &heading.rest;
  } else if (is_silent_heading(at, item, text)) {
    read_heading(at, item, bg_view_trim(text));
  }
  size_t before = page->findings->claims.count;
  read_item(at, item);
  if (at->kind == BG_QUANTITY_STRENGTH) {
    bg_read_units_of_strength(at->value, &heading.head);
    bg_read_units_of_strength(at->value, &heading.rest);
  }
  bg_number number;
  if (page->findings->claims.count == before && item->count > 0 &&
      !says_no_loss(page->lexicon, text) &&
      bg_numbers_find(text, page->lexicon, &number, 1) > 0) {
    bg_remark_add(page, "unread-quantity", bg_view_trim(text),
                  bg_item_source(item, 0, item->count - 1));
  }
}

// ---- rival estimates -------------------------------------------------------

/// Two figures of one thing by different hands, or two bare ones by the same
/// ("Modern estimates: …"). One without a source is the
/// rival of a sourced one only where nothing else distinguishes it.
static bool
are_rivals(const bg_claim *a, const bg_claim *b)
{
  bg_view left = a->estimate.according_to;
  bg_view right = b->estimate.according_to;
  return a->kind == b->kind && a->side == b->side &&
         bg_view_is_equal(a->estimate.measure, b->estimate.measure) &&
         bg_view_is_equal(a->other.title, b->other.title) &&
         (left.size > 0 || right.size > 0) &&
         (!bg_view_is_equal(left, right) ||
          (a->estimate.is_bare && b->estimate.is_bare)) &&
         a->phase.size == 0 && b->phase.size == 0;
}

/// Least to greatest; a bound that one of them leaves open is the other's.
static void
merge_rivals(const bg_page_reader *page, bg_claim *into, const bg_claim *other)
{
  bg_estimate *whole = &into->estimate;
  const bg_estimate *rival = &other->estimate;
  if (!whole->has_minimum ||
      (rival->has_minimum && rival->minimum < whole->minimum)) {
    whole->has_minimum |= rival->has_minimum;
    whole->minimum = rival->minimum;
  }
  if (!whole->has_maximum ||
      (rival->has_maximum && rival->maximum > whole->maximum)) {
    whole->has_maximum |= rival->has_maximum;
    whole->maximum = rival->maximum;
  }
  bg_view sources[] = {whole->according_to, rival->according_to};
  if (bg_view_is_equal(sources[0], sources[1])) {
    sources[1] = BG_VIEW("");
  }
  bool has_both = sources[0].size > 0 && sources[1].size > 0;
  whole->according_to =
      bg_arena_format(page->arena, "%.*s%s%.*s", BG_VIEW_ARGS(sources[0]),
                      has_both ? "; " : "", BG_VIEW_ARGS(sources[1]));
  whole->stated =
      bg_arena_format(page->arena, "%.*s / %.*s", BG_VIEW_ARGS(whole->stated),
                      BG_VIEW_ARGS(rival->stated));
  whole->approximate |= rival->approximate;
  into->end = other->end > into->end ? other->end : into->end;
}

/// Rival estimates of a cell become one, with the least and the greatest.
static void
join_rivals(const estimate_reader *at)
{
  enum { most_compared = 60 }; // estimates of a cell
  const bg_page_reader *page = at->value->box->page;
  bg_claim_list *claims = &page->findings->claims;
  size_t kept = at->first_claim;
  for (size_t i = at->first_claim; i < claims->count; i++) {
    bg_claim *claim = &claims->items[i];
    size_t rival = kept;
    for (size_t j = at->first_claim;
         j < kept && kept - at->first_claim < most_compared; j++) {
      if (are_rivals(&claims->items[j], claim)) {
        rival = j;
        break;
      }
    }
    if (rival < kept) {
      merge_rivals(page, &claims->items[rival], claim);
    } else {
      claims->items[kept++] = *claim;
    }
  }
  claims->count = kept;
}

// ---- cells -----------------------------------------------------------------

static void
read_cell(const bg_value *value, bg_quantity_kind kind)
{
  bg_page_reader *page = value->box->page;
  bg_cell cell = bg_cell_read(value, true);
  estimate_reader at = {.value = value,
                        .kind = kind,
                        .first_claim = page->findings->claims.count};
  at.scope.context = value->mapping->context;
  join_lines(&cell, value);
  spell_fates(&cell);
  at.has_sources = has_source_heading(page, &cell);
  for (size_t i = 0; i < cell.count; i++) {
    read_line(&at, &cell.items[i]);
  }
  join_rivals(&at);
}

void
bg_read_strengths(const bg_value *value)
{
  read_cell(value, BG_QUANTITY_STRENGTH);
}

/// A cell beyond the sides stands for all of them (Module:Infobox military
/// conflict): the claim is of no side.
void
bg_read_casualties(const bg_value *value)
{
  bg_value of_all = *value;
  if (value->side > value->box->side_count) {
    of_all.side = 0;
  }
  read_cell(&of_all, BG_QUANTITY_CASUALTIES);
}
