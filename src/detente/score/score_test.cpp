#include "detente/score/score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "detente/score/words.h"

namespace detente::score {
namespace {

/// A folder of files that a test writes, removed at its end.
class Folder {
 public:
  Folder() {
    char pattern[] = "/tmp/detente-gold-XXXXXX";
    path_ = mkdtemp(pattern);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return path_ / name;
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

Scores scores_of(const std::filesystem::path& gold_path, const std::vector<std::string>& records,
                 const std::string& name = {}) {
  const auto gold = Gold::open(gold_path);
  EXPECT_TRUE(gold) << gold.error().text();
  Coded coded;
  for (const std::string& record : records) {
    const auto added = coded.add(record, "test", name);
    EXPECT_TRUE(added) << added.error().text();
  }
  return gold ? score(*gold, coded) : Scores{};
}

std::map<std::string, double> by_name(const Scores& scores) {
  std::map<std::string, double> out;
  for (const Figure& figure : scores.figures) out[figure.name] = figure.value;
  return out;
}

const char* const kSentences =
    R"({"id": "a", "text": "Oman thanked Qatar.", "event": ["SUPPORT"], "actor": [{"code": "OMN"}], "recipient": [{"code": "QAT"}]}
{"id": "b", "text": "Togo and Benin met.", "event": ["CONSULT"], "actor": [{"code": "TGO"}, {"code": "BEN"}], "recipient": []}
)";

std::string event(const std::string& id, const std::string& category, const std::string& actor,
                  const std::string& recipient, double confidence,
                  const std::string& auxiliary = "") {
  return R"({"kind": "event", "document_id": ")" + id + R"(", "event": [")" + category +
         R"("], "actor": [{"code": ")" + actor + R"("}], "recipient": [{"code": ")" + recipient +
         R"("}], "auxiliary_modes": [)" + auxiliary + R"(], "confidence": )" +
         std::to_string(confidence) + "}";
}

TEST(Score, CountsSentencesByTheirOneEvent) {
  const Folder folder;
  const auto scores = scores_of(
      folder.write("gold.jsonl", kSentences),
      {event("a", "SUPPORT", "OMN", "QAT", 0.95), event("a", "REJECT", "OMN", "QAT", 0.25),
       event("b", "CONSULT", "TGO", "BEN", 0.85)});
  const auto figures = by_name(scores);
  EXPECT_DOUBLE_EQ(figures.at("triple"), 1.0);
  EXPECT_DOUBLE_EQ(figures.at("actor"), 0.5)
      << "of a reciprocal event the dyad may fit all the same";
  EXPECT_DOUBLE_EQ(figures.at("precision"), 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(figures.at("f1"), 0.8);
  ASSERT_TRUE(scores.calibration.has_value());
  EXPECT_NEAR(scores.calibration->expected_error, (0.05 + 0.25 + 0.15) / 3, 1e-9);
}

TEST(Score, NegatedEventsAnswerNoSentence) {
  const Folder folder;
  const auto figures =
      by_name(scores_of(folder.write("gold.jsonl", kSentences),
                        {event("a", "SUPPORT", "OMN", "QAT", 0.9, "\"negation\"")}));
  EXPECT_DOUBLE_EQ(figures.at("coverage"), 0.0);
}

TEST(Score, SidesOfADirectedEventDoNotSwap) {
  const Folder folder;
  const auto figures = by_name(scores_of(folder.write("gold.jsonl", kSentences),
                                         {event("a", "SUPPORT", "QAT", "OMN", 0.9)}));
  EXPECT_DOUBLE_EQ(figures.at("category"), 0.5);
  EXPECT_DOUBLE_EQ(figures.at("triple"), 0.0);
}

TEST(Score, TextsAreScoredByOverlapAndByBCubed) {
  const Folder folder;
  folder.write("notes.txt", "Amina met Bo. She left on Monday.");
  folder.write("notes.gold.json", R"({"published": "2001-01-03",
    "dates": [{"start": 26, "end": 32, "value": "2001-01-01"}],
    "attributions": [{"source": [0, 5], "cue": null}, {"source": null, "cue": null}],
    "mentions": [{"start": 0, "end": 5, "type": "person", "cluster": 1},
                 {"start": 14, "end": 17, "type": "person", "cluster": 1},
                 {"start": 10, "end": 12, "type": "person", "cluster": 2}]})");
  const auto figures = by_name(scores_of(folder.path(), {R"({"text": "", "document_id": "notes",
    "dates": [{"start": 23, "end": 32, "value": "2001-01-01"}, {"start": 0, "end": 2, "value": "x"}],
    "attributions": [{"source": [0, 3], "cue": [6, 9]}],
    "mentions": [{"start": 0, "end": 5, "type": "person", "cluster": 7},
                 {"start": 14, "end": 17, "type": "person", "cluster": 8}]})"}));
  EXPECT_DOUBLE_EQ(figures.at("dates recall"), 1.0);
  EXPECT_DOUBLE_EQ(figures.at("dates precision"), 0.5);
  EXPECT_DOUBLE_EQ(figures.at("attributions f1"), 1.0);
  EXPECT_DOUBLE_EQ(figures.at("coreference precision"), 1.0);
  EXPECT_DOUBLE_EQ(figures.at("coreference recall"), 0.5);
  EXPECT_DOUBLE_EQ(figures.at("mentions found"), 1.0);
}

const char* const kArticle = R"({"document": "note.txt", "published": "2010-05-02",
  "events": [{"id": "E1", "required": true, "event": "AID", "actor": [{"code": "FJI"}],
              "recipient": [{"code": "TON"}], "date": ["2010-05-01", "2010-05-02"], "evidence": ["sent tents"]},
             {"id": "E2", "required": true, "event": ["CONSULT", "AGREE"], "reciprocal": true,
              "actor": [{"code": "FJI"}], "recipient": [{"code": "TON"}], "evidence": ["met"]}],
  "must_not": [{"why": "an advertisement", "evidence": "Buy now"}],
  "claims": [{"speaker": "Radio Suva", "via": [], "evidence": "sent tents"}],
  "commitments": [{"id": "K1", "by": ["FJI"], "status": "open", "content": "more tents", "made": ["2010-05-01", "2010-05-01"]}],
  "expectations": [{"id": "X1", "by": "analysts", "about": ["TON"], "direction": "cooperation", "evidence": "met"}]})";

