// Laws: see document_law.h; feeds and sitemaps.

#include <cstdint>

#include "document_law.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  detente::read::ReadOptions options;
  options.zone_tables = &detente::fuzz::tables();
  options.format = detente::read::Format::Feed;
  detente::fuzz::check_file({reinterpret_cast<const char*>(data), size}, "feed.xml", options);
  return 0;
}
