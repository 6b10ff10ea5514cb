/// The kind of a conflict. Of the room's own.

#ifndef BG_EXTRACT_TYPE_H
#define BG_EXTRACT_TYPE_H

#include "extract/reader.h"

/// Claims the class of the infobox's conflict; the other claims have been made.
void bg_claim_type(const bg_infobox_reader *box);

#endif
