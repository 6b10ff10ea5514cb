/// What the value readers of this room share. Of the room's own.

#ifndef BG_EXTRACT_READER_H
#define BG_EXTRACT_READER_H

#include "extract/extract.h"

enum {
  BG_SIDES = 9,          ///< sides of a conflict are 1 to 9
  BG_TEMPLATE_DEPTH = 24 ///< templates inside templates; deeper is not read
};

/// One page being read.
typedef struct {
  bg_article *article;
  const bg_lexicon *lexicon;
  bg_arena *arena;
  bg_findings *findings;
  bg_map authors; ///< names asked for → whether the article cites them
} bg_page_reader;

/// One infobox of it.
typedef struct {
  bg_page_reader *page;
  const bg_infobox *infobox;
  bg_view name; ///< of the infobox in the mappings
  unsigned conflict;
  unsigned side_count;
  size_t first_claim;           ///< of this infobox, among the page's
  double confidence;            ///< of what the infobox states plainly
  bg_map units;                 ///< "side title" of those claimed
  bool has_label[BG_SIDES + 1]; ///< of the sides that have a label or a party
} bg_infobox_reader;

/// One parameter of that.
typedef struct {
  bg_infobox_reader *box;
  const bg_parameter *parameter;
  const bg_mapping *mapping;
  unsigned side; ///< 0: of none
} bg_value;

typedef void bg_value_reader(const bg_value *value);

/// Makes men of fighters that are no aircraft: where nothing else in the
/// infobox flies, and its years are not those in which battles had fighter
/// aircraft and their articles call them that.
void bg_settle_fighters(const bg_infobox_reader *box);

/// A new claim of this value, said by `source`; the caller fills in the rest.
bg_claim *bg_claim_add(const bg_value *value, bg_claim_kind kind,
                       bg_view source);

/// The infobox's claims of parties, in order: `index` is 0 at first. NULL after
/// the last, and after so many that no real infobox has them.
const bg_claim *bg_party_next(const bg_infobox_reader *box, size_t *index);

/// `source` is where the words stand in the page's text.
void bg_remark_add(bg_page_reader *page, const char *kind, bg_view words,
                   bg_view source);

/// The offset of a view that borrows from the page's text.
size_t bg_offset_of(const bg_page_reader *page, bg_view source);

/// A thing by its name as a link has it, or as the text shows it: then a link
/// of the article may tell it from others of that name.
bg_thing bg_thing_of_link(bg_view target, bg_view label);
bg_thing bg_thing_of_name(const bg_page_reader *page, bg_view name);

/// Whether the name of a place or a title has a word of waters or coasts.
bool bg_name_has_water(const bg_page_reader *page, bg_view name);

/// The state that a code or a name of flags.tsv means, by its usual title.
bg_view bg_flag_state(const bg_page_reader *page, bg_view name);

/// The title of what a flag stands for, as it is written where that is a name.
bg_view bg_flag_title(const bg_page_reader *page, bg_view code,
                      bg_view variant);

// The readers, by the kinds of value that the mappings name.

bg_value_reader bg_read_name;
bg_value_reader bg_read_image;
bg_value_reader bg_read_text;
bg_value_reader bg_read_date;
bg_value_reader bg_read_conflicts;
bg_value_reader bg_read_places;
bg_value_reader bg_read_coordinates;
bg_value_reader bg_read_latitude;
bg_value_reader bg_read_result;
bg_value_reader bg_read_parties;
bg_value_reader bg_read_supporters;
bg_value_reader bg_read_commanders;
bg_value_reader bg_read_units;
bg_value_reader bg_read_strengths;
bg_value_reader bg_read_casualties;
bg_value_reader bg_read_allies;
bg_value_reader bg_read_opponents;
bg_value_reader bg_read_leaders;
bg_value_reader bg_read_fought;

#endif
