#pragma once
// Of what format is a file?

#include <string>
#include <string_view>

#include "detente/base/result.h"
#include "detente/read/read.h"

namespace detente::read {

/// So much of a file is looked at.
inline constexpr std::size_t kSniffedBytes = 4096;

/// By the name's ending and the first bytes. Errors: D0109 a known format that is not read, or
/// bytes that are no text.
Result<Format> sniffed_format(std::string_view head, const std::string& name);

/// "talks.txt.gz" -> "talks.txt"
[[nodiscard]] std::string_view without_packing(std::string_view name);

}  // namespace detente::read
