#include "detente/parse/parsed_document.h"

#include <gtest/gtest.h>

namespace detente::parse {
namespace {

// "The old man | slept . | Rain": two sentences; heads of the first form a tree three deep.
ParsedDocument two_sentences() {
  ParsedDocument parsed;
  for (const std::uint32_t head : {2U, 2U, 3U, 3U, 3U, 5U}) {
    const auto at = static_cast<std::uint32_t>(parsed.tokens.begin.size());
    parsed.tokens.begin.push_back(at);
    parsed.tokens.end.push_back(at + 1);
    parsed.tokens.head.push_back(head);
  }
  parsed.sentences = {{0, 5}, {5, 6}};
  return parsed;
}

TEST(Subtrees, SpanTheWordsBelow) {
  const ParsedDocument parsed = two_sentences();
  const Subtrees subtrees(parsed.tokens, Children(parsed.tokens));
  const std::vector<std::pair<std::uint32_t, std::uint32_t>> expected{{0, 1}, {1, 2}, {0, 3},
                                                                      {0, 5}, {4, 5}, {5, 6}};
  for (std::uint32_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(subtrees.begin(i), expected[i].first) << i;
    EXPECT_EQ(subtrees.end(i), expected[i].second) << i;
  }
}

TEST(SentenceNumbers, ToldForEachToken) {
  EXPECT_EQ(sentence_numbers(two_sentences()), (std::vector<std::uint32_t>{0, 0, 0, 0, 0, 1}));
}

}  // namespace
}  // namespace detente::parse
