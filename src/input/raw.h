/// The bytes of a file or of standard input as they are. Of the room's own.

#ifndef BG_INPUT_RAW_H
#define BG_INPUT_RAW_H

#include "base/buffer.h"
#include "base/error.h"

typedef struct {
  int descriptor;
  const char *path;  ///< for messages: "standard input"
  uint64_t offset;   ///< of the byte that is read next
  uint64_t size;     ///< of the file; 0 where that is not known
  bool is_seekable;  ///< a regular file
  bg_buffer pending; ///< read ahead by bg_raw_peek
  size_t pending_at;
  bool (*is_stopped)(void); ///< ends a wait for bytes; may be NULL
} bg_raw;

/// "-" is standard input. BG_FAILED where it cannot be opened; a directory is
/// such a case.
bg_status bg_raw_open(const char *path, bg_raw *raw, bg_error *err);
void bg_raw_close(bg_raw *raw);

/// Reads at least one and at most `room` bytes, or BG_END, also where it was
/// stopped.
bg_status bg_raw_read(bg_raw *raw, char *to, size_t room, size_t *got,
                      bg_error *err);

/// The next bytes, at most `size` of them, which bg_raw_read will give. Once,
/// before the first read.
bg_status bg_raw_peek(bg_raw *raw, size_t size, bg_view *bytes, bg_error *err);

/// Goes to a byte of a seekable file.
bg_status bg_raw_seek(bg_raw *raw, uint64_t offset, bg_error *err);

#endif
