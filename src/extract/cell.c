#include "extract/cell.h"

#include "base/buffer.h"
#include "extract/names.h"
#include "extract/number.h"
#include "extract/position.h"
#include "extract/templates.h"

#include <string.h>

/// Where the flattening of a value stands.
typedef struct {
  bg_page_reader *page;
  bg_cell cell;
  bool is_list; // commas part items, as in a plain rendering
  bool is_bold;
  bool is_italic;
  bool after_rule;
  unsigned list_depth; // of list templates around
  unsigned depth;      // of templates around
} flattener;

static void flatten(flattener *at, const bg_node *first);

// ---- items and runs --------------------------------------------------------

static bg_item *
current_item(flattener *at)
{
  if (at->cell.count == 0) {
    (void)BG_PUSH(at->page->arena, &at->cell);
  }
  return &at->cell.items[at->cell.count - 1];
}

/// Begins another item. Of a cell with more items than any table of losses has,
/// the last is forgotten for each new one.
static void
break_item(flattener *at, unsigned bullets)
{
  enum { most_items = 10000 };
  bg_item *item = current_item(at);
  if (item->count > 0 && at->cell.count == most_items) {
    *item = (bg_item){0};
  } else if (item->count > 0) {
    item = &BG_PUSH(at->page->arena, &at->cell);
    *item = (bg_item){0};
  }
  item->depth = bullets + at->list_depth;
  item->after_rule = at->after_rule;
  at->after_rule = false;
}

static bg_run *
add_run(flattener *at, bg_run_kind kind, bg_view text, bg_view source)
{
  bg_run *run = &BG_PUSH(at->page->arena, current_item(at));
  *run = (bg_run){.kind = kind,
                  .text = text,
                  .source = source,
                  .is_bold = at->is_bold,
                  .is_italic = at->is_italic};
  return run;
}

// ---- text ------------------------------------------------------------------

/// The length of a separator at `i` that parts items on its line: a bullet or
/// middle dot between spaces.
static size_t
dot_separator(bg_view text, size_t i)
{
  static const bg_view dots[] = {{"•", 3}, {"·", 2}};
  for (size_t d = 0; d < sizeof dots / sizeof *dots; d++) {
    bg_view rest = bg_view_slice(text, i, text.size);
    bool is_bullet = d == 0 && (i == 0 || bg_is_space(text.bytes[i - 1]));
    if (bg_view_has_prefix(rest, dots[d]) &&
        (is_bullet || i + dots[d].size == text.size ||
         bg_is_space(text.bytes[i + dots[d].size]))) {
      return dots[d].size;
    }
  }
  return 0;
}

/// Whether a comma of a plain rendering parts two items. One before a title
/// belongs to the name, unless the item is a titled person's already: "Duke of
/// Marlborough, Duke of Argyll".
static bool
comma_parts_items(const flattener *at, bg_view text, size_t start, size_t comma)
{
  if (comma + 1 >= text.size || !bg_is_space(text.bytes[comma + 1])) {
    return false;
  }
  bg_view rest = bg_view_slice(text, comma + 1, text.size);
  if (!bg_comma_continues(at->page, rest)) {
    return true;
  }
  size_t length;
  bg_view before = bg_view_trim(bg_view_slice(text, start, comma));
  const bg_entry *title =
      bg_lexicon_match(at->page->lexicon, BG_WORDS_NAMES, before, 0, &length);
  return bg_entry_is(title, "title") &&
         bg_grammar_at(at->page->lexicon, bg_view_trim(rest), 0, "of") == 0;
}

/// An argument without what is left of its template's end.
static bg_view
without_braces(bg_view argument)
{
  while (bg_view_has_suffix(argument, BG_VIEW("}"))) {
    argument.size--;
  }
  return bg_view_trim(argument);
}

/// Several spaces are shown as one.
static bg_view
squeeze_spaces(bg_view text, bg_arena *arena)
{
  char *bytes = bg_arena_allocate(arena, text.size + 1);
  size_t size = 0;
  for (size_t i = 0; i < text.size; i++) {
    if (text.bytes[i] != ' ' || size == 0 || bytes[size - 1] != ' ') {
      bytes[size++] = text.bytes[i];
    }
  }
  return (bg_view){bytes, size};
}

static void
add_text_part(flattener *at, bg_view text, size_t start, size_t end)
{
  bg_view part = bg_view_slice(text, start, end);
  bool is_single = bg_view_find(part, BG_VIEW("  "), 0) == BG_NOWHERE;
  if (part.size > 0) {
    add_run(at, BG_RUN_TEXT,
            is_single ? part : squeeze_spaces(part, at->page->arena), part);
  }
}

