#include "input/child.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { pipe_size = 1 << 20 };

bool
bg_child_find(const char *name, char *path, size_t size)
{
  bg_view rest = bg_view_of(getenv("PATH"));
  bg_view folder;
  while (bg_view_next_part(&rest, ':', &folder)) {
    int length = snprintf(path, size, "%.*s/%s", BG_VIEW_ARGS(folder), name);
    if (folder.size > 0 && length > 0 && (size_t)length < size &&
        access(path, X_OK) == 0) {
      return true;
    }
  }
  return false;
}

static void
close_pipe(int ends[2])
{
  for (int i = 0; i < 2; i++) {
    if (ends[i] >= 0) {
      close(ends[i]);
      ends[i] = -1;
    }
  }
}

/// Closed in other children from the start: one that inherited an end would
/// keep the pipe open.
static bool
open_pipe(int ends[2])
{
#ifdef HAVE_PIPE2
  if (pipe2(ends, O_CLOEXEC) == 0) {
#  ifdef F_SETPIPE_SZ
    fcntl(ends[0], F_SETPIPE_SZ, pipe_size); // may be refused
#  endif
    return true;
  }
#endif
  ends[0] = -1;
  ends[1] = -1;
  return false;
}

/// In a process group of its own, so that Ctrl-C is ours alone to answer.
static bool
spawn(const char *path, char *const *arguments, const int to[2],
      const int from[2], pid_t *child)
{
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none;
  sigset_t defaults;
  sigemptyset(&none);
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
                                   O_WRONLY, 0);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK |
                                            POSIX_SPAWN_SETSIGDEF |
                                            POSIX_SPAWN_SETPGROUP);
  extern char **environ;
  int result =
      posix_spawn(child, path, &actions, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return result == 0;
}

/// Writes what the pipe takes; closes it when all is written.
static void
feed(int *end, bg_view *in)
{
  ssize_t count = write(*end, in->bytes, in->size);
  if (count > 0) {
    *in = bg_view_slice(*in, (size_t)count, in->size);
  }
  bool is_lost = count < 0 && errno != EAGAIN && errno != EINTR;
  if (in->size == 0 || is_lost) {
    close(*end);
    *end = -1;
  }
}

/// Reads what there is. False at the end, or where it is too much.
static bool
collect(int end, bg_buffer *out, size_t limit, bool *is_too_much)
{
  if (out->size >= limit) {
    *is_too_much = true;
    return false;
  }
  size_t room = limit - out->size < pipe_size ? limit - out->size : pipe_size;
  ssize_t count = read(end, bg_buffer_reserve(out, room), room);
  if (count > 0) {
    out->size += (size_t)count;
  }
  return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
}

/// Both ways at once: either alone would wait for the other.
static bool
exchange(int *to, int from, bg_view in, bg_buffer *out, size_t limit)
{
  bool is_too_much = false;
  bool goes_on = true;
  fcntl(*to, F_SETFL, O_NONBLOCK);
  while (goes_on) {
    struct pollfd ends[] = {{from, POLLIN, 0}, {*to, POLLOUT, 0}};
    if (poll(ends, *to < 0 ? 1 : 2, -1) < 0 && errno != EINTR) {
      return false;
    }
    if (*to >= 0 && ends[1].revents != 0) {
      feed(to, &in);
    }
    if (ends[0].revents != 0) {
      goes_on = collect(from, out, limit, &is_too_much);
    }
  }
  return !is_too_much;
}

static bool
ended_well(pid_t child)
{
  int how;
  pid_t waited;
  do {
    waited = waitpid(child, &how, 0);
  } while (waited < 0 && errno == EINTR);
  return waited == child && WIFEXITED(how) && WEXITSTATUS(how) == 0;
}

bool
bg_child_filter(const char *path, char *const *arguments, bg_view in,
                bg_buffer *out, size_t limit)
{
  int to[2];
  int from[2];
  pid_t child;
  size_t before = out->size;
  if (!open_pipe(to)) {
    return false;
  }
  if (!open_pipe(from)) {
    close_pipe(to);
    return false;
  }
  bool is_good = spawn(path, arguments, to, from, &child);
  if (is_good) {
    close(to[0]);
    close(from[1]);
    to[0] = -1;
    from[1] = -1;
    is_good = exchange(&to[1], from[0], in, out, before + limit);
    if (!is_good) {
      kill(child, SIGKILL);
    }
    close_pipe(to); // before waiting: the child may still read
    close_pipe(from);
    is_good = ended_well(child) && is_good;
  }
  close_pipe(to);
  close_pipe(from);
  if (!is_good) {
    out->size = before;
  }
  return is_good;
}
