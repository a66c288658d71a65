#include "detente/outcome/outcome.h"

#include <gtest/gtest.h>

namespace detente::outcome {
namespace {

using outlook::Status;
using outlook::Turn;

Date day(int year, int month, int day_of_month) {
  return *Date::from_ymd(year, month, day_of_month);
}

outlook::Matter truce() { return {"truce", {}, {"ARM", "AZE"}, {"ARM", "AZE"}, true}; }

Document promise(Date when, outlook::Matter matter) {
  outlook::Commitment one;
  one.id = "k1";
  one.matter = std::move(matter);
  one.made = DateRange{when, when};
  one.evidence.push_back({0, 5});
  return {"first", when, {{one}, {}, {}, {}}};
}

Document deed(Date when, std::string event, outlook::Matter matter) {
  return {"second",
          when,
          {{}, {}, {}, {{std::move(matter), std::move(event), "e1", {3, 9}, {when, when}}}}};
}

TEST(Outcome, ADeedOnlyAsksWhetherATruceIsBroken) {
  const auto rows =
      follow({deed(day(2020, 10, 12), "ASSAULT", {"", {"shell"}, {"AZE"}, {"ARM"}, false}),
              promise(day(2020, 10, 10), truce())});
  ASSERT_EQ(1U, rows.size());
  EXPECT_EQ(Status::Open, rows[0].status);
  ASSERT_EQ(1U, rows[0].history.size());
  EXPECT_EQ(Turn::PerhapsBroken, rows[0].history[0].step.turn);
  EXPECT_EQ("e1", rows[0].history[0].step.event_id);
  EXPECT_EQ("second", rows[0].history[0].document_id);
}

TEST(Outcome, ForceAgainstOthersIsNoBreach) {
  const auto rows =
      follow({promise(day(2020, 10, 10), truce()),
              deed(day(2020, 10, 12), "ASSAULT", {"", {"shell"}, {"AZE"}, {"GEO"}, false})});
  EXPECT_TRUE(rows.at(0).history.empty());
}

TEST(Outcome, WhatWasPromisedAndDoneIsKept) {
  const auto rows = follow(
      {promise(day(2021, 3, 10), {"", {"troop", "withdraw"}, {"KEN"}, {"SOM"}, false}),
       deed(day(2022, 2, 20), "RETREAT", {"", {"troop", "withdraw"}, {"KEN"}, {"SOM"}, false})});
  EXPECT_EQ(Status::Kept, rows.at(0).status);
  EXPECT_LT(rows[0].history.at(0).step.confidence, 1);
}

Document undone(Date when, outlook::Matter matter) {
  matter.concept_name = outlook::kUndone;
  Document document{"second", when, {}};
  document.outlook.fates.push_back({Turn::Stalled, std::move(matter), {3, 9}, {when, when}});
  return document;
}

TEST(Outcome, WhatIsLeftUndoneStallsAPromiseUntilItIsDone) {
  const outlook::Matter matter{"", {"mine", "destroy"}, {"LBY"}, {}, false};
  Document done = deed(day(2014, 2, 4), "", matter);
  done.id = "third";
  const auto stalled =
      follow({promise(day(2003, 12, 19), matter), undone(day(2010, 11, 3), matter)});
  EXPECT_EQ(Status::Stalled, stalled.at(0).status);
  const auto kept =
      follow({promise(day(2003, 12, 19), matter), undone(day(2010, 11, 3), matter), done});
  EXPECT_EQ(Status::Kept, kept.at(0).status);
}

TEST(Outcome, ATruceOfOneIsTouchedByForceWhereItWasToHold) {
  const outlook::Matter truce_of_one{"truce", {"=tigray"}, {"ETH"}, {}, true};
  const outlook::Matter there{"", {"bomb", "tigray"}, {"ETH"}, {"ETH"}, false};
  const outlook::Matter elsewhere{"", {"bomb", "ogaden"}, {"ETH"}, {"ETH"}, false};
  const Document told = promise(day(2022, 3, 24), truce_of_one);
  EXPECT_EQ(1U, follow({told, deed(day(2022, 8, 24), "ASSAULT", there)}).at(0).history.size());
  EXPECT_TRUE(follow({told, deed(day(2022, 8, 24), "ASSAULT", elsewhere)}).at(0).history.empty());
}

TEST(Outcome, TheQuestionIsRaisedOnceForEachDay) {
  const outlook::Matter shelling{"", {"shell"}, {"AZE"}, {"ARM"}, false};
  Document again = deed(day(2020, 10, 12), "ASSAULT", shelling);
  again.id = "third";
  Document next = deed(day(2020, 10, 13), "ASSAULT", shelling);
  next.id = "fourth";
  const auto rows = follow({promise(day(2020, 10, 10), truce()), again, next,
                            deed(day(2020, 10, 12), "ASSAULT", shelling)});
  ASSERT_EQ(2U, rows.at(0).history.size());
  EXPECT_EQ("second", rows[0].history[0].document_id);
  EXPECT_EQ("fourth", rows[0].history[1].document_id);
}

TEST(Outcome, PromisedAgainForLongerIsAnExtensionOnce) {
  const auto until = [](Date when, const char* id, Date deadline) {
    Document document = promise(when, truce());
    document.id = id;
    document.outlook.commitments[0].deadline = outlook::Horizon{{}, {deadline, deadline}};
    return document;
  };
  const auto rows = follow({until(day(2021, 1, 5), "a", day(2021, 2, 1)),
                            until(day(2021, 1, 28), "b", day(2021, 5, 1)),
                            until(day(2021, 1, 29), "c", day(2021, 5, 1))});
  ASSERT_EQ(1U, rows.size());
  EXPECT_EQ(3U, rows[0].tellings.size());
  ASSERT_EQ(1U, rows[0].history.size());
  EXPECT_EQ(Turn::Extended, rows[0].history[0].step.turn);
  EXPECT_EQ(Status::Open, rows[0].status);
  EXPECT_EQ(day(2021, 5, 1), rows[0].commitment.deadline->range.last);
}

TEST(Outcome, WordsOfOneStemFindTheirPromise) {
  const auto rows =
      follow({promise(day(2021, 3, 10), {"", {"bomber", "withdrawal"}, {"KEN"}, {"SOM"}, false}),
              deed(day(2022, 2, 20), "RETREAT", {"", {"bomber", "withdraw"}, {"KEN"}, {}, false})});
  EXPECT_EQ(Status::Kept, rows.at(0).status);
}

TEST(Outcome, TwoTellingsAreOneCommitment) {
  Document second = promise(day(2020, 10, 11), truce());
  second.id = "other";
  const auto rows = follow({promise(day(2020, 10, 10), truce()), second});
  ASSERT_EQ(1U, rows.size());
  EXPECT_EQ(2U, rows[0].tellings.size());
}

}  // namespace
}  // namespace detente::outcome
