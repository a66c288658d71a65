// Answers about promises, expectations and the tension of a relation.

#include <algorithm>

#include "detente/ledger/cells.h"
#include "detente/ledger/ledger.h"
#include "detente/ledger/outcomes.h"
#include "detente/ledger/state.h"

namespace detente {
namespace {

using ledger::add_party;
using ledger::Cells;
using ledger::Children;
using ledger::columns;
using ledger::Condition;
using ledger::entity_of;
using ledger::for_each_row;
using ledger::kEntityColumns;
using ledger::Rows;
using ledger::Value;

/// Over `commitments c`.
Condition commitments_where(const LedgerFilter& filter) {
  Condition condition;
  if (!filter.id.empty()) {
    condition.also("c.id IN (SELECT commitment_id FROM commitment_members WHERE telling_id = ?)",
                   {Value(filter.id)});
  }
  add_party(condition, "c.id", "'by'", filter.actor);
  add_party(condition, "c.id", "'to'", filter.recipient);
  if (filter.status == "broken?") {
    condition.also("c.n_doubts > 0 AND c.status = 'open'", {});
  } else if (!filter.status.empty()) {
    condition.also("c.status = ?", {Value(filter.status)});
  }
  if (filter.since) {
    condition.also("coalesce(c.made_enddate, c.first_seen) >= ?", {Value(*filter.since)});
  }
  if (filter.until) {
    condition.also("coalesce(c.made_date, c.first_seen) <= ?", {Value(*filter.until)});
  }
  return condition;
}

/// Over `expectations c`.
Condition expectations_where(const LedgerFilter& filter) {
  Condition condition;
  if (!filter.id.empty()) condition.also("c.id = ?", {Value(filter.id)});
  add_party(condition, "c.id", "'about'", filter.actor);
  add_party(condition, "c.id", "'about'", filter.recipient);
  if (!filter.event.empty()) condition.also("c.event = ?", {Value(filter.event)});
  if (!filter.holder.empty()) {
    condition.also("contains(lower(c.holder), lower(?))", {Value(filter.holder)});
  }
  if (!filter.status.empty()) condition.also("c.outcome = ?", {Value(filter.status)});
  if (filter.since) condition.also("c.published >= ?", {Value(*filter.since)});
  if (filter.until) condition.also("c.published <= ?", {Value(*filter.until)});
  return condition;
}

std::optional<HorizonRecord> horizon_of(Cells& cells) {
  HorizonRecord horizon;
  horizon.text = cells.text();
  const std::optional<DateRange> days = cells.days();
  if (!days) return std::nullopt;
  horizon.date = days->first;
  horizon.enddate = days->last;
  return horizon;
}

StoredCommitment commitment_of(const Rows& rows) {
  Cells cells(rows);
  StoredCommitment stored;
  CommitmentRecord& record = stored.record;
  record.id = cells.text();
  record.document_id = cells.text();
  record.key = cells.text();
  record.form = cells.text();
  record.status = cells.text();
  record.made = cells.date();
  record.made_end = cells.date();
  record.content = cells.text();
  record.content_at = cells.offsets();
  record.condition = cells.text();
  record.deadline = horizon_of(cells);
  stored.first_seen = cells.date();
  stored.last_seen = cells.date();
  stored.n_documents = static_cast<std::uint64_t>(cells.integer());
  stored.n_doubts = static_cast<std::uint64_t>(cells.integer());
  return stored;
}

EvidenceRecord evidence_of(Cells& cells) {
  EvidenceRecord evidence;
  evidence.document_id = cells.text();
  evidence.at = cells.offsets();
  return evidence;
}

StepRecord step_of(Cells cells) {
  StepRecord step;
  step.date = cells.day();
  step.enddate = cells.day();
  step.status = cells.text();
  step.confidence = cells.number();
  step.event_id = cells.text();
  step.evidence = evidence_of(cells);
  return step;
}

/// What hangs on each commitment, beside the stream of commitments.
struct OfCommitments {
  Children entities, members, evidence, history;

