#include "detente/outlook/expectations.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "detente/outlook/direction.h"

namespace detente::outlook {
namespace {

/// A forecast told of a day this much before the report is history.
constexpr int kOldDays = 200;
/// A party that shares so many events with another stands for the other side of its relations.
constexpr int kEventsOfPartners = 3;
/// Below this a word speaks against what it governs: "doubt".
constexpr double kDoubted = 0.3;
/// How deep below a bare "will" what it speaks of may say its direction.
constexpr int kNear = 3;

// How closely each sort of hedge says how sure somebody is; of several the closest counts.
enum Rank : int { kThought = 1, kWill, kAttitude, kMay, kDegree, kDenied };

/// Something that is said to come: `anchor` is the verb or noun it hangs on.
struct Candidate {
  std::uint32_t anchor = 0;
  std::optional<std::uint32_t> holder;  ///< noun of whoever expects, when the hedge names it
  TextSpan hedge;
  double strength = 0;
  int rank = kWill;
  bool needs_holder = false;
  std::uint32_t via = 0;  ///< the verb of the hedge where that is another than the anchor
};

bool is_official(const resolve::Entity& entity) {
  static constexpr std::array<std::string_view, 4> kOthers{"EDU", "JRN", "BUS", "SOC"};
  return !entity.code.empty() && entity.code != "NGO" &&
         std::find(kOthers.begin(), kOthers.end(), entity.sector) == kOthers.end();
}

class Finder {
 public:
  explicit Finder(const View& view) : view_(view), tables_(view.tables) {}

