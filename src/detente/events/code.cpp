#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "detente/events/compose.h"
#include "detente/events/details.h"
#include "detente/events/events.h"
#include "detente/events/features.h"
#include "detente/events/merge.h"

namespace detente::events {
namespace {

/// Sentences at the head of a report that tell its news; a headline may have run into one.
constexpr std::uint32_t kLead = 3;

/// An event of a document this much older than the document is history.
constexpr int kHistoryDays = 183;

std::uint64_t fnv1a(std::string_view bytes, std::uint64_t hash) {
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  return hash;
}

std::string hex(std::uint64_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4) {
    out += kDigits[(value >> static_cast<unsigned>(shift)) & 15U];
  }
  return out;
}

bool is_coded_zone(read::Zone zone) {
  return zone != read::Zone::Credit && zone != read::Zone::Link &&
         zone != read::Zone::Boilerplate && zone != read::Zone::Byline;
}

std::size_t count_coded(const std::vector<Side>& sides) {
  return static_cast<std::size_t>(std::count_if(
      sides.begin(), sides.end(), [](const Side& side) { return !side.code.empty(); }));
}

/// "words at home", "deeds to nobody": which events the table asks how much surety of.
std::string kind_of(const Event& event) {
  std::set<std::string_view> actors;
  std::set<std::string_view> recipients;
  for (const auto& side : event.actor) actors.insert(side.code);
  for (const auto& side : event.recipient) recipients.insert(side.code);
  actors.erase("");
  recipients.erase("");
  const bool at_home = event.reciprocal ? actors.size() == 1 : actors == recipients;
  const std::string to = recipients.empty() && !event.reciprocal ? "to nobody"
                         : at_home                               ? "at home"
                                                                 : "abroad";
  return (is_in_words(event.quad_code) ? "words " : "deeds ") + to;
}

class Coder {
 public:
  Coder(const DocumentView& view)
      : view_(view),
        frames_(view),
        sides_(view, frames_),
        composer_(view, frames_, sides_),
        speech_(view.ontology.set("grammar-speech")),
        telling_prepositions_(view.ontology.set("grammar-telling-prepositions")),
        nobody_(view.ontology.set("grammar-nobody")),
        habits_(view.ontology.set("grammar-habits")),
        untold_gerunds_(view.ontology.set("grammar-untold-gerunds")),
        violent_acts_(view.ontology.set("violent-act")),
        definite_(view.ontology.set("grammar-definite")),
        deeds_(view.ontology.set("grammar-deeds")) {}

  CodedDocument run();

 private:
  [[nodiscard]] bool is_about_politics() const;
  void code_sentence(parse::TokenRange sentence);
  bool settle_reality(Meaning& meaning);
  [[nodiscard]] bool is_told_by_others(const Meaning& meaning);
  [[nodiscard]] bool is_done_to_nobody(const PredicateFrame& frame) const;
  [[nodiscard]] bool is_untold(const PredicateFrame& outer) const;
  [[nodiscard]] bool is_habit(const PredicateFrame& frame) const;
  [[nodiscard]] bool is_in_depth(const Meaning& meaning) const;
  [[nodiscard]] bool is_state_of_affairs(const Meaning& m, const PredicateFrame& outer) const;
  void read_above(Meaning& meaning, Modal& modal);
  struct EarlierDeed {
    std::uint32_t noun = 0;
    std::string_view category;  ///< empty: a deed of any kind
  };
  [[nodiscard]] std::optional<EarlierDeed> earlier_deed(const Meaning& meaning);
  void find_who_did_it(Meaning& meaning, const EventType& type);
  bool settle_sides(Meaning& meaning);
  [[nodiscard]] bool speaks_to_itself(const Meaning& meaning, const EventType& type,
                                      const Side& side) const;
  [[nodiscard]] bool drop_private_parties(Meaning& meaning) const;
  [[nodiscard]] static bool is_harm_to_foreigners(const Meaning& meaning);
  [[nodiscard]] bool is_political(const Meaning& meaning, const EventType& type) const;
  [[nodiscard]] bool is_counted_crowd(const PredicateFrame& frame) const;
  void name_attacker(Meaning& meaning);
  void add_unknown_actor(Meaning& meaning, std::string_view sector);
  [[nodiscard]] bool is_told(std::uint32_t noun) const;
  [[nodiscard]] bool is_unreal(std::uint32_t token_idx,
                               const std::vector<std::uint32_t>& unreal) const;
  [[nodiscard]] bool is_opinion(const Meaning& meaning) const;
  [[nodiscard]] std::string_view attitude_of(const Meaning& meaning) const;
  [[nodiscard]] bool is_expected(const Meaning& meaning) const;
  [[nodiscard]] bool under_speech(std::uint32_t token_idx) const;
  [[nodiscard]] std::vector<std::uint32_t> attributions_of(const Meaning& meaning) const;
  Event make_event(const Meaning& meaning);
  void settle_confidence(Event& event) const;
  [[nodiscard]] EventMention mention_of(const Meaning& meaning,
                                        std::optional<std::uint32_t> date) const;

