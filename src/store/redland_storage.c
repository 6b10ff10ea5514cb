/// The store as a storage of Redland (rdf_storage_module.h).
///
/// A storage reads the store as it was when it was opened or synced last. It
/// takes the writer's part at the first change, and gives it back with a sync,
/// the end of a transaction or the close. What it changes it sees at once;
/// others see it from then on.
/// A model is a set of statements: one that stands in several contexts is found
/// once, unless a context is asked for or all is serialised.

#include "base/utf8.h"
#include "store/redland_streams.h"
#include "store/redland_terms.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static bg_storage *
state_of(librdf_storage *storage)
{
  return librdf_storage_get_instance(storage);
}

/// Says what is wrong with the store. A change that was under way is lost.
static int
complain(bg_storage *at, const bg_error *err)
{
  at->has_failed = at->writer != NULL;
  bg_redland_complain(at->world, err);
  return 1;
}

// ---- life ------------------------------------------------------------------

static int
make_storage(librdf_storage *storage, const bg_storage *like, const char *path)
{
  bg_storage *at = bg_heap_allocate(sizeof *at);
  size_t size = strlen(path) + 1;
  *at = *like;
  at->path = bg_heap_allocate(size);
  memcpy(at->path, path, size);
  librdf_storage_set_instance(storage, at);
  return 0;
}

/// The options are ours to free.
static int
init(librdf_storage *storage, const char *name, librdf_hash *options)
{
  bg_storage wanted = {.world = librdf_storage_get_world(storage),
                       .can_write = true};
  if (options != NULL) {
    // -1 where the option is not given.
    wanted.can_write = librdf_hash_get_as_boolean(options, "write") != 0;
    wanted.is_emptied = librdf_hash_get_as_boolean(options, "new") > 0;
    wanted.options.waits = librdf_hash_get_as_boolean(options, "wait") > 0;
    librdf_free_hash(options);
  }
  if (name == NULL) {
    bg_error err = {{0}};
    bg_error_set(&err, BG_MISUSED, "a store has a name: that of its directory");
    return complain(&wanted, &err);
  }
  return make_storage(storage, &wanted, name);
}

static int
clone(librdf_storage *made, librdf_storage *storage)
{
  const bg_storage *from = state_of(storage);
  bg_storage like = {.world = from->world,
                     .can_write = from->can_write,
                     .options = from->options};
  return make_storage(made, &like, from->path);
}

/// Takes the writer's part, until the next commit.
static int
start_writing(bg_storage *at)
{
  bg_error err = {{0}};
  if (at->writer != NULL) {
    return 0;
  }
  at->has_failed = false;
  if (!at->can_write) {
    bg_error_set(&err, BG_FAILED, "store '%s' was opened with write='no'",
                 at->path);
    return complain(at, &err);
  }
  return bg_store_open(at->path, BG_STORE_WRITE, &at->options, &at->writer,
                       &err) == BG_OK
             ? 0
             : complain(at, &err);
}

/// Gives the writer's part back, and with it what was changed.
static void
give_up(bg_storage *at)
{
  if (at->writer != NULL) {
    bg_store_abort(at->writer);
    bg_store_close(at->writer, NULL);
    at->writer = NULL;
  }
  at->in_transaction = false;
  at->transaction_handle = NULL;
}

/// Makes the changes last, and gives the writer's part back.
static int
finish_writing(bg_storage *at)
{
  bg_error err = {{0}};
  if (at->writer == NULL) {
    return 0;
  }
  if (at->has_failed) {
    bg_error_set(&err, BG_FAILED,
                 "store '%s': nothing is kept of changes of which one failed",
                 at->path);
    give_up(at);
    return complain(at, &err);
  }
  bg_status status = bg_store_close(at->writer, &err);
  at->writer = NULL;
  return status == BG_OK ? 0 : complain(at, &err);
}

static void
terminate(librdf_storage *storage)
{
  bg_storage *at = state_of(storage);
  if (at != NULL) {
    give_up(at);
    bg_snapshot_release(at->snapshot);
    free(at->path);
    free(at);
    librdf_storage_set_instance(storage, NULL);
  }
}

typedef struct {
  bg_id *items;
  size_t count;
} graph_list;

static bg_status
remember_graph(void *context, bg_id graph, uint64_t quads, bg_error *err)
{
  graph_list *list = context;
  (void)quads;
  (void)err;
  list->items[list->count++] = graph;
  return BG_OK;
}

