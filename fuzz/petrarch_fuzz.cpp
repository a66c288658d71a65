// Laws: a verb dictionary that holds nothing is refused with a code; of any other each line that is
// not taken is named with its reason.

#include <cstdint>

#include "detente/events/ontology.h"
#include "input_file.h"
#include "law.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace detente;
  const auto path = fuzz::input_file(data, size, ".txt");
  events::DictionaryReport report;
  const auto ontology =
      events::Ontology::open_petrarch(DETENTE_SOURCE_DIR "/data/ontology", path, &report);
  if (!ontology) DETENTE_LAW(ontology.error().code.size() == 5);
  for (const auto& line : report.refused) DETENTE_LAW(line.line >= 1 && !line.reason.empty());
  std::filesystem::remove(path);
  return 0;
}
