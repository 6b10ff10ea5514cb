#include "wikitext/scanner.h"

#ifdef __SSE2__
#  include <emmintrin.h>
#endif

uint64_t
bg_classify_portable(const char bytes[BG_BLOCK])
{
  static const bool is_mark[256] = {
      ['['] = true,  [']'] = true, ['{'] = true, ['|'] = true,
      ['}'] = true,  ['<'] = true, ['='] = true, ['&'] = true,
      ['\''] = true, [':'] = true, ['_'] = true, ['\n'] = true,
  };
  uint64_t marks = 0;
  for (unsigned i = 0; i < BG_BLOCK; i++) {
    marks |= (uint64_t)is_mark[(unsigned char)bytes[i]] << i;
  }
  return marks;
}

#ifdef __SSE2__

static __m128i
is_byte(__m128i bytes, char byte)
{
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte));
}

/// Bytes that differ in the lowest bit are looked for together: & and ', < and
/// =. So are the neighbours { | }.
static uint64_t
classify_16(const char *bytes)
{
  __m128i all = _mm_loadu_si128((const __m128i *)(const void *)bytes);
  __m128i evened = _mm_or_si128(all, _mm_set1_epi8(1));
  __m128i above = _mm_sub_epi8(all, _mm_set1_epi8('{'));
  __m128i braces = _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8(2)), above);
  __m128i pairs = _mm_or_si128(is_byte(evened, '\''), is_byte(evened, '='));
  __m128i brackets = _mm_or_si128(is_byte(all, '['), is_byte(all, ']'));
  __m128i others = _mm_or_si128(
      is_byte(all, '\n'), _mm_or_si128(is_byte(all, ':'), is_byte(all, '_')));
  __m128i marks =
      _mm_or_si128(_mm_or_si128(braces, pairs), _mm_or_si128(brackets, others));
  return (uint64_t)(unsigned)_mm_movemask_epi8(marks);
}

uint64_t
bg_classify_sse2(const char bytes[BG_BLOCK])
{
  uint64_t marks = 0;
  for (unsigned i = 0; i < BG_BLOCK; i += 16) {
    marks |= classify_16(bytes + i) << i;
  }
  return marks;
}

#endif

bg_classifier *
bg_classifier_best(void)
{
#ifdef __SSE2__
  return bg_classify_sse2;
#else
  return bg_classify_portable;
#endif
}
