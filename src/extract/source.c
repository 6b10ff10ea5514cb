#include "extract/source.h"

#include "extract/parties.h"

/// An adjective ("modern") tells a source only where no number stands with it:
/// "618 tanks (some sources say 674)", but not "(30 modern)".
bool
bg_words_name_source(bg_view words, const bg_lexicon *lexicon)
{
  bool has_number = bg_view_has_digit(words);
  size_t at;
  size_t length;
  const bg_entry *entry;
  for (size_t from = 0;
       (entry = bg_lexicon_search(lexicon, BG_WORDS_SOURCES, words, from, &at,
                                  &length)) != NULL;
       from = at + length) {
    if (entry->values[0].size == 0 || !has_number) {
      return true;
    }
  }
  return false;
}

bool
bg_may_be_author(const bg_lexicon *lexicon, bg_view words)
{
  enum { most_words = 3, longest = 60 }; // bytes
  static const bg_words others[] = {BG_WORDS_DEMONYMS, BG_WORDS_ALLIANCES,
                                    BG_WORDS_LOSSES, BG_WORDS_COUNTED,
                                    BG_WORDS_MONTHS};
  size_t count = 0;
  size_t length;
  bg_view rest = words;
  bg_view word;
  if (words.size < 3 || words.size > longest || words.bytes[0] < 'A' ||
      words.bytes[0] > 'Z' || bg_view_has_digit(words)) {
    return false;
  }
  while (bg_view_next_part(&rest, ' ', &word)) {
    count++;
  }
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    if (bg_lexicon_match(lexicon, others[i], words, 0, &length) != NULL) {
      return false;
    }
  }
  return count <= most_words &&
         bg_lexicon_find(lexicon, BG_WORDS_HEADINGS, words) == NULL &&
         !bg_lexicon_is_people(lexicon, words) &&
         !bg_name_is_formation(lexicon, words);
}

/// "{{sfn|Frieser", "last=Frieser", "<ref>Frieser": what stands before the name
/// of one who is cited.
static bool
is_citation(bg_view before)
{
  static const char *const marks[] = {"sfn|",    "sfnp|",  "harvnb|", "harv|",
                                      "last=",   "last1=", "last2=",  "last =",
                                      "last1 =", "<ref>"};
  before = bg_view_trim(before);
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    if (bg_view_has_suffix(before, bg_view_of(marks[i]))) {
      return true;
    }
  }
  return false;
}

static bool
is_cited(bg_view text, bg_view name)
{
  enum { longest_mark = 16 }; // bytes
  for (size_t at = 0; (at = bg_view_find(text, name, at)) != BG_NOWHERE;
       at += name.size) {
    size_t from = at > longest_mark ? at - longest_mark : 0;
    if (is_citation(bg_view_slice(text, from, at))) {
      return true;
    }
  }
  return false;
}

bool
bg_is_cited_author(bg_page_reader *page, bg_view words)
{
  static char yes;
  static char no; // only their addresses matter
  if (!bg_may_be_author(page->lexicon, words)) {
    return false;
  }
  size_t space = bg_view_find_byte(words, ' ', 0);
  bg_view name =
      bg_view_slice(words, 0, space == BG_NOWHERE ? words.size : space);
  char *answer = bg_map_find(&page->authors, name);
  enum { most_searches = 200 }; // each goes over the whole page
  if (answer == NULL && page->authors.count >= most_searches) {
    return false;
  }
  if (answer == NULL) {
    answer = is_cited(page->article->text, name) ? &yes : &no;
    bg_map_set(&page->authors, name, answer);
  }
  return answer == &yes;
}
