/// What the commands for long work have in common: threads, decompressors,
/// Ctrl-C.

#ifndef BG_CLI_WORK_H
#define BG_CLI_WORK_H

#include "cli/cli.h"
#include "input/input.h"

unsigned bg_processor_count(void);

/// --jobs: the number of threads; one a processor where it is not given.
bg_status bg_jobs_read(const bg_arguments *arguments, unsigned *jobs,
                       bg_error *err);

/// --decompressor.
bg_status bg_decompressor_read(const bg_arguments *arguments,
                               bg_decompressor *chosen, bg_error *err);

/// From now on Ctrl-C and SIGTERM set a flag: the work ends where that does no
/// harm. A second one does not wait.
void bg_interrupts_catch(void);
bool bg_interrupt_has_come(void);

/// After all is closed: where the work was interrupted, says so and ends the
/// program by the signal.
void bg_interrupts_pass_on(const char *message);

#endif
