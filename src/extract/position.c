/// Positions: from templates, from the parameters of old infoboxes, and from
/// the text of a plain rendering.

#include "extract/position.h"

#include <stdlib.h>

typedef struct {
  double latitude;
  double longitude;
  bool has_latitude;
  bool has_longitude;
  double parts[3]; // degrees, minutes, seconds of the half that comes in
  size_t count;
} position_reader;

static bool
read_number(bg_view text, double *number)
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
take_degrees(position_reader *at, bool is_negative)
{
  double degrees = at->parts[0] + at->parts[1] / 60.0 + at->parts[2] / 3600.0;
  *at = (position_reader){.latitude = at->latitude,
                          .longitude = at->longitude,
                          .has_latitude = at->has_latitude,
                          .has_longitude = at->has_longitude};
  return is_negative ? -degrees : degrees;
}

/// position ::= number{1,3} ("N"|"S") number{1,3} ("E"|"W") | number number
/// Takes one number or letter; false where it is neither, or one too many.
static bool
take_part(position_reader *at, bg_view part)
{
  double number;
  if (read_number(part, &number)) {
    if (at->count == 3 || at->has_longitude) {
      return false;
    }
    at->parts[at->count++] = number;
    return true;
  }
  char letter = part.size == 1 ? bg_to_lower(part.bytes[0]) : '\0';
  if (at->count > 0 && !at->has_latitude && (letter == 'n' || letter == 's')) {
    at->latitude = take_degrees(at, letter == 's');
    at->has_latitude = true;
    return true;
  }
  if (at->count > 0 && at->has_latitude && !at->has_longitude &&
      (letter == 'e' || letter == 'w')) {
    at->longitude = take_degrees(at, letter == 'w');
    at->has_longitude = true;
    return true;
  }
  return false;
}

static bool
end_position(position_reader *at, double *latitude, double *longitude)
{
  if (!at->has_latitude && at->count == 2) {
    at->latitude = at->parts[0];
    at->longitude = at->parts[1];
    at->has_latitude = at->has_longitude = true;
  }
  *latitude = at->latitude;
  *longitude = at->longitude;
  return at->has_latitude && at->has_longitude && *latitude >= -90 &&
         *latitude <= 90 && *longitude >= -180 && *longitude <= 180;
}

bool
bg_position_of_template(const bg_node *template_node, double *latitude,
                        double *longitude)
{
  position_reader at = {0};
  for (const bg_node *argument = template_node->children;
       argument != NULL && !at.has_longitude; argument = argument->next) {
    if (argument->name.size == 0 &&
        !take_part(&at, bg_view_trim(argument->inner))) {
      break;
    }
  }
  return end_position(&at, latitude, longitude);
}

/// The word at the beginning of the text: up to a space.
static bg_view
first_word(bg_view text)
{
  size_t space = bg_view_find_byte(text, ' ', 0);
  return bg_view_slice(text, 0, space == BG_NOWHERE ? text.size : space);
}

/// "50 46 N 6 6 E type:city", as a template without its marks. Only degrees
/// with a fraction are taken for a position where no letter says so.
bool
bg_position_of_text(bg_view text, double *latitude, double *longitude,
                    size_t *length)
{
  position_reader at = {0};
  bg_view rest = text;
  bool has_fraction = true;
  for (;;) {
    bg_view word = first_word(rest);
    if (word.size == 0 || at.has_longitude || !take_part(&at, word)) {
      break;
    }
    has_fraction &= bg_view_find_byte(word, '.', 0) != BG_NOWHERE;
    rest = bg_view_trim(bg_view_slice(rest, word.size, rest.size));
  }
  if ((!at.has_latitude && !has_fraction) ||
      !end_position(&at, latitude, longitude)) {
    return false;
  }
  // "type:event_region:DE" says more of it: parameters of the template.
  bg_view word;
  while ((word = first_word(rest)).size > 0 &&
         bg_view_find_byte(word, ':', 0) != BG_NOWHERE) {
    size_t comma = bg_view_find_byte(word, ',', 0);
    rest = bg_view_trim(bg_view_slice(
        rest, comma == BG_NOWHERE ? word.size : comma, rest.size));
  }
  *length = rest.size == 0 ? text.size : (size_t)(rest.bytes - text.bytes);
  return true;
}

