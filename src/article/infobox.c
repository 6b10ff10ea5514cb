#include "article/infobox.h"

#include <string.h>

typedef struct {
  bg_infobox *items;
  size_t count;
  size_t capacity;
} infobox_list;

typedef struct {
  bg_parameter *items;
  size_t count;
  size_t capacity;
} parameter_list;

static void
add_infobox(infobox_list *infoboxes, bg_infobox infobox,
            const parameter_list *parameters, bg_arena *arena)
{
  infobox.parameters = parameters->items;
  infobox.parameter_count = parameters->count;
  BG_PUSH(arena, infoboxes) = infobox;
}

// ---- templates of wikitext -------------------------------------------------

/// An argument without a name, where all have one, goes on with the value
/// before it: a "|" has strayed into that.
static void
add_stray(const bg_node *argument, parameter_list *parameters, bg_arena *arena)
{
  if (parameters->count > 0 && bg_view_trim(argument->inner).size > 0) {
    bg_view name = parameters->items[parameters->count - 1].name;
    BG_PUSH(arena, parameters) = (bg_parameter){.name = name,
                                                .value = argument->inner,
                                                .nodes = argument->children,
                                                .is_stray = true};
  }
}

void
bg_infobox_open(bg_infobox *infobox, bg_arena *arena)
{
  parameter_list parameters = {0};
  bg_map by_name;
  if (infobox->node == NULL || infobox->parameters != NULL) {
    return;
  }
  bg_map_init(&by_name, arena);
  for (const bg_node *argument = infobox->node->children; argument != NULL;
       argument = argument->next) {
    if (argument->name.size == 0) {
      add_stray(argument, &parameters, arena);
      continue;
    }
    // A repeated name overwrites (Help:Templates), but an empty value does not
    // say that the earlier one was wrong.
    bool is_empty = bg_view_trim(argument->inner).size == 0;
    bg_parameter parameter = {.name = argument->name,
                              .value = argument->inner,
                              .nodes = argument->children};
    size_t *place = bg_map_find(&by_name, argument->name);
    if (place == NULL) {
      place = BG_NEW(arena, size_t);
      *place = parameters.count;
      bg_map_set(&by_name, argument->name, place);
      BG_PUSH(arena, &parameters) = parameter;
    } else if (!is_empty) {
      parameters.items[*place] = parameter;
    }
  }
  infobox->parameters = parameters.items;
  infobox->parameter_count = parameters.count;
}

/// A template with named arguments may be an infobox: its reader knows.
static void
read_template(const bg_node *node, infobox_list *infoboxes, bg_arena *arena)
{
  for (const bg_node *argument = node->children; argument != NULL;
       argument = argument->next) {
    if (argument->name.size > 0) {
      BG_PUSH(arena, infoboxes) = (bg_infobox){
          .name = node->name, .source = node->source, .node = node};
      return;
    }
  }
}

// ---- infoboxes that are never closed ---------------------------------------

/// parameter-line ::= white-space* "|" name "=" value
static bool
read_parameter_line(bg_view line, bg_parameter *parameter)
{
  bg_view content = bg_view_trim(line);
  size_t equals = bg_view_find_byte(content, '=', 0);
  if (content.size == 0 || content.bytes[0] != '|' || equals == BG_NOWHERE) {
    return false;
  }
  bg_view name = bg_view_trim(bg_view_slice(content, 1, equals));
  for (size_t i = 0; i < name.size; i++) {
    if (strchr("[]{}|<>", name.bytes[i]) != NULL) {
      return false;
    }
  }
  *parameter = (bg_parameter){
      .name = name, .value = bg_view_slice(content, equals + 1, content.size)};
  return name.size > 0;
}

/// Where the parameters surely end: a line that closes the box, or one that
/// can only stand in an article's body.
static bool
is_end_of_box(bg_view line, bool after_blank_line)
{
  bg_view content = bg_view_trim(line);
  if (bg_view_has_prefix(content, BG_VIEW("}}")) ||
      bg_view_has_prefix(content, BG_VIEW("=="))) {
    return true;
  }
  bool begins_prose =
      content.size > 0 && strchr("|*:;{}<!", content.bytes[0]) == NULL;
  return (after_blank_line && begins_prose) ||
         (begins_prose && bg_view_has_prefix(content, BG_VIEW("'''")) &&
          content.size > 200);
}

/// Reads the lines after "{{name" as far as they can be a box's. Returns the
/// offset in `text` where it stopped.
static size_t
recover_infobox(bg_view text, size_t start, infobox_list *infoboxes,
                bg_arena *arena)
{
  bg_view rest = bg_view_slice(text, start + 2, text.size);
  bg_view line;
  bg_view_next_part(&rest, '\n', &line);
  size_t pipe = bg_view_find_byte(line, '|', 0);
  bg_view name = bg_view_trim(
      bg_view_slice(line, 0, pipe == BG_NOWHERE ? line.size : pipe));
  parameter_list parameters = {0};
  bool after_blank_line = false;
  size_t end = start + 2;
  while (bg_view_next_part(&rest, '\n', &line) &&
         !is_end_of_box(line, after_blank_line)) {
    bg_parameter parameter;
    end = (size_t)(line.bytes + line.size - text.bytes);
    if (read_parameter_line(line, &parameter)) {
      BG_PUSH(arena, &parameters) = parameter;
    } else if (parameters.count > 0) {
      bg_parameter *last = &parameters.items[parameters.count - 1];
      last->value = bg_view_span(last->value, line);
    } else if (bg_view_trim(line).size > 0) {
      break;
    }
    after_blank_line = bg_view_trim(line).size == 0;
  }
  for (size_t i = 0; i < parameters.count; i++) {
    parameters.items[i].nodes =
        bg_wikitext_parse(parameters.items[i].value, arena);
  }
  if (parameters.count > 0 && name.size > 0) {
    add_infobox(infoboxes,
                (bg_infobox){.name = name,
                             .source = bg_view_slice(text, start, end),
                             .is_recovered = true},
                &parameters, arena);
  }
  return end;
}

