/// Dates of the graph as a person says them: "8 to 10 August 1942", "480 BC".

#ifndef BG_CLI_WHEN_H
#define BG_CLI_WHEN_H

#include "base/arena.h"

/// Behind all that have a date.
#define BG_UNDATED INT64_MAX

/// An EDTF date or interval (level 0; of level 1 the marks ?, ~ and %, seasons,
/// open ends and years after "Y"), also what XSD dates look like. Text that is
/// none of these is returned as it stands.
bg_view bg_when_say(bg_view edtf, bg_arena *arena);

/// A number that grows with the day on which the date or interval begins;
/// BG_UNDATED where it cannot be read.
int64_t bg_when_key(bg_view edtf);

#endif
