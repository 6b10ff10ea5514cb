/// The conflicts that a conflict is part of.

#include "extract/cell.h"

/// A text of conflicts and the glue between them, on its way from left to
/// right.
typedef struct {
  const bg_page_reader *page;
  bg_view rest;
  const char *last; // where the text's last conflict word begins, or NULL
} conflict_text;

static const bg_entry *
search_type(const bg_page_reader *page, bg_view text, size_t from, size_t *at,
            size_t *length)
{
  return bg_lexicon_search(page->lexicon, BG_WORDS_CONFLICT_TYPES, text, from,
                           at, length);
}

static const char *
last_conflict_word(const bg_page_reader *page, bg_view text)
{
  const char *last = NULL;
  size_t at;
  size_t length;
  for (size_t from = 0; search_type(page, text, from, &at, &length) != NULL;
       from = at + 1) {
    last = text.bytes + at;
  }
  return last;
}

/// The length of what may join two conflicts at `at`: "of the", "during", "in",
/// "and"; 0 for nothing.
static size_t
glue_at(const bg_page_reader *page, bg_view text, size_t at)
{
  size_t length;
  const bg_entry *entry =
      bg_lexicon_match(page->lexicon, BG_WORDS_NAMES, text, at, &length);
  if (entry == NULL || at + length >= text.size ||
      text.bytes[at + length] != ' ') {
    return 0;
  }
  bg_view behind = bg_view_trim(bg_view_slice(text, at + length, text.size));
  if (behind.size > 0 && bg_is_digit(behind.bytes[0])) {
    return 0; // "Western Front of 1944–45"
  }
  bool is_glue = bg_entry_is(entry, "joint") || bg_entry_is(entry, "time") ||
                 bg_grammar_at(page->lexicon, entry->phrase, 0, "of") > 0;
  return is_glue ? length : 0;
}

/// The last conflict word before the glue: where it begins, where its phrase
/// ends, and its class.
typedef struct {
  size_t at;
  size_t end;
  const bg_entry *type;
} conflict_word;

/// Whether the glue belongs to the conflict's own name: "Battle of the Bulge",
/// "War of the Roses"; not that of "Guadalcanal Campaign of the Pacific War".
static bool
is_of_name(const conflict_text *text, const conflict_word *word, size_t glue)
{
  if (word->end <= glue) {
    return false;
  }
  bg_view class_name = word->type->values[0];
  bool takes_any = bg_view_is_equal(class_name, BG_VIEW("War")) ||
                   bg_view_is_equal(class_name, BG_VIEW("Campaign")) ||
                   bg_view_is_equal(class_name, BG_VIEW("Uprising"));
  bg_view before = bg_view_trim(bg_view_slice(text->rest, 0, word->at));
  return !takes_any || before.size == 0 ||
         bg_grammar_at(text->page->lexicon, before, 0, "article") ==
             before.size;
}

/// Takes the conflict before the next glue off the front: glue parts where a
/// conflict stands on both sides.
static bg_view
next_conflict(conflict_text *text)
{
  bg_view rest = text->rest;
  conflict_word word = {0};
  size_t next;
  size_t length;
  const bg_entry *type = search_type(text->page, rest, 0, &next, &length);
  for (size_t i = 0; type != NULL && i < rest.size; i++) {
    if (rest.bytes[i] != ' ') {
      continue;
    }
    while (type != NULL && next < i) {
      word = (conflict_word){.at = next, .end = next + length, .type = type};
      // A word inside a longer phrase may be the last before the glue.
      type = search_type(text->page, rest, next + 1, &next, &length);
    }
    size_t glue = word.type == NULL ? 0 : glue_at(text->page, rest, i + 1);
    if (glue > 0 && text->last >= rest.bytes + i + 1 + glue &&
        !is_of_name(text, &word, i + 1)) {
      text->rest = bg_view_trim(bg_view_slice(rest, i + 1 + glue, rest.size));
      return bg_view_slice(rest, 0, i);
    }
  }
  text->rest = bg_view_slice(rest, rest.size, rest.size);
  return rest;
}

/// Without an article or glue at the beginning, glue at the end, parentheses
/// around.
static bg_view
strip_glue(const bg_page_reader *page, bg_view words)
{
  size_t length;
  words = bg_view_trim(words);
  const bg_entry *entry =
      bg_lexicon_match(page->lexicon, BG_WORDS_NAMES, words, 0, &length);
  bool is_title = bg_entry_is(entry, "title");
  if (entry != NULL && !is_title && length < words.size &&
      words.bytes[length] == ' ') {
    words = bg_view_trim(bg_view_slice(words, length, words.size));
  }
  static const char *const tails[] = {"article", "of", "in", "and"};
  for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
    size_t tail = bg_grammar_ends(page->lexicon, words, tails[i]);
    words = bg_view_trim(bg_view_slice(words, 0, words.size - tail));
  }
  if (words.size > 1 && words.bytes[0] == '(' &&
      words.bytes[words.size - 1] == ')') {
    words = bg_view_slice(words, 1, words.size - 1);
  }
  return words;
}

static void
claim_conflicts_of_text(const bg_value *value, const bg_item *item)
{
  const bg_page_reader *page = value->box->page;
  bg_line line = bg_item_line(item, page->arena);
  conflict_text text = {.page = page, .rest = bg_view_trim(line.text)};
  text.last = last_conflict_word(page, text.rest);
  enum { most_conflicts = 100 }; // each is looked up in the item's runs
  for (size_t i = 0; i < most_conflicts && text.rest.size > 0; i++) {
    bg_view words = strip_glue(page, next_conflict(&text));
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
