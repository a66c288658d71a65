// Documents in: what is new, what is a revision, and batches that are written whole or not at all.

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "detente/ledger/copies.h"
#include "detente/ledger/outcomes.h"
#include "detente/ledger/state.h"

namespace detente {
namespace {

using ledger::Appender;
using ledger::Connection;
using ledger::Pending;
using ledger::RowWriter;

constexpr const char* kTablesOfDocuments[] = {"documents",     "events",    "mentions",
                                              "dates",         "entities",  "attributions",
                                              "claims",        "dyads",     "commitment_tellings",
                                              "turns",         "evidence",  "stated_expectations",
                                              "copy_sketches", "copy_bands"};

void rename_event(std::string& event_id, const std::string& tail) {
  if (!event_id.empty()) event_id += tail;
}

void rename_outlook(CodedRecords& coded, const std::string& tail) {
  const std::string& id = coded.reading.document_id;
  for (CommitmentRecord& one : coded.commitments) {
    one.document_id = id;
    one.id += tail;
    for (EvidenceRecord& evidence : one.evidence) evidence.document_id = id;
    for (StepRecord& step : one.history) {
      step.evidence.document_id = id;
      rename_event(step.event_id, tail);
    }
  }
  for (ExpectationRecord& one : coded.expectations) {
    one.document_id = one.evidence.document_id = id;
    one.id += tail;
  }
  for (TurnRecord& turn : coded.turns) rename_event(turn.event_id, tail);
}

// Ids of a document whose own id was taken are changed with it.
void rename_document(CodedRecords& coded, const std::string& id) {
  const std::string tail = id.substr(coded.reading.document_id.size());
  coded.reading.document_id = id;
  for (EventRecord& event : coded.events) {
    event.document_id = id;
    event.id += tail;
    for (AttributionRecord& voice : event.attribution) voice.claim_id += tail;
  }
  for (ClaimRecord& claim : coded.claims) {
    claim.document_id = id;
    claim.id += tail;
    for (std::string& event : claim.event_ids) event += tail;
  }
  rename_outlook(coded, tail);
}

// Of several texts of one document in a batch the last is the current one.
void mark_current(std::vector<Pending>& batch) {
  std::unordered_map<std::string, Pending*> last;
  for (Pending& document : batch) {
    Pending*& at = last[document.key];
    if (at != nullptr) at->is_current = false;
    at = &document;
  }
}

// The records of earlier revisions make room; their texts stay.
Result<void> remove_superseded(const Connection& connection, const std::vector<Pending>& batch) {
  const auto is_revision = [](const Pending& document) { return document.revision > 1; };
  if (std::none_of(batch.begin(), batch.end(), is_revision)) return {};
  DETENTE_TRY_VOID(connection.run("CREATE OR REPLACE TEMP TABLE revised (document_key TEXT)"));
  DETENTE_TRY(Appender keys, Appender::open(connection, "revised"));
  for (const Pending& document : batch) {
    if (is_revision(document)) keys.text(document.key).end_row();
  }
  DETENTE_TRY_VOID(keys.close());
  std::string sql =
      "CREATE OR REPLACE TEMP TABLE superseded AS SELECT document_id FROM documents WHERE "
      "document_key IN (SELECT document_key FROM revised);";
  for (const char* table : kTablesOfDocuments) {
    sql += std::string("DELETE FROM ") + table +
           " WHERE document_id IN (SELECT document_id FROM superseded);";
  }
  return connection.run(sql);
}

template <typename Rejects>
Result<void> write_rejects(const Connection& connection, const Rejects& rejects) {
  DETENTE_TRY(Appender rows, Appender::open(connection, "rejects"));
  for (const auto& reject : rejects) {
    rows.text(reject.place.file);
    for (const std::uint64_t number : {reject.place.line, reject.place.offset}) {
      if (number > 0) {
        rows.integer(static_cast<std::int64_t>(number));
      } else {
        rows.null();
      }
    }
    rows.text_or_null(reject.place.member).text(reject.reason.code);
    rows.text(reject.reason.message).end_row();
  }
  return rows.close();
}

template <typename Rejects>
Result<void> write_batch(const Connection& connection, std::vector<Pending>& batch,
                         const Rejects& rejects) {
  mark_current(batch);
  DETENTE_TRY_VOID(remove_superseded(connection, batch));
  DETENTE_TRY_VOID(ledger::settle_copies(connection, batch));
  DETENTE_TRY(RowWriter writer, RowWriter::open(connection));
  for (const Pending& document : batch) writer.write(document);
  DETENTE_TRY_VOID(writer.close());
  if (!batch.empty()) DETENTE_TRY_VOID(ledger::forget_outcomes(connection));
  return write_rejects(connection, rejects);
}

}  // namespace

bool Ledger::is_known(const Reading& document) const {
  const std::string key = ledger::key_of(document);
  const std::string content = ledger::content_hash(document);
  const std::lock_guard lock(state_->mutex);
  return state_->known.has(key, content);
}

Result<Receipt> Ledger::append(CodedRecords coded, const Place& place, std::string_view version) {
  Pending document;
  document.key = ledger::key_of(coded.reading);
  document.content_hash = ledger::content_hash(coded.reading);
  document.version = version;
  document.place = place;
  {
    const std::lock_guard lock(state_->mutex);
    ledger::KnownDocuments& known = state_->known;
    if (known.has(document.key, document.content_hash)) return Receipt::Known;
    document.revision = known.add(document.key, document.content_hash);
    const std::string id = known.claim_id(coded.reading.document_id, document.key);
    if (id != coded.reading.document_id) rename_document(coded, id);
  }
  document.coded = std::move(coded);
  const Receipt receipt = document.revision == 1 ? Receipt::New : Receipt::Revision;
  state_->batch.push_back(std::move(document));
  if (state_->batch.size() >= state_->options.batch_size) DETENTE_TRY_VOID(commit());
  return receipt;
}

Result<void> Ledger::reject(const Place& place, const Error& reason) {
  const std::string what = place.file + "\x1f" + std::to_string(place.line) + "\x1f" +
                           std::to_string(place.offset) + "\x1f" + place.member + "\x1f" +
                           reason.code + "\x1f" + reason.message;
  const std::lock_guard lock(state_->mutex);
  if (state_->known.add_reject(what)) state_->rejects.push_back({place, reason});
  return {};
}

Result<void> Ledger::commit() {
  State& s = *state_;
  if (s.batch.empty() && s.rejects.empty()) return {};
  Result<void> written =
      s.connection.transaction([&] { return write_batch(s.connection, s.batch, s.rejects); });
  // What could not be written is not kept for a second try: the store has it at the next run.
  s.batch.clear();
  s.rejects.clear();
  return written;
}

}  // namespace detente
