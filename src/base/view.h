/// Borrowed text: bytes of UTF-8 that someone else owns, not terminated.

#ifndef BG_BASE_VIEW_H
#define BG_BASE_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
  const char *bytes;
  size_t size; ///< in bytes
} bg_view;

/// What a search returns when it finds nothing.
#define BG_NOWHERE SIZE_MAX

#define BG_VIEW(literal) ((bg_view){("" literal), sizeof(literal) - 1})

/// For `printf("%.*s", BG_VIEW_ARGS(view))`.
#define BG_VIEW_ARGS(view) (int)(view).size, (view).bytes

// The smallest are in line, as every reader asks them of every word.

/// Borrows a C string; NULL gives the empty view.
static inline bg_view
bg_view_of(const char *string)
{
  return (bg_view){string == NULL ? "" : string,
                   string == NULL ? 0 : strlen(string)};
}

/// The half-open part [start, end), cut to the view's own bounds.
static inline bg_view
bg_view_slice(bg_view view, size_t start, size_t end)
{
  if (end > view.size) {
    end = view.size;
  }
  if (start >= end) {
    return (bg_view){view.bytes == NULL ? "" : view.bytes + end, 0};
  }
  return (bg_view){view.bytes + start, end - start};
}

/// From `first` to the end of `last`: both must borrow from the same bytes.
bg_view bg_view_span(bg_view first, bg_view last);

static inline bool
bg_view_is_equal(bg_view a, bg_view b)
{
  return a.size == b.size &&
         (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

/// As bg_view_is_equal, but 'A' to 'Z' count as 'a' to 'z'.
bool bg_view_is_equal_folded(bg_view a, bg_view b);

/// Bytewise order, the shorter first where one begins the other.
int bg_view_compare(bg_view a, bg_view b);

/// As bg_view_compare, but a run of digits counts as the number that it is:
/// "party/2" is before "party/10".
int bg_view_compare_natural(bg_view a, bg_view b);

static inline bool
bg_view_has_prefix(bg_view view, bg_view prefix)
{
  return bg_view_is_equal(bg_view_slice(view, 0, prefix.size), prefix);
}

bool bg_view_has_prefix_folded(bg_view view, bg_view prefix);
bool bg_view_has_suffix(bg_view view, bg_view suffix);

bool bg_view_has_digit(bg_view view);

/// Without the ASCII white space at both ends.
bg_view bg_view_trim(bg_view view);

/// Offset of the first `needle` at or after `from`, or BG_NOWHERE.
size_t bg_view_find(bg_view view, bg_view needle, size_t from);
size_t bg_view_find_byte(bg_view view, char byte, size_t from);
size_t bg_view_find_last_byte(bg_view view, char byte);

/// Takes the text before the next `separator` off the front of `rest`.
/// False when `rest` has been used up; an empty last part still counts.
bool bg_view_next_part(bg_view *rest, char separator, bg_view *part);

// ASCII only, whatever the locale; in line as well, for every byte.

static inline bool
bg_is_space(char byte)
{
  return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static inline bool
bg_is_digit(char byte)
{
  return byte >= '0' && byte <= '9';
}

static inline bool
bg_is_upper(char byte)
{
  return byte >= 'A' && byte <= 'Z';
}

static inline char
bg_to_lower(char byte)
{
  return bg_is_upper(byte) ? (char)(byte - 'A' + 'a') : byte;
}

static inline bool
bg_is_letter(char byte)
{
  char lower = bg_to_lower(byte);
  return lower >= 'a' && lower <= 'z';
}

#endif