/// "{{flag|France" to the end of its line, which nothing closes: the flag all
/// the same. The bytes read; 0 where it is none.
static size_t
flatten_torn_flag(flattener *at, bg_view text)
{
  bg_view line = bg_view_slice(
      text, 0, bg_view_find_byte(text, at->is_list ? ',' : '\n', 0));
  bg_view rest = bg_view_slice(line, 2, line.size);
  bg_view name = {0};
  bg_view code = {0};
  bg_view variant = {0};
  bg_view_next_part(&rest, '|', &name);
  bg_view_next_part(&rest, '|', &code);
  bg_view_next_part(&rest, '|', &variant);
  const bg_entry *entry =
      bg_lexicon_template(at->page->lexicon, bg_view_trim(name));
  bool is_icon = bg_entry_is(entry, "icon");
  bool is_flag = bg_entry_is(entry, "flag");
  code = without_braces(code);
  if (code.size == 0 || !(is_icon || is_flag)) {
    return 0;
  }
  bg_run *run =
      add_run(at, is_icon ? BG_RUN_ICON : BG_RUN_FLAG, BG_VIEW(""), line);
  run->target = run->state =
      bg_flag_title(at->page, code, without_braces(variant));
  run->text = is_icon ? BG_VIEW("") : run->target;
  return line.size;
}

/// "[[destroyer]]s": small letters directly behind a link belong to what it
/// shows. How many.
static size_t
take_link_trail(flattener *at, bg_view text)
{
  bg_item *item = current_item(at);
  bg_run *last = item->count == 0 ? NULL : &item->items[item->count - 1];
  size_t length = 0;
  if (last == NULL || last->kind != BG_RUN_LINK ||
      last->source.bytes + last->source.size != text.bytes ||
      !bg_view_has_prefix(last->source, BG_VIEW("[["))) {
    return 0;
  }
  while (length < text.size && text.bytes[length] >= 'a' &&
         text.bytes[length] <= 'z') {
    length++;
  }
  if (length > 0) {
    bg_view trail = bg_view_slice(text, 0, length);
    last->text = bg_arena_join(at->page->arena, last->text, trail);
    last->source = bg_view_span(last->source, trail);
  }
  return length;
}

/// The bullet of a list that begins on the line of the parameter's name is text
/// to the parser. Its length, 0 for none.
static size_t
take_first_bullet(flattener *at, bg_view text)
{
  size_t bullet = bg_skip_spaces(text, 0);
  if (at->cell.count > 1 || current_item(at)->count > 0 ||
      bullet == text.size ||
      (text.bytes[bullet] != '*' && text.bytes[bullet] != ';')) {
    return 0;
  }
  current_item(at)->depth = 1;
  current_item(at)->is_title = text.bytes[bullet] == ';';
  return bullet + 1;
}

/// A line break of the original, in a plain rendering: "United States, of …".
static bool
is_stray_comma(const flattener *at, bg_view text, size_t comma)
{
  return comma + 1 < text.size && text.bytes[comma + 1] == ' ' &&
         bg_grammar_at(at->page->lexicon, text, comma + 2, "of") > 0;
}

static bool
line_ends_item(flattener *at, bg_view text, size_t newline)
{
  bool is_blank = newline + 1 < text.size && text.bytes[newline + 1] == '\n';
  return is_blank || at->is_list || current_item(at)->depth > at->list_depth;
}

/// Text breaks at blank lines, at the end of a list item, and at dots.
static void
flatten_text(flattener *at, bg_view text)
{
  size_t start = take_link_trail(at, text);
  unsigned brackets = 0;
  start += start == 0 ? take_first_bullet(at, text) : 0;
  for (size_t i = start; i < text.size; i++) {
    char byte = text.bytes[i];
    size_t separator = 0;
    brackets += byte == '(';
    brackets -= byte == ')' && brackets > 0;
    if (byte == '{' && i + 1 < text.size && text.bytes[i + 1] == '{') {
      bg_view torn = bg_view_slice(text, i, text.size);
      add_text_part(at, text, start, i);
      start = i + flatten_torn_flag(at, torn);
      i = start > i ? start - 1 : i;
    } else if (byte == '\n') {
      at->is_bold = at->is_italic = false;
      separator = line_ends_item(at, text, i) ? 1 : 0;
    } else if ((unsigned char)byte >= 0x80) {
      separator = dot_separator(text, i);
    } else if (at->is_list && byte == ',' && brackets == 0) {
      separator = comma_parts_items(at, text, start, i) ? 1 : 0;
      if (separator == 0 && is_stray_comma(at, text, i)) {
        add_text_part(at, text, start, i);
        start = i + 1;
      }
    }
    if (separator > 0) {
      add_text_part(at, text, start, i);
      break_item(at, 0);
      start = i + separator;
      i = start - 1;
    }
  }
  add_text_part(at, text, start, text.size);
}

