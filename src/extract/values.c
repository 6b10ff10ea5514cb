/// Values that are one text, one date or one position; and what all readers
/// share.

#include "extract/cell.h"

#include <string.h>

// ---- claims, remarks, things -----------------------------------------------

size_t
bg_offset_of(const bg_page_reader *page, bg_view source)
{
  return (size_t)(source.bytes - page->article->text.bytes);
}

bg_claim *
bg_claim_add(const bg_value *value, bg_claim_kind kind, bg_view source)
{
  bg_page_reader *page = value->box->page;
  bg_claim *claim = &BG_PUSH(page->arena, &page->findings->claims);
  source = bg_view_trim(source);
  *claim = (bg_claim){
      .kind = kind,
      .conflict = value->box->conflict,
      .side = value->side,
      .start = bg_offset_of(page, source),
      .end = bg_offset_of(page, source) + source.size,
      .rule = value->mapping->rule,
      .confidence = value->box->confidence,
      .section = BG_VIEW("infobox"),
  };
  return claim;
}

const bg_claim *
bg_party_next(const bg_infobox_reader *box, size_t *index)
{
  enum { most_looked_at = 250 }; // the readers ask once for each name
  const bg_claim_list *claims = &box->page->findings->claims;
  while (*index < most_looked_at && box->first_claim + *index < claims->count) {
    const bg_claim *claim = &claims->items[box->first_claim + (*index)++];
    if (claim->kind == BG_CLAIM_PARTY && claim->side <= BG_SIDES) {
      return claim;
    }
  }
  return NULL;
}

void
bg_remark_add(bg_page_reader *page, const char *kind, bg_view words,
              bg_view source)
{
  source = bg_view_trim(source);
  BG_PUSH(page->arena, &page->findings->remarks) =
      (bg_remark){.kind = kind,
                  .words = bg_view_trim(words),
                  .start = bg_offset_of(page, source)};
}

bg_thing
bg_thing_of_link(bg_view target, bg_view label)
{
  size_t fragment = bg_view_find_byte(target, '#', 0);
  if (fragment != BG_NOWHERE) {
    target = bg_view_slice(target, 0, fragment);
  }
  target = bg_view_trim(target);
  while (target.size > 0 && target.bytes[0] == ':') {
    target = bg_view_slice(target, 1, target.size);
  }
  return (bg_thing){.title = target, .label = label.size > 0 ? label : target};
}

bg_thing
bg_thing_of_name(const bg_page_reader *page, bg_view name)
{
  name = bg_view_trim(name);
  bg_view title = bg_article_full_title(page->article, name);
  return (bg_thing){.title = title.size > 0 ? title : name, .label = name};
}

static const bg_entry *
find_flag(const bg_page_reader *page, bg_view code, bg_view variant)
{
  bg_view key = variant.size == 0 ? code
                                  : bg_arena_format(page->arena, "%.*s|%.*s",
                                                    BG_VIEW_ARGS(code),
                                                    BG_VIEW_ARGS(variant));
  return bg_lexicon_find(page->lexicon, BG_WORDS_FLAGS, key);
}

/// A name that is written out stands for itself; only codes ("GER", "U.S.") do
/// not.
static bool
is_code(bg_view name)
{
  for (size_t i = 0; i < name.size; i++) {
    if ((name.bytes[i] >= 'a' && name.bytes[i] <= 'z') ||
        (unsigned char)name.bytes[i] >= 0x80) {
      return false;
    }
  }
  return true;
}

bg_view
bg_flag_state(const bg_page_reader *page, bg_view name)
{
  const bg_entry *entry = find_flag(page, name, BG_VIEW(""));
  return entry == NULL ? name : entry->values[0];
}

/// A variant stands with the code or with the name that the code stands for.
bg_view
bg_flag_title(const bg_page_reader *page, bg_view code, bg_view variant)
{
  bg_view state = bg_flag_state(page, code);
  bg_view title = is_code(code) ? state : code;
  if (variant.size == 0) {
    return title;
  }
  const bg_entry *dated = find_flag(page, code, variant);
  if (dated == NULL) {
    dated = find_flag(page, state, variant);
  }
  return dated == NULL ? title : dated->values[0];
}

