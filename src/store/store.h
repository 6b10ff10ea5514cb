/// Quads on disk: a directory that many programs may read while one writes.
/// What lies behind is LMDB; FORMAT.md says how the quads lie in it.
///
/// A store is used by one thread. A directory may be opened several times, in
/// one process as in many: each opening for reading sees the store as it was
/// when it was opened, whatever is written meanwhile.

#ifndef BG_STORE_STORE_H
#define BG_STORE_STORE_H

#include "base/arena.h"
#include "graph/graph.h"

typedef struct bg_store bg_store;

typedef enum {
  BG_STORE_READ,  ///< must exist
  BG_STORE_WRITE, ///< is made where it does not exist; one at a time
} bg_store_mode;

typedef struct {
  bool waits;       ///< for another writer to end, instead of failing
  const char *base; ///< of the resources' IRIs in a new store; NULL: our own
} bg_store_options;

/// BG_FAILED where the directory cannot be made, opened or written, or another
/// writes to it; BG_REFUSED where something else is there, or a store that is
/// damaged or of another format version. NULL options are all zeros.
bg_status bg_store_open(const char *path, bg_store_mode mode,
                        const bg_store_options *options, bg_store **store,
                        bg_error *err);

/// A store for writing that is gone when it is closed or its program ends,
/// somewhere in $TMPDIR or /tmp.
bg_status bg_store_open_temporary(bg_store **store, bg_error *err);

/// Commits what was added, unless a commit has failed; frees the store. NULL is
/// allowed.
bg_status bg_store_close(bg_store *store, bg_error *err);

/// The directory, as it was given.
const char *bg_store_path(const bg_store *store);

/// What was written when the store was made; lives as long as the store.
const char *bg_store_base(const bg_store *store);

// ---- terms -----------------------------------------------------------------

/// A term of one store, BG_NO_ID for none. Short literals are their own ids;
/// of the same datatype, the ids of those sort as their values do.
typedef uint64_t bg_id;
#define BG_NO_ID ((bg_id)0)

/// The id of a term; BG_NO_ID where the store has never held it.
bg_status bg_store_find_id(bg_store *store, const bg_term *term, bg_id *id,
                           bg_error *err);

/// The term of an id that the store gave. Its views live as long as both
/// `arena` and the store, and not longer than until the store is written to.
bg_status bg_store_find_term(bg_store *store, bg_id id, bg_arena *arena,
                             bg_term *term, bg_error *err);

/// Whether both are short literals of one datatype: then their ids sort as
/// their values do, and differ where these do.
bool bg_id_compares(bg_id a, bg_id b);

// ---- quads -----------------------------------------------------------------

typedef struct {
  bg_id subject;
  bg_id predicate;
  bg_id object;
  bg_id graph; ///< BG_NO_ID: the default graph
} bg_quad;

/// The quads that have the ids which a pattern has, in the order of the index
/// that begins with them.
typedef struct bg_scan bg_scan;

typedef struct {
  bg_quad quad;  ///< BG_NO_ID fits all
  bool in_graph; ///< only those of quad.graph, also where that is the default
} bg_pattern;

/// The pattern of a statement's terms; BG_TERM_NONE fits all, also as the
/// graph. BG_END where the store has never held one of them: nothing fits.
bg_status bg_store_find_pattern(bg_store *store, const bg_statement *statement,
                                bg_pattern *pattern, bg_error *err);

/// The scan is freed with bg_scan_free, before the store is closed. Not more
/// than one page of quads is read ahead. It ends at the latest where the store
/// commits or aborts, or is asked again after it was written to.
bg_status bg_store_scan(bg_store *store, const bg_pattern *pattern,
                        bg_scan **scan, bg_error *err);

/// BG_END after the last.
bg_status bg_scan_next(bg_scan *scan, bg_quad *quad, bg_error *err);
void bg_scan_free(bg_scan *scan);

