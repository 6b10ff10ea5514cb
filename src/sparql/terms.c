#include "sparql/functions.h"
#include "sparql/iri.h"
#include "sparql/literal.h"
#include "sparql/number.h"

#define RDF_LANG_STRING "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

static bool
answer(bool value, bg_term *result)
{
  *result = bg_value_boolean(value);
  return true;
}

static bg_term
iri(bg_view text)
{
  return (bg_term){.kind = BG_TERM_IRI, .text = text};
}

// ---- kinds (sections 17.4.2.1 to 17.4.2.4, 17.4.1.8) ----------------------

bool
bg_function_isiri(const bg_call *call, bg_term *result)
{
  return answer(call->arguments[0].kind == BG_TERM_IRI, result);
}

bool
bg_function_isblank(const bg_call *call, bg_term *result)
{
  return answer(call->arguments[0].kind == BG_TERM_BLANK, result);
}

bool
bg_function_isliteral(const bg_call *call, bg_term *result)
{
  return answer(call->arguments[0].kind == BG_TERM_LITERAL, result);
}

bool
bg_function_isnumeric(const bg_call *call, bg_term *result)
{
  return answer(bg_number_is_numeric(&call->arguments[0]), result);
}

bool
bg_function_sameterm(const bg_call *call, bg_term *result)
{
  return answer(bg_term_is_same(&call->arguments[0], &call->arguments[1]),
                result);
}

// ---- parts (sections 17.4.2.5 to 17.4.2.7) --------------------------------

bool
bg_function_str(const bg_call *call, bg_term *result)
{
  *result = bg_value_plain(call->arguments[0].text);
  return call->arguments[0].kind == BG_TERM_IRI ||
         call->arguments[0].kind == BG_TERM_LITERAL;
}

bool
bg_function_lang(const bg_call *call, bg_term *result)
{
  *result = bg_value_plain(call->arguments[0].language);
  return call->arguments[0].kind == BG_TERM_LITERAL;
}

bool
bg_function_datatype(const bg_call *call, bg_term *result)
{
  const bg_term *term = &call->arguments[0];
  if (term->kind != BG_TERM_LITERAL) {
    return false;
  }
  *result = iri(term->language.size > 0   ? BG_VIEW(RDF_LANG_STRING)
                : term->datatype.size > 0 ? term->datatype
                                          : BG_XSD_VIEW("string"));
  return true;
}

/// Section 17.4.3.13: basic filtering (RFC 4647, section 3.3.1).
bool
bg_function_langmatches(const bg_call *call, bg_term *result)
{
  bg_view tag = call->arguments[0].text;
  bg_view range = call->arguments[1].text;
  if (!bg_value_is_plain(&call->arguments[0]) ||
      !bg_value_is_plain(&call->arguments[1])) {
    return false;
  }
  if (bg_view_is_equal(range, BG_VIEW("*"))) {
    return answer(tag.size > 0, result);
  }
  return answer(range.size > 0 && bg_view_has_prefix_folded(tag, range) &&
                    (tag.size == range.size || tag.bytes[range.size] == '-'),
                result);
}

// ---- makers (sections 17.4.2.8 to 17.4.2.13) ------------------------------

/// Has a scheme (RFC 3986, section 3.1), and nothing that an IRI has not
/// (SPARQL 1.1, rule 139).
static bool
is_iri(bg_view text)
{
  size_t scheme = 0;
  while (scheme < text.size &&
         (bg_is_letter(text.bytes[scheme]) || bg_is_digit(text.bytes[scheme]) ||
          text.bytes[scheme] == '+' || text.bytes[scheme] == '-' ||
          text.bytes[scheme] == '.')) {
    scheme++;
  }
  if (scheme == 0 || scheme == text.size || text.bytes[scheme] != ':' ||
      !bg_is_letter(text.bytes[0])) {
    return false;
  }
  for (size_t i = scheme; i < text.size; i++) {
    unsigned char byte = (unsigned char)text.bytes[i];
    if (byte <= 0x20 || strchr("<>\"{}|^`\\", byte) != NULL) {
      return false;
    }
  }
  return true;
}

