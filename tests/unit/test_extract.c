/// What infoboxes claim: each case of tests/golden/claims is the smallest text
/// that shows one thing. "--update" writes down what they claim now.

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
  bg_findings findings =
      extract_page(page_of_case(each->text, arena), lexicon, arena);
  bg_buffer lines;
  bg_buffer_init(&lines);
  append_claims(&lines, &findings, arena);
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

static void
check_file(const char *path, bg_view content, const bg_lexicon *lexicon)
{
  (void)path;
  for (claim_case each; next_case(&content, &each);) {
    check_case(&each, lexicon);
  }
}

/// Writes the file anew, with the claims that its texts make now: for whoever
/// then reads the difference.
static void
update_file(const char *path, bg_view content, const bg_lexicon *lexicon)
{
  bg_arena *arena = bg_arena_new();
  bg_buffer lines;
  bg_buffer_init(&lines);
  for (claim_case each; next_case(&content, &each);) {
    bg_findings findings =
        extract_page(page_of_case(each.text, arena), lexicon, arena);
    bg_buffer_format(&lines, "%s== %.*s\n%.*s\n--\n",
                     lines.size > 0 ? "\n" : "", BG_VIEW_ARGS(each.what),
                     BG_VIEW_ARGS(each.text));
    append_claims(&lines, &findings, arena);
  }
  FILE *file = fopen(path, "w");
  ok(file != NULL && fwrite(lines.bytes, 1, lines.size, file) == lines.size,
     "%s", path);
  if (file != NULL) {
    fclose(file);
  }
  bg_buffer_release(&lines);
  bg_arena_free(arena);
}

int
main(int argc, char **argv)
{
  bool updates = argc > 1 && strcmp(argv[1], "--update") == 0;
  bg_lexicon *lexicon = open_lexicon();
  visit_files("tests/golden/claims", updates ? update_file : check_file,
              lexicon);
  bg_lexicon_close(lexicon);
  return done_testing();
}
