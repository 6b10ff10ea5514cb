#include "sparql/graph_answer.h"

#include "serialize/serialize.h"

#include <string.h>

enum { quad_ids = 4, statements_at_once = 4096 };

void
bg_quad_set_init(bg_quad_set *set, bg_engine *engine)
{
  *set = (bg_quad_set){engine, {.engine = engine, .width = quad_ids}};
}

void
bg_quad_set_release(bg_quad_set *set)
{
  bg_row_table_release(&set->quads);
}

bg_status
bg_quad_set_add(bg_quad_set *set, const bg_quad *quad)
{
  const bg_id ids[quad_ids] = {quad->subject, quad->predicate, quad->object,
                               quad->graph};
  size_t at;
  bool is_new;
  return bg_row_table_put(&set->quads, ids, &at, &is_new);
}

// ---- templates (section 16.2) ----------------------------------------------

/// A blank node of a template is another one for each solution.
static bg_status
find_part(bg_engine *engine, const bg_var_or_term *part, const bg_id *row,
          bg_id *id)
{
  if (part->is_variable) {
    *id = row[part->variable];
    return BG_OK;
  }
  if (part->term.kind != BG_TERM_BLANK) {
    return bg_engine_id(engine, &part->term, id);
  }
  bg_term node = part->term;
  node.text = bg_arena_format(
      engine->scratch, "t%llu_%llu_%.*s", (unsigned long long)engine->fresh,
      (unsigned long long)engine->solution, BG_VIEW_ARGS(part->term.text));
  return bg_engine_id(engine, &node, id);
}

/// Whether the term of an id may stand where it does.
static bg_status
is_allowed(bg_engine *engine, bg_id id, bool may_be_blank, bool *is_right)
{
  bg_term term;
  *is_right = false;
  if (id == BG_NO_ID) {
    return BG_OK;
  }
  BG_TRY(bg_engine_term(engine, id, engine->scratch, &term));
  *is_right =
      term.kind == BG_TERM_IRI || (may_be_blank && term.kind == BG_TERM_BLANK);
  return BG_OK;
}

static bg_status
instantiate_quad(bg_quad_set *set, const bg_template_quad *from,
                 const bg_id *row, bg_id in_graph)
{
  bg_engine *engine = set->engine;
  bg_quad quad = {.graph = in_graph};
  bool is_subject;
  bool is_predicate;
  bool is_graph = true;
  BG_TRY(find_part(engine, &from->subject, row, &quad.subject));
  BG_TRY(find_part(engine, &from->predicate, row, &quad.predicate));
  BG_TRY(find_part(engine, &from->object, row, &quad.object));
  if (from->in_graph) {
    BG_TRY(find_part(engine, &from->graph, row, &quad.graph));
    BG_TRY(is_allowed(engine, quad.graph, false, &is_graph));
  }
  BG_TRY(is_allowed(engine, quad.subject, true, &is_subject));
  BG_TRY(is_allowed(engine, quad.predicate, false, &is_predicate));
  return is_subject && is_predicate && is_graph && quad.object != BG_NO_ID
             ? bg_quad_set_add(set, &quad)
             : BG_OK;
}

bg_status
bg_quad_set_instantiate(bg_quad_set *set, const bg_template *from,
                        const bg_id *row, bg_id in_graph)
{
  bg_status status = BG_OK;
  for (size_t i = 0; i < from->count && status == BG_OK; i++) {
    status = instantiate_quad(set, &from->items[i], row, in_graph);
  }
  bg_arena_reset(set->engine->scratch);
  return status;
}

// ---- writing ---------------------------------------------------------------

static bg_status
read_statement(const bg_quad_set *set, size_t at, bg_arena *arena,
               bg_statement *statement)
{
  const bg_id *ids = bg_row_table_row(&set->quads, at);
  BG_TRY(bg_engine_term(set->engine, ids[0], arena, &statement->subject));
  BG_TRY(bg_engine_term(set->engine, ids[1], arena, &statement->predicate));
  return bg_engine_term(set->engine, ids[2], arena, &statement->object);
}

static bg_status
write_all(const bg_quad_set *set, bg_sink *sink)
{
  bg_arena *arena = bg_arena_new();
  bg_status status = BG_OK;
  for (size_t start = 0; start < set->quads.count && status == BG_OK;) {
    bg_page_graph page = {0};
    size_t end = start + statements_at_once;
    end = end > set->quads.count ? set->quads.count : end;
    for (; start < end && status == BG_OK; start++) {
      bg_statement statement = {0};
      status = read_statement(set, start, arena, &statement);
      BG_PUSH(arena, &page.statements) = statement;
    }
    bg_commit commit = {.pages = &page, .page_count = 1};
    if (status == BG_OK) {
      status = sink->commit(sink, &commit, set->engine->err);
    }
    bg_arena_reset(arena);
  }
  bg_arena_free(arena);
  return status;
}

bg_status
bg_quad_set_write(const bg_quad_set *set, const char *format, FILE *out)
{
  bg_error *err = set->engine->err;
  const bg_format *found = bg_format_find(format);
  bg_sink *sink;
  if (found == NULL) {
    return bg_error_set(err, BG_MISUSED, "a graph cannot be written as '%s'",
                        format);
  }
  fflush(out);
  bg_stream *stream = bg_stream_attach(fileno(out), "the results");
  bg_status status = bg_writer_open(
      found, stream, bg_store_base(set->engine->store), &sink, err);
  if (status == BG_OK) {
    status = write_all(set, sink);
    bg_status closed = sink->close(sink, status == BG_OK ? err : NULL);
    status = status == BG_OK ? closed : status;
  }
  bg_status closed = bg_stream_close(stream, status == BG_OK ? err : NULL);
  return status == BG_OK ? closed : status;
}
