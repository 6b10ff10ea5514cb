/// Property paths (sections 9 and 18.4). Each part is walked from a node that
/// is known, forwards or backwards; what repeats visits each node once, so that
/// cycles end.

#include "sparql/row_table.h"

#include <string.h>

/// After so many nodes of a closure all edges of its predicate are read at
/// once.
enum { many_nodes = 256, first_buckets = 1024 };

/// The edges of one predicate, in chains by the node that they lead from.
typedef struct {
  const bg_path *path; // NULL: not read
  bool backwards;
  bg_id graph;
  bg_row_table edges; // from, to
  uint32_t *chains;   // each edge's next one, from 1
  size_t chain_count;
  uint32_t *buckets;
  size_t bucket_count; // a power of two
} edge_table;

typedef struct {
  bg_solutions rows;
  const bg_path *path;
  bg_var_or_term ends[2]; // subject, object
  bg_id ids[2];           // of the ends that are terms
  bg_graph_scope scope;
  bg_id scope_id; // of a name that is a term
  bg_graph_choice choice;
  bg_id graph;
  const bg_id *input;
  bg_row_table starts; // nodes that the path is walked from
  size_t next_start;
  bool goes_backwards;
  bg_row_table found; // nodes that are reached from the start
  size_t next_found;
  edge_table known;
} path_rows;

// ---- nodes -----------------------------------------------------------------

static bg_status
add_node(bg_row_table *nodes, bg_id id)
{
  return bg_row_table_add(nodes, &id);
}

static bg_status
put_node(bg_row_table *nodes, bg_id id)
{
  size_t at;
  bool is_new;
  return bg_row_table_put(nodes, &id, &at, &is_new);
}

static bg_row_table
new_nodes(path_rows *at)
{
  return (bg_row_table){.engine = at->rows.engine, .width = 1};
}

// ---- steps -----------------------------------------------------------------

static bool
is_among(const bg_term *terms, size_t count, const bg_term *term)
{
  for (size_t i = 0; i < count; i++) {
    if (bg_view_is_equal(terms[i].text, term->text)) {
      return true;
    }
  }
  return false;
}

/// Whether a predicate is one that a negated set leaves.
static bg_status
is_left(path_rows *at, const bg_term *terms, size_t count, bg_id predicate,
        bool *is_there)
{
  bg_term term;
  bg_engine *engine = at->rows.engine;
  BG_TRY(bg_engine_term(engine, predicate, engine->scratch, &term));
  *is_there = !is_among(terms, count, &term);
  return BG_OK;
}

/// One edge from `node`, of one predicate or, for NULL, of all but some.
static bg_status
walk_edges(path_rows *at, const bg_term *predicate, const bg_term *refused,
           size_t refused_count, bg_id node, bool backwards, bg_row_table *to)
{
  bg_quads quads;
  bg_quad quad;
  bg_quad pattern = {.graph = at->graph};
  bg_status status = BG_OK;
  if (predicate != NULL) {
    BG_TRY(bg_engine_id(at->rows.engine, predicate, &pattern.predicate));
  }
  *(backwards ? &pattern.object : &pattern.subject) = node;
  BG_TRY(bg_quads_open(at->rows.engine, &pattern, at->choice, &quads));
  while (status == BG_OK && (status = bg_quads_next(&quads, &quad)) == BG_OK) {
    bool is_there = true;
    if (predicate == NULL) {
      status = is_left(at, refused, refused_count, quad.predicate, &is_there);
    }
    if (status == BG_OK && is_there) {
      status = add_node(to, backwards ? quad.subject : quad.object);
    }
  }
  bg_quads_close(&quads);
  return status == BG_END ? BG_OK : status;
}

// ---- paths -----------------------------------------------------------------

static bg_status walk(path_rows *at, const bg_path *path, bg_id node,
                      bool backwards, bg_row_table *to);

/// The path once from each of the nodes.
static bg_status
walk_all(path_rows *at, const bg_path *path, const bg_row_table *nodes,
         bool backwards, bg_row_table *to)
{
  for (size_t i = 0; i < nodes->count; i++) {
    BG_TRY(walk(at, path, *bg_row_table_row(nodes, i), backwards, to));
  }
  return BG_OK;
}

static bg_status
walk_sequence(path_rows *at, const bg_path *path, bg_id node, bool backwards,
              bg_row_table *to)
{
  bg_row_table between = new_nodes(at);
  bg_status status =
      walk(at, backwards ? path->right : path->left, node, backwards, &between);
  if (status == BG_OK) {
    status = walk_all(at, backwards ? path->left : path->right, &between,
                      backwards, to);
  }
  bg_row_table_release(&between);
  return status;
}

