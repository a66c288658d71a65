#pragma once
// Rows become records: the columns of a row one after the other, and rows of several tables side by
// side.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "detente/ledger.h"
#include "detente/ledger/database.h"
#include "detente/ledger/rows.h"

namespace detente::ledger {

/// What a row must meet, with the values of its question marks.
struct Condition {
  std::string sql = "true";
  std::vector<Value> values;

  void also(const std::string& more, const std::vector<Value>& with) {
    sql += " AND " + more;
    values.insert(values.end(), with.begin(), with.end());
  }
};

/// "PRK" or "PRK/GOV", as a condition on the columns `column` and `column`_sector.
inline void add_side(Condition& condition, const std::string& column, const std::string& asked) {
  const std::size_t slash = asked.find('/');
  const std::string code = asked.substr(0, slash);
  if (!code.empty()) condition.also(column + " = ?", {Value(code)});
  if (slash != std::string::npos) {
    condition.also(column + "_sector = ?", {Value(asked.substr(slash + 1))});
  }
}

/// A party of the record `id` that has one of these roles ("'by'").
inline void add_party(Condition& condition, const std::string& id, const std::string& roles,
                      const std::string& asked) {
  if (asked.empty()) return;
  Condition party;
  const std::size_t slash = asked.find('/');
  party.also("code = ?", {Value(asked.substr(0, slash))});
  if (slash != std::string::npos) party.also("sector = ?", {Value(asked.substr(slash + 1))});
  condition.also(id + " IN (SELECT record_id FROM entities WHERE role IN (" + roles + ") AND " +
                     party.sql + ")",
                 party.values);
}

/// Reads the columns of a row from left to right.
class Cells {
 public:
  explicit Cells(const Rows& rows) : rows_(rows) {}
  std::string text() { return rows_.string(column_++); }
  std::vector<std::string> list() { return parted(rows_.text(column_++)); }
  std::int64_t integer() { return rows_.integer(column_++); }
  double number() { return rows_.number(column_++); }
  Date day() { return rows_.date(column_++).value_or(Date()); }
  std::optional<Date> date() { return rows_.date(column_++); }
  /// The first day and the last; none when either is missing.
  std::optional<DateRange> days() {
    const std::optional<Date> first = date();
    const std::optional<Date> last = date();
    if (!first || !last) return std::nullopt;
    return DateRange{*first, *last};
  }
  [[nodiscard]] bool at_null() const { return rows_.is_null(column_); }
  void pass(std::size_t n) { column_ += n; }
  Offsets offsets() {
    const auto start = static_cast<std::uint32_t>(integer());
    return {start, static_cast<std::uint32_t>(integer())};
  }

 private:
  const Rows& rows_;
  std::size_t column_ = 0;
};

/// Calls `on_row` for each row until it says false. Gives the number of calls.
template <class OnRow>
Result<std::uint64_t> for_each_row(Rows& rows, const OnRow& on_row) {
  for (std::uint64_t n = 0;; ++n) {
    DETENTE_TRY(const bool more, rows.next());
    if (!more) return n;
    DETENTE_TRY(const bool go_on, on_row());
    if (!go_on) return n + 1;
  }
}

/// Rows that belong to a record named in their first column, in the same order as the records.
class Children {
 public:
  static Result<Children> open(const Connection& main, const std::string& sql,
                               const std::vector<Value>& values) {
    DETENTE_TRY(Connection own, main.another());
    DETENTE_TRY(Rows rows, own.query(sql, values));
    DETENTE_TRY(const bool has_row, rows.next());
    return Children(std::move(rows), has_row);
  }

  /// Calls `take` for each row of the record that is next; its cells start behind the name.
  Result<void> of(std::string_view record, const std::function<void(Cells)>& take) {
    while (has_row_ && rows_.text(0) == record) {
      Cells cells(rows_);
      cells.pass(1);
      take(cells);
      DETENTE_TRY(has_row_, rows_.next());
    }
    return {};
  }

 private:
  Children(Rows rows, bool has_row) : rows_(std::move(rows)), has_row_(has_row) {}
  Rows rows_;
  bool has_row_ = false;
};

/// "SELECT x.a, x.b": what stands before the columns that several questions have in common.
inline std::string columns(const char* table, const std::string& names) {
  return std::string("SELECT ") + table + names;
}

inline constexpr const char* kDocumentColumns =
    "d.document_id, d.document_key, d.url, d.title, d.publisher, d.language, d.file, d.copy_group, "
    "d.coder, d.version, d.published, d.revision, d.n_characters";

inline StoredDocument document_of(Cells& cells) {
  StoredDocument document;
  for (std::string* field : {&document.document_id, &document.key, &document.url, &document.title,
                             &document.publisher, &document.language, &document.file,
                             &document.copy_group, &document.coder, &document.version}) {
    *field = cells.text();
  }
  document.published_at = cells.date();
  document.revision = static_cast<std::uint32_t>(cells.integer());
  document.n_characters = static_cast<std::uint64_t>(cells.integer());
  return document;
}

inline constexpr const char* kEntityColumns =
    "x.code, x.sector, x.entity_text, x.identifier_text, x.identifier_id, x.office, x.resolved_by, "
    "x.start_char, x.end_char";

inline EntityRecord entity_of(Cells& cells) {
  EntityRecord entity;
  for (std::string* field :
       {&entity.code, &entity.sector, &entity.entity_text, &entity.identifier_text,
        &entity.identifier_id, &entity.office, &entity.resolved_by}) {
    *field = cells.text();
  }
  if (!cells.at_null()) entity.at = cells.offsets();
  return entity;
}

}  // namespace detente::ledger
