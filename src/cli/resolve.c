/// What a person's name for a thing may mean.

#include "base/columns.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/lookup.h"

#include <stdlib.h>

enum {
  shown_fits = 20,
  shown_near = 10,
};

// ---- IRIs ------------------------------------------------------------------

static void
add_candidate(bg_lookup *lookup, bg_terms *candidates, bg_view iri)
{
  BG_PUSH(lookup->arena, candidates) =
      (bg_term){.kind = BG_TERM_IRI, .text = iri};
}

static bg_view
with_underscores(bg_lookup *lookup, bg_view name)
{
  char *bytes = bg_arena_allocate(lookup->arena, name.size + 1);
  for (size_t i = 0; i < name.size; i++) {
    bytes[i] = name.bytes[i] == ' ' ? '_' : name.bytes[i];
  }
  return (bg_view){bytes, name.size};
}

/// A name that is written as in an IRI, and one that is written as a title.
static void
add_resources(bg_lookup *lookup, bg_terms *candidates, bg_view language,
              bg_view name)
{
  bg_view parts[] = {bg_view_of(lookup->base), language, BG_VIEW("/"),
                     with_underscores(lookup, name)};
  add_candidate(lookup, candidates, bg_arena_concat(lookup->arena, parts, 4));
  BG_PUSH(lookup->arena, candidates) =
      bg_term_of_title(lookup->arena, lookup->base, language, name);
}

bg_terms
bg_lookup_candidates(bg_lookup *lookup, bg_view name)
{
  bg_terms candidates = {0};
  name = bg_view_trim(name);
  size_t colon = bg_view_find_byte(name, ':', 0);
  if (name.size > 2 && name.bytes[0] == '<' &&
      name.bytes[name.size - 1] == '>') {
    add_candidate(lookup, &candidates, bg_view_slice(name, 1, name.size - 1));
    return candidates;
  }
  if (colon != BG_NOWHERE) {
    bg_view prefix = bg_view_slice(name, 0, colon);
    bg_view local = bg_view_slice(name, colon + 1, name.size);
    add_candidate(lookup, &candidates, name);
    for (const bg_namespace *each = bg_namespaces; each->prefix != NULL;
         each++) {
      if (bg_view_is_equal(prefix, bg_view_of(each->prefix))) {
        add_candidate(
            lookup, &candidates,
            bg_arena_join(lookup->arena, bg_view_of(each->iri), local));
      }
    }
    if (prefix.size > 0 && local.size > 0) {
      add_resources(lookup, &candidates, prefix, local);
    }
  }
  if (name.size > 0) {
    add_resources(lookup, &candidates, lookup->language, name);
  }
  return candidates;
}

static bg_status
note_one(void *context, const bg_statement *statement, bg_error *err)
{
  (void)statement;
  (void)err;
  *(bool *)context = true;
  return BG_END;
}

static bool
has_quad(bg_lookup *lookup, const bg_statement *pattern)
{
  bool is_there = false;
  bg_status status =
      bg_store_find(lookup->store, pattern, note_one, &is_there, lookup->err);
  lookup->status = status > BG_END ? status : lookup->status;
  return is_there;
}

static bool
is_in_store(bg_lookup *lookup, bg_term thing)
{
  const bg_statement pattern = {.subject = thing};
  return has_quad(lookup, &pattern);
}

bg_status
bg_lookup_resolve_in(bg_lookup *lookup, const char *name, bg_statement *pattern,
                     bg_term *place)
{
  bg_terms candidates = bg_lookup_candidates(lookup, bg_view_of(name));
  for (size_t i = 0; i < candidates.count; i++) {
    *place = candidates.items[i];
    if (has_quad(lookup, pattern)) {
      return BG_OK;
    }
  }
  return lookup->status != BG_OK
             ? lookup->status
             : bg_error_set(lookup->err, BG_REFUSED,
                            "nothing in the store is of '%s'", name);
}

// ---- labels ----------------------------------------------------------------

bg_view
bg_lookup_fold(bg_view name, bg_arena *arena)
{
  name = bg_view_trim(name);
  // Some letters are longer in lower case: U+023A has two bytes, its lower
  // case three.
  size_t capacity = name.size * 2 + 4;
  char *bytes = bg_arena_allocate(arena, capacity);
  size_t size = bg_utf8_lower(name, bytes, capacity);
  if (size == BG_NOWHERE) {
    return name;
  }
  for (size_t i = 0; i < size; i++) {
    bytes[i] = bytes[i] == '_' ? ' ' : bytes[i];
  }
  return (bg_view){bytes, size};
}

