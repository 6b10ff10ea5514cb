#include "cli/cli.h"

#include <assert.h>
#include <getopt.h>
#include <string.h>

static const bg_option help_option = {"help", 'h', NULL, "explain the command"};

/// What getopt_long returns for the option in row `index`, whichever way it was
/// spelt; below it are letters.
enum { FIRST_ROW = 256 };

static size_t
count_options(const bg_command *command)
{
  size_t count = 0;
  while (command->options != NULL && command->options[count].name != NULL) {
    count++;
  }
  return count;
}

/// The options in row `index`; after the command's own comes --help.
static const bg_option *
option_at(const bg_command *command, size_t index)
{
  return index < count_options(command) ? &command->options[index]
                                        : &help_option;
}

static const bg_option *
find_letter(const bg_command *command, int letter)
{
  for (size_t i = 0; i < count_options(command); i++) {
    if (command->options[i].letter == letter) {
      return &command->options[i];
    }
  }
  return &help_option;
}

static struct option *
long_options(const bg_command *command, bg_arena *arena)
{
  size_t count = count_options(command) + 1;
  struct option *table = BG_NEW_ARRAY(arena, struct option, count + 1);
  for (size_t i = 0; i < count; i++) {
    const bg_option *option = option_at(command, i);
    table[i].name = option->name;
    table[i].has_arg =
        option->argument == NULL ? no_argument : required_argument;
    table[i].val = FIRST_ROW + (int)i;
  }
  return table;
}

/// The leading ':' lets getopt_long tell a missing value from an unknown
/// option.
static const char *
letters(const bg_command *command, bg_arena *arena)
{
  bg_view all = BG_VIEW(":");
  for (size_t i = 0; i <= count_options(command); i++) {
    const bg_option *option = option_at(command, i);
    if (option->letter != 0) {
      all = bg_arena_join(arena, all, (bg_view){&option->letter, 1});
      all = bg_arena_join(arena, all,
                          bg_view_of(option->argument == NULL ? "" : ":"));
    }
  }
  return bg_arena_copy(arena, all).bytes;
}

static bg_status
refuse_option(const bg_command *command, int result, char **argv, bg_error *err)
{
  if (result == ':') {
    const bg_option *option =
        optopt >= FIRST_ROW ? option_at(command, (size_t)(optopt - FIRST_ROW))
                            : find_letter(command, optopt);
    return bg_error_set(err, BG_MISUSED, "option '--%s' needs a value: %s",
                        option->name, option->argument);
  }
  if (optopt > 0 && optopt < FIRST_ROW) {
    return bg_error_set(err, BG_MISUSED,
                        "unknown option '-%c'; see 'battlegraph %s --help'",
                        optopt, command->name);
  }
  return bg_error_set(
      err, BG_MISUSED, "%s option '%s'; see 'battlegraph %s --help'",
      optopt >= FIRST_ROW ? "no value belongs to" : "unknown or ambiguous",
      argv[optind - 1], command->name);
}

static bg_status
check_operand_count(const bg_command *command, size_t count, bg_error *err)
{
  if (count < (size_t)command->least_operands) {
    return bg_error_set(err, BG_MISUSED,
                        "too few operands: '%s' takes %s; see 'battlegraph %s "
                        "--help'",
                        command->name, command->operands, command->name);
  }
  if (command->most_operands != BG_ANY_NUMBER &&
      count > (size_t)command->most_operands) {
    return bg_error_set(err, BG_MISUSED,
                        "too many operands: '%s' takes %s; see 'battlegraph "
                        "%s --help'",
                        command->name, command->operands, command->name);
  }
  return BG_OK;
}

bg_status
bg_options_parse(const bg_command *command, int argc, char **argv,
                 bg_arena *arena, bg_arguments *arguments, bg_error *err)
{
  const struct option *long_names = long_options(command, arena);
  const char *short_names = letters(command, arena);
  *arguments = (bg_arguments){.command = command, .arena = arena};
  arguments->options = BG_NEW_ARRAY(arena, bg_option_value, (size_t)argc);

  opterr = 0;
  optind = 0; // GNU: begin anew
  int result;
  while ((result = getopt_long(argc, argv, short_names, long_names, NULL)) !=
         -1) {
    if (result == ':' || result == '?') {
      return refuse_option(command, result, argv, err);
    }
    const bg_option *option =
        result >= FIRST_ROW ? option_at(command, (size_t)(result - FIRST_ROW))
                            : find_letter(command, result);
    if (option == &help_option) {
      return BG_END;
    }
    arguments->options[arguments->option_count++] =
        (bg_option_value){option, optarg};
  }
  arguments->operands = argv + optind;
  arguments->operand_count = (size_t)(argc - optind);
  return check_operand_count(command, arguments->operand_count, err);
}

static void
print_option(const bg_option *option, FILE *out)
{
  char names[64];
  snprintf(names, sizeof names, "--%s%s%s", option->name,
           option->argument == NULL ? "" : " ",
           option->argument == NULL ? "" : option->argument);
  if (option->letter != 0) {
    fprintf(out, "  -%c, %-22s %s\n", option->letter, names, option->help);
  } else {
    fprintf(out, "      %-22s %s\n", names, option->help);
  }
}

void
bg_options_help(const bg_command *command, FILE *out)
{
  fprintf(out, "Usage: battlegraph %s [OPTION]... %s\n", command->name,
          command->operands);
  fprintf(out, "%s.\n\nOptions:\n", command->summary);
  for (size_t i = 0; i <= count_options(command); i++) {
    print_option(option_at(command, i), out);
  }
  fprintf(out, "\nExample:\n%s", command->example);
}

static bool
is_in_table(const bg_command *command, const char *name)
{
  for (size_t i = 0; i < count_options(command); i++) {
    if (strcmp(command->options[i].name, name) == 0) {
      return true;
    }
  }
  return false;
}

static const bg_option_value *
find_last(const bg_arguments *arguments, const char *name)
{
  assert(is_in_table(arguments->command, name));
  for (size_t i = arguments->option_count; i > 0; i--) {
    if (strcmp(arguments->options[i - 1].option->name, name) == 0) {
      return &arguments->options[i - 1];
    }
  }
  return NULL;
}

bool
bg_option_is_given(const bg_arguments *arguments, const char *name)
{
  return find_last(arguments, name) != NULL;
}

const char *
bg_option_value_of(const bg_arguments *arguments, const char *name)
{
  const bg_option_value *last = find_last(arguments, name);
  return last == NULL ? NULL : last->value;
}
