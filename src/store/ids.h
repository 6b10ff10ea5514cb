/// What an id is made of. Of the room's own.
///
/// The upper four bits say the kind, the lower 60 hold a number of the
/// dictionary or the literal itself. Signed numbers are held with 2^59 added,
/// so that ids compare as their values.

#ifndef BG_STORE_IDS_H
#define BG_STORE_IDS_H

#include "store/store.h"

enum { BG_ID_BITS = 60 };

typedef enum {
  // In the dictionary:
  BG_ID_IRI = 1,
  BG_ID_BLANK,
  BG_ID_LITERAL,
  // Literals in canonical form, held in the id:
  BG_ID_BOOLEAN,
  BG_ID_INTEGER,    ///< less than 2^59 from 0
  BG_ID_DATE,       ///< without a time zone
  BG_ID_YEAR_MONTH, ///< the same
  BG_ID_YEAR,       ///< the same
  BG_ID_STRING,     ///< up to seven ASCII bytes but NUL, the first the highest
} bg_id_kind;

#define BG_ID_PAYLOAD ((UINT64_C(1) << BG_ID_BITS) - 1)

static inline bg_id
bg_id_make(bg_id_kind kind, uint64_t payload)
{
  return (uint64_t)kind << BG_ID_BITS | payload;
}

static inline unsigned
bg_id_kind_of(bg_id id)
{
  return (unsigned)(id >> BG_ID_BITS);
}

static inline bool
bg_id_is_in_dictionary(bg_id id)
{
  return bg_id_kind_of(id) >= BG_ID_IRI && bg_id_kind_of(id) <= BG_ID_LITERAL;
}

/// Whether the term needs no entry in the dictionary, and its id. No term is
/// BG_NO_ID.
bool bg_id_of_term(const bg_term *term, bg_id *id);

enum { BG_LONGEST_INLINE = 32 };

/// The term of an id that holds it; its text goes to `bytes`, of at least
/// BG_LONGEST_INLINE. False where no such id can be.
bool bg_id_to_term(bg_id id, char *bytes, bg_term *term);

#endif
