#include "base/error.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

bg_status
bg_error_set(bg_error *err, bg_status status, const char *format, ...)
{
  if (err != NULL) {
    va_list args;
    va_start(args, format);
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
  }
  return status;
}
