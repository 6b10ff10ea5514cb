#include "base/columns.h"
#include "cli/commands.h"
#include "cli/evidence.h"

#include <stdlib.h>

static const bg_option options[] = {
    {"language", 'l', "CODE",
     "the language of page titles and of labels; en unless said otherwise"},
    {"base", 'b', "IRI", "the base that the store was filled with"},
    {NULL, 0, NULL, NULL},
};

// ---- which statements are asked for ----------------------------------------

/// What was asked, as given; NULL where it was left out.
typedef struct {
  bg_lookup *lookup;
  const char *predicate;
  bg_terms predicates; // that it may stand for
  const char *object;
  bg_terms objects;
  bg_view object_text;
  bool is_literal; // the object is in quotation marks
} question;

/// The text between quotation marks; a language or datatype behind them does
/// not matter.
static bg_view
read_literal(bg_view text, bool *is_literal)
{
  size_t end = bg_view_find_last_byte(text, '"');
  *is_literal = text.size > 1 && text.bytes[0] == '"' && end > 0;
  return *is_literal ? bg_view_slice(text, 1, end) : text;
}

static question
read_question(const bg_arguments *arguments, bg_lookup *lookup)
{
  question asked = {.lookup = lookup};
  if (arguments->operand_count > 2) {
    asked.predicate = arguments->operands[2];
    asked.predicates =
        bg_lookup_candidates(lookup, bg_view_of(asked.predicate));
  }
  if (arguments->operand_count > 3) {
    asked.object = arguments->operands[3];
    asked.object_text =
        read_literal(bg_view_of(asked.object), &asked.is_literal);
    asked.objects = bg_lookup_candidates(lookup, asked.object_text);
  }
  return asked;
}

static bool
is_among(const bg_terms *terms, bg_view iri)
{
  for (size_t i = 0; i < terms->count; i++) {
    if (bg_view_is_equal(terms->items[i].text, iri)) {
      return true;
    }
  }
  return false;
}

/// An IRI, a name with a prefix, or what stands behind the prefix.
static bool
fits_predicate(const question *asked, bg_view predicate)
{
  if (asked->predicate == NULL || is_among(&asked->predicates, predicate)) {
    return true;
  }
  bg_view name = bg_view_of(asked->predicate);
  return name.size < predicate.size && bg_view_has_suffix(predicate, name) &&
         strchr("#/", predicate.bytes[predicate.size - name.size - 1]) != NULL;
}

static bool
fits_object(const question *asked, bg_term object)
{
  if (asked->object == NULL) {
    return true;
  }
  if (object.kind == BG_TERM_LITERAL) {
    return bg_view_is_equal(object.text, asked->object_text);
  }
  if (asked->is_literal) {
    return false;
  }
  const bg_view ontology = BG_VIEW(BG_ONTOLOGY);
  if (is_among(&asked->objects, object.text) ||
      (bg_view_has_prefix(object.text, ontology) &&
       bg_view_is_equal(
           bg_view_slice(object.text, ontology.size, object.text.size),
           asked->object_text))) {
    return true;
  }
  return bg_lookup_is_called(asked->lookup, object, asked->object_text);
}

static void
add_fitting(const question *asked, bg_term subject, bg_statements *found)
{
  const bg_facts *facts = bg_lookup_facts(asked->lookup, subject);
  for (size_t i = 0; i < facts->count; i++) {
    if (fits_predicate(asked, facts->predicates[i]) &&
        fits_object(asked, facts->objects[i])) {
      BG_PUSH(asked->lookup->arena, found) = (bg_statement){
          .subject = subject,
          .predicate = {.kind = BG_TERM_IRI, .text = facts->predicates[i]},
          .object = facts->objects[i],
      };
    }
  }
}

/// What is asked of a conflict may be said of its sides, and of what hangs on
/// these: commands, estimates, events.
static void
add_fitting_of_parts(const question *asked, bg_term whole, bg_statements *found)
{
  static const char *const properties[] = {
      "side",    "jointCasualties", "alliance", "event",
      "command", "participation",   "strength", "casualties",
  };
  for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
    bg_terms parts = bg_lookup_values(asked->lookup, whole, properties[i]);
    for (size_t j = 0; j < parts.count; j++) {
      add_fitting(asked, parts.items[j], found);
      if (i == 0) { // a side has parts and no sides
        add_fitting_of_parts(asked, parts.items[j], found);
      }
    }
  }
}

// ---- what is printed -------------------------------------------------------

static int
compare_statements(const void *left, const void *right)
{
  const bg_statement *a = left;
  const bg_statement *b = right;
  int order = bg_term_compare(&a->subject, &b->subject);
  order = order != 0 ? order
                     : bg_view_compare(a->predicate.text, b->predicate.text);
  return order != 0 ? order : bg_term_compare(&a->object, &b->object);
}

/// A property as one may write it: those of the ontology without a prefix.
static bg_view
property_name(bg_lookup *lookup, bg_view iri)
{
  const bg_view ontology = BG_VIEW(BG_ONTOLOGY);
  bg_view name = bg_view_has_prefix(iri, ontology)
                     ? bg_view_slice(iri, ontology.size, iri.size)
                     : bg_iri_shorten(iri, lookup->base, lookup->arena);
  return bg_columns_clean(name, lookup->arena);
}

