#include "base/view.h"

#include <string.h>

bg_view
bg_view_span(bg_view first, bg_view last)
{
  const char *start = first.bytes < last.bytes ? first.bytes : last.bytes;
  const char *end = first.bytes + first.size;
  end = end > last.bytes + last.size ? end : last.bytes + last.size;
  return (bg_view){start, (size_t)(end - start)};
}

bool
bg_view_is_equal_folded(bg_view a, bg_view b)
{
  return a.size == b.size && bg_view_has_prefix_folded(a, b);
}

int
bg_view_compare(bg_view a, bg_view b)
{
  size_t common = a.size < b.size ? a.size : b.size;
  int order = common == 0 ? 0 : memcmp(a.bytes, b.bytes, common);
  if (order != 0) {
    return order;
  }
  return (a.size > b.size) - (a.size < b.size);
}

/// Takes a run of digits off the front; without its leading zeros.
static bg_view
take_number(bg_view *rest)
{
  size_t end = 0;
  while (end < rest->size && bg_is_digit(rest->bytes[end])) {
    end++;
  }
  size_t start = 0;
  while (start < end && rest->bytes[start] == '0') {
    start++;
  }
  bg_view number = bg_view_slice(*rest, start, end);
  *rest = bg_view_slice(*rest, end, rest->size);
  return number;
}

int
bg_view_compare_natural(bg_view a, bg_view b)
{
  bg_view left = a;
  bg_view right = b;
  while (left.size > 0 && right.size > 0) {
    if (bg_is_digit(left.bytes[0]) && bg_is_digit(right.bytes[0])) {
      bg_view m = take_number(&left);
      bg_view n = take_number(&right);
      if (m.size != n.size) {
        return m.size < n.size ? -1 : 1;
      }
      int order = bg_view_compare(m, n);
      if (order != 0) {
        return order;
      }
    } else if (left.bytes[0] != right.bytes[0]) {
      break;
    } else {
      left = bg_view_slice(left, 1, left.size);
      right = bg_view_slice(right, 1, right.size);
    }
  }
  int order = bg_view_compare(left, right);
  return order != 0 ? order : bg_view_compare(a, b); // "01" and "1"
}

bool
bg_view_has_prefix_folded(bg_view view, bg_view prefix)
{
  if (view.size < prefix.size) {
    return false;
  }
  for (size_t i = 0; i < prefix.size; i++) {
    if (bg_to_lower(view.bytes[i]) != bg_to_lower(prefix.bytes[i])) {
      return false;
    }
  }
  return true;
}

bool
bg_view_has_suffix(bg_view view, bg_view suffix)
{
  return view.size >= suffix.size &&
         bg_view_is_equal(
             bg_view_slice(view, view.size - suffix.size, view.size), suffix);
}

bool
bg_view_has_digit(bg_view view)
{
  for (size_t i = 0; i < view.size; i++) {
    if (bg_is_digit(view.bytes[i])) {
      return true;
    }
  }
  return false;
}

bg_view
bg_view_trim(bg_view view)
{
  while (view.size > 0 && bg_is_space(view.bytes[0])) {
    view.bytes++;
    view.size--;
  }
  while (view.size > 0 && bg_is_space(view.bytes[view.size - 1])) {
    view.size--;
  }
  return view;
}

/// A needle of two bytes: memmem steps through every byte for those, memchr
/// does not.
static const char *
find_pair(const char *at, const char *end, const char *pair)
{
  while (end - at >= 2) {
    at = memchr(at, pair[0], (size_t)(end - at) - 1);
    if (at == NULL || at[1] == pair[1]) {
      return at;
    }
    at++;
  }
  return NULL;
}

size_t
bg_view_find(bg_view view, bg_view needle, size_t from)
{
  if (from > view.size || needle.size > view.size - from) {
    return BG_NOWHERE;
  }
  if (needle.size == 0) {
    return from;
  }
  const char *found =
      needle.size == 2
          ? find_pair(view.bytes + from, view.bytes + view.size, needle.bytes)
          : memmem(view.bytes + from, view.size - from, needle.bytes,
                   needle.size);
  return found == NULL ? BG_NOWHERE : (size_t)(found - view.bytes);
}

size_t
bg_view_find_byte(bg_view view, char byte, size_t from)
{
  if (from >= view.size) {
    return BG_NOWHERE;
  }
  const char *found = memchr(view.bytes + from, byte, view.size - from);
  return found == NULL ? BG_NOWHERE : (size_t)(found - view.bytes);
}

size_t
bg_view_find_last_byte(bg_view view, char byte)
{
  for (size_t i = view.size; i > 0; i--) {
    if (view.bytes[i - 1] == byte) {
      return i - 1;
    }
  }
  return BG_NOWHERE;
}

bool
bg_view_next_part(bg_view *rest, char separator, bg_view *part)
{
  if (rest->bytes == NULL) {
    return false;
  }
  size_t end = bg_view_find_byte(*rest, separator, 0);
  if (end == BG_NOWHERE) {
    *part = *rest;
    *rest = (bg_view){NULL, 0};
  } else {
    *part = bg_view_slice(*rest, 0, end);
    *rest = bg_view_slice(*rest, end + 1, rest->size);
  }
  return true;
}
