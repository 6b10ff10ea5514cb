#include "catalog/format.h"

#include "base/map.h"

#include <math.h>
#include <string.h>

static const double degree = 1e6; // of what is kept

uint64_t
bg_catalog_hash(bg_view title)
{
  uint64_t hash = bg_hash_for_files(title);
  return hash ^ hash >> 32;
}

uint64_t
bg_catalog_tag(uint64_t hash)
{
  const uint64_t mask = ((uint64_t)1 << BG_CATALOG_TAG_BITS) - 1;
  return (hash >> 16 & mask) << BG_CATALOG_OFFSET_BITS;
}

// ---- writing ---------------------------------------------------------------

static void
put_number(uint64_t number, bg_buffer *bytes)
{
  while (number >= 0x80) {
    bg_buffer_append_byte(bytes, (char)(number | 0x80));
    number >>= 7;
  }
  bg_buffer_append_byte(bytes, (char)number);
}

static void
put_text(bg_view text, bg_buffer *bytes)
{
  put_number(text.size, bytes);
  bg_buffer_append(bytes, text);
}

static void
put_degrees(double degrees, bg_buffer *bytes)
{
  int32_t kept = (int32_t)lround(degrees * degree);
  char parts[sizeof kept];
  memcpy(parts, &kept, sizeof kept);
  bg_buffer_append(bytes, (bg_view){parts, sizeof parts});
}

void
bg_catalog_encode(const bg_catalog_entry *entry, bg_buffer *bytes)
{
  int flags = (entry->redirect.size > 0 ? BG_HAS_REDIRECT : 0) |
              (entry->has_position ? BG_HAS_POSITION : 0) |
              (entry->item > 0 ? BG_HAS_ITEM : 0) |
              (entry->kind.size > 0 ? BG_HAS_KIND : 0) |
              (entry->categories.size > 0 ? BG_HAS_CATEGORIES : 0);
  bg_buffer_append_byte(bytes, (char)flags);
  put_text(entry->title, bytes);
  if (entry->redirect.size > 0) {
    put_text(entry->redirect, bytes);
  }
  if (entry->kind.size > 0) {
    put_text(entry->kind, bytes);
  }
  if (entry->has_position) {
    put_degrees(entry->latitude, bytes);
    put_degrees(entry->longitude, bytes);
  }
  if (entry->item > 0) {
    put_number(entry->item, bytes);
  }
  if (entry->categories.size > 0) {
    put_text(entry->categories, bytes);
  }
}

// ---- reading ---------------------------------------------------------------

/// What is read, and whether all of it was there.
typedef struct {
  bg_view bytes;
  size_t at;
  bool is_broken;
} reader;

static uint64_t
get_number(reader *from)
{
  uint64_t number = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (from->at >= from->bytes.size) {
      break;
    }
    unsigned char byte = (unsigned char)from->bytes.bytes[from->at++];
    number |= (uint64_t)(byte & 0x7F) << shift;
    if (byte < 0x80) {
      return number;
    }
  }
  from->is_broken = true;
  return 0;
}

static bg_view
get_bytes(reader *from, uint64_t size)
{
  if (from->is_broken || size > from->bytes.size - from->at) {
    from->is_broken = true;
    return BG_VIEW("");
  }
  bg_view view = {from->bytes.bytes + from->at, (size_t)size};
  from->at += (size_t)size;
  return view;
}

static bg_view
get_text(reader *from)
{
  return get_bytes(from, get_number(from));
}

static double
get_degrees(reader *from)
{
  int32_t kept = 0;
  bg_view bytes = get_bytes(from, sizeof kept);
  if (!from->is_broken) {
    memcpy(&kept, bytes.bytes, sizeof kept);
  }
  return kept / degree;
}

size_t
bg_catalog_decode(bg_view bytes, bg_catalog_entry *entry)
{
  reader from = {.bytes = bytes};
  bg_view first = get_bytes(&from, 1);
  int flags = from.is_broken ? 0 : first.bytes[0];
  *entry = (bg_catalog_entry){.title = get_text(&from)};
  if ((flags & BG_HAS_REDIRECT) != 0) {
    entry->redirect = get_text(&from);
  }
  if ((flags & BG_HAS_KIND) != 0) {
    entry->kind = get_text(&from);
  }
  if ((flags & BG_HAS_POSITION) != 0) {
    entry->has_position = true;
    entry->latitude = get_degrees(&from);
    entry->longitude = get_degrees(&from);
  }
  if ((flags & BG_HAS_ITEM) != 0) {
    entry->item = get_number(&from);
  }
  if ((flags & BG_HAS_CATEGORIES) != 0) {
    entry->categories = get_text(&from);
  }
  return from.is_broken ? 0 : from.at;
}
