#include "cli/commands.h"
#include "store/store.h"

static const bg_option options[] = {{NULL, 0, NULL, NULL}};

static bg_status
run_backup(const bg_arguments *arguments, bg_error *err)
{
  bg_store *store;
  BG_TRY(
      bg_store_open(arguments->operands[0], BG_STORE_READ, NULL, &store, err));
  bg_status status = bg_store_backup(store, arguments->operands[1], err);
  bg_store_close(store, NULL);
  return status;
}

const bg_command bg_command_backup = {
    .name = "backup",
    .summary = "copy a store, also while others read and write it",
    .operands = "STORE NEW-STORE",
    .least_operands = 2,
    .most_operands = 2,
    .options = options,
    .example = "  battlegraph backup battles battles-copy\n",
    .run = run_backup,
};
