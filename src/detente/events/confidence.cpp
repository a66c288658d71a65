#include "detente/events/confidence.h"

#include <cmath>

namespace detente::events {

double ConfidenceTable::confidence(const std::vector<Feature>& features) const {
  double sum = 0;
  for (const Feature& feature : features) {
    const auto found = weights_.find(feature.name);
    if (found != weights_.end()) sum += found->second * feature.value;
  }
  return std::round(1000.0 / (1.0 + std::exp(-sum))) / 1000.0;
}

double ConfidenceTable::least(const std::string& kind) const {
  const auto found = weights_.find("least " + kind);
  return found != weights_.end() ? found->second : 0.0;
}

}  // namespace detente::events
