#include "extract/page.h"

#include "extract/position.h"

static bg_claim *
add_claim(bg_page_reader *page, bg_claim_kind kind, const char *rule,
          bg_view source)
{
  size_t start = bg_offset_of(page, source);
  bg_claim *claim = &BG_PUSH(page->arena, &page->findings->claims);
  *claim = (bg_claim){
      .kind = kind,
      .start = start,
      .end = start + source.size,
      .rule = bg_view_of(rule),
      .confidence = 0.8,
      .section = bg_article_section(page->article, start)->heading,
  };
  if (claim->section.size == 0) {
    claim->section = BG_VIEW("lead");
  }
  return claim;
}

// ---- position --------------------------------------------------------------

static bool
has_position(const bg_findings *findings)
{
  for (size_t i = 0; i < findings->claims.count; i++) {
    const bg_claim *claim = &findings->claims.items[i];
    if (claim->kind == BG_CLAIM_POSITION && claim->conflict == 0) {
      return true;
    }
  }
  return false;
}

/// display ::= a list of "inline", "title" and their first letters
static bool
shows_in_title(const bg_node *template_node)
{
  const bg_node *display =
      bg_wikitext_argument(template_node, BG_VIEW("display"));
  bg_view rest = display == NULL ? BG_VIEW("") : display->inner;
  bg_view part;
  while (bg_view_next_part(&rest, ',', &part)) {
    part = bg_view_trim(part);
    if (bg_view_is_equal_folded(part, BG_VIEW("title")) ||
        bg_view_is_equal_folded(part, BG_VIEW("t")) ||
        bg_view_is_equal_folded(part, BG_VIEW("it"))) {
      return true;
    }
  }
  return false;
}

bool
bg_title_position(bg_view text, const bg_lexicon *lexicon, bg_arena *arena,
                  double *latitude, double *longitude)
{
  const bg_node *node = bg_wikitext_parse(text, arena);
  return node != NULL && node->kind == BG_NODE_TEMPLATE &&
         shows_in_title(node) &&
         bg_entry_is(bg_lexicon_template(lexicon, node->name), "coordinates") &&
         bg_position_of_template(node, latitude, longitude);
}

void
bg_claim_page_position(bg_page_reader *page)
{
  if (page->findings->conflict_count == 0 || has_position(page->findings)) {
    return;
  }
  for (const bg_node *node = page->article->nodes; node != NULL;
       node = node->next) {
    if (node->kind != BG_NODE_TEMPLATE || !shows_in_title(node)) {
      continue;
    }
    const bg_entry *entry = bg_lexicon_template(page->lexicon, node->name);
    double latitude;
    double longitude;
    if (bg_entry_is(entry, "coordinates") &&
        bg_position_of_template(node, &latitude, &longitude)) {
      bg_claim *claim = add_claim(page, BG_CLAIM_PAGE_POSITION,
                                  "title-coordinates", node->source);
      claim->latitude = latitude;
      claim->longitude = longitude;
      return;
    }
  }
}

// ---- campaign boxes --------------------------------------------------------

/// The first article that a value links.
static const bg_node *
first_link(const bg_node *nodes, bg_arena *arena)
{
  bg_walk walk = {.node = nodes, .arena = arena};
  for (const bg_node *node; (node = bg_wikitext_next(&walk)) != NULL;) {
    if (node->kind == BG_NODE_LINK &&
        bg_view_find_byte(node->name, ':', 0) == BG_NOWHERE) {
      return node;
    }
  }
  return NULL;
}

static bg_thing
thing_of(const bg_node *link, bg_arena *arena)
{
  return bg_thing_of_link(link->name,
                          bg_article_plain_text(link->children, arena));
}

static void
claim_members(bg_page_reader *page, const bg_parameter *listed,
              bg_thing campaign, unsigned conflict)
{
  bg_walk walk = {.node = listed->nodes, .arena = page->arena};
  for (const bg_node *node; (node = bg_wikitext_next(&walk)) != NULL;) {
    bool is_conflict = node->kind == BG_NODE_LINK && node->name.size > 0 &&
                       node->name.bytes[0] != '#' &&
                       bg_view_find_byte(node->name, ':', 0) == BG_NOWHERE;
    if (node->kind == BG_NODE_EXTENSION) {
      walk.skip_children = true;
    } else if (is_conflict) {
      bg_claim *claim = add_claim(page, BG_CLAIM_CAMPAIGN_MEMBER, "campaignbox",
                                  node->source);
      claim->conflict = conflict;
      claim->thing = campaign;
      claim->other = thing_of(node, page->arena);
    }
  }
}

void
bg_read_campaignbox(bg_page_reader *page, const bg_infobox *box)
{
  bg_thing campaign = {.title = page->article->title,
                       .label = page->article->title};
  unsigned conflict = 0;
  if (page->findings->conflict_count == 0) {
    const bg_node *link = NULL;
    for (size_t i = 0; i < box->parameter_count && link == NULL; i++) {
      if (bg_view_is_equal_folded(box->parameters[i].name, BG_VIEW("title"))) {
        link = first_link(box->parameters[i].nodes, page->arena);
      }
    }
    if (link == NULL) {
      return;
    }
    campaign = thing_of(link, page->arena);
    conflict = BG_OF_NO_CONFLICT;
  }
  for (size_t i = 0; i < box->parameter_count; i++) {
    const bg_parameter *parameter = &box->parameters[i];
    if (bg_view_has_prefix_folded(parameter->name, BG_VIEW("battles"))) {
      claim_members(page, parameter, campaign, conflict);
    }
  }
}
