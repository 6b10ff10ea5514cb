/// Sorted quads of one order, packed: FORMAT.md, "Blocks". Of the room's own.

#ifndef BG_STORE_BLOCK_H
#define BG_STORE_BLOCK_H

#include "base/buffer.h"
#include "store/order.h"

enum {
  BG_KEY_BYTES = BG_PARTS * 8,
  /// Four blocks with their keys and LMDB's headers fill a page of 4096 bytes.
  BG_BLOCK_BYTES = 976,
  /// Of one quad: its first byte and four numbers.
  BG_LONGEST_QUAD = 1 + BG_PARTS * 10,
};

/// Big-endian, so that the bytes compare as the key does.
void bg_key_write(const bg_key *key, unsigned char *bytes);
bg_key bg_key_read(const unsigned char *bytes);

/// Writes `key`, which follows on `before`, and returns where it ends.
unsigned char *bg_block_write(unsigned char *to, const bg_key *before,
                              const bg_key *key);

/// Reads a block: its key in the file is its first quad.
typedef struct {
  const unsigned char *at;
  const unsigned char *end;
  bg_key key; ///< what was read last
  bool is_damaged;
} bg_block_reader;

/// Goes before the first quad, which is `first`.
void bg_block_open(bg_block_reader *reader, const void *first,
                   const void *bytes, size_t size);

/// The next quad, after the first, into `reader->key`; false at the end.
bool bg_block_next(bg_block_reader *reader);

#endif
