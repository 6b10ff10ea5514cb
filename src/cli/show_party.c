/// Parties, persons and places: the conflicts that they were in.

#include "cli/show.h"

enum { most_names = 8 }; // of a side, beside one party

/// The conflicts of a side: one, unless the store is strange.
static bg_terms
conflicts_of(bg_showing *at, bg_term side)
{
  return bg_lookup_subjects(at->lookup, "side", side);
}

/// "Battle of Cannae, lost"
static bg_view
say_conflict(bg_showing *at, bg_term conflict, bg_term side)
{
  return bg_arena_join(
      at->sheet.arena, bg_lookup_label(at->lookup, conflict),
      bg_show_around(at, ", ", bg_show_word(at, side, "outcome"), ""));
}

// ---- a party ---------------------------------------------------------------

/// Who fought on a side, but for `party` itself.
static void
add_members(bg_showing *at, bg_term side, bg_term party, bg_sheet_lines *names)
{
  static const char *const properties[] = {"belligerent", "supporter"};
  for (size_t i = 0; i < 2; i++) {
    bg_terms members = bg_lookup_values(at->lookup, side, properties[i]);
    for (size_t j = 0; j < members.count; j++) {
      if (bg_term_compare(&members.items[j], &party) != 0) {
        bg_sheet_lines_add(&at->sheet, names,
                           bg_lookup_label(at->lookup, members.items[j]));
      }
    }
  }
}

static void
add_fight(bg_showing *at, bg_dated_list *entries, bg_term conflict,
          bg_term side, bg_term party, bool is_supporter)
{
  bg_sheet_lines with = {0};
  bg_sheet_lines against = {0};
  bg_terms sides = bg_lookup_values(at->lookup, conflict, "side");
  for (size_t i = 0; i < sides.count; i++) {
    bool is_own = bg_term_compare(&sides.items[i], &side) == 0;
    add_members(at, sides.items[i], party, is_own ? &with : &against);
  }
  bg_dated *entry = bg_show_add_dated(at, entries, conflict,
                                      say_conflict(at, conflict, side));
  const bg_view details[] = {
      is_supporter ? BG_VIEW("as a supporter") : BG_VIEW(""),
      bg_show_around(at, "for ", bg_show_values(at, side, "rdfs:label"), ""),
      bg_show_around(at, "with ",
                     bg_sheet_lines_join(&at->sheet, &with, most_names), ""),
      bg_show_around(at, "against ",
                     bg_sheet_lines_join(&at->sheet, &against, most_names), ""),
  };
  for (size_t i = 0; i < sizeof details / sizeof *details; i++) {
    bg_sheet_lines_add(&at->sheet, &entry->details, details[i]);
  }
}

void
bg_show_party(bg_showing *at, bg_term party)
{
  static const char *const properties[] = {"belligerent", "supporter"};
  bg_dated_list entries = {0};
  bg_map seen;
  bg_map_init(&seen, at->sheet.arena);
  for (size_t i = 0; i < 2; i++) {
    bg_terms sides = bg_lookup_subjects(at->lookup, properties[i], party);
    for (size_t j = 0; j < sides.count; j++) {
      bg_terms conflicts = conflicts_of(at, sides.items[j]);
      for (size_t k = 0; k < conflicts.count; k++) {
        bg_term conflict = conflicts.items[k];
        bg_map_set(&seen, bg_lookup_key(at->lookup, &conflict), at);
        add_fight(at, &entries, conflict, sides.items[j], party, i == 1);
      }
    }
  }
  // An article about a unit or a faction names conflicts without their sides;
  // a unit is on a side without being one of its parties.
  bg_terms others = bg_lookup_values(at->lookup, party, "participant");
  bg_terms named = bg_lookup_subjects(at->lookup, "participant", party);
  for (size_t i = 0; i < named.count + others.count; i++) {
    bg_term conflict =
        i < named.count ? named.items[i] : others.items[i - named.count];
    if (bg_map_add(&seen, bg_lookup_key(at->lookup, &conflict), at)) {
      bg_show_add_dated(at, &entries, conflict,
                        bg_lookup_label(at->lookup, conflict));
    }
  }
  bg_show_dated(at, "Conflicts", &entries);
}

// ---- a person --------------------------------------------------------------

