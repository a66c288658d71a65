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

bool is_among(const std::string& word, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& other) { return same_stem(word, other); });
}

bool is_of_making(const std::string& word) { return word.front() == kMadeAt; }
bool is_name(const std::string& word) {
  return is_of_making(word) || word.front() == '@' || word == kGiving;
}

bool any_in(const std::vector<std::string>& some, const std::vector<std::string>& others) {
  return std::any_of(some.begin(), some.end(), [&](const std::string& one) {
    return std::find(others.begin(), others.end(), one) != others.end();
  });
}

bool names_country(const Matter& matter) {
  return std::any_of(matter.words.begin(), matter.words.end(),
                     [](const auto& word) { return word.front() == '@'; });
}

bool says_country_of(const Matter& a, const Matter& b) {
  return std::any_of(a.words.begin(), a.words.end(), [&](const auto& word) {
    const std::string code = word.substr(1);
    return word.front() == '@' &&
           (any_in({word}, b.words) || any_in({code}, b.actors) || any_in({code}, b.others));
  });
}

// Both name countries, and none is named by both.
bool names_differ(const Matter& a, const Matter& b) {
  return names_country(a) && names_country(b) && !says_country_of(a, b) && !says_country_of(b, a);
}

// "the Lomé accord" by its place; "the 2018 pact" by its year, where it is also said with whom.
bool is_called_by_its_making(const Matter& commitment, const Matter& later) {
  const bool all_named =
      std::all_of(commitment.actors.begin(), commitment.actors.end(), [&](const auto& actor) {
        return any_in({actor}, later.actors) || any_in({"@" + actor}, later.words);
      });
  return std::any_of(commitment.words.begin(), commitment.words.end(), [&](const auto& word) {
    if (!is_of_making(word)) return false;
    return any_in({word.substr(1)}, later.words) || (all_named && any_in({word}, later.words));
  });
}

// Named with all who are bound: "the truce has collapsed", in a report on both.
bool is_only_one(const Matter& commitment, const Matter& later, bool same_concept) {
  const bool all_named =
      std::all_of(commitment.actors.begin(), commitment.actors.end(),
                  [&](const auto& actor) { return any_in({actor}, later.others); });
  return same_concept && all_named && (commitment.actors.size() > 1 || later.others.size() == 1);
}

/// Concepts that any commitment can be called by.
bool is_general(std::string_view concept_name) {
  return concept_name.empty() || concept_name == "promise" || concept_name == "effort" ||
         concept_name == "pact" || concept_name == "declaration" || concept_name == kUndone;
}

}  // namespace

int names_in(const Matter& a, const Matter& b) {
  const auto by_making = std::count_if(a.words.begin(), a.words.end(), [&](const auto& word) {
    return is_of_making(word) && any_in({word.substr(1), word}, b.words);
  });
  return static_cast<int>(by_making) + (says_country_of(a, b) ? 1 : 0);
}

int shared_words(const Matter& a, const Matter& b) {
  return static_cast<int>(std::count_if(a.words.begin(), a.words.end(), [&](const auto& word) {
    return !is_name(word) && is_among(word, b.words);
  }));
}

int shared_names(const Matter& a, const Matter& b) { return names_in(a, b) + names_in(b, a); }

int plain_words(const Matter& matter) {
  return static_cast<int>(std::count_if(matter.words.begin(), matter.words.end(),
                                        [](const auto& word) { return !is_name(word); }));
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
  if (names_differ(commitment, later)) return 0;
  const int shared = shared_words(commitment, later);
  const int n_words = plain_words(commitment);
  const bool by_making = is_called_by_its_making(commitment, later);
  if (later.concept_name == kUndone) {
    const bool enough = shared >= kWordsOfADeed || (shared > 0 && shared == n_words);
    if (!enough || commitment.refrains != later.refrains) return 0;
  }
  if (shared == 0 && !by_making) {
    const bool is_specific = same_concept && !is_general(commitment.concept_name);
    if (plain_words(later) > 0 && n_words > 0 && !is_specific) return 0;
    if (later.concept_name.empty()) return 0;
    if (later.actors.empty() && !is_only_one(commitment, later, same_concept)) return 0;
  }
  const bool all_bound = commitment.actors == later.actors;
  return 2 * shared + (same_concept ? 2 : 0) + (by_making ? 2 : 0) + (all_bound ? 1 : 0) +
         std::min(1, shared_names(commitment, later)) + 1;
}

std::string key(const Matter& matter, Form form) {
  std::string out;
  for (const std::string& code : matter.actors) out += (out.empty() ? "" : "+") + code;
  out += "|" + std::string(is_general(matter.concept_name) ? form_name(form) : matter.concept_name);
  std::vector<std::string> stems;
  for (const std::string& word : matter.words) {
    if (!is_name(word)) stems.push_back(word.substr(0, kKeyLetters));
  }
  std::sort(stems.begin(), stems.end());
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
  out += "|";
  for (const std::string& stem : stems) out += (out.ends_with('|') ? "" : " ") + stem;
  return out;
}

}  // namespace detente::outlook
