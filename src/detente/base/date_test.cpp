#include "detente/base/date.h"

#include <gtest/gtest.h>

namespace detente {
namespace {

TEST(Date, GivesBackTheDayItWasMadeOf) {
  for (int days = -700000; days < 700000; days += 97) {
    const Date date(days);
    const auto again = Date::from_ymd(date.year(), date.month(), date.day());
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(again->days_since_1970(), days);
  }
}

TEST(Date, KnowsWeekdays) {
  EXPECT_EQ(Date::parse("2022-04-20")->weekday(), 2);  // a Wednesday
  EXPECT_EQ(Date::parse("1969-12-29")->weekday(), 0);  // a Monday before the epoch
}

TEST(Date, RefusesDaysThatAreNone) {
  EXPECT_FALSE(Date::parse("2022-02-29"));
  EXPECT_FALSE(Date::parse("2022-2-9"));
  EXPECT_FALSE(Date::parse("20220209"));
  EXPECT_TRUE(Date::parse("2024-02-29"));
  EXPECT_EQ(Date::parse("2022-04-22T10:00:00Z")->text(), "2022-04-22");
}

TEST(Date, AddsMonthsWithoutLeavingTheMonth) {
  EXPECT_EQ(Date::parse("2024-01-31")->plus_months(1).text(), "2024-02-29");
  EXPECT_EQ(Date::parse("2024-01-31")->plus_months(-2).text(), "2023-11-30");
}

}  // namespace
}  // namespace detente