// ---- markup ----------------------------------------------------------------

static bool
is_one_of(bg_view name, const char *const *names)
{
  for (; *names != NULL; names++) {
    if (bg_view_is_equal_folded(name, bg_view_of(*names))) {
      return true;
    }
  }
  return false;
}

static void
flatten_tag(flattener *at, const bg_node *node)
{
  static const char *const breaking[] = {
      "br", "hr", "li", "p",  "div",   "ul",     "ol",         "dl",
      "dd", "dt", "tr", "td", "table", "center", "blockquote", NULL};
  static const char *const bold[] = {"b", "strong", NULL};
  static const char *const italic[] = {"i", "em", NULL};
  if (is_one_of(node->name, breaking)) {
    at->after_rule = bg_view_is_equal_folded(node->name, BG_VIEW("hr"));
    break_item(at, 0);
  } else if (is_one_of(node->name, bold)) {
    at->is_bold = node->form == BG_TAG_OPENING;
  } else if (is_one_of(node->name, italic)) {
    at->is_italic = node->form == BG_TAG_OPENING;
  }
}

static void
flatten_link(flattener *at, const bg_node *node)
{
  bg_view target = bg_article_link_title(node->name, at->page->arena);
  bg_view shown = bg_article_plain_text(node->children, at->page->arena);
  size_t colon = bg_view_find_byte(target, ':', 0);
  if (bg_view_has_prefix_folded(target, BG_VIEW("file:")) ||
      bg_view_has_prefix_folded(target, BG_VIEW("image:"))) {
    bg_view name = bg_view_slice(target, colon + 1, target.size);
    const bg_entry *fate = bg_lexicon_find(
        at->page->lexicon, BG_WORDS_FATES,
        bg_view_slice(name, 0, bg_view_find_last_byte(name, '.')));
    bg_run *run = add_run(at, fate != NULL ? BG_RUN_FATE : BG_RUN_ICON,
                          BG_VIEW(""), node->source);
    run->target =
        fate != NULL ? fate->values[0] : bg_flag_of_file(at->page, target);
    return;
  }
  if (colon != BG_NOWHERE && colon > 0 &&
      bg_view_has_prefix_folded(target, BG_VIEW("category:"))) {
    return;
  }
  bool is_elsewhere = colon != BG_NOWHERE && colon + 1 < target.size &&
                      !bg_is_space(target.bytes[colon + 1]);
  bool is_article = target.size > 0 && !is_elsewhere;
  if (shown.size == 0) {
    shown = target;
  }
  bg_run *run =
      add_run(at, is_article ? BG_RUN_LINK : BG_RUN_TEXT, shown, node->source);
  run->target = target;
}

// ---- templates -------------------------------------------------------------

/// Flattens each argument without a name as an item of its own, or as lines.
static void
flatten_list(flattener *at, const bg_node *node)
{
  const bg_node *title = bg_wikitext_argument(node, BG_VIEW("title"));
  break_item(at, 0);
  if (title != NULL && bg_view_trim(title->inner).size > 0) {
    current_item(at)->is_title = true;
    flatten(at, title->children);
    break_item(at, 0);
  }
  at->list_depth++;
  for (const bg_node *argument = node->children; argument != NULL;
       argument = argument->next) {
    if (argument->name.size == 0) {
      break_item(at, 0);
      flatten(at, argument->children);
    }
  }
  at->list_depth--;
  break_item(at, 0);
}

/// Without the quotation marks that keep a value's spaces.
static bg_view
unquote(bg_view text)
{
  return text.size >= 2 && text.bytes[0] == '"' &&
                 text.bytes[text.size - 1] == '"'
             ? bg_view_slice(text, 1, text.size - 1)
             : text;
}

static void
flatten_argument(flattener *at, const bg_node *node, bg_view name)
{
  const bg_node *argument = bg_wikitext_argument(node, name);
  if (argument != NULL) {
    flatten(at, argument->children);
  }
}

