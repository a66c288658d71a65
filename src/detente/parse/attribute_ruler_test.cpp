#include "detente/parse/attribute_ruler.h"

#include <gtest/gtest.h>

#include <optional>

#include "detente/parse/test_pipeline.h"

namespace detente::parse {
namespace {

using nlohmann::json;
using testing_room::Folder;
using testing_room::msgpack;

json rule(const json& pattern, const json& attrs, int index = 0) {
  return {{"patterns", {pattern}}, {"attrs", attrs}, {"index", index}};
}

json small_rules() {
  return {
      rule({{{"TAG", "NN"}}}, {{"POS", "NOUN"}, {"MORPH", "Number=Sing"}}),
      rule({{{"TAG", "MD"}}}, {{"POS", "AUX"}}),
      rule({{{"TAG", {{"IN", {"VB", "VBP"}}}}}}, {{"POS", "VERB"}, {"MORPH", "VerbForm=Inf"}}),
      rule({{{"TAG", "VBP"}, {"LOWER", {{"IN", {"are", "'re"}}}}}},
           {{"LEMMA", "be"}, {"MORPH", "_"}}),
      rule({{{"DEP", {{"NOT_IN", {"det", ""}}}}, {"TAG", "DT"}}}, {{"POS", "PRON"}}),
      rule({{{"LOWER", {{"REGEX", "^y'?$"}}}}, {{"LOWER", "all"}}}, {{"LEMMA", "you"}}),
      rule({{{"LOWER", "let"}}, {{"LOWER", "'s"}}}, {{"LEMMA", "us"}}, 1),
      rule({{{"LOWER", "let"}}, {{"LOWER", "'s"}}}, {{"LEMMA", "let"}}, -2),
      rule({{{"IS_SPACE", true}}}, {{"TAG", "_SP"}, {"POS", "SPACE"}, {"DEP", "dep"}}),
      rule({{{"ORTH", "US"}}}, {{"POS", "PROPN"}}),
  };
}

struct Word {
  std::string text;
  std::string tag;
  std::string dep;
};

class AttributeRulerTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_.write("attribute_ruler/patterns", msgpack(small_rules()));
    nn::ModelFileWriter writer;
    const auto converted = convert_attribute_ruler(folder_.path(), writer);
    ASSERT_TRUE(converted) << converted.error().text();
    ASSERT_TRUE(writer.write(folder_.model_path()));
    model_.emplace(nn::ModelFile::open(folder_.model_path()).value());
    ruler_.emplace(AttributeRuler::open(*model_, labels_).value());
  }
  // "POS/MORPH/LEMMA/TAG/DEP" for each word.
  std::vector<std::string> apply(const std::vector<Word>& words) {
    std::vector<LexemeId> lexemes;
    std::vector<StringId> tags;
    std::vector<StringId> deps;
    for (const Word& word : words) {
      lexemes.push_back(table_.intern(word.text));
      tags.push_back(labels_.intern(word.tag));
      deps.push_back(labels_.intern(word.dep));
    }
    std::vector<StringId> pos(words.size());
    std::vector<MorphId> morphs(words.size());
    std::vector<RuledLemma> lemmas(words.size());
    ruler_->apply({lexemes, tags, deps, pos, morphs, lemmas}, table_, cache_);
    std::vector<std::string> out;
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::string line(labels_.view(pos[i]));
      for (const std::string_view part : {std::string_view(ruler_->morphs()[morphs[i].value]),
                                          std::string_view(ruler_->lemmas()[lemmas[i].value]),
                                          labels_.view(tags[i]), labels_.view(deps[i])}) {
        line += '/';
        line += part;
      }
      out.push_back(line);
    }
    return out;
  }

  Folder folder_;
  StringPool labels_;
  std::optional<nn::ModelFile> model_;
  std::optional<AttributeRuler> ruler_;
  LexemeRules lexeme_rules_;
  LexemeTable table_{lexeme_rules_};
  RulerCache cache_;
};

using Lines = std::vector<std::string>;

TEST_F(AttributeRulerTest, SetsWhatTheLastMatchingRuleSays) {
  EXPECT_EQ(apply({{"truce", "NN", "dobj"}, {"are", "VBP", "aux"}, {"go", "VB", "ROOT"}}),
            (Lines{"NOUN/Number=Sing//NN/dobj", "VERB//be/VBP/aux", "VERB/VerbForm=Inf//VB/ROOT"}));
  EXPECT_EQ(apply({{"unknown", "XX", "dep"}}), Lines{"///XX/dep"});
}

