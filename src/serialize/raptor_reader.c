#include "base/arena.h"
#include "base/utf8.h"
#include "input/input.h"
#include "serialize/readers.h"

#include <raptor2.h>

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/// Syntaxes by the endings of file names; other files are told by content.
static const struct {
  const char *ending;
  const char *syntax;
} endings[] = {
    {".ttl", "turtle"},  {".nt", "ntriples"}, {".nq", "nquads"},
    {".trig", "trig"},   {".rdf", "rdfxml"},  {".owl", "rdfxml"},
    {".rdfs", "rdfxml"}, {".rj", "json"},
};

/// The syntaxes that Raptor may find by itself: no web pages, from which it
/// would take what no one meant as data.
static const char *const syntaxes[] = {
    "turtle", "ntriples", "nquads", "trig", "rdfxml", "json", "rdfa", NULL,
};

typedef struct {
  const char *path;
  size_t file_number;
  size_t anonymous; // blank nodes without a label met so far
  bg_statement_handler *handle;
  void *context;
  raptor_world *world;
  raptor_parser *parser;
  bg_arena *labels; // of the blank nodes of one statement
  bg_status status; // what stopped the reading, or BG_OK
  size_t complaints;
  bg_error complaint; // the first of them
  bg_error *err;
} reading;

static void
complain(reading *reader, const raptor_locator *at, const char *message)
{
  if (reader->complaints++ > 0) {
    return;
  }
  char place[64] = "";
  if (at != NULL && at->line > 0 && at->column > 0) {
    snprintf(place, sizeof place, ":%d:%d", at->line, at->column);
  } else if (at != NULL && at->line > 0) {
    snprintf(place, sizeof place, ":%d", at->line);
  }
  bg_error_set(&reader->complaint, BG_REFUSED, "%s%s: %s", reader->path, place,
               message);
}

static void
keep_complaint(void *context, raptor_log_message *message)
{
  if (message->level >= RAPTOR_LOG_LEVEL_ERROR) {
    complain(context, message->locator, message->text);
  }
}

/// Labels that the file gives are kept, and marked by `label_of`. Those that
/// Raptor makes begin with '~', as no label in a file does.
static unsigned char *
make_label(void *context, unsigned char *given)
{
  enum { LONGEST = 32 };
  reading *reader = context;
  if (given != NULL) {
    return given;
  }
  char *label = raptor_alloc_memory(LONGEST);
  if (label != NULL) {
    snprintf(label, LONGEST, "~%zu", ++reader->anonymous);
  }
  return (unsigned char *)label;
}

/// "f2_x" for the label "x" in the second file, "f2.3" for the third blank node
/// without a label.
static bg_view
label_of(reading *reader, bg_view given)
{
  bool is_made = bg_view_has_prefix(given, BG_VIEW("~"));
  bg_view label = bg_view_slice(given, is_made ? 1 : 0, given.size);
  return bg_arena_format(reader->labels, "f%zu%s%.*s", reader->file_number,
                         is_made ? "." : "_", BG_VIEW_ARGS(label));
}

static bg_view
view_of_uri(raptor_uri *uri)
{
  size_t size = 0;
  const char *bytes = (const char *)raptor_uri_as_counted_string(uri, &size);
  return (bg_view){bytes, size};
}

static bg_term
read_literal(const raptor_term_literal_value *literal)
{
  bg_term term = {.kind = BG_TERM_LITERAL,
                  .text = {(const char *)literal->string, literal->string_len}};
  if (literal->language != NULL && literal->language_len > 0) {
    term.language =
        (bg_view){(const char *)literal->language, literal->language_len};
  } else if (literal->datatype != NULL) {
    term.datatype = view_of_uri(literal->datatype);
    if (bg_view_is_equal(term.datatype, BG_VIEW(BG_XSD "string"))) {
      term.datatype = bg_view_of(NULL);
    }
  }
  return term;
}

static bg_term
read_term(reading *reader, const raptor_term *term)
{
  if (term == NULL) {
    return (bg_term){.kind = BG_TERM_NONE};
  }
  switch (term->type) {
  case RAPTOR_TERM_TYPE_URI:
    return (bg_term){.kind = BG_TERM_IRI, .text = view_of_uri(term->value.uri)};
  case RAPTOR_TERM_TYPE_LITERAL:
    return read_literal(&term->value.literal);
  case RAPTOR_TERM_TYPE_BLANK:
    return (bg_term){
        .kind = BG_TERM_BLANK,
        .text = label_of(reader, (bg_view){(char *)term->value.blank.string,
                                           term->value.blank.string_len})};
  case RAPTOR_TERM_TYPE_UNKNOWN:
    break;
  }
  return (bg_term){.kind = BG_TERM_NONE};
}

static void
take_statement(void *context, raptor_statement *statement)
{
  reading *reader = context;
  if (reader->status != BG_OK) {
    return;
  }
  bg_arena_reset(reader->labels);
  bg_statement read = {
      .subject = read_term(reader, statement->subject),
      .predicate = read_term(reader, statement->predicate),
      .object = read_term(reader, statement->object),
      .graph = read_term(reader, statement->graph),
  };
  if (!bg_utf8_is_valid(read.subject.text) ||
      !bg_utf8_is_valid(read.predicate.text) ||
      !bg_utf8_is_valid(read.object.text) ||
      !bg_utf8_is_valid(read.graph.text)) {
    complain(reader, raptor_parser_get_locator(reader->parser),
             "bytes that are not UTF-8");
    return;
  }
  reader->status = reader->handle(reader->context, &read, reader->err);
  if (reader->status != BG_OK) {
    raptor_parser_parse_abort(reader->parser);
  }
}

