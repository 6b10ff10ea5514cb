#include "store/environment.h"

#include "base/buffer.h"
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static const char marker_name[] = "battlegraph.store";
static const char data_name[] = BG_DATA_NAME;
static const char lock_name[] = "writer.lock";
static const char readers_name[] = "lock.mdb";
static const char marker_text[] = "battlegraph store, format 2 (LMDB)\n";
static const char ontology_version[] = "0.1.0";

enum {
  longest_path = 4096,
  most_readers = 1024,
  reader_bytes = 64, // in LMDB's table of them
  // Address space, not memory and not disk: LMDB cannot grow a map in use, so
  // it is larger than any store; where the system gives less, less.
  largest_map_bits = 42,
  smallest_map_bits = 24,
};

static const struct {
  const char *name;
  unsigned flags;
} databases[BG_DB_COUNT] = {
    [BG_DB_META] = {"meta", 0},
    [BG_DB_TERMS] = {"terms", MDB_INTEGERKEY},
    [BG_DB_HASHES] = {"hashes", MDB_INTEGERKEY | MDB_DUPSORT | MDB_DUPFIXED |
                                    MDB_INTEGERDUP},
    [BG_DB_GRAPHS] = {"graphs", MDB_INTEGERKEY},
    [BG_DB_PREDICATES] = {"predicates", MDB_INTEGERKEY},
    [BG_DB_FIRST_INDEX] = {"spog", 0},
    [BG_DB_FIRST_INDEX + 1] = {"posg", 0},
    [BG_DB_FIRST_INDEX + 2] = {"ospg", 0},
    [BG_DB_FIRST_INDEX + 3] = {"gspo", 0},
    [BG_DB_FIRST_INDEX + 4] = {"gpos", 0},
    [BG_DB_FIRST_INDEX + 5] = {"gosp", 0},
};

static pthread_mutex_t open_lock = PTHREAD_MUTEX_INITIALIZER;
static bg_environment *open_environments; // behind the lock

// ---- messages --------------------------------------------------------------

bg_status
bg_environment_fail(const char *path, int result, bg_error *err)
{
  switch (result) {
  case MDB_VERSION_MISMATCH:
  case MDB_INVALID:
  case MDB_CORRUPTED:
  case MDB_PAGE_NOTFOUND:
  case MDB_INCOMPATIBLE:
  case MDB_NOTFOUND: // of what a store always has
    return bg_error_set(err, BG_REFUSED,
                        "store '%s' is damaged, or its file is another's: %s",
                        path, mdb_strerror(result));
  case MDB_MAP_FULL:
  case ENOMEM:
    return bg_error_set(err, BG_FAILED,
                        "store '%s' does not fit into the address space that "
                        "this process may use (see 'ulimit -v'): %s",
                        path, mdb_strerror(result));
  case EIO: // also LMDB's word for a write that was cut short
    return bg_error_set(err, BG_FAILED,
                        "store '%s' cannot be written: the disk is full, or "
                        "broken, or its file too large (see 'ulimit -f')",
                        path);
  case MDB_READERS_FULL:
    return bg_error_set(err, BG_FAILED, "store '%s' is read by %d already",
                        path, most_readers);
  default:
    return bg_error_set(err, BG_FAILED, "store '%s': %s", path,
                        mdb_strerror(result));
  }
}

static bg_status
fail_file(const char *path, const char *what, bg_error *err)
{
  return bg_error_set(err, BG_FAILED, "cannot %s '%s': %s", what, path,
                      strerror(errno));
}

// ---- the directory ---------------------------------------------------------

bg_status
bg_environment_file(const char *path, const char *name, char *to, size_t size,
                    bg_error *err)
{
  int length = snprintf(to, size, "%s/%s", path, name);
  return length < 0 || (size_t)length >= size
             ? bg_error_set(err, BG_FAILED, "too long a path: '%s'", path)
             : BG_OK;
}

