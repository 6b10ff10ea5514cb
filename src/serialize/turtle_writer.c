#include "base/utf8.h"
#include "serialize/iri.h"
#include "serialize/turtle_terms.h"
#include "serialize/writers.h"

#include <stdlib.h>

/// Where a line is full and a list of objects is set one below the other.
enum { LINE_COLUMNS = 80 };

typedef struct {
  bg_sink sink;
  bg_stream *out;
  bg_arena *arena; // what lives as long as the writer
  bg_arena *page;  // what is forgotten after each commit
  bg_turtle_names names;
  bg_buffer declarations;
  bg_buffer text;
  bg_buffer key;   // of a rank
  bool has_graphs; // TriG
} turtle_writer;

/// A statement and where it stands: graphs, the subjects of each, and the
/// predicates of each of those, in the order in which they first appear, but
/// types first. Without graphs all are of one.
typedef struct {
  const bg_statement *statement;
  size_t graph_rank;
  size_t subject_rank;
  size_t predicate_rank;
  size_t position;
} ranked;

/// The number of `key`, from 1 in the order of first sight.
static size_t
rank_of(bg_map *ranks, bg_view key)
{
  size_t *rank = bg_map_find(ranks, key);
  if (rank == NULL) {
    rank = BG_NEW(ranks->arena, size_t);
    *rank = ranks->count + 1;
    bg_map_set(ranks, bg_arena_copy(ranks->arena, key), rank);
  }
  return *rank;
}

static bool
is_type(const bg_term *predicate)
{
  return bg_view_is_equal(
      predicate->text,
      BG_VIEW("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"));
}

static bool
is_same_term(const bg_term *a, const bg_term *b)
{
  return a->kind == b->kind && bg_view_is_equal(a->text, b->text);
}

static int
compare_ranked(const void *left, const void *right)
{
  const ranked *a = left;
  const ranked *b = right;
  if (a->graph_rank != b->graph_rank) {
    return a->graph_rank < b->graph_rank ? -1 : 1;
  }
  if (a->subject_rank != b->subject_rank) {
    return a->subject_rank < b->subject_rank ? -1 : 1;
  }
  if (a->predicate_rank != b->predicate_rank) {
    return a->predicate_rank < b->predicate_rank ? -1 : 1;
  }
  return (a->position > b->position) - (a->position < b->position);
}

/// Numbers by what they are asked of.
typedef struct {
  bg_map graphs;
  bg_map subjects;
  bg_map predicates;
  bg_buffer *key;
} rankings;

/// The rank of a term among those of its kind, or under another rank.
static size_t
rank_under(rankings *at, bg_map *ranks, size_t above, const bg_term *term)
{
  const char kind = term->kind == BG_TERM_BLANK ? '_' : '<';
  bg_buffer_reset(at->key);
  bg_buffer_append(at->key, (bg_view){(const char *)&above, sizeof above});
  bg_buffer_append_byte(at->key, kind);
  bg_buffer_append(at->key, term->text);
  return rank_of(ranks, bg_buffer_view(at->key));
}

/// Ranks one statement. Most go on with the subject of the one before.
static void
rank_statement(rankings *at, bool has_graphs, const ranked *before,
               ranked *line)
{
  const bg_statement *statement = line->statement;
  const bg_statement *last = before == NULL ? NULL : before->statement;
  bool goes_on = last != NULL &&
                 (!has_graphs || is_same_term(&last->graph, &statement->graph));
  line->graph_rank = goes_on ? before->graph_rank
                     : has_graphs
                         ? rank_under(at, &at->graphs, 0, &statement->graph)
                         : 0;
  goes_on = goes_on && is_same_term(&last->subject, &statement->subject);
  line->subject_rank = goes_on ? before->subject_rank
                               : rank_under(at, &at->subjects, line->graph_rank,
                                            &statement->subject);
  goes_on = goes_on && is_same_term(&last->predicate, &statement->predicate);
  line->predicate_rank =
      goes_on ? before->predicate_rank
      : is_type(&statement->predicate)
          ? 0
          : rank_under(at, &at->predicates, line->subject_rank,
                       &statement->predicate);
}

