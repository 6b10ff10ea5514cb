/// Queries: rules 1 to 6, 10 to 17, 73 and 74.

#include "sparql/parse.h"

// ---- the prologue ----------------------------------------------------------

/// [5] BaseDecl ::= 'BASE' IRIREF
static bg_status
read_base(bg_sparql_parser *parser)
{
  bg_view base;
  BG_TRY(bg_parse_iri_ref(parser, &base));
  parser->base = bg_arena_copy(parser->arena, base);
  return BG_OK;
}

/// [6] PrefixDecl ::= 'PREFIX' PNAME_NS IRIREF
static bg_status
read_prefix(bg_sparql_parser *parser)
{
  bool is_namespace =
      parser->token.kind == BG_TOKEN_NAME && parser->token.text.size == 0;
  if (!is_namespace) {
    return bg_sparql_want(parser, "a prefix and ':'");
  }
  bg_view prefix = parser->token.prefix;
  bg_view *namespace = BG_NEW(parser->arena, bg_view);
  bg_sparql_advance(parser);
  BG_TRY(bg_parse_iri_ref(parser, namespace));
  bg_map_set(&parser->prefixes, prefix, namespace);
  return BG_OK;
}

/// [4] Prologue ::= ( BaseDecl | PrefixDecl )*
bg_status
bg_parse_prologue(bg_sparql_parser *parser)
{
  for (;;) {
    if (bg_sparql_take(parser, "BASE")) {
      BG_TRY(read_base(parser));
    } else if (bg_sparql_take(parser, "PREFIX")) {
      BG_TRY(read_prefix(parser));
    } else {
      return BG_OK;
    }
  }
}

// ---- what queries have in common -------------------------------------------

/// [13] DatasetClause ::= 'FROM' ( DefaultGraphClause | NamedGraphClause )
/// [14] DefaultGraphClause ::= SourceSelector
/// [15] NamedGraphClause ::= 'NAMED' SourceSelector
/// [16] SourceSelector ::= iri
bg_status
bg_parse_datasets(bg_sparql_parser *parser, bg_query *query)
{
  while (bg_sparql_take(parser, "FROM")) {
    bool is_named = bg_sparql_take(parser, "NAMED");
    bg_term_list *graphs = is_named ? &query->from_named : &query->from;
    bg_term graph;
    BG_TRY(bg_parse_iri(parser, &graph));
    BG_PUSH(parser->arena, graphs) = graph;
  }
  return BG_OK;
}

/// [17] WhereClause ::= 'WHERE'? GroupGraphPattern
bg_status
bg_parse_where(bg_sparql_parser *parser, bg_operation **where)
{
  bool has_word = bg_sparql_take(parser, "WHERE");
  if (!has_word && !bg_sparql_is_at(parser, "{")) {
    return bg_sparql_want(parser, "WHERE or '{'");
  }
  return bg_parse_group(parser, where);
}

// ---- CONSTRUCT -------------------------------------------------------------

/// '{' TriplesTemplate? '}' is template and pattern at once. Its blank nodes
/// are variables without a name in the one, and blank nodes in the other.
static bg_var_or_term
template_node(bg_sparql_parser *parser, bg_var_or_term node)
{
  if (!node.is_variable || bg_sparql_name(parser, node.variable).size > 0) {
    return node;
  }
  return (bg_var_or_term){
      .term = {
          .kind = BG_TERM_BLANK,
          .text = bg_arena_format(parser->arena, ".%zu", node.variable),
      }};
}

/// '{' TriplesTemplate? '}'
static bg_status
read_template_and_where(bg_sparql_parser *parser, bg_query *query)
{
  BG_TRY(bg_sparql_expect(parser, "{"));
  if (bg_is_at_triples(parser)) {
    BG_TRY(bg_sparql_operation(parser, BG_OPERATION_TRIPLES,
                               parser->token.place, NULL, NULL, &query->where));
    bg_triples *triples = &query->where->triples;
    bg_triple_target target = {.triples = triples};
    BG_TRY(bg_parse_triples(parser, &target));
    for (size_t i = 0; i < triples->count; i++) {
      const bg_triple *each = &triples->items[i];
      BG_PUSH(parser->arena, &query->construct) = (bg_template_quad){
          .subject = template_node(parser, each->subject),
          .predicate = each->predicate,
          .object = template_node(parser, each->object),
      };
    }
  }
  return bg_sparql_close(parser, "}", "a triple or '}'");
}

/// [73] ConstructTemplate ::= '{' ConstructTriples? '}'
static bg_status
read_template(bg_sparql_parser *parser, bg_query *query)
{
  bg_triple_target target = {.quads = &query->construct};
  BG_TRY(bg_sparql_expect(parser, "{"));
  if (bg_is_at_triples(parser)) {
    BG_TRY(bg_parse_triples(parser, &target));
  }
  return bg_sparql_close(parser, "}", "a triple or '}'");
}

