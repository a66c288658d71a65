#include "detente/parse/attribute_ruler.h"

#include <algorithm>

#include "detente/base/assert.h"
#include "detente/base/mapped_file.h"
#include "detente/base/utf8.h"
#include "detente/parse/errors.h"
#include "detente/parse/msgpack_value.h"

namespace detente::parse {
namespace {

constexpr std::size_t kFirstSlots = 1U << 10;
constexpr std::size_t kMostRules = 60'000;
constexpr std::string_view kSection = "attribute_ruler.patterns";

enum class Attribute : std::uint8_t {
  Orth,
  Lower,
  Norm,
  Tag,
  Dep,
  IsSpace,
  IsAlpha,
  IsDigit,
  IsTitle,
  IsUpper
};
struct AttributeName {
  std::string_view name;
  Attribute attribute;
};
constexpr auto kAttributeNames = std::to_array<AttributeName>({{"ORTH", Attribute::Orth},
                                                               {"TEXT", Attribute::Orth},
                                                               {"LOWER", Attribute::Lower},
                                                               {"NORM", Attribute::Norm},
                                                               {"TAG", Attribute::Tag},
                                                               {"DEP", Attribute::Dep},
                                                               {"IS_SPACE", Attribute::IsSpace},
                                                               {"IS_ALPHA", Attribute::IsAlpha},
                                                               {"IS_DIGIT", Attribute::IsDigit},
                                                               {"IS_TITLE", Attribute::IsTitle},
                                                               {"IS_UPPER", Attribute::IsUpper}});

// What a rule may set; indexes of RulerCache::Entry::winner.
enum Target : std::uint8_t { kPos, kTag, kDep, kMorph, kLemma };
constexpr auto kTargetNames =
    std::to_array<std::string_view>({"POS", "TAG", "DEP", "MORPH", "LEMMA"});

std::uint32_t hash_of(LexemeId lexeme, StringId tag, StringId dep) {
  std::uint64_t h = lexeme.value * 0x9E3779B97F4A7C15ULL;
  h ^= (std::uint64_t{tag.value} << 32 | dep.value) * 0xC2B2AE3D27D4EB4FULL;
  return static_cast<std::uint32_t>(h ^ (h >> 32));
}

}  // namespace

struct AttributeRuler::Test {
  enum class Kind : std::uint8_t { Is, In, NotIn, Regex, Flag };
  Attribute attribute = Attribute::Orth;
  Kind kind = Kind::Is;
  bool flag = false;
  std::vector<std::string> texts;  // of the word, to compare with
  std::vector<StringId> labels;    // of tag and arc
  std::optional<Regex> regex;

  [[nodiscard]] bool holds(const Lexeme& lexeme, StringId tag, StringId dep,
                           RegexScratch& scratch) const {
    switch (attribute) {
      case Attribute::Orth:
        return holds_text(lexeme.text, scratch);
      case Attribute::Lower:
        return holds_text(lexeme.lower, scratch);
      case Attribute::Norm:
        return holds_text(lexeme.norm_text, scratch);
      case Attribute::Tag:
        return holds_label(tag);
      case Attribute::Dep:
        return holds_label(dep);
      case Attribute::IsSpace:
        return lexeme.is_space == flag;
      case Attribute::IsAlpha:
        return lexeme.is_alpha == flag;
      case Attribute::IsDigit:
        return lexeme.is_digit == flag;
      case Attribute::IsTitle:
        return lexeme.is_title == flag;
      case Attribute::IsUpper:
        return lexeme.is_upper == flag;
    }
    return false;
  }

 private:
  [[nodiscard]] bool holds_text(std::string_view text, RegexScratch& scratch) const {
    if (kind == Kind::Regex)
      return regex->may_match(text) && utf8::is_valid(text) && regex->search(text, scratch);
    const bool found = std::find(texts.begin(), texts.end(), text) != texts.end();
    return found != (kind == Kind::NotIn);
  }
  [[nodiscard]] bool holds_label(StringId label) const {
    const bool found = std::find(labels.begin(), labels.end(), label) != labels.end();
    return found != (kind == Kind::NotIn);
  }
};

struct AttributeRuler::Pattern {
  std::uint32_t rule = 0;
  std::vector<std::vector<Test>> tokens;
};

struct AttributeRuler::Rule {
  std::array<bool, RulerCache::kAttributes> sets{};
  StringId pos;
  StringId tag;
  StringId dep;
  MorphId morph;
  RuledLemma lemma;
  std::int64_t index = 0;  // which token of the match; negative: from its end
};

AttributeRuler::AttributeRuler() = default;
AttributeRuler::AttributeRuler(AttributeRuler&&) noexcept = default;
AttributeRuler& AttributeRuler::operator=(AttributeRuler&&) noexcept = default;
AttributeRuler::~AttributeRuler() = default;

// ---------------------------------------------------------------- loading

class AttributeRuler::Loader {
 public:
  Loader(AttributeRuler& ruler, StringPool& labels) : ruler_(ruler), labels_(labels) {}

