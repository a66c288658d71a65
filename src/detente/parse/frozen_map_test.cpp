#include "detente/parse/frozen_map.h"

#include <gtest/gtest.h>

namespace detente::parse {
namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;

Entries many() {
  Entries entries;
  for (int i = 0; i < 3000; ++i)
    entries.emplace_back("key" + std::to_string(i * 7), std::to_string(i));
  entries.emplace_back("", "empty key");
  entries.emplace_back("empty value", "");
  entries.emplace_back("key0", "comes too late");
  return entries;
}

TEST(FrozenMap, FindsEveryKeyAndNothingElse) {
  const Entries entries = many();
  const std::string bytes = FrozenMap::build(entries);
  const auto map = FrozenMap::from_bytes(bytes);
  ASSERT_TRUE(map);
  ASSERT_EQ(map->size(), entries.size());
  for (std::size_t i = 0; i + 1 < entries.size(); ++i) {
    ASSERT_EQ(map->find(entries[i].first), entries[i].second);
    ASSERT_EQ(map->key(i), entries[i].first);
    ASSERT_EQ(map->value(i), entries[i].second);
  }
  EXPECT_EQ(map->find("key0"), "0");
  EXPECT_FALSE(map->find("key1"));
  EXPECT_FALSE(map->contains("key"));
}

TEST(FrozenMap, MayBeEmpty) {
  const std::string bytes = FrozenMap::build({});
  EXPECT_FALSE(FrozenMap::from_bytes(bytes)->find("anything"));
  EXPECT_FALSE(FrozenMap().find(""));
}

TEST(FrozenMap, NeverReadsOutsideDamagedBytes) {
  Entries entries{{"Seoul", "KR"}, {"Oslo", "NO"}, {"Lima", "PE"}};
  const std::string bytes = FrozenMap::build(entries);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    if (const auto map = FrozenMap::from_bytes(std::string_view(bytes).substr(0, size)))
      static_cast<void>(map->find("Oslo"));
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    for (const unsigned char byte : {0x00, 0x01, 0x7F, 0xFF}) {
      changed[i] = static_cast<char>(byte);
      if (const auto map = FrozenMap::from_bytes(changed)) {
        for (const auto& [key, value] : entries) static_cast<void>(map->find(key));
        if (map->size() < 100) {
          for (std::size_t e = 0; e < map->size(); ++e) EXPECT_LE(map->key(e).size(), bytes.size());
        }
      }
    }
  }
}

}  // namespace
}  // namespace detente::parse
