#include "detente/outlook/hedges.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace detente::outlook {
namespace {

/// Below this a word speaks against what it governs: "doubt".
constexpr double kDoubted = 0.3;

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

  // "will probably meet", "may meet"
  void auxiliary(std::uint32_t verb) {
    std::optional<std::uint32_t> modal;
    std::optional<std::uint32_t> adverb;
    for (const std::uint32_t c : view_.children.of(verb)) {
      if (view_.dep(c) == udep::kAux && view_.tag(c) == xpos::kMd) modal = c;
      const bool before = view_.dep(c) == udep::kAdvmod || view_.dep(c) == udep::kAcomp;
      if (before && tables_.hedge(HedgeKind::Adverb, view_.lower(c)) && c < verb) adverb = c;
    }
    if (!modal) return;
    const double* strength = tables_.hedge(HedgeKind::Modal, view_.lemma(*modal));
    if (strength == nullptr) strength = tables_.hedge(HedgeKind::Modal, view_.lower(*modal));
    if (strength == nullptr) return;
    // "would have sent", "would often send"
    for (const std::uint32_t c : view_.children.of(verb)) {
      if (tables_.is(Role::Habit, view_.lower(c))) return;
      if (view_.dep(c) == udep::kAux && view_.lemma(c) == "have") return;
      if (view_.dep(c) == udep::kMark && tables_.is(Role::Condition, view_.lower(c))) return;
    }
    if (adverb) {
      TextSpan hedge = view_.span(view_.subtree(*adverb));
      offer({verb, std::nullopt, hedge, *tables_.hedge(HedgeKind::Adverb, view_.lower(*adverb)),
             kDegree, false});
      return;
    }
    if (is_aside(verb)) return;
    const int rank = *strength <= 0.5 ? kMay : kWill;
    offer({verb, std::nullopt, view_.tokens.span(*modal), *strength, rank, true});
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
    const double* holds = tables_.hedge(HedgeKind::Holds, view_.lemma(verb));
    const double* sees = tables_.hedge(HedgeKind::Sees, view_.lemma(verb));
    const double* thinks = tables_.hedge(HedgeKind::Thinks, view_.lemma(verb));
    if (holds == nullptr && sees == nullptr && thinks == nullptr) return;
    if (view_.child(verb, udep::kAuxpass) || view_.child(verb, udep::kNsubjpass)) return;
    if (is_outdated(verb)) return;
    const auto holder = view_.doer(verb);
    const auto clause = view_.child(verb, udep::kCcomp);
    auto object = view_.child(verb, udep::kDobj);
    // "hopes for peace", "braces for an attack"
    for (const std::uint32_t o : view_.behind(verb, "for")) object = object ? object : o;
    const auto give = [&](std::uint32_t anchor, double strength, int rank) {
      Candidate candidate{anchor, holder, view_.tokens.span(verb), strength, rank, false};
      weigh(candidate, verb, holder);
      offer(candidate);
    };
    if (clause && holds != nullptr) {
      give(*clause, *holds, view_.lemma(verb) == "doubt" ? kDenied : kAttitude);
    } else if (clause && thinks != nullptr) {
      Candidate candidate{*clause, holder, view_.tokens.span(verb), *thinks, kThought, true};
      weigh(candidate, verb, holder);
      if (is_to_come(*clause)) offer(candidate);
    } else if (sees != nullptr && clause && view_.tag(*clause) == xpos::kVbg) {
      give(*clause, *sees, kAttitude);
    } else if (sees != nullptr && object && (is_ruled(verb) || is_seen_off(verb, *object))) {
      give(*object, view_.lemma(verb) == "rule" ? 1 - *sees : *sees, kAttitude);
    }
  }

  // "will", "would", "may" and the like
  [[nodiscard]] bool is_to_come(std::uint32_t verb) const {
    for (const std::uint32_t c : view_.children.of(verb)) {
      if (view_.dep(c) == udep::kAux && tables_.hedge(HedgeKind::Modal, view_.lower(c)))
        return true;
    }
    return false;
  }

  // "rule" asks for "out"; "see" for a clause
  [[nodiscard]] bool is_ruled(std::uint32_t verb) const {
    if (view_.lemma(verb) == "see") return false;
    return view_.lemma(verb) != "rule" || view_.child(verb, udep::kPrt).has_value();
  }

  // "sees no end to the feud"
  [[nodiscard]] bool is_seen_off(std::uint32_t verb, std::uint32_t object) const {
    return view_.tag(verb) != xpos::kVbd && view_.is_negated(object);
  }

