/// bzip2: blocks are found by their magic numbers, put together to streams of a
/// few, and those decoded by many threads, by libbz2 or by the program lbzip2.
/// What is broken costs its block.

#include "input/bzip2_blocks.h"
#include "input/child.h"
#include "input/source.h"

#include <bzlib.h>
#include <stdlib.h>
#include <string.h>

enum {
  input_piece = 1 << 20,
  stream_head = 32,   // bits: "BZh" and the size of blocks
  library_blocks = 2, // in a unit
  most_blocks = 32,   // for lbzip2: that it is started should not show
  least_blocks = 4,
  all_blocks = 96, // in all units, of 0.9 MB each
  // A block holds at most 900,000 bytes, which may stand for 255 times as many
  // in runs; its code is hardly longer than what it holds.
  longest_block = 2 << 20, // bytes of code
  unit_limit = 32 << 20,   // bytes decoded at once
  single_limit = 48 << 20, // of one block: runs of 255
  usual_block = 256 << 10, // bytes of code
  streamed_piece = 1 << 20,
  given_piece = 512 << 10,   // bytes decoded, given at once
  least_for_child = 4 << 20, // bytes of a file
};

/// A block: its bits, and which one of the file is its first.
typedef struct {
  uint64_t file_bit;
  uint64_t from; // in the unit's stream
  uint64_t count;
} block;

/// What became of a block or of several.
typedef struct {
  uint64_t file_bit;
  size_t end; // in the unit's output
  bool is_broken;
} piece;

typedef struct {
  void *memory[2]; // what libbz2 asks for, kept for the next time
  size_t sizes[2];
  unsigned used;
} decoder_memory;

typedef struct bzip2_source bzip2_source;

typedef struct {
  bg_job job;
  const bzip2_source *owner;
  bg_bzip2_stream stream;
  bg_bzip2_stream single; // one block of it
  block blocks[most_blocks];
  size_t block_count;
  bool is_beyond;
  bool lost_before; // something before it could not be a block
  decoder_memory memory;
  bg_child child;
  // The result:
  bg_buffer out;
  bg_view decoded; // what the child wrote, or `out`
  piece pieces[most_blocks];
  size_t piece_count;
  size_t piece_at;
  size_t out_at;
  bool is_big; // more than is decoded at once
} unit;

struct bzip2_source {
  bg_source source;
  bg_bzip2_finder *finder;
  char child[4096]; // the path of lbzip2; or empty
  // Finding blocks, on the reader's thread:
  bg_buffer in;
  uint64_t in_offset; // of its first byte in the file
  uint64_t scan;      // bit of `in` from which to look for a magic number
  bool is_between;    // a stream has ended
  uint64_t expected;  // bit of the file with the next magic number, if known
  bool is_open;       // a block has begun
  uint64_t open_at;   // at this bit of `in`
  bool has_block;     // one has been found and not been put into a unit
  uint64_t block_from;
  uint64_t block_count;
  bool has_ended;
  bool is_cut_off;
  bool lost;
  size_t next_stream; // of part.streams
  // Units, in the order of the file:
  unit *units;
  size_t unit_limit;
  size_t blocks_a_unit;
  size_t first;
  size_t unit_count;
  bool lost_output;       // something before what is read next
  uint64_t total;         // bytes given
  bz_stream streamed;     // of a unit that is too big
  uint64_t streamed_size; // bytes so far
  bool is_streaming;
};

// ---- decoding, on any thread -----------------------------------------------

static void *
give_memory(void *context, int count, int size)
{
  decoder_memory *memory = context;
  size_t wanted = (size_t)count * (size_t)size;
  if (memory->used >= 2) {
    return NULL;
  }
  unsigned i = memory->used++;
  if (memory->sizes[i] < wanted) {
    free(memory->memory[i]);
    memory->memory[i] = bg_heap_allocate(wanted);
    memory->sizes[i] = wanted;
  }
  return memory->memory[i];
}

static void
take_memory(void *context, void *bytes)
{
  (void)context; // it stays for the next time
  (void)bytes;
}

static void
start_decoder(bz_stream *stream, decoder_memory *memory, bg_view in)
{
  memory->used = 0;
  *stream = (bz_stream){.bzalloc = give_memory,
                        .bzfree = take_memory,
                        .opaque = memory,
                        .next_in = (char *)(uintptr_t)in.bytes,
                        .avail_in = (unsigned)in.size};
  BZ2_bzDecompressInit(stream, 0, 0);
}

