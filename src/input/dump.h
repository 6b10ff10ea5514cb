/// Pages of a MediaWiki XML export or dump (https://www.mediawiki.org/xml/,
/// export-0.3 to 0.11). Of the room's own.

#ifndef BG_INPUT_DUMP_H
#define BG_INPUT_DUMP_H

#include "input/window.h"
#include "input/xml.h"

typedef struct bg_dump bg_dump;

/// Whether the beginning of a file looks like such a dump.
bool bg_dump_is_one(bg_view start);

/// Of such a beginning: whether the file is in UTF-8 and begins as MediaWiki's
/// own do.
bool bg_dump_is_usual(bg_view start);

/// Of such a beginning: whether pages stand there without a root.
bool bg_dump_lacks_root(bg_view start);

/// Takes what the window holds over, from the beginning of the file.
bg_dump *bg_dump_new(const bg_input_options *options, bg_window *window);
void bg_dump_free(bg_dump *dump);

/// Reads what stands before the first page.
bg_status bg_dump_read_head(bg_dump *dump, bg_error *err);

/// Goes on in another source of the same file.
void bg_dump_go_on(bg_dump *dump, bg_source *source);

/// Leaves out the next pages: they have been given.
void bg_dump_skip(bg_dump *dump, uint64_t pages);

/// Whether all of it is read by expat, from its beginning: it has no parts.
bool bg_dump_is_strict(const bg_dump *dump);

bg_status bg_dump_next(bg_dump *dump, bg_page *page, bg_error *err);

bg_position bg_dump_position(const bg_dump *dump);
const bg_source *bg_dump_source(const bg_dump *dump);

#endif
