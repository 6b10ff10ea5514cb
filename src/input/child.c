#include "input/child.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

bool
bg_child_find(const char *name, char *path, size_t size)
{
#ifdef HAVE_MEMFD_CREATE
  bg_view rest = bg_view_of(getenv("PATH"));
  bg_view folder;
  while (bg_view_next_part(&rest, ':', &folder)) {
    int length = snprintf(path, size, "%.*s/%s", BG_VIEW_ARGS(folder), name);
    if (folder.size > 0 && length > 0 && (size_t)length < size &&
        access(path, X_OK) == 0) {
      return true;
    }
  }
#else
  (void)name;
  (void)path;
  (void)size;
#endif
  return false;
}

// ---- files in memory -------------------------------------------------------

static bool
open_files(bg_child *child, size_t limit)
{
#ifdef HAVE_MEMFD_CREATE
  child->in = memfd_create("battlegraph-in", MFD_CLOEXEC);
  child->out = memfd_create("battlegraph-out", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  child->is_open = true;
  child->limit = limit;
  child->written = NULL;
  // The child cannot make it longer: a small input may stand for gigabytes.
  if (child->in < 0 || child->out < 0 ||
      ftruncate(child->out, (off_t)limit) != 0 ||
      fcntl(child->out, F_ADD_SEALS, F_SEAL_GROW) != 0) {
    return false;
  }
  void *mapped = mmap(NULL, limit, PROT_READ, MAP_SHARED, child->out, 0);
  child->written = mapped == MAP_FAILED ? NULL : mapped;
#else
  (void)limit;
#endif
  return child->written != NULL;
}

void
bg_child_release(bg_child *child)
{
  if (!child->is_open) {
    return;
  }
  if (child->written != NULL) {
    munmap(child->written, child->limit);
  }
  if (child->in >= 0) {
    close(child->in);
  }
  if (child->out >= 0) {
    close(child->out);
  }
  *child = (bg_child){0};
}

/// Makes `in` the whole of the input file.
static bool
write_input(bg_child *child, bg_view in)
{
  if (ftruncate(child->in, (off_t)in.size) != 0) {
    return false;
  }
  size_t done = 0;
  while (done < in.size) {
    ssize_t count =
        pwrite(child->in, in.bytes + done, in.size - done, (off_t)done);
    if (count < 0 && errno != EINTR) {
      return false;
    }
    done += count > 0 ? (size_t)count : 0;
  }
  return lseek(child->in, 0, SEEK_SET) == 0 &&
         lseek(child->out, 0, SEEK_SET) == 0;
}

// ---- the program -----------------------------------------------------------

/// In a process group of its own, so that Ctrl-C is ours alone to answer.
static bool
spawn(const bg_child *child, const char *path, char *const *arguments,
      pid_t *process)
{
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none;
  sigset_t defaults;
  sigemptyset(&none);
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, child->in, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, child->out, STDOUT_FILENO);
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
      posix_spawn(process, path, &actions, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return result == 0;
}

static bool
ended_well(pid_t process)
{
  int how;
  pid_t waited;
  do {
    waited = waitpid(process, &how, 0);
  } while (waited < 0 && errno == EINTR);
  return waited == process && WIFEXITED(how) && WEXITSTATUS(how) == 0;
}

bool
bg_child_run(bg_child *child, const char *path, char *const *arguments,
             bg_view in, size_t limit, bg_view *out)
{
  pid_t process;
  if (!child->is_open) {
    open_files(child, limit);
  }
  if (child->written == NULL || !write_input(child, in) ||
      !spawn(child, path, arguments, &process) || !ended_well(process)) {
    return false;
  }
  // The descriptors share one offset: that is where the child stopped.
  off_t size = lseek(child->out, 0, SEEK_CUR);
  *out = (bg_view){child->written, size > 0 ? (size_t)size : 0};
  return size >= 0;
}
