#pragma once
// Every message that the room `events` can give. Codes D06xx.

#include <filesystem>
#include <span>
#include <string_view>

#include "detente/base/result.h"

namespace detente::events::errors {

/// A place in a table: file, line and column (both from 1), and the line itself for the caret.
struct TablePlace {
  std::filesystem::path path;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string_view source_line;
};

Error not_an_ontology(const std::filesystem::path& folder);
Error table_syntax(const TablePlace& place, std::string_view what);
Error unknown_key(const TablePlace& place, std::string_view key,
                  std::span<const std::string> known);
Error unknown_name(const TablePlace& place, std::string_view kind, std::string_view name,
                   std::span<const std::string> known);
Error wrong_type(const TablePlace& place, std::string_view key, std::string_view expected);
Error missing_key(const TablePlace& place, std::string_view what, std::string_view key);
Error bad_phrase(const TablePlace& place, std::string_view phrase, std::string_view why);
Error duplicate_name(const TablePlace& place, std::string_view kind, std::string_view name,
                     std::uint32_t first_line);
Error not_a_dictionary(const std::filesystem::path& path);
Error bad_row(const TablePlace& place, std::string_view why);

/// The known name nearest to `name`; empty when none is near.
std::string nearest(std::string_view name, std::span<const std::string> known);

}  // namespace detente::events::errors
