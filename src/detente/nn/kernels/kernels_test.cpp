#include "detente/nn/kernels/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "detente/nn/layer.h"

namespace detente::nn {
namespace {

std::vector<float> random_floats(std::size_t n, std::uint32_t seed, float spread = 1.0F) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0.0F, spread);
  std::vector<float> values(n);
  for (float& v : values) v = normal(random);
  return values;
}

// A layer written to a file and opened from it, with the float weights it was made of.
struct MadeLayer {
  std::vector<float> weights;
  std::vector<float> biases;
  std::vector<ModelFile> file;  // one, or none when it failed
  Layer layer;

  MadeLayer(std::size_t n_out, std::size_t n_in, std::size_t n_blocks, Packing packing,
            std::uint32_t seed)
      : weights(random_floats(n_out * n_in, seed, 0.2F)), biases(random_floats(n_out, seed + 1)) {
    std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
    std::replace(test.begin(), test.end(), '/', '_');
    const auto path = std::filesystem::path(testing::TempDir()) /
                      ("layer_" + std::to_string(n_out) + "_" + std::to_string(seed) + "_" + test);
    ModelFileWriter writer;
    pack_layer(writer, "l", {weights, biases, n_out, n_in}, n_blocks, packing);
    EXPECT_TRUE(writer.write(path));
    auto opened = ModelFile::open(path);
    EXPECT_TRUE(opened);
    file.push_back(std::move(opened).value());
    auto made = open_layer(file.front(), "l", packing);
    EXPECT_TRUE(made) << made.error().text();
    layer = made.value();
  }
};

struct Rows {
  std::vector<float> floats;
  std::vector<std::int16_t> integers;
  std::vector<float> scales;
  std::size_t n_rows, n_in, n_blocks;

  Rows(std::size_t rows, std::size_t in, std::size_t blocks, std::uint32_t seed)
      : floats(random_floats(rows * in, seed)),
        integers(rows * in),
        scales(rows * blocks),
        n_rows(rows),
        n_in(in),
        n_blocks(blocks) {
    const std::size_t width = in / blocks;
    for (std::size_t b = 0; b < rows * blocks; ++b) {
      scales[b] =
          scalar_kernels().quantize(floats.data() + b * width, width, integers.data() + b * width);
    }
  }
  [[nodiscard]] QuantizedRows quantized() const {
    return {integers.data(), scales.data(), n_in, n_blocks, n_rows};
  }
};

class EveryInstructionSet : public testing::TestWithParam<InstructionSet> {
 protected:
  void SetUp() override {
    if (!is_supported(GetParam()))
      GTEST_SKIP() << kernels(GetParam()).name << ": this processor has it not";
  }
};

std::string name_of(const testing::TestParamInfo<InstructionSet>& set) {
  constexpr std::array<const char*, 3> kNames{"Scalar", "Avx2", "Avx512"};
  return kNames[set.index];
}

INSTANTIATE_TEST_SUITE_P(Kernels, EveryInstructionSet,
                         testing::Values(InstructionSet::Scalar, InstructionSet::Avx2,
                                         InstructionSet::Avx512),
                         name_of);

TEST_P(EveryInstructionSet, GivesTheScalarKernelsBits) {
  const Kernels& fast = kernels(GetParam());
  const Kernels& reference = scalar_kernels();
  for (std::size_t n_rows : {1U, 2U, 3U, 4U, 5U, 7U, 13U, 64U}) {
    const MadeLayer maxout(3 * 96, 3 * 96, 3, Packing::Maxout, 7);
    const MadeLayer affine(106, 64, 1, Packing::Affine, 9);
    const Rows x(n_rows, 3 * 96, 3, static_cast<std::uint32_t>(n_rows));
    const Rows y(n_rows, 64, 1, static_cast<std::uint32_t>(n_rows) + 100);
    const auto check = [&](auto member, const MadeLayer& layer, const Rows& rows,
                           std::size_t stride) {
      std::vector<float> a(n_rows * stride, -1.0F);
      std::vector<float> b(n_rows * stride, -2.0F);
      (fast.*member)(layer.layer.packed, rows.quantized(), a.data(), stride);
      (reference.*member)(layer.layer.packed, rows.quantized(), b.data(), stride);
      EXPECT_EQ(a, b) << fast.name << ", rows " << n_rows;
    };
    check(&Kernels::maxout, maxout, x, 96);
    check(&Kernels::project, maxout, x, 288);
    check(&Kernels::affine, affine, y, affine.layer.n_padded);
  }
}

TEST_P(EveryInstructionSet, RoundsAndNormalizesAsTheScalarKernels) {
  const Kernels& fast = kernels(GetParam());
  const Kernels& reference = scalar_kernels();
  const std::vector<float> gain = random_floats(96, 1);
  const std::vector<float> bias = random_floats(96, 2);
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    const std::vector<float> x = random_floats(96, seed + 10, seed % 7 == 0 ? 1e-20F : 3.0F);
    for (bool residual : {false, true}) {
      std::vector<float> a = random_floats(96, seed + 500);
      std::vector<float> b = a;
      std::vector<std::int16_t> qa(96);
      std::vector<std::int16_t> qb(96);
      const float sa =
          fast.normalize(x.data(), gain.data(), bias.data(), 96, residual, a.data(), qa.data());
      const float sb = reference.normalize(x.data(), gain.data(), bias.data(), 96, residual,
                                           b.data(), qb.data());
      EXPECT_EQ(sa, sb);
      EXPECT_EQ(a, b);
      EXPECT_EQ(qa, qb);
    }
  }
}

