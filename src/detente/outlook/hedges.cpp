#include "detente/outlook/hedges.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace detente::outlook {
namespace {

/// Below this a word speaks against what it governs: "doubt".
constexpr double kDoubted = 0.3;
/// The chance that fears have in the eyes of who dismisses them.
constexpr double kDismissed = 0.15;
/// The chance of what would surprise nobody.
constexpr double kUnsurprised = 0.65;
/// Days within which what was thought is still thought.
constexpr int kLately = 7;
/// Words of the longest phrase that stands for an adverb, and one more.
constexpr std::uint32_t kLongestPhrase = 5;

class Finder {
 public:
  explicit Finder(const View& view) : view_(view), tables_(view.tables) {}

  std::map<std::uint32_t, Candidate> run() {
    for (std::uint32_t i = 0; i < view_.size(); ++i) {
      if (view_.is_silent(i)) continue;
      if (view_.is_verb(i)) {
        auxiliary(i);
        attitude(i);
      }
      state(i);
      if (view_.is_noun(i)) chance(i);
    }
    drop_outer();
    for (auto& [anchor, candidate] : best_) {
      if (!candidate.holder) candidate.holder = holder_of_opinion(candidate.via);
    }
    return std::move(best_);
  }

 private:
  void offer(Candidate candidate) {
    if (candidate.via == 0) candidate.via = candidate.anchor;
    const auto [at, is_new] = best_.try_emplace(candidate.anchor, candidate);
    if (is_new) return;
    Candidate& old = at->second;
    const bool better = candidate.rank > old.rank;
    if (!candidate.holder) candidate.holder = old.holder;
    if (!old.holder) old.holder = candidate.holder;
    old.needs_holder = candidate.needs_holder = old.needs_holder && candidate.needs_holder;
    if (candidate.tone == 0) candidate.tone = old.tone;
    old.tone = candidate.tone;
    if (better) old = candidate;
  }

  // "predicts that they are doomed to fail": the inner hedge counts, with the holder of the outer.
  void drop_outer() {
    for (auto& [anchor, inner] : best_) {
      if (inner.via == anchor) continue;
      const auto outer = best_.find(inner.via);
      if (outer == best_.end() || outer->second.via != outer->first) continue;
      if (!inner.holder) inner.holder = outer->second.holder;
      best_.erase(outer);
    }
  }

  // "in the view of most traders", "in their judgment", "to many Poles it seems"
  [[nodiscard]] std::optional<std::uint32_t> holder_of_opinion(std::uint32_t verb) const {
    while (!view_.is_verb(verb) && view_.head(verb) != verb) verb = view_.head(verb);
    const bool seems = tables_.is(Role::Seems, view_.lemma(verb));
    for (const std::uint32_t o : view_.behind(verb, seems ? "to" : "in")) {
      if (seems && view_.is_noun(o)) return o;
      if (!tables_.is(Role::Opinion, view_.lemma(o))) continue;
      if (const auto owner = view_.child(o, udep::kPoss)) return owner;
      for (const std::uint32_t of : view_.behind(o, "of")) return of;
    }
    return std::nullopt;
  }

  [[nodiscard]] int tone_of(std::uint32_t word) const {
    const auto is = [&](Role role) {
      return tables_.is(role, view_.lower(word)) || tables_.is(role, view_.lemma(word));
    };
    return is(Role::Dread) ? -1 : is(Role::Wish) ? 1 : 0;
  }

  // "will probably meet", "may meet"
  void auxiliary(std::uint32_t verb) {
    std::optional<std::uint32_t> modal;
    for (const std::uint32_t c : view_.children.of(verb)) {
      if (view_.dep(c) == udep::kAux && view_.tag(c) == xpos::kMd) modal = c;
    }
    if (!modal) return;
    const double* strength = tables_.hedge(HedgeKind::Modal, view_.lemma(*modal));
    if (strength == nullptr) strength = tables_.hedge(HedgeKind::Modal, view_.lower(*modal));
    if (strength == nullptr || !is_guess(verb, *modal)) return;
    if (const auto [adverb, chance] = adverb_of(verb); chance != nullptr) {
      offer({verb, std::nullopt, view_.span(view_.subtree(adverb)), *chance, kDegree, false});
      return;
    }
    if (is_aside(verb)) return;
    const int rank = *strength <= 0.5 ? kMay : kWill;
    offer({verb, std::nullopt, view_.tokens.span(*modal), *strength, rank, true});
  }