typedef void template_role(flattener *at, const bg_node *node, bg_view value);

static void
play_flag(flattener *at, const bg_node *node, bg_view value)
{
  (void)value;
  bg_run *run = add_run(at, BG_RUN_FLAG, BG_VIEW(""), node->source);
  bg_template_flag(at->page, node, run);
}

/// "{{navy|CAN}}": the state, and its navy.
static void
play_force(flattener *at, const bg_node *node, bg_view value)
{
  bg_run *run = add_run(at, BG_RUN_FLAG, BG_VIEW(""), node->source);
  bg_template_flag(at->page, node, run);
  bg_view force = bg_flag_title(
      at->page, run->state,
      bg_arena_format(at->page->arena, "force %.*s", BG_VIEW_ARGS(value)));
  run->force = bg_view_is_equal(force, run->state) ? BG_VIEW("") : force;
}

static void
play_icon(flattener *at, const bg_node *node, bg_view value)
{
  (void)value;
  bg_run *run = add_run(at, BG_RUN_ICON, BG_VIEW(""), node->source);
  bg_template_flag(at->page, node, run);
  run->text = BG_VIEW("");
}

static void
play_icon_file(flattener *at, const bg_node *node, bg_view value)
{
  (void)value;
  add_run(at, BG_RUN_ICON, BG_VIEW(""), node->source)->target =
      bg_flag_of_file(at->page, bg_template_words(at->page, node, "1"));
}

static void
play_ship(flattener *at, const bg_node *node, bg_view value)
{
  bg_run *run = add_run(at, BG_RUN_LINK, BG_VIEW(""), node->source);
  bg_template_ship(at->page, node, value, run);
}

static void
play_ship_class(flattener *at, const bg_node *node, bg_view value)
{
  (void)value;
  bg_view name = bg_template_words(at->page, node, "1");
  bg_view ship = bg_template_words(at->page, node, "2");
  bg_run *run = add_run(at, BG_RUN_LINK, BG_VIEW(""), node->source);
  run->text = run->target =
      bg_arena_format(at->page->arena, "%.*s-class %.*s", BG_VIEW_ARGS(name),
                      BG_VIEW_ARGS(ship));
}

/// The first argument, where it names another fate, says which:
/// {{KIA|Suicide}}.
static void
play_fate(flattener *at, const bg_node *node, bg_view value)
{
  const bg_entry *other =
      bg_lexicon_find(at->page->lexicon, BG_WORDS_FATES,
                      bg_template_words(at->page, node, "1"));
  bg_run *run = add_run(at, BG_RUN_FATE, BG_VIEW(""), node->source);
  run->target = other != NULL ? other->values[0] : value;
}

static void
play_list(flattener *at, const bg_node *node, bg_view value)
{
  (void)value;
  flatten_list(at, node);
}

static void
play_break(flattener *at, const bg_node *node, bg_view value)
{
  (void)node;
  (void)value;
  break_item(at, 0);
}

static void
play_transparent(flattener *at, const bg_node *node, bg_view value)
{
  flatten_argument(at, node, value);
}

static void
play_link(flattener *at, const bg_node *node, bg_view value)
{
  (void)value;
  bg_view target = bg_template_words(at->page, node, "1");
  bg_view shown = bg_template_words(at->page, node, "lt");
  add_run(at, BG_RUN_LINK, shown.size > 0 ? shown : target, node->source)
      ->target = target;
}

static void
play_text(flattener *at, const bg_node *node, bg_view value)
{
  add_run(at, BG_RUN_TEXT, unquote(value), node->source);
}

static void
play_prefix(flattener *at, const bg_node *node, bg_view value)
{
  add_run(at, BG_RUN_TEXT, unquote(value), node->source);
  flatten_argument(at, node, BG_VIEW("1"));
}

static void
play_suffix(flattener *at, const bg_node *node, bg_view value)
{
  flatten_argument(at, node, BG_VIEW("1"));
  add_run(at, BG_RUN_TEXT, unquote(value), node->source);
}

static void
play_measure(flattener *at, const bg_node *node, bg_view value)
{
  (void)value;
  bg_view number = bg_template_words(at->page, node, "1");
  bg_view unit = bg_template_words(at->page, node, "2");
  add_run(at, BG_RUN_TEXT,
          bg_arena_format(at->page->arena, "%.*s %.*s", BG_VIEW_ARGS(number),
                          BG_VIEW_ARGS(unit)),
          node->source);
}

