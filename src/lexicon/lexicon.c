#include "lexicon/lexicon.h"

#include "base/map.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

enum {
  longest_phrase = 96, // bytes; a longer text is no phrase of any table
  path_size = 4096,
};

/// In the order of bg_words: the file, and the least number of fields a row.
static const struct {
  const char *file;
  size_t least_fields;
} word_files[BG_WORDS_COUNT] = {
    [BG_WORDS_MONTHS] = {"months", 2},
    [BG_WORDS_DATES] = {"dates", 2},
    [BG_WORDS_ERAS] = {"eras", 2},
    [BG_WORDS_NUMBERS] = {"numbers", 2},
    [BG_WORDS_BOUNDS] = {"bounds", 2},
    [BG_WORDS_COUNTED] = {"counted", 2},
    [BG_WORDS_LOSSES] = {"losses", 2},
    [BG_WORDS_SOURCES] = {"sources", 1},
    [BG_WORDS_FATES] = {"fates", 2},
    [BG_WORDS_HEADINGS] = {"headings", 2},
    [BG_WORDS_RESULTS] = {"results", 2},
    [BG_WORDS_CONFLICT_TYPES] = {"conflict-types", 2},
    [BG_WORDS_RANKS] = {"ranks", 1},
    [BG_WORDS_NOBODY] = {"nobody", 1},
    [BG_WORDS_NAMES] = {"names", 2},
    [BG_WORDS_PLACES] = {"places", 2},
    [BG_WORDS_DEMONYMS] = {"demonyms", 2},
    [BG_WORDS_ALLIANCES] = {"alliances", 2},
    [BG_WORDS_FLAGS] = {"flags", 2},
    [BG_WORDS_TEMPLATES] = {"templates", 2},
    [BG_WORDS_GRAMMAR] = {"grammar", 2},
    [BG_WORDS_KINDS] = {"kinds", 2},
    [BG_WORDS_CATEGORIES] = {"categories", 2},
};

typedef struct {
  bg_map entries; // folded phrase → bg_entry
  bg_map begins;  // folded first word → the longest phrase with it, in bytes
} word_table;

/// The demonyms that stand for one name.
typedef struct {
  const bg_entry **items;
  size_t count;
  size_t capacity;
} entry_list;

typedef struct {
  bg_view *items;
  size_t count;
  size_t capacity;
} key_list;

struct bg_lexicon {
  bg_arena *arena;
  bg_view language;
  word_table words[BG_WORDS_COUNT];
  bg_map peoples;  // folded name → entry_list
  bg_map mappings; // "infobox\tparameter{n}", folded → bg_mapping
  key_list mapping_keys;
};

/// A folded key in a buffer of its user's own.
typedef struct {
  char bytes[longest_phrase];
  size_t size;
} folded_key;

static bool
fold(bg_view text, folded_key *key)
{
  key->size = bg_utf8_lower(text, key->bytes, sizeof key->bytes);
  return key->size != BG_NOWHERE;
}

static bg_view
key_view(const folded_key *key)
{
  return (bg_view){key->bytes, key->size};
}

static bg_status
refuse(const char *path, size_t line, const char *why, bg_view what,
       bg_error *err)
{
  return bg_error_set(err, BG_REFUSED, "%s:%zu: %s '%.*s'", path, line, why,
                      BG_VIEW_ARGS(what));
}

/// A letter or digit on both sides of `offset` means that no word ends there.
static bool
is_inside_word(bg_view text, size_t offset)
{
  if (offset == 0 || offset >= text.size) {
    return false;
  }
  unsigned char last = (unsigned char)text.bytes[offset - 1];
  unsigned char next = (unsigned char)text.bytes[offset];
  if (last < 0x80 && next < 0x80) {
    return (bg_is_letter((char)last) || bg_is_digit((char)last)) &&
           (bg_is_letter((char)next) || bg_is_digit((char)next));
  }
  size_t before = offset - 1;
  while (before > 0 && ((unsigned char)text.bytes[before] & 0xC0) == 0x80) {
    before--;
  }
  uint32_t left;
  uint32_t right;
  if (bg_utf8_decode(text, before, &left) == 0 ||
      bg_utf8_decode(text, offset, &right) == 0) {
    return false;
  }
  bool left_in = bg_utf8_is_letter(left) || (left >= '0' && left <= '9');
  bool right_in = bg_utf8_is_letter(right) || (right >= '0' && right <= '9');
  return left_in && right_in;
}

