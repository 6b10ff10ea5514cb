/// What Redland finds in a store is what it finds in its own storage "memory",
/// for any statements and any question.

#include "redland.h"
#include "tap.h"

enum { quad_count = 500, question_count = 40 };

// The last subjects are in no context: "memory" does not add a statement
// without a context that it has in one.
static const char *const subjects[] = {
    "http://e/s1", "http://e/s2", "http://e/s3", "_:b1",
    "_:b2",        "http://e/s4", "http://e/d1", "_:d2"};
enum { first_without_context = 6, subject_count = 8 };

static const char *const predicates[] = {"http://e/p1", "http://e/p2",
                                         "http://e/p3", "http://e/p4"};

static const char *const objects[] = {
    "http://e/s1",
    "_:b1",
    "\"\"",
    "\"a\"",
    "\"a\"@en",
    "\"a\"@en-gb",
    "\"a\"@de",
    "\"a\"^^" XSD "string",
    "\"a\"^^http://e/own",
    "\"1\"",
    "\"1\"^^" XSD "integer",
    "\"01\"^^" XSD "integer",
    "\"+1\"^^" XSD "integer",
    "\"true\"^^" XSD "boolean",
    "\"1.0\"^^" XSD "decimal",
    "\"1410-07-15\"^^" XSD "date",
    "\"-0215-08-02\"^^" XSD "date",
    "\"1410-07-15Z\"^^" XSD "date",
    "\"1410\"^^" XSD "gYear",
    "\"<b>a</b>\"^^" RDF_XML_LITERAL,
    "\"a \"quoted\"\\ word,\n\ta line\"",
    "\"Müezzinzade Ali Paşa, \U0001F6A2\"@tr",
    "\"a text of more than seven bytes\"",
};
enum { object_count = sizeof objects / sizeof *objects };

static const char *const contexts[] = {"http://e/g1", "http://e/g2", "_:g3",
                                       "http://e/s1"};
enum { context_count = sizeof contexts / sizeof *contexts };

typedef struct {
  const char *subject, *predicate, *object, *context;
} quad;

/// The same numbers each time.
static size_t
choose(size_t count)
{
  static uint64_t state = 1410;
  state = state * 6364136223846793005U + 1442695040888963407U;
  return (size_t)(state >> 33) % count;
}

static quad
choose_quad(void)
{
  size_t subject = choose(subject_count);
  return (quad){
      subjects[subject], predicates[choose(4)], objects[choose(object_count)],
      subject >= first_without_context ? NULL
                                       : contexts[choose(context_count)]};
}

/// The terms are of the tables: the same where they stand at the same place.
static bool
is_chosen(const quad *quads, size_t count, quad wanted)
{
  for (size_t i = 0; i < count; i++) {
    if (quads[i].subject == wanted.subject &&
        quads[i].predicate == wanted.predicate &&
        quads[i].object == wanted.object &&
        quads[i].context == wanted.context) {
      return true;
    }
  }
  return false;
}

static void
fill(rdf *store, rdf *memory, quad *quads)
{
  bool is_added = true;
  for (size_t i = 0; i < quad_count;) {
    quad each = choose_quad();
    if (!is_chosen(quads, i, each)) {
      quads[i++] = each;
      is_added = add(store, each.subject, each.predicate, each.object,
                     each.context) == 0 &&
                 add(memory, each.subject, each.predicate, each.object,
                     each.context) == 0 &&
                 is_added;
    }
  }
  ok(is_added, "%d statements are added", quad_count);
}

// ---- questions -------------------------------------------------------------

