#include "input/window.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
bg_window_init(bg_window *window, bg_source *source)
{
  *window = (bg_window){.source = source, .gap = BG_NO_GAP};
}

void
bg_window_release(bg_window *window)
{
  bg_source_close(window->source);
  window->source = NULL;
  bg_buffer_release(&window->bytes);
  free(window->marks);
  window->marks = NULL;
}

uint64_t
bg_window_end(const bg_window *window)
{
  return window->base + window->bytes.size;
}

uint64_t
bg_window_whole(const bg_window *window)
{
  uint64_t end = bg_window_end(window);
  return end < window->gap ? end : window->gap;
}

bool
bg_window_has_gap(const bg_window *window)
{
  return window->gap != BG_NO_GAP && window->gap <= bg_window_end(window);
}

bg_view
bg_window_view(const bg_window *window, uint64_t start, uint64_t end)
{
  if (start == end) {
    return BG_VIEW("");
  }
  return (bg_view){window->bytes.bytes + (start - window->base),
                   (size_t)(end - start)};
}

static void
drop_before(bg_window *window, uint64_t keep)
{
  bg_buffer *bytes = &window->bytes;
  size_t gone = keep > window->base ? (size_t)(keep - window->base) : 0;
  gone = gone > bytes->size ? bytes->size : gone;
  if (gone > 0) {
    memmove(bytes->bytes, bytes->bytes + gone, bytes->size - gone);
    bytes->size -= gone;
    window->base += gone;
  }
  size_t stale = 0;
  while (stale + 1 < window->mark_count &&
         window->marks[stale + 1].at <= window->base) {
    stale++;
  }
  if (stale > 0) {
    window->mark_count -= stale;
    memmove(window->marks, window->marks + stale,
            window->mark_count * sizeof *window->marks);
  }
}

static void
add_mark(bg_window *window, uint64_t at, bg_mark mark)
{
  if (window->mark_count == window->mark_capacity) {
    window->mark_capacity = window->mark_capacity * 2 + 8;
    window->marks = bg_heap_resize(window->marks, window->mark_capacity *
                                                      sizeof *window->marks);
  }
  window->marks[window->mark_count++] = (bg_window_mark){at, mark};
}

bg_status
bg_window_more(bg_window *window, uint64_t keep, bg_error *err)
{
  if (window->has_ended) {
    return BG_END;
  }
  drop_before(window, keep);
  uint64_t at = bg_window_end(window);
  bg_mark mark;
  bg_status status = bg_source_read(window->source, &window->bytes, &mark, err);
  if (mark.is_broken && window->gap == BG_NO_GAP) {
    window->gap = at;
  }
  window->has_ended = status != BG_OK;
  if (status == BG_OK) {
    add_mark(window, at, mark);
  }
  return status;
}

static const bg_window_mark *
find_mark(const bg_window *window, uint64_t offset)
{
  const bg_window_mark *found = NULL;
  for (size_t i = 0; i < window->mark_count && window->marks[i].at <= offset;
       i++) {
    found = &window->marks[i];
  }
  return found;
}

bg_position
bg_window_position(const bg_window *window, uint64_t offset)
{
  const bg_window_mark *mark = find_mark(window, offset);
  if (mark == NULL) {
    return (bg_position){0, offset, 0};
  }
  return (bg_position){mark->mark.begin.origin,
                       mark->mark.begin.ahead + (offset - mark->at), 0};
}

bool
bg_window_is_beyond(const bg_window *window, uint64_t offset)
{
  const bg_window_mark *mark = find_mark(window, offset);
  return mark != NULL && mark->mark.is_beyond;
}
