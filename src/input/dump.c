/// A dump is written by a machine: every '<' is one of a tag, every tag stands
/// as MediaWiki writes it, and a text goes from its tag to the next '<'. So
/// pages are found at the speed of memchr. What is not of that shape goes to
/// expat, page by page.

#include "input/dump.h"

#include "input/strict.h"
#include "input/tags.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bg_dump {
  const bg_input_options *options;
  bg_tags tags;    // where reading is
  bg_arena *arena; // for the site
  bg_site site;
  bool has_root; // <mediawiki> was seen, and not its end
  bool is_in_page;
  bool is_part;
  bg_page_draft page;
  uint64_t page_start;
  bg_position page_position; // where it begins
  uint64_t text_start;
  uint64_t text_end;
  bool is_too_long;
  uint64_t next_revision; // where its tag stands
  uint64_t odd_start;     // from where expat would read the page
  bg_buffer prologue;     // and what stands before that
  uint64_t given;         // pages: of the one at hand, or of an all strict file
  uint64_t skip;          // pages not to be given: they have been
  bg_strict *strict;
  uint64_t strict_end; // behind the page it was called for
  bool is_all_strict;
  bool has_prologue; // of such a file: a root was put before it
};

bg_dump *
bg_dump_new(const bg_input_options *options, bg_window *window)
{
  bg_dump *made = bg_heap_allocate(sizeof *made);
  memset(made, 0, sizeof *made);
  made->options = options;
  made->tags.window = *window;
  made->arena = bg_arena_new();
  made->site.arena = made->arena;
  bg_view start = bg_buffer_view(&window->bytes);
  made->is_all_strict =
      options->is_strict || !bg_dump_is_usual(bg_view_slice(start, 0, 4096));
  if (made->is_all_strict) {
    made->has_prologue = bg_dump_lacks_root(start);
    made->strict = bg_strict_new(&made->site, options->all_revisions,
                                 made->has_prologue ? "<mediawiki>" : "");
  }
  return made;
}

void
bg_dump_free(bg_dump *dump)
{
  if (dump != NULL) {
    bg_strict_free(dump->strict);
    bg_page_draft_release(&dump->page);
    bg_buffer_release(&dump->prologue);
    bg_window_release(&dump->tags.window);
    bg_arena_free(dump->arena);
    free(dump);
  }
}

void
bg_dump_go_on(bg_dump *dump, bg_source *source)
{
  bg_window_release(&dump->tags.window);
  bg_window_init(&dump->tags.window, source);
  dump->tags.at = 0;
  dump->tags.keep = 0;
  dump->is_part = true;
}

void
bg_dump_skip(bg_dump *dump, uint64_t pages)
{
  dump->skip = pages;
}

bool
bg_dump_is_strict(const bg_dump *dump)
{
  return dump->is_all_strict;
}

bg_position
bg_dump_position(const bg_dump *dump)
{
  bg_position position = {0, 0, dump->given};
  if (dump->is_all_strict) {
    return position; // expat reads from the beginning only
  }
  if (dump->is_in_page) {
    position = dump->page_position;
    position.given = dump->given;
    return position;
  }
  return bg_window_position(&dump->tags.window, dump->strict != NULL
                                                    ? dump->strict_end
                                                    : dump->tags.at);
}

const bg_source *
bg_dump_source(const bg_dump *dump)
{
  return dump->tags.window.source;
}

// ---- what stands outside pages ---------------------------------------------

static void
set_unescaped(bg_buffer *to, bg_view escaped)
{
  escaped = bg_view_trim(escaped);
  bg_buffer_reset(to);
  to->size = bg_xml_unescape(escaped, bg_buffer_reserve(to, escaped.size));
}

static int
read_key(bg_view digits)
{
  bool is_negative = digits.size > 0 && digits.bytes[0] == '-';
  int key =
      (int)(bg_xml_number(bg_view_slice(digits, is_negative, digits.size)) &
            0xFFFFF);
  return is_negative ? -key : key;
}

