#pragma once
// Every message that the room `score` can give. Codes D07xx.

#include <filesystem>
#include <string_view>

#include "detente/base/result.h"

namespace detente::score::errors {

Error no_known_gold(const std::filesystem::path& path);
Error gold_lacks(std::string_view where, std::string_view what);
Error evidence_not_in_text(const std::filesystem::path& path, std::string_view evidence);
Error no_record(std::string_view where);

}  // namespace detente::score::errors
