#pragma once
// A text cut into words, numbers and marks, the same whatever the parser's tokens are: dates stand
// across token borders ("2014-16", "mid-March", "5pm").

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/text_span.h"

namespace detente::resolve::times {

struct Atom {
  enum class Kind : std::uint8_t {
    Word,    ///< letters; an apostrophe and what follows start a new one ("year", "'s")
    Number,  ///< digits
    Mark,    ///< one other character
    Break,   ///< end of a line that ends a paragraph, a title, a caption
  };
  Kind kind = Kind::Mark;
  TextSpan span;
  std::string lower;     ///< ASCII letters in lower case, curly apostrophes straight, dashes "-"
  int number = 0;        ///< of a Number; −1 when it has more than nine digits
  bool capital = false;  ///< a Word that starts with an upper-case ASCII letter
  bool all_caps = false;
  bool space_before = false;

  [[nodiscard]] std::uint32_t size() const noexcept { return span.size_bytes(); }
};

/// Cuts `text`. A line feed inside one of `stretches` (in order, without overlap) is a space, any
/// other is a Break. Ends with a Break.
[[nodiscard]] std::vector<Atom> cut_atoms(std::string_view text,
                                          const std::vector<TextSpan>& stretches);

}  // namespace detente::resolve::times