static bg_status
remove_graphs(bg_store *writer, graph_list *graphs, bg_arena *arena,
              bg_error *err)
{
  bg_store_counts counts;
  BG_TRY(bg_store_count(writer, &counts, err));
  graphs->items =
      bg_heap_allocate((size_t)counts.graphs * sizeof *graphs->items);
  BG_TRY(bg_store_each_graph(writer, remember_graph, graphs, err));
  for (size_t i = 0; i < graphs->count; i++) {
    bg_term term;
    BG_TRY(bg_store_find_term(writer, graphs->items[i], arena, &term, err));
    BG_TRY(bg_store_remove_graph(writer, &term, err));
  }
  return BG_OK;
}

static int
remove_all(bg_storage *at)
{
  bg_error err = {{0}};
  graph_list graphs = {0};
  bg_arena *arena = bg_arena_new();
  bg_status status = remove_graphs(at->writer, &graphs, arena, &err);
  bg_arena_free(arena);
  free(graphs.items);
  return status == BG_OK ? 0 : complain(at, &err);
}

/// Sees what was committed last, by whomever.
static int
renew_snapshot(bg_storage *at)
{
  bg_error err = {{0}};
  bg_snapshot *snapshot;
  if (bg_snapshot_open(at->path, &snapshot, &err) != BG_OK) {
    return complain(at, &err);
  }
  bg_snapshot_release(at->snapshot);
  at->snapshot = snapshot;
  return 0;
}

/// Opens for reading; a store that is not there yet is made, where it may be.
static int
open_store(bg_storage *at)
{
  bg_error err = {{0}};
  if (at->is_emptied) {
    return start_writing(at) != 0 || remove_all(at) != 0 ||
           renew_snapshot(at) != 0;
  }
  bg_status status = bg_snapshot_open(at->path, &at->snapshot, &err);
  if (status == BG_FAILED && at->can_write) {
    return start_writing(at) != 0 || finish_writing(at) != 0 ||
           renew_snapshot(at) != 0;
  }
  return status == BG_OK ? 0 : complain(at, &err);
}

static int
open_storage(librdf_storage *storage, librdf_model *model)
{
  (void)model;
  bg_storage *at = state_of(storage);
  if (at->openings == 0 && open_store(at) != 0) {
    give_up(at);
    return 1;
  }
  at->is_emptied = false;
  at->openings++;
  return 0;
}

/// A transaction that was not committed is rolled back.
static int
close_storage(librdf_storage *storage)
{
  bg_storage *at = state_of(storage);
  if (at->openings == 0 || --at->openings > 0) {
    return 0;
  }
  if (at->in_transaction) {
    give_up(at);
  }
  int failed = finish_writing(at);
  bg_snapshot_release(at->snapshot);
  at->snapshot = NULL;
  return failed;
}

/// Makes the changes last, and sees those of others.
static int
commit(bg_storage *at)
{
  int has_failed = finish_writing(at);
  int is_old = renew_snapshot(at);
  return has_failed || is_old;
}

static int
sync_storage(librdf_storage *storage)
{
  bg_storage *at = state_of(storage);
  return at->in_transaction ? 0 : commit(at);
}

static int
size_of(librdf_storage *storage)
{
  bg_storage *at = state_of(storage);
  bg_store_counts counts;
  bg_error err = {{0}};
  if (bg_store_count(bg_storage_current(at), &counts, &err) != BG_OK) {
    complain(at, &err);
    return -1;
  }
  return counts.quads > INT_MAX ? INT_MAX : (int)counts.quads;
}

// ---- statements ------------------------------------------------------------

static bg_statement
read_statement(librdf_statement *from, librdf_node *context, bg_arena *arena)
{
  bg_statement read = {.graph = bg_term_of_node(context, arena)};
  if (from != NULL) {
    read.subject = bg_term_of_node(librdf_statement_get_subject(from), arena);
    read.predicate =
        bg_term_of_node(librdf_statement_get_predicate(from), arena);
    read.object = bg_term_of_node(librdf_statement_get_object(from), arena);
  }
  return read;
}

static bool
is_utf8(const bg_term *term)
{
  return bg_utf8_is_valid(term->text) && bg_utf8_is_valid(term->language) &&
         bg_utf8_is_valid(term->datatype);
}

