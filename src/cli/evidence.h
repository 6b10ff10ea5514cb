/// The evidence of statements.

#ifndef BG_CLI_EVIDENCE_H
#define BG_CLI_EVIDENCE_H

#include "cli/lookup.h"

typedef struct {
  bg_term node;    ///< a bg:Evidence
  bg_view article; ///< the label of its page
  int64_t begin;   ///< in bytes of the page's text
} bg_evidence;

typedef struct {
  bg_evidence *items;
  size_t count;
  size_t capacity;
} bg_evidence_list;

/// What was found on the way, so that nothing is looked for twice.
typedef struct {
  bg_lookup *lookup;
  bg_map direct;  // by subject: a bg_map from predicate and object to bg_terms
  bg_map careers; // by party: where it took part
} bg_evidences;

void bg_evidences_init(bg_evidences *evidences, bg_lookup *lookup);

/// All there is, each once, by article and place. A statement has the evidence
/// that names its terms, that of the node which is its subject or its object,
/// and, where it is a short cut, that of the nodes it was derived from.
bg_evidence_list bg_evidences_of(bg_evidences *evidences,
                                 const bg_statement *statement);

#endif
