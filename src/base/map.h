/// A hash map from text to pointers. Keys are borrowed; the table lives in
/// the arena it was made with. Reading from many threads is safe.

#ifndef BG_BASE_MAP_H
#define BG_BASE_MAP_H

#include "base/arena.h"

typedef struct {
  bg_view key;
  uint64_t hash; ///< of the key
  void *value;
} bg_map_entry;

typedef struct {
  bg_arena *arena;
  bg_map_entry *entries; ///< open addressing; a free one has no key bytes
  size_t count;
  size_t capacity; ///< a power of two, or 0
} bg_map;

void bg_map_init(bg_map *map, bg_arena *arena);

/// The value of `key`, or NULL.
void *bg_map_find(const bg_map *map, bg_view key);

/// Sets the value of `key`, which must outlive the map.
void bg_map_set(bg_map *map, bg_view key, void *value);

/// Sets the value of a key that has none yet; false where it has one.
bool bg_map_add(bg_map *map, bg_view key, void *value);

/// 64 bits; not the same on every machine.
uint64_t bg_hash(bg_view view);

/// FNV-1a, 64 bits: slower, and the same on every machine, for files.
uint64_t bg_hash_for_files(bg_view view);

#endif
