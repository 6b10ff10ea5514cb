#include "serialize/writers.h"

#include <errno.h>
#include <string.h>

const bg_format bg_formats[] = {
    {"turtle", "ttl", false, "Turtle, for people"},
    {"ntriples", "nt", false, "N-Triples, a statement a line"},
    {"nquads", "nq", true, "N-Quads, with the named graphs"},
    {"rdfxml", "rdf", false, "RDF/XML"},
    {"dot", "dot", false, "a drawing for Graphviz"},
    {NULL, NULL, false, NULL},
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
bg_writer_open(const bg_format *format, FILE *out, const char *base,
               bg_sink **sink, bg_error *err)
{
  if (strcmp(format->name, "turtle") == 0) {
    return bg_turtle_writer_open(out, base, sink, err);
  }
  return bg_raptor_writer_open(format->name, out, base, sink, err);
}

bg_status
bg_writer_flush(FILE *out, bg_error *err)
{
  // A write that failed before has left its reason.
  if (!ferror(out)) {
    errno = 0;
  }
  if (fflush(out) == 0 && !ferror(out)) {
    return BG_OK;
  }
  return bg_error_set(err, BG_FAILED, "cannot write RDF: %s",
                      errno == 0 ? "output was lost" : strerror(errno));
}
