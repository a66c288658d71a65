#pragma once
// Words as tables and texts are compared: lower case, without accents, apostrophes and the dots of
// abbreviations; hyphens part words. "Côte d'Ivoire", "Cote d’Ivoire" and "COTE D'IVOIRE" are one.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/text_span.h"

namespace detente::resolve {

struct FoldedWord {
  std::uint64_t hash = 0;
  TextSpan span;           ///< bytes in the text it was cut from
  bool upper = false;      ///< starts with an upper-case letter
  bool all_upper = false;  ///< two letters or more, none in lower case
  bool breaks = false;     ///< a mark that no name runs over stands before it
};

/// Appends the words of `text`, whose first byte lies at `offset`.
void fold_words(std::string_view text, std::uint32_t offset, std::vector<FoldedWord>& out);

/// The words of `text` joined with single spaces.
[[nodiscard]] std::string folded(std::string_view text);

inline constexpr std::uint64_t kHashSeed = 0xcbf29ce484222325ULL;
/// Hash of a sequence of words, from that of all but the last.
[[nodiscard]] constexpr std::uint64_t join_hash(std::uint64_t before, std::uint64_t word) noexcept {
  std::uint64_t h = (before ^ word) * 0x9e3779b97f4a7c15ULL;
  return h ^ (h >> 29);
}

/// Hash of what stays of a name when vowels and spelling habits are dropped, over all its words:
/// the same for Bouteflika and Bouteflicka, al-Bashir and El Bashir. 0: too little stays.
[[nodiscard]] std::uint64_t skeleton_hash(std::string_view name);

}  // namespace detente::resolve
