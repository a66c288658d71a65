#pragma once
// Promises and expectations become rows.

#include "detente/ledger/rows.h"

namespace detente::ledger {

/// Appends what documents promise and expect, within the connection's transaction; their parties
/// are RowWriter's.
class OutlookRows {
 public:
  static Result<OutlookRows> open(const Connection& connection);
  void write(const CodedRecords& coded, const utf8::OffsetMap& map);
  Result<void> close();

 private:
  OutlookRows(Appender tellings, Appender turns, Appender evidence, Appender expectations)
      : tellings_(std::move(tellings)),
        turns_(std::move(turns)),
        evidence_(std::move(evidence)),
        expectations_(std::move(expectations)) {}

  void write_telling(const CommitmentRecord& one);
  void write_step(const CommitmentRecord& one, const StepRecord& step);
  void write_turn(const TurnRecord& turn);
  void begin_turn();
  void write_expectation(const ExpectationRecord& one);
  void write_evidence(const std::string& record_id, std::int64_t position, Offsets at);

  Appender tellings_, turns_, evidence_, expectations_;
  const utf8::OffsetMap* map_ = nullptr;
  const Reading* reading_ = nullptr;
  std::int64_t n_turns_ = 0;
};

}  // namespace detente::ledger
