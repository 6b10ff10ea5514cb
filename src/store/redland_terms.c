/// Terms of ours as Redland's nodes, and back.

#include "store/redland_terms.h"

#include <stdio.h>
#include <string.h>

librdf_node *
bg_node_of_term(librdf_world *world, const bg_term *term)
{
  const unsigned char *text = (const unsigned char *)term->text.bytes;
  size_t size = term->text.size;
  switch (term->kind) {
  case BG_TERM_IRI:
    return librdf_new_node_from_counted_uri_string(world, text, size);
  case BG_TERM_BLANK:
    return librdf_new_node_from_counted_blank_identifier(world, text, size);
  case BG_TERM_LITERAL: {
    librdf_uri *datatype =
        term->datatype.size == 0
            ? NULL
            : librdf_new_uri2(world,
                              (const unsigned char *)term->datatype.bytes,
                              term->datatype.size);
    // Raptor copies the language up to a zero byte, whatever its size.
    char language[256];
    snprintf(language, sizeof language, "%.*s", BG_VIEW_ARGS(term->language));
    librdf_node *node = librdf_new_node_from_typed_counted_literal(
        world, text, size, language[0] == '\0' ? NULL : language,
        strlen(language), datatype);
    if (datatype != NULL) {
      librdf_free_uri(datatype);
    }
    return node;
  }
  case BG_TERM_NONE:
    break;
  }
  return NULL;
}

bg_term
bg_term_of_node(librdf_node *node, bg_arena *arena)
{
  size_t size = 0;
  const unsigned char *text;
  if (node == NULL) {
    return (bg_term){0};
  }
  if (librdf_node_is_resource(node)) {
    text = librdf_uri_as_counted_string(librdf_node_get_uri(node), &size);
    return (bg_term){
        .kind = BG_TERM_IRI,
        .text = bg_arena_copy(arena, (bg_view){(const char *)text, size})};
  }
  if (librdf_node_is_blank(node)) {
    text = librdf_node_get_counted_blank_identifier(node, &size);
    return (bg_term){
        .kind = BG_TERM_BLANK,
        .text = bg_arena_copy(arena, (bg_view){(const char *)text, size})};
  }
  text = librdf_node_get_literal_value_as_counted_string(node, &size);
  bg_term term = {
      .kind = BG_TERM_LITERAL,
      .text = bg_arena_copy(arena, (bg_view){(const char *)text, size}),
      .language = bg_arena_copy(
          arena, bg_view_of(librdf_node_get_literal_value_language(node)))};
  librdf_uri *datatype = librdf_node_get_literal_value_datatype_uri(node);
  if (datatype != NULL) {
    text = librdf_uri_as_counted_string(datatype, &size);
    term.datatype = bg_arena_copy(arena, (bg_view){(const char *)text, size});
  }
  return term;
}
