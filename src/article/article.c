#include "article/article.h"

#include "article/infobox.h"
#include "base/buffer.h"

#include <string.h>

typedef struct {
  bg_section *items;
  size_t count;
  size_t capacity;
} section_list;

// ---- sections --------------------------------------------------------------

static void
begin_section(section_list *sections, bg_arena *arena, bg_view heading,
              unsigned level, size_t start)
{
  if (sections->count > 0) {
    sections->items[sections->count - 1].end = start;
  }
  BG_PUSH(arena, sections) =
      (bg_section){.heading = heading, .level = level, .start = start};
}

/// heading-line ::= "="+ text "="+ end-of-line; its level, or 0
static unsigned
read_heading_line(bg_view line, bg_view *heading)
{
  line = bg_view_trim(line);
  unsigned level = 0;
  while (level < 6 && line.size >= 3 && line.bytes[0] == '=' &&
         line.bytes[line.size - 1] == '=') {
    line = bg_view_slice(line, 1, line.size - 1);
    level++;
  }
  *heading = bg_view_trim(line);
  return heading->size > 0 ? level : 0;
}

static void
read_plain_sections(const bg_article *article, section_list *sections,
                    bg_arena *arena)
{
  bg_view rest = article->text;
  bg_view line;
  while (bg_view_next_part(&rest, '\n', &line)) {
    bg_view heading;
    unsigned level = read_heading_line(line, &heading);
    if (level >= 2) {
      begin_section(sections, arena, heading, level,
                    (size_t)(line.bytes - article->text.bytes));
    }
  }
}

static void
read_wikitext_sections(const bg_article *article, section_list *sections,
                       bg_arena *arena)
{
  for (const bg_node *node = article->nodes; node != NULL; node = node->next) {
    if (node->kind == BG_NODE_HEADING) {
      begin_section(sections, arena,
                    bg_article_plain_text(node->children, arena), node->level,
                    (size_t)(node->source.bytes - article->text.bytes));
    }
  }
}

static void
read_sections(bg_article *article, bg_arena *arena)
{
  section_list sections = {0};
  begin_section(&sections, arena, BG_VIEW(""), 0, 0);
  if (article->form == BG_FORM_PLAIN) {
    read_plain_sections(article, &sections, arena);
  } else {
    read_wikitext_sections(article, &sections, arena);
  }
  sections.items[sections.count - 1].end = article->text.size;
  article->sections = sections.items;
  article->section_count = sections.count;
}

const bg_section *
bg_article_section(const bg_article *article, size_t offset)
{
  size_t low = 0;
  size_t high = article->section_count;
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (article->sections[middle].start <= offset) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return &article->sections[low];
}

// ---- text and links --------------------------------------------------------

/// A link into a namespace, "File:…" or "Category:…" or ":fr:…", is no thing.
static bool
is_thing(bg_view target)
{
  size_t colon = bg_view_find_byte(target, ':', 0);
  return target.size > 0 &&
         (colon == BG_NOWHERE ||
          (colon + 1 < target.size && bg_is_space(target.bytes[colon + 1])));
}

static bool
is_single_spaced(bg_view text)
{
  char before = ' ';
  for (size_t i = 0; i < text.size; i++) {
    char byte = text.bytes[i];
    bool is_other_space = byte == '_' || (byte != ' ' && bg_is_space(byte));
    if (is_other_space || (byte == ' ' && before == ' ')) {
      return false;
    }
    before = byte;
  }
  return true;
}

/// With one space for underscores, line ends and several spaces.
static bg_view
single_spaced(bg_view text, bg_arena *arena)
{
  if (is_single_spaced(text)) {
    return text;
  }
  char *bytes = bg_arena_allocate(arena, text.size + 1);
  size_t size = 0;
  for (size_t i = 0; i < text.size; i++) {
    bool is_space = text.bytes[i] == '_' || bg_is_space(text.bytes[i]);
    if (!is_space || (size > 0 && bytes[size - 1] != ' ')) {
      bytes[size++] = is_space ? ' ' : text.bytes[i];
    }
  }
  return bg_view_trim((bg_view){bytes, size});
}