/// Calls `handle` for each quad that has the terms which `pattern` has (a term
/// of BG_TERM_NONE fits all), in the order of bg_store_scan: where no term or
/// only the subject or the graph are given, by subject. The terms live during
/// the call. A status other than BG_OK ends it and is returned.
typedef bg_status bg_store_handler(void *context, const bg_statement *statement,
                                   bg_error *err);
bg_status bg_store_find(bg_store *store, const bg_statement *pattern,
                        bg_store_handler *handle, void *context, bg_error *err);

/// The same for all quads of the default graph.
bg_status bg_store_find_default(bg_store *store, bg_store_handler *handle,
                                void *context, bg_error *err);

// ---- counts ----------------------------------------------------------------

typedef struct {
  uint64_t quads;
  uint64_t terms;  ///< that were ever given an id, short literals apart
  uint64_t graphs; ///< with quads, the default graph among them
  uint64_t predicates;
  uint64_t bytes;      ///< of the file
  uint64_t bytes_free; ///< of those, used by nothing: the next writes take them
} bg_store_counts;

/// Exact, and kept: nothing is counted.
typedef struct {
  uint64_t quads;
  uint64_t subjects; ///< distinct, over all graphs
  uint64_t objects;
} bg_predicate_counts;

bg_status bg_store_count(bg_store *store, bg_store_counts *counts,
                         bg_error *err);

/// All zeros for what is no predicate of the store.
bg_status bg_store_count_predicate(bg_store *store, bg_id predicate,
                                   bg_predicate_counts *counts, bg_error *err);

/// Each predicate, and each graph, in the order of ids; `handle` as above.
typedef bg_status bg_predicate_handler(void *context, bg_id predicate,
                                       const bg_predicate_counts *counts,
                                       bg_error *err);
typedef bg_status bg_graph_handler(void *context, bg_id graph, uint64_t quads,
                                   bg_error *err);
bg_status bg_store_each_predicate(bg_store *store, bg_predicate_handler *handle,
                                  void *context, bg_error *err);
bg_status bg_store_each_graph(bg_store *store, bg_graph_handler *handle,
                              void *context, bg_error *err);

/// A number that no term of the store was made from: for the labels of a file's
/// blank nodes, which are not those of another.
uint64_t bg_store_fresh_number(const bg_store *store);

// ---- writing ---------------------------------------------------------------

// What was written is seen by the writer at once, by others after a commit.

/// Adds one quad; one that is there already counts once.
bg_status bg_store_add(bg_store *store, const bg_statement *statement,
                       bg_error *err);

/// Forgets one quad, if it is there.
bg_status bg_store_remove(bg_store *store, const bg_statement *statement,
                          bg_error *err);

/// Forgets all quads of a graph.
bg_status bg_store_remove_graph(bg_store *store, const bg_term *graph,
                                bg_error *err);

/// Makes durable what was written so far, all of it or, on failure, nothing:
/// then the store is as it was after the last commit.
bg_status bg_store_commit(bg_store *store, bg_error *err);

/// Forgets what was written since the last commit.
void bg_store_abort(bg_store *store);

/// A sink that replaces each page's graphs. Closing it does not close `store`.
bg_sink *bg_store_sink(bg_store *store);

// ---- the whole store -------------------------------------------------------

/// Whether everything agrees: each index with each other, each id with its
/// term, the counts. Calls `tell` for each fault; BG_REFUSED where there was
/// one.
typedef void bg_store_teller(void *context, const char *fault);
bg_status bg_store_check(bg_store *store, bg_store_teller *tell, void *context,
                         bg_error *err);

/// Copies the store as it was last committed into the directory `path`, which
/// must not exist or be empty, without what is free in it.
bg_status bg_store_backup(bg_store *store, const char *path, bg_error *err);

/// Makes the file of a store that nobody has open as small as it can be.
bg_status bg_store_compact(const char *path, const bg_store_options *options,
                           bg_error *err);

#endif
