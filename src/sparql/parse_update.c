/// Updates: rules 3 and 29 to 52.

#include "sparql/parse.h"

// ---- graphs ----------------------------------------------------------------

/// [46] GraphRef ::= 'GRAPH' iri
static bg_status
read_graph_ref(bg_sparql_parser *parser, bg_graphs *graphs)
{
  graphs->kind = BG_GRAPHS_ONE;
  BG_TRY(bg_sparql_expect(parser, "GRAPH"));
  return bg_parse_iri(parser, &graphs->iri);
}

/// [47] GraphRefAll ::= GraphRef | 'DEFAULT' | 'NAMED' | 'ALL'
static bg_status
read_graph_ref_all(bg_sparql_parser *parser, bg_graphs *graphs)
{
  static const struct {
    const char *word;
    bg_graphs_kind kind;
  } words[] = {
      {"DEFAULT", BG_GRAPHS_DEFAULT},
      {"NAMED", BG_GRAPHS_NAMED},
      {"ALL", BG_GRAPHS_ALL},
  };
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (bg_sparql_take(parser, words[i].word)) {
      graphs->kind = words[i].kind;
      return BG_OK;
    }
  }
  return bg_sparql_is_at(parser, "GRAPH")
             ? read_graph_ref(parser, graphs)
             : bg_sparql_want(parser, "GRAPH, DEFAULT, NAMED or ALL");
}

/// [45] GraphOrDefault ::= 'DEFAULT' | 'GRAPH'? iri
static bg_status
read_graph_or_default(bg_sparql_parser *parser, bg_graphs *graphs)
{
  if (bg_sparql_take(parser, "DEFAULT")) {
    graphs->kind = BG_GRAPHS_DEFAULT;
    return BG_OK;
  }
  graphs->kind = BG_GRAPHS_ONE;
  bool has_word = bg_sparql_take(parser, "GRAPH");
  return has_word || bg_is_at_iri(parser)
             ? bg_parse_iri(parser, &graphs->iri)
             : bg_sparql_want(parser, "DEFAULT, GRAPH or an IRI");
}

// ---- whole graphs ----------------------------------------------------------

/// [31] Load ::= 'LOAD' 'SILENT'? iri ( 'INTO' GraphRef )?
static bg_status
read_load(bg_sparql_parser *parser, bg_update_step *step)
{
  step->kind = BG_UPDATE_LOAD;
  step->is_silent = bg_sparql_take(parser, "SILENT");
  step->target.kind = BG_GRAPHS_DEFAULT;
  BG_TRY(bg_parse_iri(parser, &step->source));
  return bg_sparql_take(parser, "INTO") ? read_graph_ref(parser, &step->target)
                                        : BG_OK;
}

/// 'SILENT'? GraphRefAll
static bg_status
read_emptying(bg_sparql_parser *parser, bg_update_step *step)
{
  step->is_silent = bg_sparql_take(parser, "SILENT");
  return read_graph_ref_all(parser, &step->target);
}

/// [32] Clear ::= 'CLEAR' 'SILENT'? GraphRefAll
static bg_status
read_clear(bg_sparql_parser *parser, bg_update_step *step)
{
  step->kind = BG_UPDATE_CLEAR;
  return read_emptying(parser, step);
}

/// [33] Drop ::= 'DROP' 'SILENT'? GraphRefAll
static bg_status
read_drop(bg_sparql_parser *parser, bg_update_step *step)
{
  step->kind = BG_UPDATE_DROP;
  return read_emptying(parser, step);
}

/// [34] Create ::= 'CREATE' 'SILENT'? GraphRef
static bg_status
read_create(bg_sparql_parser *parser, bg_update_step *step)
{
  step->kind = BG_UPDATE_CREATE;
  step->is_silent = bg_sparql_take(parser, "SILENT");
  return read_graph_ref(parser, &step->target);
}

