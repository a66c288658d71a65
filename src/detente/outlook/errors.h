#pragma once
// Every message that the room `outlook` can give. Codes D10xx.

#include <filesystem>
#include <string_view>

#include "detente/base/result.h"

namespace detente::outlook::errors {

Error unknown_word(const std::filesystem::path& path, std::uint32_t line, std::string_view column,
                   std::string_view word, std::string_view known);

}  // namespace detente::outlook::errors
