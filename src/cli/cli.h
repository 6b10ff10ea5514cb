/// The frame of the program: one table of commands, one table of options for
/// each command. A command is one file, which defines its `bg_command`.

#ifndef BG_CLI_CLI_H
#define BG_CLI_CLI_H

#include "base/arena.h"
#include "base/error.h"

#include <stdio.h>

/// A row of a command's table of options; the table ends with a NULL name.
typedef struct {
  const char *name;     ///< after "--"
  char letter;          ///< after "-"; 0 where there is none
  const char *argument; ///< as in --help: "FILE"; NULL where it takes none
  const char *help;     ///< one line, as a verb: "write to FILE"
} bg_option;

/// An option as it was given.
typedef struct {
  const bg_option *option;
  const char *value; ///< NULL where it takes none
} bg_option_value;

typedef struct bg_command bg_command;

/// What stood after the command's name. Lives in `arena`, which is the
/// command's own and is freed when it ends.
typedef struct {
  const bg_command *command;
  char **operands; ///< what is not an option, in order
  size_t operand_count;
  bg_option_value *options; ///< in order
  size_t option_count;
  bg_arena *arena;
} bg_arguments;

enum { BG_ANY_NUMBER = -1 };

struct bg_command {
  const char *name;
  const char *summary;  ///< one line, as a verb: "read RDF into a store"
  const char *operands; ///< as in --help: "STORE FILE..."
  int least_operands;
  int most_operands;        ///< or BG_ANY_NUMBER
  const bg_option *options; ///< --help comes by itself
  const char *example;      ///< whole lines for --help, each indented by two
  /// The returned status gives the exit status: BG_REFUSED 1, BG_MISUSED 2,
  /// BG_FAILED 3. The message in `err` is printed unless it is empty.
  bg_status (*run)(const bg_arguments *arguments, bg_error *err);
};

/// All commands, in the order of --help; ends with NULL.
extern const bg_command *const bg_commands[];

/// Reads `argv`, whose first is the command's name. BG_MISUSED for an unknown
/// option or a wrong number of operands; BG_END where --help was asked for.
bg_status bg_options_parse(const bg_command *command, int argc, char **argv,
                           bg_arena *arena, bg_arguments *arguments,
                           bg_error *err);

/// Prints what `battlegraph COMMAND --help` says.
void bg_options_help(const bg_command *command, FILE *out);

/// Whether --NAME was given; NAME must be in the command's table.
bool bg_option_is_given(const bg_arguments *arguments, const char *name);

/// The value of the last --NAME, or NULL.
const char *bg_option_value_of(const bg_arguments *arguments, const char *name);

/// Prints "battlegraph: " and the message to standard error, for a command
/// that goes on after it.
__attribute__((format(printf, 1, 2))) void bg_cli_complain(const char *format,
                                                           ...);

/// Where results go: the file `path`, or standard output where that is NULL or
/// "-".
bg_status bg_output_open(const char *path, FILE **out, bg_error *err);

/// Closes what bg_output_open gave, and notices what could not be written.
bg_status bg_output_close(FILE *out, const char *path, bg_error *err);

/// The directory that holds data/ and ontology/: $BATTLEGRAPH_DATA, or the
/// source tree that the program was built in, or where it was installed. A C
/// string in `arena`.
bg_status bg_share_directory(bg_arena *arena, const char **path, bg_error *err);

#endif
