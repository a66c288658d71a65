#include "detente/ledger/outcomes.h"

#include <array>

#include "detente/ledger/cells.h"
#include "detente/outcome/outcome.h"

namespace detente::ledger {
namespace {

using outcome::Document;
using outcome::Followed;
using outcome::Follower;
using outlook::Turn;

// --- what documents tell, one after the other ----------------------------------------------------

// Documents without a day come first, as though they were old.
constexpr const char* kInOrder = " ORDER BY coalesce(published, DATE '1970-01-01'), document_id";

constexpr const char* kDocuments =
    "SELECT document_id, published FROM (SELECT document_id, published FROM commitment_tellings "
    "UNION SELECT document_id, published FROM turns)";

constexpr const char* kTellings =
    "SELECT document_id, id, made_date, made_enddate, start_byte, end_byte, deadline_date, "
    "deadline_enddate, is_mention, concept, words, actors, others, refrains FROM "
    "commitment_tellings";

constexpr const char* kTurns =
    "SELECT document_id, telling_id, turn, event, event_id, confidence, date, enddate, start_byte, "
    "end_byte, concept, words, actors, others, refrains, verb, between_foes FROM turns";

std::string in_order(const char* select, const char* then = "") {
  return std::string(select) + kInOrder + then;
}

outlook::Matter matter_of(Cells& cells) {
  outlook::Matter matter;
  matter.concept_name = cells.text();
  matter.words = cells.list();
  matter.actors = cells.list();
  matter.others = cells.list();
  matter.refrains = cells.integer() != 0;
  return matter;
}

TextSpan span_of(Cells& cells) {
  const Offsets at = cells.offsets();
  return {at.start, at.end};
}

outlook::Commitment commitment_of(Cells& cells) {
  outlook::Commitment one;
  one.id = cells.text();
  one.made = cells.days();
  one.content = span_of(cells);
  one.evidence = {one.content};
  if (const auto deadline = cells.days()) one.deadline = outlook::Horizon{{}, *deadline};
  one.is_mention = cells.integer() != 0;
  one.matter = matter_of(cells);
  return one;
}

std::optional<Turn> turn_of(std::string_view name) {
  for (const Turn turn : {Turn::Kept, Turn::Stalled, Turn::Broken, Turn::Withdrawn, Turn::Extended,
                          Turn::PerhapsBroken}) {
    if (outlook::turn_name(turn) == name) return turn;
  }
  return std::nullopt;
}

/// A row of `turns`: a step of a telling, a word on another document's commitment, or a deed.
void take_turn(Cells cells, outlook::Outlook& outlook) {
  const std::string telling = cells.text();
  const std::optional<Turn> turn = turn_of(cells.text());
  const std::string event = cells.text();
  const std::string event_id = cells.text();
  const double confidence = cells.number();
  const DateRange days = cells.days().value_or(DateRange{});
  const TextSpan span = span_of(cells);
  outlook::Matter matter = matter_of(cells);
  if (!turn) {
    outlook::Deed deed{std::move(matter), event, event_id, span, days};
    deed.verb = cells.text();
    deed.between_foes = cells.integer() != 0;
    outlook.deeds.push_back(std::move(deed));
  } else if (telling.empty()) {
    outlook.fates.push_back({*turn, std::move(matter), span, days});
  } else {
    for (outlook::Commitment& one : outlook.commitments) {
      if (one.id == telling) one.history.push_back({*turn, days, span, confidence, event_id});
    }
  }
}

Result<void> follow_all(const Connection& connection, Follower& follower) {
  DETENTE_TRY(Children tellings,
              Children::open(connection, in_order(kTellings, ", start_byte, end_byte, id"), {}));
  DETENTE_TRY(Children turns, Children::open(connection, in_order(kTurns, ", position"), {}));
  DETENTE_TRY(Rows documents, connection.query(in_order(kDocuments)));
  DETENTE_TRY_VOID(for_each_row(documents, [&]() -> Result<bool> {
    Cells cells(documents);
    Document document;
    document.id = cells.text();
    document.published_at = cells.day();
    DETENTE_TRY_VOID(tellings.of(document.id, [&](Cells of_telling) {
      document.outlook.commitments.push_back(commitment_of(of_telling));
    }));
    DETENTE_TRY_VOID(
        turns.of(document.id, [&](Cells of_turn) { take_turn(of_turn, document.outlook); }));
    follower.take(document);
    return true;
  }));
  return {};
}

// --- what became of it ---------------------------------------------------------------------------

constexpr const char* kEmptyTables = R"sql(
DELETE FROM commitments;
DELETE FROM commitment_members;
DELETE FROM commitment_history;
CREATE OR REPLACE TEMP TABLE followed (id TEXT, status TEXT);
CREATE OR REPLACE TEMP TABLE steps (
  commitment_id TEXT, position INTEGER, date DATE, enddate DATE, status TEXT, confidence DOUBLE,
  event_id TEXT, document_id TEXT, start_byte BIGINT, end_byte BIGINT);
)sql";

// Steps know their bytes; the rows they were read from know the code points too.
constexpr const char* kFillTables = R"sql(
INSERT INTO commitment_history
  SELECT s.commitment_id, s.position, s.date, s.enddate, s.status, s.confidence, s.event_id,
         s.document_id, t.start_char, t.end_char, s.start_byte, s.end_byte
  FROM steps s LEFT JOIN (
    SELECT DISTINCT document_id, start_byte, end_byte, start_char, end_char FROM (
      SELECT document_id, start_byte, end_byte, start_char, end_char FROM turns
      UNION ALL
      SELECT document_id, start_byte, end_byte, start_char, end_char FROM commitment_tellings)
    WHERE document_id IN (SELECT document_id FROM steps)) t
  USING (document_id, start_byte, end_byte)
  ORDER BY s.commitment_id, s.position;
INSERT INTO commitments
  SELECT t.id, t.form, f.status, t.made_date, t.made_enddate, t.content, m.deadline_text,
         m.deadline_date, m.deadline_enddate, t.condition, t.by_codes, t.to_codes, t.document_id,
         m.first_seen, m.last_seen, m.n_documents, coalesce(h.n_doubts, 0)
  FROM followed f JOIN commitment_tellings t ON t.id = f.id
  JOIN (SELECT c.commitment_id, min(o.published) AS first_seen, max(o.published) AS last_seen,
               count(DISTINCT o.document_id) AS n_documents,
               arg_max(o.deadline_text, o.deadline_enddate) AS deadline_text,
               arg_max(o.deadline_date, o.deadline_enddate) AS deadline_date,
               max(o.deadline_enddate) AS deadline_enddate
        FROM commitment_members c JOIN commitment_tellings o ON o.id = c.telling_id
        GROUP BY c.commitment_id) m ON m.commitment_id = f.id
  LEFT JOIN (SELECT commitment_id, count(*) FILTER (status = 'broken?') AS n_doubts
             FROM commitment_history GROUP BY commitment_id) h ON h.commitment_id = f.id
  ORDER BY t.id;
DROP TABLE followed;
DROP TABLE steps;
INSERT INTO store_info VALUES ('outcomes', 'as of the last document');
)sql";

