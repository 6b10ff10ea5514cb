#include "cli/show.h"

#include "base/columns.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/when.h"

#include <stdlib.h>

static const bg_option options[] = {
    {"width", 'w', "N", "print N columns instead of the terminal's, or 80"},
    {"language", 'l', "CODE",
     "the language of page titles and of labels; en unless said otherwise"},
    {"base", 'b', "IRI", "the base that the store was filled with"},
    {NULL, 0, NULL, NULL},
};

// ---- what all kinds have in common -----------------------------------------

bg_view
bg_show_around(bg_showing *at, const char *before, bg_view text,
               const char *after)
{
  if (text.size == 0) {
    return text;
  }
  const bg_view parts[] = {bg_view_of(before), text, bg_view_of(after)};
  return bg_arena_concat(at->sheet.arena, parts, 3);
}

static int
compare_views(const void *a, const void *b)
{
  return bg_view_compare_natural(*(const bg_view *)a, *(const bg_view *)b);
}

bg_view
bg_show_values(bg_showing *at, bg_term thing, const char *property)
{
  bg_terms values = bg_lookup_values(at->lookup, thing, property);
  bg_sheet_lines labels = {0};
  for (size_t i = 0; i < values.count; i++) {
    bg_sheet_lines_add(&at->sheet, &labels,
                       bg_lookup_label(at->lookup, values.items[i]));
  }
  if (labels.count > 0) {
    qsort(labels.items, labels.count, sizeof *labels.items, compare_views);
  }
  return bg_sheet_lines_join(&at->sheet, &labels, BG_ALL_OF_THEM);
}

bg_view
bg_show_word(bg_showing *at, bg_term thing, const char *property)
{
  bg_term value = bg_lookup_value(at->lookup, thing, property);
  return value.kind == BG_TERM_IRI ? bg_lookup_words(at->lookup, value.text)
                                   : BG_VIEW("");
}

/// The day on which the thing began, for sorting.
static int64_t
date_key(bg_showing *at, bg_term thing)
{
  static const char *const properties[] = {"earliest", "start", "edtf"};
  int64_t first = BG_UNDATED;
  for (size_t i = 0; i < 3 && first == BG_UNDATED; i++) {
    bg_terms values = bg_lookup_values(at->lookup, thing, properties[i]);
    for (size_t j = 0; j < values.count; j++) {
      int64_t key = bg_when_key(values.items[j].text);
      first = key < first ? key : first;
    }
  }
  return first;
}

/// Where there is no EDTF: from the first start to the last end.
static bg_view
interval(bg_showing *at, bg_term thing)
{
  bg_terms starts = bg_lookup_values(at->lookup, thing, "start");
  bg_terms ends = bg_lookup_values(at->lookup, thing, "end");
  bg_view start = BG_VIEW("");
  bg_view end = BG_VIEW("");
  for (size_t i = 0; i < starts.count; i++) {
    bg_view each = starts.items[i].text;
    start = i == 0 || bg_when_key(each) < bg_when_key(start) ? each : start;
  }
  for (size_t i = 0; i < ends.count; i++) {
    bg_view each = ends.items[i].text;
    end = i == 0 || bg_when_key(each) > bg_when_key(end) ? each : end;
  }
  const bg_view parts[] = {start, BG_VIEW("/"), end};
  return end.size == 0 ? start : bg_arena_concat(at->sheet.arena, parts, 3);
}