  Result<void> load(const MsgpackValue& rules) {
    if (rules.size() > kMostRules) return refused(rules, "more rules than 60,000");
    for (std::size_t i = 0; i < rules.size(); ++i) DETENTE_TRY_VOID(load_rule(rules.item(i)));
    return {};
  }

 private:
  static Error refused(const MsgpackValue& at, std::string_view why) {
    return errors::rule_refused(at.file(), at.path(), why);
  }

  Result<void> load_rule(const MsgpackValue& value) {
    Rule rule;
    DETENTE_TRY(const MsgpackValue attrs_value, value.at("attrs"));
    DETENTE_TRY(const MsgpackValue attrs, attrs_value.map());
    for (std::size_t i = 0; i < attrs.size(); ++i) {
      DETENTE_TRY(const std::string_view name, attrs.key(i).string());
      DETENTE_TRY(const std::string_view text, attrs.item(i).string());
      const auto target = std::find(kTargetNames.begin(), kTargetNames.end(), name);
      if (target == kTargetNames.end())
        return refused(attrs.item(i), "setting '" + std::string(name) + "' is not known");
      set(rule, static_cast<Target>(target - kTargetNames.begin()), text);
    }
    if (const auto index = value.find("index")) {
      DETENTE_TRY(rule.index, index->integer());
    }
    DETENTE_TRY(const MsgpackValue patterns_value, value.at("patterns"));
    DETENTE_TRY(const MsgpackValue patterns, patterns_value.array());
    for (std::size_t i = 0; i < patterns.size(); ++i) {
      DETENTE_TRY(const MsgpackValue tokens, patterns.item(i).array());
      DETENTE_TRY_VOID(load_pattern(tokens, rule.index));
    }
    ruler_.rules_.push_back(rule);
    return {};
  }

  void set(Rule& rule, Target target, std::string_view text) {
    const auto index_in = [&](std::vector<std::string>& list) {
      const auto index = std::find(list.begin(), list.end(), text) - list.begin();
      if (static_cast<std::size_t>(index) == list.size()) list.emplace_back(text);
      return static_cast<std::uint16_t>(index);
    };
    rule.sets[target] = true;
    switch (target) {
      case kPos:
        rule.pos = labels_.intern(text);
        break;
      case kTag:
        rule.tag = labels_.intern(text);
        break;
      case kDep:
        rule.dep = labels_.intern(text);
        break;
      case kMorph:
        if (text == "_") text = "";
        rule.morph = MorphId{index_in(ruler_.morphs_)};
        break;
      case kLemma:
        rule.lemma = RuledLemma{index_in(ruler_.lemmas_)};
        break;
    }
  }

  Result<void> load_pattern(const MsgpackValue& tokens, std::int64_t index) {
    const auto n = static_cast<std::int64_t>(tokens.size());
    if (n == 0) return refused(tokens, "a pattern without tokens");
    if (index >= n || index < -n) return refused(tokens, "the index lies outside the pattern");
    Pattern pattern;
    pattern.rule = static_cast<std::uint32_t>(ruler_.rules_.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      DETENTE_TRY(const MsgpackValue spec, tokens.item(i).map());
      std::vector<Test> tests;
      for (std::size_t t = 0; t < spec.size(); ++t) {
        DETENTE_TRY(const std::string_view name, spec.key(t).string());
        DETENTE_TRY(Test test, load_test(name, spec.item(t)));
        tests.push_back(std::move(test));
      }
      pattern.tokens.push_back(std::move(tests));
    }
    const auto number = static_cast<std::uint32_t>(ruler_.patterns_.size());
    const auto& first = pattern.tokens.front();
    const auto by_tag = std::find_if(first.begin(), first.end(), [](const Test& test) {
      return test.attribute == Attribute::Tag &&
             (test.kind == Test::Kind::Is || test.kind == Test::Kind::In);
    });
    if (by_tag == first.end()) {
      ruler_.patterns_of_any_tag_.push_back(number);
    } else {
      for (const StringId tag : by_tag->labels) {
        auto& list = ruler_.patterns_of_tag_[tag];
        if (list.empty() || list.back() != number) list.push_back(number);
      }
    }
    ruler_.patterns_.push_back(std::move(pattern));
    return {};
  }

