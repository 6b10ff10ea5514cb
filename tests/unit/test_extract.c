/// What infoboxes claim: each case of tests/golden/claims is the smallest text
/// that shows one thing.

#include "claim_cases.h"
#include "lexicon.h"
#include "tap.h"

static bool
evidence_is_sound(const bg_findings *findings)
{
  for (size_t i = 0; i < findings->claims.count; i++) {
    const bg_claim *claim = &findings->claims.items[i];
    if (claim->start >= claim->end || claim->end > findings->text.size ||
        claim->rule.size == 0) {
      return false;
    }
  }
  return true;
}

static void
check_case(const claim_case *each, const bg_lexicon *lexicon)
{
  bg_arena *arena = bg_arena_new();
  bg_findings findings = extract_text(each->text, lexicon, arena);
  bg_buffer lines;
  bg_buffer_init(&lines);
  for (size_t i = 0; i < findings.claims.count; i++) {
    append_claim(&lines, &findings.claims.items[i], arena);
  }
  if (!ok(bg_view_is_equal(bg_buffer_view(&lines), each->claims), "%.*s",
          BG_VIEW_ARGS(each->what))) {
    printf("# wanted:\n%.*s# got:\n%.*s", BG_VIEW_ARGS(each->claims),
           BG_VIEW_ARGS(bg_buffer_view(&lines)));
  }
  ok(evidence_is_sound(&findings), "%.*s: each claim has its words",
     BG_VIEW_ARGS(each->what));
  bg_buffer_release(&lines);
  bg_arena_free(arena);
}

int
main(void)
{
  bg_lexicon *lexicon = open_lexicon();
  visit_cases(check_case, lexicon);
  bg_lexicon_close(lexicon);
  return done_testing();
}
