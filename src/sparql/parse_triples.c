/// Triples of patterns, templates and data: rules 52, 55, 75 to 87 and 97 to
/// 106. A rule and its twin for property paths are read by one function, as
/// the target says whether paths may stand there.

#include "sparql/parse.h"

static bg_status read_properties(bg_sparql_parser *parser,
                                 const bg_var_or_term *subject);
static bg_status read_node(bg_sparql_parser *parser, bg_var_or_term *node);

static bg_var_or_term
node_of(bg_term term)
{
  return (bg_var_or_term){.term = term};
}

static bg_var_or_term
node_of_iri(bg_view iri)
{
  return node_of((bg_term){.kind = BG_TERM_IRI, .text = iri});
}

// ---- where they go ---------------------------------------------------------

static void
add_triple(bg_sparql_parser *parser, bg_place place,
           const bg_var_or_term *subject, const bg_var_or_term *predicate,
           const bg_var_or_term *object)
{
  bg_triple_target *target = parser->target;
  if (target->triples != NULL) {
    BG_PUSH(parser->arena, target->triples) = (bg_triple){
        .subject = *subject,
        .predicate = *predicate,
        .object = *object,
        .place = place,
    };
  } else {
    BG_PUSH(parser->arena, target->quads) = (bg_template_quad){
        .subject = *subject,
        .predicate = *predicate,
        .object = *object,
        .in_graph = target->in_graph,
        .graph = target->graph,
    };
  }
}

/// Section 18.2.2.4: what is plain in a path is triples; the rest stays. A
/// sequence is balanced, so that this goes no deeper than the text does.
static void
add_path(bg_sparql_parser *parser, bg_place place,
         const bg_var_or_term *subject, bg_path *path,
         const bg_var_or_term *object)
{
  if (path->kind == BG_PATH_INVERSE) {
    add_path(parser, place, object, path->left, subject);
  } else if (path->kind == BG_PATH_SEQUENCE) {
    bg_var_or_term between = {
        .is_variable = true,
        .variable = bg_sparql_nameless(parser),
    };
    add_path(parser, place, subject, path->left, &between);
    add_path(parser, place, &between, path->right, object);
  } else if (path->kind == BG_PATH_IRI) {
    bg_var_or_term predicate = node_of(path->iri);
    add_triple(parser, place, subject, &predicate, object);
  } else {
    const bg_var_or_term none = {.is_variable = false};
    bg_triples *triples = parser->target->triples;
    add_triple(parser, place, subject, &none, object);
    triples->items[triples->count - 1].path = path;
  }
}

// ---- variables and blank nodes ---------------------------------------------

static bg_status
read_variable(bg_sparql_parser *parser, bg_var_or_term *node)
{
  if (parser->target->constant != NULL) {
    return bg_sparql_refuse(parser, parser->token.place, "a variable in %s",
                            parser->target->constant);
  }
  *node = (bg_var_or_term){.is_variable = true};
  BG_TRY(bg_parse_variable(parser, &node->variable));
  if (parser->target->triples != NULL) {
    bg_sparql_see(parser, node->variable);
  }
  return BG_OK;
}

/// A blank node without a label.
static bg_status
make_blank(bg_sparql_parser *parser, bg_place place, bg_var_or_term *node)
{
  if (parser->target->blankless != NULL) {
    return bg_sparql_refuse(parser, place, "a blank node in %s",
                            parser->target->blankless);
  }
  if (parser->target->triples != NULL) {
    *node = (bg_var_or_term){
        .is_variable = true,
        .variable = bg_sparql_nameless(parser),
    };
  } else {
    *node = node_of((bg_term){
        .kind = BG_TERM_BLANK,
        .text = bg_arena_format(parser->arena, ".%zu", ++parser->blank_count),
    });
  }
  return BG_OK;
}

/// Where a label was used.
typedef struct {
  size_t number; // of the basic graph pattern, or of the operation
  bg_variable variable;
} label_use;

/// Section 19.6: no label in two basic graph patterns of a request, nor in two
/// INSERT DATA. NULL where it is.
static const label_use *
use_label(bg_sparql_parser *parser, bg_map *labels, size_t number,
          bg_view label)
{
  label_use *use = bg_map_find(labels, label);
  if (use == NULL) {
    use = BG_NEW(parser->arena, label_use);
    use->number = number;
    if (parser->target->triples != NULL) {
      use->variable = bg_sparql_nameless(parser);
    }
    bg_map_set(labels, label, use);
  }
  return use->number == number ? use : NULL;
}

