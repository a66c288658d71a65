#include "detente/events/details.h"

#include <algorithm>
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

namespace {

/// What the number's own words say: "2,000", "dozens".
std::optional<CountRange> own_count(const DocumentView& view, std::uint32_t token_idx) {
  if (auto value = digits(view.lower_text(token_idx))) {
    if (view.pos(token_idx) == upos::kNum) return CountRange{*value, *value};
    return std::nullopt;
  }
  const NumberWord* word = view.ontology.number(view.lower(token_idx));
  if (word == nullptr) return std::nullopt;
  return CountRange{word->min, word->max};
}

/// "two dozen", "3 million": what stands before multiplies.
void multiply(const DocumentView& view, std::uint32_t number, CountRange& count) {
  for (const std::uint32_t c : view.children.of(number)) {
    const StringId d = view.dep(c);
    if (d != udep::kCompound && d != udep::kNummod) continue;
    const auto factor = own_count(view, c);
    if (!factor || (view.pos(c) != upos::kNum && view.pos(number) != upos::kNum)) continue;
    const bool is_word = view.ontology.number(view.lower(c)) != nullptr;
    if (is_word && factor->min >= count.min) continue;
    count.min *= factor->min;
    count.max = *count.max * factor->min;
  }
}

/// "tens of thousands": what the number is of; the tree has either word on top.
void multiply_by_plural(const DocumentView& view, std::uint32_t number, CountRange& count) {
  if (count.min == count.max) return;
  for (const std::uint32_t c : view.children.of(number)) {
    const NumberWord* tens = view.ontology.number(view.lower(c));
    if (view.dep(c) != udep::kQuantmod || tens == nullptr || tens->min == tens->max) continue;
    const std::int64_t unit = (*count.max + 1) / 10;
    count = {tens->min * unit, (tens->max + 1) * unit - 1};
    return;
  }
  for (const std::uint32_t p : view.children.of(number)) {
    if (view.dep(p) != udep::kPrep) continue;
    for (const std::uint32_t o : view.children.of(p)) {
      const NumberWord* what = view.ontology.number(view.lower(o));
      if (what == nullptr || what->min == what->max) continue;
      const std::int64_t unit = (what->max + 1) / 10;  // 2,000 to 9,999 are thousands
      count.min *= unit;
      count.max = (*count.max + 1) * unit - 1;
    }
  }
}

/// "at least", "more than", "up to" stand right before the number.
void widen(const DocumentView& view, std::uint32_t number, CountRange& count) {
  if (count.min != count.max) return;
  const auto at_least = view.ontology.set("count-at-least");
  const auto at_most = view.ontology.set("count-at-most");
  const std::uint32_t first = std::min(view.subtree(number).begin, number);
  const std::uint32_t begin =
      std::max(first >= 2 ? first - 2 : 0, view.parsed.sentences[view.sentence(number)].begin);
  for (std::uint32_t t = begin; t < number; ++t) {
    if (view.dep(t) == udep::kPrt) continue;
    if (view.is_one_of(t, at_most)) {
      count.min = 0;
      return;
    }
    if (view.is_one_of(t, at_least)) {
      count.max.reset();
      return;
    }
  }
}

}  // namespace

std::optional<CountRange> count_at(const DocumentView& view, std::uint32_t token_idx) {
  std::uint32_t number = token_idx;
  std::optional<CountRange> count = own_count(view, token_idx);
  for (const std::uint32_t c : view.children.of(token_idx)) {
    if (count) break;
    const StringId d = view.dep(c);
    if (d != udep::kNummod && d != udep::kAmod) continue;
    number = c;
    count = own_count(view, c);
  }
  if (!count) return std::nullopt;
  multiply(view, number, *count);
  multiply_by_plural(view, number, *count);
  widen(view, number, *count);
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
