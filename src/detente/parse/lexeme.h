#pragma once
// A lexeme: one word type with the features that the networks hash. Made once per type, then shared
// by its tokens.

#include <cstdint>
#include <string>

namespace detente::parse {

/// Index into a LexemeTable.
struct LexemeId {
  std::uint32_t value = 0;
  friend auto operator<=>(const LexemeId&, const LexemeId&) = default;
};

/// Feature values are spaCy's string ids: a symbol's number where the string is a symbol, else
/// MurmurHash64A with seed 1.
struct Lexeme {
  std::string text;  ///< as written
  std::string lower;
  std::string norm_text;
  std::uint64_t norm = 0;
  std::uint64_t prefix = 0;  ///< first character
  std::uint64_t suffix = 0;  ///< last three characters
  std::uint64_t shape = 0;   ///< "Xxxxx", "dd", …
  bool is_space = false;
  bool is_alpha = false;
  bool is_digit = false;
  bool is_title = false;
  bool is_upper = false;
};

}  // namespace detente::parse
