/// Whole files into memory.

#ifndef BG_BASE_FILE_H
#define BG_BASE_FILE_H

#include "base/buffer.h"
#include "base/error.h"

/// Appends the content of the file `path`; "-" is standard input.
/// BG_FAILED where it cannot be opened or read; a directory is such a case.
bg_status bg_file_read(const char *path, bg_buffer *content, bg_error *err);

#endif
