#include "extract/item.h"

static bool
is_shown(const bg_run *run)
{
  return run->kind == BG_RUN_TEXT || run->kind == BG_RUN_LINK ||
         run->kind == BG_RUN_FLAG;
}

bg_line
bg_item_line(const bg_item *item, bg_arena *arena)
{
  size_t size = 0;
  for (size_t i = 0; i < item->count; i++) {
    size += is_shown(&item->items[i]) ? item->items[i].text.size : 0;
  }
  char *bytes = bg_arena_allocate(arena, size + 1);
  size_t written = 0;
  for (size_t i = 0; i < item->count; i++) {
    if (is_shown(&item->items[i])) {
      bg_view text = item->items[i].text;
      for (size_t j = 0; j < text.size; j++) {
        bytes[written++] = bg_is_space(text.bytes[j]) ? ' ' : text.bytes[j];
      }
    }
  }
  return (bg_line){.text = {bytes, written}, .item = item};
}

bool
bg_item_is_emphasised(const bg_item *item)
{
  bool any = false;
  for (size_t i = 0; i < item->count; i++) {
    const bg_run *run = &item->items[i];
    bool is_blank =
        run->kind == BG_RUN_TEXT && bg_view_trim(run->text).size == 0;
    if (is_blank || run->kind == BG_RUN_NOTE || run->kind == BG_RUN_ICON) {
      continue;
    }
    if (!run->is_bold && !run->is_italic) {
      return false;
    }
    any = true;
  }
  return any;
}

bg_item
bg_item_slice(const bg_item *item, size_t from, size_t to, bg_arena *arena)
{
  bg_item part = {.depth = item->depth, .is_title = item->is_title};
  size_t at = 0;
  for (size_t i = 0; i < item->count; i++) {
    bg_run run = item->items[i];
    size_t size = is_shown(&run) ? run.text.size : 0;
    size_t end = at + size;
    bool is_inside = size > 0 ? end > from && at < to : at >= from && at < to;
    if (size == 0 && at == to && from < to) {
      is_inside = i + 1 == item->count; // what closes the item
    }
    if (is_inside) {
      bool is_literal = run.text.bytes == run.source.bytes;
      size_t first = from > at ? from - at : 0;
      size_t last = to < end ? to - at : size;
      run.text = bg_view_slice(run.text, first, last);
      if (is_literal) {
        run.source = run.text;
      }
      BG_PUSH(arena, &part) = run;
    }
    at = end;
  }
  return part;
}

static bool
has_parted_texts(const bg_item *item)
{
  bool is_text = false; // the run before
  for (size_t i = 0; i < item->count; i++) {
    bg_run_kind kind = item->items[i].kind;
    if (kind == BG_RUN_NOTE) {
      continue;
    }
    if (is_text && kind == BG_RUN_TEXT) {
      return true;
    }
    is_text = kind == BG_RUN_TEXT;
  }
  return false;
}

bg_item
bg_item_join_texts(const bg_item *item, bg_arena *arena)
{
  if (!has_parted_texts(item)) {
    return *item;
  }
  bg_item joined = {.depth = item->depth,
                    .after_rule = item->after_rule,
                    .is_title = item->is_title};
  bg_view *texts = BG_NEW_ARRAY(arena, bg_view, item->count);
  for (size_t i = 0; i < item->count;) {
    bg_run run = item->items[i++];
    if (run.kind == BG_RUN_NOTE) {
      continue;
    }
    size_t count = 0;
    for (texts[count++] = run.text; run.kind == BG_RUN_TEXT && i < item->count;
         i++) {
      const bg_run *next = &item->items[i];
      if (next->kind == BG_RUN_TEXT) {
        texts[count++] = next->text;
        run.source = bg_view_span(run.source, next->source);
      } else if (next->kind != BG_RUN_NOTE) {
        break;
      }
    }
    run.text = count > 1 ? bg_arena_concat(arena, texts, count) : run.text;
    BG_PUSH(arena, &joined) = run;
  }
  return joined;
}

void
bg_item_append(bg_item *item, const char *joint, const bg_item *more,
               bg_arena *arena)
{
  for (size_t i = 0; i < more->count; i++) {
    if (i == 0) {
      BG_PUSH(arena, item) =
          (bg_run){.kind = BG_RUN_TEXT,
                   .text = bg_view_of(joint),
                   .source = bg_view_slice(more->items[0].source, 0, 0)};
    }
    BG_PUSH(arena, item) = more->items[i];
  }
}

bg_view
bg_item_source(const bg_item *item, size_t first, size_t last)
{
  return bg_view_span(item->items[first].source, item->items[last].source);
}

bg_view
bg_line_source(const bg_line *line, bg_view part)
{
  size_t start = (size_t)(part.bytes - line->text.bytes);
  size_t end = start + part.size;
  size_t offset = 0;
  bg_view first = {0};
  bg_view last = {0};
  for (size_t i = 0; i < line->item->count; i++) {
    const bg_run *run = &line->item->items[i];
    if (!is_shown(run)) {
      continue;
    }
    size_t run_end = offset + run->text.size;
    if (run_end > start && offset < end) {
      // Text that stands in the page as it is shown can be cut to the part.
      bool is_literal = run->text.bytes == run->source.bytes;
      size_t from = is_literal && start > offset ? start - offset : 0;
      size_t to = is_literal && end < run_end ? end - offset : run->source.size;
      last = bg_view_slice(run->source, from, to);
      if (first.bytes == NULL) {
        first = last;
      }
    }
    offset = run_end;
  }
  return first.bytes == NULL
             ? bg_item_source(line->item, 0, line->item->count - 1)
             : bg_view_span(first, last);
}

// ---- glosses ---------------------------------------------------------------

/// The first thing an item shows is a parenthesis.
static bool
is_gloss(const bg_item *item)
{
  for (size_t i = 0; i < item->count; i++) {
    const bg_run *run = &item->items[i];
    bg_view text = bg_view_trim(run->text);
    if (run->kind == BG_RUN_TEXT && text.size > 0) {
      return text.bytes[0] == '(' || text.bytes[0] == '[';
    }
    if (run->kind != BG_RUN_TEXT && run->kind != BG_RUN_NOTE) {
      return false;
    }
  }
  return false;
}

static bool
ends_with_colon(const bg_item *item, bg_arena *arena)
{
  bg_line line = bg_item_line(item, arena);
  return bg_view_has_suffix(bg_view_trim(line.text), BG_VIEW(":"));
}

void
bg_cell_join_glosses(bg_cell *cell, bg_arena *arena)
{
  size_t kept = 0;
  for (size_t i = 0; i < cell->count; i++) {
    bg_item *item = &cell->items[i];
    if (kept > 0 && cell->items[kept - 1].count < BG_MOST_JOINED_RUNS &&
        is_gloss(item) && !ends_with_colon(&cell->items[kept - 1], arena)) {
      bg_item_append(&cell->items[kept - 1], " ", item, arena);
    } else {
      cell->items[kept++] = *item;
    }
  }
  cell->count = kept;
}
