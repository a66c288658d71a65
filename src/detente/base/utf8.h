#pragma once
// UTF-8: reading code points, repairing bad bytes, and offsets between bytes and code points.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/text_span.h"

namespace detente::utf8 {

struct Decoded {
  char32_t code_point = 0;
  std::uint32_t size_bytes = 0;  ///< 0 only at the end of the text
  bool valid = true;
};

/// The code point that starts at `offset`. A bad byte gives U+FFFD, size 1, valid false.
[[nodiscard]] Decoded decode(std::string_view text, std::size_t offset) noexcept;

void append(std::string& out, char32_t code_point);

[[nodiscard]] bool is_valid(std::string_view text) noexcept;
[[nodiscard]] std::size_t count_code_points(std::string_view text) noexcept;

struct Repaired {
  std::string text;
  std::uint32_t n_replaced = 0;
  std::uint32_t first_bad_offset = 0;
};
/// Puts U+FFFD in the place of each maximal run of bytes that cannot start or go on a code point.
[[nodiscard]] Repaired repair(std::string_view bytes);

/// Translates byte offsets into code point offsets, for printing. Built once per document, O(1)
/// memory per 64 bytes.
class OffsetMap {
 public:
  explicit OffsetMap(std::string_view text);
  explicit OffsetMap(std::string&&) = delete;  // the map looks into the text, which must stay
  /// Code points before byte `offset`; offset must lie in [0, text.size()]. `text` is the one given
  /// at the start.
  [[nodiscard]] std::uint32_t to_code_points(std::uint32_t byte_offset) const;
  /// Byte offset of a code point; past the end gives the text's size.
  [[nodiscard]] std::uint32_t to_bytes(std::uint32_t code_point_offset) const;

 private:
  std::string_view text_;
  std::vector<std::uint32_t> before_block_;  // code points before each block of 64 bytes
};

}  // namespace detente::utf8
