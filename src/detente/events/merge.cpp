#include "detente/events/merge.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace detente::events {
namespace {

using Codes = std::set<std::string_view>;

Codes codes(const std::vector<Side>& sides) {
  Codes out;
  for (const auto& side : sides) {
    if (!side.code.empty()) out.insert(side.code);
  }
  return out;
}

Codes both(const Event& event) {
  Codes out = codes(event.actor);
  const Codes more = codes(event.recipient);
  out.insert(more.begin(), more.end());
  return out;
}

bool same_people(const std::vector<Side>& a, const std::vector<Side>& b) {
  // Two different known members of the same state are two parties only when both are domestic.
  if (a.empty() || b.empty()) return a.empty() == b.empty();
  return codes(a) == codes(b);
}

bool same_sides(const Event& a, const Event& b) {
  if (a.reciprocal || b.reciprocal) {
    return both(a).size() > 1 && both(a) == both(b);
  }
  if (!same_people(a.actor, b.actor)) return false;
  return same_people(a.recipient, b.recipient);
}

bool same_time(const Event& a, const Event& b) {
  if (a.date_from_text && b.date_from_text) return a.date.meets(b.date);
  if (a.auxiliary_modes.historical != b.auxiliary_modes.historical) return false;
  if (a.date_from_text == b.date_from_text) return true;
  // One is undated: it counts as the other's unless that one lies far back.
  return !a.auxiliary_modes.historical;
}

bool share_mode(const Event& a, const Event& b) {
  if (a.modes.empty() || b.modes.empty()) return true;
  return std::any_of(a.modes.begin(), a.modes.end(), [&](const std::string& mode) {
    return std::find(b.modes.begin(), b.modes.end(), mode) != b.modes.end();
  });
}

bool same_sentence(const Event& a, const Event& b) {
  return a.mentions.front().sentence == b.mentions.front().sentence;
}

/// In one sentence the same act is often told twice: "air strikes on Syria killed five soldiers".
bool same_act(const Event& a, const Event& b) {
  if (!same_sentence(a, b) || a.reciprocal || b.reciprocal) return false;
  if (a.actor.empty() || codes(a.actor) != codes(b.actor)) return false;
  if (codes(a.recipient).empty() || codes(b.recipient).empty()) return true;
  return a.quad_code == 4 && (a.modes.empty() != b.modes.empty());
}

bool is_same(const Event& a, const Event& b) {
  if (a.event != b.event || (!same_sides(a, b) && !same_act(a, b))) return false;
  if (a.auxiliary_modes.negation != b.auxiliary_modes.negation ||
      a.auxiliary_modes.hypothetical != b.auxiliary_modes.hypothetical ||
      a.auxiliary_modes.future != b.auxiliary_modes.future) {
    return false;
  }
  if (!same_time(a, b)) return false;
  if (same_sentence(a, b)) return true;
  const bool same_kind = a.rule == b.rule || a.cameo.substr(0, 3) == b.cameo.substr(0, 3);
  return same_kind && share_mode(a, b);
}

template <typename T>
void add_missing(std::vector<T>& to, const std::vector<T>& from) {
  for (const auto& value : from) {
    if (std::find(to.begin(), to.end(), value) == to.end()) to.push_back(value);
  }
}

void absorb(Event& into, Event&& other) {
  if (!into.date_from_text && other.date_from_text) {
    into.date = other.date;
    into.date_precision = other.date_precision;
    into.date_from_text = true;
  } else if (into.date_from_text && other.date_from_text && into.date.meets(other.date)) {
    if (other.date_precision < into.date_precision) into.date_precision = other.date_precision;
    into.date.first = std::max(into.date.first, other.date.first);
    into.date.last = std::min(into.date.last, other.date.last);
  }
  if (other.reciprocal && !into.reciprocal) {
    into.actor = std::move(other.actor);
    into.recipient = std::move(other.recipient);
    into.reciprocal = true;
  }
  if (codes(into.recipient).empty() && !codes(other.recipient).empty() && !into.reciprocal) {
    into.recipient = std::move(other.recipient);
  }
  if (into.modes.empty() && !other.modes.empty()) {
    into.cameo = other.cameo;
    into.goldstein = other.goldstein;
    into.event_scale = other.event_scale;
  }
  add_missing(into.modes, other.modes);
  add_missing(into.contexts, other.contexts);
  add_missing(into.attributions, other.attributions);
  if (!into.place) into.place = other.place;
  for (auto [mine, theirs] : {std::pair{&into.size.dead, &other.size.dead},
                              std::pair{&into.size.injured, &other.size.injured},
                              std::pair{&into.size.arrested, &other.size.arrested},
                              std::pair{&into.size.size, &other.size.size}}) {
    if (!*mine) *mine = *theirs;
  }
  for (auto& mention : other.mentions) {
    const bool known =
        std::any_of(into.mentions.begin(), into.mentions.end(),
                    [&](const EventMention& m) { return m.trigger == mention.trigger; });
    if (!known) into.mentions.push_back(std::move(mention));
  }
}

}  // namespace

void merge_mentions(std::vector<Event>& events) {
  std::vector<Event> merged;
  for (auto& event : events) {
    auto found = std::find_if(merged.begin(), merged.end(),
                              [&](const Event& other) { return is_same(other, event); });
    if (found == merged.end()) {
      merged.push_back(std::move(event));
    } else {
      absorb(*found, std::move(event));
    }
  }
  events = std::move(merged);
}

}  // namespace detente::events
