#include "sparql/results.h"

#include "base/columns.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

typedef void results_writer(const bg_results *results, FILE *out);

static void
put(bg_view text, FILE *out)
{
  if (text.size > 0) {
    fwrite(text.bytes, 1, text.size, out);
  }
}

static const bg_term *
cell_at(const bg_results *results, size_t row, size_t column)
{
  return &results->cells[row * results->variable_count + column];
}

// ---- a table for people ----------------------------------------------------

/// One line: what a reader looks for first, without quotation marks.
static bg_view
show_term(const bg_term *term, bg_arena *arena)
{
  if (term->kind == BG_TERM_NONE) {
    return BG_VIEW("");
  }
  return bg_columns_clean(
      term->kind == BG_TERM_IRI
          ? bg_iri_shorten(term->text, BG_DEFAULT_BASE, arena)
          : term->text,
      arena);
}

/// A line of hyphens as long as the column is wide.
static bg_view
rule(size_t width, bg_arena *arena)
{
  char *bytes = bg_arena_allocate(arena, width + 1);
  memset(bytes, '-', width);
  return (bg_view){bytes, width};
}

static void
write_table(const bg_results *results, FILE *out)
{
  enum { head_rows = 2 };
  bg_arena *arena = bg_arena_new();
  size_t columns = results->variable_count;
  size_t rows = results->row_count + head_rows;
  size_t *widths = BG_NEW_ARRAY(arena, size_t, columns + 1);
  bg_view *shown = BG_NEW_ARRAY(arena, bg_view, rows * columns + 1);
  for (size_t column = 0; column < columns; column++) {
    shown[column] = bg_view_of(results->variables[column]);
    widths[column] = shown[column].size;
    for (size_t row = 0; row < results->row_count; row++) {
      bg_view text = show_term(cell_at(results, row, column), arena);
      size_t width = bg_utf8_width(text);
      shown[(row + head_rows) * columns + column] = text;
      widths[column] = width > widths[column] ? width : widths[column];
    }
    shown[columns + column] = rule(widths[column], arena);
  }
  bg_buffer line;
  bg_buffer_init(&line);
  for (size_t row = 0; columns > 0 && row < rows; row++) {
    bg_buffer_reset(&line);
    bg_columns_append_row(&line, shown + row * columns, widths, columns);
    put(bg_buffer_view(&line), out);
  }
  bg_buffer_release(&line);
  bg_arena_free(arena);
}

// ---- JSON ------------------------------------------------------------------

/// RFC 8259, section 7.
static void
put_json(bg_view text, FILE *out)
{
  putc('"', out);
  for (size_t i = 0; i < text.size; i++) {
    unsigned char byte = (unsigned char)text.bytes[i];
    if (byte == '"' || byte == '\\') {
      fprintf(out, "\\%c", byte);
    } else if (byte == '\n') {
      fputs("\\n", out);
    } else if (byte < 0x20) {
      fprintf(out, "\\u%04x", byte);
    } else {
      putc(byte, out);
    }
  }
  putc('"', out);
}

static void
put_json_term(const bg_term *term, FILE *out)
{
  const char *type = term->kind == BG_TERM_IRI     ? "uri"
                     : term->kind == BG_TERM_BLANK ? "bnode"
                                                   : "literal";
  fprintf(out, "{\"type\": \"%s\", \"value\": ", type);
  put_json(term->text, out);
  if (term->language.size > 0) {
    fputs(", \"xml:lang\": ", out);
    put_json(term->language, out);
  } else if (term->datatype.size > 0) {
    fputs(", \"datatype\": ", out);
    put_json(term->datatype, out);
  }
  putc('}', out);
}

/// SPARQL 1.1 Query Results JSON Format: an unbound variable has no member.
static void
write_json(const bg_results *results, FILE *out)
{
  fputs("{\"head\": {\"vars\": [", out);
  for (size_t i = 0; i < results->variable_count; i++) {
    fputs(i == 0 ? "" : ", ", out);
    put_json(bg_view_of(results->variables[i]), out);
  }
  fputs("]},\n \"results\": {\"bindings\": [", out);
  for (size_t row = 0; row < results->row_count; row++) {
    fputs(row == 0 ? "\n  {" : ",\n  {", out);
    bool is_first = true;
    for (size_t i = 0; i < results->variable_count; i++) {
      const bg_term *term = cell_at(results, row, i);
      if (term->kind != BG_TERM_NONE) {
        fputs(is_first ? "" : ", ", out);
        put_json(bg_view_of(results->variables[i]), out);
        fputs(": ", out);
        put_json_term(term, out);
        is_first = false;
      }
    }
    putc('}', out);
  }
  fputs("\n ]}}\n", out);
}

// ---- XML -------------------------------------------------------------------

static void
put_xml(bg_view text, FILE *out)
{
  for (size_t i = 0; i < text.size; i++) {
    switch (text.bytes[i]) {
    case '&':
      fputs("&amp;", out);
      break;
    case '<':
      fputs("&lt;", out);
      break;
    case '>':
      fputs("&gt;", out);
      break;
    case '"':
      fputs("&quot;", out);
      break;
    case '\r':
      fputs("&#13;", out);
      break;
    default:
      putc(text.bytes[i], out);
    }
  }
}

static const char xml_head[] =
    "<?xml version=\"1.0\"?>\n"
    "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">\n";

