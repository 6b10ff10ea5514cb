/// Numbers of men and losses as articles write them.

#include "base/buffer.h"
#include "extract/quantity.h"
#include "lexicon.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

/// "strength" and "losses" choose the table; the answer is measure, least and
/// greatest of each estimate.
static const struct {
  bg_quantity_kind kind;
  const char *text;
  const char *context;
  const char *estimates;
} cases[] = {
    {BG_QUANTITY_STRENGTH, "52,000 men", "", "Troops 52000 52000;"},
    {BG_QUANTITY_STRENGTH, "20,000–25,000", "", "Troops 20000 25000;"},
    {BG_QUANTITY_STRENGTH, "20,000 to 25,000 troops", "",
     "Troops 20000 25000;"},
    {BG_QUANTITY_STRENGTH, "~3,000 men", "", "Troops 3000 3000;"},
    {BG_QUANTITY_STRENGTH, "over 500", "", "Troops 500 ?;"},
    {BG_QUANTITY_STRENGTH, "2,000+ men", "", "Troops 2000 ?;"},
    {BG_QUANTITY_STRENGTH, "up to 500 men", "", "Troops ? 500;"},
    {BG_QUANTITY_STRENGTH, "2.5 million men", "", "Troops 2500000 2500000;"},
    {BG_QUANTITY_STRENGTH, "15,000 troops, 30 tanks, 12 guns", "",
     "Troops 15000 15000;Tanks 30 30;Guns 12 12;"},
    {BG_QUANTITY_STRENGTH, "two battleships, 3 cruisers and six destroyers", "",
     "Ships 2 2;Ships 3 3;Ships 6 6;"},
    {BG_QUANTITY_STRENGTH, "1 battalion (350 men)", "",
     "Battalions 1 1;Troops 350 350;"},
    {BG_QUANTITY_STRENGTH, "37 ships", "", "Ships 37 37;"},
    {BG_QUANTITY_STRENGTH, "1,500", "Aircraft", "Aircraft 1500 1500;"},
    {BG_QUANTITY_STRENGTH, "5th Army", "", ""},
    {BG_QUANTITY_STRENGTH, "U-47", "", ""},
    {BG_QUANTITY_STRENGTH, "12 75 mm guns", "", "Guns 12 12;"},
    {BG_QUANTITY_STRENGTH, "Unknown", "", ""},
    {BG_QUANTITY_STRENGTH, "In June 1942", "", ""},
    {BG_QUANTITY_CASUALTIES, "1,200 killed", "", "KilledCount 1200 1200;"},
    {BG_QUANTITY_CASUALTIES, "1,200 killed and 3,000 wounded", "",
     "KilledCount 1200 1200;WoundedCount 3000 3000;"},
    {BG_QUANTITY_CASUALTIES, "1,200 killed and wounded", "",
     "KilledOrWounded 1200 1200;"},
    {BG_QUANTITY_CASUALTIES, "4,000 to 6,000 killed", "",
     "KilledCount 4000 6000;"},
    {BG_QUANTITY_CASUALTIES, "3,579+ KIA", "", "KilledCount 3579 ?;"},
    {BG_QUANTITY_CASUALTIES, "6,000 killed or drowned", "",
     "KilledCount 6000 6000;"},
    {BG_QUANTITY_CASUALTIES, "Killed: 1,200", "", "KilledCount 1200 1200;"},
    {BG_QUANTITY_CASUALTIES, "284 aircraft lost, 125 damaged", "",
     "AircraftLost 284 284;"},
    {BG_QUANTITY_CASUALTIES, "12 fleet and 7 auxiliary ships sunk", "",
     "ShipsLost 12 12;ShipsLost 7 7;"},
    {BG_QUANTITY_CASUALTIES, "Over 500 Greek civilians executed", "",
     "CiviliansKilled 500 ?;"},
    {BG_QUANTITY_CASUALTIES, "None", "", "TotalCasualties 0 0;"},
    {BG_QUANTITY_CASUALTIES, "Heavy", "", ""},
    {BG_QUANTITY_CASUALTIES, "12,484", "", "TotalCasualties 12484 12484;"},
    {BG_QUANTITY_CASUALTIES, "99999999999999999999999 killed", "",
     "KilledCount 1000000000000 1000000000000;"},
};

static void
append_bound(bg_buffer *line, bool is_there, int64_t value)
{
  if (is_there) {
    bg_buffer_format(line, " %lld", (long long)value);
  } else {
    bg_buffer_format(line, " ?");
  }
}

int
main(void)
{
  bg_lexicon *lexicon = open_lexicon();
  bg_arena *arena = bg_arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    bg_estimates estimates = {0};
    bg_quantities_read(bg_view_of(cases[i].text), bg_view_of(cases[i].context),
                       cases[i].kind, lexicon, arena, &estimates);
    bg_buffer line;
    bg_buffer_init(&line);
    for (size_t j = 0; j < estimates.count; j++) {
      const bg_estimate *each = &estimates.items[j];
      bg_buffer_append(&line, each->measure);
      append_bound(&line, each->has_minimum, each->minimum);
      append_bound(&line, each->has_maximum, each->maximum);
      bg_buffer_append_byte(&line, ';');
    }
    ok(bg_view_is_equal(bg_buffer_view(&line), bg_view_of(cases[i].estimates)),
       "'%s' is '%.*s'", cases[i].text, BG_VIEW_ARGS(bg_buffer_view(&line)));
    bg_buffer_release(&line);
  }
  bg_estimates estimates = {0};
  bg_quantities_read(BG_VIEW("100,000 (claimed by Xenophon)"), BG_VIEW(""),
                     BG_QUANTITY_STRENGTH, lexicon, arena, &estimates);
  ok(estimates.count == 1 && bg_view_is_equal(estimates.items[0].according_to,
                                              BG_VIEW("claimed by Xenophon")),
     "whose estimate it is");
  bg_arena_free(arena);
  bg_lexicon_close(lexicon);
  return done_testing();
}
