#pragma once
// Small fixed loops over registers must be unrolled, or the registers become memory.

#if defined(__clang__)
#define DETENTE_UNROLL _Pragma("unroll")
#else
#define DETENTE_UNROLL _Pragma("GCC unroll 8")
#endif