/// <mediawiki>, and the elements of <siteinfo>.
static bg_status
read_site(bg_dump *dump, const bg_tag *read, bg_error *err)
{
  bg_view content;
  if (bg_tag_opens(read, "mediawiki")) {
    dump->has_root = true;
    bg_site_set_language(
        &dump->site, bg_xml_attribute(read->attributes, BG_VIEW("xml:lang")));
  } else if (bg_tag_closes(read, "mediawiki")) {
    dump->has_root = false;
  } else if (bg_tag_opens(read, "base")) {
    BG_TRY(bg_tags_content(&dump->tags, read, &content, err));
    bg_site_set_base(&dump->site, bg_view_trim(content));
  } else if (bg_tag_opens(read, "namespace")) {
    int key = read_key(bg_xml_attribute(read->attributes, BG_VIEW("key")));
    BG_TRY(bg_tags_content(&dump->tags, read, &content, err));
    set_unescaped(&dump->page.title, content);
    bg_site_add_namespace(&dump->site, bg_buffer_view(&dump->page.title), key);
  }
  return BG_OK;
}

/// Says that a page is lost, and why.
static void
complain_of_page(bg_dump *dump, const char *why)
{
  char place[128];
  bg_source_describe(dump->tags.window.source, dump->page_position, place,
                     sizeof place);
  bg_view title = bg_buffer_view(&dump->page.title);
  if (bg_xml_is_title(title)) {
    bg_source_complain(dump->tags.window.source, "page '%.*s' at %s %s",
                       BG_VIEW_ARGS(title), place, why);
  } else {
    bg_source_complain(dump->tags.window.source, "the page at %s %s", place,
                       why);
  }
}

/// Goes behind the tag <page>.
static bg_status
find_page(bg_dump *dump, bg_error *err)
{
  bg_tag read;
  for (;;) {
    dump->tags.keep = dump->tags.at;
    bg_status status = bg_tags_next(&dump->tags, BG_LONGEST_MARKUP, &read, err);
    if (status == BG_OK && bg_tag_opens(&read, "page") && !read.is_empty) {
      dump->page_start = read.start;
      dump->page_position = bg_window_position(&dump->tags.window, read.start);
      dump->given = 0;
      return BG_OK;
    }
    if (status == BG_OK) {
      dump->tags.keep = read.start;
      status = read.is_odd && bg_view_has_prefix(read.name, BG_VIEW("!--"))
                   ? bg_tags_skip_comment(&dump->tags, read.start, err)
                   : read_site(dump, &read, err);
    }
    if (status == BG_REFUSED) {
      bg_tags_pass_gap(&dump->tags); // or a tag that does not end
    } else if (status != BG_OK) {
      return status;
    }
  }
}

bg_status
bg_dump_read_head(bg_dump *dump, bg_error *err)
{
  if (dump->is_all_strict) {
    return BG_OK; // with the first page
  }
  bg_status status = find_page(dump, err);
  dump->tags.at = dump->page_start; // to be found once more
  return status == BG_END ? BG_OK : status;
}

// ---- pages -----------------------------------------------------------------

/// Keeps what stands before the first revision: should one of them be odd,
/// expat reads that first.
static void
begin_revision(bg_dump *dump, const bg_tag *revision)
{
  bg_buffer *to = &dump->prologue;
  bg_buffer_reset(to);
  bg_buffer_append(to, BG_VIEW("<mediawiki>"));
  bg_buffer_append(to, bg_window_view(&dump->tags.window, dump->page_start,
                                      revision->start));
  bg_buffer_append_byte(to, '\0');
  dump->odd_start = revision->start;
  dump->tags.keep = revision->start;
}

/// What stands before the first revision. BG_REFUSED where it is strange.
static bg_status
read_page_head(bg_dump *dump, bool *has_revision, bg_error *err)
{
  bg_page_draft *page = &dump->page;
  bg_tag read;
  bg_view content;
  bg_page_draft_reset(page);
  for (;;) {
    BG_TRY(bg_tags_next(&dump->tags, BG_LONGEST_MARKUP, &read, err));
    if (bg_tag_opens(&read, "revision") || bg_tag_closes(&read, "page")) {
      *has_revision = !read.is_close;
      begin_revision(dump, &read);
      return BG_OK;
    }
    if (read.is_odd || bg_tag_opens(&read, "page")) {
      return BG_REFUSED;
    }
    if (bg_tag_opens(&read, "redirect")) {
      set_unescaped(&page->redirect,
                    bg_xml_attribute(read.attributes, BG_VIEW("title")));
    }
    if (bg_tag_opens(&read, "title")) {
      BG_TRY(bg_tags_content(&dump->tags, &read, &content, err));
      set_unescaped(&page->title, content);
    } else if (bg_tag_opens(&read, "ns")) {
      BG_TRY(bg_tags_content(&dump->tags, &read, &content, err));
      page->namespace = read_key(content);
      page->has_namespace = true;
    } else if (bg_tag_opens(&read, "id")) {
      BG_TRY(bg_tags_content(&dump->tags, &read, &content, err));
      page->id = bg_xml_number(content);
    }
  }
}

