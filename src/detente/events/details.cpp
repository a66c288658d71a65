#include "detente/events/details.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <utility>

namespace detente::events {
namespace {

constexpr std::int64_t kMany = std::numeric_limits<std::int32_t>::max();

/// The token of a range whose head lies outside it.
std::uint32_t root_of(const DocumentView& view, parse::TokenRange range) {
  for (std::uint32_t t = range.begin; t < range.end; ++t) {
    const std::uint32_t up = view.head(t);
    if (up == t || !range.contains(up)) return t;
  }
  return range.begin;
}

/// "where he promised", "when they met"
bool is_adverbial_relative(const DocumentView& view, std::uint32_t verb) {
  const auto children = view.children.of(verb);
  return std::any_of(children.begin(), children.end(),
                     [&](std::uint32_t c) { return view.tag(c) == xpos::kWrb; });
}

/// How far a time or place is from the predicates: 0 hangs on them, higher on a clause above them;
/// none: on another clause.
std::optional<int> distance(const DocumentView& view, std::uint32_t from, const Meaning& meaning) {
  // Of the predicates whose time it is, the outermost comes first.
  auto rank = [&](std::uint32_t token) -> std::optional<int> {
    const auto found = std::find(meaning.dated_by.begin(), meaning.dated_by.end(), token);
    if (found == meaning.dated_by.end()) return std::nullopt;
    return found == meaning.dated_by.begin() ? 0 : 1;
  };
  // "its 2017 moratorium": the year of the thing, not of what is done with it.
  const StringId own = view.dep(from);
  const bool labels_noun =
      own == udep::kAmod || own == udep::kCompound || own == udep::kNummod || own == udep::kNmod;
  if (labels_noun && view.head(from) != meaning.dated_by.front()) return std::nullopt;
  // Upwards from the expression to the first verb or predicate.
  std::uint32_t t = from;
  std::uint32_t anchor = from;
  bool found = false;
  for (std::uint32_t steps = 0; steps < view.tokens.size(); ++steps) {
    if (const auto found_rank = rank(t)) return found_rank;
    if (t != from && view.is_verb(t)) {
      anchor = t;
      found = true;
      break;
    }
    if (view.head(t) == t) break;
    t = view.head(t);
  }
  if (!found) return std::nullopt;
  // "summits held in 2018": the participle belongs to its noun.
  const StringId d = view.dep(anchor);
  if (d == udep::kAcl || d == udep::kRelcl) {
    if (const auto found_rank = rank(view.head(anchor))) return found_rank;
  }
  // Upwards from the predicate: the clause may be dated by the one it belongs to.
  t = meaning.outer;
  for (int steps = 1; steps < 8; ++steps) {
    const StringId up_dep = view.dep(t);
    if (view.head(t) == t) break;
    if (up_dep == udep::kCcomp || up_dep == udep::kParataxis) break;
    if (up_dep == udep::kRelcl) {
      // "on Wednesday, where he promised …": the relative clause plays at the time it hangs on.
      if (!is_adverbial_relative(view, t)) break;
      if (view.head(t) == from) return steps;
    }
    t = view.head(t);
    if (t == anchor) return steps + 1;
  }
  return std::nullopt;
}

struct NumberWord {
  std::string_view word;
  std::int64_t min;
  std::int64_t max;
};

constexpr auto kNumberWords = std::to_array<NumberWord>({
    {"a", 1, 1},
    {"an", 1, 1},
    {"one", 1, 1},
    {"two", 2, 2},
    {"three", 3, 3},
    {"four", 4, 4},
    {"five", 5, 5},
    {"six", 6, 6},
    {"seven", 7, 7},
    {"eight", 8, 8},
    {"nine", 9, 9},
    {"ten", 10, 10},
    {"eleven", 11, 11},
    {"twelve", 12, 12},
    {"thirteen", 13, 13},
    {"fourteen", 14, 14},
    {"fifteen", 15, 15},
    {"sixteen", 16, 16},
    {"seventeen", 17, 17},
    {"eighteen", 18, 18},
    {"nineteen", 19, 19},
    {"twenty", 20, 20},
    {"thirty", 30, 30},
    {"forty", 40, 40},
    {"fifty", 50, 50},
    {"sixty", 60, 60},
    {"seventy", 70, 70},
    {"eighty", 80, 80},
    {"ninety", 90, 90},
    {"hundred", 100, 100},
    {"thousand", 1000, 1000},
    {"million", 1000000, 1000000},
    {"dozen", 12, 12},
    {"couple", 2, 2},
    {"both", 2, 2},
    {"dozens", 24, 99},
    {"scores", 40, 199},
    {"hundreds", 200, 999},
    {"thousands", 2000, 9999},
    {"tens", 20, 99},
    {"millions", 2000000, 9999999},
    {"several", 3, 9},
    {"few", 2, 5},
});

const NumberWord* number_word(std::string_view word) {
  for (const auto& row : kNumberWords) {
    if (row.word == word) return &row;
  }
  return nullptr;
}

std::optional<std::int64_t> digits(std::string_view text) {
  std::int64_t value = 0;
  bool any = false;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      value = value * 10 + (c - '0');
      any = true;
      if (value > kMany) return std::nullopt;
    } else if (c != ',') {
      return std::nullopt;
    }
  }
  if (!any) return std::nullopt;
  return value;
}

}  // namespace

