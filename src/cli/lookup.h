/// What a store says, asked thing by thing: values of properties, labels, and
/// what a person's name for a thing may mean. Named graphs do not matter here:
/// what several of them say is there once.

#ifndef BG_CLI_LOOKUP_H
#define BG_CLI_LOOKUP_H

#include "base/map.h"
#include "store/store.h"

/// Properties are named as for bg_term_of_name: "place", "rdfs:label". What is
/// found lives in `arena`.
typedef struct {
  bg_store *store;
  const char *base; ///< of the resources
  bg_view language; ///< of page titles, and of the labels that are preferred
  bg_arena *arena;
  bg_error *err;
  bg_status status; ///< the first failure of the store; behind it nothing is
                    ///< found
  bg_map facts;     // of the things described so far, by bg_lookup_key
  bg_map labels;
} bg_lookup;

/// In the order of people: by number where there are numbers, "party/2" before
/// "party/10".
typedef struct {
  bg_term *items;
  size_t count;
  size_t capacity;
} bg_terms;

/// A thing's statements, sorted by predicate; each predicate's as bg_terms.
typedef struct {
  bg_view *predicates;
  bg_term *objects;
  size_t count;
} bg_facts;

/// NULL for `base` gives the store's, for `language` English.
void bg_lookup_init(bg_lookup *lookup, bg_store *store, const char *base,
                    const char *language, bg_arena *arena, bg_error *err);

/// Of a literal there are none.
const bg_facts *bg_lookup_facts(bg_lookup *lookup, bg_term thing);
bg_terms bg_lookup_values(bg_lookup *lookup, bg_term thing,
                          const char *property);

/// The first value; of kind BG_TERM_NONE where there is none.
bg_term bg_lookup_value(bg_lookup *lookup, bg_term thing, const char *property);
bool bg_lookup_has(bg_lookup *lookup, bg_term thing, const char *property,
                   bg_term object);

/// The things that have `object` as a value.
bg_terms bg_lookup_subjects(bg_lookup *lookup, const char *property,
                            bg_term object);

/// What a person calls the term, on one line and not too long. A part of a
/// conflict is called after that: "Battle of Cannae, side 1, command 2".
bg_view bg_lookup_label(bg_lookup *lookup, bg_term term);

/// Whether one of its labels is `name`, in any case.
bool bg_lookup_is_called(bg_lookup *lookup, bg_term thing, bg_view name);

/// Which kinds of thing it is, in words: "naval battle".
bg_view bg_lookup_class(bg_lookup *lookup, bg_term thing);

/// A name of the ontology in words: bg:KilledOrMissing is "killed or missing".
bg_view bg_lookup_words(bg_lookup *lookup, bg_view iri);

/// What `name` means: an IRI, a name with a prefix, the title of a page, or a
/// label in any case; the first of these that there is. Where that is several
/// things or none, says so on standard error and returns BG_REFUSED.
bg_status bg_lookup_resolve(bg_lookup *lookup, const char *name,
                            bg_term *thing);

/// Sets `place`, which is in `pattern`, to the first of the IRIs that `name`
/// may stand for with which a quad fits the pattern. BG_REFUSED where none
/// does.
bg_status bg_lookup_resolve_in(bg_lookup *lookup, const char *name,
                               bg_statement *pattern, bg_term *place);

/// All IRIs that `name` may stand for, whether there are such things or not.
bg_terms bg_lookup_candidates(bg_lookup *lookup, bg_view name);

/// In lower case, with spaces for underscores: equal for names that differ only
/// so.
bg_view bg_lookup_fold(bg_view name, bg_arena *arena);

/// Different for different terms.
bg_view bg_lookup_key(const bg_lookup *lookup, const bg_term *term);

/// The order of bg_terms.
int bg_term_compare(const bg_term *a, const bg_term *b);

#endif