  Result<Test> load_test(std::string_view name, const MsgpackValue& value) {
    const auto known = std::find_if(kAttributeNames.begin(), kAttributeNames.end(),
                                    [&](const AttributeName& a) { return a.name == name; });
    if (known == kAttributeNames.end())
      return refused(value, "matching by '" + std::string(name) + "' is not known");
    Test test;
    test.attribute = known->attribute;
    if (test.attribute >= Attribute::IsSpace) {
      test.kind = Test::Kind::Flag;
      DETENTE_TRY(test.flag, value.boolean());
      return test;
    }
    if (value.is_string()) {
      DETENTE_TRY_VOID(add_text(test, value));
      return test;
    }
    DETENTE_TRY(const MsgpackValue predicate, value.map());
    if (predicate.size() != 1) return refused(value, "one operator at a time");
    DETENTE_TRY(const std::string_view op, predicate.key(0).string());
    const MsgpackValue operand = predicate.item(0);
    if (op == "REGEX" && test.attribute != Attribute::Tag && test.attribute != Attribute::Dep) {
      test.kind = Test::Kind::Regex;
      DETENTE_TRY(const std::string_view pattern, operand.string());
      const std::string where = std::string(value.file()) + ": " + operand.path();
      DETENTE_TRY(test.regex, Regex::compile(pattern, where, Regex::Where::Anywhere));
    } else if (op == "IN" || op == "NOT_IN") {
      test.kind = op == "IN" ? Test::Kind::In : Test::Kind::NotIn;
      DETENTE_TRY(const MsgpackValue list, operand.array());
      for (std::size_t i = 0; i < list.size(); ++i) DETENTE_TRY_VOID(add_text(test, list.item(i)));
    } else {
      return refused(value, "the operator '" + std::string(op) + "' is not known here");
    }
    return test;
  }

  Result<void> add_text(Test& test, const MsgpackValue& value) {
    DETENTE_TRY(const std::string_view text, value.string());
    if (test.attribute == Attribute::Tag || test.attribute == Attribute::Dep) {
      test.labels.push_back(labels_.intern(text));
    } else {
      test.texts.emplace_back(text);
    }
    return {};
  }

