#include "detente/base/string_pool.h"

#include <gtest/gtest.h>

namespace detente {
namespace {

TEST(StringPool, GivesOneIdPerString) {
  StringPool pool;
  const StringId a = pool.intern("Seoul");
  for (int i = 0; i < 5000; ++i) pool.intern("filler " + std::to_string(i));
  EXPECT_EQ(pool.intern("Seoul"), a);
  EXPECT_EQ(pool.view(a), "Seoul");
  EXPECT_EQ(pool.intern(""), StringId{0});
}

TEST(StringPool, KeepsIdsWhenCopiedOrMoved) {
  StringPool pool;
  const StringId a = pool.intern("Pyongyang");
  StringPool copy = pool;
  StringPool moved = std::move(pool);
  EXPECT_EQ(copy.view(a), "Pyongyang");
  EXPECT_EQ(moved.view(a), "Pyongyang");
  EXPECT_EQ(moved.intern("Pyongyang"), a);
}

}  // namespace
}  // namespace detente
