// AVX2: eight lanes of 32 bits. A packed vector of sixteen outputs is worked on in two halves.

#include "detente/nn/kernels/kernels.h"
#include "detente/nn/kernels/unroll.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#define DETENTE_AVX2 __attribute__((target("avx2")))
#define DETENTE_AVX2_INLINE __attribute__((target("avx2"), always_inline)) inline

namespace detente::nn {
namespace {

constexpr std::size_t kHalf = 8;

DETENTE_AVX2_INLINE __m256i broadcast_pair(const std::int16_t* x) {
  std::int32_t pair = 0;
  std::memcpy(&pair, x, sizeof(pair));
  return _mm256_set1_epi32(pair);
}

// kRows rows by kVectors half vectors: the sums over blocks of scale * (integer dot product).
template <int kRows, int kVectors>
DETENTE_AVX2_INLINE void accumulate(const PackedWeights& w, const std::int16_t* weights,
                                    const QuantizedRows& x, std::size_t first_row,
                                    __m256 (&sums)[kRows][kVectors]) {
  DETENTE_UNROLL
  for (int r = 0; r < kRows; ++r) {
    DETENTE_UNROLL
    for (int v = 0; v < kVectors; ++v) sums[r][v] = _mm256_setzero_ps();
  }
  const std::int16_t* rows = x.values + first_row * x.row_stride;
  for (std::size_t block = 0; block < w.n_blocks; ++block) {
    __m256i dots[kRows][kVectors];
    DETENTE_UNROLL
    for (int r = 0; r < kRows; ++r) {
      DETENTE_UNROLL
      for (int v = 0; v < kVectors; ++v) dots[r][v] = _mm256_setzero_si256();
    }
    for (std::size_t pair = 0; pair < w.n_pairs; ++pair) {
      __m256i loaded[kVectors];
      DETENTE_UNROLL
      for (int v = 0; v < kVectors; ++v) {
        loaded[v] = _mm256_loadu_si256(
            reinterpret_cast<const __m256i*>(weights + 2 * kLanes * static_cast<std::size_t>(v)));
      }
      DETENTE_UNROLL
      for (int r = 0; r < kRows; ++r) {
        const __m256i input =
            broadcast_pair(rows + static_cast<std::size_t>(r) * x.row_stride + 2 * pair);
        DETENTE_UNROLL
        for (int v = 0; v < kVectors; ++v) {
          dots[r][v] = _mm256_add_epi32(dots[r][v], _mm256_madd_epi16(loaded[v], input));
          // Keeps the compiler from working out all products first, for which it has too few
          // registers.
          asm volatile("" : "+x"(dots[r][v]));
        }
      }
      weights += 2 * kLanes * kVectors;
    }
    rows += 2 * w.n_pairs;
    DETENTE_UNROLL
    for (int r = 0; r < kRows; ++r) {
      const __m256 scale = _mm256_set1_ps(
          x.scales[(first_row + static_cast<std::size_t>(r)) * x.scale_stride + block]);
      DETENTE_UNROLL
      for (int v = 0; v < kVectors; ++v) {
        sums[r][v] =
            _mm256_add_ps(sums[r][v], _mm256_mul_ps(scale, _mm256_cvtepi32_ps(dots[r][v])));
      }
    }
  }
}

DETENTE_AVX2_INLINE __m256 scaled(__m256 sum, const float* scales, const float* biases) {
  return _mm256_add_ps(_mm256_mul_ps(sum, _mm256_loadu_ps(scales)), _mm256_loadu_ps(biases));
}

enum class Ending { Affine, Maxout, Raw };

template <int kRows, int kVectors, Ending kEnding>
DETENTE_AVX2_INLINE void do_rows(const PackedWeights& w, const QuantizedRows& x, std::size_t group,
                                 std::size_t half, std::size_t first_row, float* out,
                                 std::size_t out_stride) {
  __m256 sums[kRows][kVectors];
  accumulate<kRows, kVectors>(w, w.values + group * w.group_stride + half * 2 * kHalf, x, first_row,
                              sums);
  const std::size_t first = group * kLanes * kVectors + half * kHalf;
  DETENTE_UNROLL
  for (int r = 0; r < kRows; ++r) {
    float* row = out + (first_row + static_cast<std::size_t>(r)) * out_stride;
    if constexpr (kEnding == Ending::Maxout) {
      __m256 best = scaled(sums[r][0], w.scales + first, w.biases + first);
      DETENTE_UNROLL
      for (int v = 1; v < kVectors; ++v) {
        const std::size_t o = first + static_cast<std::size_t>(v) * kLanes;
        // maxps gives its second operand for equal values; all orders give the same number
        best = _mm256_max_ps(scaled(sums[r][v], w.scales + o, w.biases + o), best);
      }
      _mm256_storeu_ps(row + group * kLanes + half * kHalf, best);
    } else {
      DETENTE_UNROLL
      for (int v = 0; v < kVectors; ++v) {
        const std::size_t o = first + static_cast<std::size_t>(v) * kLanes;
        _mm256_storeu_ps(row + o, kEnding == Ending::Raw
                                      ? sums[r][v]
                                      : scaled(sums[r][v], w.scales + o, w.biases + o));
      }
    }
  }
}

template <int kVectors, Ending kEnding>
DETENTE_AVX2_INLINE void do_all(const PackedWeights& w, const QuantizedRows& x, float* out,
                                std::size_t out_stride) {
  constexpr int kRows = 3;
  for (std::size_t group = 0; group < w.n_groups; ++group) {
    for (std::size_t half = 0; half < 2; ++half) {
      std::size_t r = 0;
      for (; r + kRows <= x.n_rows; r += kRows)
        do_rows<kRows, kVectors, kEnding>(w, x, group, half, r, out, out_stride);
      for (; r < x.n_rows; ++r)
        do_rows<1, kVectors, kEnding>(w, x, group, half, r, out, out_stride);
    }
  }
}

DETENTE_AVX2 void affine(const PackedWeights& w, const QuantizedRows& x, float* out,
                         std::size_t out_stride) {
  do_all<2, Ending::Affine>(w, x, out, out_stride);
}
DETENTE_AVX2 void maxout(const PackedWeights& w, const QuantizedRows& x, float* out,
                         std::size_t out_stride) {
  do_all<3, Ending::Maxout>(w, x, out, out_stride);
}
DETENTE_AVX2 void project(const PackedWeights& w, const QuantizedRows& x, float* out,
                          std::size_t out_stride) {
  do_all<3, Ending::Raw>(w, x, out, out_stride);
}

DETENTE_AVX2 void finish_maxout(const PackedWeights& w, const float* a, const float* b,
                                const float* c, float* out) {
  for (std::size_t g = 0; g < w.n_groups; ++g) {
    for (std::size_t half = 0; half < 2; ++half) {
      __m256 best = _mm256_setzero_ps();
      for (std::size_t v = 0; v < 3; ++v) {
        const std::size_t i = (g * 3 + v) * kLanes + half * kHalf;
        const __m256 sum = _mm256_add_ps(
            _mm256_add_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i)), _mm256_loadu_ps(c + i));
        const __m256 value = scaled(sum, w.scales + i, w.biases + i);
        best = v == 0 ? value : _mm256_max_ps(value, best);
      }
      _mm256_storeu_ps(out + g * kLanes + half * kHalf, best);
    }
  }
}

