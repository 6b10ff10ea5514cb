#include "input/bzip2_blocks.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

static const uint64_t block_magic = 0x314159265359;
static const uint64_t end_magic = 0x177245385090;
static const uint64_t magic_mask = ((uint64_t)1 << BG_BZIP2_MAGIC_BITS) - 1;

/// A magic number that begins `s` bits behind the beginning of a byte has its
/// bits 8 - s to 24 - s in the two bytes after that. For each pair of bytes,
/// which s can be: of a block in the lower eight bits, of an end above.
struct bg_bzip2_finder {
  uint16_t shifts[1 << 16];
};

bg_bzip2_finder *
bg_bzip2_finder_new(void)
{
  bg_bzip2_finder *finder = bg_heap_allocate(sizeof *finder);
  memset(finder, 0, sizeof *finder);
  for (unsigned s = 0; s < 8; s++) {
    unsigned down = BG_BZIP2_MAGIC_BITS - 24 + s;
    finder->shifts[(block_magic >> down) & 0xFFFF] |= (uint16_t)(1U << s);
    finder->shifts[(end_magic >> down) & 0xFFFF] |= (uint16_t)(256U << s);
  }
  return finder;
}

void
bg_bzip2_finder_free(bg_bzip2_finder *finder)
{
  free(finder);
}

/// Eight bytes, the first the highest; zeros behind the end.
static uint64_t
load_bits(bg_view bytes, size_t at)
{
  uint64_t bits = 0;
  for (size_t i = 0; i < 8; i++) {
    size_t place = at + i;
    bits = bits << 8 |
           (place < bytes.size ? (unsigned char)bytes.bytes[place] : 0U);
  }
  return bits;
}

bg_bzip2_magic
bg_bzip2_find(const bg_bzip2_finder *finder, bg_view bytes, uint64_t from,
              uint64_t *at)
{
  const unsigned char *byte = (const unsigned char *)bytes.bytes;
  for (size_t i = (size_t)(from / 8); i + 6 <= bytes.size; i++) {
    unsigned shifts = finder->shifts[byte[i + 1] << 8 | byte[i + 2]];
    if (shifts == 0) {
      continue;
    }
    uint64_t bits = load_bits(bytes, i);
    for (unsigned s = 0; s < 8; s++) {
      *at = (uint64_t)i * 8 + s;
      uint64_t magic = bits >> (64 - BG_BZIP2_MAGIC_BITS - s) & magic_mask;
      bool is_whole = *at + BG_BZIP2_MAGIC_BITS <= (uint64_t)bytes.size * 8;
      if (*at >= from && is_whole && magic == block_magic) {
        return BG_BZIP2_BLOCK;
      }
      if (*at >= from && is_whole && magic == end_magic) {
        return BG_BZIP2_END;
      }
    }
  }
  return BG_BZIP2_NONE;
}

/// Adds the `count` lower bits of `bits`, 56 at most.
static void
put_bits(bg_bzip2_stream *stream, uint64_t bits, unsigned count)
{
  while (count > 0) {
    if (stream->spare == 0) {
      bg_buffer_append_byte(&stream->bytes, '\0');
      stream->spare = 8;
    }
    unsigned now = count < stream->spare ? count : stream->spare;
    unsigned part = (unsigned)(bits >> (count - now)) & ((1U << now) - 1);
    unsigned char *last =
        (unsigned char *)stream->bytes.bytes + stream->bytes.size - 1;
    *last = (unsigned char)(*last | part << (stream->spare - now));
    stream->spare -= now;
    count -= now;
  }
}

void
bg_bzip2_stream_begin(bg_bzip2_stream *stream)
{
  bg_buffer_reset(&stream->bytes);
  bg_buffer_append(&stream->bytes, BG_VIEW("BZh9")); // the largest blocks
  stream->spare = 0;
  stream->checksum = 0;
}

void
bg_bzip2_stream_add(bg_bzip2_stream *stream, bg_view bytes, uint64_t from,
                    uint64_t count)
{
  // The block's own checksum stands behind its magic number.
  uint64_t behind = from + BG_BZIP2_MAGIC_BITS;
  uint64_t head = load_bits(bytes, (size_t)(behind / 8));
  uint32_t checksum = (uint32_t)(head >> (32 - behind % 8));
  stream->checksum =
      (stream->checksum << 1 | stream->checksum >> 31) ^ checksum;

  // To the beginning of a byte of the target, then byte by byte.
  unsigned first = stream->spare < count ? stream->spare : (unsigned)count;
  unsigned shift = (unsigned)(from % 8);
  if (first > 0) {
    uint64_t bits = load_bits(bytes, (size_t)(from / 8));
    put_bits(stream, bits << shift >> (64 - first), first);
    from += first;
    count -= first;
    shift = (unsigned)(from % 8);
  }
  size_t whole = (size_t)(count / 8);
  const unsigned char *in = (const unsigned char *)bytes.bytes + from / 8;
  unsigned char *out =
      (unsigned char *)bg_buffer_reserve(&stream->bytes, whole + 1);
  if (shift == 0) {
    memcpy(out, in, whole);
  } else {
    for (size_t i = 0; i < whole; i++) {
      out[i] = (unsigned char)(in[i] << shift | in[i + 1] >> (8 - shift));
    }
  }
  stream->bytes.size += whole;
  unsigned left = (unsigned)(count % 8);
  if (left > 0) {
    uint64_t at = from + (uint64_t)whole * 8;
    uint64_t bits = load_bits(bytes, (size_t)(at / 8));
    put_bits(stream, bits << (at % 8) >> (64 - left), left);
  }
}

void
bg_bzip2_stream_end(bg_bzip2_stream *stream)
{
  put_bits(stream, end_magic, BG_BZIP2_MAGIC_BITS);
  put_bits(stream, stream->checksum, 32);
  stream->spare = 0; // the rest of the last byte is zeros
}
