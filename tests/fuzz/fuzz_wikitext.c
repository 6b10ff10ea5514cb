/// Any bytes are wikitext: the tree's nodes lie in the text, children in their
/// parents, one after another.

#include "wikitext/wikitext.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
check_siblings(const bg_node *first, bg_view around)
{
  const char *end = around.bytes;
  for (const bg_node *node = first; node != NULL; node = node->next) {
    if (node->source.bytes < end ||
        node->source.bytes + node->source.size > around.bytes + around.size) {
      abort();
    }
    end = node->source.bytes + node->source.size;
  }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  bg_arena *arena = bg_arena_new();
  bg_view text = bg_arena_copy(arena, (bg_view){(const char *)bytes, size});
  bg_node *tree = bg_wikitext_parse(text, arena);
  check_siblings(tree, text);
  bg_walk walk = {.node = tree, .arena = arena};
  for (const bg_node *node; (node = bg_wikitext_next(&walk)) != NULL;) {
    check_siblings(node->children, node->source);
    if (node->kind == BG_NODE_TEMPLATE) {
      bg_wikitext_argument(node, BG_VIEW("1"));
    }
  }
  bg_arena_free(arena);
  return 0;
}
