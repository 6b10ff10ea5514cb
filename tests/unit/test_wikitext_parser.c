/// What the parser makes of small texts, as a line that says the whole tree.

#include "base/buffer.h"
#include "tap.h"
#include "wikitext/parser.h"

#include <string.h>

// ---- a tree as a line ------------------------------------------------------

static const char *const kind_names[] = {
    [BG_NODE_TEMPLATE] = "template",     [BG_NODE_PARAMETER] = "parameter",
    [BG_NODE_ARGUMENT] = "argument",     [BG_NODE_LINK] = "link",
    [BG_NODE_EXTERNAL_LINK] = "address", [BG_NODE_HEADING] = "heading",
    [BG_NODE_LIST_MARKER] = "list",      [BG_NODE_RULE] = "rule",
    [BG_NODE_QUOTES] = "quotes",         [BG_NODE_TAG] = "tag",
    [BG_NODE_EXTENSION] = "extension",   [BG_NODE_COMMENT] = "comment",
    [BG_NODE_IGNORED] = "ignored",       [BG_NODE_TABLE_MARKER] = "table",
    [BG_NODE_SWITCH] = "switch",         [BG_NODE_ENTITY] = "entity",
};

static const char *const tag_forms[] = {
    [BG_TAG_OPENING] = "opening",
    [BG_TAG_CLOSING] = "closing",
    [BG_TAG_SINGLE] = "single",
};

static const char *const table_forms[] = {
    [BG_TABLE_BEGIN] = "begin",
    [BG_TABLE_END] = "end",
    [BG_TABLE_ROW] = "row",
    [BG_TABLE_CELL] = "cell",
};

/// What tells a node from others of its kind.
static void
say_attributes(bg_buffer *line, const bg_node *node)
{
  if (node->kind == BG_NODE_ARGUMENT && node->index > 0) {
    bg_buffer_format(line, "(%u", node->index);
    return;
  }
  bg_buffer_format(line, "(%s", kind_names[node->kind]);
  if (node->kind == BG_NODE_TAG) {
    bg_buffer_format(line, " %s", tag_forms[node->form]);
  }
  if (node->kind == BG_NODE_TABLE_MARKER) {
    bg_buffer_format(line, " %s", table_forms[node->form]);
  }
  if (node->level > 0) {
    bg_buffer_format(line, " %d", node->level);
  }
  if (node->kind == BG_NODE_LIST_MARKER || node->kind == BG_NODE_COMMENT) {
    bg_buffer_format(line, " %.*s", BG_VIEW_ARGS(node->source));
  }
  if (node->name.size > 0) {
    bg_buffer_format(line, " %.*s", BG_VIEW_ARGS(node->name));
  }
  bool is_opaque = node->kind == BG_NODE_EXTENSION && node->children == NULL;
  if (is_opaque || node->kind == BG_NODE_TAG ||
      node->kind == BG_NODE_TABLE_MARKER) {
    bg_buffer_format(line, "%s%.*s", node->inner.size > 0 ? " " : "",
                     BG_VIEW_ARGS(node->inner));
  }
}

/// The cases are small, so the recursion is.
static void
say_nodes(bg_buffer *line, const bg_node *first)
{
  for (const bg_node *node = first; node != NULL; node = node->next) {
    if (node != first) {
      bg_buffer_append_byte(line, ' ');
    }
    if (node->kind == BG_NODE_TEXT) {
      bg_buffer_format(line, "'%.*s'", BG_VIEW_ARGS(node->source));
      continue;
    }
    say_attributes(line, node);
    if (node->name_nodes != NULL) {
      bg_buffer_append(line, BG_VIEW(" <"));
      say_nodes(line, node->name_nodes);
      bg_buffer_append_byte(line, '>');
    }
    if (node->children != NULL) {
      bg_buffer_append_byte(line, ' ');
      say_nodes(line, node->children);
    }
    bg_buffer_append_byte(line, ')');
  }
}

// ---- the cases -------------------------------------------------------------

typedef struct {
  const char *text;
  const char *tree;
} tree_case;

