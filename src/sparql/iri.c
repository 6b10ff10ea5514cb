#include "sparql/iri.h"

#include <string.h>

/// What an IRI is made of (RFC 3986, appendix B); a part that is there has its
/// mark: "http:", "//host", "?query", "#fragment".
typedef struct {
  bg_view scheme;
  bg_view authority;
  bg_view path;
  bg_view query;
  bg_view fragment;
} iri_parts;

/// Takes the bytes before the first of `ends` off the front.
static bg_view
take_until(bg_view *rest, const char *ends)
{
  size_t end = 0;
  while (end < rest->size &&
         (rest->bytes[end] == '\0' || strchr(ends, rest->bytes[end]) == NULL)) {
    end++;
  }
  bg_view taken = bg_view_slice(*rest, 0, end);
  *rest = bg_view_slice(*rest, end, rest->size);
  return taken;
}

/// scheme ::= ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ), and the ":"
static bg_view
take_scheme(bg_view *rest)
{
  size_t end = 0;
  while (
      end < rest->size &&
      (bg_is_letter(rest->bytes[end]) ||
       (end > 0 && (bg_is_digit(rest->bytes[end]) || rest->bytes[end] == '+' ||
                    rest->bytes[end] == '-' || rest->bytes[end] == '.')))) {
    end++;
  }
  bool is_scheme = end > 0 && end < rest->size && rest->bytes[end] == ':';
  bg_view scheme = bg_view_slice(*rest, 0, is_scheme ? end + 1 : 0);
  *rest = bg_view_slice(*rest, scheme.size, rest->size);
  return scheme;
}

static iri_parts
split(bg_view iri)
{
  iri_parts parts = {.scheme = take_scheme(&iri)};
  if (bg_view_has_prefix(iri, BG_VIEW("//"))) {
    bg_view behind = bg_view_slice(iri, 2, iri.size);
    bg_view host = take_until(&behind, "/?#");
    parts.authority = bg_view_slice(iri, 0, 2 + host.size);
    iri = behind;
  }
  parts.path = take_until(&iri, "?#");
  parts.query = take_until(&iri, "#");
  parts.fragment = iri;
  return parts;
}

/// Section 5.2.4: "." goes, and ".." with the segment before it.
static bg_view
remove_dot_segments(bg_view path, bg_arena *arena)
{
  char *bytes = bg_arena_allocate(arena, path.size + 1);
  size_t size = 0;
  size_t at = 0;
  while (at < path.size) {
    size_t end = bg_view_find_byte(path, '/', at + (path.bytes[at] == '/'));
    end = end == BG_NOWHERE ? path.size : end;
    bool has_slash = path.bytes[at] == '/';
    bg_view segment = bg_view_slice(path, at + has_slash, end);
    bool is_up = bg_view_is_equal(segment, BG_VIEW(".."));
    if (is_up || bg_view_is_equal(segment, BG_VIEW("."))) {
      while (is_up && size > 0 && bytes[--size] != '/') {
      }
      if (end == path.size && has_slash) {
        bytes[size++] = '/';
      }
      // "../a" and "./a" in front lose the slash as well.
      at = !has_slash && end < path.size ? end + 1 : end;
      continue;
    }
    memcpy(bytes + size, path.bytes + at, end - at);
    size += end - at;
    at = end;
  }
  return (bg_view){bytes, size};
}

/// Section 5.2.3
static bg_view
merge_paths(const iri_parts *base, bg_view path, bg_arena *arena)
{
  if (base->authority.size > 0 && base->path.size == 0) {
    return bg_arena_join(arena, BG_VIEW("/"), path);
  }
  size_t slash = bg_view_find_last_byte(base->path, '/');
  size_t kept = slash == BG_NOWHERE ? 0 : slash + 1;
  return bg_arena_join(arena, bg_view_slice(base->path, 0, kept), path);
}

/// Section 5.2.2. What has a scheme is left alone, dots and all: two IRIs are
/// the same when they are written so (RDF 1.1 Concepts, section 3.2).
bg_view
bg_iri_resolve(bg_view reference, bg_view base, bg_arena *arena)
{
  iri_parts parts = split(reference);
  if (parts.scheme.size > 0 || base.size == 0) {
    return reference;
  }
  iri_parts from = split(base);
  if (parts.authority.size > 0 ||
      bg_view_has_prefix(parts.path, BG_VIEW("/"))) {
    parts.path = remove_dot_segments(parts.path, arena);
  } else if (parts.path.size > 0) {
    parts.path =
        remove_dot_segments(merge_paths(&from, parts.path, arena), arena);
  } else {
    parts.path = from.path;
    parts.query = parts.query.size > 0 ? parts.query : from.query;
  }
  if (parts.authority.size == 0) {
    parts.authority = from.authority;
  }
  const bg_view all[] = {from.scheme, parts.authority, parts.path, parts.query,
                         parts.fragment};
  return bg_arena_concat(arena, all, sizeof all / sizeof *all);
}
