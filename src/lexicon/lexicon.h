/// What words and templates mean in one language, read from the data files
/// once and then never written: threads share it without a lock.
///
/// The files are <share>/data/languages/<language>/<table>.tsv, one phrase a
/// row, then its values; and <share>/ontology/mappings/<language>.tsv, which
/// says what an infobox parameter states. data/README.md describes each.

#ifndef BG_LEXICON_LEXICON_H
#define BG_LEXICON_LEXICON_H

#include "base/arena.h"
#include "base/error.h"
#include "base/table.h"

/// The tables of words, each named after its file.
typedef enum {
  BG_WORDS_MONTHS,         ///< month → its number
  BG_WORDS_DATES,          ///< season, "early", "Old Style" → meaning
  BG_WORDS_ERAS,           ///< "BC" → BC, "AD" → AD
  BG_WORDS_NUMBERS,        ///< "twelve" → 12; "dozen" → x12
  BG_WORDS_BOUNDS,         ///< "over" → minimum, "c." → approximate …
  BG_WORDS_COUNTED,        ///< "men" → Troops
  BG_WORDS_LOSSES,         ///< "killed" → KilledCount
  BG_WORDS_SOURCES,        ///< "claim": whose figure it is
  BG_WORDS_FATES,          ///< "KIA", "†", "killed in action" → Killed
  BG_WORDS_HEADINGS,       ///< "supported by" → supporter
  BG_WORDS_RESULTS,        ///< "victory", "stalemate" → class
  BG_WORDS_CONFLICT_TYPES, ///< "siege" → Siege
  BG_WORDS_RANKS,          ///< "Lieutenant General"
  BG_WORDS_NOBODY,         ///< "unknown", "see below"
  BG_WORDS_NAMES,          ///< "King", "and", "from" → meaning
  BG_WORDS_PLACES,         ///< "near", "modern-day" → meaning
  BG_WORDS_DEMONYMS,       ///< "British" → names of states and peoples
  BG_WORDS_ALLIANCES,      ///< "Allied" → names of states and factions
  BG_WORDS_FLAGS,          ///< "GER|1935" → Nazi Germany
  BG_WORDS_TEMPLATES,      ///< template → its role in a value
  BG_WORDS_GRAMMAR,        ///< "and", "of", "th" → what it does in a phrase
  BG_WORDS_KINDS,          ///< template → the class of what its page is about
  BG_WORDS_CATEGORIES,     ///< "births", in a category's name → the same
  BG_WORDS_COUNT
} bg_words;

enum { BG_ENTRY_VALUES = BG_ROW_FIELDS - 1 };

typedef struct {
  bg_view phrase;        ///< as written in the file
  const bg_view *values; ///< BG_ENTRY_VALUES; empty beyond the row's own
  size_t line;           ///< of the file, from 1
} bg_entry;

/// What an infobox parameter states.
typedef struct {
  bg_view parameter; ///< as in the mapping: "combatant{n}"
  bg_view property;  ///< "bg:belligerent"
  bg_view reader;    ///< the kind of value: "party-list"
  bg_view context;   ///< words that head the value, "killed"; or empty
  unsigned side;     ///< that the value is of, where its name has no number
  bg_view rule;      ///< the row's name in evidence: "en:combatant{n}"
  size_t line;
} bg_mapping;

typedef struct bg_lexicon bg_lexicon;

/// Whether an entry was found and its first value is `value`.
bool bg_entry_is(const bg_entry *entry, const char *value);

/// Whether the entry of a template is an infobox, in a plain rendering or not.
bool bg_entry_is_infobox(const bg_entry *entry, bool is_plain_rendering);

/// The bytes of a word of grammar.tsv that stands at `at` and does that; 0 for
/// none.
size_t bg_grammar_at(const bg_lexicon *lexicon, bg_view text, size_t at,
                     const char *what);

/// The bytes of the word that ends a text and does that; 0 for none.
size_t bg_grammar_ends(const bg_lexicon *lexicon, bg_view text,
                       const char *what);

/// `share` is the directory that holds data/ and ontology/. BG_FAILED where a
/// file is missing, BG_REFUSED for a row that cannot be right, with its line.
bg_status bg_lexicon_open(const char *share, const char *language,
                          bg_lexicon **lexicon, bg_error *err);
void bg_lexicon_close(bg_lexicon *lexicon);

/// The entry of a whole phrase, whatever its case; NULL when there is none.
const bg_entry *bg_lexicon_find(const bg_lexicon *lexicon, bg_words words,
                                bg_view phrase);

/// The entry of the longest phrase that stands at `offset` and ends where a
/// word ends; `length` is its size in bytes. Does not look whether a word
/// begins at `offset`. NULL when there is none.
const bg_entry *bg_lexicon_match(const bg_lexicon *lexicon, bg_words words,
                                 bg_view text, size_t offset, size_t *length);

/// The first phrase of the table in the text, at a word's beginning, from
/// `from` on; `at` and `length` say where. NULL when there is none.
const bg_entry *bg_lexicon_search(const bg_lexicon *lexicon, bg_words words,
                                  bg_view text, size_t from, size_t *at,
                                  size_t *length);

/// Whether two names of states or peoples are of the same people through time:
/// one demonym stands for both ("British Empire", "United Kingdom"). What
/// stands in parentheses behind a name does not matter.
bool bg_lexicon_is_same_people(const bg_lexicon *lexicon, bg_view a, bg_view b);

/// Whether a demonym stands for a state or people of that name.
bool bg_lexicon_is_people(const bg_lexicon *lexicon, bg_view name);

/// The entry of a template's name, as it is written in a page: case,
/// underscores, "Template:", "#invoke:" and the "#" of a function do not
/// matter.
const bg_entry *bg_lexicon_template(const bg_lexicon *lexicon, bg_view name);

/// The class of what a page with that template is about, its name spelt as in
/// bg_lexicon_template; NULL where the template does not tell.
const bg_entry *bg_lexicon_kind(const bg_lexicon *lexicon, bg_view name);

/// What the parameter of an infobox states, and for which side: 0 where it is
/// of no side. `infobox` is the canonical name, a value of the template's
/// entry. Case, spaces and underscores in `parameter` do not matter, nor does a
/// slip of one letter, or two in a long name, where it can mean one parameter
/// only. NULL when the mapping does not know it.
const bg_mapping *bg_lexicon_mapping(const bg_lexicon *lexicon, bg_view infobox,
                                     bg_view parameter, unsigned *side);

/// The lexicons of several languages, each opened when it is first asked for.
/// One thread asks; the lexicons themselves are anybody's.
typedef struct bg_lexicons bg_lexicons;

/// `share` is the directory that holds data/ and ontology/; it must outlive
/// them.
bg_lexicons *bg_lexicons_new(const char *share);
void bg_lexicons_free(bg_lexicons *lexicons);

/// The lexicon of a language lives as long as `lexicons`. BG_REFUSED where
/// there are no data for it; else as bg_lexicon_open.
bg_status bg_lexicons_find(bg_lexicons *lexicons, bg_view language,
                           const bg_lexicon **lexicon, bg_error *err);

#endif
