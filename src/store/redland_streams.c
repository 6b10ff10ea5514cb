#include "store/redland_streams.h"

#include "store/redland_terms.h"

#include <stdlib.h>
#include <string.h>

// ---- lists -----------------------------------------------------------------

bg_status
bg_id_list_add(bg_id_list *list, bg_id id, bg_error *err)
{
  if (list->count == list->capacity) {
    size_t capacity = list->capacity * 2 + 64;
    bg_id *items = realloc(list->items, capacity * sizeof *items);
    if (items == NULL) {
      return bg_error_set(err, BG_FAILED, "no memory");
    }
    list->items = items;
    list->capacity = capacity;
  }
  list->items[list->count++] = id;
  return BG_OK;
}

// ---- streams ---------------------------------------------------------------

/// Reads a snapshot of its own, or, where changes are under way, the ids of
/// what was found at the beginning.
typedef struct {
  librdf_storage *storage;
  bg_storage *at;
  bg_store *snapshot;
  bg_scan *scan;
  bg_id_list found; // four ids a quad
  size_t next_found;
  bool each_once;
  bg_quad quad;
  bool has_ended;
  bg_arena *arena;
  librdf_statement *statement; // of the quad, made when it is asked for
  librdf_node *context;
} quad_stream;

static bg_status
next_quad(quad_stream *from, bg_quad *quad, bg_error *err)
{
  if (from->scan != NULL) {
    return bg_scan_next(from->scan, quad, err);
  }
  if (from->next_found == from->found.count) {
    return BG_END;
  }
  memcpy(quad, from->found.items + from->next_found, sizeof *quad);
  from->next_found += sizeof *quad / sizeof(bg_id);
  return BG_OK;
}

static void
forget_nodes(quad_stream *from)
{
  if (from->statement != NULL) {
    librdf_free_statement(from->statement);
  }
  if (from->context != NULL) {
    librdf_free_node(from->context);
  }
  from->statement = NULL;
  from->context = NULL;
}

static void
complain(const quad_stream *from, const bg_error *err)
{
  librdf_log(from->at->world, 0, LIBRDF_LOG_ERROR, LIBRDF_FROM_STORAGE, NULL,
             "%s", err->message);
}

/// Goes to the next quad that is to be seen.
static void
advance(quad_stream *from)
{
  bg_error err = {{0}};
  bg_quad quad;
  bg_status status;
  bool is_again;
  forget_nodes(from);
  do {
    status = next_quad(from, &quad, &err);
    is_again = status == BG_OK && from->each_once &&
               quad.subject == from->quad.subject &&
               quad.predicate == from->quad.predicate &&
               quad.object == from->quad.object;
  } while (is_again);
  from->quad = quad;
  from->has_ended = status != BG_OK;
  if (status > BG_END) {
    complain(from, &err);
  }
}

static librdf_node *
make_node(quad_stream *from, bg_id id)
{
  bg_error err = {{0}};
  bg_term term;
  bg_store *store =
      from->snapshot != NULL ? from->snapshot : bg_storage_current(from->at);
  librdf_node *node = NULL;
  if (bg_store_find_term(store, id, from->arena, &term, &err) == BG_OK) {
    node = bg_node_of_term(from->at->world, &term);
  } else {
    complain(from, &err);
  }
  bg_arena_reset(from->arena);
  return node;
}

static int
stream_end(void *context)
{
  return ((quad_stream *)context)->has_ended;
}

static int
stream_next(void *context)
{
  quad_stream *from = context;
  if (!from->has_ended) {
    advance(from);
  }
  return from->has_ended;
}

static void *
stream_get(void *context, int flags)
{
  quad_stream *from = context;
  if (from->has_ended) {
    return NULL;
  }
  if (flags == LIBRDF_STREAM_GET_METHOD_GET_CONTEXT) {
    if (from->context == NULL && from->quad.graph != BG_NO_ID) {
      from->context = make_node(from, from->quad.graph);
    }
    return from->context;
  }
  if (from->statement == NULL) {
    from->statement = librdf_new_statement_from_nodes(
        from->at->world, make_node(from, from->quad.subject),
        make_node(from, from->quad.predicate),
        make_node(from, from->quad.object));
  }
  return from->statement;
}

static void
stream_free(void *context)
{
  quad_stream *from = context;
  forget_nodes(from);
  bg_scan_free(from->scan);
  bg_store_close(from->snapshot, NULL);
  free(from->found.items);
  bg_arena_free(from->arena);
  if (from->storage != NULL) {
    librdf_storage_remove_reference(from->storage);
  }
  free(from);
}

/// Notes the ids of all that fits.
static bg_status
collect(bg_store *store, const bg_pattern *pattern, bg_id_list *found,
        bg_error *err)
{
  bg_scan *scan;
  bg_quad quad;
  bg_status status;
  BG_TRY(bg_store_scan(store, pattern, &scan, err));
  while ((status = bg_scan_next(scan, &quad, err)) == BG_OK) {
    const bg_id ids[] = {quad.subject, quad.predicate, quad.object, quad.graph};
    for (size_t i = 0; i < sizeof ids / sizeof *ids && status == BG_OK; i++) {
      status = bg_id_list_add(found, ids[i], err);
    }
    if (status != BG_OK) {
      break;
    }
  }
  bg_scan_free(scan);
  return status == BG_END ? BG_OK : status;
}