typedef enum { DECODED, BROKEN, TOO_BIG } decoded;

/// Appends what a stream holds; on failure `out` is as it was.
static decoded
decode_stream(bg_view in, decoder_memory *memory, bg_buffer *out, size_t limit)
{
  size_t before = out->size;
  bz_stream stream;
  start_decoder(&stream, memory, in);
  int result = BZ_OK;
  while (result == BZ_OK && out->size - before < limit) {
    char *to = bg_buffer_reserve(out, streamed_piece);
    stream.next_out = to;
    stream.avail_out = streamed_piece;
    result = BZ2_bzDecompress(&stream);
    size_t got = streamed_piece - stream.avail_out;
    out->size += got;
    if (result == BZ_OK && got == 0 && stream.avail_in == 0) {
      result = BZ_UNEXPECTED_EOF;
    }
  }
  BZ2_bzDecompressEnd(&stream);
  if (result != BZ_STREAM_END) {
    out->size = before;
  }
  return result == BZ_STREAM_END ? DECODED : result == BZ_OK ? TOO_BIG : BROKEN;
}

/// One by one, to lose no more than is broken.
static void
decode_blocks(unit *work)
{
  work->piece_count = 0;
  for (size_t i = 0; i < work->block_count; i++) {
    const block *each = &work->blocks[i];
    bg_bzip2_stream_begin(&work->single);
    bg_bzip2_stream_add(&work->single, bg_buffer_view(&work->stream.bytes),
                        each->from, each->count);
    bg_bzip2_stream_end(&work->single);
    decoded result = decode_stream(bg_buffer_view(&work->single.bytes),
                                   &work->memory, &work->out, single_limit);
    work->pieces[work->piece_count++] =
        (piece){each->file_bit, work->out.size, result != DECODED};
  }
}

static void
decode_unit(bg_job *job)
{
  char name[] = "lbzip2"; // posix_spawn wants what could be written to
  char one_thread[] = "-n1";
  char to_output[] = "-dc";
  char *const arguments[] = {name, one_thread, to_output, NULL};
  unit *work = (unit *)job;
  bg_view in = bg_buffer_view(&work->stream.bytes);
  work->pieces[0] = (piece){work->blocks[0].file_bit, 0, false};
  work->piece_count = 1;
  const char *child = work->owner->child;
  bool is_done = child[0] != '\0' && !work->is_beyond &&
                 bg_child_run(&work->child, child, arguments, in, unit_limit,
                              &work->decoded);
  if (!is_done) {
    decoded result = decode_stream(in, &work->memory, &work->out, unit_limit);
    work->is_big = result == TOO_BIG;
    if (result == BROKEN) {
      decode_blocks(work);
    }
    work->decoded = bg_buffer_view(&work->out);
  }
  work->pieces[work->piece_count - 1].end = work->decoded.size;
}

// ---- finding blocks --------------------------------------------------------

static uint64_t
file_bit(const bzip2_source *from, uint64_t bit)
{
  return from->in_offset * 8 + bit;
}

/// Forgets the bytes before bit `bit` of `in`, and reads more.
static bg_status
refill(bzip2_source *at, uint64_t bit, bg_error *err)
{
  size_t gone = (size_t)(bit / 8);
  gone = gone > at->in.size ? at->in.size : gone;
  if (gone < at->in.size) {
    memmove(at->in.bytes, at->in.bytes + gone, at->in.size - gone);
  }
  at->in.size -= gone;
  at->in_offset += gone;
  at->scan -= (uint64_t)gone * 8;
  at->open_at -= at->is_open ? (uint64_t)gone * 8 : 0;
  size_t got = 0;
  bg_status status =
      bg_raw_read(&at->source.raw, bg_buffer_reserve(&at->in, input_piece),
                  input_piece, &got, err);
  at->in.size += got;
  at->has_ended = status == BG_END;
  return status == BG_END ? BG_OK : status;
}

static bg_status
go_to(bzip2_source *at, uint64_t bit, bg_error *err)
{
  BG_TRY(bg_raw_seek(&at->source.raw, bit / 8, err));
  bg_buffer_reset(&at->in);
  at->in_offset = bit / 8;
  at->scan = bit % 8;
  at->is_open = false;
  at->has_ended = false;
  at->expected = UINT64_MAX;
  return BG_OK;
}

static void
give_block(bzip2_source *at, uint64_t end)
{
  at->has_block = true;
  at->block_from = at->open_at;
  at->block_count = end - at->open_at;
}

