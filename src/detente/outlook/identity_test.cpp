#include "detente/outlook/identity.h"

#include <gtest/gtest.h>

namespace detente::outlook {
namespace {

Matter matter(std::string concept_name, std::vector<std::string> words,
              std::vector<std::string> actors) {
  return {std::move(concept_name), std::move(words), std::move(actors), {}, false};
}

TEST(Identity, WordsOfOneStemAreOne) {
  EXPECT_EQ(2, shared_words(matter("", {"troop", "withdraw"}, {}),
                            matter("", {"troop", "withdrawal"}, {})));
  EXPECT_EQ(0, shared_words(matter("", {"mission"}, {}), matter("", {"missile"}, {})));
}

TEST(Identity, OtherPartiesMeanAnotherCommitment) {
  const Matter truce = matter("truce", {}, {"ARM", "AZE"});
  EXPECT_GT(likeness(truce, matter("truce", {}, {"AZE"})), 0);
  EXPECT_EQ(0, likeness(truce, matter("truce", {}, {"TUR"})));
}

TEST(Identity, AMoratoriumIsNoTruce) {
  EXPECT_EQ(
      0, likeness(matter("truce", {"border"}, {"IND"}), matter("moratorium", {"border"}, {"IND"})));
}

TEST(Identity, AGeneralWordMayNameAnyCommitmentThatSharesItsWords) {
  const Matter promise = matter("", {"prisoner", "release"}, {"NIC"});
  EXPECT_GT(likeness(promise, matter("promise", {"prisoner", "release"}, {"NIC"})), 0);
  EXPECT_EQ(0, likeness(promise, matter("promise", {"election", "hold"}, {"NIC"})));
}

TEST(Identity, TheSameWordsForAnotherCountryAreAnotherCommitment) {
  const Matter promise = matter("", {"@HTI", "police", "send"}, {"KEN"});
  EXPECT_GT(likeness(promise, matter("promise", {"@HTI", "police"}, {"KEN"})), 0);
  EXPECT_EQ(0, likeness(promise, matter("promise", {"@MWI", "send"}, {"KEN"})));
}

TEST(Identity, APactIsCalledByThePlaceAndTheYearOfItsMaking) {
  const Matter pact = matter("", {"=1999", "=lima", "border", "open"}, {"CHL", "PER"});
  EXPECT_GT(likeness(pact, matter("pact", {"lima"}, {"CHL"})), 0);
  EXPECT_GT(likeness(pact, matter("pact", {"=1999", "trade"}, {"CHL", "PER"})), 0);
  EXPECT_EQ(0, likeness(pact, matter("pact", {"=1999", "trade"}, {"CHL"})));
}

TEST(Identity, WhatIsLeftUndoneMustBeWhatWasPromised) {
  const Matter promise = matter("", {"destroy", "mine", "stockpile"}, {"LBY"});
  EXPECT_GT(likeness(promise, matter("undone", {"destroy", "stockpile"}, {"LBY"})), 0);
  EXPECT_EQ(0, likeness(promise, matter("undone", {"mine", "open"}, {"LBY"})));
}

TEST(Identity, WithoutAnOwnerTheWordsMustTell) {
  Matter later = matter("promise", {"prisoner"}, {});
  later.others = {"NIC"};
  EXPECT_GT(likeness(matter("", {"prisoner", "release"}, {"NIC"}), later), 0);
  later.words.clear();
  EXPECT_EQ(0, likeness(matter("", {"prisoner", "release"}, {"NIC"}), later));
}

TEST(Identity, KeysDoNotDependOnTheOrderAndEndingsOfWords) {
  const Matter one = matter("", {"troops", "withdraw"}, {"KEN"});
  const Matter other = matter("promise", {"withdrawal", "troops"}, {"KEN"});
  EXPECT_EQ(key(one, Form::Promise), key(other, Form::Promise));
  EXPECT_NE(key(one, Form::Promise), key(other, Form::Pact));
}

}  // namespace
}  // namespace detente::outlook
