#include "store/redland_streams.h"

#include <stdlib.h>
#include <string.h>

// ---- lists -----------------------------------------------------------------

typedef struct {
  bg_id *items;
  size_t count;
  size_t capacity;
} id_list;

/// The list may become long: a guest does not end its host for it.
static bg_status
add_id(id_list *list, bg_id id, bg_error *err)
{
  if (list->count == list->capacity) {
    size_t capacity = list->capacity * 2 + 64;
    bg_id *items = realloc(list->items, capacity * sizeof *items);
    if (items == NULL) {
      return bg_error_set(err, BG_FAILED, "no memory for what was found");
    }
    list->items = items;
    list->capacity = capacity;
  }
  list->items[list->count++] = id;
  return BG_OK;
}

// ---- patterns --------------------------------------------------------------

bg_status
bg_storage_has(const bg_storage *at, const bg_statement *pattern, bool *has,
               bg_error *err)
{
  bg_store *store = bg_storage_current(at);
  bg_pattern ids;
  bg_scan *scan;
  bg_quad quad;
  *has = false;
  bg_status status = bg_store_find_pattern(store, pattern, &ids, err);
  if (status == BG_OK) {
    BG_TRY(bg_store_scan(store, &ids, &scan, err));
    status = bg_scan_next(scan, &quad, err);
    *has = status == BG_OK;
    bg_scan_free(scan);
  }
  return status == BG_END ? BG_OK : status;
}

// ---- streams ---------------------------------------------------------------

/// Reads the storage's snapshot, or, where changes are under way, what of the
/// writer's was found at the beginning.
typedef struct {
  librdf_storage *storage; // NULL before the stream is whole
  librdf_world *world;
  bg_source source;
  bg_scan *scan;
  id_list found; // four ids a quad
  size_t next_found;
  bool each_once;
  bg_quad quad;
  bool has_ended;
  librdf_statement *statement; // of the quad, made when it is asked for
  librdf_node *context;
  // The nodes of the statement that was made last: what a pattern gives stands
  // in all.
  bg_id last_ids[3];
  librdf_node *last_nodes[3];
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
  const bg_id *ids = from->found.items + from->next_found;
  *quad = (bg_quad){ids[0], ids[1], ids[2], ids[3]};
  from->next_found += 4;
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

/// Whether the statement was seen before: in the order of any index, the quads
/// that differ in their graph alone stand together.
static bool
is_seen(const quad_stream *from, const bg_quad *quad)
{
  return from->each_once && quad->subject == from->quad.subject &&
         quad->predicate == from->quad.predicate &&
         quad->object == from->quad.object;
}

/// Goes to the next quad that is to be seen.
static void
advance(quad_stream *from)
{
  bg_error err = {{0}};
  bg_quad quad = {0};
  bg_status status;
  forget_nodes(from);
  do {
    status = next_quad(from, &quad, &err);
  } while (status == BG_OK && is_seen(from, &quad));
  from->quad = quad;
  from->has_ended = status != BG_OK;
  if (status > BG_END) {
    bg_redland_complain(from->world, &err);
  }
}

/// A node for a part of the statement: that of the one before, if it is the
/// same.
static librdf_node *
make_part(quad_stream *from, size_t part, bg_id id)
{
  librdf_node **last = &from->last_nodes[part];
  if (*last == NULL || from->last_ids[part] != id) {
    if (*last != NULL) {
      librdf_free_node(*last);
    }
    *last = bg_source_node(&from->source, from->world, id);
    from->last_ids[part] = id;
  }
  return *last == NULL ? NULL : librdf_new_node_from_node(*last);
}

static librdf_statement *
make_statement(quad_stream *from)
{
  const bg_id ids[] = {from->quad.subject, from->quad.predicate,
                       from->quad.object};
  librdf_node *nodes[3] = {NULL};
  bool is_whole = true;
  for (size_t i = 0; i < 3 && is_whole; i++) {
    nodes[i] = make_part(from, i, ids[i]);
    is_whole = nodes[i] != NULL;
  }
  if (is_whole) {
    return librdf_new_statement_from_nodes(from->world, nodes[0], nodes[1],
                                           nodes[2]);
  }
  for (size_t i = 0; i < 3 && nodes[i] != NULL; i++) {
    librdf_free_node(nodes[i]);
  }
  return NULL; // librdf ends the stream
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
    if (from->context == NULL) {
      from->context =
          bg_source_node(&from->source, from->world, from->quad.graph);
    }
    return from->context;
  }
  if (from->statement == NULL) {
    from->statement = make_statement(from);
  }
  return from->statement;
}

static void
stream_free(void *context)
{
  quad_stream *from = context;
  librdf_storage *storage = from->storage;
  forget_nodes(from);
  for (size_t i = 0; i < 3; i++) {
    if (from->last_nodes[i] != NULL) {
      librdf_free_node(from->last_nodes[i]);
    }
  }
  bg_scan_free(from->scan);
  bg_source_release(&from->source);
  free(from->found.items);
  free(from);
  if (storage != NULL) {
    librdf_storage_remove_reference(storage);
  }
}

