#include <algorithm>
#include <map>
#include <string>

#include "detente/score/scorers.h"
#include "detente/score/words.h"

namespace detente::score {
namespace {

constexpr std::size_t kRunLength = 4;

using Runs = std::map<std::string, std::uint64_t>;

/// Every run of four words with its count; of fewer words one shorter run.
Runs runs_of(std::string_view text) {
  const auto words = words_of(text);
  Runs runs;
  if (words.empty()) return runs;
  const std::size_t n_runs = words.size() < kRunLength ? 1 : words.size() - kRunLength + 1;
  for (std::size_t i = 0; i < n_runs; ++i) {
    std::string run;
    for (std::size_t j = i; j < std::min(i + kRunLength, words.size()); ++j) {
      run += ' ';
      run += words[j];
    }
    ++runs[run];
  }
  return runs;
}

double count(const Runs& runs) {
  std::uint64_t n = 0;
  for (const auto& [run, times] : runs) n += times;
  return static_cast<double>(n);
}

double count_common(const Runs& a, const Runs& b) {
  std::uint64_t n = 0;
  for (const auto& [run, times] : a) {
    const auto found = b.find(run);
    if (found != b.end()) n += std::min(times, found->second);
  }
  return static_cast<double>(n);
}

/// A mean over pages; a page with an empty side is left out.
struct Mean {
  double sum = 0;
  double n = 0;
  void add(double common, double all) {
    if (all == 0) return;
    sum += common / all;
    ++n;
  }
  [[nodiscard]] double value() const { return n > 0 ? sum / n : 0.0; }
};

}  // namespace

Scores score_pages(const std::vector<GoldPage>& gold, const Coded& coded) {
  Mean precision;
  Mean recall;
  Share answered{0, gold.size()};
  for (const GoldPage& page : gold) {
    const auto found = coded.texts.find(page.name);
    answered.right += found == coded.texts.end() ? 0 : 1;
    const Runs want = runs_of(page.body);
    const Runs got = found == coded.texts.end() ? Runs() : runs_of(found->second.body);
    const double common = count_common(want, got);
    precision.add(common, count(got));
    recall.add(common, count(want));
  }
  Scores scores;
  scores.figures = {{"answered", answered.value(), answered},
                    {"precision", precision.value(), {}},
                    {"recall", recall.value(), {}},
                    {"f1", harmonic_mean(precision.value(), recall.value()), {}}};
  return scores;
}

}  // namespace detente::score
