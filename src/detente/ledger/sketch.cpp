#include "detente/ledger/sketch.h"

#include <algorithm>
#include <cstring>
#include <unordered_set>

#include "detente/base/utf8.h"

namespace detente::ledger {
namespace {

constexpr std::size_t kWordsPerShingle = 4;
// Fewer say too little about who copied whom.
constexpr std::size_t kFewestShingles = 12;
constexpr double kCopiedShare = 0.6;
// A brief that a long report happens to hold is a copy; two reports that quote one speech are not.
constexpr double kLeastResemblance = 0.2;

// Splitmix64: a good scrambler of 64 bits.
constexpr std::uint64_t scramble(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::vector<std::uint64_t> word_hashes(std::string_view text) {
  std::vector<std::uint64_t> words;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_word_byte(text[i])) {
      ++i;
      continue;
    }
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (; i < text.size() && is_word_byte(text[i]); ++i) {
      const char c = text[i];
      const auto folded = static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
      hash = (hash ^ folded) * 0x100000001B3ULL;
    }
    words.push_back(hash);
  }
  return words;
}

}  // namespace

std::string Sketch::bytes() const {
  std::string out;
  out.reserve(kMinima * 4);
  for (const std::uint32_t minimum : minima) {
    for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(minimum >> shift & 0xFF);
  }
  return out;
}

Sketch Sketch::from(std::uint32_t n_shingles, std::string_view bytes) {
  Sketch sketch;
  if (bytes.size() != kMinima * 4) return sketch;
  sketch.n_shingles = n_shingles;
  for (std::size_t i = 0; i < kMinima; ++i) {
    for (std::size_t k = 4; k-- > 0;) {
      sketch.minima[i] = sketch.minima[i] << 8 | static_cast<unsigned char>(bytes[i * 4 + k]);
    }
  }
  return sketch;
}

std::string body_of(const Reading& document) {
  const utf8::OffsetMap map(document.text);
  std::string body;
  for (const ReadZone& zone : document.zones) {
    if (zone.zone != "body") continue;
    const std::uint32_t begin = map.to_bytes(zone.at.start);
    body.append(document.text, begin, map.to_bytes(zone.at.end) - begin);
    body += '\n';
  }
  return body.empty() ? document.text : body;
}

Sketch sketch_of(std::string_view text) {
  const std::vector<std::uint64_t> words = word_hashes(text);
  Sketch sketch;
  if (words.size() < kFewestShingles + kWordsPerShingle - 1) return sketch;
  std::unordered_set<std::uint64_t> shingles;
  for (std::size_t i = 0; i + kWordsPerShingle <= words.size(); ++i) {
    std::uint64_t hash = 0;
    for (std::size_t k = 0; k < kWordsPerShingle; ++k) hash = scramble(hash ^ words[i + k]);
    shingles.insert(hash);
  }
  if (shingles.size() < kFewestShingles) return sketch;
  sketch.n_shingles = static_cast<std::uint32_t>(shingles.size());
  sketch.minima.fill(0xFFFFFFFFU);
  for (const std::uint64_t shingle : shingles) {
    std::uint64_t state = shingle;
    for (std::uint32_t& minimum : sketch.minima) {
      state = state * 0x5851F42D4C957F2DULL + 0x14057B7EF767814FULL;
      // The high bits of a product are its best.
      minimum = std::min(minimum, static_cast<std::uint32_t>((state ^ (state >> 29)) >> 32));
    }
  }
  return sketch;
}

std::array<std::int64_t, kBands> bands_of(const Sketch& sketch) {
  std::array<std::int64_t, kBands> bands{};
  for (std::size_t band = 0; band < kBands; ++band) {
    std::uint64_t hash = band;
    for (std::size_t row = 0; row < kRowsPerBand; ++row) {
      hash = scramble(hash ^ sketch.minima[band * kRowsPerBand + row]);
    }
    std::memcpy(&bands[band], &hash, sizeof hash);
  }
  return bands;
}

namespace {

double resemblance(const Sketch& a, const Sketch& b) {
  std::size_t n_same = 0;
  for (std::size_t i = 0; i < kMinima; ++i) n_same += a.minima[i] == b.minima[i] ? 1 : 0;
  return static_cast<double>(n_same) / kMinima;
}

}  // namespace

double containment(const Sketch& a, const Sketch& b) {
  if (a.n_shingles == 0 || b.n_shingles == 0) return 0;
  const double j = resemblance(a, b);
  const double both = j / (1 + j) * (a.n_shingles + b.n_shingles);
  return std::min(1.0, both / std::min(a.n_shingles, b.n_shingles));
}

bool are_copies(const Sketch& a, const Sketch& b) {
  return containment(a, b) >= kCopiedShare && resemblance(a, b) >= kLeastResemblance;
}

}  // namespace detente::ledger