static size_t
bucket_of(const edge_table *table, bg_id node)
{
  return (size_t)(node * UINT64_C(0x9E3779B97F4A7C15) >> 32) &
         (table->bucket_count - 1);
}

static bg_status
chain_edges(edge_table *table)
{
  bg_engine *engine = table->edges.engine;
  size_t count = table->edges.count;
  size_t buckets = first_buckets;
  while (buckets < count) {
    buckets *= 2;
  }
  void *memory = table->chains;
  BG_TRY(bg_engine_resize(engine, &memory,
                          table->chain_count * sizeof *table->chains,
                          (count + 1) * sizeof *table->chains));
  table->chains = memory;
  table->chain_count = count + 1;
  memory = table->buckets;
  BG_TRY(bg_engine_resize(engine, &memory,
                          table->bucket_count * sizeof *table->buckets,
                          buckets * sizeof *table->buckets));
  table->buckets = memory;
  table->bucket_count = buckets;
  memset(table->buckets, 0, buckets * sizeof *table->buckets);
  for (size_t i = count; i > 0; i--) {
    size_t bucket = bucket_of(table, *bg_row_table_row(&table->edges, i - 1));
    table->chains[i] = table->buckets[bucket];
    table->buckets[bucket] = (uint32_t)i;
  }
  return BG_OK;
}

/// Reads all edges of a predicate, as they are walked.
static bg_status
read_edges(path_rows *at, const bg_path *path, bool backwards)
{
  edge_table *table = &at->known;
  bg_quads quads;
  bg_quad quad;
  bg_quad pattern = {.graph = at->graph};
  bg_status status = BG_OK;
  table->path = NULL;
  table->edges.count = 0;
  BG_TRY(bg_engine_id(at->rows.engine, &path->iri, &pattern.predicate));
  BG_TRY(bg_quads_open(at->rows.engine, &pattern, at->choice, &quads));
  while (status == BG_OK && (status = bg_quads_next(&quads, &quad)) == BG_OK) {
    const bg_id ends[] = {backwards ? quad.object : quad.subject,
                          backwards ? quad.subject : quad.object};
    status = bg_row_table_add(&table->edges, ends);
  }
  bg_quads_close(&quads);
  if (status != BG_END) {
    return status;
  }
  BG_TRY(chain_edges(table));
  table->path = path;
  table->backwards = backwards;
  table->graph = at->graph;
  return BG_OK;
}

static bg_status
walk_known(const edge_table *table, bg_id node, bg_row_table *to)
{
  for (size_t i = table->buckets[bucket_of(table, node)]; i > 0;
       i = table->chains[i]) {
    const bg_id *edge = bg_row_table_row(&table->edges, i - 1);
    if (edge[0] == node) {
      BG_TRY(add_node(to, edge[1]));
    }
  }
  return BG_OK;
}

/// One step of a closure that has visited so many nodes.
static bg_status
walk_step(path_rows *at, const bg_path *path, size_t visited, bg_id node,
          bool backwards, bg_row_table *to)
{
  const edge_table *table = &at->known;
  if (path->kind != BG_PATH_IRI || visited < many_nodes) {
    return walk(at, path, node, backwards, to);
  }
  if (table->path != path || table->backwards != backwards ||
      table->graph != at->graph) {
    BG_TRY(read_edges(at, path, backwards));
  }
  BG_TRY(bg_engine_step(at->rows.engine));
  return walk_known(table, node, to);
}

/// ALP (section 18.4): all that is reached by the path again and again.
static bg_status
walk_closure(path_rows *at, const bg_path *path, bg_row_table *visited,
             bool backwards)
{
  bg_row_table reached = new_nodes(at);
  bg_status status = BG_OK;
  for (size_t i = 0; i < visited->count && status == BG_OK; i++) {
    reached.count = 0;
    status = walk_step(at, path, visited->count, *bg_row_table_row(visited, i),
                       backwards, &reached);
    for (size_t j = 0; j < reached.count && status == BG_OK; j++) {
      status = put_node(visited, *bg_row_table_row(&reached, j));
    }
  }
  bg_row_table_release(&reached);
  return status;
}

static bg_status
add_all(const bg_row_table *from, bg_row_table *to)
{
  for (size_t i = 0; i < from->count; i++) {
    BG_TRY(add_node(to, *bg_row_table_row(from, i)));
  }
  return BG_OK;
}

