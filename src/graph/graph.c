#include "graph/graph.h"

#include "base/map.h"
#include "base/utf8.h"
#include "graph/terms.h"

#include <string.h>

enum {
  /// Sides' parties are paired for the short cuts only up to so many a side:
  /// the pairs grow with their square.
  paired_parties = 48,
  side_limit = 10,
};

/// The parts of a side that have numbers: "#side1/party/2".
typedef enum { PART_PARTY, PART_COMMAND, PART_STRENGTH, PART_CASUALTIES } part;

typedef struct {
  bg_term *items;
  size_t count;
  size_t capacity;
} term_list;

typedef struct {
  const bg_findings *findings;
  const bg_graph_options *options;
  const char *base;
  bg_arena *arena;
  bg_page_graph page;
  bg_map seen;        // statements, as text
  bg_view page_iri;   // of the page's title
  bg_view source_iri; // where the page can be read
  bg_view permalink;  // where this revision of it can
  size_t evidence_count;
  // of the conflict being stated:
  unsigned conflict;
  bg_term conflict_term;
  bool has_side[side_limit];
  unsigned part_counts[side_limit][PART_CASUALTIES + 1];
  term_list parties[side_limit]; // each once
} stater;

static bg_view
base_of(const bg_graph_options *options)
{
  return options->base == NULL ? BG_VIEW(BG_DEFAULT_BASE)
                               : bg_view_of(options->base);
}

// ---- statements ------------------------------------------------------------

/// Adds a statement that is not there yet. True when it was not.
static bool
state_in(stater *at, bg_term graph, bg_term subject, bg_term predicate,
         bg_term object)
{
  const bg_view parts[] = {
      subject.text,
      BG_VIEW(" "),
      predicate.text,
      object.kind == BG_TERM_IRI ? BG_VIEW(" <") : BG_VIEW(" "),
      object.text,
      BG_VIEW("^"),
      object.datatype,
      BG_VIEW("@"),
      object.language,
  };
  bg_view key = bg_arena_concat(at->arena, parts, sizeof parts / sizeof *parts);
  if (!bg_map_add(&at->seen, key, at)) {
    return false;
  }
  BG_PUSH(at->arena, &at->page.statements) =
      (bg_statement){.subject = subject,
                     .predicate = predicate,
                     .object = object,
                     .graph = at->options->graphs ? graph : (bg_term){0}};
  return true;
}

static void
state(stater *at, bg_term subject, const char *predicate, bg_term object)
{
  state_in(at, at->page.graphs[0], subject,
           bg_term_of_name(at->arena, predicate), object);
}

static void
state_type(stater *at, bg_term subject, const char *class_name)
{
  state(at, subject, "rdf:type", bg_term_of_name(at->arena, class_name));
}

static bg_term
text_literal(const stater *at, bg_view text)
{
  return bg_literal_in(text, at->findings->language);
}

/// A part of the conflict: its IRI and `path` in the fragment.
static bg_term
part_term(const stater *at, bg_view path)
{
  bg_view start = at->conflict_term.text;
  const char *joint = at->conflict == 0 ? "#" : "/";
  return bg_term_of_iri(bg_arena_join(
      at->arena, bg_arena_join(at->arena, start, bg_view_of(joint)), path));
}

static bg_term
side_term(const stater *at, unsigned side)
{
  return part_term(at, bg_arena_format(at->arena, "side%u", side));
}

/// The next numbered part of a side: "#side1/party/2".
static bg_term
next_part(stater *at, unsigned side, part kind)
{
  static const char *const names[] = {"party", "command", "strength",
                                      "casualties"};
  unsigned number = ++at->part_counts[side][kind];
  return part_term(
      at, side == 0 ? bg_arena_format(at->arena, "jointCasualties/%u", number)
                    : bg_arena_format(at->arena, "side%u/%s/%u", side,
                                      names[kind], number));
}

// ---- evidence --------------------------------------------------------------

