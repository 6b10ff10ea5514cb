/// A dump is written by a machine: every '<' is one of a tag, every tag stands
/// as MediaWiki writes it, and a text goes from its tag to the next '<'. So
/// pages are found at the speed of memchr. What is not of that shape goes to
/// expat, page by page.

#include "input/dump.h"

#include "input/strict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  longest_markup = 1 << 20, ///< how far what is not a text may reach
  most_kept = BG_LONGEST_TEXT + 4 * longest_markup, ///< of a page
};

struct bg_dump {
  const bg_input_options *options;
  bg_window window;
  bg_arena *arena; // for the site
  bg_site site;
  uint64_t at;   // what is read next
  uint64_t keep; // what must not go
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

typedef struct {
  bg_view name; // until the window moves
  bg_view attributes;
  bool is_close; // "</x>"
  bool is_empty; // "<x/>"
  bool is_odd;   // a comment, CDATA or the like
  uint64_t start;
} tag;

/// Without declarations, comments and a document type.
static bg_view
skip_prolog(bg_view start)
{
  static const struct {
    bg_view open;
    bg_view close;
  } forms[] = {
      {{"<?", 2}, {"?>", 2}},
      {{"<!--", 4}, {"-->", 3}},
      {{"<!DOCTYPE", 9}, {">", 1}},
  };
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    start = bg_view_trim(start);
    if (!bg_view_has_prefix(start, forms[i].open)) {
      continue;
    }
    size_t bracket = bg_view_find_byte(start, '[', 0);
    size_t end = bg_view_find(start, forms[i].close, 0);
    if (forms[i].open.size == 9 && bracket < end) {
      end = bg_view_find(start, BG_VIEW("]>"), bracket);
    }
    if (end == BG_NOWHERE) {
      return BG_VIEW("");
    }
    start = bg_view_slice(start, end + forms[i].close.size, start.size);
    i = SIZE_MAX; // from the first form on again
  }
  return bg_view_trim(start);
}

/// "<mediawiki" or "<page", perhaps with a prefix, and the end of the name.
static bool
begins_dump(bg_view start)
{
  size_t end = 1;
  while (end < start.size && !bg_is_space(start.bytes[end]) &&
         start.bytes[end] != '>') {
    end++;
  }
  if (start.size == 0 || start.bytes[0] != '<' || end == start.size) {
    return false;
  }
  bg_view name = bg_view_slice(start, 1, end);
  size_t colon = bg_view_find_byte(name, ':', 0);
  name = bg_view_slice(name, colon == BG_NOWHERE ? 0 : colon + 1, name.size);
  return bg_view_is_equal(name, BG_VIEW("mediawiki")) ||
         bg_view_is_equal(name, BG_VIEW("page"));
}

bool
bg_dump_is_one(bg_view start)
{
  const bg_view mark = BG_VIEW("\xEF\xBB\xBF");
  if (start.size >= 2 && (memcmp(start.bytes, "\xFF\xFE", 2) == 0 ||
                          memcmp(start.bytes, "\xFE\xFF", 2) == 0)) {
    return true; // UTF-16, which no other text here is in
  }
  if (bg_view_has_prefix(start, mark)) {
    start = bg_view_slice(start, mark.size, start.size);
  }
  return begins_dump(skip_prolog(start));
}

/// Whether it is in UTF-8 and begins as MediaWiki's own.
static bool
is_as_usual(bg_view start)
{
  size_t root = bg_view_find(start, BG_VIEW("<mediawiki"), 0);
  size_t page = bg_view_find(start, BG_VIEW("<page"), 0);
  if (root == BG_NOWHERE && page == BG_NOWHERE) {
    return false;
  }
  bg_view prolog = bg_view_slice(start, 0, root == BG_NOWHERE ? page : root);
  size_t encoding = bg_view_find(prolog, BG_VIEW("encoding="), 0);
  if (encoding != BG_NOWHERE) {
    bg_view name = bg_view_slice(prolog, encoding + 10, encoding + 15);
    if (!bg_view_is_equal_folded(name, BG_VIEW("utf-8"))) {
      return false;
    }
  }
  return bg_view_find(prolog, BG_VIEW("<!"), 0) == BG_NOWHERE;
}

