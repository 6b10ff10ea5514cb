#include "input/bzip2_blocks.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

static const uint64_t block_magic = 0x314159265359;
static const uint64_t end_magic = 0x177245385090;
static const uint64_t magic_mask = ((uint64_t)1 << BG_BZIP2_MAGIC_BITS) - 1;

/// How far apart the pairs of bytes are that are looked at.
enum { stride = 4 };

/// A magic number fills at least five whole bytes, whichever bit it begins at:
/// of any four neighbouring places, at one a pair of those stands. So every
/// fourth pair tells where none is. For each pair of bytes, whether it may be
/// in a magic number.
struct bg_bzip2_finder {
  bool may_be[1 << 16];
};

bg_bzip2_finder *
bg_bzip2_finder_new(void)
{
  bg_bzip2_finder *finder = bg_heap_allocate(sizeof *finder);
  memset(finder, 0, sizeof *finder);
  // Of the whole bytes, the first begins at most seven bits behind the first
  // bit; their first pair ends 16 bits later, and so on.
  for (unsigned down = BG_BZIP2_MAGIC_BITS - 16; down >= 1; down--) {
    finder->may_be[(block_magic >> down) & 0xFFFF] = true;
    finder->may_be[(end_magic >> down) & 0xFFFF] = true;
  }
  finder->may_be[block_magic & 0xFFFF] = true;
  finder->may_be[end_magic & 0xFFFF] = true;
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

/// The first magic number that begins in the bytes from `first` to `last`, not
/// before bit `from`.
static bg_bzip2_magic
find_near(bg_view bytes, size_t first, size_t last, uint64_t from, uint64_t *at)
{
  for (size_t i = first; i <= last; i++) {
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

bg_bzip2_magic
bg_bzip2_find(const bg_bzip2_finder *finder, bg_view bytes, uint64_t from,
              uint64_t *at)
{
  const unsigned char *byte = (const unsigned char *)bytes.bytes;
  size_t start = (size_t)(from / 8);
  for (size_t i = start + 1; i + 2 <= bytes.size; i += stride) {
    if (!finder->may_be[byte[i] << 8 | byte[i + 1]]) {
      continue;
    }
    // The pair may be any of the number's, from its first byte to its fifth.
    size_t first = i >= start + stride ? i - stride : start;
    bg_bzip2_magic magic = find_near(bytes, first, i, from, at);
    if (magic != BG_BZIP2_NONE) {
      return magic;
    }
  }
  return BG_BZIP2_NONE;
}

static uint64_t
load_word(const unsigned char *bytes)
{
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
  return word;
}

/// Turns a number around where the machine's first byte is the lowest; twice is
/// as before.
static uint64_t
to_big_endian(uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  return __builtin_bswap64(word);
#else
  return word;
#endif
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
    size_t i = 0;
    for (; i + 8 <= whole; i += 8) {
      uint64_t bits =
          to_big_endian(load_word(in + i)) << shift | in[i + 8] >> (8 - shift);
      bits = to_big_endian(bits);
      memcpy(out + i, &bits, sizeof bits);
    }
    for (; i < whole; i++) {
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
