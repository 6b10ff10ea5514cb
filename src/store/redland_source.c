#include "store/redland_source.h"

#include "store/redland_terms.h"

#include <stdlib.h>
#include <string.h>

void
bg_redland_complain(librdf_world *world, const bg_error *err)
{
  librdf_log(world, 0, LIBRDF_LOG_ERROR, LIBRDF_FROM_STORAGE, NULL, "%s",
             err->message);
}

// ---- snapshots -------------------------------------------------------------

bg_status
bg_snapshot_open(const char *path, bg_snapshot **snapshot, bg_error *err)
{
  bg_store *store;
  BG_TRY(bg_store_open(path, BG_STORE_READ, NULL, &store, err));
  *snapshot = bg_heap_allocate(sizeof **snapshot);
  **snapshot = (bg_snapshot){store, 1};
  return BG_OK;
}

bg_snapshot *
bg_snapshot_share(bg_snapshot *snapshot)
{
  snapshot->users++;
  return snapshot;
}

void
bg_snapshot_release(bg_snapshot *snapshot)
{
  if (snapshot != NULL && --snapshot->users == 0) {
    bg_store_close(snapshot->store, NULL);
    free(snapshot);
  }
}

// ---- terms -----------------------------------------------------------------

void
bg_source_init(bg_source *source, bg_snapshot *snapshot)
{
  *source = (bg_source){
      .snapshot = snapshot == NULL ? NULL : bg_snapshot_share(snapshot),
      .arena = bg_arena_new()};
  bg_map_init(&source->copies, source->arena);
}

void
bg_source_release(bg_source *source)
{
  bg_snapshot_release(source->snapshot);
  bg_arena_free(source->arena);
}

typedef struct {
  bg_id id;
  bg_term term;
} kept_term;

static bg_view
bytes_of(const bg_id *id)
{
  return (bg_view){(const char *)id, sizeof *id};
}

bg_status
bg_source_keep(bg_source *source, bg_store *writer, bg_id id, bg_error *err)
{
  bg_arena *arena = source->arena;
  bg_term term;
  if (id == BG_NO_ID || bg_map_find(&source->copies, bytes_of(&id)) != NULL) {
    return BG_OK;
  }
  BG_TRY(bg_store_find_term(writer, id, arena, &term, err));
  kept_term *kept = BG_NEW(arena, kept_term);
  *kept = (kept_term){id,
                      {.kind = term.kind,
                       .text = bg_arena_copy(arena, term.text),
                       .datatype = bg_arena_copy(arena, term.datatype),
                       .language = bg_arena_copy(arena, term.language)}};
  bg_map_set(&source->copies, bytes_of(&kept->id), &kept->term);
  return BG_OK;
}

librdf_node *
bg_source_node(bg_source *source, librdf_world *world, bg_id id)
{
  bg_error err = {{0}};
  bg_term term;
  if (id == BG_NO_ID) {
    return NULL;
  }
  if (source->snapshot == NULL) {
    return bg_node_of_term(world, bg_map_find(&source->copies, bytes_of(&id)));
  }
  librdf_node *node = NULL;
  if (bg_store_find_term(source->snapshot->store, id, source->arena, &term,
                         &err) == BG_OK) {
    node = bg_node_of_term(world, &term);
  } else {
    bg_redland_complain(world, &err);
  }
  bg_arena_reset(source->arena);
  return node;
}
