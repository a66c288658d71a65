// Laws: whatever the bytes, reading ends; texts are valid UTF-8 without NUL; zones lie in order
// inside the text, cover all that is not blank and never overlap. The first byte chooses the
// format.

#include <array>
#include <cstdint>
#include <string_view>

#include "detente/base/utf8.h"
#include "detente/read/read.h"
#include "law.h"

namespace {

const detente::read::ZoneTables& tables() {
  static const auto loaded = detente::read::ZoneTables::open(DETENTE_SOURCE_DIR "/data");
  DETENTE_LAW(loaded);
  return *loaded;
}

void check(const detente::read::Document& document) {
  using detente::read::ZoneSpan;
  const std::string& text = document.text;
  DETENTE_LAW(!document.id.empty() && text.size() <= 3 * detente::read::kMaxTextBytes);
  DETENTE_LAW(detente::utf8::is_valid(text) && text.find('\0') == std::string::npos);
  std::uint32_t at = 0;
  for (const ZoneSpan& zone : document.zones) {
    DETENTE_LAW(at <= zone.span.begin && !zone.span.empty() && zone.span.end <= text.size());
    DETENTE_LAW(text.find_first_not_of(" \t\r\n\f\v", at) >= zone.span.begin);
    at = zone.span.end;
  }
  DETENTE_LAW(text.find_first_not_of(" \t\r\n\f\v", at) == std::string::npos);
  if (document.dateline) DETENTE_LAW(document.dateline->span.end <= text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr std::array<std::string_view, 4> kNames{"news.txt", "news.jsonl", "news.csv", "-"};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  detente::read::ReadOptions options;
  options.zone_tables = &tables();
  std::uint64_t n = 0;
  const auto summary = detente::read::for_each_document_in(
      bytes, kNames[data[0] % kNames.size()], options,
      [&n](const detente::Result<detente::read::Document>& document) {
        ++n;
        if (document) {
          check(*document);
        } else {
          DETENTE_LAW(!document.error().code.empty() && !document.error().message.empty());
        }
        return true;
      });
  if (summary) DETENTE_LAW(summary->n_documents + summary->n_refused == n);
  return 0;
}
