// Laws: see document_law.h. The first byte chooses the format.

#include <array>
#include <cstdint>
#include <string_view>

#include "document_law.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr std::array<std::string_view, 4> kNames{"news.txt", "news.jsonl", "news.csv", "-"};
  detente::read::ReadOptions options;
  options.zone_tables = &detente::fuzz::tables();
  detente::fuzz::check_file({reinterpret_cast<const char*>(data) + 1, size - 1},
                            kNames[data[0] % kNames.size()], options);
  return 0;
}