/// How many of some questions of one form the two answer in different ways.
static int
count_differences(rdf *store, rdf *memory, unsigned form, const char *context)
{
  int differences = 0;
  int count = form == 0 ? 1 : question_count; // "???" is one question
  for (int i = 0; i < count; i++) {
    quad asked = choose_quad();
    lines found[2];
    rdf *both[] = {store, memory};
    for (int j = 0; j < 2; j++) {
      found[j] = find(both[j], (form & 4) != 0 ? asked.subject : NULL,
                      (form & 2) != 0 ? asked.predicate : NULL,
                      (form & 1) != 0 ? asked.object : NULL, context);
    }
    // Only "memory" gives one again that is in several contexts.
    make_set(&found[1]);
    differences += !are_same(&found[0], &found[1]);
    free_lines(&found[0]);
    free_lines(&found[1]);
  }
  return differences;
}

static void
check_questions(rdf *store, rdf *memory, const char *when)
{
  static const char *const forms[] = {"???", "??o", "?p?", "?po",
                                      "s??", "s?o", "sp?", "spo"};
  for (unsigned form = 0; form < 8; form++) {
    ok(count_differences(store, memory, form, NULL) == 0, "finds %s %s",
       forms[form], when);
    int differences = 0;
    for (size_t i = 0; i < context_count; i++) {
      differences += count_differences(store, memory, form, contexts[i]);
    }
    differences += count_differences(store, memory, form, "http://e/none");
    ok(differences == 0, "finds %s in a context %s", forms[form], when);
  }
  ok(hold_the_same(store, memory), "the whole is the same %s", when);
}

static void
check_contains(rdf *store, rdf *memory)
{
  int differences = 0;
  for (int i = 0; i < 500; i++) {
    quad asked = choose_quad();
    differences +=
        contains(store, asked.subject, asked.predicate, asked.object) !=
        contains(memory, asked.subject, asked.predicate, asked.object);
  }
  ok(differences == 0, "contains what the other contains");
}

// ---- nodes -----------------------------------------------------------------

typedef librdf_iterator *ask_two(librdf_model *model, librdf_node *a,
                                 librdf_node *b);
typedef librdf_iterator *ask_one(librdf_model *model, librdf_node *a);

static lines
ask(rdf *at, ask_two *two, ask_one *one, const char *first, const char *second)
{
  librdf_node *a = new_node(first);
  librdf_node *b = new_node(second);
  lines found =
      read_iterator(two != NULL ? two(at->model, a, b) : one(at->model, a));
  make_set(&found);
  librdf_free_node(a);
  librdf_free_node(b);
  return found;
}

static void
check_nodes(rdf *store, rdf *memory)
{
  enum { S, P, O };
  static const struct {
    const char *what;
    ask_two *two;
    ask_one *one;
    int first, second; // parts of the statement
  } cases[] = {
      {"sources", librdf_model_get_sources, NULL, P, O},
      {"arcs", librdf_model_get_arcs, NULL, S, O},
      {"targets", librdf_model_get_targets, NULL, S, P},
      {"arcs in", NULL, librdf_model_get_arcs_in, O, P},
      {"arcs out", NULL, librdf_model_get_arcs_out, S, P},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int differences = 0;
    for (int j = 0; j < question_count; j++) {
      quad asked = choose_quad();
      const char *parts[] = {asked.subject, asked.predicate, asked.object};
      lines a = ask(store, cases[i].two, cases[i].one, parts[cases[i].first],
                    parts[cases[i].second]);
      lines b = ask(memory, cases[i].two, cases[i].one, parts[cases[i].first],
                    parts[cases[i].second]);
      differences += !are_same(&a, &b);
      free_lines(&a);
      free_lines(&b);
    }
    ok(differences == 0, "gives the %s", cases[i].what);
  }
}

static int
has_arc(rdf *at, int (*has)(librdf_model *, librdf_node *, librdf_node *),
        const char *node, const char *property)
{
  librdf_node *a = new_node(node);
  librdf_node *b = new_node(property);
  int found = has(at->model, a, b) != 0;
  librdf_free_node(a);
  librdf_free_node(b);
  return found;
}

