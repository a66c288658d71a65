#include "detente/events/ontology.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace detente::events {
namespace {

const std::filesystem::path kBuiltIn = std::filesystem::path(DETENTE_SOURCE_DIR) / "data/ontology";

/// A folder with one file more, removed at the end.
class ExtraRules {
 public:
  explicit ExtraRules(const std::string& text, const std::string& name = "AID.toml") {
    char pattern[] = "/tmp/detente-ontology-XXXXXX";
    folder_ = mkdtemp(pattern);
    std::ofstream(folder_ / name) << text;
  }
  ~ExtraRules() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  ExtraRules(const ExtraRules&) = delete;
  ExtraRules& operator=(const ExtraRules&) = delete;
  [[nodiscard]] Result<Ontology> open() const {
    const std::filesystem::path more[] = {folder_};
    return Ontology::open(kBuiltIn, more);
  }

 private:
  std::filesystem::path folder_;
};

TEST(Ontology, BuiltInHasSixteenEventTypesAndManyRules) {
  const auto ontology = Ontology::open(kBuiltIn);
  ASSERT_TRUE(ontology.has_value()) << ontology.error().text();
  EXPECT_EQ(ontology->event_types().size(), 16U);
  EXPECT_GT(ontology->rules().size(), 150U);
  EXPECT_EQ(ontology->contexts().size(), 37U);
}

TEST(Ontology, EveryRuleNamesAKnownCameoCode) {
  const auto ontology = Ontology::open(kBuiltIn);
  ASSERT_TRUE(ontology.has_value());
  for (const auto& rule : ontology->rules()) {
    if (!rule.cameo.empty()) {
      EXPECT_NE(ontology->cameo(rule.cameo), nullptr) << rule.name;
    }
  }
}

TEST(Ontology, EveryCodeThatCameoComposesToIsKnown) {
  const auto ontology = Ontology::open(kBuiltIn);
  ASSERT_TRUE(ontology.has_value());
  for (const auto* code : {"071", "042", "163", "1723", "190", "0841"}) {
    const CameoRow* row = ontology->cameo(code);
    ASSERT_NE(row, nullptr) << code;
    for (const auto& other : {row->intend, row->appeal, row->demand, row->reject, row->threaten}) {
      if (!other.empty()) {
        EXPECT_NE(ontology->cameo(other), nullptr) << code << " " << other;
      }
    }
  }
}

TEST(Ontology, TriggersAreFoundByTheirHeadMostSpecificFirst) {
  const auto ontology = Ontology::open(kBuiltIn);
  ASSERT_TRUE(ontology.has_value());
  const auto triggers = ontology->triggers(ontology->words().find("impose"));
  ASSERT_GT(triggers.size(), 1U);
  for (std::size_t i = 1; i < triggers.size(); ++i) {
    EXPECT_GE(triggers[i - 1].specificity, triggers[i].specificity);
  }
  EXPECT_TRUE(ontology->triggers(ontology->words().find("zzzz")).empty());
}

TEST(Ontology, ARuleOfTheSameNameReplacesOurs) {
  const ExtraRules extra(
      "[[rule]]\nname = \"give-aid\"\nevent = \"AID\"\nverbs = [\"hand over\"]\n");
  const auto plain = Ontology::open(kBuiltIn);
  const auto changed = extra.open();
  ASSERT_TRUE(plain.has_value());
  ASSERT_TRUE(changed.has_value()) << changed.error().text();
  EXPECT_EQ(changed->rules().size(), plain->rules().size());
  EXPECT_NE(changed->checksum(), plain->checksum());
}

TEST(Ontology, ConfidenceRisesWithWhatSpeaksForAnEvent) {
  const auto ontology = Ontology::open(kBuiltIn);
  ASSERT_TRUE(ontology.has_value());
  const ConfidenceTable& table = ontology->confidence();
  ASSERT_FALSE(table.empty());
  const double bare = table.confidence({{"always", 1}});
  EXPECT_GT(bare, 0);
  EXPECT_LT(bare, 1);
  EXPECT_EQ(table.confidence({{"always", 1}, {"what no table names", 9}}), bare);
  EXPECT_LT(table.confidence({{"always", 1}, {"no recipient", 1}}), bare);
}

TEST(Ontology, ATableOfConfidenceMayBeGiven) {
  const ExtraRules extra("no recipient\t2.5\n", "confidence.tsv");
  const auto changed = extra.open();
  ASSERT_TRUE(changed.has_value()) << changed.error().text();
  EXPECT_GT(changed->confidence().confidence({{"no recipient", 1}}), 0.9);
}

TEST(Ontology, AFaultyRowOfConfidenceIsRefusedWithItsPlace) {
  const ExtraRules extra("# weights\nno recipient\tmuch\n", "confidence.tsv");
  const auto refused = extra.open();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "D0609");
  EXPECT_THAT(refused.error().message, testing::HasSubstr("confidence.tsv:2:"));
}

