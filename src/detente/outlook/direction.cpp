#include "detente/outlook/direction.h"

#include <array>

namespace detente::outlook {
namespace {

constexpr int kDeepest = 7;

class Reader {
 public:
  Reader(const View& view, bool with_events) : view_(view), with_events_(with_events) {}

  // A word's own meaning, else that of what it governs; "not" turns either.
  int sign(std::uint32_t token, int depth) const {
    if (depth > kDeepest) return 0;
    const int bare = bare_sign(token, depth);
    return view_.is_negated(token) ? -bare : bare;
  }

 private:
  int bare_sign(std::uint32_t token, int depth) const {
    if (const auto* rows = view_.tables.directions(view_.lemma(token))) {
      for (const DirectionRow& row : *rows) {
        if (!row.object.empty() && !governs(token, row.object)) continue;
        switch (row.effect) {
          case Effect::Cooperation:
            return 1;
          case Effect::Conflict:
            return -1;
          case Effect::Keeps:
            return governed(token, depth);
          case Effect::Turns:
            return -governed(token, depth);
          case Effect::Fails: {
            const int what = governed(token, depth);
            return what == 0 ? -1 : -what;
          }
          case Effect::Helps: {
            const int what = governed(token, depth);
            return what == 0 ? 1 : what;
          }
        }
      }
    }
    if (with_events_) {
      if (const events::Event* event = view_.event_at(token); event && event->quad_code != 0) {
        return event->quad_code <= 2 ? 1 : -1;
      }
    }
    return governed(token, depth);
  }

  // "lay down their arms", "fall back into war"
  bool governs(std::uint32_t token, std::string_view lemma) const {
    const parse::TokenRange range = view_.subtree(token);
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      if (i == token || view_.lemma(i) != lemma) continue;
      const std::uint32_t up = view_.head(i);
      const bool close =
          up == token || view_.head(up) == token || view_.head(view_.head(up)) == token;
      if (close) return true;
    }
    return false;
  }

  // What it does before what it is done with, and its subject last.
  int governed(std::uint32_t token, int depth) const {
    static constexpr std::array kOrder{
        udep::kDobj, udep::kXcomp,    udep::kCcomp,  udep::kAttr,  udep::kAcomp,    udep::kOprd,
        udep::kAmod, udep::kCompound, udep::kPrep,   udep::kPobj,  udep::kPcomp,    udep::kPrt,
        udep::kAcl,  udep::kConj,     udep::kAdvmod, udep::kNsubj, udep::kNsubjpass};
    for (const StringId dep : kOrder) {
      for (const std::uint32_t c : view_.children.of(token)) {
        if (c == token || view_.dep(c) != dep) continue;
        if (dep == udep::kPrep && view_.tables.is(Role::Aside, view_.lower(c))) continue;
        if (const int found = sign(c, depth + 1)) return found;
      }
    }
    return 0;
  }

  const View& view_;
  bool with_events_;
};

}  // namespace

int direction_sign(const View& view, std::uint32_t token, bool with_events) {
  const int found = Reader(view, with_events).sign(token, 0);
  if (found != 0) return found;
  // The subject of the clause above: "tensions are expected to rise".
  if (!view.is_verb(token)) return 0;
  const auto subject = view.subject(token);
  if (!subject || view.is_below(*subject, token)) return 0;
  const bool turns = [&] {
    const auto* rows = view.tables.directions(view.lemma(token));
    return rows != nullptr &&
           (rows->back().effect == Effect::Turns || rows->back().effect == Effect::Fails);
  }();
  const int of_subject = Reader(view, with_events).sign(*subject, 1);
  return turns != view.is_negated(token) ? -of_subject : of_subject;
}

}  // namespace detente::outlook