static const tree_case template_cases[] = {
    {"", ""},
    {"a", "'a'"},
    {"{{a}}", "(template a)"},
    {"{{ a\n}}", "(template a)"},
    {"{{a|b}}", "(template a (1 'b'))"},
    {"{{a|b=c}}", "(template a (argument b 'c'))"},
    {"{{a| b = c }}", "(template a (argument b ' c '))"},
    {"{{a||=x|b}}", "(template a (1) (argument 'x') (2 'b'))"},
    {"{{a|b=c=d}}", "(template a (argument b 'c=d'))"},
    {"{{a|x|n=y|z}}", "(template a (1 'x') (argument n 'y') (2 'z'))"},
    {"{{a|{{b|c}}}}", "(template a (1 (template b (1 'c'))))"},
    {"{{a|{{b}}=c}}", "(template a (argument {{b}} <(template b)> 'c'))"},
    {"{{ {{a}} b }}", "(template {{a}} b <' ' (template a) ' b '>)"},
    {"{{#if:x|y}}", "(template #if:x (1 'y'))"},
    {"{{a<!-- b -->c}}", "(template ac)"},
    {"{{a|b<!-- c --> = d}}", "(template a (argument b ' d'))"},
    {"{{a|'''b'''=c}}", "(template a (argument '''b''' 'c'))"},
    // what peers get wrong
    {"{{}}", "(template)"},
    {"{{foobar]}}", "(template foobar])"},
    {"{{\nfoo\nbar}}", "(template foo\nbar)"},
    {"{{[[Main Page]]}}",
     "(template [[Main Page]] <(link Main Page 'Main Page')>)"},
    {"{{a<b>|c}}", "(template a<b> (1 'c'))"},
    {"{{URL|[http://x}}", "(template URL (1 '[' (address http://x)))"},
    {"{{flag|[[a|b}}|c}}", "'{{flag|[[a|b}}|c}}'"},
    {"{{a|<nowiki>b|c</nowiki>}}", "(template a (1 (extension nowiki b|c)))"},
};

static const tree_case brace_cases[] = {
    {"{", "'{'"},
    {"{a}", "'{a}'"},
    {"{{a", "'{{a'"},
    {"a}}", "'a}}'"},
    {"{{a}", "'{{a}'"},
    {"{a}}", "'{a}}'"},
    {"{{{a}}}", "(parameter a)"},
    {"{{{a|}}}", "(parameter a (1))"},
    {"{{{a|b}}}", "(parameter a (1 'b'))"},
    {"{{{a}}", "'{' (template a)"},
    {"{{a}}}", "(template a) '}'"},
    {"{{{{a}}}}", "'{' (parameter a) '}'"},
    {"{{{{{x}}}}}", "(template {{{x}}} <(parameter x)>)"},
    {"{{{{x}}|y}}", "(template {{x}} <(template x)> (1 'y'))"},
    {"{{{{{{x}}}}}}", "(parameter {{{x}}} <(parameter x)>)"},
    {"{{{x}} }", "'{' (template x) ' }'"},
    {"{{{{a}} b", "'{{' (template a) ' b'"},
    {"{{a|b {{c|d", "'{{a|b {{c|d'"},
    {"{{a|b={{c}}|d", "'{{a|b=' (template c) '|d'"},
    {"{{a|{{b}}={{c}}", "'{{a|' (template b) '=' (template c)"},
    {"{{a|[[b}}|c}}", "'{{a|[[b}}|c}}'"},
    {"{{a|[[b]}}", "'{{a|[[b]}}'"},
    {"{{a|[[b]]}}", "(template a (1 (link b 'b')))"},
    {"{{a|]]}}", "(template a (1 ']]'))"},
    {"[[a {{b|c}} ]]", "'[[a ' (template b (1 'c')) ' ]]'"},
    {"{{a\n== b }}\n}}", "(template a\n== b }})"},
    {"{{a|\n== b }}\n}}", "(template a (1 '\n== b }}\n'))"},
    {"{{a|=x=\n|b=c}}", "(template a (argument 'x=\n') (argument b 'c'))"},
    {"{{a|\n=x=\n|b=c}}", "(template a (argument 'x=\n') (argument b 'c'))"},
    {"{{a|b\n=c}}", "(template a (argument b 'c'))"},
    {"{{a|b=\n==c==\n}}",
     "(template a (argument b '\n' (heading 2 'c') '\n'))"},
};