bg_dump *
bg_dump_new(const bg_input_options *options, bg_window *window)
{
  bg_dump *made = bg_heap_allocate(sizeof *made);
  memset(made, 0, sizeof *made);
  made->options = options;
  made->window = *window;
  made->arena = bg_arena_new();
  made->site.arena = made->arena;
  bg_view start = bg_buffer_view(&window->bytes);
  made->is_all_strict =
      options->is_strict || !is_as_usual(bg_view_slice(start, 0, 4096));
  if (made->is_all_strict) {
    made->has_prologue =
        bg_view_has_prefix(skip_prolog(start), BG_VIEW("<page"));
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
    bg_window_release(&dump->window);
    bg_arena_free(dump->arena);
    free(dump);
  }
}

void
bg_dump_go_on(bg_dump *dump, bg_source *source)
{
  bg_window_release(&dump->window);
  bg_window_init(&dump->window, source);
  dump->at = 0;
  dump->keep = 0;
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
  return bg_window_position(&dump->window,
                            dump->strict != NULL ? dump->strict_end : dump->at);
}

const bg_source *
bg_dump_source(const bg_dump *dump)
{
  return dump->window.source;
}

// ---- tags ------------------------------------------------------------------

/// The next `byte` from `from` on. BG_REFUSED where something was lost before
/// it, or where it is farther than `limit` bytes.
static bg_status
find_byte(bg_dump *dump, char byte, uint64_t from, uint64_t limit,
          uint64_t *found, bg_error *err)
{
  uint64_t looked = from;
  for (;;) {
    bg_window *window = &dump->window;
    uint64_t end = bg_window_end(window);
    end = end < window->gap ? end : window->gap;
    if (looked < end) {
      bg_view view = bg_window_view(window, looked, end);
      const char *at = memchr(view.bytes, byte, view.size);
      if (at != NULL) {
        *found = looked + (uint64_t)(at - view.bytes);
        return BG_OK;
      }
      looked = end;
    }
    if (looked == window->gap || looked - from > limit ||
        looked - dump->keep > most_kept) {
      return BG_REFUSED;
    }
    BG_TRY(bg_window_more(window, dump->keep, err));
  }
}

/// The '>' of a tag; one in an attribute's value is none. BG_REFUSED where
/// another '<' comes first.
static bg_status
find_tag_end(bg_dump *dump, uint64_t start, uint64_t *found, bg_error *err)
{
  uint64_t looked = start + 1;
  char quote = '\0';
  for (;;) {
    bg_window *window = &dump->window;
    uint64_t end = bg_window_end(window);
    end = end < window->gap ? end : window->gap;
    bg_view view = bg_window_view(window, looked, end);
    bool is_markup = looked == start + 1 && view.size > 0 &&
                     (view.bytes[0] == '!' || view.bytes[0] == '?');
    if (is_markup) {
      return find_byte(dump, '>', looked, longest_markup, found, err);
    }
    for (size_t i = 0; i < view.size; i++) {
      char byte = view.bytes[i];
      if (byte == '>' && quote == '\0') {
        *found = looked + i;
        return BG_OK;
      }
      if (byte == '<') {
        return BG_REFUSED;
      }
      if (byte == quote) {
        quote = '\0';
      } else if (quote == '\0' && (byte == '"' || byte == '\'')) {
        quote = byte;
      }
    }
    looked = end;
    if (looked == window->gap || looked - start > longest_markup) {
      return BG_REFUSED;
    }
    BG_TRY(bg_window_more(window, dump->keep, err));
  }
}

/// "<" "/"? name attributes "/"? ">"
static void
read_tag(bg_view inside, tag *read)
{
  read->is_odd =
      inside.size == 0 || inside.bytes[0] == '!' || inside.bytes[0] == '?';
  read->is_close = inside.size > 0 && inside.bytes[0] == '/';
  if (read->is_close) {
    inside = bg_view_slice(inside, 1, inside.size);
  }
  read->is_empty = inside.size > 0 && inside.bytes[inside.size - 1] == '/';
  if (read->is_empty) {
    inside = bg_view_slice(inside, 0, inside.size - 1);
  }
  size_t end = 0;
  while (end < inside.size && !bg_is_space(inside.bytes[end])) {
    end++;
  }
  read->name = bg_view_slice(inside, 0, end);
  read->attributes = bg_view_slice(inside, end, inside.size);
}

/// The next tag, wherever it is; `dump->at` goes behind it.
static bg_status
next_tag(bg_dump *dump, uint64_t limit, tag *read, bg_error *err)
{
  uint64_t end;
  bg_status status = find_byte(dump, '<', dump->at, limit, &read->start, err);
  if (status == BG_REFUSED && dump->window.gap == BG_NO_GAP) {
    dump->at = bg_window_end(&dump->window);
  }
  BG_TRY(status);
  dump->at = read->start + 1;
  BG_TRY(find_tag_end(dump, read->start, &end, err));
  read_tag(bg_window_view(&dump->window, read->start + 1, end), read);
  dump->at = end + 1;
  return BG_OK;
}

