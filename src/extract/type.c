/// What kind of conflict it is: by its title, and by what fought there.

#include "extract/type.h"

/// Which arms the strengths and losses count, and for whom.
typedef struct {
  bool ships[BG_SIDES + 1];
  bool aircraft[BG_SIDES + 1];
  bool men[BG_SIDES + 1];    // who may be crews
  bool others[BG_SIDES + 1]; // guns, tanks, formations
} arms;

typedef struct {
  bg_view type;
  bg_view words; // of the title
} titled_type;

/// The class that the longest known words of the title name; empty for none.
static titled_type
type_of_words(const bg_page_reader *page, bg_view title)
{
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

/// The title without its parenthesis tells, else the parenthesis: "Battle of
/// Sitka (Insurrection)" is a battle.
static titled_type
type_of_title(const bg_page_reader *page)
{
  bg_view title = page->article->title;
  size_t bracket = bg_view_find(title, BG_VIEW(" ("), 0);
  titled_type found = type_of_words(page, bg_view_slice(title, 0, bracket));
  return found.type.size > 0 ? found : type_of_words(page, title);
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
  if (!is_ship && !is_aircraft && claim->kind == BG_CLAIM_STRENGTH) {
    bool is_men = bg_view_is_equal(measure, BG_VIEW("Troops")) ||
                  bg_view_is_equal(measure, BG_VIEW("Infantry")) ||
                  bg_view_is_equal(measure, BG_VIEW("Guns"));
    counted->men[side] |= is_men;
    counted->others[side] |= !is_men;
  }
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

/// How much of the place is water: by the title, else by the places.
typedef struct {
  bool any;
  bool only;
} waters;

static waters
waters_of(const bg_infobox_reader *box)
{
  const bg_claim_list *claims = &box->page->findings->claims;
  size_t places = 0;
  size_t wet = 0;
  for (size_t i = box->first_claim; i < claims->count; i++) {
    if (claims->items[i].kind == BG_CLAIM_PLACE) {
      places++;
      wet += bg_name_has_water(box->page, claims->items[i].thing.title);
    }
  }
  return (waters){
      .any = wet > 0 || bg_name_has_water(box->page, box->page->article->title),
      .only = places > 0 && wet == places,
  };
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
/// aircraft fought; at sea, where one side had nothing else, where both had
/// ships and else only crews and guns, or where no land is named. It is one in
/// the air where both sides had aircraft and one of them nothing else.
static bg_view
refine_battle(const bg_infobox_reader *box)
{
  static const bool nothing[BG_SIDES + 1] = {false};
  arms counted = {0};
  const bg_claim_list *claims = &box->page->findings->claims;
  for (size_t i = box->first_claim; i < claims->count; i++) {
    if (claims->items[i].kind == BG_CLAIM_STRENGTH ||
        claims->items[i].kind == BG_CLAIM_CASUALTIES) {
      count_arm(&counted, &claims->items[i]);
    }
  }
  bool on_land[BG_SIDES + 1];
  for (unsigned side = 0; side <= BG_SIDES; side++) {
    on_land[side] = counted.men[side] || counted.others[side];
  }
  waters water = waters_of(box);
  bool has_ships = is_of_any_side(counted.ships);
  bool is_at_sea =
      water.only || (water.any && (count_sides(counted.ships, on_land) > 0 ||
                                   (count_sides(counted.ships, nothing) > 1 &&
                                    !is_of_any_side(counted.others))));
  if (has_ships && (!is_of_any_side(on_land) || is_at_sea)) {
    return BG_VIEW("NavalBattle");
  }
  bool is_in_air = !has_ships && count_sides(counted.aircraft, nothing) > 1 &&
                   count_sides(counted.aircraft, on_land) > 0;
  return is_in_air ? BG_VIEW("AirBattle") : BG_VIEW("Battle");
}

/// The words of the title in the page's text; the infobox's name where the text
/// does not have them.
static bg_view
source_of_title(const bg_infobox_reader *box, bg_view words)
{
  enum { head_size = 8000 }; // bytes; a title stands at the beginning
  bg_view text = bg_view_slice(box->page->article->text, 0, head_size);
  size_t at = bg_view_find(text, box->page->article->title, 0);
  if (words.size == 0 || at == BG_NOWHERE) {
    return box->infobox->name;
  }
  size_t offset = (size_t)(words.bytes - box->page->article->title.bytes);
  return bg_view_slice(text, at + offset, at + offset + words.size);
}

void
bg_claim_type(const bg_infobox_reader *box)
{
  bg_page_reader *page = box->page;
  titled_type found = type_of_title(page);
  bg_view type = found.type;
  if (type.size == 0 || bg_view_is_equal(type, BG_VIEW("Battle"))) {
    bg_view refined = refine_battle(box);
    bool tells = !bg_view_is_equal(refined, BG_VIEW("Battle"));
    type = tells ? refined : type;
  }
  if (bg_view_is_equal(box->name, BG_VIEW("Infobox war faction"))) {
    type = BG_VIEW("Party");
  }
  bg_view source = source_of_title(box, found.words);
  size_t start = bg_offset_of(page, source);
  BG_PUSH(page->arena, &page->findings->claims) = (bg_claim){
      .kind = BG_CLAIM_TYPE,
      .conflict = box->conflict,
      .value = type.size > 0 ? type : BG_VIEW("Conflict"),
      .start = start,
      .end = start + source.size,
      .rule = BG_VIEW("conflict-types"),
      .confidence = type.size > 0 ? 0.95 : 0.5,
      .section = source.bytes == box->infobox->name.bytes ? BG_VIEW("infobox")
                                                          : BG_VIEW("title"),
  };
  if (type.size == 0) {
    bg_remark_add(page, "unknown-type", page->article->title,
                  box->infobox->name);
  }
}
