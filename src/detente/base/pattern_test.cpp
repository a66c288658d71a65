#include "detente/base/pattern.h"

#include <gtest/gtest.h>

namespace detente {
namespace {

TEST(Pattern, ReportsNamedGroupsInTheOrderAskedFor) {
  const auto pattern = Pattern::compile("(?<day>\\d+) (?<month>\\w+)|(?<month>\\w+)/(?<day>\\d+)",
                                        {"month", "day", "year"});
  ASSERT_TRUE(pattern);
  const std::string text = "on May/22";
  const auto match = pattern->find(text);
  ASSERT_TRUE(match);
  EXPECT_EQ(match->groups[0].in(text), "May");
  EXPECT_EQ(match->groups[1].in(text), "22");
  EXPECT_TRUE(match->groups[2].empty());
}

TEST(Pattern, TellsAWholeMatchFromAPart) {
  const auto pattern = Pattern::compile("\\p{Lu}+");
  ASSERT_TRUE(pattern);
  EXPECT_TRUE(pattern->matches_whole("ÅLAND"));
  EXPECT_FALSE(pattern->matches_whole("ÅLANd"));
  EXPECT_TRUE(pattern->match_at("ab CD", 3));
  EXPECT_FALSE(pattern->match_at("ab CD", 0));
}

TEST(Pattern, NamesThePlaceOfAFault) {
  const auto pattern = Pattern::compile("(ab");
  ASSERT_FALSE(pattern);
  EXPECT_EQ(pattern.error().code, "D0006");
  EXPECT_NE(pattern.error().message.find("(ab"), std::string::npos);
}

TEST(Pattern, GivesUpWhereAnExpressionExplodes) {
  const auto pattern = Pattern::compile("(a|aa)+(b|bb)+c");
  ASSERT_TRUE(pattern);
  EXPECT_FALSE(pattern->find(std::string(5000, 'a') + std::string(5000, 'b')));
}

}  // namespace
}  // namespace detente
