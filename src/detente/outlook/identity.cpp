#include "detente/outlook/identity.h"

#include <algorithm>
#include <cstddef>

namespace detente::outlook {
namespace {

// Endings of English seldom take more than this many letters off a word.
constexpr std::size_t kLongestDifference = 1;
constexpr std::size_t kShortestStem = 4;
/// How much of a word stands in a key.
constexpr std::size_t kKeyLetters = 6;

bool same_stem(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const std::size_t shorter = std::min(a.size(), b.size());
  const auto [end, unused] =
      std::mismatch(a.begin(), a.begin() + static_cast<long>(shorter), b.begin());
  const auto common = static_cast<std::size_t>(end - a.begin());
  return common >= kShortestStem && common + kLongestDifference >= shorter;
}

bool any_in(const std::vector<std::string>& some, const std::vector<std::string>& others) {
  return std::any_of(some.begin(), some.end(), [&](const std::string& one) {
    return std::find(others.begin(), others.end(), one) != others.end();
  });
}

/// Concepts that any commitment can be called by.
bool is_general(std::string_view concept_name) {
  return concept_name.empty() || concept_name == "promise" || concept_name == "effort" ||
         concept_name == "pact" || concept_name == "declaration";
}

}  // namespace

int shared_words(const Matter& a, const Matter& b) {
  int n = 0;
  for (const std::string& word : a.words) {
    n += std::any_of(b.words.begin(), b.words.end(),
                     [&](const std::string& other) { return same_stem(word, other); })
             ? 1
             : 0;
  }
  return n;
}

bool share_party(const Matter& a, const Matter& b) {
  return any_in(a.actors, b.actors) || any_in(a.actors, b.others) || any_in(a.others, b.actors);
}

int likeness(const Matter& commitment, const Matter& later) {
  if (!share_party(commitment, later)) return 0;
  const bool same_concept =
      !commitment.concept_name.empty() && commitment.concept_name == later.concept_name;
  if (!same_concept && !is_general(commitment.concept_name) && !is_general(later.concept_name)) {
    return 0;
  }
  const int shared = shared_words(commitment, later);
  if (shared == 0 && !later.words.empty() && !commitment.words.empty() && !same_concept) return 0;
  if (shared == 0 && later.concept_name.empty()) return 0;
  const bool all_bound = commitment.actors == later.actors;
  return 2 * shared + (same_concept ? 2 : 0) + (all_bound ? 1 : 0) + 1;
}

std::string key(const Matter& matter, Form form) {
  std::string out;
  for (const std::string& code : matter.actors) out += (out.empty() ? "" : "+") + code;
  out += "|" + std::string(is_general(matter.concept_name) ? form_name(form) : matter.concept_name);
  std::vector<std::string> stems;
  for (const std::string& word : matter.words) stems.push_back(word.substr(0, kKeyLetters));
  std::sort(stems.begin(), stems.end());
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
  out += "|";
  for (const std::string& stem : stems) out += (out.ends_with('|') ? "" : " ") + stem;
  return out;
}

}  // namespace detente::outlook
