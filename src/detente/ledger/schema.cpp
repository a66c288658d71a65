#include "detente/ledger/schema.h"

#include <array>
#include <cstdlib>
#include <string>

#include "detente/ledger/errors.h"

namespace detente::ledger {
namespace {

// Each step leads from one version to the next; a step that was released never changes again.
// No keys are declared: rows are written by one writer, which holds to them, and DuckDB refuses to
// delete and insert one key within a transaction, which a revision needs.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE store_info (name TEXT, value TEXT);
COMMENT ON TABLE store_info IS 'What this file is: the version of its tables.';

CREATE TABLE documents (
  document_id TEXT, document_key TEXT, revision INTEGER, content_hash TEXT, url TEXT, title TEXT,
  publisher TEXT, language TEXT, published DATE, n_characters BIGINT, n_events INTEGER,
  n_claims INTEGER, copy_group TEXT, file TEXT, coder TEXT, version TEXT);
COMMENT ON TABLE documents IS 'One row per document, in its latest revision.';
COMMENT ON COLUMN documents.document_id IS 'The id of the input, else derived from the content.';
COMMENT ON COLUMN documents.document_key IS 'What makes it the same document: the canonical URL, else the id.';
COMMENT ON COLUMN documents.revision IS 'From 1; a document met again with another text is a revision.';
COMMENT ON COLUMN documents.content_hash IS 'Of title and text.';
COMMENT ON COLUMN documents.published IS 'Day of publication, where it is known.';
COMMENT ON COLUMN documents.n_characters IS 'Length of the text in code points.';
COMMENT ON COLUMN documents.copy_group IS 'The same for copies of one report: the smallest id among them.';
COMMENT ON COLUMN documents.file IS 'The file it was read from first.';
COMMENT ON COLUMN documents.coder IS 'Version of the engine.';
COMMENT ON COLUMN documents.version IS 'Model and tables it was coded with.';

CREATE TABLE revisions (
  document_key TEXT, revision INTEGER, document_id TEXT, content_hash TEXT, published DATE,
  title TEXT, text TEXT, file TEXT);
COMMENT ON TABLE revisions IS 'Every text that a document ever had. The events are those of the latest.';
COMMENT ON COLUMN revisions.text IS 'What all offsets count in.';

CREATE TABLE events (
  id TEXT, document_id TEXT, story_id TEXT, date DATE, enddate DATE, date_precision TEXT,
  actors TEXT, recipients TEXT, event TEXT, mode TEXT, context TEXT, auxiliary_modes TEXT,
  reciprocal BOOLEAN, quad_code INTEGER, event_scale DOUBLE, cameo TEXT, goldstein DOUBLE,
  confidence DOUBLE, confidence_from TEXT, event_text TEXT, sequence INTEGER, start_char BIGINT, end_char BIGINT,
  start_byte BIGINT, end_byte BIGINT, dead_min BIGINT, dead_max BIGINT, injured_min BIGINT,
  injured_max BIGINT, arrested_min BIGINT, arrested_max BIGINT, size_min BIGINT, size_max BIGINT,
  extracted_place TEXT, resolved_place TEXT, geonameid BIGINT, lat DOUBLE, lon DOUBLE,
  province TEXT, country_code TEXT, resolution INTEGER, rule TEXT, convention TEXT);
COMMENT ON TABLE events IS 'One row per event as one document states it, in PLOVER''s categories. Lists are parted by semicolons.';
COMMENT ON COLUMN events.id IS 'The same for the same evidence, on every machine and run.';
COMMENT ON COLUMN events.story_id IS 'Reports of one event of the world share it.';
COMMENT ON COLUMN events.date IS 'First day on which it may have happened, told from the text.';
COMMENT ON COLUMN events.enddate IS 'Last such day.';
COMMENT ON COLUMN events.actors IS 'Codes of who did it, as CODE/SECTOR; each has its row in entities.';
COMMENT ON COLUMN events.recipients IS 'To whom; empty for reciprocal events, whose parties are all actors.';
COMMENT ON COLUMN events.auxiliary_modes IS 'historical, future, hypothetical, negation; none: it happened.';
COMMENT ON COLUMN events.quad_code IS '1 verbal, 2 material cooperation, 3 verbal, 4 material conflict.';
COMMENT ON COLUMN events.start_char IS 'Code points into revisions.text, of the first mention.';
COMMENT ON COLUMN events.start_byte IS 'The same in UTF-8 bytes.';
COMMENT ON COLUMN events.confidence IS '0 to 1: how likely category and both sides are right.';
COMMENT ON COLUMN events.confidence_from IS 'What was weighed for it, as name=value, parted by semicolons.';

CREATE TABLE mentions (
  event_id TEXT, document_id TEXT, position INTEGER, sequence INTEGER, start_char BIGINT,
  end_char BIGINT, start_byte BIGINT, end_byte BIGINT, trigger_start_char BIGINT,
  trigger_end_char BIGINT, trigger_start_byte BIGINT, trigger_end_byte BIGINT, text TEXT, rules TEXT);
COMMENT ON TABLE mentions IS 'Every place in a document that states an event.';
COMMENT ON COLUMN mentions.sequence IS 'Sentence of the document, from 0.';
COMMENT ON COLUMN mentions.rules IS 'Which rules fired, the outermost first; parted by semicolons.';

CREATE TABLE dates (
  event_id TEXT, document_id TEXT, position INTEGER, start_char BIGINT, end_char BIGINT,
  start_byte BIGINT, end_byte BIGINT, text TEXT, value TEXT, date TEXT, enddate TEXT,
  precision TEXT, derivation TEXT);
COMMENT ON TABLE dates IS 'The words of time in an event''s mentions, and how they became days.';

CREATE TABLE entities (
  record_id TEXT, document_id TEXT, role TEXT, position INTEGER, code TEXT, sector TEXT,
  entity_text TEXT, identifier_text TEXT, identifier_id TEXT, office TEXT, resolved_by TEXT,
  start_char BIGINT, end_char BIGINT, start_byte BIGINT, end_byte BIGINT);
COMMENT ON TABLE entities IS 'The parties of every record.';
COMMENT ON COLUMN entities.record_id IS 'Of an event, a claim, a commitment or an expectation.';
COMMENT ON COLUMN entities.role IS 'actor, recipient; speaker, via; by, to, about.';
COMMENT ON COLUMN entities.code IS 'ISO 3166 alpha-3, or IGO, NGO, MNC, IMG …';
COMMENT ON COLUMN entities.office IS 'Held on the day of the event.';

CREATE TABLE attributions (event_id TEXT, document_id TEXT, position INTEGER, claim_id TEXT, stance TEXT);
COMMENT ON TABLE attributions IS 'Which claims an event hangs on; none: the document''s own voice.';

CREATE TABLE claims (
  id TEXT, document_id TEXT, speaker TEXT, speaker_code TEXT, quote TEXT, stance TEXT,
  cue_start_char BIGINT, cue_end_char BIGINT, cue_start_byte BIGINT, cue_end_byte BIGINT,
  content_start_char BIGINT, content_end_char BIGINT, content_start_byte BIGINT,
  content_end_byte BIGINT, content_text TEXT, event_ids TEXT, published DATE);
COMMENT ON TABLE claims IS 'Who says what; speaker and via have their rows in entities.';
COMMENT ON COLUMN claims.quote IS 'direct, indirect or mixed.';
COMMENT ON COLUMN claims.stance IS 'asserts, denies, asks or doubts.';
COMMENT ON COLUMN claims.published IS 'Day of publication of the document.';

CREATE TABLE commitments (
  id TEXT, kind TEXT, status TEXT, made_date DATE, made_enddate DATE, content TEXT, by_codes TEXT,
  to_codes TEXT);
COMMENT ON TABLE commitments IS 'What was promised; by and to have their rows in entities.';
COMMENT ON COLUMN commitments.kind IS 'promise, pact, self_imposed or declaration.';
COMMENT ON COLUMN commitments.status IS 'open, kept, stalled, broken or withdrawn.';

CREATE TABLE commitment_history (
  commitment_id TEXT, position INTEGER, date DATE, enddate DATE, status TEXT, event_id TEXT,
  document_id TEXT, start_char BIGINT, end_char BIGINT, start_byte BIGINT, end_byte BIGINT);
COMMENT ON TABLE commitment_history IS 'How the status of a commitment changed, and by what.';

CREATE TABLE expectations (
  id TEXT, direction TEXT, event TEXT, hedge TEXT, strength DOUBLE, horizon_text TEXT,
  horizon_date DATE, horizon_enddate DATE, outcome TEXT, by_code TEXT, about_codes TEXT);
COMMENT ON TABLE expectations IS 'What somebody expects, and whether it came; by and about have their rows in entities.';
COMMENT ON COLUMN expectations.direction IS 'cooperation, conflict or none.';
COMMENT ON COLUMN expectations.outcome IS 'open, came_true or failed.';

CREATE TABLE evidence (
  record_id TEXT, document_id TEXT, position INTEGER, start_char BIGINT, end_char BIGINT,
  start_byte BIGINT, end_byte BIGINT);
COMMENT ON TABLE evidence IS 'Where commitments and expectations are stated.';

CREATE TABLE dyads (
  event_id TEXT, document_id TEXT, story_id TEXT, date DATE, actor TEXT, actor_sector TEXT,
  recipient TEXT, recipient_sector TEXT, event TEXT, quad_code INTEGER, event_scale DOUBLE,
  goldstein DOUBLE, is_real BOOLEAN);
COMMENT ON TABLE dyads IS 'One row per event and pair of its parties; of reciprocal events in both directions; null where a side is not said.';
COMMENT ON COLUMN dyads.is_real IS 'It is told as having happened: neither negated, future nor hypothetical.';

CREATE TABLE rejects (file TEXT, line BIGINT, byte_offset BIGINT, member TEXT, code TEXT, reason TEXT);
COMMENT ON TABLE rejects IS 'What could not be read, or was passed over, and why.';
COMMENT ON COLUMN rejects.byte_offset IS 'Where its record begins in the file, where that is known.';

CREATE TABLE runs (
  id TEXT, started_at TEXT, ended_at TEXT, outcome TEXT, n_new BIGINT, n_revised BIGINT,
  n_known BIGINT, n_rejected BIGINT);
COMMENT ON TABLE runs IS 'When the store was written to. The only table that tells of clocks.';

CREATE TABLE copy_sketches (document_id TEXT, day INTEGER, n_shingles INTEGER, minima BLOB);
COMMENT ON TABLE copy_sketches IS 'Of our own use: MinHash of each body, to find copies.';
CREATE TABLE copy_bands (day INTEGER, band BIGINT, document_id TEXT);
COMMENT ON TABLE copy_bands IS 'Of our own use: documents that share a band may be copies.';

CREATE VIEW story_members AS SELECT story_id, id AS event_id, document_id FROM events;
COMMENT ON VIEW story_members IS 'Which events of which documents make up a story.';

CREATE VIEW stories AS
  SELECT e.story_id AS id, any_value(e.event) AS event, any_value(e.actors) AS actors,
         any_value(e.recipients) AS recipients, min(e.date) AS date, max(e.enddate) AS enddate,
         count(DISTINCT e.document_id) AS n_documents,
         count(DISTINCT o.origin) AS n_publishers, count(*) AS n_events,
         min(d.published) AS first_seen, max(d.published) AS last_seen
  FROM events e
  JOIN documents d ON d.document_id = e.document_id
  JOIN (SELECT copy_group,
               coalesce(arg_min(nullif(publisher, ''),
                                coalesce(CAST(published AS TEXT), '9999') || document_id),
                        copy_group) AS origin
        FROM documents GROUP BY copy_group) o ON o.copy_group = d.copy_group
  GROUP BY e.story_id;
COMMENT ON VIEW stories IS 'Reports of one event: same type, sides and days. n_publishers: independent ones; copies of one report count as the publisher who had it first.';

CREATE VIEW latest_by_story AS
  SELECT * FROM (SELECT e.*, d.published, d.publisher, d.url,
                        row_number() OVER (PARTITION BY e.story_id
                                           ORDER BY d.published DESC NULLS LAST, e.id DESC) AS place
                 FROM events e JOIN documents d ON d.document_id = e.document_id)
  WHERE place = 1;
COMMENT ON VIEW latest_by_story IS 'Of every story the event as the latest document tells it.';

CREATE VIEW dyad_day AS
  SELECT actor, recipient, date, count(*) AS n_events, count(DISTINCT story_id) AS n_stories,
         count(*) FILTER (quad_code <= 2) AS n_cooperation,
         count(*) FILTER (quad_code >= 3) AS n_conflict, avg(goldstein) AS goldstein,
         avg(event_scale) AS event_scale
  FROM dyads WHERE is_real AND actor IS NOT NULL AND recipient IS NOT NULL
  GROUP BY actor, recipient, date;
COMMENT ON VIEW dyad_day IS 'Who did how much to whom, by day; counts of events that happened, and mean scores.';

CREATE VIEW dyad_month AS
  SELECT actor, recipient, CAST(date_trunc('month', date) AS DATE) AS month, count(*) AS n_events,
         count(DISTINCT story_id) AS n_stories, count(*) FILTER (quad_code <= 2) AS n_cooperation,
         count(*) FILTER (quad_code >= 3) AS n_conflict, avg(goldstein) AS goldstein,
         avg(event_scale) AS event_scale
  FROM dyads WHERE is_real AND actor IS NOT NULL AND recipient IS NOT NULL
  GROUP BY actor, recipient, CAST(date_trunc('month', date) AS DATE);
COMMENT ON VIEW dyad_month IS 'The same by month; month is its first day.';
)sql";

Result<std::int64_t> count(const Connection& connection, const std::string& sql) {
  DETENTE_TRY(Rows rows, connection.query(sql));
  DETENTE_TRY(const bool found, rows.next());
  return found ? rows.integer(0) : 0;
}

Result<int> version_of(const Connection& connection) {
  DETENTE_TRY(const std::int64_t n_tables,
              count(connection, "SELECT count(*) FROM duckdb_tables() WHERE NOT internal"));
  if (n_tables == 0) return 0;
  DETENTE_TRY(
      const std::int64_t n_info,
      count(connection, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'store_info'"));
  if (n_info == 0) return errors::not_a_ledger(connection.path());
  DETENTE_TRY(Rows rows, connection.query("SELECT value FROM store_info WHERE name = 'schema'"));
  DETENTE_TRY(const bool found, rows.next());
  if (!found) return errors::not_a_ledger(connection.path());
  return std::atoi(rows.string(0).c_str());
}

}  // namespace

Result<void> settle_schema(const Connection& connection, bool read_only, int version) {
  DETENTE_TRY(const int found, version_of(connection));
  if (found > version) return errors::newer_schema(connection.path(), found, version);
  if (found == version) return {};
  if (read_only) {
    return found == 0 ? errors::not_a_ledger(connection.path())
                      : errors::older_schema(connection.path(), found, version);
  }
  const std::array<const char*, kSchemaVersion> steps{kVersion1, kVersion2};
  std::string sql = "BEGIN;";
  for (int step = found; step < version; ++step) {
    sql += steps[static_cast<std::size_t>(step)];
  }
  sql += "DELETE FROM store_info WHERE name = 'schema';";
  sql += "INSERT INTO store_info VALUES ('schema', '" + std::to_string(version) + "');";
  return connection.run(sql + "COMMIT;");
}

}  // namespace detente::ledger