/// Whether all that a directory holds is what a store begins with: the files of
/// LMDB are ours only beside the marker.
static bool
holds_nothing_else(const char *path, bool has_marker)
{
  static const char *const ours[] = {".",         "..",      lock_name,
                                     marker_name, data_name, readers_name};
  const size_t count = has_marker ? sizeof ours / sizeof *ours : 3;
  DIR *directory = opendir(path);
  bool is_ours = directory != NULL;
  for (struct dirent *entry; is_ours && (entry = readdir(directory)) != NULL;) {
    bool is_known = false;
    for (size_t i = 0; i < count; i++) {
      is_known = is_known || strcmp(entry->d_name, ours[i]) == 0;
    }
    is_ours = is_known;
  }
  if (directory != NULL) {
    closedir(directory);
  }
  return is_ours;
}

typedef enum { IS_ABSENT, IS_BEGUN, IS_STORE } found;

/// Whether the marker is that of our format, and the data are there.
static bg_status
check_files(const char *path, const char *marker, const char *data,
            bg_error *err)
{
  struct stat about;
  bg_buffer content = {0};
  bg_status status = bg_file_read(marker, &content, err);
  bool is_ours =
      bg_view_is_equal(bg_buffer_view(&content), bg_view_of(marker_text));
  bg_buffer_release(&content);
  BG_TRY(status);
  if (!is_ours) {
    return bg_error_set(err, BG_REFUSED,
                        "store '%s' is of another format: make a new one with "
                        "this version of the program",
                        path);
  }
  bool is_there = stat(data, &about) == 0;
  return is_there && about.st_size > 0
             ? BG_OK
             : bg_error_set(err, BG_REFUSED,
                            "store '%s' is damaged: its file data.mdb is %s",
                            path, is_there ? "empty" : "missing");
}

/// What stands at `path`. A store that was being made when its maker was killed
/// is begun.
static bg_status
look_at(const char *path, found *what, bg_error *err)
{
  char marker[longest_path];
  char data[longest_path];
  struct stat about;
  BG_TRY(bg_environment_file(path, marker_name, marker, sizeof marker, err));
  BG_TRY(bg_environment_file(path, data_name, data, sizeof data, err));
  *what = IS_ABSENT;
  if (stat(path, &about) != 0) {
    return errno == ENOENT ? BG_OK : fail_file(path, "open store", err);
  }
  if (!S_ISDIR(about.st_mode)) {
    return bg_error_set(err, BG_REFUSED, "'%s' is a file, not a store", path);
  }
  bool has_marker = stat(marker, &about) == 0;
  if (has_marker && about.st_size > 0) {
    *what = IS_STORE;
    return check_files(path, marker, data, err);
  }
  if (!holds_nothing_else(path, has_marker)) {
    return bg_error_set(err, BG_REFUSED,
                        "'%s' is no store: it holds no file '%s'", path,
                        marker_name);
  }
  *what = IS_BEGUN;
  return BG_OK;
}

bg_status
bg_environment_expect(const char *path, bg_error *err)
{
  found what;
  BG_TRY(look_at(path, &what, err));
  if (what == IS_STORE) {
    return BG_OK;
  }
  return what == IS_ABSENT
             ? bg_error_set(err, BG_FAILED, "there is no store '%s'", path)
             : bg_error_set(err, BG_REFUSED,
                            "store '%s' was never finished: make it anew",
                            path);
}

void
bg_environment_sync(const char *path)
{
  int directory = open(path, O_RDONLY | O_CLOEXEC);
  if (directory >= 0) {
    fsync(directory);
    close(directory);
  }
}

