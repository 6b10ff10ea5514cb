/// What must not change the claims of an infobox: the order of its parameters,
/// a footnote behind any word, the number of spaces between words. Tried on
/// the cases of tests/golden/claims, and on the real articles beside the
/// project where they are at hand.

#include "claim_cases.h"
#include "lexicon.h"
#include "tap.h"

/// Writes a value of an infobox as another value that must say the same.
typedef void value_writer(bg_buffer *text, const bg_parameter *parameter);

typedef struct {
  const char *what;
  value_writer *write_value;
  bool reverses; // the order of the parameters
} variation;

// ---- variations ------------------------------------------------------------

static void
write_as_it_is(bg_buffer *text, const bg_parameter *parameter)
{
  bg_buffer_append(text, parameter->value);
}

static bool
ends_word(bg_view text, size_t at)
{
  char byte = text.bytes[at];
  return bg_is_letter(byte) || bg_is_digit(byte) || byte == ',' || byte == ')';
}

/// A footnote behind every word that a space or the end of a line follows, and
/// behind the last, outside links, templates and tags.
static void
write_with_footnotes(bg_buffer *text, const bg_parameter *parameter)
{
  const bg_view footnote =
      BG_VIEW("<ref>Smith 1999, p. 7: 500 men {{KIA}} of [[Y]]</ref>");
  const char *written = parameter->value.bytes;
  const char *end = written + parameter->value.size;
  for (const bg_node *node = parameter->nodes; node != NULL;
       node = node->next) {
    bg_view words = node->source;
    for (size_t i = 0; node->kind == BG_NODE_TEXT && i < words.size; i++) {
      bool is_last = i + 1 == words.size && node->next == NULL;
      bool is_before_space =
          i + 1 < words.size && bg_is_space(words.bytes[i + 1]);
      if (ends_word(words, i) && (is_last || is_before_space)) {
        const char *here = words.bytes + i + 1;
        bg_buffer_append(text, (bg_view){written, (size_t)(here - written)});
        bg_buffer_append(text, footnote);
        written = here;
      }
    }
  }
  bg_buffer_append(text, (bg_view){written, (size_t)(end - written)});
}

static void
write_with_two_spaces(bg_buffer *text, const bg_parameter *parameter)
{
  for (size_t i = 0; i < parameter->value.size; i++) {
    bg_buffer_append_byte(text, parameter->value.bytes[i]);
    if (parameter->value.bytes[i] == ' ') {
      bg_buffer_append_byte(text, ' ');
    }
  }
}

static const variation variations[] = {
    {"the order of parameters", write_as_it_is, true},
    {"footnotes", write_with_footnotes, false},
    {"two spaces for one", write_with_two_spaces, false},
};

enum { variation_count = sizeof variations / sizeof *variations };

// ---- varied articles -------------------------------------------------------

/// A parameter with what stray bars have cut off it.
static void
write_parameter(bg_buffer *text, const bg_infobox *infobox, size_t index,
                value_writer *write_value)
{
  const bg_parameter *parameter = &infobox->parameters[index];
  bg_buffer_format(text, "|%.*s=", BG_VIEW_ARGS(parameter->name));
  write_value(text, parameter);
  while (++index < infobox->parameter_count &&
         infobox->parameters[index].is_stray) {
    bg_buffer_append_byte(text, '|');
    write_value(text, &infobox->parameters[index]);
  }
}

static void
write_infobox(bg_buffer *text, const bg_infobox *infobox,
              const variation *varied)
{
  size_t count = infobox->parameter_count;
  bg_buffer_format(text, "{{%.*s\n", BG_VIEW_ARGS(infobox->name));
  for (size_t i = 0; i < count; i++) {
    size_t index = varied->reverses ? count - 1 - i : i;
    if (!infobox->parameters[index].is_stray) {
      write_parameter(text, infobox, index, varied->write_value);
    }
  }
  bg_buffer_append(text, BG_VIEW("}}"));
}

static bool
is_infobox(const bg_lexicon *lexicon, const bg_infobox *candidate)
{
  const bg_entry *entry = bg_lexicon_template(lexicon, candidate->name);
  return entry != NULL && candidate->node != NULL && !candidate->is_recovered &&
         bg_view_is_equal(entry->values[0], BG_VIEW("infobox"));
}

/// The text with its infoboxes varied.
static void
vary(const bg_view text, const variation *varied, const bg_lexicon *lexicon,
     bg_arena *arena, bg_buffer *into)
{
  bg_page page = {.title = BG_VIEW("Battle of X"),
                  .language = BG_VIEW("en"),
                  .wiki = BG_VIEW("en"),
                  .text = text,
                  .form = BG_FORM_WIKITEXT};
  bg_article *article = bg_article_read(&page, arena);
  size_t written = 0;
  for (size_t i = 0; i < article->infobox_count; i++) {
    bg_infobox *infobox = &article->infoboxes[i];
    size_t start = (size_t)(infobox->source.bytes - text.bytes);
    if (start < written || !is_infobox(lexicon, infobox)) {
      continue;
    }
    bg_infobox_open(infobox, arena);
    bg_buffer_append(into, bg_view_slice(text, written, start));
    write_infobox(into, infobox, varied);
    written = start + infobox->source.size;
  }
  bg_buffer_append(into, bg_view_slice(text, written, text.size));
}