/// ConstructTemplate DatasetClause* WhereClause
static bg_status
read_long_construct(bg_sparql_parser *parser, bg_query *query)
{
  BG_TRY(read_template(parser, query));
  BG_TRY(bg_parse_datasets(parser, query));
  return bg_parse_where(parser, &query->where);
}

/// DatasetClause* 'WHERE' '{' TriplesTemplate? '}'
static bg_status
read_short_construct(bg_sparql_parser *parser, bg_query *query)
{
  BG_TRY(bg_parse_datasets(parser, query));
  BG_TRY(bg_sparql_close(parser, "WHERE", "'{', FROM or WHERE"));
  return read_template_and_where(parser, query);
}

/// [10] ConstructQuery ::= 'CONSTRUCT'
///        ( ConstructTemplate DatasetClause* WhereClause SolutionModifier |
///          DatasetClause* 'WHERE' '{' TriplesTemplate? '}' SolutionModifier )
static bg_status
read_construct(bg_sparql_parser *parser, bg_query *query)
{
  bg_sparql_advance(parser);
  query->form = BG_QUERY_CONSTRUCT;
  BG_TRY(bg_sparql_is_at(parser, "{") ? read_long_construct(parser, query)
                                      : read_short_construct(parser, query));
  return bg_parse_modifiers(parser, &query->where);
}

// ---- the forms -------------------------------------------------------------

static bg_status
read_select(bg_sparql_parser *parser, bg_query *query)
{
  query->form = BG_QUERY_SELECT;
  return bg_parse_select(parser, query);
}

/// VarOrIri+ of DESCRIBE; a variable once.
static bg_status
read_described(bg_sparql_parser *parser, bg_query *query)
{
  parser->stamp++;
  do {
    bg_var_or_term read;
    BG_TRY(bg_parse_var_or_iri(parser, &read));
    if (!read.is_variable) {
      BG_PUSH(parser->arena, &query->described) = read.term;
      continue;
    }
    bg_variable_state *state = bg_sparql_state(parser, read.variable);
    if ((state->flags & BG_IS_COLUMN) == 0) {
      state->flags |= BG_IS_COLUMN;
      BG_PUSH(parser->arena, &query->shown) = read.variable;
    }
  } while (parser->token.kind == BG_TOKEN_VARIABLE || bg_is_at_iri(parser));
  return BG_OK;
}

/// [11] DescribeQuery ::= 'DESCRIBE' ( VarOrIri+ | '*' ) DatasetClause*
///                        WhereClause? SolutionModifier
static bg_status
read_describe(bg_sparql_parser *parser, bg_query *query)
{
  bg_sparql_advance(parser);
  query->form = BG_QUERY_DESCRIBE;
  query->describes_all = bg_sparql_take(parser, "*");
  if (!query->describes_all) {
    BG_TRY(read_described(parser, query));
  }
  BG_TRY(bg_parse_datasets(parser, query));
  if (bg_sparql_is_at(parser, "WHERE") || bg_sparql_is_at(parser, "{")) {
    BG_TRY(bg_parse_where(parser, &query->where));
  }
  BG_TRY(bg_parse_modifiers(parser, &query->where));
  if (query->describes_all) {
    query->shown = bg_sparql_visible(parser, 0);
  }
  return BG_OK;
}

/// [12] AskQuery ::= 'ASK' DatasetClause* WhereClause SolutionModifier
static bg_status
read_ask(bg_sparql_parser *parser, bg_query *query)
{
  bg_sparql_advance(parser);
  query->form = BG_QUERY_ASK;
  BG_TRY(bg_parse_datasets(parser, query));
  BG_TRY(bg_parse_where(parser, &query->where));
  return bg_parse_modifiers(parser, &query->where);
}

static const struct {
  const char *word;
  bg_status (*read)(bg_sparql_parser *parser, bg_query *query);
} forms[] = {
    {"SELECT", read_select},
    {"CONSTRUCT", read_construct},
    {"DESCRIBE", read_describe},
    {"ASK", read_ask},
};

/// [1] QueryUnit ::= Query
/// [2] Query ::= Prologue ( SelectQuery | ConstructQuery | DescribeQuery |
///                          AskQuery ) ValuesClause
static bg_status
read_query(bg_sparql_parser *parser, bg_query *query)
{
  BG_TRY(bg_parse_prologue(parser));
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    if (bg_sparql_is_at(parser, forms[i].word)) {
      BG_TRY(forms[i].read(parser, query));
      return parser->token.kind == BG_TOKEN_END
                 ? BG_OK
                 : bg_sparql_want(parser, "the end of the query");
    }
  }
  return bg_sparql_want(parser, "SELECT, CONSTRUCT, DESCRIBE or ASK");
}

bg_status
bg_query_parse(bg_view text, const bg_parser_options *options, bg_arena *arena,
               bg_query *query, bg_error *err)
{
  bg_sparql_parser parser;
  *query = (bg_query){.form = BG_QUERY_SELECT};
  bg_sparql_init(&parser, text, options, &query->variables, arena, err);
  return read_query(&parser, query);
}
