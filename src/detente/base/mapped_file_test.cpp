#include "detente/base/mapped_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace detente {
namespace {

TEST(MappedFile, SaysWhichFileIsMissing) {
  const auto result = MappedFile::open("no/such/file.txt");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "D0001");
  EXPECT_NE(result.error().message.find("no/such/file.txt"), std::string::npos);
}

TEST(MappedFile, RefusesAFolder) {
  const auto result = MappedFile::open(std::filesystem::temp_directory_path());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "D0002");
}

TEST(MappedFile, ReadsBytesAndEmptyFiles) {
  const auto folder = std::filesystem::path(testing::TempDir());
  std::ofstream(folder / "mapped_full") << "abc";
  std::ofstream(folder / "mapped_empty").flush();
  const auto full = MappedFile::open(folder / "mapped_full");
  const auto empty = MappedFile::open(folder / "mapped_empty");
  ASSERT_TRUE(full && empty);
  EXPECT_EQ(full->text(), "abc");
  EXPECT_TRUE(empty->bytes().empty());
}

}  // namespace
}  // namespace detente
