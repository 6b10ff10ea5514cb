#include "serialize/iri.h"
#include "serialize/writers.h"

#include <stdlib.h>

typedef struct {
  bg_sink sink;
  bg_stream *out;
  bool has_graphs;
  bg_buffer text; // of pages that come unprepared
} lines_writer;

// ---- terms -----------------------------------------------------------------

/// STRING_LITERAL_QUOTE ::= '"' ([^#x22#x5C#xA#xD] | ECHAR | UCHAR)* '"'
static void
write_string(bg_view text, bg_buffer *to)
{
  bg_buffer_append_byte(to, '"');
  size_t plain = 0;
  for (size_t i = 0; i < text.size; i++) {
    char escape = '\0';
    switch (text.bytes[i]) {
    case '"':
    case '\\':
      escape = text.bytes[i];
      break;
    case '\n':
      escape = 'n';
      break;
    case '\r':
      escape = 'r';
      break;
    case '\t':
      escape = 't';
      break;
    default:
      continue;
    }
    bg_buffer_append(to, bg_view_slice(text, plain, i));
    bg_buffer_append_byte(to, '\\');
    bg_buffer_append_byte(to, escape);
    plain = i + 1;
  }
  bg_buffer_append(to, bg_view_slice(text, plain, text.size));
  bg_buffer_append_byte(to, '"');
}

static void
write_literal(const bg_term *term, bg_buffer *to)
{
  write_string(term->text, to);
  if (term->language.size > 0) {
    bg_buffer_append_byte(to, '@');
    bg_buffer_append(to, term->language);
  } else if (term->datatype.size > 0) {
    bg_buffer_append(to, BG_VIEW("^^"));
    bg_iri_write(term->datatype, to);
  }
}

static void
write_term(const bg_term *term, bg_buffer *to)
{
  switch (term->kind) {
  case BG_TERM_IRI:
    bg_iri_write(term->text, to);
    break;
  case BG_TERM_LITERAL:
    write_literal(term, to);
    break;
  case BG_TERM_BLANK:
    bg_buffer_append(to, BG_VIEW("_:"));
    bg_buffer_append(to, term->text);
    break;
  case BG_TERM_NONE:
    return;
  }
  bg_buffer_append_byte(to, ' ');
}

// ---- the sink --------------------------------------------------------------

static void
prepare(const bg_sink *sink, const bg_statements *statements, bg_buffer *bytes)
{
  const lines_writer *writer = (const lines_writer *)sink;
  for (size_t i = 0; i < statements->count; i++) {
    const bg_statement *each = &statements->items[i];
    write_term(&each->subject, bytes);
    write_term(&each->predicate, bytes);
    write_term(&each->object, bytes);
    if (writer->has_graphs) {
      write_term(&each->graph, bytes);
    }
    bg_buffer_append(bytes, BG_VIEW(".\n"));
  }
}

static void
seal(const bg_sink *sink, bg_buffer *bytes)
{
  bg_stream_seal(((const lines_writer *)sink)->out, bytes);
}

static bg_status
commit(bg_sink *sink, const bg_commit *commit, bg_error *err)
{
  lines_writer *writer = (lines_writer *)sink;
  if (commit->bytes.size > 0) {
    bg_stream_write_sealed(writer->out, commit->bytes);
  }
  for (size_t i = 0; commit->bytes.size == 0 && i < commit->page_count; i++) {
    bg_buffer_reset(&writer->text);
    prepare(sink, &commit->pages[i].statements, &writer->text);
    bg_stream_write(writer->out, bg_buffer_view(&writer->text));
  }
  return bg_stream_has_failed(writer->out) ? bg_stream_flush(writer->out, err)
                                           : BG_OK;
}

static bg_status
flush(bg_sink *sink, uint64_t *size, bg_error *err)
{
  return bg_stream_sync(((lines_writer *)sink)->out, size, err);
}

static bg_status
close_writer(bg_sink *sink, bg_error *err)
{
  lines_writer *writer = (lines_writer *)sink;
  bg_status status = bg_stream_flush(writer->out, err);
  bg_buffer_release(&writer->text);
  free(writer);
  return status;
}

bg_status
bg_lines_writer_open(bool has_graphs, bg_stream *out, bg_sink **sink,
                     bg_error *err)
{
  (void)err; // nothing is written yet
  lines_writer *writer = bg_heap_allocate(sizeof *writer);
  *writer = (lines_writer){
      .sink = {.prepare = prepare,
               .seal = seal,
               .commit = commit,
               .flush = flush,
               .close = close_writer},
      .out = out,
      .has_graphs = has_graphs,
  };
  *sink = &writer->sink;
  return BG_OK;
}
