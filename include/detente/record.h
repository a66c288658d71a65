#pragma once
// What `code` prints: events, claims, commitments and expectations, each leading back to the
// characters it was read from. Field names and meanings are those of the printed records; offsets
// count code points, end exclusive.

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

/// "At least 40" has no greatest number.
struct CountRecord {
  std::int64_t min = 0;
  std::optional<std::int64_t> max;
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

/// Where a record is stated.
struct EvidenceRecord {
  std::string document_id;
  Offsets at;
};

/// A word, or a deed, on what became of a commitment.
struct StepRecord {
  Date date, enddate;
  std::string status;  ///< kept, stalled, broken, withdrawn, extended, "broken?"
  EvidenceRecord evidence;
  double confidence = 1;
  std::string event_id;  ///< empty: said in words
};

struct HorizonRecord {
  std::string text;
  Date date, enddate;
};

/// What a commitment, a word on its fate or a deed is about: enough to tell whether two documents
/// mean the same. Not printed.
struct MatterRecord {
  std::string concept_name;                        ///< truce, moratorium, pact, …; empty: none
  std::vector<std::string> words, actors, others;  ///< lemmas; codes of those bound, and the rest
  bool refrains = false;                           ///< a promise not to do what the words name
};

/// What somebody bound himself to, and what became of it.
struct CommitmentRecord {
  std::string id, document_id, key;  ///< key: the same for tellings of one commitment
  std::vector<EntityRecord> by, to;
  std::string content;
  Offsets content_at;
  std::vector<EvidenceRecord> evidence;
  std::optional<Date> made, made_end;  ///< none: not told when it was made
  std::string form, status;
  std::optional<HorizonRecord> deadline;
  std::string condition;
  std::vector<StepRecord> history;
  MatterRecord matter;
  bool is_mention = false;  ///< named as something that exists, not made here
};

/// A word on the fate of what this document does not name as a commitment, or a deed, which may be
/// the fate of a commitment of another document. Not printed.
struct TurnRecord {
  MatterRecord matter;
  std::string status;           ///< as of a step; of a deed empty
  std::string event, event_id;  ///< of a deed that was coded
  Date date, enddate;
  Offsets at;
  std::string verb;           ///< of a deed: lemma of what was done; empty: the object says it
  bool between_foes = false;  ///< of a deed: between a state and its own rebels
};

/// What somebody expects. Never an event.
struct ExpectationRecord {
  std::string id, document_id;
  EntityRecord by;  ///< no words: nobody is named
  std::vector<EntityRecord> about;
  std::string direction, event, hedge;
  double strength = 0;
  std::optional<HorizonRecord> horizon;
  EvidenceRecord evidence;
  std::string outcome;
};

/// All records of one document, and the document itself.
struct CodedRecords {
  Reading reading;  ///< without tokens
  std::vector<EventRecord> events;
  std::vector<ClaimRecord> claims;
  std::vector<CommitmentRecord> commitments;
  std::vector<ExpectationRecord> expectations;
  std::vector<TurnRecord> turns;
};

}  // namespace detente