/// Writes the marker, whole or empty.
static bg_status
write_marker(const char *path, bg_view text, bg_error *err)
{
  char marker[longest_path];
  BG_TRY(bg_environment_file(path, marker_name, marker, sizeof marker, err));
  int file = open(marker, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  bool is_written = file >= 0 &&
                    write(file, text.bytes, text.size) == (ssize_t)text.size &&
                    fsync(file) == 0;
  bg_status status = is_written ? BG_OK : fail_file(marker, "write", err);
  if (file >= 0) {
    close(file);
  }
  bg_environment_sync(path);
  return status;
}

bg_status
bg_environment_begin(const char *path, bg_error *err)
{
  return write_marker(path, BG_VIEW(""), err);
}

bg_status
bg_environment_declare(const char *path, bg_error *err)
{
  return write_marker(path, bg_view_of(marker_text), err);
}

// ---- locks -----------------------------------------------------------------

static bg_status
lock_file(const char *path, const char *name, int flags, int how, int *lock,
          bg_error *err)
{
  char file[longest_path];
  BG_TRY(bg_environment_file(path, name, file, sizeof file, err));
  *lock = open(file, flags | O_CLOEXEC, 0666);
  if (*lock < 0) {
    return fail_file(file, "open", err);
  }
  int result;
  do {
    result = flock(*lock, how);
  } while (result != 0 && errno == EINTR && (how & LOCK_NB) != 0);
  if (result == 0) {
    return BG_OK;
  }
  bool is_taken = errno == EWOULDBLOCK;
  bg_status status = fail_file(file, "lock", err);
  close(*lock);
  *lock = -1;
  return is_taken ? BG_END : status;
}

bg_status
bg_environment_lock(const char *path, bool waits, int *lock, bg_error *err)
{
  bg_status status = lock_file(path, lock_name, O_RDWR | O_CREAT,
                               LOCK_EX | (waits ? 0 : LOCK_NB), lock, err);
  return status != BG_END
             ? status
             : bg_error_set(err, BG_FAILED,
                            "store '%s' is in use: another program writes to "
                            "it, or one that may not write reads it (--wait "
                            "waits for it)",
                            path);
}

bg_status
bg_environment_own(bg_environment *environment, bool waits, bg_error *err)
{
  int how = LOCK_EX | (waits ? 0 : LOCK_NB);
  return environment->users == 1 && flock(environment->marker, how) == 0
             ? BG_OK
             : bg_error_set(err, BG_FAILED,
                            "store '%s' is in use: another program has it open "
                            "(--wait waits for it)",
                            environment->path);
}

// ---- LMDB ------------------------------------------------------------------

static int
open_databases(bg_environment *environment, bool creates)
{
  MDB_txn *txn;
  int result =
      mdb_txn_begin(environment->env, NULL, creates ? 0 : MDB_RDONLY, &txn);
  if (result != 0) {
    return result;
  }
  for (size_t i = 0; i < BG_DB_COUNT && result == 0; i++) {
    result = mdb_dbi_open(txn, databases[i].name,
                          databases[i].flags | (creates ? MDB_CREATE : 0),
                          &environment->dbs[i]);
  }
  if (result != 0) {
    mdb_txn_abort(txn);
    return result;
  }
  return mdb_txn_commit(txn);
}

/// LMDB writes to the readers' table as to memory: what finds no room on a full
/// disk must be told before, or it ends the program.
static int
reserve_readers(const char *path)
{
  enum { wanted = most_readers * reader_bytes + 4096 };
  char file[longest_path];
  struct stat about;
  if (bg_environment_file(path, readers_name, file, sizeof file, NULL) !=
      BG_OK) {
    return ENAMETOOLONG;
  }
  int table = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (table < 0) {
    return errno;
  }
  int result = 0;
  if (fstat(table, &about) != 0 || about.st_size < wanted ||
      about.st_blocks * 512 < wanted) {
    result = posix_fallocate(table, 0, wanted);
  }
  close(table);
  return result == EOPNOTSUPP || result == EINVAL ? 0 : result;
}

/// Opens LMDB's files with the largest map that the system gives.
static int
open_files(bg_environment *environment, unsigned flags)
{
  int result = ENOMEM;
  // EINVAL: so valgrind says that it is too large.
  for (int bits = largest_map_bits;
       (result == ENOMEM || result == EINVAL) && bits >= smallest_map_bits;
       bits--) {
    size_t size = (size_t)1 << (sizeof(size_t) < 8 && bits > 30 ? 30 : bits);
    if (environment->env != NULL) {
      mdb_env_close(environment->env);
    }
    result = mdb_env_create(&environment->env);
    if (result != 0) {
      return result;
    }
    mdb_env_set_maxdbs(environment->env, BG_DB_COUNT);
    mdb_env_set_maxreaders(environment->env, most_readers);
    mdb_env_set_mapsize(environment->env, size);
    // Transactions are not bound to threads: a store may move to another.
    result = mdb_env_open(environment->env, environment->path,
                          MDB_NOTLS | flags, 0666);
  }
  return result;
}

static uint64_t
wanted_size(MDB_env *env)
{
  MDB_envinfo info;
  MDB_stat stat;
  mdb_env_info(env, &info);
  mdb_env_stat(env, &stat);
  return ((uint64_t)info.me_last_pgno + 1) * stat.ms_psize;
}

static int
data_file(MDB_env *env)
{
  int file = -1;
  mdb_env_get_fd(env, &file);
  return file;
}

static bool
is_short(MDB_env *env)
{
  struct stat about;
  return fstat(data_file(env), &about) == 0 &&
         (uint64_t)about.st_size < wanted_size(env);
}

void
bg_environment_fill(const bg_environment *environment)
{
  if (is_short(environment->env)) {
    // Failure is no matter but for a writer that is killed here.
    int ignored = ftruncate(data_file(environment->env),
                            (off_t)wanted_size(environment->env));
    (void)ignored;
  }
}

/// LMDB does not tell where its map is, but Linux does.
static void *
find_map(MDB_env *env)
{
  unsigned long long start;
  unsigned long long inode;
  struct stat about;
  char line[512];
  void *map = NULL;
  FILE *maps = fopen("/proc/self/maps", "re");
  bool is_known = fstat(data_file(env), &about) == 0;
  while (maps != NULL && map == NULL &&
         fgets(line, sizeof line, maps) != NULL) {
    // start-end rights offset device inode path
    if (sscanf(line, "%llx-%*x %*s %*x %*s %llu", &start, &inode) == 2 &&
        is_known && inode == (unsigned long long)about.st_ino &&
        strstr(line, data_name) != NULL) {
      map = (void *)(uintptr_t)start;
    }
  }
  if (maps != NULL) {
    fclose(maps);
  }
  return map;
}

void
bg_environment_forget(bg_environment *environment)
{
  if (environment->map == NULL) {
    environment->map = find_map(environment->env);
  }
  if (environment->map != NULL) {
    madvise(environment->map, (size_t)wanted_size(environment->env),
            MADV_DONTNEED);
  }
}

/// Whether a value, and the page on which it begins, end before `size` in the
/// file. LMDB's pages begin with their number.
static bool
ends_within(const MDB_val *value, size_t page_size, uint64_t size)
{
  const char *at = value->mv_data;
  size_t offset = (uintptr_t)at % page_size;
  size_t number;
  memcpy(&number, at - offset, sizeof number);
  uint64_t start = (uint64_t)number * page_size;
  return number > 0 && start + page_size <= size &&
         start + offset + value->mv_size <= size;
}

bool
bg_environment_holds(const bg_environment *environment, const MDB_val *value)
{
  MDB_stat stat;
  mdb_env_stat(environment->env, &stat);
  return value->mv_size < stat.ms_psize ||
         ends_within(value, stat.ms_psize, wanted_size(environment->env));
}

/// Whether all that the databases hold was there when the file ended at `size`:
/// what is missing reads as zeros, which are no pages.
static bool
has_all_pages(bg_environment *environment, uint64_t size)
{
  enum { of_lmdb = 2 }; // databases: of free pages, of names
  MDB_txn *txn;
  MDB_stat stat;
  int result = open_databases(environment, false);
  if (result != 0 ||
      mdb_txn_begin(environment->env, NULL, MDB_RDONLY, &txn) != 0) {
    return false;
  }
  mdb_env_stat(environment->env, &stat);
  for (unsigned i = 0; i < of_lmdb + BG_DB_COUNT && result == 0; i++) {
    MDB_cursor *cursor;
    MDB_val key;
    MDB_val value;
    result = mdb_cursor_open(
        txn, i < of_lmdb ? i : environment->dbs[i - of_lmdb], &cursor);
    if (result != 0) {
      break;
    }
    while ((result = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0) {
      if (!ends_within(&value, stat.ms_psize, size)) {
        break;
      }
    }
    result = result == MDB_NOTFOUND ? 0 : MDB_CORRUPTED;
    mdb_cursor_close(cursor);
  }
  mdb_txn_abort(txn);
  return result == 0;
}

/// A file that ends before its last page was cut off, or its writer was killed
/// before it could fill it up (bg_environment_fill).
static bg_status
check_length(bg_environment *environment, bool is_locked, bg_error *err)
{
  int lock = -1;
  if (!is_short(environment->env)) {
    return BG_OK;
  }
  if (environment->is_read_only) {
    return bg_error_set(err, BG_REFUSED,
                        "store '%s' is cut off; it cannot be mended where it "
                        "cannot be written",
                        environment->path);
  }
  if (!is_locked &&
      bg_environment_lock(environment->path, false, &lock, NULL) != BG_OK) {
    return BG_OK; // its writer lives
  }
  struct stat before;
  fstat(data_file(environment->env), &before);
  bg_environment_fill(environment);
  bg_status status = BG_OK;
  if (!has_all_pages(environment, (uint64_t)before.st_size)) {
    int ignored = ftruncate(data_file(environment->env), before.st_size);
    (void)ignored;
    status = bg_error_set(err, BG_REFUSED,
                          "store '%s' is damaged: its file is cut off at byte "
                          "%lld",
                          environment->path, (long long)before.st_size);
  }
  if (lock >= 0) {
    close(lock);
  }
  return status;
}

static void
free_environment(bg_environment *environment)
{
  if (environment->env != NULL) {
    mdb_env_close(environment->env);
  }
  if (environment->marker >= 0) {
    close(environment->marker);
  }
  if (environment->readers_lock >= 0) {
    close(environment->readers_lock);
  }
  free(environment->path);
  free(environment);
}

static bg_environment *
new_environment(const char *path)
{
  bg_environment *made = bg_heap_allocate(sizeof *made);
  size_t size = strlen(path) + 1;
  *made = (bg_environment){.marker = -1, .users = 1, .process = getpid()};
  made->path = bg_heap_allocate(size);
  memcpy(made->path, path, size);
  made->readers_lock = -1;
  return made;
}

// ---- making one ------------------------------------------------------------

static bg_status
write_new(bg_environment *environment, const bg_store_options *options,
          bg_error *err)
{
  const char *path = environment->path;
  bg_view base =
      bg_view_of(options != NULL && options->base != NULL ? options->base
                                                          : BG_DEFAULT_BASE);
  bg_meta meta = {.next_term = 1};
  MDB_txn *txn;
  if (getrandom(&meta.seed, sizeof meta.seed, 0) != sizeof meta.seed) {
    return bg_error_set(err, BG_FAILED, "no random bytes: %s", strerror(errno));
  }
  BG_LMDB_TRY(path, open_databases(environment, true), err);
  BG_LMDB_TRY(path, mdb_txn_begin(environment->env, NULL, 0, &txn), err);
  const struct {
    bg_view name;
    bg_view text;
  } texts[] = {{BG_VIEW("ontology"), bg_view_of(ontology_version)},
               {BG_VIEW("base"), base}};
  int result = 0;
  for (size_t i = 0; i < sizeof texts / sizeof *texts && result == 0; i++) {
    MDB_val key = {texts[i].name.size, (void *)(uintptr_t)texts[i].name.bytes};
    MDB_val value = {texts[i].text.size + 1,
                     (void *)(uintptr_t)texts[i].text.bytes};
    result = mdb_put(txn, environment->dbs[BG_DB_META], &key, &value, 0);
  }
  bg_status status = result == 0 ? bg_meta_write(environment, txn, &meta, err)
                                 : bg_environment_fail(path, result, err);
  if (status != BG_OK) {
    mdb_txn_abort(txn);
    return status;
  }
  BG_LMDB_TRY(path, mdb_txn_commit(txn), err);
  bg_environment_fill(environment);
  return BG_OK;
}

/// The writer's lock must be held.
static bg_status
make_store(const char *path, const bg_store_options *options, bg_error *err)
{
  char file[longest_path];
  static const char *const files[] = {data_name, readers_name};
  BG_TRY(bg_environment_begin(path, err));
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    BG_TRY(bg_environment_file(path, files[i], file, sizeof file, err));
    if (unlink(file) != 0 && errno != ENOENT) {
      return fail_file(file, "remove", err);
    }
  }
  bg_environment *made = new_environment(path);
  int result = reserve_readers(path);
  result = result == 0 ? open_files(made, 0) : result;
  bg_status status = result == 0 ? write_new(made, options, err)
                                 : bg_environment_fail(path, result, err);
  free_environment(made);
  return status == BG_OK ? bg_environment_declare(path, err) : status;
}

bg_status
bg_environment_make(const char *path, const bg_store_options *options,
                    int *lock, bg_error *err)
{
  found what;
  BG_TRY(look_at(path, &what, err));
  if (what == IS_ABSENT && mkdir(path, 0777) != 0 && errno != EEXIST) {
    return fail_file(path, "make store", err);
  }
  BG_TRY(
      bg_environment_lock(path, options != NULL && options->waits, lock, err));
  // Another may have made it while this one waited.
  bg_status status = look_at(path, &what, err);
  if (status == BG_OK && what != IS_STORE) {
    status = make_store(path, options, err);
  }
  if (status != BG_OK) {
    close(*lock);
    *lock = -1;
  }
  return status;
}

// ---- opening ---------------------------------------------------------------

/// Opens the files where they, or LMDB's table of readers, cannot be written. A
/// writer would not know of this reader, so none may write meanwhile.
static bg_status
open_unwritable(bg_environment *environment, bg_error *err)
{
  const char *path = environment->path;
  environment->is_read_only = true;
  bg_status status = lock_file(path, lock_name, O_RDONLY, LOCK_SH | LOCK_NB,
                               &environment->readers_lock, NULL);
  if (status == BG_END) {
    return bg_error_set(err, BG_FAILED,
                        "store '%s' is in use: another program writes to it, "
                        "and would not know of a reader that may not write",
                        path);
  }
  // Where there is none, nobody has written since the store was copied.
  int result = open_files(environment, MDB_RDONLY | MDB_NOLOCK);
  return result == 0 ? BG_OK : bg_environment_fail(path, result, err);
}

static bg_status
open_writable(bg_environment *environment, bool is_locked, bg_error *err)
{
  int result = reserve_readers(environment->path);
  if (result == 0) {
    result = open_files(environment, 0);
  }
  if (is_locked && result != 0) {
    return bg_environment_fail(environment->path, result, err);
  }
  switch (result) {
  case 0:
    return BG_OK;
  case EACCES:
  case EROFS:
  case EPERM:
  case ENOSPC:
  case EDQUOT:
  case EFBIG:
    return open_unwritable(environment, err);
  default:
    return bg_environment_fail(environment->path, result, err);
  }
}

/// Opens what is there. The list's lock is held.
static bg_status
open_environment(const char *path, bool is_locked, bg_environment **opened,
                 bg_error *err)
{
  BG_TRY(bg_environment_expect(path, err));
  bg_environment *made = new_environment(path);
  bg_status status =
      lock_file(path, marker_name, O_RDONLY, LOCK_SH, &made->marker, err);
  if (status == BG_OK) {
    status = open_writable(made, is_locked, err);
  }
  if (status == BG_OK) {
    status = check_length(made, is_locked, err);
  }
  if (status == BG_OK) {
    int dead;
    mdb_reader_check(made->env, &dead); // of readers that were killed
    int result = open_databases(made, false);
    status = result == 0 ? BG_OK : bg_environment_fail(path, result, err);
  }
  if (status != BG_OK) {
    free_environment(made);
    return status;
  }
  *opened = made;
  return BG_OK;
}

static bg_status
share_environment(const char *path, bool is_locked, bg_environment **opened,
                  bg_error *err)
{
  struct stat about;
  if (stat(path, &about) == 0) {
    for (bg_environment *at = open_environments; at != NULL; at = at->next) {
      if (at->device == (uint64_t)about.st_dev &&
          at->inode == (uint64_t)about.st_ino && at->process == getpid()) {
        at->users++;
        *opened = at;
        return BG_OK;
      }
    }
  }
  BG_TRY(open_environment(path, is_locked, opened, err));
  if (stat(path, &about) == 0) {
    (*opened)->device = (uint64_t)about.st_dev;
    (*opened)->inode = (uint64_t)about.st_ino;
  }
  (*opened)->next = open_environments;
  open_environments = *opened;
  return BG_OK;
}

bg_status
bg_environment_open(const char *path, bool is_locked, bg_environment **opened,
                    bg_error *err)
{
  pthread_mutex_lock(&open_lock);
  bg_status status = share_environment(path, is_locked, opened, err);
  pthread_mutex_unlock(&open_lock);
  return status;
}

void
bg_environment_detach(const char *path, bg_environment *environment)
{
  const char *const files[] = {data_name, readers_name, lock_name, marker_name};
  char file[longest_path];
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    if (bg_environment_file(path, files[i], file, sizeof file, NULL) == BG_OK) {
      unlink(file);
    }
  }
  rmdir(path);
  if (environment != NULL) {
    // Another directory may get the same number.
    pthread_mutex_lock(&open_lock);
    environment->device = 0;
    environment->inode = 0;
    pthread_mutex_unlock(&open_lock);
  }
}