static void
put_xml_term(const bg_term *term, FILE *out)
{
  const char *element = term->kind == BG_TERM_IRI     ? "uri"
                        : term->kind == BG_TERM_BLANK ? "bnode"
                                                      : "literal";
  fprintf(out, "<%s", element);
  if (term->language.size > 0) {
    fputs(" xml:lang=\"", out);
    put_xml(term->language, out);
    putc('"', out);
  } else if (term->datatype.size > 0) {
    fputs(" datatype=\"", out);
    put_xml(term->datatype, out);
    putc('"', out);
  }
  putc('>', out);
  put_xml(term->text, out);
  fprintf(out, "</%s>", element);
}

static void
write_xml(const bg_results *results, FILE *out)
{
  fputs(xml_head, out);
  fputs("  <head>\n", out);
  for (size_t i = 0; i < results->variable_count; i++) {
    fprintf(out, "    <variable name=\"%s\"/>\n", results->variables[i]);
  }
  fputs("  </head>\n  <results>\n", out);
  for (size_t row = 0; row < results->row_count; row++) {
    fputs("    <result>\n", out);
    for (size_t i = 0; i < results->variable_count; i++) {
      const bg_term *term = cell_at(results, row, i);
      if (term->kind != BG_TERM_NONE) {
        fprintf(out, "      <binding name=\"%s\">", results->variables[i]);
        put_xml_term(term, out);
        fputs("</binding>\n", out);
      }
    }
    fputs("    </result>\n", out);
  }
  fputs("  </results>\n</sparql>\n", out);
}

// ---- CSV and TSV -----------------------------------------------------------

/// RFC 4180: in quotation marks where a comma, a mark or a line end stands.
static void
put_csv(bg_view text, FILE *out)
{
  bool needs_marks = false;
  for (size_t i = 0; i < text.size; i++) {
    needs_marks |= strchr("\",\r\n", text.bytes[i]) != NULL;
  }
  if (!needs_marks) {
    put(text, out);
    return;
  }
  putc('"', out);
  for (size_t i = 0; i < text.size; i++) {
    if (text.bytes[i] == '"') {
      putc('"', out);
    }
    putc(text.bytes[i], out);
  }
  putc('"', out);
}

static void
write_csv(const bg_results *results, FILE *out)
{
  for (size_t i = 0; i < results->variable_count; i++) {
    fprintf(out, "%s%s", i == 0 ? "" : ",", results->variables[i]);
  }
  fputs("\r\n", out);
  for (size_t row = 0; row < results->row_count; row++) {
    for (size_t i = 0; i < results->variable_count; i++) {
      const bg_term *term = cell_at(results, row, i);
      fputs(i == 0 ? "" : ",", out);
      fputs(term->kind == BG_TERM_BLANK ? "_:" : "", out);
      put_csv(term->text, out);
    }
    fputs("\r\n", out);
  }
}

/// A term as Turtle writes it.
static void
put_turtle(const bg_term *term, FILE *out)
{
  switch (term->kind) {
  case BG_TERM_NONE:
    return;
  case BG_TERM_IRI:
    fprintf(out, "<%.*s>", BG_VIEW_ARGS(term->text));
    return;
  case BG_TERM_BLANK:
    fprintf(out, "_:%.*s", BG_VIEW_ARGS(term->text));
    return;
  case BG_TERM_LITERAL:
    break;
  }
  putc('"', out);
  for (size_t i = 0; i < term->text.size; i++) {
    static const char special[] = "\"\\\n\r\t";
    static const char letters[] = "\"\\nrt";
    const char *found = strchr(special, term->text.bytes[i]);
    if (found != NULL && *found != '\0') {
      fprintf(out, "\\%c", letters[found - special]);
    } else {
      putc(term->text.bytes[i], out);
    }
  }
  putc('"', out);
  if (term->language.size > 0) {
    fprintf(out, "@%.*s", BG_VIEW_ARGS(term->language));
  } else if (term->datatype.size > 0) {
    fprintf(out, "^^<%.*s>", BG_VIEW_ARGS(term->datatype));
  }
}

static void
write_tsv(const bg_results *results, FILE *out)
{
  for (size_t i = 0; i < results->variable_count; i++) {
    fprintf(out, "%s?%s", i == 0 ? "" : "\t", results->variables[i]);
  }
  putc('\n', out);
  for (size_t row = 0; row < results->row_count; row++) {
    for (size_t i = 0; i < results->variable_count; i++) {
      fputs(i == 0 ? "" : "\t", out);
      put_turtle(cell_at(results, row, i), out);
    }
    putc('\n', out);
  }
}

// ---- by name ---------------------------------------------------------------

static const struct {
  const char *name;
  results_writer *write;
} writers[] = {
    {"table", write_table}, {"json", write_json}, {"xml", write_xml},
    {"csv", write_csv},     {"tsv", write_tsv},
};

bg_status
bg_results_write(const bg_results *results, const char *format, FILE *out,
                 bg_error *err)
{
  for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
    if (strcmp(format, writers[i].name) == 0) {
      writers[i].write(results, out);
      return BG_OK;
    }
  }
  return bg_error_set(err, BG_MISUSED, "rows cannot be written as '%s'",
                      format);
}

bg_status
bg_answer_write(bool answer, const char *format, FILE *out, bg_error *err)
{
  const char *word = answer ? "true" : "false";
  if (strcmp(format, "json") == 0) {
    fprintf(out, "{\"head\": {}, \"boolean\": %s}\n", word);
  } else if (strcmp(format, "xml") == 0) {
    fprintf(out, "%s  <head/>\n  <boolean>%s</boolean>\n</sparql>\n", xml_head,
            word);
  } else if (strcmp(format, "table") == 0) {
    fprintf(out, "%s\n", word);
  } else {
    return bg_error_set(err, BG_MISUSED,
                        "a yes or no cannot be written as '%s'", format);
  }
  return BG_OK;
}
