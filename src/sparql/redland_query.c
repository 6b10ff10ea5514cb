/// Queries through librdf and Rasqal.

#include "sparql/redland_query.h"

#include "serialize/serialize.h"
#include "sparql/results.h"
#include "store/redland.h"

#include <string.h>

// ---- what is refused before it is run --------------------------------------

static bool
is_name_byte(char byte)
{
  return bg_is_letter(byte) || bg_is_digit(byte) || byte == '_' ||
         byte == '-' || (unsigned char)byte >= 0x80;
}

/// Past a string, an IRI or a comment that begins at `at`; `at` + 1 for others.
static size_t
skip_opaque(bg_view query, size_t at)
{
  char byte = query.bytes[at];
  if (byte == '#') {
    size_t end = bg_view_find_byte(query, '\n', at);
    return end == BG_NOWHERE ? query.size : end;
  }
  if (byte == '<') {
    // "<" may also compare: an IRI has no spaces.
    for (size_t end = at + 1; end < query.size; end++) {
      if (query.bytes[end] == '>') {
        return end + 1;
      }
      if (bg_is_space(query.bytes[end])) {
        break;
      }
    }
    return at + 1;
  }
  if (byte != '"' && byte != '\'') {
    return at + 1;
  }
  bg_view rest = bg_view_slice(query, at, query.size);
  bool is_long =
      rest.size >= 3 && rest.bytes[1] == byte && rest.bytes[2] == byte;
  size_t marks = is_long ? 3 : 1;
  for (size_t end = marks; end < rest.size; end++) {
    if (rest.bytes[end] == '\\') {
      end++;
    } else if (rest.bytes[end] == byte &&
               (!is_long ||
                (end + 2 < rest.size && rest.bytes[end + 1] == byte &&
                 rest.bytes[end + 2] == byte))) {
      return at + end + marks;
    }
  }
  return query.size;
}

/// Whether a keyword stands in the query, outside strings, IRIs, comments,
/// variables and prefixed names. Its offset, or BG_NOWHERE.
static size_t
find_keyword(bg_view query, bg_view keyword)
{
  for (size_t at = 0; at < query.size;) {
    char byte = query.bytes[at];
    if (!is_name_byte(byte) && byte != '?' && byte != '$' && byte != ':' &&
        byte != '@') {
      at = skip_opaque(query, at);
      continue;
    }
    size_t end = at + 1;
    while (end < query.size &&
           (is_name_byte(query.bytes[end]) || query.bytes[end] == ':' ||
            query.bytes[end] == '.')) {
      end++;
    }
    if (bg_view_is_equal_folded(bg_view_slice(query, at, end), keyword)) {
      return at;
    }
    at = end;
  }
  return BG_NOWHERE;
}

/// Rasqal would fetch a SERVICE's address, a file's too.
static bg_status
check_query(bg_view query, bg_error *err)
{
  size_t service = find_keyword(query, BG_VIEW("service"));
  if (service != BG_NOWHERE) {
    return bg_error_set(err, BG_REFUSED,
                        "a query cannot call out: SERVICE at byte %zu",
                        service);
  }
  size_t nul = bg_view_find_byte(query, '\0', 0);
  if (nul != BG_NOWHERE) {
    return bg_error_set(err, BG_REFUSED, "a zero byte in the query at byte %zu",
                        nul);
  }
  return BG_OK;
}

// ---- Redland's side of a store ----------------------------------------------

typedef struct {
  bg_store *store;
  const bg_query_options *options;
  FILE *out;
  bg_arena *arena;
  librdf_world *world;
  librdf_storage *storage;
  librdf_model *model;
  char complaint[512]; // the first: later ones follow from it
} query_run;

static int
keep_complaint(void *context, librdf_log_message *message)
{
  query_run *run = context;
  if (librdf_log_message_level(message) < LIBRDF_LOG_ERROR ||
      run->complaint[0] != '\0') {
    return 1;
  }
  raptor_locator *place = librdf_log_message_locator(message);
  const char *text = librdf_log_message_message(message);
  if (place != NULL && place->line > 0 && place->column > 0) {
    snprintf(run->complaint, sizeof run->complaint, "line %d, column %d: %s",
             place->line, place->column, text);
  } else if (place != NULL && place->line > 0) {
    snprintf(run->complaint, sizeof run->complaint, "line %d: %s", place->line,
             text);
  } else {
    snprintf(run->complaint, sizeof run->complaint, "%s", text);
  }
  return 1;
}

/// Opens the store once more, as Redland sees it.
static bg_status
open_model(query_run *run, bg_error *err)
{
  // Another name than the module's: that may be loaded as well.
  static const char name[] = "battlegraph-builtin";
  run->world = librdf_new_world();
  if (run->world == NULL) {
    return bg_error_set(err, BG_FAILED, "cannot start Redland");
  }
  librdf_world_set_logger(run->world, run, keep_complaint);
  librdf_world_open(run->world);
  bg_redland_register(run->world, name);
  run->storage = librdf_new_storage(run->world, name, bg_store_path(run->store),
                                    "write='no'");
  if (run->storage != NULL) {
    run->model = librdf_new_model(run->world, run->storage, NULL);
  }
  return run->model != NULL
             ? BG_OK
             : bg_error_set(err, BG_FAILED, "cannot open the store: %s",
                            run->complaint);
}

static void
close_model(query_run *run)
{
  if (run->model != NULL) {
    librdf_free_model(run->model);
  }
  if (run->storage != NULL) {
    librdf_free_storage(run->storage);
  }
  if (run->world != NULL) {
    librdf_free_world(run->world);
  }
}

