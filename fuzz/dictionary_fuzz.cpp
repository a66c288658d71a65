// Laws: every line of a dictionary of actors or agents is empty, taken, or told with its reason; no
// entry is of a line that is not there.

#include <cstdint>
#include <string_view>

#include "detente/resolve/dictionaries/read_dictionary.h"
#include "law.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace detente::resolve;
  const Dictionary read = read_dictionary({reinterpret_cast<const char*>(data), size});
  DETENTE_LAW(read.n_empty + read.n_imported <= read.n_lines);
  for (const DictionaryEntry& entry : read.entries) {
    DETENTE_LAW(entry.line >= 1 && entry.line <= read.n_lines);
  }
  for (const DictionaryRemark& remark : read.remarks) {
    DETENTE_LAW(!remark.reason.empty() && remark.line <= read.n_lines);
  }
  return 0;
}
