#include "input/strict.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

enum { deepest = 32, longest_name = 24 };

typedef char element_name[longest_name];

struct bg_strict {
  XML_Parser parser;
  bg_site *site;
  bool all_revisions;
  uint64_t prologue;          // bytes that do not count
  element_name path[deepest]; // of the elements that are open
  unsigned depth;
  bg_page_draft page;
  bg_buffer text;
  bg_buffer content; // of an element that is not the text
  int namespace_key;
  bool is_too_long;
  bool has_page;
  bool is_in_page;
  bool has_revision;
  bool is_nested; // a page in a page
};

void
bg_page_draft_reset(bg_page_draft *draft)
{
  bg_buffer_reset(&draft->title);
  bg_buffer_reset(&draft->redirect);
  bg_buffer_reset(&draft->timestamp);
  bg_buffer_reset(&draft->model);
  draft->has_namespace = false;
  draft->namespace = 0;
  draft->id = 0;
  draft->revision = 0;
}

void
bg_page_draft_release(bg_page_draft *draft)
{
  bg_buffer_release(&draft->title);
  bg_buffer_release(&draft->redirect);
  bg_buffer_release(&draft->timestamp);
  bg_buffer_release(&draft->model);
}

// ---- elements --------------------------------------------------------------

/// The element's name without its prefix.
static const char *
local_name(const char *name)
{
  const char *colon = strrchr(name, ':');
  return colon == NULL ? name : colon + 1;
}

/// Whether the innermost open elements are `parent` and `name`.
static bool
is_at(const bg_strict *at, const char *parent, const char *name)
{
  return at->depth >= 2 && at->depth <= deepest &&
         strcmp(at->path[at->depth - 1], name) == 0 &&
         strcmp(at->path[at->depth - 2], parent) == 0;
}

static bg_view
attribute(const char **attributes, const char *name)
{
  for (size_t i = 0; attributes[i] != NULL; i += 2) {
    if (strcmp(attributes[i], name) == 0 ||
        strcmp(local_name(attributes[i]), name) == 0) {
      return bg_view_of(attributes[i + 1]);
    }
  }
  return BG_VIEW("");
}

static void
start_element(void *context, const char *name, const char **attributes)
{
  bg_strict *at = context;
  name = local_name(name);
  if (at->depth < deepest) {
    strncpy(at->path[at->depth], name, longest_name - 1);
    at->path[at->depth][longest_name - 1] = '\0';
  }
  at->depth++;
  bg_buffer_reset(&at->content);
  if (strcmp(name, "mediawiki") == 0) {
    bg_site_set_language(at->site, attribute(attributes, "xml:lang"));
  } else if (strcmp(name, "page") == 0) {
    if (at->is_in_page) {
      at->is_nested = true;
      XML_StopParser(at->parser, XML_FALSE);
    }
    bg_page_draft_reset(&at->page);
    bg_buffer_reset(&at->text);
    at->is_in_page = true;
    at->has_revision = false;
    at->is_too_long = false;
  } else if (is_at(at, "namespaces", "namespace")) {
    at->namespace_key = atoi(attribute(attributes, "key").bytes);
  } else if (is_at(at, "page", "redirect")) {
    bg_buffer_append(&at->page.redirect, attribute(attributes, "title"));
  } else if (is_at(at, "page", "revision")) {
    bg_buffer_reset(&at->page.timestamp);
    bg_buffer_reset(&at->page.model);
    bg_buffer_reset(&at->text);
    at->page.revision = 0;
    at->has_revision = true;
    at->is_too_long = false;
  } else if (is_at(at, "revision", "text")) {
    bg_buffer_reset(&at->text);
    at->is_too_long = false;
  }
}

static void
take_text(void *context, const char *bytes, int size)
{
  bg_strict *at = context;
  bool is_text = is_at(at, "revision", "text");
  bg_buffer *to = is_text ? &at->text : &at->content;
  if (to->size + (size_t)size <= BG_LONGEST_TEXT) {
    bg_buffer_append(to, (bg_view){bytes, (size_t)size});
  } else if (is_text) {
    at->is_too_long = true;
  }
}

/// Stops before the next event: the page is whole.
static void
give_page(bg_strict *at)
{
  at->has_page = true;
  XML_StopParser(at->parser, XML_TRUE);
}

