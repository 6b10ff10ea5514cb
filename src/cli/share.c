#include "cli/cli.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
is_share_directory(const char *path, bg_arena *arena)
{
  struct stat status;
  const char *languages =
      bg_arena_format(arena, "%s/data/languages", path).bytes;
  return stat(languages, &status) == 0 && S_ISDIR(status.st_mode);
}

/// Where the program's file lies: "." when the system does not tell.
static const char *
program_directory(bg_arena *arena)
{
  char path[PATH_MAX];
  ssize_t size = readlink("/proc/self/exe", path, sizeof path);
  if (size <= 0 || (size_t)size == sizeof path) {
    return ".";
  }
  bg_view program = {path, (size_t)size};
  size_t slash = bg_view_find_last_byte(program, '/');
  return bg_arena_copy(arena, bg_view_slice(program, 0, slash)).bytes;
}

bg_status
bg_share_directory(bg_arena *arena, const char **path, bg_error *err)
{
  const char *wished = getenv("BATTLEGRAPH_DATA");
  if (wished != NULL) {
    *path = bg_arena_copy(arena, bg_view_of(wished)).bytes;
    return is_share_directory(wished, arena)
               ? BG_OK
               : bg_error_set(err, BG_FAILED,
                              "no 'data/languages' in '%s', which "
                              "BATTLEGRAPH_DATA names",
                              wished);
  }
  // Beside a program that is run where it was built, in the source tree or in
  // a folder of it; beside an installed tree that was moved; installed.
  const char *from_program[] = {"", "/..", "/../..", "/../share/battlegraph"};
  const char *directory = program_directory(arena);
  for (size_t i = 0; i < sizeof from_program / sizeof *from_program; i++) {
    *path = bg_arena_format(arena, "%s%s", directory, from_program[i]).bytes;
    if (is_share_directory(*path, arena)) {
      return BG_OK;
    }
  }
  *path = BG_DATADIR;
  if (is_share_directory(*path, arena)) {
    return BG_OK;
  }
  return bg_error_set(err, BG_FAILED,
                      "cannot find the data files, neither near the program "
                      "nor in '%s'; set BATTLEGRAPH_DATA to the folder that "
                      "holds 'data' and 'ontology'",
                      BG_DATADIR);
}