/// Where a claim stands: an evidence node of its own, in the evidence graph.
static bg_term
state_evidence(stater *at, const bg_claim *claim)
{
  bg_arena *arena = at->arena;
  bg_term graph = at->page.graphs[1];
  bg_term node = bg_term_of_iri(bg_arena_join(
      arena, at->options->revisions ? at->page.graphs[0].text : at->page_iri,
      bg_arena_format(arena, "#evidence/%zu", ++at->evidence_count)));
  const struct {
    const char *predicate;
    bg_term object;
  } facts[] = {
      {"rdf:type", bg_term_of_name(arena, "Evidence")},
      {"quote",
       bg_literal(bg_view_slice(at->findings->text, claim->start, claim->end))},
      {"begin", bg_literal_integer(arena, (int64_t)claim->start)},
      {"finish", bg_literal_integer(arena, (int64_t)claim->end)},
      {"section", bg_literal(claim->section)},
      {"rule", bg_literal(claim->rule)},
      {"confidence",
       bg_literal_typed(arena,
                        bg_arena_format(arena, "%.2f", claim->confidence),
                        "xsd:decimal")},
      {"prov:wasDerivedFrom", bg_term_of_iri(at->permalink)},
  };
  for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
    state_in(at, graph, node, bg_term_of_name(arena, facts[i].predicate),
             facts[i].object);
  }
  return node;
}

/// A direct statement; its evidence names its three terms.
static void
state_direct(stater *at, const bg_claim *claim, bg_term subject,
             const char *predicate, bg_term object)
{
  bg_term property = bg_term_of_name(at->arena, predicate);
  bool is_new = state_in(at, at->page.graphs[0], subject, property, object);
  if (!is_new || !at->options->evidence) {
    return;
  }
  bg_term node = state_evidence(at, claim);
  bg_term graph = at->page.graphs[1];
  state_in(at, graph, node, bg_term_of_name(at->arena, "rdf:subject"), subject);
  state_in(at, graph, node, bg_term_of_name(at->arena, "rdf:predicate"),
           property);
  state_in(at, graph, node, bg_term_of_name(at->arena, "rdf:object"), object);
}

/// A node that a claim made points to its evidence.
static void
state_node_evidence(stater *at, const bg_claim *claim, bg_term subject)
{
  if (at->options->evidence) {
    bg_term node = state_evidence(at, claim);
    state_in(at, at->page.graphs[1], subject,
             bg_term_of_name(at->arena, "evidence"), node);
  }
}

// ---- things ----------------------------------------------------------------

/// The catalog's entry of a title of this wiki. False where there is none.
static bool
find_in_catalog(const stater *at, bg_view title, bg_catalog_entry *entry)
{
  const bg_catalog *catalog = at->options->catalog;
  return catalog != NULL &&
         bg_view_is_equal(bg_catalog_wiki(catalog), at->findings->wiki) &&
         bg_catalog_find(catalog, title, entry);
}

static void
state_item(stater *at, bg_term subject, uint64_t item)
{
  if (item > 0) {
    state(at, subject, "owl:sameAs",
          bg_term_of_iri(bg_arena_format(at->arena,
                                         "http://www.wikidata.org/entity/Q%llu",
                                         (unsigned long long)item)));
  }
}

/// OGC GeoSPARQL 1.0, 8.5.1: longitude first.
static bg_term
point_literal(const stater *at, double latitude, double longitude)
{
  bg_term north = bg_literal_degrees(at->arena, latitude);
  bg_term east = bg_literal_degrees(at->arena, longitude);
  return bg_literal_typed(at->arena,
                          bg_arena_format(at->arena, "POINT(%.*s %.*s)",
                                          BG_VIEW_ARGS(east.text),
                                          BG_VIEW_ARGS(north.text)),
                          "gsp:wktLiteral");
}

/// What the page that a link leads to says of itself.
static void
state_entry(stater *at, bg_term term, const bg_catalog_entry *entry)
{
  if (entry->kind.size > 0) {
    state(at, term, "rdf:type", bg_term_of_ontology(at->arena, entry->kind));
  }
  if (entry->has_position && bg_view_is_equal(entry->kind, BG_VIEW("Place"))) {
    state(at, term, "geo:lat", bg_literal_degrees(at->arena, entry->latitude));
    state(at, term, "geo:long",
          bg_literal_degrees(at->arena, entry->longitude));
    state(at, term, "gsp:asWKT",
          point_literal(at, entry->latitude, entry->longitude));
  }
  state_item(at, term, entry->item);
}