  // Not "would have sent", "would often send", "could not sleep", "would like to", "should pay".
  [[nodiscard]] bool is_guess(std::uint32_t verb, std::uint32_t modal) const {
    const std::string_view word = view_.lower(modal);
    if (tables_.is(Role::Mind, view_.lemma(verb))) return false;
    if (word == "could" && view_.child(verb, udep::kNeg)) return false;
    // "may be looking" is a guess at now
    const bool goes_on =
        view_.tag(verb) == xpos::kVbg && !tables_.is(Role::Ready, view_.lemma(verb));
    if (goes_on && word != "will") return false;
    if (word == "should") {
      const auto able = view_.child(verb, udep::kAcomp);
      if (!able || view_.lower(*able) != "able") return false;
    }
    const auto subject = view_.child(verb, udep::kNsubj);
    if (subject && tables_.is(Role::Anyone, view_.lower(*subject))) return false;
    return std::none_of(view_.children.begin(verb), view_.children.end(verb), [&](std::uint32_t c) {
      if (tables_.is(Role::Habit, view_.lower(c))) return true;
      if (view_.dep(c) == udep::kAux && view_.lemma(c) == "have" && c + 1 == verb) return true;
      return view_.dep(c) == udep::kMark && tables_.is(Role::Condition, view_.lower(c));
    });
  }

  // "probably", "almost certainly", "sooner or later", "in all likelihood"
  [[nodiscard]] std::pair<std::uint32_t, const double*> adverb_of(std::uint32_t verb) const {
    for (const std::uint32_t c : view_.children.of(verb)) {
      const bool is_adverb = view_.dep(c) == udep::kAdvmod || view_.dep(c) == udep::kAcomp;
      const double* found =
          is_adverb && c < verb ? tables_.hedge(HedgeKind::Adverb, view_.lower(c)) : nullptr;
      if (found == nullptr && (is_adverb || view_.dep(c) == udep::kPrep)) {
        found = tables_.hedge(HedgeKind::Adverb, words_of(view_.subtree(c)));
      }
      if (found != nullptr) return {c, found};
    }
    return {verb, nullptr};
  }

  [[nodiscard]] std::string words_of(parse::TokenRange range) const {
    std::string out;
    for (std::uint32_t i = range.begin; i < range.end && i < range.begin + kLongestPhrase; ++i) {
      out += (out.empty() ? "" : " ") + std::string(view_.lower(i));
    }
    return out;
  }

  // "the aid that could come", "as the deal will help": not what is told, but beside it.
  [[nodiscard]] bool is_aside(std::uint32_t verb) const {
    if (view_.dep(verb) == udep::kAdvcl) return true;
    // "fears that they may": what is feared
    const bool hangs = view_.dep(verb) == udep::kRelcl || view_.dep(verb) == udep::kAcl;
    return hangs && !view_.child(verb, udep::kMark);
  }

  // "expects X to meet", "predicts a war", "sees X sending", "does not think that X will"
  void attitude(std::uint32_t verb) {
    if (warned_of(verb)) return;
    const double* holds = tables_.hedge(HedgeKind::Holds, view_.lemma(verb));
    const double* sees = tables_.hedge(HedgeKind::Sees, view_.lemma(verb));
    const double* thinks = tables_.hedge(HedgeKind::Thinks, view_.lemma(verb));
    if (holds == nullptr && sees == nullptr && thinks == nullptr) return;
    if (view_.child(verb, udep::kAuxpass) || view_.child(verb, udep::kNsubjpass)) return;
    const auto clause = view_.child(verb, udep::kCcomp);
    if (is_outdated(verb)) return;
    const auto holder = thinker(verb);
    auto object = view_.child(verb, udep::kDobj);
    // "hopes for peace", "braces for an attack", "counts on help"
    for (const std::string_view with : {"for", "on"}) {
      for (const std::uint32_t o : view_.behind(verb, with)) object = object ? object : o;
    }
    const auto give = [&](std::uint32_t anchor, double strength, int rank) {
      Candidate candidate{anchor, holder, view_.tokens.span(verb), strength, rank, false};
      if (!view_.is_verb(anchor)) candidate.via = verb;
      if (is_to_do(object, anchor)) candidate.theme = object;
      candidate.tone = tone_of(verb);
      weigh(candidate, verb, holder);
      offer(candidate);
    };
    if (clause && holds != nullptr) {
      give(*clause, *holds, view_.lemma(verb) == "doubt" ? kDenied : kAttitude);
    } else if (sees != nullptr && clause && view_.tag(*clause) == xpos::kVbg) {
      give(*clause, *sees, kAttitude);
    } else if (clause && thinks != nullptr) {
      Candidate candidate{*clause, holder, view_.tokens.span(verb), *thinks, kThought, !holder};
      weigh(candidate, verb, holder);
      if (is_to_come(*clause)) offer(candidate);
    } else if (const auto awaited = view_.child(verb, udep::kAdvcl);
               sees != nullptr && awaited && (is_for(*awaited) || is_to_do(object, *awaited))) {
      give(*awaited, *sees, kAttitude);
    } else if (sees != nullptr && object && (is_ruled(verb) || is_seen_off(verb, *object))) {
      const double* little = slightness(*object);
      const double chance = little ? *little : *sees;
      give(*object, view_.lemma(verb) == "rule" ? 1 - chance : chance, kAttitude);
    }
  }