// ---- comparison ------------------------------------------------------------

static int
compare_views(const void *left, const void *right)
{
  return bg_view_compare(*(const bg_view *)left, *(const bg_view *)right);
}

/// The claims of a text, one a line, in the order of the lines.
static void
append_sorted_claims(bg_buffer *sorted, bg_view text, const bg_lexicon *lexicon,
                     bg_arena *arena)
{
  enum { most_lines = 5000 };
  static bg_view lines[most_lines];
  bg_findings findings = extract_page(text, lexicon, arena);
  bg_buffer all;
  bg_buffer_init(&all);
  append_claims(&all, &findings, arena);
  bg_view rest = bg_buffer_view(&all);
  size_t count = 0;
  while (count < most_lines && bg_view_next_part(&rest, '\n', &lines[count])) {
    count++;
  }
  qsort(lines, count, sizeof *lines, compare_views);
  for (size_t i = 0; i < count; i++) {
    bg_buffer_format(sorted, "%.*s\n", BG_VIEW_ARGS(lines[i]));
  }
  bg_buffer_release(&all);
}

/// Prints the lines that only one of two sorted texts has.
static void
print_difference(bg_view before, bg_view after)
{
  bg_view left;
  bg_view right;
  bool has_left = bg_view_next_part(&before, '\n', &left);
  bool has_right = bg_view_next_part(&after, '\n', &right);
  while (has_left || has_right) {
    int order = !has_left ? 1 : !has_right ? -1 : bg_view_compare(left, right);
    if (order < 0) {
      printf("# - %.*s\n", BG_VIEW_ARGS(left));
    } else if (order > 0) {
      printf("# + %.*s\n", BG_VIEW_ARGS(right));
    }
    has_left = order <= 0 ? bg_view_next_part(&before, '\n', &left) : has_left;
    has_right =
        order >= 0 ? bg_view_next_part(&after, '\n', &right) : has_right;
  }
}

/// How many texts a variation was tried on, and how many claimed otherwise.
typedef struct {
  size_t texts;
  size_t changed;
} tally;

static void
try_variation(bg_view name, bg_view text, const variation *varied,
              const bg_lexicon *lexicon, tally *counts)
{
  bg_arena *arena = bg_arena_new();
  bg_buffer other;
  bg_buffer before;
  bg_buffer after;
  bg_buffer_init(&other);
  bg_buffer_init(&before);
  bg_buffer_init(&after);
  vary(text, varied, lexicon, arena, &other);
  append_sorted_claims(&before, text, lexicon, arena);
  append_sorted_claims(&after, bg_buffer_view(&other), lexicon, arena);
  counts->texts++;
  if (!bg_view_is_equal(bg_buffer_view(&before), bg_buffer_view(&after))) {
    counts->changed++;
    printf("# %.*s, %s:\n", BG_VIEW_ARGS(name), varied->what);
    print_difference(bg_buffer_view(&before), bg_buffer_view(&after));
  }
  bg_buffer_release(&other);
  bg_buffer_release(&before);
  bg_buffer_release(&after);
  bg_arena_free(arena);
}

static void
report_tallies(const char *texts, const tally *counts)
{
  for (size_t i = 0; i < variation_count; i++) {
    ok(counts[i].texts > 0 && counts[i].changed == 0,
       "%s: %zu of %zu claim the same whatever %s", texts,
       counts[i].texts - counts[i].changed, counts[i].texts,
       variations[i].what);
  }
}

// ---- the cases and the corpus ----------------------------------------------

static tally of_cases[variation_count];

static void
try_cases(const char *path, bg_view content, const bg_lexicon *lexicon)
{
  (void)path;
  for (claim_case each; next_case(&content, &each);) {
    bg_arena *arena = bg_arena_new();
    bg_view text = page_of_case(each.text, arena);
    for (size_t i = 0;
         i < variation_count && !bg_view_has_prefix(text, BG_VIEW("= ")); i++) {
      try_variation(each.what, text, &variations[i], lexicon, &of_cases[i]);
    }
    bg_arena_free(arena);
  }
}

static tally of_articles[variation_count];

static void
try_article(const char *path, bg_view content, const bg_lexicon *lexicon)
{
  for (size_t i = 0; i < variation_count; i++) {
    try_variation(bg_view_of(path), content, &variations[i], lexicon,
                  &of_articles[i]);
  }
}

int
main(void)
{
  bg_lexicon *lexicon = open_lexicon();
  visit_files("tests/golden/claims", try_cases, lexicon);
  report_tallies("cases", of_cases);
  visit_files("../shared/corpus/en", try_article, lexicon);
  if (of_articles[0].texts > 0) {
    report_tallies("articles", of_articles);
  } else {
    printf("# skipped: the articles are not here (../shared/corpus/en)\n");
  }
  bg_lexicon_close(lexicon);
  return done_testing();
}
