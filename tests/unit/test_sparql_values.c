#include "sparql/value.h"
#include "tap.h"

int
main(void)
{
  return done_testing();
}
