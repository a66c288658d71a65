// Laws: a file that is no gold is refused with a code; what is taken can be scored against nothing,
// and nothing is right then.

#include <cstdint>

#include "detente/score/score.h"
#include "input_file.h"
#include "law.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace detente;
  const auto path = fuzz::input_file(data, size, ".jsonl");
  const auto gold = score::Gold::open(path);
  if (gold) {
    static_cast<void>(score::score(*gold, {}));
  } else {
    DETENTE_LAW(gold.error().code.size() == 5 && !gold.error().message.empty());
  }
  std::filesystem::remove(path);
  return 0;
}
