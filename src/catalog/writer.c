#include "catalog/format.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
  partitions = 256, // of the titles, by the buckets' upper bits
  chunk = 1024,     // titles of a partition kept in memory
};

typedef struct {
  uint64_t hash;
  uint64_t offset;
} title_place;

/// Titles whose places are sorted at once; most of them lie in a file.
typedef struct {
  title_place items[chunk];
  size_t count;
  long *chunks; // where in the file the full ones are
  size_t chunk_count;
  size_t chunk_capacity;
} partition;

struct bg_catalog_writer {
  char path[4096];
  char fresh[4096]; // what is written, until it is whole
  FILE *out;
  FILE *spilled; // full chunks, nameless
  uint64_t offset;
  uint64_t count;
  char wiki[16];
  partition *partitions;
};

static bg_status
fail(const bg_catalog_writer *writer, bg_error *err)
{
  return bg_error_set(err, BG_FAILED, "cannot write '%s': %s", writer->fresh,
                      errno == 0 ? "some of it was lost" : strerror(errno));
}

static void
free_writer(bg_catalog_writer *writer)
{
  for (size_t i = 0; i < partitions; i++) {
    free(writer->partitions[i].chunks);
  }
  free(writer->partitions);
  if (writer->out != NULL) {
    fclose(writer->out);
  }
  if (writer->spilled != NULL) {
    fclose(writer->spilled);
  }
  free(writer);
}

bg_status
bg_catalog_writer_open(const char *path, bg_catalog_writer **writer,
                       bg_error *err)
{
  bg_catalog_writer *opened = bg_heap_allocate(sizeof *opened);
  *opened = (bg_catalog_writer){.offset = sizeof(bg_catalog_header)};
  opened->partitions =
      bg_heap_allocate(partitions * sizeof *opened->partitions);
  memset(opened->partitions, 0, partitions * sizeof *opened->partitions);
  *writer = opened;
  snprintf(opened->path, sizeof opened->path, "%s", path);
  int size = snprintf(opened->fresh, sizeof opened->fresh, "%s.new", path);
  errno = 0;
  if (size > 0 && (size_t)size < sizeof opened->fresh) {
    opened->out = fopen(opened->fresh, "wb");
    opened->spilled = tmpfile();
  }
  const bg_catalog_header empty = {{0}, 0, 0, 0, 0, {0}};
  if (opened->out == NULL || opened->spilled == NULL ||
      fwrite(&empty, sizeof empty, 1, opened->out) != 1) {
    bg_status status = fail(opened, err);
    free_writer(opened);
    *writer = NULL;
    return status;
  }
  return BG_OK;
}

static bool
spill(bg_catalog_writer *writer, partition *full)
{
  if (full->chunk_count == full->chunk_capacity) {
    full->chunk_capacity = full->chunk_capacity * 2 + 8;
    full->chunks = bg_heap_resize(full->chunks,
                                  full->chunk_capacity * sizeof *full->chunks);
  }
  full->chunks[full->chunk_count++] = ftell(writer->spilled);
  full->count = 0;
  return fwrite(full->items, sizeof full->items, 1, writer->spilled) == 1;
}

bg_status
bg_catalog_writer_add(bg_catalog_writer *writer, bg_view bytes, bg_view wiki,
                      bg_error *err)
{
  if (wiki.size < sizeof writer->wiki) {
    memset(writer->wiki, 0, sizeof writer->wiki);
    memcpy(writer->wiki, wiki.bytes, wiki.size);
  }
  size_t at = 0;
  while (at < bytes.size) {
    bg_catalog_entry entry;
    size_t size =
        bg_catalog_decode(bg_view_slice(bytes, at, bytes.size), &entry);
    uint64_t hash = bg_catalog_hash(entry.title);
    partition *of = &writer->partitions[hash % BG_CATALOG_BUCKETS /
                                        (BG_CATALOG_BUCKETS / partitions)];
    of->items[of->count++] = (title_place){hash, writer->offset + at};
    if (of->count == chunk && !spill(writer, of)) {
      return fail(writer, err);
    }
    writer->count++;
    at += size;
  }
  errno = 0;
  if (fwrite(bytes.bytes, 1, bytes.size, writer->out) != bytes.size) {
    return fail(writer, err);
  }
  writer->offset += bytes.size;
  return BG_OK;
}

