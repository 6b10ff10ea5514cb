#include "extract/templates.h"

#include <stdlib.h>
#include <string.h>

bg_view
bg_template_value(const bg_node *template_node, const char *name)
{
  const bg_node *argument =
      bg_wikitext_argument(template_node, bg_view_of(name));
  return argument == NULL ? BG_VIEW("") : bg_view_trim(argument->inner);
}

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
  run->text = name.size > 0 ? name : run->target;
  if (name.size > 0) {
    run->target = name;
  }
}

bool
bg_flag_of_file(const bg_page_reader *page, bg_view file, bg_view *title)
{
  const bg_view before = BG_VIEW("flag of ");
  char *name = bg_arena_allocate(page->arena, file.size + 1);
  for (size_t i = 0; i < file.size; i++) {
    name[i] = file.bytes[i];
    if (name[i] == '_') {
      name[i] = ' ';
    }
  }
  bg_view spaced = {name, file.size};
  size_t at = 0;
  while (at < spaced.size &&
         !bg_view_has_prefix_folded(bg_view_slice(spaced, at, spaced.size),
                                    before)) {
    at++;
  }
  if (at >= spaced.size) {
    return false;
  }
  bg_view party = bg_view_slice(spaced, at + before.size, spaced.size);
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
  if (bg_view_has_prefix_folded(party, BG_VIEW("the "))) {
    party = bg_view_slice(party, 4, party.size);
  }
  *title = bg_flag_title(page, party, bg_view_trim(variant));
  return party.size > 0;
}

// ---- coordinates -----------------------------------------------------------

/// One half of a position, as its numbers come in.
typedef struct {
  double parts[3]; // degrees, minutes, seconds
  size_t count;
} angle;

bool
bg_number_read(bg_view text, double *number)
{
  char digits[32];
  if (text.size == 0 || text.size >= sizeof digits) {
    return false;
  }
  for (size_t i = 0; i < text.size; i++) {
    char byte = text.bytes[i];
    if (!bg_is_digit(byte) && byte != '.' && byte != '-' && byte != '+') {
      return false;
    }
    digits[i] = byte;
  }
  digits[text.size] = '\0';
  char *end;
  *number = strtod(digits, &end);
  return *end == '\0';
}

static double
degrees_of(const angle *from, bool is_negative)
{
  double degrees =
      from->parts[0] + from->parts[1] / 60.0 + from->parts[2] / 3600.0;
  return is_negative ? -degrees : degrees;
}

/// coord ::= number{1,3} ("N"|"S") number{1,3} ("E"|"W") | number number
bool
bg_template_coordinates(const bg_node *template_node, double *latitude,
                        double *longitude)
{
  angle current = {{0}, 0};
  bool has_latitude = false;
  bool has_longitude = false;
  for (const bg_node *argument = template_node->children;
       argument != NULL && !has_longitude; argument = argument->next) {
    bg_view text = bg_view_trim(argument->inner);
    double number;
    if (argument->name.size > 0) {
      continue;
    }
    if (bg_number_read(text, &number)) {
      if (current.count == 3) {
        return false;
      }
      current.parts[current.count++] = number;
      continue;
    }
    char letter = text.size == 1 ? bg_to_lower(text.bytes[0]) : '\0';
    if (current.count > 0 && !has_latitude &&
        (letter == 'n' || letter == 's')) {
      *latitude = degrees_of(&current, letter == 's');
      has_latitude = true;
    } else if (current.count > 0 && has_latitude &&
               (letter == 'e' || letter == 'w')) {
      *longitude = degrees_of(&current, letter == 'w');
      has_longitude = true;
    } else {
      break;
    }
    current = (angle){{0}, 0};
  }
  if (!has_latitude && current.count == 2) {
    *latitude = current.parts[0];
    *longitude = current.parts[1];
    has_latitude = has_longitude = true;
  }
  return has_latitude && has_longitude && *latitude >= -90 && *latitude <= 90 &&
         *longitude >= -180 && *longitude <= 180;
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
