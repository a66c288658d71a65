#include <gtest/gtest.h>

#include <random>

#include "detente/parse/arc_eager.h"
#include "detente/parse/entity_recognizer.h"

namespace detente::parse {
namespace {

constexpr std::size_t kHidden = 16;

// Networks with random weights: what they find is nonsense, but the laws of a tree and of names
// hold for nonsense too.
class TransitionTest : public testing::Test {
 protected:
  void write(const std::string& name, std::size_t n_features,
             const std::vector<std::string>& actions, nn::ModelFileWriter& writer) {
    const auto floats = [&](std::size_t n) {
      std::normal_distribution<float> normal(0.0F, 0.7F);
      std::vector<float> values(n);
      for (float& v : values) v = normal(random_);
      return values;
    };
    const auto affine = [&](const std::string& part, std::size_t n_out, std::size_t n_in) {
      const auto weights = floats(n_out * n_in);
      const auto biases = floats(n_out);
      nn::pack_layer(writer, name + "." + part, {weights, biases, n_out, n_in}, 1,
                     nn::Packing::Affine);
    };
    affine("projection", kHidden, 16);
    affine("lower", n_features * 2 * kHidden, kHidden);
    affine("upper", actions.size(), kHidden);
    writer.add_numbers<float>(name + ".padding", floats(n_features * 2 * kHidden));
    writer.add_numbers<float>(name + ".bias", floats(2 * kHidden));
    const std::vector<std::uint64_t> shape{n_features, kHidden, 1};
    writer.add_numbers<std::uint64_t>(name + ".shape", shape);
    std::string lines;
    for (const std::string& action : actions) lines += action + "\n";
    writer.add(name + ".actions", lines);
  }

  const nn::ModelFile& model(const std::vector<std::string>& parser_actions,
                             const std::vector<std::string>& ner_actions) {
    const auto path = std::filesystem::path(testing::TempDir()) /
                      (std::string("transitions_") +
                       testing::UnitTest::GetInstance()->current_test_info()->name());
    nn::ModelFileWriter writer;
    write("parser", 8, parser_actions, writer);
    write("ner", 3, ner_actions, writer);
    EXPECT_TRUE(writer.write(path));
    auto opened = nn::ModelFile::open(path);
    EXPECT_TRUE(opened);
    files_.push_back(std::make_unique<nn::ModelFile>(std::move(opened).value()));
    return *files_.back();
  }
  const nn::ModelFile& usual_model() {
    return model({"0 ", "1 ", "2 det", "2 nsubj", "2 prep||dobj", "3 dobj", "3 prep",
                  "3 acl||nsubj", "4 ROOT"},
                 {"1 ORG", "1 PERSON", "2 ORG", "2 PERSON", "3 ORG", "3 PERSON", "4 ORG",
                  "4 PERSON", "4 ", "5 "});
  }

  // A document of n random token vectors, loaded into the scorer.
  void load(const TransitionNetwork& network, std::size_t n, StateScorer& scorer) {
    std::uniform_int_distribution<int> any(-nn::kMaxQuantized, nn::kMaxQuantized);
    std::vector<std::int16_t> values(n * 16);
    for (auto& v : values) v = static_cast<std::int16_t>(any(random_));
    const std::vector<float> scales(n, 1e-4F);
    scorer.begin(network, nn::kernels(nn::best_instruction_set()), n);
    scorer.add_rows({0, {values.data(), scales.data(), 16, 1, n}});
  }