/// A stream has ended; where only some are asked for, the next of them follows.
static bg_status
follow_part(bzip2_source *at, bg_error *err)
{
  const bg_part *part = &at->source.part;
  if (part->stream_count == 0) {
    return BG_OK;
  }
  if (at->next_stream == part->stream_count) {
    at->has_ended = true;
    bg_buffer_reset(&at->in);
    at->scan = 0;
    return BG_OK;
  }
  uint64_t bit = part->streams[at->next_stream++] * 8;
  BG_TRY(go_to(at, bit, err));
  at->expected = bit + stream_head;
  return BG_OK;
}

/// Where streams begin and end, magic numbers stand where they must; if the
/// next is elsewhere, one before it is broken, and a block lost.
static void
check_expected(bzip2_source *at, uint64_t where)
{
  if (at->expected != UINT64_MAX && file_bit(at, where) != at->expected) {
    bg_source_complain(&at->source, "broken at byte %llu: no bzip2 block",
                       (unsigned long long)(at->expected / 8));
    at->lost = true;
  }
}

/// Sets `has_block` unless there is no further one. The bits of the block stay
/// in `in` until the next call.
static bg_status
find_block(bzip2_source *at, bg_error *err)
{
  const uint64_t head = BG_BZIP2_MAGIC_BITS + 32;
  while (!at->has_block) {
    if (at->is_between) {
      at->is_between = false;
      BG_TRY(follow_part(at, err));
    }
    uint64_t where = 0;
    bg_bzip2_magic magic =
        bg_bzip2_find(at->finder, bg_buffer_view(&at->in), at->scan, &where);
    if (magic != BG_BZIP2_NONE) {
      if (at->is_open) {
        give_block(at, where);
      } else {
        check_expected(at, where);
      }
      at->expected = UINT64_MAX;
      at->is_open = magic == BG_BZIP2_BLOCK;
      at->open_at = where;
      at->scan = where + head;
      at->is_between = magic == BG_BZIP2_END;
      if (at->is_between) {
        // The stream's checksum, and the bits up to a byte; then "BZh9".
        uint64_t behind = (file_bit(at, at->scan) + 7) / 8 * 8;
        at->expected = behind + stream_head;
      }
      continue;
    }
    uint64_t size = (uint64_t)at->in.size * 8;
    if (at->has_ended) {
      at->is_cut_off = at->is_cut_off || at->is_open;
      at->is_open = false;
      return BG_OK;
    }
    if (at->is_open && size - at->open_at > (uint64_t)longest_block * 8) {
      bg_source_complain(&at->source, "broken at byte %llu: no bzip2 block",
                         (unsigned long long)(file_bit(at, at->open_at) / 8));
      at->is_open = false;
      at->lost = true;
    }
    // The rest may hold the beginning of a magic number.
    at->scan = size < BG_BZIP2_MAGIC_BITS ? at->scan
               : at->scan > size - BG_BZIP2_MAGIC_BITS
                   ? at->scan
                   : size - BG_BZIP2_MAGIC_BITS + 1;
    uint64_t keep = at->is_open ? at->open_at : at->scan;
    BG_TRY(refill(at, keep, err));
  }
  return BG_OK;
}

/// After find_block: adds the block to the unit.
static void
add_block(bzip2_source *at, unit *work)
{
  bg_view in = bg_buffer_view(&at->in);
  block *added = &work->blocks[work->block_count++];
  *added = (block){
      .file_bit = file_bit(at, at->block_from),
      .from = (uint64_t)work->stream.bytes.size * 8 - work->stream.spare,
      .count = at->block_count,
  };
  bg_bzip2_stream_add(&work->stream, in, at->block_from, at->block_count);
  at->has_block = false;
}

static bool
is_beyond(const bzip2_source *at)
{
  uint64_t to = at->source.part.to;
  return to < UINT64_MAX / 8 && file_bit(at, at->block_from) >= to * 8;
}

/// Towards the end units become smaller, so that all threads end at once.
static size_t
blocks_now(const bzip2_source *at)
{
  const bg_raw *raw = &at->source.raw;
  uint64_t end =
      at->source.part.to < raw->size ? at->source.part.to : raw->size;
  if (end <= raw->offset || raw->size == 0) {
    return raw->size == 0 ? at->blocks_a_unit : library_blocks;
  }
  uint64_t left = (end - raw->offset) / usual_block;
  uint64_t share = left * 2 / (3 * at->unit_limit) + library_blocks;
  return share < at->blocks_a_unit ? (size_t)share : at->blocks_a_unit;
}

