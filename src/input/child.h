/// Another program as a filter of bytes. Of the room's own; thread-safe.

#ifndef BG_INPUT_CHILD_H
#define BG_INPUT_CHILD_H

#include "base/buffer.h"

/// The path of a program that stands in $PATH; false where it does not.
bool bg_child_find(const char *name, char *path, size_t size);

/// Runs the program with `in` as its standard input and appends its standard
/// output to `out`. False where it cannot be run, fails, or writes more than
/// `limit` bytes: then `out` is as it was.
bool bg_child_filter(const char *path, char *const *arguments, bg_view in,
                     bg_buffer *out, size_t limit);

#endif
