// Words of time and the days they mean. An expectation names every expression in text order:
//   "the words" VALUE FIRST..LAST            the value is - where the words name no unit
//   "the words" VALUE FIRST..LAST of FIRST..LAST   one end of a range

#include <gtest/gtest.h>

#include "case_file.h"
#include "detente/read/read.h"
#include "detente/resolve/times/times.h"

namespace detente::resolve::times {
namespace {

std::string range_text(DateRange range) { return range.first.text() + ".." + range.last.text(); }

std::vector<std::string> check(const read::ZoneTables& zones, const TimeTables& tables,
                               const cases::Case& c) {
  read::ReadOptions options;
  options.id = c.path.stem().string();
  options.zone_tables = &zones;
  options.published_at = Date::parse(c.keys.at("published"));
  const auto document = read::read_plain(c.text, options);
  if (!document) return {document.error().text()};
  const parse::ParsedDocument no_parse;
  const std::optional<Date> anchor = anchor_day(*document);
  std::vector<std::string> lines;
  for (const TimeExpression& time : find_times(*document, no_parse, anchor, tables)) {
    EXPECT_FALSE(time.derivation.empty());
    lines.push_back("\"" + std::string(time.span.in(document->text)) + "\" " +
                    (time.value.empty() ? "-" : time.value) + " " + range_text(time.range) +
                    (time.period ? " of " + range_text(*time.period) : ""));
  }
  return lines;
}

TEST(TimeCases, AreAsWritten) {
  const std::filesystem::path data = std::filesystem::path(DETENTE_SOURCE_DIR) / "data";
  const auto zones = read::ZoneTables::open(data);
  ASSERT_TRUE(zones) << zones.error().text();
  const auto tables = TimeTables::open(data);
  ASSERT_TRUE(tables) << tables.error().text();
  cases::run_cases("times", 80, [&](const cases::Case& c) { return check(*zones, *tables, c); });
}

}  // namespace
}  // namespace detente::resolve::times
