/// The bytes that a file holds once it is decompressed: none, gzip, bzip2, xz
/// or zstd, told by its first bytes. What is broken in a compressed file is
/// complained of with its place, and skipped. A source is used by one thread.
/// Of the room's own.

#ifndef BG_INPUT_SOURCE_H
#define BG_INPUT_SOURCE_H

#include "base/arena.h"
#include "input/input.h"
#include "input/raw.h"

/// Of the bytes that one read gave.
typedef struct {
  bg_position begin; ///< where decoding can begin anew to come to them
  bool is_broken;    ///< what stood before them was lost
  bool is_beyond;    ///< they stand behind the end of the part asked for
} bg_mark;

typedef struct bg_source bg_source;

/// How one kind of file is read.
typedef struct {
  unsigned unit;    ///< of positions: 8 for bits, 1 for bytes of a compressed
                    ///< file, 0 for bytes of a plain one
  bool has_parts;   ///< reading can begin at any byte of a file
  bool has_streams; ///< an index can name those to be read
  /// Goes to the part asked for. May be NULL.
  bg_status (*begin)(bg_source *source, bg_error *err);
  /// Appends the next bytes; none are allowed with `is_broken`.
  bg_status (*read)(bg_source *source, bg_buffer *to, bg_mark *mark,
                    bg_error *err);
  /// Frees what the kind has made, not the source's own fields.
  void (*close)(bg_source *source);
} bg_source_kind;

/// The first field of each kind's own struct.
struct bg_source {
  const bg_source_kind *kind;
  bg_raw raw;
  const bg_input_options *options;
  bg_part part;
  uint64_t skip; ///< bytes still to be left out
  bool is_damaged;
  unsigned complaints;
};

/// A NULL part is the whole file.
bg_status bg_source_open(const char *path, const bg_input_options *options,
                         const bg_part *part, bg_source **source,
                         bg_error *err);
void bg_source_close(bg_source *source);

/// Appends some bytes to `to`, or BG_END. At the end, too, the mark says
/// whether something was lost before it.
bg_status bg_source_read(bg_source *source, bg_buffer *to, bg_mark *mark,
                         bg_error *err);

/// A position as messages name it: "byte 17", and of a compressed file "byte 17
/// of what byte 4 decompresses to".
void bg_source_describe(const bg_source *source, bg_position at, char *text,
                        size_t size);

/// Complains of what is broken, with the file's name before it; the source is
/// damaged from then on.
__attribute__((format(printf, 2, 3))) void
bg_source_complain(bg_source *source, const char *format, ...);

/// Whether a skippable frame of zstd begins so (RFC 8878, 3.1.2): a member that
/// holds nothing, and may stand before the first.
bool bg_zstd_begins_skippable(bg_view in);

// The kinds, on the heap.
bg_source *bg_source_new_plain(void);
bg_source *bg_source_new_gzip(void);
bg_source *bg_source_new_bzip2(void);
bg_source *bg_source_new_xz(void);
bg_source *bg_source_new_zstd(void);

#endif
