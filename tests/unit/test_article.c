/// Pages as articles: infoboxes in every form, sections, links.

#include "article/article.h"
#include "tap.h"

static bg_article *
read(const char *text, bg_page_form form, bg_arena *arena)
{
  bg_page page = {.title = BG_VIEW("Battle of X"),
                  .language = BG_VIEW("en"),
                  .wiki = BG_VIEW("en"),
                  .text = bg_view_of(text),
                  .form = form,
                  .path = "test"};
  return bg_article_read(&page, arena);
}

static const bg_infobox *
infobox_named(const bg_article *article, const char *name)
{
  for (size_t i = 0; i < article->infobox_count; i++) {
    if (bg_view_is_equal(article->infoboxes[i].name, bg_view_of(name))) {
      bg_infobox_open(&article->infoboxes[i], article->arena);
      return &article->infoboxes[i];
    }
  }
  return NULL;
}

static bg_view
value_of(const bg_infobox *infobox, const char *name)
{
  for (size_t i = 0; infobox != NULL && i < infobox->parameter_count; i++) {
    if (bg_view_is_equal(infobox->parameters[i].name, bg_view_of(name))) {
      return bg_view_trim(infobox->parameters[i].value);
    }
  }
  return BG_VIEW("(none)");
}

static void
test_parameters(bg_arena *arena)
{
  static const struct {
    const char *what;
    bg_page_form form;
    const char *text;
    const char *infobox;
    const char *name;
    const char *value;
  } cases[] = {
      {"a template's parameter", BG_FORM_WIKITEXT, "{{Box|date=717|x}}", "Box",
       "date", "717"},
      {"of a repeated parameter the last", BG_FORM_WIKITEXT, "{{Box|a=1|a=2}}",
       "Box", "a", "2"},
      {"an empty repetition does not count", BG_FORM_WIKITEXT,
       "{{Box|a=1|a= }}", "Box", "a", "1"},
      {"a template inside another", BG_FORM_WIKITEXT, "{{Outer|m={{Box|a=1}}}}",
       "Box", "a", "1"},
      {"none inside a footnote", BG_FORM_WIKITEXT, "<ref>{{Box|a=1}}</ref>",
       "Box", "a", "(none)"},
      {"a box that never closes", BG_FORM_WIKITEXT,
       "{{Box\n| date = 717\n| place = [[Aksu\n| x = y\n\nThe battle was.\n",
       "Box", "place", "[[Aksu"},
      {"a value over several lines of it", BG_FORM_WIKITEXT,
       "{{Box\n| a =\n* one\n* two\n| b = c\n", "Box", "a", "* one\n* two"},
      {"it ends before the prose", BG_FORM_WIKITEXT,
       "{{Box\n| a = b\n\nProse | c = d\n", "Box", "c", "(none)"},
      {"a plain rendering's line", BG_FORM_PLAIN,
       "= X =\n\nInfobox\n- Date: 717 AD\n- Place: Aksu: old town\n\nProse.\n",
       "Infobox", "Place", "Aksu: old town"},
      {"no line of the prose", BG_FORM_PLAIN,
       "= X =\n\nInfobox\n- Date: 717\nProse.\n- No: parameter\n", "Infobox",
       "No", "(none)"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const bg_article *article = read(cases[i].text, cases[i].form, arena);
    bg_view value =
        value_of(infobox_named(article, cases[i].infobox), cases[i].name);
    ok(bg_view_is_equal(value, bg_view_of(cases[i].value)), "%s: '%.*s'",
       cases[i].what, BG_VIEW_ARGS(value));
  }
}

int
main(void)
{
  bg_arena *arena = bg_arena_new();
  test_parameters(arena);

  bg_article *article =
      read("Lead [[Tang dynasty|the Tang]].\n== First ''part'' ==\nText "
           "[[Kvam, Oppland|Kvam]].\n=== Second ===\n<ref>[[Source (x)|Source]]"
           "</ref>",
           BG_FORM_WIKITEXT, arena);
  ok(article->section_count == 3 && article->sections[0].level == 0 &&
         article->sections[2].level == 3,
     "the lead and two sections");
  ok(bg_view_is_equal(bg_article_section(article, 40)->heading,
                      BG_VIEW("First part")),
     "an offset's section");
  ok(bg_view_is_equal(bg_article_full_title(article, BG_VIEW("Kvam")),
                      BG_VIEW("Kvam, Oppland")),
     "a link tells a name from others");
  ok(bg_article_full_title(article, BG_VIEW("the Tang")).size == 0,
     "a link to another name does not");
  ok(bg_article_full_title(article, BG_VIEW("Source")).size == 0,
     "a footnote's links do not count");

  article =
      read("= X =\n\nLead.\n\n==Location==\nThere.\n", BG_FORM_PLAIN, arena);
  ok(article->section_count == 2 &&
         bg_view_is_equal(article->sections[1].heading, BG_VIEW("Location")),
     "a plain rendering's sections");
  bg_arena_free(arena);
  return done_testing();
}