static void
add_command(bg_showing *at, bg_dated_list *entries, bg_term conflict,
            bg_term side, bg_term command)
{
  bg_sheet_lines parties = {0};
  add_members(at, side, (bg_term){0}, &parties);
  bg_view party = bg_show_values(at, command, "forParty");
  bg_dated *entry = bg_show_add_dated(at, entries, conflict,
                                      say_conflict(at, conflict, side));
  const bg_view details[] = {
      bg_show_around(at, "as ", bg_show_values(at, command, "rank"), ""),
      bg_show_around(at, "for ",
                     party.size > 0 ? party
                                    : bg_sheet_lines_join(&at->sheet, &parties,
                                                          most_names),
                     ""),
      bg_show_around(at, "at the head of ",
                     bg_show_values(at, command, "unitCommanded"), ""),
      bg_show_values(at, command, "phase"),
      bg_show_values(at, command, "fate"),
  };
  for (size_t i = 0; i < sizeof details / sizeof *details; i++) {
    bg_sheet_lines_add(&at->sheet, &entry->details, details[i]);
  }
}

/// The command of a person on a side; of kind BG_TERM_NONE where it is only
/// said that there was one.
static bg_term
command_on(bg_showing *at, bg_term side, const bg_terms *commands)
{
  for (size_t i = 0; i < commands->count; i++) {
    if (bg_lookup_has(at->lookup, side, "command", commands->items[i])) {
      return commands->items[i];
    }
  }
  return (bg_term){0};
}

void
bg_show_person(bg_showing *at, bg_term person)
{
  bg_sheet_field(&at->sheet, "fought for",
                 bg_show_values(at, person, "foughtFor"));
  bg_dated_list entries = {0};
  bg_terms commands = bg_lookup_subjects(at->lookup, "person", person);
  bg_terms sides = bg_lookup_subjects(at->lookup, "commander", person);
  for (size_t i = 0; i < sides.count; i++) {
    bg_terms conflicts = conflicts_of(at, sides.items[i]);
    for (size_t j = 0; j < conflicts.count; j++) {
      add_command(at, &entries, conflicts.items[j], sides.items[i],
                  command_on(at, sides.items[i], &commands));
    }
  }
  bg_show_dated(at, "Commanded in", &entries);
}

// ---- a place ---------------------------------------------------------------

/// All that the place lies within, the nearest first. What was met does not
/// come again, so a circle ends.
static bg_view
say_wholes(bg_showing *at, bg_term place)
{
  bg_map seen;
  bg_map_init(&seen, at->sheet.arena);
  bg_terms reached = {0};
  bg_sheet_lines labels = {0};
  BG_PUSH(at->sheet.arena, &reached) = place;
  bg_map_set(&seen, bg_lookup_key(at->lookup, &place), at);
  for (size_t i = 0; i < reached.count; i++) {
    bg_terms wholes = bg_lookup_values(at->lookup, reached.items[i], "within");
    for (size_t j = 0; j < wholes.count; j++) {
      if (bg_map_add(&seen, bg_lookup_key(at->lookup, &wholes.items[j]), at)) {
        BG_PUSH(at->sheet.arena, &reached) = wholes.items[j];
        bg_sheet_lines_add(&at->sheet, &labels,
                           bg_lookup_label(at->lookup, wholes.items[j]));
      }
    }
  }
  return bg_sheet_lines_join(&at->sheet, &labels, BG_ALL_OF_THEM);
}

void
bg_show_place(bg_showing *at, bg_term place)
{
  bg_dated_list entries = {0};
  bg_terms things = bg_lookup_subjects(at->lookup, "place", place);
  for (size_t i = 0; i < things.count; i++) {
    bg_term conflict =
        bg_lookup_value(at->lookup, things.items[i], "inConflict");
    bg_view label = bg_lookup_label(
        at->lookup, conflict.kind == BG_TERM_NONE ? things.items[i] : conflict);
    bg_dated *entry = bg_show_add_dated(at, &entries, things.items[i], label);
    bg_sheet_lines_add(&at->sheet, &entry->details,
                       conflict.kind == BG_TERM_NONE
                           ? bg_show_values(at, things.items[i], "result")
                           : bg_lookup_class(at->lookup, things.items[i]));
  }
  bg_sheet_field(&at->sheet, "within", say_wholes(at, place));
  bg_show_dated(at, "Conflicts", &entries);
}