  std::vector<Expectation> run() {
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
    std::vector<Expectation> out;
    for (const auto& [anchor, candidate] : best_) {
      if (auto one = settle(candidate)) out.push_back(std::move(*one));
    }
    return out;
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
    return past && attribution_of(copula) == nullptr;
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
                         degree_of(noun) || voice_of(noun) != nullptr;
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

  // The innermost saying around a token.
  [[nodiscard]] const attribute::Attribution* attribution_of(std::uint32_t token) const {
    const attribute::Attribution* found = nullptr;
    for (const attribute::Attribution& a : view_.reading.attributed.attributions) {
      if (a.kind == attribute::Kind::Credit || !a.content_tokens.contains(token)) continue;
      if (found == nullptr || a.content_tokens.size() < found->content_tokens.size()) found = &a;
    }
    return found;
  }

  // A saying within a saying: "we expect", he said. Whoever is named counts.
  [[nodiscard]] const attribute::Attribution* voice_of(std::uint32_t token) const {
    const attribute::Attribution* found = nullptr;
    for (const attribute::Attribution& a : view_.reading.attributed.attributions) {
      if (a.kind == attribute::Kind::Credit || !a.content_tokens.contains(token) || !a.source)
        continue;
      if (is_own_pronoun(*a.source)) continue;
      if (found == nullptr || a.content_tokens.size() < found->content_tokens.size()) found = &a;
    }
    return found;
  }

  [[nodiscard]] bool is_own_pronoun(TextSpan span) const {
    const std::string_view word = span.in(view_.reading.document.text);
    return word == "I" || word == "We" || word == "we";
  }

  // "I hope that", and nobody is quoted.
  [[nodiscard]] bool is_own(const Candidate& candidate) const {
    return candidate.holder && is_own_pronoun(view_.span(noun_phrase(*candidate.holder)));
  }

  void set_holder(const Candidate& candidate, Expectation& one) const {
    if (candidate.holder) {
      const TextSpan span = view_.span(noun_phrase(*candidate.holder));
      if (!is_own_pronoun(span)) {
        one.by = view_.mention_at(*candidate.holder);
        one.by_span = span;
        name_pronoun(*candidate.holder, one);
        return;
      }
    }
    if (const attribute::Attribution* voice = voice_of(candidate.anchor)) {
      one.by = voice->speaker;
      one.by_span = voice->source;
    }
  }

  // "he": by the name that he was given first.
  void name_pronoun(std::uint32_t holder, Expectation& one) const {
    if (view_.tokens.pos[holder] != upos::kPron || !one.by) return;
    const auto& mentions = view_.reading.resolved.mentions;
    one.by = view_.reading.resolved.entities[mentions[one.by->value].entity.value].mentions.front();
    one.by_span = mentions[one.by->value].span;
  }

  // Without relative clauses and apposition.
  [[nodiscard]] parse::TokenRange noun_phrase(std::uint32_t noun) const {
    parse::TokenRange range = view_.subtree(noun);
    for (const std::uint32_t c : view_.children.of(noun)) {
      if (c > noun && (view_.dep(c) == udep::kRelcl || view_.dep(c) == udep::kAcl ||
                       view_.tokens.pos[c] == parse::label("PUNCT"))) {
        range.end = std::min(range.end, c > noun ? view_.subtree(c).begin : range.end);
      }
    }
    return {range.begin, std::max(range.end, noun + 1)};
  }

  // Who speaks of himself promises or threatens.
  [[nodiscard]] bool is_of_himself(const Candidate& candidate, const Expectation& one) const {
    const auto subject = view_.is_verb(candidate.anchor) ? view_.subject(candidate.anchor)
                                                         : std::optional<std::uint32_t>();
    if (!subject) return false;
    if (is_own_pronoun(view_.tokens.span(*subject))) return true;
    if (!one.by) return false;
    const auto& mentions = view_.reading.resolved.mentions;
    const resolve::EntityId holder = mentions[one.by->value].entity;
    const resolve::Entity& who = view_.reading.resolved.entities[holder.value];
    const auto about = view_.mention_at(*subject);
    if (about && mentions[about->value].entity == holder) return true;
    if (!is_official(who) || is_of_no_camp(*one.by)) return false;
    // Of what state he is, is a guess: he tells of his own side's plans, unless he warns or thinks.
    if (who.code_from <= resolve::CodeFrom::Around) {
      return candidate.needs_holder && candidate.rank == kWill && !is_forecast(candidate.anchor);
    }
    const Sides parties = view_.parties(*subject);
    return std::any_of(parties.begin(), parties.end(), [&](const events::Side& side) {
      if (side.code != who.code || !is_same_camp(side.sector, who.sector)) return false;
      // "Socialists predict that the government will": of another part of his state he may forecast
      const bool is_other = !side.sector.empty() && side.sector != who.sector;
      return !is_other || candidate.rank < kAttitude;
    });
  }

  // "a retired admiral", "a Western ambassador in Havana"
  [[nodiscard]] bool is_of_no_camp(resolve::MentionId by) const {
    const resolve::Mention& mention = view_.reading.resolved.mentions[by.value];
    const auto has = [&](Role role) {
      for (std::uint32_t i = mention.tokens.begin; i < mention.tokens.end; ++i) {
        if (tables_.is(role, view_.lower(i)) || tables_.is(role, view_.lemma(i))) return true;
      }
      return false;
    };
    if (has(Role::Retired)) return true;
    return has(Role::Envoy) && !view_.behind(mention.head_token, "in").empty();
  }

  [[nodiscard]] bool is_forecast(std::uint32_t token) const {
    const attribute::Attribution* voice = attribution_of(token);
    if (voice == nullptr) return false;
    for (std::uint32_t i = view_.sentence_range(token).begin; i < view_.size(); ++i) {
      if (view_.tokens.begin[i] >= voice->cue.end) break;
      if (view_.tokens.begin[i] < voice->cue.begin) continue;
      for (const HedgeKind kind : {HedgeKind::Holds, HedgeKind::Thinks, HedgeKind::Feels}) {
        if (tables_.hedge(kind, view_.lemma(i))) return true;
      }
    }
    return false;
  }

  // A government and its opposition forecast each other's deeds.
  static bool is_same_camp(std::string_view a, std::string_view b) {
    const auto opposes = [](std::string_view s) { return s == "OPP" || s == "REB" || s == "CVL"; };
    return opposes(a) == opposes(b);
  }

  [[nodiscard]] bool is_history(const Candidate& candidate) const {
    const parse::TokenRange sentence = view_.sentence_range(candidate.anchor);
    for (const resolve::TimeExpression& time : view_.reading.resolved.dates) {
      if (time.value.empty() || time.tokens.begin < sentence.begin ||
          time.tokens.end > sentence.end)
        continue;
      const bool is_old = time.range.last.plus_days(kOldDays) < view_.reading.resolved.anchor;
      if (is_old && !view_.is_limit(time)) return true;
    }
    return false;
  }

  // "…, while Chile will sign", "…, but Chile will sign"
  [[nodiscard]] bool is_next_clause(std::uint32_t verb) const {
    if (!view_.is_verb(verb)) return false;
    if (view_.dep(verb) == udep::kConj) return view_.child(verb, udep::kNsubj).has_value();
    const auto mark = view_.child(verb, udep::kMark);
    return view_.dep(verb) == udep::kAdvcl && mark &&
           tables_.is(Role::Contrast, view_.lower(*mark));
  }

  [[nodiscard]] parse::TokenRange content_of(const Candidate& candidate) const {
    parse::TokenRange range = view_.subtree(candidate.anchor);
    if (view_.is_verb(candidate.anchor)) {
      const auto subject = view_.subject(candidate.anchor);
      if (subject) {
        const parse::TokenRange more = view_.subtree(*subject);
        if (view_.sentence(*subject) == view_.sentence(candidate.anchor)) {
          range.begin = std::min(range.begin, more.begin);
          range.end = std::max(range.end, more.end);
        }
      }
    }
    // Not into the next clause, which has days and parties of its own.
    for (const std::uint32_t c : view_.children.of(candidate.anchor)) {
      if (c > candidate.anchor && is_next_clause(c)) {
        range.end = std::min(range.end, std::max(view_.subtree(c).begin, candidate.anchor + 1));
      }
    }
    // Not into the words of who says it.
    const attribute::Attribution* voice = attribution_of(candidate.anchor);
    if (voice != nullptr && voice->source) {
      range.begin = std::max(range.begin, std::min(voice->content_tokens.begin, candidate.anchor));
      range.end = std::min(range.end, std::max(voice->content_tokens.end, candidate.anchor + 1));
    }
    return view_.on_line(range, candidate.anchor);
  }

  std::optional<Expectation> settle(const Candidate& candidate) const {
    // "fears that they had lost" is of the past, "the law foresees a vote" is nobody's forecast.
    if (view_.is_verb(candidate.anchor) && view_.tag(candidate.anchor) == xpos::kVbd &&
        candidate.rank != kDegree)
      return std::nullopt;
    if (candidate.holder && tables_.is(Role::Text, view_.lemma(*candidate.holder))) {
      return std::nullopt;
    }
    Expectation one;
    set_holder(candidate, one);
    if (!one.by_span && (candidate.needs_holder || is_own(candidate))) return std::nullopt;
    const attribute::Attribution* voice = attribution_of(candidate.anchor);
    // "nobody believes that": the denial is the hedge itself.
    if (voice != nullptr && !voice->cue.overlaps(candidate.hedge) &&
        (voice->stance == attribute::Stance::Denies || voice->stance == attribute::Stance::Asks)) {
      return std::nullopt;
    }
    if (is_of_himself(candidate, one) || is_history(candidate)) return std::nullopt;
    const parse::TokenRange content = content_of(candidate);
    const Bearing bearing =
        bearing_of(view_, candidate.anchor, true, candidate.needs_holder ? kNear : kDeepest);
    int sign = bearing.sign;
    one.strength = candidate.strength;
    if (!view_.is_verb(candidate.anchor) && view_.is_negated(candidate.anchor)) {
      sign = -sign;  // "no thaw is expected": the thaw is what is unlikely
      one.strength = 1 - one.strength;
    }
    one.direction = direction_of(sign);
    if (one.direction == Direction::None) return std::nullopt;
    if (touches_party(candidate.anchor, bearing.word)) add_parties(content, one);
    if (one.about.empty() && candidate.rank >= kAttitude) add_parties(around(candidate), one);
    if (one.about.empty() && candidate.rank >= kAttitude) add_people(one);
    if (one.about.empty() || is_plan(candidate, one)) return std::nullopt;
    add_own_state(one, bearing.word);
    add_partner(one);
    one.hedge = candidate.hedge;
    one.evidence = view_.span(content);
    one.evidence.begin = std::min(one.evidence.begin, one.hedge.begin);
    one.evidence.end = std::max(one.evidence.end, one.hedge.end);
    for (std::uint32_t i = content.begin; i < content.end && one.event.empty(); ++i) {
      if (const events::Event* event = view_.event_at(i)) one.event = event->event;
    }
    set_horizon(content, candidate.via, one);
    return one;
  }

  void add_parties(parse::TokenRange range, Expectation& one) const {
    for (const events::Side& side : view_.political_in(range)) {
      const bool is_holder = one.by_span && one.by_span->overlaps(side.span);
      if (!is_holder) add_new({side}, one.about);
    }
  }

  // "Many Haitians fear that a foreign force will fire": of themselves.
  void add_people(Expectation& one) const {
    if (!one.by || one.direction != Direction::Conflict) return;
    const auto& mentions = view_.reading.resolved.mentions;
    const resolve::Entity& who =
        view_.reading.resolved.entities[mentions[one.by->value].entity.value];
    if (who.code_from == resolve::CodeFrom::State) view_.add(one.by->value, one.about);
  }

  // "fears a bloodbath if French soldiers leave": the condition tells whom it is about.
  [[nodiscard]] parse::TokenRange around(const Candidate& candidate) const {
    const std::uint32_t up = view_.head(candidate.anchor);
    for (const std::uint32_t c : view_.children.of(up)) {
      if (view_.dep(c) == udep::kAdvcl) return view_.subtree(c);
    }
    return {candidate.anchor, candidate.anchor};
  }

  // A party acts, is acted on or owns what says the direction, or what stands between it and the
  // forecast.
  [[nodiscard]] bool touches_party(std::uint32_t anchor, std::uint32_t word) const {
    while (true) {
      if (has_party(word)) return true;
      const std::uint32_t up = view_.head(word);
      if (word == anchor || up == word) break;
      word = up;
    }
    return has_party(anchor);
  }

  [[nodiscard]] bool has_party(std::uint32_t word) const {
    const auto is_one = [&](std::uint32_t noun) {
      const Sides sides = view_.parties(noun);
      return std::any_of(sides.begin(), sides.end(),
                         [&](const events::Side& side) { return view_.is_political(side); });
    };
    if (view_.is_noun(word) && is_one(word)) return true;
    if (view_.is_verb(word)) {
      if (const auto subject = view_.subject(word); subject && is_one(*subject)) return true;
    }
    for (const std::uint32_t c : view_.children.of(word)) {
      if (view_.dep(c) == udep::kDobj && is_one(c)) return true;
      if (view_.dep(c) != udep::kAdvmod && view_.dep(c) != udep::kAgent) continue;
      for (const std::uint32_t o : view_.behind(c, "")) {
        if (is_one(o)) return true;
      }
      if (const auto o = view_.child(c, udep::kPobj); o && is_one(*o)) return true;
    }
    const auto behind = view_.behind(word, "");
    return std::any_of(behind.begin(), behind.end(), is_one);
  }

  // A bare "will" is no forecast in the mouth of somebody who tells what will be done at home, or
  // whom parties are no business of.
  [[nodiscard]] bool is_plan(const Candidate& candidate, const Expectation& one) const {
    if (!candidate.needs_holder || candidate.rank > kMay) return false;
    if (!one.by) return candidate.rank <= kWill;
    const auto& mentions = view_.reading.resolved.mentions;
    const resolve::Entity& who =
        view_.reading.resolved.entities[mentions[one.by->value].entity.value];
    if (tables_.is(Role::Expert, who.sector) || is_forecast(candidate.anchor)) return false;
    if (candidate.rank == kMay) return false;
    if (who.type == resolve::MentionType::Object) return true;
    return tables_.is(Role::Private, who.sector) ||
           std::all_of(one.about.begin(), one.about.end(),
                       [&](const events::Side& side) { return side.code == who.code; });
  }

  // In what is expected, else beside the verb of the hedge: "remained unlikely this spring".
  void set_horizon(parse::TokenRange content, std::uint32_t via, Expectation& one) const {
    for (const bool is_beside : {false, true}) {
      for (const resolve::TimeExpression& time : view_.reading.resolved.dates) {
        const bool fits =
            is_beside ? hangs_on(time.tokens, via)
                      : time.tokens.begin >= content.begin && time.tokens.end <= content.end;
        const bool is_past = view_.to_come(time).last < view_.reading.resolved.anchor;
        if (!fits || is_past || (is_in_past(time) && !view_.is_limit(time))) continue;
        one.horizon = horizon_of(time);
        return;
      }
    }
  }

  // Of a day without a year the reader says which it is, unless a limit tells that it is to come.
  [[nodiscard]] bool is_in_past(const resolve::TimeExpression& time) const {
    return time.range.last < view_.reading.resolved.anchor;
  }

  [[nodiscard]] bool hangs_on(parse::TokenRange time, std::uint32_t verb) const {
    for (std::uint32_t i = time.begin; i < time.end; ++i) {
      const std::uint32_t up = view_.head(i);
      if (up == verb || (view_.dep(up) == udep::kPrep && view_.head(up) == verb)) return true;
    }
    return false;
  }

  [[nodiscard]] Horizon horizon_of(const resolve::TimeExpression& time) const {
    Horizon horizon{time.span, view_.to_come(time)};
    if (const auto before = view_.preposition_of(time)) {
      horizon.span.begin = view_.tokens.begin[*before];
    }
    if (view_.is_limit(time)) horizon.range.first = view_.reading.resolved.anchor;
    return horizon;
  }

  // A state's officials speak of what touches their own state.
  // "a summit with India", the other side of which is the speaker's.
  [[nodiscard]] bool is_with(const events::Side& side, std::uint32_t word) const {
    for (const std::uint32_t o : view_.behind(word, "with")) {
      const Sides sides = view_.parties(o);
      if (std::any_of(sides.begin(), sides.end(),
                      [&](const events::Side& other) { return other.code == side.code; })) {
        return !view_.is_verb(word) && view_.child(word, udep::kPoss) == std::nullopt;
      }
    }
    return false;
  }

  void add_own_state(Expectation& one, std::uint32_t word) const {
    if (one.about.size() != 1 || !one.by) return;
    if (one.direction != Direction::Conflict && !is_with(one.about.front(), word)) return;
    Sides holder;
    view_.add(one.by->value, holder);
    for (const events::Side& side : holder) {
      const resolve::Entity& entity = view_.reading.resolved.entities[side.entity->value];
      if (is_official(entity) && entity.code_from == resolve::CodeFrom::State &&
          is_state(side.code)) {
        add_new({side}, one.about);
      }
    }
  }

  static bool is_state(std::string_view code) {
    return code != "IGO" && code != "UNO" && code != "EUR" && code != "NGO" && code != "MNC";
  }

  // "Yoon's government will take a tougher line": on the party that the report is about too.
  void add_partner(Expectation& one) const {
    if (one.about.size() != 1) return;
    std::map<std::string, int> n_shared;
    std::map<std::string, events::Side> sides;
    for (const events::Event& event : view_.reading.coded.events) {
      Sides all = event.actor;
      all.insert(all.end(), event.recipient.begin(), event.recipient.end());
      const auto found = codes(all);
      if (!std::binary_search(found.begin(), found.end(), one.about.front().code)) continue;
      for (const events::Side& side : all) {
        if (side.code.empty() || side.code == one.about.front().code) continue;
        ++n_shared[side.code];
        sides.try_emplace(side.code, side);
      }
    }
    const auto most =
        std::max_element(n_shared.begin(), n_shared.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most != n_shared.end() && most->second >= kEventsOfPartners) {
      one.about.push_back(sides.at(most->first));
    }
  }

  const View& view_;
  const OutlookTables& tables_;
  std::map<std::uint32_t, Candidate> best_;  ///< by anchor, so in text order
};

}  // namespace

std::vector<Expectation> find_expectations(const View& view) { return Finder(view).run(); }

}  // namespace detente::outlook
