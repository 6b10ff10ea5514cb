/// A sink that writes RDF, and a reader of RDF files. Raptor does both; its
/// types stay in serialize/raptor*.c. Each writer and each reader has a world
/// of its own and is used by one thread.

#ifndef BG_SERIALIZE_SERIALIZE_H
#define BG_SERIALIZE_SERIALIZE_H

#include "base/stream.h"
#include "graph/graph.h"

#include <stdio.h>

typedef struct {
  const char *name;   ///< as after --format
  const char *ending; ///< of file names, without the dot
  bool has_graphs;    ///< keeps the statements' graphs
  bool has_frame;     ///< what is written has an end: more cannot follow it
  const char *description;
} bg_format;

/// The formats that can be written: turtle, ntriples, nquads, trig, rdfxml,
/// dot. Ends with a NULL name.
extern const bg_format bg_formats[];

/// NULL when there is no such format.
const bg_format *bg_format_find(const char *name);

/// A sink that writes to `out`, which stays the caller's to close. The same
/// statements give the same bytes. `base` is the resource base IRI: `en` and
/// the other languages' namespaces are declared from it. BG_FAILED when a write
/// fails (full disk, closed pipe).
bg_status bg_writer_open(const bg_format *format, bg_stream *out,
                         const char *base, bg_sink **sink, bg_error *err);

/// Writes some statements and nothing else to `out`, which stays open. `name`
/// is for messages.
bg_status bg_statements_write(const bg_statements *statements,
                              const bg_format *format, const char *base,
                              FILE *out, const char *name, bg_error *err);

/// Called for each statement that a reader meets; another status than BG_OK
/// stops the reader, which returns it.
typedef bg_status bg_statement_handler(void *context,
                                       const bg_statement *statement,
                                       bg_error *err);

/// Reads one RDF file, compressed or not, of any syntax that raptor reads,
/// named by `syntax` (a raptor parser name) or, where that is NULL, told by the
/// file's name and content. Nothing in the file can open another file or a
/// connection. A syntax error is BG_REFUSED, named with file, line and column;
/// what came before it has been handed over. `path` "-" is standard input.
/// Blank node labels are made distinct between files of one run by
/// `file_number`.
bg_status bg_reader_read(const char *path, const char *syntax,
                         size_t file_number, bg_statement_handler *handle,
                         void *context, bg_error *err);

#endif
