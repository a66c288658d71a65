#include "detente/ledger/sketch.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace detente::ledger {
namespace {

// A text of our own of `n` sentences; `seed` makes another text.
std::string text_of(int n, int seed) {
  const char* words[] = {"minister", "harbour", "treaty", "grain", "border", "envoy", "vote",
                         "river",    "army",    "market", "court", "island", "union", "loan"};
  std::string text;
  unsigned state = static_cast<unsigned>(seed) * 7919U + 17U;
  for (int i = 0; i < n; ++i) {
    for (int w = 0; w < 15; ++w) {
      state = state * 1664525U + 1013904223U;
      text += std::string(words[state >> 16 & 0xFFFFU ? (state >> 20) % 14 : 0]) +
              std::to_string((state >> 24) % 10) + " ";
    }
    text += ".\n";
  }
  return text;
}

TEST(Sketch, CaseAndPunctuationDoNotMatter) {
  const Sketch a = sketch_of(
      "The two ministers met in Lome on Monday, and they agreed to reopen the "
      "border post at Kodjoviakope before the rains begin.");
  const Sketch b = sketch_of(
      "the two ministers met in LOME on Monday and they agreed - to reopen the "
      "border post at Kodjoviakope before the rains begin");
  EXPECT_GT(a.n_shingles, 0U);
  EXPECT_EQ(a.minima, b.minima);
}

TEST(Sketch, TrimmedReportIsACopyOfTheWhole) {
  const std::string whole = text_of(20, 1);
  const std::string trimmed = whole.substr(0, whole.size() * 6 / 10);
  EXPECT_TRUE(are_copies(sketch_of(whole), sketch_of(trimmed)));
  EXPECT_NEAR(1.0, containment(sketch_of(whole), sketch_of(trimmed)), 0.2);
}

TEST(Sketch, OtherReportIsNone) {
  EXPECT_FALSE(are_copies(sketch_of(text_of(20, 1)), sketch_of(text_of(20, 2))));
}

TEST(Sketch, TooShortATextIsNobodysCopy) {
  const Sketch brief = sketch_of("Ministers met in Lome.");
  EXPECT_EQ(0U, brief.n_shingles);
  EXPECT_FALSE(are_copies(brief, brief));
}

TEST(Sketch, BytesAndBackIsIdentity) {
  const Sketch sketch = sketch_of(text_of(5, 3));
  const Sketch again = Sketch::from(sketch.n_shingles, sketch.bytes());
  EXPECT_EQ(sketch.minima, again.minima);
  EXPECT_EQ(sketch.n_shingles, again.n_shingles);
}

}  // namespace
}  // namespace detente::ledger
