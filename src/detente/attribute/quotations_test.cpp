#include "detente/attribute/quotations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace detente::attribute {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> quoted(std::string_view text) {
  std::vector<std::string> out;
  for (const Quotation& q : find_quotations(text)) out.emplace_back(q.span.in(text));
  return out;
}

TEST(Quotations, KnowsEachKindOfMark) {
  EXPECT_THAT(quoted("He said \"no\" twice."), ElementsAre("\"no\""));
  EXPECT_THAT(quoted("He said “no” twice."), ElementsAre("“no”"));
  EXPECT_THAT(quoted("He said „no“ twice."), ElementsAre("„no“"));
  EXPECT_THAT(quoted("He said «no» twice."), ElementsAre("«no»"));
  EXPECT_THAT(quoted("He said ''no'' twice."), ElementsAre("''no''"));
  EXPECT_THAT(quoted("He said ``no'' twice."), ElementsAre("``no''"));
  EXPECT_THAT(quoted("He said ‘no’ twice."), ElementsAre("‘no’"));
  EXPECT_THAT(quoted("He said 'no' twice."), ElementsAre("'no'"));
}

TEST(Quotations, TellsApostrophesFromMarks) {
  EXPECT_THAT(quoted("It's the ministers' offer, and they don't like it."), IsEmpty());
  EXPECT_THAT(quoted("It’s the ministers’ offer."), IsEmpty());
  EXPECT_THAT(quoted("The class of '68 met."), IsEmpty());
  EXPECT_THAT(quoted("‘It’s over,’ he said."), ElementsAre("‘It’s over,’"));
}

TEST(Quotations, HoldsInnerMarksTogether) {
  EXPECT_THAT(quoted("\"He told me, 'Go home,' and I went,\" she said."),
              ElementsAre("\"He told me, 'Go home,' and I went,\""));
}

TEST(Quotations, EndsAnOpenOneWithItsParagraph) {
  const std::string_view text = "\"We came in May.\n\n\"We left in June.\"\n\nNobody came back.";
  const auto found = find_quotations(text);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].span.in(text), "\"We came in May.");
  EXPECT_FALSE(found[0].is_closed);
  EXPECT_TRUE(found[0].goes_on);
  EXPECT_EQ(found[1].span.in(text), "\"We left in June.\"");
  EXPECT_TRUE(found[1].is_closed);
}

TEST(Quotations, MixesMarksOfOneKind) {
  EXPECT_THAT(quoted("“No,\" he said, \"never”."), ElementsAre("“No,\"", "\"never”"));
}

TEST(Quotations, LiesWithinTheTextWhateverItIs) {
  const std::vector<std::string> odd{"",           "\"",      "''",       "'",
                                     "“”",         "»«",      "\"\"\"\"", "‘‘‘a",
                                     "\n\"\n'\n“", "a'b'c'd", "é'é",      "\xE2\x80\x9C"};
  for (const std::string& text : odd) {
    std::uint32_t last = 0;
    for (const Quotation& q : find_quotations(text)) {
      EXPECT_LE(last, q.span.begin);
      EXPECT_LT(q.span.begin, q.span.end);
      EXPECT_LE(q.span.end, text.size());
      last = q.span.end;
    }
  }
}

TEST(Quotations, TakesTimeInProportionToTheText) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "'a ";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THAT(find_quotations(text), IsEmpty());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

}  // namespace
}  // namespace detente::attribute
