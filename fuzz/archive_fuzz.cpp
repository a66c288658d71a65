// Laws: see document_law.h; web archives, plain and packed.

#include <cstdint>

#include "document_law.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  detente::read::ReadOptions options;
  options.zone_tables = &detente::fuzz::tables();
  options.format = detente::read::Format::Archive;
  detente::fuzz::check_file({reinterpret_cast<const char*>(data), size}, "news.warc", options);
  return 0;
}
