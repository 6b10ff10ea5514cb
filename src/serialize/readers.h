/// How the two kinds of readers are called; see serialize.h for the rest. Of
/// the room's own.

#ifndef BG_SERIALIZE_READERS_H
#define BG_SERIALIZE_READERS_H

#include "serialize/serialize.h"

/// N-Triples, or N-Quads with `has_graphs`. As bg_reader_read.
bg_status bg_lines_reader_read(const char *path, bool has_graphs,
                               size_t file_number, bg_statement_handler *handle,
                               void *context, bg_error *err);

#endif
