#include "detente/outlook/direction.h"

#include <algorithm>
#include <array>

namespace detente::outlook {
namespace {

/// "on sheltering" of "go on sheltering": no further behind the verb.
constexpr std::uint32_t kNext = 2;

class Reader {
 public:
  Reader(const View& view, bool with_events, int deepest)
      : view_(view), with_events_(with_events), deepest_(deepest) {}

  // A word's own meaning, else that of what it governs; "not" turns either.
  Bearing sign(std::uint32_t token, int depth) const {
    if (depth > deepest_) return {};
    const Bearing bare = bare_sign(token, depth);
    return view_.is_negated(token) ? turned(bare) : bare;
  }

 private:
  static Bearing turned(Bearing of) { return {-of.sign, of.word}; }

  Bearing bare_sign(std::uint32_t token, int depth) const {
    // "deal with rate rises" is no deal.
    const bool is_noun_used_as_verb =
        view_.is_verb(token) && view_.tables.noun(view_.lemma(token)) != nullptr;
    const auto* rows = view_.tables.directions(view_.lemma(token));
    if (rows != nullptr) {
      for (const DirectionRow& row : *rows) {
        const bool is_its_own = row.effect == Effect::Cooperation || row.effect == Effect::Conflict;
        if (is_noun_used_as_verb && is_its_own) continue;
        if (!row.object.empty() && !governs(token, row.object)) continue;
        return by_row(row.effect, token, depth);
      }
    }
    if (const int of_event = with_events_ ? event_sign(token) : 0) return {of_event, token};
    return governed(token, depth);
  }

  Bearing by_row(Effect effect, std::uint32_t token, int depth) const {
    if (effect == Effect::Cooperation) return {1, token};
    if (effect == Effect::Conflict) return {-1, token};
    if (effect == Effect::Nothing) return {};
    const Bearing what = governed(token, depth);
    switch (effect) {
      case Effect::Turns:
        return turned(what);
      case Effect::Fails:
        return what.sign == 0 ? Bearing{-1, token} : turned(what);
      case Effect::Helps:
        return what.sign == 0 && helps_party(token) ? Bearing{1, token} : what;
      default:
        return what;
    }
  }

  // "recognise the republic", not "recognise the beach"
  [[nodiscard]] bool helps_party(std::uint32_t token) const {
    if (!view_.is_verb(token)) return true;
    const auto object = view_.child(token, udep::kDobj);
    const Sides sides = object ? view_.parties_in(view_.subtree(*object)) : Sides{};
    return std::any_of(sides.begin(), sides.end(),
                       [&](const events::Side& side) { return view_.is_political(side); });
  }

  // It takes two to cooperate.
  [[nodiscard]] int event_sign(std::uint32_t token) const {
    const events::Event* event = view_.event_at(token);
    if (event == nullptr || event->quad_code == 0) return 0;
    if (event->quad_code > 2) return -1;
    return event->recipient.empty() && event->actor.size() < 2 ? 0 : 1;
  }

  // Names keep their capitals in the lemma: "the Republican Guard".
  [[nodiscard]] bool is_asked(std::string_view asked, std::uint32_t i) const {
    return view_.tables.is_asked(asked, view_.lemma(i)) ||
           view_.tables.is_asked(asked, view_.lower(i));
  }

  // "lay down their arms", "fall back into war"
  bool governs(std::uint32_t token, std::string_view asked) const {
    const parse::TokenRange range = view_.subtree(token);
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      if (i == token || !is_asked(asked, i)) continue;
      const std::uint32_t up = view_.head(i);
      const bool close =
          up == token || view_.head(up) == token || view_.head(view_.head(up)) == token;
      if (close) return true;
    }
    // "the troops are likely to withdraw"
    if (!view_.is_verb(token) || view_.child(token, udep::kDobj)) return false;
    const auto subject = view_.subject(token);
    return subject && is_asked(asked, *subject);
  }

  // What it does before what it is done with, and its subject last.
  Bearing governed(std::uint32_t token, int depth) const {
    static constexpr std::array kOrder{
        udep::kDobj, udep::kXcomp,    udep::kCcomp,  udep::kAttr,  udep::kAcomp,    udep::kOprd,
        udep::kAmod, udep::kCompound, udep::kPrep,   udep::kPobj,  udep::kPcomp,    udep::kPrt,
        udep::kAcl,  udep::kConj,     udep::kAdvmod, udep::kNsubj, udep::kNsubjpass};
    for (const StringId dep : kOrder) {
      // "the crisis could be a reminder": a reminder, no crisis
      if (dep == udep::kNsubj && view_.lemma(token) == "be" && view_.child(token, udep::kAttr)) {
        continue;
      }
      for (const std::uint32_t c : view_.children.of(token)) {
        if (c == token || view_.dep(c) != dep) continue;
        if (dep == udep::kConj && is_clause(c)) continue;
        // "postpone the vote, triggering unrest"
        if (dep == udep::kAcl && c > 0 && view_.lower(c - 1) == ",") continue;
        if (dep == udep::kPrep && view_.tables.is(Role::Aside, view_.lower(c)) && !is_state(c)) {
          continue;
        }
        if (const Bearing found = sign(c, depth + 1); found.sign != 0) return found;
      }
      // "will go on sheltering rebels"
      if (dep == udep::kXcomp) {
        const auto more = view_.child(token, udep::kAdvcl);
        const bool goes_on = more && view_.tag(*more) == xpos::kVbg && *more <= token + kNext &&
                             !view_.child(*more, udep::kMark);
        if (const Bearing found = goes_on ? sign(*more, depth + 1) : Bearing{}; found.sign != 0) {
          return found;
        }
      }
    }
    return {};
  }

  // "at war", "at peace"
  [[nodiscard]] bool is_state(std::uint32_t preposition) const {
    const auto object = view_.child(preposition, udep::kPobj);
    return object && view_.lower(preposition) == "at" && view_.subtree(*object).size() == 1;
  }

  // "it may take months, but they will meet": the second speaks for itself.
  [[nodiscard]] bool is_clause(std::uint32_t token) const {
    return view_.is_verb(token) && view_.child(token, udep::kNsubj).has_value();
  }

  const View& view_;
  bool with_events_;
  int deepest_;
};

}  // namespace

Bearing bearing_of(const View& view, std::uint32_t token, bool with_events, int deepest) {
  const Reader reader(view, with_events, deepest);
  const Bearing found = reader.sign(token, 0);
  // The subject of the clause above: "tensions are expected to rise".
  if (found.sign != 0 || !view.is_verb(token)) return found;
  const auto subject = view.subject(token);
  if (!subject || view.is_below(*subject, token)) return {};
  const auto* rows = view.tables.directions(view.lemma(token));
  const bool turns = rows != nullptr &&
                     (rows->back().effect == Effect::Turns || rows->back().effect == Effect::Fails);
  const Bearing of_subject = reader.sign(*subject, 1);
  const bool is_turned = turns != view.is_negated(token);
  return {is_turned ? -of_subject.sign : of_subject.sign, of_subject.word};
}

}  // namespace detente::outlook