/// The end of the word or mark that begins at `offset`.
static size_t
end_of_word(bg_view text, size_t offset)
{
  size_t end = offset;
  do {
    end++;
  } while (end < text.size &&
           (is_inside_word(text, end) ||
            ((unsigned char)text.bytes[end] & 0xC0) == 0x80));
  return end;
}

// ---- loading ---------------------------------------------------------------

/// The name as a key of `peoples`: without a parenthesis, dashes as hyphens.
static bool
make_people_key(bg_view name, folded_key *key)
{
  const bg_view dash = BG_VIEW("–");
  size_t bracket = bg_view_find_byte(name, '(', 0);
  if (bracket != BG_NOWHERE && bracket > 0) {
    name = bg_view_slice(name, 0, bracket);
  }
  if (!fold(bg_view_trim(name), key)) {
    return false;
  }
  for (size_t at; (at = bg_view_find(key_view(key), dash, 0)) != BG_NOWHERE;) {
    key->bytes[at] = '-';
    memmove(key->bytes + at + 1, key->bytes + at + dash.size,
            key->size - at - dash.size);
    key->size -= dash.size - 1;
  }
  return key->size > 0;
}

static void
index_peoples(bg_lexicon *lexicon, const bg_entry *entry)
{
  for (size_t i = 0; i < BG_ENTRY_VALUES && entry->values[i].size > 0; i++) {
    folded_key key;
    if (!make_people_key(entry->values[i], &key)) {
      continue;
    }
    entry_list *demonyms = bg_map_find(&lexicon->peoples, key_view(&key));
    if (demonyms == NULL) {
      demonyms = BG_NEW(lexicon->arena, entry_list);
      bg_map_set(&lexicon->peoples,
                 bg_arena_copy(lexicon->arena, key_view(&key)), demonyms);
    }
    BG_PUSH(lexicon->arena, demonyms) = entry;
  }
}

static void
note_beginning(bg_lexicon *lexicon, word_table *table, bg_view phrase)
{
  bg_view word = bg_view_slice(phrase, 0, end_of_word(phrase, 0));
  size_t *longest = bg_map_find(&table->begins, word);
  if (longest == NULL) {
    longest = BG_NEW(lexicon->arena, size_t);
    bg_map_set(&table->begins, bg_arena_copy(lexicon->arena, word), longest);
  }
  *longest = phrase.size > *longest ? phrase.size : *longest;
}

static bg_status
add_entry(bg_lexicon *lexicon, word_table *table, const char *path,
          const bg_row *row, bg_error *err)
{
  folded_key key;
  if (!fold(row->fields[0], &key)) {
    return refuse(path, row->line, "too long a phrase", row->fields[0], err);
  }
  if (bg_map_find(&table->entries, key_view(&key)) != NULL) {
    return refuse(path, row->line, "a second row for", row->fields[0], err);
  }
  bg_entry *entry = BG_NEW(lexicon->arena, bg_entry);
  entry->phrase = row->fields[0];
  entry->line = row->line;
  entry->values = row->fields + 1;
  bg_map_set(&table->entries, bg_arena_copy(lexicon->arena, key_view(&key)),
             entry);
  if (table == &lexicon->words[BG_WORDS_DEMONYMS]) {
    index_peoples(lexicon, entry);
  }
  note_beginning(lexicon, table, key_view(&key));
  return BG_OK;
}

static bg_status
load_words(bg_lexicon *lexicon, const char *share, bg_words words,
           bg_error *err)
{
  char path[path_size];
  snprintf(path, sizeof path, "%s/data/languages/%.*s/%s.tsv", share,
           BG_VIEW_ARGS(lexicon->language), word_files[words].file);
  bg_rows rows;
  BG_TRY(bg_table_read(path, word_files[words].least_fields, lexicon->arena,
                       &rows, err));
  word_table *table = &lexicon->words[words];
  bg_map_init(&table->entries, lexicon->arena);
  bg_map_init(&table->begins, lexicon->arena);
  for (size_t i = 0; i < rows.count; i++) {
    BG_TRY(add_entry(lexicon, table, path, &rows.items[i], err));
  }
  return BG_OK;
}

/// Appends `text` in lower case and without spaces and underscores.
static void
append_squeezed(bg_view text, folded_key *key)
{
  for (size_t i = 0; i < text.size && key->size < sizeof key->bytes; i++) {
    char byte = text.bytes[i];
    if (byte != '_' && byte != '-' && !bg_is_space(byte)) {
      key->bytes[key->size++] = bg_to_lower(byte);
    }
  }
}

