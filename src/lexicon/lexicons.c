#include "lexicon/lexicon.h"

#include <stdio.h>
#include <sys/stat.h>

typedef struct {
  bg_view language;
  bg_lexicon *lexicon;
} opened_lexicon;

struct bg_lexicons {
  bg_arena *arena;
  const char *share;
  opened_lexicon *items;
  size_t count;
  size_t capacity;
};

bg_lexicons *
bg_lexicons_new(const char *share)
{
  bg_arena *arena = bg_arena_new();
  bg_lexicons *made = BG_NEW(arena, bg_lexicons);
  made->arena = arena;
  made->share = share;
  return made;
}

void
bg_lexicons_free(bg_lexicons *lexicons)
{
  if (lexicons != NULL) {
    for (size_t i = 0; i < lexicons->count; i++) {
      bg_lexicon_close(lexicons->items[i].lexicon);
    }
    bg_arena_free(lexicons->arena);
  }
}

/// A language comes from a file that anyone may have written: it must not lead
/// to another folder.
static bool
is_code(bg_view language)
{
  for (size_t i = 0; i < language.size; i++) {
    char byte = language.bytes[i];
    if (!bg_is_letter(byte) && !bg_is_digit(byte) && byte != '-' &&
        byte != '_') {
      return false;
    }
  }
  return language.size > 0 && language.size < 32;
}

bg_status
bg_lexicons_find(bg_lexicons *lexicons, bg_view language,
                 const bg_lexicon **lexicon, bg_error *err)
{
  for (size_t i = 0; i < lexicons->count; i++) {
    if (bg_view_is_equal(lexicons->items[i].language, language)) {
      *lexicon = lexicons->items[i].lexicon;
      return BG_OK;
    }
  }
  bg_view folder = bg_arena_format(lexicons->arena, "%s/data/languages/%.*s",
                                   lexicons->share, BG_VIEW_ARGS(language));
  struct stat about;
  if (!is_code(language) || stat(folder.bytes, &about) != 0) {
    return bg_error_set(err, BG_REFUSED,
                        "there are no data for the language '%.*s': no folder "
                        "'%s'",
                        BG_VIEW_ARGS(language), folder.bytes);
  }
  opened_lexicon opened = {.language =
                               bg_arena_copy(lexicons->arena, language)};
  BG_TRY(bg_lexicon_open(lexicons->share, opened.language.bytes,
                         &opened.lexicon, err));
  BG_PUSH(lexicons->arena, lexicons) = opened;
  *lexicon = opened.lexicon;
  return BG_OK;
}
