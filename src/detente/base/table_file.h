#pragma once
// A table of data/: tab-separated text, '#' lines and blank lines for people, the first other line
// names the columns.

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/result.h"

namespace detente {

struct TableRow {
  std::uint32_t line = 0;           ///< in the file, from 1
  std::vector<std::string> fields;  ///< in the order that the caller asked for
};

struct TableFile {
  std::filesystem::path path;
  std::vector<TableRow> rows;

  /// Reads the named columns; a column named with a '?' behind it may be absent (fields are then
  /// empty). Errors: D0001 cannot be read, D0004 a column is missing, D0005 a row has another
  /// number of fields than the header.
  static Result<TableFile> open(const std::filesystem::path& path,
                                std::initializer_list<std::string_view> columns);
};

}  // namespace detente