  static Result<OfCommitments> open(const ledger::Connection& main, const Condition& where,
                                    const std::string& in_order) {
    const auto children = [&](const std::string& select, const std::string& join,
                              const std::string& then) {
      return Children::open(main, select + join + " WHERE " + where.sql + in_order + then,
                            where.values);
    };
    DETENTE_TRY(Children entities,
                children(columns("x.record_id, x.role, ", kEntityColumns),
                         " FROM entities x JOIN commitments c ON c.id = x.record_id",
                         ", x.role, x.position"));
    DETENTE_TRY(Children members,
                children("SELECT m.commitment_id, m.telling_id, m.document_id",
                         " FROM commitment_members m JOIN commitments c ON c.id = m.commitment_id",
                         ", m.position"));
    DETENTE_TRY(Children evidence,
                children("SELECT m.commitment_id, v.document_id, v.start_char, v.end_char",
                         " FROM evidence v JOIN commitment_members m ON m.telling_id = "
                         "v.record_id JOIN commitments c ON c.id = m.commitment_id",
                         ", m.position, v.position"));
    DETENTE_TRY(Children history,
                children("SELECT h.commitment_id, h.date, h.enddate, h.status, h.confidence, "
                         "h.event_id, h.document_id, h.start_char, h.end_char",
                         " FROM commitment_history h JOIN commitments c ON c.id = h.commitment_id",
                         ", h.position"));
    return OfCommitments{std::move(entities), std::move(members), std::move(evidence),
                         std::move(history)};
  }

