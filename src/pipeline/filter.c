#include "pipeline/filter.h"

/// A comment in a name is short; a longer one is not looked through.
enum { longest_comment = 1 << 10 };

/// The bytes of a comment that stands at `at`; 0 for none; BG_NOWHERE where it
/// is longer than is looked through.
static size_t
comment_at(bg_view text, size_t at)
{
  static const struct {
    bg_view open;
    bg_view close;
  } forms[] = {
      {{"<!--", 4}, {"-->", 3}},
      {{"&lt;!--", 7}, {"--&gt;", 6}},
  };
  if (text.bytes[at] != '<' && text.bytes[at] != '&') {
    return 0;
  }
  bg_view rest = bg_view_slice(text, at, text.size);
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    if (bg_view_has_prefix(rest, forms[i].open)) {
      rest = bg_view_slice(rest, 0, longest_comment);
      size_t end = bg_view_find(rest, forms[i].close, forms[i].open.size);
      return end == BG_NOWHERE ? BG_NOWHERE : end + forms[i].close.size;
    }
  }
  return 0;
}

/// The name of a template that opens before `at`, without comments: up to its
/// first parameter or its end. Empty where it is longer than any. Not clear
/// where it has a long comment or, in XML, a reference to a character's number.
static bg_view
read_name(bg_view text, size_t at, char *bytes, bool *is_clear)
{
  size_t size = 0;
  *is_clear = true;
  while (at < text.size && size < BG_LONGEST_TEMPLATE_NAME) {
    size_t comment = comment_at(text, at);
    bg_view rest = bg_view_slice(text, at, text.size);
    if (comment == BG_NOWHERE || bg_view_has_prefix(rest, BG_VIEW("&#"))) {
      *is_clear = false;
      return BG_VIEW("");
    }
    if (comment > 0) {
      at += comment;
      continue;
    }
    char byte = text.bytes[at];
    if (byte == '|' || byte == '}' || byte == '{') {
      return bg_view_trim((bg_view){bytes, size});
    }
    if (size > 0 || !bg_is_space(byte)) {
      bytes[size++] = byte;
    }
    at++;
  }
  return size < BG_LONGEST_TEMPLATE_NAME ? bg_view_trim((bg_view){bytes, size})
                                         : BG_VIEW("");
}

static bool
states_something(const bg_entry *entry)
{
  return bg_entry_is(entry, "campaignbox") ||
         (bg_entry_is(entry, "infobox") &&
          !bg_view_is_equal(entry->values[2], BG_VIEW("plain")));
}

bool
bg_next_template(bg_view text, size_t *at, size_t *start, bg_view *name,
                 char bytes[BG_LONGEST_TEMPLATE_NAME], bool *is_clear)
{
  size_t open = *at;
  while ((open = bg_view_find_byte(text, '{', open)) != BG_NOWHERE) {
    size_t end = open;
    while (end < text.size && text.bytes[end] == '{') {
      end++;
    }
    if (end - open >= 2) {
      *start = open;
      *at = end;
      *name = read_name(text, end, bytes, is_clear);
      return true;
    }
    open = end;
  }
  return false;
}

bool
bg_filter_passes(const bg_lexicon *lexicon, bg_view text)
{
  char bytes[BG_LONGEST_TEMPLATE_NAME];
  size_t at = 0;
  size_t start;
  bg_view name;
  bool is_clear;
  while (bg_next_template(text, &at, &start, &name, bytes, &is_clear)) {
    const bg_entry *entry =
        name.size == 0 ? NULL : bg_lexicon_template(lexicon, name);
    if (!is_clear || states_something(entry)) {
      return true;
    }
  }
  return false;
}
