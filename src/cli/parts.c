#include "cli/parts.h"

#include "base/utf8.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bg_pipeline_input *
bg_parts_of_operands(const bg_arguments *arguments)
{
  size_t count = arguments->operand_count;
  bg_pipeline_input *inputs =
      BG_NEW_ARRAY(arguments->arena, bg_pipeline_input, count);
  for (size_t i = 0; i < count; i++) {
    inputs[i].path = arguments->operands[i];
    inputs[i].part.to = UINT64_MAX;
  }
  return inputs;
}

// ---- titles ----------------------------------------------------------------

/// Spaces for underscores, and the first letter in upper case.
static bg_view
normal_title(bg_view title, bg_arena *arena)
{
  bg_view copy = bg_arena_copy(arena, bg_view_trim(title));
  char *bytes = (char *)(uintptr_t)copy.bytes; // the arena's, and fresh
  for (size_t i = 0; i < copy.size; i++) {
    bytes[i] = bytes[i] == '_' ? ' ' : bytes[i];
  }
  return bg_utf8_upper_first(bg_view_trim(copy), arena);
}

void
bg_titles_init(bg_titles *titles, bg_arena *arena)
{
  titles->arena = arena;
  bg_map_init(&titles->set, arena);
}

bg_status
bg_titles_of_category(const char *category, const bg_catalog *catalog,
                      bg_titles *titles, bg_error *err)
{
  bg_view name = normal_title(bg_view_of(category), titles->arena);
  const bg_view space = BG_VIEW("Category:");
  if (bg_view_has_prefix_folded(name, space)) {
    name =
        normal_title(bg_view_slice(name, space.size, name.size), titles->arena);
  }
  size_t before = titles->set.count;
  bg_catalog_entry entry;
  uint64_t cursor = 0;
  while (bg_catalog_next(catalog, &cursor, &entry)) {
    bg_view rest = entry.categories;
    bg_view part;
    while (rest.size > 0 && bg_view_next_part(&rest, '\n', &part)) {
      if (bg_view_is_equal(part, name)) {
        bg_map_add(&titles->set, bg_arena_copy(titles->arena, entry.title),
                   titles);
      }
    }
  }
  return titles->set.count > before
             ? BG_OK
             : bg_error_set(err, BG_REFUSED,
                            "the catalog has no conflict in the category '%s'",
                            category);
}

bg_status
bg_titles_read(const char *path, const bg_input_options *options,
               bg_titles *titles, bg_error *err)
{
  bg_lines *lines;
  bg_view line;
  BG_TRY(bg_lines_open(path, options, &lines, err));
  bg_status status;
  while ((status = bg_lines_next(lines, &line, err)) == BG_OK) {
    bg_view title = normal_title(line, titles->arena);
    if (title.size > 0) {
      bg_map_add(&titles->set, title, titles);
    }
  }
  bg_lines_close(lines);
  if (status == BG_END && titles->set.count == 0) {
    return bg_error_set(err, BG_REFUSED, "'%s' holds no title", path);
  }
  return status == BG_END ? BG_OK : status;
}

bool
bg_titles_has(const void *titles, bg_view title)
{
  return bg_map_find(&((const bg_titles *)titles)->set, title) != NULL;
}

// ---- shards ----------------------------------------------------------------

static bg_status
read_shard(const char *text, uint64_t *number, uint64_t *of, bg_error *err)
{
  char behind;
  if (sscanf(text, "%" SCNu64 "/%" SCNu64 "%c", number, of, &behind) != 2 ||
      *number < 1 || *number > *of || *of > 1000000) {
    return bg_error_set(err, BG_MISUSED,
                        "no shard '%s': K/N, with K from 1 to N", text);
  }
  return BG_OK;
}

static bg_status
size_of_file(const char *path, uint64_t *size, bg_error *err)
{
  struct stat about;
  if (strcmp(path, "-") == 0 || stat(path, &about) != 0) {
    return bg_error_set(err, BG_FAILED, "cannot cut '%s' into shards: %s", path,
                        strcmp(path, "-") == 0 ? "its size is not known"
                                               : strerror(errno));
  }
  *size = (uint64_t)about.st_size;
  return BG_OK;
}

/// The first byte of part `number` (from 0) of `of`.
static uint64_t
cut(uint64_t total, uint64_t number, uint64_t of)
{
  return total / of * number + total % of * number / of;
}

bg_status
bg_parts_shard(const char *text, bg_pipeline_input *inputs, size_t *count,
               bg_error *err)
{
  uint64_t number;
  uint64_t of;
  uint64_t size;
  uint64_t total = 0;
  BG_TRY(read_shard(text, &number, &of, err));
  for (size_t i = 0; i < *count; i++) {
    BG_TRY(size_of_file(inputs[i].path, &size, err));
    total += size;
  }
  uint64_t from = cut(total, number - 1, of);
  uint64_t to = cut(total, number, of);
  uint64_t start = 0; // of the file, in all of them
  size_t kept = 0;
  for (size_t i = 0; i < *count; i++) {
    BG_TRY(size_of_file(inputs[i].path, &size, err));
    uint64_t end = start + size;
    if (start < to && end > from) {
      bg_pipeline_input *input = &inputs[kept++];
      input->path = inputs[i].path;
      input->part.from = from > start ? from - start : 0;
      input->part.to = to < end ? to - start : UINT64_MAX;
    }
    start = end;
  }
  *count = kept;
  return BG_OK;
}

// ---- the index -------------------------------------------------------------

typedef struct {
  uint64_t *items;
  size_t count;
  size_t capacity;
} offset_list;

static int
compare_offsets(const void *a, const void *b)
{
  uint64_t left = *(const uint64_t *)a;
  uint64_t right = *(const uint64_t *)b;
  return (left > right) - (left < right);
}

bg_status
bg_parts_index(const char *path, const bg_input_options *options,
               const bg_titles *titles, bg_arena *arena, bg_part *part,
               bg_error *err)
{
  bg_lines *lines;
  bg_view line;
  offset_list found = {0};
  bg_buffer unescaped;
  BG_TRY(bg_lines_open(path, options, &lines, err));
  bg_buffer_init(&unescaped);
  bg_status status;
  while ((status = bg_lines_next(lines, &line, err)) == BG_OK) {
    uint64_t offset;
    bg_view title;
    bg_buffer_reset(&unescaped);
    char *bytes = bg_buffer_reserve(&unescaped, line.size);
    if (!bg_index_line_read(line, &offset, &title, bytes)) {
      status = bg_error_set(
          err, BG_REFUSED, "'%s' is no index of a multistream dump: '%.*s'",
          path, line.size > 80 ? 80 : (int)line.size, line.bytes);
      break;
    }
    if (bg_titles_has(titles, title) &&
        (found.count == 0 || found.items[found.count - 1] != offset)) {
      BG_PUSH(arena, &found) = offset;
    }
  }
  bg_lines_close(lines);
  bg_buffer_release(&unescaped);
  if (status != BG_END) {
    return status;
  }
  if (found.count == 0) {
    return bg_error_set(err, BG_REFUSED, "none of the titles is in '%s'", path);
  }
  qsort(found.items, found.count, sizeof *found.items, compare_offsets);
  size_t kept = 1;
  for (size_t i = 1; i < found.count; i++) {
    if (found.items[i] != found.items[kept - 1]) {
      found.items[kept++] = found.items[i];
    }
  }
  part->streams = found.items;
  part->stream_count = kept;
  return BG_OK;
}
