// Laws: expressions of time lie in order inside the text without overlap; their first day is not
// after their last; each says how it was reckoned; the same text gives the same times.

#include <cstdint>
#include <string>

#include "detente/base/utf8.h"
#include "detente/resolve/times/times.h"
#include "law.h"

namespace {

using detente::resolve::times::TimeTables;

const TimeTables& tables() {
  static const auto loaded = TimeTables::open(DETENTE_SOURCE_DIR "/data");
  DETENTE_LAW(loaded);
  return *loaded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  detente::read::Document document;
  document.text = detente::utf8::repair({reinterpret_cast<const char*>(data) + 2, size - 2}).text;
  // Anchors from year 1 to year 9999, so that no reckoning leaves the calendar unseen.
  const int year = 1 + (data[0] * 256 + data[1]) % 9999;
  const detente::Date anchor = *detente::Date::from_ymd(year, 1 + data[1] % 12, 1 + data[0] % 28);
  const detente::parse::ParsedDocument no_parse;
  const auto times = detente::resolve::times::find_times(document, no_parse, anchor, tables());
  std::uint32_t at = 0;
  for (const auto& time : times) {
    DETENTE_LAW(at <= time.span.begin && !time.span.empty());
    at = time.span.end;
    DETENTE_LAW(time.range.first <= time.range.last);
    DETENTE_LAW(!time.period || time.period->first <= time.period->last);
    DETENTE_LAW(!time.derivation.empty());
  }
  DETENTE_LAW(at <= document.text.size());
  DETENTE_LAW(find_times(document, no_parse, anchor, tables()).size() == times.size());
  return 0;
}