bg_view
bg_position_in_text(bg_view text)
{
  for (size_t at = 0; at < text.size; at++) {
    bool begins = at == 0 || (at >= 2 && text.bytes[at - 1] == ' ' &&
                              text.bytes[at - 2] == ',');
    double latitude;
    double longitude;
    size_t length;
    bg_view rest = bg_view_slice(text, at, text.size);
    if (begins && bg_position_of_text(bg_view_trim(rest), &latitude, &longitude,
                                      &length)) {
      size_t spaces = (size_t)(bg_view_trim(rest).bytes - rest.bytes);
      return bg_view_slice(rest, 0, spaces + length);
    }
  }
  return BG_VIEW("");
}

// ---- claims ----------------------------------------------------------------

static void
claim_position(const bg_value *value, bg_view source, double latitude,
               double longitude)
{
  bg_claim *claim = bg_claim_add(value, BG_CLAIM_POSITION, source);
  claim->latitude = latitude;
  claim->longitude = longitude;
}

bool
bg_claim_position_of_cell(const bg_value *value, const bg_cell *cell)
{
  for (size_t i = 0; i < cell->count; i++) {
    for (size_t j = 0; j < cell->items[i].count; j++) {
      const bg_run *run = &cell->items[i].items[j];
      double latitude = run->latitude;
      double longitude = run->longitude;
      size_t length = 0;
      if (run->kind == BG_RUN_COORDINATES) {
        claim_position(value, run->source, latitude, longitude);
        return true;
      }
      bg_view found = run->kind == BG_RUN_TEXT ? bg_position_in_text(run->text)
                                               : BG_VIEW("");
      if (found.size > 0 && bg_position_of_text(bg_view_trim(found), &latitude,
                                                &longitude, &length)) {
        bool is_literal = run->text.bytes == run->source.bytes;
        claim_position(value, is_literal ? found : run->source, latitude,
                       longitude);
        return true;
      }
    }
  }
  return false;
}

void
bg_read_coordinates(const bg_value *value)
{
  bg_cell cell = bg_cell_read(value, false);
  if (!bg_claim_position_of_cell(value, &cell) && cell.count > 0) {
    bg_remark_add(value->box->page, "unread-coordinates",
                  value->parameter->value, value->parameter->value);
  }
}

/// The words of the infobox's parameter that a reader of that kind
/// reads; empty when it has none.
static bg_view
sibling_value(const bg_value *value, const char *kind)
{
  const bg_infobox_reader *box = value->box;
  for (size_t i = 0; i < box->infobox->parameter_count; i++) {
    const bg_parameter *parameter = &box->infobox->parameters[i];
    unsigned side;
    const bg_mapping *mapping = bg_lexicon_mapping(
        box->page->lexicon, box->name, parameter->name, &side);
    if (mapping != NULL &&
        bg_view_is_equal(mapping->reader, bg_view_of(kind))) {
      return bg_article_plain_text(parameter->nodes, box->page->arena);
    }
  }
  return BG_VIEW("");
}

/// One half of a position that parameters of their own give: degrees, minutes,
/// seconds and hemisphere.
static bool
read_angle(const bg_value *value, const char *const kinds[4], double *degrees)
{
  static const double units[3] = {1.0, 60.0, 3600.0};
  *degrees = 0;
  for (size_t i = 0; i < 3; i++) {
    double number = 0;
    bg_view text = sibling_value(value, kinds[i]);
    if (text.size > 0 && !read_number(text, &number)) {
      return false;
    }
    *degrees += number / units[i];
  }
  bg_view hemisphere = sibling_value(value, kinds[3]);
  char letter = hemisphere.size == 1 ? bg_to_lower(hemisphere.bytes[0]) : 'n';
  if (letter == 's' || letter == 'w') {
    *degrees = -*degrees;
  }
  return true;
}

/// latitude, longitude; lat_deg, lat_min, lat_sec, lat_dir and their kind.
void
bg_read_latitude(const bg_value *value)
{
  static const char *const latitude[4] = {"latitude", "latitude-minutes",
                                          "latitude-seconds",
                                          "latitude-hemisphere"};
  static const char *const longitude[4] = {"longitude", "longitude-minutes",
                                           "longitude-seconds",
                                           "longitude-hemisphere"};
  double north;
  double east;
  if (sibling_value(value, "longitude").size > 0 &&
      read_angle(value, latitude, &north) &&
      read_angle(value, longitude, &east) && north >= -90 && north <= 90 &&
      east >= -180 && east <= 180) {
    claim_position(value, value->parameter->value, north, east);
  } else {
    bg_remark_add(value->box->page, "unread-coordinates",
                  value->parameter->value, value->parameter->value);
  }
}
