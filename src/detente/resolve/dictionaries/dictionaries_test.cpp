#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "detente/base/mapped_file.h"
#include "detente/resolve/dictionaries/import_dictionaries.h"
#include "detente/resolve/reference_tables.h"

namespace detente::resolve {
namespace {

std::string reason_of(const Dictionary& dictionary, std::uint32_t line) {
  for (const DictionaryRemark& remark : dictionary.remarks) {
    if (remark.line == line) return (remark.imported ? "mended: " : "refused: ") + remark.reason;
  }
  return "";
}

TEST(Dictionaries, ReadNamesSynonymsAndDays) {
  const Dictionary read = read_dictionary(
      "# an own one\n"
      "LOMONIA_ [LOM]   ; a state\n"
      "+LOMONIAN_\n"
      "\n"
      "ADA_BERG_\n"
      "\t[LOMGOV 970101-20011231]\n"
      "\t[LOMOPP > 020101]\n"
      "\t[LOMELI]\n");
  EXPECT_EQ(read.kind, DictionaryKind::Actors);
  EXPECT_EQ(read.n_empty, 2U);
  EXPECT_EQ(read.n_imported, 6U);
  EXPECT_EQ(read.n_refused(), 0U);
  ASSERT_EQ(read.entries.size(), 2U);
  EXPECT_EQ(read.entries[0].phrases, (std::vector<std::string>{"LOMONIA", "LOMONIAN"}));
  const std::vector<DictionaryCode>& codes = read.entries[1].codes;
  ASSERT_EQ(codes.size(), 3U);
  EXPECT_EQ(codes[0].held.first.text(), "1997-01-01");
  EXPECT_EQ(codes[0].held.last.text(), "2001-12-31");
  EXPECT_EQ(codes[1].held.first.text(), "2002-01-01");
  EXPECT_FALSE(codes[2].dated);
}

TEST(Dictionaries, MendAccidentsAndSayWhich) {
  const Dictionary read = read_dictionary(
      "NO\x1AVA_ [NOV]\r\n"
      "JAN_HOLT_\n"
      "\t[NOVGOV 2004017-20061399]\n"
      "\t[NOVGOV 20070231]\n"
      "\t[NOVGOV <17041975]\n"
      "OLD_NAME_\n"
      "NEW_NAME_\n"
      "\t[NOVMIL 200-100]\n"
      "\t[NOVMIL 20010101-19990101]\n"
      "\t[NOVMIL}\n"
      "\n"
      "LONELY_\n"
      "\n"
      "CAF\xC9_CENTRAL [NOVBUS]\n");
  EXPECT_EQ(reason_of(read, 1), "mended: a control byte left out");
  EXPECT_EQ(reason_of(read, 3), "refused: '2004017-20061399' is no day and no range of days");
  EXPECT_EQ(reason_of(read, 4),
            "mended: no such day: the last of the month; a day without < or >: from that day");
  EXPECT_EQ(reason_of(read, 5), "mended: the day stands first");
  EXPECT_EQ(reason_of(read, 7), "mended: taken as a synonym of the line before");
  EXPECT_EQ(reason_of(read, 8), "refused: '200-100' is no day and no range of days");
  EXPECT_EQ(reason_of(read, 9), "refused: '20010101-19990101' ends before it begins");
  EXPECT_EQ(reason_of(read, 10), "mended: the closing bracket is missing");
  EXPECT_EQ(reason_of(read, 12), "refused: no code follows");
  EXPECT_EQ(reason_of(read, 14), "mended: read as Latin-1");
  ASSERT_EQ(read.entries.size(), 4U);
  EXPECT_EQ(read.entries[0].phrases[0], "NOVA");
  EXPECT_EQ(read.entries[3].phrases[0], "CAFÉ CENTRAL");
  EXPECT_EQ(read.n_refused(), 4U);
}

TEST(Dictionaries, ReadAgentsWithPluralsAndSets) {
  const Dictionary read = read_dictionary(
      "!FOLK! = MAN, WOMEN\n"
      "DEPUTY [~LEG]\n"
      "SHEEP {} [~AGR]\n"
      "OX {OXEN} [~AGR]\n"
      "FERRY!FOLK! [~LAB]\n"
      "SEA!NOBODY! [~LAB]\n"
      "RELIEF_BODY [NGO~]\n");
  EXPECT_EQ(read.kind, DictionaryKind::Agents);
  ASSERT_EQ(read.entries.size(), 5U);
  EXPECT_EQ(read.entries[0].plurals[0], "DEPUTIES");
  EXPECT_EQ(read.entries[1].plurals[0], "");
  EXPECT_EQ(read.entries[2].plurals[0], "OXEN");
  EXPECT_EQ(read.entries[3].phrases, (std::vector<std::string>{"FERRYMAN", "FERRYWOMEN"}));
  EXPECT_EQ(reason_of(read, 6), "refused: the set !NOBODY! is not defined");
}

TEST(Dictionaries, TellVerbsAndDiscardsFromActors) {
  EXPECT_EQ(read_dictionary("GREET [040]\n- * WITH + [041]\n").kind, DictionaryKind::Verbs);
  const Dictionary discards = read_dictionary("1914\n+WORLD_CUP\n");
  EXPECT_EQ(discards.kind, DictionaryKind::Discards);
  EXPECT_TRUE(discards.entries[1].whole_story);
  EXPECT_EQ(read_dictionary("").kind, DictionaryKind::Unknown);
}

TEST(Dictionaries, BecomeTablesThatTheReaderTakes) {
  const std::filesystem::path root = DETENTE_SOURCE_DIR;
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / "detente_dictionaries_test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "own.actors.txt") << "LOMONIA_ [LOM]\n+LOMONIAN_\n\nADA_BERG_\n"
                                              "\t[LOMGOV 970101-011231]\n\t[LOMELI]\n\n"
                                              "HARBOUR_WATCH_ [NGOLOM]\n";
  std::ofstream(folder / "own.agents.txt") << "DOCKER [~LAB]\n";
  const auto import = import_dictionaries({folder / "own.actors.txt", folder / "own.agents.txt"},
                                          root / "data", folder / "tables", false);
  ASSERT_TRUE(import) << import.error().text();
  const auto tables = ReferenceTables::open(root / "data", {}, folder / "tables");
  ASSERT_TRUE(tables) << tables.error().text();
  ASSERT_EQ(tables->countries.size(), 1U);
  EXPECT_EQ(tables->countries[0].code, "LOM");
  ASSERT_EQ(tables->persons.size(), 1U);
  EXPECT_EQ(tables->persons[0].name, "Ada Berg");
  EXPECT_EQ(tables->offices.size(), 2U);
  ASSERT_EQ(tables->organizations.size(), 1U);
  EXPECT_EQ(tables->organizations[0].code, "NGO");
  EXPECT_EQ(tables->organizations[0].country, "LOM");
  ASSERT_EQ(tables->agents.size(), 1U);
  EXPECT_EQ(tables->agents[0].sector, "LAB");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace detente::resolve