  // "warned of a war": said now, however past the verb
  bool warned_of(std::uint32_t verb) {
    const double* strength = tables_.hedge(HedgeKind::WarnsOf, view_.lemma(verb));
    const auto what = strength ? matter_of(verb) : std::nullopt;
    if (!what || view_.child(verb, udep::kCcomp)) return false;
    Candidate candidate{*what, view_.doer(verb), view_.tokens.span(verb), *strength, kWill, false};
    candidate.tone = tone_of(verb);
    offer(candidate);
    return true;
  }

  // "he has reason to hope": he, not the reason
  [[nodiscard]] std::optional<std::uint32_t> thinker(std::uint32_t verb) const {
    const std::uint32_t noun = view_.head(verb);
    const bool hangs = view_.dep(verb) == udep::kAcl || view_.dep(verb) == udep::kRelcl;
    const bool is_reason = hangs && view_.tag(verb) == xpos::kVb;
    return view_.doer(is_reason && view_.is_verb(view_.head(noun)) ? view_.head(noun) : verb);
  }

  // "little progress", "scant help"
  [[nodiscard]] const double* slightness(std::uint32_t noun) const {
    const auto adjective = view_.child(noun, udep::kAmod);
    const double* few =
        adjective ? tables_.hedge(HedgeKind::Few, view_.lower(*adjective)) : nullptr;
    return few != nullptr && *few < kDoubted ? few : nullptr;
  }

  // "will", "would", "may" and the like
  [[nodiscard]] bool is_to_come(std::uint32_t verb) const {
    for (const std::uint32_t c : view_.children.of(verb)) {
      if (view_.dep(c) == udep::kAux && tables_.hedge(HedgeKind::Modal, view_.lower(c)))
        return true;
    }
    return false;
  }

  // "braces for them to leave"
  [[nodiscard]] bool is_for(std::uint32_t clause) const {
    const auto mark = view_.child(clause, udep::kMark);
    return mark && view_.lower(*mark) == "for";
  }

  // The same where the parser takes "for them" for an object.
  [[nodiscard]] bool is_to_do(std::optional<std::uint32_t> object, std::uint32_t clause) const {
    return object && view_.subtree(*object).end == view_.subtree(clause).begin &&
           view_.tag(view_.subtree(clause).begin) == xpos::kTo;
  }

  // "rule" asks for "out"; "see" for a clause
  [[nodiscard]] bool is_ruled(std::uint32_t verb) const {
    if (view_.lemma(verb) == "see") return false;
    return view_.lemma(verb) != "rule" || view_.child(verb, udep::kPrt).has_value();
  }

  // "sees no end to the feud"
  [[nodiscard]] bool is_seen_off(std::uint32_t verb, std::uint32_t object) const {
    return (view_.tag(verb) != xpos::kVbd || looks_ahead(verb)) && view_.is_negated(object);
  }