/// A box that is never closed is text to MediaWiki; its "{{" begins a line.
/// Looks at what no box before has taken; returns where that now ends.
static size_t
recover_from_text(bg_view text, bg_view source, size_t from,
                  infobox_list *infoboxes, bg_arena *arena)
{
  size_t at = (size_t)(source.bytes - text.bytes);
  bg_view searched = bg_view_slice(text, 0, at + source.size);
  at = at > from ? at : from;
  while ((at = bg_view_find(searched, BG_VIEW("{{"), at)) != BG_NOWHERE) {
    bool begins_line = at == 0 || text.bytes[at - 1] == '\n';
    bool begins_name = at + 2 < text.size && text.bytes[at + 2] != '{' &&
                       !bg_is_space(text.bytes[at + 2]);
    if (begins_line && begins_name) {
      at = recover_infobox(text, at, infoboxes, arena);
      from = at;
    } else {
      at += 2;
    }
  }
  return from;
}

static void
read_templates(const bg_article *article, infobox_list *infoboxes,
               bg_arena *arena)
{
  size_t recovered_to = 0;
  bg_walk walk = {.node = article->nodes, .arena = arena};
  for (const bg_node *node; (node = bg_wikitext_next(&walk)) != NULL;) {
    if (node->kind == BG_NODE_EXTENSION) {
      walk.skip_children = true; // a footnote's templates are its sources
    } else if (node->kind == BG_NODE_TEMPLATE) {
      read_template(node, infoboxes, arena);
    } else if (node->kind == BG_NODE_TEXT) {
      recovered_to = recover_from_text(article->text, node->source,
                                       recovered_to, infoboxes, arena);
    }
  }
}

// ---- plain renderings ------------------------------------------------------

/// plain-parameter ::= "- " key ":" value | "|" key "=" value, on one line; the
/// second where the rendering has left a template as it was
static bool
read_plain_parameter(bg_view line, bg_parameter *parameter)
{
  bool is_left = bg_view_has_prefix(line, BG_VIEW("|"));
  size_t mark = bg_view_find_byte(line, is_left ? '=' : ':', 0);
  if ((!is_left && !bg_view_has_prefix(line, BG_VIEW("- "))) ||
      mark == BG_NOWHERE) {
    return false;
  }
  *parameter = (bg_parameter){
      .name = bg_view_trim(bg_view_slice(line, is_left ? 1 : 2, mark)),
      .value = bg_view_slice(line, mark + 1, line.size)};
  return true;
}

/// A line that goes on with the value before it: only a template that was left
/// as it was has such.
static bool
continues_value(bg_view head, bg_view line)
{
  return bg_view_has_prefix(head, BG_VIEW("{{")) && line.size > 0 &&
         !bg_view_has_prefix(line, BG_VIEW("}}")) &&
         !bg_view_has_prefix(line, BG_VIEW("=="));
}

/// "Infobox", or the name of a template that was left as it was.
static bg_view
name_of_head(bg_view head)
{
  return bg_view_has_prefix(head, BG_VIEW("{{"))
             ? bg_view_trim(bg_view_slice(head, 2, head.size))
             : head;
}

/// The block that follows a line "Infobox".
static void
read_plain_infobox(const bg_article *article, infobox_list *infoboxes,
                   bg_arena *arena)
{
  parameter_list parameters = {0};
  bg_view rest = article->text;
  bg_view line;
  bg_view head = {0};
  while (bg_view_next_part(&rest, '\n', &line)) {
    bg_view content = bg_view_trim(line);
    bg_parameter parameter;
    if (head.size == 0) {
      if (bg_view_has_prefix_folded(content, BG_VIEW("infobox")) ||
          bg_view_has_prefix_folded(content, BG_VIEW("{{infobox"))) {
        head = content;
      }
      continue;
    }
    if (read_plain_parameter(content, &parameter)) {
      BG_PUSH(arena, &parameters) = parameter;
    } else if (parameters.count > 0 && continues_value(head, content)) {
      bg_parameter *last = &parameters.items[parameters.count - 1];
      last->value = bg_view_span(last->value, line);
    } else if (parameters.count > 0) {
      break;
    }
  }
  for (size_t i = 0; i < parameters.count; i++) {
    bg_node *text = BG_NEW(arena, bg_node);
    text->kind = BG_NODE_TEXT;
    text->source = parameters.items[i].value;
    parameters.items[i].nodes = text;
  }
  if (parameters.count > 0) {
    const bg_parameter *last = &parameters.items[parameters.count - 1];
    add_infobox(infoboxes,
                (bg_infobox){.name = name_of_head(head),
                             .source = bg_view_span(head, last->value),
                             .is_flat = true},
                &parameters, arena);
  }
}

void
bg_infoboxes_read(bg_article *article, bg_arena *arena)
{
  infobox_list infoboxes = {0};
  if (article->form == BG_FORM_PLAIN) {
    read_plain_infobox(article, &infoboxes, arena);
  } else {
    read_templates(article, &infoboxes, arena);
  }
  article->infoboxes = infoboxes.items;
  article->infobox_count = infoboxes.count;
}
