/// Models of Redland's, and what they hold as lines of text that can be
/// compared.

#ifndef BG_TESTS_REDLAND_H
#define BG_TESTS_REDLAND_H

#include <librdf.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"
#define RDF_XML_LITERAL "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral"

// ---- the world and its models ----------------------------------------------

// One at a time: librdf gives a loaded module to no second world.
static librdf_world *world;
static int complaints;
static char complaint[512]; // the last

typedef struct {
  librdf_storage *storage;
  librdf_model *model; // NULL where it could not be opened
} rdf;

static inline int
note_complaint(void *context, librdf_log_message *message)
{
  (void)context;
  complaints++;
  snprintf(complaint, sizeof complaint, "%s",
           librdf_log_message_message(message));
  return 1;
}

/// With the module that was built.
static inline void
start_world(void)
{
  char path[4096];
  snprintf(path, sizeof path, "%s/.libs", getenv("top_builddir"));
  setenv("REDLAND_MODULE_PATH", path, 1);
  world = librdf_new_world();
  librdf_world_set_logger(world, NULL, note_complaint);
  librdf_world_open(world);
}

static inline bool
open_rdf(rdf *at, const char *storage, const char *name, const char *options)
{
  *at = (rdf){.storage = librdf_new_storage(world, storage, name, options)};
  if (at->storage != NULL) {
    at->model = librdf_new_model(world, at->storage, NULL);
  }
  return at->model != NULL;
}

static inline bool
open_store(rdf *at, const char *path, const char *options)
{
  return open_rdf(at, "battlegraph", path, options);
}

static inline void
close_rdf(rdf *at)
{
  if (at->model != NULL) {
    librdf_free_model(at->model);
  }
  if (at->storage != NULL) {
    librdf_free_storage(at->storage);
  }
  *at = (rdf){NULL, NULL};
}

// ---- nodes and statements --------------------------------------------------

/// IRI  _:blank  "text"  "text"@language  "text"^^IRI, and NULL for none. The
/// text is taken as it is: it has no escapes.
static inline librdf_node *
new_node(const char *text)
{
  if (text == NULL) {
    return NULL;
  }
  if (strncmp(text, "_:", 2) == 0) {
    return librdf_new_node_from_blank_identifier(
        world, (const unsigned char *)text + 2);
  }
  if (text[0] != '"') {
    return librdf_new_node_from_uri_string(world, (const unsigned char *)text);
  }
  const char *end = strrchr(text, '"');
  librdf_uri *datatype =
      end[1] != '^' ? NULL
                    : librdf_new_uri(world, (const unsigned char *)end + 3);
  const char *language = end[1] == '@' ? end + 2 : NULL;
  librdf_node *node = librdf_new_node_from_typed_counted_literal(
      world, (const unsigned char *)text + 1, (size_t)(end - text - 1),
      language, language == NULL ? 0 : strlen(language), datatype);
  if (datatype != NULL) {
    librdf_free_uri(datatype);
  }
  return node;
}

static inline librdf_statement *
new_statement(const char *subject, const char *predicate, const char *object)
{
  librdf_statement *made = librdf_new_statement(world);
  librdf_statement_set_subject(made, new_node(subject));
  librdf_statement_set_predicate(made, new_node(predicate));
  librdf_statement_set_object(made, new_node(object));
  return made;
}

typedef int context_change(librdf_model *model, librdf_node *context,
                           librdf_statement *statement);

static inline int
change(rdf *at, context_change *how, const char *subject, const char *predicate,
       const char *object, const char *context)
{
  librdf_statement *statement = new_statement(subject, predicate, object);
  librdf_node *node = new_node(context);
  int failed = how(at->model, node, statement);
  if (node != NULL) {
    librdf_free_node(node);
  }
  librdf_free_statement(statement);
  return failed;
}

/// 0 where it was added; no context is NULL.
static inline int
add(rdf *at, const char *subject, const char *predicate, const char *object,
    const char *context)
{
  return change(at, librdf_model_context_add_statement, subject, predicate,
                object, context);
}

static inline int
take_out(rdf *at, const char *subject, const char *predicate,
         const char *object, const char *context)
{
  return change(at, librdf_model_context_remove_statement, subject, predicate,
                object, context);
}

static inline bool
contains(rdf *at, const char *subject, const char *predicate,
         const char *object)
{
  librdf_statement *statement = new_statement(subject, predicate, object);
  int found = librdf_model_contains_statement(at->model, statement);
  librdf_free_statement(statement);
  return found != 0;
}

// ---- lines -----------------------------------------------------------------

typedef struct {
  char **items;
  size_t count;
} lines;

static inline void
append_line(lines *to, char *line)
{
  to->items = realloc(to->items, (to->count + 1) * sizeof *to->items);
  to->items[to->count++] = line;
}

