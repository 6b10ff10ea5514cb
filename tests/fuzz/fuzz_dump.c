/// Any bytes as a file of pages. The first byte chooses how they are read:
///   bits 0 to 2: 0: as they are; else packed first, in two members:
///                1 gzip, 2 xz, 3 zstd, 4 bzip2;
///   bit 3: by expat alone;
///   bit 4: every revision;
///   bits 5 to 7: also in two parts, cut at so many eighths of the file.
/// "@" is a file as it is, whole and in two parts.

#include "config.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "input/input.h"
#include "input/xml.h"

#include <bzlib.h>
#include <lzma.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum {
  most_pages = 1 << 14,  // of what a packed file may stand for
  most_bytes = 64 << 20, // of their texts
};

typedef struct {
  bg_view title;
  bg_view text;
  uint64_t revision;
  bg_position after;
} seen_page;

typedef struct {
  seen_page *items;
  size_t count;
  size_t capacity;
  size_t size;         // of the texts
  unsigned complaints; // an error is one
  bool is_dump;
  bool is_whole;
} reading;

static void
expect(bool is_kept)
{
  if (!is_kept) {
    abort();
  }
}

// ---- the file --------------------------------------------------------------

static char path[64];

#ifdef HAVE_MEMFD_CREATE

static int
open_file(void)
{
  int descriptor = memfd_create("battlegraph-fuzz", MFD_CLOEXEC);
  snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
  return descriptor;
}

#else

static void
remove_file(void)
{
  unlink(path);
}

static int
open_file(void)
{
  snprintf(path, sizeof path, "/tmp/bg-fuzz-XXXXXX");
  atexit(remove_file);
  return mkstemp(path);
}

#endif

/// The same file in each run.
static void
write_file(bg_view bytes)
{
  static int descriptor = -1;
  if (descriptor < 0) {
    descriptor = open_file();
  }
  expect(ftruncate(descriptor, 0) == 0 &&
         pwrite(descriptor, bytes.bytes, bytes.size, 0) == (ssize_t)bytes.size);
}

