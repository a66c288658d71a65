#include "detente/ledger/rows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "detente/ledger/identity.h"
#include "detente/ledger/outlook_rows.h"
#include "detente/version.h"

namespace detente::ledger {
namespace {

std::string side_code(const EntityRecord& side) {
  return side.sector.empty() ? side.code : side.code + "/" + side.sector;
}

std::vector<std::string> sorted_codes(const std::vector<EntityRecord>& sides) {
  std::vector<std::string> codes;
  for (const EntityRecord& side : sides) {
    if (!side.code.empty()) codes.push_back(side_code(side));
  }
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

bool is_real(const EventRecord& event) {
  const auto& modes = event.auxiliary_modes;
  return std::none_of(modes.begin(), modes.end(),
                      [](const std::string& mode) { return mode != "historical"; });
}

}  // namespace

std::string side_codes(const std::vector<EntityRecord>& sides) {
  std::vector<std::string> codes;
  for (const EntityRecord& side : sides) codes.push_back(side_code(side));
  return joined(codes);
}

Appender& offsets(Appender& row, const utf8::OffsetMap& map, Offsets at) {
  row.integer(at.start).integer(at.end);
  return row.integer(map.to_bytes(at.start)).integer(map.to_bytes(at.end));
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) out += (i == 0 ? "" : ";") + words[i];
  return out;
}

std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return words;
}

std::string joined(const Weights& weights) {
  std::vector<std::string> words;
  for (const auto& [name, value] : weights) {
    std::array<char, 32> number{};
    // The shortest spelling that reads back as the same number.
    const auto end = std::to_chars(number.data(), number.data() + number.size(), value).ptr;
    words.push_back(name + "=" + std::string(number.data(), end));
  }
  return joined(words);
}

Weights weights_of(std::string_view text) {
  Weights weights;
  for (const std::string& word : parted(text)) {
    const std::size_t sign = std::min(word.rfind('='), word.size());
    double value = 0;
    if (sign < word.size()) {
      std::from_chars(word.data() + sign + 1, word.data() + word.size(), value);
    }
    weights.emplace_back(word.substr(0, sign), value);
  }
  return weights;
}

std::string story_id(const EventRecord& event) {
  const std::vector<std::string> actors = sorted_codes(event.actor);
  const std::vector<std::string> recipients = sorted_codes(event.recipient);
  std::string key = event.event + "\x1e" + joined(actors) + "\x1e" + joined(recipients) + "\x1e" +
                    joined(event.auxiliary_modes) + "\x1e" + event.date.text() +
                    event.enddate.text();
  const bool sides_known = !actors.empty() && (event.reciprocal || !recipients.empty());
  if (!sides_known) {
    key += "\x1e";
    const bool place_known = event.event_loc && event.event_loc->geonameid != 0;
    key += place_known ? std::to_string(event.event_loc->geonameid) : event.id;
  }
  return "s" + hex(hash_of(key)).substr(0, 16);
}

struct RowWriter::Tables {
  Appender documents, revisions, events, mentions, entities, attributions, claims, dates, dyads;
  OutlookRows outlook;

  // --- one document ----------------------------------------------------------------------------

  const utf8::OffsetMap* map = nullptr;
  std::string_view text{};
  std::string_view document_id{};

  void write_entity(const std::string& record_id, std::string_view role, std::size_t position,
                    const EntityRecord& entity) {
    entities.text(record_id).text(document_id).text(role);
    entities.integer(static_cast<std::int64_t>(position)).text(entity.code).text(entity.sector);
    entities.text(entity.entity_text).text(entity.identifier_text).text(entity.identifier_id);
    entities.text(entity.office).text(entity.resolved_by);
    if (entity.at) {
      offsets(entities, *map, *entity.at);
    } else {
      entities.null().null().null().null();
    }
    entities.end_row();
  }

  void write_entities(const std::string& record_id, std::string_view role,
                      const std::vector<EntityRecord>& all) {
    for (std::size_t i = 0; i < all.size(); ++i) write_entity(record_id, role, i, all[i]);
  }

  void write_document(const Pending& pending) {
    const Reading& reading = pending.coded.reading;
    documents.text(document_id).text(pending.key).integer(pending.revision);
    documents.text(pending.content_hash).text(reading.url).text(reading.title);
    documents.text(reading.publisher).text(reading.language).date(reading.published_at);
    documents.integer(static_cast<std::int64_t>(utf8::count_code_points(reading.text)));
    documents.integer(static_cast<std::int64_t>(pending.coded.events.size()));
    documents.integer(static_cast<std::int64_t>(pending.coded.claims.size()));
    documents.text(pending.copy_group).text(pending.place.file).text(kVersion);
    documents.text(pending.version);
    documents.integer(static_cast<std::int64_t>(pending.coded.commitments.size()));
    documents.integer(static_cast<std::int64_t>(pending.coded.expectations.size())).end_row();
  }

