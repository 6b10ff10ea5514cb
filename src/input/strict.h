/// Pages of MediaWiki XML by expat, for files that are not written as MediaWiki
/// writes them: other encodings, CDATA, comments, prefixes, a document type.
/// Knows nothing outside the document it is fed. Of the room's own.

#ifndef BG_INPUT_STRICT_H
#define BG_INPUT_STRICT_H

#include "input/xml.h"

/// A page while it is read, by whoever reads it.
typedef struct {
  bg_buffer title;
  bg_buffer redirect;
  bg_buffer timestamp;
  bg_buffer model; ///< of the content; empty: wikitext
  bool has_namespace;
  int namespace;
  uint64_t id;
  uint64_t revision;
} bg_page_draft;

void bg_page_draft_reset(bg_page_draft *draft);
void bg_page_draft_release(bg_page_draft *draft);

typedef struct bg_strict bg_strict;

typedef enum {
  BG_STRICT_MORE,   ///< wants more bytes
  BG_STRICT_PAGE,   ///< has read a page: go on with bg_strict_resume
  BG_STRICT_BROKEN, ///< is no XML from bg_strict_offset on
} bg_strict_state;

/// What the document says of the wiki goes to `site`. `prologue` is read first,
/// and does not count: "<mediawiki>" for pages without it.
bg_strict *bg_strict_new(bg_site *site, bool all_revisions,
                         const char *prologue);
void bg_strict_free(bg_strict *strict);

bg_strict_state bg_strict_feed(bg_strict *strict, bg_view bytes, bool is_last);
bg_strict_state bg_strict_resume(bg_strict *strict);

/// The page that was read, until the next call.
const bg_page_draft *bg_strict_page(const bg_strict *strict, bg_view *text,
                                    bool *is_too_long);

/// Bytes fed that have been read, or that stand before what is broken.
uint64_t bg_strict_offset(const bg_strict *strict);

/// What expat says is wrong.
const char *bg_strict_reason(const bg_strict *strict);

#endif
