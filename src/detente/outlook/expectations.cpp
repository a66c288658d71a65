#include "detente/outlook/expectations.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "detente/outlook/direction.h"
#include "detente/outlook/hedges.h"

namespace detente::outlook {
namespace {

/// A forecast told of a day this much before the report is history.
constexpr int kOldDays = 200;
/// A party that shares so many events with another stands for the other side of its relations.
constexpr int kEventsOfPartners = 3;
/// Parties that it takes to cooperate.
constexpr std::size_t kTwo = 2;
/// How deep below a bare "will" what it speaks of may say its direction.
constexpr int kNear = 3;

bool is_official(const resolve::Entity& entity) {
  static constexpr std::array<std::string_view, 9> kOthers{"EDU", "JRN", "BUS", "SOC", "REL",
                                                           "MED", "LAB", "CVL", "AGR"};
  return !entity.code.empty() && entity.code != "NGO" &&
         std::find(kOthers.begin(), kOthers.end(), entity.sector) == kOthers.end();
}

class Settler {
 public:
  explicit Settler(const View& view) : view_(view), tables_(view.tables) {}

  std::optional<Expectation> settle(const Candidate& candidate) const {
    // "fears that they had lost" is of the past, "the law foresees a vote" is nobody's forecast.
    if (view_.is_verb(candidate.anchor) && is_past(candidate.anchor) && candidate.rank != kDegree) {
      return std::nullopt;
    }
    if (candidate.holder && tables_.is(Role::Text, view_.lemma(*candidate.holder))) {
      return std::nullopt;
    }
    Expectation one;
    set_holder(candidate, one);
    if (!one.by_span && (candidate.needs_holder || is_own(candidate))) return std::nullopt;
    const attribute::Attribution* voice = view_.attribution_of(candidate.anchor);
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
    // Of what no word tells it, hope and fear do: "fears that Morocco will relax its checks".
    const bool by_tone = sign == 0 && is_done_by_party(candidate.anchor);
    one.direction = direction_of(by_tone ? candidate.tone : sign);
    if (one.direction == Direction::None) return std::nullopt;
    if (by_tone || touches_party(candidate.anchor, bearing.word)) add_parties(content, one);
    if (one.about.empty() && candidate.theme) add_parties(view_.subtree(*candidate.theme), one);
    if (one.direction == Direction::Cooperation) drop_meeting_place(one);
    if (one.about.empty() && candidate.rank >= kAttitude) {
      add_parties(around(candidate), one);
      std::erase_if(one.about, [&](const events::Side& side) { return is_place(side); });
    }
    if (one.about.empty() && candidate.rank >= kAttitude)
      add_people(one, candidate.holder.has_value() && !is_own(candidate));
    if (one.about.empty() || is_plan(candidate, one)) return std::nullopt;
    add_own_state(one, bearing.word);
    add_partner(one);
    if (is_trifle(candidate, content, bearing, one)) return std::nullopt;
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

 private:
  // "they lost", "they have fled"
  [[nodiscard]] bool is_past(std::uint32_t verb) const {
    if (view_.tag(verb) == xpos::kVbd) return true;
    const auto& aux = view_.children.of(verb);
    return std::any_of(aux.begin(), aux.end(), [&](std::uint32_t c) {
      return view_.dep(c) == udep::kAux && view_.lemma(c) == "have" && view_.tag(c) != xpos::kVb;
    });
  }

  // "Russia will relax its checks", not "Russian tea will become dearer"
  [[nodiscard]] bool is_done_by_party(std::uint32_t verb) const {
    const auto subject =
        view_.is_verb(verb) ? view_.child(verb, udep::kNsubj) : std::optional<std::uint32_t>();
    const auto mention = subject ? view_.mention_at(*subject) : std::nullopt;
    if (!mention) return false;
    Sides sides;
    view_.add(mention->value, sides);
    return std::any_of(sides.begin(), sides.end(),
                       [&](const events::Side& side) { return view_.is_political(side); });
  }

  // "I hope that", and nobody is quoted.
  [[nodiscard]] bool is_own(const Candidate& candidate) const {
    return candidate.holder && view_.is_own_pronoun(view_.span(noun_phrase(*candidate.holder)));
  }

  void set_holder(const Candidate& candidate, Expectation& one) const {
    if (candidate.holder) {
      const TextSpan span = view_.span(noun_phrase(*candidate.holder));
      if (!view_.is_own_pronoun(span)) {
        one.by = view_.mention_at(*candidate.holder);
        one.by_span = span;
        name_pronoun(*candidate.holder, one);
        return;
      }
    }
    if (const attribute::Attribution* voice = view_.voice_of(candidate.anchor)) {
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
    auto subject = candidate.theme;
    if (!subject && view_.is_verb(candidate.anchor)) subject = view_.subject(candidate.anchor);
    if (!subject) return false;
    if (view_.is_own_pronoun(view_.tokens.span(*subject))) return true;
    // "is confident of reaching a deal with Iran": it takes the other too.
    if (view_.dep(candidate.anchor) == udep::kPcomp) return false;
    if (!one.by) return false;
    const auto& mentions = view_.reading.resolved.mentions;
    const resolve::EntityId holder = mentions[one.by->value].entity;
    const auto about = view_.mention_at(*subject);
    if (about && mentions[about->value].entity == holder) return true;
    const resolve::Entity& who = side_of(*one.by);
    if (!is_official(who) || is_of_no_camp(*one.by)) return false;
    // Somebody whose part is not told guesses like anybody.
    const bool has_part = who.type != resolve::MentionType::Person || !who.sector.empty();
    if (!has_part && candidate.rank > kWill) return false;
    // Of what state he is, is a guess: he tells of his own side's plans, unless he warns or thinks.
    if (who.code_from <= resolve::CodeFrom::Around) {
      return candidate.needs_holder && candidate.rank == kWill && !is_forecast(candidate.anchor);
    }
    const Sides parties = view_.parties(*subject);
    // "Angola and Portugal are expected to sign": not his own side's alone.
    if (candidate.rank > kWill && codes(parties).size() > 1) return false;
    return std::any_of(parties.begin(), parties.end(), [&](const events::Side& side) {
      if (side.code != who.code || !is_same_camp(side.sector, who.sector)) return false;
      if (entity(side).code_from == resolve::CodeFrom::Around) return false;
      // "Socialists predict that the government will": of another part of his state he may forecast
      const bool is_other = !side.sector.empty() && side.sector != who.sector;
      return !is_other || candidate.rank < kAttitude;
    });
  }

  // A scholar, a journalist or a retired diplomat whose country is not told.
  [[nodiscard]] bool speaks_for_nobody(resolve::MentionId by) const {
    const resolve::Entity& who = side_of(by);
    return who.code.empty() && (tables_.is(Role::Expert, who.sector) || is_of_no_camp(by));
  }

  // Whose side a person is on: his own, or that of "China's ambassador" behind his name.
  [[nodiscard]] const resolve::Entity& side_of(resolve::MentionId by) const {
    const auto& resolved = view_.reading.resolved;
    const resolve::Entity& who = resolved.entities[resolved.mentions[by.value].entity.value];
    if (!who.code.empty()) return who;
    for (const resolve::MentionId m : who.mentions) {
      const auto more = view_.child(resolved.mentions[m.value].head_token, udep::kAppos);
      const Sides sides = more ? view_.parties(*more) : Sides{};
      if (!sides.empty()) return entity(sides.front());
    }
    return who;
  }

  // "a retired admiral", "a Western ambassador in Havana"
  [[nodiscard]] bool is_of_no_camp(resolve::MentionId by) const {
    const resolve::Mention& mention = view_.reading.resolved.mentions[by.value];
    parse::TokenRange words = mention.tokens;
    // "Aung Myo, a former diplomat"
    if (const auto more = view_.child(mention.head_token, udep::kAppos)) {
      words.end = std::max(words.end, *more + 1);
    }
    const auto has = [&](Role role) {
      for (std::uint32_t i = words.begin; i < words.end; ++i) {
        if (tables_.is(role, view_.lower(i)) || tables_.is(role, view_.lemma(i))) return true;
      }
      return false;
    };
    if (has(Role::Retired)) return true;
    return has(Role::Envoy) && !view_.behind(mention.head_token, "in").empty();
  }

  [[nodiscard]] bool is_forecast(std::uint32_t token) const {
    const attribute::Attribution* voice = view_.attribution_of(token);
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
      if (is_in_relative_clause(time.tokens.begin, candidate.anchor)) continue;
      const bool is_old = last_day(time).plus_days(kOldDays) < view_.reading.resolved.anchor;
      if (is_old && !view_.is_limit(time)) return true;
    }
    return false;
  }

  // "the dispute that was settled in 2018": told beside what is expected
  [[nodiscard]] bool is_in_relative_clause(std::uint32_t token, std::uint32_t anchor) const {
    while (token != anchor && view_.head(token) != token) {
      if (view_.dep(token) == udep::kRelcl) return true;
      token = view_.head(token);
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
    const attribute::Attribution* voice = view_.attribution_of(candidate.anchor);
    if (voice != nullptr && voice->source) {
      range.begin = std::max(range.begin, std::min(voice->content_tokens.begin, candidate.anchor));
      range.end = std::min(range.end, std::max(voice->content_tokens.end, candidate.anchor + 1));
      // "Honduras and Belize, observers predict, will meet"
      const auto subject = view_.child(candidate.anchor, udep::kNsubj);
      if (subject && view_.tokens.span(*subject).end <= voice->source->begin &&
          voice->source->end <= view_.tokens.begin[candidate.anchor]) {
        range.begin = view_.subtree(*subject).begin;
      }
    }
    return view_.on_line(range, candidate.anchor);
  }

  void add_parties(parse::TokenRange range, Expectation& one) const {
    for (const events::Side& side : view_.political_in(range)) {
      const bool is_holder = one.by_span && one.by_span->overlaps(side.span);
      if (!is_holder) add_new({side}, one.about);
    }
    // "a truce between Senegal and the rebels": whose rebels is a guess.
    const auto is_firm = [&](const events::Side& side) {
      return !side.entity || !tables_.is(Role::Armed, side.sector) ||
             entity(side).code_from != resolve::CodeFrom::Around;
    };
    if (std::any_of(one.about.begin(), one.about.end(), is_firm)) {
      std::erase_if(one.about, [&](const events::Side& side) { return !is_firm(side); });
    }
  }

  // "if it took place in East Asia"
  [[nodiscard]] bool is_place(const events::Side& side) const {
    if (!side.mention) return false;
    const std::uint32_t head = view_.reading.resolved.mentions[side.mention->value].head_token;
    return view_.dep(head) == udep::kPobj && tables_.is(Role::Where, view_.lower(view_.head(head)));
  }

  // "Serbia and Kosovo will meet in Brussels": where two meet, a third takes no part.
  void drop_meeting_place(Expectation& one) const {
    const Sides all = one.about;
    std::erase_if(one.about, [&](const events::Side& side) {
      if (!side.mention) return false;
      const std::uint32_t head = view_.reading.resolved.mentions[side.mention->value].head_token;
      const std::uint32_t before = view_.head(head);
      // "the Geneva talks"
      if (view_.dep(head) == udep::kCompound && tables_.is(Role::Gathering, view_.lemma(before))) {
        return true;
      }
      return all.size() > kTwo && is_place(side) && view_.is_verb(view_.head(before));
    });
    if (one.about.empty()) one.about = all;
  }

  // "Many Haitians fear that a foreign force will fire": of themselves.
  void add_people(Expectation& one, bool is_named) const {
    if (!one.by || one.direction != Direction::Conflict) return;
    const auto& mentions = view_.reading.resolved.mentions;
    const resolve::Entity& who =
        view_.reading.resolved.entities[mentions[one.by->value].entity.value];
    const bool is_of_people = is_named && !who.code.empty() && is_state(who.code) &&
                              who.sector != "GOV" && who.type != resolve::MentionType::Place;
    if (who.code_from == resolve::CodeFrom::State || is_of_people)
      view_.add(one.by->value, one.about);
  }

  // "fears a bloodbath if French soldiers leave": the condition tells whom it is about.
  [[nodiscard]] parse::TokenRange around(const Candidate& candidate) const {
    const std::uint32_t up = view_.head(candidate.anchor);
    for (const std::uint32_t c : view_.children.of(up)) {
      if (view_.dep(c) == udep::kAdvcl) return view_.subtree(c);
    }
    // "their patience is at an end, and a break is possible"
    if (view_.dep(candidate.via) == udep::kConj && view_.is_verb(view_.head(candidate.via))) {
      return {view_.subtree(view_.head(candidate.via)).begin, view_.subtree(candidate.via).begin};
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
    // "a normalisation of ties with Kuwait"
    const auto behind = view_.behind(word, "");
    return std::any_of(behind.begin(), behind.end(), [&](std::uint32_t noun) {
      const auto further = view_.behind(noun, "with");
      return is_one(noun) || std::any_of(further.begin(), further.end(), is_one);
    });
  }

  [[nodiscard]] const resolve::Entity& entity(const events::Side& side) const {
    return view_.reading.resolved.entities[side.entity->value];
  }

  // Two parties have a part in it, or one of which another speaks.
  [[nodiscard]] bool is_between_parties(const Candidate& candidate, const Expectation& one) const {
    Sides all = one.about;
    const parse::TokenRange sentence = view_.sentence_range(candidate.anchor);
    for (std::uint32_t i = sentence.begin; one.by_span && i < sentence.end; ++i) {
      if (!one.by_span->overlaps(view_.tokens.span(i))) continue;
      const Sides sides = view_.parties(i);
      const bool speaks_for_it =
          !sides.empty() && (!candidate.needs_holder || is_official(entity(sides.front())));
      if (speaks_for_it) add_new(sides, all);
    }
    return codes(all).size() > 1;
  }

  // Of one party alone only matters of war and peace are told: a coup, not a strike of bakers. Of
  // two, no trade or sport that no word of cooperation or conflict governs.
  [[nodiscard]] bool is_trifle(const Candidate& candidate, parse::TokenRange content,
                               const Bearing& bearing, const Expectation& one) const {
    const auto speaks_of = [&](std::string_view group) {
      for (std::uint32_t i = content.begin; i < content.end; ++i) {
        if (!tables_.is_in_group(group, view_.lemma(i)) &&
            !tables_.is_in_group(group, view_.lower(i))) {
          continue;
        }
        if (!is_in_relative_clause(i, candidate.anchor)) return true;
      }
      return false;
    };
    if (is_between_parties(candidate, one)) {
      return !is_near(candidate.anchor, bearing.word) && speaks_of("@commerce") &&
             !speaks_of("@grave");
    }
    const bool is_armed =
        std::any_of(one.about.begin(), one.about.end(),
                    [&](const events::Side& side) { return tables_.is(Role::Armed, side.sector); });
    // "Don't expect the Iranians to yield", a scholar said: one from elsewhere speaks of the state.
    const bool is_from_elsewhere = one.by && candidate.rank >= kAttitude &&
                                   !candidate.needs_holder && speaks_for_nobody(*one.by);
    if (is_from_elsewhere && bearing.sign != 0) return false;
    // The report's own "certainly" is an opinion.
    const bool is_opinion =
        !one.by_span && candidate.rank == kDegree && candidate.via == candidate.anchor;
    return bearing.sign == 0 || is_opinion || !(is_armed || speaks_of("@grave"));
  }

  // The verb itself or its object says the direction.
  [[nodiscard]] bool is_near(std::uint32_t anchor, std::uint32_t word) const {
    return word == anchor || (view_.head(word) == anchor && view_.dep(word) != udep::kNsubj);
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
    // "France will go on helping Chad", a French minister said.
    if (one.direction == Direction::Cooperation && is_official(who) &&
        std::any_of(one.about.begin(), one.about.end(),
                    [&](const events::Side& side) { return side.code == who.code; })) {
      return true;
    }
    return tables_.is(Role::Private, who.sector) ||
           std::all_of(one.about.begin(), one.about.end(),
                       [&](const events::Side& side) { return side.code == who.code; });
  }

  // In what is expected, else beside the verb of the hedge: "remained unlikely this spring".
  void set_horizon(parse::TokenRange content, std::uint32_t via, Expectation& one) const {
    for (const bool is_beside : {false, true}) {
      for (const resolve::TimeExpression& time : view_.reading.resolved.dates) {
        const bool fits =
            is_beside ? is_beside_verb(time.tokens, via)
                      : time.tokens.begin >= content.begin && time.tokens.end <= content.end;
        const bool is_past = view_.to_come(time).last < view_.reading.resolved.anchor;
        if (!fits || is_past || (is_in_past(time) && !view_.is_limit(time))) continue;
        one.horizon = horizon_of(time);
        return;
      }
    }
  }

  // "is unlikely in the next five years"
  [[nodiscard]] bool is_beside_verb(parse::TokenRange time, std::uint32_t verb) const {
    const auto predicate = view_.child(verb, udep::kAcomp);
    return view_.hangs_on(time, verb) || (predicate && view_.hangs_on(time, *predicate));
  }

  // Of a day without a year the reader says which it is, unless a limit tells that it is to come.
  [[nodiscard]] bool is_in_past(const resolve::TimeExpression& time) const {
    return last_day(time) < view_.reading.resolved.anchor;
  }

  // "in January", of what is to come, is the next one.
  [[nodiscard]] Date last_day(const resolve::TimeExpression& time) const {
    const bool is_bare = time.tokens.size() == 1 && time.precision == resolve::Precision::Month;
    return is_bare ? view_.to_come(time).last : time.range.last;
  }

  [[nodiscard]] Horizon horizon_of(const resolve::TimeExpression& time) const {
    Horizon horizon{time.span, view_.to_come(time)};
    if (const auto before = view_.preposition_of(time)) {
      horizon.span.begin = view_.tokens.begin[*before];
    }
    if (view_.is_limit(time)) horizon.range.first = view_.reading.resolved.anchor;
    return horizon;
  }

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

  // A state's officials speak of what touches their own state.
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
};

}  // namespace

std::vector<Expectation> find_expectations(const View& view) {
  const Settler settler(view);
  std::vector<Expectation> out;
  for (const auto& [anchor, candidate] : find_hedges(view)) {
    if (auto one = settler.settle(candidate)) out.push_back(std::move(*one));
  }
  return out;
}

}  // namespace detente::outlook