static void
check_arcs(rdf *store, rdf *memory)
{
  int differences = 0;
  for (size_t p = 0; p < 4; p++) {
    for (size_t o = 0; o < object_count; o++) {
      differences +=
          has_arc(store, librdf_model_has_arc_in, objects[o], predicates[p]) !=
          has_arc(memory, librdf_model_has_arc_in, objects[o], predicates[p]);
    }
    for (size_t s = 0; s < subject_count; s++) {
      differences +=
          has_arc(store, librdf_model_has_arc_out, subjects[s],
                  predicates[p]) !=
          has_arc(memory, librdf_model_has_arc_out, subjects[s], predicates[p]);
    }
  }
  ok(differences == 0, "has an arc in or out where the other has it");
  ok(!has_arc(store, librdf_model_has_arc_in, "http://e/none", predicates[0]),
     "has no arc to what is nowhere");
}

static void
check_contexts(rdf *store, rdf *memory, const char *when)
{
  lines a = read_iterator(librdf_model_get_contexts(store->model));
  lines b = read_iterator(librdf_model_get_contexts(memory->model));
  ok(are_same(&a, &b), "gives each context once %s", when);
  free_lines(&a);
  free_lines(&b);
  int differences = 0;
  for (size_t i = 0; i < context_count; i++) {
    rdf *both[] = {store, memory};
    lines found[2];
    for (int j = 0; j < 2; j++) {
      librdf_node *context = new_node(contexts[i]);
      found[j] = read_stream(
          librdf_model_context_as_stream(both[j]->model, context), true);
      differences += librdf_model_contains_context(both[j]->model, context) !=
                     (found[j].count > 0);
      librdf_free_node(context);
    }
    differences += !are_same(&found[0], &found[1]);
    free_lines(&found[0]);
    free_lines(&found[1]);
  }
  ok(differences == 0, "gives what each context has %s", when);
}

// ---- changes ---------------------------------------------------------------

static void
check_size(rdf *store, int size, const char *when)
{
  int given = librdf_model_size(store->model);
  ok(given == size, "the size is %d %s (%d)", size, when, given);
}

static int
remove_context(rdf *at, const char *name)
{
  librdf_node *context = new_node(name);
  int failed = librdf_model_context_remove_statements(at->model, context);
  librdf_free_node(context);
  return failed;
}

static void
check_removing(rdf *store, rdf *memory, const quad *quads)
{
  bool is_removed = true;
  for (size_t i = 0; i < quad_count / 2; i++) {
    const quad *each = &quads[i];
    is_removed = take_out(store, each->subject, each->predicate, each->object,
                          each->context) == 0 &&
                 is_removed;
    take_out(memory, each->subject, each->predicate, each->object,
             each->context);
  }
  ok(is_removed, "removes statements from their contexts");
  check_size(store, quad_count - quad_count / 2, "afterwards");
  check_questions(store, memory, "after removing");

  ok(remove_context(store, contexts[1]) == 0, "removes a context");
  remove_context(memory, contexts[1]);
  int left = 0;
  for (size_t i = quad_count / 2; i < quad_count; i++) {
    left += quads[i].context != contexts[1];
  }
  check_size(store, left, "without it");
  check_questions(store, memory, "without it");
  check_contexts(store, memory, "without it");
  ok(remove_context(store, "http://e/none") == 0,
     "removing what is not there is no failure");
}

// ---- other ways in and out -------------------------------------------------

static void
add_parsed(void *context, raptor_statement *statement)
{
  rdf *at = context;
  librdf_model_context_add_statement(at->model, statement->graph, statement);
}

