#include "detente/nn/layer.h"

#include <algorithm>
#include <cmath>

#include "detente/nn/errors.h"

namespace detente::nn {
namespace {

// The greatest sum of |weight| in integers that inputs up to kMaxQuantized cannot push over 2^31
// - 1.
constexpr double kMaxWeightSum = 2147483647.0 / kMaxQuantized - 1.0;
constexpr double kMaxWeight = 32767.0;

std::string section(std::string_view name, std::string_view part) {
  return std::string(name) + "." + std::string(part);
}

// Which row of the trained matrix stands at a packed position; none for padding.
struct Order {
  Packing packing;
  std::size_t n_out;

  [[nodiscard]] std::size_t n_padded() const {
    const std::size_t group = kLanes * static_cast<std::size_t>(packing);
    return (n_out + group - 1) / group * group;
  }
  [[nodiscard]] std::size_t trained_row(std::size_t packed) const {
    if (packing == Packing::Affine) return packed;
    const std::size_t group = packed / (3 * kLanes);
    const std::size_t piece = packed % (3 * kLanes) / kLanes;
    return (group * kLanes + packed % kLanes) * 3 + piece;
  }
};

float weight_scale(std::span<const float> row, std::size_t n_blocks) {
  double greatest = 0.0;
  double greatest_sum = 0.0;
  const std::size_t width = row.size() / n_blocks;
  for (std::size_t b = 0; b < n_blocks; ++b) {
    double sum = 0.0;
    for (float w : row.subspan(b * width, width)) {
      greatest = std::max(greatest, std::fabs(double{w}));
      sum += std::fabs(double{w});
    }
    greatest_sum = std::max(greatest_sum, sum);
  }
  // Rounding may add half a unit to every weight.
  const double room = kMaxWeightSum - static_cast<double>(width) / 2.0;
  return static_cast<float>(std::max({greatest / kMaxWeight, greatest_sum / room, 1e-30}));
}

}  // namespace

PackedWeights Layer::one_block(std::size_t block) const {
  PackedWeights part = packed;
  const std::size_t per_block = packed.group_stride / packed.n_blocks;
  part.values += block * per_block;
  part.n_blocks = 1;
  return part;
}

void pack_layer(ModelFileWriter& writer, std::string_view name, const TrainedLayer& layer,
                std::size_t n_blocks, Packing packing) {
  DETENTE_ASSERT(layer.n_in % (2 * n_blocks) == 0, "inputs come in pairs");
  const Order order{packing, layer.n_out};
  const std::size_t n_padded = order.n_padded();
  const std::size_t n_vectors = static_cast<std::size_t>(packing);
  const std::size_t n_groups = n_padded / (kLanes * n_vectors);
  const std::size_t n_pairs = layer.n_in / n_blocks / 2;
  std::vector<std::int16_t> weights(n_padded * layer.n_in, 0);
  std::vector<float> scales(n_padded, 0.0F);
  std::vector<float> biases(n_padded, 0.0F);
  for (std::size_t packed = 0; packed < n_padded; ++packed) {
    const std::size_t trained = order.trained_row(packed);
    if (trained >= layer.n_out) continue;
    const std::span<const float> row = layer.weights.subspan(trained * layer.n_in, layer.n_in);
    const float scale = weight_scale(row, n_blocks);
    scales[packed] = scale;
    biases[packed] = layer.biases[trained];
    const std::size_t group = packed / (kLanes * n_vectors);
    const std::size_t vector = packed / kLanes % n_vectors;
    const std::size_t lane = packed % kLanes;
    for (std::size_t i = 0; i < layer.n_in; ++i) {
      const std::size_t pair =
          i / 2;  // blocks follow one another, so a pair's number counts through them
      const std::size_t at =
          ((group * n_blocks * n_pairs + pair) * n_vectors + vector) * 2 * kLanes + 2 * lane +
          i % 2;
      weights[at] = static_cast<std::int16_t>(std::lrint(double{row[i]} / double{scale}));
    }
  }
  const std::vector<std::uint64_t> shape{layer.n_out, layer.n_in, n_blocks, n_groups};
  writer.add_numbers<std::int16_t>(section(name, "weights"), weights);
  writer.add_numbers<float>(section(name, "scales"), scales);
  writer.add_numbers<float>(section(name, "biases"), biases);
  writer.add_numbers<std::uint64_t>(section(name, "shape"), shape);
}

Result<Layer> open_layer(const ModelFile& model, std::string_view name, Packing packing) {
  DETENTE_TRY(const auto shape, model.numbers<std::uint64_t>(section(name, "shape")));
  DETENTE_TRY(const auto weights, model.numbers<std::int16_t>(section(name, "weights")));
  DETENTE_TRY(const auto scales, model.numbers<float>(section(name, "scales")));
  DETENTE_TRY(const auto biases, model.numbers<float>(section(name, "biases")));
  constexpr std::uint64_t kMost = 1U << 20;
  if (shape.size() != 4)
    return errors::shape_differs(model.path(), section(name, "shape"), shape.size(), 4);
  for (std::uint64_t n : shape) {
    if (n == 0 || n > kMost)
      return errors::shape_differs(model.path(), section(name, "shape"), n, 1);
  }
  Layer layer;
  layer.n_out = shape[0];
  layer.n_in = shape[1];
  layer.n_padded = Order{packing, layer.n_out}.n_padded();
  layer.packed.n_blocks = shape[2];
  layer.packed.n_groups = layer.n_padded / (kLanes * static_cast<std::size_t>(packing));
  layer.packed.n_pairs = layer.n_in / layer.packed.n_blocks / 2;
  layer.packed.group_stride = layer.n_in * kLanes * static_cast<std::size_t>(packing);
  layer.packed.values = weights.data();
  layer.packed.scales = scales.data();
  layer.packed.biases = biases.data();
  if (layer.n_in % (2 * layer.packed.n_blocks) != 0 || layer.packed.n_groups != shape[3]) {
    return errors::shape_differs(model.path(), section(name, "shape"), shape[3],
                                 layer.packed.n_groups);
  }
  if (weights.size() != layer.n_padded * layer.n_in) {
    return errors::shape_differs(model.path(), section(name, "weights"), weights.size(),
                                 layer.n_padded * layer.n_in);
  }
  if (scales.size() != layer.n_padded || biases.size() != layer.n_padded) {
    return errors::shape_differs(model.path(), section(name, "scales"), scales.size(),
                                 layer.n_padded);
  }
  return layer;
}

}  // namespace detente::nn
