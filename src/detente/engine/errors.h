#pragma once
// Every message that the room `engine` can give. Codes D08xx.

#include <filesystem>
#include <string_view>

#include "detente/base/result.h"

namespace detente::engine::errors {

Error unknown_format(std::string_view format);
Error opened_without_rules();
Error rules_beside_dictionary(const std::filesystem::path& rules);

}  // namespace detente::engine::errors
