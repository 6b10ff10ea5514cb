/// What the words beside a number say it counts, and what befell it. Of the
/// room's own.

#ifndef BG_EXTRACT_COUNTED_H
#define BG_EXTRACT_COUNTED_H

#include "extract/quantity.h"

typedef struct {
  bg_view noun; ///< measure of strength: the head of the first noun phrase
  bg_view fate; ///< measure of loss: of all the fates that are joined
  bool is_formation;
  bool is_one_formation; ///< "74 Squadron": with a larger number it is a name
  bool is_fighter;       ///< an aircraft or a man
  bool is_damaged;
  bool is_lost;
  bool is_civilian;
  bg_view lost_as; ///< what the word for the loss tells: "sunk" → Ships
  bool is_ignored; ///< "escaped"
  bg_view unknown; ///< words that no table knows; empty where the noun is known
  bool is_capital; ///< one of those begins with a capital: a name
  size_t first;    ///< where the first word that says something begins
  size_t end;      ///< where the last one ends
} bg_counted;

/// Reads the words [from, to) of a text. The head of an English noun phrase
/// stands last: "troop transports" are ships, "tank companies" companies. It
/// ends at a preposition; behind "and", "or", "of" or a comma only fates go on,
/// or the noun that has not come yet ("British and French infantry").
bg_counted bg_counted_read(const bg_lexicon *lexicon, bg_quantity_kind kind,
                           bg_view text, size_t from, size_t to);

/// The measure of a number with such words; empty where they name none.
bg_view bg_counted_measure(const bg_counted *counted, bg_quantity_kind kind,
                           int64_t value);

#endif