TEST_P(EveryInstructionSet, SumsStatesAndFindsTheFirstGreatestAsTheScalarKernels) {
  const Kernels& fast = kernels(GetParam());
  const Kernels& reference = scalar_kernels();
  const std::vector<float> table = random_floats(8 * 128, 3);
  const std::vector<float> bias = random_floats(128, 4);
  std::vector<const float*> rows;
  for (std::size_t f = 0; f < 8; ++f) rows.push_back(table.data() + f * 128);
  std::vector<float> a(64);
  std::vector<float> b(64);
  for (std::size_t n = 1; n <= 8; ++n) {
    fast.sum_maxout(rows.data(), n, bias.data(), 64, a.data());
    reference.sum_maxout(rows.data(), n, bias.data(), 64, b.data());
    EXPECT_EQ(a, b);
  }
  for (std::size_t n = 1; n < 120; ++n) {
    std::vector<float> x = random_floats(n, static_cast<std::uint32_t>(n));
    for (float& v : x) v = std::round(v);  // many equals
    EXPECT_EQ(fast.argmax(x.data(), n), reference.argmax(x.data(), n)) << n;
  }
}

TEST(Quantize, GivesZerosForZerosAndForNumbersThatAreNone) {
  for (float value :
       {0.0F, std::numeric_limits<float>::infinity(), std::numeric_limits<float>::denorm_min()}) {
    const std::vector<float> x(16, value);
    std::vector<std::int16_t> q(16, 5);
    EXPECT_EQ(best_instruction_set() == InstructionSet::Scalar
                  ? 0.0F
                  : avx2_kernels().quantize(x.data(), 16, q.data()),
              0.0F);
    EXPECT_EQ(scalar_kernels().quantize(x.data(), 16, q.data()), 0.0F);
    EXPECT_EQ(q, std::vector<std::int16_t>(16, 0));
  }
}

TEST(Layer, ComesWithinAThousandthOfTheTrainedFloats) {
  const MadeLayer made(3 * 32, 2 * 64, 2, Packing::Maxout, 5);
  const Rows x(10, 128, 2, 6);
  std::vector<float> out(10 * 32);
  scalar_kernels().maxout(made.layer.packed, x.quantized(), out.data(), 32);
  for (std::size_t r = 0; r < 10; ++r) {
    for (std::size_t o = 0; o < 32; ++o) {
      float best = -1e30F;
      for (std::size_t p = 0; p < 3; ++p) {
        float sum = made.biases[o * 3 + p];
        for (std::size_t i = 0; i < 128; ++i)
          sum += made.weights[(o * 3 + p) * 128 + i] * x.floats[r * 128 + i];
        best = std::max(best, sum);
      }
      EXPECT_NEAR(out[r * 32 + o], best, 1e-3F * (1.0F + std::fabs(best)));
    }
  }
}

TEST(Layer, NeverOverflowsWithTheGreatestInputs) {
  const MadeLayer made(32, 512, 1, Packing::Affine, 8);
  const std::vector<float> scales{1.0F};
  // The worst input for an output: the greatest integer with the sign of each weight.
  for (std::size_t o = 0; o < 32; ++o) {
    std::vector<std::int16_t> x(512);
    std::vector<float> out(made.layer.n_padded);
    double exact = 0.0;
    for (std::size_t i = 0; i < 512; ++i) {
      x[i] =
          static_cast<std::int16_t>(made.weights[o * 512 + i] < 0 ? -kMaxQuantized : kMaxQuantized);
      exact += std::fabs(double{made.weights[o * 512 + i]}) * kMaxQuantized;
    }
    scalar_kernels().affine(made.layer.packed, {x.data(), scales.data(), 512, 1, 1}, out.data(),
                            made.layer.n_padded);
    EXPECT_NEAR(out[o], exact, exact * 1e-2);
  }
}

TEST(Layer, RefusesSectionsThatDoNotFit) {
  const std::vector<float> weights(32 * 16, 0.5F);
  const std::vector<float> biases(32, 0.0F);
  const auto path = std::filesystem::path(testing::TempDir()) / "layer_misfit";
  ModelFileWriter writer;
  pack_layer(writer, "l", {weights, biases, 32, 16}, 1, Packing::Affine);
  writer.add("m.weights", "12");
  writer.add("m.scales", "1234");
  writer.add("m.biases", "1234");
  const std::vector<std::uint64_t> shape{1, 1U << 30, 1, 1};
  writer.add_numbers<std::uint64_t>("m.shape", shape);
  ASSERT_TRUE(writer.write(path));
  const auto model = ModelFile::open(path);
  ASSERT_TRUE(model);
  EXPECT_EQ(open_layer(*model, "absent", Packing::Affine).error().code, "D0204");
  EXPECT_EQ(open_layer(*model, "m", Packing::Affine).error().code, "D0206");
  EXPECT_EQ(open_layer(*model, "l", Packing::Maxout).error().code, "D0206");
}

}  // namespace
}  // namespace detente::nn