// ---- the index -------------------------------------------------------------

/// By bucket, then as slots are.
static int
compare_places(const void *a, const void *b)
{
  const title_place *left = a;
  const title_place *right = b;
  uint64_t buckets[] = {left->hash % BG_CATALOG_BUCKETS,
                        right->hash % BG_CATALOG_BUCKETS};
  if (buckets[0] != buckets[1]) {
    return buckets[0] < buckets[1] ? -1 : 1;
  }
  uint64_t slots[] = {bg_catalog_tag(left->hash) | left->offset,
                      bg_catalog_tag(right->hash) | right->offset};
  return (slots[0] > slots[1]) - (slots[0] < slots[1]);
}

/// All places of a partition, sorted; on the heap.
static title_place *
gather(bg_catalog_writer *writer, partition *of, size_t *count)
{
  size_t spilled = of->chunk_count * chunk;
  *count = spilled + of->count;
  title_place *places = bg_heap_allocate((*count + 1) * sizeof *places);
  for (size_t i = 0; i < of->chunk_count; i++) {
    if (fseek(writer->spilled, of->chunks[i], SEEK_SET) != 0 ||
        fread(places + i * chunk, sizeof of->items, 1, writer->spilled) != 1) {
      free(places);
      return NULL;
    }
  }
  memcpy(places + spilled, of->items, of->count * sizeof *places);
  qsort(places, *count, sizeof *places, compare_places);
  return places;
}

/// Writes the slots; counts them in `starts`, by bucket.
static bool
write_slots(bg_catalog_writer *writer, uint64_t *starts)
{
  for (size_t i = 0; i < partitions; i++) {
    size_t count;
    title_place *places = gather(writer, &writer->partitions[i], &count);
    if (places == NULL) {
      return false;
    }
    bool is_written = true;
    for (size_t p = 0; p < count; p++) {
      uint64_t slot = bg_catalog_tag(places[p].hash) | places[p].offset;
      starts[places[p].hash % BG_CATALOG_BUCKETS + 1]++;
      is_written =
          is_written && fwrite(&slot, sizeof slot, 1, writer->out) == 1;
    }
    free(places);
    if (!is_written) {
      return false;
    }
  }
  for (size_t b = 0; b < BG_CATALOG_BUCKETS; b++) {
    starts[b + 1] += starts[b];
  }
  return true;
}

static bool
write_index(bg_catalog_writer *writer)
{
  size_t buckets = BG_CATALOG_BUCKETS + 1;
  bg_catalog_header header = {.byte_order = bg_catalog_byte_order,
                              .count = writer->count};
  memcpy(header.magic, BG_CATALOG_MAGIC, sizeof BG_CATALOG_MAGIC);
  memcpy(header.wiki, writer->wiki, sizeof header.wiki);
  uint64_t padding = (8 - writer->offset % 8) % 8;
  header.buckets = writer->offset + padding;
  header.slots = header.buckets + buckets * sizeof(uint64_t);
  uint64_t *starts = bg_heap_allocate(buckets * sizeof *starts);
  memset(starts, 0, buckets * sizeof *starts);
  bool is_written =
      fseek(writer->out, (long)header.slots, SEEK_SET) == 0 &&
      write_slots(writer, starts) &&
      fseek(writer->out, (long)header.buckets, SEEK_SET) == 0 &&
      fwrite(starts, sizeof *starts, buckets, writer->out) == buckets &&
      fseek(writer->out, 0, SEEK_SET) == 0 &&
      fwrite(&header, sizeof header, 1, writer->out) == 1;
  free(starts);
  return is_written;
}

bg_status
bg_catalog_writer_close(bg_catalog_writer *writer, bool keep, bg_error *err)
{
  if (writer == NULL) {
    return BG_OK;
  }
  bg_status status = BG_OK;
  errno = 0;
  bool is_written = keep && write_index(writer);
  is_written = fclose(writer->out) == 0 && is_written;
  writer->out = NULL;
  if (keep && (!is_written || rename(writer->fresh, writer->path) != 0)) {
    status = fail(writer, err);
  }
  if (!keep || status != BG_OK) {
    unlink(writer->fresh);
  }
  free_writer(writer);
  return status;
}
