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
