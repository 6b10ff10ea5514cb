/// Finds the bytes that can begin or end markup: [ ] { | } < = & ' : _ and the
/// line feed. Of the room's own.

#ifndef BG_WIKITEXT_SCANNER_H
#define BG_WIKITEXT_SCANNER_H

#include "base/view.h"

#include <string.h>

enum { BG_BLOCK = 64 };

/// Bit n is set where bytes[n] is such a byte.
typedef uint64_t bg_classifier(const char bytes[BG_BLOCK]);

uint64_t bg_classify_portable(const char bytes[BG_BLOCK]);
#ifdef __SSE2__
uint64_t bg_classify_sse2(const char bytes[BG_BLOCK]);
#endif

/// The fastest that this program was compiled with.
bg_classifier *bg_classifier_best(void);

typedef struct {
  bg_view text;
  bg_classifier *classify;
  size_t block;   ///< offset of the bytes that `marks` is about
  uint64_t marks; ///< what `classify` said
} bg_scanner;

static inline void
bg_scanner_load(bg_scanner *scanner, size_t block)
{
  size_t left = scanner->text.size - block;
  scanner->block = block;
  if (left >= BG_BLOCK) {
    scanner->marks = scanner->classify(scanner->text.bytes + block);
  } else {
    char rest[BG_BLOCK] = {0};
    memcpy(rest, scanner->text.bytes + block, left);
    scanner->marks = scanner->classify(rest);
  }
}

static inline void
bg_scanner_init(bg_scanner *scanner, bg_view text, bg_classifier *classify)
{
  *scanner = (bg_scanner){.text = text, .classify = classify};
  if (text.size > 0) {
    bg_scanner_load(scanner, 0);
  }
}

/// Offset of the first such byte at or after `from`; the text's size when there
/// is none. `from` must not be less than in the call before.
static inline size_t
bg_scanner_next(bg_scanner *scanner, size_t from)
{
  size_t size = scanner->text.size;
  if (from >= size) {
    return size;
  }
  size_t block = from / BG_BLOCK * BG_BLOCK;
  if (block != scanner->block) {
    bg_scanner_load(scanner, block);
  }
  uint64_t marks = scanner->marks & (~UINT64_C(0) << (from - block));
  while (marks == 0) {
    block += BG_BLOCK;
    if (block >= size) {
      return size;
    }
    bg_scanner_load(scanner, block);
    marks = scanner->marks;
  }
  return block + (size_t)__builtin_ctzll(marks);
}

#endif
