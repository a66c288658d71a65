// Reports and what they tell of promises and forecasts, in text order, promises first:
//   commits BY+BY -> TO | FORM STATUS | CONTENT | made FIRST..LAST | until FIRST..LAST | if
//   CONDITION expects HOLDER | ABOUT+ABOUT | DIRECTION | HEDGE STRENGTH | HORIZON FIRST..LAST
// BY, TO and ABOUT are codes; HOLDER is - where nobody is named; the content of a promise of which
// only the fate is told gives way to that fate; a day of making only where it is not the report's;
// "nothing" where nothing is told.

#include <gtest/gtest.h>

#include <cstdio>

#include "case_file.h"
#include "coder_for_tests.h"

namespace detente::outlook {
namespace {

constexpr const char* kPublished = "2024-05-15";

std::string joined(const std::vector<events::Side>& sides) {
  return sides.empty() ? "-" : cases::codes_of(sides);
}

std::string days(DateRange range) {
  return range.first.text() + (range.last == range.first ? "" : ".." + range.last.text());
}

std::string line_of(const Commitment& one, const engine::Walk& walk) {
  const std::string_view text = walk.document.text;
  std::string line = "commits " + joined(one.by) + " -> " + joined(one.to);
  line += " | " + std::string(form_name(one.form)) + " " + std::string(status_name(one.status));
  if (one.is_mention) {
    for (const Step& step : one.history) line += " | " + std::string(turn_name(step.turn));
  } else {
    line += " | " + std::string(one.content.in(text));
  }
  const Date today = walk.resolved.anchor;
  if (one.made && one.made->first != today) line += " | made " + days(*one.made);
  if (one.deadline) line += " | until " + days(one.deadline->range);
  if (one.condition) line += " | " + std::string(one.condition->in(text));
  return line;
}

std::string line_of(const Expectation& one, const engine::Walk& walk) {
  const std::string_view text = walk.document.text;
  std::string line = "expects ";
  line += one.by_span ? one.by_span->in(text) : "-";
  char strength[8];
  std::snprintf(strength, sizeof strength, "%.2f", one.strength);
  line += " | " + joined(one.about) + " | " + std::string(direction_name(one.direction));
  line += " | " + std::string(one.hedge.in(text)) + " " + strength;
  if (one.horizon) {
    line += " | " + std::string(one.horizon->span.in(text)) + " " + days(one.horizon->range);
  }
  return line;
}

std::vector<std::string> check(cases::CoderForTests& coder, const cases::Case& c) {
  const auto published = c.keys.find("published");
  std::vector<std::string> lines;
  coder.walk(c.text, published == c.keys.end() ? kPublished : published->second,
             engine::Stage::Outlook, [&](const engine::Walk& walk) {
               for (const Commitment& one : walk.outlook.commitments) {
                 lines.push_back(line_of(one, walk));
               }
               for (const Expectation& one : walk.outlook.expectations) {
                 lines.push_back(line_of(one, walk));
               }
             });
  if (lines.empty()) lines.emplace_back("nothing");
  return lines;
}

TEST(OutlookCases, AreAsWritten) {
  std::string why_not;
  const auto coder = cases::CoderForTests::open(why_not);
  if (!coder) GTEST_SKIP() << why_not;
  cases::run_cases("outlook", 60, [&](const cases::Case& c) { return check(*coder, c); });
}

}  // namespace
}  // namespace detente::outlook
