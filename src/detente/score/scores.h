#pragma once
// The value that leaves `score`.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace detente::score {

/// `right` of `of`, where the figure is a share.
struct Share {
  std::uint64_t right = 0;
  std::uint64_t of = 0;
  [[nodiscard]] double value() const {
    return of == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(of);
  }
};

struct Figure {
  std::string name;
  double value = 0;
  std::optional<Share> share;
};

/// What became of one record of the gold, or of a coded one that the gold does not know.
struct Verdict {
  std::string kind;   ///< event, claim, commitment, expectation
  std::string id;     ///< the gold's, where it has one
  std::string state;  ///< found, missing, split, extra, forbidden
  bool required = true;
  std::string text;
};

/// Coded events whose confidence lies in [from, to), and how many of them are right.
struct CalibrationBin {
  double from = 0;
  double to = 0;
  std::uint64_t n = 0;
  std::uint64_t n_right = 0;
  double mean_confidence = 0;
};

struct Calibration {
  /// Mean distance of confidence and share right over the bins, weighted by their events.
  double expected_error = 0;
  std::vector<CalibrationBin> bins;  ///< ten of equal width
};

struct Scores {
  std::vector<Figure> figures;
  std::vector<Verdict> verdicts;  ///< of an article
  std::optional<Calibration> calibration;
  std::uint64_t n_faults = 0;  ///< of an article: required records missing or split, forbidden ones
};

double harmonic_mean(double a, double b);

}  // namespace detente::score
