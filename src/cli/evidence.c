#include "cli/evidence.h"

#include <stdlib.h>

/// Evidence on its way to a list: the nodes, in any order, some of them twice.
typedef struct {
  bg_evidences *known;
  bg_lookup *lookup;
  bg_terms nodes;
} gathering;

void
bg_evidences_init(bg_evidences *evidences, bg_lookup *lookup)
{
  *evidences = (bg_evidences){.lookup = lookup};
  bg_map_init(&evidences->direct, lookup->arena);
  bg_map_init(&evidences->careers, lookup->arena);
}

static void
gather_terms(gathering *at, const bg_terms *nodes)
{
  for (size_t i = 0; i < nodes->count; i++) {
    BG_PUSH(at->lookup->arena, &at->nodes) = nodes->items[i];
  }
}

/// What a node such as a participation or an estimate points to.
static void
gather_of_node(gathering *at, bg_term node)
{
  bg_terms nodes = bg_lookup_values(at->lookup, node, "evidence");
  gather_terms(at, &nodes);
}

// ---- direct statements -----------------------------------------------------

static bg_view
pair_key(bg_lookup *lookup, bg_term predicate, bg_term object)
{
  return bg_arena_format(lookup->arena, "%.*s %.*s",
                         BG_VIEW_ARGS(predicate.text),
                         BG_VIEW_ARGS(bg_lookup_key(lookup, &object)));
}

/// All evidence that names `subject`, by predicate and object.
static bg_map *
direct_evidence(gathering *at, bg_term subject)
{
  bg_lookup *lookup = at->lookup;
  bg_view subject_key = bg_lookup_key(lookup, &subject);
  bg_map *direct = bg_map_find(&at->known->direct, subject_key);
  if (direct != NULL) {
    return direct;
  }
  direct = BG_NEW(lookup->arena, bg_map);
  bg_map_init(direct, lookup->arena);
  bg_map_set(&at->known->direct, subject_key, direct);
  bg_terms nodes = bg_lookup_subjects(lookup, "rdf:subject", subject);
  for (size_t i = 0; i < nodes.count; i++) {
    bg_term predicate =
        bg_lookup_value(lookup, nodes.items[i], "rdf:predicate");
    bg_term object = bg_lookup_value(lookup, nodes.items[i], "rdf:object");
    bg_view key = pair_key(lookup, predicate, object);
    bg_terms *same = bg_map_find(direct, key);
    if (same == NULL) {
      same = BG_NEW(lookup->arena, bg_terms);
      bg_map_set(direct, key, same);
    }
    BG_PUSH(lookup->arena, same) = nodes.items[i];
  }
  return direct;
}

static void
gather_direct(gathering *at, bg_term subject, bg_term predicate, bg_term object)
{
  const bg_terms *nodes = bg_map_find(direct_evidence(at, subject),
                                      pair_key(at->lookup, predicate, object));
  if (nodes != NULL) {
    gather_terms(at, nodes);
  }
}

/// The same for each value of a property.
static void
gather_property(gathering *at, bg_term subject, const char *property)
{
  bg_terms values = bg_lookup_values(at->lookup, subject, property);
  bg_term predicate = bg_term_of_name(at->lookup->arena, property);
  for (size_t i = 0; i < values.count; i++) {
    gather_direct(at, subject, predicate, values.items[i]);
  }
}

// ---- short cuts ------------------------------------------------------------

/// The nodes on a side that have `object` in a role.
static void
gather_of_side(gathering *at, bg_term side, const char *nodes_of,
               const char *role, bg_term object)
{
  bg_terms nodes = bg_lookup_values(at->lookup, side, nodes_of);
  for (size_t i = 0; i < nodes.count; i++) {
    if (bg_lookup_has(at->lookup, nodes.items[i], role, object)) {
      gather_of_node(at, nodes.items[i]);
    }
  }
}

static void
derive_party(gathering *at, bg_term side, bg_term party)
{
  gather_of_side(at, side, "participation", "party", party);
}

static void
derive_commander(gathering *at, bg_term side, bg_term person)
{
  gather_of_side(at, side, "command", "person", person);
}