  // What was thought is told of the past, unless somebody says now that he thought it.
  [[nodiscard]] bool is_outdated(std::uint32_t verb) const {
    // "had feared"
    const auto aux = view_.child(verb, udep::kAux);
    if (aux && view_.tag(*aux) == xpos::kVbd && view_.lemma(*aux) == "have") return true;
    if (view_.tag(verb) != xpos::kVbd || view_.dep(verb) == udep::kCcomp) return false;
    if (looks_ahead(verb) || is_of_these_days(verb)) return false;
    static constexpr std::array<std::string_view, 5> kSaid{"predict", "forecast", "foresee",
                                                           "prophesy", "foretell"};
    return std::find(kSaid.begin(), kSaid.end(), view_.lemma(verb)) == kSaid.end();
  }

  // "most saw no war in the next twelve months"
  [[nodiscard]] bool looks_ahead(std::uint32_t verb) const {
    const parse::TokenRange range = view_.subtree(verb);
    return std::any_of(view_.reading.resolved.dates.begin(), view_.reading.resolved.dates.end(),
                       [&](const resolve::TimeExpression& time) {
                         return time.tokens.begin > verb && time.tokens.end <= range.end &&
                                view_.reading.resolved.anchor < time.range.last;
                       });
  }

  // "feared on Friday that": the report's own day, or one just before it
  [[nodiscard]] bool is_of_these_days(std::uint32_t verb) const {
    const Date today = view_.reading.resolved.anchor;
    return std::any_of(view_.reading.resolved.dates.begin(), view_.reading.resolved.dates.end(),
                       [&](const resolve::TimeExpression& time) {
                         return view_.hangs_on(time.tokens, verb) && !(today < time.range.first) &&
                                today < time.range.last.plus_days(kLately);
                       });
  }

  // "does not expect", "few expect", "little chance"
  void weigh(Candidate& candidate, std::uint32_t word, std::optional<std::uint32_t> holder) const {
    if (view_.is_negated(word)) {
      candidate.strength = 1 - candidate.strength;
      candidate.rank = kDenied;
    }
    if (!holder) return;
    const double* few = tables_.hedge(HedgeKind::Few, view_.lower(*holder));
    for (const std::uint32_t c : view_.children.of(*holder)) {
      if (few == nullptr && (view_.dep(c) == udep::kAmod || view_.dep(c) == udep::kDet))
        few = tables_.hedge(HedgeKind::Few, view_.lower(c));
    }
    if (few == nullptr) return;
    candidate.strength = *few;
    candidate.rank = kDenied;
  }

  // "consider a war unlikely", "regard a deal as likely", "deem it likely that"
  bool judged(std::uint32_t word, double strength) {
    if (is_less(word)) strength = 1 - strength;
    std::uint32_t verb = view_.head(word);
    while (view_.dep(verb) == udep::kPrep) verb = view_.head(verb);  // "as", "out of"
    if (verb == word || !view_.is_verb(verb) || view_.child(word, udep::kAuxpass) ||
        tables_.hedge(HedgeKind::Judges, view_.lemma(verb)) == nullptr || is_outdated(verb))
      return false;
    std::optional<std::uint32_t> anchor = clause_of(word, word);
    if (!anchor) anchor = view_.child(word, udep::kNsubj);
    if (!anchor) anchor = view_.child(verb, udep::kDobj);
    if (!anchor || (!view_.is_noun(*anchor) && !view_.is_verb(*anchor))) return false;
    // What makes something unlikely does not think so.
    auto holder = view_.doer(verb);
    if (*tables_.hedge(HedgeKind::Judges, view_.lemma(verb)) == 0) holder.reset();
    Candidate candidate{*anchor, holder, view_.tokens.span(word), strength, kDegree, false, verb};
    weigh(candidate, verb, holder);
    offer(candidate);
    return true;
  }

  // "is likely to meet", "it is likely that they meet", "a deal is likely", "is confident that"
  void state(std::uint32_t word) {
    const double* strength = strength_of(word);
    const double* feels = tables_.hedge(HedgeKind::Feels, view_.lower(word));
    if (strength == nullptr && feels == nullptr) return taken(word);
    if (strength != nullptr && judged(word, *strength)) return;
    const auto copula = copula_of(word);
    if (!copula || is_past_state(*copula)) return;
    auto subject = view_.subject(*copula);
    if (!subject) subject = stray_subject(*copula);
    const auto clause = clause_of(word, *copula);
    if (feels != nullptr && feeling(word, *copula, *feels)) return;
    if (strength == nullptr) return;
    Candidate candidate{0, std::nullopt, view_.tokens.span(word), *strength, kDegree, false};
    candidate.via = *copula;
    candidate.tone = tone_of(word);
    if (const auto with = preposition_of(word); !clause && !with.empty()) {
      candidate.anchor = view_.behind(word, with).front();
      candidate.theme = subject;
      offer(candidate);
      return;
    }
    weigh(candidate, *copula, std::nullopt);
    if (view_.is_negated(word) || is_less(word)) candidate.strength = 1 - candidate.strength;
    if (clause) {
      candidate.anchor = *clause;
      offer(candidate);
    } else if (subject && view_.is_noun(*subject)) {
      candidate.anchor = *subject;
      offer(candidate);
    }
  }

