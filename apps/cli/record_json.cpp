#include "record_json.h"

#include "json.h"

namespace detente::cli {
namespace {

using Json = nlohmann::ordered_json;

Json all_of(const std::vector<EntityRecord>& entities) {
  Json json = Json::array();
  for (const EntityRecord& entity : entities) json.push_back(to_json(entity));
  return json;
}

Json place_json(const LocationRecord& place) {
  Json json;
  json["extracted_place"] = place.extracted_place;
  json["resolved_place"] = place.resolved_place;
  json["geonameid"] = place.geonameid;
  json["lat"] = place.lat;
  json["lon"] = place.lon;
  put(json, "province", place.province);
  json["country_code"] = place.country_code;
  json["resolution"] = place.resolution;
  return json;
}

Json days_json(Date first, Date last) { return {{"date", first.text()}, {"enddate", last.text()}}; }

Json evidence_json(const EvidenceRecord& evidence) {
  return {{"document_id", evidence.document_id},
          {"start", evidence.at.start},
          {"end", evidence.at.end}};
}

Json horizon_json(const HorizonRecord& horizon) {
  Json json;
  json["text"] = horizon.text;
  json.update(days_json(horizon.date, horizon.enddate));
  return json;
}

Json size_json(const SizeRecord& size) {
  Json json = Json::object();
  const auto count = [&](const char* key, const std::optional<CountRecord>& range) {
    if (!range) return;
    json[key] = {{"min", range->min}, {"max", nullptr}};
    if (range->max) json[key]["max"] = *range->max;
  };
  count("dead", size.dead);
  count("injured", size.injured);
  count("arrested", size.arrested);
  count("size", size.size);
  return json;
}

Json cite_json(const StoredDocument& document) {
  Json cite;
  put(cite, "publication", document.publisher);
  put(cite, "url", document.url);
  put(cite, "title", document.title);
  put(cite, "language", document.language);
  if (document.published_at) cite["published"] = document.published_at->text();
  cite["coder"] = "detente " + document.coder;
  cite["codebook"] = "PLOVER 2.0";
  cite["version"] = document.version;
  return cite;
}

// What every record begins with.
template <class Record>
Json headed(const char* kind, const Record& record) {
  Json json;
  json["kind"] = kind;
  json["id"] = record.id;
  json["document_id"] = record.document_id;
  return json;
}

}  // namespace

Json to_json(const EntityRecord& entity) {
  Json json;
  json["code"] = entity.code;
  json["sector"] = entity.sector;
  json["entity_text"] = entity.entity_text;
  if (entity.at) {
    json["start"] = entity.at->start;
    json["end"] = entity.at->end;
  }
  put(json, "identifier_text", entity.identifier_text);
  put(json, "identifier_id", entity.identifier_id);
  put(json, "office", entity.office);
  put(json, "resolved_by", entity.resolved_by);
  return json;
}

Json to_json(const EventRecord& event) {
  Json json = headed("event", event);
  json["date"] = event.date.text();
  json["enddate"] = event.enddate.text();
  json["actor"] = all_of(event.actor);
  json["recipient"] = all_of(event.recipient);
  json["event"] = Json::array({event.event});
  json["mode"] = event.mode;
  json["context"] = event.context;
  if (event.event_loc) json["event_loc"] = place_json(*event.event_loc);
  json["event_text"] = Json::array();
  for (const MentionRecord& mention : event.mentions) json["event_text"].push_back(mention.text);
  json["quad_code"] = event.quad_code;
  json["event_scale"] = event.event_scale;
  json["size"] = size_json(event.size);
  const MentionRecord& first = event.mentions.front();
  json["text_info"] = {
      {"sequence", first.sequence}, {"start", first.at.start}, {"end", first.at.end}};
  json["date_precision"] = event.date_precision;
  json["auxiliary_modes"] = event.auxiliary_modes;
  json["reciprocal"] = event.reciprocal;
  json["mentions"] = Json::array();
  for (const MentionRecord& mention : event.mentions) {
    json["mentions"].push_back({{"sequence", mention.sequence},
                                {"start", mention.at.start},
                                {"end", mention.at.end},
                                {"trigger", span(mention.trigger)},
                                {"rules", mention.rules}});
  }
  json["attribution"] = Json::array();
  for (const AttributionRecord& attribution : event.attribution) {
    json["attribution"].push_back({{"claim_id", attribution.claim_id},
                                   {"speaker", to_json(attribution.speaker)},
                                   {"via", all_of(attribution.via)},
                                   {"stance", attribution.stance}});
  }
  json["cameo"] = event.cameo;
  json["goldstein"] = event.goldstein;
  json["confidence"] = event.confidence;
  json["rule"] = event.rule;
  put(json, "convention", event.convention);
  return json;
}

Json to_json(const ClaimRecord& claim) {
  Json json = headed("claim", claim);
  json["speaker"] = to_json(claim.speaker);
  json["via"] = all_of(claim.via);
  json["cue"] = span(claim.cue);
  json["content"] = span(claim.content);
  json["quote"] = claim.quote;
  json["stance"] = claim.stance;
  json["event_ids"] = claim.event_ids;
  return json;
}

Json stored_event_json(const StoredEvent& event) {
  Json json = to_json(event.record);
  json["story_id"] = event.story_id;
  json["cite_info"] = cite_json(event.document);
  return json;
}

Json stored_claim_json(const StoredClaim& claim) {
  Json json = to_json(claim.record);
  json["content_text"] = claim.content_text;
  return json;
}

Json to_json(const CommitmentRecord& commitment) {
  Json json = headed("commitment", commitment);
  json["key"] = commitment.key;
  json["by"] = all_of(commitment.by);
  json["to"] = all_of(commitment.to);
  json["form"] = commitment.form;
  json["content"] = commitment.content;
  json["content_at"] = span(commitment.content_at);
  json["made"] = Json::object();
  if (commitment.made && commitment.made_end) {
    json["made"] = days_json(*commitment.made, *commitment.made_end);
  }
  if (commitment.deadline) json["deadline"] = horizon_json(*commitment.deadline);
  put(json, "condition", commitment.condition);
  json["evidence"] = Json::array();
  for (const EvidenceRecord& one : commitment.evidence) {
    json["evidence"].push_back(evidence_json(one));
  }
  json["status"] = commitment.status;
  json["history"] = Json::array();
  for (const StepRecord& step : commitment.history) {
    Json one = days_json(step.date, step.enddate);
    one["status"] = step.status;
    one["evidence"] = evidence_json(step.evidence);
    one["confidence"] = step.confidence;
    put(one, "event_id", step.event_id);
    json["history"].push_back(std::move(one));
  }
  return json;
}

Json to_json(const ExpectationRecord& expectation) {
  Json json = headed("expectation", expectation);
  json["by"] = to_json(expectation.by);
  json["about"] = all_of(expectation.about);
  json["direction"] = expectation.direction;
  put(json, "event", expectation.event);
  json["hedge"] = expectation.hedge;
  json["strength"] = expectation.strength;
  if (expectation.horizon) json["horizon"] = horizon_json(*expectation.horizon);
  json["evidence"] = evidence_json(expectation.evidence);
  json["outcome"] = expectation.outcome;
  return json;
}

Json stored_commitment_json(const StoredCommitment& commitment) {
  Json json = to_json(commitment.record);
  json["n_documents"] = commitment.n_documents;
  json["n_doubts"] = commitment.n_doubts;
  json["first_seen"] = day_json(commitment.first_seen);
  json["last_seen"] = day_json(commitment.last_seen);
  json["tellings"] = Json::array();
  for (const StoredCommitment::Telling& telling : commitment.tellings) {
    json["tellings"].push_back({{"id", telling.id}, {"document_id", telling.document_id}});
  }
  return json;
}

Json stored_expectation_json(const StoredExpectation& expectation) {
  Json json = to_json(expectation.record);
  json["outcome_date"] = day_json(expectation.outcome_date);
  put(json, "outcome_event_id", expectation.outcome_event_id);
  json["cite_info"] = cite_json(expectation.document);
  return json;
}

}  // namespace detente::cli
