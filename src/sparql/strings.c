#include "sparql/functions.h"

#include "base/utf8.h"
#include "sparql/literal.h"
#include "sparql/number.h"

#include <math.h>
#include <utf8proc.h>

/// Section 17.4.3.1.2.
static bool
are_compatible(const bg_term *a, const bg_term *b)
{
  return bg_value_is_text(a) &&
         (bg_value_is_plain(b) ||
          (bg_value_is_text(b) && a->language.size > 0 &&
           bg_view_is_equal_folded(a->language, b->language)));
}

// ---- lengths and parts ----------------------------------------------------

static bool
begins_character(char byte)
{
  return ((unsigned char)byte & 0xC0) != 0x80;
}

bool
bg_function_strlen(const bg_call *call, bg_term *result)
{
  bg_view text = call->arguments[0].text;
  int64_t length = 0;
  for (size_t i = 0; i < text.size; i++) {
    length += begins_character(text.bytes[i]);
  }
  *result = bg_value_integer(length, call->evaluation->arena);
  return bg_value_is_text(&call->arguments[0]);
}

static bool
read_rounded(const bg_term *term, double *value)
{
  bg_number number;
  if (!bg_number_read(term, &number)) {
    return false;
  }
  number = bg_number_round(&number);
  *value = bg_number_real(&number);
  return true;
}

/// XPath functions, section 7.4.3: the characters from the first, which is 1,
/// to before the end, both rounded; nothing where one is NaN.
bool
bg_function_substr(const bg_call *call, bg_term *result)
{
  bg_view text = call->arguments[0].text;
  double first;
  double length = (double)INFINITY;
  if (!bg_value_is_text(&call->arguments[0]) ||
      !read_rounded(&call->arguments[1], &first) ||
      (call->count > 2 && !read_rounded(&call->arguments[2], &length))) {
    return false;
  }
  double end = call->count > 2 ? first + length : length;
  double place = 0;
  size_t from = text.size;
  size_t to = text.size;
  for (size_t i = 0; i < text.size; i++) {
    if (!begins_character(text.bytes[i])) {
      continue;
    }
    place++;
    if (from == text.size && place >= first) {
      from = i;
    }
    if (!(place < end)) {
      to = i;
      break;
    }
  }
  *result = bg_value_like(bg_view_slice(text, from, to), &call->arguments[0]);
  return true;
}

bool
bg_function_contains(const bg_call *call, bg_term *result)
{
  *result =
      bg_value_boolean(bg_view_find(call->arguments[0].text,
                                    call->arguments[1].text, 0) != BG_NOWHERE);
  return are_compatible(&call->arguments[0], &call->arguments[1]);
}

bool
bg_function_strstarts(const bg_call *call, bg_term *result)
{
  *result = bg_value_boolean(
      bg_view_has_prefix(call->arguments[0].text, call->arguments[1].text));
  return are_compatible(&call->arguments[0], &call->arguments[1]);
}

bool
bg_function_strends(const bg_call *call, bg_term *result)
{
  *result = bg_value_boolean(
      bg_view_has_suffix(call->arguments[0].text, call->arguments[1].text));
  return are_compatible(&call->arguments[0], &call->arguments[1]);
}

/// What is not there gives a simple literal, whatever the language.
static bool
cut(const bg_call *call, bool is_before, bg_term *result)
{
  const bg_term *text = &call->arguments[0];
  const bg_term *mark = &call->arguments[1];
  if (!are_compatible(text, mark)) {
    return false;
  }
  size_t at = bg_view_find(text->text, mark->text, 0);
  if (at == BG_NOWHERE) {
    *result = bg_value_plain(BG_VIEW(""));
    return true;
  }
  bg_view part = is_before ? bg_view_slice(text->text, 0, at)
                           : bg_view_slice(text->text, at + mark->text.size,
                                           text->text.size);
  *result = bg_value_like(part, text);
  return true;
}

bool
bg_function_strbefore(const bg_call *call, bg_term *result)
{
  return cut(call, true, result);
}

bool
bg_function_strafter(const bg_call *call, bg_term *result)
{
  return cut(call, false, result);
}

