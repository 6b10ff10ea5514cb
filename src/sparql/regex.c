#define PCRE2_CODE_UNIT_WIDTH 8

#include "sparql/functions.h"

#include "base/utf8.h"
#include "sparql/literal.h"

#include <assert.h>
#include <pcre2.h>

enum {
  // Work is counted in steps through the pattern, each some nanoseconds; that
  // many bytes gone over, or looked through for a beginning, take as long.
  most_work = 20000000,
  bytes_gone_over = 16,
  bytes_looked_through = 512,
  most_memory = 64 << 10, // of one match, in KiB
  most_pattern = 64 << 10,
};

/// What prepares and what matches a pattern.
typedef struct {
  pcre2_code *code; ///< NULL: there is an error in the pattern or the flags
  bool is_quoted;   ///< flag "q"
} regex;

// ---- memory ---------------------------------------------------------------

static void *
allocate(size_t size, void *arena)
{
  return bg_arena_allocate(arena, size);
}

static void
forget(void *memory, void *arena)
{
  (void)memory;
  (void)arena;
}

// ---- patterns (XPath functions, section 7.6) ------------------------------

/// Flag "x": white space goes, but for that in a class.
static bg_view
remove_space(bg_view pattern, bg_arena *arena)
{
  char *bytes = bg_arena_allocate(arena, pattern.size + 1);
  size_t size = 0;
  int depth = 0; // of classes: [a-z-[aeiou]]
  for (size_t i = 0; i < pattern.size; i++) {
    char byte = pattern.bytes[i];
    if (depth == 0 && bg_is_space(byte)) {
      continue;
    }
    bytes[size++] = byte;
    if (byte == '\\' && i + 1 < pattern.size) {
      bytes[size++] = pattern.bytes[++i];
    } else if (byte == '[') {
      depth++;
    } else if (byte == ']' && depth > 0) {
      depth--;
    }
  }
  return (bg_view){bytes, size};
}

/// False for flags that there are not (section 7.6.1.1).
static bool
read_flags(bg_view flags, uint32_t *options, bool *is_spaced, bool *is_quoted)
{
  *is_spaced = false;
  *is_quoted = false;
  *options = 0;
  for (size_t i = 0; i < flags.size; i++) {
    switch (flags.bytes[i]) {
    case 's':
      *options |= PCRE2_DOTALL;
      break;
    case 'm':
      *options |= PCRE2_MULTILINE;
      break;
    case 'i':
      *options |= PCRE2_CASELESS;
      break;
    case 'x':
      *is_spaced = true;
      break;
    case 'q':
      *is_quoted = true;
      break;
    default:
      return false;
    }
  }
  return true;
}

/// All lives in the arena. The callouts count the work.
static regex
compile(bg_view pattern, bg_view flags, bg_arena *arena)
{
  regex made = {.code = NULL};
  uint32_t options;
  bool is_spaced;
  if (!read_flags(flags, &options, &is_spaced, &made.is_quoted) ||
      pattern.size > most_pattern) {
    return made;
  }
  if (made.is_quoted) {
    options = (options & PCRE2_CASELESS) | PCRE2_LITERAL;
  } else {
    options |= PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
    pattern = is_spaced ? remove_space(pattern, arena) : pattern;
  }
  pcre2_general_context *general =
      pcre2_general_context_create(allocate, forget, arena);
  pcre2_compile_context *context = pcre2_compile_context_create(general);
  pcre2_set_newline(context, PCRE2_NEWLINE_LF);
  int error;
  PCRE2_SIZE offset;
  made.code = pcre2_compile((PCRE2_SPTR)pattern.bytes, pattern.size,
                            options | PCRE2_UTF | PCRE2_AUTO_CALLOUT, &error,
                            &offset, context);
  return made;
}

static bool
has_constant_pattern(const bg_expression *expression)
{
  size_t flags = expression->function == BG_REGEX ? 2 : 3;
  return expression->argument_count >= 2 &&
         expression->arguments[1]->kind == BG_EXPRESSION_TERM &&
         (expression->argument_count <= flags ||
          expression->arguments[flags]->kind == BG_EXPRESSION_TERM);
}

