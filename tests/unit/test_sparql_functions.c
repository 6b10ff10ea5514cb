#include "sparql_expression.h"

#include <time.h>

// ---- functions (section 17.4) ---------------------------------------------

static const expression_case term_functions[] = {
    {"(ISIRI <a:b>)", "true"},
    {"(ISURI \"a:b\")", "false"},
    {"(ISBLANK _:b)", "true"},
    {"(ISLITERAL \"\"@en)", "true"},
    {"(ISLITERAL error)", NULL},
    {"(ISNUMERIC 1)", "true"},
    {"(ISNUMERIC \"1\")", "false"},
    {"(ISNUMERIC \"1200\"^^byte)", "false"},
    {"(ISNUMERIC \"12\"^^byte)", "true"},
    {"(ISNUMERIC \"1.0\"^^integer)", "false"},
    {"(ISNUMERIC \"INF\"^^float)", "true"},
    {"(ISNUMERIC \"INF\"^^decimal)", "false"},
    {"(ISNUMERIC \" 1\"^^integer)", "false"},
    {"(ISNUMERIC \"\"^^integer)", "false"},
    {"(ISNUMERIC \".\"^^decimal)", "false"},
    {"(ISNUMERIC \"-.5\"^^decimal)", "true"},
    {"(ISNUMERIC \"1e\"^^double)", "false"},
    {"(ISNUMERIC 12345678901234567890123456789012345678901234567890)", "true"},
    {"(ISNUMERIC \"-1234567890123456789012345678901234567890"
     "\"^^nonNegativeInteger)",
     "false"},
    {"(ISNUMERIC \"0\"^^positiveInteger)", "false"},
    {"(ISNUMERIC \"0\"^^negativeInteger)", "false"},
    {"(ISNUMERIC \"18446744073709551615\"^^unsignedLong)", "true"},
    {"(ISNUMERIC \"18446744073709551616\"^^unsignedLong)", "false"},
    {"(STR <a:b>)", "\"a:b\""},
    {"(STR \"a\"@en)", "\"a\""},
    {"(STR 1.0)", "\"1.0\""},
    {"(STR _:b)", NULL},
    {"(LANG \"a\"@en-GB)", "\"en-GB\""},
    {"(LANG 1)", "\"\""},
    {"(LANG <a:b>)", NULL},
    {"(DATATYPE \"a\")", "<http://www.w3.org/2001/XMLSchema#string>"},
    {"(DATATYPE 1)", "<http://www.w3.org/2001/XMLSchema#integer>"},
    {"(DATATYPE \"a\"@en)",
     "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"},
    {"(DATATYPE <a:b>)", NULL},
    {"(IRI <a:b>)", "<a:b>"},
    {"(IRI \"a:b\"^^string)", "<a:b>"},
    {"(IRI \"iri\")", "<http://example.org/base/iri>"},
    {"(URI \"../x?y#z\")", "<http://example.org/x?y#z>"},
    {"(IRI \"//host\")", "<http://host>"},
    {"(IRI \"\")", "<http://example.org/base/doc>"},
    {"(IRI \"#a\")", "<http://example.org/base/doc#a>"},
    {"(IRI \"a b\")", NULL},
    {"(IRI \"http://a/<b>\")", NULL},
    {"(IRI \"a\"@en)", NULL},
    {"(IRI 1)", NULL},
    {"(IRI _:b)", NULL},
    {"(= (BNODE) (BNODE))", "false"},
    {"(= (BNODE \"a\") (BNODE \"a\"))", "true"},
    {"(= (BNODE \"a\") (BNODE \"b\"))", "false"},
    {"(ISBLANK (BNODE))", "true"},
    {"(BNODE 1)", NULL},
    {"(STRDT \"1\" <a:b>)", "\"1\"^^<a:b>"},
    {"(STRDT \"a\" <http://www.w3.org/2001/XMLSchema#string>)", "\"a\""},
    {"(STRDT \"1\"@en <a:b>)", NULL},
    {"(STRDT 1 <a:b>)", NULL},
    {"(STRDT \"1\" \"a:b\")", NULL},
    {"(STRLANG \"a\" \"en-US\")", "\"a\"@en-US"},
    {"(STRLANG \"a\" \"\")", NULL},
    {"(STRLANG \"a\" \"en-\")", NULL},
    {"(STRLANG \"a\" \"1n\")", NULL},
    {"(STRLANG \"a\"@en \"de\")", NULL},
    {"(STRLANG 1 \"de\")", NULL},
    {"(LANGMATCHES \"de-DE\" \"de\")", "true"},
    {"(LANGMATCHES \"DE\" \"de\")", "true"},
    {"(LANGMATCHES \"den\" \"de\")", "false"},
    {"(LANGMATCHES \"de\" \"de-DE\")", "false"},
    {"(LANGMATCHES \"de\" \"*\")", "true"},
    {"(LANGMATCHES \"\" \"*\")", "false"},
    {"(LANGMATCHES \"de\" \"\")", "false"},
    {"(LANGMATCHES \"de\" 1)", NULL},
    {"(STRLEN (STRUUID))", "36"},
    {"(STRLEN (STR (UUID)))", "45"},
    {"(REGEX (STR (UUID)) \"^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}"
     "-[89ab][0-9a-f]{3}-[0-9a-f]{12}$\")",
     "true"},
    {"(= (UUID) (UUID))", "false"},
    {"(<t:no-function> 1)", NULL},
};

