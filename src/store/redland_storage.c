/// The store as a storage of Redland (rdf_storage_module.h).
///
/// A storage reads the store as it was when it was opened or synced last, and
/// takes the writer's part at the first change. What it changes it sees at
/// once; others see it after a sync, a commit of a transaction, or the end.
/// A model is a set of statements: one that stands in several contexts is found
/// once, unless a context is asked for or all is serialised.

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

static int
complain(const bg_storage *at, const bg_error *err)
{
  librdf_log(at->world, 0, LIBRDF_LOG_ERROR, LIBRDF_FROM_STORAGE, NULL, "%s",
             err->message);
  return 1;
}

// ---- life ------------------------------------------------------------------

static int
init(librdf_storage *storage, const char *name, librdf_hash *options)
{
  bg_storage *at = calloc(1, sizeof *at);
  if (at != NULL && name != NULL) {
    at->path = strdup(name);
  }
  if (at == NULL || at->path == NULL) {
    free(at);
    return 1;
  }
  at->world = librdf_storage_get_world(storage);
  // -1 where the option is not given.
  at->can_write =
      options == NULL || librdf_hash_get_as_boolean(options, "write") != 0;
  at->is_emptied =
      options != NULL && librdf_hash_get_as_boolean(options, "new") > 0;
  at->options.waits =
      options != NULL && librdf_hash_get_as_boolean(options, "wait") > 0;
  librdf_storage_set_instance(storage, at);
  return 0;
}

static int
clone(librdf_storage *made, librdf_storage *storage)
{
  const bg_storage *from = state_of(storage);
  bg_storage *at = calloc(1, sizeof *at);
  if (at != NULL) {
    *at = (bg_storage){.world = from->world,
                       .path = strdup(from->path),
                       .can_write = from->can_write,
                       .options = from->options};
  }
  if (at == NULL || at->path == NULL) {
    free(at);
    return 1;
  }
  librdf_storage_set_instance(made, at);
  return 0;
}

static void
terminate(librdf_storage *storage)
{
  bg_storage *at = state_of(storage);
  if (at != NULL) {
    free(at->path);
    free(at);
    librdf_storage_set_instance(storage, NULL);
  }
}

/// Takes the writer's part.
static int
start_writing(bg_storage *at)
{
  bg_error err = {{0}};
  if (at->writer != NULL) {
    return 0;
  }
  if (!at->can_write) {
    bg_error_set(&err, BG_FAILED, "store '%s' was opened with write='no'",
                 at->path);
    return complain(at, &err);
  }
  if (bg_store_open(at->path, BG_STORE_WRITE, &at->options, &at->writer,
                    &err) != BG_OK) {
    return complain(at, &err);
  }
  return 0;
}

static bg_status
remember_graph(void *context, bg_id graph, uint64_t quads, bg_error *err)
{
  (void)quads;
  return bg_id_list_add(context, graph, err);
}

static int
remove_all(bg_storage *at)
{
  bg_error err = {{0}};
  bg_id_list graphs = {0};
  bg_arena *arena = bg_arena_new();
  bg_status status =
      bg_store_each_graph(at->writer, remember_graph, &graphs, &err);
  for (size_t i = 0; i < graphs.count && status == BG_OK; i++) {
    bg_term term;
    status =
        bg_store_find_term(at->writer, graphs.items[i], arena, &term, &err);
    if (status == BG_OK) {
      status = bg_store_remove_graph(at->writer, &term, &err);
    }
  }
  bg_arena_free(arena);
  free(graphs.items);
  at->is_dirty = true;
  return status == BG_OK ? 0 : complain(at, &err);
}

/// Opens for reading; a store that is not there yet is made, where it may be.
static int
open_storage(librdf_storage *storage, librdf_model *model)
{
  (void)model;
  bg_storage *at = state_of(storage);
  bg_error err = {{0}};
  if (at->reader != NULL) {
    return 0;
  }
  if (at->is_emptied && (start_writing(at) != 0 || remove_all(at) != 0)) {
    return 1;
  }
  bg_status status =
      bg_store_open(at->path, BG_STORE_READ, NULL, &at->reader, &err);
  if (status == BG_FAILED && at->can_write && start_writing(at) == 0) {
    err.message[0] = '\0';
    status = bg_store_open(at->path, BG_STORE_READ, NULL, &at->reader, &err);
  }
  return status == BG_OK ? 0 : complain(at, &err);
}

static int
close_storage(librdf_storage *storage)
{
  bg_storage *at = state_of(storage);
  bg_error err = {{0}};
  bg_status status = bg_store_close(at->writer, &err);
  bg_store_close(at->reader, NULL);
  at->writer = NULL;
  at->reader = NULL;
  at->is_dirty = false;
  return status == BG_OK ? 0 : complain(at, &err);
}

/// Makes the changes last, and sees those of others.
static int
commit(bg_storage *at)
{
  bg_error err = {{0}};
  bg_store *reader;
  if (at->writer != NULL && bg_store_commit(at->writer, &err) != BG_OK) {
    at->is_dirty = false;
    return complain(at, &err);
  }
  at->is_dirty = false;
  if (bg_store_open(at->path, BG_STORE_READ, NULL, &reader, &err) != BG_OK) {
    return complain(at, &err);
  }
  bg_store_close(at->reader, NULL);
  at->reader = reader;
  return 0;
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

/// A statement as terms; false where it lacks one that must be there.
static bool
read_statement(librdf_statement *from, librdf_node *context, bool is_whole,
               bg_arena *arena, bg_statement *statement)
{
  *statement = (bg_statement){0};
  if (from != NULL) {
    statement->subject =
        bg_term_of_node(librdf_statement_get_subject(from), arena);
    statement->predicate =
        bg_term_of_node(librdf_statement_get_predicate(from), arena);
    statement->object =
        bg_term_of_node(librdf_statement_get_object(from), arena);
  }
  statement->graph = bg_term_of_node(context, arena);
  return !is_whole || (statement->subject.kind != BG_TERM_NONE &&
                       statement->predicate.kind != BG_TERM_NONE &&
                       statement->object.kind != BG_TERM_NONE);
}

typedef bg_status change(bg_store *store, const bg_statement *statement,
                         bg_error *err);

static int
change_statement(librdf_storage *storage, librdf_node *context,
                 librdf_statement *statement, change *how)
{
  bg_storage *at = state_of(storage);
  bg_error err = {{0}};
  bg_statement quad;
  if (start_writing(at) != 0) {
    return 1;
  }
  bg_arena *arena = bg_arena_new();
  int failed = !read_statement(statement, context, true, arena, &quad);
  if (!failed && how(at->writer, &quad, &err) != BG_OK) {
    failed = complain(at, &err);
  }
  bg_arena_free(arena);
  at->is_dirty = true;
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
  at->is_dirty = true;
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
  bg_statement pattern;
  librdf_stream *stream = NULL;
  bg_arena *arena = bg_arena_new();
  read_statement(statement, context, false, arena, &pattern);
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
  librdf_stream *stream = find_statements(storage, statement);
  int found = stream != NULL && !librdf_stream_end(stream);
  if (stream != NULL) {
    librdf_free_stream(stream);
  }
  return found;
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
  if (at->in_transaction || start_writing(at) != 0 || commit(at) != 0) {
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
  bg_store_abort(at->writer);
  at->in_transaction = false;
  at->transaction_handle = NULL;
  at->is_dirty = false;
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
