#pragma once
// DuckDB's C interface, with owners that clean up and errors that are ours. Knows no tables.

#include <duckdb.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "detente/base/date.h"
#include "detente/base/result.h"

namespace detente::ledger {

using Value = std::variant<std::monostate, std::string, std::int64_t, double, Date>;

/// The answer to a query, row after row; at most one of a connection at a time.
class Rows {
 public:
  Rows(Rows&&) noexcept;
  Rows& operator=(Rows&&) noexcept;
  ~Rows();

  /// Goes to the next row; false behind the last.
  Result<bool> next();
  [[nodiscard]] bool is_null(std::size_t column) const;
  /// Lives until next(). Null is empty.
  [[nodiscard]] std::string_view text(std::size_t column) const;
  [[nodiscard]] std::string string(std::size_t column) const { return std::string(text(column)); }
  /// Of any whole number and of booleans. Null is 0.
  [[nodiscard]] std::int64_t integer(std::size_t column) const;
  [[nodiscard]] double number(std::size_t column) const;
  [[nodiscard]] std::optional<Date> date(std::size_t column) const;

 private:
  friend class Connection;
  struct State;
  explicit Rows(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct DatabaseOptions {
  bool read_only = false;
  unsigned n_threads = 0;    ///< 0: DuckDB's choice
  std::string memory_limit;  ///< "512MB"; empty: DuckDB's choice
};

/// An open file and one conversation with it.
class Connection {
 public:
  /// Errors: see errors::from_database.
  static Result<Connection> open(const std::filesystem::path& path, const DatabaseOptions& options);
  /// Another conversation with the same file, which sees what is committed.
  [[nodiscard]] Result<Connection> another() const;

  [[nodiscard]] Result<Rows> query(const std::string& sql,
                                   const std::vector<Value>& parameters = {}) const;
  /// For statements whose answer does not matter; several, parted by ';', when without parameters.
  [[nodiscard]] Result<void> run(const std::string& sql,
                                 const std::vector<Value>& parameters = {}) const;
  /// Does `work` whole or not at all.
  template <class Work>
  [[nodiscard]] Result<void> transaction(const Work& work) const {
    DETENTE_TRY_VOID(run("BEGIN"));
    Result<void> done = work();
    if (done) done = run("COMMIT");
    if (!done) static_cast<void>(run("ROLLBACK"));
    return done;
  }
  [[nodiscard]] duckdb_connection handle() const;
  [[nodiscard]] const std::filesystem::path& path() const;

 private:
  struct Database;
  struct State;
  explicit Connection(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;  // shared with the rows that are still being read
};

/// Appends rows to a table within the connection's transaction. Values come in the order of the
/// columns; what goes wrong shows at close().
class Appender {
 public:
  static Result<Appender> open(const Connection& connection, const char* table);
  Appender(Appender&& other) noexcept;
  Appender& operator=(Appender&&) = delete;
  ~Appender();

  Appender& text(std::string_view value);
  /// Empty becomes null.
  Appender& text_or_null(std::string_view value) { return value.empty() ? null() : text(value); }
  Appender& integer(std::int64_t value);
  Appender& number(double value);
  Appender& boolean(bool value);
  Appender& date(Date value);
  Appender& date(const std::optional<Date>& value) { return value ? date(*value) : null(); }
  Appender& blob(std::string_view bytes);
  Appender& null();
  void end_row();
  Result<void> close();

 private:
  Appender(const Connection& connection, duckdb_appender appender)
      : connection_(connection), appender_(appender) {}
  const Connection& connection_;
  duckdb_appender appender_ = nullptr;
  bool has_failed_ = false;
};

}  // namespace detente::ledger
