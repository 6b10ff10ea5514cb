#include "extract/templates.h"

bg_view
bg_template_words(const bg_page_reader *page, const bg_node *template_node,
                  const char *name)
{
  const bg_node *argument =
      bg_wikitext_argument(template_node, bg_view_of(name));
  return argument == NULL
             ? BG_VIEW("")
             : bg_article_plain_text(argument->children, page->arena);
}

// ---- flags -----------------------------------------------------------------

void
bg_template_flag(const bg_page_reader *page, const bg_node *template_node,
                 bg_run *run)
{
  bg_view code = bg_template_words(page, template_node, "1");
  bg_view variant = bg_template_words(page, template_node, "2");
  if (variant.size == 0) {
    variant = bg_template_words(page, template_node, "variant");
  }
  bg_view name = bg_template_words(page, template_node, "name");
  run->target = bg_flag_title(page, code, variant);
  run->state = run->target;
  run->text = name.size > 0 ? name : run->target;
  if (name.size > 0) {
    run->target = name;
  }
}

/// The party after "flag of" in a file's name, its variant in parentheses;
/// empty when the image is no flag.
static bg_view
flag_in_name(const bg_page_reader *page, bg_view name)
{
  const bg_view before = BG_VIEW("flag of ");
  size_t at = 0;
  while (at < name.size && !bg_view_has_prefix_folded(
                               bg_view_slice(name, at, name.size), before)) {
    at++;
  }
  if (at >= name.size) {
    return BG_VIEW("");
  }
  bg_view party = bg_view_slice(name, at + before.size, name.size);
  size_t end = bg_view_find_byte(party, '.', 0);
  party = bg_view_slice(party, 0, end);
  size_t bracket = bg_view_find_byte(party, '(', 0);
  bg_view variant = {0};
  if (bracket != BG_NOWHERE) {
    variant =
        bg_view_slice(party, bracket + 1, bg_view_find_byte(party, ')', 0));
    party = bg_view_slice(party, 0, bracket);
  }
  party = bg_view_trim(party);
  size_t article = bg_grammar_at(page->lexicon, party, 0, "article");
  party = bg_view_trim(bg_view_slice(party, article, party.size));
  return party.size == 0 ? party
                         : bg_flag_title(page, party, bg_view_trim(variant));
}

bg_view
bg_flag_of_file(const bg_page_reader *page, bg_view file)
{
  size_t colon = bg_view_find_byte(file, ':', 0);
  bg_view name = bg_view_trim(
      bg_view_slice(file, colon == BG_NOWHERE ? 0 : colon + 1, file.size));
  char *spaced = bg_arena_allocate(page->arena, name.size + 1);
  for (size_t i = 0; i < name.size; i++) {
    spaced[i] = name.bytes[i];
    if (spaced[i] == '_') {
      spaced[i] = ' ';
    }
  }
  name.bytes = spaced;
  bg_view party = flag_in_name(page, name);
  return party.size > 0
             ? party
             : bg_arena_format(page->arena, "File:%.*s", BG_VIEW_ARGS(name));
}

// ---- dates -----------------------------------------------------------------

static bool
read_count(bg_view text, unsigned *count)
{
  if (text.size == 0 || text.size > 4) {
    return false;
  }
  *count = 0;
  for (size_t i = 0; i < text.size; i++) {
    if (!bg_is_digit(text.bytes[i])) {
      return false;
    }
    *count = *count * 10 + (unsigned)(text.bytes[i] - '0');
  }
  return true;
}

/// year [month [day]] from the arguments that follow one another
static bg_view
read_date_parts(const bg_page_reader *page, const bg_node *template_node,
                unsigned first)
{
  unsigned parts[3] = {0};
  size_t count = 0;
  for (; count < 3; count++) {
    char name[16];
    name[0] = (char)('0' + first + count);
    name[1] = '\0';
    if (!read_count(bg_template_words(page, template_node, name),
                    &parts[count])) {
      break;
    }
  }
  switch (count) {
  case 1:
    return bg_arena_format(page->arena, "%04u", parts[0]);
  case 2:
    return bg_arena_format(page->arena, "%04u-%02u", parts[0], parts[1]);
  case 3:
    return bg_arena_format(page->arena, "%04u-%02u-%02u", parts[0], parts[1],
                           parts[2]);
  default:
    return BG_VIEW("");
  }
}

bg_view
bg_template_date(const bg_page_reader *page, const bg_node *template_node)
{
  bg_view start = read_date_parts(page, template_node, 1);
  if (start.size == 0) {
    return bg_template_words(page, template_node, "1");
  }
  // A fourth number past the hours of a day is the year of an end.
  unsigned fourth;
  if (read_count(bg_template_words(page, template_node, "4"), &fourth) &&
      fourth > 24) {
    bg_view end = read_date_parts(page, template_node, 4);
    return bg_arena_format(page->arena, "%.*s – %.*s", BG_VIEW_ARGS(start),
                           BG_VIEW_ARGS(end));
  }
  return start;
}

bg_view
bg_template_old_style(const bg_page_reader *page, const bg_node *template_node)
{
  bg_view day = bg_template_words(page, template_node, "1");
  bg_view year = bg_template_words(page, template_node, "2");
  bg_view old = bg_template_words(page, template_node, "3");
  return bg_arena_format(page->arena, "%.*s %.*s [O.S. %.*s]",
                         BG_VIEW_ARGS(day), BG_VIEW_ARGS(year),
                         BG_VIEW_ARGS(old));
}

// ---- ships -----------------------------------------------------------------

void
bg_template_ship(const bg_page_reader *page, const bg_node *template_node,
                 bg_view prefix, bg_run *run)
{
  unsigned first = 1;
  if (prefix.size == 0) {
    prefix = bg_template_words(page, template_node, "1");
    first = 2;
  }
  const char *names[] = {"1", "2", "3"};
  bg_view name = bg_template_words(page, template_node, names[first - 1]);
  bg_view number = bg_template_words(page, template_node, names[first]);
  run->text = bg_view_trim(bg_arena_format(
      page->arena, "%.*s %.*s", BG_VIEW_ARGS(prefix), BG_VIEW_ARGS(name)));
  run->target = number.size == 0 ? run->text
                                 : bg_arena_format(page->arena, "%.*s (%.*s)",
                                                   BG_VIEW_ARGS(run->text),
                                                   BG_VIEW_ARGS(number));
}
