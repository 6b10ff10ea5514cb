#include "base/buffer.h"
#include "base/file.h"
#include "cli/commands.h"
#include "wikitext/wikitext.h"

#include <stdlib.h>

static const bg_option options[] = {{NULL, 0, NULL, NULL}};

typedef struct {
  const bg_node **items;
  size_t count;
  size_t capacity;
} node_list;

static int
compare_begins(const void *a, const void *b)
{
  const bg_node *const *left = a;
  const bg_node *const *right = b;
  const char *left_begin = (*left)->source.bytes;
  const char *right_begin = (*right)->source.bytes;
  return (left_begin > right_begin) - (left_begin < right_begin);
}

static void
print_template(bg_view text, const bg_node *node)
{
  size_t begin = (size_t)(node->source.bytes - text.bytes);
  printf("%zu\t%zu\t", begin, begin + node->source.size);
  for (size_t i = 0; i < node->name.size; i++) {
    char byte = node->name.bytes[i];
    putchar(bg_is_space(byte) ? ' ' : byte);
  }
  putchar('\n');
}

static void
print_templates(bg_view text, bg_arena *arena)
{
  node_list templates = {0};
  bg_walk walk = {.node = bg_wikitext_parse(text, arena), .arena = arena};
  for (const bg_node *node; (node = bg_wikitext_next(&walk)) != NULL;) {
    if (node->kind == BG_NODE_TEMPLATE) {
      BG_PUSH(arena, &templates) = node;
    }
  }
  if (templates.count > 0) {
    qsort(templates.items, templates.count, sizeof *templates.items,
          compare_begins);
  }
  for (size_t i = 0; i < templates.count; i++) {
    print_template(text, templates.items[i]);
  }
}

static bg_status
run_parse(const bg_arguments *arguments, bg_error *err)
{
  bg_arena *arena = bg_arena_new();
  bg_status worst = BG_OK;
  for (size_t i = 0; i < arguments->operand_count; i++) {
    bg_buffer content;
    bg_buffer_init(&content);
    bg_status status = bg_file_read(arguments->operands[i], &content, err);
    if (status == BG_OK) {
      print_templates(bg_buffer_view(&content), arena);
    } else {
      bg_cli_complain("%s", err->message);
      err->message[0] = '\0';
      worst = status > worst ? status : worst;
    }
    bg_buffer_release(&content);
    bg_arena_reset(arena);
  }
  bg_arena_free(arena);
  return worst;
}

const bg_command bg_command_parse = {
    .name = "parse",
    .summary = "list the templates of wikitext: begin, end and name",
    .operands = "FILE...",
    .least_operands = 1,
    .most_operands = BG_ANY_NUMBER,
    .options = options,
    .example = "  battlegraph parse data/articles/Battle_of_Cannae.wiki\n",
    .run = run_parse,
};
