#include <algorithm>
#include <array>
#include <cmath>

#include "detente/nn/kernels/kernels.h"

namespace detente::nn {
namespace {

// One output vector of 16 lanes before scale and bias: the sum over blocks of scale * (integer dot
// product).
template <std::size_t kVectors>
void accumulate(const PackedWeights& w, const std::int16_t* weights, const std::int16_t* x,
                const float* scales, std::array<std::array<float, kLanes>, kVectors>& sums) {
  for (auto& lane_sums : sums) lane_sums.fill(0.0F);
  for (std::size_t block = 0; block < w.n_blocks; ++block) {
    std::array<std::array<std::int32_t, kLanes>, kVectors> dots{};
    for (std::size_t pair = 0; pair < w.n_pairs; ++pair) {
      for (std::size_t v = 0; v < kVectors; ++v) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
          dots[v][lane] +=
              std::int32_t{weights[2 * lane]} * x[0] + std::int32_t{weights[2 * lane + 1]} * x[1];
        }
        weights += 2 * kLanes;
      }
      x += 2;
    }
    for (std::size_t v = 0; v < kVectors; ++v) {
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        sums[v][lane] = sums[v][lane] + scales[block] * static_cast<float>(dots[v][lane]);
      }
    }
  }
}

void affine(const PackedWeights& w, const QuantizedRows& x, float* out, std::size_t out_stride) {
  std::array<std::array<float, kLanes>, 2> sums{};
  for (std::size_t r = 0; r < x.n_rows; ++r) {
    for (std::size_t g = 0; g < w.n_groups; ++g) {
      accumulate<2>(w, w.values + g * w.group_stride, x.values + r * x.row_stride,
                    x.scales + r * x.scale_stride, sums);
      for (std::size_t i = 0; i < 2 * kLanes; ++i) {
        const std::size_t o = g * 2 * kLanes + i;
        out[r * out_stride + o] = sums[i / kLanes][i % kLanes] * w.scales[o] + w.biases[o];
      }
    }
  }
}

void maxout(const PackedWeights& w, const QuantizedRows& x, float* out, std::size_t out_stride) {
  std::array<std::array<float, kLanes>, 3> sums{};
  for (std::size_t r = 0; r < x.n_rows; ++r) {
    for (std::size_t g = 0; g < w.n_groups; ++g) {
      accumulate<3>(w, w.values + g * w.group_stride, x.values + r * x.row_stride,
                    x.scales + r * x.scale_stride, sums);
      const float* scales = w.scales + g * 3 * kLanes;
      const float* biases = w.biases + g * 3 * kLanes;
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        float best = sums[0][lane] * scales[lane] + biases[lane];
        for (std::size_t v = 1; v < 3; ++v) {
          best =
              std::max(best, sums[v][lane] * scales[v * kLanes + lane] + biases[v * kLanes + lane]);
        }
        out[r * out_stride + g * kLanes + lane] = best;
      }
    }
  }
}

void project(const PackedWeights& w, const QuantizedRows& x, float* out, std::size_t out_stride) {
  std::array<std::array<float, kLanes>, 3> sums{};
  for (std::size_t r = 0; r < x.n_rows; ++r) {
    for (std::size_t g = 0; g < w.n_groups; ++g) {
      accumulate<3>(w, w.values + g * w.group_stride, x.values + r * x.row_stride,
                    x.scales + r * x.scale_stride, sums);
      for (std::size_t i = 0; i < 3 * kLanes; ++i) {
        out[r * out_stride + g * 3 * kLanes + i] = sums[i / kLanes][i % kLanes];
      }
    }
  }
}

void finish_maxout(const PackedWeights& w, const float* a, const float* b, const float* c,
                   float* out) {
  for (std::size_t g = 0; g < w.n_groups; ++g) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      float best = 0.0F;
      for (std::size_t v = 0; v < 3; ++v) {
        const std::size_t i = (g * 3 + v) * kLanes + lane;
        const float value = ((a[i] + b[i]) + c[i]) * w.scales[i] + w.biases[i];
        best = v == 0 ? value : std::max(best, value);
      }
      out[g * kLanes + lane] = best;
    }
  }
}

// Eight running sums, joined in the order in which the vector kernels join theirs.
float joined(const std::array<float, 8>& s) {
  return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

float quantize(const float* x, std::size_t n, std::int16_t* quantized) {
  float greatest = 0.0F;
  for (std::size_t i = 0; i < n; ++i) greatest = std::max(greatest, std::fabs(x[i]));
  if (!(greatest > 0.0F) || !std::isfinite(greatest)) {
    std::fill_n(quantized, n, std::int16_t{0});
    return 0.0F;
  }
  const float per_unit = static_cast<float>(kMaxQuantized) / greatest;
  if (!std::isfinite(per_unit)) {
    std::fill_n(quantized, n, std::int16_t{0});
    return 0.0F;
  }
  for (std::size_t i = 0; i < n; ++i)
    quantized[i] = static_cast<std::int16_t>(std::lrintf(x[i] * per_unit));
  return greatest / static_cast<float>(kMaxQuantized);
}

float normalize(const float* x, const float* gain, const float* bias, std::size_t width,
                bool residual, float* inout, std::int16_t* quantized) {
  std::array<float, 8> sums{};
  for (std::size_t i = 0; i < width; ++i) sums[i % 8] += x[i];
  const float mean = joined(sums) / static_cast<float>(width);
  sums.fill(0.0F);
  for (std::size_t i = 0; i < width; ++i) {
    const float d = x[i] - mean;
    sums[i % 8] += d * d;
  }
  const float variance = joined(sums) / static_cast<float>(width) + 1e-8F;
  const float inverse = 1.0F / std::sqrt(variance);
  for (std::size_t i = 0; i < width; ++i) {
    const float y = ((x[i] - mean) * inverse) * gain[i] + bias[i];
    inout[i] = residual ? inout[i] + y : y;
  }
  return quantize(inout, width, quantized);
}

void sum_maxout(const float* const* rows, std::size_t n_rows, const float* bias, std::size_t n,
                float* out) {
  for (std::size_t i = 0; i < n; ++i) {
    float first = rows[0][i];
    float second = rows[0][n + i];
    for (std::size_t f = 1; f < n_rows; ++f) {
      first += rows[f][i];
      second += rows[f][n + i];
    }
    out[i] = std::max(first + bias[i], second + bias[n + i]);
  }
}

std::size_t argmax(const float* x, std::size_t n) {
  return static_cast<std::size_t>(std::max_element(x, x + n) - x);
}

}  // namespace

const Kernels& scalar_kernels() {
  static constexpr Kernels kKernels{"scalar",  affine,   maxout,     project, finish_maxout,
                                    normalize, quantize, sum_maxout, argmax};
  return kKernels;
}

}  // namespace detente::nn
