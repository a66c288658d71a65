// Which way a day lies: the verbs around it.

#include "detente/resolve/times/time_finder.h"

namespace detente::resolve::times {

TimeFinder::Cue TimeFinder::cue_at(std::size_t i) const {
  if (!is_word(i)) return {};
  const auto rows = words_.tense.find(at(i).lower);
  if (rows != words_.tense.end() &&
      !(at(i).capital && i > 0 && !is(i - 1, ".") && before(i) != nullptr && is(i, "may"))) {
    for (const TenseCue& cue : rows->second) {
      if (!matches_words(i, cue.words)) continue;
      // "will be held": the participle's past is only a form.
      if (cue.tense == Tense::Past && follows_modal(i)) return {1, Tense::Future};
      return {cue.words.size(), cue.tense};
    }
  }
  // Regular pasts: "rescued", but not "United" or "need".
  const std::string& lower = at(i).lower;
  const bool regular =
      lower.size() >= 5 && lower.ends_with("ed") && !lower.ends_with("eed") && !at(i).capital;
  if (!regular) return {};
  return {1, follows_modal(i) ? Tense::Future : Tense::Past};
}

bool TimeFinder::follows_modal(std::size_t participle) const {
  bool be = false;
  for (std::size_t i = participle; i-- > 0 && is_word(i);) {
    const std::string& lower = at(i).lower;
    if (lower == "be" || lower == "have" || lower == "been") {
      be = be || lower == "be";
      continue;
    }
    if (lower == "not" || lower == "also" || lower == "then" || lower == "'t" ||
        lower.ends_with("ly")) {
      continue;
    }
    if (lower == "to") return be;
    const auto rows = words_.tense.find(lower);
    return be && rows != words_.tense.end() &&
           std::any_of(rows->second.begin(), rows->second.end(), [](const TenseCue& cue) {
             return cue.words.size() == 1 && cue.tense == Tense::Future;
           });
  }
  return false;
}

bool TimeFinder::parts_clauses(std::size_t i) const {
  constexpr std::array<std::string_view, 22> kParting{
      ",",     ";",   ":",     "(",     ")",    "\"",      "“",       "”",
      "that",  "who", "which", "after", "when", "while",   "because", "before",
      "since", "but", "as",    "where", "-",    "although"};
  if (is(i, "-") && !at(i).space_before) return false;
  return std::find(kParting.begin(), kParting.end(), at(i).lower) != kParting.end();
}

Tense TimeFinder::tense_at(std::size_t begin, std::size_t end, bool with_present) const {
  constexpr int kBorder = 7;
  constexpr int kFarthest = 40;
  int best = kFarthest;
  Tense tense = Tense::None;
  const auto take = [&](const Cue& cue, int distance) {
    if (cue.n_words == 0 || distance > best) return;
    if (distance == best && cue.n_words < 2) return;  // "to be held" over "held"
    if (cue.tense == Tense::Present && !with_present) return;
    best = distance;
    tense = cue.tense;
  };
  int distance = 0;
  for (std::size_t i = begin; i-- > 0 && sentence_[i] == sentence_[begin];) {
    if (parts_clauses(i)) distance += kBorder;
    ++distance;
    Cue cue = cue_at(i);
    if (cue.n_words > 0 && i + cue.n_words > begin) cue.n_words = 0;
    // "is due to begin on": the cue's last word is nearer than its first.
    take(cue, distance - static_cast<int>(cue.n_words > 0 ? cue.n_words - 1 : 0));
    if (distance > kFarthest) break;
  }
  distance = 0;
  for (std::size_t i = end; i < atoms_.size() && sentence_[i] == sentence_[begin]; ++i) {
    if (at(i).kind == Kind::Break) break;
    // "met on Monday and promised to": what was done besides, on a day of its own.
    // "arrived on Monday to attend": what the arrival was for.
    const bool besides = (is(i, "and") && i + 1 < atoms_.size() && cue_at(i + 1).n_words > 0) ||
                         (i == end && is(i, "to") && tense == Tense::Past);
    if (besides || parts_clauses(i)) distance += kBorder;
    ++distance;
    take(cue_at(i), distance + 1);
    if (distance > kFarthest) break;
  }
  return tense;
}

}  // namespace detente::resolve::times