std::optional<std::uint32_t> date_of(const DocumentView& view, const Meaning& meaning) {
  std::optional<std::uint32_t> best;
  int best_distance = std::numeric_limits<int>::max();
  const std::uint32_t sentence = view.sentence(meaning.trigger);
  for (std::uint32_t i = 0; i < view.resolved.dates.size(); ++i) {
    const auto& date = view.resolved.dates[i];
    if (date.tokens.size() == 0 || date.tokens.begin >= view.tokens.size()) continue;
    if (view.sentence(date.tokens.begin) != sentence) continue;
    const auto d = distance(view, root_of(view, date.tokens), meaning);
    if (!d) continue;
    // Of two at the same distance the nearer in the text wins.
    const auto gap =
        static_cast<int>(date.tokens.begin > meaning.trigger ? date.tokens.begin - meaning.trigger
                                                             : meaning.trigger - date.tokens.begin);
    const int score = *d * 1000 + gap;
    if (score < best_distance) {
      best_distance = score;
      best = i;
    }
  }
  return best;
}

std::optional<std::uint32_t> place_of(const DocumentView& view, const Meaning& meaning) {
  std::optional<std::uint32_t> best;
  int best_score = std::numeric_limits<int>::max();
  const std::uint32_t sentence = view.sentence(meaning.trigger);
  const auto prepositions = view.ontology.set("grammar-place-prepositions");
  for (std::uint32_t i = 0; i < view.resolved.places.size(); ++i) {
    const auto& place = view.resolved.places[i];
    if (place.tokens.size() == 0 || place.tokens.begin >= view.tokens.size()) continue;
    if (view.sentence(place.tokens.begin) != sentence) continue;
    const std::uint32_t root = root_of(view, place.tokens);
    const std::uint32_t up = view.head(root);
    if (view.dep(root) != udep::kPobj || !view.is_one_of(up, prepositions)) continue;
    const auto d = distance(view, up, meaning);
    if (!d) continue;
    const int score = *d * 10 - place.resolution;
    if (score < best_score) {
      best_score = score;
      best = i;
    }
  }
  return best;
}

