/// Test Anything Protocol in one header: plan-less, one line per check.

#ifndef BG_TESTS_TAP_H
#define BG_TESTS_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

static int tap_run;
static int tap_failed;

__attribute__((format(printf, 4, 5))) static inline bool
tap_check(bool passed, const char *file, int line, const char *what, ...)
{
  printf("%s %d - ", passed ? "ok" : "not ok", ++tap_run);
  va_list args;
  va_start(args, what);
  vprintf(what, args);
  va_end(args);
  putchar('\n');
  if (!passed) {
    tap_failed++;
    printf("# at %s:%d\n", file, line);
  }
  return passed;
}

#define ok(passed, ...) tap_check((passed), __FILE__, __LINE__, __VA_ARGS__)

/// Ends main(): prints the plan, returns the exit status.
static inline int
done_testing(void)
{
  printf("1..%d\n", tap_run);
  return tap_failed > 0;
}

#endif