/// The resource of a thing, with its class and label. Where the catalog knows
/// the title, the thing is what that leads to.
static bg_term
thing_term(stater *at, bg_thing thing, const char *class_name)
{
  bg_catalog_entry entry;
  bg_view title = bg_utf8_upper_first(thing.title, at->arena);
  bool is_known = find_in_catalog(at, title, &entry);
  title = is_known ? entry.title : title;
  bg_term term =
      bg_term_of_title(at->arena, at->base, at->findings->wiki, title);
  state_type(at, term, class_name);
  state(at, term, "rdfs:label", text_literal(at, title));
  if (is_known) {
    state_entry(at, term, &entry);
  }
  return term;
}

/// False when the side has the party already.
static bool
add_party(stater *at, unsigned side, bg_term party)
{
  bg_view key = bg_arena_format(at->arena, "%u side of %.*s has %.*s", side,
                                BG_VIEW_ARGS(at->conflict_term.text),
                                BG_VIEW_ARGS(party.text));
  if (!bg_map_add(&at->seen, key, at)) {
    return false;
  }
  BG_PUSH(at->arena, &at->parties[side]) = party;
  return true;
}

// ---- claims about the conflict ---------------------------------------------

typedef void claim_stater(stater *at, const bg_claim *claim);

static void
state_class(stater *at, const bg_claim *claim)
{
  state_direct(at, claim, at->conflict_term, "rdf:type",
               bg_term_of_ontology(at->arena, claim->value));
}

/// The properties whose value is what the text says.
static void
state_text(stater *at, const bg_claim *claim)
{
  static const char *const properties[BG_CLAIM_KIND_COUNT] = {
      [BG_CLAIM_NAME] = "name",
      [BG_CLAIM_RESULT] = "result",
      [BG_CLAIM_TERRITORY] = "territory",
      [BG_CLAIM_CAUSE] = "cause",
  };
  state_direct(at, claim, at->conflict_term, properties[claim->kind],
               text_literal(at, claim->text));
}

static void
state_part_of(stater *at, const bg_claim *claim)
{
  bg_term whole = thing_term(at, claim->thing, "Conflict");
  if (!bg_view_is_equal(whole.text, at->conflict_term.text)) {
    state_direct(at, claim, at->conflict_term, "partOf", whole);
  }
}

static void
state_date(stater *at, const bg_claim *claim)
{
  bg_arena *arena = at->arena;
  bg_term conflict = at->conflict_term;
  const bg_date *date = &claim->date;
  bg_day earliest;
  bg_day latest;
  bg_date_bounds(date, &earliest, &latest);
  state_direct(at, claim, conflict, "edtf",
               bg_literal_typed(arena, bg_date_edtf(date, arena), "edtf:EDTF"));
  state_direct(at, claim, conflict, "start",
               bg_literal_day(arena, date->start));
  state(at, conflict, "earliest", bg_literal_day(arena, earliest));
  if (!date->is_open) {
    state_direct(at, claim, conflict, "end", bg_literal_day(arena, date->end));
    state(at, conflict, "latest", bg_literal_day(arena, latest));
  }
  if (date->approximate) {
    state(at, conflict, "approximateDate", bg_literal_true(arena));
  }
  if (date->calendar != BG_CALENDAR_UNSTATED) {
    state(at, conflict, "calendar",
          bg_term_of_name(arena, date->calendar == BG_CALENDAR_JULIAN
                                     ? "Julian"
                                     : "Gregorian"));
  }
}

static void
state_place(stater *at, const bg_claim *claim)
{
  state_direct(at, claim, at->conflict_term, "place",
               thing_term(at, claim->thing, "Place"));
}

static void
state_within(stater *at, const bg_claim *claim)
{
  bg_term inner = thing_term(at, claim->thing, "Place");
  bg_term outer = thing_term(at, claim->other, "Place");
  if (!bg_view_is_equal(inner.text, outer.text)) {
    state_direct(at, claim, inner, "within", outer);
  }
}

