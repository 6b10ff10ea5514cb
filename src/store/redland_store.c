/// The store on Redland's "hashes" storage: Berkeley DB files in a directory,
/// with contexts for the named graphs. A file beside them says whose they are
/// and carries the locks: many readers, or one writer.

#include "store/redland_terms.h"

#include "base/buffer.h"
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char marker_name[] = "battlegraph.store";
static const char marker_text[] = "battlegraph store, format 1 (hashes, bdb)\n";

struct bg_store {
  librdf_world *world;
  librdf_storage *storage;
  librdf_model *model;
  int lock; // the marker file, locked
  char complaint[512];
};

librdf_world *
bg_store_world(bg_store *store)
{
  return store->world;
}

librdf_model *
bg_store_model(bg_store *store)
{
  return store->model;
}

const char *
bg_store_complaint(bg_store *store)
{
  return store->complaint;
}

/// Keeps the first complaint: later ones follow from it.
static int
keep_complaint(void *context, librdf_log_message *message)
{
  bg_store *store = context;
  if (librdf_log_message_level(message) < LIBRDF_LOG_ERROR ||
      store->complaint[0] != '\0') {
    return 1;
  }
  raptor_locator *place = librdf_log_message_locator(message);
  const char *text = librdf_log_message_message(message);
  if (place != NULL && place->line > 0 && place->column > 0) {
    snprintf(store->complaint, sizeof store->complaint,
             "line %d, column %d: %s", place->line, place->column, text);
  } else if (place != NULL && place->line > 0) {
    snprintf(store->complaint, sizeof store->complaint, "line %d: %s",
             place->line, text);
  } else {
    snprintf(store->complaint, sizeof store->complaint, "%s", text);
  }
  return 1;
}

static bg_status
fail(const bg_store *store, const char *what, bg_error *err)
{
  return bg_error_set(err, BG_FAILED, "%s: %s", what,
                      store->complaint[0] == '\0' ? "Redland does not say why"
                                                  : store->complaint);
}

// ---- opening and closing ---------------------------------------------------

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

/// Makes the directory where it is missing; refuses one that holds other
/// things.
static bg_status
prepare_directory(const char *path, const char *marker, bg_store_mode mode,
                  bool *is_new, bg_error *err)
{
  struct stat about;
  *is_new = false;
  if (stat(marker, &about) == 0) {
    return BG_OK;
  }
  if (stat(path, &about) != 0) {
    if (mode == BG_STORE_READ || errno != ENOENT) {
      return bg_error_set(err, BG_FAILED, "cannot open store '%s': %s", path,
                          strerror(errno));
    }
    if (mkdir(path, 0777) != 0) {
      return bg_error_set(err, BG_FAILED, "cannot make store '%s': %s", path,
                          strerror(errno));
    }
  } else if (!S_ISDIR(about.st_mode)) {
    return bg_error_set(err, BG_REFUSED, "'%s' is a file, not a store", path);
  } else if (mode == BG_STORE_READ || !is_empty_directory(path)) {
    return bg_error_set(err, BG_REFUSED,
                        "'%s' is no store: it holds no file '%s'", path,
                        marker_name);
  }
  *is_new = true;
  return BG_OK;
}

static bg_status
check_marker(const char *path, const char *marker, bg_error *err)
{
  bg_buffer content;
  bg_buffer_init(&content);
  bg_status status = bg_file_read(marker, &content, err);
  if (status == BG_OK &&
      !bg_view_is_equal(bg_buffer_view(&content), bg_view_of(marker_text))) {
    status = bg_error_set(err, BG_REFUSED,
                          "store '%s' is of another format: make a new one "
                          "with this version of the program",
                          path);
  }
  bg_buffer_release(&content);
  return status;
}

