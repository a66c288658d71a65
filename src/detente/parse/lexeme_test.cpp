#include "detente/parse/lexeme.h"

#include <gtest/gtest.h>

#include "detente/parse/test_pipeline.h"

namespace detente::parse {
namespace {

using testing_room::Folder;
using testing_room::msgpack_by_id;

class LexemeTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_.write_language();
    folder_.write("vocab/lookups.bin",
                  "\x81\xABlexeme_norm" + msgpack_by_id({{"programme", "program"}, {"“", "''"}}));
    nn::ModelFileWriter writer;
    const auto converted = convert_lexemes(folder_.path(), folder_.path() / "language", writer);
    ASSERT_TRUE(converted) << converted.error().text();
    ASSERT_TRUE(writer.write(folder_.model_path()));
    model_.emplace(nn::ModelFile::open(folder_.model_path()).value());
    rules_.emplace(LexemeRules::open(*model_).value());
    table_.emplace(*rules_);
  }
  const Lexeme& lexeme(std::string_view text) { return (*table_)[table_->intern(text)]; }

  Folder folder_;
  std::optional<nn::ModelFile> model_;
  std::optional<LexemeRules> rules_;
  std::optional<LexemeTable> table_;
};

TEST_F(LexemeTest, GivesTheIdsOfSpacy) {
  EXPECT_EQ(rules_->string_id("Seoul"), 5295791505741300949U);  // spacy.strings.hash_string
  EXPECT_EQ(rules_->string_id("agent"), 402U);                  // a symbol's number
  EXPECT_EQ(rules_->string_id(""), 0U);
  const Lexeme& seoul = lexeme("Seoul");
  EXPECT_EQ(seoul.orth, rules_->string_id("Seoul"));
  EXPECT_EQ(seoul.norm, rules_->string_id("seoul"));
  EXPECT_EQ(seoul.prefix, rules_->string_id("S"));
  EXPECT_EQ(seoul.suffix, rules_->string_id("oul"));
  EXPECT_EQ(seoul.shape, rules_->string_id("Xxxxx"));
  EXPECT_EQ(lexeme("Xi").prefix, 101U);
}

TEST_F(LexemeTest, TakesTheNormFromThePipelineThenFromOurTableThenLowers) {
  EXPECT_EQ(lexeme("programme").norm_text, "program");
  EXPECT_EQ(lexeme("Programme").norm_text, "programme");  // the table has no capitals
  EXPECT_EQ(lexeme("“").norm_text, "''");
  EXPECT_EQ(lexeme("€").norm_text, "$");
  EXPECT_EQ(lexeme("Oslo").norm_text, "oslo");
}

TEST_F(LexemeTest, DrawsShapes) {
  const auto shape = [&](std::string_view text) { return lexeme(text).shape; };
  const auto id = [&](std::string_view text) { return rules_->string_id(text); };
  EXPECT_EQ(shape("MH17"), id("XXdd"));
  EXPECT_EQ(shape("U.N.-led"), id("X.X.-xxx"));
  EXPECT_EQ(shape("1234567"), id("dddd"));
  EXPECT_EQ(shape("aaaaaaB"), id("xxxxX"));
  EXPECT_EQ(shape("......"), id("...."));
  EXPECT_EQ(shape("Ёлка²"), id("Xxxxd"));
  EXPECT_EQ(shape("北京"), id("xx"));
  EXPECT_EQ(shape("½"), id("½"));
  EXPECT_EQ(shape(std::string_view("\0\0", 2)), id(std::string_view("\0\0", 2)));
  EXPECT_EQ(shape(std::string(99, 'a')), id("xxxx"));
  EXPECT_EQ(shape(std::string(100, 'a')), id("LONG"));
  EXPECT_EQ(shape(std::string(60, 'a') + "ééééééééééééééééééééé"), id("xxxx"));  // 81 characters
}

TEST_F(LexemeTest, CutsPrefixAndSuffixByCharacters) {
  EXPECT_EQ(lexeme("éà").prefix, rules_->string_id("é"));
  EXPECT_EQ(lexeme("éà").suffix, rules_->string_id("éà"));
  EXPECT_EQ(lexeme("Ελλάδα").suffix, rules_->string_id("άδα"));
  EXPECT_EQ(lexeme("😀😃😄😁").suffix, rules_->string_id("😃😄😁"));
}

TEST_F(LexemeTest, KeepsAWordWithAnotherNormApart) {
  const LexemeId plain = table_->intern("'ll");
  const LexemeId will = table_->intern("'ll", "will");
  EXPECT_NE(plain, will);
  EXPECT_EQ(table_->intern("'ll", "will"), will);
  EXPECT_EQ(table_->intern("'ll", "'ll"), plain);
  EXPECT_EQ(table_->intern("'ll", ""), plain);
  EXPECT_EQ((*table_)[will].norm, rules_->string_id("will"));
  EXPECT_EQ((*table_)[will].text, "'ll");
}

TEST_F(LexemeTest, FindsEachOfManyWordsAgain) {
  std::vector<LexemeId> ids;
  for (int i = 0; i < 20000; ++i) ids.push_back(table_->intern("word" + std::to_string(i)));
  for (int i = 0; i < 20000; ++i) {
    const std::string text = "word" + std::to_string(i);
    ASSERT_EQ(table_->intern(text), ids[static_cast<std::size_t>(i)]);
    ASSERT_EQ((*table_)[ids[static_cast<std::size_t>(i)]].text, text);
  }
  EXPECT_EQ(table_->size(), 20000U);
  table_->clear();
  EXPECT_EQ(table_->size(), 0U);
  EXPECT_EQ(lexeme("word7").text, "word7");
}

TEST_F(LexemeTest, NamesTheLineOfATableThatIsOdd) {
  folder_.write("language/norms.tsv", "# norms\n€\t$\nno tab\n");
  nn::ModelFileWriter writer;
  const auto converted = convert_lexemes(folder_.path(), folder_.path() / "language", writer);
  ASSERT_FALSE(converted);
  EXPECT_EQ(converted.error().code, "D0306");
  EXPECT_NE(converted.error().message.find("norms.tsv:3"), std::string::npos);
}

}  // namespace
}  // namespace detente::parse