bg_view
bg_show_date(bg_showing *at, bg_term thing)
{
  bg_arena *arena = at->sheet.arena;
  bg_terms dates = bg_lookup_values(at->lookup, thing, "edtf");
  bg_sheet_lines said = {0};
  for (size_t i = 0; i < dates.count; i++) {
    bg_sheet_lines_add(&at->sheet, &said,
                       bg_when_say(dates.items[i].text, arena));
  }
  if (said.count == 0) {
    bg_sheet_lines_add(&at->sheet, &said,
                       bg_when_say(interval(at, thing), arena));
  }
  bg_view text = BG_VIEW("");
  for (size_t i = 0; i < said.count; i++) {
    text = bg_arena_join(arena, bg_show_around(at, "", text, " or "),
                         said.items[i]);
  }
  text = bg_columns_clean(text, arena);
  bool is_circa = bg_lookup_value(at->lookup, thing, "approximateDate").kind !=
                      BG_TERM_NONE &&
                  bg_view_find(text, BG_VIEW("about "), 0) == BG_NOWHERE;
  bg_term calendar = bg_lookup_value(at->lookup, thing, "calendar");
  bool is_julian =
      bg_view_is_equal(calendar.text, BG_VIEW(BG_ONTOLOGY "Julian"));
  return bg_show_around(at, is_circa ? "about " : "", text,
                        is_julian ? " (Julian calendar)" : "");
}

bg_dated *
bg_show_add_dated(bg_showing *at, bg_dated_list *entries, bg_term thing,
                  bg_view text)
{
  bg_dated *entry = &BG_PUSH(at->sheet.arena, entries);
  *entry = (bg_dated){
      .when = date_key(at, thing),
      .date = bg_show_date(at, thing),
      .text = text,
  };
  return entry;
}

static int
compare_entries(const void *left, const void *right)
{
  const bg_dated *a = left;
  const bg_dated *b = right;
  if (a->when != b->when) {
    return a->when < b->when ? -1 : 1;
  }
  int order = bg_view_compare_natural(a->text, b->text);
  for (size_t i = 0; order == 0 && i < a->details.count && i < b->details.count;
       i++) {
    order = bg_view_compare_natural(a->details.items[i], b->details.items[i]);
  }
  return order;
}

void
bg_show_dated(bg_showing *at, const char *heading, bg_dated_list *entries)
{
  enum { widest_date = 30, indent = 2, deeper = 4 };
  static const size_t indents[2] = {indent, deeper};
  if (entries->count == 0) {
    return;
  }
  const bg_sheet *sheet = &at->sheet;
  qsort(entries->items, entries->count, sizeof *entries->items,
        compare_entries);
  size_t widths[2] = {indent, 0};
  for (size_t i = 0; i < entries->count; i++) {
    size_t width = bg_utf8_width(entries->items[i].date) + indent;
    widths[0] = width > widths[0] ? width : widths[0];
  }
  size_t most = sheet->width / 3 < widest_date ? sheet->width / 3 : widest_date;
  widths[0] = widths[0] > most ? most : widths[0];
  widths[1] = sheet->width - widths[0] - 2;
  bg_sheet_heading(sheet, heading);
  for (size_t i = 0; i < entries->count; i++) {
    const bg_dated *entry = &entries->items[i];
    bg_sheet_lines columns[2] = {0};
    bg_sheet_lines_add(sheet, &columns[0], entry->date);
    bg_sheet_lines_add(sheet, &columns[1], entry->text);
    for (size_t j = 0; j < entry->details.count; j++) {
      bg_sheet_lines_add(sheet, &columns[1],
                         bg_show_around(at, "  ", entry->details.items[j], ""));
    }
    bg_sheet_columns(sheet, columns, widths, 2, indents);
  }
}

// ---- the command -----------------------------------------------------------

typedef enum { OF_CONFLICT, OF_PARTY, OF_PERSON, OF_PLACE, OTHER } kind;