/// 'SILENT'? GraphOrDefault 'TO' GraphOrDefault
static bg_status
read_transfer(bg_sparql_parser *parser, bg_update_step *step)
{
  step->is_silent = bg_sparql_take(parser, "SILENT");
  BG_TRY(read_graph_or_default(parser, &step->from));
  BG_TRY(bg_sparql_expect(parser, "TO"));
  return read_graph_or_default(parser, &step->target);
}

/// [35] Add ::= 'ADD' 'SILENT'? GraphOrDefault 'TO' GraphOrDefault
static bg_status
read_add(bg_sparql_parser *parser, bg_update_step *step)
{
  step->kind = BG_UPDATE_ADD;
  return read_transfer(parser, step);
}

/// [36] Move ::= 'MOVE' 'SILENT'? GraphOrDefault 'TO' GraphOrDefault
static bg_status
read_move(bg_sparql_parser *parser, bg_update_step *step)
{
  step->kind = BG_UPDATE_MOVE;
  return read_transfer(parser, step);
}

/// [37] Copy ::= 'COPY' 'SILENT'? GraphOrDefault 'TO' GraphOrDefault
static bg_status
read_copy(bg_sparql_parser *parser, bg_update_step *step)
{
  step->kind = BG_UPDATE_COPY;
  return read_transfer(parser, step);
}

// ---- quads -----------------------------------------------------------------

/// [51] QuadsNotTriples ::= 'GRAPH' VarOrIri '{' TriplesTemplate? '}'
static bg_status
read_quads_of_graph(bg_sparql_parser *parser, bg_triple_target *target)
{
  BG_TRY(bg_sparql_expect(parser, "GRAPH"));
  if (target->constant != NULL && parser->token.kind == BG_TOKEN_VARIABLE) {
    return bg_sparql_refuse(parser, parser->token.place, "a variable in %s",
                            target->constant);
  }
  BG_TRY(bg_parse_var_or_iri(parser, &target->graph));
  BG_TRY(bg_sparql_expect(parser, "{"));
  target->in_graph = true;
  if (bg_is_at_triples(parser)) {
    BG_TRY(bg_parse_triples(parser, target));
  }
  target->in_graph = false;
  target->graph = (bg_var_or_term){.is_variable = false};
  return bg_sparql_close(parser, "}", "a triple or '}'");
}

/// [48] QuadPattern ::= '{' Quads '}'
/// [49] QuadData ::= '{' Quads '}'
/// [50] Quads ::= TriplesTemplate? ( QuadsNotTriples '.'? TriplesTemplate? )*
static bg_status
read_quads(bg_sparql_parser *parser, bg_triple_target *target)
{
  BG_TRY(bg_sparql_expect(parser, "{"));
  if (bg_is_at_triples(parser)) {
    BG_TRY(bg_parse_triples(parser, target));
  }
  while (bg_sparql_is_at(parser, "GRAPH")) {
    BG_TRY(read_quads_of_graph(parser, target));
    bg_sparql_take(parser, ".");
    if (bg_is_at_triples(parser)) {
      BG_TRY(bg_parse_triples(parser, target));
    }
  }
  return bg_sparql_close(parser, "}", "a triple, GRAPH or '}'");
}

/// [38] InsertData ::= 'INSERT DATA' QuadData, from the bracket on
static bg_status
read_insert_data(bg_sparql_parser *parser, bg_update_step *step)
{
  bg_triple_target target = {
      .quads = &step->inserted,
      .is_data = true,
      .constant = "INSERT DATA",
  };
  step->kind = BG_UPDATE_INSERT_DATA;
  return read_quads(parser, &target);
}

/// [39] DeleteData ::= 'DELETE DATA' QuadData, from the bracket on
static bg_status
read_delete_data(bg_sparql_parser *parser, bg_update_step *step)
{
  bg_triple_target target = {
      .quads = &step->deleted,
      .constant = "DELETE DATA",
      .blankless = "DELETE DATA",
  };
  step->kind = BG_UPDATE_DELETE_DATA;
  return read_quads(parser, &target);
}

/// [42] DeleteClause ::= 'DELETE' QuadPattern, from the bracket on
static bg_status
read_delete_clause(bg_sparql_parser *parser, bg_update_step *step)
{
  bg_triple_target target = {.quads = &step->deleted, .blankless = "DELETE"};
  return read_quads(parser, &target);
}

