/// Files to pages. What a file is, its content tells, not its name: a plain
/// rendering begins with "= Title ="; other text is the wikitext of one page.
/// An input is used by one thread.

#ifndef BG_INPUT_INPUT_H
#define BG_INPUT_INPUT_H

#include "base/error.h"
#include "base/view.h"

typedef enum {
  BG_FORM_PLAIN,    ///< "= Title =", "- Key: value" lines, prose
  BG_FORM_WIKITEXT, ///< one page as its editors see it
} bg_page_form;

/// The views live until the next page is asked for or the input is closed.
typedef struct {
  bg_view title;    ///< with spaces, as people read it
  bg_view language; ///< a code: "en"
  bg_view text;     ///< valid UTF-8; offsets in it are those of the source
  bg_page_form form;
  const char *path; ///< where it came from, for messages
} bg_page;

/// Told of each flaw that an input has, without its newline.
typedef void bg_complaint_handler(void *context, const char *message);

typedef struct {
  const char *title;    ///< of a page that carries none; NULL: the file's name
  const char *language; ///< NULL: "en"
  bg_complaint_handler *complain; ///< may be NULL
  void *context;                  ///< for `complain`
} bg_input_options;

typedef struct bg_input bg_input;

/// Opens a file, or standard input for "-". `path` and the options' strings
/// must outlive the input. BG_FAILED where it cannot be read; BG_REFUSED where
/// it is empty or no text; BG_MISUSED where its page has no title.
bg_status bg_input_open(const char *path, const bg_input_options *options,
                        bg_input **input, bg_error *err);
void bg_input_close(bg_input *input);

/// The next page, or BG_END.
bg_status bg_input_next(bg_input *input, bg_page *page, bg_error *err);

/// True when bytes had to be replaced: the pages are not all that was there.
bool bg_input_is_damaged(const bg_input *input);

#endif
