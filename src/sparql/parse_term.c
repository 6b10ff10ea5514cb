/// IRIs, literals and variables: rules 106 to 109 and 129 to 137.

#include "sparql/parse.h"

#include "sparql/iri.h"

// ---- IRIs ------------------------------------------------------------------

bool
bg_is_at_iri(const bg_sparql_parser *parser)
{
  return parser->token.kind == BG_TOKEN_IRI ||
         parser->token.kind == BG_TOKEN_NAME;
}

/// Counts what the token at hand and what stands before it take.
static bg_status
pay(bg_sparql_parser *parser, size_t before)
{
  size_t size = before + parser->token.text.size;
  if (size > parser->iri_bytes_left) {
    return bg_sparql_refuse(parser, parser->token.place,
                            "IRIs take more memory than the text is worth");
  }
  parser->iri_bytes_left -= size;
  return BG_OK;
}

/// IRIREF, resolved
bg_status
bg_parse_iri_ref(bg_sparql_parser *parser, bg_view *iri)
{
  if (parser->token.kind != BG_TOKEN_IRI) {
    return bg_sparql_want(parser, "an IRI in '<' and '>'");
  }
  BG_TRY(pay(parser, parser->base.size));
  *iri = bg_iri_resolve(parser->token.text, parser->base, parser->arena);
  bg_sparql_advance(parser);
  return BG_OK;
}

/// [137] PrefixedName ::= PNAME_LN | PNAME_NS
static bg_status
read_prefixed_name(bg_sparql_parser *parser, bg_view *iri)
{
  const bg_view *namespace =
      bg_map_find(&parser->prefixes, parser->token.prefix);
  if (namespace == NULL) {
    return bg_sparql_refuse(parser, parser->token.place,
                            "the prefix '%.*s:' is not declared",
                            BG_VIEW_ARGS(parser->token.prefix));
  }
  BG_TRY(pay(parser, namespace->size));
  *iri = bg_arena_join(parser->arena, *namespace, parser->token.text);
  bg_sparql_advance(parser);
  return BG_OK;
}

/// [136] iri ::= IRIREF | PrefixedName
bg_status
bg_parse_iri(bg_sparql_parser *parser, bg_term *iri)
{
  *iri = (bg_term){.kind = BG_TERM_IRI};
  if (parser->token.kind == BG_TOKEN_NAME) {
    return read_prefixed_name(parser, &iri->text);
  }
  if (parser->token.kind == BG_TOKEN_IRI) {
    return bg_parse_iri_ref(parser, &iri->text);
  }
  return bg_sparql_want(parser, "an IRI");
}

// ---- literals --------------------------------------------------------------

bool
bg_is_at_literal(const bg_sparql_parser *parser)
{
  bg_token_kind kind = parser->token.kind;
  return kind == BG_TOKEN_STRING || kind == BG_TOKEN_INTEGER ||
         kind == BG_TOKEN_DECIMAL || kind == BG_TOKEN_DOUBLE ||
         bg_sparql_is_at(parser, "TRUE") || bg_sparql_is_at(parser, "FALSE");
}

/// [130] NumericLiteral ::= NumericLiteralUnsigned | NumericLiteralPositive |
///                          NumericLiteralNegative
bg_term
bg_sparql_number(bg_token_kind kind, bg_view text)
{
  return (bg_term){
      .kind = BG_TERM_LITERAL,
      .text = text,
      .datatype = kind == BG_TOKEN_INTEGER   ? BG_VIEW(BG_XSD "integer")
                  : kind == BG_TOKEN_DECIMAL ? BG_VIEW(BG_XSD "decimal")
                                             : BG_VIEW(BG_XSD "double"),
  };
}

/// [129] RDFLiteral ::= String ( LANGTAG | ( '^^' iri ) )?
/// [135] String
static bg_status
read_string_literal(bg_sparql_parser *parser, bg_term *literal)
{
  *literal = (bg_term){.kind = BG_TERM_LITERAL, .text = parser->token.text};
  bg_sparql_advance(parser);
  if (parser->token.kind == BG_TOKEN_LANGUAGE) {
    literal->language = parser->token.text;
    bg_sparql_advance(parser);
  } else if (bg_sparql_take(parser, "^^")) {
    bg_term datatype;
    BG_TRY(bg_parse_iri(parser, &datatype));
    bool is_plain = bg_view_is_equal(datatype.text, BG_VIEW(BG_XSD "string"));
    literal->datatype = is_plain ? BG_VIEW("") : datatype.text;
  }
  return BG_OK;
}

/// RDFLiteral | NumericLiteral | BooleanLiteral
/// [134] BooleanLiteral ::= 'true' | 'false'
bg_status
bg_parse_literal(bg_sparql_parser *parser, bg_term *literal)
{
  if (parser->token.kind == BG_TOKEN_STRING) {
    return read_string_literal(parser, literal);
  }
  if (!bg_is_at_literal(parser)) {
    return bg_sparql_want(parser, "a literal");
  }
  if (parser->token.kind == BG_TOKEN_FIXED) {
    bool is_true = bg_sparql_is_at(parser, "TRUE");
    *literal = (bg_term){
        .kind = BG_TERM_LITERAL,
        .text = is_true ? BG_VIEW("true") : BG_VIEW("false"),
        .datatype = BG_VIEW(BG_XSD "boolean"),
    };
  } else {
    *literal = bg_sparql_number(parser->token.kind, parser->token.text);
  }
  bg_sparql_advance(parser);
  return BG_OK;
}

// ---- variables -------------------------------------------------------------

/// [108] Var ::= VAR1 | VAR2
bg_status
bg_parse_variable(bg_sparql_parser *parser, bg_variable *variable)
{
  if (parser->token.kind != BG_TOKEN_VARIABLE) {
    return bg_sparql_want(parser, "a variable");
  }
  *variable = bg_sparql_variable(parser, parser->token.text);
  bg_sparql_advance(parser);
  return BG_OK;
}

/// [107] VarOrIri ::= Var | iri
bg_status
bg_parse_var_or_iri(bg_sparql_parser *parser, bg_var_or_term *read)
{
  *read = (bg_var_or_term){.is_variable = true};
  if (parser->token.kind == BG_TOKEN_VARIABLE) {
    return bg_parse_variable(parser, &read->variable);
  }
  if (!bg_is_at_iri(parser)) {
    return bg_sparql_want(parser, "a variable or an IRI");
  }
  read->is_variable = false;
  return bg_parse_iri(parser, &read->term);
}