static const tree_case link_cases[] = {
    {"[[a]]", "(link a 'a')"},
    {"[[a|b]]", "(link a 'b')"},
    {"[[ a |b c]]s", "(link a 'b c') 's'"},
    {"[[a|b|c]]", "(link a 'b|c')"},
    {"[[a#b|c]]", "(link a#b 'c')"},
    {"[[#b|c]]", "(link #b 'c')"},
    {"[[:Category:a]]", "(link :Category:a ':Category:a')"},
    {"[[a|''b'' &amp; c]]",
     "(link a (quotes 2) 'b' (quotes 2) ' ' (entity &) ' c')"},
    {"[[a|{{b}}]]", "(link a (template b))"},
    {"[[a<!-- b -->|c]]", "(link a 'c')"},
    {"[[a|b\nc]]", "(link a 'b\nc')"},
    {"[[]]", "'[[]]'"},
    {"[[ ]]", "'[[ ]]'"},
    {"[[|b]]", "'[[|b]]'"},
    {"[[a|]]", "'[[a|]]'"},
    {"[[Category:a|]]", "(link Category:a)"},
    {"[[a\nb]]", "'[[a\nb]]'"},
    {"[[a<b]]", "'[[a<b]]'"},
    {"[[{{a}}]]", "'[[' (template a) ']]'"},
    {"[[a<ref>b</ref>|c]]", "'[[a' (extension ref 'b') '|c]]'"},
    {"[a]", "'[a]'"},
    {"[[a", "'[[a'"},
    {"[[a|b", "'[[a|b'"},
    {"[[a]", "'[[a]'"},
    {"[[[a]]]", "'[' (link a 'a') ']'"},
    {"[[[[a]]]]", "'[[' (link a 'a') ']]'"},
    {"[[[[a]]b", "'[[' (link a 'a') 'b'"},
    {"[[a [[b]] c]]", "'[[a ' (link b 'b') ' c]]'"},
    {"[[a|b [[c]] d]]", "'[[a|b ' (link c 'c') ' d]]'"},
    {"[[File:a.jpg|thumb|b [[c|d]] e]]",
     "(link File:a.jpg 'thumb|b ' (link c 'd') ' e')"},
    {"[[File:a|[[File:b|[[c]]]]]]", "(link File:a (link File:b (link c 'c')))"},
    {"[[File:a|[http://x b]]]", "(link File:a (address http://x 'b'))"},
    {"[[a|[http://x b] c]]", "(link a (address http://x 'b') ' c')"},
    {"[[http://x y]]", "'[[' (address http://x) ' y]]'"},
};

static const tree_case address_cases[] = {
    {"[http://x.org y z]", "(address http://x.org 'y z')"},
    {"[https://x.org]", "(address https://x.org)"},
    {"[//x.org y]", "(address //x.org 'y')"},
    {"[mailto:a@b c]", "(address mailto:a@b 'c')"},
    {"[http://x ''y'' [[z]]]",
     "(address http://x (quotes 2) 'y' (quotes 2) ' ' (link z 'z'))"},
    {"[http://x {{y|z}}]", "(address http://x (template y (1 'z')))"},
    {"[http://x y\nz]", "'[' (address http://x) ' y\nz]'"},
    {"[http://]", "'[http://]'"},
    {"[x y]", "'[x y]'"},
    {"a http://x.org/b?c=d, e", "'a ' (address http://x.org/b?c=d) ', e'"},
    {"(http://x.org)", "'(' (address http://x.org) ')'"},
    {"http://x.org/a_(b).", "(address http://x.org/a_(b)) '.'"},
    {"''http://x''", "(quotes 2) (address http://x) (quotes 2)"},
    {"http://x&lt;", "(address http://x) (entity <)"},
    {"http://x\u00a0y", "(address http://x) '\u00a0y'"},
    {"xhttp://y", "'xhttp://y'"},
    {"a: //b", "'a: //b'"},
    {"{{a|http://x|y}}", "(template a (1 (address http://x)) (2 'y'))"},
    {"{{a|http://x?b=c}}", "(template a (argument http://x?b 'c'))"},
    {"{{a|b=http://x?c=d}}",
     "(template a (argument b (address http://x?c=d)))"},
    {"== http://x?a=b==", "(heading 2 ' ' (address http://x?a=b))"},
};