static void
state_position(stater *at, const bg_claim *claim)
{
  bg_arena *arena = at->arena;
  bg_term latitude = bg_literal_degrees(arena, claim->latitude);
  bg_term longitude = bg_literal_degrees(arena, claim->longitude);
  state_direct(at, claim, at->conflict_term, "geo:lat", latitude);
  state_direct(at, claim, at->conflict_term, "geo:long", longitude);
  state(at, at->conflict_term, "gsp:asWKT",
        point_literal(at, claim->latitude, claim->longitude));
}

/// The page's own position is a geometry only: geo:lat and geo:long are what
/// the infobox gives.
static void
state_page_position(stater *at, const bg_claim *claim)
{
  state_direct(at, claim, at->conflict_term, "gsp:asWKT",
               point_literal(at, claim->latitude, claim->longitude));
}

static void
state_campaign_member(stater *at, const bg_claim *claim)
{
  bg_term campaign = thing_term(at, claim->thing, "Conflict");
  bg_term member = thing_term(at, claim->other, "Conflict");
  if (!bg_view_is_equal(campaign.text, member.text)) {
    state_direct(at, claim, campaign, "campaignMember", member);
  }
}

// ---- claims about a party that has a page ----------------------------------

static void
state_ally(stater *at, const bg_claim *claim)
{
  bg_term party = thing_term(at, claim->thing, "Party");
  bool is_ally = claim->kind == BG_CLAIM_ALLY;
  const char *property = is_ally ? "alliedWith" : "foughtAgainst";
  state_direct(at, claim, at->conflict_term, property, party);
  state(at, party, property, at->conflict_term);
}

static void
state_fought_in(stater *at, const bg_claim *claim)
{
  state_direct(at, claim, thing_term(at, claim->thing, "Conflict"),
               "participant", at->conflict_term);
}

static void
state_leader(stater *at, const bg_claim *claim)
{
  state_direct(at, claim, thing_term(at, claim->thing, "Person"), "foughtFor",
               at->conflict_term);
}

// ---- claims about the result -----------------------------------------------

static void
state_outcome(stater *at, const bg_claim *claim)
{
  state_direct(at, claim, at->conflict_term, "outcome",
               bg_term_of_ontology(at->arena, claim->value));
  if (bg_view_is_equal(claim->value, BG_VIEW("Inconclusive"))) {
    for (unsigned side = 1; side < side_limit; side++) {
      if (at->has_side[side]) {
        state(at, side_term(at, side), "outcome",
              bg_term_of_name(at->arena, "Drew"));
      }
    }
  }
}

static void
state_victor(stater *at, const bg_claim *claim)
{
  state_direct(at, claim, at->conflict_term, "victor",
               side_term(at, claim->side));
  for (unsigned side = 1; side < side_limit; side++) {
    if (at->has_side[side]) {
      state(at, side_term(at, side), "outcome",
            bg_term_of_name(at->arena, side == claim->side ? "Won" : "Lost"));
    }
  }
}

static void
state_depiction(stater *at, const bg_claim *claim)
{
  bg_view address =
      bg_arena_format(at->arena, "https://%.*s.wikipedia.org/wiki/File:",
                      BG_VIEW_ARGS(at->findings->wiki));
  state_direct(
      at, claim, at->conflict_term, "depiction",
      bg_term_of_iri(bg_arena_join(at->arena, address,
                                   bg_title_segment(at->arena, claim->text))));
}

// ---- claims about a side ---------------------------------------------------

static void
state_phase_and_rank(stater *at, const bg_claim *claim, bg_term node)
{
  if (claim->phase.size > 0) {
    state(at, node, "phase", text_literal(at, claim->phase));
  }
  if (claim->rank.size > 0) {
    state(at, node, "rank", text_literal(at, claim->rank));
  }
}

