#include "sparql/functions.h"
#include "sparql/literal.h"

#include <nettle/nettle-meta.h>

static bg_view
hash_text(const struct nettle_hash *hash, bg_view text, bg_arena *arena)
{
  uint8_t *digest = bg_arena_allocate(arena, hash->digest_size);
  void *context = bg_arena_allocate(arena, hash->context_size);
  hash->init(context);
  hash->update(context, text.size, (const uint8_t *)text.bytes);
  hash->digest(context, hash->digest_size, digest);
  const char digits[] = "0123456789abcdef";
  char *bytes = bg_arena_allocate(arena, 2 * (size_t)hash->digest_size);
  for (size_t i = 0; i < hash->digest_size; i++) {
    bytes[2 * i] = digits[digest[i] >> 4];
    bytes[2 * i + 1] = digits[digest[i] & 15];
  }
  return (bg_view){bytes, 2 * (size_t)hash->digest_size};
}

bg_view
bg_sha1_text(bg_view text, bg_arena *arena)
{
  return hash_text(&nettle_sha1, text, arena);
}

static bool
apply(const struct nettle_hash *hash, const bg_call *call, bg_term *result)
{
  if (!bg_value_is_plain(&call->arguments[0])) {
    return false;
  }
  *result = bg_value_plain(
      hash_text(hash, call->arguments[0].text, call->evaluation->arena));
  return true;
}

bool
bg_function_md5(const bg_call *call, bg_term *result)
{
  return apply(&nettle_md5, call, result);
}

bool
bg_function_sha1(const bg_call *call, bg_term *result)
{
  return apply(&nettle_sha1, call, result);
}

bool
bg_function_sha256(const bg_call *call, bg_term *result)
{
  return apply(&nettle_sha256, call, result);
}

bool
bg_function_sha384(const bg_call *call, bg_term *result)
{
  return apply(&nettle_sha384, call, result);
}

bool
bg_function_sha512(const bg_call *call, bg_term *result)
{
  return apply(&nettle_sha512, call, result);
}