/// A thing by its label, another IRI as one may write it.
static bg_view
object_name(bg_lookup *lookup, bg_term object)
{
  bool is_thing = object.kind != BG_TERM_IRI ||
                  bg_view_has_prefix(object.text, bg_view_of(lookup->base));
  return is_thing ? bg_lookup_label(lookup, object)
                  : property_name(lookup, object.text);
}

static void
print_field(const bg_lookup *lookup, const char *name, bg_view text)
{
  if (text.size > 0) {
    bg_view shown = bg_columns_clean(text, lookup->arena);
    printf("    %-10s  %.*s\n", name, BG_VIEW_ARGS(shown));
  }
}

static void
print_evidence(bg_lookup *lookup, const bg_evidence *evidence)
{
  bg_arena *arena = lookup->arena;
  bg_view quote = bg_lookup_value(lookup, evidence->node, "quote").text;
  print_field(lookup, "words",
              bg_arena_format(arena, "“%.*s”", BG_VIEW_ARGS(quote)));
  print_field(lookup, "article", evidence->article);
  print_field(
      lookup, "revision",
      bg_lookup_value(lookup, evidence->node, "prov:wasDerivedFrom").text);
  print_field(lookup, "section",
              bg_lookup_value(lookup, evidence->node, "section").text);
  bg_view begin = bg_lookup_value(lookup, evidence->node, "begin").text;
  bg_view finish = bg_lookup_value(lookup, evidence->node, "finish").text;
  if (begin.size > 0 && finish.size > 0) {
    print_field(lookup, "bytes",
                bg_arena_format(arena, "%.*s-%.*s", BG_VIEW_ARGS(begin),
                                BG_VIEW_ARGS(finish)));
  }
  print_field(lookup, "rule",
              bg_lookup_value(lookup, evidence->node, "rule").text);
  print_field(lookup, "confidence",
              bg_lookup_value(lookup, evidence->node, "confidence").text);
}

static void
print_statement(bg_evidences *evidences, const bg_statement *statement)
{
  bg_lookup *lookup = evidences->lookup;
  printf("%.*s | %.*s | %.*s\n",
         BG_VIEW_ARGS(bg_lookup_label(lookup, statement->subject)),
         BG_VIEW_ARGS(property_name(lookup, statement->predicate.text)),
         BG_VIEW_ARGS(object_name(lookup, statement->object)));
  bg_evidence_list found = bg_evidences_of(evidences, statement);
  if (found.count == 0) {
    puts("    no evidence");
  }
  for (size_t i = 0; i < found.count; i++) {
    fputs(i > 0 ? "\n" : "", stdout);
    print_evidence(lookup, &found.items[i]);
  }
}

// ---- the command -----------------------------------------------------------

static bg_status
answer(const question *asked, bg_term subject)
{
  bg_lookup *lookup = asked->lookup;
  bg_statements found = {0};
  add_fitting(asked, subject, &found);
  if (found.count == 0) {
    add_fitting_of_parts(asked, subject, &found);
  }
  if (found.count == 0 && lookup->status == BG_OK) {
    bg_view label = bg_lookup_label(lookup, subject);
    bg_cli_complain("'%.*s' has no such statement", BG_VIEW_ARGS(label));
    return BG_REFUSED;
  }
  if (found.count > 0) {
    qsort(found.items, found.count, sizeof *found.items, compare_statements);
  }
  bg_evidences evidences;
  bg_evidences_init(&evidences, lookup);
  for (size_t i = 0; i < found.count && lookup->status == BG_OK; i++) {
    fputs(i > 0 ? "\n" : "", stdout);
    print_statement(&evidences, &found.items[i]);
  }
  return lookup->status;
}

static bg_status
run_why(const bg_arguments *arguments, bg_error *err)
{
  bg_store *store;
  BG_TRY(
      bg_store_open(arguments->operands[0], BG_STORE_READ, NULL, &store, err));
  bg_lookup lookup;
  bg_lookup_init(&lookup, store, bg_option_value_of(arguments, "base"),
                 bg_option_value_of(arguments, "language"), arguments->arena,
                 err);
  question asked = read_question(arguments, &lookup);
  bg_term subject;
  bg_status status =
      bg_lookup_resolve(&lookup, arguments->operands[1], &subject);
  if (status == BG_OK) {
    status = answer(&asked, subject);
  }
  bg_store_close(store, NULL);
  return status;
}

const bg_command bg_command_why = {
    .name = "why",
    .summary = "show the words that a statement rests on",
    .operands = "STORE SUBJECT [PREDICATE [OBJECT]]",
    .least_operands = 2,
    .most_operands = 4,
    .options = options,
    .example = "  battlegraph why battles 'Battle of Cannae' place\n"
               "  battlegraph why battles 'Battle of Cannae' commander "
               "Hannibal\n",
    .run = run_why,
};
