#include "cli/work.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

unsigned
bg_processor_count(void)
{
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  return processors > 0 ? (unsigned)processors : 1;
}

bg_status
bg_jobs_read(const bg_arguments *arguments, unsigned *jobs, bg_error *err)
{
  const char *text = bg_option_value_of(arguments, "jobs");
  *jobs = bg_processor_count();
  if (text != NULL) {
    char *end;
    unsigned long given = strtoul(text, &end, 10);
    if (*end != '\0' || given < 1 || given > 256) {
      return bg_error_set(err, BG_MISUSED,
                          "no number of jobs '%s': from 1 to 256", text);
    }
    *jobs = (unsigned)given;
  }
  return BG_OK;
}

bg_status
bg_decompressor_read(const bg_arguments *arguments, bg_decompressor *chosen,
                     bg_error *err)
{
  static const char *const names[] = {
      [BG_DECOMPRESSOR_AUTO] = "auto",
      [BG_DECOMPRESSOR_LIBBZ2] = "libbz2",
      [BG_DECOMPRESSOR_LBZIP2] = "lbzip2",
  };
  const char *name = bg_option_value_of(arguments, "decompressor");
  *chosen = BG_DECOMPRESSOR_AUTO;
  for (size_t i = 0; name != NULL && i < sizeof names / sizeof *names; i++) {
    if (strcmp(name, names[i]) == 0) {
      *chosen = (bg_decompressor)i;
      return BG_OK;
    }
  }
  return name == NULL ? BG_OK
                      : bg_error_set(err, BG_MISUSED,
                                     "no decompressor '%s': auto, libbz2 or "
                                     "lbzip2",
                                     name);
}

static volatile sig_atomic_t interrupt;

static void
note_interrupt(int number)
{
  interrupt = number;
}

void
bg_interrupts_catch(void)
{
  struct sigaction action = {.sa_handler = note_interrupt,
                             .sa_flags = (int)SA_RESETHAND};
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

bool
bg_interrupt_has_come(void)
{
  return interrupt != 0;
}

void
bg_interrupts_pass_on(const char *message)
{
  if (interrupt != 0) {
    bg_cli_complain("%s", message);
    signal(interrupt, SIG_DFL);
    raise(interrupt);
  }
}
