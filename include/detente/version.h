#pragma once
// Version of the engine and of what it writes. Each thing that outlives a run carries its own
// number.

#include <string_view>

namespace detente {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace detente
