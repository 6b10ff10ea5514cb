/// Claims as statements: the promises that the graph makes.

#include "extract/extract.h"
#include "graph/graph.h"
#include "lexicon.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

static const char *const page_text =
    "{{Infobox military conflict|conflict=Battle of X|result=Carthaginian "
    "victory|combatant1=[[Rome]]<br>[[rome]]<br>[[AC/DC? 100% \"sure\"]]|"
    "combatant2=[[Carthage]]|commander1=[[Scipio]]|coordinates={{coord|48.5|-9}"
    "}"
    "}}\n{{Infobox military conflict|conflict=Second|combatant1=[[A]]}}\n";

static size_t
count(const bg_page_graph *graph, const char *subject, const char *predicate,
      const char *object)
{
  size_t found = 0;
  for (size_t i = 0; i < graph->statements.count; i++) {
    const bg_statement *each = &graph->statements.items[i];
    found += (subject == NULL ||
              bg_view_has_suffix(each->subject.text, bg_view_of(subject))) &&
             (predicate == NULL || bg_view_has_suffix(each->predicate.text,
                                                      bg_view_of(predicate))) &&
             (object == NULL ||
              bg_view_has_suffix(each->object.text, bg_view_of(object)));
  }
  return found;
}

static bool
is_iri(bg_view text)
{
  for (size_t i = 0; i < text.size; i++) {
    if ((unsigned char)text.bytes[i] <= ' ' ||
        strchr("<>\"{}|\\^`", text.bytes[i]) != NULL) {
      return false;
    }
  }
  return bg_view_find(text, BG_VIEW("://"), 0) != BG_NOWHERE;
}

static bool
all_iris_are_iris(const bg_page_graph *graph)
{
  bool all = true;
  for (size_t i = 0; i < graph->statements.count; i++) {
    const bg_statement *each = &graph->statements.items[i];
    all &= is_iri(each->subject.text) && is_iri(each->predicate.text) &&
           (each->object.kind != BG_TERM_IRI || is_iri(each->object.text)) &&
           is_iri(each->graph.text);
  }
  return all;
}

static bool
none_stands_twice(const bg_page_graph *graph)
{
  for (size_t i = 0; i < graph->statements.count; i++) {
    for (size_t j = 0; j < i; j++) {
      const bg_statement *a = &graph->statements.items[i];
      const bg_statement *b = &graph->statements.items[j];
      if (bg_view_is_equal(a->subject.text, b->subject.text) &&
          bg_view_is_equal(a->predicate.text, b->predicate.text) &&
          bg_view_is_equal(a->object.text, b->object.text) &&
          bg_view_is_equal(a->object.datatype, b->object.datatype) &&
          bg_view_is_equal(a->object.language, b->object.language)) {
        return false;
      }
    }
  }
  return true;
}

/// Each quote is exactly the bytes between its offsets.
static bool
quotes_are_exact(const bg_page_graph *graph, bg_view text)
{
  size_t quotes = 0;
  long begin = 0;
  bg_view quote = {0};
  for (size_t i = 0; i < graph->statements.count; i++) {
    const bg_statement *each = &graph->statements.items[i];
    if (bg_view_has_suffix(each->predicate.text, BG_VIEW("#quote"))) {
      quote = each->object.text;
    } else if (bg_view_has_suffix(each->predicate.text, BG_VIEW("#begin"))) {
      begin = strtol(each->object.text.bytes, NULL, 10);
    } else if (bg_view_has_suffix(each->predicate.text, BG_VIEW("#finish"))) {
      long finish = strtol(each->object.text.bytes, NULL, 10);
      quotes++;
      if (!bg_view_is_equal(
              quote, bg_view_slice(text, (size_t)begin, (size_t)finish))) {
        return false;
      }
    }
  }
  return quotes > 10;
}

int
main(void)
{
  bg_lexicon *lexicon = open_lexicon();
  bg_arena *arena = bg_arena_new();
  bg_page page = {.title = BG_VIEW("battle of X"),
                  .language = BG_VIEW("en"),
                  .wiki = BG_VIEW("en"),
                  .text = bg_view_of(page_text),
                  .form = BG_FORM_WIKITEXT};
  bg_findings findings =
      bg_extract(bg_article_read(&page, arena), lexicon, arena);
  bg_graph_options options = {.evidence = true, .graphs = true};
  bg_page_graph graph = bg_graph_state(&findings, &options, arena);

  ok(count(&graph, "/en/Battle_of_X", "#side", "/en/Battle_of_X#side1") == 1,
     "parts hang on the conflict's IRI");
  ok(count(&graph, NULL, "#belligerent", "/en/Rome") == 1 &&
         count(&graph, "#side1", "#participation", NULL) == 2,
     "a party named twice is one");
  ok(count(&graph, NULL, "#belligerent", "/AC%2FDC%3F_100%25_%22sure%22") == 1,
     "a title is one segment of an IRI");
  ok(count(&graph, "#conflict2", "#side", "#conflict2/side1") == 1,
     "a second infobox is a second conflict");
  ok(count(&graph, "/en/Battle_of_X", "#victor", "#side2") == 1 &&
         count(&graph, "#side1", "#outcome", "#Lost") == 1,
     "who won, and who lost");
  ok(count(&graph, "/en/Carthage", "#foughtAgainst", "/en/Rome") == 1 &&
         count(&graph, "/en/Rome", "#foughtAgainst", "/en/Carthage") == 1,
     "the short cuts are symmetric");
  ok(count(&graph, NULL, "asWKT", "POINT(-9.0 48.5)") == 1,
     "a point has its longitude first");
  ok(count(&graph, "/en/Scipio", "#commandedIn", "/en/Battle_of_X") == 1,
     "persons lead to conflicts");
  ok(all_iris_are_iris(&graph), "every IRI is one");
  ok(none_stands_twice(&graph), "no statement stands twice");
  ok(quotes_are_exact(&graph, page.text), "quotes are the bytes they say");
  ok(bg_view_has_suffix(graph.graphs[0].text, BG_VIEW("/page/en/Battle_of_X")),
     "the page's graph has its name");

  options = (bg_graph_options){.base = "https://example.org/x/"};
  bg_page_graph bare = bg_graph_state(&findings, &options, arena);
  ok(count(&bare, NULL, "#quote", NULL) == 0 &&
         bare.statements.count < graph.statements.count,
     "no evidence unless asked for");
  ok(bg_view_has_prefix(bare.statements.items[0].subject.text,
                        BG_VIEW("https://example.org/x/en/")),
     "another base");
  ok(bare.statements.items[0].graph.kind == BG_TERM_NONE,
     "no graph unless asked for");
  bg_arena_free(arena);
  bg_lexicon_close(lexicon);
  return done_testing();
}