static const tree_case line_cases[] = {
    {"== a ==", "(heading 2 ' a ')"},
    {"=a=\nb", "(heading 1 'a') '\nb'"},
    {"====== a ======", "(heading 6 ' a ')"},
    {"======= a =======", "(heading 6 '= a =')"},
    {"== a =", "(heading 1 '= a ')"},
    {"== a", "'== a'"},
    {"a\n== b == c", "'a\n== b == c'"},
    {"==", "'=='"},
    {"===", "(heading 1 '=')"},
    {"=====", "(heading 2 '=')"},
    {"== a == \t<!-- b --> <!-- c -->\nd", "(heading 2 ' a ') '\nd'"},
    {"== a {{b}} ==", "(heading 2 ' a ' (template b) ' ')"},
    {"== a {{b\n|c}} ==", "(heading 2 ' a ' (template b (1 'c')) ' ')"},
    {"== a {{b ==\nc", "'== a {{b ==\nc'"},
    {"<!-- a -->\n== b ==", "(comment <!-- a -->) '\n' (heading 2 ' b ')"},
    {"* a\n** b", "(list *) ' a\n' (list **) ' b'"},
    {"#:;*a", "(list #:;*) 'a'"},
    {" * a", "' * a'"},
    {"a\n----b\n---", "'a\n' (rule) 'b\n---'"},
    {"{| b\n|- c\n| d || e\n! f\n|+ g\n|}\n| h",
     "(table begin  b) '\n' (table row  c) '\n' (table cell) ' d || e\n' "
     "(table cell) ' f\n' (table cell) ' g\n' (table end) '\n| h'"},
    {":{|\n|}", "(list :) (table begin) '\n' (table end)"},
    {" {|\n |}", "' ' (table begin) '\n ' (table end)"},
    {"{| {{b}}\n|}", "(table begin  ) (template b) '\n' (table end)"},
    {"| a", "'| a'"},
    {"{{a|\n{|\n|}\n}}", "(template a (1 '\n{') (2 '\n') (3 '}\n'))"},
    {"{{a|b=\n* c\n* d}}",
     "(template a (argument b '\n' (list *) ' c\n' (list *) ' d'))"},
};

static const tree_case tag_cases[] = {
    {"a<br>b<br/>c<br />d</br>e",
     "'a' (tag single br) 'b' (tag single br) 'c' (tag single br) 'd' "
     "(tag single br) 'e'"},
    {"<B>a</b >", "(tag opening B) 'a' (tag closing b)"},
    {"<span style=\"x\">a</span>",
     "(tag opening span style=\"x\") 'a' (tag closing span)"},
    {"{{a|<span style=x>b}}", "(template a (argument <span style 'x>b'))"},
    {"<h2>a</h2>", "(tag opening h2) 'a' (tag closing h2)"},
    {"<foo>a</foo>", "'<foo>a</foo>'"},
    {"<bold>", "'<bold>'"},
    {"<b", "'<b'"},
    {"a < b", "'a < b'"},
    {"<b <i>", "'<b ' (tag opening i)"},
    {"<ref>a {{b}}</ref>", "(extension ref 'a ' (template b))"},
    {"<ref name=x/>", "(extension ref)"},
    {"<ref>a", "'<ref>a'"},
    {"<ref name=a>b<ref>c</ref>", "(extension ref 'b<ref>c')"},
    {"<ref>{{a</ref>}}", "(extension ref '{{a') '}}'"},
    {"{{a|<ref>b|c=d</ref>}}", "(template a (1 (extension ref 'b|c=d')))"},
    {"<ref>[[a</ref>]]", "(extension ref '[[a') ']]'"},
    {"<ref>[http://x</ref> y]", "(extension ref '[' (address http://x)) ' y]'"},
    {"<REF>a</rEf\n>", "(extension REF 'a')"},
    {"<references><ref>a</ref></references>",
     "(extension references (extension ref 'a'))"},
    {"<references />", "(extension references)"},
    {"<poem>\n* a\n</poem>", "(extension poem '\n' (list *) ' a\n')"},
    {"<nowiki>{{a}}</nowiki>", "(extension nowiki {{a}})"},
    {"<nowiki>{{a}}", "'<nowiki>' (template a)"},
    {"<nowiki/>{{a}}", "(extension nowiki) (template a)"},
    {"<pre>''a</pre>", "(extension pre ''a)"},
    {"<math>a_{{b}}</math>", "(extension math a_{{b}})"},
    {"<ref><nowiki></ref></nowiki>", "(extension ref '<nowiki>') '</nowiki>'"},
    {"<ref><!-- </ref> -->", "(extension ref (comment <!-- )) ' -->'"},
    {"<includeonly>a</includeonly>b", "(ignored includeonly) 'b'"},
    {"<includeonly>a", "(ignored includeonly)"},
    {"<noinclude>a</noinclude>", "(ignored noinclude) 'a' (ignored noinclude)"},
    {"<onlyinclude>{{a}}", "(ignored onlyinclude) (template a)"},
};

