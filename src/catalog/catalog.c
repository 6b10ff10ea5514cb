#include "catalog/format.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/// MediaWiki follows one redirect; bots mend chains of two. More are a circle.
enum { most_redirects = 3 };

struct bg_catalog {
  bg_view file; // mapped
  const bg_catalog_header *header;
  const uint64_t *buckets;
  const uint64_t *slots;
};

static bool
is_sound(bg_catalog *opened)
{
  const bg_catalog_header *header = opened->header;
  uint64_t size = opened->file.size;
  uint64_t buckets_size = (BG_CATALOG_BUCKETS + 1) * sizeof(uint64_t);
  if (header->buckets % 8 != 0 || header->slots % 8 != 0 ||
      header->buckets < sizeof *header || header->buckets > size ||
      size - header->buckets < buckets_size || header->slots > size ||
      header->count > (size - header->slots) / sizeof(uint64_t)) {
    return false;
  }
  opened->buckets =
      (const uint64_t *)(const void *)(opened->file.bytes + header->buckets);
  opened->slots =
      (const uint64_t *)(const void *)(opened->file.bytes + header->slots);
  return opened->buckets[BG_CATALOG_BUCKETS] == header->count;
}

static bg_status
map_file(const char *path, int descriptor, bg_catalog *opened, bg_error *err)
{
  struct stat about;
  if (fstat(descriptor, &about) != 0) {
    return bg_error_set(err, BG_FAILED, "cannot read '%s': %s", path,
                        strerror(errno));
  }
  size_t size = (size_t)about.st_size;
  void *mapped = MAP_FAILED;
  if (S_ISREG(about.st_mode) && size >= sizeof(bg_catalog_header)) {
    mapped = mmap(NULL, size, PROT_READ, MAP_SHARED, descriptor, 0);
  }
  if (mapped == MAP_FAILED) {
    return bg_error_set(err, BG_REFUSED, "'%s' is no catalog", path);
  }
  opened->file = (bg_view){mapped, size};
  opened->header = mapped;
  if (memcmp(opened->header->magic, BG_CATALOG_MAGIC,
             sizeof BG_CATALOG_MAGIC) != 0) {
    return bg_error_set(err, BG_REFUSED,
                        "'%s' is no catalog of this version: make it anew",
                        path);
  }
  if (opened->header->byte_order != bg_catalog_byte_order ||
      !is_sound(opened)) {
    return bg_error_set(err, BG_REFUSED,
                        "catalog '%s' is broken, or of another machine", path);
  }
  return BG_OK;
}

bg_status
bg_catalog_open(const char *path, bg_catalog **catalog, bg_error *err)
{
  *catalog = NULL;
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return bg_error_set(err, BG_FAILED, "cannot open '%s': %s", path,
                        strerror(errno));
  }
  bg_catalog *opened = bg_heap_allocate(sizeof *opened);
  *opened = (bg_catalog){0};
  bg_status status = map_file(path, descriptor, opened, err);
  close(descriptor);
  if (status != BG_OK) {
    bg_catalog_close(opened);
    return status;
  }
  *catalog = opened;
  return BG_OK;
}

void
bg_catalog_close(bg_catalog *catalog)
{
  if (catalog != NULL) {
    if (catalog->file.size > 0) {
      munmap((void *)(uintptr_t)catalog->file.bytes, catalog->file.size);
    }
    free(catalog);
  }
}

bg_view
bg_catalog_wiki(const bg_catalog *catalog)
{
  const char *wiki = catalog->header->wiki;
  return (bg_view){wiki, strnlen(wiki, sizeof catalog->header->wiki)};
}

static bool
read_entry(const bg_catalog *catalog, uint64_t offset, bg_catalog_entry *entry,
           size_t *size)
{
  if (offset >= catalog->header->buckets) {
    return false;
  }
  bg_view bytes = bg_view_slice(catalog->file, (size_t)offset,
                                (size_t)catalog->header->buckets);
  *size = bg_catalog_decode(bytes, entry);
  return *size > 0;
}

/// The entry of a title itself.
static bool
find_title(const bg_catalog *catalog, bg_view title, bg_catalog_entry *entry)
{
  const uint64_t offset_mask = ((uint64_t)1 << BG_CATALOG_OFFSET_BITS) - 1;
  uint64_t hash = bg_catalog_hash(title);
  uint64_t tag = bg_catalog_tag(hash);
  size_t bucket = (size_t)(hash % BG_CATALOG_BUCKETS);
  uint64_t low = catalog->buckets[bucket];
  uint64_t end = catalog->buckets[bucket + 1];
  if (low > end || end > catalog->header->count) {
    return false;
  }
  uint64_t high = end;
  while (low < high) {
    uint64_t middle = low + (high - low) / 2;
    if (catalog->slots[middle] < tag) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  for (; low < end && (catalog->slots[low] & ~offset_mask) == tag; low++) {
    size_t size;
    if (read_entry(catalog, catalog->slots[low] & offset_mask, entry, &size) &&
        bg_view_is_equal(entry->title, title)) {
      return true;
    }
  }
  return false;
}

bool
bg_catalog_find(const bg_catalog *catalog, bg_view title,
                bg_catalog_entry *entry)
{
  if (!find_title(catalog, title, entry)) {
    return false;
  }
  for (unsigned i = 0; entry->redirect.size > 0 && i < most_redirects; i++) {
    bg_catalog_entry next;
    size_t fragment = bg_view_find_byte(entry->redirect, '#', 0);
    bg_view target = bg_view_trim(bg_view_slice(entry->redirect, 0, fragment));
    if (!find_title(catalog, target, &next)) {
      // To a page that the dump lacks: its title is known all the same.
      *entry = (bg_catalog_entry){.title = target};
      break;
    }
    *entry = next;
  }
  return entry->redirect.size == 0 && entry->title.size > 0;
}

bool
bg_catalog_next(const bg_catalog *catalog, uint64_t *cursor,
                bg_catalog_entry *entry)
{
  size_t size;
  if (*cursor == 0) {
    *cursor = sizeof *catalog->header;
  }
  if (!read_entry(catalog, *cursor, entry, &size) || entry->title.size == 0) {
    return false;
  }
  *cursor += size;
  return true;
}