  // "In the view of traders, war is likely": the parser takes the war for an apposition.
  [[nodiscard]] std::optional<std::uint32_t> stray_subject(std::uint32_t copula) const {
    for (const std::uint32_t p : view_.children.of(copula)) {
      if (view_.dep(p) != udep::kPrep || p > copula) continue;
      const parse::TokenRange range = view_.subtree(p);
      for (std::uint32_t i = range.begin; i < range.end; ++i) {
        if (view_.dep(i) == udep::kAppos) return i;
      }
    }
    return std::nullopt;
  }

  // "less likely"
  [[nodiscard]] bool is_less(std::uint32_t word) const {
    const auto adverb = view_.child(word, udep::kAdvmod);
    return adverb && view_.lower(*adverb) == "less";
  }

  // The verb that says the state of its subject: "is" of "is likely", "expected" of "is expected",
  // "are" of "are on the verge of war", "looms" of "war looms".
  [[nodiscard]] std::optional<std::uint32_t> copula_of(std::uint32_t word) const {
    // "is being scheduled"
    if (const auto be = view_.child(word, udep::kAuxpass)) {
      return view_.lower(*be) == "being" ? std::optional<std::uint32_t>() : word;
    }
    // "all but certain"
    if (view_.dep(word) == udep::kConj && !view_.is_verb(view_.head(word))) word = view_.head(word);
    std::uint32_t up = view_.head(word);
    if (view_.dep(word) == udep::kPobj && view_.dep(up) == udep::kPrep) {
      const bool on_verge = !preposition_of(word).empty() || place_of(word) != nullptr;
      if (view_.dep(view_.head(up)) == udep::kPrep) up = view_.head(up);  // "out of"
      const bool is_said = on_verge && view_.is_verb(view_.head(up));
      return is_said ? view_.head(up) : std::optional<std::uint32_t>();
    }
    if (view_.dep(word) == udep::kAcomp || view_.dep(word) == udep::kOprd ||
        view_.dep(word) == udep::kAttr) {
      return up;
    }
    const bool under_way =
        view_.tag(word) == xpos::kVbz || view_.tag(word) == xpos::kVbp ||
        (view_.tag(word) == xpos::kVbg && view_.child(word, udep::kAux).has_value());
    return under_way ? word : std::optional<std::uint32_t>();
  }

  // "is certain that they meet" is felt, "is certain to meet" is told of whoever will meet; "is
  // worried about a war"
  bool feeling(std::uint32_t word, std::uint32_t copula, double chance) {
    const auto subject = view_.subject(copula);
    const bool impersonal = !subject || view_.lower(*subject) == "it" ||
                            view_.lower(*subject) == "there" ||
                            (copula == word && !view_.child(word, udep::kNsubjpass));
    if (impersonal) return false;
    Candidate candidate{0, subject, view_.tokens.span(word), chance, kDenied, false};
    candidate.tone = tone_of(word);
    if (const auto clause = clause_of(word, copula)) {
      const bool is_state = tables_.hedge(HedgeKind::State, view_.lower(word)) != nullptr;
      if (is_state && view_.dep(*clause) == udep::kXcomp) return false;
      candidate.anchor = *clause;
    } else if (const auto what = matter_of(word)) {
      candidate.anchor = *what;
      candidate.rank = view_.is_verb(*what) ? kAttitude : kWill;
    } else {
      return false;
    }
    weigh(candidate, copula, std::nullopt);
    offer(candidate);
    return true;
  }

  // "worried about a war", "afraid of an attack"
  [[nodiscard]] std::optional<std::uint32_t> matter_of(std::uint32_t word) const {
    for (const std::string_view with : {"about", "of", "for", "over", "to"}) {
      for (const std::uint32_t o : view_.behind(word, with)) return deed_of(o, word);
    }
    return std::nullopt;
  }

