#include "detente/ledger/ledger.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "detente/ledger/database.h"
#include "detente/ledger/schema.h"

namespace detente {
namespace {

namespace fs = std::filesystem;

EntityRecord party(const std::string& code, const std::string& sector = "GOV") {
  EntityRecord entity;
  entity.code = code;
  entity.sector = sector;
  entity.entity_text = code;
  entity.identifier_text = code;
  entity.resolved_by = "name";
  return entity;
}

Reading document(const std::string& id, const std::string& text, const std::string& url = "") {
  Reading reading;
  reading.document_id = id;
  reading.text = text;
  reading.url = url;
  reading.published_at = Date::parse("2024-03-14");
  return reading;
}

EventRecord event(const std::string& id, const std::string& type, const std::string& a,
                  const std::string& b, const std::string& day = "2024-03-11") {
  EventRecord record;
  record.id = id;
  record.date = record.enddate = *Date::parse(day);
  record.date_precision = "day";
  record.actor = {party(a)};
  record.recipient = {party(b)};
  record.event = type;
  record.quad_code = type == "ASSAULT" ? 4 : 1;
  record.mentions = {{0, {0, 4}, {1, 2}, "text", {"RULE/one", "RULE/two"}}};
  return record;
}

Reading published(const std::string& day, Reading reading) {
  reading.published_at = Date::parse(day);
  return reading;
}

/// A report in which Kenya binds itself toward Somalia.
CodedRecords promise(const std::string& id, const std::string& day) {
  CodedRecords coded;
  coded.reading = published(day, document(id, "Kenya promised " + id));
  CommitmentRecord one;
  one.id = "k" + id;
  one.document_id = id;
  one.form = "promise";
  one.status = "open";
  one.by = {party("KEN")};
  one.to = {party("SOM")};
  one.content = "to withdraw its troops";
  one.content_at = {6, 9};
  one.evidence = {{id, {0, 9}}};
  one.made = one.made_end = coded.reading.published_at;
  one.matter = {"", {"troop", "withdraw"}, {"KEN"}, {"SOM"}, false};
  coded.commitments = {one};
  return coded;
}

/// A report in which Kenya withdraws its troops, or words that say so.
CodedRecords turn(const std::string& id, const std::string& day, const std::string& status) {
  CodedRecords coded;
  coded.reading = published(day, document(id, "Kenya withdrew " + id));
  TurnRecord turn;
  turn.matter = {"", {"troop", "withdraw"}, {"KEN"}, {"SOM"}, false};
  turn.status = status;
  turn.event = "RETREAT";
  turn.event_id = status.empty() ? "e" + id : "";
  turn.date = turn.enddate = *coded.reading.published_at;
  turn.at = {6, 14};
  coded.turns = {turn};
  return coded;
}

ExpectationRecord expectation(const std::string& direction, const std::string& type = "") {
  ExpectationRecord record;
  record.id = "x1";
  record.by = party("", "");
  record.by.identifier_text = "Ada Berg";
  record.about = {party("GHA"), party("TGO")};
  record.direction = direction;
  record.event = type;
  record.hedge = "may";
  record.strength = 0.4;
  record.outcome = "open";
  return record;
}

/// A store in a folder of its own.
class LedgerTest : public testing::Test {
 protected:
  LedgerTest() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(DETENTE_BINARY_DIR) / "ledger_test" / info->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    store_ = folder_ / "store.duckdb";
  }
  ~LedgerTest() override { fs::remove_all(folder_); }

  Ledger open(bool read_only = false) {
    LedgerOptions options;
    options.read_only = read_only;
    Result<Ledger> ledger = Ledger::open(store_, options);
    EXPECT_TRUE(ledger) << (ledger ? "" : ledger.error().text());
    return std::move(ledger).value();
  }

  static Receipt add(Ledger& ledger, Reading reading, std::vector<EventRecord> events = {}) {
    CodedRecords coded;
    coded.reading = std::move(reading);
    for (EventRecord& record : events) {
      record.document_id = coded.reading.document_id;
      coded.events.push_back(std::move(record));
    }
    const Result<Receipt> receipt = ledger.append(std::move(coded), {"file", 0, 0, {}}, "v");
    EXPECT_TRUE(receipt) << (receipt ? "" : receipt.error().text());
    return *receipt;
  }