/// `*`, `+` and `?`: each node once.
static bg_status
walk_repeated(path_rows *at, const bg_path *path, bg_id node, bool backwards,
              bg_row_table *to)
{
  bg_row_table visited = new_nodes(at);
  bg_row_table first = new_nodes(at);
  bg_status status = BG_OK;
  if (path->kind != BG_PATH_ONE_OR_MORE) {
    status = put_node(&visited, node);
  }
  if (status == BG_OK && path->kind != BG_PATH_ZERO_OR_MORE) {
    status = walk(at, path->left, node, backwards, &first);
    for (size_t i = 0; i < first.count && status == BG_OK; i++) {
      status = put_node(&visited, *bg_row_table_row(&first, i));
    }
  }
  if (status == BG_OK && path->kind != BG_PATH_ZERO_OR_ONE) {
    status = walk_closure(at, path->left, &visited, backwards);
  }
  if (status == BG_OK) {
    status = add_all(&visited, to);
  }
  bg_row_table_release(&first);
  bg_row_table_release(&visited);
  return status;
}

static bg_status
walk_negated(path_rows *at, const bg_path *path, bg_id node, bool backwards,
             bg_row_table *to)
{
  if (path->forward_count > 0 || path->backward_count == 0) {
    BG_TRY(walk_edges(at, NULL, path->forward, path->forward_count, node,
                      backwards, to));
  }
  return path->backward_count == 0
             ? BG_OK
             : walk_edges(at, NULL, path->backward, path->backward_count, node,
                          !backwards, to);
}

/// Appends the nodes that a path leads to from `node`.
static bg_status
walk(path_rows *at, const bg_path *path, bg_id node, bool backwards,
     bg_row_table *to)
{
  BG_TRY(bg_engine_step(at->rows.engine));
  switch (path->kind) {
  case BG_PATH_IRI:
    return walk_edges(at, &path->iri, NULL, 0, node, backwards, to);
  case BG_PATH_INVERSE:
    return walk(at, path->left, node, !backwards, to);
  case BG_PATH_SEQUENCE:
    return walk_sequence(at, path, node, backwards, to);
  case BG_PATH_ALTERNATIVE:
    BG_TRY(walk(at, path->left, node, backwards, to));
    return walk(at, path->right, node, backwards, to);
  case BG_PATH_ZERO_OR_MORE:
  case BG_PATH_ONE_OR_MORE:
  case BG_PATH_ZERO_OR_ONE:
    return walk_repeated(at, path, node, backwards, to);
  case BG_PATH_NEGATED:
    return walk_negated(at, path, node, backwards, to);
  }
  return BG_OK;
}

// ---- where to begin --------------------------------------------------------

/// Whether a path may lead from a node to itself without a step.
static bool
may_be_empty(const bg_path *path)
{
  switch (path->kind) {
  case BG_PATH_ZERO_OR_MORE:
  case BG_PATH_ZERO_OR_ONE:
    return true;
  case BG_PATH_SEQUENCE:
    return may_be_empty(path->left) && may_be_empty(path->right);
  case BG_PATH_ALTERNATIVE:
    return may_be_empty(path->left) || may_be_empty(path->right);
  case BG_PATH_INVERSE:
  case BG_PATH_ONE_OR_MORE:
    return may_be_empty(path->left);
  case BG_PATH_IRI:
  case BG_PATH_NEGATED:
    break;
  }
  return false;
}

/// The predicate of the first step, where there is one.
static const bg_term *
first_predicate(const bg_path *path)
{
  while (path->kind == BG_PATH_SEQUENCE || path->kind == BG_PATH_ONE_OR_MORE) {
    path = path->left;
  }
  return path->kind == BG_PATH_IRI ? &path->iri : NULL;
}

/// Where neither end is known: all nodes of the graph, or all that the first
/// step begins at.
static bg_status
collect_starts(path_rows *at)
{
  bg_engine *engine = at->rows.engine;
  bool takes_all = may_be_empty(at->path);
  const bg_term *predicate = takes_all ? NULL : first_predicate(at->path);
  bg_quads quads;
  bg_quad quad;
  bg_quad pattern = {.graph = at->graph};
  bg_status status = BG_OK;
  if (predicate != NULL) {
    BG_TRY(bg_engine_id(engine, predicate, &pattern.predicate));
  }
  BG_TRY(bg_quads_open(engine, &pattern, at->choice, &quads));
  while (status == BG_OK && (status = bg_quads_next(&quads, &quad)) == BG_OK) {
    status = put_node(&at->starts, quad.subject);
    if (status == BG_OK && predicate == NULL) {
      status = put_node(&at->starts, quad.object);
    }
  }
  bg_quads_close(&quads);
  return status == BG_END ? BG_OK : status;
}

static bg_id
end_of(const path_rows *at, int end)
{
  return at->ends[end].is_variable ? at->input[at->ends[end].variable]
                                   : at->ids[end];
}

