/// A conflict: its facts, its sides beside each other, and what happened.

#include "cli/show.h"

#include "base/utf8.h"

#include <stdlib.h>

enum {
  least_column = 24, // with less room, sides go beneath each other
  side_indent = 2,
  deeper_indent = 4, // of lines that go on
};

// ---- numbers ---------------------------------------------------------------

/// An xsd:integer with commas between its thousands.
static bg_view
say_number(bg_showing *at, bg_view digits)
{
  bg_buffer text;
  bg_buffer_init(&text);
  for (size_t i = 0; i < digits.size; i++) {
    bool is_joint =
        i > 0 && (digits.size - i) % 3 == 0 && bg_is_digit(digits.bytes[i - 1]);
    bg_buffer_append(&text, is_joint ? BG_VIEW(",") : BG_VIEW(""));
    bg_buffer_append_byte(&text, digits.bytes[i]);
  }
  bg_view said = bg_arena_copy(at->sheet.arena, bg_buffer_view(&text));
  bg_buffer_release(&text);
  return said;
}

/// The least or the greatest of the values, which the store has as text.
static bg_view
bound(bg_showing *at, bg_term estimate, const char *property, bool is_least)
{
  bg_terms values = bg_lookup_values(at->lookup, estimate, property);
  return values.count == 0
             ? BG_VIEW("")
             : bg_lookup_label(at->lookup,
                               values.items[is_least ? 0 : values.count - 1]);
}

/// "about 1,000 to 2,000"; empty where no number is stated.
static bg_view
say_amount(bg_showing *at, bg_term estimate)
{
  bg_arena *arena = at->sheet.arena;
  bg_view least = say_number(at, bound(at, estimate, "minimum", true));
  bg_view most = say_number(at, bound(at, estimate, "maximum", false));
  bool is_circa =
      bg_lookup_value(at->lookup, estimate, "approximate").kind != BG_TERM_NONE;
  const char *about = is_circa ? "about " : "";
  if (least.size == 0 && most.size == 0) {
    return BG_VIEW("");
  }
  if (bg_view_is_equal(least, most)) {
    return bg_show_around(at, about, least, "");
  }
  if (most.size == 0) {
    return bg_arena_format(arena, "at least %s%.*s", about,
                           BG_VIEW_ARGS(least));
  }
  if (least.size == 0) {
    return bg_arena_format(arena, "up to %s%.*s", about, BG_VIEW_ARGS(most));
  }
  return bg_arena_format(arena, "%s%.*s to %.*s", about, BG_VIEW_ARGS(least),
                         BG_VIEW_ARGS(most));
}

/// What was counted: the measure in words, without the "count" of
/// bg:KilledCount.
static bg_view
say_measure(bg_showing *at, bg_term estimate, bool is_one)
{
  const bg_view count = BG_VIEW(" count");
  bg_view words = bg_show_word(at, estimate, "measure");
  if (bg_view_has_suffix(words, count)) {
    words.size -= count.size;
  }
  size_t end = bg_view_find_byte(words, ' ', 0);
  end = end == BG_NOWHERE ? words.size : end;
  bg_view noun = bg_view_slice(words, 0, end);
  bg_view rest = bg_view_slice(words, end, words.size);
  if (!is_one || !bg_view_has_suffix(noun, BG_VIEW("s")) ||
      bg_view_is_equal(noun, BG_VIEW("corps"))) {
    return words;
  }
  bool is_y = bg_view_has_suffix(noun, BG_VIEW("ies"));
  noun.size -= is_y ? 3 : 1;
  const bg_view parts[] = {noun, is_y ? BG_VIEW("y") : BG_VIEW(""), rest};
  return bg_arena_concat(at->sheet.arena, parts, 3);
}