static const expression_case string_functions[] = {
    {"(STRLEN \"\")", "0"},
    {"(STRLEN \"食べ物\"@ja)", "3"},
    {"(STRLEN \"👪\")", "1"},
    {"(STRLEN 12)", NULL},
    {"(STRLEN <a:b>)", NULL},
    {"(SUBSTR \"foobar\" 4)", "\"bar\""},
    {"(SUBSTR \"foobar\"@en 4 1)", "\"b\"@en"},
    {"(SUBSTR \"食べ物\" 2 1)", "\"べ\""},
    {"(SUBSTR \"abcde\" 0 3)", "\"ab\""},
    {"(SUBSTR \"abcde\" -1 3)", "\"a\""},
    {"(SUBSTR \"abcde\" 1.5 2.6)", "\"bcd\""},
    {"(SUBSTR \"abcde\" 9)", "\"\""},
    {"(SUBSTR \"abcde\" 2 0)", "\"\""},
    {"(SUBSTR \"abcde\" 2 -3)", "\"\""},
    {"(SUBSTR \"abcde\" \"NaN\"^^double)", "\"\""},
    {"(SUBSTR \"abcde\" 1 \"NaN\"^^double)", "\"\""},
    {"(SUBSTR \"abcde\" \"-INF\"^^double \"INF\"^^double)", "\"\""},
    {"(SUBSTR \"abcde\" -42 \"INF\"^^double)", "\"abcde\""},
    {"(SUBSTR \"abcde\" \"a\")", NULL},
    {"(SUBSTR 12345 1)", NULL},
    {"(UCASE \"foo\"@en)", "\"FOO\"@en"},
    {"(UCASE \"straße äöü ψ д\")", "\"STRASSE ÄÖÜ Ψ Д\""},
    {"(UCASE \"ﬁn\")", "\"FIN\""},
    {"(UCASE \"食👪\")", "\"食👪\""},
    {"(UCASE 1)", NULL},
    {"(LCASE \"BAR ÀÉÎ ΨΩ Ж\"^^string)", "\"bar àéî ψω ж\""},
    {"(LCASE \"İ\")", "\"i̇\""},
    {"(LCASE <a:b>)", NULL},
    {"(CONCAT)", "\"\""},
    {"(CONCAT \"a\"@en)", "\"a\"@en"},
    {"(CONCAT \"a\"@en \"b\"@en)", "\"ab\"@en"},
    {"(CONCAT \"a\"@en \"b\"@EN)", "\"ab\"@en"},
    {"(CONCAT \"a\"@en \"b\"@de)", "\"ab\""},
    {"(CONCAT \"a\"@en \"b\")", "\"ab\""},
    {"(CONCAT \"a\"^^string \"b\" \"c\" \"d\" \"e\")", "\"abcde\""},
    {"(CONCAT \"a\" 1)", NULL},
    {"(CONCAT \"a\" error)", NULL},
    {"(CONTAINS \"foobar\" \"oba\")", "true"},
    {"(CONTAINS \"foobar\"@en \"bar\"@EN)", "true"},
    {"(CONTAINS \"foobar\"@en \"bar\")", "true"},
    {"(CONTAINS \"foobar\" \"bar\"@en)", NULL},
    {"(CONTAINS \"foobar\"@en \"bar\"@de)", NULL},
    {"(CONTAINS \"\" \"\")", "true"},
    {"(CONTAINS 123 \"2\")", NULL},
    {"(STRSTARTS \"foobar\" \"foo\")", "true"},
    {"(STRSTARTS \"foobar\" \"bar\")", "false"},
    {"(STRSTARTS \"foobar\" \"foo\"@en)", NULL},
    {"(STRENDS \"foobar\"@en \"bar\")", "true"},
    {"(STRENDS \"ar\" \"bar\")", "false"},
    {"(STRBEFORE \"abc\"@en \"bc\")", "\"a\"@en"},
    {"(STRBEFORE \"abc\"@en \"z\")", "\"\""},
    {"(STRBEFORE \"abc\"@en \"\")", "\"\"@en"},
    {"(STRBEFORE \"abc\"@en \"\"@en)", "\"\"@en"},
    {"(STRBEFORE \"abc\" \"b\"@cy)", NULL},
    {"(STRBEFORE \"abc\"@en \"b\"@cy)", NULL},
    {"(STRAFTER \"abc\"@en \"ab\")", "\"c\"@en"},
    {"(STRAFTER \"abc\"@en \"\")", "\"abc\"@en"},
    {"(STRAFTER \"abc\"@en \"abcd\")", "\"\""},
    {"(STRAFTER \"abc\" \"\"@en)", NULL},
    {"(ENCODE_FOR_URI \"Los Angeles 100%\"@en)", "\"Los%20Angeles%20100%25\""},
    {"(ENCODE_FOR_URI \"a-b.c_d~e!f/食\")", "\"a-b.c_d~e%21f%2F%E9%A3%9F\""},
    {"(ENCODE_FOR_URI 1)", NULL},
    {"(MD5 \"foo\")", "\"acbd18db4cc2f85cedef654fccc4a4d8\""},
    {"(MD5 \"食べ物\")", "\"e7ada485d13b1decf628c9211bc3a97b\""},
    {"(SHA1 \"foo\"^^string)", "\"0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33\""},
    {"(SHA256 \"\")",
     "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\""},
    {"(SHA384 \"foo\")",
     "\"98c11ffdfdd540676b1a137cb1a22b2a70350c9a44171d6b1180c6be5cbb2ee3"
     "f79d532c8a1dd9ef2e8e08e752a3babb\""},
    {"(SUBSTR (SHA512 \"foo\") 1 16)", "\"f7fbba6e0636f890\""},
    {"(MD5 \"foo\"@en)", NULL},
    {"(SHA1 1)", NULL},
};

