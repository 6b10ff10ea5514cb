#include "graph/graph.h"

#include <stddef.h>

const bg_namespace bg_namespaces[] = {
    {"bg", BG_ONTOLOGY},
    {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
    {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
    {"xsd", BG_XSD},
    {"owl", "http://www.w3.org/2002/07/owl#"},
    {"prov", "http://www.w3.org/ns/prov#"},
    {"edtf", "http://id.loc.gov/datatypes/edtf/"},
    {"geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"},
    {"gsp", "http://www.opengis.net/ont/geosparql#"},
    {"schema", "https://schema.org/"},
    {"dbo", "http://dbpedia.org/ontology/"},
    {"dbr", "http://dbpedia.org/resource/"},
    {"wd", "http://www.wikidata.org/entity/"},
    {NULL, NULL},
};

bg_view
bg_iri_shorten(bg_view iri, const char *base, bg_arena *arena)
{
  bg_view start = bg_view_of(base);
  size_t slash = bg_view_find_byte(iri, '/', start.size);
  if (bg_view_has_prefix(iri, start) && slash != BG_NOWHERE) {
    bg_view language = bg_view_slice(iri, start.size, slash);
    bg_view name = bg_view_slice(iri, slash + 1, iri.size);
    return bg_arena_format(arena, "%.*s:%.*s", BG_VIEW_ARGS(language),
                           BG_VIEW_ARGS(name));
  }
  for (const bg_namespace *each = bg_namespaces; each->prefix != NULL; each++) {
    start = bg_view_of(each->iri);
    if (bg_view_has_prefix(iri, start)) {
      bg_view name = bg_view_slice(iri, start.size, iri.size);
      return bg_arena_format(arena, "%s:%.*s", each->prefix,
                             BG_VIEW_ARGS(name));
    }
  }
  return iri;
}
