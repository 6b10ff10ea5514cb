/// GRAPH (section 18.6, "Evaluation of a Graph Pattern"), where the pattern has
/// to be evaluated graph by graph.

#include "sparql/engine.h"

#include <string.h>

typedef struct {
  bg_solutions rows;
  bg_var_or_term name;
  bg_id id; // of a name that is a term
  bg_id *cell;
  bg_ids graphs;
  size_t next;
  bg_id *input;
  bool is_open;
} graph_rows;

static bg_status
add_one(graph_rows *at, bg_id id)
{
  bg_ids *graphs = &at->graphs;
  graphs->count = 0;
  if (graphs->capacity == 0) {
    void *items = graphs->items;
    BG_TRY(bg_engine_resize(at->rows.engine, &items, 0, sizeof id));
    graphs->items = items;
    graphs->capacity = 1;
  }
  if (bg_dataset_has_named(&at->rows.engine->dataset, id)) {
    graphs->items[graphs->count++] = id;
  }
  return BG_OK;
}

/// A graph that has no quads is none of the store's.
static bg_status
keep_those_there(graph_rows *at)
{
  bg_quads quads;
  bg_quad quad;
  const bg_quad pattern = {.graph = at->id};
  if (at->rows.engine->dataset.has_named || at->graphs.count == 0) {
    return BG_OK;
  }
  BG_TRY(bg_quads_open(at->rows.engine, &pattern, BG_IN_ONE, &quads));
  bg_status status = bg_quads_next(&quads, &quad);
  bg_quads_close(&quads);
  if (status == BG_END) {
    at->graphs.count = 0;
  }
  return status == BG_END ? BG_OK : status;
}

static bg_status
open_graph(bg_solutions *rows, const bg_id *input)
{
  graph_rows *at = (graph_rows *)rows;
  bg_id id = at->name.is_variable ? input[at->name.variable] : at->id;
  memcpy(at->input, input, rows->engine->width * sizeof *input);
  at->next = 0;
  at->is_open = false;
  if (id != BG_NO_ID) {
    BG_TRY(add_one(at, id));
    return at->name.is_variable ? BG_OK : keep_those_there(at);
  }
  return bg_dataset_list(rows->engine, &at->graphs);
}

static bg_status
next_graph(bg_solutions *rows, bg_id *row)
{
  graph_rows *at = (graph_rows *)rows;
  for (;;) {
    if (at->is_open) {
      bg_status status = bg_solutions_next(rows->children[0], row);
      if (status == BG_OK && at->name.is_variable) {
        bg_id *cell = &row[at->name.variable];
        if (*cell != BG_NO_ID && *cell != *at->cell) {
          continue;
        }
        *cell = *at->cell;
      }
      if (status != BG_END) {
        return status;
      }
    }
    at->is_open = false;
    if (at->next == at->graphs.count) {
      return BG_END;
    }
    *at->cell = at->graphs.items[at->next++];
    BG_TRY(bg_solutions_open(rows->children[0], at->input));
    at->is_open = true;
  }
}

static void
close_graph(bg_solutions *rows)
{
  graph_rows *at = (graph_rows *)rows;
  bg_engine_free(rows->engine, at->graphs.items,
                 at->graphs.capacity * sizeof *at->graphs.items);
}

bg_status
bg_solutions_graph(bg_engine *engine, bg_solutions *inner,
                   const bg_var_or_term *name, bg_id *cell, bg_solutions **rows)
{
  static const bg_solutions_kind kind = {"graph", open_graph, next_graph,
                                         close_graph};
  graph_rows *made =
      bg_solutions_new(engine, &kind, sizeof(graph_rows), inner, NULL);
  made->name = *name;
  made->cell = cell;
  made->input = BG_NEW_ARRAY(engine->arena, bg_id, engine->width + 1);
  *rows = &made->rows;
  return name->is_variable ? BG_OK
                           : bg_engine_id(engine, &name->term, &made->id);
}