/// Puts the next blocks into a unit. BG_END when there are none.
static bg_status
fill_unit(bzip2_source *at, unit *work, bg_error *err)
{
  bg_bzip2_stream_begin(&work->stream);
  bg_buffer_reset(&work->out);
  work->block_count = 0;
  work->piece_count = 0;
  work->piece_at = 0;
  work->out_at = 0;
  work->is_big = false;
  work->is_beyond = false;
  size_t most = blocks_now(at);
  while (work->block_count < most && !work->is_beyond) {
    BG_TRY(find_block(at, err));
    if (work->block_count == 0) {
      work->lost_before = at->lost;
      at->lost = false;
    }
    if (!at->has_block || at->lost) {
      break;
    }
    if (is_beyond(at)) {
      if (work->block_count > 0) {
        break;
      }
      work->is_beyond = true;
    }
    add_block(at, work);
  }
  bg_bzip2_stream_end(&work->stream);
  return work->block_count == 0 ? BG_END : BG_OK;
}

// ---- the source ------------------------------------------------------------

static bg_status
choose_decoder(bzip2_source *at, bg_error *err)
{
  bg_decompressor wanted = at->source.options->decompressor;
  uint64_t size = at->source.raw.size;
  bool is_small = size > 0 && size < least_for_child;
  if (wanted == BG_DECOMPRESSOR_LIBBZ2 ||
      (wanted == BG_DECOMPRESSOR_AUTO && is_small)) {
    return BG_OK;
  }
  if (!bg_child_find("lbzip2", at->child, sizeof at->child)) {
    at->child[0] = '\0';
    if (wanted == BG_DECOMPRESSOR_LBZIP2) {
      return bg_error_set(err, BG_MISUSED, "lbzip2 is not installed");
    }
  }
  return BG_OK;
}

static bg_status
begin_bzip2(bg_source *source, bg_error *err)
{
  bzip2_source *at = (bzip2_source *)source;
  BG_TRY(choose_decoder(at, err));
  at->finder = bg_bzip2_finder_new();
  unsigned threads = bg_pool_threads(source->options->pool);
  at->unit_limit = threads + 1; // one waits, or is being read
  size_t share = all_blocks / at->unit_limit;
  at->blocks_a_unit = at->child[0] == '\0'   ? library_blocks
                      : share > most_blocks  ? most_blocks
                      : share < least_blocks ? least_blocks
                                             : share;
  at->units = bg_heap_allocate(at->unit_limit * sizeof *at->units);
  memset(at->units, 0, at->unit_limit * sizeof *at->units);
  for (size_t i = 0; i < at->unit_limit; i++) {
    at->units[i].job.run = decode_unit;
    at->units[i].owner = at;
  }
  const bg_part *part = &source->part;
  if (part->stream_count > 0 && part->start.origin == 0) {
    return follow_part(at, err);
  }
  while (at->next_stream < part->stream_count &&
         part->streams[at->next_stream] * 8 <= part->start.origin) {
    at->next_stream++; // it holds the origin, or is done
  }
  at->expected = stream_head;
  uint64_t bit = part->start.origin > 0 ? part->start.origin : part->from * 8;
  return bit == 0 || !source->raw.is_seekable ? BG_OK : go_to(at, bit, err);
}

/// Keeps the pool busy. Beyond the part only what is needed is decoded.
static bg_status
fill_units(bzip2_source *at, bg_error *err)
{
  while (at->unit_count < at->unit_limit) {
    bool waits = at->unit_count > 0;
    if (waits && at->has_block && is_beyond(at)) {
      return BG_OK;
    }
    unit *work = &at->units[(at->first + at->unit_count) % at->unit_limit];
    bg_status status = fill_unit(at, work, err);
    if (status != BG_OK) {
      return status == BG_END ? BG_OK : status;
    }
    at->unit_count++;
    bg_pool_submit(at->source.options->pool, &work->job);
  }
  return BG_OK;
}

