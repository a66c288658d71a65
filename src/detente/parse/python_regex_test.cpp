#include "detente/parse/python_regex.h"

#include <gtest/gtest.h>

#include "detente/parse/regex.h"

namespace detente::parse {
namespace {

RegexFacts facts(std::string_view pattern) {
  const auto translated = translate_python_regex(pattern, "p");
  EXPECT_TRUE(translated) << (translated ? "" : translated.error().text());
  return translated ? translated->facts : RegexFacts();
}

struct SearchCase {
  std::string_view pattern;
  std::string_view text;
  std::string_view found;  // "-": no match
};

class PythonRegex : public testing::TestWithParam<SearchCase> {};

TEST_P(PythonRegex, FindsWhatReSearchFinds) {
  const SearchCase& c = GetParam();
  const auto regex = Regex::compile(c.pattern, "p", Regex::Where::Anywhere);
  ASSERT_TRUE(regex) << regex.error().text();
  RegexScratch scratch;
  const auto match = regex->search(c.text, scratch);
  EXPECT_EQ(match ? c.text.substr(match->begin, match->size()) : "-", c.found);
  EXPECT_TRUE(!match || match->size() == 0 || regex->may_match(c.text));
}

// Expected values: re.search of Python 3.11.
INSTANTIATE_TEST_SUITE_P(
    Cases, PythonRegex,
    testing::Values(
        SearchCase{"^US\\$|^\\$", "US$5", "US$"}, SearchCase{"^US\\$|^\\$", "5US$", "-"},
        SearchCase{"\\.\\.+$|…$", "so...", "..."}, SearchCase{"(?<=[0-9])(?:km|m)$", "10km", "km"},
        SearchCase{"(?<=[0-9])(?:km|m)$", "film", "-"},
        SearchCase{"m$", "m\n", "m"},    // $ lets a last line break pass
        SearchCase{"m\\Z", "m\n", "-"},  // \Z does not
        SearchCase{"[\\u00e0-\\u00ff]+", "déjà", "é"}, SearchCase{"\\U0001F600", "x😀", "😀"},
        SearchCase{"\\w+", "!café_1²", "café_1²"},
        SearchCase{"\\w+", "e\xCC\x81", "e"},  // marks are no \w
        SearchCase{"\\d+", "x٣३²", "٣३"}, SearchCase{"\\s", "a\x1C", "\x1C"},
        SearchCase{"\\s", "a\xE1\xA0\x8E", "-"},  // U+180E is no space in Python
        SearchCase{"[^\\s]+", " \xC2\xA0xy z", "xy"}, SearchCase{"[\\Sx]+", " ab", "ab"},
        SearchCase{"\\S+",
                   "\x1F"
                   "ab c",
                   "ab"},
        SearchCase{"[\\w.-]+@", "to a.b-c@d", "a.b-c@"}, SearchCase{"[]a]+", "b]a", "]a"},
        SearchCase{"[a-]+", "b-a", "-a"}, SearchCase{"[^]]", "]x", "x"},
        SearchCase{"a{2}", "aaa", "aa"}, SearchCase{"a{,2}b", "aaab", "aab"},
        SearchCase{"a{x}", "a{x}", "a{x}"}, SearchCase{"a+?", "aaa", "a"},
        SearchCase{"(?:ab)+", "xababa", "abab"}, SearchCase{"\\bis\\b", "this is", "is"},
        SearchCase{"\\Bs", "s as", "s"}, SearchCase{"(?i)nato", "NATO", "NATO"},
        SearchCase{"(?u)x", "x", "x"}, SearchCase{".", "\n", "-"}, SearchCase{"(?s).", "\n", "\n"},
        SearchCase{"(a)(b)\\2", "abb", "abb"}, SearchCase{"(?P<n>a)b", "ab", "ab"},
        SearchCase{"a(?#note)b", "ab", "ab"}, SearchCase{"a|b|", "c", ""},
        SearchCase{"(?!10)[0-9]+", "10", "0"},
        SearchCase{"[\\u00a1-\\uffff]", "語", "語"},  // the range spans the surrogates
        SearchCase{"\\x41\\n\\t\\0", std::string_view("A\n\t\0", 4),
                   std::string_view("A\n\t\0", 4)}));

TEST(PythonRegexFacts, KnowWhatATextNeeds) {
  const RegexFacts suffix = facts("(?<=[0-9])(?:km|m|%)$|,$|\\.\\.+$");
  EXPECT_TRUE(suffix.only_at_end);
  EXPECT_FALSE(suffix.only_at_start);
  EXPECT_TRUE(suffix.needs.meets(CharacterSet::of("5")));
  EXPECT_FALSE(suffix.needs.meets(CharacterSet::of("word")));
  EXPECT_TRUE(suffix.last.has('m'));
  EXPECT_FALSE(suffix.last.has('k'));
  EXPECT_EQ(suffix.longest, 2U);
  EXPECT_TRUE(suffix.long_set.has('.'));
  EXPECT_FALSE(suffix.long_set.has('k'));

  const RegexFacts prefix = facts("^\\(|^US\\$|^\\+(?![0-9])");
  EXPECT_TRUE(prefix.only_at_start);
  EXPECT_TRUE(prefix.first.has('U'));
  EXPECT_FALSE(prefix.first.has('S'));
  EXPECT_FALSE(prefix.needs.has('U'));
  EXPECT_TRUE(prefix.needs.has('$'));

  const RegexFacts infix = facts("(?<=[a-z])-(?=[a-z])|…|(?<=[a-z]),(?=[a-z])");
  EXPECT_FALSE(infix.needs.meets(CharacterSet::of("ceasefire2")));
  EXPECT_TRUE(infix.needs.meets(CharacterSet::of("cease-fire")));
  EXPECT_TRUE(infix.needs.others);
}

TEST(PythonRegexFacts, PromiseNothingWhenNothingIsKnown) {
  for (const std::string_view pattern : {"a*", "(?i)ab", "x?", "(?!a)", ""}) {
    CharacterSet all;
    all.add_all();
    EXPECT_EQ(facts(pattern).needs, all) << pattern;
  }
  EXPECT_FALSE(facts("^a|b").only_at_start);
  EXPECT_FALSE(facts("a$|b").only_at_end);
  EXPECT_GT(facts("(?:ab){500}").long_set.low + facts("(?:ab){500}").long_set.high, 0U);
}

TEST(PythonRegexRefusal, SaysWhereAndWhy) {
  const auto refused = translate_python_regex("ab(?(1)c|d)", "tokenizer: prefix_search");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "D0307");
  EXPECT_NE(refused.error().message.find("'tokenizer: prefix_search', byte 3"), std::string::npos)
      << refused.error().message;
  for (const std::string_view pattern :
       {"(", ")", "[a", "a**", "*a", "a{5,2}", "a{99999}", "\\", "[b-a]", "\\q", "(?x)a b",
        "(?P=n)", "[\\W]", "\\u12", "(?<name>a)", "\xFF", "(?:a", "[a-\\d]"}) {
    EXPECT_FALSE(Regex::compile(pattern, "p", Regex::Where::Anywhere)) << pattern;
  }
  EXPECT_FALSE(translate_python_regex(std::string(5000, '('), "p"));
}

TEST(RegexSearch, FindsAllAsFinditerDoes) {
  const auto all = [](std::string_view pattern, std::string_view text) {
    const auto regex = Regex::compile(pattern, "p", Regex::Where::Anywhere);
    EXPECT_TRUE(regex);
    RegexScratch scratch;
    std::vector<RegexMatch> matches;
    regex->find_all(text, scratch, matches);
    std::string out;
    for (const RegexMatch& m : matches)
      out += std::to_string(m.begin) + "-" + std::to_string(m.end) + " ";
    return out;
  };
  // Expected values: re.finditer of Python 3.11.
  EXPECT_EQ(all("-", "a-b--c"), "1-2 3-4 4-5 ");
  EXPECT_EQ(all("x*", "axxb"), "0-0 1-3 3-3 4-4 ");
  EXPECT_EQ(all("(?<=a)|b", "abab"), "1-1 1-2 3-3 3-4 ");
  EXPECT_EQ(all("é|", "éa"), "0-2 2-2 3-3 ");
  EXPECT_EQ(all("q", "abc"), "");
}

TEST(RegexSearch, HoldsAtTheStartWhenAsked) {
  const auto regex = Regex::compile("b|c", "p", Regex::Where::AtStart);
  ASSERT_TRUE(regex);
  RegexScratch scratch;
  EXPECT_FALSE(regex->search("ab", scratch));
  EXPECT_TRUE(regex->search("ba", scratch));
}

TEST(RegexSearch, GivesUpInsteadOfRunningForEver) {
  const auto regex = Regex::compile("(?:a|aa)+$", "p", Regex::Where::Anywhere);
  ASSERT_TRUE(regex);
  RegexScratch scratch;
  EXPECT_FALSE(regex->search(std::string(60, 'a') + "b", scratch));
}

}  // namespace
}  // namespace detente::parse