  const DocumentView& view_;
  FrameBuilder frames_;
  SideFinder sides_;
  Composer composer_;
  std::span<const WordId> speech_;
  std::span<const WordId> telling_prepositions_;
  std::span<const WordId> nobody_;
  std::span<const WordId> habits_;
  std::span<const WordId> untold_gerunds_;
  std::span<const WordId> violent_acts_;
  std::span<const WordId> definite_;
  std::span<const WordId> deeds_;
  std::vector<Event> events_;
};

std::vector<std::uint32_t> Coder::attributions_of(const Meaning& meaning) const {
  std::vector<std::uint32_t> out;
  const TextSpan trigger = view_.tokens.span(meaning.trigger);
  const TextSpan outer = view_.tokens.span(meaning.outer);
  for (std::uint32_t i = 0; i < view_.attributed.attributions.size(); ++i) {
    const auto& attribution = view_.attributed.attributions[i];
    // A saying that is itself the event ("promised to …") is no voice about it.
    if (attribution.cue.overlaps(outer)) continue;
    if (attribution.content.contains(trigger)) out.push_back(i);
  }
  return out;
}

bool Coder::under_speech(std::uint32_t token_idx) const {
  std::uint32_t t = token_idx;
  for (int steps = 0; steps < 6; ++steps) {
    const std::uint32_t up = view_.head(t);
    if (up == t) break;
    if (view_.dep(t) == udep::kCcomp && view_.is_one_of(up, speech_)) return true;
    t = up;
  }
  return std::any_of(view_.attributed.attributions.begin(), view_.attributed.attributions.end(),
                     [&](const attribute::Attribution& a) {
                       return a.content.contains(view_.tokens.span(token_idx));
                     });
}

/// A forecast or view of somebody who does not decide.
bool Coder::is_opinion(const Meaning& meaning) const {
  bool someone = false;
  for (const std::uint32_t i : attributions_of(meaning)) {
    const auto& attribution = view_.attributed.attributions[i];
    if (!attribution.speaker) continue;
    const auto& entity = view_.entity_of(attribution.speaker->value);
    const Side side{attribution.speaker, std::nullopt, entity.code, entity.sector, {}};
    if ((sides_.types_of(side) & kPolitical) != 0) return false;
    someone = true;
  }
  return someone;
}

/// The operator of the outermost rule; empty when that rule is an event by itself.
std::string_view Coder::attitude_of(const Meaning& m) const {
  const Rule& first = *m.chain.front();
  if (!first.operator_idx) return {};
  return view_.ontology.operators()[*first.operator_idx].name;
}

/// "is likely to", "is expected to": nobody's word and nobody's plan.
bool Coder::is_expected(const Meaning& m) const { return attitude_of(m) == "expected"; }

/// "will probably focus on strengthening ties": a gerund or infinitive that no rule tied to the
/// verb above is as real as that verb.
void Coder::read_above(Meaning& m, Modal& modal) {
  std::uint32_t t = m.outer;
  for (int steps = 0; steps < 6; ++steps) {
    const StringId d = view_.dep(t);
    const std::uint32_t up = view_.head(t);
    if (up == t) return;
    const bool on = d == udep::kXcomp || d == udep::kPcomp || d == udep::kConj ||
                    (d == udep::kPrep && !view_.is_one_of(t, telling_prepositions_)) ||
                    (d == udep::kDobj && view_.is_noun(t));
    if (!on) return;
    t = up;
    if (!view_.is_verb(t) || t == m.outer) continue;
    const PredicateFrame& above = frames_.frame(t);
    if (d == udep::kConj) return;  // a conjunct has read its own modality
    m.auxiliary.hypothetical = m.auxiliary.hypothetical || above.hedged || above.conditional;
    m.auxiliary.negation = m.auxiliary.negation || above.negated;
    if (modal == Modal::None && above.modal != Modal::Infinitive) modal = above.modal;
    m.weight *= 0.85;
    return;
  }
}

/// "arrested nobody": what has not happened to anybody in particular.
bool Coder::is_done_to_nobody(const PredicateFrame& frame) const {
  return std::any_of(frame.patients.begin(), frame.patients.end(),
                     [&](std::uint32_t t) { return view_.is_one_of(t, nobody_); });
}

/// "Hang them", "instead of marching", "about consulting them": said, but not told.
bool Coder::is_untold(const PredicateFrame& outer) const {
  const std::uint32_t t = outer.trigger;
  if (outer.kind != FrameKind::Verb) return false;
  if (view_.tag(t) == xpos::kVb && outer.modal == Modal::None) {
    const auto children = view_.children.of(t);
    return std::none_of(children.begin(), children.end(), [&](std::uint32_t c) {
      return view_.dep(c) == udep::kNsubj || view_.dep(c) == udep::kNsubjpass;
    });
  }
  return view_.dep(t) == udep::kPcomp && view_.is_one_of(view_.head(t), untold_gerunds_);
}

bool Coder::is_in_depth(const Meaning& m) const {
  return view_.sentence(m.outer) >= kLead &&
         view_.document.zone_at(view_.tokens.begin[m.outer]) == read::Zone::Body;
}

/// "All donors support the programs", deep inside a report: how things stand, not what happened.
bool Coder::is_state_of_affairs(const Meaning& m, const PredicateFrame& outer) const {
  if (outer.kind != FrameKind::Verb || outer.modal != Modal::None) return false;
  if (!is_in_depth(m)) return false;
  // "Beijing rejects those claims", "plans to deploy": told in the present of what is said now.
  if (view_.ontology.event_type(m.event).quad_code == 3) return false;
  if (is_expected(m) || attitude_of(m) == "plan") return false;
  if (!outer.passive) return view_.is_present(m.outer);
  const auto children = view_.children.of(m.outer);
  return std::any_of(children.begin(), children.end(), [&](std::uint32_t c) {
    return view_.dep(c) == udep::kAuxpass && view_.is_present(c);
  });
}

/// "usually allows", "candidates who promise": the present tense of what is so at any time.
bool Coder::is_habit(const PredicateFrame& frame) const {
  const std::uint32_t t = frame.trigger;
  if (frame.kind != FrameKind::Verb || frame.perfect || frame.past) return false;
  if (!view_.is_present(t)) return false;
  const auto children = view_.children.of(t);
  if (std::any_of(children.begin(), children.end(), [&](std::uint32_t c) {
        return view_.dep(c) == udep::kAdvmod && view_.is_one_of(c, habits_);
      })) {
    return true;
  }
  // A relative clause on a plural without article, number or owner.
  const std::uint32_t noun = view_.head(t);
  if (view_.dep(t) != udep::kRelcl || view_.tag(noun) != xpos::kNns) return false;
  const auto before = view_.children.of(noun);
  return std::none_of(before.begin(), before.end(), [&](std::uint32_t c) {
    const StringId d = view_.dep(c);
    return d == udep::kDet || d == udep::kNummod || d == udep::kPoss || d == udep::kAmod;
  });
}

/// Whether a known speaker tells of others: "Washington said that Moscow may attack".
bool Coder::is_told_by_others(const Meaning& m) {
  const auto speakers =
      sides_.at({PlaceKind::Speaker, {}}, frames_.frame(m.outer), nullptr, {}, {});
  if (!any_coded(speakers) || !any_coded(m.actors)) return false;
  return std::none_of(speakers.begin(), speakers.end(), [&](const Side& speaker) {
    return std::any_of(m.actors.begin(), m.actors.end(),
                       [&](const Side& actor) { return sides_.same_camp(speaker, actor); });
  });
}

bool Coder::settle_reality(Meaning& m) {
  const PredicateFrame& outer = frames_.frame(m.outer);
  if (outer.question || is_done_to_nobody(outer) || is_habit(outer)) return false;
  if (is_state_of_affairs(m, outer) || is_untold(outer)) return false;
  Modal modal = m.modal;
  read_above(m, modal);
  if (modal == Modal::Infinitive) {
    const std::uint32_t up = view_.head(m.outer);
    const bool headline = up == m.outer;
    // "is to leave", but not "is hard to leave"
    const auto beside = view_.children.of(up);
    const bool qualified = std::any_of(beside.begin(), beside.end(), [&](std::uint32_t c) {
      return view_.dep(c) == udep::kAcomp || view_.dep(c) == udep::kAttr;
    });
    const bool to_be = up != m.outer && view_.lemma_text(up) == "be" && !qualified &&
                       outer.kind == FrameKind::Verb && any_coded(m.actors);
    if (headline || to_be) {
      modal = Modal::Will;
    } else if (!composer_.apply("purpose", m)) {
      return false;
    }
  }
  if (modal == Modal::Would) {
    // "would not accept it": a refusal, whoever tells of it.
    const bool refused = m.auxiliary.negation && !m.auxiliary.hypothetical;
    modal = refused || under_speech(m.outer) ? Modal::Will : Modal::Possible;
  }
  const bool opinion = is_opinion(m);
  const bool conflict = view_.ontology.event_type(m.event).quad_code >= 3;
  const bool ahead = modal == Modal::Will || modal == Modal::Possible;
  if (ahead && conflict && is_told_by_others(m)) return false;
  if (m.auxiliary.hypothetical && m.auxiliary.negation) return false;
  // An expert may tell of plans that there are, but what he holds likely is his expectation.
  const bool guessed = m.auxiliary.hypothetical || is_expected(m);
  if (guessed && opinion) return false;
  if (modal == Modal::Will) {
    if (opinion || m.auxiliary.hypothetical) return false;
    if (!composer_.apply(m.auxiliary.negation ? "future-negated" : "future", m)) return false;
  } else if (modal == Modal::Possible) {
    if (opinion || !under_speech(m.outer)) {
      m.auxiliary.hypothetical = true;
      if (opinion) return false;
    } else if (m.auxiliary.negation || !composer_.apply("possible", m)) {
      return false;
    }
  } else if (modal == Modal::Obliged) {
    if (!composer_.apply("obliged", m)) return false;
  }
  return true;
}

/// "Tens of thousands marched": people, counted, but not named.
bool Coder::is_counted_crowd(const PredicateFrame& frame) const {
  return std::any_of(frame.agents.begin(), frame.agents.end(), [&](std::uint32_t t) {
    return view_.ontology.number(view_.lower(t)) != nullptr || view_.pos(t) == upos::kNum;
  });
}

/// "Two soldiers were killed in an attack by rebels": the attack's doer did it.
void Coder::name_attacker(Meaning& m) {
  const PredicateFrame& outer = frames_.frame(m.outer);
  if (!outer.passive || view_.ontology.event_type(m.event).quad_code != 4) return;
  const std::vector<Place> doer_places = {
      {PlaceKind::Preposition, view_.ontology.words().find("by")}, {PlaceKind::Subject, {}}};
  for (const auto& oblique : outer.obliques) {
    if (!view_.is_one_of(oblique.token, violent_acts_)) continue;
    auto doers =
        sides_.first_of(doer_places, frames_.frame(oblique.token), nullptr, {}, m.recipients);
    if (!any_coded(doers)) continue;
    m.actors = std::move(doers);
    return;
  }
}

/// "Two civilians were killed by a bomb": somebody in that country did it.
void Coder::add_unknown_actor(Meaning& m, std::string_view sector) {
  // Only where it is the news itself, not its background.
  for (std::uint32_t t = m.outer; view_.head(t) != t; t = view_.head(t)) {
    const StringId d = view_.dep(t);
    if (d == udep::kRelcl || d == udep::kAdvcl || d == udep::kAcl) return;
  }
  auto where = sides_.location(frames_.frame(m.outer));
  Side unknown = where.empty() ? m.recipients.front() : where.front();
  unknown.mention.reset();
  unknown.entity.reset();
  unknown.sector = sector;
  unknown.span = view_.tokens.span(m.trigger);
  m.actors = {std::move(unknown)};
}

/// Whether a noun's event is told, as subject or as a time ("after the raid"), not merely spoken
/// about ("discussed the raid", "a report on the raid").
bool Coder::is_told(std::uint32_t noun) const {
  std::uint32_t t = noun;
  while (view_.dep(t) == udep::kConj && view_.head(t) != t) t = view_.head(t);
  const StringId d = view_.dep(t);
  if (d == udep::kNsubj || d == udep::kNsubjpass || d == udep::kAppos || d == udep::kRoot) {
    return true;
  }
  return d == udep::kPobj && view_.is_one_of(view_.head(t), telling_prepositions_);
}

/// Inside a clause that is wished, charged or denied; a relative clause in it tells again.
bool Coder::is_unreal(std::uint32_t token_idx, const std::vector<std::uint32_t>& unreal) const {
  std::uint32_t t = token_idx;
  for (std::uint32_t steps = 0; steps < view_.tokens.size(); ++steps) {
    if (std::find(unreal.begin(), unreal.end(), t) != unreal.end()) return true;
    if (view_.dep(t) == udep::kRelcl || view_.head(t) == t) return false;
    t = view_.head(t);
  }
  return false;
}

/// Words among powers: a private person of the actor's own country, or one who is only where the
/// report plays, is none of the parties. False when nobody else is left.
bool Coder::drop_private_parties(Meaning& m) const {
  auto is_private = [&](const Side& side) {
    if (side.code.empty() || !side.sector.empty() || !side.entity) return false;
    const auto from = view_.resolved.entities[side.entity->value].code_from;
    if (from >= resolve::CodeFrom::People && from != resolve::CodeFrom::Row) return false;
    return from == resolve::CodeFrom::Around ||
           std::any_of(m.actors.begin(), m.actors.end(), [&](const Side& actor) {
             return actor.code == side.code && actor.span != side.span;
           });
  };
  if (m.reciprocal) {
    const std::size_t n_actors = m.actors.size();
    std::vector<Side> kept;
    std::copy_if(m.actors.begin(), m.actors.end(), std::back_inserter(kept),
                 [&](const Side& side) { return !is_private(side); });
    m.actors = std::move(kept);
    return m.actors.size() >= 2 || m.actors.size() == n_actors;
  }
  if (m.recipients.empty()) return true;
  std::erase_if(m.recipients, is_private);
  return !m.recipients.empty();
}

/// "The minister welcomed it in Jakarta": a government speaks for its state, not to it. Only
/// threats (a curfew, a ban) go to a whole state of one's own.
bool Coder::speaks_to_itself(const Meaning& m, const EventType& type, const Side& side) const {
  return is_in_words(type.quad_code) && !type.may_be_domestic &&
         sides_.any_speaks_for(m.actors, side);
}

/// The category that a rule stands in: "ACCUSE" of "ACCUSE/accuse".
std::string_view category_of(const Rule& rule) {
  return std::string_view(rule.name).substr(0, rule.name.find('/'));
}

/// The deed that a phrase points back to ("the launch", "this march"): its noun and, when a rule
/// knows the noun, its category.
std::optional<Coder::EarlierDeed> Coder::earlier_deed(const Meaning& m) {
  EarlierDeed deed;
  const auto& patients = frames_.frame(m.outer).patients;
  if (m.chain.size() == 2 && m.trigger != m.outer) {
    deed = {m.trigger, category_of(*m.chain.back())};
  } else if (m.chain.size() == 1 && !patients.empty()) {
    deed.noun = patients.front();
    for (const Trigger& trigger : view_.ontology.triggers(view_.lemma(deed.noun))) {
      if (trigger.kind != TriggerKind::Noun || !trigger.before.empty() || !trigger.after.empty())
        continue;
      deed.category = category_of(view_.ontology.rules()[trigger.rule]);
      break;
    }
    const bool named = m.unknown_content && view_.is_one_of(deed.noun, deeds_);
    if (deed.category.empty() && !named) return std::nullopt;
  } else {
    return std::nullopt;
  }
  const auto children = view_.children.of(deed.noun);
  const bool definite = std::any_of(children.begin(), children.end(), [&](std::uint32_t c) {
    return view_.dep(c) == udep::kDet && view_.is_one_of(c, definite_);
  });
  if (!definite || !view_.is_noun(deed.noun)) return std::nullopt;
  return deed;
}

/// "condemned the launch", "rejected the charge", "broke up the march": the other party is whoever
/// launched, charged, marched, when that was told just before.
void Coder::find_who_did_it(Meaning& m, const EventType& type) {
  constexpr std::uint32_t kReach = 3;  // sentences
  if (any_coded(m.recipients)) return;
  const auto deed = earlier_deed(m);
  if (!deed) return;
  const bool is_attitude = type.is_speech && m.chain.front()->operator_idx;
  if (!is_attitude && deed->category != "PROTEST") return;
  const std::uint32_t here = view_.sentence(deed->noun);
  for (auto told = events_.rbegin(); told != events_.rend(); ++told) {
    if (told->mentions.front().sentence + kReach < here) return;
    const bool fits = deed->category.empty() ? (told->quad_code >= 3) == (type.quad_code == 3)
                                             : told->event == deed->category;
    if (!fits || !any_coded(told->actor)) continue;
    if (std::none_of(told->actor.begin(), told->actor.end(),
                     [&](const Side& side) { return SideFinder::contains(m.actors, side); })) {
      m.recipients = told->actor;
    }
    return;
  }
}

bool Coder::settle_sides(Meaning& m) {
  const EventType& type = view_.ontology.event_type(m.event);
  // An actor that is also the recipient is one of them only.
  if (!m.reciprocal) {
    std::erase_if(m.recipients, [&](const Side& side) {
      return SideFinder::contains(m.actors, side) || speaks_to_itself(m, type, side);
    });
  }
  if (!any_coded(m.actors)) {
    // "He would resign, the minister said": the pronoun, unresolved, is the speaker.
    const PredicateFrame& outer = frames_.frame(m.outer);
    const bool pronoun = !outer.agents.empty() && view_.pos(outer.agents.front()) == upos::kPron;
    if (pronoun) {
      auto speakers = sides_.at({PlaceKind::Speaker, {}}, outer, nullptr, {}, m.recipients);
      if (any_coded(speakers)) m.actors = std::move(speakers);
    }
  }
  if (!any_coded(m.actors)) name_attacker(m);
  if (!any_coded(m.actors) && type.may_lack_actor && any_coded(m.recipients) && !m.bare_noun) {
    add_unknown_actor(m, "UNK");
  }
  if (!any_coded(m.actors) && type.is_done_by_crowds && any_coded(m.recipients) &&
      is_counted_crowd(frames_.frame(m.outer))) {
    add_unknown_actor(m, "CVL");
  }
  find_who_did_it(m, type);
  if (is_in_words(type.quad_code) && !drop_private_parties(m)) return false;
  const bool actor_known = any_coded(m.actors);
  const bool recipient_known = any_coded(m.recipients);
  if (!actor_known && type.needs_actor) return false;
  if (!actor_known && !recipient_known) return false;
  const bool needs_recipient = type.needs_recipient ||
                               (m.rule != nullptr && m.rule->needs_recipient) ||
                               (type.needs_recipient_in_depth && is_in_depth(m));
  if (needs_recipient && !recipient_known && !(m.reciprocal && count_coded(m.actors) >= 2)) {
    return false;
  }
  // Who asks for something unknown of nobody tells nothing.
  if (m.unknown_content && !recipient_known && type.needs_recipient_if_unknown) return false;
  // A bare noun ("after the attack") is an event only when it says who did it, and to whom.
  if (m.bare_noun) {
    if (m.rule == nullptr || m.rule->only_as_content || !is_told(m.outer)) return false;
    if (!actor_known) return false;
    const bool both = recipient_known || (m.reciprocal && count_coded(m.actors) >= 2);
    const bool needs = m.rule != nullptr && m.rule->noun_needs_recipient
                           ? *m.rule->noun_needs_recipient
                           : type.noun_needs_recipient;
    if (!both && needs) return false;
  }
  return is_political(m, type);
}

/// "Two Italian tourists were kidnapped in Mali": whoever did it, Italy has a part in it.
bool Coder::is_harm_to_foreigners(const Meaning& m) {
  if (m.actors.size() != 1 || m.actors.front().mention || m.recipients.empty()) return false;
  const std::string& here = m.actors.front().code;
  return std::all_of(m.recipients.begin(), m.recipients.end(),
                     [&](const Side& side) { return !side.code.empty() && side.code != here; });
}

/// Whether power has a part in it. Of what private people say, only what they say to power counts.
bool Coder::is_political(const Meaning& m, const EventType& type) const {
  auto types_of = [&](const std::vector<Side>& sides) {
    std::uint32_t mask = 0;
    for (const auto& side : sides) {
      if (!side.code.empty()) mask |= sides_.types_of(side);
    }
    return mask;
  };
  const std::uint32_t actor = types_of(m.actors);
  const std::uint32_t recipient = types_of(m.recipients);
  if (m.rule != nullptr && m.rule->political) return true;
  if (m.civil && (actor & kCivil) != 0) return true;  // strikes and marches, and their end
  if (((actor | recipient) & kPolitical) == 0) return is_harm_to_foreigners(m);
  if (type.is_speech && (actor & kPolitical) == 0) {
    return (actor & kCivil) != 0 && (recipient & (kState | kGovernment | kIgo)) != 0 &&
           (recipient & kPolice) == 0;
  }
  return true;
}

EventMention Coder::mention_of(const Meaning& m, std::optional<std::uint32_t> date) const {
  EventMention mention;
  mention.sentence = view_.sentence(m.trigger);
  mention.trigger = view_.tokens.span(m.trigger);
  std::vector<TextSpan> spans;
  const auto& sentence = view_.parsed.sentences[mention.sentence];
  const TextSpan sentence_span = view_.tokens.span(sentence);
  const read::Zone zone = view_.document.zone_at(mention.trigger.begin);
  // A date line or credit that the parser took into the sentence is no evidence.
  auto add = [&](const TextSpan& span) {
    if (span.empty() || !sentence_span.contains(span)) return;
    if (view_.document.zone_at(span.begin) == zone) spans.push_back(span);
  };
  for (const std::uint32_t t : m.evidence) add(view_.tokens.span(t));
  for (const auto* list : {&m.actors, &m.recipients}) {
    for (const auto& side : *list) add(side.span);
  }
  if (date) add(view_.resolved.dates[*date].span);
  if (spans.empty()) spans.push_back(mention.trigger);
  std::sort(spans.begin(), spans.end());
  spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
  mention.evidence = spans;
  mention.span = spans.front();
  for (const auto& span : spans) {
    mention.span.begin = std::min(mention.span.begin, span.begin);
    mention.span.end = std::max(mention.span.end, span.end);
  }
  for (const Rule* rule : m.chain) mention.rules.push_back(rule->name);
  return mention;
}

Event Coder::make_event(const Meaning& m) {
  const EventType& type = view_.ontology.event_type(m.event);
  Event e;
  e.event = type.name;
  e.modes = m.modes;
  e.actor = m.actors;
  e.recipient = m.recipients;
  e.reciprocal = m.reciprocal && m.recipients.empty() && m.actors.size() >= 2;
  e.auxiliary_modes = m.auxiliary;
  e.quad_code = type.quad_code;
  e.event_scale = type.scale;
  for (const auto& mode : type.modes) {
    if (!e.modes.empty() && mode.name == e.modes.front()) e.event_scale = mode.scale;
  }
  e.cameo = m.cameo;
  if (const CameoRow* row = view_.ontology.cameo(m.cameo)) e.goldstein = row->goldstein;
  e.convention = m.convention;
  e.rule = m.rule != nullptr ? m.rule->name : "";
  const auto date = date_of(view_, m);
  if (date) {
    const auto& expression = view_.resolved.dates[*date];
    e.date = expression.range;
    e.date_precision = expression.precision;
    e.date_from_text = true;
    if (e.date.last.plus_days(kHistoryDays) < view_.resolved.anchor) {
      e.auxiliary_modes.historical = true;
    } else if (e.date.first > view_.resolved.anchor && !e.auxiliary_modes.future &&
               m.modal == Modal::None && type.quad_code >= 2 && m.chain.size() == 1) {
      e.auxiliary_modes.future = true;
    }
  } else {
    e.date = {view_.resolved.anchor, view_.resolved.anchor};
    e.date_precision = resolve::Precision::Day;
  }
  e.place = place_of(view_, m);
  e.size = size_of(view_, frames_, m);
  e.contexts = m.contexts;
  for (auto& context : contexts_of(view_, view_.sentence(m.trigger))) {
    if (std::find(e.contexts.begin(), e.contexts.end(), context) == e.contexts.end()) {
      e.contexts.push_back(std::move(context));
    }
  }
  std::sort(e.contexts.begin(), e.contexts.end());
  e.contexts.erase(std::unique(e.contexts.begin(), e.contexts.end()), e.contexts.end());
  e.attributions = attributions_of(m);
  e.features = features_of(view_, frames_, m, e);
  e.confidence = m.weight;
  e.mentions.push_back(mention_of(m, date));
  return e;
}

/// A wording's own weight, unless a table weighs all that was known.
void Coder::settle_confidence(Event& event) const {
  if (view_.ontology.confidence().empty()) return;
  if (event.mentions.size() > 1) {
    event.features.push_back({"mentions", std::log2(static_cast<double>(event.mentions.size()))});
  }
  event.confidence = view_.ontology.confidence().confidence(event.features);
}

void Coder::code_sentence(parse::TokenRange sentence) {
  std::vector<std::uint32_t> order(sentence.size());
  std::iota(order.begin(), order.end(), sentence.begin);
  std::vector<std::uint32_t> depth(sentence.size());
  for (std::uint32_t t = sentence.begin; t < sentence.end; ++t) {
    depth[t - sentence.begin] = view_.depth(t);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return depth[a - sentence.begin] < depth[b - sentence.begin];
  });
  std::vector<bool> consumed(sentence.size(), false);
  std::vector<std::uint32_t> unreal;
  std::vector<std::pair<std::uint32_t, Event>> found;
  for (const std::uint32_t t : order) {
    if (consumed[t - sentence.begin] || is_unreal(t, unreal)) continue;
    if (!is_coded_zone(view_.document.zone_at(view_.tokens.begin[t]))) continue;
    Reading reading = composer_.read(t);
    bool lacks_sides = !reading.meanings.empty();
    for (auto& meaning : reading.meanings) {
      if (!settle_reality(meaning)) {
        lacks_sides = false;
      } else if (settle_sides(meaning)) {
        lacks_sides = false;
        found.emplace_back(meaning.trigger, make_event(meaning));
      }
    }
    // "Panama's demand was refused": the refusal has no actor, so the demand speaks for itself; but
    // in "was accused of recruiting" nobody is said to have recruited.
    if (lacks_sides) {
      std::copy_if(reading.unreal.begin(), reading.unreal.end(), std::back_inserter(unreal),
                   [&](std::uint32_t c) { return view_.is_verb(c); });
      continue;
    }
    for (const std::uint32_t c : reading.consumed) {
      if (sentence.contains(c)) consumed[c - sentence.begin] = true;
    }
    unreal.insert(unreal.end(), reading.unreal.begin(), reading.unreal.end());
  }
  // What hangs on a condition is worth a record only where nothing else is told.
  const bool told = std::any_of(found.begin(), found.end(), [](const auto& each) {
    return !each.second.auxiliary_modes.hypothetical;
  });
  if (told) {
    std::erase_if(found, [](const auto& each) { return each.second.auxiliary_modes.hypothetical; });
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [token, event] : found) {
    if (found.size() > 1) {
      event.features.push_back({"other events", static_cast<double>(found.size()) - 1.0});
    }
    events_.push_back(std::move(event));
  }
}