class OutcomeRows {
 public:
  static Result<OutcomeRows> open(const Connection& connection) {
    DETENTE_TRY(Appender followed, Appender::open(connection, "followed"));
    DETENTE_TRY(Appender members, Appender::open(connection, "commitment_members"));
    DETENTE_TRY(Appender steps, Appender::open(connection, "steps"));
    return OutcomeRows(std::move(followed), std::move(members), std::move(steps));
  }

  void write(const Followed& row) {
    const std::string& id = row.commitment.id;
    followed_.text(id).text(outlook::status_name(row.status)).end_row();
    std::int64_t position = 0;
    for (const outcome::Telling& telling : row.tellings) {
      members_.text(id).integer(position++).text(telling.commitment_id);
      members_.text(telling.document_id).end_row();
    }
    position = 0;
    for (const outcome::ToldStep& told : row.history) {
      const outlook::Step& step = told.step;
      steps_.text(id).integer(position++).date(step.date.first).date(step.date.last);
      steps_.text(outlook::turn_name(step.turn)).number(step.confidence).text(step.event_id);
      steps_.text(told.document_id).integer(step.evidence.begin).integer(step.evidence.end);
      steps_.end_row();
    }
  }

  Result<void> close() {
    for (Appender* table : {&followed_, &members_, &steps_}) DETENTE_TRY_VOID(table->close());
    return {};
  }

 private:
  OutcomeRows(Appender followed, Appender members, Appender steps)
      : followed_(std::move(followed)), members_(std::move(members)), steps_(std::move(steps)) {}
  Appender followed_, members_, steps_;
};

Result<void> write_outcomes(const Connection& connection, const std::vector<Followed>& rows) {
  DETENTE_TRY_VOID(connection.run(kEmptyTables));
  DETENTE_TRY(OutcomeRows out, OutcomeRows::open(connection));
  for (const Followed& row : rows) out.write(row);
  DETENTE_TRY_VOID(out.close());
  return connection.run(kFillTables);
}

}  // namespace

Result<bool> are_settled(const Connection& connection) {
  DETENTE_TRY(Rows settled, connection.query("SELECT 1 FROM store_info WHERE name = 'outcomes'"));
  return settled.next();
}

Result<void> settle_outcomes(const Connection& connection) {
  DETENTE_TRY(const bool settled, are_settled(connection));
  if (settled) return {};
  Follower follower;
  DETENTE_TRY_VOID(follow_all(connection, follower));
  return connection.transaction([&] { return write_outcomes(connection, follower.rows()); });
}

Result<void> forget_outcomes(const Connection& connection) {
  return connection.run("DELETE FROM store_info WHERE name = 'outcomes'");
}

}  // namespace detente::ledger
