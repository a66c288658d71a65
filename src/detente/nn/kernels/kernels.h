#pragma once
// The few loops that take the time, once in plain C++ (the reference) and once per instruction set.
//
// All products are of 16-bit integers summed in 32 bits, so a sum is the same in any order, and the
// floating-point steps around them are written in one fixed order: every kernel gives the same
// bits. See docs/decisions.

#include <cstddef>
#include <cstdint>

namespace detente::nn {

inline constexpr std::size_t kLanes = 16;  ///< outputs of one packed weight vector

/// Rows of 16-bit integers, each row cut into blocks with a scale of their own: value = integer *
/// scale.
struct QuantizedRows {
  const std::int16_t* values = nullptr;  ///< row r starts at values + r * row_stride
  const float* scales = nullptr;         ///< scale of row r's block b: scales[r * scale_stride + b]
  std::size_t row_stride = 0;
  std::size_t scale_stride = 0;
  std::size_t n_rows = 0;
};

/// Weights packed for the kernels: [group][block][pair of inputs][vector of the group][lane][2].
struct PackedWeights {
  const std::int16_t* values = nullptr;
  const float* scales = nullptr;  ///< one per output, in packed order
  const float* biases = nullptr;  ///< one per output, in packed order
  std::size_t n_groups = 0;
  std::size_t n_blocks = 0;
  std::size_t n_pairs = 0;       ///< of inputs in one block
  std::size_t group_stride = 0;  ///< 16-bit integers from one group to the next
};

struct Kernels {
  const char* name;
  /// Two vectors a group. out[r, :] = x[r] · W + b, [n_rows, n_groups * 32], rows `out_stride`
  /// floats apart.
  void (*affine)(const PackedWeights& w, const QuantizedRows& x, float* out,
                 std::size_t out_stride);
  /// Three vectors a group, the pieces of 16 outputs: out[r, :] = max over pieces, [n_rows,
  /// n_groups * 16].
  void (*maxout)(const PackedWeights& w, const QuantizedRows& x, float* out,
                 std::size_t out_stride);
  /// Three vectors a group, before weight scale, bias and maximum: [n_rows, n_groups * 48] in
  /// packed order.
  void (*project)(const PackedWeights& w, const QuantizedRows& x, float* out,
                  std::size_t out_stride);
  /// Ends what `project` began: out[16 * g + i] = max over pieces of (a + b + c) * scale + bias.
  void (*finish_maxout)(const PackedWeights& w, const float* a, const float* b, const float* c,
                        float* out);
  /// inout = (residual ? inout : 0) + (x - mean) / sqrt(variance + 1e-8) * gain + bias over `width`
  /// values; then writes inout as integers to `quantized` and returns their scale. `width` is a
  /// multiple of 8.
  float (*normalize)(const float* x, const float* gain, const float* bias, std::size_t width,
                     bool residual, float* inout, std::int16_t* quantized);
  /// Rounds x to integers of at most kMaxQuantized, returns their scale. `n` is a multiple of 8.
  float (*quantize)(const float* x, std::size_t n, std::int16_t* quantized);
  /// out[i] = max(sum of rows[f][i] + bias[i], sum of rows[f][n + i] + bias[n + i]): the hidden
  /// layer of a state.
  void (*sum_maxout)(const float* const* rows, std::size_t n_rows, const float* bias, std::size_t n,
                     float* out);
  /// Index of the greatest of n values, the first of equals. n > 0.
  std::size_t (*argmax)(const float* x, std::size_t n);
};

/// Greatest magnitude of a quantized input. With weights packed by pack_weights() no 32-bit sum can
/// overflow.
inline constexpr std::int32_t kMaxQuantized = 8191;

const Kernels& scalar_kernels();
const Kernels& avx2_kernels();
const Kernels& avx512_kernels();

enum class InstructionSet : std::uint8_t { Scalar, Avx2, Avx512 };

/// What this processor can run, best last is `best_instruction_set()`.
[[nodiscard]] bool is_supported(InstructionSet set);
[[nodiscard]] InstructionSet best_instruction_set();
[[nodiscard]] const Kernels& kernels(InstructionSet set);

}  // namespace detente::nn