typedef struct {
  bg_view label;
  bg_term thing;
} labelled;

typedef struct {
  labelled *items;
  size_t count;
  size_t capacity;
} labelled_list;

/// One walk through all labels.
typedef struct {
  bg_lookup *lookup;
  bg_arena *scratch; // emptied for each label
  bg_view wanted;    // folded
  bool is_near;      // look for labels that contain it
  labelled_list found;
} label_search;

/// The closest first: of labels that contain the same, the shortest.
static int
compare_near(const void *left, const void *right)
{
  const labelled *a = left;
  const labelled *b = right;
  if (a->label.size != b->label.size) {
    return a->label.size < b->label.size ? -1 : 1;
  }
  int order = bg_view_compare(a->label, b->label);
  return order != 0 ? order : bg_term_compare(&a->thing, &b->thing);
}

static int
compare_labelled(const void *left, const void *right)
{
  const labelled *a = left;
  const labelled *b = right;
  int order = bg_view_compare_natural(a->label, b->label);
  return order != 0 ? order : bg_term_compare(&a->thing, &b->thing);
}

/// Keeps few: the list is cut whenever it has grown to twice what is shown.
static void
cut_near(labelled_list *list)
{
  qsort(list->items, list->count, sizeof *list->items, compare_near);
  size_t kept = 0;
  for (size_t i = 0; i < list->count && kept < shown_near; i++) {
    if (kept == 0 ||
        !bg_view_is_equal(list->items[kept - 1].label, list->items[i].label)) {
      list->items[kept++] = list->items[i];
    }
  }
  list->count = kept;
}

static bg_status
match_label(void *context, const bg_statement *statement, bg_error *err)
{
  (void)err;
  label_search *at = context;
  bg_view label = bg_lookup_fold(statement->object.text, at->scratch);
  bool fits = at->is_near ? bg_view_find(label, at->wanted, 0) != BG_NOWHERE
                          : bg_view_is_equal(label, at->wanted);
  bg_arena_reset(at->scratch);
  if (!fits || statement->object.kind != BG_TERM_LITERAL) {
    return BG_OK;
  }
  bg_arena *arena = at->lookup->arena;
  BG_PUSH(arena, &at->found) = (labelled){
      .label = bg_arena_copy(arena, statement->object.text),
      .thing = bg_term_copy(arena, &statement->subject),
  };
  if (at->is_near && at->found.count >= 2 * (size_t)shown_near) {
    cut_near(&at->found);
  }
  return BG_OK;
}

/// Walks through the labels and names in the store.
static void
search_labels(label_search *at)
{
  static const char *const properties[] = {"rdfs:label", "name"};
  bg_lookup *lookup = at->lookup;
  for (size_t i = 0; i < 2 && lookup->status == BG_OK; i++) {
    bg_statement pattern = {.predicate =
                                bg_term_of_name(lookup->arena, properties[i])};
    bg_status status =
        bg_store_find(lookup->store, &pattern, match_label, at, lookup->err);
    lookup->status = status > BG_END ? status : lookup->status;
  }
}

/// What has the label, each thing once. A side's label is that of a group, and
/// many conflicts have an "Allies": sides have no names of their own.
static labelled_list
find_labelled(bg_lookup *lookup, bg_view name)
{
  label_search at = {
      .lookup = lookup,
      .scratch = bg_arena_new(),
      .wanted = bg_lookup_fold(name, lookup->arena),
  };
  search_labels(&at);
  bg_arena_free(at.scratch);
  labelled_list *list = &at.found;
  bg_map seen;
  bg_map_init(&seen, lookup->arena);
  size_t kept = 0;
  for (size_t i = 0; i < list->count; i++) {
    labelled each = list->items[i];
    if (bg_map_add(&seen, bg_lookup_key(lookup, &each.thing), list) &&
        !bg_lookup_has(lookup, each.thing, "rdf:type",
                       bg_term_of_name(lookup->arena, "Side"))) {
      each.label = bg_lookup_label(lookup, each.thing);
      list->items[kept++] = each;
    }
  }
  list->count = kept;
  if (kept > 0) {
    qsort(list->items, kept, sizeof *list->items, compare_labelled);
  }
  return *list;
}