/// "70,000 killed (Roman army; according to Polybius)". A measure that is none
/// of the ontology's is said in the words of the text.
static bg_view
say_estimate(bg_showing *at, bg_term estimate)
{
  bg_view amount = say_amount(at, estimate);
  bg_view measure =
      say_measure(at, estimate, bg_view_is_equal(amount, BG_VIEW("1")));
  bg_view stated = bg_show_values(at, estimate, "stated");
  bool is_other = bg_view_has_prefix(measure, BG_VIEW("other "));
  bg_view text = amount;
  if (stated.size > 0 && (is_other || amount.size == 0)) {
    text = stated;
  } else if (!is_other) {
    const bg_view parts[] = {
        amount,
        amount.size > 0 && measure.size > 0 ? BG_VIEW(" ") : BG_VIEW(""),
        measure,
    };
    text = bg_arena_concat(at->sheet.arena, parts, 3);
  }
  const bg_view notes[] = {
      bg_show_values(at, estimate, "ofParty"),
      bg_show_values(at, estimate, "phase"),
      bg_show_around(at, "according to ",
                     bg_show_values(at, estimate, "accordingTo"), ""),
  };
  bg_view note = BG_VIEW("");
  for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
    const char *joint = note.size > 0 && notes[i].size > 0 ? "; " : "";
    note = bg_arena_format(at->sheet.arena, "%.*s%s%.*s", BG_VIEW_ARGS(note),
                           joint, BG_VIEW_ARGS(notes[i]));
  }
  return bg_arena_join(at->sheet.arena, text,
                       bg_show_around(at, " (", note, ")"));
}

static void
add_estimates(bg_showing *at, bg_term whole, const char *property,
              bg_sheet_lines *lines)
{
  bg_terms estimates = bg_lookup_values(at->lookup, whole, property);
  for (size_t i = 0; i < estimates.count; i++) {
    bg_sheet_lines_add(&at->sheet, lines, say_estimate(at, estimates.items[i]));
  }
}

// ---- what stands in a side's column ----------------------------------------

static void
add_labels(bg_showing *at, bg_term side, const char *property,
           bg_sheet_lines *lines)
{
  bg_terms things = bg_lookup_values(at->lookup, side, property);
  for (size_t i = 0; i < things.count; i++) {
    bg_sheet_lines_add(&at->sheet, lines,
                       bg_lookup_label(at->lookup, things.items[i]));
  }
}

/// The parties in the order of the article, then those that no participation
/// names.
static void
add_parties(bg_showing *at, bg_term side, const char *property,
            bg_sheet_lines *lines)
{
  bg_lookup *lookup = at->lookup;
  bg_terms nodes = bg_lookup_values(lookup, side, "participation");
  bg_map seen;
  bg_map_init(&seen, at->sheet.arena);
  for (size_t i = 0; i < nodes.count; i++) {
    bg_term party = bg_lookup_value(lookup, nodes.items[i], "party");
    if (bg_lookup_has(lookup, side, property, party)) {
      bg_map_set(&seen, bg_lookup_key(lookup, &party), at);
      bg_sheet_lines_add(
          &at->sheet, lines,
          bg_arena_join(
              at->sheet.arena, bg_lookup_label(lookup, party),
              bg_show_around(
                  at, " (", bg_show_values(at, nodes.items[i], "phase"), ")")));
    }
  }
  bg_terms parties = bg_lookup_values(lookup, side, property);
  for (size_t i = 0; i < parties.count; i++) {
    bg_view key = bg_lookup_key(lookup, &parties.items[i]);
    if (bg_map_find(&seen, key) == NULL) {
      bg_sheet_lines_add(&at->sheet, lines,
                         bg_lookup_label(lookup, parties.items[i]));
    }
  }
}

/// "Gen. Mario Menéndez (Argentina; until 14 June), captured"
static bg_view
say_command(bg_showing *at, bg_term command, bool are_parties)
{
  bg_view party =
      are_parties ? bg_show_values(at, command, "forParty") : BG_VIEW("");
  bg_view phase = bg_show_values(at, command, "phase");
  const char *joint = party.size > 0 && phase.size > 0 ? "; " : "";
  bg_view note =
      bg_arena_format(at->sheet.arena, "%.*s%s%.*s", BG_VIEW_ARGS(party), joint,
                      BG_VIEW_ARGS(phase));
  const bg_view parts[] = {
      bg_show_around(at, "", bg_show_values(at, command, "rank"), " "),
      bg_show_values(at, command, "person"),
      bg_show_around(at, " (", note, ")"),
      bg_show_around(at, " of ", bg_show_values(at, command, "unitCommanded"),
                     ""),
      bg_show_around(at, ", ", bg_show_values(at, command, "fate"), ""),
  };
  return bg_arena_concat(at->sheet.arena, parts, sizeof parts / sizeof *parts);
}

