#include "cli/lookup.h"

#include "base/columns.h"
#include "base/utf8.h"
#include "cli/cli.h"

#include <stdlib.h>

enum { label_width = 240 }; // columns; longer ones are cut

void
bg_lookup_init(bg_lookup *lookup, bg_store *store, const char *base,
               const char *language, bg_arena *arena, bg_error *err)
{
  *lookup = (bg_lookup){
      .store = store,
      .base = base == NULL ? bg_store_base(store) : base,
      .language = language == NULL ? BG_VIEW("en") : bg_view_of(language),
      .arena = arena,
      .err = err,
  };
  bg_map_init(&lookup->facts, arena);
  bg_map_init(&lookup->labels, arena);
}

bg_view
bg_lookup_key(const bg_lookup *lookup, const bg_term *term)
{
  return bg_arena_format(lookup->arena, "%d %.*s %.*s %.*s", (int)term->kind,
                         BG_VIEW_ARGS(term->datatype),
                         BG_VIEW_ARGS(term->language),
                         BG_VIEW_ARGS(term->text));
}

int
bg_term_compare(const bg_term *a, const bg_term *b)
{
  if (a->kind != b->kind) {
    return a->kind < b->kind ? -1 : 1;
  }
  int order = bg_view_compare_natural(a->text, b->text);
  order = order != 0 ? order : bg_view_compare(a->datatype, b->datatype);
  return order != 0 ? order : bg_view_compare(a->language, b->language);
}

static int
compare_terms(const void *a, const void *b)
{
  return bg_term_compare(a, b);
}

/// Sorts the terms and drops those that stand there twice.
static void
tidy_terms(bg_terms *terms)
{
  if (terms->count == 0) {
    return;
  }
  qsort(terms->items, terms->count, sizeof *terms->items, compare_terms);
  size_t kept = 1;
  for (size_t i = 1; i < terms->count; i++) {
    if (bg_term_compare(&terms->items[kept - 1], &terms->items[i]) != 0) {
      terms->items[kept++] = terms->items[i];
    }
  }
  terms->count = kept;
}

// ---- statements ------------------------------------------------------------

/// Calls `handle` for the quads that fit, unless the store has failed.
static void
find(bg_lookup *lookup, const bg_statement *pattern, bg_store_handler *handle,
     void *context)
{
  if (lookup->status != BG_OK) {
    return;
  }
  bg_status status =
      bg_store_find(lookup->store, pattern, handle, context, lookup->err);
  if (status > BG_END) {
    lookup->status = status;
  }
}

typedef struct {
  bg_arena *arena;
  bg_statements found;
} collecting;

static bg_status
collect_statement(void *context, const bg_statement *statement, bg_error *err)
{
  (void)err;
  collecting *at = context;
  BG_PUSH(at->arena, &at->found) = (bg_statement){
      .subject = bg_term_copy(at->arena, &statement->subject),
      .predicate = bg_term_copy(at->arena, &statement->predicate),
      .object = bg_term_copy(at->arena, &statement->object),
  };
  return BG_OK;
}

static int
compare_facts(const void *left, const void *right)
{
  const bg_statement *a = left;
  const bg_statement *b = right;
  int order = bg_view_compare(a->predicate.text, b->predicate.text);
  return order != 0 ? order : bg_term_compare(&a->object, &b->object);
}

static bg_facts *
read_facts(bg_lookup *lookup, bg_term thing)
{
  bg_arena *arena = lookup->arena;
  bg_statement pattern = {.subject = thing};
  collecting at = {.arena = arena};
  find(lookup, &pattern, collect_statement, &at);
  size_t count = at.found.count;
  bg_facts *facts = BG_NEW(arena, bg_facts);
  facts->predicates = BG_NEW_ARRAY(arena, bg_view, count + 1);
  facts->objects = BG_NEW_ARRAY(arena, bg_term, count + 1);
  if (count > 0) {
    qsort(at.found.items, count, sizeof *at.found.items, compare_facts);
  }
  for (size_t i = 0; i < count; i++) {
    const bg_statement *each = &at.found.items[i];
    if (i == 0 || compare_facts(each - 1, each) != 0) {
      facts->predicates[facts->count] = each->predicate.text;
      facts->objects[facts->count++] = each->object;
    }
  }
  return facts;
}

const bg_facts *
bg_lookup_facts(bg_lookup *lookup, bg_term thing)
{
  static const bg_facts none = {NULL, NULL, 0};
  if (thing.kind != BG_TERM_IRI && thing.kind != BG_TERM_BLANK) {
    return &none;
  }
  bg_view key = bg_lookup_key(lookup, &thing);
  bg_facts *facts = bg_map_find(&lookup->facts, key);
  if (facts == NULL) {
    facts = read_facts(lookup, thing);
    bg_map_set(&lookup->facts, key, facts);
  }
  return facts;
}

