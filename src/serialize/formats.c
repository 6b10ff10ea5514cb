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