static const tree_case comment_cases[] = {
    {"a<!-- b -->c", "'a' (comment <!-- b -->) 'c'"},
    {"a<!-- b", "'a' (comment <!-- b)"},
    {"<!-->a-->", "(comment <!-->a-->)"},
    {"<!--->", "(comment <!--->)"},
    {"{{a|<!-- }} -->b}}", "(template a (1 (comment <!-- }} -->) 'b'))"},
    {"a\n <!-- b --> \nc", "'a\n' (comment  <!-- b --> \n) 'c'"},
    {"a\n<!-- b --> <!-- c -->\n* d",
     "'a\n' (comment <!-- b --> ) (comment <!-- c -->\n) (list *) ' d'"},
    {"a\n<!-- b --> <!-- c\n",
     "'a\n' (comment <!-- b -->) ' ' (comment <!-- c\n)"},
    {"a\n<!-- b -->c", "'a\n' (comment <!-- b -->) 'c'"},
    {"a\n<!-- b -->\n== c ==",
     "'a\n' (comment <!-- b -->\n) (heading 2 ' c ')"},
    {"== a <!-- == -->\n", "'== a ' (comment <!-- == -->) '\n'"},
    {"== a == <!-- ==", "(heading 2 ' a == ' (comment <!-- ==))"},
};

static const tree_case inline_cases[] = {
    {"'a'", "''a''"},
    {"''a''", "(quotes 2) 'a' (quotes 2)"},
    {"'''a'''", "(quotes 3) 'a' (quotes 3)"},
    {"''''a", "''' (quotes 3) 'a'"},
    {"'''''a", "(quotes 5) 'a'"},
    {"'''''''a", "'''' (quotes 5) 'a'"},
    {"a&nbsp;b", "'a' (entity \u00a0) 'b'"},
    {"&eacute;&Eacute;&minus;&thinsp;&quot;&apos;",
     "(entity é) (entity É) (entity −) (entity \u2009) (entity \") (entity ')"},
    {"&#233;&#xE9;&#XE9;&#0000233;",
     "(entity é) (entity é) (entity é) (entity é)"},
    {"&#x1F600;", "(entity \U0001F600)"},
    {"&;&#;&#x;&foo;&nbsp &#0;&#xD800;&#x110000;&#99999999999999999999;",
     "'&;&#;&#x;&foo;&nbsp &#0;&#xD800;&#x110000;&#99999999999999999999;'"},
    {"a__NOTOC__b", "'a' (switch NOTOC) 'b'"},
    {"__notoc__ ___TOC__ __x__ __TOC_",
     "(switch notoc) ' _' (switch TOC) ' __x__ __TOC_'"},
};

static void
check_cases(const char *what, const tree_case *cases, size_t count)
{
  bg_arena *arena = bg_arena_new();
  for (size_t i = 0; i < count; i++) {
    bg_buffer line;
    bg_buffer_init(&line);
    say_nodes(&line, bg_wikitext_parse(bg_view_of(cases[i].text), arena));
    bool same =
        bg_view_is_equal(bg_buffer_view(&line), bg_view_of(cases[i].tree));
    ok(same, "%s %zu", what, i);
    if (!same) {
      printf("# read %s\n# as   %.*s\n# not  %s\n", cases[i].text,
             (int)line.size, line.bytes, cases[i].tree);
    }
    bg_buffer_release(&line);
    bg_arena_reset(arena);
  }
  bg_arena_free(arena);
}