static void
end_element(void *context, const char *name)
{
  bg_strict *at = context;
  bg_page_draft *page = &at->page;
  bg_view content = bg_view_trim(bg_buffer_view(&at->content));
  (void)name;
  if (is_at(at, "siteinfo", "base")) {
    bg_site_set_base(at->site, content);
  } else if (is_at(at, "namespaces", "namespace")) {
    bg_site_add_namespace(at->site, content, at->namespace_key);
  } else if (is_at(at, "page", "title")) {
    bg_buffer_append(&page->title, content);
  } else if (is_at(at, "page", "ns")) {
    bg_buffer_append_byte(&at->content, '\0');
    page->namespace = atoi(at->content.bytes);
    page->has_namespace = true;
  } else if (is_at(at, "page", "id")) {
    page->id = bg_xml_number(content);
  } else if (is_at(at, "revision", "id")) {
    page->revision = bg_xml_number(content);
  } else if (is_at(at, "revision", "timestamp")) {
    bg_buffer_append(&page->timestamp, content);
  } else if (is_at(at, "revision", "model")) {
    bg_buffer_append(&page->model, content);
  } else if (is_at(at, "page", "revision") && at->all_revisions) {
    give_page(at);
  } else if (at->depth <= deepest &&
             strcmp(at->path[at->depth - 1], "page") == 0) {
    give_page(at);
    at->has_page = !at->all_revisions && at->has_revision;
    at->is_in_page = false;
  }
  bg_buffer_reset(&at->content);
  at->depth--;
}

// ---- the parser ------------------------------------------------------------

bg_strict *
bg_strict_new(bg_site *site, bool all_revisions, const char *prologue)
{
  bg_strict *made = bg_heap_allocate(sizeof *made);
  memset(made, 0, sizeof *made);
  made->parser = XML_ParserCreate(NULL);
  if (made->parser == NULL) {
    abort(); // for want of memory
  }
  made->site = site;
  made->all_revisions = all_revisions;
  made->prologue = strlen(prologue);
  XML_SetUserData(made->parser, made);
  XML_SetElementHandler(made->parser, start_element, end_element);
  XML_SetCharacterDataHandler(made->parser, take_text);
  if (made->prologue > 0) {
    XML_Parse(made->parser, prologue, (int)made->prologue, XML_FALSE);
  }
  return made;
}

void
bg_strict_free(bg_strict *strict)
{
  if (strict != NULL) {
    XML_ParserFree(strict->parser);
    bg_page_draft_release(&strict->page);
    bg_buffer_release(&strict->text);
    bg_buffer_release(&strict->content);
    free(strict);
  }
}

static bg_strict_state
state_after(enum XML_Status status)
{
  if (status == XML_STATUS_ERROR) {
    return BG_STRICT_BROKEN;
  }
  return status == XML_STATUS_SUSPENDED ? BG_STRICT_PAGE : BG_STRICT_MORE;
}

bg_strict_state
bg_strict_feed(bg_strict *strict, bg_view bytes, bool is_last)
{
  void *to = XML_GetBuffer(strict->parser, (int)bytes.size);
  if (to == NULL) {
    return BG_STRICT_BROKEN;
  }
  if (bytes.size > 0) {
    memcpy(to, bytes.bytes, bytes.size);
  }
  return state_after(XML_ParseBuffer(strict->parser, (int)bytes.size, is_last));
}

bg_strict_state
bg_strict_resume(bg_strict *strict)
{
  return state_after(XML_ResumeParser(strict->parser));
}

const bg_page_draft *
bg_strict_page(const bg_strict *strict, bg_view *text, bool *is_too_long)
{
  *text = bg_buffer_view(&strict->text);
  *is_too_long = strict->is_too_long;
  return strict->has_page ? &strict->page : NULL;
}

uint64_t
bg_strict_offset(const bg_strict *strict)
{
  XML_Index index = XML_GetCurrentByteIndex(strict->parser);
  uint64_t offset = index < 0 ? 0 : (uint64_t)index;
  return offset < strict->prologue ? 0 : offset - strict->prologue;
}

const char *
bg_strict_reason(const bg_strict *strict)
{
  const XML_LChar *reason = XML_ErrorString(XML_GetErrorCode(strict->parser));
  return strict->is_nested ? "a page in a page"
         : reason == NULL  ? "it does not end"
                           : reason;
}