  void write_revision(const Pending& pending) {
    const Reading& reading = pending.coded.reading;
    revisions.text(pending.key).integer(pending.revision).text(reading.document_id);
    revisions.text(pending.content_hash).date(reading.published_at).text(reading.title);
    revisions.text(reading.text).text(pending.place.file).end_row();
  }

  // --- events ----------------------------------------------------------------------------------

  void write_mentions(const EventRecord& event) {
    for (std::size_t i = 0; i < event.mentions.size(); ++i) {
      const MentionRecord& mention = event.mentions[i];
      mentions.text(event.id).text(document_id).integer(static_cast<std::int64_t>(i));
      mentions.integer(mention.sequence);
      offsets(offsets(mentions, *map, mention.at), *map, mention.trigger);
      mentions.text(mention.text).text(joined(mention.rules)).end_row();
    }
  }

  void write_dates(const EventRecord& event, const std::vector<ReadDate>& all) {
    std::int64_t position = 0;
    for (const ReadDate& date : all) {
      const bool inside =
          std::any_of(event.mentions.begin(), event.mentions.end(), [&](const MentionRecord& m) {
            return m.at.start <= date.at.start && date.at.end <= m.at.end;
          });
      if (!inside) continue;
      offsets(dates.text(event.id).text(document_id).integer(position++), *map, date.at);
      dates.text(date.text).text(date.value).text(date.date).text(date.enddate);
      dates.text(date.precision).text(date.derivation).end_row();
    }
  }

  void write_dyad(const EventRecord& event, const std::string& story, const EntityRecord* actor,
                  const EntityRecord* recipient) {
    dyads.text(event.id).text(document_id).text(story).date(event.date);
    for (const EntityRecord* side : {actor, recipient}) {
      dyads.text_or_null(side == nullptr ? "" : side->code);
      dyads.text_or_null(side == nullptr ? "" : side->sector);
    }
    dyads.text(event.event).integer(event.quad_code).number(event.event_scale);
    dyads.number(event.goldstein).boolean(is_real(event)).end_row();
  }

  void write_dyads(const EventRecord& event, const std::string& story) {
    // Several members of one code ("Kim and his ministers") are one side.
    std::set<std::string> written;
    const auto once = [&](const EntityRecord* actor, const EntityRecord* recipient) {
      const std::string pair = (actor == nullptr ? "" : side_code(*actor)) + "\x1f" +
                               (recipient == nullptr ? "" : side_code(*recipient));
      if (written.insert(pair).second) write_dyad(event, story, actor, recipient);
    };
    const auto& others = event.reciprocal ? event.actor : event.recipient;
    for (const EntityRecord& actor : event.actor) {
      if (others.empty()) once(&actor, nullptr);
      for (const EntityRecord& other : others) {
        if (&actor != &other) once(&actor, &other);
      }
    }
    if (event.reciprocal && event.actor.size() == 1) once(&event.actor.front(), nullptr);
    if (!event.actor.empty()) return;
    for (const EntityRecord& recipient : event.recipient) once(nullptr, &recipient);
    if (event.recipient.empty()) once(nullptr, nullptr);
  }

  void write_size(const std::optional<CountRecord>& count) {
    if (count) {
      events.integer(count->min);
      count->max ? events.integer(*count->max) : events.null();
    } else {
      events.null().null();
    }
  }

  void write_place(const std::optional<LocationRecord>& place) {
    if (!place) {
      for (int i = 0; i < 8; ++i) events.null();
      return;
    }
    events.text(place->extracted_place).text(place->resolved_place);
    events.integer(static_cast<std::int64_t>(place->geonameid)).number(place->lat);
    events.number(place->lon).text(place->province).text(place->country_code);
    events.integer(place->resolution);
  }

  void write_event(const EventRecord& event) {
    const std::string story = story_id(event);
    const MentionRecord& first = event.mentions.front();
    events.text(event.id).text(document_id).text(story).date(event.date).date(event.enddate);
    events.text(event.date_precision).text(side_codes(event.actor));
    events.text(side_codes(event.recipient)).text(event.event).text(joined(event.mode));
    events.text(joined(event.context)).text(joined(event.auxiliary_modes));
    events.boolean(event.reciprocal).integer(event.quad_code).number(event.event_scale);
    events.text(event.cameo).number(event.goldstein).number(event.confidence);
    events.text(joined(event.confidence_from)).text(first.text);
    offsets(events.integer(first.sequence), *map, first.at);
    write_size(event.size.dead);
    write_size(event.size.injured);
    write_size(event.size.arrested);
    write_size(event.size.size);
    write_place(event.event_loc);
    events.text(event.rule).text(event.convention).end_row();
    write_mentions(event);
    write_entities(event.id, "actor", event.actor);
    write_entities(event.id, "recipient", event.recipient);
    for (std::size_t i = 0; i < event.attribution.size(); ++i) {
      attributions.text(event.id).text(document_id).integer(static_cast<std::int64_t>(i));
      attributions.text(event.attribution[i].claim_id).text(event.attribution[i].stance).end_row();
    }
    write_dyads(event, story);
  }