/// Counts the different words that speak for politics and against it (data/ontology/subject.toml).
bool Coder::is_about_politics() const {
  const auto against = view_.ontology.set("unpolitical-words");
  const auto in_favour = view_.ontology.set("political-words");
  std::vector<WordId> for_words;
  std::vector<WordId> against_words;
  auto count = [](std::vector<WordId>& seen, WordId word) {
    if (std::find(seen.begin(), seen.end(), word) == seen.end()) seen.push_back(word);
  };
  for (std::uint32_t t = 0; t < view_.tokens.size(); ++t) {
    const WordId word = view_.lemma(t) ? view_.lemma(t) : view_.lower(t);
    if (!word) continue;
    if (view_.ontology.in_set(word, in_favour)) count(for_words, word);
    if (view_.ontology.in_set(word, against)) count(against_words, word);
  }
  const std::size_t n_for = for_words.size();
  const std::size_t n_against = against_words.size();
  return !(n_against >= 2 && n_for == 0) && !(n_against >= 3 && n_against > 2 * n_for);
}

CodedDocument Coder::run() {
  if (!is_about_politics()) return {};
  for (const auto& sentence : view_.parsed.sentences) {
    if (sentence.size() > 0) code_sentence(sentence);
  }
  CodedDocument out;
  merge_mentions(events_);
  for (auto& event : events_) settle_confidence(event);
  std::erase_if(events_, [&](const Event& event) {
    return event.confidence < view_.ontology.confidence().least(kind_of(event));
  });
  for (auto& event : events_) {
    std::string key = view_.document.id + "\x1f" + event.event;
    for (const auto& side : event.actor) key += "\x1f" + side.code + side.sector;
    key += "\x1e";
    for (const auto& side : event.recipient) key += "\x1f" + side.code + side.sector;
    for (const auto& name : event.auxiliary_modes.names()) key += "\x1f" + name;
    key += "\x1e" + std::to_string(event.mentions.front().trigger.begin);
    event.id = hex(fnv1a(key, 0xcbf29ce484222325ULL));
  }
  out.events = std::move(events_);
  return out;
}

}  // namespace

std::vector<std::string> AuxiliaryModes::names() const {
  std::vector<std::string> out;
  if (historical) out.emplace_back("historical");
  if (future) out.emplace_back("future");
  if (hypothetical) out.emplace_back("hypothetical");
  if (negation) out.emplace_back("negation");
  return out;
}

CodedDocument code(const read::Document& document, const parse::ParsedDocument& parsed,
                   const resolve::ResolvedDocument& resolved,
                   const attribute::AttributedDocument& attributed, const Ontology& ontology) {
  if (parsed.tokens.size() == 0) return {};
  const DocumentView view(document, parsed, resolved, attributed, ontology);
  return Coder(view).run();
}

}  // namespace detente::events