static void
make_mapping_key(bg_view infobox, bg_view parameter, folded_key *key)
{
  key->size = 0;
  append_squeezed(infobox, key);
  if (key->size < sizeof key->bytes) {
    key->bytes[key->size++] = '\t';
  }
  append_squeezed(parameter, key);
}

static bg_status
add_mapping(bg_lexicon *lexicon, const char *path, const bg_row *row,
            bg_error *err)
{
  folded_key key;
  make_mapping_key(row->fields[0], row->fields[1], &key);
  if (key.size == sizeof key.bytes) {
    return refuse(path, row->line, "too long a parameter", row->fields[1], err);
  }
  if (bg_map_find(&lexicon->mappings, key_view(&key)) != NULL) {
    return refuse(path, row->line, "a second row for", row->fields[1], err);
  }
  bg_mapping *mapping = BG_NEW(lexicon->arena, bg_mapping);
  *mapping = (bg_mapping){
      .parameter = row->fields[1],
      .property = row->fields[2],
      .reader = row->fields[3],
      .context = bg_view_is_equal(row->fields[4], BG_VIEW("-"))
                     ? BG_VIEW("")
                     : row->fields[4],
      .side = row->fields[5].size == 1
                  ? (unsigned)(row->fields[5].bytes[0] - '0')
                  : 0,
      .rule = bg_arena_format(lexicon->arena, "%.*s:%.*s",
                              BG_VIEW_ARGS(lexicon->language),
                              BG_VIEW_ARGS(row->fields[1])),
      .line = row->line,
  };
  bg_view kept = bg_arena_copy(lexicon->arena, key_view(&key));
  bg_map_set(&lexicon->mappings, kept, mapping);
  BG_PUSH(lexicon->arena, &lexicon->mapping_keys) = kept;
  return BG_OK;
}

static bg_status
load_mappings(bg_lexicon *lexicon, const char *share, bg_error *err)
{
  char path[path_size];
  snprintf(path, sizeof path, "%s/ontology/mappings/%.*s.tsv", share,
           BG_VIEW_ARGS(lexicon->language));
  bg_rows rows;
  BG_TRY(bg_table_read(path, 4, lexicon->arena, &rows, err));
  bg_map_init(&lexicon->mappings, lexicon->arena);
  for (size_t i = 0; i < rows.count; i++) {
    BG_TRY(add_mapping(lexicon, path, &rows.items[i], err));
  }
  return BG_OK;
}

static bg_status
load_all(bg_lexicon *lexicon, const char *share, bg_error *err)
{
  bg_map_init(&lexicon->peoples, lexicon->arena);
  for (bg_words words = 0; words < BG_WORDS_COUNT; words++) {
    BG_TRY(load_words(lexicon, share, words, err));
  }
  return load_mappings(lexicon, share, err);
}

bg_status
bg_lexicon_open(const char *share, const char *language, bg_lexicon **lexicon,
                bg_error *err)
{
  bg_arena *arena = bg_arena_new();
  *lexicon = BG_NEW(arena, bg_lexicon);
  (*lexicon)->arena = arena;
  (*lexicon)->language = bg_arena_copy(arena, bg_view_of(language));
  bg_status status = load_all(*lexicon, share, err);
  if (status != BG_OK) {
    bg_lexicon_close(*lexicon);
    *lexicon = NULL;
  }
  return status;
}

void
bg_lexicon_close(bg_lexicon *lexicon)
{
  if (lexicon != NULL) {
    bg_arena_free(lexicon->arena);
  }
}

// ---- words -----------------------------------------------------------------

const bg_entry *
bg_lexicon_find(const bg_lexicon *lexicon, bg_words words, bg_view phrase)
{
  folded_key key;
  return fold(phrase, &key)
             ? bg_map_find(&lexicon->words[words].entries, key_view(&key))
             : NULL;
}

/// Grows word by word, so that each possible phrase is looked up once; most
/// texts begin with no phrase's first word.
const bg_entry *
bg_lexicon_match(const bg_lexicon *lexicon, bg_words words, bg_view text,
                 size_t offset, size_t *length)
{
  const word_table *table = &lexicon->words[words];
  folded_key key;
  if (offset >= text.size) {
    return NULL;
  }
  size_t end = end_of_word(text, offset);
  if (end - offset > longest_phrase ||
      !fold(bg_view_slice(text, offset, end), &key)) {
    return NULL;
  }
  const size_t *longest_here = bg_map_find(&table->begins, key_view(&key));
  if (longest_here == NULL) {
    return NULL;
  }
  const bg_entry *longest = NULL;
  for (;;) {
    const bg_entry *entry = bg_map_find(&table->entries, key_view(&key));
    if (entry != NULL) {
      longest = entry;
      *length = end - offset;
    }
    size_t next = end < text.size ? end_of_word(text, end) : end;
    folded_key more;
    if (next == end || !fold(bg_view_slice(text, end, next), &more) ||
        key.size + more.size > *longest_here) {
      return longest;
    }
    memcpy(key.bytes + key.size, more.bytes, more.size);
    key.size += more.size;
    end = next;
  }
}

