#include "detente/parse/lemmatizer.h"

#include <gtest/gtest.h>

#include <optional>

#include "detente/parse/test_pipeline.h"

namespace detente::parse {
namespace {

using nlohmann::json;
using nlohmann::literals::operator""_json;
using testing_room::Folder;
using testing_room::msgpack;
using testing_room::msgpack_by_id;

class LemmatizerTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_.write_language();
    const std::string rules_by_pos = msgpack_by_id(
        {{"verb", R"([["s",""], ["ies","y"], ["ed","e"], ["ed",""], ["ing",""]])"_json},
         {"noun", R"([["s",""], ["men","man"]])"_json},
         {"adv", R"([["",""]])"_json}});
    const std::string exceptions_by_pos =
        msgpack_by_id({{"verb", R"({"went": ["go"], "saw": ["see", "saw"]})"_json}});
    const std::string index_by_pos = msgpack_by_id(
        {{"verb", R"(["agree", "ban", "deny", "see"])"_json}, {"noun", R"(["talk"])"_json}});
    folder_.write("lemmatizer/lookups/lookups.bin", "\x83\xABlemma_rules" + rules_by_pos +
                                                        "\xA9lemma_exc" + exceptions_by_pos +
                                                        "\xABlemma_index" + index_by_pos);
    json rules = json::array();
    for (const std::string morph :
         {"Number=Sing", "VerbForm=Inf", "Tense=Pres|VerbForm=Fin",
          "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "Degree=Pos", "VerbForm=None"}) {
      json rule = R"({"patterns": [[{}]]})"_json;
      rule["attrs"]["MORPH"] = morph;
      rules.push_back(rule);
    }
    folder_.write("attribute_ruler/patterns", msgpack(rules));
    nn::ModelFileWriter writer;
    ASSERT_TRUE(convert_lexemes(folder_.path(), folder_.path() / "language", writer));
    ASSERT_TRUE(convert_attribute_ruler(folder_.path(), writer));
    const auto converted = convert_lemmatizer(folder_.path(), writer);
    ASSERT_TRUE(converted) << converted.error().text();
    ASSERT_TRUE(writer.write(folder_.model_path()));
    model_.emplace(nn::ModelFile::open(folder_.model_path()).value());
    lexeme_rules_.emplace(LexemeRules::open(*model_).value());
    table_.emplace(*lexeme_rules_);
    ruler_.emplace(AttributeRuler::open(*model_, labels_).value());
    lemmatizer_.emplace(Lemmatizer::open(*model_, *ruler_).value());
  }
  std::string lemma(std::string_view word, std::string_view pos, std::string_view morph = "") {
    std::uint16_t id = 0;
    while (ruler_->morphs().at(id) != morph) ++id;
    return std::string(lemmatizer_->lemma(table_->intern(word), labels_.intern(pos), MorphId{id},
                                          *table_, labels_, cache_));
  }

  Folder folder_;
  StringPool labels_;
  std::optional<nn::ModelFile> model_;
  std::optional<LexemeRules> lexeme_rules_;
  std::optional<LexemeTable> table_;
  std::optional<AttributeRuler> ruler_;
  std::optional<Lemmatizer> lemmatizer_;
  LemmaCache cache_;
};

// Expected values: spaCy's EnglishLemmatizer with these tables.
TEST_F(LemmatizerTest, PrefersFormsOfTheIndex) {
  EXPECT_EQ(lemma("denies", "VERB"), "deny");
  EXPECT_EQ(lemma("Agreed", "VERB"), "agree");
  EXPECT_EQ(lemma("talks", "NOUN"), "talk");
}

TEST_F(LemmatizerTest, TakesTheFirstRuleWhenTheIndexKnowsNothing) {
  EXPECT_EQ(lemma("vetoed", "VERB"), "vetoe");
  EXPECT_EQ(lemma("envoys", "NOUN"), "envoy");
  EXPECT_EQ(lemma("gunmen", "NOUN"), "gunman");
  EXPECT_EQ(lemma("F-16s", "NOUN"), "f-16");
}

TEST_F(LemmatizerTest, KeepsTheWordAsWrittenWhenNoRuleFits) {
  EXPECT_EQ(lemma("Ban", "VERB"), "Ban");
  EXPECT_EQ(lemma("s", "VERB"), "s");
  EXPECT_EQ(lemma("Soon", "ADV"), "soon");
}

TEST_F(LemmatizerTest, PutsExceptionsFirst) {
  EXPECT_EQ(lemma("went", "VERB"), "go");
  EXPECT_EQ(lemma("saw", "VERB"), "saw");  // the last of its exceptions
}

TEST_F(LemmatizerTest, LeavesBaseForms) {
  EXPECT_EQ(lemma("Gas", "NOUN", "Number=Sing"), "gas");
  EXPECT_EQ(lemma("pass", "VERB", "VerbForm=Inf"), "pass");
  EXPECT_EQ(lemma("focus", "VERB", "Tense=Pres|VerbForm=Fin"), "focus");
  EXPECT_EQ(lemma("bans", "VERB", "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"), "ban");
  EXPECT_EQ(lemma("Bans", "NOUN", "Degree=Pos"), "bans");
  EXPECT_EQ(lemma("bans", "NOUN", "VerbForm=None"), "bans");
}

TEST_F(LemmatizerTest, LowersAllButProperNounsWithoutATable) {
  EXPECT_EQ(lemma("Talks", "PROPN"), "Talks");
  EXPECT_EQ(lemma("The", "DET"), "the");
  EXPECT_EQ(lemma("Talks", ""), "talks");
  EXPECT_EQ(lemma("\n", "SPACE"), "\n");
}

TEST_F(LemmatizerTest, SaysTheSameOfWordsMetBefore) {
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 3000; ++i) {
      const std::string word = "w" + std::to_string(i);
      ASSERT_EQ(lemma(word + "ies", "VERB"), word + "ie") << round;  // no letters only: kept
    }
  }
  EXPECT_EQ(lemma("w1ies", "NOUN"), "w1ie");
  cache_.clear();
  EXPECT_EQ(lemma("denies", "VERB"), "deny");
}

TEST_F(LemmatizerTest, NeedsTheTablesOfRuleMode) {
  folder_.write("lemmatizer/lookups/lookups.bin", msgpack({{"lemma_lookup", json::object()}}));
  nn::ModelFileWriter writer;
  const auto refused = convert_lemmatizer(folder_.path(), writer);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "D0302");
  EXPECT_NE(refused.error().message.find("lemma_rules"), std::string::npos);
}

}  // namespace
}  // namespace detente::parse
