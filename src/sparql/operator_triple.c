/// The matches of a triple pattern (section 18.3.1).

#include "sparql/engine.h"

#include <string.h>

enum { SUBJECT, PREDICATE, OBJECT, GRAPH, PLACES };

/// What stands at a place of the pattern: the variable of a row, or an id.
typedef struct {
  bool is_variable;
  bg_variable variable;
  bg_id id;
} place;

typedef struct {
  bg_solutions rows;
  place places[PLACES];
  bg_graph_choice choice;
  const bg_id *cell; // the graph, where a GRAPH goes through several
  const bg_id *input;
  bg_quads quads;
} triple_rows;

static bg_id
value_of(const place *at, const bg_id *input)
{
  return at->is_variable ? input[at->variable] : at->id;
}

static bg_status
open_triple(bg_solutions *rows, const bg_id *input)
{
  triple_rows *at = (triple_rows *)rows;
  bg_graph_choice choice = at->choice;
  bg_quad pattern = {value_of(&at->places[SUBJECT], input),
                     value_of(&at->places[PREDICATE], input),
                     value_of(&at->places[OBJECT], input), BG_NO_ID};
  bg_quads_close(&at->quads);
  at->input = input;
  if (at->cell != NULL) {
    pattern.graph = *at->cell;
  } else if (choice != BG_IN_DEFAULT) {
    pattern.graph = value_of(&at->places[GRAPH], input);
    choice = pattern.graph == BG_NO_ID ? BG_IN_NAMED : BG_IN_ONE;
  }
  return bg_quads_open(rows->engine, &pattern, choice, &at->quads);
}

/// Binds a variable that may stand twice; false where it is bound otherwise.
static bool
bind(const place *at, bg_id id, bg_id *row)
{
  if (!at->is_variable) {
    return true;
  }
  bg_id *cell = &row[at->variable];
  if (*cell == BG_NO_ID) {
    *cell = id;
  }
  return *cell == id;
}

static bg_status
next_triple(bg_solutions *rows, bg_id *row)
{
  triple_rows *at = (triple_rows *)rows;
  size_t size = rows->engine->width * sizeof *row;
  bg_quad quad;
  for (;;) {
    BG_TRY(bg_quads_next(&at->quads, &quad));
    memcpy(row, at->input, size);
    if (bind(&at->places[SUBJECT], quad.subject, row) &&
        bind(&at->places[PREDICATE], quad.predicate, row) &&
        bind(&at->places[OBJECT], quad.object, row) &&
        (at->choice == BG_IN_DEFAULT || at->cell != NULL ||
         bind(&at->places[GRAPH], quad.graph, row))) {
      return BG_OK;
    }
  }
}

static void
close_triple(bg_solutions *rows)
{
  bg_quads_close(&((triple_rows *)rows)->quads);
}

static bg_status
set_place(bg_engine *engine, const bg_var_or_term *from, place *to)
{
  *to = (place){.is_variable = from->is_variable, .variable = from->variable};
  return from->is_variable ? BG_OK : bg_engine_id(engine, &from->term, &to->id);
}

bg_status
bg_solutions_triple(bg_engine *engine, const bg_triple *triple,
                    const bg_graph_scope *scope, bg_solutions **rows)
{
  static const bg_solutions_kind kind = {"triple", open_triple, next_triple,
                                         close_triple};
  triple_rows *made =
      bg_solutions_new(engine, &kind, sizeof(triple_rows), NULL, NULL);
  BG_TRY(set_place(engine, &triple->subject, &made->places[SUBJECT]));
  BG_TRY(set_place(engine, &triple->predicate, &made->places[PREDICATE]));
  BG_TRY(set_place(engine, &triple->object, &made->places[OBJECT]));
  switch (scope->kind) {
  case BG_SCOPE_DEFAULT:
    made->choice = BG_IN_DEFAULT;
    break;
  case BG_SCOPE_NAME:
    made->choice = BG_IN_NAMED;
    BG_TRY(set_place(engine, &scope->name, &made->places[GRAPH]));
    break;
  case BG_SCOPE_CELL:
    made->choice = BG_IN_ONE;
    made->cell = scope->cell;
    break;
  }
  *rows = &made->rows;
  return BG_OK;
}