const bg_entry *
bg_lexicon_search(const bg_lexicon *lexicon, bg_words words, bg_view text,
                  size_t from, size_t *at, size_t *length)
{
  for (size_t offset = from; offset < text.size; offset++) {
    if (text.bytes[offset] == ' ' ||
        ((unsigned char)text.bytes[offset] & 0xC0) == 0x80 ||
        is_inside_word(text, offset)) {
      continue;
    }
    const bg_entry *entry =
        bg_lexicon_match(lexicon, words, text, offset, length);
    if (entry != NULL) {
      *at = offset;
      return entry;
    }
  }
  return NULL;
}

bool
bg_entry_is(const bg_entry *entry, const char *value)
{
  return entry != NULL && bg_view_is_equal(entry->values[0], bg_view_of(value));
}

bool
bg_entry_is_infobox(const bg_entry *entry, bool is_plain_rendering)
{
  return bg_entry_is(entry, "infobox") &&
         (is_plain_rendering ||
          !bg_view_is_equal(entry->values[2], BG_VIEW("plain")));
}

// ---- grammar ---------------------------------------------------------------

size_t
bg_grammar_at(const bg_lexicon *lexicon, bg_view text, size_t at,
              const char *what)
{
  size_t length;
  const bg_entry *entry =
      bg_lexicon_match(lexicon, BG_WORDS_GRAMMAR, text, at, &length);
  for (size_t i = 0; entry != NULL && i < BG_ENTRY_VALUES; i++) {
    if (bg_view_is_equal(entry->values[i], bg_view_of(what))) {
      return length;
    }
  }
  return 0;
}

size_t
bg_grammar_ends(const bg_lexicon *lexicon, bg_view text, const char *what)
{
  enum { most_words = 3 }; // of one row
  size_t at = text.size;
  for (unsigned words = 0; words < most_words && at > 0; words++) {
    while (at > 0 && text.bytes[at - 1] != ' ') {
      at--;
    }
    size_t length = bg_grammar_at(lexicon, text, at, what);
    if (length > 0 && at + length == text.size) {
      return length;
    }
    at -= at > 0;
  }
  return 0;
}

// ---- peoples ---------------------------------------------------------------

static const entry_list *
find_people(const bg_lexicon *lexicon, bg_view name)
{
  folded_key key;
  return make_people_key(name, &key)
             ? bg_map_find(&lexicon->peoples, key_view(&key))
             : NULL;
}

bool
bg_lexicon_is_people(const bg_lexicon *lexicon, bg_view name)
{
  return find_people(lexicon, name) != NULL;
}

bool
bg_lexicon_is_same_people(const bg_lexicon *lexicon, bg_view a, bg_view b)
{
  const entry_list *left = find_people(lexicon, a);
  const entry_list *right = find_people(lexicon, b);
  if (left == NULL || right == NULL) {
    return false;
  }
  for (size_t i = 0; i < left->count; i++) {
    for (size_t j = 0; j < right->count; j++) {
      if (left->items[i] == right->items[j]) {
        return true;
      }
    }
  }
  return false;
}

// ---- templates and parameters ----------------------------------------------

static const bg_entry *
find_template(const bg_lexicon *lexicon, bg_words words, bg_view name)
{
  static const bg_view prefixes[] = {
      {"#invoke:", 8}, {"#", 1}, {"Template:", 9}, {"subst:", 6}};
  for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
    if (bg_view_has_prefix_folded(name, prefixes[i])) {
      name = bg_view_trim(bg_view_slice(name, prefixes[i].size, name.size));
    }
  }
  char spaced[longest_phrase];
  size_t size = 0;
  for (size_t i = 0; i < name.size; i++) {
    bool blank = name.bytes[i] == '_' || bg_is_space(name.bytes[i]);
    if (blank && (size == 0 || spaced[size - 1] == ' ')) {
      continue;
    }
    if (size == sizeof spaced) {
      return NULL;
    }
    spaced[size++] = blank ? ' ' : name.bytes[i];
  }
  return bg_lexicon_find(lexicon, words, bg_view_trim((bg_view){spaced, size}));
}

