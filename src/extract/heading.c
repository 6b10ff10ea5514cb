#include "extract/heading.h"

#include "extract/names.h"
#include "extract/parties.h"

// ---- time ------------------------------------------------------------------

/// "From 1943", "1 October", "Invasion (2001)"
static bool
tells_time(const bg_page_reader *page, bg_view words)
{
  size_t length;
  size_t digits = 0;
  for (size_t i = 0; i < words.size && digits != 4; i++) {
    digits = bg_is_digit(words.bytes[i]) ? digits + 1 : 0;
  }
  return bg_name_begins_with(page, words, "time", &length) || digits == 4 ||
         (words.size > 0 && bg_is_digit(words.bytes[0]));
}

bg_view
bg_gloss_phase(const bg_page_reader *page, bg_view gloss)
{
  return tells_time(page, gloss) && bg_view_has_digit(gloss) &&
                 !bg_name_is_formation(page->lexicon, gloss)
             ? gloss
             : BG_VIEW("");
}

// ---- headings --------------------------------------------------------------

static bg_heading_kind
kind_of_heading(const bg_page_reader *page, bg_view words, bool has_colon)
{
  const bg_entry *entry =
      bg_lexicon_find(page->lexicon, BG_WORDS_HEADINGS, words);
  if (entry != NULL) {
    if (bg_entry_is(entry, "supporter")) {
      return BG_HEADING_ROLE;
    }
    return bg_entry_is(entry, "group") ? BG_HEADING_GROUP : BG_HEADING_OTHER;
  }
  if (!has_colon) {
    return BG_HEADING_NONE;
  }
  return tells_time(page, words) ? BG_HEADING_PHASE : BG_HEADING_GROUP;
}

/// The colon that ends a heading: with a space or nothing behind it, so that it
/// is no time of day.
static size_t
find_colon(bg_view text)
{
  size_t colon = bg_view_find_byte(text, ':', 0);
  size_t open = bg_view_find_byte(text, '(', 0);
  size_t close = bg_view_find_byte(text, ')', 0);
  if (colon != BG_NOWHERE && open < colon && close > colon) {
    return BG_NOWHERE; // "X (codename: Y)"
  }
  bool ends = colon != BG_NOWHERE &&
              (colon + 1 == text.size || bg_is_space(text.bytes[colon + 1]));
  return ends ? colon : BG_NOWHERE;
}

/// "Supported by [[Spain]]": words of support that end with the one before a
/// name; their length, 0 for none.
static size_t
length_of_support(const bg_page_reader *page, bg_view text)
{
  size_t length;
  const bg_entry *entry =
      bg_lexicon_match(page->lexicon, BG_WORDS_HEADINGS, text, 0, &length);
  bool names_it = entry != NULL && length < text.size &&
                  text.bytes[length] == ' ' &&
                  bg_entry_is(entry, "supporter") &&
                  bg_grammar_ends(page->lexicon, entry->phrase, "governs") > 0;
  return names_it ? length : 0;
}

bg_heading
bg_heading_read(const bg_page_reader *page, const bg_item *item)
{
  bg_line line = bg_item_line(item, page->arena);
  bg_view text = bg_view_trim(line.text);
  size_t colon = find_colon(text);
  bg_heading heading = {.rest = *item};
  size_t support = colon == BG_NOWHERE ? length_of_support(page, text) : 0;
  heading.words = bg_view_trim(
      bg_view_slice(text, 0, colon == BG_NOWHERE ? text.size : colon));
  heading.kind = kind_of_heading(page, heading.words,
                                 item->is_title || colon != BG_NOWHERE);
  if (support > 0) {
    heading.kind = BG_HEADING_ROLE;
    colon = support - 1;
  }
  if (colon != BG_NOWHERE) {
    size_t end = (size_t)(text.bytes - line.text.bytes) + colon + 1;
    heading.head = bg_item_slice(item, 0, end, page->arena);
    heading.rest = bg_item_slice(item, end, line.text.size, page->arena);
  } else if (item->is_title || heading.kind == BG_HEADING_ROLE ||
             (heading.kind != BG_HEADING_NONE && bg_item_is_emphasised(item))) {
    // Without a colon only known words head a list, and the more surely so
    // where they are emphasised.
    heading.head = *item;
    heading.rest = (bg_item){0};
  } else {
    heading.kind = BG_HEADING_NONE;
  }
  return heading;
}

bool
bg_gloss_is_support(const bg_page_reader *page, bg_view gloss)
{
  size_t length;
  const bg_entry *entry =
      bg_lexicon_match(page->lexicon, BG_WORDS_HEADINGS, gloss, 0, &length);
  return bg_entry_is(entry, "supporter") &&
         bg_grammar_ends(page->lexicon, entry->phrase, "agent") == 0;
}
