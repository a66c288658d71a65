#pragma once
// Every message that the shelf `base` can give. Codes D00xx.

#include <filesystem>

#include "detente/base/result.h"

namespace detente::errors {

Error cannot_open(const std::filesystem::path& path, int system_error);
Error is_a_folder(const std::filesystem::path& path);
Error cannot_write(const std::filesystem::path& path, int system_error);

}  // namespace detente::errors