/// librdf's own parsers forget the contexts, Raptor's do not; that for N-Quads
/// leaks the datatypes, so there are none here.
static void
check_nquads(void)
{
  rdf at;
  rdf again;
  size_t size = 0;
  open_store(&at, "contexts", NULL);
  open_store(&again, "again", NULL);
  for (size_t i = 0; i < context_count; i++) {
    add(&at, subjects[i % 3], predicates[i], "\"a\"@en",
        contexts[i][0] == '_' ? NULL : contexts[i]);
    add(&at, subjects[0], predicates[0], "\"b\"", contexts[i % 2]);
  }
  librdf_serializer *serializer =
      librdf_new_serializer(world, "nquads", NULL, NULL);
  unsigned char *text = librdf_serializer_serialize_model_to_counted_string(
      serializer, NULL, at.model, &size);
  librdf_free_serializer(serializer);
  ok(text != NULL && size > 0, "a model is serialised as N-Quads");

  raptor_parser *parser =
      raptor_new_parser(librdf_world_get_raptor(world), "nquads");
  raptor_parser_set_statement_handler(parser, &again, add_parsed);
  raptor_parser_parse_start(parser, NULL);
  ok(raptor_parser_parse_chunk(parser, text, size, 1) == 0,
     "and parsed into another store");
  raptor_free_parser(parser);
  librdf_free_memory(text);
  ok(librdf_model_size(again.model) == 6 && hold_the_same(&at, &again),
     "which holds the same in the same contexts");
  close_rdf(&again);
  close_rdf(&at);
}

static void
check_loading(void)
{
  rdf at;
  FILE *file = fopen("file.ttl", "w");
  fputs("@prefix e: <http://e/> .\n"
        "e:s e:p e:o , \"a\"@en , 5 ; e:q [ e:r \"blank\" ] .\n",
        file);
  fclose(file);
  open_store(&at, "loaded", NULL);
  librdf_uri *uri = librdf_new_uri_from_filename(world, "file.ttl");
  ok(librdf_model_load(at.model, uri, "turtle", NULL, NULL) == 0,
     "a file is loaded");
  check_size(&at, 5, "then");
  ok(contains(&at, "http://e/s", "http://e/p", "\"5\"^^" XSD "integer"),
     "and found");
  librdf_free_uri(uri);

  uri = librdf_new_uri_from_filename(world, "no-such-file.ttl");
  ok(librdf_model_load(at.model, uri, "turtle", NULL, NULL) != 0,
     "a file that is not there is not");
  librdf_free_uri(uri);

  // A stream of a model goes into the same model, in a context.
  librdf_node *context = new_node("http://e/copy");
  librdf_stream *stream = librdf_model_as_stream(at.model);
  ok(librdf_model_context_add_statements(at.model, context, stream) == 0,
     "a model's own stream is added to it");
  librdf_free_stream(stream);
  librdf_free_node(context);
  check_size(&at, 10, "then");
  close_rdf(&at);
}

static void
check_query(rdf *at, const char *what, const char *text, const char *expected)
{
  char given[1024] = "";
  librdf_query *query = librdf_new_query(world, "sparql", NULL,
                                         (const unsigned char *)text, NULL);
  librdf_query_results *rows = librdf_model_query_execute(at->model, query);
  for (; rows != NULL && !librdf_query_results_finished(rows);
       librdf_query_results_next(rows)) {
    int columns = librdf_query_results_get_bindings_count(rows);
    for (int i = 0; i < columns; i++) {
      librdf_node *node = librdf_query_results_get_binding_value(rows, i);
      char *line = line_of(NULL, node);
      snprintf(given + strlen(given), sizeof given - strlen(given), "%s%s",
               node == NULL ? "- " : line, i + 1 < columns ? "" : "; ");
      free(line);
      if (node != NULL) {
        librdf_free_node(node);
      }
    }
  }
  ok(strcmp(given, expected) == 0, "Rasqal answers %s: %s", what, given);
  if (rows != NULL) {
    librdf_free_query_results(rows);
  }
  librdf_free_query(query);
}

