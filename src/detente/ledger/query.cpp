// Answers: conditions over the tables, and records put together again from their rows.

#include <algorithm>
#include <filesystem>
#include <functional>
#include <system_error>
#include <utility>

#include "detente/ledger/cells.h"
#include "detente/ledger/errors.h"
#include "detente/ledger/ledger.h"
#include "detente/ledger/state.h"

namespace detente {
namespace {

using ledger::add_side;
using ledger::Cells;
using ledger::Children;
using ledger::columns;
using ledger::Condition;
using ledger::Connection;
using ledger::document_of;
using ledger::entity_of;
using ledger::for_each_row;
using ledger::kDocumentColumns;
using ledger::kEntityColumns;
using ledger::Rows;
using ledger::Value;

// --- conditions
// -----------------------------------------------------------------------------------

/// Over `events e`.
Condition events_where(const LedgerFilter& filter) {
  Condition condition;
  if (!filter.id.empty()) condition.also("e.id = ?", {Value(filter.id)});
  if (!filter.event.empty()) condition.also("e.event = ?", {Value(filter.event)});
  if (filter.since) condition.also("e.enddate >= ?", {Value(*filter.since)});
  if (filter.until) condition.also("e.date <= ?", {Value(*filter.until)});
  if (filter.actor.empty() && filter.recipient.empty()) return condition;
  Condition sides;
  if (!filter.actor.empty()) add_side(sides, "actor", filter.actor);
  if (!filter.recipient.empty()) add_side(sides, "recipient", filter.recipient);
  condition.also("e.id IN (SELECT event_id FROM dyads WHERE " + sides.sql + ")", sides.values);
  return condition;
}

/// Over `claims c`.
Condition claims_where(const LedgerFilter& filter) {
  Condition condition;
  if (!filter.id.empty()) condition.also("c.id = ?", {Value(filter.id)});
  ledger::add_party(condition, "c.id", "'speaker'", filter.actor);
  if (!filter.event.empty() || !filter.recipient.empty()) {
    LedgerFilter of_events;
    of_events.event = filter.event;
    of_events.recipient = filter.recipient;
    const Condition events = events_where(of_events);
    condition.also(
        "c.id IN (SELECT a.claim_id FROM attributions a JOIN events e ON e.id = "
        "a.event_id WHERE " +
            events.sql + ")",
        events.values);
  }
  if (filter.since) condition.also("c.published >= ?", {Value(*filter.since)});
  if (filter.until) condition.also("c.published <= ?", {Value(*filter.until)});
  return condition;
}

// --- rows become records
// --------------------------------------------------------------------------

constexpr const char* kEventColumns =
    "e.id, e.document_id, e.story_id, e.date, e.enddate, e.date_precision, e.event, e.mode, "
    "e.context, e.auxiliary_modes, e.reciprocal, e.quad_code, e.event_scale, e.cameo, e.goldstein, "
    "e.confidence, e.confidence_from, e.rule, e.convention, e.dead_min, e.dead_max, e.injured_min, "
    "e.injured_max, "
    "e.arrested_min, e.arrested_max, e.size_min, e.size_max, e.extracted_place, e.resolved_place, "
    "e.geonameid, e.lat, e.lon, e.province, e.country_code, e.resolution";

std::optional<CountRecord> count_of(Cells& cells) {
  if (cells.at_null()) {
    cells.pass(2);
    return std::nullopt;
  }
  const std::int64_t least = cells.integer();
  if (!cells.at_null()) return CountRecord{least, cells.integer()};
  cells.pass(1);
  return CountRecord{least, std::nullopt};
}

std::optional<LocationRecord> place_of(Cells& cells) {
  if (cells.at_null()) {
    cells.pass(8);
    return std::nullopt;
  }
  LocationRecord place;
  place.extracted_place = cells.text();
  place.resolved_place = cells.text();
  place.geonameid = static_cast<std::uint64_t>(cells.integer());
  place.lat = cells.number();
  place.lon = cells.number();
  place.province = cells.text();
  place.country_code = cells.text();
  place.resolution = static_cast<int>(cells.integer());
  return place;
}

StoredEvent event_of(const Rows& rows) {
  Cells cells(rows);
  StoredEvent stored;
  EventRecord& event = stored.record;
  event.id = cells.text();
  event.document_id = cells.text();
  stored.story_id = cells.text();
  event.date = cells.day();
  event.enddate = cells.day();
  event.date_precision = cells.text();
  event.event = cells.text();
  event.mode = cells.list();
  event.context = cells.list();
  event.auxiliary_modes = cells.list();
  event.reciprocal = cells.integer() != 0;
  event.quad_code = static_cast<int>(cells.integer());
  event.event_scale = cells.number();
  event.cameo = cells.text();
  event.goldstein = cells.number();
  event.confidence = cells.number();
  event.confidence_from = ledger::weights_of(cells.text());
  event.rule = cells.text();
  event.convention = cells.text();
  event.size.dead = count_of(cells);
  event.size.injured = count_of(cells);
  event.size.arrested = count_of(cells);
  event.size.size = count_of(cells);
  event.event_loc = place_of(cells);
  stored.document = document_of(cells);
  return stored;
}

MentionRecord mention_of(Cells cells) {
  MentionRecord mention;
  mention.sequence = static_cast<std::uint32_t>(cells.integer());
  mention.at = cells.offsets();
  mention.trigger = cells.offsets();
  mention.text = cells.text();
  mention.rules = cells.list();
  return mention;
}

void take_voice(Cells cells, EventRecord& event) {
  const auto position = static_cast<std::size_t>(cells.integer());
  if (event.attribution.size() <= position) event.attribution.resize(position + 1);
  AttributionRecord& voice = event.attribution[position];
  voice.claim_id = cells.text();
  voice.stance = cells.text();
  const bool is_speaker = cells.text() == "speaker";
  EntityRecord entity = entity_of(cells);
  if (is_speaker) {
    voice.speaker = std::move(entity);
  } else {
    voice.via.push_back(std::move(entity));
  }
}

}  // namespace

Result<std::uint64_t> Ledger::events(
    const LedgerFilter& filter, const std::function<bool(const StoredEvent&)>& on_event) const {
  const Connection& main = state_->connection;
  const Condition where = events_where(filter);
  const std::string chosen = " WHERE " + where.sql;
  const std::string in_order = " ORDER BY e.date, e.story_id, e.id";
  DETENTE_TRY(Children mentions,
              Children::open(main,
                             "SELECT m.event_id, m.sequence, m.start_char, m.end_char, "
                             "m.trigger_start_char, m.trigger_end_char, m.text, m.rules FROM "
                             "mentions m JOIN events e ON e.id = m.event_id" +
                                 chosen + in_order + ", m.position",
                             where.values));
  DETENTE_TRY(Children entities,
              Children::open(main,
                             columns("x.record_id, x.role, ", kEntityColumns) +
                                 " FROM entities x JOIN events e ON e.id = x.record_id" + chosen +
                                 in_order + ", x.role, x.position",
                             where.values));
  DETENTE_TRY(Children voices,
              Children::open(main,
                             columns("a.event_id, a.position, a.claim_id, a.stance, x.role, ",
                                     kEntityColumns) +
                                 " FROM attributions a JOIN events e ON e.id = a.event_id JOIN "
                                 "entities x ON x.record_id = a.claim_id" +
                                 chosen + in_order + ", a.position, x.role, x.position",
                             where.values));
  DETENTE_TRY(Rows rows,
              main.query(columns("", kEventColumns) + ", " + kDocumentColumns +
                             " FROM events e JOIN documents d ON d.document_id = e.document_id" +
                             chosen + in_order,
                         where.values));
  return for_each_row(rows, [&]() -> Result<bool> {
    StoredEvent event = event_of(rows);
    EventRecord& record = event.record;
    DETENTE_TRY_VOID(
        mentions.of(record.id, [&](Cells cells) { record.mentions.push_back(mention_of(cells)); }));
    DETENTE_TRY_VOID(entities.of(record.id, [&](Cells cells) {
      const bool acts = cells.text() == "actor";
      (acts ? record.actor : record.recipient).push_back(entity_of(cells));
    }));
    DETENTE_TRY_VOID(voices.of(record.id, [&](Cells cells) { take_voice(cells, record); }));
    return on_event(event);
  });
}

Result<std::uint64_t> Ledger::claims(
    const LedgerFilter& filter, const std::function<bool(const StoredClaim&)>& on_claim) const {
  const Connection& main = state_->connection;
  const Condition where = claims_where(filter);
  const std::string in_order = " WHERE " + where.sql + " ORDER BY c.published, c.id";
  DETENTE_TRY(Children entities,
              Children::open(main,
                             columns("x.record_id, x.role, ", kEntityColumns) +
                                 " FROM entities x JOIN claims c ON c.id = x.record_id" + in_order +
                                 ", x.role, x.position",
                             where.values));
  DETENTE_TRY(
      Rows rows,
      main.query("SELECT c.id, c.quote, c.stance, c.cue_start_char, c.cue_end_char, "
                 "c.content_start_char, c.content_end_char, c.content_text, c.event_ids, " +
                     std::string(kDocumentColumns) +
                     " FROM claims c JOIN documents d ON d.document_id = c.document_id" + in_order,
                 where.values));
  return for_each_row(rows, [&]() -> Result<bool> {
    Cells cells(rows);
    StoredClaim claim;
    claim.record.id = cells.text();
    claim.record.quote = cells.text();
    claim.record.stance = cells.text();
    claim.record.cue = cells.offsets();
    claim.record.content = cells.offsets();
    claim.content_text = cells.text();
    claim.record.event_ids = cells.list();
    claim.document = document_of(cells);
    claim.record.document_id = claim.document.document_id;
    DETENTE_TRY_VOID(entities.of(claim.record.id, [&](Cells of_entity) {
      if (of_entity.text() == "speaker") {
        claim.record.speaker = entity_of(of_entity);
      } else {
        claim.record.via.push_back(entity_of(of_entity));
      }
    }));
    return on_claim(claim);
  });
}

Result<std::uint64_t> Ledger::stories(
    const LedgerFilter& filter, const std::function<bool(const StoryRecord&)>& on_story) const {
  const Condition where = events_where(filter);
  DETENTE_TRY(
      Rows rows,
      state_->connection.query(
          "SELECT s.id, s.event, s.actors, s.recipients, s.date, s.enddate, s.n_documents, "
          "s.n_publishers, s.n_events, s.first_seen, s.last_seen, m.ids FROM stories s JOIN "
          "(SELECT story_id, string_agg(event_id, ';' ORDER BY event_id) AS ids FROM "
          "story_members GROUP BY story_id) m ON m.story_id = s.id WHERE s.id IN (SELECT "
          "e.story_id FROM events e WHERE " +
              where.sql + ") ORDER BY s.date, s.id",
          where.values));
  return for_each_row(rows, [&]() -> Result<bool> {
    Cells cells(rows);
    StoryRecord story;
    for (std::string* field : {&story.id, &story.event, &story.actors, &story.recipients}) {
      *field = cells.text();
    }
    story.date = cells.day();
    story.enddate = cells.day();
    for (std::uint64_t* count : {&story.n_documents, &story.n_publishers, &story.n_events}) {
      *count = static_cast<std::uint64_t>(cells.integer());
    }
    story.first_seen = cells.date();
    story.last_seen = cells.date();
    story.event_ids = cells.list();
    return on_story(story);
  });
}

Result<std::uint64_t> Ledger::actors(
    const LedgerFilter& filter, const std::function<bool(const ActorRecord&)>& on_actor) const {
  const Condition where = events_where(filter);
  DETENTE_TRY(
      Rows rows,
      state_->connection.query(
          "SELECT x.code, x.sector, x.identifier_text, max(x.identifier_id), count(DISTINCT e.id) "
          "FILTER (x.role = 'actor'), count(DISTINCT e.id) FILTER (x.role = 'recipient'), "
          "min(e.date), max(e.enddate) FROM entities x JOIN events e ON e.id = x.record_id WHERE " +
              where.sql +
              " GROUP BY x.code, x.sector, x.identifier_text ORDER BY count(DISTINCT e.id) DESC, "
              "x.code, x.sector, x.identifier_text",
          where.values));
  return for_each_row(rows, [&]() -> Result<bool> {
    Cells cells(rows);
    ActorRecord actor;
    for (std::string* field :
         {&actor.code, &actor.sector, &actor.identifier_text, &actor.identifier_id}) {
      *field = cells.text();
    }
    actor.n_as_actor = static_cast<std::uint64_t>(cells.integer());
    actor.n_as_recipient = static_cast<std::uint64_t>(cells.integer());
    actor.first = cells.day();
    actor.last = cells.day();
    return on_actor(actor);
  });
}

Result<std::vector<SeriesPoint>> Ledger::series(std::string_view a, std::string_view b,
                                                TimeUnit unit, const LedgerFilter& filter) const {
  constexpr const char* kUnits[] = {"day", "week", "month"};
  Condition there;
  add_side(there, "actor", std::string(a));
  add_side(there, "recipient", std::string(b));
  Condition back;
  add_side(back, "actor", std::string(b));
  add_side(back, "recipient", std::string(a));
  Condition where;
  where.sql = "is_real AND ((" + there.sql + ") OR (" + back.sql + "))";
  where.values = there.values;
  where.values.insert(where.values.end(), back.values.begin(), back.values.end());
  if (!filter.event.empty()) where.also("event = ?", {Value(filter.event)});
  if (filter.since) where.also("date >= ?", {Value(*filter.since)});
  if (filter.until) where.also("date <= ?", {Value(*filter.until)});
  // A reciprocal event stands there once for each direction, and counts once.
  const std::string sql =
      std::string("SELECT CAST(date_trunc('") + kUnits[static_cast<std::size_t>(unit)] +
      "', date) AS DATE) AS step, count(*) FILTER (quad_code <= 2), count(*) FILTER (quad_code >= "
      "3), count(DISTINCT story_id), sum(goldstein) FROM (SELECT event_id, any_value(date) AS "
      "date, any_value(quad_code) AS quad_code, any_value(story_id) AS story_id, "
      "any_value(goldstein) AS goldstein FROM dyads WHERE " +
      where.sql + " GROUP BY event_id) GROUP BY step ORDER BY step";
  DETENTE_TRY(Rows rows, state_->connection.query(sql, where.values));
  std::vector<SeriesPoint> points;
  DETENTE_TRY_VOID(for_each_row(rows, [&]() -> Result<bool> {
    Cells cells(rows);
    SeriesPoint point;
    point.begin = cells.day();
    for (std::uint64_t* count : {&point.n_cooperation, &point.n_conflict, &point.n_stories}) {
      *count = static_cast<std::uint64_t>(cells.integer());
    }
    point.goldstein_sum = cells.number();
    points.push_back(point);
    return true;
  }));
  return points;
}

Result<std::vector<ReadDate>> Ledger::dates(std::string_view event_id) const {
  DETENTE_TRY(Rows rows, state_->connection.query(
                             "SELECT start_char, end_char, text, value, date, enddate, precision, "
                             "derivation FROM dates WHERE event_id = ? ORDER BY position",
                             {Value(std::string(event_id))}));
  std::vector<ReadDate> dates;
  DETENTE_TRY_VOID(for_each_row(rows, [&]() -> Result<bool> {
    Cells cells(rows);
    ReadDate date;
    date.at = cells.offsets();
    for (std::string* field :
         {&date.text, &date.value, &date.date, &date.enddate, &date.precision, &date.derivation}) {
      *field = cells.text();
    }
    dates.push_back(std::move(date));
    return true;
  }));
  return dates;
}

Result<std::optional<std::string>> Ledger::text(std::string_view document_id) const {
  DETENTE_TRY(Rows rows,
              state_->connection.query("SELECT text FROM revisions WHERE document_id = ? ORDER BY "
                                       "revision DESC LIMIT 1",
                                       {Value(std::string(document_id))}));
  DETENTE_TRY(const bool found, rows.next());
  return found ? std::optional(rows.string(0)) : std::nullopt;
}

namespace {

std::string quoted(const std::filesystem::path& path) {
  std::string out = "'";
  for (const char c : path.string()) out += c == '\'' ? "''" : std::string(1, c);
  return out + "'";
}

}  // namespace

Result<void> Ledger::copy_tables(std::string_view format,
                                 const std::filesystem::path& folder) const {
  constexpr const char* kTables[] = {"documents",
                                     "mentions",
                                     "entities",
                                     "attributions",
                                     "claims",
                                     "dyads",
                                     "rejects",
                                     "dates",
                                     "commitments",
                                     "commitment_tellings",
                                     "commitment_members",
                                     "commitment_history",
                                     "expectations",
                                     "forecasters",
                                     "evidence",
                                     "tension"};
  std::error_code failed;
  if (std::filesystem::exists(folder, failed) && !std::filesystem::is_empty(folder, failed)) {
    return ledger::errors::folder_in_use(folder);
  }
  std::filesystem::create_directories(folder, failed);
  const bool as_csv = format == "csv";
  const std::string how = as_csv ? "(FORMAT csv, HEADER)" : "(FORMAT parquet)";
  const std::string suffix = as_csv ? ".csv" : ".parquet";
  const auto copy = [&](const std::string& what, const std::string& name,
                        const std::string& options) {
    return state_->connection.run("COPY " + what + " TO " + quoted(folder / name) + " " + options);
  };
  for (const std::string table : kTables) {
    DETENTE_TRY_VOID(copy("(SELECT * FROM " + table + " ORDER BY ALL)", table + suffix, how));
  }
  if (as_csv) return copy("(SELECT * FROM events ORDER BY date, id)", "events.csv", how);
  return copy("(SELECT *, year(date) AS year, month(date) AS month FROM events ORDER BY date, id)",
              "events", "(FORMAT parquet, PARTITION_BY (year, month))");
}

}  // namespace detente