static size_t
pack_gzip(bg_view in, char *to, size_t room)
{
  z_stream stream = {.next_in = (Bytef *)(uintptr_t)in.bytes,
                     .avail_in = (uInt)in.size,
                     .next_out = (Bytef *)to,
                     .avail_out = (uInt)room};
  deflateInit2(&stream, 1, Z_DEFLATED, 16 + 9, 1, Z_DEFAULT_STRATEGY);
  expect(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  deflateEnd(&stream);
  return stream.total_out;
}

static size_t
pack_xz(bg_view in, char *to, size_t room)
{
  size_t size = 0;
  expect(lzma_easy_buffer_encode(0, LZMA_CHECK_CRC32, NULL,
                                 (const uint8_t *)in.bytes, in.size,
                                 (uint8_t *)to, &size, room) == LZMA_OK);
  return size;
}

static size_t
pack_zstd(bg_view in, char *to, size_t room)
{
  size_t size = ZSTD_compress(to, room, in.bytes, in.size, 1);
  expect(!ZSTD_isError(size));
  return size;
}

static size_t
pack_bzip2(bg_view in, char *to, size_t room)
{
  unsigned size = (unsigned)room;
  expect(BZ2_bzBuffToBuffCompress(to, &size, (char *)(uintptr_t)in.bytes,
                                  (unsigned)in.size, 1, 0, 0) == BZ_OK);
  return size;
}

static size_t (*const packers[8])(bg_view in, char *to, size_t room) = {
    NULL, pack_gzip, pack_xz, pack_zstd, pack_bzip2};

static void
pack(unsigned how, bg_view bytes, bg_buffer *to)
{
  size_t middle = bytes.size / 2;
  const bg_view halves[] = {bg_view_slice(bytes, 0, middle),
                            bg_view_slice(bytes, middle, bytes.size)};
  for (size_t i = 0; i < 2; i++) {
    size_t room = halves[i].size * 2 + 1024;
    char *out = bg_buffer_reserve(to, room);
    to->size += packers[how](halves[i], out, room);
  }
}

// ---- reading ---------------------------------------------------------------

static void
count_complaint(void *context, const char *message)
{
  expect(message[0] != '\0');
  ++*(unsigned *)context;
}

/// Reads every byte, for the sanitizer.
static void
touch(bg_view view)
{
  uint64_t sum = 0;
  for (size_t i = 0; i < view.size; i++) {
    sum += (unsigned char)view.bytes[i];
  }
  expect(sum <= view.size * UINT64_C(255));
}

/// What input.h promises of each page.
static void
take_page(reading *all, bg_page *page, bg_position after, bg_arena *arena)
{
  touch(page->text); // as the filter does, before it is read
  touch(page->language);
  touch(page->wiki);
  touch(page->timestamp);
  touch(page->redirect);
  bg_page_read_text(page, arena);
  expect(bg_utf8_find_invalid(page->text, 0) == BG_NOWHERE);
  expect(!page->is_of_dump || bg_xml_is_title(page->title));
  if (all->count > 0) {
    bg_position before = all->items[all->count - 1].after;
    expect(after.origin > before.origin ||
           (after.origin == before.origin && after.ahead >= before.ahead));
  }
  all->size += page->text.size;
  BG_PUSH(arena, all) = (seen_page){
      .title = bg_arena_copy(arena, page->title),
      .text = page->is_of_dump ? page->text : bg_arena_copy(arena, page->text),
      .revision = page->revision,
      .after = after,
  };
}

static reading
read_pages(bg_input_options options, const bg_part *part, bg_arena *arena)
{
  reading all = {.items = NULL};
  bg_input *input;
  bg_page page;
  bg_error err;
  options.complain = count_complaint;
  options.context = &all.complaints;
  if (bg_input_open(path, &options, part, &input, &err) != BG_OK) {
    all.complaints++;
    return all;
  }
  all.is_dump = bg_input_is_dump(input);
  bg_status status = BG_OK;
  while (status == BG_OK && all.count < most_pages && all.size < most_bytes) {
    status = bg_input_next(input, &page, &err);
    if (status == BG_OK) {
      take_page(&all, &page, bg_input_position(input), arena);
    }
  }
  expect(status == BG_OK || status == BG_END);
  expect(bg_input_is_damaged(input) || all.complaints == 0 || part != NULL);
  all.is_whole = status == BG_END;
  bg_input_close(input);
  return all;
}

// ---- what must be alike ----------------------------------------------------

/// Whether the texts are the same, as XML sees the ends of lines (2.11).
static bool
is_same_text(bg_view a, bg_view b)
{
  size_t j = 0;
  for (size_t i = 0; i < a.size; i++) {
    char byte = a.bytes[i];
    if (byte == '\r' && i + 1 < a.size && a.bytes[i + 1] == '\n') {
      continue;
    }
    if (j == b.size || b.bytes[j++] != (byte == '\r' ? '\n' : byte)) {
      return false;
    }
  }
  return j == b.size;
}

static void
expect_same(const seen_page *a, const seen_page *b, bool by_xml)
{
  expect(bg_view_is_equal(a->title, b->title));
  expect(a->revision == b->revision);
  expect(by_xml ? is_same_text(a->text, b->text)
                : bg_view_is_equal(a->text, b->text));
}

/// Reading goes on behind any page: here, one in the middle.
static void
check_position(bg_input_options options, const reading *all, bg_arena *arena)
{
  size_t half = all->count / 2;
  if (half > 0) {
    bg_part rest = {.start = all->items[half - 1].after, .to = UINT64_MAX};
    reading second = read_pages(options, &rest, arena);
    expect(second.count == all->count - half);
    for (size_t i = 0; i < second.count; i++) {
      expect_same(&all->items[half + i], &second.items[i], false);
    }
  }
}

/// The parts together are the whole.
static void
check_parts(bg_input_options options, const reading *all, uint64_t cut,
            bg_arena *arena)
{
  bg_part before = {.to = cut};
  bg_part behind = {.from = cut, .to = UINT64_MAX};
  reading first = read_pages(options, &before, arena);
  reading second = read_pages(options, &behind, arena);
  expect(first.count + second.count == all->count);
  for (size_t i = 0; i < all->count; i++) {
    expect_same(&all->items[i],
                i < first.count ? &first.items[i]
                                : &second.items[i - first.count],
                false);
  }
}

// ---- the shape that MediaWiki writes ---------------------------------------

enum { most_children = 12, deepest = 8 };

/// Each element with those that may stand in it, once but for those marked
/// with "+"; "!" is one with a text of any kind.
static const char *const shape[][most_children] = {
    {"", "mediawiki"},
    {"mediawiki", "siteinfo", "page+"},
    {"siteinfo", "sitename", "base", "namespaces"},
    {"namespaces", "namespace+"},
    {"page", "title!", "ns", "id", "redirect", "revision+"},
    {"revision", "id", "parentid", "timestamp", "contributor", "minor",
     "comment!", "model", "format", "text!", "sha1"},
    {"contributor", "username!", "id", "ip"},
};

typedef struct {
  const char *const *row; // NULL: a leaf
  bg_view name;
  bool is_free; // its text may be anything
  bool has_revision;
  unsigned seen; // children, as bits
} level;

static const char *const *
row_of(bg_view name)
{
  for (size_t i = 0; i < sizeof shape / sizeof *shape; i++) {
    if (bg_view_is_equal(name, bg_view_of(shape[i][0]))) {
      return shape[i];
    }
  }
  return NULL;
}

/// Whether `name` may stand in `parent` now.
static bool
open_level(level *parent, bg_view name, level *opened)
{
  for (unsigned i = 1; parent->row != NULL && i < most_children; i++) {
    bg_view child = bg_view_of(parent->row[i]);
    bool is_many = bg_view_has_suffix(child, BG_VIEW("+"));
    bool is_free = bg_view_has_suffix(child, BG_VIEW("!"));
    child.size -= is_many || is_free;
    if (child.size > 0 && bg_view_is_equal(child, name)) {
      bool is_first = (parent->seen >> i & 1) == 0;
      parent->seen |= 1U << i;
      *opened = (level){.row = row_of(name), .name = name, .is_free = is_free};
      return is_first || is_many;
    }
  }
  return false;
}

static bool
has_even(bg_view view, char byte)
{
  size_t count = 0;
  for (size_t i = 0; i < view.size; i++) {
    count += view.bytes[i] == byte;
  }
  return count % 2 == 0;
}

/// Reads "<…>": the name, and whether it opens or closes.
static bool
read_markup(bg_view inside, bg_view *name, bool *is_close, bool *is_empty)
{
  *is_close = bg_view_has_prefix(inside, BG_VIEW("/"));
  *is_empty = bg_view_has_suffix(inside, BG_VIEW("/"));
  inside = bg_view_slice(inside, *is_close, inside.size - *is_empty);
  *name = inside;
  for (size_t i = 0; i < inside.size; i++) {
    if (bg_is_space(inside.bytes[i])) {
      *name = bg_view_slice(inside, 0, i);
      break;
    }
  }
  return has_even(inside, '"') && has_even(inside, '\'') &&
         !(*is_close && *is_empty);
}

/// Whether a file has nothing but the elements above, each in its place, and
/// each page a title first and revisions last. What else it may be is XML too,
/// but not what the scanner is for.
static bool
has_usual_shape(bg_view bytes)
{
  level open[deepest] = {{.row = shape[0]}};
  size_t depth = 0;
  size_t at = 0;
  size_t start;
  while ((start = bg_view_find_byte(bytes, '<', at)) != BG_NOWHERE) {
    size_t end = bg_view_find_byte(bytes, '>', start);
    bg_view before = bg_view_slice(bytes, at, start);
    bg_view name;
    bool is_close;
    bool is_empty;
    level *here = &open[depth];
    bool has_text = here->row != NULL && bg_view_trim(before).size > 0;
    bool has_reference =
        !here->is_free && bg_view_find_byte(before, '&', 0) != BG_NOWHERE;
    if (end == BG_NOWHERE || has_text || has_reference ||
        !read_markup(bg_view_slice(bytes, start + 1, end), &name, &is_close,
                     &is_empty)) {
      return false;
    }
    at = end + 1;
    if (is_close) {
      bool lacks_one =
          bg_view_is_equal(name, BG_VIEW("page")) && !here->has_revision;
      if (depth == 0 || lacks_one || !bg_view_is_equal(name, here->name)) {
        return false;
      }
      depth--;
      continue;
    }
    if (depth + 1 == deepest ||
        here->has_revision != (here->has_revision &&
                               bg_view_is_equal(name, BG_VIEW("revision"))) ||
        !open_level(here, name, &open[depth + 1])) {
      return false;
    }
    here->has_revision =
        here->has_revision || bg_view_is_equal(name, BG_VIEW("revision"));
    depth += !is_empty;
  }
  return depth == 0;
}

/// The scanner and expat agree on what both take for good.
static void
check_by_expat(bg_input_options options, const reading *all, bg_arena *arena)
{
  options.is_strict = true;
  reading by_expat = read_pages(options, NULL, arena);
  if (by_expat.complaints == 0) {
    expect(by_expat.count == all->count);
    for (size_t i = 0; i < all->count; i++) {
      expect_same(&all->items[i], &by_expat.items[i], true);
    }
  }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  if (size == 0) {
    return 0;
  }
  unsigned how = bytes[0];
  bg_view content = {(const char *)bytes + 1, size - 1};
  bool is_packed = packers[how & 7] != NULL;
  bg_buffer packed;
  bg_buffer_init(&packed);
  if (is_packed) {
    pack(how & 7, content, &packed);
  }
  bg_view file = is_packed ? bg_buffer_view(&packed) : content;
  write_file(file);

  bg_arena *arena = bg_arena_new();
  bg_input_options options = {.is_strict = (how & 8) != 0,
                              .all_revisions = (how & 16) != 0};
  reading all = read_pages(options, NULL, arena);
  bool is_xml = all.is_dump && has_usual_shape(content);
  expect(!is_xml || all.count <= content.size);
  if (all.is_dump && all.is_whole && all.complaints == 0) {
    check_position(options, &all, arena);
    if (is_xml && how >> 5 > 0) {
      check_parts(options, &all, (uint64_t)file.size * (how >> 5) / 8, arena);
    }
    if (is_xml && !options.is_strict) {
      check_by_expat(options, &all, arena);
    }
  }
  bg_arena_free(arena);
  bg_buffer_release(&packed);
  return 0;
}
