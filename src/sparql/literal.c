#include "sparql/literal.h"

bg_view
bg_value_xsd_name(const bg_term *term)
{
  const bg_view xsd = BG_VIEW(BG_XSD);
  if (term->kind != BG_TERM_LITERAL || term->language.size > 0) {
    return BG_VIEW("");
  }
  if (term->datatype.size == 0) {
    return BG_VIEW("string");
  }
  return bg_view_has_prefix(term->datatype, xsd)
             ? bg_view_slice(term->datatype, xsd.size, term->datatype.size)
             : BG_VIEW("");
}

bool
bg_value_is_plain(const bg_term *term)
{
  return term->kind == BG_TERM_LITERAL && term->language.size == 0 &&
         (term->datatype.size == 0 ||
          bg_view_is_equal(term->datatype, BG_XSD_VIEW("string")));
}

bool
bg_value_is_text(const bg_term *term)
{
  return bg_value_is_plain(term) ||
         (term->kind == BG_TERM_LITERAL && term->language.size > 0);
}

bool
bg_value_parse_boolean(bg_view text, bool *value)
{
  *value = bg_view_is_equal(text, BG_VIEW("true")) ||
           bg_view_is_equal(text, BG_VIEW("1"));
  return *value || bg_view_is_equal(text, BG_VIEW("false")) ||
         bg_view_is_equal(text, BG_VIEW("0"));
}

bool
bg_value_is_boolean(const bg_term *term, bool *value)
{
  return term->kind == BG_TERM_LITERAL && term->language.size == 0 &&
         bg_view_is_equal(term->datatype, BG_XSD_VIEW("boolean")) &&
         bg_value_parse_boolean(term->text, value);
}

bg_term
bg_value_boolean(bool value)
{
  return bg_value_typed(value ? BG_VIEW("true") : BG_VIEW("false"),
                        BG_XSD_VIEW("boolean"));
}

bg_term
bg_value_plain(bg_view text)
{
  return (bg_term){.kind = BG_TERM_LITERAL, .text = text};
}

bg_term
bg_value_typed(bg_view text, bg_view datatype)
{
  bool is_string = bg_view_is_equal(datatype, BG_XSD_VIEW("string"));
  return (bg_term){.kind = BG_TERM_LITERAL,
                   .text = text,
                   .datatype = is_string ? BG_VIEW("") : datatype};
}

bg_term
bg_value_integer(int64_t value, bg_arena *arena)
{
  return bg_value_typed(bg_arena_format(arena, "%lld", (long long)value),
                        BG_XSD_VIEW("integer"));
}

bg_term
bg_value_like(bg_view text, const bg_term *like)
{
  return (bg_term){
      .kind = BG_TERM_LITERAL, .text = text, .language = like->language};
}

bool
bg_term_is_same(const bg_term *a, const bg_term *b)
{
  if (a->kind != b->kind || !bg_view_is_equal(a->text, b->text)) {
    return false;
  }
  if (a->kind != BG_TERM_LITERAL) {
    return true;
  }
  if (a->language.size > 0 || b->language.size > 0) {
    return bg_view_is_equal_folded(a->language, b->language);
  }
  return bg_view_is_equal(a->datatype, b->datatype) ||
         (bg_value_is_plain(a) && bg_value_is_plain(b));
}
