#include "detente/base/table_file.h"

#include <algorithm>
#include <optional>

#include "detente/base/errors.h"
#include "detente/base/mapped_file.h"

namespace detente {
namespace {

std::vector<std::string_view> split_tabs(std::string_view line) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t tab = line.find('\t');
    fields.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return fields;
    line.remove_prefix(tab + 1);
  }
}

}  // namespace

Result<TableFile> TableFile::open(const std::filesystem::path& path,
                                  std::initializer_list<std::string_view> columns) {
  DETENTE_TRY(const MappedFile file, MappedFile::open(path));
  TableFile table;
  table.path = path;
  std::string_view text = file.text();
  std::vector<std::optional<std::size_t>> wanted;
  std::size_t n_columns = 0;
  for (std::uint32_t line_number = 1; !text.empty(); ++line_number) {
    const std::size_t newline = text.find('\n');
    std::string_view line = text.substr(0, newline);
    text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string_view> fields = split_tabs(line);
    if (n_columns == 0) {
      n_columns = fields.size();
      for (std::string_view column : columns) {
        const bool optional = column.ends_with('?');
        if (optional) column.remove_suffix(1);
        const auto found = std::find(fields.begin(), fields.end(), column);
        if (found != fields.end()) {
          wanted.emplace_back(static_cast<std::size_t>(found - fields.begin()));
        } else if (optional) {
          wanted.emplace_back(std::nullopt);
        } else {
          return errors::table_lacks_column(path, column);
        }
      }
      continue;
    }
    if (fields.size() != n_columns) {
      return errors::table_row_differs(path, line_number, fields.size(), n_columns);
    }
    TableRow row;
    row.line = line_number;
    for (const auto& index : wanted) {
      row.fields.emplace_back(index ? fields[*index] : std::string_view());
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace detente