  // --- claims ----------------------------------------------------------------------------------

  void write_claim(const ClaimRecord& claim, const std::optional<Date>& published) {
    const std::string& who = claim.speaker.identifier_text;
    claims.text(claim.id).text(document_id);
    claims.text(who.empty() ? claim.speaker.entity_text : who).text(claim.speaker.code);
    claims.text(claim.quote).text(claim.stance);
    offsets(offsets(claims, *map, claim.cue), *map, claim.content);
    const std::size_t begin = map->to_bytes(claim.content.start);
    claims.text(text.substr(begin, map->to_bytes(claim.content.end) - begin));
    claims.text(joined(claim.event_ids)).date(published).end_row();
    write_entity(claim.id, "speaker", 0, claim.speaker);
    write_entities(claim.id, "via", claim.via);
  }

  // Voices of events that make no claim of their own still have their parties.
  void write_silent_voices(const CodedRecords& coded) {
    std::set<std::string> written;
    for (const ClaimRecord& claim : coded.claims) written.insert(claim.id);
    for (const EventRecord& event : coded.events) {
      for (const AttributionRecord& voice : event.attribution) {
        if (!written.insert(voice.claim_id).second) continue;
        write_entity(voice.claim_id, "speaker", 0, voice.speaker);
        write_entities(voice.claim_id, "via", voice.via);
      }
    }
  }

  // --- promises and expectations ---------------------------------------------------------------

  void write_outlook(const CodedRecords& coded) {
    outlook.write(coded, *map);
    for (const CommitmentRecord& one : coded.commitments) {
      write_entities(one.id, "by", one.by);
      write_entities(one.id, "to", one.to);
    }
    for (const ExpectationRecord& one : coded.expectations) {
      write_entity(one.id, "by", 0, one.by);
      write_entities(one.id, "about", one.about);
    }
  }
};

RowWriter::RowWriter(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
RowWriter::RowWriter(RowWriter&&) noexcept = default;
RowWriter::~RowWriter() = default;

Result<RowWriter> RowWriter::open(const Connection& connection) {
  DETENTE_TRY(Appender documents, Appender::open(connection, "documents"));
  DETENTE_TRY(Appender revisions, Appender::open(connection, "revisions"));
  DETENTE_TRY(Appender events, Appender::open(connection, "events"));
  DETENTE_TRY(Appender mentions, Appender::open(connection, "mentions"));
  DETENTE_TRY(Appender entities, Appender::open(connection, "entities"));
  DETENTE_TRY(Appender attributions, Appender::open(connection, "attributions"));
  DETENTE_TRY(Appender claims, Appender::open(connection, "claims"));
  DETENTE_TRY(Appender dates, Appender::open(connection, "dates"));
  DETENTE_TRY(Appender dyads, Appender::open(connection, "dyads"));
  DETENTE_TRY(OutlookRows outlook, OutlookRows::open(connection));
  return RowWriter(std::make_unique<Tables>(
      Tables{std::move(documents), std::move(revisions), std::move(events), std::move(mentions),
             std::move(entities), std::move(attributions), std::move(claims), std::move(dates),
             std::move(dyads), std::move(outlook)}));
}

void RowWriter::write(const Pending& document) {
  Tables& t = *tables_;
  const Reading& reading = document.coded.reading;
  const utf8::OffsetMap map(reading.text);
  t.map = &map;
  t.text = reading.text;
  t.document_id = reading.document_id;
  t.write_revision(document);
  if (document.is_current) {
    t.write_document(document);
    for (const EventRecord& event : document.coded.events) {
      t.write_event(event);
      t.write_dates(event, reading.dates);
    }
    for (const ClaimRecord& claim : document.coded.claims) {
      t.write_claim(claim, reading.published_at);
    }
    t.write_silent_voices(document.coded);
    t.write_outlook(document.coded);
  }
  t.map = nullptr;
}

Result<void> RowWriter::close() {
  Tables& t = *tables_;
  for (Appender* table : {&t.documents, &t.revisions, &t.events, &t.mentions, &t.entities,
                          &t.attributions, &t.claims, &t.dates, &t.dyads}) {
    DETENTE_TRY_VOID(table->close());
  }
  return t.outlook.close();
}

}  // namespace detente::ledger
