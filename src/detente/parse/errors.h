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
Error section_damaged(const std::filesystem::path& model, std::string_view section);
Error table_line_odd(const std::filesystem::path& table, std::size_t line_number,
                     std::string_view line);

// What a pipeline asks for and we do not do.
Error regex_refused(std::string_view name, std::size_t offset, std::string_view why);
Error special_case_odd(std::string_view file, std::string_view chunk, std::string_view why);
Error rule_refused(std::string_view file, std::string_view where, std::string_view why);

// Networks, and sections of a model file.
Error bad_section(const std::filesystem::path& path, std::string_view section,
                  std::string_view what);
Error bad_config_line(const std::filesystem::path& path, std::size_t number, std::string_view line);
Error part_refused(const std::filesystem::path& path, std::string_view what);
Error part_needed(const std::filesystem::path& path, std::string_view component);

}  // namespace detente::parse::errors
