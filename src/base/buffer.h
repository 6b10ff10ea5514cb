/// Bytes that grow, on the heap.

#ifndef BG_BASE_BUFFER_H
#define BG_BASE_BUFFER_H

#include "base/view.h"

typedef struct {
  char *bytes;
  size_t size;
  size_t capacity;
} bg_buffer;

/// An initialised empty buffer is all zeros.
void bg_buffer_init(bg_buffer *buffer);
void bg_buffer_release(bg_buffer *buffer);
void bg_buffer_reset(bg_buffer *buffer);

/// Makes room for `more` bytes after the content; returns where they go.
char *bg_buffer_reserve(bg_buffer *buffer, size_t more);
void bg_buffer_append(bg_buffer *buffer, bg_view view);
void bg_buffer_append_byte(bg_buffer *buffer, char byte);

__attribute__((format(printf, 2, 3))) void
bg_buffer_format(bg_buffer *buffer, const char *format, ...);

/// Borrows the content until the buffer changes.
bg_view bg_buffer_view(const bg_buffer *buffer);

#endif