/// Redland sees to it that what is added is RDF, but not on every way in.
static bg_status
check_statement(const bg_statement *statement, bg_error *err)
{
  const struct {
    const char *what;
    const bg_term *term;
    bool is_allowed;
  } parts[] = {
      {"subject", &statement->subject,
       statement->subject.kind == BG_TERM_IRI ||
           statement->subject.kind == BG_TERM_BLANK},
      {"predicate", &statement->predicate,
       statement->predicate.kind == BG_TERM_IRI},
      {"object", &statement->object, statement->object.kind != BG_TERM_NONE},
      {"context", &statement->graph, statement->graph.kind != BG_TERM_LITERAL},
  };
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (!parts[i].is_allowed) {
      return bg_error_set(err, BG_REFUSED, "a statement cannot have this %s",
                          parts[i].what);
    }
    if (!is_utf8(parts[i].term)) {
      return bg_error_set(err, BG_REFUSED, "the %s of a statement is not UTF-8",
                          parts[i].what);
    }
  }
  return BG_OK;
}

typedef bg_status change(bg_store *store, const bg_statement *statement,
                         bg_error *err);

static int
change_statement(librdf_storage *storage, librdf_node *context,
                 librdf_statement *statement, change *how)
{
  bg_storage *at = state_of(storage);
  bg_error err = {{0}};
  int failed = 0;
  bg_arena *arena = bg_arena_new();
  bg_statement quad = read_statement(statement, context, arena);
  if (check_statement(&quad, &err) != BG_OK) {
    bg_redland_complain(at->world, &err);
    failed = 1;
  } else if (start_writing(at) != 0) {
    failed = 1;
  } else if (how(at->writer, &quad, &err) != BG_OK) {
    failed = complain(at, &err);
  }
  bg_arena_free(arena);
  return failed;
}

static int
context_add(librdf_storage *storage, librdf_node *context,
            librdf_statement *statement)
{
  return change_statement(storage, context, statement, bg_store_add);
}

static int
context_remove(librdf_storage *storage, librdf_node *context,
               librdf_statement *statement)
{
  return change_statement(storage, context, statement, bg_store_remove);
}

static int
add(librdf_storage *storage, librdf_statement *statement)
{
  return context_add(storage, NULL, statement);
}

static int
remove_statement(librdf_storage *storage, librdf_statement *statement)
{
  return context_remove(storage, NULL, statement);
}

static int
context_add_all(librdf_storage *storage, librdf_node *context,
                librdf_stream *stream)
{
  int failed = 0;
  for (; !failed && !librdf_stream_end(stream); librdf_stream_next(stream)) {
    failed = context_add(storage, context, librdf_stream_get_object(stream));
  }
  return failed;
}

static int
add_all(librdf_storage *storage, librdf_stream *stream)
{
  return context_add_all(storage, NULL, stream);
}

static int
remove_context(librdf_storage *storage, librdf_node *context)
{
  bg_storage *at = state_of(storage);
  bg_error err = {{0}};
  if (start_writing(at) != 0) {
    return 1;
  }
  bg_arena *arena = bg_arena_new();
  bg_term graph = bg_term_of_node(context, arena);
  bg_status status = bg_store_remove_graph(at->writer, &graph, &err);
  bg_arena_free(arena);
  return status == BG_OK ? 0 : complain(at, &err);
}

// ---- finding ---------------------------------------------------------------

/// A stream of what has the nodes that are given. Without a context each
/// statement once, whatever contexts it is in, unless `all_contexts`.
static librdf_stream *
find(librdf_storage *storage, librdf_statement *statement, librdf_node *context,
     bool all_contexts)
{
  bg_storage *at = state_of(storage);
  bg_error err = {{0}};
  librdf_stream *stream = NULL;
  bg_arena *arena = bg_arena_new();
  bg_statement pattern = read_statement(statement, context, arena);
  if (bg_storage_find(storage, at, &pattern, all_contexts, &stream, &err) !=
      BG_OK) {
    complain(at, &err);
  }
  bg_arena_free(arena);
  return stream;
}

static librdf_stream *
find_statements(librdf_storage *storage, librdf_statement *statement)
{
  return find(storage, statement, NULL, false);
}

static librdf_stream *
find_in_context(librdf_storage *storage, librdf_statement *statement,
                librdf_node *context)
{
  return find(storage, statement, context, false);
}

