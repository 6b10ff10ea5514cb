/// UTF-8 in and out, and case, by Unicode's own tables (utf8proc).

#ifndef BG_BASE_UTF8_H
#define BG_BASE_UTF8_H

#include "base/arena.h"

/// Decodes the character at `offset`. Returns its length in bytes, 1 to 4, and
/// sets `codepoint`; 0 when the bytes there are not UTF-8 (RFC 3629).
size_t bg_utf8_decode(bg_view text, size_t offset, uint32_t *codepoint);

/// Appends at most 4 bytes to `bytes`; returns how many. U+FFFD for what is no
/// character.
size_t bg_utf8_encode(uint32_t codepoint, char bytes[4]);

bool bg_utf8_is_valid(bg_view text);

/// Text without the byte order mark that some programs put before it.
bg_view bg_utf8_skip_mark(bg_view text);

/// Offset of the first byte, from `offset`, that is not UTF-8 or that belongs
/// to a character XML 1.0 cannot hold (section 2.2: most control characters,
/// U+FFFE and U+FFFF); or BG_NOWHERE.
size_t bg_utf8_find_invalid(bg_view text, size_t offset);

/// Puts a question mark for each byte that bg_utf8_find_invalid would find;
/// returns how many. Every offset stays.
size_t bg_utf8_replace_invalid(char *bytes, size_t size);

/// With the first letter in upper case, as MediaWiki titles have it.
bg_view bg_utf8_upper_first(bg_view text, bg_arena *arena);

/// In lower case throughout, for words that are looked up; written to `bytes`.
/// Returns the size, or BG_NOWHERE when it is more than `capacity`.
size_t bg_utf8_lower(bg_view text, char *bytes, size_t capacity);

bool bg_utf8_is_letter(uint32_t codepoint);

/// Columns the text takes on a terminal.
size_t bg_utf8_width(bg_view text);

#endif
