#pragma once
// The network that scores the next action of a transition system (parser, entity recognizer):
// spaCy's TransitionBasedParser.v2 with an upper layer. Which actions there are and what they do is
// not known here.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detente/nn/nn.h"

namespace detente::parse {

/// One output of the network: what kind of move, with which label.
struct Action {
  std::uint8_t move = 0;  ///< numbering of the transition system
  std::string label;
};

/// Immutable; views into the model file.
class TransitionNetwork {
 public:
  /// Errors: D0204–D0206.
  static Result<TransitionNetwork> open(const nn::ModelFile& model, std::string_view name);

  /// Actions in the order of the scores; actions of one move are neighbours.
  [[nodiscard]] const std::vector<Action>& actions() const { return actions_; }
  [[nodiscard]] std::size_t n_features() const { return n_features_; }
  /// Width of the token vectors that it reads.
  [[nodiscard]] std::size_t n_in() const { return projection_.n_in; }
  /// True when the network reads the pipeline's common vectors, false when it brings its own.
  [[nodiscard]] bool shares_tok2vec() const { return shares_tok2vec_; }

 private:
  friend class StateScorer;
  nn::Layer projection_;            ///< token vector -> hidden width
  nn::Layer lower_;                 ///< hidden width -> [feature][piece][hidden]
  nn::Layer upper_;                 ///< hidden width -> actions
  std::span<const float> padding_;  ///< [feature][piece][hidden]: stands for a token that is none
  std::span<const float> bias_;     ///< [piece][hidden]
  std::size_t n_features_ = 0;
  std::size_t hidden_ = 0;
  bool shares_tok2vec_ = false;
  std::vector<Action> actions_;
};

/// Scores states of one document after the other. Holds what each token adds to the hidden layer,
/// worked out for 64 neighbours at a time when first asked for; old blocks make room, so memory
/// does not grow with the text beyond 2 * hidden + 4 bytes a token.
class StateScorer {
 public:
  /// Starts a document of n tokens; their vectors must follow by add_rows.
  void begin(const TransitionNetwork& network, const nn::Kernels& kernels, std::size_t n_tokens);
  void add_rows(const nn::EncodedRows& encoded);

  /// features[f]: token, or -1 for none; n_features() of them. The scores stay good until the next
  /// call.
  const float* score(const std::int32_t* features);

  /// Best action of those from `first` to `last`, exclusive; the first of equals.
  struct Best {
    std::size_t action = 0;
    float score = 0;
  };
  [[nodiscard]] Best best_of(std::size_t first, std::size_t last) const;

 private:
  static constexpr std::size_t kBlockTokens = 64;
  static constexpr std::size_t kBlocks = 48;
  static constexpr std::size_t kNone = ~std::size_t{0};
  const float* row(std::int32_t token);

  const TransitionNetwork* network_ = nullptr;
  const nn::Kernels* kernels_ = nullptr;
  std::size_t n_tokens_ = 0;
  std::size_t row_floats_ = 0;
  std::vector<std::int16_t> vectors_;  ///< [n_tokens, hidden]
  std::vector<float> scales_;
  std::vector<float> projected_;
  std::vector<std::vector<float>> blocks_;
  std::vector<std::size_t> block_at_;  ///< which block of the document lies in a slot
  std::vector<float> hidden_;
  std::vector<std::int16_t> hidden_quantized_;
  std::vector<float> scores_;
};

}  // namespace detente::parse