static void
check_queries(void)
{
  rdf at;
  open_store(&at, "battles", NULL);
  add(&at, "b:cannae", "b:side", "b:rome", "b:g1");
  add(&at, "b:cannae", "b:side", "b:carthage", "b:g1");
  add(&at, "b:rome", "b:strength", "\"86400\"^^" XSD "integer", "b:g2");
  add(&at, "b:cannae", "b:year", "\"-216\"^^" XSD "integer", NULL);
  check_query(&at, "a join",
              "SELECT ?s ?n { <b:cannae> <b:side> ?s . ?s <b:strength> ?n }",
              "<b:rome> \"86400\"^^<" XSD "integer> ; ");
  check_query(&at, "an optional part",
              "SELECT ?s ?n { <b:cannae> <b:side> ?s OPTIONAL { ?s "
              "<b:strength> ?n } } ORDER BY ?s",
              "<b:carthage> - ; <b:rome> \"86400\"^^<" XSD "integer> ; ");
  check_query(&at, "where it stands",
              "SELECT ?g ?s { GRAPH ?g { ?s <b:strength> ?n } }",
              "<b:g2> <b:rome> ; ");
  check_query(&at, "what stands in no context",
              "SELECT ?y { ?b <b:year> ?y FILTER(?y < 0) }",
              "\"-216\"^^<" XSD "integer> ; ");
  check_query(&at, "with nothing", "SELECT ?s { ?s <b:none> ?o }", "");
  close_rdf(&at);
}

/// What is put in comes back as it was, also from the file.
static void
check_values(void)
{
  rdf at;
  enum { long_size = 200000 };
  char *text = malloc(long_size + 3);
  text[0] = '"';
  memset(text + 1, 'x', long_size);
  memcpy(text + 1 + long_size, "\"", 2);
  for (int round = 0; round < 2; round++) {
    open_store(&at, "values", NULL);
    int wrong = 0;
    for (size_t i = 0; i <= object_count; i++) {
      const char *object = i < object_count ? objects[i] : text;
      char subject[32];
      snprintf(subject, sizeof subject, "http://e/%zu", i);
      if (round == 0) {
        add(&at, subject, "http://e/p", object, NULL);
      }
      librdf_node *given = new_node(object);
      librdf_node *source = new_node(subject);
      librdf_node *arc = new_node("http://e/p");
      librdf_node *target = librdf_model_get_target(at.model, source, arc);
      wrong += target == NULL || !librdf_node_equals(target, given);
      librdf_free_node(given);
      librdf_free_node(source);
      librdf_free_node(arc);
      if (target != NULL) {
        librdf_free_node(target);
      }
    }
    ok(wrong == 0, "%s",
       round == 0 ? "each node comes back as it was" : "and from the file");
    check_size(&at, object_count + 1, "of the values");
    close_rdf(&at);
  }
  free(text);
}

int
main(void)
{
  char scratch[1024];
  quad quads[quad_count];
  rdf store;
  rdf memory;
  start_world();
  enter_scratch(scratch, sizeof scratch);
  open_rdf(&memory, "memory", "memory", "contexts='yes'");
  if (!open_store(&store, "store", NULL)) {
    printf("Bail out! %s\n", complaint);
    return 99;
  }
  fill(&store, &memory, quads);
  check_size(&store, quad_count, "then");
  for (size_t i = 0; i < quad_count; i += 7) {
    add(&store, quads[i].subject, quads[i].predicate, quads[i].object,
        quads[i].context);
  }
  check_size(&store, quad_count, "with some added again");
  check_questions(&store, &memory, "before a sync");
  librdf_model_sync(store.model);
  check_questions(&store, &memory, "after it");
  check_contains(&store, &memory);
  check_nodes(&store, &memory);
  check_arcs(&store, &memory);
  check_contexts(&store, &memory, "");
  check_removing(&store, &memory, quads);
  ok(complaints == 0, "and nothing was complained of: %s", complaint);
  close_rdf(&store);

  open_store(&store, "store", NULL);
  ok(hold_the_same(&store, &memory), "all of it comes back from the file");
  close_rdf(&store);
  close_rdf(&memory);
  check_values();
  check_nquads();
  check_loading();
  check_queries();
  librdf_free_world(world);
  leave_scratch(scratch);
  return done_testing();
}
