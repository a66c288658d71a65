// Without a model: parses are written by hand, one word as text/tag/dep/head.
#include "detente/attribute/attribute.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace detente::attribute {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Written {
  read::Document document;
  parse::ParsedDocument parsed;
};

struct Word {
  std::string_view text, lemma, pos, tag, dep;
  std::uint32_t head;
};

// One sentence; words are parted by one space.
Written written(const std::vector<Word>& words) {
  Written out;
  parse::Tokens& t = out.parsed.tokens;
  parse::ParsedDocument& p = out.parsed;
  for (const Word& word : words) {
    if (!out.document.text.empty()) out.document.text += ' ';
    t.begin.push_back(static_cast<std::uint32_t>(out.document.text.size()));
    out.document.text += word.text;
    t.end.push_back(static_cast<std::uint32_t>(out.document.text.size()));
    std::string lower(word.text);
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    t.lower.push_back(p.strings.intern(lower));
    t.lemma.push_back(p.strings.intern(word.lemma));
    t.pos.push_back(p.strings.intern(word.pos));
    t.tag.push_back(p.strings.intern(word.tag));
    t.dep.push_back(p.strings.intern(word.dep));
    t.ent_type.push_back(parse::label(""));
    t.head.push_back(word.head);
  }
  p.sentences.push_back({0, t.size()});
  return out;
}

const CueTables& tables() {
  static const Result<CueTables> opened =
      CueTables::open(std::filesystem::path(DETENTE_SOURCE_DIR) / "data");
  EXPECT_TRUE(opened) << opened.error().text();
  return *opened;
}

std::vector<std::string> told(const Written& w) {
  std::vector<std::string> lines;
  for (const Attribution& a : attribute(w.document, w.parsed, {}, tables()).attributions) {
    std::string line = a.source ? std::string(a.source->in(w.document.text)) : "-";
    for (const Reporter& r : a.via) line += " < " + std::string(r.source.in(w.document.text));
    line += ": " + std::string(a.content.in(w.document.text));
    lines.push_back(line);
  }
  return lines;
}

TEST(Attribute, FindsTheClauseOfAVerbOfSaying) {
  const Written w = written({{"Lima", "Lima", "PROPN", "NNP", "nsubj", 1},
                             {"said", "say", "VERB", "VBD", "ROOT", 1},
                             {"prices", "price", "NOUN", "NNS", "nsubj", 3},
                             {"fell", "fall", "VERB", "VBD", "ccomp", 1},
                             {".", ".", "PUNCT", ".", "punct", 1}});
  EXPECT_THAT(told(w), ElementsAre("Lima: prices fell"));
}

TEST(Attribute, KeepsTheChainOfVoices) {
  const Written w = written({{"Kyodo", "Kyodo", "PROPN", "NNP", "nsubj", 1},
                             {"reported", "report", "VERB", "VBD", "ROOT", 1},
                             {"Abe", "Abe", "PROPN", "NNP", "nsubj", 3},
                             {"said", "say", "VERB", "VBD", "ccomp", 1},
                             {"prices", "price", "NOUN", "NNS", "nsubj", 5},
                             {"fell", "fall", "VERB", "VBD", "ccomp", 3},
                             {".", ".", "PUNCT", ".", "punct", 1}});
  EXPECT_THAT(told(w), ElementsAre("Kyodo: Abe said prices fell", "Abe < Kyodo: prices fell"));
}

TEST(Attribute, LeavesActsAlone) {
  const Written w = written({{"Lima", "Lima", "PROPN", "NNP", "nsubj", 1},
                             {"promised", "promise", "VERB", "VBD", "ROOT", 1},
                             {"to", "to", "PART", "TO", "aux", 3},
                             {"help", "help", "VERB", "VB", "xcomp", 1},
                             {".", ".", "PUNCT", ".", "punct", 1}});
  EXPECT_THAT(told(w), IsEmpty());
}

TEST(Attribute, SaysNothingOfNothing) {
  EXPECT_THAT(told(written({})), IsEmpty());
  EXPECT_THAT(told(written({{"said", "say", "VERB", "VBD", "ROOT", 0}})), IsEmpty());
}

TEST(Attribute, ReadsWhoIsCitedBehindAComma) {
  const Written w = written({{"Prices", "price", "NOUN", "NNS", "nsubj", 1},
                             {"fell", "fall", "VERB", "VBD", "ROOT", 1},
                             {",", ",", "PUNCT", ",", "punct", 1},
                             {"according", "accord", "VERB", "VBG", "prep", 1},
                             {"to", "to", "ADP", "IN", "prep", 3},
                             {"Reuters", "Reuters", "PROPN", "NNP", "pobj", 4},
                             {".", ".", "PUNCT", ".", "punct", 1}});
  EXPECT_THAT(told(w), ElementsAre("Reuters: Prices fell"));
}

// Two sentences of two verbs; mentions 0 and 1 are the first words of each sentence.
struct Told {
  Written w;
  resolve::ResolvedDocument resolved;
};

