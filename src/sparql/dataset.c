/// The graphs of a request (https://www.w3.org/TR/sparql11-query/, section 13).

#include "sparql/engine.h"

#include <stdlib.h>

static bool
has_id(const bg_ids *ids, bg_id id)
{
  for (size_t i = 0; i < ids->count; i++) {
    if (ids->items[i] == id) {
      return true;
    }
  }
  return false;
}

bool
bg_dataset_has_named(const bg_dataset *dataset, bg_id graph)
{
  return dataset->has_named ? has_id(&dataset->named, graph)
                            : graph != BG_NO_ID;
}

typedef struct {
  bg_engine *engine;
  bg_ids *graphs;
} graph_lister;

static bg_status
add_id(bg_engine *engine, bg_ids *ids, bg_id id)
{
  if (ids->count == ids->capacity) {
    size_t more = ids->capacity * 2 + 16;
    void *items = ids->items;
    BG_TRY(bg_engine_resize(engine, &items, ids->capacity * sizeof id,
                            more * sizeof id));
    ids->items = items;
    ids->capacity = more;
  }
  ids->items[ids->count++] = id;
  return BG_OK;
}

static bg_status
list_graph(void *context, bg_id graph, uint64_t quads, bg_error *err)
{
  (void)quads;
  (void)err;
  graph_lister *lister = context;
  return graph == BG_NO_ID ? BG_OK
                           : add_id(lister->engine, lister->graphs, graph);
}

bg_status
bg_dataset_list(bg_engine *engine, bg_ids *graphs)
{
  const bg_dataset *dataset = &engine->dataset;
  graph_lister lister = {engine, graphs};
  graphs->count = 0;
  if (!dataset->has_named) {
    return bg_store_each_graph(engine->store, list_graph, &lister, engine->err);
  }
  for (size_t i = 0; i < dataset->named.count; i++) {
    if (!has_id(graphs, dataset->named.items[i])) {
      BG_TRY(add_id(engine, graphs, dataset->named.items[i]));
    }
  }
  return BG_OK;
}

/// Whether the graph is the only one of the default graph.
static bool
is_single(const bg_dataset *dataset)
{
  return dataset->has_defaults ? dataset->defaults.count == 1
                               : !dataset->is_union;
}

bg_status
bg_quads_open(bg_engine *engine, const bg_quad *pattern, bg_graph_choice choice,
              bg_quads *quads)
{
  const bg_dataset *dataset = &engine->dataset;
  bg_pattern given = {.quad = *pattern, .in_graph = choice == BG_IN_ONE};
  *quads = (bg_quads){.engine = engine, .choice = choice};
  if (bg_id_is_local(pattern->subject) || bg_id_is_local(pattern->predicate) ||
      bg_id_is_local(pattern->object) ||
      (choice == BG_IN_ONE &&
       (bg_id_is_local(pattern->graph) ||
        !bg_dataset_has_named(dataset, pattern->graph)))) {
    return BG_OK; // there are none
  }
  if (choice == BG_IN_DEFAULT) {
    given.quad.graph = BG_NO_ID;
    if (dataset->has_defaults && dataset->defaults.count == 0) {
      return BG_OK;
    }
    if (is_single(dataset)) {
      given.in_graph = true;
      given.quad.graph =
          dataset->has_defaults ? dataset->defaults.items[0] : BG_NO_ID;
    }
  }
  return bg_store_scan(engine->store, &given, &quads->scan, engine->err);
}

/// Whether a quad is one that is asked for. Those of a triple stand together,
/// graph by graph.
static bool
is_wanted(bg_quads *quads, const bg_quad *quad)
{
  const bg_dataset *dataset = &quads->engine->dataset;
  if (quads->choice == BG_IN_NAMED) {
    return bg_dataset_has_named(dataset, quad->graph);
  }
  if (quads->choice == BG_IN_ONE || is_single(dataset)) {
    return true;
  }
  if (dataset->has_defaults && !has_id(&dataset->defaults, quad->graph)) {
    return false;
  }
  bool is_again = quads->has_last && quads->last.subject == quad->subject &&
                  quads->last.predicate == quad->predicate &&
                  quads->last.object == quad->object;
  quads->last = *quad;
  quads->has_last = true;
  return !is_again;
}

bg_status
bg_quads_next(bg_quads *quads, bg_quad *quad)
{
  if (quads->scan == NULL) {
    return BG_END;
  }
  do {
    BG_TRY(bg_engine_step(quads->engine));
    BG_TRY(bg_scan_next(quads->scan, quad, quads->engine->err));
  } while (!is_wanted(quads, quad));
  return BG_OK;
}

void
bg_quads_close(bg_quads *quads)
{
  bg_scan_free(quads->scan);
  quads->scan = NULL;
}
