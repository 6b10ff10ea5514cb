#include "serialize/writers.h"

#include <string.h>

const bg_format bg_formats[] = {
    {"turtle", "ttl", false, false, "Turtle, for people"},
    {"ntriples", "nt", false, false, "N-Triples, a statement a line"},
    {"nquads", "nq", true, false, "N-Quads, with the named graphs"},
    {"trig", "trig", true, false, "TriG: Turtle with the named graphs"},
    {"rdfxml", "rdf", false, true, "RDF/XML"},
    {"dot", "dot", false, true, "a drawing for Graphviz"},
    {NULL, NULL, false, false, NULL},
};

const bg_format *
bg_format_find(const char *name)
{
  for (const bg_format *format = bg_formats; format->name != NULL; format++) {
    if (strcmp(format->name, name) == 0) {
      return format;
    }
  }
  return NULL;
}

bg_status
bg_writer_open(const bg_format *format, bg_stream *out, const char *base,
               bg_sink **sink, bg_error *err)
{
  if (strcmp(format->name, "turtle") == 0 ||
      strcmp(format->name, "trig") == 0) {
    return bg_turtle_writer_open(format->has_graphs, out, base, sink, err);
  }
  if (strcmp(format->name, "ntriples") == 0 || format->has_graphs) {
    return bg_lines_writer_open(format->has_graphs, out, sink, err);
  }
  return bg_raptor_writer_open(format->name, out, base, sink, err);
}

bg_status
bg_statements_write(const bg_statements *statements, const bg_format *format,
                    const char *base, FILE *out, const char *name,
                    bg_error *err)
{
  const bg_page_graph page = {.statements = *statements};
  const bg_commit commit = {.pages = &page, .page_count = 1};
  bg_sink *sink;
  fflush(out);
  bg_stream *stream = bg_stream_attach(fileno(out), name);
  bg_status status = bg_writer_open(format, stream, base, &sink, err);
  if (status == BG_OK) {
    status = sink->commit(sink, &commit, err);
    bg_status closed = sink->close(sink, status == BG_OK ? err : NULL);
    status = status == BG_OK ? closed : status;
  }
  bg_status closed = bg_stream_close(stream, status == BG_OK ? err : NULL);
  return status == BG_OK ? closed : status;
}
