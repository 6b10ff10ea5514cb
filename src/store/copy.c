/// A store's file as another one: a copy beside it, or in its place.

#include "store/state.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { longest_path = 4096 };

/// Also of one that was killed: the next one writes over it.
static const char new_name[] = BG_DATA_NAME ".new";

static void
remove_file(const char *path, const char *name)
{
  char file[longest_path];
  if (bg_environment_file(path, name, file, sizeof file, NULL) == BG_OK) {
    unlink(file);
  }
}

/// Writes what was last committed, without what is free, to PATH/NAME.
static bg_status
copy_data(const bg_environment *environment, const char *path, const char *name,
          bg_error *err)
{
  char to[longest_path];
  struct stat about;
  int from;
  BG_TRY(bg_environment_file(path, name, to, sizeof to, err));
  int file = open(to, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  int result = file < 0 ? errno : 0;
  if (result == 0) {
    result = mdb_env_copyfd2(environment->env, file, MDB_CP_COMPACT);
  }
  if (result == 0 &&
      (fsync(file) != 0 || mdb_env_get_fd(environment->env, &from) != 0 ||
       fstat(from, &about) != 0 || fchmod(file, about.st_mode & 0777) != 0)) {
    result = errno;
  }
  if (file >= 0) {
    close(file);
  }
  return result == 0
             ? BG_OK
             : bg_error_set(err, BG_FAILED,
                            "cannot copy store '%s' to '%s': %s",
                            environment->path, to, mdb_strerror(result));
}

// ---- beside it -------------------------------------------------------------

static bool
is_empty_directory(const char *path)
{
  DIR *directory = opendir(path);
  bool is_empty = directory != NULL;
  for (struct dirent *entry;
       is_empty && (entry = readdir(directory)) != NULL;) {
    is_empty =
        strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
  }
  if (directory != NULL) {
    closedir(directory);
  }
  return is_empty;
}

/// Those who may not write to the copy lock it against those who do.
static bg_status
make_lock(const char *path, bg_error *err)
{
  int lock;
  BG_TRY(bg_environment_lock(path, false, &lock, err));
  close(lock);
  return BG_OK;
}

bg_status
bg_store_backup(bg_store *store, const char *path, bg_error *err)
{
  static const char *const files[] = {BG_DATA_NAME, "writer.lock",
                                      "battlegraph.store"};
  bool is_made = mkdir(path, 0777) == 0;
  if (!is_made && errno != EEXIST) {
    return bg_error_set(err, BG_FAILED, "cannot make '%s': %s", path,
                        strerror(errno));
  }
  if (!is_made && !is_empty_directory(path)) {
    return bg_error_set(err, BG_REFUSED,
                        "'%s' is there already, and no empty directory", path);
  }
  bg_status status = bg_environment_begin(path, err);
  if (status == BG_OK) {
    status = make_lock(path, err);
  }
  if (status == BG_OK) {
    status = copy_data(store->environment, path, BG_DATA_NAME, err);
  }
  if (status == BG_OK) {
    status = bg_environment_declare(path, err);
  }
  if (status != BG_OK) {
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
      remove_file(path, files[i]);
    }
    if (is_made) {
      rmdir(path);
    }
  }
  return status;
}

// ---- in its place ----------------------------------------------------------

/// Nobody else has the store open.
static bg_status
replace_data(const bg_environment *environment, bg_error *err)
{
  char from[longest_path];
  char to[longest_path];
  const char *path = environment->path;
  BG_TRY(bg_environment_file(path, new_name, from, sizeof from, err));
  BG_TRY(bg_environment_file(path, BG_DATA_NAME, to, sizeof to, err));
  bg_status status = copy_data(environment, path, new_name, err);
  if (status == BG_OK && rename(from, to) != 0) {
    status = bg_error_set(err, BG_FAILED, "cannot replace '%s': %s", to,
                          strerror(errno));
  }
  if (status != BG_OK) {
    unlink(from);
    return status;
  }
  bg_environment_sync(path);
  // It tells of readers and transactions of the file that is gone.
  remove_file(path, "lock.mdb");
  return BG_OK;
}

bg_status
bg_store_compact(const char *path, const bg_store_options *options,
                 bg_error *err)
{
  bool waits = options != NULL && options->waits;
  int lock;
  bg_environment *environment;
  BG_TRY(bg_environment_expect(path, err));
  BG_TRY(bg_environment_lock(path, waits, &lock, err));
  bg_status status = bg_environment_open(path, true, &environment, err);
  if (status == BG_OK) {
    status = bg_environment_own(environment, waits, err);
    if (status == BG_OK) {
      status = replace_data(environment, err);
    }
    bg_environment_close(environment);
  }
  close(lock);
  return status;
}
