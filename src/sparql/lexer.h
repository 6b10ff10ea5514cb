/// The text of a request as tokens
/// (https://www.w3.org/TR/sparql11-query/#sparqlGrammar, sections 19.1 to 19.5
/// and the terminals of 19.8). Of the room's own.

#ifndef BG_SPARQL_LEXER_H
#define BG_SPARQL_LEXER_H

#include "sparql/algebra.h"

typedef enum {
  BG_TOKEN_END,
  BG_TOKEN_FIXED,    ///< a keyword or a mark: `text` as the grammar has it
  BG_TOKEN_IRI,      ///< `text` without the brackets
  BG_TOKEN_NAME,     ///< PNAME_LN and PNAME_NS: `prefix` and `text`
  BG_TOKEN_BLANK,    ///< `text` is the label
  BG_TOKEN_VARIABLE, ///< `text` without '?' or '$'
  BG_TOKEN_STRING,   ///< `text` without quotes and escapes
  BG_TOKEN_LANGUAGE, ///< `text` without '@'
  BG_TOKEN_INTEGER,  ///< so the two below: with the sign before it, if any
  BG_TOKEN_DECIMAL,
  BG_TOKEN_DOUBLE,
  BG_TOKEN_WRONG, ///< `wrong` says what
} bg_token_kind;

/// NIL is the fixed token "()", and ANON "[]". A word that is no keyword is a
/// fixed token as well, which matches none.
typedef struct {
  bg_token_kind kind;
  bg_place place;
  size_t start; ///< in the lexer's text
  size_t end;
  bg_view text;
  bg_view prefix;
  const char *wrong;
} bg_token;

/// Where a codepoint escape was replaced.
typedef struct {
  size_t offset; ///< of what it stands for
  size_t columns;
} bg_escape;

typedef struct {
  bg_escape *items;
  size_t count;
  size_t capacity;
} bg_escapes;

typedef struct {
  bg_view text; ///< valid UTF-8 without NUL, codepoint escapes replaced
  bool is_cut;  ///< something else came behind
  bg_arena *arena;
  size_t at;
  bg_escapes escapes;
  size_t next_escape; ///< the first that is not counted yet
  size_t counted;     ///< an offset, and the place of it
  bg_place place;
} bg_lexer;

/// Any bytes will do. Tokens borrow from a copy in `arena`.
void bg_lexer_init(bg_lexer *lexer, bg_view text, bg_arena *arena);

bg_token bg_lexer_next(bg_lexer *lexer);

#endif
