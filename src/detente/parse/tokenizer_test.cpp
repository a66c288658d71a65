#include "detente/parse/tokenizer.h"

#include <gtest/gtest.h>

#include <optional>

#include "detente/parse/test_pipeline.h"

namespace detente::parse {
namespace {

using nlohmann::json;
using testing_room::Folder;
using testing_room::msgpack;

// A tokenizer with few rules of our own, of the kinds that English pipelines have.
json small_rules() {
  return {{"prefix_search", R"(^\(|^"|^“|^'|^:|^\$|^US\$|^\[|^£)"},
          {"suffix_search",
           R"re(\)$|"$|”$|'$|:$|,$|\?$|\]$|'s$|\.\.+$|(?<=[0-9])(?:km|m)$|(?<=[a-z0-9\)'])\.$)re"},
          {"infix_finditer",
           R"(\.\.+|(?<=[a-zA-Z])-(?=[a-zA-Z])|(?<=[a-z])\.(?=[A-Z])|(?<=\d),(?=[a-z]))"},
          {"token_match", nullptr},
          {"url_match", R"(https?://\S+$)"},
          {"faster_heuristics", true},
          {"exceptions",
           {{"don't", {{{"ORTH", "do"}}, {{"ORTH", "n't"}, {"NORM", "not"}}}},
            {"U.S.", {{{"ORTH", "U.S."}}}},
            {"a.m.", {{{"ORTH", "a.m."}}}},
            {"m.", {{{"ORTH", "m."}}}},
            {":)", {{{"ORTH", ":)"}}}},
            {"''", {{{"ORTH", "''"}, {"NORM", "\""}}}},
            {"kind of", {{{"ORTH", "kind of"}}}},
            {"\n", {{{"ORTH", "\n"}}}}}}};
}

class TokenizerTest : public testing::Test {
 protected:
  void SetUp() override { load(small_rules()); }
  void load(const json& rules) {
    tokenizer_.reset();
    folder_.write("tokenizer", msgpack(rules));
    folder_.write_language();
    nn::ModelFileWriter writer;
    ASSERT_TRUE(convert_lexemes(folder_.path(), folder_.path() / "language", writer));
    const auto converted = convert_tokenizer(folder_.path(), writer);
    ASSERT_TRUE(converted) << converted.error().text();
    ASSERT_TRUE(writer.write(folder_.model_path()));
    model_.emplace(nn::ModelFile::open(folder_.model_path()).value());
    lexeme_rules_.emplace(LexemeRules::open(*model_).value());
    tokenizer_.emplace(Tokenizer::open(*model_).value());
    cache_.emplace(*lexeme_rules_);
  }
  std::vector<TokenSpan> tokenize(std::string_view text) {
    std::vector<TokenSpan> tokens;
    remarks_.clear();
    tokenizer_->tokenize(text, *cache_, tokens, remarks_);
    return tokens;
  }
  // "a|b" for two tokens; a space where one follows.
  std::string cut(std::string_view text) {
    std::string out;
    std::size_t at = 0;
    for (const TokenSpan& token : tokenize(text)) {
      if (!out.empty()) out += '|';
      EXPECT_EQ(token.begin, at);
      EXPECT_LT(token.begin, token.end);
      const std::string_view piece = text.substr(token.begin, token.end - token.begin);
      EXPECT_EQ(cache_->lexemes()[token.lexeme].text, piece);
      out += piece;
      if (token.space_after) out += ' ';
      at = token.end + (token.space_after ? 1 : 0);
    }
    EXPECT_EQ(at, text.size());
    return out;
  }

  Folder folder_;
  std::optional<nn::ModelFile> model_;
  std::optional<LexemeRules> lexeme_rules_;
  std::optional<Tokenizer> tokenizer_;
  std::optional<TokenizerCache> cache_;
  std::vector<Remark> remarks_;
};

TEST_F(TokenizerTest, CutsAtSpacesAndKeepsOtherWhiteSpace) {
  EXPECT_EQ(cut("Talks resume today"), "Talks |resume |today");
  EXPECT_EQ(cut(""), "");
  EXPECT_EQ(cut(" "), " ");
  EXPECT_EQ(cut("  a"), "  |a");
  EXPECT_EQ(cut("a "), "a ");
  EXPECT_EQ(cut("a  b"), "a | |b");
  EXPECT_EQ(cut("a   "), "a |  ");
  EXPECT_EQ(cut("a\n\nb"), "a|\n\n|b");
  EXPECT_EQ(cut("a \n b"), "a |\n |b");
  EXPECT_EQ(cut("a\xC2\xA0 b"), "a|\xC2\xA0 |b");
  EXPECT_EQ(cut("a\xE2\x80\xA8"), "a|\xE2\x80\xA8");
  EXPECT_EQ(cut("a\xE2\x80\x8B"
                "b"),
            "a\xE2\x80\x8B"
            "b");  // no space in Python
}

TEST_F(TokenizerTest, TakesAffixesOff) {
  EXPECT_EQ(cut("(\"Yes,\" he said.)"), "(|\"|Yes|,|\" |he |said|.|)");
  EXPECT_EQ(cut("US$5"), "US$|5");
  EXPECT_EQ(cut("10km, £20m"), "10|km|, |£|20|m");
  EXPECT_EQ(cut("film"), "film");
  EXPECT_EQ(cut("((("), "(|(|(");
  EXPECT_EQ(cut("Iran's"), "Iran|'s");
  EXPECT_EQ(cut("well....."), "well|.....");
  EXPECT_EQ(cut("end.\n"), "end|.|\n");
}

TEST_F(TokenizerTest, CutsInside) {
  EXPECT_EQ(cut("cease-fire"), "cease|-|fire");
  EXPECT_EQ(cut("said.The"), "said|.|The");
  EXPECT_EQ(cut("5,a wait...what"), "5|,|a |wait|...|what");
  EXPECT_EQ(cut("-x- a-"), "-x- |a-");
}

TEST_F(TokenizerTest, KnowsSpecialCases) {
  EXPECT_EQ(cut("don't"), "do|n't");
  EXPECT_EQ(cut("(don't)"), "(|do|n't|)");
  EXPECT_EQ(cut("U.S."), "U.S.");
  EXPECT_EQ(cut("(U.S.)"), "(|U.S.|)");
  EXPECT_EQ(cut("Don't"), "Don't");
  const auto tokens = tokenize("don't");
  EXPECT_EQ(cache_->lexemes()[tokens[1].lexeme].norm_text, "not");
}

TEST_F(TokenizerTest, PutsTornSpecialCasesTogetherAgain) {
  EXPECT_EQ(cut("£500m."), "£|500|m.");
  EXPECT_EQ(cut("over''."), "over|''|.");
  EXPECT_EQ(cut("x:) y"), "x|:) |y");
  EXPECT_EQ(cut("a kind of truce"), "a |kind of |truce");
  EXPECT_EQ(cut("kind of"), "kind of");
  EXPECT_EQ(cut("kind  of"), "kind | |of");
  const auto tokens = tokenize("over''.");
  EXPECT_EQ(cache_->lexemes()[tokens[1].lexeme].norm_text, "\"");
}

TEST_F(TokenizerTest, KeepsAddressesWhole) {
  EXPECT_EQ(cut("see https://a-b.org/c-d, ok"), "see |https://a-b.org/c-d|, |ok");
}

TEST_F(TokenizerTest, AppendsToWhatIsThere) {
  std::vector<TokenSpan> tokens = tokenize("a b");
  tokenizer_->tokenize("over''.", *cache_, tokens, remarks_);
  ASSERT_EQ(tokens.size(), 5U);
  EXPECT_EQ(tokens[1], tokenize("a b")[1]);
  EXPECT_EQ(tokens[3].begin, 4U);
}

TEST_F(TokenizerTest, SaysTheSameWithAColdAndAWarmCache) {
  const std::string text =
      "\"Don't,\" said the U.S. envoy: 10km... (cease-fire) over''. £500m. kind of";
  const std::string cold = cut(text);
  EXPECT_EQ(cut(text), cold);
  cache_->clear();
  EXPECT_EQ(cut(text), cold);
}

TEST_F(TokenizerTest, ForgetsChunksRatherThanGrowWithoutBound) {
  std::string text;
  for (int i = 0; i < 150000; ++i) text += "w" + std::to_string(i) + ", ";
  const std::size_t n = tokenize(text).size();
  EXPECT_EQ(n, 300000U);
  EXPECT_EQ(tokenize(text).size(), n);
  EXPECT_TRUE(cache_->trim());
  EXPECT_EQ(cache_->lexemes().size(), 0U);
  EXPECT_FALSE(cache_->trim());
  EXPECT_EQ(cut("again, and"), "again|, |and");
}

TEST_F(TokenizerTest, CutsAnEndlessChunkWithARemark) {
  std::string brackets(1'000'000, '(');
  EXPECT_EQ(tokenize(brackets).size(), brackets.size());
  ASSERT_EQ(remarks_.size(), 1U);
  EXPECT_EQ(remarks_[0].code, "chunk-cut");
  EXPECT_EQ(remarks_[0].span, (TextSpan{0, 1'000'000}));

  std::string accents;
  while (accents.size() < 3 * Tokenizer::kLongestChunk) accents += "é(";
  cut(accents);  // checks that no character is torn
  EXPECT_EQ(remarks_.size(), 1U);

  const std::string letters(1'000'000, 'm');  // nothing could cut it anyway
  EXPECT_EQ(tokenize(letters).size(), 1U);
  EXPECT_TRUE(remarks_.empty());
  EXPECT_EQ(tokenize(std::string(100'000, '\n')).size(), 1U);
}

TEST_F(TokenizerTest, LeavesBytesThatAreNoUtf8InTheirChunk) {
  EXPECT_EQ(cut("(a\xFF) (b)"), "(a\xFF) |(|b|)");
  EXPECT_EQ(cut("\xC2 \xE2\x80 x"), "\xC2 |\xE2\x80 |x");
}

TEST_F(TokenizerTest, HandlesNulLikeAnyCharacter) {
  EXPECT_EQ(cut(std::string_view("a\0b (\0)", 7)), std::string_view("a\0b |(|\0|)", 10));
}

TEST_F(TokenizerTest, RunsPatternsThatAreNotHeldAtAnEnd) {
  json rules = small_rules();
  rules["prefix_search"] = "#|^\\(";  // found anywhere: as many characters come off the front
  rules["suffix_search"] = "~|\\)$";
  load(rules);
  EXPECT_EQ(cut("ab#c"), "a|b|#|c");
  EXPECT_EQ(cut("a~bc"), "a|~|b|c");
}

TEST_F(TokenizerTest, WorksWithoutAnyPattern) {
  load({{"exceptions", json::object()}});
  EXPECT_EQ(cut("(a) b."), "(a) |b.");
}

TEST_F(TokenizerTest, RefusesASpecialCaseThatIsNotItsTokens) {
  json rules = small_rules();
  rules["exceptions"]["cannot"] = {{{"ORTH", "can"}}, {{"ORTH", "nut"}}};
  folder_.write("tokenizer", msgpack(rules));
  nn::ModelFileWriter writer;
  EXPECT_EQ(convert_tokenizer(folder_.path(), writer).error().code, "D0308");
  rules["exceptions"]["cannot"] = {{{"ORTH", "cannot"}, {"LEMMA", "can"}}};
  folder_.write("tokenizer", msgpack(rules));
  EXPECT_EQ(convert_tokenizer(folder_.path(), writer).error().code, "D0308");
}

TEST_F(TokenizerTest, RefusesAPatternByName) {
  json rules = small_rules();
  rules["infix_finditer"] = "a(?(1)b)";
  folder_.write("tokenizer", msgpack(rules));
  nn::ModelFileWriter writer;
  const auto refused = convert_tokenizer(folder_.path(), writer);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "D0307");
  EXPECT_NE(refused.error().message.find("infix_finditer"), std::string::npos);
}

}  // namespace
}  // namespace detente::parse
