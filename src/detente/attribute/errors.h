#pragma once
// Every message of room `attribute` (D05xx).

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "detente/base/result.h"

namespace detente::attribute::errors {

/// D0501: a cell of a cue table holds a word that it may not hold.
Error unknown_word(const std::filesystem::path& path, std::uint32_t line, std::string_view column,
                   std::string_view word, std::string_view known);

/// D0502: a cell that must say something is empty.
Error empty_cell(const std::filesystem::path& path, std::uint32_t line, std::string_view column);

/// D0503: a word has a row already.
Error row_repeated(const std::filesystem::path& path, std::uint32_t line, std::string_view word,
                   std::uint32_t first_line);

}  // namespace detente::attribute::errors
