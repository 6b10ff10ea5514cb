#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#  define BG_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#  if __has_feature(address_sanitizer)
#    define BG_ADDRESS_SANITIZER 1
#  endif
#endif

#ifdef BG_ADDRESS_SANITIZER
#  include <sanitizer/asan_interface.h>
#else
#  define ASAN_POISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
#  define ASAN_UNPOISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
#endif

enum {
  first_chunk_size = 64 * 1024,
  largest_chunk_size = 8 * 1024 * 1024,
};

typedef struct chunk chunk;
struct chunk {
  chunk *next;
  size_t size; // of `bytes`
  alignas(max_align_t) char bytes[];
};

struct bg_arena {
  chunk *first;
  chunk *current;
  size_t offset; // of the free part in the current chunk
  size_t used;
};

static _Noreturn void
run_out_of_memory(size_t size)
{
  fprintf(stderr, "battlegraph: out of memory (%zu bytes wanted)\n", size);
  abort();
}

void *
bg_heap_allocate(size_t size)
{
  return bg_heap_resize(NULL, size);
}

void *
bg_heap_resize(void *memory, size_t size)
{
  void *resized = realloc(memory, size == 0 ? 1 : size);
  if (resized == NULL) {
    run_out_of_memory(size);
  }
  return resized;
}

static chunk *
new_chunk(size_t size)
{
  chunk *made = bg_heap_allocate(sizeof(chunk) + size);
  made->next = NULL;
  made->size = size;
  ASAN_POISON_MEMORY_REGION(made->bytes, size);
  return made;
}

bg_arena *
bg_arena_new(void)
{
  bg_arena *arena = bg_heap_allocate(sizeof *arena);
  arena->first = new_chunk(first_chunk_size);
  arena->current = arena->first;
  arena->offset = 0;
  arena->used = 0;
  return arena;
}

void
bg_arena_free(bg_arena *arena)
{
  if (arena == NULL) {
    return;
  }
  for (chunk *each = arena->first; each != NULL;) {
    chunk *next = each->next;
    ASAN_UNPOISON_MEMORY_REGION(each->bytes, each->size);
    free(each);
    each = next;
  }
  free(arena);
}

void
bg_arena_reset(bg_arena *arena)
{
  for (chunk *each = arena->first; each != NULL; each = each->next) {
    ASAN_POISON_MEMORY_REGION(each->bytes, each->size);
  }
  arena->current = arena->first;
  arena->offset = 0;
  arena->used = 0;
}

size_t
bg_arena_used(const bg_arena *arena)
{
  return arena->used;
}

/// Steps to a chunk with room for `size`: a kept one, or a new one after it.
static void
advance(bg_arena *arena, size_t size)
{
  while (arena->current->next != NULL) {
    arena->current = arena->current->next;
    if (arena->current->size >= size) {
      arena->offset = 0;
      return;
    }
  }
  size_t wanted = arena->current->size * 2;
  if (wanted > largest_chunk_size) {
    wanted = largest_chunk_size;
  }
  if (wanted < size) {
    wanted = size;
  }
  arena->current->next = new_chunk(wanted);
  arena->current = arena->current->next;
  arena->offset = 0;
}

void *
bg_arena_allocate(bg_arena *arena, size_t size)
{
  const size_t alignment = alignof(max_align_t);
  if (size > SIZE_MAX / 2) {
    run_out_of_memory(size);
  }
  size_t rounded = (size + alignment - 1) / alignment * alignment;
  if (rounded > arena->current->size - arena->offset) {
    advance(arena, rounded);
  }
  char *start = arena->current->bytes + arena->offset;
  ASAN_UNPOISON_MEMORY_REGION(start, size);
  arena->offset += rounded;
  arena->used += rounded;
  return start;
}

void *
bg_arena_allocate_zeroed(bg_arena *arena, size_t count, size_t size)
{
  if (size != 0 && count > SIZE_MAX / 2 / size) {
    run_out_of_memory(SIZE_MAX);
  }
  void *start = bg_arena_allocate(arena, count * size);
  memset(start, 0, count * size);
  return start;
}

void *
bg_arena_grow(bg_arena *arena, const void *items, size_t *capacity,
              size_t count, size_t size)
{
  *capacity = *capacity == 0 ? 2 : *capacity * 2;
  void *grown = bg_arena_allocate_zeroed(arena, *capacity, size);
  if (count > 0) {
    memcpy(grown, items, count * size);
  }
  return grown;
}

bg_view
bg_arena_copy(bg_arena *arena, bg_view view)
{
  return bg_arena_join(arena, view, BG_VIEW(""));
}

bg_view
bg_arena_join(bg_arena *arena, bg_view a, bg_view b)
{
  char *bytes = bg_arena_allocate(arena, a.size + b.size + 1);
  if (a.size > 0) {
    memcpy(bytes, a.bytes, a.size);
  }
  if (b.size > 0) {
    memcpy(bytes + a.size, b.bytes, b.size);
  }
  bytes[a.size + b.size] = '\0';
  return (bg_view){bytes, a.size + b.size};
}

bg_view
bg_arena_concat(bg_arena *arena, const bg_view *parts, size_t count)
{
  size_t size = 0;
  for (size_t i = 0; i < count; i++) {
    size += parts[i].size;
  }
  char *bytes = bg_arena_allocate(arena, size + 1);
  size_t written = 0;
  for (size_t i = 0; i < count; i++) {
    if (parts[i].size > 0) {
      memcpy(bytes + written, parts[i].bytes, parts[i].size);
      written += parts[i].size;
    }
  }
  bytes[size] = '\0';
  return (bg_view){bytes, size};
}

bg_view
bg_arena_format(bg_arena *arena, const char *format, ...)
{
  va_list args;
  va_list again;
  va_start(args, format);
  va_copy(again, args);
  int length = vsnprintf(NULL, 0, format, args);
  va_end(args);
  size_t size = length < 0 ? 0 : (size_t)length;
  char *bytes = bg_arena_allocate(arena, size + 1);
  vsnprintf(bytes, size + 1, format, again);
  va_end(again);
  return (bg_view){bytes, size};
}