/// Section 17.4.3.12: in the language that all of them have.
bool
bg_function_concat(const bg_call *call, bg_term *result)
{
  bg_arena *arena = call->evaluation->arena;
  bg_view *parts = BG_NEW_ARRAY(arena, bg_view, call->count + 1);
  size_t size = 0;
  bool is_one_language = call->count > 0;
  for (size_t i = 0; i < call->count; i++) {
    const bg_term *part = &call->arguments[i];
    if (!bg_value_is_text(part)) {
      return false;
    }
    parts[i] = part->text;
    size += part->text.size;
    is_one_language =
        is_one_language &&
        bg_view_is_equal_folded(part->language, call->arguments[0].language);
  }
  if (size > BG_LONGEST_LITERAL) {
    return false;
  }
  bg_view text = bg_arena_concat(arena, parts, call->count);
  *result = is_one_language ? bg_value_like(text, &call->arguments[0])
                            : bg_value_plain(text);
  return true;
}

// ---- case -----------------------------------------------------------------

/// Characters that become several (Unicode, SpecialCasing.txt, without the
/// conditions), of those that texts have; all others are utf8proc's.
static const struct {
  uint32_t codepoint;
  bool to_upper;
  const char *text;
} special_cases[] = {
    {0x00DF, true, "SS"},        {0x0149, true, "\xCA\xBCN"},
    {0x01F0, true, "J\xCC\x8C"}, {0x0587, true, "\xD4\xB5\xD5\x92"},
    {0xFB00, true, "FF"},        {0xFB01, true, "FI"},
    {0xFB02, true, "FL"},        {0xFB03, true, "FFI"},
    {0xFB04, true, "FFL"},       {0xFB05, true, "ST"},
    {0xFB06, true, "ST"},        {0x0130, false, "i\xCC\x87"},
};

static void
append_in_case(bg_buffer *text, uint32_t codepoint, bool to_upper)
{
  for (size_t i = 0; i < sizeof special_cases / sizeof *special_cases; i++) {
    if (special_cases[i].codepoint == codepoint &&
        special_cases[i].to_upper == to_upper) {
      bg_buffer_append(text, bg_view_of(special_cases[i].text));
      return;
    }
  }
  utf8proc_int32_t from = (utf8proc_int32_t)codepoint;
  char bytes[4];
  size_t size = bg_utf8_encode(
      (uint32_t)(to_upper ? utf8proc_toupper(from) : utf8proc_tolower(from)),
      bytes);
  bg_buffer_append(text, (bg_view){bytes, size});
}

static void
append_ascii(bg_buffer *text, char byte, bool to_upper)
{
  if (to_upper && byte >= 'a' && byte <= 'z') {
    byte = (char)(byte - 'a' + 'A');
  }
  bg_buffer_append_byte(text, to_upper ? byte : bg_to_lower(byte));
}

static bool
change_case(const bg_call *call, bool to_upper, bg_term *result)
{
  const bg_term *term = &call->arguments[0];
  if (!bg_value_is_text(term) || term->text.size > BG_LONGEST_LITERAL) {
    return false;
  }
  bg_buffer text;
  bg_buffer_init(&text);
  for (size_t at = 0; at < term->text.size;) {
    uint32_t codepoint;
    size_t size = bg_utf8_decode(term->text, at, &codepoint);
    if (size <= 1) {
      append_ascii(&text, term->text.bytes[at], to_upper);
      size = 1;
    } else {
      append_in_case(&text, codepoint, to_upper);
    }
    at += size;
  }
  *result = bg_value_like(
      bg_arena_copy(call->evaluation->arena, bg_buffer_view(&text)), term);
  bg_buffer_release(&text);
  return true;
}

bool
bg_function_ucase(const bg_call *call, bg_term *result)
{
  return change_case(call, true, result);
}

bool
bg_function_lcase(const bg_call *call, bg_term *result)
{
  return change_case(call, false, result);
}

// ---- addresses ------------------------------------------------------------

/// All but the unreserved characters of RFC 3986, section 2.3.
bool
bg_function_encode_for_uri(const bg_call *call, bg_term *result)
{
  const char digits[] = "0123456789ABCDEF";
  bg_view text = call->arguments[0].text;
  if (!bg_value_is_text(&call->arguments[0]) ||
      text.size > BG_LONGEST_LITERAL / 3) {
    return false;
  }
  char *bytes = bg_arena_allocate(call->evaluation->arena, 3 * text.size + 1);
  size_t size = 0;
  for (size_t i = 0; i < text.size; i++) {
    char byte = text.bytes[i];
    if (bg_is_letter(byte) || bg_is_digit(byte) || byte == '-' || byte == '.' ||
        byte == '_' || byte == '~') {
      bytes[size++] = byte;
      continue;
    }
    bytes[size++] = '%';
    bytes[size++] = digits[(unsigned char)byte >> 4];
    bytes[size++] = digits[(unsigned char)byte & 15];
  }
  *result = bg_value_plain((bg_view){bytes, size});
  return true;
}
