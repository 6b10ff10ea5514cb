/// What a page says: claims, each with the place in the text that says it.
/// A claim knows nothing of RDF. Thread-safe: the lexicon is only read, all
/// that is made lives in the caller's arena.

#ifndef BG_EXTRACT_EXTRACT_H
#define BG_EXTRACT_EXTRACT_H

#include "article/article.h"
#include "extract/date.h"
#include "extract/quantity.h"
#include "lexicon/lexicon.h"

typedef enum {
  BG_CLAIM_TYPE,            ///< value: class of the conflict
  BG_CLAIM_NAME,            ///< text: the infobox's own name of the conflict
  BG_CLAIM_PART_OF,         ///< thing: a conflict
  BG_CLAIM_DATE,            ///< date
  BG_CLAIM_PLACE,           ///< thing
  BG_CLAIM_WITHIN,          ///< thing lies in `other`
  BG_CLAIM_POSITION,        ///< latitude, longitude
  BG_CLAIM_RESULT,          ///< text
  BG_CLAIM_OUTCOME,         ///< value: Victory, Inconclusive, OtherOutcome
  BG_CLAIM_VICTOR,          ///< side
  BG_CLAIM_TERRITORY,       ///< text
  BG_CLAIM_CAUSE,           ///< text
  BG_CLAIM_DEPICTION,       ///< text: the name of an image file
  BG_CLAIM_PAGE_POSITION,   ///< latitude, longitude: of the page, not the box
  BG_CLAIM_CAMPAIGN_MEMBER, ///< thing: a conflict; other: one listed with it
  BG_CLAIM_ALLY,            ///< thing: a party; the page is about another
  BG_CLAIM_OPPONENT,        ///< thing: a party; the page is about another
  BG_CLAIM_FOUGHT_IN,       ///< thing: a conflict; the page is about a party
  BG_CLAIM_LEADER,          ///< thing: a person; the page is about a party
  BG_CLAIM_SIDE_LABEL,      ///< side, text: the group that heads its parties
  BG_CLAIM_PARTY,      ///< side, thing, value: Belligerent or Supporter; phase;
                       ///< other: the flag beside it
  BG_CLAIM_COMMANDER,  ///< side, thing, other: the party; value: fate; rank
  BG_CLAIM_UNIT,       ///< side, thing
  BG_CLAIM_STRENGTH,   ///< side, estimate, other: the party; phase
  BG_CLAIM_CASUALTIES, ///< side (0: stated for all), estimate, other
  BG_CLAIM_KIND_COUNT
} bg_claim_kind;

/// A claim of a page that is about no conflict itself.
enum { BG_OF_NO_CONFLICT = 0xFFFF };

/// Something with an article of its own, or that might have one.
typedef struct {
  bg_view title; ///< of the article, with spaces; empty: there is no thing
  bg_view label; ///< as the text shows it
} bg_thing;

typedef struct {
  bg_claim_kind kind;
  unsigned conflict; ///< 0 for the page's first infobox, 1 for its next …;
                     ///< BG_OF_NO_CONFLICT
  unsigned side;     ///< from 1; 0: of no side
  bg_thing thing;
  bg_thing other;
  bg_view value; ///< a term of the ontology, without prefix
  bg_view text;
  bg_view rank;
  bg_view phase;
  bg_date date;
  bg_estimate estimate;
  double latitude; ///< degrees, north and east positive
  double longitude;
  size_t start; ///< the words that say it: offsets in the page's text
  size_t end;
  bg_view rule;      ///< the mapping row or the rule that read it
  double confidence; ///< 0 to 1
  bg_view section;   ///< "infobox", "title", or a heading's text
} bg_claim;

/// What was not understood.
typedef struct {
  const char *kind; ///< "unknown-parameter", "unread-date" …
  bg_view words;
  size_t start; ///< offset in the page's text
} bg_remark;

typedef struct {
  bg_claim *items;
  size_t count;
  size_t capacity;
} bg_claim_list;

typedef struct {
  bg_remark *items;
  size_t count;
  size_t capacity;
} bg_remark_list;

/// One page's claims, in the order of the text within each property.
typedef struct {
  bg_view title;     ///< of the page
  bg_view language;  ///< of the page
  bg_view wiki;      ///< that the page is in: "en", "simple"
  uint64_t revision; ///< of the page; 0 where it is not known
  bg_view timestamp; ///< of the revision; or empty
  bg_view text;      ///< of the page: what the claims' offsets point into
  bg_claim_list claims;
  bg_remark_list remarks;
  unsigned conflict_count; ///< 0: the page is about no conflict
} bg_findings;

/// The article reads more of itself on the way.
bg_findings bg_extract(bg_article *article, const bg_lexicon *lexicon,
                       bg_arena *arena);

/// The position that a page's title shows ({{coord|display=title}}), in a piece
/// of its text that begins with the template's braces. False where it is no
/// such template.
bool bg_title_position(bg_view text, const bg_lexicon *lexicon, bg_arena *arena,
                       double *latitude, double *longitude);

#endif
