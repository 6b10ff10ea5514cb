#include "base/table.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/utf8.h"

static bg_status
read_row(const char *path, bg_view line, size_t least, bg_row *row,
         bg_error *err)
{
  bg_view field;
  while (bg_view_next_part(&line, '\t', &field)) {
    if (row->count == BG_ROW_FIELDS) {
      return bg_error_set(err, BG_REFUSED,
                          "%s:%zu: more than %d tab-separated fields", path,
                          row->line, BG_ROW_FIELDS);
    }
    row->fields[row->count++] = bg_view_trim(field);
  }
  if (row->count < least) {
    return bg_error_set(err, BG_REFUSED,
                        "%s:%zu: %zu tab-separated fields instead of %zu", path,
                        row->line, row->count, least);
  }
  return BG_OK;
}

static bg_status
read_rows(const char *path, bg_view text, size_t least, bg_arena *arena,
          bg_rows *rows, bg_error *err)
{
  size_t number = 0;
  bg_view line;
  while (bg_view_next_part(&text, '\n', &line)) {
    number++;
    bg_view content = bg_view_trim(line);
    if (content.size == 0 || content.bytes[0] == '#') {
      continue;
    }
    size_t bad = bg_utf8_find_invalid(line, 0);
    if (bad != BG_NOWHERE) {
      return bg_error_set(err, BG_REFUSED, "%s:%zu: invalid UTF-8 at byte %zu",
                          path, number, bad);
    }
    bg_row *row = &BG_PUSH(arena, rows);
    *row = (bg_row){.line = number};
    BG_TRY(read_row(path, line, least, row, err));
  }
  return BG_OK;
}

bg_status
bg_table_read(const char *path, size_t least, bg_arena *arena, bg_rows *rows,
              bg_error *err)
{
  bg_buffer content;
  bg_buffer_init(&content);
  *rows = (bg_rows){0};
  bg_status status = bg_file_read(path, &content, err);
  if (status == BG_OK) {
    bg_view text = bg_arena_copy(arena, bg_buffer_view(&content));
    status = read_rows(path, text, least, arena, rows, err);
  }
  bg_buffer_release(&content);
  return status;
}