Told two_sentences(std::string_view second_speaker, char gender) {
  Told told{written({{"Ochieng", "Ochieng", "PROPN", "NNP", "nsubj", 1},
                     {"said", "say", "VERB", "VBD", "ROOT", 1},
                     {"rain", "rain", "NOUN", "NN", "nsubj", 3},
                     {"came", "come", "VERB", "VBD", "ccomp", 1},
                     {second_speaker, second_speaker, "PRON", "PRP", "nsubj", 5},
                     {"added", "add", "VERB", "VBD", "ROOT", 5},
                     {"rivers", "river", "NOUN", "NNS", "nsubj", 7},
                     {"rose", "rise", "VERB", "VBD", "ccomp", 5}}),
            {}};
  told.w.parsed.sentences = {{0, 4}, {4, 8}};
  resolve::ResolvedDocument& r = told.resolved;
  for (const std::uint32_t token : {0U, 4U}) {
    const auto id = static_cast<std::uint32_t>(r.mentions.size());
    resolve::Mention mention;
    mention.tokens = {token, token + 1};
    mention.head_token = token;
    mention.type = resolve::MentionType::Person;
    mention.entity = resolve::EntityId{id};
    r.mentions.push_back(mention);
    resolve::Entity entity;
    entity.type = resolve::MentionType::Person;
    entity.gender = token == 0 ? gender : '?';
    entity.mentions = {resolve::MentionId{id}};
    r.entities.push_back(entity);
  }
  return told;
}

std::uint32_t second_speaker(const Told& told) {
  const auto found = attribute(told.w.document, told.w.parsed, told.resolved, tables());
  EXPECT_EQ(found.attributions.size(), 2U);
  const auto& speaker = found.attributions.back().speaker;
  return speaker ? speaker->value : 99;
}

TEST(Speakers, GoOnSpeaking) {
  EXPECT_EQ(second_speaker(two_sentences("he", 'm')), 0U);
  EXPECT_EQ(second_speaker(two_sentences("he", '?')), 0U);
  EXPECT_EQ(second_speaker(two_sentences("they", 'm')), 0U);
}

TEST(Speakers, FitTheirPronoun) {
  EXPECT_EQ(second_speaker(two_sentences("she", 'm')), 1U);
  EXPECT_EQ(second_speaker(two_sentences("it", 'm')), 1U);
  EXPECT_EQ(second_speaker(two_sentences("we", 'm')), 1U);
}

// A tree that is nothing but wrong must still give spans that lie within the text.
TEST(Attribute, SurvivesAnyTree) {
  const std::vector<std::string_view> texts{"said", ",",  "\"", "according", "to",     "Kim",
                                            "that", "he", ".",  "report",    "citing", ":"};
  const std::vector<std::string_view> tags{"VBD", ",", "NNP", "IN", "PRP", "VBG", "NN"};
  const std::vector<std::string_view> deps{"nsubj", "ccomp", "ROOT",  "parataxis", "advcl",
                                           "pobj",  "acl",   "xcomp", "relcl",     "conj"};
  std::uint32_t state = 12345;
  const auto next = [&](std::size_t n) {
    state = state * 1664525U + 1013904223U;
    return static_cast<std::uint32_t>((state >> 8) % n);
  };
  for (int round = 0; round < 3000; ++round) {
    std::vector<Word> words;
    const std::uint32_t n = 1 + next(14);
    for (std::uint32_t i = 0; i < n; ++i) {
      const std::string_view text = texts[next(texts.size())];
      const std::string_view lemma = text == "said" ? "say" : text;
      // Heads point to a root or to the left, so that there is no circle.
      const std::uint32_t head = i == 0 || next(5) == 0 ? i : next(i);
      words.push_back({text, lemma, next(2) == 0 ? "PROPN" : "VERB", tags[next(tags.size())],
                       deps[next(deps.size())], head});
    }
    const Written w = written(words);
    for (const Attribution& a : attribute(w.document, w.parsed, {}, tables()).attributions) {
      EXPECT_FALSE(a.cue.overlaps(a.content)) << w.document.text;
      EXPECT_LT(a.cue.begin, a.cue.end);
      EXPECT_LT(a.content.begin, a.content.end);
      EXPECT_LE(a.content.end, w.document.text.size());
      if (a.source) {
        EXPECT_LT(a.source->begin, a.source->end);
        EXPECT_LE(a.source->end, w.document.text.size());
      }
    }
  }
}

TEST(CueTables, RefusesAFaultyRowWithItsLine) {
  namespace fs = std::filesystem;
  const fs::path from = fs::path(DETENTE_SOURCE_DIR) / "data" / "attribution";
  const fs::path to = fs::path(testing::TempDir()) / "detente_cues" / "attribution";
  fs::create_directories(to);
  for (const auto& entry : fs::directory_iterator(from)) {
    fs::copy_file(entry.path(), to / entry.path().filename(), fs::copy_options::overwrite_existing);
  }
  const auto refusal = [&](std::string_view rows) {
    std::ofstream(to / "states.tsv") << "word\tkind\tstance\texample\n" << rows;
    const auto opened = CueTables::open(to.parent_path());
    return opened ? std::string("none") : opened.error().text();
  };
  EXPECT_EQ(refusal("sure\tthought\tasserts\tis sure that it rains\n"), "none");
  EXPECT_THAT(refusal("sure\tthougt\tasserts\tis sure that it rains\n"),
              AllOf(HasSubstr("D0501"), HasSubstr("states.tsv:2: 'thougt' is no kind")));
  EXPECT_THAT(refusal("sure\tthought\tasserts\t\n"),
              AllOf(HasSubstr("D0502"), HasSubstr("states.tsv:2: nothing stands under example")));
  EXPECT_THAT(
      refusal("sure\tthought\tasserts\ta\nsure\tthought\tdoubts\tb\n"),
      AllOf(HasSubstr("D0503"), HasSubstr("states.tsv:3: 'sure' has a row already, in line 2")));
  fs::remove_all(to.parent_path());
}

}  // namespace
}  // namespace detente::attribute
