#include "cli/cli.h"

#include <errno.h>
#include <string.h>

static bool
is_standard_output(const char *path)
{
  return path == NULL || strcmp(path, "-") == 0;
}

bg_status
bg_output_open(const char *path, FILE **out, bg_error *err)
{
  *out = is_standard_output(path) ? stdout : fopen(path, "w");
  if (*out == NULL) {
    return bg_error_set(err, BG_FAILED, "cannot create '%s': %s", path,
                        strerror(errno));
  }
  return BG_OK;
}

bg_status
bg_output_close(FILE *out, const char *path, bg_error *err)
{
  errno = 0;
  bool failed = ferror(out) != 0;
  failed = fflush(out) != 0 || failed;
  if (!is_standard_output(path)) {
    failed = fclose(out) != 0 || failed;
  }
  if (!failed) {
    return BG_OK;
  }
  return bg_error_set(err, BG_FAILED, "cannot write %s%s%s: %s",
                      is_standard_output(path) ? "" : "'",
                      is_standard_output(path) ? "standard output" : path,
                      is_standard_output(path) ? "" : "'",
                      errno == 0 ? "some of it was lost" : strerror(errno));
}