static void
play_date(flattener *at, const bg_node *node, bg_view value)
{
  (void)value;
  add_run(at, BG_RUN_TEXT, bg_template_date(at->page, node), node->source);
}

static void
play_old_style(flattener *at, const bg_node *node, bg_view value)
{
  (void)value;
  add_run(at, BG_RUN_TEXT, bg_template_old_style(at->page, node), node->source);
}

static void
play_coordinates(flattener *at, const bg_node *node, bg_view value)
{
  (void)value;
  double latitude;
  double longitude;
  if (bg_position_of_template(node, &latitude, &longitude)) {
    bg_run *run = add_run(at, BG_RUN_COORDINATES, BG_VIEW(""), node->source);
    run->latitude = latitude;
    run->longitude = longitude;
  } else {
    bg_remark_add(at->page, "unread-coordinates", node->source, node->source);
  }
}

static void
play_note(flattener *at, const bg_node *node, bg_view value)
{
  (void)value;
  add_run(at, BG_RUN_NOTE, bg_template_words(at->page, node, "1"),
          node->source);
}

static void
play_nothing(flattener *at, const bg_node *node, bg_view value)
{
  (void)at;
  (void)node;
  (void)value;
}

/// The roles that data/languages/<language>/templates.tsv gives.
static const struct {
  const char *name;
  template_role *play;
} template_roles[] = {
    {"flag", play_flag},
    {"force", play_force},
    {"icon", play_icon},
    {"icon-file", play_icon_file},
    {"ship", play_ship},
    {"ship-name", play_ship},
    {"ship-class", play_ship_class},
    {"fate", play_fate},
    {"list", play_list},
    {"break", play_break},
    {"transparent", play_transparent},
    {"link", play_link},
    {"text", play_text},
    {"prefix", play_prefix},
    {"suffix", play_suffix},
    {"measure", play_measure},
    {"date", play_date},
    {"old-style", play_old_style},
    {"coordinates", play_coordinates},
    {"note", play_note},
    {"drop", play_nothing},
    {"infobox", play_nothing},
    {"campaignbox", play_nothing},
};

/// "{{formatnum:12000}}": a parser function shows what stands behind its colon.
static bool
flatten_function(flattener *at, const bg_node *node)
{
  size_t colon = bg_view_find_byte(node->name, ':', 0);
  bg_view function = bg_view_slice(node->name, 0, colon + 1);
  bg_view words = bg_view_slice(node->name, colon + 1, node->name.size);
  if (colon == BG_NOWHERE ||
      bg_lexicon_template(at->page->lexicon, function) == NULL) {
    return false;
  }
  add_run(at, BG_RUN_TEXT, words, words);
  return true;
}

/// A template that the table does not know: a country's own ({{GER}}), or one
/// whose first argument is likely what it shows.
static void
flatten_unknown_template(flattener *at, const bg_node *node)
{
  if (bg_lexicon_find(at->page->lexicon, BG_WORDS_FLAGS, node->name) != NULL) {
    bg_run *run = add_run(at, BG_RUN_FLAG, BG_VIEW(""), node->source);
    run->target = bg_flag_title(at->page, node->name,
                                bg_template_words(at->page, node, "1"));
    run->text = run->state = run->target;
    return;
  }
  bg_remark_add(at->page, "unknown-template", node->name, node->name);
  flatten_argument(at, node, BG_VIEW("1"));
}

static void
flatten_template(flattener *at, const bg_node *node)
{
  const bg_lexicon *lexicon = at->page->lexicon;
  const bg_entry *entry = bg_lexicon_template(lexicon, node->name);
  if (at->depth == BG_TEMPLATE_DEPTH) {
    bg_remark_add(at->page, "deep-template", node->name, node->name);
    return;
  }
  at->depth++;
  if (entry == NULL) {
    bg_view name = node->name;
    bool lists_battles =
        bg_view_has_prefix_folded(name, BG_VIEW("campaignbox"));
    if (!lists_battles && !flatten_function(at, node)) {
      flatten_unknown_template(at, node);
    }
  } else {
    for (size_t i = 0; i < sizeof template_roles / sizeof *template_roles;
         i++) {
      if (bg_entry_is(entry, template_roles[i].name)) {
        template_roles[i].play(at, node, entry->values[1]);
        break;
      }
    }
  }
  at->depth--;
}

// ---- nodes -----------------------------------------------------------------