// ---- texts -----------------------------------------------------------------

/// The first item of a cell that has words, as the claim's text.
static bool
read_first_line(const bg_value *value, bg_line *line)
{
  bg_cell cell = bg_cell_read(value, false);
  for (size_t i = 0; i < cell.count; i++) {
    *line = bg_item_line(&cell.items[i], value->box->page->arena);
    if (bg_view_trim(line->text).size > 0) {
      return true;
    }
  }
  return false;
}

static void
claim_text(const bg_value *value, bg_claim_kind kind)
{
  bg_line line;
  if (read_first_line(value, &line)) {
    bg_view text = bg_view_trim(line.text);
    bg_claim_add(value, kind, bg_line_source(&line, text))->text = text;
  }
}

void
bg_read_name(const bg_value *value)
{
  claim_text(value, BG_CLAIM_NAME);
}

void
bg_read_text(const bg_value *value)
{
  bool is_cause =
      bg_view_is_equal(value->mapping->property, BG_VIEW("bg:cause"));
  claim_text(value, is_cause ? BG_CLAIM_CAUSE : BG_CLAIM_TERRITORY);
}

/// image ::= name | "[[File:" name "|" … "]]"
void
bg_read_image(const bg_value *value)
{
  bg_arena *arena = value->box->page->arena;
  bg_line line;
  bg_view file = {0};
  bg_view source = {0};
  for (const bg_node *node = value->parameter->nodes; node != NULL;
       node = node->next) {
    if (node->kind == BG_NODE_LINK) {
      file = bg_article_link_title(node->name, arena);
      source = node->name;
      break;
    }
  }
  if (file.size == 0 && read_first_line(value, &line)) {
    source = bg_line_source(&line, bg_view_trim(line.text));
    file = bg_article_link_title(line.text, arena);
  }
  size_t colon = bg_view_find_byte(file, ':', 0);
  if (bg_view_has_prefix_folded(file, BG_VIEW("file:")) ||
      bg_view_has_prefix_folded(file, BG_VIEW("image:"))) {
    file = bg_view_trim(bg_view_slice(file, colon + 1, file.size));
  }
  for (size_t i = 0; i < file.size; i++) {
    if (strchr("[]{}|<>", file.bytes[i]) != NULL) {
      return; // a montage: no single file
    }
  }
  if (bg_view_find_byte(file, '.', 0) != BG_NOWHERE) {
    bg_claim_add(value, BG_CLAIM_DEPICTION, source)->text = file;
  }
}

// ---- dates -----------------------------------------------------------------

/// All lines of a cell as one text, so that a range may go over a break.
void
bg_read_date(const bg_value *value)
{
  bg_page_reader *page = value->box->page;
  bg_cell cell = bg_cell_read(value, false);
  bg_date whole = {0};
  bg_view source = {0};
  for (size_t i = 0; i < cell.count; i++) {
    bg_line line = bg_item_line(&cell.items[i], page->arena);
    bg_date date;
    bg_view stated;
    if (!bg_date_read(line.text, page->lexicon, &date, &stated)) {
      continue;
    }
    bg_view here = bg_line_source(&line, stated);
    if (source.size == 0) {
      whole = date;
      source = here;
      continue;
    }
    if (whole.calendar != BG_CALENDAR_UNSTATED &&
        date.calendar != BG_CALENDAR_UNSTATED) {
      continue; // the same date by another calendar
    }
    // Several phases: from the first start to the last end.
    if (bg_day_is_before(whole.end, date.end) && date.end.month > 0) {
      whole.end = date.end;
      whole.approximate |= date.approximate;
      source = bg_view_span(source, here);
    }
  }
  if (source.size > 0) {
    bg_claim_add(value, BG_CLAIM_DATE, source)->date = whole;
  } else if (bg_view_trim(value->parameter->value).size > 0) {
    bg_remark_add(page, "unread-date", value->parameter->value,
                  value->parameter->value);
  }
}