/// Passes an element of a revision.
static bg_status
skip_element(bg_dump *dump, const char *name, bg_error *err)
{
  bg_tag read;
  do {
    BG_TRY(bg_tags_next(&dump->tags, BG_LONGEST_TEXT, &read, err));
    if (read.is_odd || bg_tag_closes(&read, "revision") ||
        bg_tag_closes(&read, "page") || bg_tag_opens(&read, "page")) {
      return BG_REFUSED;
    }
  } while (!bg_tag_closes(&read, name));
  return BG_OK;
}

/// From <text> to the next tag, which must be its end.
static bg_status
read_text(bg_dump *dump, const bg_tag *read, bg_error *err)
{
  dump->text_start = dump->tags.at;
  dump->text_end = dump->tags.at;
  dump->is_too_long = false;
  if (read->is_empty) {
    return BG_OK;
  }
  bg_status status = bg_tags_find_byte(&dump->tags, '<', dump->tags.at,
                                       BG_LONGEST_TEXT, &dump->text_end, err);
  while (status == BG_REFUSED && dump->tags.window.gap == BG_NO_GAP) {
    // Too long: it is passed without being kept.
    dump->is_too_long = true;
    dump->tags.at = bg_window_end(&dump->tags.window);
    dump->tags.keep = dump->tags.at;
    status = bg_tags_find_byte(&dump->tags, '<', dump->tags.at, BG_LONGEST_TEXT,
                               &dump->text_end, err);
  }
  BG_TRY(status);
  dump->tags.at = dump->text_end;
  bg_tag end;
  BG_TRY(bg_tags_next(&dump->tags, BG_LONGEST_MARKUP, &end, err));
  return bg_tag_closes(&end, "text") ? BG_OK : BG_REFUSED;
}

/// From behind <revision> to behind its end.
static bg_status
read_revision(bg_dump *dump, bg_error *err)
{
  bg_page_draft *page = &dump->page;
  bg_tag read;
  bg_view content;
  bg_buffer_reset(&page->timestamp);
  bg_buffer_reset(&page->model);
  page->revision = 0;
  dump->text_start = dump->tags.at;
  dump->text_end = dump->tags.at;
  dump->is_too_long = false;
  for (;;) {
    BG_TRY(bg_tags_next(&dump->tags, BG_LONGEST_MARKUP, &read, err));
    if (bg_tag_closes(&read, "revision")) {
      return BG_OK;
    }
    if (read.is_odd || bg_tag_opens(&read, "page") ||
        bg_tag_closes(&read, "page")) {
      return BG_REFUSED;
    }
    if (bg_tag_opens(&read, "text")) {
      BG_TRY(read_text(dump, &read, err));
    } else if (bg_tag_opens(&read, "id")) {
      BG_TRY(bg_tags_content(&dump->tags, &read, &content, err));
      page->revision = bg_xml_number(content);
    } else if (bg_tag_opens(&read, "timestamp")) {
      BG_TRY(bg_tags_content(&dump->tags, &read, &content, err));
      bg_buffer_reset(&page->timestamp);
      bg_buffer_append(&page->timestamp, bg_view_trim(content));
    } else if (bg_tag_opens(&read, "model")) {
      BG_TRY(bg_tags_content(&dump->tags, &read, &content, err));
      bg_buffer_reset(&page->model);
      bg_buffer_append(&page->model, bg_view_trim(content));
    } else if (bg_tag_opens(&read, "contributor") && !read.is_empty) {
      BG_TRY(skip_element(dump, "contributor", err)); // it has an <id>
    } else if (bg_tag_opens(&read, "content") && !read.is_empty) {
      BG_TRY(skip_element(dump, "content", err)); // it has a <text>
    }
  }
}