TEST(Score, AnArticleNeedsEachRecordOnceAndNothingForbidden) {
  const Folder folder;
  folder.write("note.txt", "Fiji sent tents to Tonga. They met. Buy now");
  const auto gold = folder.write("note.gold.json", kArticle);
  const std::string aid =
      R"({"event": ["AID"], "actor": [{"code": "FJI"}], "recipient": [{"code": "TON"}],
    "date": "2010-05-02", "enddate": "2010-05-02", "mentions": [{"trigger": [5, 9]}]})";
  const std::string met =
      R"({"event": ["CONSULT"], "actor": [{"code": "FJI"}, {"code": "TON"}], "recipient": [],
    "date": "2010-05-02", "enddate": "2010-05-02", "mentions": [{"trigger": [31, 34]}]})";
  const std::string bought =
      R"({"event": ["AID"], "actor": [], "recipient": [], "mentions": [{"trigger": [36, 39]}]})";
  const std::string claim =
      R"({"kind": "claim", "speaker": {"entity_text": "the Radio Suva"}, "content": [5, 20]})";
  const std::string promise =
      R"({"kind": "commitment", "by": [{"code": "FJI"}], "status": "open", "made": {"date": "2010-05-01"}})";
  const std::string outlook =
      R"({"kind": "expectation", "by": "Analysts", "about": [{"code": "TON"}],
    "direction": "cooperation", "evidence": [{"start": 31, "end": 34}]})";
  EXPECT_EQ(scores_of(gold, {aid, met, claim, promise, outlook}).n_faults, 0U);
  EXPECT_EQ(scores_of(gold, {}).n_faults, 5U);
  EXPECT_EQ(scores_of(gold, {aid, aid, met, claim, promise, outlook}).n_faults, 1U) << "split";
  EXPECT_EQ(scores_of(gold, {aid, met, bought, claim, promise, outlook}).n_faults, 1U)
      << "forbidden";
}

TEST(Score, PagesAreBagsOfFourWordRuns) {
  const Folder folder;
  folder.write("ground-truth.json",
               R"({"p1": {"body": "one two three four five"}, "p2": {"body": "alone"}})");
  const auto figures = by_name(scores_of(
      folder.path(), {R"({"document_id": "pages/p1.html.gz", "text": "one two, three four"})"}));
  EXPECT_DOUBLE_EQ(figures.at("answered"), 0.5);
  EXPECT_DOUBLE_EQ(figures.at("precision"), 1.0);
  EXPECT_DOUBLE_EQ(figures.at("recall"), 0.25);
}

TEST(Gold, WhatIsNoGoldIsRefusedByName) {
  const Folder folder;
  EXPECT_EQ(Gold::open(folder.path()).error().code, "D0701");
  EXPECT_EQ(Gold::open(folder.write("news.jsonl", "{\"text\": \"x\"}\n")).error().code, "D0701");
  EXPECT_EQ(Gold::open(folder.write("half.jsonl", std::string(kSentences) + "{\"id\": \"c\"}\n"))
                .error()
                .code,
            "D0702");
  folder.write("note.txt", "Another text.");
  const auto gold = Gold::open(folder.write("note.gold.json", kArticle));
  EXPECT_EQ(gold.error().code, "D0703");
  EXPECT_THAT(gold.error().message, testing::HasSubstr("sent tents"));
}

TEST(Coded, WhatIsNoRecordIsRefusedWithItsLine) {
  const Folder folder;
  Coded coded;
  const auto added = coded.add_file(folder.write("x.jsonl", "{\"event\": [\"AID\"]}\n\n[1]\n"));
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().code, "D0704");
  EXPECT_THAT(added.error().message, testing::HasSubstr("x.jsonl:3"));
}

TEST(Words, KeepTheLettersOfAnyScript) {
  EXPECT_EQ(letters_of("Côte d'Ivoire, 2010"), "côtedivoire2010");
  EXPECT_THAT(words_of("a_b, č-2…Ж"), testing::ElementsAre("a_b", "č", "2", "Ж"));
}

}  // namespace
}  // namespace detente::score
