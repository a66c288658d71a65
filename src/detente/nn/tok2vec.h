#pragma once
// Word types to vectors in context: hash embeddings, a maxout layer, then windows of three, four
// deep (by the model). After Honnibal and Montani's spaCy 3: MultiHashEmbed.v2 and
// MaxoutWindowEncoder.v2, as described in its documentation.

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detente/nn/layer.h"

namespace detente::nn {

/// Scratch and the cache of word types of one thread. Results do not depend on what it holds.
class Tok2VecWorkspace;

/// Rows as they leave the encoder, for tokens [first_token, first_token + n): see Tok2Vec::encode.
struct EncodedRows {
  std::size_t first_token = 0;
  QuantizedRows rows;  ///< one block of `width` each
};

/// Immutable; views into the model file, which must outlive it.
class Tok2Vec {
 public:
  /// Trained parameters by the names that spaCy gives the layers, see convert in room `parse`.
  /// Errors: D0204–D0206.
  static Result<Tok2Vec> open(const ModelFile& model, std::string_view name);

  [[nodiscard]] std::size_t n_columns() const { return tables_.size(); }
  [[nodiscard]] std::size_t width() const { return width_; }

  using KeysOfType = std::function<void(std::uint32_t type, std::span<std::uint64_t> keys)>;
  using Sink = std::function<void(const EncodedRows&)>;

  /// types[i]: word type of token i, any number below 2^31. `keys_of_type` fills n_columns()
  /// feature values of a type; it is asked only for types that the workspace does not hold. `sink`
  /// gets the rows of all tokens, in order, some hundreds at a time: memory does not grow with the
  /// document.
  void encode(std::span<const std::uint32_t> types, const KeysOfType& keys_of_type,
              const Kernels& kernels, Tok2VecWorkspace& workspace, const Sink& sink) const;

 private:
  friend class Tok2VecWorkspace;
  struct Table {
    std::span<const float> values;  ///< [n_rows, width]
    std::size_t n_rows = 0;
    std::uint32_t seed = 0;
  };
  struct Normalization {
    std::span<const float> gain;
    std::span<const float> bias;
  };
  void fill_types(std::span<const std::uint32_t> types, std::span<const std::uint32_t> slots,
                  const KeysOfType& keys_of_type, const Kernels& kernels,
                  Tok2VecWorkspace& workspace) const;

  std::size_t width_ = 0;
  std::vector<Table> tables_;
  Layer mix_;
  Normalization mix_norm_;
  std::vector<Layer> windows_;
  std::vector<Normalization> window_norms_;
};

class Tok2VecWorkspace {
 public:
  Tok2VecWorkspace();
  /// Forgets all word types: needed when the numbers of types change their meaning.
  void forget_types();

 private:
  friend class Tok2Vec;
  static constexpr std::uint32_t kNoType = 0xFFFFFFFF;
  void reserve(const Tok2Vec& model);
  /// Slot of the type; `missing` gets the types (and slots) that must be computed first.
  std::uint32_t slot_of(std::uint32_t type);

  std::size_t width_ = 0;
  std::vector<std::uint32_t> type_in_slot_;
  std::vector<std::uint32_t> used_in_segment_;
  std::uint32_t segment_ = 0;
  std::uint32_t n_overflow_ = 0;
  // Not zeroed: most slots of a short run are never touched, and untouched memory costs nothing.
  std::unique_ptr<float[]> embedded_;   ///< [n_slots, width]
  std::unique_ptr<float[]> projected_;  ///< [n_slots, 3, 3 * width] parts of the first window layer
  std::vector<std::uint32_t> missing_types_;
  std::vector<std::uint32_t> missing_slots_;
  std::vector<std::uint32_t> slots_;
  std::vector<float> values_;            ///< [n_rows, width]
  std::vector<float> maxed_;             ///< [n_rows, width]
  std::vector<std::int16_t> quantized_;  ///< [n_rows + 2, width]
  std::vector<float> scales_;            ///< [n_rows + 2]
  std::vector<float> concatenated_;
  std::vector<std::int16_t> concatenated_quantized_;
  std::vector<float> concatenated_scales_;
};

}  // namespace detente::nn
