/// What is true of every tree of wikitext, whatever was read.

#ifndef BG_TESTS_WIKITEXT_TREE_H
#define BG_TESTS_WIKITEXT_TREE_H

#include "wikitext/parser.h"

/// The offset in `text` where the view ends.
static inline size_t
tree_end(bg_view text, bg_view view)
{
  return (size_t)(view.bytes + view.size - text.bytes);
}

static inline size_t
tree_start(bg_view text, bg_view view)
{
  return (size_t)(view.bytes - text.bytes);
}

/// Whether siblings are in order and inside of `limits`; and, where they must
/// `tile` it, without a gap.
static inline bool
tree_is_in_order(bg_view text, const bg_node *first, bg_view limits, bool tile)
{
  size_t at = tree_start(text, limits);
  for (const bg_node *node = first; node != NULL; node = node->next) {
    size_t start = tree_start(text, node->source);
    if (start < at || (tile && start != at)) {
      return false;
    }
    at = tree_end(text, node->source);
  }
  return at <= tree_end(text, limits) &&
         (!tile || at == tree_end(text, limits));
}

/// What is wrong with one node; NULL where nothing is.
static inline const char *
tree_fault_of_node(bg_view text, const bg_node *node)
{
  bool is_argument = node->kind == BG_NODE_ARGUMENT;
  bool is_body = node->kind == BG_NODE_EXTENSION && node->children != NULL;
  bg_view limits = is_argument || is_body ? node->inner : node->source;
  if (!tree_is_in_order(text, node->children, limits, is_argument || is_body)) {
    return "children out of place";
  }
  if (!tree_is_in_order(text, node->name_nodes, node->source, false)) {
    return "name out of place";
  }
  if (node->source.size == 0 && !is_argument) {
    return "an empty node";
  }
  if (node->kind != BG_NODE_TEMPLATE && node->kind != BG_NODE_PARAMETER) {
    return is_argument || node->name_nodes == NULL ? NULL : "nodes of a name";
  }
  for (const bg_node *each = node->children; each != NULL; each = each->next) {
    if (each->kind != BG_NODE_ARGUMENT || each->source.bytes[-1] != '|') {
      return "a template's child that is no argument";
    }
  }
  return NULL;
}

static inline const char *
tree_fault(bg_view text, const bg_node *first, bg_arena *arena)
{
  if (!tree_is_in_order(text, first, text, true)) {
    return "a top that does not cover the text";
  }
  bg_walk walk = {.node = first, .arena = arena};
  for (const bg_node *node; (node = bg_wikitext_next(&walk)) != NULL;) {
    const char *fault = tree_fault_of_node(text, node);
    if (fault != NULL) {
      return fault;
    }
  }
  return NULL;
}

static inline bool
tree_is_same(const bg_node *a, const bg_node *b, bg_arena *arena)
{
  bg_walk left = {.node = a, .arena = arena};
  bg_walk right = {.node = b, .arena = arena};
  for (;;) {
    a = bg_wikitext_next(&left);
    b = bg_wikitext_next(&right);
    if (a == NULL || b == NULL) {
      return a == b;
    }
    if (a->kind != b->kind || a->form != b->form || a->level != b->level ||
        a->index != b->index || a->source.bytes != b->source.bytes ||
        a->source.size != b->source.size ||
        !bg_view_is_equal(a->name, b->name) ||
        !bg_view_is_equal(a->inner, b->inner)) {
      return false;
    }
  }
}

/// Reads the text with each classifier. Says what is wrong; NULL where nothing
/// is.
static inline const char *
tree_fault_of_text(bg_view text, bg_arena *arena)
{
  const bg_node *best =
      bg_wikitext_parse_with(text, arena, bg_classifier_best());
  const bg_node *portable =
      bg_wikitext_parse_with(text, arena, bg_classify_portable);
  const char *fault = tree_fault(text, portable, arena);
  if (fault == NULL && !tree_is_same(best, portable, arena)) {
    fault = "classifiers that do not agree";
  }
  return fault;
}

#endif
