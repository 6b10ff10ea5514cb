#include "wikitext/wikitext.h"

/// The number that `name` is, as MediaWiki counts arguments: without zeros
/// before it. 0 where it is none.
static uint32_t
read_index(bg_view name)
{
  uint32_t index = 0;
  if (name.size == 0 || name.size > 9 || name.bytes[0] == '0') {
    return 0;
  }
  for (size_t i = 0; i < name.size; i++) {
    if (!bg_is_digit(name.bytes[i])) {
      return 0;
    }
    index = index * 10 + (uint32_t)(name.bytes[i] - '0');
  }
  return index;
}

const bg_node *
bg_wikitext_argument(const bg_node *template_node, bg_view name)
{
  uint32_t index = read_index(name);
  const bg_node *last = NULL;
  for (const bg_node *node = template_node->children; node != NULL;
       node = node->next) {
    bool is_it = node->index == 0 ? bg_view_is_equal(node->name, name)
                                  : node->index == index;
    if (is_it) {
      last = node;
    }
  }
  return last;
}
