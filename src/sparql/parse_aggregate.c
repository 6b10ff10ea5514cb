/// Aggregates: rule 127. They are collected by the query or sub-select around
/// them; a variable without a name stands for each in its expression.

#include "sparql/parse.h"

static const struct {
  const char *name;
  bg_aggregate_kind kind;
} aggregates[] = {
    {"COUNT", BG_COUNT},
    {"SUM", BG_SUM},
    {"MIN", BG_MIN},
    {"MAX", BG_MAX},
    {"AVG", BG_AVG},
    {"SAMPLE", BG_SAMPLE},
    {"GROUP_CONCAT", BG_GROUP_CONCAT},
};

enum { aggregate_count = sizeof aggregates / sizeof *aggregates };

static size_t
find_aggregate(const bg_sparql_parser *parser)
{
  size_t found = 0;
  while (found < aggregate_count &&
         !bg_sparql_is_at(parser, aggregates[found].name)) {
    found++;
  }
  return found;
}

bool
bg_is_at_aggregate(const bg_sparql_parser *parser)
{
  return find_aggregate(parser) < aggregate_count;
}

/// ( ';' 'SEPARATOR' '=' String )?
static bg_status
read_separator(bg_sparql_parser *parser, bg_view *separator)
{
  *separator = BG_VIEW(" ");
  if (!bg_sparql_take(parser, ";")) {
    return BG_OK;
  }
  BG_TRY(bg_sparql_expect(parser, "SEPARATOR"));
  BG_TRY(bg_sparql_expect(parser, "="));
  if (parser->token.kind != BG_TOKEN_STRING) {
    return bg_sparql_want(parser, "a string");
  }
  *separator = parser->token.text;
  bg_sparql_advance(parser);
  return BG_OK;
}

/// [127] Aggregate ::=
///         'COUNT' '(' 'DISTINCT'? ( '*' | Expression ) ')' |
///         'SUM' '(' 'DISTINCT'? Expression ')' | ... |
///         'GROUP_CONCAT' '(' 'DISTINCT'? Expression
///           ( ';' 'SEPARATOR' '=' String )? ')'
static bg_status
read_aggregate(bg_sparql_parser *parser, bg_aggregate *aggregate)
{
  *aggregate = (bg_aggregate){.kind = aggregates[find_aggregate(parser)].kind};
  bg_sparql_advance(parser);
  BG_TRY(bg_sparql_expect(parser, "("));
  aggregate->is_distinct = bg_sparql_take(parser, "DISTINCT");
  if (aggregate->kind != BG_COUNT || !bg_sparql_take(parser, "*")) {
    BG_TRY(bg_parse_expression(parser, &aggregate->argument));
  }
  if (aggregate->kind == BG_GROUP_CONCAT) {
    BG_TRY(read_separator(parser, &aggregate->separator));
  }
  return bg_sparql_expect(parser, ")");
}

enum { longest_key = 1000 };

/// The tokens of [start, end), so that spaces and case do not matter; empty for
/// a long text, whose tokens are not read again and again.
static bg_view
make_key(bg_sparql_parser *parser, size_t start, size_t end)
{
  bg_view key = BG_VIEW("");
  if (end - start > longest_key) {
    return key;
  }
  bg_lexer lexer = {
      .text = bg_view_slice(parser->lexer.text, start, end),
      .arena = parser->arena,
  };
  struct {
    bg_view *items;
    size_t count;
    size_t capacity;
  } parts = {.items = NULL};
  for (;;) {
    bg_token token = bg_lexer_next(&lexer);
    if (token.kind == BG_TOKEN_END) {
      return bg_arena_concat(parser->arena, parts.items, parts.count);
    }
    bool is_fixed = token.kind == BG_TOKEN_FIXED;
    BG_PUSH(parser->arena, &parts) =
        is_fixed ? token.text
                 : bg_view_slice(lexer.text, token.start, token.end);
    BG_PUSH(parser->arena, &parts) = BG_VIEW("\n");
  }
}

/// The variable that stands for the aggregate; the same for the same text.
static bg_variable
collect(bg_sparql_parser *parser, bg_level *level,
        const bg_aggregate *aggregate, bg_view key)
{
  uintptr_t number = (uintptr_t)bg_map_find(&level->by_text, key);
  if (number > 0) {
    return number - 1;
  }
  bg_aggregate added = *aggregate;
  added.result = bg_sparql_nameless(parser);
  BG_PUSH(parser->arena, &level->aggregates) = added;
  if (added.argument != NULL) {
    level->depth = bg_deeper(level->depth, added.argument->depth);
  }
  if (key.size > 0) {
    number = added.result + 1;
    // NOLINTNEXTLINE(performance-no-int-to-ptr): a number, never a place
    bg_map_set(&level->by_text, key, (void *)number);
  }
  return added.result;
}

bg_status
bg_parse_aggregate(bg_sparql_parser *parser, bg_expression **expression)
{
  bg_level *level = parser->level;
  bg_place place = parser->token.place;
  size_t start = parser->token.start;
  if (level == NULL) {
    return bg_sparql_refuse(
        parser, place,
        "an aggregate stands in SELECT, HAVING and ORDER BY only");
  }
  if (level->is_inside) {
    return bg_sparql_refuse(parser, place, "an aggregate in an aggregate");
  }
  bg_aggregate aggregate;
  level->is_inside = true;
  BG_TRY(read_aggregate(parser, &aggregate));
  level->is_inside = false;
  BG_TRY(bg_sparql_expression(parser, BG_EXPRESSION_VARIABLE, place, NULL, 0,
                              expression));
  bg_view key = make_key(parser, start, parser->last_end);
  (*expression)->variable = collect(parser, level, &aggregate, key);
  return BG_OK;
}
