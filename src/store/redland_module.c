/// librdf_storage_battlegraph.so: what Redland loads.

#include "store/redland.h"

/// Redland looks for this name in each file of its module path.
void librdf_storage_module_register_factory(librdf_world *world);

void
librdf_storage_module_register_factory(librdf_world *world)
{
  bg_redland_register(world, "battlegraph");
}
