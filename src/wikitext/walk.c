#include "wikitext/wikitext.h"

struct bg_walk_frame {
  struct bg_walk_frame *up;
  const bg_node *node;
  bool in_name; ///< it is among the node's name nodes
};

typedef struct bg_walk_frame frame;

static void
go_down(bg_walk *walk, const bg_node *to, bool in_name)
{
  frame *here = walk->spare;
  if (here == NULL) {
    here = BG_NEW(walk->arena, frame);
  } else {
    walk->spare = here->up;
  }
  *here = (frame){.up = walk->up, .node = walk->node, .in_name = in_name};
  walk->up = here;
  walk->node = to;
}

/// Goes to what follows `walk->node`, whose nodes below have been seen.
static void
go_on(bg_walk *walk)
{
  while (walk->node->next == NULL && walk->up != NULL) {
    frame *left = walk->up;
    walk->up = left->up;
    walk->node = left->node;
    left->up = walk->spare;
    walk->spare = left;
    if (left->in_name && walk->node->children != NULL) {
      go_down(walk, walk->node->children, false);
      return;
    }
  }
  walk->node = walk->node->next;
}

const bg_node *
bg_wikitext_next(bg_walk *walk)
{
  bool skip = walk->skip_children;
  walk->skip_children = false;
  if (!walk->started) {
    walk->started = true;
  } else if (walk->node == NULL) {
    return NULL;
  } else if (!skip && walk->node->name_nodes != NULL) {
    go_down(walk, walk->node->name_nodes, true);
  } else if (!skip && walk->node->children != NULL) {
    go_down(walk, walk->node->children, false);
  } else {
    go_on(walk);
  }
  return walk->node;
}
