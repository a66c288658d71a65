// The offset map looks into the text it was made for; a text that is gone cannot be looked into.
#include <string>

#include "detente/base/utf8.h"

std::string page();

std::uint32_t use() {
#ifdef DETENTE_MISUSE
  const detente::utf8::OffsetMap offsets(page());
#else
  const std::string text = page();
  const detente::utf8::OffsetMap offsets(text);
#endif
  return offsets.to_code_points(0);
}