/// Opens the marker file, writes it in a new store, and locks it.
static bg_status
lock_store(bg_store *store, const char *path, const char *marker,
           bg_store_mode mode, bool is_new, bg_error *err)
{
  bool writes = mode == BG_STORE_WRITE;
  store->lock = open(marker, writes ? O_RDWR | O_CREAT : O_RDONLY, 0666);
  if (store->lock < 0) {
    return bg_error_set(err, BG_FAILED, "cannot open '%s': %s", marker,
                        strerror(errno));
  }
  if (flock(store->lock, (writes ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0) {
    return bg_error_set(err, BG_FAILED,
                        "store '%s' is in use: another program %s", path,
                        writes ? "has it open" : "writes to it");
  }
  size_t size = sizeof marker_text - 1;
  if (is_new && write(store->lock, marker_text, size) != (ssize_t)size) {
    return bg_error_set(err, BG_FAILED, "cannot write '%s': %s", marker,
                        strerror(errno));
  }
  return is_new ? BG_OK : check_marker(path, marker, err);
}

/// Opens Redland's side: world, storage, model.
static bg_status
open_model(bg_store *store, const char *path, bool writes, bool is_new,
           bg_error *err)
{
  store->world = librdf_new_world();
  if (store->world == NULL) {
    return fail(store, "cannot start Redland", err);
  }
  librdf_world_set_logger(store->world, store, keep_complaint);
  librdf_world_open(store->world);
  const char *pairs[] = {"hash-type", "bdb",
                         "contexts",  "yes",
                         "write",     writes ? "yes" : "no",
                         "new",       is_new ? "yes" : "no",
                         "dir",       path,
                         NULL};
  librdf_hash *options =
      librdf_new_hash_from_array_of_strings(store->world, NULL, pairs);
  store->storage =
      librdf_new_storage_with_options(store->world, "hashes", "quads", options);
  librdf_free_hash(options);
  if (store->storage != NULL) {
    store->model = librdf_new_model(store->world, store->storage, NULL);
  }
  return store->model == NULL ? fail(store, "cannot open the store", err)
                              : BG_OK;
}

static bg_store *
new_store(void)
{
  bg_store *store = bg_heap_allocate(sizeof *store);
  *store = (bg_store){.lock = -1};
  return store;
}

bg_status
bg_store_open(const char *path, bg_store_mode mode, bg_store **store,
              bg_error *err)
{
  char marker[4096];
  bool is_new;
  *store = NULL;
  if ((size_t)snprintf(marker, sizeof marker, "%s/%s", path, marker_name) >=
      sizeof marker) {
    return bg_error_set(err, BG_FAILED, "too long a path: '%s'", path);
  }
  BG_TRY(prepare_directory(path, marker, mode, &is_new, err));
  bg_store *opened = new_store();
  bg_status status = lock_store(opened, path, marker, mode, is_new, err);
  if (status == BG_OK) {
    status = open_model(opened, path, mode == BG_STORE_WRITE, is_new, err);
  }
  if (status != BG_OK) {
    bg_store_close(opened, NULL);
    return status;
  }
  *store = opened;
  return BG_OK;
}

bg_status
bg_store_sync(bg_store *store, bg_error *err)
{
  return librdf_model_sync(store->model) == 0
             ? BG_OK
             : fail(store, "cannot write the store", err);
}

bg_status
bg_store_close(bg_store *store, bg_error *err)
{
  bg_status status = BG_OK;
  if (store == NULL) {
    return BG_OK;
  }
  if (store->model != NULL) {
    status = bg_store_sync(store, err);
    librdf_free_model(store->model);
  }
  if (store->storage != NULL) {
    librdf_free_storage(store->storage);
  }
  if (store->world != NULL) {
    librdf_free_world(store->world);
  }
  if (store->lock >= 0) {
    close(store->lock);
  }
  free(store);
  return status;
}

// ---- writing ---------------------------------------------------------------

/// Whether the quad is there. Looks at the objects of subject and predicate:
/// Redland's own search for a whole statement reads all of them.
static bool
has_quad(bg_store *store, librdf_statement *statement, librdf_node *graph)
{
  librdf_iterator *objects = librdf_model_get_targets(
      store->model, librdf_statement_get_subject(statement),
      librdf_statement_get_predicate(statement));
  bool found = false;
  for (; objects != NULL && !found && !librdf_iterator_end(objects);
       librdf_iterator_next(objects)) {
    librdf_node *object = librdf_iterator_get_object(objects);
    librdf_node *context = librdf_iterator_get_context(objects);
    bool is_same_graph = graph == NULL || context == NULL
                             ? graph == context
                             : librdf_node_equals(graph, context) != 0;
    found =
        is_same_graph && object != NULL &&
        librdf_node_equals(object, librdf_statement_get_object(statement)) != 0;
  }
  if (objects != NULL) {
    librdf_free_iterator(objects);
  }
  return found;
}

static bg_status
add(bg_store *store, const bg_statement *statement, bool may_be_there,
    bg_error *err)
{
  librdf_node *graph = bg_node_of_term(store->world, &statement->graph);
  librdf_statement *quad = librdf_new_statement_from_nodes(
      store->world, bg_node_of_term(store->world, &statement->subject),
      bg_node_of_term(store->world, &statement->predicate),
      bg_node_of_term(store->world, &statement->object));
  int failed = quad == NULL;
  if (!failed && !(may_be_there && has_quad(store, quad, graph))) {
    failed = graph == NULL ? librdf_model_add_statement(store->model, quad)
                           : librdf_model_context_add_statement(store->model,
                                                                graph, quad);
  }
  if (quad != NULL) {
    librdf_free_statement(quad);
  }
  if (graph != NULL) {
    librdf_free_node(graph);
  }
  return failed ? fail(store, "cannot add to the store", err) : BG_OK;
}

bg_status
bg_store_add(bg_store *store, const bg_statement *statement, bg_error *err)
{
  return add(store, statement, true, err);
}

bg_status
bg_store_remove_graph(bg_store *store, const bg_term *graph, bg_error *err)
{
  librdf_node *context = bg_node_of_term(store->world, graph);
  int failed = context == NULL;
  if (!failed && librdf_model_contains_context(store->model, context)) {
    failed = librdf_model_context_remove_statements(store->model, context);
  }
  if (context != NULL) {
    librdf_free_node(context);
  }
  return failed ? fail(store, "cannot remove a graph", err) : BG_OK;
}

typedef struct {
  bg_sink sink;
  bg_store *store;
} store_sink;

static bg_status
replace_page(bg_store *store, const bg_page_graph *page, bg_error *err)
{
  for (size_t i = 0; i < sizeof page->graphs / sizeof *page->graphs; i++) {
    BG_TRY(bg_store_remove_graph(store, &page->graphs[i], err));
  }
  for (size_t i = 0; i < page->statements.count; i++) {
    BG_TRY(add(store, &page->statements.items[i], false, err));
  }
  return BG_OK;
}

static bg_status
commit_pages(bg_sink *sink, const bg_commit *commit, bg_error *err)
{
  for (size_t i = 0; i < commit->page_count; i++) {
    BG_TRY(replace_page(((store_sink *)sink)->store, &commit->pages[i], err));
  }
  return BG_OK;
}

static bg_status
flush_store(bg_sink *sink, uint64_t *size, bg_error *err)
{
  *size = 0;
  return bg_store_sync(((store_sink *)sink)->store, err);
}

/// The page's graph says it of itself: schema:version.
static uint64_t
find_revision(bg_sink *sink, const bg_term *graph)
{
  bg_store *store = ((store_sink *)sink)->store;
  bg_term version = {BG_TERM_IRI, BG_VIEW(BG_PAGE_REVISION), {0}, {0}};
  librdf_node *subject = bg_node_of_term(store->world, graph);
  librdf_node *predicate = bg_node_of_term(store->world, &version);
  librdf_node *object =
      librdf_model_get_target(store->model, subject, predicate);
  uint64_t revision = 0;
  if (object != NULL && librdf_node_is_literal(object)) {
    const unsigned char *text = librdf_node_get_literal_value(object);
    revision = strtoull((const char *)text, NULL, 10);
  }
  if (object != NULL) {
    librdf_free_node(object);
  }
  librdf_free_node(subject);
  librdf_free_node(predicate);
  return revision;
}

static bg_status
close_sink(bg_sink *sink, bg_error *err)
{
  bg_status status = bg_store_sync(((store_sink *)sink)->store, err);
  free(sink);
  return status;
}

bg_sink *
bg_store_sink(bg_store *store)
{
  store_sink *sink = bg_heap_allocate(sizeof *sink);
  *sink = (store_sink){{.commit = commit_pages,
                        .flush = flush_store,
                        .revision = find_revision,
                        .close = close_sink},
                       store};
  return &sink->sink;
}

// ---- reading ---------------------------------------------------------------

static int
compare_terms(const bg_term *a, const bg_term *b)
{
  if (a->kind != b->kind) {
    return a->kind < b->kind ? -1 : 1;
  }
  int order = bg_view_compare(a->text, b->text);
  order = order != 0 ? order : bg_view_compare(a->datatype, b->datatype);
  return order != 0 ? order : bg_view_compare(a->language, b->language);
}

static int
compare_statements(const void *left, const void *right)
{
  const bg_statement *a = left;
  const bg_statement *b = right;
  int order = compare_terms(&a->graph, &b->graph);
  order = order != 0 ? order : compare_terms(&a->subject, &b->subject);
  order = order != 0 ? order : compare_terms(&a->predicate, &b->predicate);
  return order != 0 ? order : compare_terms(&a->object, &b->object);
}

static bool
fits(const bg_term *pattern, const bg_term *term)
{
  return pattern->kind == BG_TERM_NONE || compare_terms(pattern, term) == 0;
}

/// All quads that fit, in `arena`, unsorted.
static bg_status
collect(bg_store *store, const bg_statement *pattern, bg_arena *arena,
        bg_statements *found, bg_error *err)
{
  librdf_node *graph = bg_node_of_term(store->world, &pattern->graph);
  librdf_stream *stream =
      graph == NULL ? librdf_model_as_stream(store->model)
                    : librdf_model_context_as_stream(store->model, graph);
  for (; stream != NULL && !librdf_stream_end(stream);
       librdf_stream_next(stream)) {
    librdf_statement *each = librdf_stream_get_object(stream);
    librdf_node *context =
        graph == NULL ? librdf_stream_get_context2(stream) : graph;
    bg_statement quad = {
        .subject = bg_term_of_node(librdf_statement_get_subject(each), arena),
        .predicate =
            bg_term_of_node(librdf_statement_get_predicate(each), arena),
        .object = bg_term_of_node(librdf_statement_get_object(each), arena),
        .graph = bg_term_of_node(context, arena)};
    if (fits(&pattern->subject, &quad.subject) &&
        fits(&pattern->predicate, &quad.predicate) &&
        fits(&pattern->object, &quad.object)) {
      BG_PUSH(arena, found) = quad;
    }
  }
  bool failed = stream == NULL && graph == NULL;
  if (stream != NULL) {
    librdf_free_stream(stream);
  }
  if (graph != NULL) {
    librdf_free_node(graph);
  }
  return failed ? fail(store, "cannot read the store", err) : BG_OK;
}

bg_status
bg_store_find(bg_store *store, const bg_statement *pattern,
              bg_store_handler *handle, void *context, bg_error *err)
{
  bg_arena *arena = bg_arena_new();
  bg_statements found = {0};
  bg_status status = collect(store, pattern, arena, &found, err);
  if (status == BG_OK && found.count > 0) {
    qsort(found.items, found.count, sizeof *found.items, compare_statements);
  }
  for (size_t i = 0; i < found.count && status == BG_OK; i++) {
    status = handle(context, &found.items[i], err);
  }
  bg_arena_free(arena);
  return status;
}
