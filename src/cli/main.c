#include "cli/commands.h"

#include "config.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const bg_command *const bg_commands[] = {
    &bg_command_extract,   &bg_command_catalog, &bg_command_load,
    &bg_command_query,     &bg_command_update,  &bg_command_show,
    &bg_command_why,       &bg_command_export,  &bg_command_stats,
    &bg_command_check,     &bg_command_compact, &bg_command_backup,
    &bg_command_dump_info, &bg_command_parse,   NULL,
};

/// As DESIGN says: 0 done, 1 something was refused, 2 wrong use, 3 the world
/// failed.
static int
exit_status(bg_status status)
{
  switch (status) {
  case BG_OK:
  case BG_END:
    return 0;
  case BG_REFUSED:
    return 1;
  case BG_MISUSED:
    return 2;
  case BG_FAILED:
    return 3;
  }
  return 3;
}

void
bg_cli_complain(const char *format, ...)
{
  fflush(stdout);
  fputs("battlegraph: ", stderr);
  va_list args;
  va_start(args, format);
  vfprintf(stderr, format, args);
  va_end(args);
  fputc('\n', stderr);
}

static const bg_command *
find_command(const char *name)
{
  for (size_t i = 0; bg_commands[i] != NULL; i++) {
    if (strcmp(bg_commands[i]->name, name) == 0) {
      return bg_commands[i];
    }
  }
  return NULL;
}

/// How many letters must be put in, taken out or changed to make `b` of `a`
/// (Levenshtein). Names longer than the row of the table are far from all.
static size_t
edit_distance(const char *a, const char *b)
{
  size_t row[32];
  size_t width = strlen(b);
  if (width >= sizeof row / sizeof *row) {
    return SIZE_MAX;
  }
  for (size_t j = 0; j <= width; j++) {
    row[j] = j;
  }
  for (size_t i = 0; a[i] != '\0'; i++) {
    size_t diagonal = row[0];
    row[0] = i + 1;
    for (size_t j = 0; j < width; j++) {
      size_t change = diagonal + (a[i] != b[j]);
      size_t put_in = row[j] + 1;
      size_t take_out = row[j + 1] + 1;
      diagonal = row[j + 1];
      row[j + 1] = put_in < take_out ? put_in : take_out;
      row[j + 1] = change < row[j + 1] ? change : row[j + 1];
    }
  }
  return row[width];
}

static int
refuse_command(const char *name)
{
  const bg_command *nearest = NULL;
  size_t nearest_distance = 3; // farther is another word
  for (size_t i = 0; bg_commands[i] != NULL; i++) {
    size_t distance = edit_distance(name, bg_commands[i]->name);
    if (distance < nearest_distance) {
      nearest = bg_commands[i];
      nearest_distance = distance;
    }
  }
  if (nearest != NULL) {
    bg_cli_complain("no command '%s'; did you mean '%s'?", name, nearest->name);
  } else {
    bg_cli_complain("no command '%s'; see 'battlegraph --help'", name);
  }
  return exit_status(BG_MISUSED);
}

static void
print_help(FILE *out)
{
  fputs("Usage: battlegraph COMMAND [OPTION]... [OPERAND]...\n"
        "Reads articles about battles and wars into a knowledge graph.\n"
        "\nCommands:\n",
        out);
  for (size_t i = 0; bg_commands[i] != NULL; i++) {
    fprintf(out, "  %-10s %s\n", bg_commands[i]->name, bg_commands[i]->summary);
  }
  fprintf(out, "  %-10s %s\n", "help", "explain a command");
  fputs("\n'battlegraph COMMAND --help' explains a command.\n"
        "Exit status: 0 done, 1 something in the input was refused, "
        "2 wrong use,\n3 a file, disk or store failed.\n",
        out);
}

static int
run_help(int argc, char **argv)
{
  if (argc < 2) {
    print_help(stdout);
    return 0;
  }
  const bg_command *command = find_command(argv[1]);
  if (command == NULL) {
    return refuse_command(argv[1]);
  }
  bg_options_help(command, stdout);
  return 0;
}

/// Runs `command`; says what went wrong; returns the exit status.
static int
run_command(const bg_command *command, int argc, char **argv)
{
  bg_error err = {{0}};
  bg_arguments arguments;
  bg_arena *arena = bg_arena_new();
  bg_status status =
      bg_options_parse(command, argc, argv, arena, &arguments, &err);
  if (status == BG_END) {
    bg_options_help(command, stdout);
  } else if (status == BG_OK) {
    status = command->run(&arguments, &err);
  }
  if (status > BG_END && err.message[0] != '\0') {
    bg_cli_complain("%s", err.message);
  }
  bg_arena_free(arena);
  return exit_status(status);
}

/// A full disk shows only when the last bytes are written.
static int
close_standard_output(int status)
{
  bg_error err;
  if (bg_output_close(stdout, NULL, &err) != BG_OK) {
    if (status != exit_status(BG_FAILED)) {
      bg_cli_complain("%s", err.message);
    }
    return exit_status(BG_FAILED);
  }
  return status;
}

int
main(int argc, char **argv)
{
  signal(SIGPIPE, SIG_DFL); // `battlegraph ... | head` ends quietly

  const char *name = argc > 1 ? argv[1] : "";
  int status = 0;
  if (name[0] == '\0') {
    print_help(stderr);
    return exit_status(BG_MISUSED);
  }
  if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
    print_help(stdout);
  } else if (strcmp(name, "--version") == 0) {
    puts(PACKAGE_STRING);
  } else if (strcmp(name, "help") == 0) {
    status = run_help(argc - 1, argv + 1);
  } else {
    const bg_command *command = find_command(name);
    status = command == NULL ? refuse_command(name)
                             : run_command(command, argc - 1, argv + 1);
  }
  return close_standard_output(status);
}
