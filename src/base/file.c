#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bg_status
read_stream(FILE *stream, const char *path, bg_buffer *content, bg_error *err)
{
  enum { piece = 1 << 16 };
  for (;;) {
    size_t got = fread(bg_buffer_reserve(content, piece), 1, piece, stream);
    content->size += got;
    if (got < piece) {
      break;
    }
  }
  if (ferror(stream)) {
    return bg_error_set(err, BG_FAILED, "cannot read '%s' at byte %zu: %s",
                        path, content->size, strerror(errno));
  }
  return BG_OK;
}

bg_status
bg_file_read(const char *path, bg_buffer *content, bg_error *err)
{
  if (strcmp(path, "-") == 0) {
    return read_stream(stdin, "standard input", content, err);
  }
  FILE *stream = fopen(path, "rb");
  if (stream == NULL) {
    return bg_error_set(err, BG_FAILED, "cannot open '%s': %s", path,
                        strerror(errno));
  }
  struct stat about;
  bg_status status;
  if (fstat(fileno(stream), &about) != 0) {
    status = bg_error_set(err, BG_FAILED, "cannot read '%s': %s", path,
                          strerror(errno));
  } else if (S_ISDIR(about.st_mode)) {
    status =
        bg_error_set(err, BG_FAILED, "cannot read '%s': is a directory", path);
  } else {
    status = read_stream(stream, path, content, err);
  }
  fclose(stream);
  return status;
}