static void
add_commanders(bg_showing *at, bg_term side, const char *property,
               bg_sheet_lines *lines)
{
  bg_lookup *lookup = at->lookup;
  bg_terms commands = bg_lookup_values(lookup, side, "command");
  // Whose a commander is needs saying where a side has several parties.
  bool are_parties = bg_lookup_values(lookup, side, "belligerent").count +
                         bg_lookup_values(lookup, side, "supporter").count >
                     1;
  bg_map seen;
  bg_map_init(&seen, at->sheet.arena);
  for (size_t i = 0; i < commands.count; i++) {
    bg_term person = bg_lookup_value(lookup, commands.items[i], "person");
    bg_map_set(&seen, bg_lookup_key(lookup, &person), at);
    bg_sheet_lines_add(&at->sheet, lines,
                       say_command(at, commands.items[i], are_parties));
  }
  bg_terms persons = bg_lookup_values(lookup, side, property);
  for (size_t i = 0; i < persons.count; i++) {
    bg_view key = bg_lookup_key(lookup, &persons.items[i]);
    if (bg_map_find(&seen, key) == NULL) {
      bg_sheet_lines_add(&at->sheet, lines,
                         bg_lookup_label(lookup, persons.items[i]));
    }
  }
}

static const struct {
  const char *heading;
  const char *property;
  void (*add)(bg_showing *at, bg_term side, const char *property,
              bg_sheet_lines *lines);
} sections[] = {
    {"Belligerents", "belligerent", add_parties},
    {"Supporters", "supporter", add_parties},
    {"Commanders", "commander", add_commanders},
    {"Units", "unit", add_labels},
    {"Strength", "strength", add_estimates},
    {"Casualties", "casualties", add_estimates},
};

// ---- the sides -------------------------------------------------------------

/// Sides by their numbers.
static bg_terms
read_sides(bg_showing *at, bg_term conflict)
{
  bg_terms found = bg_lookup_values(at->lookup, conflict, "side");
  bg_terms sides = {0};
  // Few: a conflict has as many sides as its infobox has columns.
  for (size_t i = 0; i < found.count; i++) {
    BG_PUSH(at->sheet.arena, &sides) = found.items[i];
    bg_term side = found.items[i];
    bg_term index = bg_lookup_value(at->lookup, side, "index");
    size_t place = i;
    for (; place > 0; place--) {
      bg_term before =
          bg_lookup_value(at->lookup, sides.items[place - 1], "index");
      if (bg_term_compare(&before, &index) <= 0) {
        break;
      }
      sides.items[place] = sides.items[place - 1];
    }
    sides.items[place] = side;
  }
  return sides;
}

/// "Side 1: Allies, won"
static bg_view
side_heading(bg_showing *at, bg_term side, size_t number)
{
  bg_view index = bg_show_values(at, side, "index");
  if (index.size == 0) {
    index = bg_arena_format(at->sheet.arena, "%zu", number);
  }
  const bg_view parts[] = {
      BG_VIEW("Side "),
      index,
      bg_show_around(at, ": ", bg_show_values(at, side, "rdfs:label"), ""),
      bg_show_around(at, ", ", bg_show_word(at, side, "outcome"), ""),
  };
  return bg_arena_concat(at->sheet.arena, parts, sizeof parts / sizeof *parts);
}

/// One section of some sides: a heading, then each side's lines in its column.
static void
show_section(bg_showing *at, size_t section, const bg_term *sides,
             const size_t *widths, size_t count)
{
  static const size_t indents[2] = {side_indent, deeper_indent};
  bg_sheet_lines *columns =
      BG_NEW_ARRAY(at->sheet.arena, bg_sheet_lines, count + 1);
  bool is_any = false;
  for (size_t i = 0; i < count; i++) {
    sections[section].add(at, sides[i], sections[section].property,
                          &columns[i]);
    is_any = is_any || columns[i].count > 0;
  }
  if (is_any) {
    fprintf(at->sheet.out, "%s\n", sections[section].heading);
    bg_sheet_columns(&at->sheet, columns, widths, count, indents);
  }
}

