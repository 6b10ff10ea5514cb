/// What `query` and `update` have in common: a text, what it is asked of, and
/// limits.

#ifndef BG_CLI_REQUEST_H
#define BG_CLI_REQUEST_H

#include "base/buffer.h"
#include "cli/cli.h"
#include "sparql/sparql.h"
#include "store/store.h"

typedef struct {
  bg_buffer text;
  bg_store *store;   ///< NULL with --parse-only
  bool is_temporary; ///< made of --data and --named
  bg_query_options options;
} bg_request;

/// Rows of a command's table of options.
#define BG_REQUEST_OPTIONS                                                   \
  {"file", 'f', "FILE", "read the request from FILE; - is standard input"},  \
      {"data", 'd', "FILE",                                                  \
       "instead of a store: RDF of FILE in the default graph"},              \
      {"named", 0, "IRI=FILE", "instead of a store: FILE as a named graph"}, \
      {"base", 'b', "IRI", "resolve relative IRIs against IRI"},             \
      {"timeout", 't', "SECONDS", "give up after that time"},                \
      {"memory", 'm', "MB",                                                  \
       "give up where the solutions kept need more (2048; 0: no limit)"},    \
  {                                                                          \
    "parse-only", 0, NULL, "only see whether the text is right"              \
  }

/// Reads text and options, and opens the store or makes one of the files.
/// `name` is a file that is read instead, or NULL.
bg_status bg_request_open(const bg_arguments *arguments, bg_store_mode mode,
                          const char *name, bg_request *request, bg_error *err);
bg_status bg_request_close(bg_request *request, bg_error *err);

#endif
