#include "base/map.h"

void
bg_map_init(bg_map *map, bg_arena *arena)
{
  *map = (bg_map){.arena = arena};
}

uint64_t
bg_hash(bg_view view)
{
  uint64_t hash = 0xcbf29ce484222325U;
  for (size_t i = 0; i < view.size; i++) {
    hash = (hash ^ (unsigned char)view.bytes[i]) * 0x100000001b3U;
  }
  return hash;
}

/// The entry of `key`, or the free one where it would go.
static bg_map_entry *
find_slot(const bg_map *map, bg_view key)
{
  size_t mask = map->capacity - 1;
  uint64_t hash = bg_hash(key);
  size_t slot = (size_t)(hash ^ (hash >> 32)) & mask;
  while (map->entries[slot].key.bytes != NULL &&
         !bg_view_is_equal(map->entries[slot].key, key)) {
    slot = (slot + 1) & mask;
  }
  return &map->entries[slot];
}

static void
grow(bg_map *map)
{
  bg_map grown = {.arena = map->arena,
                  .capacity = map->capacity == 0 ? 16 : map->capacity * 2};
  grown.entries = BG_NEW_ARRAY(map->arena, bg_map_entry, grown.capacity);
  for (size_t i = 0; i < map->capacity; i++) {
    if (map->entries[i].key.bytes != NULL) {
      *find_slot(&grown, map->entries[i].key) = map->entries[i];
      grown.count++;
    }
  }
  *map = grown;
}

void *
bg_map_find(const bg_map *map, bg_view key)
{
  return map->capacity == 0 ? NULL : find_slot(map, key)->value;
}

void
bg_map_set(bg_map *map, bg_view key, void *value)
{
  if (map->count * 4 >= map->capacity * 3) {
    grow(map);
  }
  bg_map_entry *entry = find_slot(map, key);
  if (entry->key.bytes == NULL) {
    entry->key = key.bytes == NULL ? BG_VIEW("") : key;
    map->count++;
  }
  entry->value = value;
}