/// Behind a revision: whether another one follows, behind whose tag it goes.
static bg_status
has_another_revision(bg_dump *dump, bool *has, bg_error *err)
{
  bg_tag read;
  for (;;) {
    BG_TRY(bg_tags_next(&dump->tags, BG_LONGEST_MARKUP, &read, err));
    if (bg_tag_opens(&read, "revision") || bg_tag_closes(&read, "page")) {
      *has = !read.is_close;
      dump->next_revision = read.start;
      return BG_OK;
    }
    if (read.is_odd || bg_tag_opens(&read, "page")) {
      return BG_REFUSED;
    }
  }
}

/// From behind <page>, or from behind <revision> of a page with more of them,
/// to the revision that is asked for. BG_OK: one was read.
static bg_status
read_page(bg_dump *dump, bool *has_revision, bg_error *err)
{
  bool has = true;
  if (dump->is_in_page) {
    dump->odd_start = dump->next_revision; // what was before is given
    dump->tags.keep = dump->odd_start;
  } else {
    bg_buffer_reset(&dump->prologue);
    dump->odd_start = dump->page_start;
    dump->tags.keep = dump->page_start;
    BG_TRY(read_page_head(dump, &has, err));
  }
  *has_revision = has;
  dump->is_in_page = false;
  while (has) {
    BG_TRY(read_revision(dump, err));
    BG_TRY(has_another_revision(dump, &has, err));
    if (has && dump->options->all_revisions) {
      dump->is_in_page = true;
      return BG_OK;
    }
    if (has) {
      dump->odd_start = dump->next_revision; // the one before is not wanted
      dump->tags.keep = dump->odd_start;
    }
  }
  return BG_OK;
}

static bool
is_wikitext(bg_view model)
{
  return model.size == 0 || bg_view_is_equal(model, BG_VIEW("wikitext"));
}

/// The page of a draft. False where it is none that we want; complains where
/// that is a fault.
static bool
give_page(bg_dump *dump, const bg_page_draft *draft, bg_view text,
          bool is_escaped, bool is_too_long, bg_page *page)
{
  bg_view title = bg_buffer_view(&draft->title);
  if (!bg_xml_is_title(title)) {
    complain_of_page(dump, "has no title that could be one; it is left out");
    return false;
  }
  if (is_too_long) {
    complain_of_page(dump, "is longer than any article; it is left out");
    return false;
  }
  if (!is_wikitext(bg_buffer_view(&draft->model))) {
    return false;
  }
  const char *asked = dump->options->language;
  bg_view language = asked != NULL                  ? bg_view_of(asked)
                     : dump->site.language.size > 0 ? dump->site.language
                                                    : BG_VIEW("en");
  *page = (bg_page){
      .title = title,
      .language = language,
      .wiki = dump->site.wiki.size > 0 ? dump->site.wiki : language,
      .text = text,
      .form = BG_FORM_WIKITEXT,
      .path = dump->tags.window.source->raw.path,
      .is_of_dump = true,
      .is_escaped = is_escaped,
      .namespace = draft->has_namespace ? draft->namespace
                                        : bg_site_namespace(&dump->site, title),
      .id = draft->id,
      .revision = draft->revision,
      .timestamp = bg_buffer_view(&draft->timestamp),
      .redirect = bg_buffer_view(&draft->redirect),
  };
  return true;
}

// ---- by expat --------------------------------------------------------------

/// The draft is expat's: messages name its page.
static void
take_title(bg_dump *dump, const bg_page_draft *draft)
{
  bg_buffer_reset(&dump->page.title);
  bg_buffer_append(&dump->page.title, bg_buffer_view(&draft->title));
}

static void
leave_strict(bg_dump *dump, uint64_t offset)
{
  bg_strict_free(dump->strict);
  dump->strict = NULL;
  dump->is_all_strict = false;
  dump->is_in_page = false;
  dump->tags.at = offset;
}

static void
complain_of_xml(bg_dump *dump, uint64_t offset)
{
  char place[128];
  bg_source_describe(dump->tags.window.source,
                     bg_window_position(&dump->tags.window, offset), place,
                     sizeof place);
  bg_source_complain(dump->tags.window.source, "is no XML at %s: %s", place,
                     bg_strict_reason(dump->strict));
}

