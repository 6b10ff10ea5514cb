/// Any bytes are wikitext, and are read soon: markup a hundred thousand times
/// over, and markup thrown together.

#include "base/buffer.h"
#include "tap.h"
#include "wikitext_tree.h"

#include <time.h>

enum {
  REPEATED = 100000,
  RANDOM_TEXTS = 20000,
  LONGEST_RANDOM_TEXT = 40, // in pieces of markup
};

/// Of one text, in a build without sanitizers some fifty times what it takes.
static const double most_seconds = 1.0;

static double
now(void)
{
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void
append_repeated(bg_buffer *text, const char *markup)
{
  for (size_t i = 0; markup[0] != '\0' && i < REPEATED; i++) {
    bg_buffer_append(text, bg_view_of(markup));
  }
}

/// Prints line feeds as spaces: a test's name is one line.
static void
print_as_line(bg_buffer *name, const char *markup)
{
  for (size_t i = 0; markup[i] != '\0'; i++) {
    char byte = markup[i] == '\n' || markup[i] == '#' ? ' ' : markup[i];
    bg_buffer_append_byte(name, byte);
  }
}

static void
check_repeated(const char *opening, const char *closing)
{
  bg_arena *arena = bg_arena_new();
  bg_buffer text;
  bg_buffer name;
  bg_buffer_init(&text);
  bg_buffer_init(&name);
  append_repeated(&text, opening);
  append_repeated(&text, closing);
  print_as_line(&name, opening);
  print_as_line(&name, closing);

  double start = now();
  const bg_node *nodes = bg_wikitext_parse(bg_buffer_view(&text), arena);
  double seconds = now() - start;
  ok(seconds < most_seconds, "%.*s takes %.3f s", (int)name.size, name.bytes,
     seconds);
  const char *fault = tree_fault(bg_buffer_view(&text), nodes, arena);
  ok(fault == NULL, "%.*s has %s", (int)name.size, name.bytes,
     fault == NULL ? "a sound tree" : fault);

  bg_buffer_release(&name);
  bg_buffer_release(&text);
  bg_arena_free(arena);
}

static const struct {
  const char *opening;
  const char *closing;
} repeated[] = {
    {"{", ""},
    {"{{", ""},
    {"{{{", "}}}"},
    {"{", "}"},
    {"{{a", "}}"},
    {"{{a|", "}}"},
    {"{{a|b=", "}}"},
    {"{{a|=", ""},
    {"{{a|b|c=", ""},
    {"{{ {{a}} |", ""},
    {"{{<!-- -->a", "}}"},
    {"{{<!-- -->[[a|", "]]}}"},
    {"{{a|[[", "}}"},
    {"{{[[", "]]}}"},
    {"}}", ""},
    {"|", ""},
    {"[", ""},
    {"[", "]"},
    {"[[", ""},
    {"[[a", "]]"},
    {"[[a|", "]]"},
    {"[[a:a|", "]]"},
    {"[[a|''", "[[b]]]]"},
    {"[[a [[b]]", "]]"},
    {"[[<!-- -->a", "]]"},
    {"[[<", "]]"},
    {"]]", ""},
    {"[http://", ""},
    {"[http://x ", ""},
    {"[http://x ", "]"},
    {"[[a|[http://x ", "]]]"},
    {"http://", ""},
    {"http://x", ""},
    {"http://x.", ""},
    {"http://x ", ""},
    {"\n==http://x", "="},
    {"http://x(", ")"},
    {"<", ""},
    {"<b", ""},
    {"<b ", ""},
    {"<b {{", ""},
    {"<b>", "</b>"},
    {"<ref>", ""},
    {"<ref ", ""},
    {"<ref name=a>", ""},
    {"<ref>", "</ref>"},
    {"<ref>a</ref>", ""},
    {"<ref>{{", ""},
    {"<ref>[[a|</ref>", ""},
    {"<poem><ref>", "</ref></poem>"},
    {"<references><ref><poem><section>", "</poem></ref></references>"},
    {"<nowiki>", ""},
    {"<nowiki>", "</nowiki>"},
    {"<includeonly>", ""},
    {"<noinclude>", ""},
    {"</ref", ""},
    {"</ref>", ""},
    {"<!--", ""},
    {"<!-- -->", ""},
    {"<!-- --> ", ""},
    {"\n<!-- -->", ""},
    {"\n<!-- --> <!--", ""},
    {"\n <!-- --> <!-- -->", ""},
    {"\n<!-- -->", "<!-- -->"},
    {"=", ""},
    {"\n=", ""},
    {"\n==a==", ""},
    {"\n==[[", ""},
    {"\n=={{a|\n", "}}"},
    {"\n== a == <!-- -->", ""},
    {"\n", "<!-- -->"},
    {"\n", " "},
    {"\n ", ""},
    {"\n*", ""},
    {"\n----", ""},
    {"*", ""},
    {":", ""},
    {"{|", ""},
    {"\n{|", ""},
    {"\n{|", "\n|-"},
    {"\n:{|", "\n|}"},
    {"\n{|\n|", "\n!"},
    {"'", ""},
    {"''", ""},
    {"'' ", ""},
    {"&", ""},
    {"&amp", ""},
    {"&amp;", ""},
    {"&#", ""},
    {"&#0", ""},
    {"&#0", "0"},
    {"_", ""},
    {"__TOC", ""},
    {"__TOC__", ""},
};

// ---- thrown together -------------------------------------------------------

static const char *const markup[] = {
    "{{",
    "}}",
    "{{{",
    "}}}",
    "{",
    "}",
    "[[",
    "]]",
    "[",
    "]",
    "|",
    "|",
    "=",
    "=",
    "==",
    "\n",
    "\n",
    "\n==",
    "\n=",
    " ",
    "a",
    "b:c",
    "d",
    "''",
    "'''",
    "'",
    "<ref>",
    "</ref>",
    "<ref name=x>",
    "<ref/>",
    "<br>",
    "<span x=y",
    ">",
    "<",
    "/>",
    "<!--",
    "-->",
    "<!-- c -->",
    "\n<!-- c -->",
    "<nowiki>",
    "<poem>",
    "</poem>",
    "</nowiki>",
    "<noinclude>",
    "<includeonly>",
    "\n{|",
    "\n|-",
    "\n|}",
    "\n|",
    "\n!",
    "\n*",
    "\n:",
    "\n----",
    "&amp;",
    "&#x41;",
    "&",
    ";",
    "http://x.y",
    "[http://z ",
    "[//u ",
    "//",
    ":",
    "__NOTOC__",
    "__",
    "\u00e9",
    "\t",
    "File:a|",
    "{{flag|b|c=",
    "\xff",
    "</includeonly>",
};

/// Marsaglia's xorshift: the same texts everywhere.
static uint32_t
next_random(uint32_t *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

static void
check_random(void)
{
  uint32_t state = 1054;
  size_t faults = 0;
  bg_arena *arena = bg_arena_new();
  bg_buffer text;
  bg_buffer_init(&text);
  for (size_t i = 0; i < RANDOM_TEXTS; i++) {
    bg_buffer_reset(&text);
    size_t count = next_random(&state) % LONGEST_RANDOM_TEXT;
    for (size_t j = 0; j < count; j++) {
      size_t which = next_random(&state) % (sizeof markup / sizeof *markup);
      bg_buffer_append(&text, bg_view_of(markup[which]));
    }
    const char *fault = tree_fault_of_text(bg_buffer_view(&text), arena);
    if (fault != NULL && faults++ < 5) {
      ok(false, "random text %zu has %s", i, fault);
      bg_buffer line;
      bg_buffer_init(&line);
      bg_buffer_append_byte(&text, '\0');
      print_as_line(&line, text.bytes);
      printf("# %.*s\n", (int)line.size, line.bytes);
      bg_buffer_release(&line);
    }
    bg_arena_reset(arena);
  }
  ok(faults == 0, "%d random texts have sound trees", RANDOM_TEXTS);
  bg_buffer_release(&text);
  bg_arena_free(arena);
}

int
main(void)
{
  for (size_t i = 0; i < sizeof repeated / sizeof *repeated; i++) {
    check_repeated(repeated[i].opening, repeated[i].closing);
  }
  check_random();
  return done_testing();
}