/// Whether an entity stands between the digits of a number: "12&nbsp;000".
static bool
parts_thousands(flattener *at, const bg_node *node)
{
  const bg_item *item = current_item(at);
  const bg_run *last = item->count == 0 ? NULL : &item->items[item->count - 1];
  const bg_node *next = node->next;
  if (last == NULL || last->kind != BG_RUN_TEXT || last->text.size == 0 ||
      !bg_is_digit(last->text.bytes[last->text.size - 1]) || next == NULL ||
      next->kind != BG_NODE_TEXT) {
    return false;
  }
  size_t digits = 0;
  while (digits < next->source.size &&
         bg_is_digit(next->source.bytes[digits])) {
    digits++;
  }
  return digits == 3;
}

/// A space that does not break is one, but in a number a separator.
static void
flatten_entity(flattener *at, const bg_node *node)
{
  const bg_view no_break_space = BG_VIEW("\xC2\xA0");
  bool is_space = bg_view_is_equal(node->name, no_break_space) &&
                  !parts_thousands(at, node);
  add_run(at, BG_RUN_TEXT, is_space ? BG_VIEW(" ") : node->name, node->source);
}

/// Whether the text so far ends with a line.
static bool
begins_line(flattener *at)
{
  const bg_item *item = current_item(at);
  const bg_run *last = item->count == 0 ? NULL : &item->items[item->count - 1];
  return last != NULL && last->kind == BG_RUN_TEXT &&
         bg_view_has_suffix(last->text, BG_VIEW("\n"));
}

static void
flatten_node(flattener *at, const bg_node *node)
{
  switch (node->kind) {
  case BG_NODE_TEXT:
    flatten_text(at, node->source);
    break;
  case BG_NODE_ENTITY:
    flatten_entity(at, node);
    break;
  case BG_NODE_TEMPLATE:
    flatten_template(at, node);
    break;
  case BG_NODE_LINK:
    flatten_link(at, node);
    break;
  case BG_NODE_EXTERNAL_LINK:
  case BG_NODE_HEADING:
    flatten(at, node->children);
    break;
  case BG_NODE_LIST_MARKER:
    break_item(at, (unsigned)node->source.size);
    current_item(at)->is_title = bg_view_has_suffix(node->source, BG_VIEW(";"));
    break;
  case BG_NODE_RULE:
    at->after_rule = true;
    break_item(at, 0);
    break;
  case BG_NODE_QUOTES:
    if (node->level != 2 && !at->is_bold && begins_line(at)) {
      break_item(at, 0); // a bold heading on a line of its own
    }
    at->is_italic ^= node->level != 3;
    at->is_bold ^= node->level != 2;
    break;
  case BG_NODE_TAG:
    flatten_tag(at, node);
    break;
  case BG_NODE_EXTENSION:
    if (bg_view_is_equal_folded(node->name, BG_VIEW("nowiki"))) {
      add_run(at, BG_RUN_TEXT, node->inner, node->source);
    } else if (bg_view_is_equal_folded(node->name, BG_VIEW("ref"))) {
      add_run(at, BG_RUN_NOTE, BG_VIEW(""), node->source);
    }
    break;
  case BG_NODE_TABLE_MARKER:
    break_item(at, 0);
    break;
  case BG_NODE_COMMENT:
  case BG_NODE_IGNORED:
  case BG_NODE_PARAMETER:
  case BG_NODE_ARGUMENT:
  case BG_NODE_SWITCH:
    break;
  }
}

/// Recursion is bounded by BG_TEMPLATE_DEPTH: only templates' arguments, an
/// external link's and a heading's words lie deeper.
static void
flatten(flattener *at, const bg_node *first)
{
  for (const bg_node *node = first; node != NULL; node = node->next) {
    flatten_node(at, node);
  }
}

static bool
has_content(const bg_item *item)
{
  for (size_t i = 0; i < item->count; i++) {
    const bg_run *run = &item->items[i];
    if (run->kind == BG_RUN_NOTE) {
      continue;
    }
    if (run->kind != BG_RUN_TEXT || bg_view_trim(run->text).size > 0) {
      return true;
    }
  }
  return false;
}

bg_cell
bg_cell_read(const bg_value *value, bool is_list)
{
  flattener at = {
      .page = value->box->page,
      .is_list = is_list && value->box->infobox->is_flat,
  };
  flatten(&at, value->parameter->nodes);
  size_t kept = 0;
  for (size_t i = 0; i < at.cell.count; i++) {
    if (has_content(&at.cell.items[i])) {
      at.cell.items[kept++] = at.cell.items[i];
    }
  }
  at.cell.count = kept;
  return at.cell;
}