  // What was thought is told of the past, unless somebody says now that he thought it.
  [[nodiscard]] bool is_outdated(std::uint32_t verb) const {
    if (view_.tag(verb) != xpos::kVbd) return false;
    if (view_.dep(verb) == udep::kCcomp) return false;
    static constexpr std::array<std::string_view, 5> kSaid{"predict", "forecast", "foresee",
                                                           "prophesy", "foretell"};
    return std::find(kSaid.begin(), kSaid.end(), view_.lemma(verb)) == kSaid.end();
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
      if (few == nullptr && view_.dep(c) == udep::kAmod)
        few = tables_.hedge(HedgeKind::Few, view_.lower(c));
    }
    if (few == nullptr) return;
    candidate.strength = *few;
    candidate.rank = kDenied;
  }

  // "consider a war unlikely", "regard a deal as likely", "deem it likely that"
  bool judged(std::uint32_t word, double strength) {
    std::uint32_t verb = view_.head(word);
    if (view_.lower(verb) == "as") verb = view_.head(verb);
    if (verb == word || !view_.is_verb(verb) || view_.child(word, udep::kAuxpass) ||
        tables_.hedge(HedgeKind::Judges, view_.lemma(verb)) == nullptr || is_outdated(verb))
      return false;
    std::optional<std::uint32_t> anchor = clause_of(word, word);
    if (!anchor) anchor = view_.child(word, udep::kNsubj);
    if (!anchor) anchor = view_.child(verb, udep::kDobj);
    if (!anchor || (!view_.is_noun(*anchor) && !view_.is_verb(*anchor))) return false;
    const auto holder = view_.doer(verb);
    Candidate candidate{*anchor, holder, view_.tokens.span(word), strength, kDegree, false, verb};
    weigh(candidate, verb, holder);
    offer(candidate);
    return true;
  }

  // "is likely to meet", "it is likely that they meet", "a deal is likely", "is confident that"
  void state(std::uint32_t word) {
    const double* strength = strength_of(word);
    const double* feels = tables_.hedge(HedgeKind::Feels, view_.lower(word));
    if (strength == nullptr && feels == nullptr) return;
    if (strength != nullptr && judged(word, *strength)) return;
    const std::uint32_t up = view_.head(word);
    const bool predicate = view_.dep(word) == udep::kAcomp || view_.dep(word) == udep::kOprd ||
                           view_.dep(word) == udep::kAttr;
    const bool passive = view_.child(word, udep::kAuxpass).has_value();
    // "on the verge of war"
    const std::uint32_t above = view_.head(up);
    const bool on_verge = view_.dep(word) == udep::kPobj && view_.dep(up) == udep::kPrep &&
                          view_.is_verb(above) && !preposition_of(word).empty();
    // "an attack is coming", "war looms"
    const bool under_way =
        view_.tag(word) == xpos::kVbz || view_.tag(word) == xpos::kVbp ||
        (view_.tag(word) == xpos::kVbg && view_.child(word, udep::kAux).has_value());
    if (!predicate && !passive && !on_verge && !under_way) return;
    // "is being scheduled"
    if (const auto be = view_.child(word, udep::kAuxpass); be && view_.lower(*be) == "being")
      return;
    const std::uint32_t copula = on_verge ? above : predicate ? up : word;
    if (is_past_state(copula)) return;
    const auto subject = view_.subject(copula);
    const auto clause = clause_of(word, copula);
    const bool impersonal =
        !subject || view_.lower(*subject) == "it" || view_.lower(*subject) == "there" || passive;
    // "is certain that they meet" is felt, "is certain to meet" is told of whoever will meet.
    const bool is_felt = feels != nullptr && clause && !impersonal &&
                         (strength == nullptr || view_.dep(*clause) != udep::kXcomp);
    if (is_felt) {
      Candidate candidate{*clause, subject, view_.tokens.span(word), *feels, kDenied, false};
      weigh(candidate, copula, std::nullopt);
      offer(candidate);
      return;
    }
    if (strength == nullptr) return;
    if (const auto with = preposition_of(word); !clause && !with.empty()) {
      offer({view_.behind(word, with).front(), std::nullopt, view_.tokens.span(word), *strength,
             kDegree, false, copula});
      return;
    }
    Candidate candidate{0, std::nullopt, view_.tokens.span(word), *strength, kDegree, false};
    candidate.via = copula;
    weigh(candidate, copula, std::nullopt);
    if (view_.is_negated(word)) candidate.strength = 1 - candidate.strength;
    if (clause) {
      candidate.anchor = *clause;
      offer(candidate);
    } else if (subject && view_.is_noun(*subject)) {
      candidate.anchor = *subject;
      offer(candidate);
    }
  }

  // The row of a word alone, of "matter of time" or of "close to".
  [[nodiscard]] const double* strength_of(std::uint32_t word) const {
    const std::string alone(view_.lower(word));
    if (const double* found = tables_.hedge(HedgeKind::State, alone)) return found;
    for (const std::uint32_t o : view_.behind(word, "of")) {
      const double* found =
          tables_.hedge(HedgeKind::State, alone + " of " + std::string(view_.lower(o)));
      if (found != nullptr) return found;
    }
    const std::string_view with = preposition_of(word);
    return with.empty() ? nullptr
                        : tables_.hedge(HedgeKind::State, alone + " " + std::string(with));
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
    return past && view_.attribution_of(copula) == nullptr;
  }

  // "fears that", "a risk of", "chances are slim that"
  void chance(std::uint32_t noun) {
    const double* strength = tables_.hedge(HedgeKind::Chance, view_.lemma(noun));
    if (strength == nullptr) return;
    const auto anchor = feared(noun);
    if (!anchor) return;
    const std::uint32_t up = view_.head(noun);
    std::optional<std::uint32_t> holder;
    if (view_.dep(noun) == udep::kDobj && view_.is_verb(up)) holder = view_.doer(up);
    // "the ministry's forecast", "NATO fears that"
    for (const StringId owner : {udep::kPoss, udep::kCompound}) {
      const auto c = view_.child(noun, owner);
      if (!holder && c && view_.mention_at(*c)) holder = c;
    }
    // "the consensus among diplomats"
    for (const std::uint32_t o : view_.behind(noun, "among")) holder = holder ? holder : o;
    if (holder && tables_.is(Role::Light, view_.lower(*holder))) holder.reset();
    // "the fear of war haunts them" is a topic, "there is a risk of war" a forecast
    const bool is_told = holder || view_.is_verb(*anchor) || view_.dep(noun) == udep::kAttr ||
                         degree_of(noun) || view_.voice_of(noun) != nullptr;
    if (!is_told) return;
    Candidate candidate{*anchor, holder, view_.tokens.span(noun), *strength, kAttitude, false};
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
      for (const std::uint32_t o : view_.behind(noun, preposition)) return o;
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