static const expression_case regexes[] = {
    {"(REGEX \"Battle of Cannae\" \"cannae$\" \"i\")", "true"},
    {"(REGEX \"Schlacht bei CANNÄ\"@de \"cannä\" \"i\")", "true"},
    {"(REGEX \"食べ物\" \"^.{3}$\")", "true"},
    {"(REGEX \"abc\" \"b\"@en)", NULL},
    {"(REGEX 12 \"1\")", NULL},
    {"(REGEX <a:b> \"a\")", NULL},
    {"(REGEX \"a\\nb\" \"a.b\")", "false"},
    {"(REGEX \"a\\nb\" \"a.b\" \"s\")", "true"},
    {"(REGEX \"a\\nb\" \"^b\")", "false"},
    {"(REGEX \"a\\nb\" \"^b\" \"m\")", "true"},
    {"(REGEX \"b\\n\" \"b$\")", "false"},
    {"(REGEX \"abc\" \" a b[c ] \" \"x\")", "true"},
    {"(REGEX \"a#c\" \"a # c\" \"x\")", "true"},
    {"(REGEX \"a c\" \"a[ ]c\" \"x\")", "true"},
    {"(REGEX \"a.c\" \"A.C\" \"qi\")", "true"},
    {"(REGEX \"abc\" \"a.c\" \"q\")", "false"},
    {"(REGEX \"a\" \"a\" \"y\")", NULL},
    {"(REGEX \"a\" \"(\")", NULL},
    {"(REGEX \"a\" \"\\\\C\")", "false"},
    {"(REGEX \"a\" \"\\C\")", NULL},
    {"(REGEX \"٣\" \"^\\d$\")", "true"},
    {"(REGEX \"\" \"^$\")", "true"},
    {"(REGEX ?e ?e)", "true"},
    {"(REPLACE \"abcd\" \"b\" \"Z\")", "\"aZcd\""},
    {"(REPLACE \"abab\"@en \"B\" \"Z\" \"i\")", "\"aZaZ\"@en"},
    {"(REPLACE \"abab\" \"B.\" \"Z\" \"i\")", "\"aZb\""},
    {"(REPLACE \"banana\" \"ana\" \"*\")", "\"b*na\""},
    {"(REPLACE \"abacad\" \"(ab)|(a)\" \"[1=$1][2=$2]\")",
     "\"[1=ab][2=][1=][2=a]c[1=][2=a]d\""},
    {"(REPLACE \"abc\" \"(b)\" \"$1$12\")", "\"abb2c\""},
    {"(REPLACE \"abc\" \"b\" \"<$0>\")", "\"a<b>c\""},
    {"(REPLACE \"abc\" \"b\" \"$3\")", "\"ac\""},
    {"(REPLACE \"abc\" \"b\" \"\\$1\")", "\"a$1c\""},
    {"(REPLACE \"abc\" \"b\" \"$\")", NULL},
    {"(REPLACE \"abc\" \"b\" \"\\n\")", "\"a\\nc\""},
    {"(REPLACE \"abc\" \"b\" \"\\b\")", NULL},
    {"(REPLACE \"abc\" \"b*\" \"Z\")", NULL},
    {"(REPLACE \"abc\" \"(?=b)\" \"Z\")", NULL},
    {"(REPLACE \"a.b\" \".\" \"$1\" \"q\")", "\"a$1b\""},
    {"(REPLACE \"食べ物\" \"べ\" \"é\")", "\"食é物\""},
    {"(REPLACE 12 \"1\" \"2\")", NULL},
    {"(REPLACE \"abc\" \"b\" \"Z\"@en)", NULL},
    {"(REPLACE \"abc\" \"b\" \"Z\" \"k\")", NULL},
};

