// A Result that nobody looks at hides a failure.
#include "detente/base/result.h"

detente::Result<void> write_ledger();

bool try_it() {
#ifdef DETENTE_MISUSE
  write_ledger();
  return true;
#else
  return write_ledger().has_value();
#endif
}
