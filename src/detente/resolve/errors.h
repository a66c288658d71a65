#pragma once
// Every message that the room `resolve` can give. Codes D04xx.

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "detente/base/result.h"

namespace detente::resolve::errors {

Error bad_table_row(const std::filesystem::path& path, std::uint32_t line, std::string_view row);
Error no_dictionary(const std::vector<std::filesystem::path>& files);
Error no_tables(const std::filesystem::path& folder);

}  // namespace detente::resolve::errors
