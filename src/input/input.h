/// Files to pages. What a file is, its content tells, not its name: a MediaWiki
/// XML export or dump, a plain rendering ("= Title ="), or the wikitext of one
/// page; each also compressed with gzip, bzip2, xz or zstd. An input is used by
/// one thread; it gives work to a pool's.

#ifndef BG_INPUT_INPUT_H
#define BG_INPUT_INPUT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/pool.h"
#include "base/view.h"

enum {
  /// A longer text is no article: MediaWiki keeps texts below 2 MiB
  /// ($wgMaxArticleSize), and their escaped form is hardly twice as long.
  BG_LONGEST_TEXT = 8 << 20,
};

typedef enum {
  BG_FORM_PLAIN,    ///< "= Title =", "- Key: value" lines, prose
  BG_FORM_WIKITEXT, ///< one page as its editors see it
} bg_page_form;

/// A place in a file from which it can be read again. The units of `origin` are
/// the kind of file's own (bytes, in bzip2 bits).
typedef struct {
  uint64_t origin; ///< where decoding begins
  uint64_t ahead;  ///< bytes to leave out then
  uint64_t given;  ///< and pages that have been given from there
} bg_position;

/// The views live until the next page is asked for or the input is closed.
typedef struct {
  bg_view title;    ///< with spaces, as people read it
  bg_view language; ///< a code: "en"
  bg_view wiki;     ///< a code: "en", "simple"; names the page's address
  bg_view text;     ///< valid UTF-8; offsets in it are those of the source
  bg_page_form form;
  const char *path; ///< where it came from, for messages
  // Of a page of a dump; else zero:
  bool is_of_dump;
  bool is_escaped; ///< `text` is not yet read: bg_page_read_text
  int namespace;   ///< 0: an article
  uint64_t id;
  uint64_t revision;
  bg_view timestamp; ///< of the revision: "2026-06-01T00:00:00Z"
  bg_view redirect;  ///< the title that it sends readers to
} bg_page;

/// Told of each flaw that an input has, without its newline.
typedef void bg_complaint_handler(void *context, const char *message);

/// How bzip2 is decoded.
typedef enum {
  BG_DECOMPRESSOR_AUTO,   ///< by lbzip2 where it is installed
  BG_DECOMPRESSOR_LIBBZ2, ///< in this program
  BG_DECOMPRESSOR_LBZIP2, ///< by a child process
} bg_decompressor;

/// A part of a dump.
typedef struct {
  bg_position start;       ///< go on from here; or zeros
  uint64_t from;           ///< pages that begin at this byte of the file …
  uint64_t to;             ///< … or later, and before this one; UINT64_MAX
  const uint64_t *streams; ///< of bzip2: the bytes where the streams begin
                           ///< that are to be read; sorted
  size_t stream_count;     ///< 0: all
} bg_part;

typedef struct {
  const char *title;    ///< of a page that carries none; NULL: the file's name
  const char *language; ///< NULL: what a dump says, else "en"
  bg_complaint_handler *complain; ///< may be NULL
  void *context;                  ///< for `complain`
  bg_pool *pool;                  ///< for decoding; may be NULL
  bg_decompressor decompressor;
  bool all_revisions;       ///< of a page with its history; else the last one
  bool is_strict;           ///< read XML by expat alone
  bool (*is_stopped)(void); ///< asked now and then: the input ends; may be NULL
} bg_input_options;

typedef struct bg_input bg_input;

/// Opens a file, or standard input for "-". `path`, the options and `part`,
/// which may be NULL, must outlive the input. BG_FAILED where it cannot be
/// read; BG_REFUSED where it is empty or no text; BG_MISUSED where its page has
/// no title.
bg_status bg_input_open(const char *path, const bg_input_options *options,
                        const bg_part *part, bg_input **input, bg_error *err);
void bg_input_close(bg_input *input);

/// The next page, or BG_END. Pages of every namespace come, and redirects; what
/// is no wikitext does not.
bg_status bg_input_next(bg_input *input, bg_page *page, bg_error *err);

/// Reads the text of an escaped page: undoes XML's references, puts a question
/// mark for each byte that is no text. Any thread. The page then lives in
/// `arena`. The number of bytes replaced.
size_t bg_page_read_text(bg_page *page, bg_arena *arena);

/// True when something was lost or replaced: the pages are not all that was
/// there.
bool bg_input_is_damaged(const bg_input *input);

/// Whether it is an XML export or dump.
bool bg_input_is_dump(const bg_input *input);

/// Where the page after the last one begins.
bg_position bg_input_position(const bg_input *input);

/// Bytes of the file that have been read, of so many; 0 where that is not
/// known.
void bg_input_progress(const bg_input *input, uint64_t *done, uint64_t *total);

/// A file's name without the endings of compressed files: "x.nq" for "x.nq.gz".
bg_view bg_unpacked_name(const char *path);

/// Appends all of a file, which may be compressed as a dump may. BG_REFUSED
/// where something of it is broken.
bg_status bg_content_read(const char *path, bg_buffer *content, bg_error *err);

/// The lines of a text file, which may be compressed as a dump may.
typedef struct bg_lines bg_lines;

/// `options` must outlive the lines; `path` "-" is standard input.
bg_status bg_lines_open(const char *path, const bg_input_options *options,
                        bg_lines **lines, bg_error *err);
void bg_lines_close(bg_lines *lines);

/// The next line without its end, until the next call; or BG_END. BG_REFUSED
/// for one longer than any, and where a part of the file was lost.
bg_status bg_lines_next(bg_lines *lines, bg_view *line, bg_error *err);

/// Reads a line of the index of a multistream dump, "offset:page id:title",
/// where the title is escaped as in the dump: it is written to `bytes`, which
/// has room for as much as the line. False where it is none.
bool bg_index_line_read(bg_view line, uint64_t *offset, bg_view *title,
                        char *bytes);

#endif
