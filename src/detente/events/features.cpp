#include "detente/events/features.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <string_view>

namespace detente::events {
namespace {

double truth(bool claim) { return claim ? 1.0 : 0.0; }

bool is_coded(const Side& side) { return !side.code.empty() && side.sector != "UNK"; }

std::set<std::string_view> codes_of(const std::vector<Side>& sides) {
  std::set<std::string_view> out;
  for (const Side& side : sides) {
    if (!side.code.empty()) out.insert(side.code);
  }
  return out;
}

/// Somebody with a sector that gives no power: people and firms, not offices, arms or parties.
bool is_private(const DocumentView& view, const std::vector<Side>& sides) {
  const auto& by_sector = view.ontology.types().by_sector;
  return std::any_of(sides.begin(), sides.end(), [&](const Side& side) {
    if (side.sector.empty()) return false;
    const auto found = by_sector.find(side.sector);
    return found == by_sector.end() || (found->second & kPolitical) == 0;
  });
}

/// In a relative, participial or adverbial clause: background more often than news.
bool is_beside(const DocumentView& view, std::uint32_t token_idx) {
  for (std::uint32_t t = token_idx; view.head(t) != t; t = view.head(t)) {
    const StringId d = view.dep(t);
    if (d == udep::kRelcl || d == udep::kAdvcl || d == udep::kAcl) return true;
  }
  return false;
}

/// How a side was found, and how far from the trigger its words stand.
class SideFeatures {
 public:
  SideFeatures(const DocumentView& view, TextSpan trigger, std::vector<Feature>& out)
      : view_(view), trigger_(trigger), out_(out) {}

  void add(const std::string& role, const std::vector<Side>& sides) {
    std::set<std::string_view> ways;
    double nearest = 0;
    for (const Side& side : sides) {
      if (side.mention) {
        ways.insert(
            resolve::resolved_by_name(view_.resolved.mentions[side.mention->value].resolved_by));
      }
      if (side.span.empty()) continue;
      const double bytes = side.span.begin < trigger_.begin ? trigger_.begin - side.span.begin
                                                            : side.span.begin - trigger_.begin;
      const double distance = std::log2(1.0 + bytes / 8.0);
      nearest = nearest == 0 ? distance : std::min(nearest, distance);
    }
    for (const std::string_view way : ways) out_.push_back({role + " by " + std::string(way), 1.0});
    out_.push_back({role + " far", nearest});
    const auto unknown = std::count_if(sides.begin(), sides.end(),
                                       [](const Side& side) { return side.code.empty(); });
    out_.push_back({role + " partly unknown", truth(unknown > 0)});
  }

 private:
  const DocumentView& view_;
  TextSpan trigger_;
  std::vector<Feature>& out_;
};

}  // namespace

std::vector<Feature> features_of(const DocumentView& view, FrameBuilder& frames, const Meaning& m,
                                 const Event& event) {
  const PredicateFrame& outer = frames.frame(m.outer);
  const auto actors = codes_of(event.actor);
  const auto recipients = codes_of(event.recipient);
  const auto& sentence = view.parsed.sentences[view.sentence(m.trigger)];
  std::vector<Feature> out{
      {"always", 1.0},
      {"wording", m.weight},
      {"operators", std::min(2.0, static_cast<double>(m.chain.size()) - 1.0)},
      {"bare noun", truth(m.bare_noun)},
      {"noun", truth(outer.kind == FrameKind::Noun)},
      {"adjective", truth(outer.kind == FrameKind::Adjective)},
      {"passive", truth(outer.passive)},
      {"inherited actor", truth(m.agent_inherited)},
      {"unknown content", truth(m.unknown_content)},
      {"no actor", truth(std::none_of(event.actor.begin(), event.actor.end(), is_coded))},
      {"no recipient", truth(recipients.empty() && !event.reciprocal)},
      {"one country", truth(actors == recipients || (event.reciprocal && actors.size() == 1))},
      {"many sides", std::max(0.0, static_cast<double>(actors.size() + recipients.size()) - 2.0)},
      {"reciprocal", truth(event.reciprocal)},
      {"future", truth(event.auxiliary_modes.future)},
      {"historical", truth(event.auxiliary_modes.historical)},
      {"hypothetical", truth(event.auxiliary_modes.hypothetical)},
      {"negation", truth(event.auxiliary_modes.negation)},
      {"past", truth(outer.past)},
      {"dated", truth(event.date_from_text)},
      {"reported", truth(!event.attributions.empty())},
      {"later sentence", std::log2(1.0 + static_cast<double>(view.sentence(m.trigger)))},
      {"long sentence", std::log2(static_cast<double>(sentence.size()) / 16.0)},
      {"depth", static_cast<double>(std::min(view.depth(m.trigger), 6U))},
      {"type " + event.event, 1.0},
      {"type " + event.event + ", no recipient", truth(recipients.empty() && !event.reciprocal)},
      {"present", truth(outer.kind == FrameKind::Verb && view.is_present(outer.trigger))},
      {"actor without power", truth(is_private(view, event.actor))},
      {"recipient without power", truth(!recipients.empty() && is_private(view, event.recipient))},
      {"clause beside", truth(is_beside(view, m.outer))}};
  SideFeatures sides(view, view.tokens.span(m.trigger), out);
  sides.add("actor", event.actor);
  sides.add("recipient", event.recipient);
  std::erase_if(out, [](const Feature& feature) { return feature.value == 0; });
  return out;
}

}  // namespace detente::events
