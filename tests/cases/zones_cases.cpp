// Zones of whole pages. An expectation names every zone that is not body, in order, then what the
// dateline says.

#include <gtest/gtest.h>

#include "case_file.h"
#include "detente/read/read.h"

namespace detente::read {
namespace {

std::string quoted(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? ' ' : c;
  return out;
}

std::vector<std::string> check(const ZoneTables& tables, const cases::Case& c) {
  ReadOptions options;
  options.id = c.path.stem().string();
  options.zone_tables = &tables;
  if (c.keys.contains("published")) options.published_at = Date::parse(c.keys.at("published"));
  if (c.keys.contains("file_date")) options.file_date = Date::parse(c.keys.at("file_date"));
  const auto document = read_plain(c.text, options);
  if (!document) return {document.error().text()};
  std::vector<std::string> lines;
  for (const ZoneSpan& zone : document->zones) {
    if (zone.zone == Zone::Body) continue;
    lines.push_back(std::string(zone_name(zone.zone)) + ": " +
                    quoted(zone.span.in(document->text)));
  }
  if (document->dateline) {
    const Dateline& dateline = *document->dateline;
    if (!dateline.place.empty()) {
      lines.push_back("> place " + std::string(dateline.place.in(document->text)));
    }
    if (!dateline.agency.empty()) {
      lines.push_back("> agency " + std::string(dateline.agency.in(document->text)));
    }
    if (dateline.day) lines.push_back("> day " + dateline.day->text());
  }
  if (!c.keys.contains("published")) {
    lines.push_back("> published " +
                    (document->published_at ? document->published_at->text() : "unknown"));
  }
  for (const Remark& remark : document->remarks) lines.push_back("> remark " + remark.code);
  return lines;
}

TEST(ZoneCases, AreAsWritten) {
  const auto tables = ZoneTables::open(std::filesystem::path(DETENTE_SOURCE_DIR) / "data");
  ASSERT_TRUE(tables) << tables.error().text();
  cases::run_cases("zones", 30, [&](const cases::Case& c) { return check(*tables, c); });
}

}  // namespace
}  // namespace detente::read
