#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "detente/score/scorers.h"

namespace detente::score {
namespace {

bool overlap(const std::optional<Span>& a, const std::optional<Span>& b) {
  return a && b && a->overlaps(*b);
}

double jaccard(Span a, Span b) {
  const auto common = std::min(a.end, b.end) - std::max(a.start, b.start);
  const auto all = std::max(a.end, b.end) - std::min(a.start, b.start);
  return common <= 0 || all <= 0 ? 0.0 : static_cast<double>(common) / static_cast<double>(all);
}

bool same_cue(const GoldAttribution& gold, const GoldAttribution& coded) {
  return gold.cue ? overlap(gold.cue, coded.cue) : overlap(gold.source, coded.source);
}

/// Gold records that some coded one answers, and coded ones that answer some gold record.
struct Tally {
  Share recall;
  Share precision;

  template <typename T, typename Same>
  void add(const std::vector<T>& golds, const std::vector<T>& codeds, const Same& same) {
    recall.of += golds.size();
    precision.of += codeds.size();
    for (const T& gold : golds) {
      recall.right += std::any_of(codeds.begin(), codeds.end(),
                                  [&](const T& coded) { return same(gold, coded); });
    }
    for (const T& coded : codeds) {
      precision.right +=
          std::any_of(golds.begin(), golds.end(), [&](const T& gold) { return same(gold, coded); });
    }
  }

  void print(const std::string& name, std::vector<Figure>& out) const {
    out.push_back({name + " precision", precision.value(), precision});
    out.push_back({name + " recall", recall.value(), recall});
    out.push_back({name + " f1", harmonic_mean(precision.value(), recall.value()), {}});
  }
};

/// Which coded cluster answers for a gold mention: that of the one overlapping it most, by half.
std::optional<std::string> answer_for(const GoldMention& gold,
                                      const std::vector<GoldMention>& coded) {
  const GoldMention* best = nullptr;
  double best_overlap = 0;
  for (const GoldMention& one : coded) {
    const double now = jaccard(gold.at, one.at);
    if (best == nullptr || now > best_overlap) {
      best = &one;
      best_overlap = now;
    }
  }
  if (best == nullptr || best_overlap < 0.5) return std::nullopt;
  return best->cluster;
}

struct Coreference {
  double precision = 0;
  double recall = 0;
  Share found;

  void add(const std::vector<GoldMention>& golds, const std::vector<GoldMention>& codeds) {
    std::map<std::string, std::vector<const GoldMention*>> clusters;
    for (const GoldMention& gold : golds) {
      if (gold.type == "person" || gold.type == "organization" || gold.type == "place") {
        clusters[gold.cluster].push_back(&gold);
      }
    }
    std::map<std::string, std::size_t> by_answer;
    std::map<std::pair<std::string, std::string>, std::size_t> by_both;
    std::vector<std::pair<std::string, std::optional<std::string>>> mentions;
    for (const auto& [cluster, members] : clusters) {
      if (members.size() < 2) continue;
      for (const GoldMention* gold : members) {
        auto answer = answer_for(*gold, codeds);
        if (answer) {
          ++by_answer[*answer];
          ++by_both[{cluster, *answer}];
        }
        mentions.emplace_back(cluster, std::move(answer));
      }
    }
    for (const auto& [cluster, answer] : mentions) {
      // A mention that nobody answers for stands alone.
      const auto n_common = static_cast<double>(answer ? by_both[{cluster, *answer}] : 1);
      precision += n_common / static_cast<double>(answer ? by_answer[*answer] : 1);
      recall += n_common / static_cast<double>(clusters[cluster].size());
      ++found.of;
      found.right += answer ? 1 : 0;
    }
  }
};

}  // namespace

Scores score_texts(const std::vector<GoldText>& gold, const Coded& coded) {
  Tally dates;
  Tally attributions;
  Tally with_source;
  Coreference coreference;
  const CodedText unanswered;
  for (const GoldText& text : gold) {
    const auto found = coded.texts.find(text.name);
    const CodedText& answer = found == coded.texts.end() ? unanswered : found->second;
    dates.add(text.dates, answer.dates, [](const GoldDate& g, const GoldDate& x) {
      return g.at.overlaps(x.at) && g.value == x.value;
    });
    std::vector<GoldAttribution> told = text.attributions;
    std::erase_if(told, [](const GoldAttribution& a) { return !a.cue && !a.source; });
    attributions.add(told, answer.attributions, same_cue);
    with_source.add(told, answer.attributions,
                    [](const GoldAttribution& g, const GoldAttribution& x) {
                      return same_cue(g, x) && (!g.source || overlap(g.source, x.source));
                    });
    coreference.add(text.mentions, answer.mentions);
  }
  Scores scores;
  dates.print("dates", scores.figures);
  attributions.print("attributions", scores.figures);
  with_source.print("attributions with source", scores.figures);
  const double n = std::max(1.0, static_cast<double>(coreference.found.of));
  const double p = coreference.precision / n;
  const double r = coreference.recall / n;
  scores.figures.push_back({"coreference precision", p, {}});
  scores.figures.push_back({"coreference recall", r, {}});
  scores.figures.push_back({"coreference f1", harmonic_mean(p, r), {}});
  scores.figures.push_back({"mentions found", coreference.found.value(), coreference.found});
  return scores;
}

}  // namespace detente::score