bg_view
bg_article_link_title(bg_view target, bg_arena *arena)
{
  size_t fragment = bg_view_find_byte(target, '#', 0);
  target =
      bg_view_slice(target, 0, fragment == BG_NOWHERE ? target.size : fragment);
  return single_spaced(bg_view_trim(target), arena);
}

static void
append_words(bg_buffer *words, bg_view text)
{
  for (size_t i = 0; i < text.size; i++) {
    char byte = bg_is_space(text.bytes[i]) ? ' ' : text.bytes[i];
    if (byte != ' ' ||
        (words->size > 0 && words->bytes[words->size - 1] != ' ')) {
      bg_buffer_append_byte(words, byte);
    }
  }
}

bg_view
bg_article_plain_text(const bg_node *first, bg_arena *arena)
{
  bg_buffer words;
  bg_buffer_init(&words);
  bg_walk walk = {.node = first, .arena = arena};
  for (const bg_node *node; (node = bg_wikitext_next(&walk)) != NULL;) {
    if (node->kind == BG_NODE_TEXT) {
      append_words(&words, node->source);
    } else if (node->kind == BG_NODE_ENTITY) {
      append_words(&words, node->name);
    } else if (node->kind == BG_NODE_TEMPLATE ||
               node->kind == BG_NODE_PARAMETER ||
               node->kind == BG_NODE_EXTENSION ||
               (node->kind == BG_NODE_LINK && !is_thing(node->name))) {
      walk.skip_children = true;
    }
  }
  bg_view text = bg_arena_copy(arena, bg_view_trim(bg_buffer_view(&words)));
  bg_buffer_release(&words);
  return text;
}

/// Whether a target is the name and what tells it from others of that name.
static bool
is_full_title(bg_view target, bg_view name)
{
  bg_view behind = bg_view_slice(target, name.size, target.size);
  return name.size > 0 && bg_view_has_prefix_folded(target, name) &&
         (bg_view_has_prefix(behind, BG_VIEW(", ")) ||
          bg_view_has_prefix(behind, BG_VIEW(" (")));
}

static void
add_full_title(bg_article *article, const bg_node *link)
{
  bg_view target = bg_article_link_title(link->name, article->arena);
  const bg_node *shown = link->children;
  bool is_plain =
      shown != NULL && shown->next == NULL && shown->kind == BG_NODE_TEXT;
  bg_view name =
      is_plain ? single_spaced(bg_view_trim(shown->source), article->arena)
               : BG_VIEW("");
  if (is_full_title(target, name) &&
      bg_map_find(&article->full_titles, name) == NULL) {
    bg_view *kept = BG_NEW(article->arena, bg_view);
    *kept = target;
    bg_map_set(&article->full_titles, name, kept);
  }
}

static void
read_full_titles(bg_article *article)
{
  bg_walk walk = {.node = article->nodes, .arena = article->arena};
  for (const bg_node *node; (node = bg_wikitext_next(&walk)) != NULL;) {
    if (node->kind == BG_NODE_EXTENSION) {
      walk.skip_children = true; // a footnote names its sources
    } else if (node->kind == BG_NODE_LINK && is_thing(node->name)) {
      add_full_title(article, node);
    }
  }
}

bg_view
bg_article_full_title(bg_article *article, bg_view name)
{
  if (!article->has_full_titles) {
    article->has_full_titles = true;
    read_full_titles(article);
  }
  const bg_view *title = bg_map_find(&article->full_titles, name);
  return title == NULL ? BG_VIEW("") : *title;
}

// ---- the article -----------------------------------------------------------

bg_article *
bg_article_read(const bg_page *page, bg_arena *arena)
{
  bg_article *article = BG_NEW(arena, bg_article);
  article->title = page->title;
  article->language = page->language;
  article->wiki = page->wiki;
  article->revision = page->revision;
  article->timestamp = page->timestamp;
  article->text = page->text;
  article->form = page->form;
  article->arena = arena;
  bg_map_init(&article->full_titles, arena);
  if (page->form == BG_FORM_WIKITEXT) {
    article->nodes = bg_wikitext_parse(page->text, arena);
  }
  bg_infoboxes_read(article, arena);
  read_sections(article, arena);
  return article;
}
