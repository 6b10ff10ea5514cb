#include "pipeline/pipeline.h"

#include "extract/extract.h"
#include "pipeline/filter.h"
#include "pipeline/stage.h"

enum {
  // A template with a position is short; its braces close soon.
  position_template = 1 << 10,
  most_categories = 200, // of a page
};

/// The stage that reads pages into a catalog.
typedef struct {
  const bg_item_table *items;
  bg_catalog_writer *writer;
} cataloguing;

/// The votes of a page's categories.
typedef struct {
  bg_view kinds[16];
  unsigned votes[16];
  size_t count;
} ballot;

static bool
wants_page(void *context, const bg_lexicon *lexicon, const bg_page *page)
{
  (void)context;
  (void)lexicon;
  return page->namespace == 0;
}

// ---- one page, on any thread -----------------------------------------------

/// What a page's templates tell: whether it is about a conflict, else of which
/// kind the first is that tells one, and the first position.
static void
read_templates(const bg_block_page *item, bg_view text, bg_arena *arena,
               bg_catalog_entry *entry, bool *is_conflict)
{
  bg_template_walk walk = {.text = text};
  *is_conflict = false;
  while (bg_template_next(&walk)) {
    const bg_entry *role = bg_template_role(item->lexicon, &walk);
    const bg_entry *kind = entry->kind.size > 0 || walk.name.size == 0
                               ? NULL
                               : bg_lexicon_kind(item->lexicon, walk.name);
    if (kind != NULL) {
      entry->kind = kind->values[0];
    }
    if (bg_template_may_state(&walk, role)) {
      *is_conflict = true;
    }
    if (!entry->has_position && bg_entry_is(role, "coordinates")) {
      bg_view piece =
          bg_view_slice(text, walk.start, walk.start + position_template);
      entry->has_position = bg_title_position(
          piece, item->lexicon, arena, &entry->latitude, &entry->longitude);
    }
  }
  if (*is_conflict) {
    entry->kind = BG_VIEW("Conflict");
  }
}

/// The class of the longest phrase in a category's name.
static bg_view
kind_of_category(const bg_lexicon *lexicon, bg_view name)
{
  size_t longest = 0;
  size_t at = 0;
  size_t length;
  bg_view kind = BG_VIEW("");
  const bg_entry *entry;
  while ((entry = bg_lexicon_search(lexicon, BG_WORDS_CATEGORIES, name, at, &at,
                                    &length)) != NULL) {
    if (length > longest) {
      longest = length;
      kind = entry->values[0];
    }
    at += length;
  }
  return kind;
}

static void
vote(ballot *of, bg_view kind)
{
  size_t i = 0;
  while (i < of->count && !bg_view_is_equal(of->kinds[i], kind)) {
    i++;
  }
  if (i == of->count) {
    if (i == sizeof of->kinds / sizeof *of->kinds) {
      return;
    }
    of->kinds[of->count++] = kind;
    of->votes[i] = 0;
  }
  of->votes[i]++;
}

/// The kind with the most votes, the first of equals; empty without votes.
static bg_view
winner(const ballot *of)
{
  bg_view kind = BG_VIEW("");
  unsigned most = 0;
  for (size_t i = 0; i < of->count; i++) {
    if (of->votes[i] > most) {
      most = of->votes[i];
      kind = of->kinds[i];
    }
  }
  return kind;
}

/// "[[Category:Battles of X|key]]" → "Battles of X"; the namespace's name is
/// understood in English and as the lexicon's own.
static bool
next_category(const bg_lexicon *lexicon, bg_view text, size_t *at,
              bg_view *name)
{
  const bg_view open = BG_VIEW("[[");
  while ((*at = bg_view_find(text, open, *at)) != BG_NOWHERE) {
    *at += open.size;
    bg_view rest = bg_view_slice(text, *at, *at + 512);
    size_t colon = bg_view_find_byte(rest, ':', 0);
    size_t end = bg_view_find(rest, BG_VIEW("]]"), 0);
    if (colon == BG_NOWHERE || end == BG_NOWHERE || end < colon) {
      continue;
    }
    bg_view space = bg_view_trim(bg_view_slice(rest, 0, colon));
    bool is_category =
        bg_view_is_equal_folded(space, BG_VIEW("category")) ||
        bg_entry_is(bg_lexicon_find(lexicon, BG_WORDS_CATEGORIES,
                                    bg_view_slice(rest, 0, colon + 1)),
                    "category");
    if (is_category) {
      bg_view inside = bg_view_slice(rest, colon + 1, end);
      *name = bg_view_trim(
          bg_view_slice(inside, 0, bg_view_find_byte(inside, '|', 0)));
      return true;
    }
  }
  return false;
}

static void
read_categories(const bg_block_page *item, bg_view text, bool is_conflict,
                bg_arena *arena, bg_catalog_entry *entry)
{
  ballot votes = {.count = 0};
  size_t at = 0;
  unsigned count = 0;
  bg_view name;
  while (count++ < most_categories &&
         next_category(item->lexicon, text, &at, &name)) {
    bg_view kind = kind_of_category(item->lexicon, name);
    if (kind.size > 0 && !bg_view_is_equal(kind, BG_VIEW("ignored"))) {
      vote(&votes, kind);
    }
    if (is_conflict) {
      const bg_view parts[] = {
          entry->categories,
          entry->categories.size > 0 ? BG_VIEW("\n") : BG_VIEW(""), name};
      entry->categories = bg_arena_concat(arena, parts, 3);
    }
  }
  if (entry->kind.size == 0) {
    entry->kind = winner(&votes);
  }
}

static void
read_page(bg_block *block, bg_block_page *item)
{
  const cataloguing *at = block->context;
  bg_arena *arena = block->scratch;
  bg_page page = item->page;
  bg_catalog_entry entry = {.title = page.title, .redirect = page.redirect};
  if (entry.redirect.size == 0) {
    item->replaced = bg_page_read_text(&page, arena);
    bool is_conflict;
    read_templates(item, page.text, arena, &entry, &is_conflict);
    read_categories(item, page.text, is_conflict, arena, &entry);
    block->conflicts += is_conflict;
    entry.item = at->items == NULL
                     ? 0
                     : bg_item_table_find(at->items, page.title, page.id);
  }
  bg_catalog_encode(&entry, &block->bytes);
}

static void
catalog_block(bg_job *job)
{
  bg_block *block = (bg_block *)job;
  for (size_t i = 0; i < block->count; i++) {
    read_page(block, &block->items[i]);
    bg_block_empty_scratch(block);
  }
}

static bg_status
commit_block(void *context, bg_block *block, bg_error *err)
{
  const cataloguing *at = context;
  return bg_catalog_writer_add(at->writer, bg_buffer_view(&block->bytes),
                               block->items[0].page.wiki, err);
}

bg_status
bg_pipeline_catalog(const bg_pipeline_input *inputs, size_t input_count,
                    const bg_pipeline_options *options,
                    const bg_item_table *items, bg_catalog_writer *writer,
                    bg_pipeline_counts *counts, bg_error *err)
{
  cataloguing at = {.items = items, .writer = writer};
  const bg_stage stage = {.context = &at,
                          .wants = wants_page,
                          .work = catalog_block,
                          .commit = commit_block};
  *counts = (bg_pipeline_counts){0};
  return bg_stage_run(&stage, inputs, input_count, options, counts, err);
}