  // "the chances of Pakistan ratifying the ban": the parser takes the deed for one of the chances.
  [[nodiscard]] std::uint32_t deed_of(std::uint32_t party, std::uint32_t word) const {
    const std::uint32_t last = view_.child(party, udep::kConj).value_or(party);
    for (const std::uint32_t from : {party, last, word}) {
      const auto deed = view_.child(from, udep::kAcl);
      if (deed && *deed == last + 1 && view_.tag(*deed) == xpos::kVbg) return *deed;
    }
    return party;
  }

  // "is believed to be preparing", "it is thought that they may", "seems about to", "is going to":
  // where what follows is to come.
  void taken(std::uint32_t word) {
    const double* strength = tables_.hedge(HedgeKind::Taken, view_.lower(word));
    if (strength == nullptr) return unsurprised(word);
    const bool seems = tables_.is(Role::Seems, view_.lemma(word));
    const bool goes = view_.lower(word) == "going";
    // "risks sliding into war"
    const bool courts = tables_.is(Role::Courts, view_.lemma(word));
    if (courts && !view_.is_verb(word)) return;
    const auto copula = seems || courts ? std::optional(word) : copula_of(word);
    if (!copula || (seems && view_.tag(word) == xpos::kVbd) || is_past_state(*copula)) return;
    auto clause = clause_of(word, *copula);
    // "it looks as if they will meet"
    if (!clause && seems) clause = view_.child(word, udep::kAdvcl);
    if (!clause) return;
    const auto goal = goal_of(*clause);
    if (!goal && !is_to_come(*clause) && !goes && !courts) return;
    Candidate candidate{goal.value_or(*clause), std::nullopt, view_.tokens.span(word), *strength,
                        goes ? kWill : kMay,    goes};
    candidate.via = *copula;
    weigh(candidate, *copula, std::nullopt);
    offer(candidate);
  }

  // "it would not surprise me if they met", "would be no surprise if": a guess in other words
  void unsurprised(std::uint32_t word) {
    if (!tables_.is(Role::Surprise, view_.lemma(word)) &&
        !tables_.is(Role::Surprise, view_.lower(word))) {
      return;
    }
    const std::uint32_t verb = view_.is_verb(word) ? word : view_.head(word);
    const auto modal = view_.child(verb, udep::kAux);
    const bool is_denied = view_.is_negated(verb) || view_.is_negated(word);
    if (!modal || view_.tag(*modal) != xpos::kMd || !is_denied) return;
    for (const std::uint32_t from : {word, verb}) {
      const auto clause = view_.child(from, udep::kAdvcl);
      const auto mark = clause ? view_.child(*clause, udep::kMark) : clause;
      if (!mark || view_.lower(*mark) != "if") continue;
      Candidate candidate{*clause,      std::nullopt, view_.span({*modal, word + 1}),
                          kUnsurprised, kDegree,      false};
      candidate.via = verb;
      return offer(candidate);
    }
  }

  // What somebody gets ready for: "preparing an attack", "ready to meet"
  [[nodiscard]] std::optional<std::uint32_t> goal_of(std::uint32_t verb) const {
    if (tables_.is(Role::Ready, view_.lemma(verb))) return verb;
    for (const StringId dep : {udep::kAcomp, udep::kAttr, udep::kOprd}) {
      const auto state = view_.child(verb, dep);
      if (state && tables_.is(Role::Ready, view_.lower(*state))) {
        return clause_of(*state, verb);
      }
    }
    return std::nullopt;
  }

  // The row of a word alone, of "matter of time" or of "close to".
  [[nodiscard]] const double* strength_of(std::uint32_t word) const {
    const std::string alone(view_.lower(word));
    if (const double* found = tables_.hedge(HedgeKind::State, alone)) return found;
    if (word + 2 < view_.size() && view_.lower(word + 1) == "of") {
      const std::string phrase = alone + " of " + std::string(view_.lower(word + 2));
      if (const double* found = tables_.hedge(HedgeKind::State, phrase)) return found;
    }
    if (const double* found = place_of(word)) return found;
    const std::string_view with = preposition_of(word);
    return with.empty() ? nullptr
                        : tables_.hedge(HedgeKind::State, alone + " " + std::string(with));
  }

