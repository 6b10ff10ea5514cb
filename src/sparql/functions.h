/// The functions of section 17.4, on terms. Of the room's own.

#ifndef BG_SPARQL_FUNCTIONS_H
#define BG_SPARQL_FUNCTIONS_H

#include "sparql/value.h"

/// What is longer is an error: texts that double with each BIND must not fill
/// the memory.
enum { BG_LONGEST_LITERAL = 64 << 20 };

/// A call whose arguments have been evaluated: as many as bg_built_ins allows.
typedef struct {
  const bg_expression *expression;
  const bg_evaluation *evaluation;
  const bg_term *arguments;
  size_t count;
} bg_call;

/// False for a type error.
typedef bool bg_function(const bg_call *call, bg_term *result);

/// NULL for BOUND, IF and COALESCE, which look at expressions.
bg_function *bg_function_of(bg_built_in built_in);

/// Whether the IRI names a cast (section 17.5).
bool bg_cast_is_known(bg_view iri);
bool bg_cast(const bg_term *term, bg_view iri, bg_arena *arena,
             bg_term *result);

/// Compiles a regular expression of constants, for `expression->compiled`.
void *bg_regex_prepare(const bg_expression *expression, bg_arena *arena);

/// In lower-case hexadecimal digits.
bg_view bg_sha1_text(bg_view text, bg_arena *arena);

/// The next number of the query's own, by SplitMix64.
uint64_t bg_random_next(uint64_t *state);

// terms.c (section 17.4.2)
bg_function bg_function_str, bg_function_lang, bg_function_langmatches,
    bg_function_datatype, bg_function_iri, bg_function_bnode,
    bg_function_strlang, bg_function_strdt, bg_function_sameterm,
    bg_function_isiri, bg_function_isblank, bg_function_isliteral,
    bg_function_isnumeric, bg_function_uuid, bg_function_struuid;

// strings.c (section 17.4.3)
bg_function bg_function_concat, bg_function_strlen, bg_function_ucase,
    bg_function_lcase, bg_function_encode_for_uri, bg_function_contains,
    bg_function_strstarts, bg_function_strends, bg_function_strbefore,
    bg_function_strafter, bg_function_substr;

// regex.c (sections 17.4.3.14 and 17.4.3.15)
bg_function bg_function_regex, bg_function_replace;

// numerics.c (sections 17.4.4 and 17.4.5)
bg_function bg_function_rand, bg_function_abs, bg_function_ceil,
    bg_function_floor, bg_function_round, bg_function_year, bg_function_month,
    bg_function_day, bg_function_hours, bg_function_minutes,
    bg_function_seconds, bg_function_timezone, bg_function_tz, bg_function_now;

// hashes.c (section 17.4.6)
bg_function bg_function_md5, bg_function_sha1, bg_function_sha256,
    bg_function_sha384, bg_function_sha512;

#endif
