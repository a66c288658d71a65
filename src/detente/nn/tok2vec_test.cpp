#include "detente/nn/tok2vec.h"

#include <gtest/gtest.h>

#include <random>

namespace detente::nn {
namespace {

constexpr std::size_t kWidth = 32;

// A small network with random weights: what it computes does not matter, only that it is always the
// same.
class Tok2VecTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ =
        std::filesystem::path(testing::TempDir()) /
        (std::string("tok2vec_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    std::mt19937 random(1);
    std::normal_distribution<float> normal(0.0F, 0.3F);
    const auto floats = [&](std::size_t n) {
      std::vector<float> values(n);
      for (float& v : values) v = normal(random);
      return values;
    };
    ModelFileWriter writer;
    const std::vector<std::uint64_t> shape{kWidth, 3, 2, 50, 8, 20, 9};
    writer.add_numbers<std::uint64_t>("t.shape", shape);
    writer.add_numbers<float>("t.embed0", floats(50 * kWidth));
    writer.add_numbers<float>("t.embed1", floats(20 * kWidth));
    const auto maxout = [&](const std::string& name, std::size_t n_blocks) {
      const auto weights = floats(3 * kWidth * n_blocks * kWidth);
      const auto biases = floats(3 * kWidth);
      pack_layer(writer, name, {weights, biases, 3 * kWidth, n_blocks * kWidth}, n_blocks,
                 Packing::Maxout);
      writer.add_numbers<float>(name + ".norm.gain", floats(kWidth));
      writer.add_numbers<float>(name + ".norm.bias", floats(kWidth));
    };
    maxout("t.mix", 2);
    for (int i = 0; i < 3; ++i) maxout("t.window" + std::to_string(i), 3);
    ASSERT_TRUE(writer.write(path_));
    auto opened = ModelFile::open(path_);
    ASSERT_TRUE(opened);
    file_.push_back(std::move(opened).value());
    auto net = Tok2Vec::open(file_.front(), "t");
    ASSERT_TRUE(net) << net.error().text();
    net_ = std::move(net).value();
  }

  // Rows of all tokens, as the integers and scales that leave the encoder.
  std::vector<std::pair<std::vector<std::int16_t>, float>> encode(
      const std::vector<std::uint32_t>& types, Tok2VecWorkspace& workspace) {
    std::vector<std::pair<std::vector<std::int16_t>, float>> rows;
    const auto keys = [](std::uint32_t type, std::span<std::uint64_t> out) {
      out[0] = type * 0x9E3779B97F4A7C15ULL;
      out[1] = type % 5;
    };
    net_.encode(types, keys, kernels(best_instruction_set()), workspace,
                [&](const EncodedRows& encoded) {
                  EXPECT_EQ(encoded.first_token, rows.size());
                  for (std::size_t r = 0; r < encoded.rows.n_rows; ++r) {
                    const std::int16_t* values = encoded.rows.values + r * encoded.rows.row_stride;
                    rows.emplace_back(std::vector<std::int16_t>(values, values + kWidth),
                                      encoded.rows.scales[r]);
                  }
                });
    return rows;
  }

  std::filesystem::path path_;
  std::vector<ModelFile> file_;
  Tok2Vec net_;
};

std::vector<std::uint32_t> random_types(std::size_t n, std::uint32_t n_types, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<std::uint32_t> types(n);
  for (std::uint32_t& t : types) t = static_cast<std::uint32_t>(random() % n_types);
  return types;
}

TEST_F(Tok2VecTest, GivesTheSameWhateverItHasSeenBefore) {
  const auto types = random_types(900, 60000, 3);
  Tok2VecWorkspace fresh;
  const auto expected = encode(types, fresh);
  ASSERT_EQ(expected.size(), types.size());
  Tok2VecWorkspace used;
  for (std::uint32_t seed = 10; seed < 14; ++seed) encode(random_types(2000, 100000, seed), used);
  EXPECT_EQ(encode(types, used), expected);
  used.forget_types();
  EXPECT_EQ(encode(types, used), expected);
}

TEST_F(Tok2VecTest, GivesTheSameWhereverASegmentEnds) {
  // Each token depends on three neighbours on each side and no more: a text's middle is the same
  // with other ends.
  const auto types = random_types(700, 300, 4);
  Tok2VecWorkspace workspace;
  const auto whole = encode(types, workspace);
  for (std::size_t first : {100U, 253U, 254U, 255U, 256U, 257U, 300U}) {
    const std::vector<std::uint32_t> rest(types.begin() + static_cast<std::ptrdiff_t>(first),
                                          types.end());
    const auto part = encode(rest, workspace);
    for (std::size_t i = 3; i < part.size(); ++i)
      ASSERT_EQ(part[i], whole[first + i]) << first << " " << i;
  }
}

TEST_F(Tok2VecTest, KnowsTheEndsOfADocument) {
  Tok2VecWorkspace workspace;
  const auto alone = encode({7}, workspace);
  const auto between = encode({3, 3, 3, 7, 3, 3, 3}, workspace);
  EXPECT_NE(alone[0], between[3]);
  EXPECT_TRUE(encode({}, workspace).empty());
}

}  // namespace
}  // namespace detente::nn
