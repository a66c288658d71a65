#pragma once
// The whole pipeline for texts of one report each, opened once; and one line per event.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "detente/engine/engine.h"

namespace detente::cases {

class CoderForTests {
 public:
  /// None where the model or the gazetteer is not there; `why_not` says which.
  static std::unique_ptr<CoderForTests> open(std::string& why_not);

  /// What the walk of one text gives, codes by side.
  struct Coded {
    std::string event;
    std::string actor;      ///< codes in order of the alphabet, joined by +
    std::string recipient;  ///< the same; of a reciprocal event empty
    std::string line;       ///< CATEGORY/mode ACTOR -> RECIPIENT [auxiliary] days sizes
  };
  [[nodiscard]] std::vector<Coded> code(const std::string& text, const std::string& published);
  [[nodiscard]] const events::Ontology& ontology() const { return *tables_.ontology; }

 private:
  explicit CoderForTests(engine::Tables tables);
  engine::Tables tables_;
  std::optional<parse::Workspace> workspace_;
};

}  // namespace detente::cases
