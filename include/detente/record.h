#pragma once
// What `code` prints: events and claims, each leading back to the characters it was read from.
// Field names and meanings are those of the printed records; offsets count code points, end
// exclusive.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "detente/date.h"
#include "detente/reading.h"

namespace detente {

/// A party of an event, or a speaker.
struct EntityRecord {
  std::string code, sector, entity_text, identifier_text, identifier_id, office, resolved_by;
  std::optional<Offsets> at;
};

/// Who says so, through whom: a claim without its own words.
struct AttributionRecord {
  std::string claim_id;
  EntityRecord speaker;
  std::vector<EntityRecord> via;  ///< outermost reporter last
  std::string stance;
};

struct MentionRecord {
  std::uint32_t sequence = 0;  ///< sentence
  Offsets at, trigger;
  std::string text;
  std::vector<std::string> rules;  ///< outermost operator first
};

struct LocationRecord {
  std::string extracted_place, resolved_place, province, country_code;
  std::uint64_t geonameid = 0;
  double lat = 0, lon = 0;
  int resolution = 0;
};

struct CountRecord {
  std::int64_t min = 0, max = 0;
};

struct SizeRecord {
  std::optional<CountRecord> dead, injured, arrested, size;
};

struct EventRecord {
  std::string id, document_id;
  Date date, enddate;
  std::string date_precision;
  std::vector<EntityRecord> actor, recipient;
  std::string event;
  std::vector<std::string> mode, context, auxiliary_modes;
  std::optional<LocationRecord> event_loc;
  int quad_code = 0;
  double event_scale = 0;
  SizeRecord size;
  bool reciprocal = false;
  std::vector<MentionRecord> mentions;  ///< at least one
  std::vector<AttributionRecord> attribution;
  std::string cameo;
  double goldstein = 0;
  double confidence = 0;
  std::vector<std::pair<std::string, double>>
      confidence_from;  ///< what was weighed, and how much of it
  std::string rule, convention;
};

struct ClaimRecord {
  std::string id, document_id;
  EntityRecord speaker;
  std::vector<EntityRecord> via;
  Offsets cue, content;
  std::string quote, stance;
  std::vector<std::string> event_ids;
};

/// All records of one document, and the document itself.
struct CodedRecords {
  Reading reading;  ///< without tokens
  std::vector<EventRecord> events;
  std::vector<ClaimRecord> claims;
};

}  // namespace detente
