/// A store seen through librdf, as a program sees it that knows nothing of
/// ours.

#include "lookups.h"

#include <errno.h>
#include <librdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

typedef struct {
  lookup_door door;
  const char *name; // of the storage
  const char *path;
  librdf_world *world;
  librdf_storage *storage; // NULL where it is not open
  librdf_model *model;
  char complaint[512]; // the first
} redland_door;

typedef struct {
  librdf_statement *statement;
  librdf_node *graph; // NULL: any
} redland_pattern;

static int
keep_complaint(void *context, librdf_log_message *message)
{
  redland_door *at = context;
  if (librdf_log_message_level(message) >= LIBRDF_LOG_ERROR &&
      at->complaint[0] == '\0') {
    snprintf(at->complaint, sizeof at->complaint, "%s",
             librdf_log_message_message(message));
  }
  return 1;
}

static bg_status
fail(const redland_door *at, const char *what, bg_error *err)
{
  return bg_error_set(
      err, BG_FAILED, "librdf, storage '%s': %s: %s", at->name, what,
      at->complaint[0] == '\0' ? "it does not say why" : at->complaint);
}

// ---- opening and loading ---------------------------------------------------

static bg_status
close_storage(lookup_door *door, bg_error *err)
{
  redland_door *at = (redland_door *)door;
  int failed = 0;
  if (at->model != NULL) {
    failed = at->door.is_lasting && librdf_model_sync(at->model) != 0;
    librdf_free_model(at->model);
  }
  if (at->storage != NULL) {
    librdf_free_storage(at->storage);
  }
  at->model = NULL;
  at->storage = NULL;
  return failed ? fail(at, "cannot sync", err) : BG_OK;
}

static bg_status
open_storage(redland_door *at, bool is_new, bg_error *err)
{
  bool is_hashes = strcmp(at->name, "hashes") == 0;
  const char *pairs[] = {
      "new", is_new ? "yes" : "no", "write", is_new ? "yes" : "no",
      // The rest is for the hashes alone.
      is_hashes ? "hash-type" : NULL, "bdb", "dir", at->path, NULL};
  if (is_hashes && is_new && mkdir(at->path, 0777) != 0) {
    return bg_error_set(err, BG_FAILED, "cannot make '%s': %s", at->path,
                        strerror(errno));
  }
  librdf_hash *options =
      librdf_new_hash_from_array_of_strings(at->world, NULL, pairs);
  at->storage = librdf_new_storage_with_options(
      at->world, at->name, is_hashes ? "graph" : at->path, options);
  librdf_free_hash(options);
  if (at->storage != NULL) {
    at->model = librdf_new_model(at->world, at->storage, NULL);
  }
  if (at->model == NULL) {
    close_storage(&at->door, NULL);
    return fail(at, "cannot open it", err);
  }
  return BG_OK;
}

static bg_status
open_to_read(lookup_door *door, bg_error *err)
{
  return open_storage((redland_door *)door, false, err);
}

static bg_status
parse(redland_door *at, const char *file, bg_error *err)
{
  librdf_parser *parser = librdf_new_parser(at->world, "ntriples", NULL, NULL);
  librdf_uri *uri = librdf_new_uri_from_filename(at->world, file);
  librdf_stream *stream =
      parser == NULL || uri == NULL
          ? NULL
          : librdf_parser_parse_as_stream(parser, uri, NULL);
  bool failed =
      stream == NULL || librdf_model_add_statements(at->model, stream) != 0;
  if (stream != NULL) {
    librdf_free_stream(stream);
  }
  if (uri != NULL) {
    librdf_free_uri(uri);
  }
  if (parser != NULL) {
    librdf_free_parser(parser);
  }
  return failed || at->complaint[0] != '\0' ? fail(at, "cannot load", err)
                                            : BG_OK;
}

static bg_status
load(lookup_door *door, const char *file, bg_error *err)
{
  redland_door *at = (redland_door *)door;
  BG_TRY(open_storage(at, true, err));
  BG_TRY(parse(at, file, err));
  return door->is_lasting ? close_storage(door, err) : BG_OK;
}

// ---- terms and nodes -------------------------------------------------------

static librdf_node *
node_of(librdf_world *world, const bg_term *term)
{
  const unsigned char *text = (const unsigned char *)term->text.bytes;
  switch (term->kind) {
  case BG_TERM_IRI:
    return librdf_new_node_from_counted_uri_string(world, text,
                                                   term->text.size);
  case BG_TERM_BLANK:
    return librdf_new_node_from_counted_blank_identifier(world, text,
                                                         term->text.size);
  case BG_TERM_LITERAL: {
    const unsigned char *datatype = (const unsigned char *)term->datatype.bytes;
    librdf_uri *uri =
        term->datatype.size == 0
            ? NULL
            : librdf_new_uri2(world, datatype, term->datatype.size);
    librdf_node *node = librdf_new_node_from_typed_counted_literal(
        world, text, term->text.size,
        term->language.size == 0 ? NULL : term->language.bytes,
        term->language.size, uri);
    if (uri != NULL) {
      librdf_free_uri(uri);
    }
    return node;
  }
  case BG_TERM_NONE:
    break;
  }
  return NULL;
}

