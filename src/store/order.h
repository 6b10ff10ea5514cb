/// The orders in which quads are kept, and sorting by them. Of the room's own.

#ifndef BG_STORE_ORDER_H
#define BG_STORE_ORDER_H

#include "store/store.h"

enum { BG_ORDER_COUNT = 6, BG_PARTS = 4 };

/// With these, whatever of a pattern is given stands first in one of them, with
/// the graph and without. Where it is without, the graph is last, so that the
/// same statement of several graphs stands together.
typedef enum {
  BG_SPOG,
  BG_POSG,
  BG_OSPG,
  BG_GSPO,
  BG_GPOS,
  BG_GOSP,
} bg_order;

/// A quad in an order of its own: the parts as they are compared.
typedef struct {
  bg_id parts[BG_PARTS];
} bg_key;

bg_key bg_key_of(bg_order order, const bg_quad *quad);
bg_quad bg_key_quad(bg_order order, const bg_key *key);

static inline int
bg_key_compare(const bg_key *a, const bg_key *b)
{
  for (int i = 0; i < BG_PARTS; i++) {
    if (a->parts[i] != b->parts[i]) {
      return a->parts[i] < b->parts[i] ? -1 : 1;
    }
  }
  return 0;
}

/// The order that begins with what a pattern gives, and how many parts that is.
bg_order bg_order_for(const bg_pattern *pattern, unsigned *given);

/// Sorts by subject, predicate, object and graph, and drops what stands twice.
/// Returns how many are left.
size_t bg_quads_sort(bg_quad *quads, size_t count, bg_quad *scratch);

/// The orders so that each comes cheaply from the one before it.
extern const bg_order bg_order_chain[BG_ORDER_COUNT];

/// From quads in the order before `to` in the chain to `to`. `scratch` has room
/// for as many.
void bg_quads_resort(bg_quad *quads, size_t count, bg_order to,
                     bg_quad *scratch);

#endif
