#include "cli/commands.h"
#include "store/store.h"

#include <inttypes.h>

static const bg_option options[] = {{NULL, 0, NULL, NULL}};

static void
tell_fault(void *context, const char *fault)
{
  fprintf(context, "%s\n", fault);
}

static bg_status
check_store(bg_store *store, bg_error *err)
{
  bg_store_counts counts;
  BG_TRY(bg_store_check(store, tell_fault, stdout, err));
  BG_TRY(bg_store_count(store, &counts, err));
  printf("no fault: %" PRIu64 " quads in %" PRIu64 " graphs, %" PRIu64
         " terms\n",
         counts.quads, counts.graphs, counts.terms);
  return BG_OK;
}

static bg_status
run_check(const bg_arguments *arguments, bg_error *err)
{
  bg_store *store;
  BG_TRY(
      bg_store_open(arguments->operands[0], BG_STORE_READ, NULL, &store, err));
  bg_status status = check_store(store, err);
  bg_store_close(store, NULL);
  return status;
}

const bg_command bg_command_check = {
    .name = "check",
    .summary = "see whether all that a store holds agrees",
    .operands = "STORE",
    .least_operands = 1,
    .most_operands = 1,
    .options = options,
    .example = "  battlegraph check battles\n",
    .run = run_check,
};