/// [138] BlankNode ::= BLANK_NODE_LABEL | ANON
static bg_status
read_blank(bg_sparql_parser *parser, bg_var_or_term *node)
{
  const bg_triple_target *target = parser->target;
  bg_place place = parser->token.place;
  bg_view label = parser->token.text;
  if (target->blankless != NULL || bg_sparql_take(parser, "[]")) {
    return make_blank(parser, place, node);
  }
  if (target->triples != NULL) {
    const label_use *use =
        use_label(parser, &parser->pattern_labels, target->pattern, label);
    if (use == NULL) {
      return bg_sparql_refuse(
          parser, place,
          "the blank node '_:%.*s' is in another group of triples as well",
          BG_VIEW_ARGS(label));
    }
    *node = (bg_var_or_term){.is_variable = true, .variable = use->variable};
  } else {
    if (target->is_data && use_label(parser, &parser->data_labels,
                                     parser->operation_count, label) == NULL) {
      return bg_sparql_refuse(
          parser, place,
          "the blank node '_:%.*s' is in another INSERT DATA as well",
          BG_VIEW_ARGS(label));
    }
    *node = node_of((bg_term){.kind = BG_TERM_BLANK, .text = label});
  }
  bg_sparql_advance(parser);
  return BG_OK;
}

// ---- nodes -----------------------------------------------------------------

/// [102] Collection ::= '(' GraphNode+ ')'
/// [103] CollectionPath ::= '(' GraphNodePath+ ')'
static bg_status
read_collection(bg_sparql_parser *parser, bg_var_or_term *node)
{
  const bg_var_or_term first = node_of_iri(BG_VIEW(BG_RDF "first"));
  const bg_var_or_term rest = node_of_iri(BG_VIEW(BG_RDF "rest"));
  const bg_var_or_term nil = node_of_iri(BG_VIEW(BG_RDF "nil"));
  bg_place place = parser->token.place;
  bg_var_or_term link;
  BG_TRY(bg_sparql_expect(parser, "("));
  BG_TRY(make_blank(parser, place, node));
  link = *node;
  for (;;) {
    bg_var_or_term item;
    bg_var_or_term next = nil;
    place = parser->token.place;
    BG_TRY(read_node(parser, &item));
    add_triple(parser, place, &link, &first, &item);
    bool is_last = bg_sparql_take(parser, ")");
    if (!is_last) {
      BG_TRY(make_blank(parser, place, &next));
    }
    add_triple(parser, place, &link, &rest, &next);
    if (is_last) {
      return BG_OK;
    }
    link = next;
  }
}

/// [99] BlankNodePropertyList ::= '[' PropertyListNotEmpty ']'
/// [101] BlankNodePropertyListPath ::= '[' PropertyListPathNotEmpty ']'
static bg_status
read_property_list(bg_sparql_parser *parser, bg_var_or_term *node)
{
  bg_place place = parser->token.place;
  BG_TRY(bg_sparql_expect(parser, "["));
  BG_TRY(make_blank(parser, place, node));
  BG_TRY(read_properties(parser, node));
  return bg_sparql_close(parser, "]", "';' or ']'");
}

static bool
is_at_triples_node(const bg_sparql_parser *parser)
{
  return bg_sparql_is_at(parser, "(") || bg_sparql_is_at(parser, "[");
}

/// [98] TriplesNode ::= Collection | BlankNodePropertyList
/// [100] TriplesNodePath ::= CollectionPath | BlankNodePropertyListPath
static bg_status
read_triples_node(bg_sparql_parser *parser, bg_var_or_term *node)
{
  BG_TRY(bg_sparql_enter(parser));
  BG_TRY(bg_sparql_is_at(parser, "(") ? read_collection(parser, node)
                                      : read_property_list(parser, node));
  bg_sparql_leave(parser);
  return BG_OK;
}

/// [106] VarOrTerm ::= Var | GraphTerm
/// [109] GraphTerm ::= iri | RDFLiteral | NumericLiteral | BooleanLiteral |
///                     BlankNode | NIL
static bg_status
read_var_or_term(bg_sparql_parser *parser, bg_var_or_term *node)
{
  if (parser->token.kind == BG_TOKEN_VARIABLE) {
    return read_variable(parser, node);
  }
  if (parser->token.kind == BG_TOKEN_BLANK || bg_sparql_is_at(parser, "[]")) {
    return read_blank(parser, node);
  }
  *node = (bg_var_or_term){.is_variable = false};
  if (bg_is_at_iri(parser)) {
    return bg_parse_iri(parser, &node->term);
  }
  if (bg_is_at_literal(parser)) {
    return bg_parse_literal(parser, &node->term);
  }
  if (bg_sparql_take(parser, "()")) {
    *node = node_of_iri(BG_VIEW(BG_RDF "nil"));
    return BG_OK;
  }
  return bg_sparql_want(parser, "a term or a variable");
}

