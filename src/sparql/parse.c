#include "sparql/parse.h"

#include "base/buffer.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

// ---- the parser ------------------------------------------------------------

/// What IRIs may take in all, so that a long prefix that is used often does not
/// fill the memory.
enum { free_iri_bytes = 1 << 20, iri_bytes_per_byte = 64 };

static void
declare(bg_sparql_parser *parser, const char *prefix, const char *iri)
{
  bg_view *namespace = BG_NEW(parser->arena, bg_view);
  *namespace = bg_view_of(iri);
  bg_map_set(&parser->prefixes, bg_view_of(prefix), namespace);
}

void
bg_sparql_init(bg_sparql_parser *parser, bg_view text,
               const bg_parser_options *options, bg_variables *variables,
               bg_arena *arena, bg_error *err)
{
  *parser = (bg_sparql_parser){
      .text = text,
      .arena = arena,
      .err = err,
      .base = bg_arena_copy(arena, bg_view_of(options->base)),
      .iri_bytes_left = free_iri_bytes + text.size * iri_bytes_per_byte,
      .variables = variables,
  };
  bg_lexer_init(&parser->lexer, text, arena);
  bg_map_init(&parser->prefixes, arena);
  bg_map_init(&parser->variable_numbers, arena);
  bg_map_init(&parser->pattern_labels, arena);
  bg_map_init(&parser->data_labels, arena);
  if (options->has_prefixes) {
    declare(parser, "en", BG_DEFAULT_BASE "en/");
    for (const bg_namespace *each = bg_namespaces; each->prefix != NULL;
         each++) {
      declare(parser, each->prefix, each->iri);
    }
  }
  bg_sparql_advance(parser);
}

void
bg_sparql_advance(bg_sparql_parser *parser)
{
  parser->last_end = parser->token.end;
  parser->token = bg_lexer_next(&parser->lexer);
}

bg_status
bg_sparql_expect(bg_sparql_parser *parser, const char *fixed)
{
  if (bg_sparql_take(parser, fixed)) {
    return BG_OK;
  }
  char wanted[32];
  snprintf(wanted, sizeof wanted, "'%s'", fixed);
  return bg_sparql_want(parser, wanted);
}

bg_status
bg_sparql_close(bg_sparql_parser *parser, const char *fixed, const char *wanted)
{
  return bg_sparql_take(parser, fixed) ? BG_OK : bg_sparql_want(parser, wanted);
}

bg_status
bg_sparql_enter(bg_sparql_parser *parser)
{
  if (++parser->nesting > BG_MOST_NESTING) {
    return bg_sparql_refuse(parser, parser->token.place,
                            "nested more than %d levels deep", BG_MOST_NESTING);
  }
  return BG_OK;
}

void
bg_sparql_leave(bg_sparql_parser *parser)
{
  parser->nesting--;
}

// ---- messages --------------------------------------------------------------

enum {
  shown_before = 40, // characters of the line
  shown_behind = 30,
  shown_token = 32,
};

/// Appends at most `most` characters of `text`, each byte that is no plain
/// text as one.
static void
append_plain(bg_buffer *message, bg_view text, size_t most)
{
  size_t at = 0;
  for (; at < text.size && most > 0; most--) {
    uint32_t codepoint = 0;
    size_t size = bg_utf8_decode(text, at, &codepoint);
    if (codepoint == '\t') {
      bg_buffer_append_byte(message, ' ');
    } else if (codepoint < ' ' || (codepoint >= 0x7F && codepoint < 0xA0)) {
      bg_buffer_append_byte(message, '?');
    } else {
      bg_buffer_append(message, bg_view_slice(text, at, at + size));
    }
    at += size == 0 ? 1 : size;
  }
  if (at < text.size) {
    bg_buffer_append(message, BG_VIEW("..."));
  }
}

/// The line as it was given.
static bg_view
find_line(bg_view text, size_t number)
{
  bg_view line;
  while (bg_view_next_part(&text, '\n', &line) && number > 1) {
    number--;
  }
  return bg_view_has_suffix(line, BG_VIEW("\r"))
             ? bg_view_slice(line, 0, line.size - 1)
             : line;
}

/// The offset of the character with this number, from 1; or the size.
static size_t
find_column(bg_view line, size_t column)
{
  size_t at = 0;
  for (; at < line.size && column > 1; column--) {
    uint32_t codepoint;
    size_t size = bg_utf8_decode(line, at, &codepoint);
    at += size == 0 ? 1 : size;
  }
  return at;
}