  static Receipt add_outlook(Ledger& ledger, CodedRecords coded) {
    const Result<Receipt> receipt = ledger.append(std::move(coded), {"file", 0, 0, {}}, "v");
    EXPECT_TRUE(receipt) << (receipt ? "" : receipt.error().text());
    return *receipt;
  }

  static std::vector<StoredCommitment> commitments(const Ledger& ledger,
                                                   const LedgerFilter& filter) {
    std::vector<StoredCommitment> all;
    const auto n = ledger.commitments(filter, [&](const StoredCommitment& one) {
      all.push_back(one);
      return true;
    });
    EXPECT_TRUE(n) << (n ? "" : n.error().text());
    return all;
  }

  /// The outcome of the expectation that `of` makes of Ghana and Togo on 14 March 2024, and the
  /// event that decided it, beside an event that is reported on 1 April.
  std::pair<std::string, std::string> outcome(ExpectationRecord of, const std::string& type,
                                              const std::string& day, double scale,
                                              const std::string& last_day = "2024-04-01") {
    fs::remove(store_);
    Ledger ledger = open();
    CodedRecords coded;
    coded.reading = document("told", "text");
    of.document_id = "told";
    of.evidence = {"told", {0, 4}};
    coded.expectations = {of};
    add_outlook(ledger, coded);
    EventRecord later = event("e1", type, "GHA", "TGO", day);
    later.event_scale = scale;
    add(ledger, published("2024-04-01", document("b", "text two")), {later});
    add(ledger, published(last_day, document("c", "text three")));
    EXPECT_TRUE(ledger.close());
    std::pair<std::string, std::string> found;
    const auto n = ledger.expectations({}, [&](const StoredExpectation& one) {
      found = {one.record.outcome, one.outcome_event_id};
      return true;
    });
    EXPECT_TRUE(n) << (n ? "" : n.error().text());
    return found;
  }

  static std::vector<std::string> event_ids(const Ledger& ledger, const LedgerFilter& filter) {
    std::vector<std::string> ids;
    const auto n = ledger.events(filter, [&](const StoredEvent& stored) {
      ids.push_back(stored.record.id);
      return true;
    });
    EXPECT_TRUE(n) << (n ? "" : n.error().text());
    return ids;
  }

  /// The one number that a statement asks for, by a connection of its own.
  std::int64_t number(const std::string& sql) const {
    auto connection = ledger::Connection::open(store_, {true, 0, ""});
    EXPECT_TRUE(connection) << connection.error().text();
    auto rows = connection->query(sql);
    EXPECT_TRUE(rows) << rows.error().text();
    EXPECT_TRUE(*rows->next());
    return rows->integer(0);
  }