static bg_view
view_of_uri(librdf_uri *uri)
{
  size_t size;
  const unsigned char *text = librdf_uri_as_counted_string(uri, &size);
  return (bg_view){(const char *)text, size};
}

/// The term borrows from the node.
static bg_term
term_of(librdf_node *node)
{
  const unsigned char *text;
  size_t size;
  if (node == NULL) {
    return (bg_term){0};
  }
  if (librdf_node_is_resource(node)) {
    return (bg_term){.kind = BG_TERM_IRI,
                     .text = view_of_uri(librdf_node_get_uri(node))};
  }
  if (librdf_node_is_blank(node)) {
    text = librdf_node_get_counted_blank_identifier(node, &size);
    return (bg_term){.kind = BG_TERM_BLANK, .text = {(const char *)text, size}};
  }
  text = librdf_node_get_literal_value_as_counted_string(node, &size);
  librdf_uri *datatype = librdf_node_get_literal_value_datatype_uri(node);
  return (bg_term){
      .kind = BG_TERM_LITERAL,
      .text = {(const char *)text, size},
      .datatype = datatype == NULL ? (bg_view){0} : view_of_uri(datatype),
      .language = bg_view_of(librdf_node_get_literal_value_language(node))};
}

// ---- looking up ------------------------------------------------------------

static bg_status
scan(lookup_door *door, bg_store_handler *handle, void *context, bg_error *err)
{
  redland_door *at = (redland_door *)door;
  bg_status status = BG_OK;
  librdf_stream *stream = librdf_model_as_stream(at->model);
  if (stream == NULL) {
    return fail(at, "cannot read it", err);
  }
  for (; status == BG_OK && !librdf_stream_end(stream);
       librdf_stream_next(stream)) {
    librdf_statement *each = librdf_stream_get_object(stream);
    bg_statement quad = {.subject = term_of(librdf_statement_get_subject(each)),
                         .predicate =
                             term_of(librdf_statement_get_predicate(each)),
                         .object = term_of(librdf_statement_get_object(each)),
                         .graph = term_of(librdf_stream_get_context2(stream))};
    status = handle(context, &quad, err);
  }
  librdf_free_stream(stream);
  return status;
}

static void *
prepare(lookup_door *door, const bg_statement *pattern)
{
  librdf_world *world = ((redland_door *)door)->world;
  redland_pattern *prepared = bg_heap_allocate(sizeof *prepared);
  *prepared = (redland_pattern){.statement = librdf_new_statement_from_nodes(
                                    world, node_of(world, &pattern->subject),
                                    node_of(world, &pattern->predicate),
                                    node_of(world, &pattern->object)),
                                .graph = node_of(world, &pattern->graph)};
  return prepared;
}

static void
forget(void *prepared)
{
  redland_pattern *pattern = prepared;
  librdf_free_statement(pattern->statement);
  if (pattern->graph != NULL) {
    librdf_free_node(pattern->graph);
  }
  free(pattern);
}

static bg_status
find(lookup_door *door, void *prepared, size_t most, size_t *rows,
     bg_error *err)
{
  redland_door *at = (redland_door *)door;
  redland_pattern *pattern = prepared;
  librdf_stream *stream =
      pattern->graph == NULL
          ? librdf_model_find_statements(at->model, pattern->statement)
          : librdf_model_find_statements_in_context(
                at->model, pattern->statement, pattern->graph);
  *rows = 0;
  if (stream == NULL) {
    return fail(at, "cannot look up", err);
  }
  for (; !librdf_stream_end(stream) && *rows <= most;
       librdf_stream_next(stream)) {
    // Some storages make the statement only now.
    *rows += librdf_stream_get_object(stream) != NULL;
  }
  librdf_free_stream(stream);
  return BG_OK;
}

static bg_status
has(lookup_door *door, void *prepared, size_t most, size_t *rows, bg_error *err)
{
  (void)most, (void)err;
  redland_door *at = (redland_door *)door;
  redland_pattern *pattern = prepared;
  *rows = librdf_model_contains_statement(at->model, pattern->statement) != 0;
  return BG_OK;
}

static void
free_door(lookup_door *door)
{
  redland_door *at = (redland_door *)door;
  close_storage(door, NULL);
  librdf_free_world(at->world);
  free(at);
}

lookup_door *
redland_door_new(const char *storage, const char *path)
{
  redland_door *at = bg_heap_allocate(sizeof *at);
  *at = (redland_door){.door = {.load = load,
                                .is_lasting = strcmp(storage, "trees") != 0,
                                .open = open_to_read,
                                .close = close_storage,
                                .scan = scan,
                                .prepare = prepare,
                                .forget = forget,
                                .find = find,
                                .has = has,
                                .free = free_door},
                       .name = storage,
                       .path = path,
                       .world = librdf_new_world()};
  librdf_world_set_logger(at->world, at, keep_complaint);
  librdf_world_open(at->world);
  return &at->door;
}