DETENTE_AVX2_INLINE float joined(__m256 sums) {
  const __m128 four = _mm_add_ps(_mm256_castps256_ps128(sums), _mm256_extractf128_ps(sums, 1));
  const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
}

DETENTE_AVX2_INLINE float greatest_magnitude(const float* x, std::size_t n) {
  const __m256 no_sign = _mm256_castsi256_ps(_mm256_set1_epi32(0x7FFFFFFF));
  __m256 greatest = _mm256_setzero_ps();
  for (std::size_t i = 0; i < n; i += kHalf) {
    greatest = _mm256_max_ps(_mm256_and_ps(_mm256_loadu_ps(x + i), no_sign), greatest);
  }
  __m128 four = _mm_max_ps(_mm256_castps256_ps128(greatest), _mm256_extractf128_ps(greatest, 1));
  four = _mm_max_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_max_ss(four, _mm_shuffle_ps(four, four, 1)));
}

DETENTE_AVX2 float quantize(const float* x, std::size_t n, std::int16_t* quantized) {
  const float greatest = greatest_magnitude(x, n);
  const float per_unit = static_cast<float>(kMaxQuantized) / greatest;
  if (!(greatest > 0.0F) || !std::isfinite(greatest) || !std::isfinite(per_unit)) {
    std::fill_n(quantized, n, std::int16_t{0});
    return 0.0F;
  }
  const __m256 factor = _mm256_set1_ps(per_unit);
  for (std::size_t i = 0; i < n; i += kHalf) {
    const __m256i wide = _mm256_cvtps_epi32(_mm256_mul_ps(_mm256_loadu_ps(x + i), factor));
    const __m128i narrow =
        _mm_packs_epi32(_mm256_castsi256_si128(wide), _mm256_extracti128_si256(wide, 1));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(quantized + i), narrow);
  }
  return greatest / static_cast<float>(kMaxQuantized);
}

