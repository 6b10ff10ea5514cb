/// The commands, each defined in the file of its name.

#ifndef BG_CLI_COMMANDS_H
#define BG_CLI_COMMANDS_H

#include "cli/cli.h"

extern const bg_command bg_command_backup;
extern const bg_command bg_command_catalog;
extern const bg_command bg_command_check;
extern const bg_command bg_command_compact;
extern const bg_command bg_command_dump_info;
extern const bg_command bg_command_export;
extern const bg_command bg_command_extract;
extern const bg_command bg_command_load;
extern const bg_command bg_command_parse;
extern const bg_command bg_command_query;
extern const bg_command bg_command_show;
extern const bg_command bg_command_stats;
extern const bg_command bg_command_update;
extern const bg_command bg_command_why;

#endif
