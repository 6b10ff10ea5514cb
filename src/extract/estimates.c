/// Strengths and losses: each item's quantities, under the headings it has.

#include "extract/counted.h"
#include "extract/heading.h"
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
  bg_view parent;     // the item above deeper ones, where it has a figure
  unsigned parent_depth;
  bg_view before; // the item before this, where it has a figure
  unsigned before_depth;
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
/// captured"), or the one before ends with "and", or breaks off before a unit.
static bool
goes_on(const bg_lexicon *lexicon, bg_view before, bg_view line)
{
  before = bg_view_trim(before);
  line = bg_view_trim(line);
  if (bg_grammar_ends(lexicon, before, "and") > 0 ||
      bg_grammar_ends(lexicon, before, "or") > 0) {
    return true;
  }
  bool breaks_off = bg_view_has_suffix(before, BG_VIEW(",")) ||
                    bg_grammar_ends(lexicon, before, "of") > 0 ||
                    bg_grammar_ends(lexicon, before, "article") > 0;
  if (breaks_off && line.size > 0 && bg_is_upper(line.bytes[0]) &&
      bg_name_is_formation(lexicon, line)) {
    return true; // "1st Battalion,<br>Infantry Regiment 11"
  }
  if (line.size == 0 || line.bytes[0] < 'a' || line.bytes[0] > 'z' ||
      !bg_view_has_digit(before) || bg_view_has_suffix(line, BG_VIEW(":"))) {
    return false;
  }
  size_t length;
  const bg_entry *word =
      bg_lexicon_match(lexicon, BG_WORDS_COUNTED, line, 0, &length);
  bool joins = word != NULL &&
               (bg_entry_is(word, "joins") || bg_entry_is(word, "closes"));
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

/// A date in the parenthesis that follows a figure's words: "5,700,000 (1945)".
static bg_view
phase_behind(const bg_page_reader *page, const bg_line *line, bg_view stated)
{
  size_t end = (size_t)(stated.bytes + stated.size - line->text.bytes);
  size_t open = bg_skip_spaces(line->text, end);
  bg_view rest = bg_view_slice(line->text, open, line->text.size);
  if (!bg_view_has_prefix(rest, BG_VIEW("("))) {
    return BG_VIEW("");
  }
  bg_view gloss =
      bg_view_trim(bg_view_slice(rest, 1, bg_view_find_byte(rest, ')', 0)));
  bg_date date;
  bg_view words;
  bg_number number;
  bool has_count = gloss.size != 4 && // but a year is none
                   bg_numbers_find(gloss, page->lexicon, &number, 1) > 0;
  return !has_count && bg_date_read(gloss, page->lexicon, &date, &words)
             ? gloss
             : BG_VIEW("");
}

static bool
has_link(const bg_item *item)
{
  for (size_t i = 0; i < item->count; i++) {
    if (item->items[i].kind == BG_RUN_LINK) {
      return true;
    }
  }
  return false;
}

/// "[[3 Commando]]", "[[4 SAS]]": a number that begins the link of a
/// unit is part of its name.
static bg_item
without_numbered_links(const bg_item *item, const bg_lexicon *lexicon,
                       bg_arena *arena)
{
  bg_item rest = {.depth = item->depth};
  if (!has_link(item)) {
    return *item;
  }
  for (size_t i = 0; i < item->count; i++) {
    bg_run run = item->items[i];
    size_t digits = 0;
    while (run.kind == BG_RUN_LINK && digits < run.text.size &&
           bg_is_digit(run.text.bytes[digits])) {
      digits++;
    }
    bool is_name = digits > 0 && digits + 2 < run.text.size &&
                   run.text.bytes[digits] == ' ' &&
                   bg_is_upper(run.text.bytes[digits + 1]) &&
                   (bg_is_upper(run.text.bytes[digits + 2]) ||
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
remark_unknown(bg_page_reader *page, const bg_line *line, bg_view noun)
{
  if (noun.size > 0) {
    bg_remark_add(page, "unknown-noun", noun, bg_line_source(line, noun));
  }
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
  bg_view context = at->scope.context.size > 0 ? at->scope.context : at->parent;
  bg_quantities_read(line.text, context, at->kind, page->lexicon, page->arena,
                     &estimates);
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
    bg_view when = phase_behind(page, &line, estimate->stated);
    claim->phase = when.size > 0 ? when : at->scope.phase;
    bool is_people = bg_lexicon_find(page->lexicon, BG_WORDS_DEMONYMS,
                                     estimate->unknown) != NULL;
    bg_thing told = // "200,000 Germans", "200,000 (Germans)"
        bg_party_of_words(value, is_people ? estimate->unknown : gloss);
    claim->other = own.title.size > 0    ? own
                   : told.title.size > 0 ? told
                                         : at->scope.party;
    if (estimate->formation.size > 0 && at->kind == BG_QUANTITY_STRENGTH) {
      bg_claim_formation(value, estimate->formation,
                         bg_line_source(&line, estimate->formation));
    }
    if (!is_people) {
      remark_unknown(page, &line, estimate->unknown);
    }
  }
}

// ---- headings --------------------------------------------------------------

static bool
is_total(const bg_lexicon *lexicon, bg_view context)
{
  return context.size == 0 || bg_grammar_at(lexicon, context, 0, "total") > 0;
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
  bool says_what =
      counted.is_civilian || bg_counted_measure(&counted, at->kind, 0).size > 0;
  bool is_phase = party.title.size == 0 && !is_total(page->lexicon, words) &&
                  (!says_what || counted.is_formation);
  if (!above.is_civilian || !is_total(page->lexicon, words)) {
    // The total of civilians is of civilians; "Total ships" are ships.
    size_t total = bg_grammar_at(page->lexicon, words, 0, "total");
    bg_view things = bg_view_trim(bg_view_slice(words, total, words.size));
    at->scope.context = things.size > 0 ? things : words;
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

/// Words without a count: none has a number, or they begin with a year ("1936
/// strength"), or end with the number of what they name ("Phase 1", "Brigade
/// 2506").
static bool
is_label(const estimate_reader *at, bg_view words)
{
  const bg_lexicon *lexicon = at->value->box->page->lexicon;
  bg_number numbers[2];
  size_t count = bg_numbers_find(words, lexicon, numbers, 2);
  if (count != 1 || numbers[0].is_word) {
    return count == 0;
  }
  const bg_number *number = &numbers[0];
  bg_view before = bg_view_trim(bg_view_slice(words, 0, number->start));
  bg_view behind = bg_view_trim(bg_view_slice(words, number->end, words.size));
  bg_counted counted = bg_counted_read(lexicon, at->kind, words, 0, words.size);
  bool says_what = bg_counted_measure(&counted, at->kind, 0).size > 0;
  bool is_year = before.size == 0 && behind.size > 0 &&
                 number->end - number->start == 4 && number->minimum > 999 &&
                 number->minimum < 2100;
  size_t space = bg_view_find_last_byte(before, ' ');
  size_t last = space == BG_NOWHERE ? 0 : space + 1;
  bool is_numbered = behind.size == 0 && last < before.size &&
                     bg_is_upper(before.bytes[last]) &&
                     !is_total(lexicon, before) &&
                     number->minimum == number->maximum;
  return (is_year && !says_what) ||
         (is_numbered && (!says_what || counted.is_one_formation));
}

/// An item without a count heads those below where it is emphasised, a flag or
/// a party's name alone.
static bool
is_silent_heading(const estimate_reader *at, const bg_item *item, bg_view text)
{
  if (bg_view_has_digit(text)) {
    return bg_item_is_emphasised(item) && is_label(at, bg_view_trim(text));
  }
  return bg_view_trim(text).size == 0 || bg_item_is_emphasised(item) ||
         bg_party_of_words(at->value, bg_view_trim(text)).title.size > 0;
}

/// Words with a number say how many, and head nothing; but a date does ("1
/// October:").
static bool
is_heading(const estimate_reader *at, const bg_heading *heading)
{
  bg_date date;
  bg_view stated;
  if (heading->kind == BG_HEADING_NONE) {
    return false;
  }
  bool is_year = heading->words.size == 4 && // and "212 ships:" is none
                 bg_date_read(heading->words, at->value->box->page->lexicon,
                              &date, &stated);
  return is_year || !bg_view_has_digit(heading->words) ||
         is_label(at, heading->words);
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
         (bg_entry_is(word, "damaged") || bg_entry_is(word, "ignored"));
}

/// Deeper items go on with what the one above them counts: "* 15,007 killed",
/// "** 8,685 soldiers".
static void
note_depth(estimate_reader *at, const bg_item *item)
{
  if (item->depth > at->before_depth && at->before.size > 0) {
    at->parent = at->before;
    at->parent_depth = at->before_depth;
  } else if (item->depth <= at->parent_depth) {
    at->parent = BG_VIEW("");
  }
}

static bg_view
behind_number(bg_view words)
{
  size_t at = words.size;
  while (at > 0 && !bg_is_digit(words.bytes[at - 1])) {
    at--;
  }
  return bg_view_slice(words, at, words.size);
}

static void
read_line(estimate_reader *at, const bg_item *item)
{
  bg_page_reader *page = at->value->box->page;
  bg_heading heading = bg_heading_read(page, item);
  bg_view text = bg_item_line(item, page->arena).text;
  const bg_item nothing = {0};
  estimate_scope around = at->scope;
  unsigned depth = item->depth;
  bool heads = is_heading(at, &heading);
  if (item->after_rule) {
    at->scope = (estimate_scope){.context = at->value->mapping->context};
  }
  note_depth(at, item);
  if (heads) {
    read_heading(at, &heading.head, heading.words);
    item = &heading.rest;
  } else if (is_silent_heading(at, item, text)) {
    read_heading(at, item, bg_view_trim(text));
    item = &nothing;
  }
  size_t before = page->findings->claims.count;
  read_item(at, item);
  if (at->kind == BG_QUANTITY_STRENGTH) {
    bg_read_units_of_strength(at->value, &heading.head);
    bg_read_units_of_strength(at->value, &heading.rest);
  }
  bool has_figure = page->findings->claims.count > before;
  at->before = has_figure ? text : BG_VIEW("");
  at->before_depth = depth;
  if (heads && has_figure && depth > 0) {
    at->scope = around; // a bullet's heading is its own
  } else if (!heads && has_figure && heading.kind != BG_HEADING_NONE &&
             heading.rest.count == 0) {
    at->scope.context = behind_number(heading.words); // "1,300 killed:"
  }
  bg_number number;
  if (!has_figure && item->count > 0 && !says_no_loss(page->lexicon, text) &&
      bg_numbers_find(text, page->lexicon, &number, 1) > 0) {
    bg_remark_add(page, "unread-quantity", bg_view_trim(text),
                  bg_item_source(item, 0, item->count - 1));
  }
}

// ---- rival estimates -------------------------------------------------------

/// Two figures of one thing by different hands, or two bare ones by the same
/// ("Modern estimates: …"). One without a source is the rival of a sourced one
/// only where the words beside both are the same.
static bool
are_rivals(const bg_claim *a, const bg_claim *b)
{
  bg_view left = a->estimate.according_to;
  bg_view right = b->estimate.according_to;
  return a->kind == b->kind && a->side == b->side &&
         bg_view_is_equal(a->estimate.measure, b->estimate.measure) &&
         bg_view_is_equal(a->other.title, b->other.title) &&
         (left.size > 0 || right.size > 0) &&
         (bg_view_is_equal(left, right)
              ? a->estimate.is_bare && b->estimate.is_bare
              : (left.size > 0 && right.size > 0) ||
                    bg_view_is_equal_folded(a->estimate.counted,
                                            b->estimate.counted)) &&
         a->phase.size == 0 && b->phase.size == 0;
}

/// Whether a list of sources, parted by "; ", has that one.
static bool
names_source(bg_view sources, bg_view source)
{
  bg_view each;
  while (bg_view_next_part(&sources, ';', &each)) {
    if (bg_view_is_equal(bg_view_trim(each), source)) {
      return true;
    }
  }
  return false;
}

/// Least to greatest. Where one of them has no greatest ("372,000+") the whole
/// has none; one that has no least ("up to 500") takes none away.
static void
merge_rivals(const bg_page_reader *page, bg_claim *into, const bg_claim *other)
{
  bg_estimate *whole = &into->estimate;
  const bg_estimate *rival = &other->estimate;
  enum { longest_words = 1000 }; // bytes of the joined words; then no more
  if (!whole->has_minimum ||
      (rival->has_minimum && rival->minimum < whole->minimum)) {
    whole->has_minimum |= rival->has_minimum;
    whole->minimum = rival->minimum;
  }
  whole->has_maximum &= rival->has_maximum;
  whole->maximum =
      rival->maximum > whole->maximum ? rival->maximum : whole->maximum;
  into->end = other->end > into->end ? other->end : into->end;
  whole->approximate |= rival->approximate;
  if (whole->stated.size + whole->according_to.size > longest_words) {
    return;
  }
  bg_view sources[] = {whole->according_to, rival->according_to};
  if (names_source(sources[0], sources[1])) {
    sources[1] = BG_VIEW("");
  }
  bool has_both = sources[0].size > 0 && sources[1].size > 0;
  whole->according_to =
      bg_arena_format(page->arena, "%.*s%s%.*s", BG_VIEW_ARGS(sources[0]),
                      has_both ? "; " : "", BG_VIEW_ARGS(sources[1]));
  whole->stated =
      bg_arena_format(page->arena, "%.*s / %.*s", BG_VIEW_ARGS(whole->stated),
                      BG_VIEW_ARGS(rival->stated));
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

// ---- fighters --------------------------------------------------------------

static bool
counts_aircraft(const bg_claim *claim)
{
  return bg_view_is_equal(claim->estimate.measure, BG_VIEW("Aircraft")) ||
         bg_view_is_equal(claim->estimate.measure, BG_VIEW("AircraftLost"));
}

void
bg_settle_fighters(const bg_infobox_reader *box)
{
  enum { first_fighter = 1914, last_propeller = 1953 };
  const bg_claim_list *claims = &box->page->findings->claims;
  bool has_aircraft = false;
  for (size_t i = box->first_claim; i < claims->count; i++) {
    const bg_claim *claim = &claims->items[i];
    bool is_of_then = claim->kind == BG_CLAIM_DATE &&
                      claim->date.start.year >= first_fighter &&
                      claim->date.start.year <= last_propeller;
    has_aircraft |=
        is_of_then || (counts_aircraft(claim) && !claim->estimate.is_fighters);
  }
  for (size_t i = box->first_claim; i < claims->count && !has_aircraft; i++) {
    bg_claim *claim = &claims->items[i];
    if (claim->estimate.is_fighters &&
        bg_view_is_equal(claim->estimate.measure, BG_VIEW("Aircraft"))) {
      claim->estimate.measure = BG_VIEW("Troops");
    }
  }
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