static void
derive_participant(gathering *at, bg_term conflict, bg_term party)
{
  bg_terms sides = bg_lookup_values(at->lookup, conflict, "side");
  for (size_t i = 0; i < sides.count; i++) {
    derive_party(at, sides.items[i], party);
  }
}

static void
derive_commanded_in(gathering *at, bg_term person, bg_term conflict)
{
  bg_terms sides = bg_lookup_values(at->lookup, conflict, "side");
  for (size_t i = 0; i < sides.count; i++) {
    derive_commander(at, sides.items[i], person);
  }
}

static void
derive_fought_for(gathering *at, bg_term person, bg_term party)
{
  bg_terms commands = bg_lookup_subjects(at->lookup, "person", person);
  for (size_t i = 0; i < commands.count; i++) {
    if (bg_lookup_has(at->lookup, commands.items[i], "forParty", party)) {
      gather_of_node(at, commands.items[i]);
    }
  }
}

/// Who won and who lost follows from the victor, a draw from the outcome.
static void
derive_outcome(gathering *at, bg_term side, bg_term outcome)
{
  (void)outcome;
  bg_terms conflicts = bg_lookup_subjects(at->lookup, "side", side);
  for (size_t i = 0; i < conflicts.count; i++) {
    bool has_victor =
        bg_lookup_value(at->lookup, conflicts.items[i], "victor").kind !=
        BG_TERM_NONE;
    gather_property(at, conflicts.items[i], has_victor ? "victor" : "outcome");
  }
}

static void
derive_bounds(gathering *at, bg_term thing, bg_term bound)
{
  (void)bound;
  gather_property(at, thing, "edtf");
}

/// Latitude and longitude are stated by the same words.
static void
derive_geometry(gathering *at, bg_term thing, bg_term geometry)
{
  (void)geometry;
  gather_property(at, thing, "geo:lat");
}

// ---- who fought beside or against whom -------------------------------------

/// Where a party took part; sorted by conflict.
typedef struct {
  bg_term conflict;
  bg_term side;
  bg_term node; // the participation
} stint;

typedef struct {
  stint *items;
  size_t count;
  size_t capacity;
} career;

static int
compare_stints(const void *left, const void *right)
{
  const stint *a = left;
  const stint *b = right;
  int order = bg_term_compare(&a->conflict, &b->conflict);
  order = order != 0 ? order : bg_term_compare(&a->side, &b->side);
  return order != 0 ? order : bg_term_compare(&a->node, &b->node);
}

static const career *
career_of(gathering *at, bg_term party)
{
  bg_lookup *lookup = at->lookup;
  bg_view key = bg_lookup_key(lookup, &party);
  career *found = bg_map_find(&at->known->careers, key);
  if (found != NULL) {
    return found;
  }
  found = BG_NEW(lookup->arena, career);
  bg_map_set(&at->known->careers, key, found);
  bg_terms nodes = bg_lookup_subjects(lookup, "party", party);
  for (size_t i = 0; i < nodes.count; i++) {
    bg_terms sides =
        bg_lookup_subjects(lookup, "participation", nodes.items[i]);
    for (size_t j = 0; j < sides.count; j++) {
      bg_terms conflicts = bg_lookup_subjects(lookup, "side", sides.items[j]);
      for (size_t k = 0; k < conflicts.count; k++) {
        BG_PUSH(lookup->arena, found) =
            (stint){conflicts.items[k], sides.items[j], nodes.items[i]};
      }
    }
  }
  if (found->count > 0) {
    qsort(found->items, found->count, sizeof *found->items, compare_stints);
  }
  return found;
}

/// The participations of two parties in the same conflicts, on one side or on
/// two. Both careers are sorted, so one walk through both finds them.
static void
gather_pairs(gathering *at, bg_term party, bg_term other, bool is_same_side)
{
  const career *left = career_of(at, party);
  const career *right = career_of(at, other);
  size_t first = 0;
  for (size_t i = 0; i < left->count; i++) {
    const stint *a = &left->items[i];
    while (first < right->count &&
           bg_term_compare(&right->items[first].conflict, &a->conflict) < 0) {
      first++;
    }
    for (size_t j = first; j < right->count; j++) {
      const stint *b = &right->items[j];
      if (bg_term_compare(&b->conflict, &a->conflict) != 0) {
        break;
      }
      if ((bg_term_compare(&a->side, &b->side) == 0) == is_same_side) {
        gather_of_node(at, a->node);
        gather_of_node(at, b->node);
      }
    }
  }
}