static librdf_stream *
serialise(librdf_storage *storage)
{
  return find(storage, NULL, NULL, true);
}

static librdf_stream *
context_serialise(librdf_storage *storage, librdf_node *context)
{
  return find(storage, NULL, context, context == NULL);
}

static int
contains(librdf_storage *storage, librdf_statement *statement)
{
  bg_storage *at = state_of(storage);
  bg_error err = {{0}};
  bool has;
  bg_arena *arena = bg_arena_new();
  bg_statement pattern = read_statement(statement, NULL, arena);
  if (bg_storage_has(at, &pattern, &has, &err) != BG_OK) {
    complain(at, &err);
  }
  bg_arena_free(arena);
  return has;
}

static librdf_iterator *
get_contexts(librdf_storage *storage)
{
  bg_storage *at = state_of(storage);
  bg_error err = {{0}};
  librdf_iterator *iterator = NULL;
  if (bg_storage_contexts(storage, at, &iterator, &err) != BG_OK) {
    complain(at, &err);
  }
  return iterator;
}

// ---- features --------------------------------------------------------------

static librdf_node *
get_feature(librdf_storage *storage, librdf_uri *feature)
{
  const bg_storage *at = state_of(storage);
  const char *name = (const char *)librdf_uri_as_string(feature);
  return name != NULL && strcmp(name, LIBRDF_MODEL_FEATURE_CONTEXTS) == 0
             ? librdf_new_node_from_typed_literal(
                   at->world, (const unsigned char *)"1", NULL, NULL)
             : NULL;
}

// ---- transactions ----------------------------------------------------------

static int
start_transaction_for(librdf_storage *storage, void *handle)
{
  bg_storage *at = state_of(storage);
  // What was changed before is not taken back by a rollback.
  if (at->in_transaction || commit(at) != 0 || start_writing(at) != 0) {
    return 1;
  }
  at->in_transaction = true;
  at->transaction_handle = handle;
  return 0;
}

static int
start_transaction(librdf_storage *storage)
{
  return start_transaction_for(storage, NULL);
}

static int
commit_transaction(librdf_storage *storage)
{
  bg_storage *at = state_of(storage);
  if (!at->in_transaction) {
    return 1;
  }
  at->in_transaction = false;
  at->transaction_handle = NULL;
  return commit(at);
}

static int
roll_back(librdf_storage *storage)
{
  bg_storage *at = state_of(storage);
  if (!at->in_transaction) {
    return 1;
  }
  give_up(at);
  return 0;
}

static void *
get_transaction_handle(librdf_storage *storage)
{
  return state_of(storage)->transaction_handle;
}

// ---- registering -----------------------------------------------------------

/// What is not set, Redland does by way of find_statements.
static void
fill_factory(librdf_storage_factory *factory)
{
  factory->version = LIBRDF_STORAGE_INTERFACE_VERSION;
  factory->init = init;
  factory->clone = clone;
  factory->terminate = terminate;
  factory->open = open_storage;
  factory->close = close_storage;
  factory->size = size_of;
  factory->add_statement = add;
  factory->add_statements = add_all;
  factory->remove_statement = remove_statement;
  factory->contains_statement = contains;
  factory->serialise = serialise;
  factory->find_statements = find_statements;
  factory->context_add_statement = context_add;
  factory->context_remove_statement = context_remove;
  factory->context_serialise = context_serialise;
  factory->sync = sync_storage;
  factory->context_add_statements = context_add_all;
  factory->context_remove_statements = remove_context;
  factory->find_statements_in_context = find_in_context;
  factory->get_contexts = get_contexts;
  factory->get_feature = get_feature;
  factory->transaction_start = start_transaction;
  factory->transaction_start_with_handle = start_transaction_for;
  factory->transaction_commit = commit_transaction;
  factory->transaction_rollback = roll_back;
  factory->transaction_get_handle = get_transaction_handle;
}

bool
bg_redland_register(librdf_world *world, const char *name)
{
  const char *registered;
  for (unsigned i = 0;
       librdf_storage_enumerate(world, i, &registered, NULL) == 0; i++) {
    if (strcmp(registered, name) == 0) {
      return false;
    }
  }
  return librdf_storage_register_factory(world, name, "Battlegraph's store",
                                         fill_factory) == 0;
}
