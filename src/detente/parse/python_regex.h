#pragma once
// Patterns written for Python's `re`: read into a tree, written again for PCRE2, and asked what a
// text must look like to match at all, so that most words need not meet the matcher.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/result.h"

namespace detente::parse {

/// Which characters: each ASCII one by itself, all others together.
struct CharacterSet {
  std::uint64_t low = 0;   ///< U+0000 … U+003F
  std::uint64_t high = 0;  ///< U+0040 … U+007F
  bool others = false;     ///< some character beyond ASCII

  static CharacterSet of(std::string_view text) noexcept;
  void add(char32_t c) noexcept;
  void add_all() noexcept { *this = {~0ULL, ~0ULL, true}; }
  [[nodiscard]] bool has(char32_t c) const noexcept;
  [[nodiscard]] bool meets(const CharacterSet& other) const noexcept {
    return (low & other.low) != 0 || (high & other.high) != 0 || (others && other.others);
  }
  CharacterSet& operator|=(const CharacterSet& other) noexcept;
  friend bool operator==(const CharacterSet&, const CharacterSet&) = default;
};

/// What holds of every text in which the pattern matches something that is not empty. All of it is
/// on the safe side: a filter may let a text through that does not match, never the reverse.
struct RegexFacts {
  CharacterSet needs;          ///< at least one of these stands in the text
  bool only_at_start = false;  ///< every match begins at the text's first character
  CharacterSet first;          ///< with which one of these it begins
  bool only_at_end = false;    ///< every match ends at the text's end, or before a last line break
  CharacterSet last;           ///< with which one of these it ends
  /// A match that is longer than this many characters consists of characters of `long_set` alone.
  std::uint32_t longest = 0;
  CharacterSet long_set;
};

struct TranslatedRegex {
  std::string pcre;  ///< for PCRE2 with UTF and without UCP's classes: those are spelt out
  RegexFacts facts;
};

/// Errors: D0307 with the offset in the pattern: broken, or something of Python that PCRE2 does not
/// have. `name` says which pattern, for the message.
Result<TranslatedRegex> translate_python_regex(std::string_view pattern, std::string_view name);

}  // namespace detente::parse
