/// Any bytes as changes of a store, each of one byte of what is done and two
/// of the quad; after each check it must hold what a plain table says.

#include "config.h"

#include "store_model.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { most_changes = 400 };

static void
change(store_model *model, unsigned what, const m_quad *quad)
{
  switch (what & 15) {
  case 8:
  case 9:
  case 10:
    m_remove(model, quad);
    break;
  case 11:
    m_remove_graph(model, quad->at[M_GRAPH]);
    break;
  case 12:
    m_commit(model);
    break;
  case 13:
    m_abort(model);
    break;
  case 14:
    m_reopen(model);
    break;
  case 15:
    m_check(model, model->store, quad, model->now);
    m_check_reader(model, quad);
    break;
  default:
    m_add(model, quad);
    break;
  }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  store_model model;
  m_quad quad = {{0}};
  m_open(&model, 7, 3, 20, 3);
  for (size_t i = 0; i + 2 < size && i / 3 < most_changes; i += 3) {
    unsigned place = bytes[i + 1] | (unsigned)bytes[i + 2] << 8;
    quad = m_quad_at(&model, place % model.quads);
    // One change, or as many as the upper bits say, of quads side by side.
    for (unsigned times = (bytes[i] >> 4) + 1; times > 0; times--) {
      change(&model, bytes[i], &quad);
      if ((bytes[i] & 15) > 10) {
        break;
      }
      quad = m_quad_at(&model, ++place % model.quads);
    }
  }
  m_check(&model, model.store, &quad, model.now);
  m_close(&model);
  if (model.wrong != NULL) {
    fprintf(stderr, "not so: %s (%s)\n", model.wrong, model.err.message);
    abort();
  }
  return 0;
}
