/// Claims as RDF: statements with their provenance, and where they go.

#ifndef BG_GRAPH_GRAPH_H
#define BG_GRAPH_GRAPH_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/view.h"
#include "catalog/catalog.h"
#include "extract/extract.h"

#define BG_ONTOLOGY "https://w3id.org/battlegraph/ontology#"
#define BG_DEFAULT_BASE "https://w3id.org/battlegraph/resource/"
/// Of a page's graph: the number of the revision that it states.
#define BG_PAGE_REVISION "https://schema.org/version"
#define BG_XSD "http://www.w3.org/2001/XMLSchema#"

typedef enum {
  BG_TERM_NONE, ///< no term: an unbound variable, the default graph
  BG_TERM_IRI,
  BG_TERM_LITERAL,
  BG_TERM_BLANK, ///< never written by us; read from foreign RDF
} bg_term_kind;

/// An RDF 1.1 term. `text` is the IRI, the lexical form, or the blank node's
/// label. A literal has a language (then its datatype is rdf:langString and
/// `datatype` is empty), or a datatype IRI, or neither (xsd:string).
typedef struct {
  bg_term_kind kind;
  bg_view text;
  bg_view datatype;
  bg_view language;
} bg_term;

/// One quad. The views live as long as the arena of whoever made it.
typedef struct {
  bg_term subject;
  bg_term predicate;
  bg_term object;
  bg_term graph; ///< BG_TERM_NONE is the default graph
} bg_statement;

/// The statements of one page, in the order in which they are written.
typedef struct {
  bg_statement *items;
  size_t count;
  size_t capacity;
} bg_statements;

typedef struct {
  const char *base;          ///< of the resources' IRIs; NULL: BG_DEFAULT_BASE
  bool evidence;             ///< also state where each statement comes from
  bool graphs;               ///< name the page's graphs in the statements
  bool revisions;            ///< each revision of a page has graphs of its own
  const bg_catalog *catalog; ///< what the links lead to; may be NULL
} bg_graph_options;

/// One page as RDF, in an arena.
typedef struct {
  bg_statements statements;
  bg_term graphs[2]; ///< the page's own, and that of its evidence
} bg_page_graph;

/// States what a page's claims say, in the vocabulary of the ontology. The same
/// findings give the same statements in the same order; none stands twice.
bg_page_graph bg_graph_state(const bg_findings *findings,
                             const bg_graph_options *options, bg_arena *arena);

/// The name of a page's graph; `revision` matters where `options->revisions` is
/// set.
bg_term bg_page_graph_name(const bg_graph_options *options, bg_view wiki,
                           bg_view title, uint64_t revision, bg_arena *arena);

/// A well-known namespace: the prefixes that we write.
typedef struct {
  const char *prefix; ///< "bg"
  const char *iri;
} bg_namespace;

/// In the order in which they are written; ends with a NULL prefix.
extern const bg_namespace bg_namespaces[];

/// The IRI with the prefix of its namespace, "bg:place"; a resource's prefix is
/// its language, "en:Cannae". `base` is that of the resources.
bg_view bg_iri_shorten(bg_view iri, const char *base, bg_arena *arena);

/// A term of the ontology, or of another namespace where `name` has a prefix
/// of bg_namespaces: "outcome", "rdfs:label".
bg_term bg_term_of_name(bg_arena *arena, const char *name);

/// The resource of an article's title: base, language, "/", and the title with
/// a capital first letter and underscores for spaces. Percent-encoded are what
/// RFC 3987 forbids in a path segment, "%" itself, and "/", so that a title is
/// one segment.
bg_term bg_term_of_title(bg_arena *arena, const char *base, bg_view language,
                         bg_view title);

/// The same term, in `arena`.
bg_term bg_term_copy(bg_arena *arena, const bg_term *term);

/// What one commit brings.
typedef struct {
  const bg_page_graph *pages; ///< a page replaces what its graphs held before,
                              ///< where the sink keeps that
  size_t page_count;
  bg_view bytes; ///< what `seal` made of them, where the sink has `prepare`;
                 ///< then it does not look at the pages
} bg_commit;

/// Where statements go: bytes of RDF, or a store. One thread calls it, but for
/// `prepare` and `seal`, which change nothing and may be called by any.
typedef struct bg_sink bg_sink;
struct bg_sink {
  /// Appends what a page's statements are to `bytes`. NULL where the sink takes
  /// the statements themselves.
  void (*prepare)(const bg_sink *sink, const bg_statements *statements,
                  bg_buffer *bytes);
  /// Makes the bytes of some pages ready for a commit.
  void (*seal)(const bg_sink *sink, bg_buffer *bytes);
  bg_status (*commit)(bg_sink *sink, const bg_commit *commit, bg_error *err);
  /// Makes what was committed durable, and says how long the file is now, where
  /// it is one that can be gone on with from there.
  bg_status (*flush)(bg_sink *sink, uint64_t *size, bg_error *err);
  /// The revision of the page in a graph that the sink keeps; 0 for none. NULL
  /// where it keeps none.
  uint64_t (*revision)(bg_sink *sink, const bg_term *graph);
  /// Finishes what was written and frees the sink, also after a failure.
  bg_status (*close)(bg_sink *sink, bg_error *err);
};

#endif