bool
bg_function_iri(const bg_call *call, bg_term *result)
{
  const bg_term *term = &call->arguments[0];
  if (term->kind == BG_TERM_IRI) {
    *result = *term;
    return true;
  }
  if (!bg_value_is_plain(term)) {
    return false;
  }
  *result = iri(bg_iri_resolve(term->text, bg_view_of(call->expression->base),
                               call->evaluation->arena));
  return is_iri(result->text);
}

/// A node of its own for each call, or one for each solution and text.
bool
bg_function_bnode(const bg_call *call, bg_term *result)
{
  bg_arena *arena = call->evaluation->arena;
  *result = (bg_term){.kind = BG_TERM_BLANK};
  if (call->count == 0) {
    result->text = bg_arena_format(
        arena, "new%llu",
        (unsigned long long)(*call->evaluation->blank_number)++);
    return true;
  }
  if (!bg_value_is_plain(&call->arguments[0])) {
    return false;
  }
  bg_view hash = bg_sha1_text(call->arguments[0].text, arena);
  result->text = bg_arena_format(arena, "new%llus%.*s",
                                 (unsigned long long)call->evaluation->solution,
                                 BG_VIEW_ARGS(hash));
  return true;
}

bool
bg_function_strdt(const bg_call *call, bg_term *result)
{
  const bg_term *datatype = &call->arguments[1];
  if (!bg_value_is_plain(&call->arguments[0]) ||
      datatype->kind != BG_TERM_IRI ||
      bg_view_is_equal(datatype->text, BG_VIEW(RDF_LANG_STRING))) {
    return false;
  }
  *result = bg_value_typed(call->arguments[0].text, datatype->text);
  return true;
}

/// LANGTAG (SPARQL 1.1, rule 145): [a-zA-Z]+ ("-" [a-zA-Z0-9]+)*
static bool
is_language(bg_view text)
{
  bool is_first = true;
  bg_view part;
  if (text.size == 0 || text.bytes[text.size - 1] == '-') {
    return false;
  }
  while (bg_view_next_part(&text, '-', &part)) {
    for (size_t i = 0; i < part.size; i++) {
      if (!bg_is_letter(part.bytes[i]) &&
          (is_first || !bg_is_digit(part.bytes[i]))) {
        return false;
      }
    }
    if (part.size == 0) {
      return false;
    }
    is_first = false;
  }
  return true;
}

bool
bg_function_strlang(const bg_call *call, bg_term *result)
{
  const bg_term *language = &call->arguments[1];
  if (!bg_value_is_plain(&call->arguments[0]) || !bg_value_is_plain(language) ||
      !is_language(language->text)) {
    return false;
  }
  *result = bg_value_plain(call->arguments[0].text);
  result->language = language->text;
  return true;
}

uint64_t
bg_random_next(uint64_t *state)
{
  uint64_t mixed = (*state += 0x9E3779B97F4A7C15U);
  mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBU;
  return mixed ^ mixed >> 31;
}

/// Version 4 (RFC 4122, section 4.4).
static bg_view
make_uuid(const bg_call *call, const char *before)
{
  uint64_t high = bg_random_next(call->evaluation->random_state);
  uint64_t low = bg_random_next(call->evaluation->random_state);
  high = (high & ~(uint64_t)0xF000) | 0x4000;
  low = (low & ~((uint64_t)3 << 62)) | (uint64_t)1 << 63;
  return bg_arena_format(
      call->evaluation->arena, "%s%08llx-%04llx-%04llx-%04llx-%012llx", before,
      (unsigned long long)(high >> 32),
      (unsigned long long)(high >> 16 & 0xFFFF),
      (unsigned long long)(high & 0xFFFF), (unsigned long long)(low >> 48),
      (unsigned long long)(low & 0xFFFFFFFFFFFF));
}

bool
bg_function_uuid(const bg_call *call, bg_term *result)
{
  *result = iri(make_uuid(call, "urn:uuid:"));
  return true;
}

bool
bg_function_struuid(const bg_call *call, bg_term *result)
{
  *result = bg_value_plain(make_uuid(call, ""));
  return true;
}