static const expression_case number_functions[] = {
    {"(ABS -2)", "2"},
    {"(ABS \"-2\"^^byte)", "2"},
    {"(ABS -2.5)", "2.5"},
    {"(ABS -0e0)", "0.0E0"},
    {"(ABS \"-INF\"^^float)", "\"INF\"^^float"},
    {"(ABS \"1\")", NULL},
    {"(CEIL 1.1)", "2.0"},
    {"(CEIL -1.6)", "-1.0"},
    {"(CEIL 2)", "2"},
    {"(CEIL 1.1e0)", "2.0E0"},
    {"(FLOOR -1.6)", "-2.0"},
    {"(FLOOR 1.1)", "1.0"},
    {"(FLOOR \"-0.5\"^^float)", "\"-1.0E0\"^^float"},
    {"(ROUND 2.5)", "3.0"},
    {"(ROUND -2.5)", "-2.0"},
    {"(ROUND 2.4999)", "2.0"},
    {"(ROUND 0.49999999999999994e0)", "0.0E0"},
    {"(ROUND -0.4e0)", "-0.0E0"},
    {"(ROUND \"NaN\"^^double)", "\"NaN\"^^double"},
    {"(ROUND 12345678901234567890123456789.5)",
     "12345678901234567890123456790.0"},
    {"(ROUND <a:b>)", NULL},
    {"(DATATYPE (RAND))", "<http://www.w3.org/2001/XMLSchema#double>"},
    {"(&& (>= (RAND) 0) (< (RAND) 1))", "true"},
    {"(YEAR \"2010-06-21T11:28:01Z\"^^dateTime)", "2010"},
    {"(YEAR \"-0215-08-02\"^^date)", "-215"},
    {"(YEAR \"1066\"^^gYear)", "1066"},
    {"(MONTH \"1066-10\"^^gYearMonth)", "10"},
    {"(MONTH \"1066\"^^gYear)", NULL},
    {"(DAY \"2010-12-21T15:38:02-08:00\"^^dateTime)", "21"},
    {"(DAY \"2010-12\"^^gYearMonth)", NULL},
    {"(DAY \"2010-02-30\"^^date)", NULL},
    {"(DAY \"1900-02-29\"^^date)", NULL},
    {"(DAY \"2000-02-29\"^^date)", "29"},
    {"(HOURS \"2010-12-21T15:38:02-08:00\"^^dateTime)", "15"},
    {"(HOURS \"2010-12-21T24:00:00\"^^dateTime)", "0"},
    {"(HOURS \"2010-12-21\"^^date)", NULL},
    {"(MINUTES \"15:38:02\"^^time)", "38"},
    {"(YEAR \"15:38:02\"^^time)", NULL},
    {"(SECONDS \"2008-06-20T23:59:00Z\"^^dateTime)", "0.0"},
    {"(SECONDS \"2008-06-20T23:59:02.1250\"^^dateTime)", "2.125"},
    {"(SECONDS \"2008-06-20T23:59:02.0000000000000000001\"^^dateTime)", NULL},
    {"(SECONDS \"2008-06-20T23:59:60Z\"^^dateTime)", NULL},
    {"(TIMEZONE \"2010-06-21T11:28:01Z\"^^dateTime)",
     "\"PT0S\"^^dayTimeDuration"},
    {"(TIMEZONE \"2010-06-21T11:28:01-08:00\"^^dateTime)",
     "\"-PT8H\"^^dayTimeDuration"},
    {"(TIMEZONE \"2010-06-21T11:28:01+05:30\"^^dateTime)",
     "\"PT5H30M\"^^dayTimeDuration"},
    {"(TIMEZONE \"2010-06-21T11:28:01\"^^dateTime)", NULL},
    {"(TZ \"2010-06-21T11:28:01Z\"^^dateTime)", "\"Z\""},
    {"(TZ \"2010-06-21T11:28:01-08:00\"^^dateTime)", "\"-08:00\""},
    {"(TZ \"2010-06-21T11:28:01\"^^dateTime)", "\"\""},
    {"(TZ \"2010-06-21T11:28:01+14:01\"^^dateTime)", NULL},
    {"(TZ \"2010\")", NULL},
    {"(YEAR \"12345678901\"^^gYear)", NULL},
    {"(YEAR \"01234\"^^gYear)", NULL},
    {"(YEAR \"123\"^^gYear)", NULL},
    {"(NOW)", "\"2024-02-29T12:00:00Z\"^^dateTime"},
};