static void
state_party(stater *at, const bg_claim *claim)
{
  bool is_supporter = bg_view_is_equal(claim->value, BG_VIEW("Supporter"));
  bg_term side = side_term(at, claim->side);
  bg_term party = thing_term(at, claim->thing, "Party");
  if (!add_party(at, claim->side, party)) {
    return; // named before: its first place says what it is
  }
  bg_term node = next_part(at, claim->side, PART_PARTY);
  state(at, side, is_supporter ? "supporter" : "belligerent", party);
  state(at, side, "participation", node);
  state_type(at, node, "Participation");
  state(at, node, "party", party);
  state(at, node, "role", bg_term_of_ontology(at->arena, claim->value));
  state_phase_and_rank(at, claim, node);
  state_node_evidence(at, claim, node);
  state(at, at->conflict_term, "participant", party);
}

static void
state_side_label(stater *at, const bg_claim *claim)
{
  state_direct(at, claim, side_term(at, claim->side), "rdfs:label",
               text_literal(at, claim->text));
}

static void
state_commander(stater *at, const bg_claim *claim)
{
  bg_term side = side_term(at, claim->side);
  bg_term person = thing_term(at, claim->thing, "Person");
  if (!state_in(at, at->page.graphs[0], side,
                bg_term_of_name(at->arena, "commander"), person)) {
    return; // named before
  }
  bg_term node = next_part(at, claim->side, PART_COMMAND);
  state(at, side, "command", node);
  state_type(at, node, "Command");
  state(at, node, "person", person);
  if (claim->other.title.size > 0) {
    bg_term party = thing_term(at, claim->other, "Party");
    state(at, node, "forParty", party);
    state(at, person, "foughtFor", party);
  }
  if (claim->value.size > 0) {
    state(at, node, "fate", bg_term_of_ontology(at->arena, claim->value));
  }
  state_phase_and_rank(at, claim, node);
  state_node_evidence(at, claim, node);
  state(at, person, "commandedIn", at->conflict_term);
}

static void
state_unit(stater *at, const bg_claim *claim)
{
  state_direct(at, claim, side_term(at, claim->side), "unit",
               thing_term(at, claim->thing, "MilitaryUnit"));
}

static void
state_estimate(stater *at, const bg_claim *claim, part kind,
               const char *class_name, bg_term whole, const char *property)
{
  const bg_estimate *estimate = &claim->estimate;
  bg_term node = next_part(at, claim->side, kind);
  state(at, whole, property, node);
  state_type(at, node, class_name);
  state(at, node, "measure", bg_term_of_ontology(at->arena, estimate->measure));
  if (estimate->has_minimum) {
    state(at, node, "minimum",
          bg_literal_integer(at->arena, estimate->minimum));
  }
  if (estimate->has_maximum) {
    state(at, node, "maximum",
          bg_literal_integer(at->arena, estimate->maximum));
  }
  if (estimate->approximate) {
    state(at, node, "approximate", bg_literal_true(at->arena));
  }
  if (claim->other.title.size > 0) {
    state(at, node, "ofParty", thing_term(at, claim->other, "Party"));
  }
  if (estimate->according_to.size > 0) {
    state(at, node, "accordingTo", text_literal(at, estimate->according_to));
  }
  if (claim->phase.size > 0) {
    state(at, node, "phase", text_literal(at, claim->phase));
  }
  state(at, node, "stated", text_literal(at, estimate->stated));
  state_node_evidence(at, claim, node);
}

static void
state_strength(stater *at, const bg_claim *claim)
{
  state_estimate(at, claim, PART_STRENGTH, "Strength",
                 side_term(at, claim->side), "strength");
}

static void
state_casualties(stater *at, const bg_claim *claim)
{
  bool is_joint = claim->side == 0;
  state_estimate(at, claim, PART_CASUALTIES, "Casualties",
                 is_joint ? at->conflict_term : side_term(at, claim->side),
                 is_joint ? "jointCasualties" : "casualties");
}

