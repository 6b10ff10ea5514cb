#include "base/map.h"

#include <string.h>

void
bg_map_init(bg_map *map, bg_arena *arena)
{
  *map = (bg_map){.arena = arena};
}

/// Eight bytes at a time: a multiplication spreads them, a shift brings the
/// high bits down.
uint64_t
bg_hash(bg_view view)
{
  const uint64_t odd = 0x9E3779B97F4A7C15U;
  uint64_t hash = view.size * odd;
  size_t at = 0;
  for (; at + 8 <= view.size; at += 8) {
    uint64_t word;
    memcpy(&word, view.bytes + at, 8);
    hash = (hash ^ word) * odd;
    hash ^= hash >> 32;
  }
  uint64_t rest = 0;
  for (; at < view.size; at++) {
    rest = rest << 8 | (unsigned char)view.bytes[at];
  }
  hash = (hash ^ rest) * odd;
  return hash ^ hash >> 32;
}

/// The entry of `key`, or the free one where it would go.
static bg_map_entry *
find_slot(const bg_map *map, bg_view key, uint64_t hash)
{
  size_t mask = map->capacity - 1;
  size_t slot = (size_t)hash & mask;
  while (map->entries[slot].key.bytes != NULL &&
         (map->entries[slot].hash != hash ||
          !bg_view_is_equal(map->entries[slot].key, key))) {
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
    const bg_map_entry *entry = &map->entries[i];
    if (entry->key.bytes != NULL) {
      *find_slot(&grown, entry->key, entry->hash) = *entry;
      grown.count++;
    }
  }
  *map = grown;
}

void *
bg_map_find(const bg_map *map, bg_view key)
{
  return map->capacity == 0 ? NULL : find_slot(map, key, bg_hash(key))->value;
}

/// The entry of `key`, made where there was none; `is_new` tells.
static bg_map_entry *
take_entry(bg_map *map, bg_view key, bool *is_new)
{
  if (map->count * 4 >= map->capacity * 3) {
    grow(map);
  }
  uint64_t hash = bg_hash(key);
  bg_map_entry *entry = find_slot(map, key, hash);
  *is_new = entry->key.bytes == NULL;
  if (*is_new) {
    entry->key = key.bytes == NULL ? BG_VIEW("") : key;
    entry->hash = hash;
    map->count++;
  }
  return entry;
}

void
bg_map_set(bg_map *map, bg_view key, void *value)
{
  bool is_new;
  take_entry(map, key, &is_new)->value = value;
}

bool
bg_map_add(bg_map *map, bg_view key, void *value)
{
  bool is_new;
  bg_map_entry *entry = take_entry(map, key, &is_new);
  if (is_new) {
    entry->value = value;
  }
  return is_new;
}

uint64_t
bg_hash_for_files(bg_view view)
{
  uint64_t hash = 14695981039346656037U;
  for (size_t i = 0; i < view.size; i++) {
    hash = (hash ^ (unsigned char)view.bytes[i]) * 1099511628211U;
  }
  return hash;
}
