#pragma once
// Trained layers as packed 16-bit integers: made once when a model is converted, used where they
// lie in the file.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/result.h"
#include "detente/nn/kernels/kernels.h"
#include "detente/nn/model_file.h"

namespace detente::nn {

/// How many vectors of 16 outputs a group has: 2 for an affine layer, 3 for the three pieces of a
/// maxout layer.
enum class Packing : std::uint8_t { Affine = 2, Maxout = 3 };

/// A layer of `n_out` outputs over `n_blocks * block_width` inputs. Views into the model file;
/// copied freely.
struct Layer {
  PackedWeights packed;
  std::size_t n_out = 0;     ///< outputs that mean something; the rest pads the last group
  std::size_t n_padded = 0;  ///< floats of one output row of Kernels::affine (maxout: n_padded / 3)
  std::size_t n_in = 0;

  /// The part of the weights that meets input block `block` alone, for Kernels::project.
  [[nodiscard]] PackedWeights one_block(std::size_t block) const;
};

/// Float weights as trained. weights: [n_out, n_in] row-major; biases: [n_out].
struct TrainedLayer {
  std::span<const float> weights;
  std::span<const float> biases;
  std::size_t n_out = 0;
  std::size_t n_in = 0;
};

/// Quantizes each output's weights by a scale of its own, so that no sum of products can overflow
/// 32 bits with inputs of at most kMaxQuantized, packs them, and adds sections
/// `name`.{weights,scales,biases,shape}. Maxout: n_out counts pieces, in the order [output][piece];
/// n_out / 3 must be a multiple of 16. n_in must be a multiple of 2 * n_blocks.
void pack_layer(ModelFileWriter& writer, std::string_view name, const TrainedLayer& layer,
                std::size_t n_blocks, Packing packing);

/// Errors: D0204–D0206 a section is missing or has another size than its shape says.
Result<Layer> open_layer(const ModelFile& model, std::string_view name, Packing packing);

}  // namespace detente::nn