static claim_stater *const claim_staters[BG_CLAIM_KIND_COUNT] = {
    [BG_CLAIM_TYPE] = state_class,
    [BG_CLAIM_NAME] = state_text,
    [BG_CLAIM_PART_OF] = state_part_of,
    [BG_CLAIM_DATE] = state_date,
    [BG_CLAIM_PLACE] = state_place,
    [BG_CLAIM_WITHIN] = state_within,
    [BG_CLAIM_POSITION] = state_position,
    [BG_CLAIM_RESULT] = state_text,
    [BG_CLAIM_OUTCOME] = state_outcome,
    [BG_CLAIM_VICTOR] = state_victor,
    [BG_CLAIM_TERRITORY] = state_text,
    [BG_CLAIM_CAUSE] = state_text,
    [BG_CLAIM_DEPICTION] = state_depiction,
    [BG_CLAIM_PAGE_POSITION] = state_page_position,
    [BG_CLAIM_CAMPAIGN_MEMBER] = state_campaign_member,
    [BG_CLAIM_ALLY] = state_ally,
    [BG_CLAIM_OPPONENT] = state_ally,
    [BG_CLAIM_FOUGHT_IN] = state_fought_in,
    [BG_CLAIM_LEADER] = state_leader,
    [BG_CLAIM_SIDE_LABEL] = state_side_label,
    [BG_CLAIM_PARTY] = state_party,
    [BG_CLAIM_COMMANDER] = state_commander,
    [BG_CLAIM_UNIT] = state_unit,
    [BG_CLAIM_STRENGTH] = state_strength,
    [BG_CLAIM_CASUALTIES] = state_casualties,
};

// ---- the short cuts --------------------------------------------------------

static void
pair_parties(stater *at, const term_list *left, const term_list *right,
             const char *property)
{
  for (size_t i = 0; i < left->count && i < paired_parties; i++) {
    for (size_t j = 0; j < right->count && j < paired_parties; j++) {
      if (!bg_view_is_equal(left->items[i].text, right->items[j].text)) {
        state(at, left->items[i], property, right->items[j]);
      }
    }
  }
}

static void
state_short_cuts(stater *at)
{
  for (unsigned a = 1; a < side_limit; a++) {
    for (unsigned b = 1; b < side_limit; b++) {
      pair_parties(at, &at->parties[a], &at->parties[b],
                   a == b ? "alliedWith" : "foughtAgainst");
    }
  }
}

// ---- conflicts and pages ---------------------------------------------------

static void
state_head(stater *at)
{
  bg_arena *arena = at->arena;
  bg_view segment = bg_title_segment(arena, at->findings->title);
  bg_term conflict = at->conflict_term;
  state(at, conflict, "rdfs:label", text_literal(at, at->findings->title));
  state(at, conflict, "prov:wasDerivedFrom", bg_term_of_iri(at->source_iri));
  if (at->conflict == 0) {
    state(at, conflict, "schema:sameAs", bg_term_of_iri(at->source_iri));
  }
  bg_catalog_entry entry;
  if (at->conflict == 0 && find_in_catalog(at, at->findings->title, &entry)) {
    state_item(at, conflict, entry.item);
  }
  if (at->conflict == 0 &&
      bg_view_is_equal(at->findings->wiki, BG_VIEW("en"))) {
    state(at, conflict, "owl:sameAs",
          bg_term_of_iri(bg_arena_join(
              arena, BG_VIEW("http://dbpedia.org/resource/"), segment)));
  }
}

static void
state_sides(stater *at)
{
  for (unsigned side = 1; side < side_limit; side++) {
    if (!at->has_side[side]) {
      continue;
    }
    bg_term term = side_term(at, side);
    state(at, at->conflict_term, "side", term);
    state_type(at, term, "Side");
    state(at, term, "index", bg_literal_integer(at->arena, side));
    for (unsigned other = 1; other < side_limit; other++) {
      if (other != side && at->has_side[other]) {
        state(at, term, "opposes", side_term(at, other));
      }
    }
  }
}

static bool
is_of_side(const bg_claim *claim)
{
  return claim->kind >= BG_CLAIM_SIDE_LABEL && claim->side > 0 &&
         claim->side < side_limit;
}

