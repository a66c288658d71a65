#pragma once
// Every message that the room `parse` can give. Codes D03xx.

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "detente/base/result.h"

namespace detente::parse::errors {

// Reading a pipeline folder.
Error broken_msgpack(std::string_view file, std::size_t offset, std::string_view what);
Error value_missing(std::string_view file, std::string_view where, std::string_view key);
Error wrong_kind(std::string_view file, std::string_view where, std::string_view needed,
                 std::string_view found);
Error array_unreadable(std::string_view file, std::string_view where, std::string_view why);

}  // namespace detente::parse::errors
