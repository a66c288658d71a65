#include "detente/engine/print_record.h"

#include <algorithm>
#include <array>
#include <map>

#include "detente/base/utf8.h"
#include "detente/engine/print_reading.h"

namespace detente::engine {
namespace {

std::string_view type_name(resolve::MentionType type) {
  constexpr std::array<std::string_view, 5> kNames{"person", "organization", "place", "group",
                                                   "object"};
  return kNames[static_cast<std::size_t>(type)];
}

std::string hex(std::uint64_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) out[i] = kDigits[value & 15];
  return out;
}

// FNV-1a: ids must be the same on every machine and run.
std::uint64_t mix(std::uint64_t hash, std::string_view bytes) {
  for (char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return hash;
}

/// Turns one document's findings into records.
class Printer {
 public:
  explicit Printer(const Walk& walk) : w_(walk), text_(walk.document.text), map_(text_) {}

  [[nodiscard]] Offsets offsets(TextSpan span) const {
    return {map_.to_code_points(span.begin), map_.to_code_points(span.end)};
  }
  [[nodiscard]] std::string words(TextSpan span) const { return std::string(span.in(text_)); }

  [[nodiscard]] EntityRecord entity(resolve::MentionId id) const {
    const resolve::Mention& mention = w_.resolved.mentions[id.value];
    const resolve::Entity& entity = w_.resolved.entities[mention.entity.value];
    EntityRecord record;
    record.code = entity.code;
    record.sector = entity.sector;
    record.entity_text = words(mention.span);
    record.identifier_text = entity.identifier_text;
    record.identifier_id = entity.identifier_id;
    record.office = entity.office;
    record.resolved_by = std::string(resolve::resolved_by_name(mention.resolved_by));
    record.at = offsets(mention.span);
    return record;
  }

  // The same party may stand for several in one: "the two Koreas" are both.
  [[nodiscard]] EntityRecord side(const events::Side& side) const {
    EntityRecord record;
    if (side.mention) record = entity(*side.mention);
    if (!side.mention && side.entity) {
      const resolve::Entity& entity = w_.resolved.entities[side.entity->value];
      record.identifier_text = entity.identifier_text;
      record.identifier_id = entity.identifier_id;
      record.office = entity.office;
    }
    if (!side.mention && !side.span.empty()) {
      record.entity_text = words(side.span);
      record.at = offsets(side.span);
    }
    record.code = side.code;
    record.sector = side.sector;
    return record;
  }

  // A voice that `resolve` has no entity for still has its words.
  [[nodiscard]] EntityRecord voice(std::optional<resolve::MentionId> mention,
                                   std::optional<TextSpan> source) const {
    if (mention) return entity(*mention);
    EntityRecord record;
    if (source) {
      record.entity_text = words(*source);
      record.identifier_text = record.entity_text;
      record.at = offsets(*source);
    }
    return record;
  }

  [[nodiscard]] EntityRecord speaker(const attribute::Attribution& attribution) const {
    return voice(attribution.speaker, attribution.source);
  }

  [[nodiscard]] std::vector<EntityRecord> via(const attribute::Attribution& attribution) const {
    std::vector<EntityRecord> records;
    for (const attribute::Reporter& reporter : attribution.via) {
      records.push_back(voice(reporter.mention, reporter.source));
    }
    return records;
  }

  [[nodiscard]] std::string claim_id(const attribute::Attribution& a) const {
    std::uint64_t hash = mix(0xCBF29CE484222325ULL, w_.document.id);
    for (std::uint32_t n : {a.cue.begin, a.cue.end, a.content.begin, a.content.end}) {
      hash = mix(hash, std::to_string(n) + ",");
    }
    return "c" + hex(hash);
  }

  [[nodiscard]] EventRecord event(const events::Event& e) const {
    EventRecord record;
    record.id = e.id;
    record.document_id = w_.document.id;
    record.date = e.date.first;
    record.enddate = e.date.last;
    record.date_precision = std::string(resolve::precision_name(e.date_precision));
    for (const events::Side& s : e.actor) record.actor.push_back(side(s));
    for (const events::Side& s : e.recipient) record.recipient.push_back(side(s));
    record.event = e.event;
    record.mode = e.modes;
    record.context = e.contexts;
    record.auxiliary_modes = e.auxiliary_modes.names();
    if (e.place) {
      const resolve::Place& place = w_.resolved.places[*e.place];
      record.event_loc = LocationRecord{words(place.span),  place.resolved_place, place.province,
                                        place.country_code, place.geonameid,      place.lat,
                                        place.lon,          place.resolution};
    }
    record.quad_code = e.quad_code;
    record.event_scale = e.event_scale;
    const auto count = [](const std::optional<events::CountRange>& range) {
      return range ? std::optional(CountRecord{range->min, range->max}) : std::nullopt;
    };
    record.size = {count(e.size.dead), count(e.size.injured), count(e.size.arrested),
                   count(e.size.size)};
    record.reciprocal = e.reciprocal;
    for (const events::EventMention& m : e.mentions) {
      record.mentions.push_back(
          {m.sentence, offsets(m.span), offsets(m.trigger), words(m.span), m.rules});
    }
    for (std::uint32_t i : e.attributions) {
      const attribute::Attribution& a = w_.attributed.attributions[i];
      record.attribution.push_back(
          {claim_id(a), speaker(a), via(a), std::string(attribute::stance_name(a.stance))});
    }
    record.cameo = e.cameo;
    record.goldstein = e.goldstein;
    record.confidence = e.confidence;
    for (const events::Feature& feature : e.features) {
      record.confidence_from.emplace_back(feature.name, feature.value);
    }
    record.rule = e.rule;
    record.convention = e.convention;
    return record;
  }

  [[nodiscard]] ClaimRecord claim(std::uint32_t index) const {
    const attribute::Attribution& a = w_.attributed.attributions[index];
    ClaimRecord record;
    record.id = claim_id(a);
    record.document_id = w_.document.id;
    record.speaker = speaker(a);
    record.via = via(a);
    record.cue = offsets(a.cue);
    record.content = offsets(a.content);
    record.quote = std::string(attribute::quote_name(a.quote));
    record.stance = std::string(attribute::stance_name(a.stance));
    for (const events::Event& e : w_.coded.events) {
      if (std::find(e.attributions.begin(), e.attributions.end(), index) != e.attributions.end()) {
        record.event_ids.push_back(e.id);
      }
    }
    return record;
  }

  [[nodiscard]] EvidenceRecord evidence(TextSpan span) const {
    return {w_.document.id, offsets(span)};
  }

  [[nodiscard]] std::optional<HorizonRecord> horizon(
      const std::optional<outlook::Horizon>& horizon) const {
    if (!horizon) return std::nullopt;
    return HorizonRecord{words(horizon->span), horizon->range.first, horizon->range.last};
  }

  [[nodiscard]] static MatterRecord matter(const outlook::Matter& m) {
    return {m.concept_name, m.words, m.actors, m.others, m.refrains};
  }

  [[nodiscard]] CommitmentRecord commitment(const outlook::Commitment& c) const {
    CommitmentRecord record;
    record.id = c.id;
    record.document_id = w_.document.id;
    record.key = outlook::key(c.matter, c.form);
    for (const events::Side& s : c.by) record.by.push_back(side(s));
    for (const events::Side& s : c.to) record.to.push_back(side(s));
    record.content = words(c.content);
    record.content_at = offsets(c.content);
    for (TextSpan span : c.evidence) record.evidence.push_back(evidence(span));
    if (c.made) {
      record.made = c.made->first;
      record.made_end = c.made->last;
    }
    record.form = std::string(outlook::form_name(c.form));
    record.status = std::string(outlook::status_name(c.status));
    record.deadline = horizon(c.deadline);
    if (c.condition) record.condition = words(*c.condition);
    for (const outlook::Step& step : c.history) {
      record.history.push_back({step.date.first, step.date.last,
                                std::string(outlook::turn_name(step.turn)), evidence(step.evidence),
                                step.confidence, step.event_id});
    }
    record.matter = matter(c.matter);
    record.is_mention = c.is_mention;
    return record;
  }

  [[nodiscard]] TurnRecord turn(const outlook::Fate& fate) const {
    TurnRecord record;
    record.matter = matter(fate.matter);
    record.status = std::string(outlook::turn_name(fate.turn));
    record.date = fate.date.first;
    record.enddate = fate.date.last;
    record.at = offsets(fate.span);
    return record;
  }

  [[nodiscard]] TurnRecord turn(const outlook::Deed& deed) const {
    TurnRecord record;
    record.matter = matter(deed.matter);
    record.event = deed.event;
    record.event_id = deed.event_id;
    record.date = deed.date.first;
    record.enddate = deed.date.last;
    record.at = offsets(deed.span);
    record.verb = deed.verb;
    record.between_foes = deed.between_foes;
    return record;
  }

  [[nodiscard]] ExpectationRecord expectation(const outlook::Expectation& x) const {
    ExpectationRecord record;
    record.id = x.id;
    record.document_id = w_.document.id;
    record.by = voice(x.by, x.by_span);
    for (const events::Side& s : x.about) record.about.push_back(side(s));
    record.direction = std::string(outlook::direction_name(x.direction));
    record.event = x.event;
    record.hedge = words(x.hedge);
    record.strength = x.strength;
    record.horizon = horizon(x.horizon);
    record.evidence = evidence(x.evidence);
    record.outcome = "open";
    return record;
  }

  void add_findings(Reading& reading) const {
    for (const resolve::TimeExpression& date : w_.resolved.dates) {
      // An expression without a value names no unit of the calendar; it serves the coder, not the
      // reader.
      if (date.value.empty()) continue;
      reading.dates.push_back({offsets(date.span), words(date.span), date.value,
                               date.range.first.text(), date.range.last.text(),
                               std::string(resolve::precision_name(date.precision)),
                               date.derivation});
    }
    for (const resolve::Mention& mention : w_.resolved.mentions) {
      const resolve::Entity& entity = w_.resolved.entities[mention.entity.value];
      ReadMention out;
      out.at = offsets(mention.span);
      out.type = std::string(type_name(mention.type));
      out.cluster = mention.entity.value;
      out.code = entity.code;
      out.sector = entity.sector;
      out.identifier_text = entity.identifier_text;
      out.office = entity.office;
      out.resolved_by = std::string(resolve::resolved_by_name(mention.resolved_by));
      out.why = mention.why;
      for (resolve::EntityId member : entity.members) {
        out.members.push_back(w_.resolved.entities[member.value].identifier_text);
      }
      reading.mentions.push_back(std::move(out));
    }
    for (const attribute::Attribution& a : w_.attributed.attributions) {
      ReadAttribution out;
      if (a.source) out.source = offsets(*a.source);
      out.cue = offsets(a.cue);
      out.content = offsets(a.content);
      out.quote = std::string(attribute::quote_name(a.quote));
      out.stance = std::string(attribute::stance_name(a.stance));
      for (const attribute::Reporter& reporter : a.via) {
        out.via.push_back(offsets(reporter.source));
      }
      reading.attributions.push_back(std::move(out));
    }
  }

 private:
  const Walk& w_;
  const std::string& text_;
  utf8::OffsetMap map_;
};

}  // namespace

void add_findings(const Walk& walk, Reading& reading) { Printer(walk).add_findings(reading); }

CodedRecords to_records(const Walk& walk) {
  CodedRecords records;
  records.reading = to_reading(walk.document);
  const Printer printer(walk);
  printer.add_findings(records.reading);
  for (const events::Event& event : walk.coded.events)
    records.events.push_back(printer.event(event));
  for (std::uint32_t i = 0; i < walk.attributed.attributions.size(); ++i) {
    // Who took a picture claims nothing.
    if (walk.attributed.attributions[i].kind == attribute::Kind::Credit) continue;
    records.claims.push_back(printer.claim(i));
  }
  for (const outlook::Commitment& one : walk.outlook.commitments)
    records.commitments.push_back(printer.commitment(one));
  for (const outlook::Expectation& one : walk.outlook.expectations)
    records.expectations.push_back(printer.expectation(one));
  for (const outlook::Fate& one : walk.outlook.fates) records.turns.push_back(printer.turn(one));
  for (const outlook::Deed& one : walk.outlook.deeds) records.turns.push_back(printer.turn(one));
  return records;
}

}  // namespace detente::engine