/// As many sides as find room beside each other, then the next ones.
static void
show_sides(bg_showing *at, bg_term conflict)
{
  static const size_t indents[2] = {0, 0};
  bg_terms sides = read_sides(at, conflict);
  size_t room = (at->sheet.width + 2) / (least_column + 2);
  size_t together = room == 0 ? 1 : sides.count < room ? sides.count : room;
  size_t *widths = BG_NEW_ARRAY(at->sheet.arena, size_t, together + 1);
  for (size_t first = 0; first < sides.count; first += together) {
    size_t count =
        sides.count - first < together ? sides.count - first : together;
    bg_sheet_lines *columns =
        BG_NEW_ARRAY(at->sheet.arena, bg_sheet_lines, count + 1);
    for (size_t i = 0; i < count; i++) {
      widths[i] = (at->sheet.width + 2) / together - 2;
      bg_sheet_lines_add(
          &at->sheet, &columns[i],
          side_heading(at, sides.items[first + i], first + i + 1));
    }
    fputc('\n', at->sheet.out);
    bg_sheet_columns(&at->sheet, columns, widths, count, indents);
    bg_sheet_rule(&at->sheet, widths, count);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
      show_section(at, i, sides.items + first, widths, count);
    }
  }
}

// ---- places ----------------------------------------------------------------

/// How many of `places` the place lies within. The walk ends where a hierarchy
/// runs in a circle.
static size_t
count_wholes(bg_showing *at, bg_term place, const bg_map *places)
{
  enum { farthest = 64 };
  bg_map seen;
  bg_map_init(&seen, at->sheet.arena);
  bg_terms reached = {0};
  BG_PUSH(at->sheet.arena, &reached) = place;
  bg_map_set(&seen, bg_lookup_key(at->lookup, &place), at);
  size_t count = 0;
  for (size_t i = 0; i < reached.count && i < farthest; i++) {
    bg_terms wholes = bg_lookup_values(at->lookup, reached.items[i], "within");
    for (size_t j = 0; j < wholes.count; j++) {
      bg_view key = bg_lookup_key(at->lookup, &wholes.items[j]);
      if (bg_map_add(&seen, key, at)) {
        BG_PUSH(at->sheet.arena, &reached) = wholes.items[j];
        count += bg_map_find(places, key) != NULL;
      }
    }
  }
  return count;
}

typedef struct {
  bg_view label;
  size_t depth;
} deep_place;

static int
compare_places(const void *left, const void *right)
{
  const deep_place *a = left;
  const deep_place *b = right;
  if (a->depth != b->depth) {
    return a->depth > b->depth ? -1 : 1;
  }
  return bg_view_compare_natural(a->label, b->label);
}

/// "Cannae, Apulia, Italy": the innermost first.
static bg_view
say_places(bg_showing *at, bg_term conflict)
{
  bg_terms places = bg_lookup_values(at->lookup, conflict, "place");
  bg_map all;
  bg_map_init(&all, at->sheet.arena);
  for (size_t i = 0; i < places.count; i++) {
    bg_map_set(&all, bg_lookup_key(at->lookup, &places.items[i]), at);
  }
  deep_place *deep =
      BG_NEW_ARRAY(at->sheet.arena, deep_place, places.count + 1);
  for (size_t i = 0; i < places.count; i++) {
    deep[i] = (deep_place){
        bg_lookup_label(at->lookup, places.items[i]),
        count_wholes(at, places.items[i], &all),
    };
  }
  qsort(deep, places.count, sizeof *deep, compare_places);
  bg_sheet_lines lines = {0};
  for (size_t i = 0; i < places.count; i++) {
    bg_sheet_lines_add(&at->sheet, &lines, deep[i].label);
  }
  return bg_sheet_lines_join(&at->sheet, &lines, BG_ALL_OF_THEM);
}

// ---- what happened ---------------------------------------------------------

