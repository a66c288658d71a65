#pragma once
// The two hashes that trained pipelines are built on: strings to ids, ids to rows of an embedding
// table. Both are Austin Appleby's MurmurHash (public domain), written anew from its description.

#include <array>
#include <cstdint>
#include <string_view>

namespace detente::nn {

/// MurmurHash64A. spaCy's string ids use seed 1.
[[nodiscard]] std::uint64_t murmur_hash64a(std::string_view bytes, std::uint64_t seed) noexcept;

/// MurmurHash3_x64_128 of the eight bytes of `key` (thinc calls it x86): four numbers, each to be
/// taken modulo the rows of the table. Checked against thinc in hash_test.cpp.
[[nodiscard]] std::array<std::uint32_t, 4> murmur_hash3_x64_128(std::uint64_t key,
                                                                std::uint32_t seed) noexcept;

}  // namespace detente::nn
