#include "cli/progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { bar_width = 20 };

static const double bar_interval = 0.2; // seconds
static const double json_interval = 1.0;

bg_status
bg_progress_choose(const char *name, bg_progress_form *form, bg_error *err)
{
  if (name == NULL || strcmp(name, "auto") == 0) {
    *form = isatty(STDERR_FILENO) ? BG_PROGRESS_BAR : BG_PROGRESS_NONE;
  } else if (strcmp(name, "bar") == 0) {
    *form = BG_PROGRESS_BAR;
  } else if (strcmp(name, "json") == 0) {
    *form = BG_PROGRESS_JSON;
  } else if (strcmp(name, "none") == 0) {
    *form = BG_PROGRESS_NONE;
  } else {
    return bg_error_set(err, BG_MISUSED,
                        "no progress '%s': auto, bar, json or none", name);
  }
  return BG_OK;
}

static uint64_t
size_of(const bg_pipeline_input *input)
{
  struct stat about;
  if (strcmp(input->path, "-") == 0 || stat(input->path, &about) != 0 ||
      !S_ISREG(about.st_mode)) {
    return 0;
  }
  uint64_t size = (uint64_t)about.st_size;
  uint64_t to = input->part.to < size ? input->part.to : size;
  return to > input->part.from ? to - input->part.from : 0;
}

void
bg_progress_begin(bg_progress *progress, bg_progress_form form,
                  const bg_pipeline_input *inputs, size_t input_count,
                  const bg_pipeline_counts *before, bg_arena *arena)
{
  *progress = (bg_progress){.form = form,
                            .inputs = inputs,
                            .input_count = input_count,
                            .pages_before = before->pages};
  clock_gettime(CLOCK_MONOTONIC, &progress->started);
  if (form == BG_PROGRESS_NONE) {
    return;
  }
  progress->sizes = BG_NEW_ARRAY(arena, uint64_t, input_count + 1);
  bool is_known = true;
  for (size_t i = 0; i < input_count; i++) {
    progress->sizes[i] = size_of(&inputs[i]);
    progress->total += progress->sizes[i];
    is_known = is_known && progress->sizes[i] > 0;
  }
  progress->total = is_known ? progress->total : 0;
}

double
bg_seconds_since(const struct timespec *start)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - start->tv_sec) +
         (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static uint64_t
bytes_done(const bg_progress *progress, const bg_pipeline_state *state)
{
  uint64_t done = 0;
  for (size_t i = 0; i < state->input && i < progress->input_count; i++) {
    done += progress->sizes[i];
  }
  if (state->input < progress->input_count) {
    uint64_t from = progress->inputs[state->input].part.from;
    uint64_t here = state->done > from ? state->done - from : 0;
    uint64_t size = progress->sizes[state->input];
    done += size > 0 && here > size ? size : here;
  }
  return done;
}

static void
put_size(uint64_t bytes)
{
  static const char *const units[] = {"kB", "MB", "GB", "TB"};
  double size = (double)bytes / 1000;
  size_t unit = 0;
  while (size >= 1000 && unit + 1 < sizeof units / sizeof *units) {
    size /= 1000;
    unit++;
  }
  fprintf(stderr, "%.1f %s", size, units[unit]);
}

static void
put_bar(const bg_progress *progress, const bg_pipeline_counts *counts,
        uint64_t done, double seconds, double left, double rate)
{
  (void)seconds;
  fputs("\r\033[K", stderr);
  if (progress->total > 0) {
    double part = (double)done / (double)progress->total;
    int full = (int)(part * bar_width);
    fputc('[', stderr);
    for (int i = 0; i < bar_width; i++) {
      fputc(i < full ? '#' : ' ', stderr);
    }
    fprintf(stderr, "] %3.0f %% of ", part * 100);
    put_size(progress->total);
  } else {
    put_size(done);
  }
  fprintf(stderr, ", %.0f pages/s, %llu battles, %llu remarks", rate,
          (unsigned long long)counts->conflicts,
          (unsigned long long)counts->remarks);
  if (left >= 0) {
    unsigned long whole = (unsigned long)(left + 0.5);
    fprintf(stderr, ", %lu:%02lu:%02lu left", whole / 3600, whole / 60 % 60,
            whole % 60);
  }
  fflush(stderr);
}

/// Times in seconds; null for what is not known.
static void
put_json(const bg_progress *progress, const bg_pipeline_counts *counts,
         uint64_t done, double seconds, double left, double rate)
{
  fprintf(stderr, "{\"seconds\":%.1f,\"bytes\":%llu,\"total\":", seconds,
          (unsigned long long)done);
  if (progress->total > 0) {
    fprintf(stderr, "%llu,\"percent\":%.1f",
            (unsigned long long)progress->total,
            100 * (double)done / (double)progress->total);
  } else {
    fputs("null,\"percent\":null", stderr);
  }
  fprintf(stderr,
          ",\"pages\":%llu,\"pages_per_second\":%.0f,\"articles\":%llu,"
          "\"battles\":%llu,\"statements\":%llu,\"remarks\":%llu,"
          "\"seconds_left\":",
          (unsigned long long)counts->pages, rate,
          (unsigned long long)counts->articles,
          (unsigned long long)counts->conflicts,
          (unsigned long long)counts->statements,
          (unsigned long long)counts->remarks);
  if (left >= 0) {
    fprintf(stderr, "%.0f}\n", left);
  } else {
    fputs("null}\n", stderr);
  }
}

static void
show(const bg_progress *progress, const bg_pipeline_counts *counts,
     uint64_t done)
{
  double seconds = bg_seconds_since(&progress->started);
  double left = -1;
  uint64_t now = done - progress->done_before;
  if (progress->total > 0 && now > 0 && done <= progress->total) {
    left = seconds * (double)(progress->total - done) / (double)now;
  }
  double pages = (double)(counts->pages - progress->pages_before);
  double rate = seconds > 0 ? pages / seconds : 0;
  (progress->form == BG_PROGRESS_BAR ? put_bar : put_json)(
      progress, counts, done, seconds, left, rate);
}

void
bg_progress_show(bg_progress *progress, const bg_pipeline_state *state)
{
  if (progress->form == BG_PROGRESS_NONE) {
    return;
  }
  uint64_t done = bytes_done(progress, state);
  progress->done = done;
  if (!progress->has_done_before) {
    progress->done_before = progress->pages_before > 0 ? done : 0;
    progress->has_done_before = true;
  }
  double interval =
      progress->form == BG_PROGRESS_BAR ? bar_interval : json_interval;
  double seconds = bg_seconds_since(&progress->started);
  if (seconds - progress->shown >= interval) {
    progress->shown = seconds;
    show(progress, &state->counts, done);
  }
}

void
bg_progress_hide(const bg_progress *progress)
{
  if (progress->form == BG_PROGRESS_BAR) {
    fputs("\r\033[K", stderr);
  }
}

void
bg_progress_end(bg_progress *progress, const bg_pipeline_counts *counts,
                bool is_whole)
{
  if (progress->form == BG_PROGRESS_BAR) {
    fputs("\r\033[K", stderr);
  } else if (progress->form == BG_PROGRESS_JSON) {
    bool is_known = is_whole && progress->total > 0;
    show(progress, counts, is_known ? progress->total : progress->done);
  }
}
