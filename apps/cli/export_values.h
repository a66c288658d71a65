#pragma once
// What stands in the columns of the formats that the field's tools read. The columns themselves are
// tables (data/export/); here are the values that they name.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "detente/ledger.h"

namespace detente::cli {

/// The lines of a table of data/: '#' lines left out, the first other line names the columns.
struct ExportTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  static Result<ExportTable> open(const std::filesystem::path& path);
};

/// Codes as other codings spell them.
struct Crosswalks {
  std::map<std::string, std::string> country_names, fips, cameo_roles, icews_sectors, cameo_labels;
  static Result<Crosswalks> open(const std::filesystem::path& data);
};

/// One row of an export.
struct ExportRow {
  std::uint64_t number = 0;
  std::uint64_t document_number = 0;
  const StoredEvent& event;
  const std::vector<StoredEvent>& story;  ///< all events that the row stands for
  const EntityRecord* source = nullptr;   ///< null: not said
  const EntityRecord* target = nullptr;
  const Crosswalks& crosswalks;
};

using ExportValue = std::function<std::string(const ExportRow&)>;
/// Every value that a table may name.
[[nodiscard]] const std::map<std::string, ExportValue, std::less<>>& export_values();

}  // namespace detente::cli