/// [104] GraphNode ::= VarOrTerm | TriplesNode
/// [105] GraphNodePath ::= VarOrTerm | TriplesNodePath
static bg_status
read_node(bg_sparql_parser *parser, bg_var_or_term *node)
{
  return is_at_triples_node(parser) ? read_triples_node(parser, node)
                                    : read_var_or_term(parser, node);
}

// ---- properties ------------------------------------------------------------

static bool
is_at_verb(const bg_sparql_parser *parser)
{
  return parser->token.kind == BG_TOKEN_VARIABLE || bg_is_at_iri(parser) ||
         bg_sparql_is_at(parser, "a") ||
         (parser->target->has_paths && bg_is_at_path(parser));
}

/// [78] Verb ::= VarOrIri | 'a'
/// [84] VerbPath ::= Path
/// [85] VerbSimple ::= Var
/// `path` is NULL for a variable.
static bg_status
read_verb(bg_sparql_parser *parser, bg_var_or_term *variable, bg_path **path)
{
  *path = NULL;
  if (parser->token.kind == BG_TOKEN_VARIABLE) {
    return read_variable(parser, variable);
  }
  if (!is_at_verb(parser)) {
    return bg_sparql_want(parser, "a predicate");
  }
  if (parser->target->has_paths) {
    return bg_parse_path(parser, path);
  }
  *variable = node_of_iri(BG_VIEW(BG_RDF "type"));
  return bg_sparql_take(parser, "a") ? BG_OK
                                     : bg_parse_iri(parser, &variable->term);
}

/// [79] ObjectList ::= Object ( ',' Object )*
/// [80] Object ::= GraphNode
/// [86] ObjectListPath ::= ObjectPath ( ',' ObjectPath )*
/// [87] ObjectPath ::= GraphNodePath
static bg_status
read_objects(bg_sparql_parser *parser, const bg_var_or_term *subject,
             const bg_var_or_term *predicate, bg_path *path)
{
  do {
    bg_place place = parser->token.place;
    bg_var_or_term object;
    BG_TRY(read_node(parser, &object));
    if (path != NULL) {
      add_path(parser, place, subject, path, &object);
    } else {
      add_triple(parser, place, subject, predicate, &object);
    }
  } while (bg_sparql_take(parser, ","));
  return BG_OK;
}

/// [77] PropertyListNotEmpty ::= Verb ObjectList ( ';' ( Verb ObjectList )? )*
/// [83] PropertyListPathNotEmpty ::= ( VerbPath | VerbSimple ) ObjectListPath
///        ( ';' ( ( VerbPath | VerbSimple ) ObjectListPath )? )*
static bg_status
read_properties(bg_sparql_parser *parser, const bg_var_or_term *subject)
{
  do {
    bg_var_or_term predicate;
    bg_path *path;
    BG_TRY(read_verb(parser, &predicate, &path));
    BG_TRY(read_objects(parser, subject, &predicate, path));
    if (!bg_sparql_is_at(parser, ";")) {
      return BG_OK;
    }
    while (bg_sparql_take(parser, ";")) {
    }
  } while (is_at_verb(parser));
  return BG_OK;
}

/// [75] TriplesSameSubject ::=
///        VarOrTerm PropertyListNotEmpty | TriplesNode PropertyList
/// [76] PropertyList ::= PropertyListNotEmpty?
/// [81] TriplesSameSubjectPath ::=
///        VarOrTerm PropertyListPathNotEmpty | TriplesNodePath PropertyListPath
/// [82] PropertyListPath ::= PropertyListPathNotEmpty?
static bg_status
read_same_subject(bg_sparql_parser *parser)
{
  bool is_complete = is_at_triples_node(parser);
  bg_var_or_term subject;
  BG_TRY(read_node(parser, &subject));
  return is_complete && !is_at_verb(parser) ? BG_OK
                                            : read_properties(parser, &subject);
}

bool
bg_is_at_triples(const bg_sparql_parser *parser)
{
  return parser->token.kind == BG_TOKEN_VARIABLE ||
         parser->token.kind == BG_TOKEN_BLANK || bg_is_at_iri(parser) ||
         bg_is_at_literal(parser) || is_at_triples_node(parser) ||
         bg_sparql_is_at(parser, "()") || bg_sparql_is_at(parser, "[]");
}

/// [52] TriplesTemplate ::= TriplesSameSubject ( '.' TriplesTemplate? )?
/// [55] TriplesBlock ::= TriplesSameSubjectPath ( '.' TriplesBlock? )?
/// [74] ConstructTriples ::= TriplesSameSubject ( '.' ConstructTriples? )?
bg_status
bg_parse_triples(bg_sparql_parser *parser, bg_triple_target *target)
{
  bg_triple_target *before = parser->target;
  parser->target = target;
  do {
    BG_TRY(read_same_subject(parser));
  } while (bg_sparql_take(parser, ".") && bg_is_at_triples(parser));
  parser->target = before;
  return BG_OK;
}
