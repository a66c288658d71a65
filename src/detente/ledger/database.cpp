#include "detente/ledger/database.h"

#include <utility>

#include "detente/ledger/errors.h"

namespace detente::ledger {

struct Connection::Database {
  duckdb_database handle = nullptr;
  std::filesystem::path path;
  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database() { duckdb_close(&handle); }
};

struct Connection::State {
  std::shared_ptr<Database> database;  // closed with its last connection
  duckdb_connection handle = nullptr;
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { duckdb_disconnect(&handle); }
};

struct Rows::State {
  duckdb_prepared_statement statement = nullptr;
  duckdb_result result{};
  bool has_result = false;
  duckdb_data_chunk chunk = nullptr;
  std::size_t row = 0;
  std::size_t n_rows = 0;
  std::vector<duckdb_type> types;
  std::vector<duckdb_vector> vectors;
  std::filesystem::path path;
  std::shared_ptr<void> connection;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (chunk != nullptr) duckdb_destroy_data_chunk(&chunk);
    if (has_result) duckdb_destroy_result(&result);
    if (statement != nullptr) duckdb_destroy_prepare(&statement);
  }

  template <typename T>
  [[nodiscard]] T at(std::size_t column) const {
    return static_cast<const T*>(duckdb_vector_get_data(vectors[column]))[row];
  }
};

Rows::Rows(std::unique_ptr<State> state) : state_(std::move(state)) {}
Rows::Rows(Rows&&) noexcept = default;
Rows& Rows::operator=(Rows&&) noexcept = default;
Rows::~Rows() = default;

Result<bool> Rows::next() {
  State& s = *state_;
  if (s.chunk != nullptr && ++s.row < s.n_rows) return true;
  for (;;) {
    if (s.chunk != nullptr) duckdb_destroy_data_chunk(&s.chunk);
    s.chunk = duckdb_fetch_chunk(s.result);
    if (s.chunk == nullptr) {
      const char* problem = duckdb_result_error(&s.result);
      if (problem != nullptr && *problem != '\0') return errors::from_database(s.path, problem);
      return false;
    }
    s.row = 0;
    s.n_rows = duckdb_data_chunk_get_size(s.chunk);
    if (s.n_rows == 0) continue;
    s.vectors.clear();
    for (std::size_t i = 0; i < s.types.size(); ++i) {
      s.vectors.push_back(duckdb_data_chunk_get_vector(s.chunk, i));
    }
    return true;
  }
}

bool Rows::is_null(std::size_t column) const {
  std::uint64_t* valid = duckdb_vector_get_validity(state_->vectors[column]);
  return valid != nullptr && !duckdb_validity_row_is_valid(valid, state_->row);
}

std::string_view Rows::text(std::size_t column) const {
  if (is_null(column)) return {};
  auto* strings = static_cast<duckdb_string_t*>(duckdb_vector_get_data(state_->vectors[column]));
  duckdb_string_t& value = strings[state_->row];
  return {duckdb_string_t_data(&value), duckdb_string_t_length(value)};
}

std::int64_t Rows::integer(std::size_t column) const {
  if (is_null(column)) return 0;
  switch (state_->types[column]) {
    case DUCKDB_TYPE_BOOLEAN:
      return state_->at<bool>(column) ? 1 : 0;
    case DUCKDB_TYPE_INTEGER:
      return state_->at<std::int32_t>(column);
    case DUCKDB_TYPE_HUGEINT:
      return static_cast<std::int64_t>(state_->at<duckdb_hugeint>(column).lower);
    default:
      return state_->at<std::int64_t>(column);
  }
}

double Rows::number(std::size_t column) const {
  if (is_null(column)) return 0;
  return state_->types[column] == DUCKDB_TYPE_DOUBLE ? state_->at<double>(column)
                                                     : static_cast<double>(integer(column));
}

std::optional<Date> Rows::date(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return Date(state_->at<duckdb_date>(column).days);
}

Result<Connection> Connection::open(const std::filesystem::path& path,
                                    const DatabaseOptions& options) {
  duckdb_config config = nullptr;
  duckdb_create_config(&config);
  const auto set = [&](const char* name, const std::string& value) {
    if (!value.empty()) duckdb_set_config(config, name, value.c_str());
  };
  set("access_mode", options.read_only ? "READ_ONLY" : "READ_WRITE");
  set("threads", options.n_threads > 0 ? std::to_string(options.n_threads) : "");
  set("memory_limit", options.memory_limit);
  // Nothing is fetched from anywhere.
  set("autoinstall_known_extensions", "false");
  set("autoload_known_extensions", "false");
  auto database = std::make_shared<Database>();
  database->path = path;
  char* problem = nullptr;
  const duckdb_state opened =
      duckdb_open_ext(path.string().c_str(), &database->handle, config, &problem);
  duckdb_destroy_config(&config);
  if (opened == DuckDBError) {
    const Error error = errors::from_database(path, problem == nullptr ? "" : problem);
    duckdb_free(problem);
    return error;
  }
  auto state = std::make_shared<State>();
  state->database = std::move(database);
  if (duckdb_connect(state->database->handle, &state->handle) == DuckDBError) {
    return errors::from_database(path, "no connection");
  }
  return Connection(std::move(state));
}

