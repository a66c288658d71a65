#include "detente/nn/kernels/kernels.h"

namespace detente::nn {

bool is_supported(InstructionSet set) {
  if (set == InstructionSet::Scalar) return true;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (set == InstructionSet::Avx2) return __builtin_cpu_supports("avx2") != 0;
  return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("avx512f") != 0 &&
         __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
         __builtin_cpu_supports("avx512vnni") != 0;
#else
  return false;
#endif
}

InstructionSet best_instruction_set() {
  if (is_supported(InstructionSet::Avx512)) return InstructionSet::Avx512;
  if (is_supported(InstructionSet::Avx2)) return InstructionSet::Avx2;
  return InstructionSet::Scalar;
}

const Kernels& kernels(InstructionSet set) {
  switch (set) {
    case InstructionSet::Avx512:
      return avx512_kernels();
    case InstructionSet::Avx2:
      return avx2_kernels();
    case InstructionSet::Scalar:
      break;
  }
  return scalar_kernels();
}

}  // namespace detente::nn