/// The ids of a pattern's terms; BG_END where one is unknown.
static bg_status
find_ids(bg_store *store, const bg_statement *pattern, bg_pattern *ids,
         bg_error *err)
{
  const bg_term *terms[] = {&pattern->subject, &pattern->predicate,
                            &pattern->object, &pattern->graph};
  bg_id *to[] = {&ids->quad.subject, &ids->quad.predicate, &ids->quad.object,
                 &ids->quad.graph};
  *ids = (bg_pattern){.in_graph = pattern->graph.kind != BG_TERM_NONE};
  for (size_t i = 0; i < sizeof to / sizeof *to; i++) {
    if (terms[i]->kind != BG_TERM_NONE) {
      BG_TRY(bg_store_find_id(store, terms[i], to[i], err));
      if (*to[i] == BG_NO_ID) {
        return BG_END;
      }
    }
  }
  return BG_OK;
}

static bg_status
begin(quad_stream *from, const bg_statement *pattern, bg_error *err)
{
  bg_pattern ids;
  bg_storage *at = from->at;
  bg_store *store = bg_storage_current(at);
  if (!at->is_dirty) {
    BG_TRY(bg_store_open(at->path, BG_STORE_READ, NULL, &from->snapshot, err));
    store = from->snapshot;
  }
  bg_status status = find_ids(store, pattern, &ids, err);
  if (status != BG_OK) {
    return status == BG_END ? BG_OK : status; // nothing fits
  }
  return at->is_dirty ? collect(store, &ids, &from->found, err)
                      : bg_store_scan(store, &ids, &from->scan, err);
}

bg_status
bg_storage_find(librdf_storage *storage, bg_storage *at,
                const bg_statement *pattern, bool all_contexts,
                librdf_stream **stream, bg_error *err)
{
  *stream = NULL;
  quad_stream *from = calloc(1, sizeof *from);
  if (from == NULL) {
    return bg_error_set(err, BG_FAILED, "no memory");
  }
  from->at = at;
  from->arena = bg_arena_new();
  from->each_once = !all_contexts && pattern->graph.kind == BG_TERM_NONE;
  bg_status status = begin(from, pattern, err);
  if (status != BG_OK) {
    stream_free(from);
    return status;
  }
  advance(from);
  from->storage = storage;
  librdf_storage_add_reference(storage);
  *stream = librdf_new_stream(at->world, from, stream_end, stream_next,
                              stream_get, stream_free);
  return BG_OK; // librdf frees the context where it makes no stream
}

// ---- contexts --------------------------------------------------------------

typedef struct {
  librdf_storage *storage;
  bg_storage *at;
  bg_id_list graphs;
  size_t next;
  bg_arena *arena;
  librdf_node *node;
} graph_iterator;

static int
iterator_end(void *context)
{
  const graph_iterator *from = context;
  return from->next == from->graphs.count;
}

static int
iterator_next(void *context)
{
  graph_iterator *from = context;
  if (from->next < from->graphs.count) {
    from->next++;
  }
  if (from->node != NULL) {
    librdf_free_node(from->node);
    from->node = NULL;
  }
  return iterator_end(context);
}

static void *
iterator_get(void *context, int flags)
{
  graph_iterator *from = context;
  bg_term term;
  if (flags != LIBRDF_ITERATOR_GET_METHOD_GET_OBJECT || iterator_end(from)) {
    return NULL;
  }
  if (from->node == NULL &&
      bg_store_find_term(bg_storage_current(from->at),
                         from->graphs.items[from->next], from->arena, &term,
                         NULL) == BG_OK) {
    from->node = bg_node_of_term(from->at->world, &term);
  }
  bg_arena_reset(from->arena);
  return from->node;
}

static void
iterator_free(void *context)
{
  graph_iterator *from = context;
  if (from->node != NULL) {
    librdf_free_node(from->node);
  }
  free(from->graphs.items);
  bg_arena_free(from->arena);
  if (from->storage != NULL) {
    librdf_storage_remove_reference(from->storage);
  }
  free(from);
}

static bg_status
add_graph(void *context, bg_id graph, uint64_t quads, bg_error *err)
{
  (void)quads;
  return graph == BG_NO_ID ? BG_OK : bg_id_list_add(context, graph, err);
}

bg_status
bg_storage_contexts(librdf_storage *storage, bg_storage *at,
                    librdf_iterator **iterator, bg_error *err)
{
  *iterator = NULL;
  graph_iterator *from = calloc(1, sizeof *from);
  if (from == NULL) {
    return bg_error_set(err, BG_FAILED, "no memory");
  }
  from->at = at;
  from->arena = bg_arena_new();
  bg_status status = bg_store_each_graph(bg_storage_current(at), add_graph,
                                         &from->graphs, err);
  if (status != BG_OK) {
    iterator_free(from);
    return status;
  }
  from->storage = storage;
  librdf_storage_add_reference(storage);
  *iterator = librdf_new_iterator(at->world, from, iterator_end, iterator_next,
                                  iterator_get, iterator_free);
  return BG_OK;
}