  Result<void> fill(StoredCommitment& stored) {
    CommitmentRecord& record = stored.record;
    DETENTE_TRY_VOID(entities.of(record.id, [&](Cells cells) {
      (cells.text() == "by" ? record.by : record.to).push_back(entity_of(cells));
    }));
    DETENTE_TRY_VOID(members.of(record.id, [&](Cells cells) {
      stored.tellings.emplace_back();
      stored.tellings.back().id = cells.text();
      stored.tellings.back().document_id = cells.text();
    }));
    DETENTE_TRY_VOID(evidence.of(
        record.id, [&](Cells cells) { record.evidence.push_back(evidence_of(cells)); }));
    return history.of(record.id, [&](Cells cells) { record.history.push_back(step_of(cells)); });
  }
};

StoredExpectation expectation_of(const Rows& rows) {
  Cells cells(rows);
  StoredExpectation stored;
  ExpectationRecord& record = stored.record;
  record.id = cells.text();
  for (std::string* field : {&record.direction, &record.event, &record.hedge}) {
    *field = cells.text();
  }
  record.strength = cells.number();
  record.horizon = horizon_of(cells);
  record.outcome = cells.text();
  stored.outcome_event_id = cells.text();
  stored.outcome_date = cells.date();
  record.evidence.at = cells.offsets();
  stored.document = ledger::document_of(cells);
  record.document_id = record.evidence.document_id = stored.document.document_id;
  return stored;
}

}  // namespace

Result<std::uint64_t> Ledger::commitments(
    const LedgerFilter& filter,
    const std::function<bool(const StoredCommitment&)>& on_commitment) const {
  const Condition where = commitments_where(filter);
  const std::string in_order = " ORDER BY coalesce(c.made_date, c.first_seen), c.id";
  DETENTE_TRY(OfCommitments parts, OfCommitments::open(state_->connection, where, in_order));
  DETENTE_TRY(
      Rows rows,
      state_->connection.query(
          "SELECT c.id, c.document_id, t.key, c.form, c.status, c.made_date, c.made_enddate, "
          "c.content, t.start_char, t.end_char, c.condition, c.deadline_text, c.deadline_date, "
          "c.deadline_enddate, c.first_seen, c.last_seen, c.n_documents, c.n_doubts FROM "
          "commitments c JOIN commitment_tellings t ON t.id = c.id WHERE " +
              where.sql + in_order,
          where.values));
  return for_each_row(rows, [&]() -> Result<bool> {
    StoredCommitment stored = commitment_of(rows);
    DETENTE_TRY_VOID(parts.fill(stored));
    return on_commitment(stored);
  });
}

Result<std::uint64_t> Ledger::expectations(
    const LedgerFilter& filter,
    const std::function<bool(const StoredExpectation&)>& on_expectation) const {
  const ledger::Connection& main = state_->connection;
  const Condition where = expectations_where(filter);
  const std::string in_order = " WHERE " + where.sql + " ORDER BY c.published, c.id";
  DETENTE_TRY(Children entities,
              Children::open(main,
                             columns("x.record_id, x.role, ", kEntityColumns) +
                                 " FROM entities x JOIN expectations c ON c.id = x.record_id" +
                                 in_order + ", x.role, x.position",
                             where.values));
  DETENTE_TRY(Rows rows,
              main.query("SELECT c.id, c.direction, c.event, c.hedge, c.strength, c.horizon_text, "
                         "c.horizon_date, c.horizon_enddate, c.outcome, c.outcome_event_id, "
                         "c.outcome_date, v.start_char, v.end_char, " +
                             std::string(ledger::kDocumentColumns) +
                             " FROM expectations c JOIN evidence v ON v.record_id = c.id JOIN "
                             "documents d ON d.document_id = c.document_id" +
                             in_order,
                         where.values));
  return for_each_row(rows, [&]() -> Result<bool> {
    StoredExpectation stored = expectation_of(rows);
    DETENTE_TRY_VOID(entities.of(stored.record.id, [&](Cells cells) {
      if (cells.text() == "by") {
        stored.record.by = entity_of(cells);
      } else {
        stored.record.about.push_back(entity_of(cells));
      }
    }));
    return on_expectation(stored);
  });
}

Result<std::uint64_t> Ledger::forecasters(
    const LedgerFilter& filter,
    const std::function<bool(const ForecasterRecord&)>& on_forecaster) const {
  const Condition where = expectations_where(filter);
  // As the view `forecasters`, of those that the filter lets through.
  DETENTE_TRY(
      Rows rows,
      state_->connection.query(
          "SELECT max(c.holder), string_agg(DISTINCT nullif(c.by_code, ''), ';' ORDER BY "
          "nullif(c.by_code, '')), count(*) AS n, count(*) FILTER (c.outcome <> 'open'), count(*) "
          "FILTER "
          "(c.outcome = 'came_true'), round(avg(power(c.strength - CAST(c.outcome = 'came_true' AS "
          "INTEGER), 2)) FILTER (c.outcome <> 'open'), 4) FROM expectations c WHERE c.holder <> '' "
          "AND " +
              where.sql + " GROUP BY lower(c.holder) ORDER BY n DESC, lower(max(c.holder))",
          where.values));
  return for_each_row(rows, [&]() -> Result<bool> {
    Cells cells(rows);
    ForecasterRecord forecaster;
    forecaster.holder = cells.text();
    forecaster.codes = cells.list();
    for (std::uint64_t* count :
         {&forecaster.n_expectations, &forecaster.n_resolved, &forecaster.n_came_true}) {
      *count = static_cast<std::uint64_t>(cells.integer());
    }
    if (!cells.at_null()) forecaster.brier = cells.number();
    return on_forecaster(forecaster);
  });
}

Result<std::vector<TensionPoint>> Ledger::tension(std::string_view a, std::string_view b,
                                                  const LedgerFilter& filter) const {
  const auto [first, second] = std::minmax({std::string(a), std::string(b)});
  Condition where;
  where.also("a = ? AND b = ?", {Value(first), Value(second)});
  if (filter.since) where.also("week + 6 >= ?", {Value(*filter.since)});
  if (filter.until) where.also("week <= ?", {Value(*filter.until)});
  DETENTE_TRY(Rows rows, state_->connection.query(
                             "SELECT week, tension, low, high, n_stories FROM tension WHERE " +
                                 where.sql + " ORDER BY week",
                             where.values));
  std::vector<TensionPoint> points;
  DETENTE_TRY_VOID(for_each_row(rows, [&]() -> Result<bool> {
    Cells cells(rows);
    TensionPoint point;
    point.week = cells.day();
    for (double* number : {&point.tension, &point.low, &point.high}) *number = cells.number();
    point.n_stories = static_cast<std::uint64_t>(cells.integer());
    points.push_back(point);
    return true;
  }));
  return points;
}

Result<bool> Ledger::is_settled() const { return ledger::are_settled(state_->connection); }

}  // namespace detente
