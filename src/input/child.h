/// Another program as a filter of bytes, through files in memory: what it
/// writes is read where it stands. Of the room's own. A filter is used by one
/// thread at a time.

#ifndef BG_INPUT_CHILD_H
#define BG_INPUT_CHILD_H

#include "base/view.h"

/// The path of a program that stands in $PATH; false where it does not, or
/// where the system has no files in memory.
bool bg_child_find(const char *name, char *path, size_t size);

/// Both files, kept from one run to the next. All zeros at first.
typedef struct {
  bool is_open;
  int in;
  int out;
  char *written; ///< the output, mapped
  size_t limit;  ///< most bytes of it
} bg_child;

/// Runs the program with `in` as its standard input. False where it cannot be
/// run, fails, or writes more than `limit` bytes, the same in each run. `out`
/// lives until the next run.
bool bg_child_run(bg_child *child, const char *path, char *const *arguments,
                  bg_view in, size_t limit, bg_view *out);

void bg_child_release(bg_child *child);

#endif
