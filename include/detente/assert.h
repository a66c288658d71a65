#pragma once
// Our own mistakes, and nothing else: user input must never reach an assertion.

#if defined(DETENTE_ASSERTS) && DETENTE_ASSERTS
/// Stops the program at once when `condition`, which we promised, does not hold.
#define DETENTE_ASSERT(condition, what_must_hold) \
  do {                                            \
    if (!(condition)) __builtin_trap();           \
  } while (false)
#else
#define DETENTE_ASSERT(condition, what_must_hold) static_cast<void>(0)
#endif
