#include "input/tags.h"

#include <string.h>

bg_status
bg_tags_find_byte(bg_tags *tags, char byte, uint64_t from, uint64_t limit,
                  uint64_t *found, bg_error *err)
{
  uint64_t looked = from;
  for (;;) {
    bg_window *window = &tags->window;
    uint64_t end = bg_window_whole(window);
    if (looked < end) {
      bg_view view = bg_window_view(window, looked, end);
      const char *at = memchr(view.bytes, byte, view.size);
      if (at != NULL) {
        *found = looked + (uint64_t)(at - view.bytes);
        return BG_OK;
      }
      looked = end;
    }
    if (looked == window->gap || looked - from > limit ||
        looked - tags->keep > BG_MOST_KEPT) {
      return BG_REFUSED;
    }
    BG_TRY(bg_window_more(window, tags->keep, err));
  }
}

/// The '>' of a tag; one in an attribute's value is none. BG_REFUSED where
/// another '<' comes first.
static bg_status
find_tag_end(bg_tags *tags, uint64_t start, uint64_t *found, bg_error *err)
{
  uint64_t looked = start + 1;
  char quote = '\0';
  for (;;) {
    bg_window *window = &tags->window;
    uint64_t end = bg_window_whole(window);
    bg_view view = bg_window_view(window, looked, end);
    bool is_markup = looked == start + 1 && view.size > 0 &&
                     (view.bytes[0] == '!' || view.bytes[0] == '?');
    if (is_markup) {
      return bg_tags_find_byte(tags, '>', looked, BG_LONGEST_MARKUP, found,
                               err);
    }
    for (size_t i = 0; i < view.size; i++) {
      char byte = view.bytes[i];
      if (byte == '>' && quote == '\0') {
        *found = looked + i;
        return BG_OK;
      }
      if (byte == '<') {
        return BG_REFUSED;
      }
      if (byte == quote) {
        quote = '\0';
      } else if (quote == '\0' && (byte == '"' || byte == '\'')) {
        quote = byte;
      }
    }
    looked = end;
    if (looked == window->gap || looked - start > BG_LONGEST_MARKUP) {
      return BG_REFUSED;
    }
    BG_TRY(bg_window_more(window, tags->keep, err));
  }
}

/// "<" "/"? name attributes "/"? ">"
static void
read_tag(bg_view inside, bg_tag *read)
{
  read->is_odd =
      inside.size == 0 || inside.bytes[0] == '!' || inside.bytes[0] == '?';
  read->is_close = inside.size > 0 && inside.bytes[0] == '/';
  if (read->is_close) {
    inside = bg_view_slice(inside, 1, inside.size);
  }
  read->is_empty = inside.size > 0 && inside.bytes[inside.size - 1] == '/';
  if (read->is_empty) {
    inside = bg_view_slice(inside, 0, inside.size - 1);
  }
  size_t end = 0;
  while (end < inside.size && !bg_is_space(inside.bytes[end])) {
    end++;
  }
  read->name = bg_view_slice(inside, 0, end);
  read->attributes = bg_view_slice(inside, end, inside.size);
}

bg_status
bg_tags_next(bg_tags *tags, uint64_t limit, bg_tag *read, bg_error *err)
{
  uint64_t end;
  bg_status status =
      bg_tags_find_byte(tags, '<', tags->at, limit, &read->start, err);
  if (status == BG_REFUSED && tags->window.gap == BG_NO_GAP) {
    tags->at = bg_window_end(&tags->window);
  }
  BG_TRY(status);
  tags->at = read->start + 1;
  BG_TRY(find_tag_end(tags, read->start, &end, err));
  read_tag(bg_window_view(&tags->window, read->start + 1, end), read);
  tags->at = end + 1;
  return BG_OK;
}

bg_status
bg_tags_content(bg_tags *tags, const bg_tag *read, bg_view *content,
                bg_error *err)
{
  uint64_t end;
  *content = BG_VIEW("");
  if (read->is_empty) {
    return BG_OK;
  }
  uint64_t start = tags->at;
  BG_TRY(bg_tags_find_byte(tags, '<', start, BG_LONGEST_MARKUP, &end, err));
  *content = bg_window_view(&tags->window, start, end);
  tags->at = end;
  return BG_OK;
}

void
bg_tags_pass_gap(bg_tags *tags)
{
  bg_window *window = &tags->window;
  if (bg_window_has_gap(window)) {
    tags->at = window->gap > tags->at ? window->gap : tags->at;
    window->gap = BG_NO_GAP;
  }
}

bg_status
bg_tags_skip_comment(bg_tags *tags, uint64_t start, bg_error *err)
{
  uint64_t end = start + 6; // "<!---->" is the shortest
  for (;;) {
    BG_TRY(bg_tags_find_byte(tags, '>', end, BG_LONGEST_MARKUP, &end, err));
    bg_view before = bg_window_view(&tags->window, end - 2, end);
    end++;
    if (bg_view_is_equal(before, BG_VIEW("--"))) {
      tags->at = end;
      return BG_OK;
    }
  }
}
