/// Unsigned numbers of any size, seven bits a byte, the lowest first; the last
/// byte has its highest bit clear. Of the room's own.

#ifndef BG_STORE_VARINT_H
#define BG_STORE_VARINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BG_LONGEST_VARINT = 10 };

static inline unsigned char *
bg_varint_write(unsigned char *to, uint64_t number)
{
  while (number >= 0x80) {
    *to++ = (unsigned char)(number | 0x80);
    number >>= 7;
  }
  *to++ = (unsigned char)number;
  return to;
}

/// NULL where the bytes up to `end` hold no whole number.
static inline const unsigned char *
bg_varint_read(const unsigned char *from, const unsigned char *end,
               uint64_t *number)
{
  uint64_t read = 0;
  for (unsigned shift = 0; from < end && shift < 64; shift += 7) {
    unsigned char byte = *from++;
    read |= (uint64_t)(byte & 0x7F) << shift;
    if (byte < 0x80) {
      *number = read;
      return from;
    }
  }
  return NULL;
}

#endif