const bg_entry *
bg_lexicon_template(const bg_lexicon *lexicon, bg_view name)
{
  return find_template(lexicon, BG_WORDS_TEMPLATES, name);
}

const bg_entry *
bg_lexicon_kind(const bg_lexicon *lexicon, bg_view name)
{
  return find_template(lexicon, BG_WORDS_KINDS, name);
}

/// Splits "combatant1a" into "combatant" and 1. The letters a to d name further
/// cells of the same side (Module:Infobox military conflict).
static bg_view
split_side(bg_view parameter, unsigned *side)
{
  bg_view stem = bg_view_trim(parameter);
  if (stem.size >= 2 && bg_is_digit(stem.bytes[stem.size - 2])) {
    char last = bg_to_lower(stem.bytes[stem.size - 1]);
    if (last >= 'a' && last <= 'd') {
      stem.size--;
    }
  }
  if (stem.size < 2 || !bg_is_digit(stem.bytes[stem.size - 1]) ||
      bg_is_digit(stem.bytes[stem.size - 2])) {
    *side = 0;
    return parameter;
  }
  *side = (unsigned)(stem.bytes[stem.size - 1] - '0');
  return bg_view_slice(stem, 0, stem.size - 1);
}

/// Whether one key becomes the other by at most `most` slips: a letter changed,
/// left out, put in, or two exchanged.
static bool
is_near(bg_view a, bg_view b, size_t most)
{
  while (a.size > 0 && b.size > 0 && a.bytes[0] == b.bytes[0]) {
    a = bg_view_slice(a, 1, a.size);
    b = bg_view_slice(b, 1, b.size);
  }
  while (a.size > 0 && b.size > 0 &&
         a.bytes[a.size - 1] == b.bytes[b.size - 1]) {
    a.size--;
    b.size--;
  }
  if (a.size == 0 || b.size == 0) {
    return a.size + b.size <= most;
  }
  if (most == 0) {
    return false;
  }
  bool is_swap = a.size >= 2 && b.size >= 2 && a.bytes[0] == b.bytes[1] &&
                 a.bytes[1] == b.bytes[0];
  return is_near(bg_view_slice(a, 1, a.size), bg_view_slice(b, 1, b.size),
                 most - 1) ||
         is_near(bg_view_slice(a, 1, a.size), b, most - 1) ||
         is_near(a, bg_view_slice(b, 1, b.size), most - 1) ||
         (is_swap && is_near(bg_view_slice(a, 2, a.size),
                             bg_view_slice(b, 2, b.size), most - 1));
}

/// The one mapping whose parameter is the key but for a slip.
static const bg_mapping *
find_misspelt(const bg_lexicon *lexicon, const folded_key *key)
{
  enum { short_name = 6, long_name = 9 }; // bytes
  bg_view whole = key_view(key);
  size_t tab = bg_view_find_byte(whole, '\t', 0);
  bg_view infobox = bg_view_slice(whole, 0, tab + 1);
  size_t size = whole.size - infobox.size;
  size_t most = size < short_name ? 0 : size < long_name ? 1 : 2;
  const bg_mapping *only = NULL;
  for (size_t i = 0; i < lexicon->mapping_keys.count && most > 0; i++) {
    bg_view known = lexicon->mapping_keys.items[i];
    if (!bg_view_has_prefix(known, infobox) || !is_near(known, whole, most)) {
      continue;
    }
    if (only != NULL) {
      return NULL;
    }
    only = bg_map_find(&lexicon->mappings, known);
  }
  return only;
}

const bg_mapping *
bg_lexicon_mapping(const bg_lexicon *lexicon, bg_view infobox,
                   bg_view parameter, unsigned *side)
{
  const bg_view numbered = BG_VIEW("{n}");
  folded_key key;
  const bg_mapping *mapping;
  bg_view stem = split_side(parameter, side);
  if (*side > 0) {
    make_mapping_key(infobox, stem, &key);
    append_squeezed(numbered, &key);
    mapping = bg_map_find(&lexicon->mappings, key_view(&key));
    mapping = mapping != NULL ? mapping : find_misspelt(lexicon, &key);
    if (mapping != NULL && bg_view_has_suffix(mapping->parameter, numbered)) {
      return mapping;
    }
  }
  make_mapping_key(infobox, parameter, &key);
  mapping = bg_map_find(&lexicon->mappings, key_view(&key));
  mapping = mapping != NULL ? mapping : find_misspelt(lexicon, &key);
  if (mapping != NULL && bg_view_has_suffix(mapping->parameter, numbered)) {
    mapping = NULL;
  }
  *side = mapping == NULL ? 0 : mapping->side;
  return mapping;
}
