#include "cli/commands.h"
#include "store/store.h"

#include <inttypes.h>

static const bg_option options[] = {
    {"wait", 'w', NULL, "wait for those who have the store open"},
    {NULL, 0, NULL, NULL},
};

static bg_status
count_bytes(const char *path, uint64_t *bytes, bg_error *err)
{
  bg_store *store;
  bg_store_counts counts;
  BG_TRY(bg_store_open(path, BG_STORE_READ, NULL, &store, err));
  bg_status status = bg_store_count(store, &counts, err);
  *bytes = counts.bytes;
  bg_store_close(store, NULL);
  return status;
}

static bg_status
run_compact(const bg_arguments *arguments, bg_error *err)
{
  const char *path = arguments->operands[0];
  const bg_store_options store = {.waits =
                                      bg_option_is_given(arguments, "wait")};
  uint64_t before;
  uint64_t after;
  BG_TRY(count_bytes(path, &before, err));
  BG_TRY(bg_store_compact(path, &store, err));
  BG_TRY(count_bytes(path, &after, err));
  fprintf(stderr, "%" PRIu64 " bytes were %" PRIu64 "\n", after, before);
  return BG_OK;
}

const bg_command bg_command_compact = {
    .name = "compact",
    .summary = "make a store's file as small as it can be",
    .operands = "STORE",
    .least_operands = 1,
    .most_operands = 1,
    .options = options,
    .example = "  battlegraph compact battles\n",
    .run = run_compact,
};