  std::mt19937 random_{42};
  std::vector<std::unique_ptr<nn::ModelFile>> files_;
};

TEST_F(TransitionTest, EveryDocumentBecomesTreesWithinSentences) {
  const auto parser = ArcEager::open(usual_model(), "parser");
  ASSERT_TRUE(parser) << parser.error().text();
  StateScorer scorer;
  ArcEager::Workspace workspace;
  Tree tree;
  for (std::size_t n : {0U, 1U, 2U, 3U, 17U, 300U, 4000U}) {
    std::vector<std::uint8_t> is_space(n, 0);
    for (std::size_t i = 0; i < n; i += 11) is_space[i] = 1;
    load(parser->network(), n, scorer);
    parser->parse(n, is_space, {}, scorer, workspace, tree);
    ASSERT_EQ(tree.head.size(), n);
    if (n > 0) {
      EXPECT_EQ(tree.starts_sentence[0], 1);
    }
    for (std::uint32_t i = 0; i < n; ++i) {
      ASSERT_LT(tree.head[i], n);
      // Up the tree from any token: a root is reached before all tokens are used up.
      std::uint32_t at = i;
      std::size_t steps = 0;
      while (tree.head[at] != at && ++steps <= n) at = tree.head[at];
      ASSERT_LE(steps, n) << "a cycle at token " << i;
      EXPECT_EQ(parser->labels()[tree.label[i]].find("||"), std::string::npos)
          << "lifted labels are resolved";
    }
  }
}

TEST_F(TransitionTest, SentencesBeginWhereTheyMustAndNoArcCrossesThere) {
  const auto parser = ArcEager::open(usual_model(), "parser");
  ASSERT_TRUE(parser) << parser.error().text();
  StateScorer scorer;
  ArcEager::Workspace workspace;
  Tree tree;
  for (std::uint32_t n : {2U, 3U, 17U, 300U, 4000U}) {
    std::vector<std::uint32_t> starts;
    for (std::uint32_t i = 1; i < n; i += 7) starts.push_back(i);
    load(parser->network(), n, scorer);
    parser->parse(n, std::vector<std::uint8_t>(n, 0), starts, scorer, workspace, tree);
    const auto piece_of = [](std::uint32_t token) { return (token + 6) / 7; };
    for (const std::uint32_t start : starts) EXPECT_EQ(tree.starts_sentence[start], 1);
    for (std::uint32_t i = 0; i < n; ++i) EXPECT_EQ(piece_of(i), piece_of(tree.head[i])) << i;
  }
}

TEST_F(TransitionTest, NamesLieWithinSentencesAndNeverOverlap) {
  const auto recognizer = EntityRecognizer::open(usual_model(), "ner");
  ASSERT_TRUE(recognizer) << recognizer.error().text();
  StateScorer scorer;
  std::size_t n_found = 0;
  for (std::size_t n : {0U, 1U, 2U, 50U, 3000U}) {
    std::vector<std::uint8_t> is_space(n, 0);
    std::vector<std::uint8_t> starts(n, 0);
    for (std::size_t i = 0; i < n; ++i)
      starts[i] = static_cast<std::uint8_t>(i % 13 == 0),
      is_space[i] = static_cast<std::uint8_t>(i % 5 == 4);
    load(recognizer->network(), n, scorer);
    std::vector<FoundName> names;
    recognizer->find(n, is_space, starts, scorer, names);
    std::uint32_t end = 0;
    for (const FoundName& name : names) {
      EXPECT_LE(end, name.begin);
      EXPECT_LT(name.begin, name.end);
      EXPECT_EQ(is_space[name.begin], 0);
      for (std::uint32_t i = name.begin + 1; i < name.end; ++i)
        EXPECT_EQ(starts[i], 0) << "a name crosses a sentence";
      EXPECT_FALSE(recognizer->labels()[name.label].empty());
      end = name.end;
    }
    EXPECT_LE(end, n);
    n_found += names.size();
  }
  EXPECT_GT(n_found, 0U);
}

TEST_F(TransitionTest, ScoresDoNotDependOnWhatWasAskedBefore) {
  const auto parser = ArcEager::open(usual_model(), "parser");
  ASSERT_TRUE(parser);
  StateScorer scorer;
  constexpr std::int32_t kTokens = 20000;  // more blocks than the scorer keeps
  load(parser->network(), kTokens, scorer);
  const std::array<std::int32_t, 8> far_apart{0, 64 * 48, 64 * 96, 19999, 3, 64 * 144 + 5, -1, 128};
  const float* scores = scorer.score(far_apart.data());
  const std::vector<float> first(scores, scores + 9);
  for (std::int32_t token = 0; token < kTokens; token += 37) {
    const std::array<std::int32_t, 8> others{token, -1, -1, token / 2, -1, -1, -1, -1};
    scorer.score(others.data());
  }
  scores = scorer.score(far_apart.data());
  EXPECT_EQ(std::vector<float>(scores, scores + 9), first);
}

TEST_F(TransitionTest, RefusesActionsThatAreNoneOfTheSystems) {
  EXPECT_EQ(ArcEager::open(model({"0 ", "7 x"}, {"5 "}), "parser").error().code, "D0350");
  EXPECT_EQ(ArcEager::open(model({"0 ", "1 "}, {"5 "}), "parser").error().code, "D0350");
  EXPECT_EQ(EntityRecognizer::open(model({"0 "}, {"1 ORG", "5 "}), "ner").error().code, "D0350");
  EXPECT_EQ(EntityRecognizer::open(model({"0 "}, {"4 ORG"}), "ner").error().code, "D0350");
}

}  // namespace
}  // namespace detente::parse