DETENTE_AVX2 float normalize(const float* x, const float* gain, const float* bias,
                             std::size_t width, bool residual, float* inout,
                             std::int16_t* quantized) {
  __m256 sums = _mm256_setzero_ps();
  for (std::size_t i = 0; i < width; i += kHalf) sums = _mm256_add_ps(sums, _mm256_loadu_ps(x + i));
  const float mean = joined(sums) / static_cast<float>(width);
  const __m256 means = _mm256_set1_ps(mean);
  sums = _mm256_setzero_ps();
  for (std::size_t i = 0; i < width; i += kHalf) {
    const __m256 d = _mm256_sub_ps(_mm256_loadu_ps(x + i), means);
    sums = _mm256_add_ps(sums, _mm256_mul_ps(d, d));
  }
  const float variance = joined(sums) / static_cast<float>(width) + 1e-8F;
  const __m256 inverse = _mm256_set1_ps(1.0F / std::sqrt(variance));
  for (std::size_t i = 0; i < width; i += kHalf) {
    const __m256 d = _mm256_mul_ps(_mm256_sub_ps(_mm256_loadu_ps(x + i), means), inverse);
    __m256 y =
        _mm256_add_ps(_mm256_mul_ps(d, _mm256_loadu_ps(gain + i)), _mm256_loadu_ps(bias + i));
    if (residual) y = _mm256_add_ps(_mm256_loadu_ps(inout + i), y);
    _mm256_storeu_ps(inout + i, y);
  }
  return quantize(inout, width, quantized);
}

DETENTE_AVX2 void sum_maxout(const float* const* rows, std::size_t n_rows, const float* bias,
                             std::size_t n, float* out) {
  for (std::size_t i = 0; i < n; i += kHalf) {
    __m256 first = _mm256_loadu_ps(rows[0] + i);
    __m256 second = _mm256_loadu_ps(rows[0] + n + i);
    for (std::size_t f = 1; f < n_rows; ++f) {
      first = _mm256_add_ps(first, _mm256_loadu_ps(rows[f] + i));
      second = _mm256_add_ps(second, _mm256_loadu_ps(rows[f] + n + i));
    }
    first = _mm256_add_ps(first, _mm256_loadu_ps(bias + i));
    second = _mm256_add_ps(second, _mm256_loadu_ps(bias + n + i));
    _mm256_storeu_ps(out + i, _mm256_max_ps(second, first));
  }
}

DETENTE_AVX2 std::size_t argmax(const float* x, std::size_t n) {
  if (n < 2 * kHalf) return static_cast<std::size_t>(std::max_element(x, x + n) - x);
  __m256 best = _mm256_loadu_ps(x);
  for (std::size_t i = kHalf; i + kHalf <= n; i += kHalf)
    best = _mm256_max_ps(_mm256_loadu_ps(x + i), best);
  best = _mm256_max_ps(_mm256_loadu_ps(x + n - kHalf),
                       best);  // the last eight may overlap: no matter for a maximum
  __m128 four = _mm_max_ps(_mm256_castps256_ps128(best), _mm256_extractf128_ps(best, 1));
  four = _mm_max_ps(four, _mm_movehl_ps(four, four));
  const float greatest = _mm_cvtss_f32(_mm_max_ss(four, _mm_shuffle_ps(four, four, 1)));
  const __m256 wanted = _mm256_set1_ps(greatest);
  for (std::size_t i = 0; i + kHalf <= n; i += kHalf) {
    const int mask = _mm256_movemask_ps(_mm256_cmp_ps(_mm256_loadu_ps(x + i), wanted, _CMP_EQ_OQ));
    if (mask != 0) return i + static_cast<std::size_t>(__builtin_ctz(static_cast<unsigned>(mask)));
  }
  return static_cast<std::size_t>(std::find(x, x + n, greatest) - x) % n;
}

}  // namespace

const Kernels& avx2_kernels() {
  static constexpr Kernels kKernels{"avx2",    affine,   maxout,     project, finish_maxout,
                                    normalize, quantize, sum_maxout, argmax};
  return kKernels;
}

}  // namespace detente::nn

#else

namespace detente::nn {
const Kernels& avx2_kernels() { return scalar_kernels(); }
}  // namespace detente::nn

#endif
