#include "store/order.h"

#include <assert.h>
#include <string.h>

enum { SUBJECT, PREDICATE, OBJECT, GRAPH };

static const unsigned char orders[BG_ORDER_COUNT][BG_PARTS] = {
    [BG_SPOG] = {SUBJECT, PREDICATE, OBJECT, GRAPH},
    [BG_POSG] = {PREDICATE, OBJECT, SUBJECT, GRAPH},
    [BG_OSPG] = {OBJECT, SUBJECT, PREDICATE, GRAPH},
    [BG_GSPO] = {GRAPH, SUBJECT, PREDICATE, OBJECT},
    [BG_GPOS] = {GRAPH, PREDICATE, OBJECT, SUBJECT},
    [BG_GOSP] = {GRAPH, OBJECT, SUBJECT, PREDICATE},
};

/// By which of subject (1), predicate (2) and object (4) are given.
static const bg_order order_of_given[8] = {BG_SPOG, BG_SPOG, BG_POSG, BG_SPOG,
                                           BG_OSPG, BG_OSPG, BG_POSG, BG_SPOG};

static bg_id
part_of(const bg_quad *quad, unsigned part)
{
  switch (part) {
  case SUBJECT:
    return quad->subject;
  case PREDICATE:
    return quad->predicate;
  case OBJECT:
    return quad->object;
  default:
    return quad->graph;
  }
}

bg_key
bg_key_of(bg_order order, const bg_quad *quad)
{
  bg_key key;
  for (int i = 0; i < BG_PARTS; i++) {
    key.parts[i] = part_of(quad, orders[order][i]);
  }
  return key;
}

/// Where subject, predicate, object and graph are in a key.
static const unsigned char places[BG_ORDER_COUNT][BG_PARTS] = {
    [BG_SPOG] = {0, 1, 2, 3}, [BG_POSG] = {2, 0, 1, 3},
    [BG_OSPG] = {1, 2, 0, 3}, [BG_GSPO] = {1, 2, 3, 0},
    [BG_GPOS] = {3, 1, 2, 0}, [BG_GOSP] = {2, 3, 1, 0},
};

bg_quad
bg_key_quad(bg_order order, const bg_key *key)
{
  const unsigned char *place = places[order];
  return (bg_quad){key->parts[place[SUBJECT]], key->parts[place[PREDICATE]],
                   key->parts[place[OBJECT]], key->parts[place[GRAPH]]};
}

bg_order
bg_order_for(const bg_pattern *pattern, unsigned *given)
{
  unsigned has_subject = pattern->quad.subject != BG_NO_ID;
  unsigned has_predicate = pattern->quad.predicate != BG_NO_ID;
  unsigned has_object = pattern->quad.object != BG_NO_ID;
  bg_order order =
      order_of_given[has_subject | has_predicate << 1 | has_object << 2];
  *given = has_subject + has_predicate + has_object;
  if (!pattern->in_graph) {
    return order;
  }
  ++*given;
  return order == BG_SPOG ? BG_GSPO : order == BG_POSG ? BG_GPOS : BG_GOSP;
}

// ---- sorting ---------------------------------------------------------------

/// Sorts by one byte of one part, keeping the order of equals.
static void
sort_by_byte(const bg_quad *from, bg_quad *to, size_t count, unsigned part,
             unsigned shift, const size_t *counts)
{
  size_t starts[256];
  size_t start = 0;
  for (size_t i = 0; i < 256; i++) {
    starts[i] = start;
    start += counts[i];
  }
  for (size_t i = 0; i < count; i++) {
    to[starts[part_of(&from[i], part) >> shift & 0xFF]++] = from[i];
  }
}

/// Sorts by one part, keeping the order of equals: byte by byte from the
/// lowest, but for bytes in which all agree. Linear in `count`.
static void
sort_by_part(bg_quad *quads, size_t count, unsigned part, bg_quad *scratch)
{
  size_t counts[8][256];
  memset(counts, 0, sizeof counts);
  for (size_t i = 0; i < count; i++) {
    bg_id id = part_of(&quads[i], part);
    for (unsigned byte = 0; byte < 8; byte++) {
      counts[byte][id >> 8 * byte & 0xFF]++;
    }
  }
  bg_quad *from = quads;
  bg_quad *to = scratch;
  for (unsigned byte = 0; byte < 8 && count > 0; byte++) {
    if (counts[byte][part_of(&quads[0], part) >> 8 * byte & 0xFF] == count) {
      continue;
    }
    sort_by_byte(from, to, count, part, 8 * byte, counts[byte]);
    bg_quad *swapped = from;
    from = to;
    to = swapped;
  }
  if (from != quads) {
    memcpy(quads, from, count * sizeof *quads);
  }
}

static size_t
drop_doubles(bg_quad *quads, size_t count)
{
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    if (kept == 0 || memcmp(&quads[kept - 1], &quads[i], sizeof *quads) != 0) {
      quads[kept++] = quads[i];
    }
  }
  return kept;
}

size_t
bg_quads_sort(bg_quad *quads, size_t count, bg_quad *scratch)
{
  sort_by_part(quads, count, GRAPH, scratch);
  sort_by_part(quads, count, OBJECT, scratch);
  sort_by_part(quads, count, PREDICATE, scratch);
  sort_by_part(quads, count, SUBJECT, scratch);
  return drop_doubles(quads, count);
}

const bg_order bg_order_chain[BG_ORDER_COUNT] = {BG_SPOG, BG_OSPG, BG_POSG,
                                                 BG_GPOS, BG_GSPO, BG_GOSP};

/// Equals keep their order: SPOG by its objects is OSPG, and so on.
void
bg_quads_resort(bg_quad *quads, size_t count, bg_order to, bg_quad *scratch)
{
  static const unsigned char first[BG_ORDER_COUNT] = {
      [BG_OSPG] = OBJECT,  [BG_POSG] = PREDICATE, [BG_GPOS] = GRAPH,
      [BG_GSPO] = SUBJECT, [BG_GOSP] = OBJECT,
  };
  assert(to != bg_order_chain[0]);
  sort_by_part(quads, count, first[to], scratch);
  if (to == BG_GSPO || to == BG_GOSP) {
    sort_by_part(quads, count, GRAPH, scratch);
  }
}