/// The page that expat has stopped behind. BG_REFUSED: it is none to give.
static bg_status
take_strict(bg_dump *dump, bg_page *page)
{
  bg_view text;
  bool is_too_long;
  const bg_page_draft *draft =
      bg_strict_page(dump->strict, &text, &is_too_long);
  if (draft == NULL) {
    return BG_REFUSED;
  }
  take_title(dump, draft);
  return give_page(dump, draft, text, false, is_too_long, page) ? BG_OK
                                                                : BG_REFUSED;
}

// ---- a whole file by expat -------------------------------------------------

/// Feeds expat what is at hand. BG_REFUSED where something was lost.
static bg_status
feed_strict(bg_dump *dump, bg_strict_state *state, bg_error *err)
{
  bg_window *window = &dump->tags.window;
  uint64_t end = bg_window_whole(window);
  if (dump->tags.at == end && end == window->gap) {
    return BG_REFUSED;
  }
  if (dump->tags.at == end) {
    dump->tags.keep = dump->tags.at;
    bg_status status = bg_window_more(window, dump->tags.keep, err);
    if (status == BG_END) {
      bg_view close =
          dump->has_prologue ? BG_VIEW("</mediawiki>") : BG_VIEW("");
      *state = bg_strict_feed(dump->strict, close, true);
      return *state == BG_STRICT_MORE ? BG_END : BG_OK;
    }
    return status;
  }
  bg_view bytes = bg_window_view(window, dump->tags.at, end);
  bytes = bg_view_slice(bytes, 0, BG_LONGEST_MARKUP);
  dump->tags.at += bytes.size;
  *state = bg_strict_feed(dump->strict, bytes, false);
  // What expat keeps of a comment or a tag, it reads again with each piece.
  if (*state == BG_STRICT_MORE &&
      dump->tags.at - bg_strict_offset(dump->strict) > BG_MOST_KEPT) {
    *state = BG_STRICT_BROKEN;
  }
  return BG_OK;
}

/// BG_OK: `page` is one. BG_REFUSED: there was none to give; go on.
static bg_status
next_strict(bg_dump *dump, bg_page *page, bg_error *err)
{
  bg_strict_state state =
      dump->is_in_page ? bg_strict_resume(dump->strict) : BG_STRICT_MORE;
  dump->is_in_page = false;
  while (state == BG_STRICT_MORE) {
    bg_status status = feed_strict(dump, &state, err);
    if (status == BG_REFUSED) {
      leave_strict(dump, dump->tags.at);
      bg_tags_pass_gap(&dump->tags);
      return BG_REFUSED;
    }
    BG_TRY(status);
  }
  if (state == BG_STRICT_BROKEN) {
    uint64_t offset = bg_strict_offset(dump->strict);
    complain_of_xml(dump, offset);
    leave_strict(dump, offset > dump->tags.window.base
                           ? offset
                           : dump->tags.window.base);
    return BG_REFUSED;
  }
  dump->is_in_page = true;
  return take_strict(dump, page);
}

// ---- a page by expat -------------------------------------------------------

/// The end of the next "</page>" from `from` on.
static bg_status
find_page_end(bg_dump *dump, uint64_t from, uint64_t *end, bg_error *err)
{
  const bg_view close = BG_VIEW("</page>");
  for (uint64_t at = from;; at++) {
    BG_TRY(bg_tags_find_byte(&dump->tags, '<', at, BG_MOST_KEPT, &at, err));
    while (bg_window_end(&dump->tags.window) < at + close.size) {
      BG_TRY(bg_window_more(&dump->tags.window, dump->tags.keep, err));
    }
    if (bg_view_is_equal(
            bg_window_view(&dump->tags.window, at, at + close.size), close)) {
      *end = at + close.size;
      return BG_OK;
    }
  }
}