// ---- casts (section 17.5) -------------------------------------------------

static const expression_case casts[] = {
    {"(string <a:b>)", "\"a:b\""},
    {"(string 1.0)", "\"1\""},
    {"(string -2.50)", "\"-2.5\""},
    {"(string 0E1)", "\"0\""},
    {"(string -0e0)", "\"-0\""},
    {"(string 1.25e0)", "\"1.25\""},
    {"(string 123456e0)", "\"123456\""},
    {"(string 1e6)", "\"1.0E6\""},
    {"(string 1e-7)", "\"1.0E-7\""},
    {"(string \"0\"^^boolean)", "\"false\""},
    {"(string \"-7.875\"^^float)", "\"-7.875\""},
    {"(string \"2000-01-01\"^^date)", "\"2000-01-01\""},
    {"(string _:b)", NULL},
    {"(boolean \"1\")", "true"},
    {"(boolean \" false \")", "false"},
    {"(boolean \"13\")", NULL},
    {"(boolean 2.5)", "true"},
    {"(boolean 0e0)", "false"},
    {"(boolean \"NaN\"^^float)", "false"},
    {"(boolean <a:b>)", NULL},
    {"(integer \"13\")", "13"},
    {"(integer \" +013 \")", "13"},
    {"(integer \"1.5\")", NULL},
    {"(integer \"1E0\")", NULL},
    {"(integer -7.875)", "-7"},
    {"(integer 1e20)", "100000000000000000000"},
    {"(integer \"INF\"^^double)", NULL},
    {"(integer 1e40)", NULL},
    {"(integer true)", "1"},
    {"(integer \"1\"@en)", NULL},
    {"(integer \"2000-01-01\"^^date)", NULL},
    {"(byte 127)", "\"127\"^^byte"},
    {"(byte 128)", NULL},
    {"(unsignedLong \"18446744073709551615\")",
     "\"18446744073709551615\"^^unsignedLong"},
    {"(nonNegativeInteger -1)", NULL},
    {"(negativeInteger \"-1\")", "\"-1\"^^negativeInteger"},
    {"(positiveInteger 0)", NULL},
    {"(decimal \"+33.3300\")", "33.33"},
    {"(decimal \"0E1\")", NULL},
    {"(decimal 0.1e0)", "0.1"},
    {"(decimal -7.875e0)", "-7.875"},
    {"(decimal 1e-300)", "0.0"},
    {"(decimal 1e300)", NULL},
    {"(decimal \"NaN\"^^double)", NULL},
    {"(decimal 3)", "3.0"},
    {"(double \"-10.2E3\")", "-1.02E4"},
    {"(double \"+33.3300\")", "3.333E1"},
    {"(double \"INF\")", "\"INF\"^^double"},
    {"(double \"inf\")", NULL},
    {"(double \"nan\")", NULL},
    {"(double \"0x10\")", NULL},
    {"(double 123456789012345678901234567890)", "1.2345678901234568E29"},
    {"(double \"4.9e-324\")", "5.0E-324"},
    {"(double \"1e999\")", "\"INF\"^^double"},
    {"(double \"1e-999999999999999999999\")", "0.0E0"},
    {"(float 16777217)", "\"1.6777216E7\"^^float"},
    {"(float 1e39)", "\"INF\"^^float"},
    {"(float 0.1)", "\"1.0E-1\"^^float"},
    {"(float true)", "\"1.0E0\"^^float"},
    {"(float \"2002-10-10T17:00:00Z\")", NULL},
    {"(dateTime \"2002-10-10T17:00:00Z\")",
     "\"2002-10-10T17:00:00Z\"^^dateTime"},
    {"(dateTime \"2002-10-10\")", NULL},
    {"(dateTime \"2002-10-10+02:00\"^^date)",
     "\"2002-10-10T00:00:00+02:00\"^^dateTime"},
    {"(dateTime 2002)", NULL},
    {"(date \"2002-10-10T17:00:00Z\"^^dateTime)", "\"2002-10-10Z\"^^date"},
    {"(gYear \"-0215-08-02\"^^date)", "\"-0215\"^^gYear"},
    {"(gYearMonth \"1066-10-14\"^^date)", "\"1066-10\"^^gYearMonth"},
    {"(gYear \"1066\")", "\"1066\"^^gYear"},
    {"(date \"1066\"^^gYear)", NULL},
    {"(time \"2002-10-10T17:00:00.5\"^^dateTime)", "\"17:00:00.5\"^^time"},
    {"(time \"2002-10-10\"^^date)", NULL},
    {"(dayTimeDuration \"P1DT25H\")", "\"P2DT1H\"^^dayTimeDuration"},
    {"(dayTimeDuration \"P1Y\")", NULL},
    {"(dayTimeDuration \"P1Y2DT1M\"^^duration)", "\"P2DT1M\"^^dayTimeDuration"},
    {"(yearMonthDuration \"P1Y2DT1M\"^^duration)",
     "\"P1Y\"^^yearMonthDuration"},
    {"(duration \"-P1Y2M3DT4H5M6.7S\")", "\"-P1Y2M3DT4H5M6.7S\"^^duration"},
    {"(duration \"P\")", NULL},
    {"(duration \"P1YT\")", NULL},
    {"(duration \"P1.5Y\")", NULL},
    {"(duration \"P1M1Y\")", NULL},
    {"(duration \"PT1S1M\")", NULL},
    {"(duration \"P99999999999999999999Y\")", NULL},
};

