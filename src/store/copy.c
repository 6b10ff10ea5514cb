/// A store's file as another one: a copy beside it, or in its place.

#include "store/state.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { longest_path = 4096 };

static const char data_name[] = "data.mdb";

static void
remove_file(const char *path, const char *name)
{
  char file[longest_path];
  if (bg_environment_file(path, name, file, sizeof file, NULL) == BG_OK) {
    unlink(file);
  }
}

bg_status
bg_store_backup(bg_store *store, const char *path, bg_error *err)
{
  BG_TRY(bg_environment_prepare(path, err));
  int result = mdb_env_copy2(store->environment->env, path, MDB_CP_COMPACT);
  if (result != 0) {
    remove_file(path, data_name);
    rmdir(path);
    return bg_error_set(err, BG_FAILED, "cannot copy store '%s' to '%s': %s",
                        store->environment->path, path, mdb_strerror(result));
  }
  return bg_environment_declare(path, err);
}

/// Copies the file of an opened store to `to`, and then puts that in its place.
static bg_status
replace_file(const char *path, bg_store *store, const char *to, bg_error *err)
{
  char from_file[longest_path];
  char to_file[longest_path];
  BG_TRY(bg_environment_file(to, data_name, from_file, sizeof from_file, err));
  BG_TRY(bg_environment_file(path, data_name, to_file, sizeof to_file, err));
  BG_TRY(bg_store_backup(store, to, err));
  if (rename(from_file, to_file) != 0) {
    return bg_error_set(err, BG_FAILED, "cannot replace '%s': %s", to_file,
                        strerror(errno));
  }
  // It tells of readers and transactions of the file that is gone.
  remove_file(path, "lock.mdb");
  return BG_OK;
}

bg_status
bg_store_compact(const char *path, const bg_store_options *options,
                 bg_error *err)
{
  char beside[longest_path];
  bool waits = options != NULL && options->waits;
  int writer;
  bg_store *store;
  int size =
      snprintf(beside, sizeof beside, "%s.compact-%ld", path, (long)getpid());
  if (size < 0 || (size_t)size >= sizeof beside) {
    return bg_error_set(err, BG_FAILED, "too long a path: '%s'", path);
  }
  BG_TRY(bg_store_open(path, BG_STORE_READ, NULL, &store, err));
  bg_status status = bg_environment_lock(path, waits, &writer, err);
  if (status == BG_OK) {
    status = bg_environment_own(store->environment, waits, err);
    if (status == BG_OK) {
      status = replace_file(path, store, beside, err);
      remove_file(beside, data_name);
      remove_file(beside, "battlegraph.store");
      rmdir(beside);
    }
    close(writer);
  }
  bg_store_close(store, NULL);
  return status;
}