static regex
compile_terms(const bg_term *pattern, const bg_term *flags, bg_arena *arena)
{
  const bg_term none = {.kind = BG_TERM_LITERAL};
  assert(pattern != NULL);
  flags = flags == NULL ? &none : flags;
  if (!bg_value_is_plain(pattern) || !bg_value_is_plain(flags)) {
    return (regex){.code = NULL};
  }
  return compile(pattern->text, flags->text, arena);
}

void *
bg_regex_prepare(const bg_expression *expression, bg_arena *arena)
{
  size_t flags = expression->function == BG_REGEX ? 2 : 3;
  if (!has_constant_pattern(expression)) {
    return NULL;
  }
  regex *made = BG_NEW(arena, regex);
  *made = compile_terms(&expression->arguments[1]->term,
                        expression->argument_count > flags
                            ? &expression->arguments[flags]->term
                            : NULL,
                        arena);
  return made;
}

static regex
regex_of(const bg_call *call, size_t flags)
{
  if (call->expression->compiled != NULL) {
    return *(const regex *)call->expression->compiled;
  }
  return compile_terms(&call->arguments[1],
                       call->count > flags ? &call->arguments[flags] : NULL,
                       call->evaluation->arena);
}

// ---- matching -------------------------------------------------------------

/// A text that is being searched: on the heap until it is released.
typedef struct {
  const pcre2_code *code;
  pcre2_match_context *context;
  pcre2_match_data *data;
  bg_view text;
  size_t place; ///< of the last step
  int64_t work; ///< that is left
} matcher;

/// Every step costs, and so do the bytes that it has gone over: what would take
/// too long ends, wherever in the pattern and the text it is spent.
static int
count_work(pcre2_callout_block *block, void *data)
{
  matcher *at = data;
  size_t place = block->current_position;
  size_t moved = place > at->place ? place - at->place : at->place - place;
  at->place = place;
  at->work -= 1 + (int64_t)(moved / bytes_gone_over);
  return at->work > 0 ? 0 : PCRE2_ERROR_CALLOUT;
}

static void
matcher_init(matcher *at, const pcre2_code *code, bg_view text)
{
  *at = (matcher){.code = code, .text = text, .work = most_work};
  at->context = pcre2_match_context_create(NULL);
  // Not from the pattern: its memory is an arena, where nothing is freed.
  uint32_t groups;
  pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
  at->data = pcre2_match_data_create(groups + 1, NULL);
  if (at->context != NULL) {
    pcre2_set_callout(at->context, count_work, at);
    pcre2_set_match_limit(at->context, most_work);
    pcre2_set_depth_limit(at->context, most_work);
    pcre2_set_heap_limit(at->context, most_memory);
  }
}

static void
matcher_release(matcher *at)
{
  pcre2_match_data_free(at->data);
  pcre2_match_context_free(at->context);
}

/// Finds the next from `start`: how many groups there are in it, 0 for none, or
/// less for an error. Each search may pass over the rest, quickly.
static int
find(matcher *at, size_t start)
{
  if (at->context == NULL || at->data == NULL) {
    return PCRE2_ERROR_NOMEMORY;
  }
  at->place = start;
  at->work -= 1 + (int64_t)((at->text.size - start) / bytes_looked_through);
  if (at->work < 0) {
    return PCRE2_ERROR_MATCHLIMIT;
  }
  int found =
      pcre2_match(at->code, (PCRE2_SPTR)at->text.bytes, at->text.size, start,
                  start > 0 ? PCRE2_NO_UTF_CHECK : 0, at->data, at->context);
  return found == PCRE2_ERROR_NOMATCH ? 0 : found;
}

bool
bg_function_regex(const bg_call *call, bg_term *result)
{
  regex pattern = regex_of(call, 2);
  if (!bg_value_is_text(&call->arguments[0]) || pattern.code == NULL) {
    return false;
  }
  matcher at;
  matcher_init(&at, pattern.code, call->arguments[0].text);
  int found = find(&at, 0);
  matcher_release(&at);
  *result = bg_value_boolean(found > 0);
  return found >= 0;
}