std::optional<CountRange> count_at(const DocumentView& view, std::uint32_t token_idx) {
  std::optional<CountRange> count;
  const std::string_view own = view.lower_text(token_idx);
  if (view.pos(token_idx) == upos::kNum || number_word(own) != nullptr) {
    if (auto value = digits(own)) {
      count = CountRange{*value, *value};
    } else if (const auto* row = number_word(own)) {
      count = CountRange{row->min, row->max};
    }
  }
  std::uint32_t number = token_idx;
  if (!count) {
    for (const std::uint32_t c : view.children.of(token_idx)) {
      const StringId d = view.dep(c);
      if (d != udep::kNummod && !(d == udep::kAmod && number_word(view.lower_text(c)) != nullptr)) {
        continue;
      }
      count = count_at(view, c);
      number = c;
      if (count) break;
    }
  }
  if (!count) return std::nullopt;
  // "tens of thousands", "two dozen", "3 million": the words before and behind multiply.
  for (const std::uint32_t c : view.children.of(number)) {
    const StringId d = view.dep(c);
    if (d == udep::kCompound || d == udep::kNummod) {
      if (number == token_idx && view.pos(c) != upos::kNum) continue;
      if (auto value = digits(view.lower_text(c))) {
        count->min *= *value;
        count->max *= *value;
      } else if (const auto* row = number_word(view.lower_text(c));
                 row != nullptr && row->min < count->min) {
        count->min *= row->min;
        count->max *= row->max;
      }
    }
  }
  const std::string_view word = view.lower_text(number);
  if (word == "tens" || word == "hundreds") {
    for (const std::uint32_t p : view.children.of(number)) {
      if (view.lower_text(p) != "of") continue;
      for (const std::uint32_t o : view.children.of(p)) {
        const std::string_view what = view.lower_text(o);
        if (what == "thousands" || what == "millions") {
          const std::int64_t unit = what == "thousands" ? 1000 : 1000000;
          count->min *= unit;
          count->max = (count->max + 1) * unit - 1;
        }
      }
    }
  }
  // "at least", "more than", "up to", "about" stand right before the number.
  const std::uint32_t begin = view.subtree(number).begin;
  const std::uint32_t first = std::min(begin, number);
  auto before = [&](std::uint32_t back) -> std::string_view {
    return first >= back ? view.lower_text(first - back) : std::string_view();
  };
  bool at_least = false;
  bool at_most = false;
  for (std::uint32_t t = first; t < number; ++t) {
    const std::string_view w = view.lower_text(t);
    at_least = at_least || w == "least" || w == "more" || w == "over" || w == "than";
    at_most = at_most || w == "up" || w == "most";
  }
  at_least = at_least || before(1) == "over" || before(1) == "least" ||
             (before(1) == "than" && before(2) == "more");
  at_most = at_most || (before(1) == "to" && before(2) == "up");
  if (at_least && !at_most && count->min == count->max) count->max = kMany;
  if (at_most && count->min == count->max) count->min = 0;
  return count;
}

Size size_of(const DocumentView& view, FrameBuilder& frames, const Meaning& meaning) {
  Size size;
  const auto dead = view.ontology.set("size-dead");
  const auto injured = view.ontology.set("size-injured");
  const auto arrested = view.ontology.set("size-arrested");
  const auto crowd = view.ontology.set("size-crowd");
  const auto& sentence = view.parsed.sentences[view.sentence(meaning.trigger)];
  const std::string& type = view.ontology.event_type(meaning.event).name;
  auto take = [&](std::optional<CountRange>& into, std::uint32_t t) {
    if (into) return;
    const PredicateFrame& f = frames.frame(t);
    std::vector<std::uint32_t> counted;
    if (f.kind == FrameKind::Verb) {
      counted = f.patients;
      if (counted.empty()) counted = f.agents;  // "20 people died"
    } else if (f.kind == FrameKind::Noun) {
      counted = {t};
      for (const auto& oblique : f.obliques) {
        if (view.ontology.words().text(oblique.preposition) == "of") {
          counted.push_back(oblique.token);
        }
      }
    } else {
      counted = f.agents;
      counted.push_back(t);
    }
    for (const std::uint32_t c : counted) {
      if (auto count = count_at(view, c)) {
        into = count;
        return;
      }
    }
  };
  for (std::uint32_t t = sentence.begin; t < sentence.end; ++t) {
    if (type == "ASSAULT" || type == "PROTEST" || type == "COERCE") {
      if (view.is_one_of(t, dead)) take(size.dead, t);
      if (view.is_one_of(t, injured)) take(size.injured, t);
      if (view.is_one_of(t, arrested)) take(size.arrested, t);
    }
    if (type == "PROTEST" && view.is_one_of(t, crowd)) {
      if (auto count = count_at(view, t); count && !size.size) size.size = count;
    }
  }
  if (type == "PROTEST" && !size.size) {
    const PredicateFrame& f = frames.frame(meaning.trigger);
    for (const std::uint32_t agent : f.agents) {
      if (auto count = count_at(view, agent)) {
        size.size = count;
        break;
      }
    }
  }
  return size;
}

std::vector<std::string> contexts_of(const DocumentView& view, std::uint32_t sentence) {
  std::vector<std::string> out;
  const auto& range = view.parsed.sentences[sentence];
  for (const auto& row : view.ontology.contexts()) {
    bool shown = false;
    for (const auto& phrase : row.phrases) {
      for (std::uint32_t t = range.begin; t + phrase.size() <= range.end && !shown; ++t) {
        bool all = true;
        for (std::size_t i = 0; i < phrase.size() && all; ++i) {
          const auto at = t + static_cast<std::uint32_t>(i);
          all = view.lemma(at) == phrase[i] || view.lower(at) == phrase[i];
        }
        shown = all;
      }
      if (shown) break;
    }
    if (shown) out.push_back(row.name);
  }
  return out;
}

}  // namespace detente::events
