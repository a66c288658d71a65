// Reports and the events that they tell. An expectation is a line per event, in text order:
//   CATEGORY/mode,mode ACTOR+ACTOR -> RECIPIENT [auxiliary modes] FIRST..LAST dead=2 size=300..999
// with ISO codes; days only where the text gives them; "nothing" where it tells no event.
// Also the examples of every rule: "sentence => ACTOR -> RECIPIENT".

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "case_file.h"
#include "coder_for_tests.h"

namespace detente::cases {
namespace {

constexpr const char* kPublished = "2022-04-22";

std::vector<std::string> check(CoderForTests& coder, const Case& c) {
  const auto published = c.keys.find("published");
  std::vector<std::string> lines;
  for (auto& coded :
       coder.code(c.text, published == c.keys.end() ? kPublished : published->second)) {
    lines.push_back(std::move(coded.line));
  }
  if (lines.empty()) lines.emplace_back("nothing");
  return lines;
}

TEST(EventCases, AreAsWritten) {
  std::string why_not;
  const auto coder = CoderForTests::open(why_not);
  if (!coder) GTEST_SKIP() << why_not;
  run_cases("events", 500, [&](const Case& c) { return check(*coder, c); });
}

/// "AGREE CHL+PER -> BOL" behind the arrow of an example; the category may be the file's own.
struct Expected {
  std::string event;
  std::string actor;
  std::string recipient;
};

std::string in_order(const std::string& codes) {
  std::set<std::string> all;
  for (std::size_t begin = 0; begin < codes.size();) {
    const std::size_t end = std::min(codes.find('+', begin), codes.size());
    all.insert(codes.substr(begin, end - begin));
    begin = end + 1;
  }
  std::string out;
  for (const auto& code : all) out += (out.empty() ? "" : "+") + code;
  return out;
}

Expected expected_of(const std::string& text, const events::Ontology& ontology,
                     const events::Rule& rule) {
  Expected out;
  std::string sides = text;
  const std::string first = text.substr(0, text.find(' '));
  for (const auto& type : ontology.event_types()) {
    if (type.name == first) out.event = first;
  }
  if (!out.event.empty()) {
    sides.erase(0, std::min(first.size() + 1, sides.size()));
  } else if (rule.event) {
    out.event = ontology.event_type(*rule.event).name;
  }
  const std::size_t arrow = sides.find("-> ");
  std::string actor = sides.substr(0, arrow);
  while (!actor.empty() && actor.back() == ' ') actor.pop_back();
  out.actor = in_order(actor);
  if (arrow != std::string::npos) out.recipient = in_order(sides.substr(arrow + 3));
  return out;
}

TEST(RuleExamples, AreCodedAsTheirRuleSays) {
  std::string why_not;
  const auto coder = CoderForTests::open(why_not);
  if (!coder) GTEST_SKIP() << why_not;
  std::size_t n_examples = 0;
  for (const auto& rule : coder->ontology().rules()) {
    for (const auto& example : rule.examples) {
      ++n_examples;
      const Expected want = expected_of(example.expected, coder->ontology(), rule);
      std::string found;
      bool right = example.expected == "nothing";
      for (const auto& coded : coder->code(example.text, kPublished)) {
        found += "\n  " + coded.line;
        if (example.expected == "nothing") right = false;
        right = right || ((want.event.empty() || coded.event == want.event) &&
                          coded.actor == want.actor && coded.recipient == want.recipient);
      }
      EXPECT_NE(right, example.known_wrong)
          << rule.file << ":" << rule.line << " " << rule.name << "\n  " << example.text
          << "\n  => " << example.expected
          << (example.known_wrong ? "\n  has healed: move it from known_wrong to examples"
                                  : "\n  is coded as:" + found);
    }
  }
  EXPECT_GE(n_examples, 160U);
}

}  // namespace
}  // namespace detente::cases