// ---- answers ---------------------------------------------------------------

static bg_status
refuse(const query_run *run, bg_error *err)
{
  return bg_error_set(err, BG_REFUSED, "the query cannot be answered: %s",
                      run->complaint[0] == '\0'
                          ? "the engine does not support what it asks for"
                          : run->complaint);
}

typedef struct {
  bg_term *items;
  size_t count;
  size_t capacity;
} cell_list;

static bg_status
write_rows(query_run *run, librdf_query_results *answer, bg_error *err)
{
  int columns = librdf_query_results_get_bindings_count(answer);
  bg_results results = {.variable_count = columns < 0 ? 0 : (size_t)columns};
  results.variables =
      BG_NEW_ARRAY(run->arena, const char *, results.variable_count + 1);
  for (int i = 0; i < columns; i++) {
    const char *name = librdf_query_results_get_binding_name(answer, i);
    results.variables[i] = bg_arena_copy(run->arena, bg_view_of(name)).bytes;
  }
  cell_list cells = {0};
  for (; !librdf_query_results_finished(answer);
       librdf_query_results_next(answer)) {
    for (int i = 0; i < columns; i++) {
      librdf_node *node = librdf_query_results_get_binding_value(answer, i);
      BG_PUSH(run->arena, &cells) = bg_term_of_node(node, run->arena);
      if (node != NULL) {
        librdf_free_node(node);
      }
    }
    results.row_count++;
  }
  if (run->complaint[0] != '\0') {
    return refuse(run, err);
  }
  results.cells = cells.items;
  const char *format = run->options->results;
  return bg_results_write(&results, format == NULL ? "table" : format, run->out,
                          err);
}

static bg_status
write_graph(query_run *run, librdf_query_results *answer, bg_error *err)
{
  const char *name = run->options->results;
  const bg_format *format = bg_format_find(name == NULL ? "turtle" : name);
  if (format == NULL) {
    return bg_error_set(err, BG_MISUSED, "a graph cannot be written as '%s'",
                        name);
  }
  bg_statements statements = {0};
  librdf_stream *stream = librdf_query_results_as_stream(answer);
  for (; stream != NULL && !librdf_stream_end(stream);
       librdf_stream_next(stream)) {
    librdf_statement *each = librdf_stream_get_object(stream);
    BG_PUSH(run->arena, &statements) = (bg_statement){
        .subject =
            bg_term_of_node(librdf_statement_get_subject(each), run->arena),
        .predicate =
            bg_term_of_node(librdf_statement_get_predicate(each), run->arena),
        .object =
            bg_term_of_node(librdf_statement_get_object(each), run->arena)};
  }
  if (stream == NULL) {
    return refuse(run, err);
  }
  librdf_free_stream(stream);
  return bg_statements_write(&statements, format, BG_DEFAULT_BASE, run->out,
                             "the results", err);
}

static bg_status
write_answer(query_run *run, librdf_query_results *answer, bg_error *err)
{
  if (librdf_query_results_is_bindings(answer)) {
    return write_rows(run, answer, err);
  }
  if (librdf_query_results_is_boolean(answer)) {
    const char *format = run->options->results;
    return bg_answer_write(librdf_query_results_get_boolean(answer) > 0,
                           format == NULL ? "table" : format, run->out, err);
  }
  return librdf_query_results_is_graph(answer) ? write_graph(run, answer, err)
                                               : refuse(run, err);
}

/// The prologue that every query has, so that the shell need not repeat it;
/// a query's own prefixes come after and win. It stands on the first line: the
/// line numbers of messages stay.
static bg_view
with_prefixes(bg_view query, bg_arena *arena)
{
  bg_view prologue = BG_VIEW("");
  for (const bg_namespace *each = bg_namespaces; each->prefix != NULL; each++) {
    prologue = bg_arena_join(
        arena, prologue,
        bg_arena_format(arena, "PREFIX %s: <%s> ", each->prefix, each->iri));
  }
  prologue = bg_arena_join(arena, prologue,
                           BG_VIEW("PREFIX en: <" BG_DEFAULT_BASE "en/> "));
  return bg_arena_join(arena, prologue, query);
}

static bg_status
execute(query_run *run, bg_view query, bg_error *err)
{
  const char *base = run->options->base;
  librdf_uri *uri =
      base == NULL ? NULL
                   : librdf_new_uri(run->world, (const unsigned char *)base);
  bg_view text = with_prefixes(query, run->arena);
  librdf_query *parsed = librdf_new_query(
      run->world, "sparql", NULL, (const unsigned char *)text.bytes, uri);
  librdf_query_results *answer =
      parsed == NULL ? NULL : librdf_model_query_execute(run->model, parsed);
  bg_status status =
      answer == NULL ? refuse(run, err) : write_answer(run, answer, err);
  if (answer != NULL) {
    librdf_free_query_results(answer);
  }
  if (parsed != NULL) {
    librdf_free_query(parsed);
  }
  if (uri != NULL) {
    librdf_free_uri(uri);
  }
  return status;
}

bg_status
bg_rasqal_run(bg_store *store, bg_view query, const bg_query_options *options,
              FILE *out, bg_error *err)
{
  BG_TRY(check_query(query, err));
  query_run run = {
      .store = store, .options = options, .out = out, .arena = bg_arena_new()};
  bg_status status = open_model(&run, err);
  if (status == BG_OK) {
    status = execute(&run, query, err);
  }
  close_model(&run);
  bg_arena_free(run.arena);
  return status;
}
