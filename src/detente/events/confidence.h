#pragma once
// How sure a coded event is, from what was known when it was coded. The weights are a table
// (data/ontology/confidence.tsv) fitted by train/fit_confidence.py; this file only names what
// counts.

#include <string>
#include <unordered_map>
#include <vector>

namespace detente::events {

/// One thing that speaks for or against an event, e.g. "actor by coreference" 1.
struct Feature {
  std::string name;
  double value = 0;
};

/// Weights of a logistic function. Without rows there is no table.
class ConfidenceTable {
 public:
  void set(std::string name, double weight) { weights_[std::move(name)] = weight; }
  /// How sure an event of this kind must be to be told ("least words at home"); 0 where the table
  /// does not say.
  [[nodiscard]] double least(const std::string& kind) const;
  [[nodiscard]] bool empty() const { return weights_.empty(); }
  /// In [0, 1], rounded to three digits, so that every machine prints the same. What the table does
  /// not name does not count.
  [[nodiscard]] double confidence(const std::vector<Feature>& features) const;

 private:
  std::unordered_map<std::string, double> weights_;
};

}  // namespace detente::events
