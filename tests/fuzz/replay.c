/// Runs a fuzz target over the files given: what fuzzing found stays found.

#include "base/file.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
main(int argc, char **argv)
{
  for (int i = 1; i < argc; i++) {
    bg_buffer content;
    bg_error err;
    bg_buffer_init(&content);
    if (bg_file_read(argv[i], &content, &err) != BG_OK) {
      fprintf(stderr, "%s\n", err.message);
      return 1;
    }
    LLVMFuzzerTestOneInput((const uint8_t *)content.bytes, content.size);
    bg_buffer_release(&content);
  }
  printf("%d inputs\n", argc - 1);
  return 0;
}
