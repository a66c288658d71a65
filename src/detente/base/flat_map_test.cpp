#include "detente/base/flat_map.h"

#include <gtest/gtest.h>

#include <unordered_map>

namespace detente {
namespace {

TEST(FlatMap, HoldsWhatAnOrdinaryMapHolds) {
  FlatMap<std::uint32_t> flat(2);
  std::unordered_map<std::uint64_t, std::uint32_t> ordinary;
  std::uint64_t key = 0;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    key = key * 6364136223846793005ULL + 1442695040888963407ULL;
    flat[key % 3000] += i;
    ordinary[key % 3000] += i;
  }
  EXPECT_EQ(flat.size(), ordinary.size());
  for (std::uint64_t k = 0; k < 3000; ++k) {
    const auto found = ordinary.find(k);
    const std::uint32_t* value = flat.find(k);
    ASSERT_EQ(value != nullptr, found != ordinary.end()) << k;
    if (value != nullptr) {
      EXPECT_EQ(*value, found->second) << k;
    }
  }
}

TEST(FlatMap, ZeroIsAKeyLikeAnyOther) {
  FlatMap<int> map;
  EXPECT_EQ(map.find(0), nullptr);
  map[0] = 7;
  ASSERT_NE(map.find(0), nullptr);
  EXPECT_EQ(*map.find(0), 7);
}

TEST(FlatMultimap, KeepsTheOrderAndEachValueOnce) {
  FlatMultimap map(1);
  for (const std::uint32_t value : {5U, 3U, 5U, 9U}) map.add(1, value);
  map.add(2, 4);
  EXPECT_EQ(map.find(1), (std::vector<std::uint32_t>{5, 3, 9}));
  EXPECT_EQ(map.find(2), (std::vector<std::uint32_t>{4}));
  EXPECT_TRUE(map.find(3).empty());
}

}  // namespace
}  // namespace detente