static labelled_list
find_near(bg_lookup *lookup, bg_view wanted)
{
  label_search at = {
      .lookup = lookup,
      .scratch = bg_arena_new(),
      .wanted = bg_lookup_fold(wanted, lookup->arena),
      .is_near = true,
  };
  if (at.wanted.size > 0) {
    search_labels(&at);
  }
  bg_arena_free(at.scratch);
  if (at.found.count > 0) {
    cut_near(&at.found);
  }
  return at.found;
}

static bool
is_of_word(char byte)
{
  return bg_is_letter(byte) || bg_is_digit(byte) || (unsigned char)byte >= 0x80;
}

static bg_view
longest_word(bg_view text)
{
  bg_view longest = BG_VIEW("");
  for (size_t start = 0; start < text.size;) {
    size_t end = start;
    while (end < text.size && is_of_word(text.bytes[end])) {
      end++;
    }
    if (end - start > longest.size) {
      longest = bg_view_slice(text, start, end);
    }
    start = end + 1;
  }
  return longest;
}

// ---- what is said of it ----------------------------------------------------

static void
list_fits(bg_lookup *lookup, bg_view name, const labelled_list *fits)
{
  enum { columns = 3, widest = 40 };
  bg_cli_complain("'%.*s' may be any of %zu things:", BG_VIEW_ARGS(name),
                  fits->count);
  size_t shown = fits->count < shown_fits ? fits->count : shown_fits;
  bg_view *cells = BG_NEW_ARRAY(lookup->arena, bg_view, shown * columns + 1);
  size_t widths[columns] = {0};
  for (size_t i = 0; i < shown; i++) {
    const labelled *each = &fits->items[i];
    bg_view *row = &cells[i * columns];
    row[0] = each->label;
    row[1] = bg_lookup_class(lookup, each->thing);
    row[2] = bg_columns_clean(
        bg_iri_shorten(each->thing.text, lookup->base, lookup->arena),
        lookup->arena);
    for (size_t column = 0; column < columns; column++) {
      row[column] = column + 1 < columns
                        ? bg_columns_cut(row[column], widest, lookup->arena)
                        : row[column];
      size_t width = bg_utf8_width(row[column]);
      widths[column] = width > widths[column] ? width : widths[column];
    }
  }
  bg_buffer text;
  bg_buffer_init(&text);
  for (size_t i = 0; i < shown; i++) {
    bg_buffer_append(&text, BG_VIEW("  "));
    bg_columns_append_row(&text, &cells[i * columns], widths, columns);
  }
  if (shown < fits->count) {
    bg_buffer_format(&text, "  and %zu more\n", fits->count - shown);
  }
  fwrite(text.bytes, 1, text.size, stderr);
  bg_buffer_release(&text);
}

static void
list_near(bg_lookup *lookup, bg_view name)
{
  labelled_list near = find_near(lookup, name);
  if (near.count == 0) {
    near = find_near(lookup, longest_word(name));
  }
  bg_cli_complain("nothing in the store is called '%.*s'%s", BG_VIEW_ARGS(name),
                  near.count > 0 ? "; did you mean one of these?" : "");
  for (size_t i = 0; i < near.count; i++) {
    bg_term label = {.kind = BG_TERM_LITERAL, .text = near.items[i].label};
    fprintf(stderr, "  %.*s\n", BG_VIEW_ARGS(bg_lookup_label(lookup, label)));
  }
}

bg_status
bg_lookup_resolve(bg_lookup *lookup, const char *name, bg_term *thing)
{
  enum { widest = 200 };
  bg_view text = bg_view_of(name);
  bg_view shown = bg_columns_cut(bg_columns_clean(text, lookup->arena), widest,
                                 lookup->arena);
  bool can_be_there = bg_utf8_is_valid(text) && bg_view_trim(text).size > 0;
  bg_terms candidates = {0};
  labelled_list fits = {0};
  if (can_be_there) {
    candidates = bg_lookup_candidates(lookup, text);
    for (size_t i = 0; i < candidates.count && lookup->status == BG_OK; i++) {
      if (is_in_store(lookup, candidates.items[i])) {
        *thing = candidates.items[i];
        return BG_OK;
      }
    }
    fits = find_labelled(lookup, text);
  }
  if (lookup->status != BG_OK) {
    return lookup->status;
  }
  if (fits.count == 1) {
    *thing = fits.items[0].thing;
    return BG_OK;
  }
  if (fits.count > 1) {
    list_fits(lookup, shown, &fits);
  } else {
    list_near(lookup, shown);
  }
  return lookup->status != BG_OK ? lookup->status : BG_REFUSED;
}
