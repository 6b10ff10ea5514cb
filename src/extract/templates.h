/// What templates mean inside a value. Of the room's own.

#ifndef BG_EXTRACT_TEMPLATES_H
#define BG_EXTRACT_TEMPLATES_H

#include "extract/cell.h"

/// The words that an argument shows.
bg_view bg_template_words(const bg_page_reader *page,
                          const bg_node *template_node, const char *name);

/// The party of a flag template: its title, and what is shown.
void bg_template_flag(const bg_page_reader *page, const bg_node *template_node,
                      bg_run *run);

/// The state in the name of a flag's image, "File:Flag of Mysore.svg"; "File:"
/// and the image's name where that tells none.
bg_view bg_flag_of_file(const bg_page_reader *page, bg_view file);

/// A date template's parts as ISO 8601: "1941-02-05 – 1941-04-01".
bg_view bg_template_date(const bg_page_reader *page,
                         const bg_node *template_node);

/// "18 June 1815 [O.S. 6 June]".
bg_view bg_template_old_style(const bg_page_reader *page,
                              const bg_node *template_node);

/// A ship's title: {{HMS|Hood|51}} is "HMS Hood (51)".
void bg_template_ship(const bg_page_reader *page, const bg_node *template_node,
                      bg_view prefix, bg_run *run);

#endif
