/// Property paths: rules 88 to 96.

#include "sparql/parse.h"

static bg_status read_alternative(bg_sparql_parser *parser, bg_path **path);

static bg_path *
new_path(bg_sparql_parser *parser, bg_path_kind kind, bg_path *left,
         bg_path *right)
{
  bg_path *path = BG_NEW(parser->arena, bg_path);
  *path = (bg_path){.kind = kind, .left = left, .right = right};
  return path;
}

typedef struct {
  bg_path **items;
  size_t count;
  size_t capacity;
} path_list;

/// One tree of [start, end), balanced: sequences and alternatives are
/// associative.
static bg_path *
connect(bg_sparql_parser *parser, bg_path_kind kind, const path_list *paths,
        size_t start, size_t end)
{
  if (end - start == 1) {
    return paths->items[start];
  }
  size_t middle = end - (end - start) / 2;
  return new_path(parser, kind, connect(parser, kind, paths, start, middle),
                  connect(parser, kind, paths, middle, end));
}

static bool
is_at_predicate(const bg_sparql_parser *parser)
{
  return bg_is_at_iri(parser) || bg_sparql_is_at(parser, "a");
}

/// iri | 'a'
static bg_status
read_predicate(bg_sparql_parser *parser, bg_term *iri)
{
  if (bg_sparql_take(parser, "a")) {
    *iri = (bg_term){.kind = BG_TERM_IRI, .text = BG_VIEW(BG_RDF "type")};
    return BG_OK;
  }
  return bg_parse_iri(parser, iri);
}

/// [96] PathOneInPropertySet ::= iri | 'a' | '^' ( iri | 'a' )
static bg_status
read_one_in_set(bg_sparql_parser *parser, bg_term_list *forward,
                bg_term_list *backward)
{
  bool is_inverse = bg_sparql_take(parser, "^");
  if (!is_at_predicate(parser)) {
    return bg_sparql_want(parser, is_inverse ? "an IRI" : "an IRI or '^'");
  }
  bg_term iri;
  bg_term_list *set = is_inverse ? backward : forward;
  BG_TRY(read_predicate(parser, &iri));
  BG_PUSH(parser->arena, set) = iri;
  return BG_OK;
}

/// [95] PathNegatedPropertySet ::= PathOneInPropertySet |
///        '(' ( PathOneInPropertySet ( '|' PathOneInPropertySet )* )? ')'
static bg_status
read_negated_set(bg_sparql_parser *parser, bg_path **path)
{
  bg_term_list forward = {.items = NULL};
  bg_term_list backward = {.items = NULL};
  if (bg_sparql_take(parser, "(")) {
    do {
      BG_TRY(read_one_in_set(parser, &forward, &backward));
    } while (bg_sparql_take(parser, "|"));
    BG_TRY(bg_sparql_expect(parser, ")"));
  } else if (!bg_sparql_take(parser, "()")) {
    BG_TRY(read_one_in_set(parser, &forward, &backward));
  }
  *path = new_path(parser, BG_PATH_NEGATED, NULL, NULL);
  (*path)->forward = forward.items;
  (*path)->forward_count = forward.count;
  (*path)->backward = backward.items;
  (*path)->backward_count = backward.count;
  return BG_OK;
}

/// [94] PathPrimary ::= iri | 'a' | '!' PathNegatedPropertySet | '(' Path ')'
static bg_status
read_primary(bg_sparql_parser *parser, bg_path **path)
{
  if (bg_sparql_take(parser, "!")) {
    return read_negated_set(parser, path);
  }
  if (bg_sparql_take(parser, "(")) {
    BG_TRY(bg_sparql_enter(parser));
    BG_TRY(read_alternative(parser, path));
    bg_sparql_leave(parser);
    return bg_sparql_expect(parser, ")");
  }
  if (!is_at_predicate(parser)) {
    return bg_sparql_want(parser, "an IRI or a path");
  }
  *path = new_path(parser, BG_PATH_IRI, NULL, NULL);
  return read_predicate(parser, &(*path)->iri);
}

/// [91] PathElt ::= PathPrimary PathMod?
/// [92] PathEltOrInverse ::= PathElt | '^' PathElt
/// [93] PathMod ::= '?' | '*' | '+'
static bg_status
read_element(bg_sparql_parser *parser, bg_path **path)
{
  static const struct {
    const char *mark;
    bg_path_kind kind;
  } mods[] = {
      {"?", BG_PATH_ZERO_OR_ONE},
      {"*", BG_PATH_ZERO_OR_MORE},
      {"+", BG_PATH_ONE_OR_MORE},
  };
  bool is_inverse = bg_sparql_take(parser, "^");
  BG_TRY(read_primary(parser, path));
  for (size_t i = 0; i < sizeof mods / sizeof *mods; i++) {
    if (bg_sparql_take(parser, mods[i].mark)) {
      *path = new_path(parser, mods[i].kind, *path, NULL);
      break;
    }
  }
  if (is_inverse) {
    *path = new_path(parser, BG_PATH_INVERSE, *path, NULL);
  }
  return BG_OK;
}

/// [90] PathSequence ::= PathEltOrInverse ( '/' PathEltOrInverse )*
static bg_status
read_sequence(bg_sparql_parser *parser, bg_path **path)
{
  path_list all = {.items = NULL};
  do {
    BG_TRY(read_element(parser, path));
    BG_PUSH(parser->arena, &all) = *path;
  } while (bg_sparql_take(parser, "/"));
  *path = connect(parser, BG_PATH_SEQUENCE, &all, 0, all.count);
  return BG_OK;
}

/// [89] PathAlternative ::= PathSequence ( '|' PathSequence )*
static bg_status
read_alternative(bg_sparql_parser *parser, bg_path **path)
{
  path_list all = {.items = NULL};
  do {
    BG_TRY(read_sequence(parser, path));
    BG_PUSH(parser->arena, &all) = *path;
  } while (bg_sparql_take(parser, "|"));
  *path = connect(parser, BG_PATH_ALTERNATIVE, &all, 0, all.count);
  return BG_OK;
}

bool
bg_is_at_path(const bg_sparql_parser *parser)
{
  return is_at_predicate(parser) || bg_sparql_is_at(parser, "!") ||
         bg_sparql_is_at(parser, "(") || bg_sparql_is_at(parser, "^");
}

/// [88] Path ::= PathAlternative
bg_status
bg_parse_path(bg_sparql_parser *parser, bg_path **path)
{
  return read_alternative(parser, path);
}
