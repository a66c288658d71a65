// Laws: repair gives valid UTF-8, changes nothing that is valid, and is done after one go; decoding
// walks the text to its end; offsets translate there and back.

#include <cstdint>
#include <string_view>

#include "detente/base/utf8.h"
#include "law.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace detente;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const utf8::Repaired once = utf8::repair(bytes);
  DETENTE_LAW(utf8::is_valid(once.text));
  DETENTE_LAW(utf8::is_valid(bytes) == (once.n_replaced == 0));
  DETENTE_LAW(once.n_replaced > 0 || once.text == bytes);
  DETENTE_LAW(utf8::repair(once.text).n_replaced == 0);

  const utf8::OffsetMap offsets(once.text);
  std::string again;
  std::uint32_t n_code_points = 0;
  for (std::size_t at = 0; at < once.text.size(); ++n_code_points) {
    const utf8::Decoded decoded = utf8::decode(once.text, at);
    DETENTE_LAW(decoded.valid && decoded.size_bytes > 0);
    DETENTE_LAW(offsets.to_code_points(static_cast<std::uint32_t>(at)) == n_code_points);
    DETENTE_LAW(offsets.to_bytes(n_code_points) == at);
    utf8::append(again, decoded.code_point);
    at += decoded.size_bytes;
  }
  DETENTE_LAW(again == once.text);
  DETENTE_LAW(utf8::count_code_points(once.text) == n_code_points);
  DETENTE_LAW(offsets.to_bytes(n_code_points) == once.text.size());
  return 0;
}
