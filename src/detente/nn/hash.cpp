#include "detente/nn/hash.h"

#include <bit>
#include <cstring>

namespace detente::nn {
namespace {

std::uint64_t finish(std::uint64_t h) noexcept {
  h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCDULL;
  h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53ULL;
  return h ^ (h >> 33);
}

}  // namespace

std::uint64_t murmur_hash64a(std::string_view bytes, std::uint64_t seed) noexcept {
  constexpr std::uint64_t kMultiplier = 0xC6A4A7935BD1E995ULL;
  constexpr int kShift = 47;
  std::uint64_t h = seed ^ (bytes.size() * kMultiplier);
  const char* at = bytes.data();
  for (std::size_t n_words = bytes.size() / 8; n_words > 0; --n_words, at += 8) {
    std::uint64_t k = 0;
    std::memcpy(&k, at, 8);
    k *= kMultiplier;
    k ^= k >> kShift;
    h = (h ^ (k * kMultiplier)) * kMultiplier;
  }
  if (const std::size_t left = bytes.size() % 8; left > 0) {
    std::uint64_t tail = 0;
    std::memcpy(&tail, at, left);
    h = (h ^ tail) * kMultiplier;
  }
  h = (h ^ (h >> kShift)) * kMultiplier;
  return h ^ (h >> kShift);
}

std::array<std::uint32_t, 4> murmur_hash3_x64_128(std::uint64_t key, std::uint32_t seed) noexcept {
  constexpr std::uint64_t kKeyBytes = 8;
  std::uint64_t h1 = std::rotl(key * 0x87C37B91114253D5ULL, 31) * 0x4CF5AD432745937FULL;
  h1 ^= seed ^ kKeyBytes;
  std::uint64_t h2 = seed ^ kKeyBytes;
  h1 += h2;
  h2 += h1;
  h1 = finish(h1);
  h2 = finish(h2);
  h1 += h2;
  h2 += h1;
  return {static_cast<std::uint32_t>(h1), static_cast<std::uint32_t>(h1 >> 32),
          static_cast<std::uint32_t>(h2), static_cast<std::uint32_t>(h2 >> 32)};
}

}  // namespace detente::nn
