// AVX-512 with VNNI: sixteen lanes, and one instruction for the product of pairs and the sum.
// Only the products differ from AVX2; the rest of a layer is too short to gain from wider vectors.

#include "detente/nn/kernels/kernels.h"
#include "detente/nn/kernels/unroll.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <cstring>

#define DETENTE_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))
#define DETENTE_AVX512_INLINE \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni"), always_inline)) inline

namespace detente::nn {
namespace {

template <int kRows, int kVectors>
DETENTE_AVX512_INLINE void accumulate(const PackedWeights& w, const std::int16_t* weights,
                                      const QuantizedRows& x, std::size_t first_row,
                                      __m512 (&sums)[kRows][kVectors]) {
  DETENTE_UNROLL
  for (int r = 0; r < kRows; ++r) {
    DETENTE_UNROLL
    for (int v = 0; v < kVectors; ++v) sums[r][v] = _mm512_setzero_ps();
  }
  const std::int16_t* rows = x.values + first_row * x.row_stride;
  for (std::size_t block = 0; block < w.n_blocks; ++block) {
    __m512i dots[kRows][kVectors];
    DETENTE_UNROLL
    for (int r = 0; r < kRows; ++r) {
      DETENTE_UNROLL
      for (int v = 0; v < kVectors; ++v) dots[r][v] = _mm512_setzero_si512();
    }
    for (std::size_t pair = 0; pair < w.n_pairs; ++pair) {
      __m512i loaded[kVectors];
      DETENTE_UNROLL
      for (int v = 0; v < kVectors; ++v) {
        loaded[v] = _mm512_loadu_si512(weights + 2 * kLanes * static_cast<std::size_t>(v));
      }
      DETENTE_UNROLL
      for (int r = 0; r < kRows; ++r) {
        std::int32_t both = 0;
        std::memcpy(&both, rows + static_cast<std::size_t>(r) * x.row_stride + 2 * pair,
                    sizeof(both));
        const __m512i input = _mm512_set1_epi32(both);
        DETENTE_UNROLL
        for (int v = 0; v < kVectors; ++v)
          dots[r][v] = _mm512_dpwssd_epi32(dots[r][v], loaded[v], input);
      }
      weights += 2 * kLanes * kVectors;
    }
    rows += 2 * w.n_pairs;
    DETENTE_UNROLL
    for (int r = 0; r < kRows; ++r) {
      const __m512 scale = _mm512_set1_ps(
          x.scales[(first_row + static_cast<std::size_t>(r)) * x.scale_stride + block]);
      DETENTE_UNROLL
      for (int v = 0; v < kVectors; ++v) {
        sums[r][v] =
            _mm512_add_ps(sums[r][v], _mm512_mul_ps(scale, _mm512_cvtepi32_ps(dots[r][v])));
      }
    }
  }
}

DETENTE_AVX512_INLINE __m512 scaled(__m512 sum, const float* scales, const float* biases) {
  return _mm512_add_ps(_mm512_mul_ps(sum, _mm512_loadu_ps(scales)), _mm512_loadu_ps(biases));
}

enum class Ending { Affine, Maxout, Raw };

template <int kRows, int kVectors, Ending kEnding>
DETENTE_AVX512_INLINE void do_rows(const PackedWeights& w, const QuantizedRows& x,
                                   std::size_t group, std::size_t first_row, float* out,
                                   std::size_t out_stride) {
  __m512 sums[kRows][kVectors];
  accumulate<kRows, kVectors>(w, w.values + group * w.group_stride, x, first_row, sums);
  const std::size_t first = group * kLanes * kVectors;
  DETENTE_UNROLL
  for (int r = 0; r < kRows; ++r) {
    float* row = out + (first_row + static_cast<std::size_t>(r)) * out_stride;
    if constexpr (kEnding == Ending::Maxout) {
      __m512 best = scaled(sums[r][0], w.scales + first, w.biases + first);
      DETENTE_UNROLL
      for (int v = 1; v < kVectors; ++v) {
        const std::size_t o = first + static_cast<std::size_t>(v) * kLanes;
        best = _mm512_max_ps(scaled(sums[r][v], w.scales + o, w.biases + o), best);
      }
      _mm512_storeu_ps(row + group * kLanes, best);
    } else {
      DETENTE_UNROLL
      for (int v = 0; v < kVectors; ++v) {
        const std::size_t o = first + static_cast<std::size_t>(v) * kLanes;
        _mm512_storeu_ps(row + o, kEnding == Ending::Raw
                                      ? sums[r][v]
                                      : scaled(sums[r][v], w.scales + o, w.biases + o));
      }
    }
  }
}

template <int kVectors, Ending kEnding>
DETENTE_AVX512_INLINE void do_all(const PackedWeights& w, const QuantizedRows& x, float* out,
                                  std::size_t out_stride) {
  constexpr int kRows = 6;
  for (std::size_t group = 0; group < w.n_groups; ++group) {
    std::size_t r = 0;
    for (; r + kRows <= x.n_rows; r += kRows)
      do_rows<kRows, kVectors, kEnding>(w, x, group, r, out, out_stride);
    for (; r < x.n_rows; ++r) do_rows<1, kVectors, kEnding>(w, x, group, r, out, out_stride);
  }
}

DETENTE_AVX512 void affine(const PackedWeights& w, const QuantizedRows& x, float* out,
                           std::size_t out_stride) {
  do_all<2, Ending::Affine>(w, x, out, out_stride);
}
DETENTE_AVX512 void maxout(const PackedWeights& w, const QuantizedRows& x, float* out,
                           std::size_t out_stride) {
  do_all<3, Ending::Maxout>(w, x, out, out_stride);
}
DETENTE_AVX512 void project(const PackedWeights& w, const QuantizedRows& x, float* out,
                            std::size_t out_stride) {
  do_all<3, Ending::Raw>(w, x, out, out_stride);
}

}  // namespace

const Kernels& avx512_kernels() {
  static const Kernels kKernels = [] {
    Kernels k = avx2_kernels();
    k.name = "avx512-vnni";
    k.affine = affine;
    k.maxout = maxout;
    k.project = project;
    return k;
  }();
  return kKernels;
}

}  // namespace detente::nn

#else

namespace detente::nn {
const Kernels& avx512_kernels() { return scalar_kernels(); }
}  // namespace detente::nn

#endif
