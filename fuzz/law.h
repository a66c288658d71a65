#pragma once
// A law that a fuzz target checks: breaking it counts as a crash.

#define DETENTE_LAW(condition)          \
  do {                                  \
    if (!(condition)) __builtin_trap(); \
  } while (false)
