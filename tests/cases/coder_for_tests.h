#pragma once
// The whole pipeline for texts of one report each, opened once; and one line per event.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "detente/engine/engine.h"
#include "detente/engine/stages.h"

namespace detente::cases {

/// In order of the alphabet, joined by +, each once.
std::string codes_of(const std::vector<events::Side>& sides);

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
  /// Hands the walk of one text to `take`, unless the text cannot be read.
  void walk(const std::string& text, const std::string& published, engine::Stage last,
            const std::function<void(const engine::Walk&)>& take);
  [[nodiscard]] const events::Ontology& ontology() const { return *tables_.ontology; }

 private:
  explicit CoderForTests(engine::Tables tables);
  engine::Tables tables_;
  std::optional<parse::Workspace> workspace_;
};

}  // namespace detente::cases
