/// What MediaWiki's XML says about a wiki and its pages, whoever reads it.
/// Of the room's own.

#ifndef BG_INPUT_XML_H
#define BG_INPUT_XML_H

#include "base/buffer.h"
#include "input/input.h"

typedef struct {
  bg_view name;
  int key;
} bg_namespace_name;

/// From <siteinfo>.
typedef struct {
  bg_arena *arena;
  bg_view language;
  bg_view wiki;
  bg_namespace_name *items; ///< namespaces
  size_t count;
  size_t capacity;
} bg_site;

/// Writes text without XML's references (XML 1.0, 4.1 and 4.6) to `to`, which
/// has room for as much as `escaped`: it is never longer. Returns its size. A
/// reference that stands for no character stays as it is.
size_t bg_xml_unescape(bg_view escaped, char *to);

/// The value of an attribute in the text between a tag's name and its end,
/// still escaped; empty where there is none.
bg_view bg_xml_attribute(bg_view attributes, bg_view name);

/// Notes the language of the pages.
void bg_site_set_language(bg_site *site, bg_view language);

/// Notes the address of the main page; the wiki's code is in it.
void bg_site_set_base(bg_site *site, bg_view address);

void bg_site_add_namespace(bg_site *site, bg_view name, int key);

/// The namespace that a title is in, where the dump does not say (before export
/// 0.6).
int bg_site_namespace(const bg_site *site, bg_view title);

/// Whether a title is one: not empty, UTF-8, no control characters, at most so
/// long as MediaWiki allows (255 bytes and the namespace's name).
bool bg_xml_is_title(bg_view title);

/// Digits as a number; 0 for others.
uint64_t bg_xml_number(bg_view digits);

#endif
