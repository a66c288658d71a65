// Opening and closing.

#include <system_error>
#include <utility>

#include "detente/ledger/copies.h"
#include "detente/ledger/errors.h"
#include "detente/ledger/ledger.h"
#include "detente/ledger/outcomes.h"
#include "detente/ledger/schema.h"
#include "detente/ledger/state.h"

namespace detente {
namespace {

using ledger::Connection;
using ledger::Rows;
using ledger::Value;

// The writer shares the machine with those who code; a page of the store is soon written again.
constexpr const char* kMemoryOfWriter = "384MB";

Result<void> load_known(const Connection& connection, ledger::KnownDocuments& known) {
  DETENTE_TRY(Rows revisions, connection.query("SELECT document_key, content_hash, document_id "
                                               "FROM revisions ORDER BY rowid"));
  for (;;) {
    DETENTE_TRY(const bool more, revisions.next());
    if (!more) break;
    const std::string key = revisions.string(0);
    known.add(key, revisions.text(1));
    known.claim_id(revisions.string(2), key);
  }
  DETENTE_TRY(Rows rejects, connection.query("SELECT concat_ws(chr(31), file, coalesce(line, 0), "
                                             "coalesce(byte_offset, 0), coalesce(member, ''), "
                                             "code, reason) FROM rejects"));
  for (;;) {
    DETENTE_TRY(const bool more, rejects.next());
    if (!more) return {};
    known.add_reject(rejects.text(0));
  }
}

// A store comes into being under another name and gets its own when it is whole, so that nobody
// ever meets half of one. The name is never taken from a store that somebody else made meanwhile.
Result<void> make_store(const std::filesystem::path& path) {
  namespace fs = std::filesystem;
  const fs::path draft = path.string() + ".new";
  std::error_code failed;
  if (fs::exists(draft, failed)) {
    const Result<Connection> left = Connection::open(draft, {});
    if (!left && left.error().code == "D1102") return left.error();
  }
  for (const char* part : {"", ".wal"}) fs::remove(draft.string() + part, failed);
  {
    DETENTE_TRY(Connection connection, Connection::open(draft, {}));
    DETENTE_TRY_VOID(ledger::settle_schema(connection, false));
    DETENTE_TRY_VOID(ledger::settle_outcomes(connection));
    DETENTE_TRY_VOID(connection.run("CHECKPOINT"));
  }
  fs::create_hard_link(draft, path, failed);
  if (!failed || fs::exists(path)) {
    fs::remove(draft, failed);
  } else {
    fs::rename(draft, path, failed);  // a disk without hard links
  }
  return {};
}

}  // namespace

Ledger::Ledger(std::unique_ptr<State> state) : state_(std::move(state)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

Result<Ledger> Ledger::open(const std::filesystem::path& path, const LedgerOptions& options) {
  std::error_code failed;
  if (!std::filesystem::exists(path, failed)) {
    if (options.read_only) return ledger::errors::no_store(path);
    DETENTE_TRY_VOID(make_store(path));
  }
  ledger::DatabaseOptions how;
  how.read_only = options.read_only;
  how.n_threads = options.read_only ? options.n_threads : 1;
  how.memory_limit = options.read_only ? "" : kMemoryOfWriter;
  DETENTE_TRY(Connection connection, Connection::open(path, how));
  DETENTE_TRY_VOID(ledger::settle_schema(connection, options.read_only));
  auto state = std::make_unique<State>(std::move(connection), options);
  if (!options.read_only) {
    DETENTE_TRY_VOID(ledger::prepare_copies(state->connection));
    DETENTE_TRY_VOID(load_known(state->connection, state->known));
  }
  return Ledger(std::move(state));
}

Result<void> Ledger::note_run(const Run& run) {
  const auto number = [](std::uint64_t n) { return Value(static_cast<std::int64_t>(n)); };
  return state_->connection.run(
      "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      {Value(run.id), Value(run.started_at), Value(run.ended_at), Value(run.outcome),
       number(run.n_new), number(run.n_revised), number(run.n_known), number(run.n_rejected)});
}

Result<void> Ledger::close() {
  if (state_->options.read_only) return {};
  DETENTE_TRY_VOID(commit());
  DETENTE_TRY_VOID(ledger::settle_outcomes(state_->connection));
  return state_->connection.run("CHECKPOINT");
}

}  // namespace detente