Result<Connection> Connection::another() const {
  auto state = std::make_shared<State>();
  state->database = state_->database;
  if (duckdb_connect(state->database->handle, &state->handle) == DuckDBError) {
    return errors::from_database(path(), "no connection");
  }
  return Connection(std::move(state));
}

duckdb_connection Connection::handle() const { return state_->handle; }
const std::filesystem::path& Connection::path() const { return state_->database->path; }

namespace {

void bind(duckdb_prepared_statement statement, std::size_t place, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    duckdb_bind_varchar_length(statement, place, text->data(), text->size());
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    duckdb_bind_int64(statement, place, *integer);
  } else if (const auto* number = std::get_if<double>(&value)) {
    duckdb_bind_double(statement, place, *number);
  } else if (const auto* day = std::get_if<Date>(&value)) {
    duckdb_bind_date(statement, place, {day->days_since_1970()});
  } else {
    duckdb_bind_null(statement, place);
  }
}

}  // namespace

Result<Rows> Connection::query(const std::string& sql, const std::vector<Value>& parameters) const {
  auto rows = std::make_unique<Rows::State>();
  rows->path = path();
  rows->connection = state_;
  if (duckdb_prepare(handle(), sql.c_str(), &rows->statement) == DuckDBError) {
    return errors::from_database(path(), duckdb_prepare_error(rows->statement));
  }
  for (std::size_t i = 0; i < parameters.size(); ++i) bind(rows->statement, i + 1, parameters[i]);
  duckdb_pending_result pending = nullptr;
  const bool is_pending =
      duckdb_pending_prepared_streaming(rows->statement, &pending) == DuckDBSuccess;
  if (!is_pending) {
    const Error error = errors::from_database(path(), duckdb_pending_error(pending));
    duckdb_destroy_pending(&pending);
    return error;
  }
  const duckdb_state executed = duckdb_execute_pending(pending, &rows->result);
  rows->has_result = true;
  duckdb_destroy_pending(&pending);
  if (executed == DuckDBError) {
    return errors::from_database(path(), duckdb_result_error(&rows->result));
  }
  for (idx_t i = 0; i < duckdb_column_count(&rows->result); ++i) {
    rows->types.push_back(duckdb_column_type(&rows->result, i));
  }
  return Rows(std::move(rows));
}

Result<void> Connection::run(const std::string& sql, const std::vector<Value>& parameters) const {
  if (!parameters.empty()) {
    DETENTE_TRY(Rows rows, query(sql, parameters));
    for (;;) {
      DETENTE_TRY(const bool more, rows.next());
      if (!more) return {};
    }
  }
  duckdb_result result{};
  const duckdb_state done = duckdb_query(handle(), sql.c_str(), &result);
  Result<void> outcome;
  if (done == DuckDBError) outcome = errors::from_database(path(), duckdb_result_error(&result));
  duckdb_destroy_result(&result);
  return outcome;
}

Result<Appender> Appender::open(const Connection& connection, const char* table) {
  duckdb_appender appender = nullptr;
  if (duckdb_appender_create(connection.handle(), nullptr, table, &appender) == DuckDBError) {
    const Error error = errors::from_database(connection.path(), duckdb_appender_error(appender));
    duckdb_appender_destroy(&appender);
    return error;
  }
  return Appender(connection, appender);
}

Appender::Appender(Appender&& other) noexcept
    : connection_(other.connection_),
      appender_(std::exchange(other.appender_, nullptr)),
      has_failed_(other.has_failed_) {}

Appender::~Appender() {
  if (appender_ != nullptr) duckdb_appender_destroy(&appender_);
}

Appender& Appender::text(std::string_view value) {
  has_failed_ |= duckdb_append_varchar_length(appender_, value.data(), value.size()) == DuckDBError;
  return *this;
}

Appender& Appender::integer(std::int64_t value) {
  has_failed_ |= duckdb_append_int64(appender_, value) == DuckDBError;
  return *this;
}

Appender& Appender::number(double value) {
  has_failed_ |= duckdb_append_double(appender_, value) == DuckDBError;
  return *this;
}

Appender& Appender::boolean(bool value) {
  has_failed_ |= duckdb_append_bool(appender_, value) == DuckDBError;
  return *this;
}

Appender& Appender::date(Date value) {
  has_failed_ |= duckdb_append_date(appender_, {value.days_since_1970()}) == DuckDBError;
  return *this;
}

Appender& Appender::blob(std::string_view bytes) {
  has_failed_ |= duckdb_append_blob(appender_, bytes.data(), bytes.size()) == DuckDBError;
  return *this;
}

Appender& Appender::null() {
  has_failed_ |= duckdb_append_null(appender_) == DuckDBError;
  return *this;
}

void Appender::end_row() { has_failed_ |= duckdb_appender_end_row(appender_) == DuckDBError; }

Result<void> Appender::close() {
  const bool closed = duckdb_appender_close(appender_) == DuckDBSuccess;
  Result<void> outcome;
  if (!closed || has_failed_) {
    const char* problem = duckdb_appender_error(appender_);
    outcome = errors::from_database(connection_.path(),
                                    problem == nullptr ? "a row was refused" : problem);
  }
  duckdb_appender_destroy(&appender_);
  appender_ = nullptr;
  return outcome;
}

}  // namespace detente::ledger