#define CHECK_CASES(cases) \
  check_cases(#cases, (cases), sizeof(cases) / sizeof *(cases))

// ---- the rest of the door --------------------------------------------------

static void
check_arguments(void)
{
  static const struct {
    const char *name;
    const char *value; // NULL: there is none
  } cases[] = {
      {"1", "x"},      {"2", "again"}, {"3", NULL},    {"01", NULL},
      {"name", "new"}, {"", "empty"},  {"Name", NULL},
  };
  bg_arena *arena = bg_arena_new();
  const bg_node *node = bg_wikitext_parse(
      BG_VIEW("{{t|x|name=old|y|name=new|2=again|=empty}}"), arena);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const bg_node *argument =
        bg_wikitext_argument(node, bg_view_of(cases[i].name));
    ok(cases[i].value == NULL
           ? argument == NULL
           : argument != NULL &&
                 bg_view_is_equal(argument->inner, bg_view_of(cases[i].value)),
       "finds argument '%s'", cases[i].name);
  }
  bg_arena_free(arena);
}

static void
check_spans(void)
{
  bg_view text = BG_VIEW("x {{a| b = [[c|d]] }} <ref name=e>f</ref>");
  bg_arena *arena = bg_arena_new();
  const bg_node *node = bg_wikitext_parse(text, arena)->next;
  const bg_node *argument = node->children;
  const bg_node *extension = node->next->next;
  ok(bg_view_is_equal(node->source, BG_VIEW("{{a| b = [[c|d]] }}")),
     "a template spans its braces");
  ok(bg_view_is_equal(argument->source, BG_VIEW(" b = [[c|d]] ")),
     "an argument spans what is between pipes");
  ok(bg_view_is_equal(argument->inner, BG_VIEW(" [[c|d]] ")),
     "its value is untrimmed");
  ok(bg_view_is_equal(argument->children->next->source, BG_VIEW("[[c|d]]")),
     "a link spans its brackets");
  ok(bg_view_is_equal(extension->source, BG_VIEW("<ref name=e>f</ref>")) &&
         bg_view_is_equal(extension->inner, BG_VIEW("f")),
     "an extension spans its tags, and its body does not");
  ok(node->source.bytes == text.bytes + 2, "nodes point into the text");
  bg_arena_free(arena);
}

static void
check_walk(void)
{
  bg_arena *arena = bg_arena_new();
  bg_walk walk = {.arena = arena};
  walk.node =
      bg_wikitext_parse(BG_VIEW("{{ {{a}} |b|{{c}}=d}}[[e|f]]g"), arena);
  bg_buffer order;
  bg_buffer_init(&order);
  for (const bg_node *node; (node = bg_wikitext_next(&walk)) != NULL;) {
    bg_buffer_append(&order, node->source);
    bg_buffer_append_byte(&order, '/');
    walk.skip_children = node->kind == BG_NODE_LINK;
  }
  ok(bg_view_is_equal(bg_buffer_view(&order),
                      BG_VIEW("{{ {{a}} |b|{{c}}=d}}/ /{{a}}/ /b/b/{{c}}=d/"
                              "{{c}}/d/[[e|f]]/g/")),
     "walks through names, then children, and passes over what it may skip");
  ok(bg_wikitext_next(&walk) == NULL, "stays at the end");
  bg_buffer_release(&order);

  bg_walk nothing = {.arena = arena};
  ok(bg_wikitext_next(&nothing) == NULL, "walks through nothing");
  bg_arena_free(arena);
}

static void
check_classifiers(void)
{
#ifdef __SSE2__
  bool same = true;
  for (unsigned byte = 0; byte < 256; byte++) {
    for (unsigned place = 0; place < BG_BLOCK; place++) {
      char block[BG_BLOCK];
      memset(block, 'a', sizeof block);
      block[place] = (char)byte;
      block[(place + 7) % BG_BLOCK] = '{';
      same &= bg_classify_sse2(block) == bg_classify_portable(block);
    }
  }
  ok(same, "SSE2 finds the same bytes as the portable way");
#endif
  char block[BG_BLOCK] = "[]{}|<=&':_\n";
  ok(bg_classify_portable(block) == 0xfff, "finds each byte of markup");
}

int
main(void)
{
  CHECK_CASES(template_cases);
  CHECK_CASES(brace_cases);
  CHECK_CASES(link_cases);
  CHECK_CASES(address_cases);
  CHECK_CASES(line_cases);
  CHECK_CASES(tag_cases);
  CHECK_CASES(comment_cases);
  CHECK_CASES(inline_cases);
  check_arguments();
  check_spans();
  check_walk();
  check_classifiers();
  return done_testing();
}
