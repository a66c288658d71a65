#pragma once
// Every message that the shelf `base` can give. Codes D00xx.

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "detente/base/result.h"

namespace detente::errors {

Error cannot_open(const std::filesystem::path& path, int system_error);
Error is_a_folder(const std::filesystem::path& path);
Error cannot_write(const std::filesystem::path& path, int system_error);
Error table_lacks_column(const std::filesystem::path& path, std::string_view column);
Error table_row_differs(const std::filesystem::path& path, std::uint32_t line, std::size_t found,
                        std::size_t expected);
Error bad_pattern(std::string_view expression, std::size_t offset, std::string_view why);

}  // namespace detente::errors
