#include "detente/read/zone_tables.h"

#include <algorithm>
#include <optional>

#include "detente/base/table_file.h"
#include "detente/read/errors.h"
#include "detente/read/zone_rows.h"

namespace detente::read {
namespace {

using Macros = std::unordered_map<std::string, std::string>;

std::optional<Zone> zone_named(std::string_view name) {
  for (std::uint8_t i = 0; i <= static_cast<std::uint8_t>(Zone::Boilerplate); ++i) {
    if (zone_name(static_cast<Zone>(i)) == name) return static_cast<Zone>(i);
  }
  return std::nullopt;
}

std::string escaped(std::string_view literal) {
  std::string out;
  for (const char c : literal) {
    if (std::string_view(".^$*+?()[]{}|\\/-").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// Longest first, so that "Kyodo News" is not cut short at "Kyodo".
std::string alternatives(std::vector<std::string> words) {
  std::stable_sort(words.begin(), words.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += '|';
    out += escaped(word);
  }
  return out;
}

// Puts each {name} in its place; braces that name no macro ("{1,3}", "\p{Lu}") stay. A space also
// matches a no-break space.
std::string expanded(std::string_view pattern, const Macros& macros) {
  std::string out;
  int brackets = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      out += c;
      out += pattern[++i];
      continue;
    }
    if (c == '[') ++brackets;
    if (c == ']' && brackets > 0) --brackets;
    if (c == '{') {
      const std::size_t close = pattern.find('}', i);
      if (close != std::string_view::npos) {
        const auto macro = macros.find(std::string(pattern.substr(i + 1, close - i - 1)));
        if (macro != macros.end()) {
          out += "(?:" + macro->second + ")";
          i = close;
          continue;
        }
      }
    }
    if (c == ' ') {
      out += brackets > 0 ? " \\x{A0}" : "[ \\x{A0}]";
    } else {
      out += c;
    }
  }
  return out;
}

Result<Pattern> pattern_of(const std::filesystem::path& path, const TableRow& row,
                           std::string_view expression, const Macros& macros,
                           std::vector<std::string> groups = {}) {
  auto pattern = Pattern::compile(expanded(expression, macros), std::move(groups));
  if (!pattern) return errors::bad_zone_row(path, row.line, pattern.error().message);
  return pattern;
}

std::optional<Where> where_named(std::string_view name) {
  if (name == "any") return Where::Any;
  if (name == "top") return Where::Top;
  if (name == "low") return Where::Low;
  if (name == "last") return Where::Last;
  if (name == "end") return Where::End;
  return std::nullopt;
}

Result<Macros> read_macros(
    const std::filesystem::path& folder,
    std::unordered_map<std::string, int, ViewHash, std::equal_to<>>& months) {
  Macros macros;
  DETENTE_TRY(const TableFile month_table,
              TableFile::open(folder / "times/months.tsv", {"word", "month"}));
  std::vector<std::string> month_words;
  for (const TableRow& row : month_table.rows) {
    months[row.fields[0]] = std::atoi(row.fields[1].c_str());
    month_words.push_back(row.fields[0]);
  }
  macros["month"] = alternatives(std::move(month_words));
  DETENTE_TRY(const TableFile agencies, TableFile::open(folder / "zones/agencies.tsv", {"name"}));
  std::vector<std::string> names;
  for (const TableRow& row : agencies.rows) names.push_back(row.fields[0]);
  macros["agency"] = alternatives(std::move(names));
  DETENTE_TRY(const TableFile blocks,
              TableFile::open(folder / "zones/macros.tsv", {"name", "pattern"}));
  for (const TableRow& row : blocks.rows) {
    DETENTE_TRY(const Pattern checked, pattern_of(blocks.path, row, row.fields[1], macros));
    macros[row.fields[0]] = expanded(row.fields[1], macros);
  }
  return macros;
}

Result<void> read_lines(const std::filesystem::path& folder, const Macros& macros,
                        ZoneTables::Rows& rows) {
  DETENTE_TRY(const TableFile table,
              TableFile::open(folder / "zones/lines.tsv",
                              {"zone", "where", "follows", "pattern", "example", "counter"}));
  for (const TableRow& row : table.rows) {
    const auto zone = zone_named(row.fields[0]);
    const auto where = where_named(row.fields[1]);
    if (!zone || !where) return errors::bad_zone_row(table.path, row.line, "no such zone or place");
    DETENTE_TRY(Pattern pattern, pattern_of(table.path, row, row.fields[3], macros));
    rows.lines.push_back({*zone, *where, row.fields[2] == "list", std::move(pattern), row.line,
                          row.fields[4], row.fields[5]});
  }
  return {};
}

Result<void> read_inlines(const std::filesystem::path& folder, const Macros& macros,
                          ZoneTables::Rows& rows) {
  DETENTE_TRY(const TableFile table,
              TableFile::open(folder / "zones/inline.tsv",
                              {"zone", "where", "rest", "pattern", "example", "counter"}));
  for (const TableRow& row : table.rows) {
    const auto zone = zone_named(row.fields[0]);
    const auto where = where_named(row.fields[1]);
    if (!zone || !where) return errors::bad_zone_row(table.path, row.line, "no such zone or place");
    DETENTE_TRY(Pattern pattern, pattern_of(table.path, row, row.fields[3], macros));
    rows.inlines.push_back({*zone, *where, row.fields[2] == "caption", std::move(pattern), row.line,
                            row.fields[4], row.fields[5]});
  }
  return {};
}

Result<void> read_datelines(const std::filesystem::path& folder, const Macros& macros,
                            ZoneTables::Rows& rows) {
  DETENTE_TRY(const TableFile table,
              TableFile::open(folder / "zones/datelines.tsv",
                              {"known_place", "first", "pattern", "example", "counter"}));
  for (const TableRow& row : table.rows) {
    DETENTE_TRY(Pattern pattern,
                pattern_of(table.path, row, row.fields[2], macros, {"place", "date", "agency"}));
    rows.datelines.push_back({row.fields[0] == "yes", row.fields[1] == "yes", std::move(pattern),
                              row.line, row.fields[3], row.fields[4]});
  }
  return {};
}

Result<void> read_words(const std::filesystem::path& path, std::string_view column,
                        StringSet& out) {
  DETENTE_TRY(TableFile table, TableFile::open(path, {column}));
  for (TableRow& row : table.rows) out.insert(std::move(row.fields[0]));
  return {};
}

}  // namespace

ZoneTables::ZoneTables(std::unique_ptr<const Rows> rows) : rows_(std::move(rows)) {}
ZoneTables::ZoneTables(ZoneTables&&) noexcept = default;
ZoneTables& ZoneTables::operator=(ZoneTables&&) noexcept = default;
ZoneTables::~ZoneTables() = default;

Result<ZoneTables> ZoneTables::open(const std::filesystem::path& data_folder) {
  auto rows = std::make_unique<Rows>();
  DETENTE_TRY(rows->pages, PageTables::open(data_folder));
  DETENTE_TRY(const Macros macros, read_macros(data_folder, rows->months));
  DETENTE_TRY_VOID(read_lines(data_folder, macros, *rows));
  DETENTE_TRY_VOID(read_inlines(data_folder, macros, *rows));
  DETENTE_TRY_VOID(read_datelines(data_folder, macros, *rows));
  DETENTE_TRY_VOID(
      read_words(data_folder / "zones/dateline_places.tsv", "name", rows->known_places));
  DETENTE_TRY_VOID(read_words(data_folder / "zones/not_places.tsv", "word", rows->not_places));
  return ZoneTables(std::move(rows));
}

}  // namespace detente::read