static void
state_conflict(stater *at, unsigned conflict)
{
  const bg_claim_list *claims = &at->findings->claims;
  at->conflict = conflict;
  at->conflict_term = bg_term_of_iri(
      conflict == 0
          ? at->page_iri
          : bg_arena_format(at->arena, "%.*s#conflict%u",
                            BG_VIEW_ARGS(at->page_iri), conflict + 1));
  memset(at->has_side, 0, sizeof at->has_side);
  memset(at->part_counts, 0, sizeof at->part_counts);
  memset(at->parties, 0, sizeof at->parties);
  for (size_t i = 0; i < claims->count; i++) {
    const bg_claim *claim = &claims->items[i];
    if (claim->conflict == conflict && is_of_side(claim)) {
      at->has_side[claim->side] = true;
    }
  }
  state_head(at);
  state_sides(at);
  for (size_t i = 0; i < claims->count; i++) {
    const bg_claim *claim = &claims->items[i];
    bool needs_side = claim->kind >= BG_CLAIM_SIDE_LABEL &&
                      claim->kind != BG_CLAIM_CASUALTIES;
    if (claim->conflict == conflict && claim->side < side_limit &&
        (!needs_side || is_of_side(claim))) {
      claim_staters[claim->kind](at, claim);
    }
  }
  state_short_cuts(at);
}

/// Graph names stand beside the resources: ".../resource/" has ".../page/".
bg_term
bg_page_graph_name(const bg_graph_options *options, bg_view wiki, bg_view title,
                   uint64_t revision, bg_arena *arena)
{
  const bg_view resource = BG_VIEW("resource/");
  bg_view base = base_of(options);
  if (bg_view_has_suffix(base, resource)) {
    base = bg_view_slice(base, 0, base.size - resource.size);
  }
  bg_view segment = bg_title_segment(arena, title);
  bg_view graph =
      bg_arena_format(arena, "%.*spage/%.*s/%.*s", BG_VIEW_ARGS(base),
                      BG_VIEW_ARGS(wiki), BG_VIEW_ARGS(segment));
  return bg_term_of_iri(!options->revisions
                            ? graph
                            : bg_arena_format(arena, "%.*s/revision/%llu",
                                              BG_VIEW_ARGS(graph),
                                              (unsigned long long)revision));
}

/// Says of the page's graph which revision it states.
static void
state_revision(stater *at)
{
  const bg_findings *findings = at->findings;
  bg_term graph = at->page.graphs[0];
  if (findings->revision == 0 || !at->options->graphs) {
    return;
  }
  state(at, graph, "schema:version",
        bg_literal(bg_arena_format(at->arena, "%llu",
                                   (unsigned long long)findings->revision)));
  if (findings->timestamp.size > 0) {
    state(at, graph, "schema:dateModified",
          bg_literal_typed(at->arena, findings->timestamp, "xsd:dateTime"));
  }
  state(at, graph, "prov:wasDerivedFrom", bg_term_of_iri(at->permalink));
}

bg_page_graph
bg_graph_state(const bg_findings *findings, const bg_graph_options *options,
               bg_arena *arena)
{
  stater at = {
      .findings = findings,
      .options = options,
      .base = base_of(options).bytes,
      .arena = arena,
  };
  bg_map_init(&at.seen, arena);
  at.page_iri =
      bg_term_of_title(arena, at.base, findings->wiki, findings->title).text;
  at.source_iri =
      bg_arena_format(arena, "https://%.*s.wikipedia.org/wiki/%.*s",
                      BG_VIEW_ARGS(findings->wiki),
                      BG_VIEW_ARGS(bg_title_segment(arena, findings->title)));
  at.permalink =
      findings->revision == 0
          ? at.source_iri
          : bg_arena_format(arena,
                            "https://%.*s.wikipedia.org/w/index.php?oldid=%llu",
                            BG_VIEW_ARGS(findings->wiki),
                            (unsigned long long)findings->revision);
  bg_term graph = bg_page_graph_name(options, findings->wiki, findings->title,
                                     findings->revision, arena);
  at.page.graphs[0] = graph;
  at.page.graphs[1] =
      bg_term_of_iri(bg_arena_join(arena, graph.text, BG_VIEW("/evidence")));
  for (unsigned conflict = 0; conflict < findings->conflict_count; conflict++) {
    state_conflict(&at, conflict);
  }
  for (size_t i = 0; i < findings->claims.count; i++) {
    const bg_claim *claim = &findings->claims.items[i];
    if (claim->conflict == BG_OF_NO_CONFLICT) {
      claim_staters[claim->kind](&at, claim);
    }
  }
  if (at.page.statements.count > 0) {
    state_revision(&at);
  }
  return at.page;
}
