// A Result must be asked before its value is taken.
#include "detente/base/result.h"

detente::Result<int> n_documents();

int use() {
#ifdef DETENTE_MISUSE
  const int n = n_documents();
  return n;
#else
  const auto n = n_documents();
  return n ? *n : 0;
#endif
}