// ---- regular expressions end ----------------------------------------------

static void
check_soon(const char *what, const char *pattern, bg_view subject)
{
  bg_arena *arena = bg_arena_new();
  bg_evaluation evaluation = test_evaluation(arena);
  const char *head = "(REGEX \"\" \"\")";
  bg_expression *search = test_expression(head, arena);
  search->arguments[0]->term.text = subject;
  search->arguments[1]->term.text = bg_view_of(pattern);
  bg_expression_prepare(search, arena, NULL);
  bg_term term;
  clock_t start = clock();
  bool has_answer = bg_expression_term(search, &evaluation, &term);
  double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
  ok(seconds < 10, "%s: %s", what, pattern);
  printf("# %s after %.2f s\n", has_answer ? "an answer" : "an error", seconds);
  bg_arena_free(arena);
}

static void
test_regexes_end(void)
{
  enum { size = 1 << 20 };
  const bg_view forty = BG_VIEW("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
  static const char *const patterns[] = {
      "(a+)+$",
      "(a|a)*c",
      "(a*)*$",
      "([a-z]+)*c$",
      "a.*b.*c.*d",
      "(a?){40}a{40}",
      "(.*)(.*)(.*)c",
      "^(([a-z])+.)+[A-Z]$",
      "(?:a{1,50}){1,50}c",
      "[^x]*y",
      "(a+)(?=\\1c)",
      "(?R)?c",
      "a(?:.*)*+z",
      "((((a*)*)*)*)*z",
      "a.*[bc]",
      "[^x]*[yz]",
      "(a|b)*[cd]",
      "(.*)(.*)(.*)[yz]",
      "(?=(a+))\\1*[bc]",
  };
  char *bytes = malloc(size);
  memset(bytes, 'a', size);
  bg_view long_text = {bytes, size};
  for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
    check_soon("40 bytes", patterns[i], forty);
    check_soon("2000 bytes", patterns[i], bg_view_slice(long_text, 0, 2000));
    check_soon("1 MB", patterns[i], long_text);
  }
  check("(REGEX \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\" \"(a+)+$\")",
        NULL, true);

  bg_arena *arena = bg_arena_new();
  bg_evaluation evaluation = test_evaluation(arena);
  bg_expression *replace = test_expression("(REPLACE \"\" \"a\" \"\")", arena);
  bg_term term;
  replace->arguments[0]->term.text = bg_view_slice(long_text, 0, 100000);
  replace->arguments[2]->term.text = BG_VIEW("bc");
  ok(bg_expression_term(replace, &evaluation, &term) &&
         term.text.size == 200000,
     "a hundred thousand replacements");
  replace->arguments[2]->term.text = long_text;
  ok(!bg_expression_term(replace, &evaluation, &term),
     "what would be 100 GB is an error");
  bg_arena_free(arena);
  free(bytes);
}