  fs::path folder_, store_;
};

TEST_F(LedgerTest, TheSameDocumentTwiceChangesNothing) {
  Ledger ledger = open();
  EXPECT_EQ(Receipt::New,
            add(ledger, document("a", "text one"), {event("e1", "CONSULT", "GHA", "TGO")}));
  EXPECT_EQ(Receipt::Known,
            add(ledger, document("a", "text one"), {event("e1", "CONSULT", "GHA", "TGO")}));
  ASSERT_TRUE(ledger.commit());
  EXPECT_TRUE(ledger.is_known(document("a", "text one")));
  EXPECT_EQ(Receipt::Known, add(ledger, document("a", "text one")));
  ASSERT_TRUE(ledger.close());
  EXPECT_EQ(std::vector<std::string>{"e1"}, event_ids(ledger, {}));
}

TEST_F(LedgerTest, AChangedPageIsARevisionAndItsRecordsAreReplaced) {
  for (const bool commit_between : {true, false}) {
    fs::remove_all(store_);
    {
      Ledger ledger = open();
      add(ledger, document("a", "text one", "http://example.org/p"),
          {event("e1", "CONSULT", "GHA", "TGO")});
      if (commit_between) {
        ASSERT_TRUE(ledger.commit());
      }
      EXPECT_EQ(Receipt::Revision,
                add(ledger, document("b", "text two", "https://www.example.org/p/"),
                    {event("e2", "ASSAULT", "GHA", "TGO")}));
      ASSERT_TRUE(ledger.close());
    }
    EXPECT_EQ(std::vector<std::string>{"e2"}, event_ids(open(true), {}));
    EXPECT_EQ(1, number("SELECT count(*) FROM documents"));
    EXPECT_EQ(2, number("SELECT count(*) FROM revisions"));
    EXPECT_EQ(1, number("SELECT count(*) FROM mentions"));
    EXPECT_EQ(1, number("SELECT count(*) FROM dyads"));
    EXPECT_EQ(2, number("SELECT count(*) FROM entities"));
  }
}

TEST_F(LedgerTest, TwoDocumentsOfOneIdStayTwo) {
  Ledger ledger = open();
  add(ledger, document("1", "text one", "http://a.example/x"),
      {event("e", "CONSULT", "GHA", "TGO")});
  add(ledger, document("1", "text two", "http://b.example/y"),
      {event("e", "CONSULT", "GHA", "TGO")});
  ASSERT_TRUE(ledger.close());
  const std::vector<std::string> ids = event_ids(ledger, {});
  EXPECT_EQ(2U, std::set<std::string>(ids.begin(), ids.end()).size());
}

TEST_F(LedgerTest, WhatIsNotCommittedIsNotThere) {
  {
    Ledger ledger = open();
    add(ledger, document("a", "text one"));
    ASSERT_TRUE(ledger.commit());
    add(ledger, document("b", "text two"));
  }
  EXPECT_EQ(1, number("SELECT count(*) FROM documents"));
}

TEST_F(LedgerTest, ARecordComesBackAsItWas) {
  EventRecord whole = event("e1", "CONSULT", "GHA", "TGO");
  whole.mode = {"visit"};
  whole.context = {"diplomatic", "economic"};
  whole.size.dead = CountRecord{3, 5};
  whole.confidence_from = {{"rule", 0.1}, {"sides", -2.5e-7}};
  whole.event_loc = LocationRecord{"Lome", "Lomé", "Maritime", "TGO", 2365267, 6.13, 1.22, 4};
  whole.attribution = {{"c1", party("NGA"), {party("", "JRN"), party("USA", "JRN")}, "asserts"}};
  whole.actor[0].at = Offsets{0, 2};
  {
    Ledger ledger = open();
    add(ledger, document("a", "text \xC3\xA9"), {whole});
    ASSERT_TRUE(ledger.close());
  }
  const Ledger ledger = open(true);
  StoredEvent back;
  ASSERT_TRUE(ledger.events({}, [&](const StoredEvent& stored) {
    back = stored;
    return true;
  }));
  EXPECT_EQ(whole.mode, back.record.mode);
  EXPECT_EQ(whole.context, back.record.context);
  EXPECT_EQ(5, back.record.size.dead->max);
  EXPECT_EQ(whole.confidence_from, back.record.confidence_from);
  EXPECT_FALSE(back.record.size.injured);
  EXPECT_EQ("Lomé", back.record.event_loc->resolved_place);
  EXPECT_EQ(whole.mentions[0].rules, back.record.mentions[0].rules);
  ASSERT_EQ(1U, back.record.attribution.size());
  EXPECT_EQ("NGA", back.record.attribution[0].speaker.code);
  ASSERT_EQ(2U, back.record.attribution[0].via.size());
  EXPECT_EQ("USA", back.record.attribution[0].via[1].code);
  EXPECT_EQ(2U, back.record.actor[0].at->end);
  EXPECT_FALSE(back.record.recipient[0].at);
}

TEST_F(LedgerTest, FiltersBySidesTypeAndDay) {
  Ledger ledger = open();
  EventRecord summit = event("e3", "AGREE", "PRK", "KOR", "2024-05-01");
  summit.reciprocal = true;
  summit.actor.push_back(party("KOR"));
  summit.recipient.clear();
  add(ledger, document("a", "t"),
      {event("e1", "CONSULT", "PRK", "KOR"), event("e2", "ASSAULT", "KOR", "PRK"), summit});
  ASSERT_TRUE(ledger.commit());
  const auto ids = [&](const LedgerFilter& filter) { return event_ids(ledger, filter); };
  using Ids = std::vector<std::string>;
  EXPECT_EQ((Ids{"e1", "e3"}), ids({"", "PRK", "KOR", "", {}, {}}));
  EXPECT_EQ((Ids{"e2", "e3"}), ids({"", "KOR/GOV", "PRK", "", {}, {}}));
  EXPECT_EQ((Ids{}), ids({"", "KOR/MIL", "", "", {}, {}}));
  EXPECT_EQ((Ids{"e2"}), ids({"", "", "", "ASSAULT", {}, {}}));
  EXPECT_EQ((Ids{"e3"}), ids({"", "", "", "", Date::parse("2024-04-01"), {}}));
  EXPECT_EQ((Ids{"e1", "e2"}), ids({"", "", "", "", {}, Date::parse("2024-04-01")}));
  EXPECT_EQ((Ids{"e2"}), ids({"e2", "", "", "", {}, {}}));
}

TEST_F(LedgerTest, ASeriesCountsAReciprocalEventOnce) {
  Ledger ledger = open();
  EventRecord summit = event("e1", "CONSULT", "PRK", "KOR");
  summit.reciprocal = true;
  summit.actor.push_back(party("KOR"));
  summit.recipient.clear();
  EventRecord not_done = event("e2", "ASSAULT", "PRK", "KOR");
  not_done.auxiliary_modes = {"negation"};
  add(ledger, document("a", "t"), {summit, not_done});
  ASSERT_TRUE(ledger.commit());
  const auto points = ledger.series("KOR", "PRK", TimeUnit::Month, {});
  ASSERT_TRUE(points) << points.error().text();
  ASSERT_EQ(1U, points->size());
  EXPECT_EQ("2024-03-01", points->front().begin.text());
  EXPECT_EQ(1U, points->front().n_cooperation);
  EXPECT_EQ(0U, points->front().n_conflict);
}

std::string long_text(const std::string& start) {
  std::string text = start;
  for (int i = 0; i < 60; ++i) text += " word" + std::to_string(i * 7 % 61) + start;
  return text;
}

TEST_F(LedgerTest, CopiesOfOneReportAreOneIndependentPublisher) {
  // Two papers print one wire report, a third writes its own; in any order, in one batch or
  // several.
  const auto papers = [&] {
    std::vector<Reading> all{document("b", long_text("wire")), document("a", long_text("wire")),
                             document("c", long_text("own"))};
    all[0].publisher = "Morning Post";
    all[1].publisher = "Evening News";
    all[2].publisher = "Weekly Mail";
    return all;
  };
  for (const std::vector<int>& order : {std::vector<int>{0, 1, 2}, {2, 1, 0}, {1, 2, 0}}) {
    for (const bool commit_each : {true, false}) {
      fs::remove_all(store_);
      {
        Ledger ledger = open();
        for (const int i : order) {
          Reading paper = papers()[static_cast<std::size_t>(i)];
          const std::string id = "e" + paper.document_id;
          add(ledger, std::move(paper), {event(id, "CONSULT", "GHA", "TGO")});
          if (commit_each) {
            ASSERT_TRUE(ledger.commit());
          }
        }
        ASSERT_TRUE(ledger.close());
      }
      const Ledger ledger = open(true);
      std::vector<StoryRecord> stories;
      ASSERT_TRUE(ledger.stories({}, [&](const StoryRecord& story) {
        stories.push_back(story);
        return true;
      }));
      ASSERT_EQ(1U, stories.size());
      EXPECT_EQ(3U, stories[0].n_documents);
      EXPECT_EQ(2U, stories[0].n_publishers);
      EXPECT_EQ((std::vector<std::string>{"ea", "eb", "ec"}), stories[0].event_ids);
      EXPECT_EQ(2, number("SELECT count(*) FROM documents WHERE copy_group = 'a'"));
    }
  }
}

TEST_F(LedgerTest, OneCommitmentOfManyDocumentsIsOneRowInWhateverOrderTheyCome) {
  const std::vector<CodedRecords> reports{promise("a", "2021-03-10"), promise("b", "2021-03-12"),
                                          turn("c", "2021-06-01", "stalled"),
                                          turn("d", "2022-02-20", "kept")};
  for (const std::vector<std::size_t>& order :
       {std::vector<std::size_t>{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}}) {
    fs::remove(store_);
    for (const std::size_t i : order) {
      Ledger ledger = open();
      add_outlook(ledger, reports[i]);
      ASSERT_TRUE(ledger.close());
    }
    const std::vector<StoredCommitment> found = commitments(open(true), {});
    ASSERT_EQ(1U, found.size());
    EXPECT_EQ("ka", found[0].record.id);
    EXPECT_EQ("kept", found[0].record.status);
    EXPECT_EQ(2U, found[0].n_documents);
    ASSERT_EQ(2U, found[0].tellings.size());
    EXPECT_EQ("kb", found[0].tellings[1].id);
    EXPECT_EQ(2U, found[0].record.evidence.size());
    ASSERT_EQ(2U, found[0].record.history.size());
    EXPECT_EQ("stalled", found[0].record.history[0].status);
    EXPECT_EQ("d", found[0].record.history[1].evidence.document_id);
    EXPECT_EQ(14U, found[0].record.history[1].evidence.at.end);
    EXPECT_EQ("KEN", found[0].record.by.at(0).code);
  }
}

TEST_F(LedgerTest, ADeedKeepsAPromiseWithItsEventAsEvidence) {
  Ledger ledger = open();
  add_outlook(ledger, promise("a", "2021-03-10"));
  add_outlook(ledger, turn("d", "2022-02-20", ""));
  ASSERT_TRUE(ledger.close());
  const StoredCommitment found = commitments(ledger, {}).at(0);
  EXPECT_EQ("kept", found.record.status);
  EXPECT_EQ("ed", found.record.history.at(0).event_id);
  EXPECT_LT(found.record.history[0].confidence, 1);
}

TEST_F(LedgerTest, CommitmentsAreFoundByPartyStatusDayAndAnyTelling) {
  Ledger ledger = open();
  add_outlook(ledger, promise("a", "2021-03-10"));
  add_outlook(ledger, promise("b", "2021-03-12"));
  EXPECT_TRUE(*ledger.is_settled()) << "nothing is committed yet";
  ASSERT_TRUE(ledger.commit());
  EXPECT_FALSE(*ledger.is_settled());
  ASSERT_TRUE(ledger.close());
  EXPECT_TRUE(*ledger.is_settled());
  const auto n = [&](const std::function<void(LedgerFilter&)>& ask) {
    LedgerFilter filter;
    ask(filter);
    return commitments(ledger, filter).size();
  };
  EXPECT_EQ(1U, n([](LedgerFilter& f) { f.actor = "KEN/GOV"; }));
  EXPECT_EQ(0U, n([](LedgerFilter& f) { f.actor = "SOM"; }));
  EXPECT_EQ(1U, n([](LedgerFilter& f) { f.recipient = "SOM"; }));
  EXPECT_EQ(0U, n([](LedgerFilter& f) { f.status = "kept"; }));
  EXPECT_EQ(0U, n([](LedgerFilter& f) { f.status = "broken?"; }));
  EXPECT_EQ(1U, n([](LedgerFilter& f) { f.until = Date::parse("2021-03-11"); }));
  EXPECT_EQ(0U, n([](LedgerFilter& f) { f.since = Date::parse("2021-03-11"); }));
  EXPECT_EQ(1U, n([](LedgerFilter& f) { f.id = "kb"; }));
}

TEST_F(LedgerTest, ARevisionTakesItsPromisesAlong) {
  Ledger ledger = open();
  add_outlook(ledger, promise("a", "2021-03-10"));
  ASSERT_TRUE(ledger.close());
  CodedRecords other;
  other.reading = published("2021-03-10", document("a", "another text"));
  EXPECT_EQ(Receipt::Revision, add_outlook(ledger, other));
  EXPECT_TRUE(ledger.commit());
  EXPECT_FALSE(*ledger.is_settled());
  ASSERT_TRUE(ledger.close());
  EXPECT_TRUE(commitments(ledger, {}).empty());
}

TEST_F(LedgerTest, AnExpectedEventThatCameMakesItTrue) {
  using Outcome = std::pair<std::string, std::string>;
  const auto threat = expectation("conflict", "ASSAULT");
  EXPECT_EQ((Outcome{"came_true", "e1"}), outcome(threat, "ASSAULT", "2024-03-20", -9));
  EXPECT_EQ((Outcome{"open", ""}), outcome(threat, "CONSULT", "2024-03-20", 3));
  EXPECT_EQ((Outcome{"failed", ""}), outcome(threat, "CONSULT", "2024-03-20", 3, "2024-12-01"));
  // What was told to have happened before is no outcome.
  EXPECT_EQ((Outcome{"open", ""}), outcome(threat, "ASSAULT", "2024-03-14", -9, "2024-12-01"));
  // "will not sign" is conflict, and a signing its failure.
  const auto no_treaty = expectation("conflict", "AGREE");
  EXPECT_EQ((Outcome{"failed", "e1"}), outcome(no_treaty, "AGREE", "2024-03-20", 3));
  EXPECT_EQ((Outcome{"came_true", ""}),
            outcome(no_treaty, "ACCUSE", "2024-03-20", -2, "2024-12-01"));
}

TEST_F(LedgerTest, WithoutAnEventTheToneDecidesWhenTheTimeIsOver) {
  using Outcome = std::pair<std::string, std::string>;
  auto thaw = expectation("cooperation");
  EXPECT_EQ((Outcome{"open", ""}), outcome(thaw, "CONSULT", "2024-03-20", 3));
  EXPECT_EQ((Outcome{"came_true", "e1"}), outcome(thaw, "CONSULT", "2024-03-20", 3, "2024-12-01"));
  EXPECT_EQ((Outcome{"failed", ""}), outcome(thaw, "ACCUSE", "2024-03-20", -3, "2024-12-01"));
  thaw.horizon =
      HorizonRecord{"this month", *Date::parse("2024-03-14"), *Date::parse("2024-03-31")};
  EXPECT_EQ((Outcome{"came_true", "e1"}), outcome(thaw, "CONSULT", "2024-03-20", 3));
  thaw.horizon->enddate = *Date::parse("2024-03-18");
  EXPECT_EQ((Outcome{"failed", ""}), outcome(thaw, "CONSULT", "2024-03-20", 3));
}

TEST_F(LedgerTest, ForecastersHaveTheirBrierScore) {
  outcome(expectation("conflict", "ASSAULT"), "ASSAULT", "2024-03-20", -9);
  const Ledger ledger = open(true);
  LedgerFilter berg;
  berg.holder = "berg";
  std::vector<ForecasterRecord> found;
  ASSERT_TRUE(ledger.forecasters(berg, [&](const ForecasterRecord& one) {
    found.push_back(one);
    return true;
  }));
  ASSERT_EQ(1U, found.size());
  EXPECT_EQ("Ada Berg", found[0].holder);
  EXPECT_EQ(1U, found[0].n_came_true);
  EXPECT_NEAR(0.36, *found[0].brier, 1e-9);
  EXPECT_EQ(36, number("SELECT CAST(round(100 * brier) AS BIGINT) FROM forecasters"));
}

TEST_F(LedgerTest, TensionRisesWithConflictAndFades) {
  Ledger ledger = open();
  EventRecord attack = event("e1", "ASSAULT", "TGO", "GHA", "2024-01-07");  // a Sunday
  attack.event_scale = -9;
  EventRecord again = attack;  // another report of the same story counts once
  again.id = "e2";
  add(ledger, published("2024-03-04", document("a", "t")), {attack});
  add(ledger, published("2024-03-04", document("b", "u")), {again});
  ASSERT_TRUE(ledger.commit());
  const auto points = ledger.tension("TGO", "GHA", {});
  ASSERT_TRUE(points) << points.error().text();
  ASSERT_EQ(10U, points->size());  // to the week of the last report
  EXPECT_EQ("2024-01-01", points->at(0).week.text());
  EXPECT_NEAR(4.5, points->at(0).tension, 1e-9);  // one story beside the neutral one
  EXPECT_NEAR(3.0, points->at(4).tension, 1e-9);  // four weeks on: 9/2 over 3/2
  EXPECT_LT(points->at(0).low, 4.5);
  EXPECT_GT(points->at(0).high, 4.5);
  EXPECT_EQ(1U, points->at(0).n_stories);
  EXPECT_EQ(0U, points->at(1).n_stories);
}

TEST_F(LedgerTest, AStoreOfVersion1IsBroughtUpToDate) {
  {
    auto old = ledger::Connection::open(store_, {});
    ASSERT_TRUE(old);
    ASSERT_TRUE(ledger::settle_schema(*old, false, 1));
  }
  LedgerOptions read;
  read.read_only = true;
  EXPECT_EQ("D1108", Ledger::open(store_, read).error().code);
  Ledger ledger = open();
  add_outlook(ledger, promise("a", "2021-03-10"));
  ASSERT_TRUE(ledger.close());
  EXPECT_EQ(1U, commitments(ledger, {}).size());
}

TEST_F(LedgerTest, PagesOfTwoFoldersWithOneNameStayTwo) {
  Ledger ledger = open();
  for (const std::string text : {"one page", "another page"}) {
    Reading page = document("index", text);
    page.is_id_of_file = true;
    EXPECT_EQ(Receipt::New, add(ledger, page));
    EXPECT_EQ(Receipt::Known, add(ledger, page));
  }
  ASSERT_TRUE(ledger.close());
  EXPECT_EQ(2, number("SELECT count(DISTINCT document_id) FROM documents"));
}

TEST_F(LedgerTest, ARejectIsNotedOnce) {
  for (int run = 0; run < 2; ++run) {
    Ledger ledger = open();
    ASSERT_TRUE(ledger.reject({"f.jsonl", 3, 120, ""}, {"D0105", "f.jsonl:3: no JSON"}));
    ASSERT_TRUE(ledger.close());
  }
  EXPECT_EQ(1, number("SELECT count(*) FROM rejects WHERE line = 3 AND byte_offset = 120"));
}

TEST_F(LedgerTest, RefusesWhatIsNoStoreOfOurs) {
  LedgerOptions read;
  read.read_only = true;
  EXPECT_EQ("D1105", Ledger::open(store_, read).error().code);
  {
    auto other = ledger::Connection::open(store_, {});
    ASSERT_TRUE(other);
    ASSERT_TRUE(other->run("CREATE TABLE somebody_elses (n INTEGER)"));
  }
  EXPECT_EQ("D1106", Ledger::open(store_, {}).error().code);
  {
    auto other = ledger::Connection::open(store_, {});
    ASSERT_TRUE(
        other->run("CREATE TABLE store_info (name TEXT, value TEXT); INSERT INTO store_info "
                   "VALUES ('schema', '999')"));
  }
  EXPECT_EQ("D1107", Ledger::open(store_, {}).error().code);
  fs::remove(store_);
  FILE* file = std::fopen(store_.c_str(), "w");
  std::fputs("no database at all, but long enough to be looked into by whoever opens it", file);
  std::fclose(file);
  EXPECT_EQ("D1104", Ledger::open(store_, {}).error().code);
}

TEST_F(LedgerTest, EveryTableAndViewSaysWhatItIs) {
  ASSERT_TRUE(open().close());
  EXPECT_EQ(0, number("SELECT count(*) FROM duckdb_tables() WHERE comment IS NULL"));
  EXPECT_EQ(0,
            number("SELECT count(*) FROM duckdb_views() WHERE NOT internal AND comment IS NULL"));
  EXPECT_EQ(ledger::kSchemaVersion,
            number("SELECT CAST(value AS INTEGER) FROM store_info WHERE name = 'schema'"));
}

}  // namespace
}  // namespace detente
