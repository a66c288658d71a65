#pragma once
// A piece of a document's text: UTF-8 byte offsets into Document::text, end exclusive.

#include <algorithm>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace detente {

struct TextSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] std::uint32_t size_bytes() const noexcept { return end - begin; }
  [[nodiscard]] bool empty() const noexcept { return begin >= end; }
  [[nodiscard]] bool contains(TextSpan other) const noexcept {
    return begin <= other.begin && other.end <= end;
  }
  [[nodiscard]] bool overlaps(TextSpan other) const noexcept {
    return std::max(begin, other.begin) < std::min(end, other.end);
  }
  /// The characters; `text` must be the text that the span was made for.
  [[nodiscard]] std::string_view in(std::string_view text) const noexcept {
    return text.substr(begin, end - begin);
  }
  friend auto operator<=>(const TextSpan&, const TextSpan&) = default;
};

/// Something odd about a text that is no error: the run goes on, the record says so.
struct Remark {
  std::string code;  ///< stable, e.g. "utf8-repaired"
  TextSpan span;
  std::string message;
};

}  // namespace detente
