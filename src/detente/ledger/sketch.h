#pragma once
// Near-duplicate texts: the share of word sequences that two texts have in common, told from small
// sketches of them (MinHash; Broder 1997), and bands by which to find candidates.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "detente/reading.h"

namespace detente::ledger {

inline constexpr std::size_t kBands = 24;
inline constexpr std::size_t kRowsPerBand = 3;
inline constexpr std::size_t kMinima = kBands * kRowsPerBand;

struct Sketch {
  std::uint32_t n_shingles = 0;  ///< different ones; 0: too short to be compared
  std::array<std::uint32_t, kMinima> minima{};

  [[nodiscard]] std::string bytes() const;  ///< of the minima, little-endian
  static Sketch from(std::uint32_t n_shingles, std::string_view bytes);
};

/// What a report is known by: its body, without what each paper puts around it.
[[nodiscard]] std::string body_of(const Reading& document);

/// Sequences of four words, without case and punctuation.
[[nodiscard]] Sketch sketch_of(std::string_view text);

/// Texts that have a band in common are candidates.
[[nodiscard]] std::array<std::int64_t, kBands> bands_of(const Sketch& sketch);

/// How likely it is that one was made from the other: the share of the shorter one's sequences that
/// stand in the longer, 0 to 1.
[[nodiscard]] double containment(const Sketch& a, const Sketch& b);
/// The decision, symmetric: a trimmed, re-ordered or re-headlined report is a copy.
[[nodiscard]] bool are_copies(const Sketch& a, const Sketch& b);

}  // namespace detente::ledger
