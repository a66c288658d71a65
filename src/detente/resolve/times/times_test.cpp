#include "detente/resolve/times/times.h"

#include <gtest/gtest.h>

#include "detente/resolve/times/calendar.h"

namespace detente::resolve::times {
namespace {

const TimeTables& tables() {
  static const Result<TimeTables> loaded =
      TimeTables::open(std::filesystem::path(DETENTE_SOURCE_DIR) / "data");
  if (!loaded) ADD_FAILURE() << loaded.error().text();
  return *loaded;
}

std::vector<TimeExpression> times_in(std::string text, Date anchor) {
  read::Document document;
  document.text = std::move(text);
  return find_times(document, {}, anchor, tables());
}

const Date kDay = *Date::from_ymd(2022, 4, 22);

TEST(Times, SayHowTheyWereReckoned) {
  const auto times = times_in("Moon sent a letter on Wednesday.", kDay);
  ASSERT_EQ(times.size(), 1U);
  EXPECT_EQ(times[0].value, "2022-04-20");
  EXPECT_NE(times[0].derivation.find("2022-04-22"), std::string::npos);
}

TEST(Times, WithoutADayOfWritingKeepWhatNamesItsOwnYear) {
  read::Document document;
  document.text = "They met on Monday, on 3 May 1999, in June and in 2004.";
  const auto times = find_times(document, {}, std::nullopt, tables());
  ASSERT_EQ(times.size(), 2U);
  EXPECT_EQ(times[0].value, "1999-05-03");
  EXPECT_EQ(times[1].value, "2004");
}

TEST(Times, NameTheirTokens) {
  read::Document document;
  document.text = "It fell in mid-March.";
  parse::ParsedDocument parsed;
  for (const auto& [begin, end] : std::vector<std::pair<std::uint32_t, std::uint32_t>>{
           {0, 2}, {3, 7}, {8, 10}, {11, 14}, {14, 15}, {15, 20}, {20, 21}}) {
    parsed.tokens.begin.push_back(begin);
    parsed.tokens.end.push_back(end);
  }
  parsed.sentences.push_back({0, 7});
  const auto times = find_times(document, parsed, kDay, tables());
  ASSERT_EQ(times.size(), 1U);
  EXPECT_EQ(times[0].tokens, (parse::TokenRange{3, 6}));
}

TEST(Times, PassOverLinksAndCredits) {
  read::Document document;
  document.text = "Read also: Talks of 2018\nThey met in 2019.";
  document.zones = {{{0, 24}, read::Zone::Link}, {{25, 42}, read::Zone::Body}};
  const auto times = find_times(document, {}, kDay, tables());
  ASSERT_EQ(times.size(), 1U);
  EXPECT_EQ(times[0].value, "2019");
}

TEST(Times, AnchorOnTheDatelineWhenItIsNearThePage) {
  read::Document document;
  document.published_at = Date::from_ymd(2022, 4, 23);
  document.dateline = read::Dateline{};
  document.dateline->day = kDay;
  EXPECT_EQ(anchor_day(document), kDay);
  document.published_at = Date::from_ymd(2022, 6, 1);
  EXPECT_EQ(anchor_day(document), document.published_at);
  document.published_at.reset();
  document.dateline.reset();
  EXPECT_FALSE(anchor_day(document));
}

// Whatever a page repeats, the work grows with its length and the stack does not.
TEST(Times, StandGiantTextsOfOneWord) {
  for (const std::string piece :
       {"Monday ", "the ", "the end of ", "two days before ", "May and June and ", "in 80 and ",
        "early late mid ", "3, 4, ", "2014-", "1990s and ", "the first half of ", "'",
        "in 2000 or ", "the day before ", "next ", "a Monday Tuesday "}) {
    std::string text;
    while (text.size() < 100000) text += piece;
    const auto times = times_in(text, kDay);
    EXPECT_LE(times.size(), text.size()) << piece;
  }
}

TEST(Calendar, CountsIsoWeeks) {
  EXPECT_EQ(unit_of(*Date::from_ymd(2021, 1, 3), Unit::Week, 0).value, "2020-W53");
  EXPECT_EQ(unit_of(*Date::from_ymd(2018, 12, 31), Unit::Week, 0).value, "2019-W01");
  EXPECT_EQ(unit_of(*Date::from_ymd(2022, 4, 22), Unit::Week, -1).value, "2022-W15");
}

TEST(Calendar, KnowsEaster) {
  for (const auto& [year, month, day] :
       {std::tuple{1990, 4, 15}, {2000, 4, 23}, {2008, 3, 23}, {2016, 3, 27}, {2038, 4, 25}}) {
    EXPECT_EQ(easter_sunday(year), Date::from_ymd(year, month, day));
  }
}

TEST(Calendar, StaysInsideItsYears) {
  const Date first = *Date::from_ymd(1, 1, 1);
  const Date last = *Date::from_ymd(9999, 12, 31);
  EXPECT_EQ(moved(first, Unit::Century, -9999), first);
  EXPECT_EQ(moved(last, Unit::Century, 9999).year(), 9999);
  EXPECT_EQ(unit_of(first, Unit::Decade, 0).range.first, first);
}

}  // namespace
}  // namespace detente::resolve::times