static bool
is_open(const tag *read, const char *name)
{
  return !read->is_close && bg_view_is_equal(read->name, bg_view_of(name));
}

static bool
is_close(const tag *read, const char *name)
{
  return read->is_close && bg_view_is_equal(read->name, bg_view_of(name));
}

/// What stands between the tag that was read and the next; until the window
/// moves.
static bg_status
read_content(bg_dump *dump, const tag *read, bg_view *content, bg_error *err)
{
  uint64_t end;
  *content = BG_VIEW("");
  if (read->is_empty) {
    return BG_OK;
  }
  uint64_t start = dump->at;
  BG_TRY(find_byte(dump, '<', start, longest_markup, &end, err));
  *content = bg_window_view(&dump->window, start, end);
  dump->at = end;
  return BG_OK;
}

static bg_status
skip_element(bg_dump *dump, const char *name, bg_error *err)
{
  tag read;
  do {
    BG_TRY(next_tag(dump, BG_LONGEST_TEXT, &read, err));
    if (read.is_odd || is_close(&read, "revision") || is_close(&read, "page") ||
        is_open(&read, "page")) {
      return BG_REFUSED;
    }
  } while (!is_close(&read, name));
  return BG_OK;
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
read_site(bg_dump *dump, const tag *read, bg_error *err)
{
  bg_view content;
  if (is_open(read, "mediawiki")) {
    dump->has_root = true;
    bg_site_set_language(
        &dump->site, bg_xml_attribute(read->attributes, BG_VIEW("xml:lang")));
  } else if (is_close(read, "mediawiki")) {
    dump->has_root = false;
  } else if (is_open(read, "base")) {
    BG_TRY(read_content(dump, read, &content, err));
    bg_site_set_base(&dump->site, bg_view_trim(content));
  } else if (is_open(read, "namespace")) {
    int key = read_key(bg_xml_attribute(read->attributes, BG_VIEW("key")));
    BG_TRY(read_content(dump, read, &content, err));
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
  bg_source_describe(dump->window.source, dump->page_position, place,
                     sizeof place);
  bg_view title = bg_buffer_view(&dump->page.title);
  if (bg_xml_is_title(title)) {
    bg_source_complain(dump->window.source, "page '%.*s' at %s %s",
                       BG_VIEW_ARGS(title), place, why);
  } else {
    bg_source_complain(dump->window.source, "the page at %s %s", place, why);
  }
}

/// Passes what was lost: reading goes on behind it.
static void
pass_gap(bg_dump *dump)
{
  bg_window *window = &dump->window;
  if (window->gap != BG_NO_GAP && window->gap <= bg_window_end(window)) {
    dump->at = window->gap > dump->at ? window->gap : dump->at;
    window->gap = BG_NO_GAP;
  }
}

/// Behind a comment, whose first '>' may be one inside.
static bg_status
skip_comment(bg_dump *dump, uint64_t start, bg_error *err)
{
  uint64_t end = start + 6; // "<!---->" is the shortest
  for (;;) {
    BG_TRY(find_byte(dump, '>', end, longest_markup, &end, err));
    bg_view before = bg_window_view(&dump->window, end - 2, end);
    end++;
    if (bg_view_is_equal(before, BG_VIEW("--"))) {
      dump->at = end;
      return BG_OK;
    }
  }
}

/// Goes behind the tag <page>.
static bg_status
find_page(bg_dump *dump, bg_error *err)
{
  tag read;
  for (;;) {
    dump->keep = dump->at;
    bg_status status = next_tag(dump, longest_markup, &read, err);
    if (status == BG_OK && is_open(&read, "page") && !read.is_empty) {
      dump->page_start = read.start;
      dump->page_position = bg_window_position(&dump->window, read.start);
      dump->given = 0;
      return BG_OK;
    }
    if (status == BG_OK) {
      dump->keep = read.start;
      status = read.is_odd && bg_view_has_prefix(read.name, BG_VIEW("!--"))
                   ? skip_comment(dump, read.start, err)
                   : read_site(dump, &read, err);
    }
    if (status == BG_REFUSED) {
      pass_gap(dump); // or a tag that does not end
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
  dump->at = dump->page_start; // to be found once more
  return status == BG_END ? BG_OK : status;
}

// ---- pages -----------------------------------------------------------------

/// Keeps what stands before the first revision: should one of them be odd,
/// expat reads that first.
static void
begin_revision(bg_dump *dump, const tag *revision)
{
  bg_buffer *to = &dump->prologue;
  bg_buffer_reset(to);
  bg_buffer_append(to, BG_VIEW("<mediawiki>"));
  bg_buffer_append(
      to, bg_window_view(&dump->window, dump->page_start, revision->start));
  bg_buffer_append_byte(to, '\0');
  dump->odd_start = revision->start;
  dump->keep = revision->start;
}

/// What stands before the first revision. BG_REFUSED where it is strange.
static bg_status
read_page_head(bg_dump *dump, bool *has_revision, bg_error *err)
{
  bg_page_draft *page = &dump->page;
  tag read;
  bg_view content;
  bg_page_draft_reset(page);
  for (;;) {
    BG_TRY(next_tag(dump, longest_markup, &read, err));
    if (is_open(&read, "revision") || is_close(&read, "page")) {
      *has_revision = !read.is_close;
      begin_revision(dump, &read);
      return BG_OK;
    }
    if (read.is_odd || is_open(&read, "page")) {
      return BG_REFUSED;
    }
    if (is_open(&read, "redirect")) {
      set_unescaped(&page->redirect,
                    bg_xml_attribute(read.attributes, BG_VIEW("title")));
    }
    if (is_open(&read, "title")) {
      BG_TRY(read_content(dump, &read, &content, err));
      set_unescaped(&page->title, content);
    } else if (is_open(&read, "ns")) {
      BG_TRY(read_content(dump, &read, &content, err));
      page->namespace = read_key(content);
      page->has_namespace = true;
    } else if (is_open(&read, "id")) {
      BG_TRY(read_content(dump, &read, &content, err));
      page->id = bg_xml_number(content);
    }
  }
}

/// From <text> to the next tag, which must be its end.
static bg_status
read_text(bg_dump *dump, const tag *read, bg_error *err)
{
  dump->text_start = dump->at;
  dump->text_end = dump->at;
  dump->is_too_long = false;
  if (read->is_empty) {
    return BG_OK;
  }
  bg_status status =
      find_byte(dump, '<', dump->at, BG_LONGEST_TEXT, &dump->text_end, err);
  while (status == BG_REFUSED && dump->window.gap == BG_NO_GAP) {
    // Too long: it is passed without being kept.
    dump->is_too_long = true;
    dump->at = bg_window_end(&dump->window);
    dump->keep = dump->at;
    status =
        find_byte(dump, '<', dump->at, BG_LONGEST_TEXT, &dump->text_end, err);
  }
  BG_TRY(status);
  dump->at = dump->text_end;
  tag end;
  BG_TRY(next_tag(dump, longest_markup, &end, err));
  return is_close(&end, "text") ? BG_OK : BG_REFUSED;
}

/// From behind <revision> to behind its end.
static bg_status
read_revision(bg_dump *dump, bg_error *err)
{
  bg_page_draft *page = &dump->page;
  tag read;
  bg_view content;
  bg_buffer_reset(&page->timestamp);
  bg_buffer_reset(&page->model);
  page->revision = 0;
  dump->text_start = dump->at;
  dump->text_end = dump->at;
  dump->is_too_long = false;
  for (;;) {
    BG_TRY(next_tag(dump, longest_markup, &read, err));
    if (is_close(&read, "revision")) {
      return BG_OK;
    }
    if (read.is_odd || is_open(&read, "page") || is_close(&read, "page")) {
      return BG_REFUSED;
    }
    if (is_open(&read, "text")) {
      BG_TRY(read_text(dump, &read, err));
    } else if (is_open(&read, "id")) {
      BG_TRY(read_content(dump, &read, &content, err));
      page->revision = bg_xml_number(content);
    } else if (is_open(&read, "timestamp")) {
      BG_TRY(read_content(dump, &read, &content, err));
      bg_buffer_reset(&page->timestamp);
      bg_buffer_append(&page->timestamp, bg_view_trim(content));
    } else if (is_open(&read, "model")) {
      BG_TRY(read_content(dump, &read, &content, err));
      bg_buffer_reset(&page->model);
      bg_buffer_append(&page->model, bg_view_trim(content));
    } else if (is_open(&read, "contributor") && !read.is_empty) {
      BG_TRY(skip_element(dump, "contributor", err)); // it has an <id>
    } else if (is_open(&read, "content") && !read.is_empty) {
      BG_TRY(skip_element(dump, "content", err)); // it has a <text>
    }
  }
}

/// Behind a revision: whether another one follows, behind whose tag it goes.
static bg_status
has_another_revision(bg_dump *dump, bool *has, bg_error *err)
{
  tag read;
  for (;;) {
    BG_TRY(next_tag(dump, longest_markup, &read, err));
    if (is_open(&read, "revision") || is_close(&read, "page")) {
      *has = !read.is_close;
      dump->next_revision = read.start;
      return BG_OK;
    }
    if (read.is_odd || is_open(&read, "page")) {
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
    dump->keep = dump->odd_start;
  } else {
    bg_buffer_reset(&dump->prologue);
    dump->odd_start = dump->page_start;
    dump->keep = dump->page_start;
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
      dump->keep = dump->odd_start;
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
      .path = dump->window.source->raw.path,
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
  dump->at = offset;
}

static void
complain_of_xml(bg_dump *dump, uint64_t offset)
{
  char place[128];
  bg_source_describe(dump->window.source,
                     bg_window_position(&dump->window, offset), place,
                     sizeof place);
  bg_source_complain(dump->window.source, "is no XML at %s: %s", place,
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
  bg_window *window = &dump->window;
  uint64_t end = bg_window_end(window);
  end = end < window->gap ? end : window->gap;
  if (dump->at == end && end == window->gap) {
    return BG_REFUSED;
  }
  if (dump->at == end) {
    dump->keep = dump->at;
    bg_status status = bg_window_more(window, dump->keep, err);
    if (status == BG_END) {
      bg_view close =
          dump->has_prologue ? BG_VIEW("</mediawiki>") : BG_VIEW("");
      *state = bg_strict_feed(dump->strict, close, true);
      return *state == BG_STRICT_MORE ? BG_END : BG_OK;
    }
    return status;
  }
  bg_view bytes = bg_window_view(window, dump->at, end);
  bytes = bg_view_slice(bytes, 0, longest_markup);
  dump->at += bytes.size;
  *state = bg_strict_feed(dump->strict, bytes, false);
  // What expat keeps of a comment or a tag, it reads again with each piece.
  if (*state == BG_STRICT_MORE &&
      dump->at - bg_strict_offset(dump->strict) > most_kept) {
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
      leave_strict(dump, dump->at);
      pass_gap(dump);
      return BG_REFUSED;
    }
    BG_TRY(status);
  }
  if (state == BG_STRICT_BROKEN) {
    uint64_t offset = bg_strict_offset(dump->strict);
    complain_of_xml(dump, offset);
    leave_strict(dump, offset > dump->window.base ? offset : dump->window.base);
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
    BG_TRY(find_byte(dump, '<', at, most_kept, &at, err));
    while (bg_window_end(&dump->window) < at + close.size) {
      BG_TRY(bg_window_more(&dump->window, dump->keep, err));
    }
    if (bg_view_is_equal(bg_window_view(&dump->window, at, at + close.size),
                         close)) {
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
  dump->keep = start;
  bg_strict_state state = BG_STRICT_MORE;
  uint64_t fed = start;
  bg_status status = BG_OK;
  while (state == BG_STRICT_MORE && status == BG_OK) {
    uint64_t end;
    status = find_page_end(dump, fed, &end, err);
    if (status == BG_OK) {
      state = bg_strict_feed(dump->strict,
                             bg_window_view(&dump->window, fed, end), false);
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
  bool has_gap = dump->window.gap != BG_NO_GAP &&
                 dump->window.gap <= bg_window_end(&dump->window);
  dump->is_in_page = false;
  if (status == BG_END) {
    complain_of_page(dump, "is cut off; it is left out");
    return BG_END;
  }
  if (has_gap) {
    complain_of_page(dump, "has lost a part; it is left out");
    pass_gap(dump);
    return BG_REFUSED;
  }
  if (dump->odd_start < dump->window.base) {
    complain_of_page(dump, "is no XML; it is left out");
    return BG_REFUSED;
  }
  return enter_odd_page(dump, err);
}

static bg_status
settle_end(bg_dump *dump, bg_status status)
{
  if (status == BG_END && dump->has_root && !dump->is_part &&
      !dump->window.source->is_damaged) {
    char place[128];
    bg_position end =
        bg_window_position(&dump->window, bg_window_end(&dump->window));
    bg_source_describe(dump->window.source, end, place, sizeof place);
    bg_source_complain(dump->window.source,
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
        bg_window_is_beyond(&dump->window, dump->page_start)) {
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
  bg_view text =
      !has_revision || dump->is_too_long
          ? BG_VIEW("")
          : bg_window_view(&dump->window, dump->text_start, dump->text_end);
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
