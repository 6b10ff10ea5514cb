#include "graph/terms.h"

#include "base/buffer.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

bg_term
bg_term_of_iri(bg_view iri)
{
  return (bg_term){.kind = BG_TERM_IRI, .text = iri};
}

bg_term
bg_term_of_ontology(bg_arena *arena, bg_view name)
{
  return bg_term_of_iri(bg_arena_join(arena, BG_VIEW(BG_ONTOLOGY), name));
}

/// Namespace and local part of "prefix:name".
static bg_view
expand_name(bg_arena *arena, const char *name)
{
  const char *colon = strchr(name, ':');
  for (const bg_namespace *each = bg_namespaces;
       colon != NULL && each->prefix != NULL; each++) {
    if (strlen(each->prefix) == (size_t)(colon - name) &&
        strncmp(each->prefix, name, (size_t)(colon - name)) == 0) {
      return bg_arena_join(arena, bg_view_of(each->iri), bg_view_of(colon + 1));
    }
  }
  return bg_arena_join(arena, BG_VIEW(BG_ONTOLOGY), bg_view_of(name));
}

bg_term
bg_term_of_name(bg_arena *arena, const char *name)
{
  return bg_term_of_iri(expand_name(arena, name));
}

bg_view
bg_title_segment(bg_arena *arena, bg_view title)
{
  static const char forbidden[] = "<>\"{}|\\^`%/?#[]";
  title = bg_utf8_upper_first(bg_view_trim(title), arena);
  bg_buffer segment;
  bg_buffer_init(&segment);
  for (size_t i = 0; i < title.size; i++) {
    unsigned char byte = (unsigned char)title.bytes[i];
    if (bg_is_space((char)byte) || byte == '_') {
      if (segment.size > 0 && segment.bytes[segment.size - 1] != '_') {
        bg_buffer_append_byte(&segment, '_');
      }
    } else if (byte < 0x20 || byte == 0x7F || strchr(forbidden, byte) != NULL) {
      bg_buffer_format(&segment, "%%%02X", byte);
    } else {
      bg_buffer_append_byte(&segment, (char)byte);
    }
  }
  bg_view kept = bg_arena_copy(arena, bg_buffer_view(&segment));
  bg_buffer_release(&segment);
  return kept;
}

bg_term
bg_term_of_title(bg_arena *arena, const char *base, bg_view language,
                 bg_view title)
{
  bg_view segment = bg_title_segment(arena, title);
  bg_view start =
      bg_arena_format(arena, "%s%.*s/", base, BG_VIEW_ARGS(language));
  return bg_term_of_iri(bg_arena_join(arena, start, segment));
}

bg_term
bg_term_copy(bg_arena *arena, const bg_term *term)
{
  return (bg_term){.kind = term->kind,
                   .text = bg_arena_copy(arena, term->text),
                   .datatype = bg_arena_copy(arena, term->datatype),
                   .language = bg_arena_copy(arena, term->language)};
}

bg_term
bg_literal(bg_view text)
{
  return (bg_term){.kind = BG_TERM_LITERAL, .text = text};
}

bg_term
bg_literal_in(bg_view text, bg_view language)
{
  return (bg_term){.kind = BG_TERM_LITERAL, .text = text, .language = language};
}

bg_term
bg_literal_typed(bg_arena *arena, bg_view text, const char *datatype)
{
  return (bg_term){.kind = BG_TERM_LITERAL,
                   .text = text,
                   .datatype = expand_name(arena, datatype)};
}

bg_term
bg_literal_integer(bg_arena *arena, int64_t number)
{
  return bg_literal_typed(
      arena, bg_arena_format(arena, "%lld", (long long)number), "xsd:integer");
}

bg_term
bg_literal_true(bg_arena *arena)
{
  return bg_literal_typed(arena, BG_VIEW("true"), "xsd:boolean");
}

bg_term
bg_literal_degrees(bg_arena *arena, double degrees)
{
  bg_view text = bg_arena_format(arena, "%.6f", degrees);
  while (text.bytes[text.size - 1] == '0' && text.bytes[text.size - 2] != '.') {
    text.size--;
  }
  return bg_literal_typed(arena, text, "xsd:double");
}

bg_term
bg_literal_day(bg_arena *arena, bg_day day)
{
  const char *datatype = day.day > 0     ? "xsd:date"
                         : day.month > 0 ? "xsd:gYearMonth"
                                         : "xsd:gYear";
  return bg_literal_typed(arena, bg_day_format(day, arena), datatype);
}
