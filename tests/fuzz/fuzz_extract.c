/// Any bytes as a page, from the wikitext to the statements: the first byte
/// chooses the form. Each claim must lie in the text.

#include "extract/extract.h"
#include "graph/graph.h"

#include "base/utf8.h"
#include "lexicon.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const bg_lexicon *
lexicon(void)
{
  static bg_lexicon *opened;
  if (opened == NULL) {
    opened = open_lexicon();
  }
  return opened;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  if (size == 0) {
    return 0;
  }
  bg_arena *arena = bg_arena_new();
  bg_view given =
      bg_arena_copy(arena, (bg_view){(const char *)bytes + 1, size - 1});
  // A page's text is UTF-8: input/ sees to that.
  bg_view text = bg_view_slice(given, 0, bg_utf8_find_invalid(given, 0));
  bg_page page = {.title = BG_VIEW("Battle of X"),
                  .language = BG_VIEW("en"),
                  .wiki = BG_VIEW("en"),
                  .text = text,
                  .form = bytes[0] % 2 == 0 ? BG_FORM_WIKITEXT : BG_FORM_PLAIN,
                  .path = "fuzz"};
  bg_findings findings =
      bg_extract(bg_article_read(&page, arena), lexicon(), arena);
  for (size_t i = 0; i < findings.claims.count; i++) {
    if (findings.claims.items[i].start > findings.claims.items[i].end ||
        findings.claims.items[i].end > text.size) {
      abort();
    }
  }
  bg_graph_options options = {.evidence = true, .graphs = true};
  bg_graph_state(&findings, &options, arena);
  bg_arena_free(arena);
  return 0;
}