/// Whether a node is one of the graph's. The empty path leads from each of
/// these to itself, and from terms of the query, but from nothing else that a
/// variable may be bound to (section 18.4, ZeroLengthPath).
static bg_status
is_in_graph(path_rows *at, bg_id id, bool *is_there)
{
  *is_there = false;
  for (int end = 0; end < 2 && !*is_there; end++) {
    bg_quads quads;
    bg_quad quad;
    bg_quad pattern = {.graph = at->graph};
    *(end == 0 ? &pattern.subject : &pattern.object) = id;
    BG_TRY(bg_quads_open(at->rows.engine, &pattern, at->choice, &quads));
    bg_status status = bg_quads_next(&quads, &quad);
    bg_quads_close(&quads);
    if (status > BG_END) {
      return status;
    }
    *is_there = status == BG_OK;
  }
  return BG_OK;
}

static bg_status
put_known(path_rows *at, bg_id id)
{
  bool is_there = true;
  if (may_be_empty(at->path) && at->ends[0].is_variable &&
      at->ends[1].is_variable) {
    BG_TRY(is_in_graph(at, id, &is_there));
  }
  return is_there ? put_node(&at->starts, id) : BG_OK;
}

static bg_status
open_path(bg_solutions *rows, const bg_id *input)
{
  path_rows *at = (path_rows *)rows;
  at->input = input;
  at->choice = BG_IN_DEFAULT;
  at->graph = BG_NO_ID;
  if (at->scope.kind != BG_SCOPE_DEFAULT) {
    at->choice = BG_IN_ONE;
    at->graph = at->scope.kind == BG_SCOPE_CELL ? *at->scope.cell
                : at->scope.name.is_variable    ? input[at->scope.name.variable]
                                                : at->scope_id;
  }
  bg_id subject = end_of(at, 0);
  bg_id object = end_of(at, 1);
  bg_row_table_reset(&at->starts);
  at->found.count = 0;
  at->next_start = 0;
  at->next_found = 0;
  at->goes_backwards = subject == BG_NO_ID && object != BG_NO_ID;
  return subject != BG_NO_ID  ? put_known(at, subject)
         : object != BG_NO_ID ? put_known(at, object)
                              : collect_starts(at);
}

/// Binds an end; false where it is bound otherwise.
static bool
bind_end(const path_rows *at, int end, bg_id id, bg_id *row)
{
  if (!at->ends[end].is_variable) {
    return at->ids[end] == id;
  }
  bg_id *cell = &row[at->ends[end].variable];
  if (*cell == BG_NO_ID) {
    *cell = id;
  }
  return *cell == id;
}

static bg_status
next_path(bg_solutions *rows, bg_id *row)
{
  path_rows *at = (path_rows *)rows;
  for (;;) {
    while (at->next_found < at->found.count) {
      bg_id start = *bg_row_table_row(&at->starts, at->next_start - 1);
      bg_id reached = *bg_row_table_row(&at->found, at->next_found++);
      memcpy(row, at->input, rows->engine->width * sizeof *row);
      if (bind_end(at, at->goes_backwards ? 1 : 0, start, row) &&
          bind_end(at, at->goes_backwards ? 0 : 1, reached, row)) {
        return BG_OK;
      }
    }
    if (at->next_start == at->starts.count) {
      return BG_END;
    }
    bg_id start = *bg_row_table_row(&at->starts, at->next_start++);
    at->found.count = 0;
    at->next_found = 0;
    BG_TRY(walk(at, at->path, start, at->goes_backwards, &at->found));
  }
}

static void
close_path(bg_solutions *rows)
{
  path_rows *at = (path_rows *)rows;
  edge_table *table = &at->known;
  bg_row_table_release(&at->starts);
  bg_row_table_release(&at->found);
  bg_row_table_release(&table->edges);
  bg_engine_free(rows->engine, table->chains,
                 table->chain_count * sizeof *table->chains);
  bg_engine_free(rows->engine, table->buckets,
                 table->bucket_count * sizeof *table->buckets);
}

bg_status
bg_solutions_path(bg_engine *engine, const bg_triple *triple,
                  const bg_graph_scope *scope, bg_solutions **rows)
{
  static const bg_solutions_kind kind = {"path", open_path, next_path,
                                         close_path};
  path_rows *made =
      bg_solutions_new(engine, &kind, sizeof(path_rows), NULL, NULL);
  made->path = triple->path;
  made->ends[0] = triple->subject;
  made->ends[1] = triple->object;
  made->scope = *scope;
  made->starts = new_nodes(made);
  made->found = new_nodes(made);
  made->known.edges = (bg_row_table){.engine = engine, .width = 2};
  for (int i = 0; i < 2; i++) {
    if (!made->ends[i].is_variable) {
      BG_TRY(bg_engine_id(engine, &made->ends[i].term, &made->ids[i]));
    }
  }
  *rows = &made->rows;
  return scope->kind == BG_SCOPE_NAME && !scope->name.is_variable
             ? bg_engine_id(engine, &scope->name.term, &made->scope_id)
             : BG_OK;
}
