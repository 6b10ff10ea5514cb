/// The plan as a tree, for people (--explain).

#include "sparql/engine.h"

#include <inttypes.h>

static void
print_rows(const bg_solutions *rows, int depth, FILE *out)
{
  if (rows == NULL) {
    return;
  }
  fprintf(out, "%*s%s", 2 * depth, "", rows->kind->name);
  if (rows->detail.size > 0) {
    fprintf(out, " %.*s", BG_VIEW_ARGS(rows->detail));
  }
  fputs("  (", out);
  if (rows->estimated >= 0) {
    fprintf(out, "estimated %.0f, ", rows->estimated);
  }
  fprintf(out, "%" PRIu64 " rows, opened %" PRIu64 " times)\n", rows->produced,
          rows->opened);
  print_rows(rows->children[0], depth + 1, out);
  print_rows(rows->children[1], depth + 1, out);
}

void
bg_plan_print(const bg_query_plan *plan, FILE *out)
{
  print_rows(plan->rows, 0, out);
  for (size_t i = 0; i < plan->extra.count; i++) {
    fputs("exists:\n", out);
    print_rows(plan->extra.items[i], 1, out);
  }
}
