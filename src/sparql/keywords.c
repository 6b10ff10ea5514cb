#include "sparql/keywords.h"

/// All of them, sorted. Case does not matter, but for "a" (section 19.8, note
/// 1), which is not here.
static const char *const keywords[] = {
    "ABS",
    "ADD",
    "ALL",
    "AS",
    "ASC",
    "ASK",
    "AVG",
    "BASE",
    "BIND",
    "BNODE",
    "BOUND",
    "BY",
    "CEIL",
    "CLEAR",
    "COALESCE",
    "CONCAT",
    "CONSTRUCT",
    "CONTAINS",
    "COPY",
    "COUNT",
    "CREATE",
    "DATA",
    "DATATYPE",
    "DAY",
    "DEFAULT",
    "DELETE",
    "DESC",
    "DESCRIBE",
    "DISTINCT",
    "DROP",
    "ENCODE_FOR_URI",
    "EXISTS",
    "FALSE",
    "FILTER",
    "FLOOR",
    "FROM",
    "GRAPH",
    "GROUP",
    "GROUP_CONCAT",
    "HAVING",
    "HOURS",
    "IF",
    "IN",
    "INSERT",
    "INTO",
    "IRI",
    "ISBLANK",
    "ISIRI",
    "ISLITERAL",
    "ISNUMERIC",
    "ISURI",
    "LANG",
    "LANGMATCHES",
    "LCASE",
    "LIMIT",
    "LOAD",
    "MAX",
    "MD5",
    "MIN",
    "MINUS",
    "MINUTES",
    "MONTH",
    "MOVE",
    "NAMED",
    "NOT",
    "NOW",
    "OFFSET",
    "OPTIONAL",
    "ORDER",
    "PREFIX",
    "RAND",
    "REDUCED",
    "REGEX",
    "REPLACE",
    "ROUND",
    "SAMETERM",
    "SAMPLE",
    "SECONDS",
    "SELECT",
    "SEPARATOR",
    "SERVICE",
    "SHA1",
    "SHA256",
    "SHA384",
    "SHA512",
    "SILENT",
    "STR",
    "STRAFTER",
    "STRBEFORE",
    "STRDT",
    "STRENDS",
    "STRLANG",
    "STRLEN",
    "STRSTARTS",
    "STRUUID",
    "SUBSTR",
    "SUM",
    "TIMEZONE",
    "TO",
    "TRUE",
    "TZ",
    "UCASE",
    "UNDEF",
    "UNION",
    "URI",
    "USING",
    "UUID",
    "VALUES",
    "WHERE",
    "WITH",
    "YEAR",
};

/// Orders a word, as if in capitals, and a keyword.
static int
compare_word(bg_view word, const char *keyword)
{
  for (size_t i = 0; i < word.size; i++) {
    char byte = word.bytes[i];
    byte = byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
    if (byte != keyword[i]) {
      return byte < keyword[i] ? -1 : 1;
    }
  }
  return keyword[word.size] == '\0' ? 0 : -1;
}

const char *
bg_keyword_find(bg_view word)
{
  size_t from = 0;
  size_t to = sizeof keywords / sizeof *keywords;
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    int order = compare_word(word, keywords[middle]);
    if (order == 0) {
      return keywords[middle];
    }
    if (order < 0) {
      to = middle;
    } else {
      from = middle + 1;
    }
  }
  return NULL;
}