static void
derive_ally(gathering *at, bg_term party, bg_term ally)
{
  gather_pairs(at, party, ally, true);
}

static void
derive_opponent(gathering *at, bg_term party, bg_term opponent)
{
  gather_pairs(at, party, opponent, false);
}

// ---- all of it -------------------------------------------------------------

/// What follows from other statements, and how to find those.
static const struct {
  const char *property;
  void (*derive)(gathering *at, bg_term subject, bg_term object);
} short_cuts[] = {
    {"belligerent", derive_party},
    {"supporter", derive_party},
    {"commander", derive_commander},
    {"participant", derive_participant},
    {"commandedIn", derive_commanded_in},
    {"foughtFor", derive_fought_for},
    {"alliedWith", derive_ally},
    {"foughtAgainst", derive_opponent},
    {"outcome", derive_outcome},
    {"earliest", derive_bounds},
    {"latest", derive_bounds},
    {"approximateDate", derive_bounds},
    {"calendar", derive_bounds},
    {"gsp:asWKT", derive_geometry},
};

/// Evidence hangs on its page: ".../en/Title#evidence/4", or, where each
/// revision has graphs of its own, ".../page/en/Title/revision/7#evidence/4".
static bg_view
article_of(bg_lookup *lookup, bg_term node)
{
  bg_view page =
      bg_view_slice(node.text, 0, bg_view_find_byte(node.text, '#', 0));
  size_t revision = bg_view_find(page, BG_VIEW("/revision/"), 0);
  page = bg_view_slice(page, 0, revision);
  const bg_view folder = BG_VIEW("/page/");
  size_t at = bg_view_find(page, folder, 0);
  if (revision != BG_NOWHERE && at != BG_NOWHERE) {
    page = bg_arena_join(lookup->arena, bg_view_of(lookup->base),
                         bg_view_slice(page, at + folder.size, page.size));
  }
  return bg_lookup_label(lookup, (bg_term){.kind = BG_TERM_IRI, .text = page});
}

static int
compare_evidence(const void *left, const void *right)
{
  const bg_evidence *a = left;
  const bg_evidence *b = right;
  int order = bg_view_compare_natural(a->article, b->article);
  if (order == 0 && a->begin != b->begin) {
    order = a->begin < b->begin ? -1 : 1;
  }
  return order != 0 ? order : bg_term_compare(&a->node, &b->node);
}

static bg_evidence_list
sort_evidence(bg_lookup *lookup, const bg_terms *nodes)
{
  bg_evidence_list list = {0};
  bg_map seen;
  bg_map_init(&seen, lookup->arena);
  for (size_t i = 0; i < nodes->count; i++) {
    bg_term node = nodes->items[i];
    if (bg_map_add(&seen, bg_lookup_key(lookup, &node), lookup)) {
      bg_view begin = bg_arena_copy(
          lookup->arena, bg_lookup_value(lookup, node, "begin").text);
      BG_PUSH(lookup->arena, &list) =
          (bg_evidence){.node = node,
                        .article = article_of(lookup, node),
                        .begin = strtoll(begin.bytes, NULL, 10)};
    }
  }
  if (list.count > 0) {
    qsort(list.items, list.count, sizeof *list.items, compare_evidence);
  }
  return list;
}

bg_evidence_list
bg_evidences_of(bg_evidences *evidences, const bg_statement *statement)
{
  bg_lookup *lookup = evidences->lookup;
  gathering at = {.known = evidences, .lookup = lookup};
  gather_direct(&at, statement->subject, statement->predicate,
                statement->object);
  gather_of_node(&at, statement->subject);
  gather_of_node(&at, statement->object);
  for (size_t i = 0; i < sizeof short_cuts / sizeof *short_cuts; i++) {
    bg_term property = bg_term_of_name(lookup->arena, short_cuts[i].property);
    if (bg_view_is_equal(property.text, statement->predicate.text)) {
      short_cuts[i].derive(&at, statement->subject, statement->object);
    }
  }
  return sort_evidence(lookup, &at.nodes);
}
