/// Files to pages: what a file is told to be, and what is refused.

#include "input/input.h"
#include "tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char complaint[1024];

static void
complain(void *context, const char *message)
{
  (void)context;
  snprintf(complaint, sizeof complaint, "%s", message);
}

static void
write_file(const char *path, const char *bytes, size_t size)
{
  FILE *file = fopen(path, "wb");
  if (file == NULL || fwrite(bytes, 1, size, file) != size ||
      fclose(file) != 0) {
    perror(path);
    exit(99);
  }
}

int
main(void)
{
  char directory[] = "/tmp/bg-input-XXXXXX";
  char path[256];
  if (mkdtemp(directory) == NULL || chdir(directory) != 0) {
    return 99;
  }
  snprintf(path, sizeof path, "%s", "Battle_of_St._Kitts_(1782).wiki");

  static const struct {
    const char *what;
    const char *bytes;
    size_t size; // 0: a C string
    bg_status status;
    bg_page_form form;
    const char *title;
    const char *message; // a part of it; NULL: none
  } cases[] = {
      {"a plain rendering", "= Battle of X =\n\nInfobox\n- Date: 717 AD\n", 0,
       BG_OK, BG_FORM_PLAIN, "Battle of X", NULL},
      {"a plain rendering after a byte order mark", "\xEF\xBB\xBF= X =\r\n", 0,
       BG_OK, BG_FORM_PLAIN, "X", NULL},
      {"wikitext", "{{Infobox military conflict}}", 0, BG_OK, BG_FORM_WIKITEXT,
       "Battle of St. Kitts (1782)", NULL},
      {"wikitext that begins with a heading", "== X ==\ntext", 0, BG_OK,
       BG_FORM_WIKITEXT, "Battle of St. Kitts (1782)", NULL},
      {"an empty file", " \n", 0, BG_REFUSED, 0, NULL, "is empty"},
      {"a binary file", "AB\3\4\0x", 6, BG_REFUSED, 0, NULL, "byte 4"},
      {"a zip archive", "PK\3\4\0x", 6, BG_REFUSED, 0, NULL, "unzip"},
      {"HTML", "\n<!DOCTYPE html>", 0, BG_REFUSED, 0, NULL, "byte 1"},
      {"XML of others", "<?xml version='1.0'?><svg/>", 0, BG_REFUSED, 0, NULL,
       "no MediaWiki dump"},
      {"invalid UTF-8", "caf\xE9 and caf\xE9", 0, BG_OK, BG_FORM_WIKITEXT,
       "Battle of St. Kitts (1782)", "byte 3 (2 bytes"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    size_t size = cases[i].size > 0 ? cases[i].size : strlen(cases[i].bytes);
    write_file(path, cases[i].bytes, size);
    bg_input_options options = {.complain = complain};
    bg_input *input;
    bg_page page = {.path = NULL};
    bg_error err = {{0}};
    complaint[0] = '\0';
    bg_status status = bg_input_open(path, &options, NULL, &input, &err);
    ok(status == cases[i].status, "%s: status", cases[i].what);
    if (status == BG_OK) {
      ok(bg_input_next(input, &page, &err) == BG_OK &&
             page.form == cases[i].form &&
             bg_view_is_equal(page.title, bg_view_of(cases[i].title)),
         "%s: form and title", cases[i].what);
      ok(page.text.size == size, "%s: every offset stays", cases[i].what);
      ok(bg_input_next(input, &page, &err) == BG_END, "%s: one page",
         cases[i].what);
      bg_input_close(input);
    }
    const char *said = status == BG_OK ? complaint : err.message;
    ok(cases[i].message == NULL ? said[0] == '\0'
                                : strstr(said, cases[i].message) != NULL &&
                                      strstr(said, path) != NULL,
       "%s: says '%s'", cases[i].what, said);
  }
  unlink(path);
  bg_error err = {{0}};
  bg_input *input;
  bg_input_options options = {0};
  ok(bg_input_open("no-such-file", &options, NULL, &input, &err) == BG_FAILED &&
         strstr(err.message, "no-such-file") != NULL,
     "a missing file is named");
  if (chdir("/") == 0) {
    rmdir(directory);
  }
  return done_testing();
}