static ranked *
rank_statements(turtle_writer *writer, const bg_statements *statements)
{
  bg_arena *arena = writer->page;
  rankings at = {.key = &writer->key};
  bg_map_init(&at.graphs, arena);
  bg_map_init(&at.subjects, arena);
  bg_map_init(&at.predicates, arena);
  ranked *lines = BG_NEW_ARRAY(arena, ranked, statements->count);
  bool is_sorted = true;
  for (size_t i = 0; i < statements->count; i++) {
    lines[i].statement = &statements->items[i];
    lines[i].position = i;
    rank_statement(&at, writer->has_graphs, i == 0 ? NULL : &lines[i - 1],
                   &lines[i]);
    is_sorted =
        is_sorted && (i == 0 || compare_ranked(&lines[i - 1], &lines[i]) < 0);
  }
  if (!is_sorted) {
    qsort(lines, statements->count, sizeof *lines, compare_ranked);
  }
  return lines;
}

static void
write_term(turtle_writer *writer, const bg_term *term)
{
  bg_turtle_write_term(&writer->names, term, &writer->text,
                       &writer->declarations);
}

/// Writes the objects of one subject and predicate, whose line begins at
/// `line`: beside each other where they fit, else below each other.
static void
write_objects(turtle_writer *writer, const ranked *lines, size_t count,
              size_t line)
{
  bg_buffer *text = &writer->text;
  size_t objects = text->size;
  for (size_t i = 0; i < count; i++) {
    bg_buffer_append(text, bg_view_of(i == 0 ? " " : " , "));
    write_term(writer, &lines[i].statement->object);
  }
  bg_view written = {text->bytes + line, text->size - line};
  if (count == 1 || bg_utf8_width(written) + 2 <= LINE_COLUMNS) {
    return;
  }
  text->size = objects;
  for (size_t i = 0; i < count; i++) {
    bg_buffer_append(text, bg_view_of(i == 0 ? "\n        " : " ,\n        "));
    write_term(writer, &lines[i].statement->object);
  }
}

/// Writes the statements of one subject.
static void
write_subject(turtle_writer *writer, const ranked *lines, size_t count)
{
  bg_buffer *text = &writer->text;
  bg_buffer_append_byte(text, '\n');
  write_term(writer, &lines[0].statement->subject);
  for (size_t i = 0; i < count;) {
    size_t end = i + 1;
    while (end < count &&
           lines[end].predicate_rank == lines[i].predicate_rank) {
      end++;
    }
    bg_buffer_append(text, bg_view_of(i == 0 ? "\n" : " ;\n"));
    size_t line = text->size;
    bg_buffer_append(text, BG_VIEW("    "));
    if (is_type(&lines[i].statement->predicate)) {
      bg_buffer_append_byte(text, 'a');
    } else {
      write_term(writer, &lines[i].statement->predicate);
    }
    write_objects(writer, lines + i, end - i, line);
    i = end;
  }
  bg_buffer_append(text, BG_VIEW(" .\n"));
}

static void
write_out(turtle_writer *writer, bg_buffer *text)
{
  if (text->size > 0) {
    bg_stream_write(writer->out, bg_buffer_view(text));
    bg_buffer_reset(text);
  }
}

/// wrappedGraph of TriG (https://www.w3.org/TR/trig/#grammar-production-block)
static void
open_graph(turtle_writer *writer, const bg_term *graph)
{
  bg_buffer_append_byte(&writer->text, '\n');
  if (graph->kind != BG_TERM_NONE) {
    write_term(writer, graph);
    bg_buffer_append_byte(&writer->text, ' ');
  }
  bg_buffer_append(&writer->text, BG_VIEW("{\n"));
}

static void
close_graph(turtle_writer *writer)
{
  bg_buffer_append(&writer->text, BG_VIEW("}\n"));
}

