#include "pipeline/filter.h"

#include <string.h>

enum { longest_name = 128 };

/// The bytes of a comment that stands at `at`; 0 for none. One that is never
/// closed goes to the end, as in MediaWiki.
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
      size_t end = bg_view_find(rest, forms[i].close, forms[i].open.size);
      return end == BG_NOWHERE ? rest.size : end + forms[i].close.size;
    }
  }
  return 0;
}

/// The name of a template that opens before `at`, without comments: up to its
/// first parameter or its end. Empty where it is longer than any.
static bg_view
read_name(bg_view text, size_t at, char *bytes)
{
  size_t size = 0;
  while (at < text.size && size < longest_name) {
    size_t comment = comment_at(text, at);
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
  return size < longest_name ? bg_view_trim((bg_view){bytes, size})
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
bg_filter_passes(const bg_lexicon *lexicon, bg_view text)
{
  char bytes[longest_name];
  size_t at = 0;
  while ((at = bg_view_find_byte(text, '{', at)) != BG_NOWHERE) {
    size_t end = at;
    while (end < text.size && text.bytes[end] == '{') {
      end++;
    }
    if (end - at >= 2) {
      bg_view name = read_name(text, end, bytes);
      if (name.size > 0 &&
          states_something(bg_lexicon_template(lexicon, name))) {
        return true;
      }
    }
    at = end;
  }
  return false;
}
