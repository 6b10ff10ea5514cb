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
    char byte = text.bytes[at];
    if (byte == '<' || byte == '&') {
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
    }
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

bool
bg_template_next(bg_template_walk *walk)
{
  bg_view text = walk->text;
  size_t open = walk->at;
  while ((open = bg_view_find_byte(text, '{', open)) != BG_NOWHERE) {
    size_t end = open;
    while (end < text.size && text.bytes[end] == '{') {
      end++;
    }
    if (end - open >= 2) {
      walk->start = open;
      walk->at = end;
      walk->name = read_name(text, end, walk->bytes, &walk->is_clear);
      return true;
    }
    open = end;
  }
  return false;
}

const bg_entry *
bg_template_role(const bg_lexicon *lexicon, const bg_template_walk *walk)
{
  return walk->name.size == 0 ? NULL : bg_lexicon_template(lexicon, walk->name);
}

bool
bg_template_may_state(const bg_template_walk *walk, const bg_entry *role)
{
  return !walk->is_clear || bg_entry_is(role, "campaignbox") ||
         bg_entry_is_infobox(role, false);
}

bool
bg_filter_passes(const bg_lexicon *lexicon, bg_view text)
{
  bg_template_walk walk = {.text = text};
  while (bg_template_next(&walk)) {
    if (bg_template_may_state(&walk, bg_template_role(lexicon, &walk))) {
      return true;
    }
  }
  return false;
}