/// Hands the page that is not of the usual shape to expat: up to its end, or,
/// where that stands in a comment or CDATA, to a later one. BG_REFUSED: it is
/// left out.
static bg_status
enter_odd_page(bg_dump *dump, bg_error *err)
{
  uint64_t start = dump->odd_start;
  const char *prologue =
      dump->prologue.size > 0 ? dump->prologue.bytes : "<mediawiki>";
  dump->strict =
      bg_strict_new(&dump->site, dump->options->all_revisions, prologue);
  dump->tags.keep = start;
  bg_strict_state state = BG_STRICT_MORE;
  uint64_t fed = start;
  bg_status status = BG_OK;
  while (state == BG_STRICT_MORE && status == BG_OK) {
    uint64_t end;
    status = find_page_end(dump, fed, &end, err);
    if (status == BG_OK) {
      state = bg_strict_feed(
          dump->strict, bg_window_view(&dump->tags.window, fed, end), false);
      fed = end;
    }
  }
  if (status == BG_FAILED || state == BG_STRICT_PAGE) {
    dump->strict_end = fed;
    return status;
  }
  if (state == BG_STRICT_BROKEN) {
    complain_of_xml(dump, start + bg_strict_offset(dump->strict));
  }
  complain_of_page(dump, "is no XML; it is left out");
  leave_strict(dump, start + 1);
  return BG_REFUSED;
}

/// The next revision of an odd page. BG_REFUSED: there was none to give; the
/// page may be behind us.
static bg_status
next_odd(bg_dump *dump, bool is_new, bg_page *page)
{
  bg_strict_state state =
      is_new ? BG_STRICT_PAGE : bg_strict_resume(dump->strict);
  if (state != BG_STRICT_PAGE) {
    if (state == BG_STRICT_BROKEN) {
      complain_of_page(dump, "is no XML at its end");
    }
    leave_strict(dump, dump->strict_end);
    dump->strict_end = 0;
    return BG_REFUSED;
  }
  dump->is_in_page = dump->options->all_revisions;
  return take_strict(dump, page);
}

// ---- the next page ---------------------------------------------------------

/// Says what came between the page at hand and its end. BG_OK: expat has it.
static bg_status
settle_broken(bg_dump *dump, bg_status status, bg_error *err)
{
  dump->is_in_page = false;
  if (status == BG_END) {
    complain_of_page(dump, "is cut off; it is left out");
    return BG_END;
  }
  if (bg_window_has_gap(&dump->tags.window)) {
    complain_of_page(dump, "has lost a part; it is left out");
    bg_tags_pass_gap(&dump->tags);
    return BG_REFUSED;
  }
  if (dump->odd_start < dump->tags.window.base) {
    complain_of_page(dump, "is no XML; it is left out");
    return BG_REFUSED;
  }
  return enter_odd_page(dump, err);
}

static bg_status
settle_end(bg_dump *dump, bg_status status)
{
  if (status == BG_END && dump->has_root && !dump->is_part &&
      !dump->tags.window.source->is_damaged) {
    char place[128];
    bg_position end = bg_window_position(&dump->tags.window,
                                         bg_window_end(&dump->tags.window));
    bg_source_describe(dump->tags.window.source, end, place, sizeof place);
    bg_source_complain(dump->tags.window.source,
                       "is cut off: it ends at %s without </mediawiki>", place);
  }
  return status;
}

/// By the scanner. BG_REFUSED: there was none to give; go on.
static bg_status
next_usual(bg_dump *dump, bg_page *page, bg_error *err)
{
  if (!dump->is_in_page) {
    bg_status status = find_page(dump, err);
    if (status != BG_OK ||
        bg_window_is_beyond(&dump->tags.window, dump->page_start)) {
      return status == BG_OK ? BG_END : settle_end(dump, status);
    }
  }
  bool has_revision;
  bg_status status = read_page(dump, &has_revision, err);
  if (status == BG_END || status == BG_REFUSED) {
    BG_TRY(settle_broken(dump, status, err));
    return next_odd(dump, true, page);
  }
  BG_TRY(status);
  bg_view text = !has_revision || dump->is_too_long
                     ? BG_VIEW("")
                     : bg_window_view(&dump->tags.window, dump->text_start,
                                      dump->text_end);
  return has_revision && give_page(dump, &dump->page, text, true,
                                   dump->is_too_long, page)
             ? BG_OK
             : BG_REFUSED;
}

bg_status
bg_dump_next(bg_dump *dump, bg_page *page, bg_error *err)
{
  for (;;) {
    bg_status status = dump->is_all_strict    ? next_strict(dump, page, err)
                       : dump->strict != NULL ? next_odd(dump, false, page)
                                              : next_usual(dump, page, err);
    if (status == BG_REFUSED) {
      continue;
    }
    if (status != BG_OK || dump->skip == 0) {
      dump->given += status == BG_OK;
      return status;
    }
    dump->skip--;
    dump->given++;
  }
}
