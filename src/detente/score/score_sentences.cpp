#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>

#include "detente/score/scorers.h"

namespace detente::score {
namespace {

constexpr std::array<std::string_view, 4> kSymmetric{"CONSULT", "AGREE", "COOPERATE", "ASSAULT"};
constexpr std::size_t kBins = 10;

Codes both(const Codes& a, const Codes& b) {
  Codes out = a;
  out.insert(b.begin(), b.end());
  return out;
}

bool has_category(const GoldSentence& gold, const CodedEvent& event) {
  return std::find(event.event.begin(), event.event.end(), gold.event) != event.event.end();
}

bool is_triple(const GoldSentence& gold, const CodedEvent& event) {
  if (!has_category(gold, event)) return false;
  if (gold.actor == event.actor && gold.recipient == event.recipient) return true;
  return std::find(kSymmetric.begin(), kSymmetric.end(), gold.event) != kSymmetric.end() &&
         both(gold.actor, gold.recipient) == both(event.actor, event.recipient);
}

class Bins {
 public:
  Bins() {
    for (std::size_t i = 0; i < kBins; ++i) {
      bins_[i].from = static_cast<double>(i) / kBins;
      bins_[i].to = static_cast<double>(i + 1) / kBins;
    }
  }

  void add(double confidence, bool right) {
    const double place = std::clamp(confidence, 0.0, 1.0) * kBins;
    CalibrationBin& bin = bins_[std::min(static_cast<std::size_t>(place), kBins - 1)];
    bin.mean_confidence += confidence;
    ++bin.n;
    bin.n_right += right ? 1 : 0;
    ++n_;
  }

  [[nodiscard]] std::optional<Calibration> finish() {
    if (n_ == 0) return std::nullopt;
    Calibration out;
    for (CalibrationBin& bin : bins_) {
      if (bin.n > 0) {
        const auto n = static_cast<double>(bin.n);
        bin.mean_confidence /= n;
        out.expected_error += n / static_cast<double>(n_) *
                              std::abs(bin.mean_confidence - static_cast<double>(bin.n_right) / n);
      }
      out.bins.push_back(bin);
    }
    return out;
  }

 private:
  std::array<CalibrationBin, kBins> bins_;
  std::uint64_t n_ = 0;
};

}  // namespace

Scores score_sentences(const std::vector<GoldSentence>& gold, const Coded& coded) {
  std::map<std::string_view, std::vector<const CodedEvent*>> by_document;
  for (const CodedEvent& event : coded.events) {
    if (!event.auxiliary_modes.contains("negation")) by_document[event.document].push_back(&event);
  }
  const std::uint64_t n = gold.size();
  Share coverage{0, n};
  Share category{0, n};
  Share actor{0, n};
  Share recipient{0, n};
  Share triple{0, n};
  Share precision;
  Bins bins;
  for (const GoldSentence& sentence : gold) {
    const auto& events = by_document[sentence.id];
    const auto any = [&](const auto& test) {
      return std::any_of(events.begin(), events.end(),
                         [&](const CodedEvent* event) { return test(*event); });
    };
    coverage.right += events.empty() ? 0 : 1;
    category.right += any([&](const auto& e) { return has_category(sentence, e); });
    actor.right += any([&](const auto& e) { return e.actor == sentence.actor; });
    recipient.right += any([&](const auto& e) { return e.recipient == sentence.recipient; });
    triple.right += any([&](const auto& e) { return is_triple(sentence, e); });
    precision.of += events.size();
    for (const CodedEvent* event : events) bins.add(event->confidence, is_triple(sentence, *event));
  }
  precision.right = triple.right;
  Scores scores;
  const auto add = [&](const char* name, const Share& share) {
    scores.figures.push_back({name, share.value(), share});
  };
  add("coverage", coverage);
  add("category", category);
  add("actor", actor);
  add("recipient", recipient);
  add("triple", triple);
  add("precision", precision);
  scores.figures.push_back({"f1", harmonic_mean(precision.value(), triple.value()), {}});
  scores.calibration = bins.finish();
  return scores;
}

}  // namespace detente::score
