#pragma once
// Names by a greedy transition system over begin, in, last, unit, out (BILUO), as in spaCy 3.

#include <cstdint>
#include <string>
#include <vector>

#include "detente/parse/transition_network.h"

namespace detente::parse {

struct FoundName {
  std::uint32_t begin = 0;  ///< tokens, end exclusive
  std::uint32_t end = 0;
  std::uint32_t label = 0;  ///< index into EntityRecognizer::labels()
};

class EntityRecognizer {
 public:
  /// Errors: D0204–D0206, D03xx when the actions are none of this system's.
  static Result<EntityRecognizer> open(const nn::ModelFile& model, std::string_view name);

  [[nodiscard]] const TransitionNetwork& network() const { return network_; }
  [[nodiscard]] const std::vector<std::string>& labels() const { return labels_; }

  /// A name never crosses the start of a sentence and never starts on white space. Appends to
  /// `names`, in text order.
  void find(std::size_t n_tokens, const std::vector<std::uint8_t>& is_space,
            const std::vector<std::uint8_t>& starts_sentence, StateScorer& scorer,
            std::vector<FoundName>& names) const;

 private:
  static constexpr std::size_t kNoAction = ~std::size_t{0};
  TransitionNetwork network_;
  std::vector<std::string> labels_;
  std::vector<std::uint32_t> label_of_action_;
  std::vector<std::uint8_t> allowed_;   ///< by action: unit without a label is never a name
  std::vector<std::size_t> in_action_;  ///< by label
  std::vector<std::size_t> last_action_;
};

}  // namespace detente::parse