struct Fault {
  std::string name;
  std::string text;
  std::string code;
  std::string says;
};

class OntologyFaults : public testing::TestWithParam<Fault> {};

TEST_P(OntologyFaults, AreRefusedWithPlaceAndSuggestion) {
  const ExtraRules extra(GetParam().text);
  const auto ontology = extra.open();
  ASSERT_FALSE(ontology.has_value());
  EXPECT_EQ(ontology.error().code, GetParam().code);
  EXPECT_THAT(ontology.error().message, testing::HasSubstr(GetParam().says));
  EXPECT_THAT(ontology.error().message, testing::HasSubstr("AID.toml:"));
  EXPECT_THAT(ontology.error().message, testing::HasSubstr("^"));
}

INSTANTIATE_TEST_SUITE_P(
    Each, OntologyFaults,
    testing::Values(
        Fault{"Syntax", "[[rule]]\nname = \n", "D0602", "AID.toml:2:"},
        Fault{"Key", "[[rule]]\nname = \"x\"\nverb = [\"give\"]\n", "D0603",
              "Did you mean 'verbs'?"},
        Fault{"Mode", "[[rule]]\nname = \"x\"\nevent = \"CONSULT\"\nmode = \"vist\"\n", "D0604",
              "Did you mean 'visit'?"},
        Fault{"Set", "[[rule]]\nname = \"x\"\nevent = \"AID\"\nverbs = [\"give @ad\"]\n", "D0604",
              "Did you mean 'aid'?"},
        Fault{"Place", "[[rule]]\nname = \"x\"\nevent = \"AID\"\nrecipient = [\"objet\"]\n",
              "D0604", "Did you mean 'object'?"},
        Fault{"Event", "[[rule]]\nname = \"x\"\nevent = \"ASALT\"\n", "D0604",
              "Did you mean 'ASSAULT'?"},
        Fault{"Operator", "[[rule]]\nname = \"x\"\noperator = \"promis\"\n", "D0604",
              "Did you mean 'promise'?"},
        Fault{"Value", "[[rule]]\nname = \"x\"\nevent = \"AID\"\nweight = \"much\"\n", "D0605",
              "a number from 0 to 1"},
        Fault{"Nameless", "[[rule]]\nverbs = [\"give\"]\n", "D0606", "needs 'name'"},
        Fault{"Example", "[[rule]]\nname = \"x\"\nevent = \"AID\"\nexamples = [\"Hm.\"]\n", "D0607",
              "=> CHL -> PER"},
        Fault{"Twice",
              "[[rule]]\nname = \"x\"\nevent = \"AID\"\n[[rule]]\nname = \"x\"\nevent = \"AID\"\n",
              "D0608", "stands already in line 1"}),
    [](const testing::TestParamInfo<Fault>& each) { return each.param.name; });

TEST(Ontology, AFolderWithoutACategoryIsRefused) {
  const auto ontology = Ontology::open(std::filesystem::path(DETENTE_SOURCE_DIR) / "data/places");
  ASSERT_FALSE(ontology.has_value());
  EXPECT_EQ(ontology.error().code, "D0601");
}

}  // namespace
}  // namespace detente::events
