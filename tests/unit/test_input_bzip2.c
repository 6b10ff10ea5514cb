/// Blocks of bzip2: found at any bit, and put together to streams that libbz2
/// decodes.

#include "input/bzip2_blocks.h"
#include "tap.h"

#include <bzlib.h>
#include <stdlib.h>
#include <string.h>

enum {
  text_size = 450000, // at 100 kB a block: some blocks
  most_blocks = 16,
};

typedef struct {
  uint64_t from;
  uint64_t count;
} found_block;

typedef struct {
  found_block items[most_blocks];
  size_t count;
  size_t ends;
} found_blocks;

/// The same numbers on every machine (C11 leaves rand() open).
static uint32_t
next_random(uint32_t *state)
{
  *state = *state * 1664525U + 1013904223U;
  return *state >> 8;
}

/// Words that pack to blocks of odd numbers of bits.
static void
make_text(char *text, uint32_t seed)
{
  for (size_t i = 0; i < text_size; i++) {
    uint32_t random = next_random(&seed);
    text[i] = (char)(random % 7 == 0 ? ' ' : 'a' + random % 19);
  }
}

static void
pack(const char *text, bg_buffer *packed)
{
  unsigned size = text_size + text_size / 100 + 600;
  bg_buffer_reset(packed);
  char *to = bg_buffer_reserve(packed, size);
  if (BZ2_bzBuffToBuffCompress(to, &size, (char *)(uintptr_t)text, text_size, 1,
                               0, 0) != BZ_OK) {
    exit(99);
  }
  packed->size = size;
}

/// `bytes` behind `shift` bits, which are ones.
static void
shift_bits(bg_view bytes, unsigned shift, bg_buffer *shifted)
{
  bg_buffer_reset(shifted);
  unsigned last = 0xFF;
  for (size_t i = 0; i < bytes.size; i++) {
    unsigned byte = (unsigned char)bytes.bytes[i];
    bg_buffer_append_byte(shifted, (char)(last << (8 - shift) | byte >> shift));
    last = byte;
  }
  bg_buffer_append_byte(shifted, (char)(last << (8 - shift)));
}

static void
find_blocks(const bg_bzip2_finder *finder, bg_view bytes, found_blocks *found)
{
  bool is_open = false;
  uint64_t begin = 0;
  uint64_t from = 0;
  uint64_t at = 0;
  bg_bzip2_magic magic;
  *found = (found_blocks){.count = 0};
  while ((magic = bg_bzip2_find(finder, bytes, from, &at)) != BG_BZIP2_NONE) {
    if (is_open && found->count < most_blocks) {
      found->items[found->count++] = (found_block){begin, at - begin};
    }
    is_open = magic == BG_BZIP2_BLOCK;
    found->ends += magic == BG_BZIP2_END;
    begin = at;
    from = at + 1;
  }
}

/// Whether a stream holds the `size` bytes that `text` begins with, and its
/// checksum is right. Where `size` is NULL, all; else it becomes their number.
static bool
holds(const bg_bzip2_stream *stream, const char *text, size_t most,
      size_t *size)
{
  char *out = malloc(text_size + 1);
  unsigned got = text_size + 1;
  int result = BZ2_bzBuffToBuffDecompress(out, &got, stream->bytes.bytes,
                                          (unsigned)stream->bytes.size, 0, 0);
  bool is_same = result == BZ_OK && got <= most && memcmp(out, text, got) == 0;
  free(out);
  if (size == NULL) {
    return is_same && got == most;
  }
  *size = got;
  return is_same;
}

static void
add_block(bg_bzip2_stream *stream, bg_view bytes, const found_block *block)
{
  bg_bzip2_stream_add(stream, bytes, block->from, block->count);
}

/// All blocks in one stream, and each in one of its own.
static void
check_blocks(const bg_bzip2_finder *finder, bg_view bytes, unsigned shift,
             const char *text)
{
  found_blocks found;
  bg_bzip2_stream stream = {.spare = 0};
  find_blocks(finder, bytes, &found);
  ok(found.count == 5 && found.ends == 1, "%u bits on: finds 5 blocks, an end",
     shift);
  bg_bzip2_stream_begin(&stream);
  for (size_t i = 0; i < found.count; i++) {
    add_block(&stream, bytes, &found.items[i]);
  }
  bg_bzip2_stream_end(&stream);
  ok(holds(&stream, text, text_size, NULL), "%u bits on: put together again",
     shift);

  size_t at = 0;
  bool are_whole = true;
  for (size_t i = 0; i < found.count; i++) {
    size_t size;
    bg_bzip2_stream_begin(&stream);
    add_block(&stream, bytes, &found.items[i]);
    bg_bzip2_stream_end(&stream);
    are_whole = are_whole && holds(&stream, text + at, text_size - at, &size);
    at += are_whole ? size : 0;
  }
  ok(are_whole && at == text_size, "%u bits on: each by itself", shift);
  bg_buffer_release(&stream.bytes);
}