/// Appends the line, cut around the place, and a mark below that.
static void
append_line(bg_buffer *message, bg_view text, bg_place place)
{
  bg_view line = find_line(bg_utf8_skip_mark(text), place.line);
  size_t at = find_column(line, place.column);
  size_t start = place.column <= shown_before + 1
                     ? 0
                     : find_column(line, place.column - shown_before);
  bg_buffer_append_byte(message, '\n');
  size_t before = message->size;
  if (start > 0) {
    bg_buffer_append(message, BG_VIEW("..."));
  }
  append_plain(message, bg_view_slice(line, start, at), shown_before);
  bg_view shown = {message->bytes + before, message->size - before};
  size_t width = bg_utf8_width(shown);
  append_plain(message, bg_view_slice(line, at, line.size), shown_behind);
  bg_buffer_append_byte(message, '\n');
  for (; width > 0; width--) {
    bg_buffer_append_byte(message, ' ');
  }
  bg_buffer_append_byte(message, '^');
}

static bg_status
refuse(const bg_sparql_parser *parser, bg_place place, bg_view what)
{
  bg_buffer message;
  bg_buffer_init(&message);
  bg_buffer_format(&message, "line %zu, column %zu: ", place.line,
                   place.column);
  bg_buffer_append(&message, what);
  append_line(&message, parser->text, place);
  bg_error_set(parser->err, BG_REFUSED, "%.*s",
               BG_VIEW_ARGS(bg_buffer_view(&message)));
  bg_buffer_release(&message);
  return BG_REFUSED;
}

bg_status
bg_sparql_refuse(const bg_sparql_parser *parser, bg_place place,
                 const char *format, ...)
{
  char what[256];
  va_list args;
  va_start(args, format);
  vsnprintf(what, sizeof what, format, args);
  va_end(args);
  bg_buffer plain;
  bg_buffer_init(&plain);
  append_plain(&plain, bg_view_of(what), sizeof what);
  bg_status status = refuse(parser, place, bg_buffer_view(&plain));
  bg_buffer_release(&plain);
  return status;
}

bg_status
bg_sparql_want(const bg_sparql_parser *parser, const char *wanted)
{
  const bg_token *token = &parser->token;
  bg_buffer what;
  bg_buffer_init(&what);
  bg_buffer_append(&what, BG_VIEW("found "));
  if (token->kind == BG_TOKEN_END) {
    bg_buffer_append(&what, BG_VIEW("the end"));
  } else if (token->kind == BG_TOKEN_WRONG) {
    bg_buffer_append(&what, bg_view_of(token->wrong));
  } else {
    bg_buffer_append_byte(&what, '\'');
    append_plain(&what,
                 bg_view_slice(parser->lexer.text, token->start, token->end),
                 shown_token);
    bg_buffer_append_byte(&what, '\'');
  }
  bg_buffer_format(&what, ", expected %s", wanted);
  bg_status status = refuse(parser, token->place, bg_buffer_view(&what));
  bg_buffer_release(&what);
  return status;
}

// ---- nodes -----------------------------------------------------------------

static bg_status
check_depth(const bg_sparql_parser *parser, bg_place place, size_t depth)
{
  return depth <= BG_MOST_DEPTH
             ? BG_OK
             : bg_sparql_refuse(parser, place,
                                "more than %d steps, one upon the other",
                                BG_MOST_DEPTH);
}

bg_status
bg_sparql_operation(bg_sparql_parser *parser, bg_operation_kind kind,
                    bg_place place, bg_operation *left, bg_operation *right,
                    bg_operation **made)
{
  bg_operation *operation = BG_NEW(parser->arena, bg_operation);
  *operation = (bg_operation){
      .kind = kind,
      .place = place,
      .left = left,
      .right = right,
      .depth = 1 + bg_deeper(left == NULL ? 0 : left->depth,
                             right == NULL ? 0 : right->depth),
  };
  *made = operation;
  return check_depth(parser, place, operation->depth);
}

bg_status
bg_sparql_deepen(bg_sparql_parser *parser, bg_operation *operation,
                 size_t depth)
{
  operation->depth = bg_deeper(operation->depth, depth + 1);
  return check_depth(parser, operation->place, operation->depth);
}

bg_status
bg_sparql_expression(bg_sparql_parser *parser, bg_expression_kind kind,
                     bg_place place, bg_expression *const *arguments,
                     size_t count, bg_expression **made)
{
  bg_expression *expression = BG_NEW(parser->arena, bg_expression);
  *expression = (bg_expression){.kind = kind, .place = place, .depth = 1};
  if (count > 0) {
    expression->arguments = BG_NEW_ARRAY(parser->arena, bg_expression *, count);
    expression->argument_count = count;
  }
  for (size_t i = 0; i < count; i++) {
    expression->arguments[i] = arguments[i];
    expression->depth = bg_deeper(expression->depth, arguments[i]->depth + 1);
  }
  *made = expression;
  return check_depth(parser, place, expression->depth);
}