static const char *
find_by_name(const char *path)
{
  bg_view name = bg_unpacked_name(path);
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    if (bg_view_has_suffix(name, bg_view_of(endings[i].ending))) {
      return endings[i].syntax;
    }
  }
  return NULL;
}

/// The syntax as it was named, or by the file's name, or by its content. NULL
/// when none fits.
static const char *
find_syntax(raptor_world *world, const char *path, const char *named,
            bg_view content)
{
  const char *syntax = named == NULL ? find_by_name(path) : named;
  if (syntax == NULL) {
    size_t head = content.size < 4096 ? content.size : 4096;
    syntax = raptor_world_guess_parser_name(
        world, NULL, NULL, (const unsigned char *)content.bytes, head, NULL);
  }
  for (size_t i = 0; syntax != NULL && syntaxes[i] != NULL; i++) {
    if (strcmp(syntax, syntaxes[i]) == 0) {
      return syntaxes[i];
    }
  }
  return NULL;
}

/// Hands the content over in pieces, so that a handler's refusal ends it soon.
static void
parse(reading *reader, bg_view content)
{
  enum { PIECE = 1 << 16 };
  const unsigned char *bytes = (const unsigned char *)content.bytes;
  for (size_t at = 0; at <= content.size;) {
    size_t left = content.size - at;
    size_t size = left < PIECE ? left : PIECE;
    bool is_last = size == left;
    int failed = raptor_parser_parse_chunk(reader->parser, bytes + at, size,
                                           is_last ? 1 : 0);
    if (failed != 0 && reader->complaints == 0 && reader->status == BG_OK) {
      complain(reader, raptor_parser_get_locator(reader->parser),
               "the syntax cannot be read");
    }
    if (failed != 0 || is_last || reader->status != BG_OK) {
      return;
    }
    at += size;
  }
}

/// The address that relative IRIs are resolved against: the file's own.
static raptor_uri *
base_of(raptor_world *world, const char *path)
{
  char absolute[PATH_MAX];
  if (strcmp(path, "-") == 0 || realpath(path, absolute) == NULL) {
    return raptor_new_uri(world, (const unsigned char *)"file:///dev/stdin");
  }
  unsigned char *address = raptor_uri_filename_to_uri_string(absolute);
  raptor_uri *base = raptor_new_uri(world, address);
  raptor_free_memory(address);
  return base;
}

static bg_status
run_parser(reading *reader, const char *syntax, bg_view content, bg_error *err)
{
  reader->parser = raptor_new_parser(reader->world, syntax);
  if (reader->parser == NULL) {
    return bg_error_set(err, BG_MISUSED, "there is no syntax '%s'", syntax);
  }
  raptor_parser_set_option(reader->parser, RAPTOR_OPTION_NO_NET, NULL, 1);
  raptor_parser_set_option(reader->parser, RAPTOR_OPTION_NO_FILE, NULL, 1);
  raptor_parser_set_statement_handler(reader->parser, reader, take_statement);
  raptor_uri *base = base_of(reader->world, reader->path);
  if (raptor_parser_parse_start(reader->parser, base) == 0) {
    parse(reader, content);
  }
  raptor_free_uri(base);
  raptor_free_parser(reader->parser);
  if (reader->status == BG_OK && reader->complaints > 0) {
    *err = reader->complaint;
    return BG_REFUSED;
  }
  return reader->status;
}

static bg_status
read_content(const char *path, const char *named, size_t file_number,
             bg_statement_handler *handle, void *context, bg_view content,
             bg_error *err)
{
  reading reader = {.path = strcmp(path, "-") == 0 ? "standard input" : path,
                    .file_number = file_number,
                    .handle = handle,
                    .context = context,
                    .err = err,
                    .labels = bg_arena_new(),
                    .world = raptor_new_world()};
  raptor_world_set_log_handler(reader.world, &reader, keep_complaint);
  raptor_world_set_generate_bnodeid_handler(reader.world, &reader, make_label);
  raptor_world_open(reader.world);
  const char *syntax = find_syntax(reader.world, path, named, content);
  bg_status status =
      syntax != NULL ? run_parser(&reader, syntax, content, err)
      : named != NULL
          ? bg_error_set(err, BG_MISUSED, "there is no syntax '%s'", named)
          : bg_error_set(err, BG_REFUSED,
                         "'%s' is of no RDF syntax that is known: name it "
                         "with --syntax",
                         reader.path);
  raptor_free_world(reader.world);
  bg_arena_free(reader.labels);
  return status;
}

bg_status
bg_reader_read(const char *path, const char *syntax, size_t file_number,
               bg_statement_handler *handle, void *context, bg_error *err)
{
  bg_error own;
  bg_buffer content;
  bg_buffer_init(&content);
  err = err == NULL ? &own : err;
  const char *name = syntax == NULL ? find_by_name(path) : syntax;
  bool is_quads = name != NULL && strcmp(name, "nquads") == 0;
  if (is_quads || (name != NULL && strcmp(name, "ntriples") == 0)) {
    return bg_lines_reader_read(path, is_quads, file_number, handle, context,
                                err);
  }
  bg_status status = bg_content_read(path, &content, err);
  if (status == BG_OK) {
    status = read_content(path, syntax, file_number, handle, context,
                          bg_buffer_view(&content), err);
  }
  bg_buffer_release(&content);
  return status;
}
