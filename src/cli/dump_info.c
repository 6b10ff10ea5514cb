#include "cli/commands.h"
#include "cli/work.h"
#include "input/input.h"

#include <stdio.h>

static const bg_option options[] = {
    {"all-revisions", 0, NULL, "count every revision"},
    {"strict", 0, NULL, "read the XML by expat, whatever its shape"},
    {"list", 0, NULL, "list the pages: namespace, id, revision, size, title"},
    {NULL, 0, NULL, NULL},
};

typedef struct {
  uint64_t pages;
  uint64_t articles;
  uint64_t redirects;
  uint64_t bytes; // of text, escaped where the dump has it so
  bool lists;
} dump_counts;

static void
complain(void *context, const char *message)
{
  (void)context;
  bg_cli_complain("%s", message);
}

static void
count_page(dump_counts *counts, bg_page *page, bg_arena *arena)
{
  bool is_redirect = page->redirect.size > 0;
  counts->pages++;
  counts->redirects += is_redirect;
  counts->articles += page->namespace == 0 && !is_redirect;
  counts->bytes += page->text.size;
  if (counts->lists) {
    bg_page_read_text(page, arena);
    printf("%d\t%llu\t%llu\t%zu\t%.*s\n", page->namespace,
           (unsigned long long)page->id, (unsigned long long)page->revision,
           page->text.size, BG_VIEW_ARGS(page->title));
    bg_arena_reset(arena);
  }
}

static bg_status
read_file(const char *path, const bg_input_options *input_options,
          dump_counts *counts, bg_error *err)
{
  bg_input *input;
  bg_page page;
  BG_TRY(bg_input_open(path, input_options, NULL, &input, err));
  bg_arena *arena = bg_arena_new();
  bg_status status;
  char language[32] = "";
  char wiki[32] = "";
  while ((status = bg_input_next(input, &page, err)) == BG_OK) {
    if (language[0] == '\0') {
      snprintf(language, sizeof language, "%.*s", BG_VIEW_ARGS(page.language));
      snprintf(wiki, sizeof wiki, "%.*s", BG_VIEW_ARGS(page.wiki));
    }
    count_page(counts, &page, arena);
  }
  if (status == BG_END) {
    status = bg_input_is_damaged(input) ? BG_REFUSED : BG_OK;
  }
  if (!counts->lists) {
    printf("%s\n  %s\n  language   %s\n  wiki       %s\n  pages      %llu\n"
           "  articles   %llu\n  redirects  %llu\n  text       %llu bytes\n",
           path, bg_input_is_dump(input) ? "MediaWiki XML" : "one page",
           language, wiki, (unsigned long long)counts->pages,
           (unsigned long long)counts->articles,
           (unsigned long long)counts->redirects,
           (unsigned long long)counts->bytes);
  }
  bg_input_close(input);
  bg_arena_free(arena);
  return status;
}

static bg_status
run_dump_info(const bg_arguments *arguments, bg_error *err)
{
  bg_pool *pool = bg_pool_new(bg_processor_count());
  bg_input_options input_options = {
      .complain = complain,
      .pool = pool,
      .all_revisions = bg_option_is_given(arguments, "all-revisions"),
      .is_strict = bg_option_is_given(arguments, "strict"),
      .title = "standard input",
  };
  bg_status worst = BG_OK;
  for (size_t i = 0; i < arguments->operand_count; i++) {
    dump_counts counts = {.lists = bg_option_is_given(arguments, "list")};
    bg_status status =
        read_file(arguments->operands[i], &input_options, &counts, err);
    if (status > BG_END && err->message[0] != '\0') {
      bg_cli_complain("%s", err->message);
      err->message[0] = '\0';
    }
    worst = status > worst ? status : worst;
  }
  bg_pool_free(pool);
  return worst;
}

const bg_command bg_command_dump_info = {
    .name = "dump-info",
    .summary = "say what dumps hold",
    .operands = "FILE...",
    .least_operands = 1,
    .most_operands = BG_ANY_NUMBER,
    .options = options,
    .example = "  battlegraph dump-info simplewiki-pages-articles.xml.bz2\n",
    .run = run_dump_info,
};
