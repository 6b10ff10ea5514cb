/// The blocks of a bzip2 file. Each is compressed by itself and begins with a
/// magic number at any bit, so that blocks can be found without decoding
/// (as `bzip2recover` does), and decoded apart. There is no standard; the
/// format is what bzip2 1.0.8 writes. Of the room's own.

#ifndef BG_INPUT_BZIP2_BLOCKS_H
#define BG_INPUT_BZIP2_BLOCKS_H

#include "base/buffer.h"

enum { BG_BZIP2_MAGIC_BITS = 48 };

typedef enum {
  BG_BZIP2_NONE,  ///< no magic number before the end of the bytes
  BG_BZIP2_BLOCK, ///< 314159265359, pi
  BG_BZIP2_END,   ///< 177245385090, the root of pi: of a stream
} bg_bzip2_magic;

/// For finding magic numbers. Read-only once it is made.
typedef struct bg_bzip2_finder bg_bzip2_finder;
bg_bzip2_finder *bg_bzip2_finder_new(void);
void bg_bzip2_finder_free(bg_bzip2_finder *finder);

/// The first magic number that begins at bit `from` or later and stands in the
/// bytes as a whole; `at` is its bit, counted from the first byte's highest.
bg_bzip2_magic bg_bzip2_find(const bg_bzip2_finder *finder, bg_view bytes,
                             uint64_t from, uint64_t *at);

/// A stream that is put together from blocks.
typedef struct {
  bg_buffer bytes;
  unsigned spare;    ///< bits still free in the last byte
  uint32_t checksum; ///< of the blocks so far
} bg_bzip2_stream;

/// Begins an empty stream, keeping the memory.
void bg_bzip2_stream_begin(bg_bzip2_stream *stream);

/// Adds a block: `count` bits of `bytes` from bit `from` on, its magic number
/// among them. At least 80 bits.
void bg_bzip2_stream_add(bg_bzip2_stream *stream, bg_view bytes, uint64_t from,
                         uint64_t count);

void bg_bzip2_stream_end(bg_bzip2_stream *stream);

#endif
