/// Finds the infoboxes of an article. Of the room's own.

#ifndef BG_ARTICLE_INFOBOX_H
#define BG_ARTICLE_INFOBOX_H

#include "article/article.h"

/// Sets the article's infoboxes, in the order in which they stand.
void bg_infoboxes_read(bg_article *article, bg_arena *arena);

#endif