static void
write_page(turtle_writer *writer, const bg_statements *statements)
{
  ranked *lines = rank_statements(writer, statements);
  for (size_t i = 0; i < statements->count;) {
    size_t end = i + 1;
    while (end < statements->count &&
           lines[end].graph_rank == lines[i].graph_rank &&
           lines[end].subject_rank == lines[i].subject_rank) {
      end++;
    }
    bool is_first = i == 0 || lines[i - 1].graph_rank != lines[i].graph_rank;
    bool is_last = end == statements->count ||
                   lines[end].graph_rank != lines[i].graph_rank;
    if (writer->has_graphs && is_first) {
      open_graph(writer, &lines[i].statement->graph);
    }
    write_subject(writer, lines + i, end - i);
    if (writer->has_graphs && is_last) {
      close_graph(writer);
    }
    i = end;
  }
  bg_arena_reset(writer->page);
  if (writer->declarations.size > 0) {
    bg_stream_write(writer->out, BG_VIEW("\n"));
  }
  write_out(writer, &writer->declarations);
  write_out(writer, &writer->text);
}

static bg_status
commit(bg_sink *sink, const bg_commit *commit, bg_error *err)
{
  turtle_writer *writer = (turtle_writer *)sink;
  for (size_t i = 0; i < commit->page_count; i++) {
    write_page(writer, &commit->pages[i].statements);
  }
  return bg_stream_has_failed(writer->out) ? bg_stream_flush(writer->out, err)
                                           : BG_OK;
}

static bg_status
flush(bg_sink *sink, uint64_t *size, bg_error *err)
{
  return bg_stream_sync(((turtle_writer *)sink)->out, size, err);
}

static bg_status
close_writer(bg_sink *sink, bg_error *err)
{
  turtle_writer *writer = (turtle_writer *)sink;
  bg_status status = bg_stream_flush(writer->out, err);
  bg_buffer_release(&writer->declarations);
  bg_buffer_release(&writer->text);
  bg_buffer_release(&writer->key);
  bg_arena_free(writer->page);
  bg_arena_free(writer->arena);
  free(writer);
  return status;
}

/// IRIs are written relative to a base that ends in '/', so that what is below
/// it can simply be joined to it (RFC 3986, section 5.2.3).
static bool
is_good_base(bg_view base)
{
  return bg_view_has_suffix(base, BG_VIEW("/")) &&
         bg_view_find(base, BG_VIEW("://"), 0) != BG_NOWHERE &&
         bg_view_find_byte(base, '?', 0) == BG_NOWHERE &&
         bg_view_find_byte(base, '#', 0) == BG_NOWHERE &&
         bg_view_find(base, BG_VIEW("/."), 0) == BG_NOWHERE;
}

static void
write_head(turtle_writer *writer)
{
  bg_buffer *text = &writer->declarations;
  bg_turtle_names *names = &writer->names;
  if (names->base.size > 0) {
    bg_buffer_append(text, BG_VIEW("@base "));
    bg_iri_write(names->base, text);
    bg_buffer_append(text, BG_VIEW(" .\n"));
    bg_view english = bg_arena_join(writer->arena, names->base, BG_VIEW("en/"));
    bg_turtle_write_prefix(BG_VIEW("en"), english, text);
    bg_map_set(&names->languages, BG_VIEW("en"), names);
  }
  for (const bg_namespace *it = bg_namespaces; it->prefix != NULL; it++) {
    bg_turtle_write_prefix(bg_view_of(it->prefix), bg_view_of(it->iri), text);
  }
  write_out(writer, text);
}

bg_status
bg_turtle_writer_open(bool has_graphs, bg_stream *out, const char *base,
                      bg_sink **sink, bg_error *err)
{
  (void)err; // a failure shows at the first commit
  turtle_writer *writer = bg_heap_allocate(sizeof *writer);
  *writer = (turtle_writer){
      .sink = {.commit = commit, .flush = flush, .close = close_writer},
      .out = out,
      .arena = bg_arena_new(),
      .page = bg_arena_new(),
      .has_graphs = has_graphs,
  };
  bg_view base_iri = bg_view_of(base);
  bg_turtle_names_init(&writer->names, writer->arena);
  if (is_good_base(base_iri)) {
    writer->names.base = bg_arena_copy(writer->arena, base_iri);
  }
  bg_buffer_init(&writer->declarations);
  bg_buffer_init(&writer->text);
  write_head(writer);
  *sink = &writer->sink;
  return BG_OK;
}
