#include "detente/ledger/outlook_rows.h"

namespace detente::ledger {
namespace {

void write_horizon(Appender& row, const std::optional<HorizonRecord>& horizon) {
  if (horizon) {
    row.text(horizon->text).date(horizon->date).date(horizon->enddate);
  } else {
    row.null().null().null();
  }
}

Appender& write_matter(Appender& row, const MatterRecord& matter) {
  row.text(matter.concept_name).text(joined(matter.words)).text(joined(matter.actors));
  return row.text(joined(matter.others)).boolean(matter.refrains);
}

const std::string& holder_of(const ExpectationRecord& one) {
  return one.by.identifier_text.empty() ? one.by.entity_text : one.by.identifier_text;
}

}  // namespace

Result<OutlookRows> OutlookRows::open(const Connection& connection) {
  DETENTE_TRY(Appender tellings, Appender::open(connection, "commitment_tellings"));
  DETENTE_TRY(Appender turns, Appender::open(connection, "turns"));
  DETENTE_TRY(Appender evidence, Appender::open(connection, "evidence"));
  DETENTE_TRY(Appender expectations, Appender::open(connection, "stated_expectations"));
  return OutlookRows(std::move(tellings), std::move(turns), std::move(evidence),
                     std::move(expectations));
}

void OutlookRows::write(const CodedRecords& coded, const utf8::OffsetMap& map) {
  map_ = &map;
  reading_ = &coded.reading;
  n_turns_ = 0;
  for (const CommitmentRecord& one : coded.commitments) write_telling(one);
  for (const TurnRecord& turn : coded.turns) write_turn(turn);
  for (const ExpectationRecord& one : coded.expectations) write_expectation(one);
}

void OutlookRows::write_telling(const CommitmentRecord& one) {
  tellings_.text(one.id).text(one.document_id).date(reading_->published_at).text(one.form);
  tellings_.text(one.status).date(one.made).date(one.made_end).text(one.content);
  offsets(tellings_, *map_, one.content_at);
  write_horizon(tellings_, one.deadline);
  tellings_.text(one.condition).text(side_codes(one.by)).text(side_codes(one.to)).text(one.key);
  write_matter(tellings_.boolean(one.is_mention), one.matter).end_row();
  std::int64_t position = 0;
  for (const EvidenceRecord& evidence : one.evidence) {
    write_evidence(one.id, position++, evidence.at);
  }
  for (const StepRecord& step : one.history) write_step(one, step);
}

void OutlookRows::begin_turn() {
  turns_.text(reading_->document_id).date(reading_->published_at).integer(n_turns_++);
}

void OutlookRows::write_step(const CommitmentRecord& one, const StepRecord& step) {
  begin_turn();
  turns_.text(one.id).text(step.status).null().text(step.event_id).number(step.confidence);
  write_matter(turns_.date(step.date).date(step.enddate), {}).null().null();
  offsets(turns_, *map_, step.evidence.at).end_row();
}

void OutlookRows::write_turn(const TurnRecord& turn) {
  begin_turn();
  turns_.null().text_or_null(turn.status).text(turn.event).text(turn.event_id).null();
  write_matter(turns_.date(turn.date).date(turn.enddate), turn.matter);
  turns_.text(turn.verb).boolean(turn.between_foes);
  offsets(turns_, *map_, turn.at).end_row();
}

void OutlookRows::write_expectation(const ExpectationRecord& one) {
  expectations_.text(one.id).text(one.document_id).date(reading_->published_at);
  expectations_.text(holder_of(one)).text(one.by.code).text(side_codes(one.about));
  expectations_.text(one.direction).text(one.event).text(one.hedge).number(one.strength);
  write_horizon(expectations_, one.horizon);
  expectations_.end_row();
  write_evidence(one.id, 0, one.evidence.at);
}

void OutlookRows::write_evidence(const std::string& record_id, std::int64_t position, Offsets at) {
  evidence_.text(record_id).text(reading_->document_id).integer(position);
  offsets(evidence_, *map_, at).end_row();
}

Result<void> OutlookRows::close() {
  for (Appender* table : {&tellings_, &turns_, &evidence_, &expectations_}) {
    DETENTE_TRY_VOID(table->close());
  }
  return {};
}

}  // namespace detente::ledger
