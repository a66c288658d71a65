#include "detente/nn/hash.h"

#include <gtest/gtest.h>

#include <string>

namespace detente::nn {
namespace {

// Expected values: spacy.strings.hash_string of spaCy 3.8.
TEST(Hash, GivesSpacysStringIds) {
  EXPECT_EQ(murmur_hash64a("a", 1), 11901859001352538922U);
  EXPECT_EQ(murmur_hash64a("Seoul", 1), 5295791505741300949U);
  EXPECT_EQ(murmur_hash64a("Pyongyang", 1), 12513005270129150496U);
  EXPECT_EQ(murmur_hash64a("8bytes!!", 1), 2219063501729663148U);
  EXPECT_EQ(murmur_hash64a("The ceasefire held.", 1), 8691083711508302698U);
  EXPECT_EQ(murmur_hash64a("Ω", 1), 7132475016625717892U);
  EXPECT_EQ(murmur_hash64a("北京市", 1), 11289284761151816872U);
  EXPECT_EQ(murmur_hash64a(std::string(33, 'x'), 1), 17933380650775966345U);
}

// Expected values: thinc.api.NumpyOps().hash.
TEST(Hash, GivesThincsFourRowNumbers) {
  using Rows = std::array<std::uint32_t, 4>;
  EXPECT_EQ(murmur_hash3_x64_128(0, 0), (Rows{3428303819, 685728695, 3303603794, 4065689084}));
  EXPECT_EQ(murmur_hash3_x64_128(1, 0), (Rows{4211459146, 4457399, 3547175942, 1032506804}));
  EXPECT_EQ(murmur_hash3_x64_128(18446744073709551615U, 7),
            (Rows{3047236301, 3599381855, 1331799921, 2604828161}));
  EXPECT_EQ(murmur_hash3_x64_128(5827203507584285142U, 8),
            (Rows{1667439576, 3781293851, 353675716, 3524457129}));
  EXPECT_EQ(murmur_hash3_x64_128(440, 13), (Rows{687847671, 1250941411, 4040181882, 1894473036}));
  EXPECT_EQ(murmur_hash3_x64_128(2796200784735152288U, 4294967295U),
            (Rows{829197437, 1940897717, 2499595722, 2488854007}));
}

}  // namespace
}  // namespace detente::nn
