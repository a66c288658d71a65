#include "detente/nn/tok2vec.h"

#include <algorithm>
#include <array>

#include "detente/nn/errors.h"
#include "detente/nn/hash.h"

namespace detente::nn {
namespace {

constexpr std::size_t kSegmentTokens = 256;
constexpr std::uint32_t kKeptSlots = 6144;    // types met first: the frequent ones
constexpr std::uint32_t kSharedSlots = 2048;  // for all later types, by their number
constexpr std::size_t kMissingBatch = 32;

std::string part(std::string_view name, std::string_view what) {
  return std::string(name) + "." + std::string(what);
}

}  // namespace

Result<Tok2Vec> Tok2Vec::open(const ModelFile& model, std::string_view name) {
  Tok2Vec net;
  DETENTE_TRY(const auto shape, model.numbers<std::uint64_t>(part(name, "shape")));
  // shape: width, depth, n_columns, then n_rows and seed of each column
  if (shape.size() < 3 || shape[0] == 0 || shape[0] > 4096 || shape[0] % kLanes != 0 ||
      shape[1] == 0 || shape[1] > 16 || shape[2] == 0 || shape[2] > 64 ||
      shape.size() != 3 + 2 * shape[2]) {
    return errors::shape_differs(model.path(), part(name, "shape"), shape.size(), 3);
  }
  net.width_ = shape[0];
  for (std::size_t column = 0; column < shape[2]; ++column) {
    const std::string table = part(name, "embed" + std::to_string(column));
    DETENTE_TRY(const auto values, model.numbers<float>(table));
    const std::size_t n_rows = shape[3 + 2 * column];
    if (n_rows == 0 || values.size() / net.width_ != n_rows || values.size() % net.width_ != 0) {
      return errors::shape_differs(model.path(), table, values.size(), n_rows * net.width_);
    }
    net.tables_.push_back({values, n_rows, static_cast<std::uint32_t>(shape[4 + 2 * column])});
  }
  const auto open_normalization = [&](const std::string& which) -> Result<Normalization> {
    DETENTE_TRY(const auto gain, model.numbers<float>(which + ".gain"));
    DETENTE_TRY(const auto bias, model.numbers<float>(which + ".bias"));
    if (gain.size() != net.width_ || bias.size() != net.width_) {
      return errors::shape_differs(model.path(), which, gain.size(), net.width_);
    }
    return Normalization{gain, bias};
  };
  const auto open_maxout = [&](const std::string& which, std::size_t n_blocks) -> Result<Layer> {
    DETENTE_TRY(Layer layer, open_layer(model, which, Packing::Maxout));
    if (layer.n_out != 3 * net.width_ || layer.n_in != n_blocks * net.width_ ||
        layer.packed.n_blocks != n_blocks) {
      return errors::shape_differs(model.path(), which, layer.n_in, n_blocks * net.width_);
    }
    return layer;
  };
  DETENTE_TRY(net.mix_, open_maxout(part(name, "mix"), net.tables_.size()));
  DETENTE_TRY(net.mix_norm_, open_normalization(part(name, "mix.norm")));
  for (std::size_t depth = 0; depth < shape[1]; ++depth) {
    const std::string which = part(name, "window" + std::to_string(depth));
    DETENTE_TRY(const Layer layer, open_maxout(which, 3));
    DETENTE_TRY(const Normalization norm, open_normalization(which + ".norm"));
    net.windows_.push_back(layer);
    net.window_norms_.push_back(norm);
  }
  return net;
}

Tok2VecWorkspace::Tok2VecWorkspace() = default;

void Tok2VecWorkspace::forget_types() {
  std::fill(type_in_slot_.begin(), type_in_slot_.end(), kNoType);
}

void Tok2VecWorkspace::reserve(const Tok2Vec& model) {
  if (width_ == model.width()) return;
  width_ = model.width();
  const std::size_t depth = model.windows_.size();
  const std::size_t n_rows = kSegmentTokens + 2 * depth;
  // One slot for the padding beside the document, then kept, shared, and room for a segment's
  // clashes.
  const std::size_t n_slots = 1 + kKeptSlots + kSharedSlots + n_rows;
  type_in_slot_.assign(n_slots, kNoType);
  used_in_segment_.assign(n_slots, 0);
  embedded_ = std::make_unique_for_overwrite<float[]>(n_slots * width_);
  projected_ = std::make_unique_for_overwrite<float[]>(n_slots * 9 * width_);
  std::fill_n(embedded_.get(), width_, 0.0F);  // slot 0, the padding
  std::fill_n(projected_.get(), 9 * width_, 0.0F);
  values_.resize(n_rows * width_);
  maxed_.resize(n_rows * width_);
  quantized_.assign((n_rows + 2) * width_, 0);
  scales_.assign(n_rows + 2, 0.0F);
  const std::size_t n_in = model.mix_.n_in;
  concatenated_.resize(kMissingBatch * n_in);
  concatenated_quantized_.resize(kMissingBatch * n_in);
  concatenated_scales_.resize(kMissingBatch * model.n_columns());
}

std::uint32_t Tok2VecWorkspace::slot_of(std::uint32_t type) {
  std::uint32_t slot = type < kKeptSlots ? 1 + type : 1 + kKeptSlots + type % kSharedSlots;
  if (type_in_slot_[slot] != type && used_in_segment_[slot] == segment_) {
    // Another type of this very segment sits there: look among the segment's clashes.
    constexpr std::uint32_t kFirst = 1 + kKeptSlots + kSharedSlots;
    const auto begin = type_in_slot_.begin() + kFirst;
    const auto found = std::find(begin, begin + n_overflow_, type);
    slot = kFirst + static_cast<std::uint32_t>(found - begin);
    if (found == begin + n_overflow_) {
      ++n_overflow_;
      type_in_slot_[slot] = kNoType;
    }
  }
  used_in_segment_[slot] = segment_;
  if (type_in_slot_[slot] != type) {
    type_in_slot_[slot] = type;
    missing_types_.push_back(type);
    missing_slots_.push_back(slot);
  }
  return slot;
}

void Tok2Vec::fill_types(std::span<const std::uint32_t> types, std::span<const std::uint32_t> slots,
                         const KeysOfType& keys_of_type, const Kernels& kernels,
                         Tok2VecWorkspace& ws) const {
  const std::size_t n_in = mix_.n_in;
  std::array<std::uint64_t, 64> keys{};
  std::vector<float> maxed(types.size() * width_);
  std::vector<std::int16_t> quantized(types.size() * width_);
  std::vector<float> scales(types.size());
  for (std::size_t i = 0; i < types.size(); ++i) {
    keys_of_type(types[i], std::span(keys).first(tables_.size()));
    for (std::size_t column = 0; column < tables_.size(); ++column) {
      const Table& table = tables_[column];
      const std::array<std::uint32_t, 4> rows = murmur_hash3_x64_128(keys[column], table.seed);
      float* out = ws.concatenated_.data() + i * n_in + column * width_;
      const float* a = table.values.data() + rows[0] % table.n_rows * width_;
      const float* b = table.values.data() + rows[1] % table.n_rows * width_;
      const float* c = table.values.data() + rows[2] % table.n_rows * width_;
      const float* d = table.values.data() + rows[3] % table.n_rows * width_;
      for (std::size_t k = 0; k < width_; ++k) out[k] = ((a[k] + b[k]) + c[k]) + d[k];
      ws.concatenated_scales_[i * tables_.size() + column] = kernels.quantize(
          out, width_, ws.concatenated_quantized_.data() + i * n_in + column * width_);
    }
  }
  kernels.maxout(mix_.packed,
                 {ws.concatenated_quantized_.data(), ws.concatenated_scales_.data(), n_in,
                  tables_.size(), types.size()},
                 maxed.data(), width_);
  for (std::size_t i = 0; i < types.size(); ++i) {
    scales[i] = kernels.normalize(
        maxed.data() + i * width_, mix_norm_.gain.data(), mix_norm_.bias.data(), width_, false,
        ws.embedded_.get() + slots[i] * width_, quantized.data() + i * width_);
  }
  std::vector<float> projected(types.size() * 3 * width_);
  for (std::size_t block = 0; block < 3; ++block) {
    kernels.project(windows_[0].one_block(block),
                    {quantized.data(), scales.data(), width_, 1, types.size()}, projected.data(),
                    3 * width_);
    for (std::size_t i = 0; i < types.size(); ++i) {
      std::copy_n(projected.data() + i * 3 * width_, 3 * width_,
                  ws.projected_.get() + (slots[i] * 3 + block) * 3 * width_);
    }
  }
}

void Tok2Vec::encode(std::span<const std::uint32_t> types, const KeysOfType& keys_of_type,
                     const Kernels& kernels, Tok2VecWorkspace& ws, const Sink& sink) const {
  ws.reserve(*this);
  const std::size_t depth = windows_.size();
  const auto n_tokens = static_cast<std::ptrdiff_t>(types.size());
  const auto halo = static_cast<std::ptrdiff_t>(depth);
  for (std::ptrdiff_t first = 0; first < n_tokens; first += kSegmentTokens) {
    const std::ptrdiff_t last = std::min<std::ptrdiff_t>(first + kSegmentTokens, n_tokens);
    // Row r stands for token first - halo + r. A row's result needs `depth` neighbours on each
    // side, no more; outside the document these are rows of zeros that the layers work on like any
    // other, as in training.
    const auto n_rows = static_cast<std::size_t>(last - first + 2 * halo);
    ++ws.segment_;
    ws.n_overflow_ = 0;
    ws.missing_types_.clear();
    ws.missing_slots_.clear();
    ws.slots_.clear();
    for (std::size_t r = 0; r < n_rows; ++r) {
      const std::ptrdiff_t token = first - halo + static_cast<std::ptrdiff_t>(r);
      const bool outside = token < 0 || token >= n_tokens;
      ws.slots_.push_back(outside ? 0 : ws.slot_of(types[static_cast<std::size_t>(token)]));
    }
    for (std::size_t i = 0; i < ws.missing_types_.size(); i += kMissingBatch) {
      const std::size_t n = std::min(kMissingBatch, ws.missing_types_.size() - i);
      fill_types(std::span(ws.missing_types_).subspan(i, n),
                 std::span(ws.missing_slots_).subspan(i, n), keys_of_type, kernels, ws);
    }
    for (std::size_t r = 0; r < n_rows; ++r) {
      std::copy_n(ws.embedded_.get() + ws.slots_[r] * width_, width_,
                  ws.values_.data() + r * width_);
      const std::size_t left = r == 0 ? 0 : ws.slots_[r - 1];
      const std::size_t right = r + 1 == n_rows ? 0 : ws.slots_[r + 1];
      const float* projected = ws.projected_.get();
      kernels.finish_maxout(windows_[0].packed, projected + left * 9 * width_,
                            projected + (ws.slots_[r] * 3 + 1) * 3 * width_,
                            projected + (right * 3 + 2) * 3 * width_,
                            ws.maxed_.data() + r * width_);
    }
    for (std::size_t layer = 0; layer < depth; ++layer) {
      if (layer > 0) {
        // Row r - 1 starts the window of row r: the buffers have a row of zeros before the first
        // and after the last.
        kernels.maxout(windows_[layer].packed,
                       {ws.quantized_.data(), ws.scales_.data(), width_, 1, n_rows},
                       ws.maxed_.data(), width_);
      }
      const Normalization& norm = window_norms_[layer];
      for (std::size_t r = 0; r < n_rows; ++r) {
        ws.scales_[r + 1] = kernels.normalize(
            ws.maxed_.data() + r * width_, norm.gain.data(), norm.bias.data(), width_, true,
            ws.values_.data() + r * width_, ws.quantized_.data() + (r + 1) * width_);
      }
      ws.scales_[n_rows + 1] = 0.0F;
    }
    sink({static_cast<std::size_t>(first),
          {ws.quantized_.data() + (depth + 1) * width_, ws.scales_.data() + depth + 1, width_, 1,
           static_cast<std::size_t>(last - first)}});
  }
}

}  // namespace detente::nn
