#include "detente/read/zones.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "detente/read/read.h"
#include "detente/read/zone_rows.h"

namespace detente::read {
namespace {

const ZoneTables& tables() {
  static const Result<ZoneTables> loaded =
      ZoneTables::open(std::filesystem::path(DETENTE_SOURCE_DIR) / "data");
  if (!loaded) ADD_FAILURE() << loaded.error().text();
  return *loaded;
}

Document read(std::string_view text, std::optional<Date> published = {}) {
  ReadOptions options;
  options.published_at = published;
  options.zone_tables = &tables();
  auto document = read_plain(text, options);
  EXPECT_TRUE(document);
  return *std::move(document);
}

TEST(Zones, EveryRowOfLinesMatchesItsExampleAndNotItsCounter) {
  for (const LineRow& row : tables().rows().lines) {
    EXPECT_TRUE(row.pattern.matches_whole(row.example)) << "lines.tsv:" << row.line;
    EXPECT_FALSE(row.pattern.matches_whole(row.counter)) << "lines.tsv:" << row.line;
  }
}

TEST(Zones, EveryRowInsideLinesMatchesItsExampleAndNotItsCounter) {
  for (const InlineRow& row : tables().rows().inlines) {
    EXPECT_TRUE(row.pattern.find(row.example)) << "inline.tsv:" << row.line;
    EXPECT_FALSE(row.pattern.find(row.counter)) << "inline.tsv:" << row.line;
  }
}

TEST(Zones, EveryRowOfDatelinesMatchesItsExampleAndNotItsCounter) {
  for (const DatelineRow& row : tables().rows().datelines) {
    const Document example = read("Some title of a report\n\n" + row.example +
                                  " and so on, with enough words to be a paragraph of a story.");
    EXPECT_TRUE(example.dateline) << "datelines.tsv:" << row.line << " " << row.example;
    const Document counter = read("Some title of a report\n\n" + row.counter +
                                  " and so on, with enough words to be a paragraph of a story.");
    EXPECT_FALSE(counter.dateline) << "datelines.tsv:" << row.line << " " << row.counter;
  }
}

TEST(Zones, CoverEverythingThatIsNotBlankWithoutOverlap) {
  const Document document = read(
      "A title of the day\n(Photo: Ana Lima/AFP)\n\nPRAIA, May 3 (Inforpress) - The port of Praia "
      "was closed on Monday, the ministry of the sea said in a note.\n\nRead also: The port\n");
  std::uint32_t at = 0;
  for (const ZoneSpan& zone : document.zones) {
    EXPECT_LE(at, zone.span.begin);
    EXPECT_FALSE(zone.span.empty());
    for (std::uint32_t i = at; i < zone.span.begin; ++i) {
      EXPECT_TRUE(document.text[i] == ' ' || document.text[i] == '\n') << i;
    }
    at = zone.span.end;
  }
  EXPECT_EQ(document.zone_at(0), Zone::Title);
}

TEST(Zones, TakeTheYearThatIsNearest) {
  const std::string text =
      "MOSCOW, 30 December /TASS/. The army left the town, the ministry of defence said on Monday.";
  const Document document = read(text, Date::from_ymd(2022, 1, 2));
  ASSERT_TRUE(document.dateline);
  ASSERT_TRUE(document.dateline->day);
  EXPECT_EQ(document.dateline->day->text(), "2021-12-30");
  const Document late = read(text, Date::from_ymd(2022, 9, 2));
  EXPECT_EQ(late.dateline->day->text(), "2021-12-30") << "no page is older than its date line";
  EXPECT_FALSE(read(text).dateline->day) << "without any year near there is none to take";
}

// Whatever a page repeats, the work grows with its length.
TEST(Zones, StandGiantTextsOfOneThing) {
  for (const std::string piece :
       {" ", "(Photo: a/AFP) ", "Read also: x\n", "ADVERTISEMENT\n", "LONDON, ", "Lima ", ". ",
        "- ", "Related\nA b\n", "(", "Getty Images ", "A title\n\n", "\xE2\x80\x94 "}) {
    std::string text = "Words before it.";
    while (text.size() < 300000) text += piece;
    EXPECT_FALSE(read(text + " end").zones.empty()) << piece;
  }
}

TEST(Zones, FindTheFurnitureOfTheReportInTheGold) {
  const std::filesystem::path path =
      std::filesystem::path(DETENTE_SOURCE_DIR) / "../shared/gold/letters-of-friendship.txt";
  std::ifstream in(path, std::ios::binary);
  if (!in) GTEST_SKIP() << path << " is not here";
  std::ostringstream text;
  text << in.rdbuf();
  const Document document = read(text.str());
  const auto zone_of = [&document](std::string_view words) {
    const std::size_t at = document.text.find(words);
    EXPECT_NE(at, std::string::npos) << words;
    return document.zone_at(static_cast<std::uint32_t>(at));
  };
  EXPECT_EQ(zone_of("US, South Korea Claim North Korea Faked Test"), Zone::Link);
  EXPECT_EQ(zone_of("Kim Yo Jong Warns of Potential"), Zone::Link);
  EXPECT_EQ(zone_of("Photo by Brendan Smialowski"), Zone::Credit);
  EXPECT_EQ(zone_of("North, South Korea Leaders"), Zone::Title);
  EXPECT_EQ(zone_of("Tensions Between Koreas"), Zone::Heading);
  EXPECT_EQ(zone_of("Letters of Friendship\n"), Zone::Heading);
  EXPECT_EQ(zone_of("Furthermore, the report"), Zone::Body);
}

}  // namespace
}  // namespace detente::read
