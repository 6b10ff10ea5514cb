#include "base/buffer.h"
#include "serialize/writers.h"

#include <raptor2.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  bg_sink sink;
  bg_stream *out;
  raptor_world *world;
  raptor_serializer *serializer;
  raptor_iostream *bytes; // to `out`
  bool is_xml;
  bg_buffer text;     // of a literal that had to be changed
  size_t complaints;  // of Raptor, about single statements
  bg_error complaint; // the first of them
} raptor_writer;

static void
keep_complaint(void *context, raptor_log_message *message)
{
  raptor_writer *writer = context;
  if (message->level >= RAPTOR_LOG_LEVEL_ERROR && writer->complaints++ == 0) {
    bg_error_set(&writer->complaint, BG_REFUSED, "%s", message->text);
  }
}

/// Raptor looks at the first byte even where the size is zero.
static const unsigned char *
bytes_of(bg_view view)
{
  return (const unsigned char *)(view.size == 0 ? "" : view.bytes);
}

/// XML 1.0 cannot hold most control characters; Raptor would leave them out,
/// and U+007F too. U+FFFD shows that something was there.
static bg_view
replace_control_characters(raptor_writer *writer, bg_view text)
{
  bg_buffer_reset(&writer->text);
  for (size_t i = 0; i < text.size; i++) {
    char byte = text.bytes[i];
    bool is_bad = byte == 0x7F || ((unsigned char)byte < 0x20 && byte != '\t' &&
                                   byte != '\n' && byte != '\r');
    if (is_bad) {
      bg_buffer_append(&writer->text, BG_VIEW("\xEF\xBF\xBD"));
    } else {
      bg_buffer_append_byte(&writer->text, byte);
    }
  }
  return bg_buffer_view(&writer->text);
}

static raptor_term *
make_literal(raptor_writer *writer, const bg_term *term)
{
  bg_view text = writer->is_xml ? replace_control_characters(writer, term->text)
                                : term->text;
  raptor_uri *datatype = NULL;
  if (term->datatype.size > 0 && term->language.size == 0) {
    datatype = raptor_new_uri_from_counted_string(
        writer->world, bytes_of(term->datatype), term->datatype.size);
  }
  // Raptor copies the language up to a zero byte, whatever its size.
  char language[256];
  snprintf(language, sizeof language, "%.*s", BG_VIEW_ARGS(term->language));
  raptor_term *made = raptor_new_term_from_counted_literal(
      writer->world, bytes_of(text), text.size, datatype,
      language[0] == '\0' ? NULL : (const unsigned char *)language,
      (unsigned char)strlen(language));
  if (datatype != NULL) {
    raptor_free_uri(datatype);
  }
  return made;
}

/// NULL for no term, or where Raptor refuses it.
static raptor_term *
make_term(raptor_writer *writer, const bg_term *term)
{
  switch (term->kind) {
  case BG_TERM_IRI:
    return raptor_new_term_from_counted_uri_string(
        writer->world, bytes_of(term->text), term->text.size);
  case BG_TERM_LITERAL:
    return make_literal(writer, term);
  case BG_TERM_BLANK:
    return raptor_new_term_from_counted_blank(
        writer->world, bytes_of(term->text), term->text.size);
  case BG_TERM_NONE:
    break;
  }
  return NULL;
}

static void
write_statement(raptor_writer *writer, const bg_statement *statement)
{
  raptor_statement made;
  raptor_statement_init(&made, writer->world);
  made.subject = make_term(writer, &statement->subject);
  made.predicate = make_term(writer, &statement->predicate);
  made.object = make_term(writer, &statement->object);
  made.graph = make_term(writer, &statement->graph);
  size_t before = writer->complaints;
  bool is_whole =
      made.subject != NULL && made.predicate != NULL && made.object != NULL;
  bool is_written = is_whole && raptor_serializer_serialize_statement(
                                    writer->serializer, &made) == 0;
  if (!is_written && writer->complaints == before &&
      !bg_stream_has_failed(writer->out) && writer->complaints++ == 0) {
    bg_error_set(&writer->complaint, BG_REFUSED,
                 "cannot write the statement about <%.*s>",
                 BG_VIEW_ARGS(statement->subject.text));
  }
  raptor_statement_clear(&made);
}