/// [43] InsertClause ::= 'INSERT' QuadPattern, from the bracket on
static bg_status
read_insert_clause(bg_sparql_parser *parser, bg_update_step *step)
{
  bg_triple_target target = {.quads = &step->inserted};
  return read_quads(parser, &target);
}

// ---- DELETE WHERE ----------------------------------------------------------

static bool
is_same_graph(const bg_template_quad *a, const bg_template_quad *b)
{
  return a->in_graph == b->in_graph &&
         a->graph.is_variable == b->graph.is_variable &&
         a->graph.variable == b->graph.variable &&
         bg_view_is_equal(a->graph.term.text, b->graph.term.text);
}

/// The pattern of quads in one graph: [start, end).
static bg_status
match_quads(bg_sparql_parser *parser, bg_place place, const bg_template *quads,
            size_t start, size_t end, bg_operation **operation)
{
  BG_TRY(bg_sparql_operation(parser, BG_OPERATION_TRIPLES, place, NULL, NULL,
                             operation));
  for (size_t i = start; i < end; i++) {
    const bg_template_quad *each = &quads->items[i];
    BG_PUSH(parser->arena, &(*operation)->triples) = (bg_triple){
        .subject = each->subject,
        .predicate = each->predicate,
        .object = each->object,
        .place = place,
    };
  }
  if (quads->items[start].in_graph) {
    BG_TRY(bg_sparql_operation(parser, BG_OPERATION_GRAPH, place, *operation,
                               NULL, operation));
    (*operation)->name = quads->items[start].graph;
  }
  return BG_OK;
}

/// [40] DeleteWhere ::= 'DELETE WHERE' QuadPattern, from the bracket on
/// What is deleted is the pattern as well.
static bg_status
read_delete_where(bg_sparql_parser *parser, bg_update_step *step)
{
  bg_operations parts = {.items = NULL};
  const bg_template *quads = &step->deleted;
  bg_triple_target target = {
      .quads = &step->deleted,
      .blankless = "DELETE WHERE",
  };
  step->kind = BG_UPDATE_MODIFY;
  BG_TRY(read_quads(parser, &target));
  for (size_t start = 0; start < quads->count;) {
    size_t end = start + 1;
    while (end < quads->count &&
           is_same_graph(&quads->items[start], &quads->items[end])) {
      end++;
    }
    bg_operation *part;
    BG_TRY(match_quads(parser, step->place, quads, start, end, &part));
    BG_PUSH(parser->arena, &parts) = part;
    start = end;
  }
  return bg_sparql_join_all(parser, BG_OPERATION_JOIN, &parts, &step->where);
}

// ---- DELETE and INSERT -----------------------------------------------------

/// [44] UsingClause ::= 'USING' ( iri | 'NAMED' iri )
static bg_status
read_using(bg_sparql_parser *parser, bg_update_step *step)
{
  while (bg_sparql_take(parser, "USING")) {
    bool is_named = bg_sparql_take(parser, "NAMED");
    bg_term_list *graphs = is_named ? &step->using_named : &step->using_graphs;
    bg_term graph;
    BG_TRY(bg_parse_iri(parser, &graph));
    BG_PUSH(parser->arena, graphs) = graph;
  }
  return BG_OK;
}

/// UsingClause* 'WHERE' GroupGraphPattern
static bg_status
read_using_and_where(bg_sparql_parser *parser, bg_update_step *step)
{
  step->kind = BG_UPDATE_MODIFY;
  BG_TRY(read_using(parser, step));
  BG_TRY(bg_sparql_expect(parser, "WHERE"));
  BG_TRY(bg_parse_group(parser, &step->where));
  bg_sparql_forget(parser, 0);
  return BG_OK;
}