  AttributeRuler& ruler_;
  StringPool& labels_;
};

Result<AttributeRuler> AttributeRuler::open(const nn::ModelFile& model, StringPool& labels) {
  if (!model.find(kSection)) return AttributeRuler();
  DETENTE_TRY(const std::string_view bytes, model.text(kSection));
  return from_bytes(std::string(bytes),
                    model.path().string() + ": section " + std::string(kSection), labels);
}

Result<AttributeRuler> AttributeRuler::from_bytes(std::string bytes, std::string name,
                                                  StringPool& labels) {
  DETENTE_TRY(const auto document, MsgpackDocument::parse(std::move(bytes), std::move(name)));
  DETENTE_TRY(const MsgpackValue rules, document->root().array());
  AttributeRuler ruler;
  DETENTE_TRY_VOID(Loader(ruler, labels).load(rules));
  return ruler;
}

Result<void> convert_attribute_ruler(const std::filesystem::path& folder,
                                     nn::ModelFileWriter& writer) {
  const std::filesystem::path path = folder / "attribute_ruler" / "patterns";
  if (!std::filesystem::exists(path)) return {};
  DETENTE_TRY(const MappedFile file, MappedFile::open(path));
  StringPool labels;
  DETENTE_TRY(const AttributeRuler understood,
              AttributeRuler::from_bytes(std::string(file.text()), path.string(), labels));
  static_cast<void>(understood);
  writer.add(kSection, file.text());
  return {};
}

// ---------------------------------------------------------------- applying

void RulerCache::clear() {
  entries_.clear();
  slots_.clear();
  long_patterns_.clear();
}

void RulerCache::grow() {
  slots_.assign(std::max(kFirstSlots, slots_.size() * 2), 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& e = entries_[i];
    std::size_t slot = hash_of(LexemeId{e.lexeme}, e.tag, e.dep) & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

bool AttributeRuler::holds(const std::vector<Test>& tests, const Lexeme& lexeme, StringId tag,
                           StringId dep, RegexScratch& scratch) const {
  return std::all_of(tests.begin(), tests.end(),
                     [&](const Test& test) { return test.holds(lexeme, tag, dep, scratch); });
}

std::uint32_t AttributeRuler::find_entry(LexemeId lexeme, StringId tag, StringId dep,
                                         const LexemeTable& lexemes, RulerCache& cache) const {
  if (cache.entries_.size() * 2 >= cache.slots_.size()) cache.grow();
  const std::size_t mask = cache.slots_.size() - 1;
  std::size_t slot = hash_of(lexeme, tag, dep) & mask;
  for (; cache.slots_[slot] != 0; slot = (slot + 1) & mask) {
    const RulerCache::Entry& known = cache.entries_[cache.slots_[slot] - 1];
    if (known.lexeme == lexeme.value && known.tag == tag && known.dep == dep)
      return cache.slots_[slot] - 1;
  }
  RulerCache::Entry entry;
  entry.lexeme = lexeme.value;
  entry.tag = tag;
  entry.dep = dep;
  entry.first_long = static_cast<std::uint32_t>(cache.long_patterns_.size());
  const auto try_pattern = [&](std::uint32_t number) {
    const Pattern& pattern = patterns_[number];
    if (!holds(pattern.tokens.front(), lexemes[lexeme], tag, dep, cache.scratch_)) return;
    if (pattern.tokens.size() > 1) {
      cache.long_patterns_.push_back(number);
      return;
    }
    const Rule& rule = rules_[pattern.rule];
    for (std::size_t a = 0; a < rule.sets.size(); ++a) {
      if (rule.sets[a])
        entry.winner[a] = std::max(entry.winner[a], static_cast<std::uint16_t>(pattern.rule + 1));
    }
  };
  if (const auto of_tag = patterns_of_tag_.find(tag); of_tag != patterns_of_tag_.end())
    std::for_each(of_tag->second.begin(), of_tag->second.end(), try_pattern);
  std::for_each(patterns_of_any_tag_.begin(), patterns_of_any_tag_.end(), try_pattern);
  entry.n_long = static_cast<std::uint32_t>(cache.long_patterns_.size()) - entry.first_long;
  cache.entries_.push_back(entry);
  cache.slots_[slot] = static_cast<std::uint32_t>(cache.entries_.size());
  return cache.slots_[slot] - 1;
}

// Patterns of several tokens that begin at `at`: the token each hit speaks of, and its rule.
void AttributeRuler::apply_long(const RuledTokens& tokens, std::size_t at,
                                const RulerCache::Entry& entry, const LexemeTable& lexemes,
                                RulerCache& cache,
                                std::vector<std::pair<std::size_t, std::uint32_t>>& hits) const {
  for (std::uint32_t i = 0; i < entry.n_long; ++i) {
    const Pattern& pattern = patterns_[cache.long_patterns_[entry.first_long + i]];
    if (at + pattern.tokens.size() > tokens.lexeme.size()) continue;
    bool all = true;
    for (std::size_t t = 1; t < pattern.tokens.size() && all; ++t) {
      all = holds(pattern.tokens[t], lexemes[tokens.lexeme[at + t]], tokens.tag[at + t],
                  tokens.dep[at + t], cache.scratch_);
    }
    if (!all) continue;
    const std::int64_t index = rules_[pattern.rule].index;
    const auto size = static_cast<std::int64_t>(pattern.tokens.size());
    hits.emplace_back(at + static_cast<std::size_t>(index < 0 ? size + index : index),
                      pattern.rule);
  }
}

void AttributeRuler::apply(const RuledTokens& tokens, const LexemeTable& lexemes,
                           RulerCache& cache) const {
  const std::size_t n = tokens.lexeme.size();
  auto& entry_of_token = cache.entry_of_token_;
  entry_of_token.resize(n);
  std::vector<std::pair<std::size_t, std::uint32_t>> hits;  // rare
  for (std::size_t i = 0; i < n; ++i) {
    entry_of_token[i] = find_entry(tokens.lexeme[i], tokens.tag[i], tokens.dep[i], lexemes, cache);
    const RulerCache::Entry& entry = cache.entries_[entry_of_token[i]];
    if (entry.n_long > 0) apply_long(tokens, i, entry, lexemes, cache, hits);
  }
  std::sort(hits.begin(), hits.end());
  auto hit = hits.begin();
  for (std::size_t i = 0; i < n; ++i) {
    auto winner = cache.entries_[entry_of_token[i]].winner;
    for (; hit != hits.end() && hit->first == i; ++hit) {
      const Rule& rule = rules_[hit->second];
      for (std::size_t a = 0; a < winner.size(); ++a) {
        if (rule.sets[a])
          winner[a] = std::max(winner[a], static_cast<std::uint16_t>(hit->second + 1));
      }
    }
    const auto rule_for = [&](Target target) -> const Rule* {
      return winner[target] == 0 ? nullptr : &rules_[winner[target] - 1U];
    };
    const Rule* rule = rule_for(kPos);
    tokens.pos[i] = rule != nullptr ? rule->pos : StringId{};
    rule = rule_for(kMorph);
    tokens.morph[i] = rule != nullptr ? rule->morph : MorphId{};
    rule = rule_for(kLemma);
    tokens.lemma[i] = rule != nullptr ? rule->lemma : RuledLemma{};
    if (rule = rule_for(kTag); rule != nullptr) tokens.tag[i] = rule->tag;
    if (rule = rule_for(kDep); rule != nullptr) tokens.dep[i] = rule->dep;
  }
}

}  // namespace detente::parse
