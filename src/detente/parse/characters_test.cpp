#include "detente/parse/characters.h"

#include <gtest/gtest.h>

namespace detente::parse::characters {
namespace {

// Expected values: Python 3.11.
TEST(Characters, LowersAsPythonDoes) {
  EXPECT_EQ(lower("The U.N. Said"), "the u.n. said");
  EXPECT_EQ(lower("ÅÄÖ Ñ Ж Ω"), "åäö ñ ж ω");
  EXPECT_EQ(lower("İstanbul"), "i̇stanbul");
  EXPECT_EQ(lower("IĞDIR"), "iğdir");
  EXPECT_EQ(lower("ẞ"), "ß");
  EXPECT_EQ(lower("Ǆ"), "ǆ");
  EXPECT_EQ(lower("Ⅷ Ⓐ"), "ⅷ ⓐ");
  EXPECT_EQ(lower("北京"), "北京");
  EXPECT_EQ(lower(""), "");
}

TEST(Characters, WritesTheLastSigmaOfAWordItsOwnWay) {
  EXPECT_EQ(lower("ΟΔΟΣ"), "οδος");
  EXPECT_EQ(lower("ΣΟΦΟΣ ΣΑΣ"), "σοφος σας");
  EXPECT_EQ(lower("Σ"), "σ");
  EXPECT_EQ(lower("1Σ"), "1σ");
  EXPECT_EQ(lower("ΑΣ."), "ας.");
  EXPECT_EQ(lower("ΑΣ’Α"), "ασ’α");
  EXPECT_EQ(lower("ΑΣ-ΑΣ"), "ας-ας");
}

TEST(Characters, KeepsBytesThatAreNoUtf8) {
  EXPECT_EQ(lower("A\xFF\xC3"), "a\xFF\xC3");
  EXPECT_FALSE(all_alpha("a\xFF"));
  EXPECT_FALSE(all_space(" \xC2"));
}

TEST(Characters, KnowsPythonsSpaces) {
  for (const char32_t c :
       {0x09, 0x0D, 0x1C, 0x1F, 0x20, 0x85, 0xA0, 0x1680, 0x2003, 0x2028, 0x3000})
    EXPECT_TRUE(is_space(c)) << static_cast<int>(c);
  for (const char32_t c : {0x00, 0x08, 0x1B, 0x180E, 0x200B, 0x2060, 0xFEFF})
    EXPECT_FALSE(is_space(c)) << static_cast<int>(c);
}

TEST(Characters, KnowsDigitsOfOtherKinds) {
  EXPECT_TRUE(all_digit("2024"));
  EXPECT_TRUE(all_digit("٣३"));
  EXPECT_TRUE(all_digit("²③"));
  EXPECT_FALSE(all_digit("½"));
  EXPECT_FALSE(all_digit("Ⅷ"));
  EXPECT_FALSE(all_digit(""));
}

TEST(Characters, TellsTitlesAndCapitals) {
  EXPECT_TRUE(is_title_text("Prime Minister"));
  EXPECT_TRUE(is_title_text("O'Brien"));
  EXPECT_FALSE(is_title_text("McDonald"));
  EXPECT_TRUE(is_title_text("A2B"));
  EXPECT_FALSE(is_title_text("1990s"));
  EXPECT_FALSE(is_title_text("24"));
  EXPECT_TRUE(is_upper_text("U.N."));
  EXPECT_TRUE(is_upper_text("МИД"));
  EXPECT_FALSE(is_upper_text("MiG"));
  EXPECT_FALSE(is_upper_text("Aª"));
  EXPECT_FALSE(is_upper_text("123"));
}

}  // namespace
}  // namespace detente::parse::characters
