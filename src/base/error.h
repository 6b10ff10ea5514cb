/// How the world's failures travel: a status, and a message with its place.

#ifndef BG_BASE_ERROR_H
#define BG_BASE_ERROR_H

/// In the order of how bad they are, so that the worst of a run is a maximum.
typedef enum {
  BG_OK,
  BG_END,     ///< there is no next one
  BG_REFUSED, ///< an input is not what it should be; the rest may go on
  BG_MISUSED, ///< asked for something that does not exist
  BG_FAILED,  ///< a file, disk, store or memory limit failed
} bg_status;

typedef struct {
  char message[1024]; ///< lower case, cause first, no full stop, no newline
} bg_error;

/// Writes the message and returns `status`, so that a caller can return it.
/// `err` may be NULL.
__attribute__((format(printf, 3, 4))) bg_status
bg_error_set(bg_error *err, bg_status status, const char *format, ...);

/// Returns from the calling function when `expression` is not BG_OK.
#define BG_TRY(expression)                  \
  do {                                      \
    bg_status bg_try_status = (expression); \
    if (bg_try_status != BG_OK) {           \
      return bg_try_status;                 \
    }                                       \
  } while (0)

#endif
