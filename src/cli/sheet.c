#include "cli/sheet.h"

#include "base/columns.h"
#include "base/utf8.h"

#include <sys/ioctl.h>
#include <unistd.h>

enum {
  usual_width = 80,
  least_width = 20,
  field_width = 12,
};

void
bg_sheet_init(bg_sheet *sheet, FILE *out, size_t width, bg_arena *arena)
{
  struct winsize window;
  int descriptor = fileno(out);
  if (width == 0 && isatty(descriptor) &&
      ioctl(descriptor, TIOCGWINSZ, &window) == 0) {
    width = window.ws_col;
  }
  width = width == 0 ? usual_width : width;
  *sheet = (bg_sheet){
      .out = out,
      .width = width < least_width ? least_width : width,
      .arena = arena,
  };
}

void
bg_sheet_lines_add(const bg_sheet *sheet, bg_sheet_lines *lines, bg_view text)
{
  if (lines->seen.arena == NULL) {
    bg_map_init(&lines->seen, sheet->arena);
  }
  if (text.size > 0 && bg_map_add(&lines->seen, text, lines)) {
    BG_PUSH(sheet->arena, lines) = text;
  }
}

bg_view
bg_sheet_lines_join(const bg_sheet *sheet, const bg_sheet_lines *lines,
                    size_t most)
{
  bg_buffer text;
  bg_buffer_init(&text);
  // One more takes no more room than to say that there is one more.
  size_t shown = lines->count <= most + 1 ? lines->count : most;
  for (size_t i = 0; i < shown; i++) {
    bg_buffer_append(&text, i > 0 ? BG_VIEW(", ") : BG_VIEW(""));
    bg_buffer_append(&text, lines->items[i]);
  }
  if (shown < lines->count) {
    bg_buffer_format(&text, " and %zu more", lines->count - shown);
  }
  bg_view joined = bg_arena_copy(sheet->arena, bg_buffer_view(&text));
  bg_buffer_release(&text);
  return joined;
}

static bg_view
repeat(const bg_sheet *sheet, char byte, size_t count)
{
  char *bytes = bg_arena_allocate(sheet->arena, count + 1);
  memset(bytes, byte, count);
  return (bg_view){bytes, count};
}

void
bg_sheet_title(const bg_sheet *sheet, bg_view text)
{
  size_t width = bg_utf8_width(text);
  width = width < sheet->width ? width : sheet->width;
  bg_view line;
  while (bg_columns_next_line(&text, sheet->width, &line)) {
    fprintf(sheet->out, "%.*s\n", BG_VIEW_ARGS(line));
  }
  bg_sheet_rule(sheet, &width, 1);
}

void
bg_sheet_heading(const bg_sheet *sheet, const char *text)
{
  fprintf(sheet->out, "\n%s\n", text);
}

void
bg_sheet_field(const bg_sheet *sheet, const char *name, bg_view text)
{
  static const size_t indents[2] = {0, 0};
  if (text.size > 0) {
    bg_sheet_lines columns[2] = {0};
    const size_t widths[] = {field_width, sheet->width - field_width - 2};
    bg_sheet_lines_add(sheet, &columns[0], bg_view_of(name));
    bg_sheet_lines_add(sheet, &columns[1], text);
    bg_sheet_columns(sheet, columns, widths, 2, indents);
  }
}

/// How far a column is printed.
typedef struct {
  size_t item;  // the next one
  bg_view rest; // of the one before
} column_cursor;

/// The next line of a column; empty behind its end.
static bg_view
take_line(const bg_sheet *sheet, const bg_sheet_lines *column,
          column_cursor *at, size_t width, const size_t indents[2])
{
  size_t indent = indents[1];
  if (at->rest.size == 0) {
    if (at->item == column->count) {
      return BG_VIEW("");
    }
    at->rest = column->items[at->item++];
    indent = indents[0];
  }
  bg_view text;
  bg_columns_next_line(&at->rest, width > indent ? width - indent : 1, &text);
  return bg_arena_join(sheet->arena, repeat(sheet, ' ', indent), text);
}

void
bg_sheet_columns(const bg_sheet *sheet, const bg_sheet_lines *columns,
                 const size_t *widths, size_t count, const size_t indents[2])
{
  column_cursor *cursors = BG_NEW_ARRAY(sheet->arena, column_cursor, count + 1);
  bg_view *cells = BG_NEW_ARRAY(sheet->arena, bg_view, count + 1);
  bg_buffer text;
  bg_buffer_init(&text);
  for (;;) {
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
      cells[i] = take_line(sheet, &columns[i], &cursors[i], widths[i], indents);
      used = cells[i].size > 0 ? i + 1 : used;
    }
    if (used == 0) {
      break;
    }
    bg_buffer_reset(&text);
    bg_columns_append_row(&text, cells, widths, used);
    fwrite(text.bytes, 1, text.size, sheet->out);
  }
  bg_buffer_release(&text);
}

void
bg_sheet_rule(const bg_sheet *sheet, const size_t *widths, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    bg_view line = repeat(sheet, '-', widths[i]);
    fprintf(sheet->out, "%s%.*s", i > 0 ? "  " : "", BG_VIEW_ARGS(line));
  }
  fputc('\n', sheet->out);
}
