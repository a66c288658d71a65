#pragma once
// Tables of words whose cells are words too: reading them row by row, and looking words up.

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "detente/base/result.h"
#include "detente/base/table_file.h"

namespace detente {

/// A word of a table's cell, and what it stands for.
template <class Value>
struct Named {
  std::string_view name;
  Value value;
};

/// From words to values; asked by views.
struct WordHash : std::hash<std::string_view> {
  using is_transparent = void;
};
template <class Value>
using WordMap = std::unordered_map<std::string, Value, WordHash, std::equal_to<>>;

/// Null: not there.
template <class Value>
[[nodiscard]] const Value* find_word(const WordMap<Value>& map, std::string_view word) {
  const auto found = map.find(word);
  return found == map.end() ? nullptr : &found->second;
}

/// One row while it is read. Looks its words up; keeps the first error.
class RowReader {
 public:
  /// How a room says that a column has another word than those that are known.
  using UnknownWord = Error (*)(const std::filesystem::path& path, std::uint32_t line,
                                std::string_view column, std::string_view word,
                                std::string_view known);

  RowReader(const std::filesystem::path& path, std::uint32_t line, UnknownWord unknown_word)
      : path_(path), line_(line), unknown_word_(unknown_word) {}

  template <class Value>
  Value read(std::string_view word, std::string_view column, std::span<const Named<Value>> known) {
    std::string names;
    for (const Named<Value>& each : known) {
      if (each.name == word) return each.value;
      names += (names.empty() ? "" : ", ") + std::string(each.name);
    }
    refuse(column, word, names);
    return known.front().value;
  }
  void refuse(std::string_view column, std::string_view word, std::string_view known) {
    if (!error_) error_ = unknown_word_(path_, line_, column, word, known);
  }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  const std::filesystem::path& path_;
  std::uint32_t line_;
  UnknownWord unknown_word_;
  std::optional<Error> error_;
};

/// Calls `take(fields, reader)` for each row that `check(row)` lets pass; ends with the first
/// error. Errors: those of TableFile::open, of `check` and of the readers.
template <class Check, class Take>
Result<void> read_word_table(const std::filesystem::path& path,
                             std::initializer_list<std::string_view> columns,
                             RowReader::UnknownWord unknown_word, Check&& check, Take&& take) {
  DETENTE_TRY(const TableFile table, TableFile::open(path, columns));
  for (const TableRow& row : table.rows) {
    DETENTE_TRY_VOID(check(row));
    RowReader reader(path, row.line, unknown_word);
    take(row.fields, reader);
    if (reader.error()) return *reader.error();
  }
  return {};
}

}  // namespace detente