static bg_status
commit(bg_sink *sink, const bg_commit *commit, bg_error *err)
{
  raptor_writer *writer = (raptor_writer *)sink;
  for (size_t page = 0; page < commit->page_count; page++) {
    const bg_statements *statements = &commit->pages[page].statements;
    for (size_t i = 0; i < statements->count; i++) {
      write_statement(writer, &statements->items[i]);
    }
  }
  return bg_stream_has_failed(writer->out) ? bg_stream_flush(writer->out, err)
                                           : BG_OK;
}

static bg_status
close_writer(bg_sink *sink, bg_error *err)
{
  raptor_writer *writer = (raptor_writer *)sink;
  if (writer->serializer != NULL) {
    raptor_serializer_serialize_end(writer->serializer);
    raptor_free_serializer(writer->serializer);
  }
  if (writer->bytes != NULL) {
    raptor_free_iostream(writer->bytes);
  }
  raptor_free_world(writer->world);
  bg_status status = bg_stream_flush(writer->out, err);
  if (status == BG_OK && writer->complaints > 0) {
    status = bg_error_set(err, BG_REFUSED, "%zu statements not written: %s",
                          writer->complaints, writer->complaint.message);
  }
  bg_buffer_release(&writer->text);
  free(writer);
  return status;
}

static int
put_byte(void *context, const int byte)
{
  char bytes[] = {(char)byte};
  bg_stream_write(context, (bg_view){bytes, 1});
  return bg_stream_has_failed(context);
}

static int
put_bytes(void *context, const void *bytes, size_t size, size_t count)
{
  bg_stream_write(context, (bg_view){bytes, size * count});
  return bg_stream_has_failed(context) ? 0 : (int)(size * count);
}

static const raptor_iostream_handler stream_handler = {
    .version = 2, .write_byte = put_byte, .write_bytes = put_bytes};

static void
declare(raptor_writer *writer, const char *prefix, bg_view iri)
{
  raptor_uri *uri = raptor_new_uri_from_counted_string(writer->world,
                                                       bytes_of(iri), iri.size);
  if (uri != NULL) {
    raptor_serializer_set_namespace(writer->serializer, uri,
                                    bytes_of(bg_view_of(prefix)));
    raptor_free_uri(uri);
  }
}

static void
declare_namespaces(raptor_writer *writer, const char *base)
{
  for (const bg_namespace *it = bg_namespaces; it->prefix != NULL; it++) {
    declare(writer, it->prefix, bg_view_of(it->iri));
  }
  if (base != NULL) {
    bg_buffer_reset(&writer->text);
    bg_buffer_format(&writer->text, "%sen/", base);
    declare(writer, "en", bg_buffer_view(&writer->text));
  }
}

bg_status
bg_raptor_writer_open(const char *name, bg_stream *out, const char *base,
                      bg_sink **sink, bg_error *err)
{
  raptor_writer *writer = bg_heap_allocate(sizeof *writer);
  *writer = (raptor_writer){
      .sink = {.commit = commit, .close = close_writer},
      .out = out,
      .world = raptor_new_world(),
      .is_xml = strcmp(name, "rdfxml") == 0,
  };
  raptor_world_set_log_handler(writer->world, writer, keep_complaint);
  if (raptor_world_open(writer->world) == 0) {
    writer->serializer = raptor_new_serializer(writer->world, name);
  }
  if (writer->serializer == NULL) {
    close_writer(&writer->sink, NULL);
    return bg_error_set(err, BG_FAILED, "Raptor has no serializer '%s'", name);
  }
  declare_namespaces(writer, base);
  writer->bytes =
      raptor_new_iostream_from_handler(writer->world, out, &stream_handler);
  raptor_serializer_start_to_iostream(writer->serializer, NULL, writer->bytes);
  *sink = &writer->sink;
  return BG_OK;
}
