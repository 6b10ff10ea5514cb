#include "store/block.h"

#include "store/ids.h"
#include "store/varint.h"

// A quad is written as its difference from the one before it:
//
// quad  = head [varint(step)] number*
// head  = which part is the first that differs (2 bits), whether the last part
//         is that of the quad before (1 bit), step (5 bits; 0: it follows)
// step  = by how much the part that differs is more
// number = each part behind that one, but for a last part that is the same
enum { same_last = 4, step_shift = 3, most_short_step = 31 };

void
bg_key_write(const bg_key *key, unsigned char *bytes)
{
  for (int i = 0; i < BG_PARTS; i++) {
    for (int byte = 0; byte < 8; byte++) {
      *bytes++ = (unsigned char)(key->parts[i] >> 8 * (7 - byte));
    }
  }
}

bg_key
bg_key_read(const unsigned char *bytes)
{
  bg_key key;
  for (int i = 0; i < BG_PARTS; i++) {
    key.parts[i] = 0;
    for (int byte = 0; byte < 8; byte++) {
      key.parts[i] = key.parts[i] << 8 | *bytes++;
    }
  }
  return key;
}

// ---- ids as small numbers --------------------------------------------------

#define BIAS (UINT64_C(1) << (BG_ID_BITS - 1))

static bool
is_signed(unsigned kind)
{
  return kind >= BG_ID_INTEGER && kind <= BG_ID_YEAR;
}

/// The kind below, the payload above; signed ones by their distance from 0.
static uint64_t
number_of(bg_id id)
{
  unsigned kind = bg_id_kind_of(id);
  uint64_t payload = id & BG_ID_PAYLOAD;
  if (is_signed(kind)) {
    payload = payload >= BIAS ? (payload - BIAS) << 1
                              : ((BIAS - payload - 1) << 1 | 1);
  }
  return payload << 4 | kind;
}

static bg_id
id_of(uint64_t number)
{
  unsigned kind = number & 15;
  uint64_t payload = number >> 4;
  if (is_signed(kind)) {
    payload =
        (payload & 1) == 0 ? (payload >> 1) + BIAS : BIAS - 1 - (payload >> 1);
  }
  return (uint64_t)kind << BG_ID_BITS | (payload & BG_ID_PAYLOAD);
}

// ---- blocks ----------------------------------------------------------------

unsigned char *
bg_block_write(unsigned char *to, const bg_key *before, const bg_key *key)
{
  const int last = BG_PARTS - 1;
  int differs = 0;
  while (differs < last && before->parts[differs] == key->parts[differs]) {
    differs++;
  }
  uint64_t step = key->parts[differs] - before->parts[differs];
  bool is_same = differs < last && before->parts[last] == key->parts[last];
  unsigned head = (unsigned)differs | (is_same ? same_last : 0);
  if (step <= most_short_step) {
    *to++ = (unsigned char)(head | (unsigned)step << step_shift);
  } else {
    *to++ = (unsigned char)head;
    to = bg_varint_write(to, step);
  }
  for (int i = differs + 1; i < (is_same ? last : BG_PARTS); i++) {
    to = bg_varint_write(to, number_of(key->parts[i]));
  }
  return to;
}

void
bg_block_open(bg_block_reader *reader, const void *first, const void *bytes,
              size_t size)
{
  *reader = (bg_block_reader){.at = bytes,
                              .end = (const unsigned char *)bytes + size,
                              .key = bg_key_read(first)};
}

bool
bg_block_next(bg_block_reader *reader)
{
  const unsigned char *at = reader->at;
  if (at == reader->end) {
    return false;
  }
  unsigned head = *at++;
  unsigned differs = head & 3;
  uint64_t step = head >> step_shift;
  if (step == 0) {
    at = bg_varint_read(at, reader->end, &step);
  }
  unsigned end = (head & same_last) != 0 ? BG_PARTS - 1 : BG_PARTS;
  reader->key.parts[differs] += step;
  for (unsigned i = differs + 1; i < end && at != NULL; i++) {
    uint64_t number;
    at = bg_varint_read(at, reader->end, &number);
    if (at != NULL) {
      reader->key.parts[i] = id_of(number);
    }
  }
  reader->is_damaged = reader->is_damaged || at == NULL || step == 0;
  reader->at = reader->is_damaged ? reader->end : at;
  return !reader->is_damaged;
}
