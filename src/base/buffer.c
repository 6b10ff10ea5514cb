#include "base/buffer.h"

#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
bg_buffer_init(bg_buffer *buffer)
{
  *buffer = (bg_buffer){NULL, 0, 0};
}

void
bg_buffer_release(bg_buffer *buffer)
{
  free(buffer->bytes);
  bg_buffer_init(buffer);
}

void
bg_buffer_reset(bg_buffer *buffer)
{
  buffer->size = 0;
}

char *
bg_buffer_reserve(bg_buffer *buffer, size_t more)
{
  if (more > buffer->capacity - buffer->size || buffer->bytes == NULL) {
    size_t capacity = buffer->capacity * 2 + 16;
    if (capacity < buffer->size + more) {
      capacity = buffer->size + more;
    }
    buffer->bytes = bg_heap_resize(buffer->bytes, capacity);
    buffer->capacity = capacity;
  }
  return buffer->bytes + buffer->size;
}

void
bg_buffer_append(bg_buffer *buffer, bg_view view)
{
  if (view.size > 0) {
    memcpy(bg_buffer_reserve(buffer, view.size), view.bytes, view.size);
    buffer->size += view.size;
  }
}

void
bg_buffer_append_byte(bg_buffer *buffer, char byte)
{
  *bg_buffer_reserve(buffer, 1) = byte;
  buffer->size++;
}

void
bg_buffer_format(bg_buffer *buffer, const char *format, ...)
{
  va_list args;
  va_list again;
  va_start(args, format);
  va_copy(again, args);
  int length = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (length > 0) {
    // vsnprintf ends with a NUL, which is not part of the content.
    char *start = bg_buffer_reserve(buffer, (size_t)length + 1);
    vsnprintf(start, (size_t)length + 1, format, again);
    buffer->size += (size_t)length;
  }
  va_end(again);
}

bg_view
bg_buffer_view(const bg_buffer *buffer)
{
  return (bg_view){buffer->bytes == NULL ? "" : buffer->bytes, buffer->size};
}
