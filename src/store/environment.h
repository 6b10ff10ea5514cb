/// The LMDB environment behind a store: its files, its locks, its databases. Of
/// the room's own.

#ifndef BG_STORE_ENVIRONMENT_H
#define BG_STORE_ENVIRONMENT_H

#include "store/store.h"

#include <lmdb.h>
#include <sys/types.h>

/// The databases of FORMAT.md. The indexes stand as in order.h.
typedef enum {
  BG_DB_META,
  BG_DB_TERMS,
  BG_DB_HASHES,
  BG_DB_GRAPHS,
  BG_DB_PREDICATES,
  BG_DB_FIRST_INDEX,
  BG_DB_COUNT = BG_DB_FIRST_INDEX + 6,
} bg_db;

/// Shared by all openings of a directory in this process, as LMDB demands.
typedef struct bg_environment bg_environment;
struct bg_environment {
  MDB_env *env;
  MDB_dbi dbs[BG_DB_COUNT];
  char *path;
  bool is_read_only; // the files cannot be written
  int readers_lock;  // against writers, who are not told of this one; else -1
  // Of environment.c's own:
  bg_environment *next;
  unsigned users;
  void *map; // where the file is; NULL: not asked
  uint64_t device;
  uint64_t inode;
  pid_t process; // that opened it: LMDB does not survive a fork
  int marker;    // locked: shared by who has it open, alone by who replaces it
};

/// What a store remembers of itself, in BG_DB_META under its own name.
typedef struct {
  uint64_t next_term; ///< number of the next term of the dictionary
  uint64_t quads;
  uint64_t seed; ///< of the hashes
} bg_meta;

#define BG_DATA_NAME "data.mdb"

/// Takes the files away; whoever has them open goes on with them, and no other
/// opening shares them. The environment may be NULL.
void bg_environment_detach(const char *path, bg_environment *environment);

/// Whether a store is there, and finished.
bg_status bg_environment_expect(const char *path, bg_error *err);

/// The lock of whoever writes: a descriptor to be closed. It is taken before
/// the environment is opened, so that nobody who waits for it has the store
/// open.
bg_status bg_environment_lock(const char *path, bool waits, int *lock,
                              bg_error *err);

/// The same, and makes the store where there is none.
bg_status bg_environment_make(const char *path, const bg_store_options *options,
                              int *lock, bg_error *err);

/// Opens the environment; `is_locked` says whether the caller has the writer's
/// lock.
bg_status bg_environment_open(const char *path, bool is_locked,
                              bg_environment **opened, bg_error *err);
void bg_environment_close(bg_environment *environment);

/// Makes a directory a store that is not finished: whoever writes to it makes
/// it anew. Before any other file of it.
bg_status bg_environment_begin(const char *path, bg_error *err);

/// Declares a finished store.
bg_status bg_environment_declare(const char *path, bg_error *err);

/// Makes the names of a directory's files last.
void bg_environment_sync(const char *path);

/// "PATH/NAME" into `to`, of `size` bytes.
bg_status bg_environment_file(const char *path, const char *name, char *to,
                              size_t size, bg_error *err);

/// Locks the files against any other opening until this one is closed: they may
/// be replaced.
bg_status bg_environment_own(bg_environment *environment, bool waits,
                             bg_error *err);

/// A transaction for reading, of the latest commit.
bg_status bg_environment_read(bg_environment *environment, MDB_txn **txn,
                              bg_error *err);

/// Whether a large value that was read ends before the file does: LMDB does not
/// look. Of a transaction for reading.
bool bg_environment_holds(const bg_environment *environment,
                          const MDB_val *value);

/// Says what LMDB's result means, with the store's path. BG_REFUSED where the
/// files are damaged.
bg_status bg_environment_fail(const char *path, int result, bg_error *err);

/// Returns from the calling function where LMDB's `result` is not 0.
#define BG_LMDB_TRY(path, result, err)                           \
  do {                                                           \
    int bg_lmdb_result = (result);                               \
    if (bg_lmdb_result != 0) {                                   \
      return bg_environment_fail((path), bg_lmdb_result, (err)); \
    }                                                            \
  } while (0)

bg_status bg_meta_read(const bg_environment *environment, MDB_txn *txn,
                       bg_meta *meta, bg_error *err);
bg_status bg_meta_write(const bg_environment *environment, MDB_txn *txn,
                        const bg_meta *meta, bg_error *err);

/// The resources' base IRI, terminated, in the map.
const char *bg_meta_base(const bg_environment *environment, MDB_txn *txn);

/// After a commit: LMDB may leave out pages at the file's end that it does not
/// use, and then a file that was cut off could not be told from a whole one.
void bg_environment_fill(const bg_environment *environment);

/// Lets go of what was read of the file: the system has it, if it is read
/// again.
void bg_environment_forget(bg_environment *environment);

#endif