/// The classes of things that have pages, as the ontology orders them.
static const struct {
  const char *class_name;
  kind kind;
} classes[] = {
    {"Conflict", OF_CONFLICT},  {"War", OF_CONFLICT},
    {"Campaign", OF_CONFLICT},  {"Operation", OF_CONFLICT},
    {"Battle", OF_CONFLICT},    {"NavalBattle", OF_CONFLICT},
    {"AirBattle", OF_CONFLICT}, {"Siege", OF_CONFLICT},
    {"Raid", OF_CONFLICT},      {"Uprising", OF_CONFLICT},
    {"Party", OF_PARTY},        {"State", OF_PARTY},
    {"People", OF_PARTY},       {"MilitaryUnit", OF_PARTY},
    {"Ship", OF_PARTY},         {"Organization", OF_PARTY},
    {"Person", OF_PERSON},      {"Place", OF_PLACE},
};

/// What is no kind of its own is shown as it is stored.
static void
show_other(bg_showing *at, bg_term thing)
{
  const bg_facts *facts = bg_lookup_facts(at->lookup, thing);
  for (size_t i = 0; i < facts->count; i++) {
    bg_view words = bg_lookup_words(at->lookup, facts->predicates[i]);
    bg_sheet_field(&at->sheet, bg_arena_copy(at->sheet.arena, words).bytes,
                   bg_lookup_label(at->lookup, facts->objects[i]));
  }
}

static void
show_thing(bg_showing *at, bg_term thing)
{
  static void (*const show[])(bg_showing *, bg_term) = {
      [OF_CONFLICT] = bg_show_conflict,
      [OF_PARTY] = bg_show_party,
      [OF_PERSON] = bg_show_person,
      [OF_PLACE] = bg_show_place,
      [OTHER] = show_other,
  };
  bool is_kind[OTHER + 1] = {false};
  bool is_any = false;
  for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
    bg_term class_term =
        bg_term_of_name(at->sheet.arena, classes[i].class_name);
    if (bg_lookup_has(at->lookup, thing, "rdf:type", class_term)) {
      is_kind[classes[i].kind] = true;
      is_any = true;
    }
  }
  is_kind[OTHER] = !is_any;
  bg_sheet_title(&at->sheet, bg_lookup_label(at->lookup, thing));
  if (is_any) {
    bg_sheet_field(&at->sheet, "class", bg_lookup_class(at->lookup, thing));
  }
  for (size_t i = 0; i <= OTHER; i++) {
    if (is_kind[i]) {
      show[i](at, thing);
    }
  }
}

static bg_status
read_width(const bg_arguments *arguments, size_t *width, bg_error *err)
{
  const char *text = bg_option_value_of(arguments, "width");
  char *end = NULL;
  long number = text == NULL ? 0 : strtol(text, &end, 10);
  if (text != NULL &&
      (*text == '\0' || *end != '\0' || number < 1 || number > 10000)) {
    return bg_error_set(err, BG_MISUSED, "'%s' is no width", text);
  }
  *width = (size_t)number;
  return BG_OK;
}

static bg_status
run_show(const bg_arguments *arguments, bg_error *err)
{
  size_t width = 0;
  bg_store *store;
  BG_TRY(read_width(arguments, &width, err));
  BG_TRY(
      bg_store_open(arguments->operands[0], BG_STORE_READ, NULL, &store, err));
  bg_lookup lookup;
  bg_lookup_init(&lookup, store, bg_option_value_of(arguments, "base"),
                 bg_option_value_of(arguments, "language"), arguments->arena,
                 err);
  bg_showing at = {.lookup = &lookup};
  bg_sheet_init(&at.sheet, stdout, width, arguments->arena);
  bg_term thing;
  bg_status status = bg_lookup_resolve(&lookup, arguments->operands[1], &thing);
  if (status == BG_OK) {
    show_thing(&at, thing);
    status = lookup.status;
  }
  bg_store_close(store, NULL);
  return status;
}

const bg_command bg_command_show = {
    .name = "show",
    .summary = "show a battle, a party, a person or a place",
    .operands = "STORE NAME",
    .least_operands = 2,
    .most_operands = 2,
    .options = options,
    .example = "  battlegraph show battles 'Battle of Cannae'\n"
               "  battlegraph show battles en:Hannibal\n",
    .run = run_show,
};