/// Decodes a unit that is too big to be decoded at once, piece by piece.
static void
stream_unit(bzip2_source *at, unit *work, bg_buffer *to)
{
  if (!at->is_streaming) {
    start_decoder(&at->streamed, &work->memory,
                  bg_buffer_view(&work->stream.bytes));
    at->is_streaming = true;
    at->streamed_size = 0;
  }
  at->streamed.next_out = bg_buffer_reserve(to, streamed_piece);
  at->streamed.avail_out = streamed_piece;
  int result = BZ2_bzDecompress(&at->streamed);
  to->size += streamed_piece - at->streamed.avail_out;
  at->streamed_size += streamed_piece - at->streamed.avail_out;
  if (result != BZ_OK || at->streamed.avail_out == streamed_piece) {
    BZ2_bzDecompressEnd(&at->streamed);
    at->is_streaming = false;
    work->piece_at = work->piece_count;
    if (result != BZ_STREAM_END) {
      bg_source_complain(&at->source,
                         "broken at byte %llu: corrupt bzip2 block",
                         (unsigned long long)(work->blocks[0].file_bit / 8));
      at->lost_output = true;
    }
  }
}

/// Gives the next piece of a decoded unit, or complains of it.
static void
give_piece(bzip2_source *at, unit *work, bg_buffer *to, bg_mark *mark)
{
  const piece *given = &work->pieces[work->piece_at];
  mark->begin.origin = given->file_bit;
  mark->is_beyond = work->is_beyond;
  if (work->is_big) {
    mark->begin.ahead = at->is_streaming ? at->streamed_size : 0;
    stream_unit(at, work, to);
    return;
  }
  if (given->is_broken) {
    bg_source_complain(&at->source, "broken at byte %llu: corrupt bzip2 block",
                       (unsigned long long)(given->file_bit / 8));
    at->lost_output = true;
  } else {
    // Not all at once: what is scanned next should still be in the cache.
    size_t begin = work->piece_at == 0 ? 0 : given[-1].end;
    size_t end = given->end - work->out_at > given_piece
                     ? work->out_at + given_piece
                     : given->end;
    mark->begin.ahead = work->out_at - begin;
    bg_buffer_append(to, bg_view_slice(work->decoded, work->out_at, end));
    work->out_at = end;
  }
  work->piece_at += work->out_at == given->end || given->is_broken;
}

static bg_status
read_bzip2(bg_source *source, bg_buffer *to, bg_mark *mark, bg_error *err)
{
  bzip2_source *at = (bzip2_source *)source;
  size_t before = to->size;
  while (to->size == before) {
    BG_TRY(fill_units(at, err));
    if (at->unit_count == 0) {
      if (at->is_cut_off) {
        bg_source_complain(source, "is cut off: it ends at byte %llu",
                           (unsigned long long)source->raw.offset);
        at->is_cut_off = false;
        at->lost_output = true;
      }
      mark->is_broken = mark->is_broken || at->lost_output || at->lost;
      return BG_END;
    }
    unit *work = &at->units[at->first];
    bg_pool_wait(source->options->pool, &work->job);
    if (work->piece_at == work->piece_count) {
      at->first = (at->first + 1) % at->unit_limit;
      at->unit_count--;
      continue;
    }
    at->lost_output = at->lost_output || work->lost_before;
    work->lost_before = false;
    mark->is_broken = mark->is_broken || at->lost_output;
    at->lost_output = false;
    give_piece(at, work, to, mark);
  }
  if (!source->raw.is_seekable) {
    mark->begin = (bg_position){.ahead = at->total};
  }
  at->total += to->size - before;
  return BG_OK;
}

static void
close_bzip2(bg_source *source)
{
  bzip2_source *at = (bzip2_source *)source;
  for (size_t i = 0; i < at->unit_count; i++) {
    unit *work = &at->units[(at->first + i) % at->unit_limit];
    bg_pool_wait(source->options->pool, &work->job);
  }
  for (size_t i = 0; i < at->unit_limit; i++) {
    unit *work = &at->units[i];
    bg_buffer_release(&work->stream.bytes);
    bg_buffer_release(&work->single.bytes);
    bg_buffer_release(&work->out);
    bg_child_release(&work->child);
    free(work->memory.memory[0]);
    free(work->memory.memory[1]);
  }
  free(at->units);
  bg_buffer_release(&at->in);
  bg_bzip2_finder_free(at->finder);
}

bg_source *
bg_source_new_bzip2(void)
{
  static const bg_source_kind kind = {.unit = 8,
                                      .has_parts = true,
                                      .has_streams = true,
                                      .begin = begin_bzip2,
                                      .read = read_bzip2,
                                      .close = close_bzip2};
  bzip2_source *made = bg_heap_allocate(sizeof *made);
  memset(made, 0, sizeof *made);
  made->source.kind = &kind;
  return &made->source;
}
