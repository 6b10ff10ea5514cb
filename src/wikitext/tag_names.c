#include "wikitext/tag_names.h"

typedef struct {
  const char *name;
  bg_tag_kind kind;
} row;

/// By first letter. HTML as in MediaWiki's Sanitizer::getRecognizedTagData; the
/// extensions are those of Wikipedia.
static const row rows[26][BG_TAG_NAMES_PER_LETTER] = {
    ['a' - 'a'] = {{"abbr", BG_TAG_HTML}},
    ['b' - 'a'] = {{"br", BG_TAG_VOID},
                   {"b", BG_TAG_HTML},
                   {"big", BG_TAG_HTML},
                   {"blockquote", BG_TAG_HTML},
                   {"bdi", BG_TAG_HTML},
                   {"bdo", BG_TAG_HTML}},
    ['c' - 'a'] = {{"center", BG_TAG_HTML},
                   {"cite", BG_TAG_HTML},
                   {"code", BG_TAG_HTML},
                   {"caption", BG_TAG_HTML},
                   {"ce", BG_TAG_OPAQUE},
                   {"chem", BG_TAG_OPAQUE},
                   {"categorytree", BG_TAG_OPAQUE},
                   {"charinsert", BG_TAG_OPAQUE}},
    ['d' - 'a'] = {{"div", BG_TAG_HTML},
                   {"dl", BG_TAG_HTML},
                   {"dt", BG_TAG_HTML},
                   {"dd", BG_TAG_HTML},
                   {"del", BG_TAG_HTML},
                   {"dfn", BG_TAG_HTML},
                   {"data", BG_TAG_HTML}},
    ['e' - 'a'] = {{"em", BG_TAG_HTML}},
    ['f' - 'a'] = {{"font", BG_TAG_HTML}},
    ['g' - 'a'] = {{"gallery", BG_TAG_ENTERED}, {"graph", BG_TAG_OPAQUE}},
    ['h' - 'a'] = {{"hr", BG_TAG_VOID},
                   {"h1", BG_TAG_HTML},
                   {"h2", BG_TAG_HTML},
                   {"h3", BG_TAG_HTML},
                   {"h4", BG_TAG_HTML},
                   {"h5", BG_TAG_HTML},
                   {"h6", BG_TAG_HTML},
                   {"hiero", BG_TAG_OPAQUE}},
    ['i' - 'a'] = {{"i", BG_TAG_HTML},
                   {"ins", BG_TAG_HTML},
                   {"includeonly", BG_TAG_IGNORED_ELEMENT},
                   {"indicator", BG_TAG_ENTERED},
                   {"imagemap", BG_TAG_ENTERED},
                   {"inputbox", BG_TAG_OPAQUE}},
    ['k' - 'a'] = {{"kbd", BG_TAG_HTML}},
    ['l' - 'a'] = {{"li", BG_TAG_HTML}, {"langconvert", BG_TAG_OPAQUE}},
    ['m' - 'a'] = {{"math", BG_TAG_OPAQUE},
                   {"mark", BG_TAG_HTML},
                   {"mapframe", BG_TAG_OPAQUE},
                   {"maplink", BG_TAG_OPAQUE}},
    ['n' - 'a'] = {{"nowiki", BG_TAG_OPAQUE}, {"noinclude", BG_TAG_IGNORED}},
    ['o' - 'a'] = {{"ol", BG_TAG_HTML}, {"onlyinclude", BG_TAG_IGNORED}},
    ['p' - 'a'] = {{"p", BG_TAG_HTML},
                   {"poem", BG_TAG_ENTERED},
                   {"pre", BG_TAG_OPAQUE},
                   {"phonos", BG_TAG_OPAQUE}},
    ['q' - 'a'] = {{"q", BG_TAG_HTML}, {"quiz", BG_TAG_OPAQUE}},
    ['r' - 'a'] = {{"ref", BG_TAG_ENTERED},
                   {"references", BG_TAG_ENTERED},
                   {"ruby", BG_TAG_HTML},
                   {"rb", BG_TAG_HTML},
                   {"rp", BG_TAG_HTML},
                   {"rt", BG_TAG_HTML},
                   {"rtc", BG_TAG_HTML},
                   {"rss", BG_TAG_OPAQUE}},
    ['s' - 'a'] = {{"small", BG_TAG_HTML},
                   {"span", BG_TAG_HTML},
                   {"sup", BG_TAG_HTML},
                   {"sub", BG_TAG_HTML},
                   {"s", BG_TAG_HTML},
                   {"strike", BG_TAG_HTML},
                   {"strong", BG_TAG_HTML},
                   {"samp", BG_TAG_HTML},
                   {"section", BG_TAG_ENTERED},
                   {"score", BG_TAG_OPAQUE},
                   {"source", BG_TAG_OPAQUE},
                   {"syntaxhighlight", BG_TAG_OPAQUE}},
    ['t' - 'a'] = {{"td", BG_TAG_HTML},
                   {"tr", BG_TAG_HTML},
                   {"th", BG_TAG_HTML},
                   {"table", BG_TAG_HTML},
                   {"tt", BG_TAG_HTML},
                   {"time", BG_TAG_HTML},
                   {"timeline", BG_TAG_OPAQUE},
                   {"templatestyles", BG_TAG_OPAQUE},
                   {"templatedata", BG_TAG_OPAQUE}},
    ['u' - 'a'] = {{"u", BG_TAG_HTML}, {"ul", BG_TAG_HTML}},
    ['v' - 'a'] = {{"var", BG_TAG_HTML}},
    ['w' - 'a'] = {{"wbr", BG_TAG_VOID}},
};

bg_tag_name
bg_tag_name_find(bg_view name)
{
  if (name.size == 0 || !bg_is_letter(name.bytes[0])) {
    return (bg_tag_name){BG_TAG_UNKNOWN, 0};
  }
  size_t letter = (size_t)(bg_to_lower(name.bytes[0]) - 'a');
  for (size_t i = 0; i < BG_TAG_NAMES_PER_LETTER; i++) {
    if (rows[letter][i].name == NULL) {
      break;
    }
    if (bg_view_is_equal_folded(name, bg_view_of(rows[letter][i].name))) {
      return (bg_tag_name){rows[letter][i].kind,
                           letter * BG_TAG_NAMES_PER_LETTER + i};
    }
  }
  return (bg_tag_name){BG_TAG_UNKNOWN, 0};
}
