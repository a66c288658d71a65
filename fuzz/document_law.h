#pragma once
// What holds of every document that leaves the reader, whatever the bytes.

#include <cstdint>
#include <string>
#include <string_view>

#include "detente/base/utf8.h"
#include "detente/read/read.h"
#include "law.h"

namespace detente::fuzz {

inline const read::ZoneTables& tables() {
  static const auto loaded = read::ZoneTables::open(DETENTE_SOURCE_DIR "/data");
  DETENTE_LAW(loaded);
  return *loaded;
}

inline void check(const read::Document& document) {
  using read::ZoneSpan;
  const std::string& text = document.text;
  DETENTE_LAW(!document.id.empty() && text.size() <= 3 * read::kMaxTextBytes);
  DETENTE_LAW(utf8::is_valid(text) && text.find('\0') == std::string::npos);
  std::uint32_t at = 0;
  for (const ZoneSpan& zone : document.zones) {
    DETENTE_LAW(at <= zone.span.begin && !zone.span.empty() && zone.span.end <= text.size());
    DETENTE_LAW(text.find_first_not_of(" \t\r\n\f\v", at) >= zone.span.begin);
    at = zone.span.end;
  }
  DETENTE_LAW(text.find_first_not_of(" \t\r\n\f\v", at) == std::string::npos);
  if (document.dateline) DETENTE_LAW(document.dateline->span.end <= text.size());
}

// Takes the bytes as a file of that name and checks what the reader makes of it.
inline void check_file(std::string_view bytes, std::string_view name,
                       const read::ReadOptions& options) {
  std::uint64_t n = 0;
  const auto summary = read::for_each_item_in(bytes, name, options, [&n](const read::Item& item) {
    DETENTE_LAW(item.place.ordinal == n++);
    if (item.document) {
      check(*item.document);
    } else {
      DETENTE_LAW(!item.document.error().code.empty() && !item.document.error().message.empty());
    }
    return true;
  });
  if (summary) DETENTE_LAW(summary->n_documents + summary->n_refused == n);
}

}  // namespace detente::fuzz
