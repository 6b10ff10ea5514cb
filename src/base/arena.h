/// Memory that goes all at once, and the one place where running out of it
/// ends the program. An arena is used by one thread at a time.

#ifndef BG_BASE_ARENA_H
#define BG_BASE_ARENA_H

#include "base/view.h"

typedef struct bg_arena bg_arena;

bg_arena *bg_arena_new(void);
void bg_arena_free(bg_arena *arena);

/// Forgets all that was allocated; keeps the memory for what comes next.
void bg_arena_reset(bg_arena *arena);

/// Bytes handed out since the last reset.
size_t bg_arena_used(const bg_arena *arena);

/// Uninitialised, aligned for any type. Lives until reset or free.
void *bg_arena_allocate(bg_arena *arena, size_t size);

/// The same, zeroed, for `count` things of `size` bytes.
void *bg_arena_allocate_zeroed(bg_arena *arena, size_t count, size_t size);

/// A zeroed TYPE, and an array of them.
#define BG_NEW(arena, type) \
  ((type *)bg_arena_allocate_zeroed((arena), 1, sizeof(type)))
#define BG_NEW_ARRAY(arena, type, count) \
  ((type *)bg_arena_allocate_zeroed((arena), (count), sizeof(type)))

/// The parts one after another, terminated by a NUL that the view does not
/// count.
bg_view bg_arena_concat(bg_arena *arena, const bg_view *parts, size_t count);

/// A copy of `view`, terminated by a NUL that the view does not count.
bg_view bg_arena_copy(bg_arena *arena, bg_view view);
bg_view bg_arena_join(bg_arena *arena, bg_view a, bg_view b);

__attribute__((format(printf, 2, 3))) bg_view
bg_arena_format(bg_arena *arena, const char *format, ...);

/// An array that grows in an arena: the old place is left behind, so the total
/// is at most twice the last size. `items`, `count` and `capacity` are fields
/// of the caller's own struct.
#define BG_PUSH(arena, list)                                             \
  (*((list)->count == (list)->capacity                                   \
         ? ((list)->items =                                              \
                bg_arena_grow((arena), (list)->items, &(list)->capacity, \
                              (list)->count, sizeof *(list)->items),     \
            &(list)->items[(list)->count++])                             \
         : &(list)->items[(list)->count++]))

void *bg_arena_grow(bg_arena *arena, const void *items, size_t *capacity,
                    size_t count, size_t size);

/// Heap memory for what outlives a page. Never NULL; free() it.
void *bg_heap_allocate(size_t size);
void *bg_heap_resize(void *memory, size_t size);

#endif