// ---- replacing (XPath functions, section 7.6.3) ---------------------------

/// `$` and as many digits as make the number of a group, one at least; a group
/// that there is not is empty. Returns the bytes behind `$` that were used.
static size_t
append_group(bg_buffer *text, const matcher *at, bg_view digits, int found)
{
  const PCRE2_SIZE *places = pcre2_get_ovector_pointer(at->data);
  uint32_t groups;
  pcre2_pattern_info(at->code, PCRE2_INFO_CAPTURECOUNT, &groups);
  size_t used = 0;
  uint32_t number = 0;
  while (used < digits.size && bg_is_digit(digits.bytes[used])) {
    uint32_t longer = number * 10 + (uint32_t)(digits.bytes[used] - '0');
    if (used > 0 && longer > groups) {
      break;
    }
    number = longer;
    used++;
  }
  size_t group = number;
  if (group < (size_t)found && places[2 * group] != PCRE2_UNSET &&
      places[2 * group] <= places[2 * group + 1]) {
    bg_buffer_append(text, bg_view_slice(at->text, places[2 * group],
                                         places[2 * group + 1]));
  }
  return used;
}

/// False for a `$` without a number, a `\` before neither `\` nor `$`, and for
/// what becomes too long.
static bool
append_replacement(bg_buffer *text, const matcher *at, bg_view replacement,
                   int found)
{
  for (size_t i = 0; i < replacement.size; i++) {
    bg_view rest = bg_view_slice(replacement, i + 1, replacement.size);
    char byte = replacement.bytes[i];
    if (text->size > BG_LONGEST_LITERAL) {
      return false;
    }
    if (byte == '$') {
      size_t used = append_group(text, at, rest, found);
      if (used == 0) {
        return false;
      }
      i += used;
      continue;
    }
    if (byte == '\\') {
      if (rest.size == 0 || (rest.bytes[0] != '\\' && rest.bytes[0] != '$')) {
        return false;
      }
      byte = rest.bytes[0];
      i++;
    }
    bg_buffer_append_byte(text, byte);
  }
  return true;
}

static bool
append_replaced(bg_buffer *text, matcher *at, bg_view replacement,
                bool is_quoted)
{
  const PCRE2_SIZE *places;
  size_t done = 0;
  int found;
  while ((found = find(at, done)) > 0) {
    places = pcre2_get_ovector_pointer(at->data);
    if (places[0] < done || places[1] <= places[0] ||
        text->size > BG_LONGEST_LITERAL) {
      return false;
    }
    bg_buffer_append(text, bg_view_slice(at->text, done, places[0]));
    done = places[1];
    if (is_quoted) {
      bg_buffer_append(text, replacement);
    } else if (!append_replacement(text, at, replacement, found)) {
      return false;
    }
  }
  bg_buffer_append(text, bg_view_slice(at->text, done, at->text.size));
  return found == 0;
}

/// A pattern that matches nothing at all, the empty text, is an error.
static bool
matches_nothing(const pcre2_code *code)
{
  matcher at;
  matcher_init(&at, code, BG_VIEW(""));
  int found = find(&at, 0);
  matcher_release(&at);
  return found != 0;
}

bool
bg_function_replace(const bg_call *call, bg_term *result)
{
  const bg_term *term = &call->arguments[0];
  regex pattern = regex_of(call, 3);
  if (!bg_value_is_text(term) || !bg_value_is_plain(&call->arguments[2]) ||
      pattern.code == NULL || matches_nothing(pattern.code)) {
    return false;
  }
  matcher at;
  bg_buffer text;
  bg_buffer_init(&text);
  matcher_init(&at, pattern.code, term->text);
  bool is_made =
      append_replaced(&text, &at, call->arguments[2].text, pattern.is_quoted) &&
      text.size <= BG_LONGEST_LITERAL;
  if (is_made) {
    *result = bg_value_like(
        bg_arena_copy(call->evaluation->arena, bg_buffer_view(&text)), term);
  }
  matcher_release(&at);
  bg_buffer_release(&text);
  return is_made;
}