TEST_F(AttributeRulerTest, LooksAtTheArc) {
  EXPECT_EQ(apply({{"this", "DT", "nsubj"}, {"this", "DT", "det"}, {"this", "DT", ""}}),
            (Lines{"PRON///DT/nsubj", "///DT/det", "///DT/"}));
}

TEST_F(AttributeRulerTest, MatchesSeveralTokensAndCountsFromEitherEnd) {
  EXPECT_EQ(apply({{"Let", "VB", "ROOT"}, {"'s", "PRP", "nsubj"}}),
            (Lines{"VERB/VerbForm=Inf/let/VB/ROOT", "//us/PRP/nsubj"}));
  EXPECT_EQ(apply({{"y'", "PRP", "x"}, {"all", "DT", "det"}})[0], "//you/PRP/x");
  EXPECT_EQ(apply({{"y'", "PRP", "x"}})[0], "///PRP/x");  // the text ends too early
  EXPECT_EQ(apply({{"yy'", "PRP", "x"}, {"all", "DT", "det"}})[0], "///PRP/x");
}

TEST_F(AttributeRulerTest, ChangesTagAndArcAfterAllIsMatched) {
  EXPECT_EQ(apply({{"\n", "NN", "punct"}}), Lines{"SPACE/Number=Sing//_SP/dep"});
}

TEST_F(AttributeRulerTest, TellsTextFromItsLowerCase) {
  EXPECT_EQ(apply({{"US", "PRP", ""}, {"us", "PRP", ""}}), (Lines{"PROPN///PRP/", "///PRP/"}));
}

TEST_F(AttributeRulerTest, SaysTheSameOfWordsMetBefore) {
  std::vector<Word> words;
  for (int i = 0; i < 3000; ++i)
    words.push_back({"w" + std::to_string(i), i % 2 ? "NN" : "MD", "x"});
  const Lines first = apply(words);
  EXPECT_EQ(apply(words), first);
  cache_.clear();
  EXPECT_EQ(apply(words), first);
  EXPECT_EQ(first[1], "NOUN/Number=Sing//NN/x");
}

TEST_F(AttributeRulerTest, RefusesWhatItDoesNotKnowByName) {
  const auto refusal = [&](const json& rules) {
    folder_.write("attribute_ruler/patterns", msgpack(rules));
    nn::ModelFileWriter writer;
    const auto converted = convert_attribute_ruler(folder_.path(), writer);
    return converted ? std::string("understood") : converted.error().text();
  };
  EXPECT_NE(refusal(json::array({rule({{{"ENT_TYPE", "GPE"}}}, {{"POS", "X"}})})).find("ENT_TYPE"),
            std::string::npos);
  EXPECT_NE(
      refusal(json::array({rule({{{"LOWER", "a"}, {"OP", "+"}}}, {{"POS", "X"}})})).find("'OP'"),
      std::string::npos);
  EXPECT_NE(
      refusal(json::array({rule({{{"LOWER", {{"FUZZY", "a"}}}}}, {{"POS", "X"}})})).find("FUZZY"),
      std::string::npos);
  EXPECT_NE(
      refusal(json::array({rule({{{"LOWER", "a"}}}, {{"SENT_START", "X"}})})).find("SENT_START"),
      std::string::npos);
  EXPECT_NE(refusal(json::array({rule({{{"LOWER", "a"}}}, {{"POS", "X"}}, 1)})).find("D0309"),
            std::string::npos);
  EXPECT_NE(refusal(json::array({rule(json::array(), {{"POS", "X"}})})).find("D0309"),
            std::string::npos);
}

TEST_F(AttributeRulerTest, MayHaveNoRules) {
  nn::ModelFileWriter writer;
  ASSERT_TRUE(convert_attribute_ruler(folder_.path() / "nowhere", writer));
  ASSERT_TRUE(writer.write(folder_.model_path()));
  model_.emplace(nn::ModelFile::open(folder_.model_path()).value());
  ruler_.emplace(AttributeRuler::open(*model_, labels_).value());
  EXPECT_EQ(apply({{"truce", "NN", "dobj"}}), Lines{"///NN/dobj"});
}

}  // namespace
}  // namespace detente::parse
