#include "detente/parse/transition_network.h"

#include <algorithm>
#include <array>

#include "detente/parse/errors.h"

namespace detente::parse {
namespace {

std::string part(std::string_view name, std::string_view what) {
  return std::string(name) + "." + std::string(what);
}

// One action a line: the move's number, a blank, the label (which may be empty).
Result<std::vector<Action>> read_actions(const nn::ModelFile& model, std::string_view name) {
  DETENTE_TRY(std::string_view text, model.text(part(name, "actions")));
  std::vector<Action> actions;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (line.size() < 2 || line[0] < '0' || line[0] > '9' || line[1] != ' ') {
      return errors::bad_section(model.path(), part(name, "actions"),
                                 "line " + std::to_string(actions.size() + 1));
    }
    actions.push_back({static_cast<std::uint8_t>(line[0] - '0'), std::string(line.substr(2))});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return actions;
}

}  // namespace

Result<TransitionNetwork> TransitionNetwork::open(const nn::ModelFile& model,
                                                  std::string_view name) {
  TransitionNetwork network;
  DETENTE_TRY(const auto shape,
              model.numbers<std::uint64_t>(part(name, "shape")));  // features, hidden, shares
  if (shape.size() != 3 || shape[0] == 0 || shape[0] > 16 || shape[1] == 0 || shape[1] > 1024 ||
      shape[1] % 16 != 0) {
    return errors::bad_section(model.path(), part(name, "shape"), "features or hidden width");
  }
  network.n_features_ = shape[0];
  network.hidden_ = shape[1];
  network.shares_tok2vec_ = shape[2] != 0;
  DETENTE_TRY(network.projection_,
              nn::open_layer(model, part(name, "projection"), nn::Packing::Affine));
  DETENTE_TRY(network.lower_, nn::open_layer(model, part(name, "lower"), nn::Packing::Affine));
  DETENTE_TRY(network.upper_, nn::open_layer(model, part(name, "upper"), nn::Packing::Affine));
  DETENTE_TRY(network.padding_, model.numbers<float>(part(name, "padding")));
  DETENTE_TRY(network.bias_, model.numbers<float>(part(name, "bias")));
  DETENTE_TRY(network.actions_, read_actions(model, name));
  const std::size_t row_floats = network.n_features_ * 2 * network.hidden_;
  if (network.projection_.n_out != network.hidden_ || network.lower_.n_in != network.hidden_ ||
      network.lower_.n_out != row_floats || network.upper_.n_in != network.hidden_ ||
      network.upper_.n_out != network.actions_.size() || network.padding_.size() != row_floats ||
      network.bias_.size() != 2 * network.hidden_ || network.projection_.packed.n_blocks != 1 ||
      network.lower_.packed.n_blocks != 1 || network.upper_.packed.n_blocks != 1) {
    return errors::bad_section(model.path(), part(name, "shape"),
                               "layers that do not fit each other");
  }
  return network;
}

void StateScorer::begin(const TransitionNetwork& network, const nn::Kernels& kernels,
                        std::size_t n_tokens) {
  network_ = &network;
  kernels_ = &kernels;
  n_tokens_ = n_tokens;
  row_floats_ = network.lower_.n_padded;
  vectors_.resize(n_tokens * network.hidden_);
  scales_.resize(n_tokens);
  blocks_.resize(kBlocks);
  block_at_.assign(kBlocks, kNone);
  hidden_.resize(network.hidden_);
  hidden_quantized_.resize(network.hidden_);
  scores_.resize(network.upper_.n_padded);
}

void StateScorer::add_rows(const nn::EncodedRows& encoded) {
  const nn::Layer& projection = network_->projection_;
  projected_.resize(encoded.rows.n_rows * projection.n_padded);
  kernels_->affine(projection.packed, encoded.rows, projected_.data(), projection.n_padded);
  for (std::size_t r = 0; r < encoded.rows.n_rows; ++r) {
    const std::size_t token = encoded.first_token + r;
    scales_[token] =
        kernels_->quantize(projected_.data() + r * projection.n_padded, network_->hidden_,
                           vectors_.data() + token * network_->hidden_);
  }
}

const float* StateScorer::row(std::int32_t token) {
  const std::size_t block = static_cast<std::size_t>(token) / kBlockTokens;
  const std::size_t slot = block % kBlocks;
  if (block_at_[slot] != block) {
    const std::size_t first = block * kBlockTokens;
    const std::size_t n = std::min(kBlockTokens, n_tokens_ - first);
    blocks_[slot].resize(kBlockTokens * row_floats_);
    kernels_->affine(network_->lower_.packed,
                     {vectors_.data() + first * network_->hidden_, scales_.data() + first,
                      network_->hidden_, 1, n},
                     blocks_[slot].data(), row_floats_);
    block_at_[slot] = block;
  }
  return blocks_[slot].data() + (static_cast<std::size_t>(token) % kBlockTokens) * row_floats_;
}

const float* StateScorer::score(const std::int32_t* features) {
  const std::size_t n_features = network_->n_features_;
  const std::size_t stride = 2 * network_->hidden_;
  std::array<const float*, 16> rows{};
  // Two tokens of one state may lie in blocks that share a slot: then the first row must be kept
  // aside.
  std::array<std::size_t, 16> slots{};
  bool clash = false;
  for (std::size_t f = 0; f < n_features; ++f) {
    slots[f] = features[f] < 0 ? kNone : static_cast<std::size_t>(features[f]) / kBlockTokens;
    for (std::size_t g = 0; g < f && slots[f] != kNone; ++g) {
      clash |=
          slots[g] != kNone && slots[g] != slots[f] && slots[g] % kBlocks == slots[f] % kBlocks;
    }
  }
  std::vector<float> kept;
  if (clash) kept.resize(n_features * stride);
  for (std::size_t f = 0; f < n_features; ++f) {
    rows[f] = (features[f] < 0 ? network_->padding_.data() : row(features[f])) + f * stride;
    if (clash) {
      std::copy_n(rows[f], stride, kept.data() + f * stride);
      rows[f] = kept.data() + f * stride;
    }
  }
  kernels_->sum_maxout(rows.data(), n_features, network_->bias_.data(), network_->hidden_,
                       hidden_.data());
  const float scale =
      kernels_->quantize(hidden_.data(), network_->hidden_, hidden_quantized_.data());
  kernels_->affine(network_->upper_.packed,
                   {hidden_quantized_.data(), &scale, network_->hidden_, 1, 1}, scores_.data(),
                   network_->upper_.n_padded);
  return scores_.data();
}

StateScorer::Best StateScorer::best_of(std::size_t first, std::size_t last) const {
  const std::size_t at = first + kernels_->argmax(scores_.data() + first, last - first);
  return {at, scores_[at]};
}

}  // namespace detente::parse
