#pragma once
// For the tests of this room: a small pipeline folder of our own, written anew in a temporary
// place.

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "detente/nn/nn.h"

namespace detente::parse::testing_room {

inline std::string msgpack(const nlohmann::json& value) {
  const std::vector<std::uint8_t> bytes = nlohmann::json::to_msgpack(value);
  return {bytes.begin(), bytes.end()};
}

/// A map with string ids as keys, as spaCy writes its tables. At most 15 entries.
inline std::string msgpack_by_id(
    const std::vector<std::pair<std::string, nlohmann::json>>& entries) {
  std::string out(1, static_cast<char>(0x80 + entries.size()));
  for (const auto& [key, value] : entries) {
    const std::uint64_t id = nn::murmur_hash64a(key, 1);
    out += '\xCF';
    for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(id >> shift & 0xFF);
    out += msgpack(value);
  }
  return out;
}

class Folder {
 public:
  Folder() {
    const testing::TestInfo& test = *testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::path(testing::TempDir()) /
            (std::string("detente_") + test.test_suite_name() + "_" + test.name());
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& bytes) const {
    const std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path model_path() const { return path_ / "model.dtm"; }

  /// Tables that stand for data/language.
  void write_language() const {
    write("language/spacy-symbols.tsv", "# symbols\nNOUN\t92\nX\t101\nagent\t402\npunct\t445\n");
    write("language/norms.tsv", "# norms\n“\t\"\n€\t$\n");
  }

 private:
  std::filesystem::path path_;
};

}  // namespace detente::parse::testing_room