/// Where a row is parted: short ones before the last, as section 18.2.2 has it;
/// long ones in the middle, so that the tree is not deep.
static size_t
find_middle(size_t start, size_t end)
{
  const size_t longest_chain = 64;
  return end - start <= longest_chain ? end - 1 : end - (end - start) / 2;
}

/// The tree of [start, end), which is not empty.
static bg_status
join_part(bg_sparql_parser *parser, bg_operation_kind kind,
          const bg_operations *operations, size_t start, size_t end,
          bg_operation **made)
{
  if (end - start == 1) {
    *made = operations->items[start];
    return BG_OK;
  }
  bg_operation *left;
  bg_operation *right;
  size_t middle = find_middle(start, end);
  BG_TRY(join_part(parser, kind, operations, start, middle, &left));
  BG_TRY(join_part(parser, kind, operations, middle, end, &right));
  const bg_operation *placed = left != NULL ? left : right;
  bg_place place = placed != NULL ? placed->place : parser->token.place;
  return bg_sparql_operation(parser, kind, place, left, right, made);
}

bg_status
bg_sparql_join_all(bg_sparql_parser *parser, bg_operation_kind kind,
                   const bg_operations *operations, bg_operation **made)
{
  *made = NULL;
  return operations->count == 0
             ? BG_OK
             : join_part(parser, kind, operations, 0, operations->count, made);
}

static bg_status
connect_part(bg_sparql_parser *parser, bg_expression_kind kind,
             const bg_expression_list *expressions, size_t start, size_t end,
             bg_expression **made)
{
  if (end - start == 1) {
    *made = expressions->items[start];
    return BG_OK;
  }
  bg_expression *both[2];
  size_t middle = find_middle(start, end);
  BG_TRY(connect_part(parser, kind, expressions, start, middle, &both[0]));
  BG_TRY(connect_part(parser, kind, expressions, middle, end, &both[1]));
  return bg_sparql_expression(parser, kind, both[0]->place, both, 2, made);
}

bg_status
bg_sparql_connect_all(bg_sparql_parser *parser, bg_expression_kind kind,
                      const bg_expression_list *expressions,
                      bg_expression **made)
{
  *made = NULL;
  return expressions->count == 0 ? BG_OK
                                 : connect_part(parser, kind, expressions, 0,
                                                expressions->count, made);
}

// ---- variables and their scope ---------------------------------------------

static bg_variable
add_variable(bg_sparql_parser *parser, bg_view name)
{
  BG_PUSH(parser->arena, parser->variables) = name;
  BG_PUSH(parser->arena, &parser->states) = (bg_variable_state){0};
  return parser->variables->count - 1;
}

bg_variable
bg_sparql_variable(bg_sparql_parser *parser, bg_view name)
{
  uintptr_t number = (uintptr_t)bg_map_find(&parser->variable_numbers, name);
  if (number == 0) {
    number = add_variable(parser, name) + 1;
    // NOLINTNEXTLINE(performance-no-int-to-ptr): a number, never a place
    bg_map_set(&parser->variable_numbers, name, (void *)number);
  }
  return number - 1;
}

bg_variable
bg_sparql_nameless(bg_sparql_parser *parser)
{
  return add_variable(parser, BG_VIEW(""));
}

bg_view
bg_sparql_name(const bg_sparql_parser *parser, bg_variable variable)
{
  return parser->variables->items[variable];
}

void
bg_sparql_see(bg_sparql_parser *parser, bg_variable variable)
{
  bg_variable_state *state = &parser->states.items[variable];
  BG_PUSH(parser->arena, &parser->sights) =
      (bg_sight){variable, state->last_sight};
  state->last_sight = parser->sights.count;
}

bool
bg_sparql_has_seen(const bg_sparql_parser *parser, bg_variable variable,
                   size_t from)
{
  return parser->states.items[variable].last_sight > from;
}

void
bg_sparql_forget(bg_sparql_parser *parser, size_t from)
{
  bg_sights *sights = &parser->sights;
  for (; sights->count > from; sights->count--) {
    const bg_sight *last = &sights->items[sights->count - 1];
    parser->states.items[last->variable].last_sight = last->before;
  }
}

bg_variable_list
bg_sparql_visible(bg_sparql_parser *parser, size_t from)
{
  bg_variable_list visible = {.items = NULL};
  for (size_t i = from; i < parser->sights.count; i++) {
    const bg_sight *sight = &parser->sights.items[i];
    bool is_first = sight->before <= from;
    if (is_first && bg_sparql_name(parser, sight->variable).size > 0) {
      BG_PUSH(parser->arena, &visible) = sight->variable;
    }
  }
  return visible;
}

bg_variable_state *
bg_sparql_state(bg_sparql_parser *parser, bg_variable variable)
{
  bg_variable_state *state = &parser->states.items[variable];
  if (state->stamp != parser->stamp) {
    state->stamp = parser->stamp;
    state->flags = 0;
  }
  return state;
}
