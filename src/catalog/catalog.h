/// What a wiki has pages about: titles, redirects, the kind of each page's
/// thing, its position and its Wikidata item. Made by one reading of a dump,
/// kept in a file that later runs map into memory; FORMAT.md describes it.

#ifndef BG_CATALOG_CATALOG_H
#define BG_CATALOG_CATALOG_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"

/// One page. The views live as long as the catalog, or as what was encoded.
typedef struct {
  bg_view title;    ///< with spaces
  bg_view redirect; ///< the title it sends readers to; or empty
  bg_view kind;     ///< a class of the ontology: "Person"; or empty
  bool has_position;
  double latitude; ///< degrees, north and east positive
  double longitude;
  uint64_t item;      ///< of Wikidata: 42 for Q42; 0 for none
  bg_view categories; ///< of a conflict: one a line; else empty
} bg_catalog_entry;

// ---- reading ---------------------------------------------------------------

/// Read-only: threads share it.
typedef struct bg_catalog bg_catalog;

/// BG_FAILED where the file cannot be read; BG_REFUSED where it is no catalog,
/// or of another version.
bg_status bg_catalog_open(const char *path, bg_catalog **catalog,
                          bg_error *err);
void bg_catalog_close(bg_catalog *catalog);

/// The page that a title leads to, by redirects if need be. False where there
/// is none.
bool bg_catalog_find(const bg_catalog *catalog, bg_view title,
                     bg_catalog_entry *entry);

/// All entries, in the order of the dump: `cursor` is 0 at first. False after
/// the last.
bool bg_catalog_next(const bg_catalog *catalog, uint64_t *cursor,
                     bg_catalog_entry *entry);

/// The language of the wiki, and its code in addresses.
bg_view bg_catalog_wiki(const bg_catalog *catalog);

// ---- writing ---------------------------------------------------------------

typedef struct bg_catalog_writer bg_catalog_writer;

/// Writes beside `path`, which comes to be when all is written.
bg_status bg_catalog_writer_open(const char *path, bg_catalog_writer **writer,
                                 bg_error *err);

/// Appends an entry as the file has it. Any thread.
void bg_catalog_encode(const bg_catalog_entry *entry, bg_buffer *bytes);

/// Adds entries that were encoded, of pages of `wiki`.
bg_status bg_catalog_writer_add(bg_catalog_writer *writer, bg_view bytes,
                                bg_view wiki, bg_error *err);

/// With `keep` the catalog comes to be, else it is given up. Frees the writer.
bg_status bg_catalog_writer_close(bg_catalog_writer *writer, bool keep,
                                  bg_error *err);

// ---- Wikidata --------------------------------------------------------------

/// Which item a page has. Read-only: threads share it.
typedef struct bg_item_table bg_item_table;

/// An empty table.
bg_item_table *bg_item_table_new(void);
void bg_item_table_free(bg_item_table *table);

/// Reads a line of a table of two columns (title, tab or comma, item) or of
/// MediaWiki's dump of page_props (SQL), told apart by themselves. False where
/// it is neither.
bool bg_item_table_read(bg_item_table *table, bg_view line);

/// To be called after the last line, before the first question.
void bg_item_table_sort(bg_item_table *table);

size_t bg_item_table_count(const bg_item_table *table);

/// The item of a page; 0 for none.
uint64_t bg_item_table_find(const bg_item_table *table, bg_view title,
                            uint64_t page_id);

#endif
