#include <gtest/gtest.h>

#include "detente/base/utf8.h"
#include "detente/read/read.h"

namespace detente::read {
namespace {

ReadOptions with_id(std::string id) {
  ReadOptions options;
  options.id = std::move(id);
  return options;
}

TEST(Plain, KeepsTheFileUnchanged) {
  const std::string text = "Seoul  said\r\n\tyes.\n";
  const auto document = read_plain(text, with_id("a"));
  ASSERT_TRUE(document);
  EXPECT_EQ(document->text, text);
  EXPECT_TRUE(document->remarks.empty());
}

TEST(Plain, RefusesAFileWithoutText) {
  const auto document = read_plain(" \n\t ", with_id("blank.txt"));
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code, "D0101");
  EXPECT_NE(document.error().message.find("blank.txt"), std::string::npos);
}

TEST(Plain, RepairsBadBytesWithARemark) {
  const auto document = read_plain(std::string_view("a\xff"
                                                    "b\0c",
                                                    5),
                                   with_id("a"));
  ASSERT_TRUE(document);
  EXPECT_EQ(document->text, "a\uFFFDb\uFFFDc");
  EXPECT_TRUE(utf8::is_valid(document->text));
  EXPECT_EQ(document->remarks.size(), 2U);
}

}  // namespace
}  // namespace detente::read
