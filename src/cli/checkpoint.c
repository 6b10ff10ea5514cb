#include "cli/checkpoint.h"

#include "base/buffer.h"
#include "base/file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { path_size = 4096 };

/// The first line; a later format has a later number.
static const char title[] = "battlegraph checkpoint 1";

static bool
make_path(const char *output, const char *ending, char *path)
{
  int size = snprintf(path, path_size, "%s.resume%s", output, ending);
  return size > 0 && size < path_size;
}

bg_status
bg_checkpoint_write(const char *output, uint64_t job,
                    const bg_checkpoint *checkpoint, bg_error *err)
{
  char path[path_size];
  char fresh[path_size];
  if (!make_path(output, "", path) || !make_path(output, ".new", fresh)) {
    return bg_error_set(err, BG_FAILED, "too long a path: '%s'", output);
  }
  const bg_pipeline_counts *counts = &checkpoint->counts;
  FILE *out = fopen(fresh, "w");
  bool failed = out == NULL;
  if (!failed) {
    fprintf(out,
            "%s\njob %016" PRIx64 "\ninput %zu\norigin %" PRIu64
            "\nahead %" PRIu64 "\ngiven %" PRIu64 "\noutput %" PRIu64
            "\npages %" PRIu64 "\narticles %" PRIu64 "\nconflicts %" PRIu64
            "\nstatements %" PRIu64 "\nremarks %" PRIu64 "\nunchanged %" PRIu64
            "\n",
            title, job, checkpoint->input, checkpoint->position.origin,
            checkpoint->position.ahead, checkpoint->position.given,
            checkpoint->output_size, counts->pages, counts->articles,
            counts->conflicts, counts->statements, counts->remarks,
            counts->unchanged);
    failed = fflush(out) != 0 || fsync(fileno(out)) != 0;
    failed = fclose(out) != 0 || failed;
  }
  if (failed || rename(fresh, path) != 0) {
    bg_error_set(err, BG_FAILED, "cannot write '%s': %s", path,
                 strerror(errno));
    unlink(fresh);
    return BG_FAILED;
  }
  return BG_OK;
}

static bool
parse(const char *text, uint64_t *job, bg_checkpoint *read)
{
  bg_pipeline_counts *counts = &read->counts;
  size_t length = strlen(title);
  return strncmp(text, title, length) == 0 &&
         sscanf(
             text + length,
             " job %" SCNx64 " input %zu origin %" SCNu64 " ahead %" SCNu64
             " given %" SCNu64 " output %" SCNu64 " pages %" SCNu64
             " articles %" SCNu64 " conflicts %" SCNu64 " statements %" SCNu64
             " remarks %" SCNu64 " unchanged %" SCNu64,
             job, &read->input, &read->position.origin, &read->position.ahead,
             &read->position.given, &read->output_size, &counts->pages,
             &counts->articles, &counts->conflicts, &counts->statements,
             &counts->remarks, &counts->unchanged) == 12;
}

bg_status
bg_checkpoint_read(const char *output, uint64_t job, bg_checkpoint *checkpoint,
                   bg_error *err)
{
  char path[path_size];
  if (!make_path(output, "", path) || access(path, F_OK) != 0) {
    return BG_END;
  }
  bg_buffer content;
  bg_buffer_init(&content);
  bg_status status = bg_file_read(path, &content, err);
  uint64_t of_job = 0;
  if (status == BG_OK) {
    bg_buffer_append_byte(&content, '\0');
    if (!parse(content.bytes, &of_job, checkpoint)) {
      status =
          bg_error_set(err, BG_REFUSED,
                       "'%s' is no checkpoint: remove it to begin anew", path);
    } else if (of_job != job) {
      status = bg_error_set(err, BG_MISUSED,
                            "'%s' is of a run with other inputs or options: "
                            "remove it to begin anew",
                            path);
    }
  }
  bg_buffer_release(&content);
  return status;
}

void
bg_checkpoint_remove(const char *output)
{
  char path[path_size];
  if (make_path(output, "", path)) {
    unlink(path);
  }
}