static void
check_shifts(const bg_bzip2_finder *finder)
{
  static char text[text_size];
  bg_buffer packed;
  bg_buffer shifted;
  bg_buffer_init(&packed);
  bg_buffer_init(&shifted);
  for (unsigned shift = 0; shift < 8; shift++) {
    make_text(text, 717 + shift);
    pack(text, &packed);
    shift_bits(bg_buffer_view(&packed), shift, &shifted);
    check_blocks(finder, bg_buffer_view(&shifted), shift, text);
  }
  bg_buffer_release(&packed);
  bg_buffer_release(&shifted);
}

// ---- magic numbers ---------------------------------------------------------

static const uint64_t magics[] = {
    [BG_BZIP2_BLOCK] = 0x314159265359,
    [BG_BZIP2_END] = 0x177245385090,
};

/// Random bits with a magic number at bit `bit`.
static void
put_magic(char *bytes, size_t size, bg_bzip2_magic magic, uint64_t bit,
          uint32_t *seed)
{
  for (size_t i = 0; i < size; i++) {
    bytes[i] = (char)next_random(seed);
  }
  for (unsigned i = 0; i < BG_BZIP2_MAGIC_BITS; i++) {
    uint64_t at = bit + i;
    unsigned mask = 0x80U >> at % 8;
    bool is_set = magics[magic] >> (BG_BZIP2_MAGIC_BITS - 1 - i) & 1;
    unsigned byte = (unsigned char)bytes[at / 8];
    bytes[at / 8] = (char)(is_set ? byte | mask : byte & ~mask);
  }
}

static void
check_places(const bg_bzip2_finder *finder, bg_bzip2_magic magic,
             const char *what)
{
  enum { size = 24 };
  char bytes[size];
  uint32_t seed = 717;
  unsigned found = 0;
  unsigned cut = 0;
  unsigned passed = 0;
  const unsigned places = size * 8 - BG_BZIP2_MAGIC_BITS + 1;
  for (uint64_t bit = 0; bit < places; bit++) {
    uint64_t at = 0;
    put_magic(bytes, size, magic, bit, &seed);
    bg_view whole = {bytes, size};
    found += bg_bzip2_find(finder, whole, 0, &at) == magic && at == bit;
    found += bg_bzip2_find(finder, whole, bit, &at) == magic && at == bit;
    passed += bg_bzip2_find(finder, whole, bit + 1, &at) == BG_BZIP2_NONE;
    size_t end = (size_t)(bit + BG_BZIP2_MAGIC_BITS + 7) / 8;
    found += bg_bzip2_find(finder, (bg_view){bytes, end}, 0, &at) == magic;
    cut += bg_bzip2_find(finder, (bg_view){bytes, end - 1}, 0, &at) ==
           BG_BZIP2_NONE;
  }
  ok(found == 3 * places, "%s is found at every bit", what);
  ok(passed == places, "%s is not found from behind its first bit", what);
  ok(cut == places, "%s that is not whole is none", what);
}

static void
check_empty(const bg_bzip2_finder *finder)
{
  uint64_t at = 0;
  ok(bg_bzip2_find(finder, BG_VIEW(""), 0, &at) == BG_BZIP2_NONE,
     "nothing holds nothing");
  ok(bg_bzip2_find(finder, BG_VIEW("1AY&SY"), 0, &at) == BG_BZIP2_BLOCK &&
         at == 0,
     "six bytes are enough");
  ok(bg_bzip2_find(finder, BG_VIEW("1AY&SY"), 99, &at) == BG_BZIP2_NONE,
     "behind the end is nothing");
  bg_bzip2_stream stream = {.spare = 0};
  bg_bzip2_stream_begin(&stream);
  bg_bzip2_stream_end(&stream);
  ok(holds(&stream, "", 0, NULL), "a stream without blocks is one");
  bg_buffer_release(&stream.bytes);
}

int
main(void)
{
  bg_bzip2_finder *finder = bg_bzip2_finder_new();
  check_places(finder, BG_BZIP2_BLOCK, "the beginning of a block");
  check_places(finder, BG_BZIP2_END, "the end of a stream");
  check_empty(finder);
  check_shifts(finder);
  bg_bzip2_finder_free(finder);
  return done_testing();
}
