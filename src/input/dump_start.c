/// What the beginning of a file tells.

#include "input/dump.h"

#include "base/utf8.h"

#include <string.h>

/// Without declarations, comments and a document type.
static bg_view
skip_prolog(bg_view start)
{
  static const struct {
    bg_view open;
    bg_view close;
  } forms[] = {
      {{"<?", 2}, {"?>", 2}},
      {{"<!--", 4}, {"-->", 3}},
      {{"<!DOCTYPE", 9}, {">", 1}},
  };
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    start = bg_view_trim(start);
    if (!bg_view_has_prefix(start, forms[i].open)) {
      continue;
    }
    size_t bracket = bg_view_find_byte(start, '[', 0);
    size_t end = bg_view_find(start, forms[i].close, 0);
    if (forms[i].open.size == 9 && bracket < end) {
      end = bg_view_find(start, BG_VIEW("]>"), bracket);
    }
    if (end == BG_NOWHERE) {
      return BG_VIEW("");
    }
    start = bg_view_slice(start, end + forms[i].close.size, start.size);
    i = SIZE_MAX; // from the first form on again
  }
  return bg_view_trim(start);
}

/// "<mediawiki" or "<page", perhaps with a prefix, and the end of the name.
static bool
begins_dump(bg_view start)
{
  size_t end = 1;
  while (end < start.size && !bg_is_space(start.bytes[end]) &&
         start.bytes[end] != '>') {
    end++;
  }
  if (start.size == 0 || start.bytes[0] != '<' || end == start.size) {
    return false;
  }
  bg_view name = bg_view_slice(start, 1, end);
  size_t colon = bg_view_find_byte(name, ':', 0);
  name = bg_view_slice(name, colon == BG_NOWHERE ? 0 : colon + 1, name.size);
  return bg_view_is_equal(name, BG_VIEW("mediawiki")) ||
         bg_view_is_equal(name, BG_VIEW("page"));
}

bool
bg_dump_is_one(bg_view start)
{
  if (start.size >= 2 && (memcmp(start.bytes, "\xFF\xFE", 2) == 0 ||
                          memcmp(start.bytes, "\xFE\xFF", 2) == 0)) {
    return true; // UTF-16, which no other text here is in
  }
  return begins_dump(skip_prolog(bg_utf8_skip_mark(start)));
}

bool
bg_dump_is_usual(bg_view start)
{
  size_t root = bg_view_find(start, BG_VIEW("<mediawiki"), 0);
  size_t page = bg_view_find(start, BG_VIEW("<page"), 0);
  if (root == BG_NOWHERE && page == BG_NOWHERE) {
    return false;
  }
  bg_view prolog = bg_view_slice(start, 0, root == BG_NOWHERE ? page : root);
  size_t encoding = bg_view_find(prolog, BG_VIEW("encoding="), 0);
  if (encoding != BG_NOWHERE) {
    bg_view name = bg_view_slice(prolog, encoding + 10, encoding + 15);
    if (!bg_view_is_equal_folded(name, BG_VIEW("utf-8"))) {
      return false;
    }
  }
  return bg_view_find(prolog, BG_VIEW("<!"), 0) == BG_NOWHERE;
}

bool
bg_dump_lacks_root(bg_view start)
{
  return bg_view_has_prefix(skip_prolog(start), BG_VIEW("<page"));
}
