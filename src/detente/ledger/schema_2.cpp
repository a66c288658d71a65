// Version 2 of the tables: promises and expectations, and what became of them.

#include "detente/ledger/schema.h"

namespace detente::ledger {

// The four tables were there before, and always empty.
const char* const kVersion2 = R"sql(
DROP TABLE commitments;
DROP TABLE commitment_history;
DROP TABLE expectations;

ALTER TABLE documents ADD COLUMN n_commitments INTEGER;
ALTER TABLE documents ADD COLUMN n_expectations INTEGER;
COMMENT ON COLUMN documents.n_commitments IS 'Rows of commitment_tellings; null: coded before the store knew promises.';
COMMENT ON COLUMN documents.n_expectations IS 'Null: coded before the store knew expectations.';
COMMENT ON TABLE evidence IS 'Where commitments (as one document tells them) and expectations are stated.';
COMMENT ON COLUMN evidence.record_id IS 'Of commitment_tellings or expectations.';

CREATE TABLE commitment_tellings (
  id TEXT, document_id TEXT, published DATE, form TEXT, status TEXT, made_date DATE,
  made_enddate DATE, content TEXT, start_char BIGINT, end_char BIGINT, start_byte BIGINT,
  end_byte BIGINT, deadline_text TEXT, deadline_date DATE, deadline_enddate DATE, condition TEXT,
  by_codes TEXT, to_codes TEXT, key TEXT, is_mention BOOLEAN, concept TEXT, words TEXT, actors TEXT,
  others TEXT, refrains BOOLEAN);
COMMENT ON TABLE commitment_tellings IS 'One row per commitment as one document tells it; by and to have their rows in entities.';
COMMENT ON COLUMN commitment_tellings.form IS 'promise, pact, self_imposed or declaration.';
COMMENT ON COLUMN commitment_tellings.status IS 'As this document alone leaves it.';
COMMENT ON COLUMN commitment_tellings.content IS 'What is promised, in the words of the document, which stand at start_char.';
COMMENT ON COLUMN commitment_tellings.is_mention IS 'Named as something that exists, not made here.';
COMMENT ON COLUMN commitment_tellings.words IS 'Of our own use, as concept, actors, others and refrains: what it is about, to tell whether two tellings mean one commitment.';

CREATE TABLE turns (
  document_id TEXT, published DATE, position INTEGER, telling_id TEXT, turn TEXT, event TEXT,
  event_id TEXT, confidence DOUBLE, date DATE, enddate DATE, concept TEXT, words TEXT, actors TEXT,
  others TEXT, refrains BOOLEAN, verb TEXT, between_foes BOOLEAN, start_char BIGINT,
  end_char BIGINT, start_byte BIGINT, end_byte BIGINT);
COMMENT ON TABLE turns IS 'What documents tell that may be the fate of a commitment: words on one of their own (telling_id), words on another''s, and deeds (turn is null).';
COMMENT ON COLUMN turns.turn IS 'kept, stalled, broken, withdrawn, extended or broken?; null: a deed, not a word on a commitment.';
COMMENT ON COLUMN turns.words IS 'Of our own use, as concept to between_foes: what it is about, to tell which commitment it is the fate of.';

CREATE TABLE commitments (
  id TEXT, form TEXT, status TEXT, made_date DATE, made_enddate DATE, content TEXT,
  deadline_text TEXT, deadline_date DATE, deadline_enddate DATE, condition TEXT, by_codes TEXT,
  to_codes TEXT, document_id TEXT, first_seen DATE, last_seen DATE, n_documents INTEGER,
  n_doubts INTEGER);
COMMENT ON TABLE commitments IS 'One row per commitment in the world, however many documents tell of it; made anew at the end of each run of ingest.';
COMMENT ON COLUMN commitments.id IS 'That of the oldest telling, whose words and days the row gives.';
COMMENT ON COLUMN commitments.form IS 'promise, pact, self_imposed or declaration.';
COMMENT ON COLUMN commitments.status IS 'open, kept, stalled, broken or withdrawn: as the last step of its history leaves it.';
COMMENT ON COLUMN commitments.first_seen IS 'Day of publication of the oldest telling.';
COMMENT ON COLUMN commitments.n_doubts IS 'Steps ''broken?'': deeds against it that nobody has called a breach.';

CREATE TABLE commitment_members (
  commitment_id TEXT, position INTEGER, telling_id TEXT, document_id TEXT);
COMMENT ON TABLE commitment_members IS 'Which tellings make up a commitment, the oldest first.';

CREATE TABLE commitment_history (
  commitment_id TEXT, position INTEGER, date DATE, enddate DATE, status TEXT, confidence DOUBLE,
  event_id TEXT, document_id TEXT, start_char BIGINT, end_char BIGINT, start_byte BIGINT,
  end_byte BIGINT);
COMMENT ON TABLE commitment_history IS 'What became of a commitment, step by step in the order of publication, and by what words or event.';
COMMENT ON COLUMN commitment_history.event_id IS 'Of the deed; empty: said in words, or by a deed that is no event.';

CREATE TABLE stated_expectations (
  id TEXT, document_id TEXT, published DATE, holder TEXT, by_code TEXT, about_codes TEXT,
  direction TEXT, event TEXT, hedge TEXT, strength DOUBLE, horizon_text TEXT, horizon_date DATE,
  horizon_enddate DATE);
COMMENT ON TABLE stated_expectations IS 'What somebody expects; the view expectations adds whether it came.';

CREATE VIEW expectations AS
  WITH today AS (SELECT max(published) AS day FROM documents),
  asked AS (
    SELECT *, greatest(published + 1, horizon_date) AS from_day,
           coalesce(horizon_enddate, published + 182) AS to_day,
           (event IN ('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT'))
             <> (direction = 'cooperation') AS is_of_absence
    FROM stated_expectations),
  parties AS (
    SELECT DISTINCT id, split_part(unnest(string_split(about_codes, ';')), '/', 1) AS code
    FROM stated_expectations),
  pairs AS (
    SELECT p.id, p.code AS a, q.code AS b FROM parties p JOIN parties q ON q.id = p.id
    WHERE p.code <> q.code AND p.code <> '' AND q.code <> ''
    UNION ALL
    SELECT id, min(code), '*' FROM parties WHERE code <> '' GROUP BY id HAVING count(*) = 1),
  told AS (
    SELECT actor AS a, recipient AS b, * FROM dyads WHERE is_real
    UNION ALL SELECT actor, '*', * FROM dyads WHERE is_real
    UNION ALL SELECT recipient, '*', * FROM dyads WHERE is_real),
  later AS (
    SELECT x.id, t.story_id, min(t.event_id) AS event_id, any_value(t.event) AS event,
           min(t.date) AS date, avg(t.event_scale) AS scale, min(t.date) <= any_value(x.to_day) AS inside
    FROM asked x JOIN pairs p ON p.id = x.id JOIN told t ON t.a = p.a AND t.b = p.b
    JOIN documents d ON d.document_id = t.document_id
    -- Written as a difference, or the days would lead the join of all documents.
    WHERE date_diff('day', x.published, d.published) > 0
      AND t.date BETWEEN x.from_day AND x.to_day + 182
    GROUP BY x.id, t.story_id),
  found AS (
    SELECT x.id, coalesce(sum(l.scale) FILTER (l.inside), 0) AS tone,
           min({day: l.date, id: l.event_id}) FILTER (l.inside AND l.event = x.event) AS hit,
           min({scale: if(x.direction = 'conflict', l.scale, -l.scale), day: l.date, id: l.event_id})
             FILTER (l.inside) AS strongest
    FROM asked x JOIN later l ON l.id = x.id GROUP BY x.id),
  judged AS (
    SELECT x.*, f.hit, f.strongest,
           CASE WHEN x.event <> '' AND f.hit IS NOT NULL
                  THEN if(x.is_of_absence, 'failed', 'came_true')
                WHEN f.id IS NULL OR x.to_day IS NULL OR x.to_day >= t.day THEN 'open'
                WHEN x.event <> '' THEN if(x.is_of_absence, 'came_true', 'failed')
                WHEN f.tone * if(x.direction = 'conflict', -1, 1) > 0 THEN 'came_true'
                ELSE 'failed' END AS outcome
    FROM asked x CROSS JOIN today t LEFT JOIN found f ON f.id = x.id)
  SELECT id, document_id, published, holder, by_code, about_codes, direction, event, hedge, strength,
         horizon_text, horizon_date, horizon_enddate, outcome,
         CASE WHEN hit IS NOT NULL THEN hit.id
              WHEN outcome = 'came_true' AND event = '' THEN strongest.id END AS outcome_event_id,
         CASE WHEN hit IS NOT NULL THEN hit.day
              WHEN outcome = 'came_true' AND event = '' THEN strongest.day
              WHEN outcome <> 'open' THEN to_day END AS outcome_date
  FROM judged;
COMMENT ON VIEW expectations IS 'What somebody expects, and whether it came (open, came_true, failed), as told by the events of later documents; rule: docs/formats/store.md.';

CREATE VIEW forecasters AS
  SELECT max(holder) AS holder, string_agg(DISTINCT nullif(by_code, ''), ';' ORDER BY nullif(by_code, '')) AS codes,
         count(*) AS n_expectations,
         count(*) FILTER (outcome <> 'open') AS n_resolved,
         count(*) FILTER (outcome = 'came_true') AS n_came_true,
         round(avg(CAST(outcome = 'came_true' AS INTEGER)) FILTER (outcome <> 'open'), 4)
           AS share_came_true,
         round(avg(power(strength - CAST(outcome = 'came_true' AS INTEGER), 2))
           FILTER (outcome <> 'open'), 4) AS brier
  FROM expectations WHERE holder <> '' GROUP BY lower(holder);
COMMENT ON VIEW forecasters IS 'Who expected how often, what share came true, and the Brier score of strength against outcome (0 best, 0.25: always one half).';

CREATE VIEW tension AS
  WITH told AS (
    SELECT least(actor, recipient) AS a, greatest(actor, recipient) AS b, story_id,
           min(date) AS date, avg(event_scale) AS scale
    FROM dyads WHERE is_real AND actor <> recipient
    GROUP BY least(actor, recipient), greatest(actor, recipient), story_id),
  felt AS (
    SELECT a, b, CAST(date_trunc('week', date) AS DATE) + 7 * CAST(k AS INTEGER) AS week, k, scale,
           power(0.5, (CAST(date_trunc('week', date) AS DATE) + 7 * CAST(k AS INTEGER) + 6 - date) / 28.0)
             AS weight
    FROM told CROSS JOIN range(26) AS weeks(k)),
  sums AS (
    SELECT a, b, week, count(*) FILTER (k = 0) AS n_stories, sum(weight) AS weight,
           -sum(weight * scale) / (sum(weight) + 1) AS tension,
           sum(weight * scale * scale) / (sum(weight) + 1) AS square,
           power(sum(weight) + 1, 2) / (sum(weight * weight) + 1) AS n_effective
    FROM felt WHERE week <= (SELECT max(published) FROM documents) GROUP BY a, b, week)
  SELECT a, b, week, n_stories, round(weight, 4) AS weight, round(tension, 4) AS tension,
         round(greatest(-10, tension - 1.96 * sqrt(greatest(square - tension * tension, 0) / n_effective)), 4) AS low,
         round(least(10, tension + 1.96 * sqrt(greatest(square - tension * tension, 0) / n_effective)), 4) AS high
  FROM sums;
COMMENT ON VIEW tension IS 'How tense a relation is at the end of each week, -10 to 10, with a 95 % interval: the mean PLOVER scale of its stories with the sign turned, in both directions, halved in weight every four weeks, beside one neutral story that never fades. a comes before b in the alphabet.';
)sql";

}  // namespace detente::ledger