/// Notes all that fits, with its terms.
static bg_status
collect(quad_stream *from, bg_store *writer, const bg_pattern *pattern,
        bg_error *err)
{
  bg_scan *scan;
  bg_quad quad;
  bg_status status;
  BG_TRY(bg_store_scan(writer, pattern, &scan, err));
  while ((status = bg_scan_next(scan, &quad, err)) == BG_OK) {
    const bg_id ids[] = {quad.subject, quad.predicate, quad.object, quad.graph};
    for (size_t i = 0; i < 4 && status == BG_OK; i++) {
      status = add_id(&from->found, ids[i], err);
      if (status == BG_OK) {
        status = bg_source_keep(&from->source, writer, ids[i], err);
      }
    }
    if (status != BG_OK) {
      break;
    }
  }
  bg_scan_free(scan);
  return status == BG_END ? BG_OK : status;
}

static bg_status
begin(quad_stream *from, const bg_storage *at, const bg_statement *pattern,
      bg_error *err)
{
  bg_store *store = bg_storage_current(at);
  bg_pattern ids;
  bg_status status = bg_store_find_pattern(store, pattern, &ids, err);
  if (status != BG_OK) {
    return status == BG_END ? BG_OK : status; // nothing fits
  }
  return at->writer != NULL ? collect(from, store, &ids, err)
                            : bg_store_scan(store, &ids, &from->scan, err);
}

bg_status
bg_storage_find(librdf_storage *storage, bg_storage *at,
                const bg_statement *pattern, bool all_contexts,
                librdf_stream **stream, bg_error *err)
{
  quad_stream *from = bg_heap_allocate(sizeof *from);
  *from = (quad_stream){.world = at->world,
                        .each_once = !all_contexts &&
                                     pattern->graph.kind == BG_TERM_NONE};
  bg_source_init(&from->source, at->writer == NULL ? at->snapshot : NULL);
  *stream = NULL;
  bg_status status = begin(from, at, pattern, err);
  if (status == BG_OK) {
    advance(from);
    *stream = librdf_new_stream(at->world, from, stream_end, stream_next,
                                stream_get, stream_free);
  }
  if (*stream == NULL) {
    stream_free(from);
    return status;
  }
  from->storage = storage;
  librdf_storage_add_reference(storage);
  return BG_OK;
}

// ---- contexts --------------------------------------------------------------

typedef struct {
  librdf_storage *storage; // NULL before the iterator is whole
  librdf_world *world;
  bg_source source;
  id_list graphs;
  size_t next;
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
  if (flags != LIBRDF_ITERATOR_GET_METHOD_GET_OBJECT || iterator_end(from)) {
    return NULL;
  }
  if (from->node == NULL) {
    from->node = bg_source_node(&from->source, from->world,
                                from->graphs.items[from->next]);
  }
  return from->node;
}

static void
iterator_free(void *context)
{
  graph_iterator *from = context;
  librdf_storage *storage = from->storage;
  if (from->node != NULL) {
    librdf_free_node(from->node);
  }
  bg_source_release(&from->source);
  free(from->graphs.items);
  free(from);
  if (storage != NULL) {
    librdf_storage_remove_reference(storage);
  }
}

static bg_status
add_graph(void *context, bg_id graph, uint64_t quads, bg_error *err)
{
  (void)quads;
  return graph == BG_NO_ID ? BG_OK : add_id(context, graph, err);
}

static bg_status
list_graphs(graph_iterator *from, const bg_storage *at, bg_error *err)
{
  BG_TRY(bg_store_each_graph(bg_storage_current(at), add_graph, &from->graphs,
                             err));
  for (size_t i = 0; i < from->graphs.count && at->writer != NULL; i++) {
    BG_TRY(
        bg_source_keep(&from->source, at->writer, from->graphs.items[i], err));
  }
  return BG_OK;
}

bg_status
bg_storage_contexts(librdf_storage *storage, bg_storage *at,
                    librdf_iterator **iterator, bg_error *err)
{
  graph_iterator *from = bg_heap_allocate(sizeof *from);
  *from = (graph_iterator){.world = at->world};
  bg_source_init(&from->source, at->writer == NULL ? at->snapshot : NULL);
  *iterator = NULL;
  bg_status status = list_graphs(from, at, err);
  if (status == BG_OK) {
    *iterator = librdf_new_iterator(at->world, from, iterator_end,
                                    iterator_next, iterator_get, iterator_free);
  }
  if (*iterator == NULL) {
    iterator_free(from);
    return status;
  }
  from->storage = storage;
  librdf_storage_add_reference(storage);
  return BG_OK;
}
