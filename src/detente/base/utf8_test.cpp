#include "detente/base/utf8.h"

#include <gtest/gtest.h>

namespace detente::utf8 {
namespace {

TEST(Utf8, RepairsBadBytesAndSaysWhere) {
  const Repaired repaired = repair(
      "ab\xff\xfe"
      "c\xC3");
  EXPECT_EQ(repaired.text, "ab\uFFFDc\uFFFD");
  EXPECT_EQ(repaired.n_replaced, 2U);
  EXPECT_EQ(repaired.first_bad_offset, 2U);
}

TEST(Utf8, RefusesOverlongAndSurrogates) {
  EXPECT_FALSE(is_valid("\xC0\xAF"));
  EXPECT_FALSE(is_valid("\xED\xA0\x80"));
  EXPECT_FALSE(is_valid("\xF5\x80\x80\x80"));
  EXPECT_TRUE(is_valid("Лавров 平壌 😀"));
}

TEST(Utf8, TranslatesOffsetsBothWays) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "aé平😀";
  const OffsetMap map(text);
  std::uint32_t n = 0;
  for (std::uint32_t i = 0; i <= text.size(); i += std::max(1U, decode(text, i).size_bytes)) {
    EXPECT_EQ(map.to_code_points(i), n);
    EXPECT_EQ(map.to_bytes(n), i);
    ++n;
  }
  EXPECT_EQ(n - 1, count_code_points(text));
}

}  // namespace
}  // namespace detente::utf8
