/// Cases of claims in files: "== what", a text, "--", the claims it makes, one
/// a line. A text that begins with "=" is a plain rendering, another the
/// parameters of an infobox.

#ifndef BG_TESTS_CLAIM_CASES_H
#define BG_TESTS_CLAIM_CASES_H

#include "base/buffer.h"
#include "base/file.h"
#include "extract/extract.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// How a case names the kinds of claims; "" is not shown.
static const char *const kind_names[BG_CLAIM_KIND_COUNT] = {
    [BG_CLAIM_TYPE] = "",
    [BG_CLAIM_NAME] = "name",
    [BG_CLAIM_PART_OF] = "part of",
    [BG_CLAIM_DATE] = "date",
    [BG_CLAIM_PLACE] = "place",
    [BG_CLAIM_WITHIN] = "within",
    [BG_CLAIM_POSITION] = "position",
    [BG_CLAIM_RESULT] = "result",
    [BG_CLAIM_OUTCOME] = "outcome",
    [BG_CLAIM_VICTOR] = "victor",
    [BG_CLAIM_TERRITORY] = "territory",
    [BG_CLAIM_CAUSE] = "cause",
    [BG_CLAIM_DEPICTION] = "depiction",
    [BG_CLAIM_PAGE_POSITION] = "page position",
    [BG_CLAIM_CAMPAIGN_MEMBER] = "campaign member",
    [BG_CLAIM_ALLY] = "ally",
    [BG_CLAIM_OPPONENT] = "opponent",
    [BG_CLAIM_FOUGHT_IN] = "fought in",
    [BG_CLAIM_LEADER] = "leader",
    [BG_CLAIM_SIDE_LABEL] = "label",
    [BG_CLAIM_PARTY] = "party",
    [BG_CLAIM_COMMANDER] = "commander",
    [BG_CLAIM_UNIT] = "unit",
    [BG_CLAIM_STRENGTH] = "strength",
    [BG_CLAIM_CASUALTIES] = "casualties",
};

static inline void
append_field(bg_buffer *lines, bg_view field)
{
  if (field.size > 0) {
    bg_buffer_format(lines, " | %.*s", BG_VIEW_ARGS(field));
  }
}

static inline void
append_bound(bg_buffer *lines, bool is_there, int64_t bound)
{
  if (is_there) {
    bg_buffer_format(lines, " %lld", (long long)bound);
  } else {
    bg_buffer_format(lines, " ?");
  }
}

/// kind side | thing | other | value | text …, one line a claim.
static inline void
append_claim(bg_buffer *lines, const bg_claim *claim, bg_arena *arena)
{
  if (kind_names[claim->kind][0] == '\0') {
    return;
  }
  bg_buffer_format(lines, "%s", kind_names[claim->kind]);
  if (claim->side > 0) {
    bg_buffer_format(lines, " %u", claim->side);
  }
  append_field(lines, claim->thing.title);
  if (claim->kind != BG_CLAIM_PARTY) {
    append_field(lines, claim->other.title);
  }
  append_field(lines, claim->value);
  append_field(lines, claim->text);
  append_field(lines, claim->rank);
  append_field(lines, claim->phase);
  if (claim->kind == BG_CLAIM_DATE) {
    append_field(lines, bg_date_edtf(&claim->date, arena));
  }
  if (claim->kind == BG_CLAIM_POSITION ||
      claim->kind == BG_CLAIM_PAGE_POSITION) {
    bg_buffer_format(lines, " | %.3f %.3f", claim->latitude, claim->longitude);
  }
  if (claim->estimate.measure.size > 0) {
    append_field(lines, claim->estimate.measure);
    append_bound(lines, claim->estimate.has_minimum, claim->estimate.minimum);
    append_bound(lines, claim->estimate.has_maximum, claim->estimate.maximum);
    append_field(lines, claim->estimate.according_to);
  }
  bg_buffer_append_byte(lines, '\n');
}

/// The page that the text of a case stands for.
static inline bg_view
page_of_case(bg_view text, bg_arena *arena)
{
  bool is_page = bg_view_has_prefix(text, BG_VIEW("= ")) ||
                 bg_view_has_prefix(text, BG_VIEW("{{"));
  return is_page
             ? text
             : bg_arena_format(arena, "{{Infobox military conflict\n%.*s\n}}",
                               BG_VIEW_ARGS(text));
}

static inline bg_findings
extract_page(bg_view text, const bg_lexicon *lexicon, bg_arena *arena)
{
  bool is_plain = bg_view_has_prefix(text, BG_VIEW("= "));
  bg_page page = {.title = BG_VIEW("Battle of X"),
                  .language = BG_VIEW("en"),
                  .text = text,
                  .form = is_plain ? BG_FORM_PLAIN : BG_FORM_WIKITEXT};
  return bg_extract(bg_article_read(&page, arena), lexicon, arena);
}

typedef struct {
  bg_view what;
  bg_view text;
  bg_view claims;
} claim_case;

/// The next case of a file's content; false after the last.
static inline bool
next_case(bg_view *rest, claim_case *next)
{
  const bg_view mark = BG_VIEW("== ");
  if (!bg_view_has_prefix(*rest, mark)) {
    return false;
  }
  size_t line = bg_view_find_byte(*rest, '\n', 0);
  size_t dashes = bg_view_find(*rest, BG_VIEW("\n--\n"), line);
  size_t end = bg_view_find(*rest, BG_VIEW("\n== "), dashes + 3);
  end = end == BG_NOWHERE ? rest->size : end + 1;
  *next = (claim_case){
      .what = bg_view_slice(*rest, mark.size, line),
      .text = bg_view_slice(*rest, line + 1, dashes),
      .claims = bg_view_slice(*rest, dashes + 4, end),
  };
  // A blank line parts the cases.
  while (bg_view_has_suffix(next->claims, BG_VIEW("\n\n"))) {
    next->claims.size--;
  }
  if (bg_view_is_equal(next->claims, BG_VIEW("\n"))) {
    next->claims.size = 0;
  }
  *rest = bg_view_slice(*rest, end, rest->size);
  return true;
}

/// The claims of a text, one a line.
static inline void
append_claims(bg_buffer *lines, const bg_findings *findings, bg_arena *arena)
{
  for (size_t i = 0; i < findings->claims.count; i++) {
    append_claim(lines, &findings->claims.items[i], arena);
  }
}

typedef void file_visitor(const char *path, bg_view content,
                          const bg_lexicon *lexicon);

/// Visits the files of a folder of the project, in the order of their names;
/// none where there is no such folder.
static inline void
visit_files(const char *folder, file_visitor *visit, const bg_lexicon *lexicon)
{
  const char *top = getenv("top_srcdir");
  char directory[4096];
  snprintf(directory, sizeof directory, "%s/%s", top == NULL ? "." : top,
           folder);
  struct dirent **files = NULL;
  int count = scandir(directory, &files, NULL, alphasort);
  for (int i = 0; i < count; i++) {
    char path[4608];
    bg_buffer content;
    bg_error err = {{0}};
    snprintf(path, sizeof path, "%s/%s", directory, files[i]->d_name);
    bg_buffer_init(&content);
    if (files[i]->d_name[0] != '.' &&
        bg_file_read(path, &content, &err) == BG_OK) {
      visit(path, bg_buffer_view(&content), lexicon);
    }
    bg_buffer_release(&content);
    free(files[i]);
  }
  free(files);
}

#endif