void
bg_environment_close(bg_environment *environment)
{
  pthread_mutex_lock(&open_lock);
  if (--environment->users == 0) {
    bg_environment **at = &open_environments;
    while (*at != environment) {
      at = &(*at)->next;
    }
    *at = environment->next;
    free_environment(environment);
  }
  pthread_mutex_unlock(&open_lock);
}

// ---- reading ---------------------------------------------------------------

bg_status
bg_environment_read(bg_environment *environment, MDB_txn **txn, bg_error *err)
{
  int result = mdb_txn_begin(environment->env, NULL, MDB_RDONLY, txn);
  if (result == MDB_MAP_RESIZED) {
    // Another process may map more than this one could.
    result = mdb_env_set_mapsize(environment->env, 0);
    if (result == 0) {
      result = mdb_txn_begin(environment->env, NULL, MDB_RDONLY, txn);
    }
  }
  BG_LMDB_TRY(environment->path, result, err);
  return BG_OK;
}

// ---- the store's own record ------------------------------------------------

static MDB_val
meta_key(void)
{
  static char name[] = "counts";
  return (MDB_val){sizeof name - 1, name};
}

bg_status
bg_meta_read(const bg_environment *environment, MDB_txn *txn, bg_meta *meta,
             bg_error *err)
{
  MDB_val key = meta_key();
  MDB_val value;
  BG_LMDB_TRY(environment->path,
              mdb_get(txn, environment->dbs[BG_DB_META], &key, &value), err);
  if (value.mv_size != sizeof *meta) {
    return bg_environment_fail(environment->path, MDB_CORRUPTED, err);
  }
  memcpy(meta, value.mv_data, sizeof *meta);
  return BG_OK;
}

bg_status
bg_meta_write(const bg_environment *environment, MDB_txn *txn,
              const bg_meta *meta, bg_error *err)
{
  bg_meta copy = *meta;
  MDB_val key = meta_key();
  MDB_val value = {sizeof copy, &copy};
  BG_LMDB_TRY(environment->path,
              mdb_put(txn, environment->dbs[BG_DB_META], &key, &value, 0), err);
  return BG_OK;
}

const char *
bg_meta_base(const bg_environment *environment, MDB_txn *txn)
{
  MDB_val key = {4, (void *)(uintptr_t) "base"};
  MDB_val value;
  if (mdb_get(txn, environment->dbs[BG_DB_META], &key, &value) != 0 ||
      value.mv_size == 0 ||
      ((const char *)value.mv_data)[value.mv_size - 1] != '\0') {
    return BG_DEFAULT_BASE;
  }
  return value.mv_data;
}
