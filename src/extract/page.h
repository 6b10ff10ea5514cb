/// What a page says outside its infoboxes: its own position, and the campaign
/// boxes it holds. Of the room's own.

#ifndef BG_EXTRACT_PAGE_H
#define BG_EXTRACT_PAGE_H

#include "extract/reader.h"

/// The position that {{coord|display=title}} gives the page, where no infobox
/// has given one.
void bg_claim_page_position(bg_page_reader *page);

/// The conflicts that a {{Campaignbox}} lists: with the page's conflict, else,
/// on the box's own page, with the campaign that its title links.
void bg_read_campaignbox(bg_page_reader *page, const bg_infobox *box);

#endif