static inline int
compare_lines(const void *a, const void *b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static inline void
sort_lines(lines *all)
{
  if (all->count > 0) {
    qsort(all->items, all->count, sizeof *all->items, compare_lines);
  }
}

/// Sorts, and drops what stands there again.
static inline void
make_set(lines *all)
{
  size_t kept = 0;
  sort_lines(all);
  for (size_t i = 0; i < all->count; i++) {
    if (kept > 0 && strcmp(all->items[kept - 1], all->items[i]) == 0) {
      free(all->items[i]);
    } else {
      all->items[kept++] = all->items[i];
    }
  }
  all->count = kept;
}

static inline void
free_lines(lines *all)
{
  for (size_t i = 0; i < all->count; i++) {
    free(all->items[i]);
  }
  free(all->items);
  *all = (lines){0};
}

static inline bool
are_same(const lines *a, const lines *b)
{
  bool same = a->count == b->count;
  for (size_t i = 0; same && i < a->count; i++) {
    same = strcmp(a->items[i], b->items[i]) == 0;
  }
  return same;
}

static inline void
write_node(FILE *to, librdf_node *node)
{
  if (librdf_node_is_resource(node)) {
    fprintf(to, "<%s> ", librdf_uri_as_string(librdf_node_get_uri(node)));
  } else if (librdf_node_is_blank(node)) {
    fprintf(to, "_:%s ", librdf_node_get_blank_identifier(node));
  } else {
    const char *language = librdf_node_get_literal_value_language(node);
    librdf_uri *datatype = librdf_node_get_literal_value_datatype_uri(node);
    fprintf(to, "\"%s\"", librdf_node_get_literal_value(node));
    if (language != NULL) {
      fprintf(to, "@%s", language);
    }
    if (datatype != NULL) {
      fprintf(to, "^^<%s>", librdf_uri_as_string(datatype));
    }
    fputc(' ', to);
  }
}

/// As N-Quads have it, but without escapes; NULL nodes are left out.
static inline char *
line_of(librdf_statement *statement, librdf_node *node)
{
  char *text = NULL;
  size_t size;
  FILE *to = open_memstream(&text, &size);
  if (statement != NULL) {
    write_node(to, librdf_statement_get_subject(statement));
    write_node(to, librdf_statement_get_predicate(statement));
    write_node(to, librdf_statement_get_object(statement));
  }
  if (node != NULL) {
    write_node(to, node);
  }
  fclose(to);
  return text;
}

/// What is left of a stream, at most `most` of it.
static inline lines
read_some(librdf_stream *stream, bool with_contexts, size_t most)
{
  lines read = {0};
  for (; read.count < most && !librdf_stream_end(stream);
       librdf_stream_next(stream)) {
    librdf_node *context = librdf_stream_get_context2(stream);
    append_line(&read, line_of(librdf_stream_get_object(stream),
                               with_contexts ? context : NULL));
  }
  return read;
}

/// All of a stream, sorted; frees it. NULL is as empty.
static inline lines
read_stream(librdf_stream *stream, bool with_contexts)
{
  lines read = {0};
  if (stream != NULL) {
    read = read_some(stream, with_contexts, SIZE_MAX);
    librdf_free_stream(stream);
  }
  sort_lines(&read);
  return read;
}

static inline lines
read_iterator(librdf_iterator *iterator)
{
  lines read = {0};
  for (; iterator != NULL && !librdf_iterator_end(iterator);
       librdf_iterator_next(iterator)) {
    append_line(&read, line_of(NULL, librdf_iterator_get_object(iterator)));
  }
  if (iterator != NULL) {
    librdf_free_iterator(iterator);
  }
  sort_lines(&read);
  return read;
}

static inline lines
read_model(rdf *at)
{
  return read_stream(librdf_model_as_stream(at->model), true);
}

/// What fits; a context of NULL is any.
static inline lines
find(rdf *at, const char *subject, const char *predicate, const char *object,
     const char *context)
{
  librdf_statement *pattern = new_statement(subject, predicate, object);
  librdf_node *node = new_node(context);
  lines found = read_stream(
      node == NULL
          ? librdf_model_find_statements(at->model, pattern)
          : librdf_model_find_statements_in_context(at->model, pattern, node),
      false);
  if (node != NULL) {
    librdf_free_node(node);
  }
  librdf_free_statement(pattern);
  return found;
}

/// Whether two models hold the same statements in the same contexts.
static inline bool
hold_the_same(rdf *a, rdf *b)
{
  lines in_a = read_model(a);
  lines in_b = read_model(b);
  make_set(&in_a);
  make_set(&in_b);
  bool same = are_same(&in_a, &in_b);
  free_lines(&in_a);
  free_lines(&in_b);
  return same;
}

// ---- folders ---------------------------------------------------------------

/// Goes into a new folder, which leave_scratch removes.
static inline void
enter_scratch(char *scratch, size_t size)
{
  const char *parent = getenv("TMPDIR");
  snprintf(scratch, size, "%s/battlegraph-XXXXXX",
           parent == NULL ? "/tmp" : parent);
  if (mkdtemp(scratch) == NULL || chdir(scratch) != 0) {
    perror(scratch);
    exit(99);
  }
}

static inline void
leave_scratch(const char *scratch)
{
  char command[4200];
  snprintf(command, sizeof command, "rm -rf '%s'", scratch);
  if (chdir("/") != 0 || system(command) != 0) {
    perror(scratch);
  }
}

#endif
