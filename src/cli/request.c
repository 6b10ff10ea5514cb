#include "cli/request.h"

#include "base/file.h"
#include "serialize/serialize.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { usual_memory = 2048 }; // MB

static volatile sig_atomic_t was_interrupted;

static void
note_interrupt(int signal_number)
{
  (void)signal_number;
  was_interrupted = 1;
}

static bool
is_stopped(void)
{
  return was_interrupted != 0;
}

// ---- files instead of a store ----------------------------------------------

typedef struct {
  bg_store *store;
  bg_term graph;
} filling;

static bg_status
add_statement(void *context, const bg_statement *statement, bg_error *err)
{
  const filling *at = context;
  bg_statement quad = *statement;
  if (at->graph.kind != BG_TERM_NONE) {
    quad.graph = at->graph;
  }
  return bg_store_add(at->store, &quad, err);
}

/// `value` of --named is "IRI=FILE": the last '=' before which an IRI stands.
static bg_status
fill(const bg_arguments *arguments, bg_store *store, bg_error *err)
{
  for (size_t i = 0; i < arguments->option_count; i++) {
    const char *name = arguments->options[i].option->name;
    const char *path = arguments->options[i].value;
    filling at = {.store = store};
    if (strcmp(name, "named") == 0) {
      const char *equals = strrchr(path, '=');
      if (equals == NULL || equals == path) {
        return bg_error_set(err, BG_MISUSED, "'%s' is not IRI=FILE", path);
      }
      at.graph = (bg_term){.kind = BG_TERM_IRI,
                           .text = {path, (size_t)(equals - path)}};
      path = equals + 1;
    } else if (strcmp(name, "data") != 0) {
      continue;
    }
    BG_TRY(bg_reader_read(path, NULL, bg_store_fresh_number(store),
                          add_statement, &at, err));
  }
  return bg_store_commit(store, err);
}

/// Without a store and without files there is an empty dataset.
static bool
has_files(const bg_arguments *arguments)
{
  return bg_option_is_given(arguments, "data") ||
         bg_option_is_given(arguments, "named") ||
         arguments->operand_count == 0;
}

static bg_status
open_store(const bg_arguments *arguments, bg_store_mode mode,
           bg_request *request, bg_error *err)
{
  request->is_temporary = has_files(arguments);
  request->options.is_union = !request->is_temporary;
  if (!request->is_temporary) {
    return bg_store_open(arguments->operands[0], mode, NULL, &request->store,
                         err);
  }
  BG_TRY(bg_store_open_temporary(&request->store, err));
  return fill(arguments, request->store, err);
}

// ---- text and options ------------------------------------------------------

static bg_status
read_text(const bg_arguments *arguments, const char *name, bool needs_store,
          bg_request *request, bg_error *err)
{
  const char *file = bg_option_value_of(arguments, "file");
  size_t operands = arguments->operand_count;
  size_t stores = needs_store ? 1 : 0;
  bool is_operand = operands == stores + 1;
  if (operands > stores + 1 ||
      is_operand + (file != NULL) + (name != NULL) != 1) {
    return bg_error_set(err, BG_MISUSED,
                        "give one request: as SPARQL, in a --file, or by name");
  }
  if (is_operand) {
    bg_buffer_append(&request->text,
                     bg_view_of(arguments->operands[operands - 1]));
    return BG_OK;
  }
  return bg_file_read(name != NULL ? name : file, &request->text, err);
}

static bg_status
read_number(const bg_arguments *arguments, const char *name, double usual,
            double *number, bg_error *err)
{
  const char *given = bg_option_value_of(arguments, name);
  char *end;
  *number = usual;
  if (given == NULL) {
    return BG_OK;
  }
  *number = strtod(given, &end);
  return end != given && *end == '\0' && *number >= 0 && *number < 1e12
             ? BG_OK
             : bg_error_set(err, BG_MISUSED, "--%s: '%s' is no number", name,
                            given);
}

bg_status
bg_request_open(const bg_arguments *arguments, bg_store_mode mode,
                const char *name, bg_request *request, bg_error *err)
{
  bool only_parses = bg_option_is_given(arguments, "parse-only");
  bool needs_store = !only_parses && !has_files(arguments);
  double memory;
  *request = (bg_request){.options.has_prefixes = true};
  request->options.base = bg_option_value_of(arguments, "base");
  request->options.is_stopped = is_stopped;
  BG_TRY(read_number(arguments, "timeout", 0, &request->options.timeout, err));
  BG_TRY(read_number(arguments, "memory", usual_memory, &memory, err));
  request->options.memory = (uint64_t)(memory * 1e6);
  BG_TRY(read_text(arguments, name, needs_store, request, err));
  if (only_parses) {
    return BG_OK;
  }
  signal(SIGINT, note_interrupt);
  signal(SIGTERM, note_interrupt);
  return open_store(arguments, mode, request, err);
}

bg_status
bg_request_close(bg_request *request, bg_error *err)
{
  bg_buffer_release(&request->text);
  return bg_store_close(request->store, err);
}
