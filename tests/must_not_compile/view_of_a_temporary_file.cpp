// The bytes of a mapped file live as long as the mapping.
#include "detente/base/mapped_file.h"

detente::MappedFile news();

std::size_t use() {
#ifdef DETENTE_MISUSE
  const std::string_view text = news().text();
#else
  const detente::MappedFile file = news();
  const std::string_view text = file.text();
#endif
  return text.size();
}