/// "siege: Umayyad Caliphate, Turgesh → Aksu, at Kashgar"
static bg_view
say_event(bg_showing *at, bg_term event)
{
  bg_view agents = bg_show_values(at, event, "agent");
  bg_view patients = bg_show_values(at, event, "patient");
  const bg_view parts[] = {
      bg_lookup_class(at->lookup, event),
      agents.size + patients.size > 0 ? BG_VIEW(": ") : BG_VIEW(""),
      agents,
      bg_show_around(at, agents.size > 0 ? " → " : "→ ", patients, ""),
      bg_show_around(at, ", at ", bg_show_values(at, event, "place"), ""),
  };
  return bg_arena_concat(at->sheet.arena, parts, sizeof parts / sizeof *parts);
}

static void
show_events(bg_showing *at, bg_term conflict)
{
  bg_terms events = bg_lookup_values(at->lookup, conflict, "event");
  bg_dated_list entries = {0};
  for (size_t i = 0; i < events.count; i++) {
    bg_dated *entry = bg_show_add_dated(at, &entries, events.items[i],
                                        say_event(at, events.items[i]));
    bg_sheet_lines_add(
        &at->sheet, &entry->details,
        bg_show_around(at, "“", bg_show_values(at, events.items[i], "stated"),
                       "”"));
  }
  bg_show_dated(at, "Events", &entries);
}

static void
show_alliances(bg_showing *at, bg_term conflict)
{
  bg_terms alliances = bg_lookup_values(at->lookup, conflict, "alliance");
  bg_dated_list entries = {0};
  for (size_t i = 0; i < alliances.count; i++) {
    bg_show_add_dated(at, &entries, alliances.items[i],
                      bg_show_values(at, alliances.items[i], "member"));
  }
  bg_show_dated(at, "Alliances", &entries);
}

/// The conflicts that say they are part of this one, and those that its
/// campaign box lists.
static void
show_parts(bg_showing *at, bg_term conflict)
{
  bg_terms parts = bg_lookup_subjects(at->lookup, "partOf", conflict);
  bg_terms members = bg_lookup_values(at->lookup, conflict, "campaignMember");
  bg_dated_list entries = {0};
  bg_map seen;
  bg_map_init(&seen, at->sheet.arena);
  for (size_t i = 0; i < parts.count + members.count; i++) {
    bg_term part =
        i < parts.count ? parts.items[i] : members.items[i - parts.count];
    if (bg_map_add(&seen, bg_lookup_key(at->lookup, &part), at)) {
      bg_show_add_dated(at, &entries, part, bg_lookup_label(at->lookup, part));
    }
  }
  bg_show_dated(at, "Parts", &entries);
}

void
bg_show_conflict(bg_showing *at, bg_term conflict)
{
  const bg_sheet *sheet = &at->sheet;
  bg_view label = bg_lookup_label(at->lookup, conflict);
  bg_view name = bg_show_values(at, conflict, "name");
  bg_view result = bg_show_values(at, conflict, "result");
  if (!bg_view_is_equal(name, label)) {
    bg_sheet_field(sheet, "name", name);
  }
  bg_sheet_field(sheet, "date", bg_show_date(at, conflict));
  bg_sheet_field(sheet, "place", say_places(at, conflict));
  bg_sheet_field(sheet, "part of", bg_show_values(at, conflict, "partOf"));
  bg_sheet_field(sheet, "cause", bg_show_values(at, conflict, "cause"));
  bg_sheet_field(sheet, "result",
                 result.size > 0 ? result
                                 : bg_show_word(at, conflict, "outcome"));
  bg_sheet_field(sheet, "territory", bg_show_values(at, conflict, "territory"));
  show_sides(at, conflict);

  bg_sheet_lines joint = {0};
  static const size_t indents[2] = {side_indent, deeper_indent};
  add_estimates(at, conflict, "jointCasualties", &joint);
  if (joint.count > 0) {
    bg_sheet_heading(sheet, "Joint casualties");
  }
  bg_sheet_columns(sheet, &joint, &sheet->width, 1, indents);
  show_alliances(at, conflict);
  show_events(at, conflict);
  show_parts(at, conflict);
}
