#include "extract/extract.h"

#include "extract/page.h"
#include "extract/reader.h"
#include "extract/type.h"

/// The kinds of value that ontology/mappings names, and who reads them. Results
/// and commanders look at the parties, so parties are read first: `pass`.
static const struct {
  const char *kind;
  bg_value_reader *read; // NULL: known, and states nothing of its own
  unsigned pass;
  bool is_list; // a value may go on behind a stray "|"
} value_readers[] = {
    {"name", bg_read_name, 1, false},
    {"image", bg_read_image, 1, false},
    {"text", bg_read_text, 1, false},
    {"date", bg_read_date, 1, false},
    {"conflict-list", bg_read_conflicts, 1, true},
    {"place-list", bg_read_places, 1, true},
    {"coordinates", bg_read_coordinates, 1, false},
    {"latitude", bg_read_latitude, 1, false},
    {"latitude-minutes", NULL, 0, false}, // these stand with the latitude
    {"latitude-seconds", NULL, 0, false},
    {"latitude-hemisphere", NULL, 0, false},
    {"longitude", NULL, 0, false},
    {"longitude-minutes", NULL, 0, false},
    {"longitude-seconds", NULL, 0, false},
    {"longitude-hemisphere", NULL, 0, false},
    {"result", bg_read_result, 1, false},
    {"party-list", bg_read_parties, 0, true},
    {"supporter-list", bg_read_supporters, 0, true},
    {"commander-list", bg_read_commanders, 1, true},
    {"unit-list", bg_read_units, 1, true},
    {"strength-list", bg_read_strengths, 1, true},
    {"casualty-list", bg_read_casualties, 1, true},
    {"ally-list", bg_read_allies, 1, true},
    {"opponent-list", bg_read_opponents, 1, true},
    {"leader-list", bg_read_leaders, 1, true},
    {"fought-list", bg_read_fought, 1, true},
    {"ignored", NULL, 0, false},
};

enum { passes = 2 };

typedef struct {
  bg_value *items;
  size_t count;
  size_t capacity;
} value_list;

// ---- one infobox -----------------------------------------------------------

static size_t
find_reader(bg_view kind)
{
  size_t count = sizeof value_readers / sizeof *value_readers;
  for (size_t i = 0; i < count; i++) {
    if (bg_view_is_equal(kind, bg_view_of(value_readers[i].kind))) {
      return i;
    }
  }
  return count;
}

/// The parameters that the mapping knows and that have a value; counts the
/// sides by their parties.
static value_list
map_parameters(bg_infobox_reader *box)
{
  value_list values = {0};
  bg_page_reader *page = box->page;
  for (size_t i = 0; i < box->infobox->parameter_count; i++) {
    const bg_parameter *parameter = &box->infobox->parameters[i];
    unsigned side;
    const bg_mapping *mapping =
        bg_lexicon_mapping(page->lexicon, box->name, parameter->name, &side);
    if (bg_view_trim(parameter->value).size == 0) {
      continue;
    }
    if (mapping == NULL) {
      bg_remark_add(page, "unknown-parameter", parameter->name,
                    parameter->name);
      continue;
    }
    if (side > box->side_count &&
        bg_view_is_equal(mapping->property, BG_VIEW("bg:belligerent"))) {
      box->side_count = side;
    }
    BG_PUSH(page->arena, &values) = (bg_value){
        .box = box, .parameter = parameter, .mapping = mapping, .side = side};
  }
  return values;
}

/// "status" overrides "result" where both are given (Module:Infobox military
/// conflict).
static bool
is_overridden(const value_list *values, const bg_value *value)
{
  if (!bg_view_is_equal(value->mapping->parameter, BG_VIEW("result"))) {
    return false;
  }
  for (size_t i = 0; i < values->count; i++) {
    if (bg_view_is_equal(values->items[i].mapping->parameter,
                         BG_VIEW("status"))) {
      return true;
    }
  }
  return false;
}

static bool
states_anything(const value_list *values)
{
  for (size_t i = 0; i < values->count; i++) {
    if (!bg_view_is_equal(values->items[i].mapping->reader,
                          BG_VIEW("ignored"))) {
      return true;
    }
  }
  return false;
}

static void
read_infobox(bg_page_reader *page, const bg_infobox *infobox, bg_view canonical)
{
  bg_infobox_reader box = {
      .page = page,
      .infobox = infobox,
      .name = canonical,
      .first_claim = page->findings->claims.count,
      .conflict = page->findings->conflict_count,
      .confidence = infobox->is_recovered ? 0.7 : 0.95,
  };
  bg_map_init(&box.units, page->arena);
  value_list values = map_parameters(&box);
  if (!states_anything(&values)) {
    return;
  }
  if (infobox->is_recovered) {
    bg_remark_add(page, "unclosed-infobox", infobox->name, infobox->name);
  }
  page->findings->conflict_count++;
  for (unsigned pass = 0; pass < passes; pass++) {
    for (size_t i = 0; i < values.count; i++) {
      const bg_value *value = &values.items[i];
      size_t reader = find_reader(value->mapping->reader);
      if (reader < sizeof value_readers / sizeof *value_readers &&
          value_readers[reader].read != NULL &&
          (value_readers[reader].is_list || !value->parameter->is_stray) &&
          value_readers[reader].pass == pass &&
          !is_overridden(&values, value)) {
        value_readers[reader].read(value);
      }
    }
  }
  bg_settle_fighters(&box);
  bg_claim_type(&box);
}

bg_findings
bg_extract(bg_article *article, const bg_lexicon *lexicon, bg_arena *arena)
{
  bg_findings findings = {.title = article->title,
                          .language = article->language,
                          .wiki = article->wiki,
                          .revision = article->revision,
                          .timestamp = article->timestamp,
                          .text = article->text};
  bg_page_reader page = {.article = article,
                         .lexicon = lexicon,
                         .arena = arena,
                         .findings = &findings};
  bg_map_init(&page.authors, arena);
  for (size_t i = 0; i < article->infobox_count; i++) {
    const bg_entry *entry =
        bg_lexicon_template(lexicon, article->infoboxes[i].name);
    if (bg_entry_is_infobox(entry, article->infoboxes[i].is_flat)) {
      bg_infobox_open(&article->infoboxes[i], arena);
      read_infobox(&page, &article->infoboxes[i], entry->values[1]);
    } else if (bg_entry_is(entry, "campaignbox")) {
      bg_infobox_open(&article->infoboxes[i], arena);
      bg_read_campaignbox(&page, &article->infoboxes[i]);
    }
  }
  bg_claim_page_position(&page);
  return findings;
}
