#pragma once
// Every message that the room `resolve` can give. Codes D04xx.

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "detente/base/result.h"

namespace detente::resolve::errors {

Error bad_table_row(const std::filesystem::path& path, std::uint32_t line, std::string_view row);

}  // namespace detente::resolve::errors
