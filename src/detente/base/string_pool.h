#pragma once
// Strings met often become small ids. An id is an index, so two strings never share one.

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace detente {

/// Index into a StringPool. Ids below the number of seed strings mean the same in every pool.
struct StringId {
  std::uint32_t value = 0;
  friend auto operator<=>(const StringId&, const StringId&) = default;
};

/// Growing set of strings. Not thread-safe while growing; each document has its own.
class StringPool {
 public:
  /// Starts with the empty string as id 0.
  StringPool() : StringPool(std::span<const std::string_view>()) {}
  /// Starts with these as ids 0, 1, 2 …: `seed` is empty or starts with the empty string, and has
  /// no string twice.
  explicit StringPool(std::span<const std::string_view> seed);
  StringPool(const StringPool& other);
  StringPool& operator=(const StringPool& other);
  StringPool(StringPool&&) noexcept = default;
  StringPool& operator=(StringPool&&) noexcept = default;
  ~StringPool() = default;

  StringId intern(std::string_view text);
  /// The string of an id that this pool gave out; lives as long as the pool.
  [[nodiscard]] std::string_view view(StringId id) const;
  [[nodiscard]] std::size_t size() const noexcept { return views_.size(); }

 private:
  std::deque<std::string> owned_;  // a deque never moves its strings, so the views stay good
  std::vector<std::string_view> views_;
  std::unordered_map<std::string_view, std::uint32_t> index_;
};

}  // namespace detente

template <>
struct std::hash<detente::StringId> {
  std::size_t operator()(detente::StringId id) const noexcept { return id.value; }
};