/// ( DeleteClause InsertClause? | InsertClause ) and what follows, from the
/// first bracket on.
static bg_status
read_changes(bg_sparql_parser *parser, bool is_delete, bg_update_step *step)
{
  if (is_delete) {
    BG_TRY(read_delete_clause(parser, step));
  }
  if (!is_delete || bg_sparql_take(parser, "INSERT")) {
    BG_TRY(read_insert_clause(parser, step));
  }
  return read_using_and_where(parser, step);
}

/// [41] Modify ::= ( 'WITH' iri )? ( DeleteClause InsertClause? |
///        InsertClause ) UsingClause* 'WHERE' GroupGraphPattern
static bg_status
read_with(bg_sparql_parser *parser, bg_update_step *step)
{
  step->has_with = true;
  BG_TRY(bg_parse_iri(parser, &step->with));
  bool is_delete = bg_sparql_take(parser, "DELETE");
  if (!is_delete && !bg_sparql_take(parser, "INSERT")) {
    return bg_sparql_want(parser, "DELETE or INSERT");
  }
  return read_changes(parser, is_delete, step);
}

static bg_status
read_insert(bg_sparql_parser *parser, bg_update_step *step)
{
  if (bg_sparql_take(parser, "DATA")) {
    return read_insert_data(parser, step);
  }
  return bg_sparql_is_at(parser, "{") ? read_changes(parser, false, step)
                                      : bg_sparql_want(parser, "DATA or '{'");
}

static bg_status
read_delete(bg_sparql_parser *parser, bg_update_step *step)
{
  if (bg_sparql_take(parser, "DATA")) {
    return read_delete_data(parser, step);
  }
  if (bg_sparql_take(parser, "WHERE")) {
    return read_delete_where(parser, step);
  }
  return bg_sparql_is_at(parser, "{")
             ? read_changes(parser, true, step)
             : bg_sparql_want(parser, "DATA, WHERE or '{'");
}

// ---- requests --------------------------------------------------------------

typedef struct {
  bg_update_step *items;
  size_t count;
  size_t capacity;
} step_list;

static const struct {
  const char *word;
  bg_status (*read)(bg_sparql_parser *parser, bg_update_step *step);
} steps[] = {
    {"LOAD", read_load},     {"CLEAR", read_clear},   {"DROP", read_drop},
    {"ADD", read_add},       {"MOVE", read_move},     {"COPY", read_copy},
    {"CREATE", read_create}, {"INSERT", read_insert}, {"DELETE", read_delete},
    {"WITH", read_with},
};

/// [30] Update1 ::= Load | Clear | Drop | Add | Move | Copy | Create |
///        InsertData | DeleteData | DeleteWhere | Modify
/// `is_read` is false where none begins.
static bg_status
read_step(bg_sparql_parser *parser, step_list *list, bool *is_read)
{
  *is_read = false;
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    bg_update_step step = {.place = parser->token.place};
    if (bg_sparql_take(parser, steps[i].word)) {
      parser->operation_count++;
      *is_read = true;
      BG_TRY(steps[i].read(parser, &step));
      BG_PUSH(parser->arena, list) = step;
      return BG_OK;
    }
  }
  return BG_OK;
}

/// [3] UpdateUnit ::= Update
/// [29] Update ::= Prologue ( Update1 ( ';' Update )? )?
static bg_status
read_update(bg_sparql_parser *parser, bg_update *update)
{
  step_list list = {.items = NULL};
  bool is_read;
  do {
    BG_TRY(bg_parse_prologue(parser));
    BG_TRY(read_step(parser, &list, &is_read));
  } while (is_read && bg_sparql_take(parser, ";"));
  update->steps = list.items;
  update->count = list.count;
  update->capacity = list.capacity;
  if (parser->token.kind == BG_TOKEN_END) {
    return BG_OK;
  }
  return bg_sparql_want(parser, is_read ? "';' or the end of the update"
                                        : "an update, such as INSERT");
}

bg_status
bg_update_parse(bg_view text, const bg_parser_options *options, bg_arena *arena,
                bg_update *update, bg_error *err)
{
  bg_sparql_parser parser;
  *update = (bg_update){.steps = NULL};
  bg_sparql_init(&parser, text, options, &update->variables, arena, err);
  return read_update(&parser, update);
}
