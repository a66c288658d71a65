#pragma once
// schema.org's description of a news item, which many pages carry as JSON-LD.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace detente::read {

enum class PageField : std::uint8_t { Title, Published, Url, Publisher, Author, Language };

/// The strongest statement for each field so far; rank 0 is the strongest.
class PageFacts {
 public:
  void take(PageField field, std::uint8_t rank, std::string value) {
    const auto i = static_cast<std::size_t>(field);
    if (value.empty() || ranks_[i] <= rank) return;
    ranks_[i] = rank;
    values_[i] = std::move(value);
  }
  [[nodiscard]] const std::string& operator[](PageField field) const {
    return values_[static_cast<std::size_t>(field)];
  }

 private:
  static constexpr std::size_t kNumFields = 6;
  std::array<std::string, kNumFields> values_;
  std::array<std::uint8_t, kNumFields> ranks_{255, 255, 255, 255, 255, 255};
};

/// Takes what the articles in the JSON say of themselves. Odd or broken JSON says nothing.
void read_json_ld(std::string_view json, PageFacts& facts);

}  // namespace detente::read