/// A pattern is compiled once, and matching leaves nothing behind.
static void
test_regexes_keep_nothing(void)
{
  bg_arena *arena = bg_arena_new();
  bg_evaluation evaluation = test_evaluation(arena);
  bg_expression *search = test_expression("(REGEX \"aab\" \"(a|b)*$\")", arena);
  bg_expression_prepare(search, arena, NULL);
  size_t used = bg_arena_used(arena);
  bg_term term;
  for (size_t i = 0; i < 100; i++) {
    bg_expression_term(search, &evaluation, &term);
  }
  ok(bg_arena_used(arena) == used, "matching takes nothing from the arena");
  bg_arena_free(arena);
}

// ---- beforehand -----------------------------------------------------------

static void
test_prepare(void)
{
  bg_arena *arena = bg_arena_new();
  bg_error err;
  ok(bg_expression_prepare(test_expression("(+ 1 (<t:f> 1))", arena), arena,
                           &err) == BG_REFUSED &&
         strstr(err.message, "<t:f>") != NULL,
     "a function that there is not is refused: %s", err.message);
  ok(bg_expression_prepare(test_expression("(integer 1 2)", arena), arena,
                           &err) == BG_REFUSED,
     "a cast takes one argument");
  ok(bg_expression_prepare(test_expression("(REGEX ?x \"(\")", arena), arena,
                           &err) == BG_OK,
     "a wrong pattern is an error of its evaluation");
  bg_arena_free(arena);
}

int
main(void)
{
  CHECK_ALL(term_functions);
  CHECK_ALL(string_functions);
  CHECK_ALL(regexes);
  CHECK_ALL(number_functions);
  CHECK_ALL(casts);
  test_regexes_end();
  test_regexes_keep_nothing();
  test_prepare();
  return done_testing();
}
