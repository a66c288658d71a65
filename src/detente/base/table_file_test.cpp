#include "detente/base/table_file.h"

#include <gtest/gtest.h>

#include <fstream>

namespace detente {
namespace {

std::filesystem::path written(const std::string& name, const std::string& text) {
  const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / name;
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

TEST(TableFile, GivesTheColumnsAskedForWithTheirLines) {
  const auto path =
      written("t1.tsv", "# for people\nname\tcode\tnote\n\nOslo\tNOR\t\nLomé\tTGO\tx\n");
  const auto table = TableFile::open(path, {"code", "name", "since?"});
  ASSERT_TRUE(table);
  ASSERT_EQ(table->rows.size(), 2U);
  EXPECT_EQ(table->rows[1].fields, (std::vector<std::string>{"TGO", "Lomé", ""}));
  EXPECT_EQ(table->rows[1].line, 5U);
}

TEST(TableFile, NamesTheColumnAndTheRowThatAreWrong) {
  const auto lacks = TableFile::open(written("t2.tsv", "name\nOslo\n"), {"code"});
  ASSERT_FALSE(lacks);
  EXPECT_EQ(lacks.error().code, "D0004");
  const auto differs = TableFile::open(written("t3.tsv", "name\tcode\nOslo\n"), {"code"});
  ASSERT_FALSE(differs);
  EXPECT_EQ(differs.error().code, "D0005");
  EXPECT_NE(differs.error().message.find(":2:"), std::string::npos);
}

}  // namespace
}  // namespace detente
