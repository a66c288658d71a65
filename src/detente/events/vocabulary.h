#pragma once
// The words that an ontology knows, as small numbers. Frozen after loading, shared by all threads.

#include <compare>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace detente::events {

/// Index into a Vocabulary; 0 is "no word that any rule asks for".
struct WordId {
  std::uint32_t value = 0;
  friend auto operator<=>(const WordId&, const WordId&) = default;
  explicit operator bool() const noexcept { return value != 0; }
};

class Vocabulary {
 public:
  WordId intern(std::string_view word) {
    if (word.empty()) return {};
    auto found = index_.find(word);
    if (found != index_.end()) return {found->second};
    words_.emplace_back(word);
    const auto id = static_cast<std::uint32_t>(words_.size());
    index_.emplace(words_.back(), id);
    return {id};
  }
  [[nodiscard]] WordId find(std::string_view word) const {
    auto found = index_.find(word);
    return found == index_.end() ? WordId{} : WordId{found->second};
  }
  [[nodiscard]] std::string_view text(WordId id) const {
    return id.value == 0 ? std::string_view() : std::string_view(words_[id.value - 1]);
  }
  [[nodiscard]] std::size_t size() const { return words_.size(); }

 private:
  std::deque<std::string> words_;  // a deque never moves its strings, so the views stay good
  std::unordered_map<std::string_view, std::uint32_t> index_;
};

}  // namespace detente::events
