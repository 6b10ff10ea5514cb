#include "base/map.h"
#include "sparql/functions.h"
#include "sparql/literal.h"
#include "sparql/number.h"
#include "sparql/value.h"

struct bg_aggregator {
  const bg_aggregate *aggregate;
  bg_arena *arena;
  bool has_error; ///< one of the terms was none
  uint64_t count; ///< of what was added, without what DISTINCT leaves out
  bg_map seen;    ///< of DISTINCT
  bg_number sum;
  bg_term term; ///< the least, the greatest, or the first so far
  struct {
    bg_view *items;
    size_t count;
    size_t capacity;
  } texts; ///< with the separators
  size_t text_size;
};

bg_aggregator *
bg_aggregator_new(const bg_aggregate *aggregate, bg_arena *arena)
{
  bg_aggregator *made = BG_NEW(arena, bg_aggregator);
  made->aggregate = aggregate;
  made->arena = arena;
  made->sum = bg_number_of(0);
  bg_map_init(&made->seen, arena);
  return made;
}

/// Whether the term is seen for the first time: as a term, not as a value
/// (section 18.5.1, Distinct).
static bool
is_new(bg_aggregator *aggregator, const bg_term *term)
{
  bg_buffer key;
  bg_buffer_init(&key);
  bg_view datatype = bg_value_is_plain(term) ? BG_VIEW("") : term->datatype;
  bg_buffer_format(&key, "%d %zu %zu ", (int)term->kind, term->text.size,
                   datatype.size);
  bg_buffer_append(&key, term->text);
  bg_buffer_append(&key, datatype);
  for (size_t i = 0; i < term->language.size; i++) {
    bg_buffer_append_byte(&key, bg_to_lower(term->language.bytes[i]));
  }
  bool is_first = bg_map_find(&aggregator->seen, bg_buffer_view(&key)) == NULL;
  if (is_first) {
    bg_map_set(&aggregator->seen,
               bg_arena_copy(aggregator->arena, bg_buffer_view(&key)),
               aggregator);
  }
  bg_buffer_release(&key);
  return is_first;
}

// ---- one term more --------------------------------------------------------

/// Section 18.5.1.3: a term that is no number makes the sum an error.
static void
add_number(bg_aggregator *aggregator, const bg_term *term)
{
  bg_number number;
  if (!bg_number_read(term, &number) ||
      !bg_number_add(&aggregator->sum, &number, &aggregator->sum)) {
    aggregator->has_error = true;
  }
}

/// Sections 18.5.1.5 and 18.5.1.6: by the order of ORDER BY.
static void
keep_extreme(bg_aggregator *aggregator, const bg_term *term)
{
  int order = aggregator->count == 1
                  ? 0
                  : bg_term_compare_order(term, &aggregator->term);
  order = aggregator->aggregate->kind == BG_MIN ? -order : order;
  if (aggregator->count == 1 || order > 0) {
    aggregator->term = bg_term_copy(aggregator->arena, term);
  }
}

static void
keep_first(bg_aggregator *aggregator, const bg_term *term)
{
  if (aggregator->count == 1) {
    aggregator->term = bg_term_copy(aggregator->arena, term);
  }
}

/// Section 18.5.1.7: by STR, which blank nodes have not.
static void
add_text(bg_aggregator *aggregator, const bg_term *term)
{
  aggregator->text_size +=
      term->text.size + aggregator->aggregate->separator.size;
  if (term->kind == BG_TERM_BLANK ||
      aggregator->text_size > BG_LONGEST_LITERAL) {
    aggregator->has_error = true;
    return;
  }
  if (aggregator->texts.count > 0) {
    BG_PUSH(aggregator->arena, &aggregator->texts) =
        aggregator->aggregate->separator;
  }
  BG_PUSH(aggregator->arena, &aggregator->texts) =
      bg_arena_copy(aggregator->arena, term->text);
}

static void (*const adders[])(bg_aggregator *aggregator,
                              const bg_term *term) = {
    [BG_COUNT] = NULL,
    [BG_SUM] = add_number,
    [BG_MIN] = keep_extreme,
    [BG_MAX] = keep_extreme,
    [BG_AVG] = add_number,
    [BG_SAMPLE] = keep_first,
    [BG_GROUP_CONCAT] = add_text,
};

void
bg_aggregator_add(bg_aggregator *aggregator, const bg_term *term)
{
  const bg_aggregate *aggregate = aggregator->aggregate;
  if (aggregate->argument == NULL) {
    aggregator->count++;
    return;
  }
  if (term == NULL) {
    // COUNT counts what is there, SAMPLE takes any that is there.
    aggregator->has_error |=
        aggregate->kind != BG_COUNT && aggregate->kind != BG_SAMPLE;
    return;
  }
  if (aggregator->has_error ||
      (aggregate->is_distinct && !is_new(aggregator, term))) {
    return;
  }
  aggregator->count++;
  if (adders[aggregate->kind] != NULL) {
    adders[aggregate->kind](aggregator, term);
  }
}

// ---- the value ------------------------------------------------------------

/// Section 18.5.1.4: the average of nothing is 0.
static bool
average(const bg_aggregator *aggregator, bg_number *result)
{
  *result = aggregator->sum;
  if (aggregator->count == 0) {
    return true;
  }
  bg_number count = bg_number_of((int64_t)aggregator->count);
  return bg_number_divide(&aggregator->sum, &count, result);
}

bool
bg_aggregator_term(bg_aggregator *aggregator, bg_arena *arena, bg_term *term)
{
  bg_number number;
  if (aggregator->has_error) {
    return false;
  }
  switch (aggregator->aggregate->kind) {
  case BG_COUNT:
    *term = bg_value_integer((int64_t)aggregator->count, arena);
    return true;
  case BG_SUM:
    *term = bg_number_term(&aggregator->sum, arena);
    return true;
  case BG_AVG:
    if (!average(aggregator, &number)) {
      return false;
    }
    *term = bg_number_term(&number, arena);
    return true;
  case BG_MIN:
  case BG_MAX:
  case BG_SAMPLE:
    *term = bg_term_copy(arena, &aggregator->term);
    return aggregator->count > 0;
  case BG_GROUP_CONCAT:
    *term = bg_value_plain(bg_arena_concat(arena, aggregator->texts.items,
                                           aggregator->texts.count));
    return true;
  }
  return false;
}
