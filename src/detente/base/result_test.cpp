#include "detente/base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace detente {
namespace {

Result<int> half(int n) {
  if (n % 2 != 0) return Error{"D9999", "odd"};
  return n / 2;
}

Result<int> quarter(int n) {
  DETENTE_TRY(int h, half(n));
  return half(h);
}

TEST(Result, PassesErrorsOnUnchanged) {
  EXPECT_EQ(quarter(8).value(), 2);
  EXPECT_EQ(quarter(6).error().text(), "D9999 odd");
}

TEST(Result, HoldsValuesThatOnlyMove) {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(3));
  const std::unique_ptr<int> taken = std::move(result).value();
  EXPECT_EQ(*taken, 3);
}

}  // namespace
}  // namespace detente
