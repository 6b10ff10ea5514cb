#include "sparql/engines.h"

#include <string.h>

static const bg_engine engines[] = {
    {"rasqal", bg_redland_query_run},
};
enum { engine_count = sizeof engines / sizeof *engines };

bg_status
bg_engine_find(const char *name, const bg_engine **engine, bg_error *err)
{
  char known[256] = "";
  for (size_t i = 0; i < engine_count; i++) {
    if (strcmp(engines[i].name, name) == 0) {
      *engine = &engines[i];
      return BG_OK;
    }
    snprintf(known + strlen(known), sizeof known - strlen(known), " %s",
             engines[i].name);
  }
  return bg_error_set(err, BG_MISUSED,
                      "there is no engine '%s'; those there are:%s", name,
                      known);
}

bg_status
bg_query_run(bg_store *store, bg_view query, const bg_query_options *options,
             FILE *out, bg_error *err)
{
  const bg_engine *engine =
      options->engine != NULL ? options->engine : &engines[0];
  return engine->run(store, query, options, out, err);
}
