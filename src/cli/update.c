#include "cli/commands.h"
#include "cli/request.h"
#include "serialize/serialize.h"

static const bg_option options[] = {
    BG_REQUEST_OPTIONS,
    {"dump", 0, "NAME", "write all of it afterwards: nquads, trig ..."},
    {NULL, 0, NULL, NULL},
};

typedef struct {
  bg_statement *items;
  size_t count;
  size_t capacity;
  bg_arena *arena;
} dump;

static bg_status
note_statement(void *context, const bg_statement *statement, bg_error *err)
{
  (void)err;
  dump *to = context;
  BG_PUSH(to->arena, to) = (bg_statement){
      .subject = bg_term_copy(to->arena, &statement->subject),
      .predicate = bg_term_copy(to->arena, &statement->predicate),
      .object = bg_term_copy(to->arena, &statement->object),
      .graph = bg_term_copy(to->arena, &statement->graph)};
  return BG_OK;
}

static bg_status
write_dump(bg_store *store, const bg_format *format, bg_arena *arena,
           bg_error *err)
{
  dump all = {.arena = arena};
  const bg_statement anything = {.graph = {0}};
  BG_TRY(bg_store_find(store, &anything, note_statement, &all, err));
  const bg_statements statements = {all.items, all.count, all.capacity};
  return bg_statements_write(&statements, format, bg_store_base(store), stdout,
                             "standard output", err);
}

static bg_status
run_update(const bg_arguments *arguments, bg_error *err)
{
  const char *name = bg_option_value_of(arguments, "dump");
  const bg_format *format = name == NULL ? NULL : bg_format_find(name);
  bg_request request = {0};
  if (name != NULL && format == NULL) {
    return bg_error_set(err, BG_MISUSED, "there is no format '%s'", name);
  }
  bg_status status =
      bg_request_open(arguments, BG_STORE_WRITE, NULL, &request, err);
  bg_view text = bg_buffer_view(&request.text);
  if (status == BG_OK) {
    status = request.store == NULL
                 ? bg_sparql_check(text, true, &request.options, err)
                 : bg_update_run(request.store, text, &request.options, err);
  }
  if (status == BG_OK && format != NULL && request.store != NULL) {
    status = write_dump(request.store, format, arguments->arena, err);
  }
  bg_status closed = bg_request_close(&request, status == BG_OK ? err : NULL);
  return status == BG_OK ? closed : status;
}

const bg_command bg_command_update = {
    .name = "update",
    .summary = "change a store in SPARQL Update",
    .operands = "[STORE] [SPARQL]",
    .least_operands = 0,
    .most_operands = 2,
    .options = options,
    .example = "  battlegraph update battles 'CLEAR GRAPH <http://a.org/g>'\n",
    .run = run_update,
};
