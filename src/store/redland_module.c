/// librdf_storage_battlegraph.so: what Redland loads.

#include "store/redland.h"

#include <dlfcn.h>

/// Redland looks for this name in each file of its module path.
void librdf_storage_module_register_factory(librdf_world *world);

/// A world unloads its modules when it ends, but the language bindings free
/// worlds before models where their interpreter ends: what was changed is
/// committed after that.
static void
stay_loaded(void)
{
  static bool is_loaded;
  Dl_info self;
  if (!is_loaded && dladdr(&is_loaded, &self) != 0) {
    is_loaded = dlopen(self.dli_fname, RTLD_NOW) != NULL;
  }
}

void
librdf_storage_module_register_factory(librdf_world *world)
{
  stay_loaded();
  bg_redland_register(world, "battlegraph");
}