/// The first of the sorted predicates that is not below `predicate`.
static size_t
lower_bound(const bg_facts *facts, bg_view predicate)
{
  size_t low = 0;
  size_t high = facts->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (bg_view_compare(facts->predicates[middle], predicate) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

bg_terms
bg_lookup_values(bg_lookup *lookup, bg_term thing, const char *property)
{
  const bg_facts *facts = bg_lookup_facts(lookup, thing);
  bg_view predicate = bg_term_of_name(lookup->arena, property).text;
  size_t start = lower_bound(facts, predicate);
  size_t end = start;
  while (end < facts->count &&
         bg_view_is_equal(facts->predicates[end], predicate)) {
    end++;
  }
  if (end == start) {
    return (bg_terms){0};
  }
  return (bg_terms){.items = facts->objects + start, .count = end - start};
}

bg_term
bg_lookup_value(bg_lookup *lookup, bg_term thing, const char *property)
{
  bg_terms values = bg_lookup_values(lookup, thing, property);
  return values.count > 0 ? values.items[0] : (bg_term){0};
}

bool
bg_lookup_has(bg_lookup *lookup, bg_term thing, const char *property,
              bg_term object)
{
  bg_terms values = bg_lookup_values(lookup, thing, property);
  return values.count > 0 &&
         bsearch(&object, values.items, values.count, sizeof *values.items,
                 compare_terms) != NULL;
}

bg_terms
bg_lookup_subjects(bg_lookup *lookup, const char *property, bg_term object)
{
  bg_statement pattern = {
      .predicate = bg_term_of_name(lookup->arena, property),
      .object = object,
  };
  collecting at = {.arena = lookup->arena};
  find(lookup, &pattern, collect_statement, &at);
  bg_terms subjects = {0};
  for (size_t i = 0; i < at.found.count; i++) {
    BG_PUSH(lookup->arena, &subjects) = at.found.items[i].subject;
  }
  tidy_terms(&subjects);
  return subjects;
}

// ---- what things are called ------------------------------------------------

/// What stands behind the last '/' or '#'.
static bg_view
last_segment(bg_view iri)
{
  size_t start = iri.size;
  while (start > 0 && iri.bytes[start - 1] != '#' &&
         iri.bytes[start - 1] != '/') {
    start--;
  }
  return bg_view_slice(iri, start, iri.size);
}

bg_view
bg_lookup_words(bg_lookup *lookup, bg_view iri)
{
  bg_view name = last_segment(iri);
  char *bytes = bg_arena_allocate(lookup->arena, name.size * 2 + 1);
  size_t size = 0;
  for (size_t i = 0; i < name.size; i++) {
    char byte = name.bytes[i];
    if (bg_is_upper(byte) && i > 0) {
      bytes[size++] = ' ';
    }
    bytes[size++] = bg_to_lower(byte);
  }
  return bg_columns_clean((bg_view){bytes, size}, lookup->arena);
}

/// "side1/party/2" in words: "side 1, party 2".
static bg_view
part_words(bg_lookup *lookup, bg_view path)
{
  bg_buffer words;
  bg_buffer_init(&words);
  for (size_t i = 0; i < path.size; i++) {
    char byte = path.bytes[i];
    bool follows = i > 0 && path.bytes[i - 1] != '/';
    bool is_number = bg_is_digit(byte);
    if (byte == '/') {
      bool is_joint = i + 1 < path.size && bg_is_digit(path.bytes[i + 1]);
      bg_buffer_append(&words, is_joint ? BG_VIEW(" ") : BG_VIEW(", "));
      continue;
    }
    if (follows &&
        (bg_is_upper(byte) || (is_number && !bg_is_digit(path.bytes[i - 1])))) {
      bg_buffer_append_byte(&words, ' ');
    }
    bg_buffer_append_byte(&words, bg_to_lower(byte));
  }
  bg_view kept = bg_arena_copy(lookup->arena, bg_buffer_view(&words));
  bg_buffer_release(&words);
  return kept;
}

static int
hex_digit(char byte)
{
  static const char digits[] = "0123456789abcdef";
  const char *found = memchr(digits, bg_to_lower(byte), 16);
  return found == NULL ? -1 : (int)(found - digits);
}

/// The title in a resource's IRI, or what stands last in another IRI.
static bg_view
title_of_iri(bg_lookup *lookup, bg_view iri)
{
  bg_view segment = last_segment(iri);
  segment = segment.size == 0 ? iri : segment;
  char *bytes = bg_arena_allocate(lookup->arena, segment.size + 1);
  size_t size = 0;
  for (size_t i = 0; i < segment.size; i++) {
    char byte = segment.bytes[i];
    int high = i + 2 < segment.size ? hex_digit(segment.bytes[i + 1]) : -1;
    int low = i + 2 < segment.size ? hex_digit(segment.bytes[i + 2]) : -1;
    if (byte == '%' && high >= 0 && low >= 0) {
      byte = (char)(high * 16 + low);
      i += 2;
    }
    bytes[size++] = byte == '_' ? ' ' : byte;
  }
  return (bg_view){bytes, size};
}

/// Of several labels that in the language of `lookup`.
static bg_view
choose_label(const bg_lookup *lookup, const bg_terms *labels)
{
  for (size_t i = 0; i < labels->count; i++) {
    if (bg_view_is_equal(labels->items[i].language, lookup->language)) {
      return labels->items[i].text;
    }
  }
  return labels->count > 0 ? labels->items[0].text : BG_VIEW("");
}

/// The values of a thing that may have so many others that it is not worth
/// describing for its label.
static bg_terms
read_values(bg_lookup *lookup, bg_term thing, const char *property)
{
  bg_view key = bg_lookup_key(lookup, &thing);
  if (bg_map_find(&lookup->facts, key) != NULL) {
    return bg_lookup_values(lookup, thing, property);
  }
  bg_statement pattern = {
      .subject = thing,
      .predicate = bg_term_of_name(lookup->arena, property),
  };
  collecting at = {.arena = lookup->arena};
  find(lookup, &pattern, collect_statement, &at);
  bg_terms values = {0};
  for (size_t i = 0; i < at.found.count; i++) {
    BG_PUSH(lookup->arena, &values) = at.found.items[i].object;
  }
  tidy_terms(&values);
  return values;
}

static bg_view
read_label(bg_lookup *lookup, bg_term thing)
{
  bg_view base = bg_view_of(lookup->base);
  size_t hash = bg_view_find_byte(thing.text, '#', 0);
  bool is_part = hash != BG_NOWHERE && bg_view_has_prefix(thing.text, base);
  static const char *const properties[] = {"rdfs:label", "name"};
  for (size_t i = is_part ? 1 : 0; i < 2; i++) {
    bg_terms labels = read_values(lookup, thing, properties[i]);
    bg_view label = choose_label(lookup, &labels);
    if (bg_view_trim(label).size > 0) {
      return label;
    }
  }
  if (!is_part) {
    return title_of_iri(lookup, thing.text);
  }
  bg_term whole = {.kind = BG_TERM_IRI,
                   .text = bg_view_slice(thing.text, 0, hash)};
  bg_view parts[] = {
      bg_lookup_label(lookup, whole),
      BG_VIEW(", "),
      part_words(lookup, bg_view_slice(thing.text, hash + 1, thing.text.size)),
  };
  return bg_arena_concat(lookup->arena, parts, sizeof parts / sizeof *parts);
}

/// On one line and cut, as it is to be printed.
static bg_view
trim_label(const bg_lookup *lookup, bg_view text)
{
  return bg_columns_cut(bg_columns_clean(bg_view_trim(text), lookup->arena),
                        label_width, lookup->arena);
}

bg_view
bg_lookup_label(bg_lookup *lookup, bg_term term)
{
  if (term.kind == BG_TERM_BLANK) {
    term.text = bg_arena_join(lookup->arena, BG_VIEW("_:"), term.text);
  }
  if (term.kind != BG_TERM_IRI) {
    return trim_label(lookup, term.text);
  }
  const bg_view ontology = BG_VIEW(BG_ONTOLOGY);
  if (bg_view_has_prefix(term.text, ontology)) {
    return bg_lookup_words(lookup, term.text);
  }
  bg_view *label = bg_map_find(&lookup->labels, term.text);
  if (label == NULL) {
    label = BG_NEW(lookup->arena, bg_view);
    *label = trim_label(lookup, read_label(lookup, term));
    bg_map_set(&lookup->labels, bg_arena_copy(lookup->arena, term.text), label);
  }
  return *label;
}

bool
bg_lookup_is_called(bg_lookup *lookup, bg_term thing, bg_view name)
{
  static const char *const properties[] = {"rdfs:label", "name"};
  bg_arena *arena = lookup->arena;
  bg_view wanted = bg_lookup_fold(name, arena);
  for (size_t i = 0; i < 2; i++) {
    bg_terms labels = read_values(lookup, thing, properties[i]);
    for (size_t j = 0; j < labels.count; j++) {
      bg_view label = bg_lookup_fold(labels.items[j].text, arena);
      if (bg_view_is_equal(label, wanted)) {
        return true;
      }
    }
  }
  bg_view label = bg_lookup_label(lookup, thing);
  return bg_view_is_equal(bg_lookup_fold(label, arena), wanted);
}

bg_view
bg_lookup_class(bg_lookup *lookup, bg_term thing)
{
  bg_terms classes = bg_lookup_values(lookup, thing, "rdf:type");
  bg_view words = BG_VIEW("");
  for (size_t i = 0; i < classes.count; i++) {
    bg_view parts[] = {words, words.size > 0 ? BG_VIEW(", ") : BG_VIEW(""),
                       bg_lookup_words(lookup, classes.items[i].text)};
    words = bg_arena_concat(lookup->arena, parts, 3);
  }
  return words;
}
