/// What kind of conflict it is: by its title, and by what fought there.

#include "extract/type.h"

/// Which arms the strengths and losses count, and for whom.
typedef struct {
  bool ships[BG_SIDES + 1];
  bool aircraft[BG_SIDES + 1];
  bool others[BG_SIDES + 1]; // men, guns, formations
} arms;

typedef struct {
  bg_view type;
  bg_view words; // of the title
} titled_type;

/// The class that the longest known words of the title name; empty for none.
static titled_type
type_of_title(const bg_page_reader *page)
{
  bg_view title = page->article->title;
  titled_type found = {0};
  size_t at;
  size_t length;
  const bg_entry *entry;
  for (size_t from = 0;
       (entry = bg_lexicon_search(page->lexicon, BG_WORDS_CONFLICT_TYPES, title,
                                  from, &at, &length)) != NULL;
       from = at + length) {
    if (length > found.words.size) {
      found.words = bg_view_slice(title, at, at + length);
      found.type = entry->values[0];
    }
  }
  return found;
}

static void
count_arm(arms *counted, const bg_claim *claim)
{
  bg_view measure = claim->estimate.measure;
  unsigned side = claim->side <= BG_SIDES ? claim->side : 0;
  bool is_ship = bg_view_has_prefix(measure, BG_VIEW("Ships")) ||
                 bg_view_has_prefix(measure, BG_VIEW("Submarines"));
  bool is_aircraft = bg_view_has_prefix(measure, BG_VIEW("Aircraft"));
  counted->ships[side] |= is_ship;
  counted->aircraft[side] |= is_aircraft;
  counted->others[side] |=
      !is_ship && !is_aircraft && claim->kind == BG_CLAIM_STRENGTH;
}

static bool
is_of_any_side(const bool *sides)
{
  for (unsigned side = 0; side <= BG_SIDES; side++) {
    if (sides[side]) {
      return true;
    }
  }
  return false;
}

/// Whether the name of a place or a title has a word of waters in it.
static bool
names_water(const bg_page_reader *page, bg_view name)
{
  bg_view rest = name;
  bg_view word;
  while (bg_view_next_part(&rest, ' ', &word)) {
    const bg_entry *entry =
        bg_lexicon_find(page->lexicon, BG_WORDS_PLACES, word);
    if (entry != NULL && bg_view_is_equal(entry->values[0], BG_VIEW("water"))) {
      return true;
    }
  }
  return false;
}

static bool
is_at_sea(const bg_infobox_reader *box)
{
  const bg_claim_list *claims = &box->page->findings->claims;
  if (names_water(box->page, box->page->article->title)) {
    return true;
  }
  for (size_t i = box->first_claim; i < claims->count; i++) {
    if (claims->items[i].kind == BG_CLAIM_PLACE &&
        names_water(box->page, claims->items[i].thing.title)) {
      return true;
    }
  }
  return false;
}

/// Sides with one of them, and without the other.
static size_t
count_sides(const bool *with, const bool *without)
{
  size_t count = 0;
  for (unsigned side = 1; side <= BG_SIDES; side++) {
    count += with[side] && !without[side];
  }
  return count;
}

/// Whatever its title, a battle is a naval one where nothing but ships and
/// aircraft fought, or at sea where one side had nothing else; one in the air
/// where both sides had aircraft and one of them nothing else.
static bg_view
refine_battle(const bg_infobox_reader *box)
{
  arms counted = {0};
  const bg_claim_list *claims = &box->page->findings->claims;
  for (size_t i = box->first_claim; i < claims->count; i++) {
    if (claims->items[i].kind == BG_CLAIM_STRENGTH ||
        claims->items[i].kind == BG_CLAIM_CASUALTIES) {
      count_arm(&counted, &claims->items[i]);
    }
  }
  bool has_ships = is_of_any_side(counted.ships);
  static const bool nothing[BG_SIDES + 1] = {false};
  if (has_ships &&
      (!is_of_any_side(counted.others) ||
       (is_at_sea(box) && count_sides(counted.ships, counted.others) > 0))) {
    return BG_VIEW("NavalBattle");
  }
  bool is_in_air = !has_ships && count_sides(counted.aircraft, nothing) > 1 &&
                   count_sides(counted.aircraft, counted.others) > 0;
  return is_in_air ? BG_VIEW("AirBattle") : BG_VIEW("Battle");
}

void
bg_claim_type(const bg_infobox_reader *box)
{
  bg_page_reader *page = box->page;
  titled_type found = type_of_title(page);
  bool is_refined = bg_view_is_equal(found.type, BG_VIEW("Battle"));
  bg_view type = is_refined ? refine_battle(box) : found.type;
  size_t start = bg_offset_of(page, box->infobox->name);
  BG_PUSH(page->arena, &page->findings->claims) = (bg_claim){
      .kind = BG_CLAIM_TYPE,
      .conflict = box->conflict,
      .value = type.size > 0 ? type : BG_VIEW("Conflict"),
      .start = start,
      .end = start + box->infobox->name.size,
      .rule = BG_VIEW("conflict-types"),
      .confidence = type.size > 0 ? 0.95 : 0.5,
      .section = BG_VIEW("infobox"),
  };
  if (type.size == 0) {
    bg_remark_add(page, "unknown-type", page->article->title,
                  box->infobox->name);
  }
}
