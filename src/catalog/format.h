/// The parts of a catalog's file, as FORMAT.md has them. Of the room's own.

#ifndef BG_CATALOG_FORMAT_H
#define BG_CATALOG_FORMAT_H

#include "catalog/catalog.h"

#define BG_CATALOG_MAGIC "battlegraph catalog 1\n"

enum {
  BG_CATALOG_BUCKETS = 1 << 16,
  BG_CATALOG_TAG_BITS = 24,
  BG_CATALOG_OFFSET_BITS = 40,
};

static const uint64_t bg_catalog_byte_order = 0x0102030405060708;

typedef struct {
  char magic[24];
  uint64_t byte_order;
  uint64_t count;
  uint64_t buckets;
  uint64_t slots;
  char wiki[16];
} bg_catalog_header;

enum {
  BG_HAS_REDIRECT = 1,
  BG_HAS_POSITION = 2,
  BG_HAS_ITEM = 4,
  BG_HAS_KIND = 8,
  BG_HAS_CATEGORIES = 16,
};

uint64_t bg_catalog_hash(bg_view title);

/// The tag of a hash, in its place of a slot.
uint64_t bg_catalog_tag(uint64_t hash);

/// Reads the entry that the bytes begin with; returns its size, 0 where it is
/// broken.
size_t bg_catalog_decode(bg_view bytes, bg_catalog_entry *entry);

#endif