  // "within reach", "on the cards"
  [[nodiscard]] const double* place_of(std::uint32_t word) const {
    if (view_.dep(word) != udep::kPobj) return nullptr;
    const std::string before(view_.lower(view_.head(word)));
    return tables_.hedge(HedgeKind::State, before + " " + std::string(view_.lower(word)));
  }

  // What the word needs to say a chance: "to" of "close to a deal".
  [[nodiscard]] std::string_view preposition_of(std::uint32_t word) const {
    for (const std::uint32_t c : view_.children.of(word)) {
      if (view_.dep(c) != udep::kPrep || view_.behind(word, view_.lower(c)).empty()) continue;
      const std::string key = std::string(view_.lower(word)) + " " + std::string(view_.lower(c));
      if (tables_.hedge(HedgeKind::State, key) != nullptr) return view_.lower(c);
    }
    return {};
  }

  [[nodiscard]] std::optional<std::uint32_t> clause_of(std::uint32_t word,
                                                       std::uint32_t copula) const {
    for (const std::uint32_t from : {word, copula}) {
      for (const StringId dep : {udep::kXcomp, udep::kCcomp, udep::kCsubj}) {
        const auto c = view_.child(from, dep);
        if (c && *c != word && view_.is_verb(*c)) return c;
      }
    }
    // "makes it improbable that they meet"
    const auto aside = view_.child(word, udep::kAdvcl);
    const auto mark = aside ? view_.child(*aside, udep::kMark) : aside;
    if (mark && (view_.lower(*mark) == "that" || is_for(*aside))) return aside;
    // "it is a matter of time before they meet"
    for (const std::uint32_t o : view_.behind(word, "of")) {
      if (view_.lower(o) == "time") return time_clause(word, copula);
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::uint32_t> time_clause(std::uint32_t word,
                                                         std::uint32_t copula) const {
    const parse::TokenRange range = view_.subtree(copula);
    for (std::uint32_t i = word; i < range.end; ++i) {
      const bool is_aside = view_.dep(i) == udep::kAdvcl || view_.dep(i) == udep::kPcomp;
      if (is_aside && view_.is_verb(i)) return i;
    }
    return std::nullopt;
  }

  // "was expected to" of the report's own telling
  [[nodiscard]] bool is_past_state(std::uint32_t copula) const {
    const auto is_past = [&](std::uint32_t i) {
      return view_.tag(i) == xpos::kVbd && (view_.lemma(i) == "be" || view_.lemma(i) == "have");
    };
    bool past = is_past(copula);
    for (const std::uint32_t c : view_.children.of(copula)) {
      if (view_.dep(c) == udep::kAux || view_.dep(c) == udep::kAuxpass) past = past || is_past(c);
    }
    return past && view_.attribution_of(copula) == nullptr && !is_of_these_days(copula);
  }

  // "fears that", "a risk of", "chances are slim that"
  void chance(std::uint32_t noun) {
    const double* strength = tables_.hedge(HedgeKind::Chance, view_.lemma(noun));
    if (strength == nullptr) return;
    const auto anchor = feared(noun);
    if (!anchor || is_compared(noun)) return;
    const std::uint32_t up = view_.head(noun);
    std::optional<std::uint32_t> holder;
    if (view_.dep(noun) == udep::kDobj && view_.is_verb(up)) holder = view_.doer(up);
    // "the ministry's forecast", "NATO fears that"
    for (const StringId owner : {udep::kPoss, udep::kCompound}) {
      const auto c = view_.child(noun, owner);
      if (!holder && c && view_.mention_at(*c)) holder = c;
    }
    // "the prospect alarms Baku"
    if (!holder && view_.dep(noun) == udep::kNsubj && tables_.is(Role::Moves, view_.lemma(up))) {
      holder = view_.child(up, udep::kDobj);
    }
    // "the consensus among diplomats"
    for (const std::uint32_t from : {noun, up}) {
      for (const std::uint32_t o : view_.behind(from, "among")) holder = holder ? holder : o;
    }
    if (holder && tables_.is(Role::Light, view_.lower(*holder))) holder.reset();
    // "the fear of war haunts them" is a topic, "there is a risk of war" a forecast
    const bool is_told = holder || view_.is_verb(*anchor) || view_.dep(noun) == udep::kAttr ||
                         degree_of(noun) || view_.voice_of(noun) != nullptr;
    if (!is_told) return;
    Candidate candidate{*anchor, holder, view_.tokens.span(noun), *strength, kAttitude, false};
    candidate.tone = tone_of(noun);
    // "dismissed fears that"
    if (view_.dep(noun) == udep::kDobj && tables_.is(Role::Dismisses, view_.lemma(up))) {
      candidate.strength = kDismissed;
      candidate.rank = kDenied;
    }
    // "give Ukraine a chance of winning"
    if (view_.dep(noun) == udep::kDobj) candidate.theme = view_.child(up, udep::kDative);
    if (const auto degree = degree_of(noun)) {
      const double few = *tables_.hedge(HedgeKind::Few, degree_word(*degree));
      // "little doubt"
      candidate.strength = *strength < kDoubted ? 1 - few : few;
      candidate.rank = kDenied;
      candidate.hedge = view_.head(*degree) == noun && *degree < noun
                            ? view_.span({view_.subtree(noun).begin, noun + 1})
                            : view_.tokens.span(*degree);
    }
    offer(candidate);
  }

  // "the fear of this is greater than the fear of that"
  [[nodiscard]] bool is_compared(std::uint32_t noun) const {
    const parse::TokenRange range = view_.subtree(view_.head(noun));
    if (view_.lower(view_.head(noun)) == "than") return true;
    bool than = false;
    for (std::uint32_t i = noun + 1; i < range.end; ++i) {
      if (view_.lower(i) == "than") than = true;
      if (than && view_.lemma(i) == view_.lemma(noun)) return true;
    }
    return false;
  }

  // The clause or noun that the chance is one of.
  [[nodiscard]] std::optional<std::uint32_t> feared(std::uint32_t noun) const {
    for (const StringId dep : {udep::kAcl, udep::kCcomp, udep::kRelcl}) {
      const auto c = view_.child(noun, dep);
      if (c && view_.child(*c, udep::kMark)) return c;
    }
    const std::uint32_t up = view_.head(noun);
    const bool is_object =
        view_.dep(noun) == udep::kDobj && tables_.is(Role::Light, view_.lemma(up));
    if (view_.is_verb(up) && (view_.dep(noun) == udep::kNsubj || is_object)) {
      // The clause may hang on the verb or on its predicate: "hopes are growing that".
      for (const std::uint32_t from : {view_.child(up, udep::kAcomp).value_or(up), up}) {
        const auto c = view_.child(from, udep::kCcomp);
        if (c && view_.child(*c, udep::kMark)) return c;
      }
    }
    for (const std::string_view preposition : {"of", "for"}) {
      for (const std::uint32_t o : view_.behind(noun, preposition)) {
        return deed_of(o, noun);
      }
    }
    // "a coup is a possibility"
    if (view_.dep(noun) == udep::kAttr && view_.is_verb(up)) {
      const auto subject = view_.child(up, udep::kNsubj);
      if (subject && view_.is_noun(*subject)) return subject;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string_view degree_word(std::uint32_t i) const {
    return tables_.hedge(HedgeKind::Few, view_.lower(i)) ? view_.lower(i) : view_.lemma(i);
  }

  // "little chance", "chances are slim", "hopes fade"
  [[nodiscard]] std::optional<std::uint32_t> degree_of(std::uint32_t noun) const {
    const auto is_degree = [&](std::uint32_t i) {
      return tables_.hedge(HedgeKind::Few, degree_word(i)) != nullptr;
    };
    const std::uint32_t up = view_.head(noun);
    if (view_.is_verb(up) && view_.dep(noun) == udep::kNsubj) {
      const auto predicate = view_.child(up, udep::kAcomp);
      if (predicate && is_degree(*predicate)) return predicate;
      // "are close to zero"
      const auto nothing =
          predicate ? view_.behind(*predicate, "to") : std::vector<std::uint32_t>();
      if (!nothing.empty() && is_degree(nothing.front())) return nothing.front();
      if (is_degree(up)) return up;
    }
    for (const std::uint32_t c : view_.children.of(noun)) {
      if (!view_.is_verb(c) && is_degree(c)) return c;
    }
    return std::nullopt;
  }

  const View& view_;
  const OutlookTables& tables_;
  std::map<std::uint32_t, Candidate> best_;  ///< by anchor, so in text order
};

}  // namespace

std::map<std::uint32_t, Candidate> find_hedges(const View& view) { return Finder(view).run(); }

}  // namespace detente::outlook
