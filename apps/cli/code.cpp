// detente code: the record of what happened, who said so; a table on a terminal, PLOVER JSON lines
// elsewhere.

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "common.h"
#include "json.h"

namespace detente::cli {
namespace {

using Json = nlohmann::ordered_json;

struct CodeArguments {
  EngineArguments engine;
  InputArguments input;
  std::string format;
  std::string only;
  std::vector<std::string> ontology;
  bool explain = false;
};

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

Json to_json(const std::vector<EntityRecord>& entities) {
  Json json = Json::array();
  for (const EntityRecord& entity : entities) json.push_back(to_json(entity));
  return json;
}

Json to_json(const LocationRecord& place) {
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

Json to_json(const SizeRecord& size) {
  Json json = Json::object();
  const auto count = [&](const char* key, const std::optional<CountRecord>& range) {
    if (range) json[key] = {{"min", range->min}, {"max", range->max}};
  };
  count("dead", size.dead);
  count("injured", size.injured);
  count("arrested", size.arrested);
  count("size", size.size);
  return json;
}

Json to_json(const EventRecord& event) {
  Json json;
  json["kind"] = "event";
  json["id"] = event.id;
  json["document_id"] = event.document_id;
  json["date"] = event.date.text();
  json["enddate"] = event.enddate.text();
  json["actor"] = to_json(event.actor);
  json["recipient"] = to_json(event.recipient);
  json["event"] = Json::array({event.event});
  json["mode"] = event.mode;
  json["context"] = event.context;
  if (event.event_loc) json["event_loc"] = to_json(*event.event_loc);
  json["event_text"] = Json::array();
  for (const MentionRecord& mention : event.mentions) json["event_text"].push_back(mention.text);
  json["quad_code"] = event.quad_code;
  json["event_scale"] = event.event_scale;
  json["size"] = to_json(event.size);
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
                                   {"via", to_json(attribution.via)},
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
  Json json;
  json["kind"] = "claim";
  json["id"] = claim.id;
  json["document_id"] = claim.document_id;
  json["speaker"] = to_json(claim.speaker);
  json["via"] = to_json(claim.via);
  json["cue"] = span(claim.cue);
  json["content"] = span(claim.content);
  json["quote"] = claim.quote;
  json["stance"] = claim.stance;
  json["event_ids"] = claim.event_ids;
  return json;
}

std::string one_line(std::string text, std::size_t width) {
  for (char& c : text) c = c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  if (text.size() <= width) return text;
  std::size_t end = width - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

std::string sides(const std::vector<EntityRecord>& entities) {
  std::string out;
  for (const EntityRecord& entity : entities) {
    out += (out.empty() ? "" : "+") + (entity.code.empty() ? std::string("?") : entity.code) +
           (entity.sector.empty() ? "" : "/" + entity.sector);
  }
  return out.empty() ? "-" : out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ",") + word;
  return out;
}

void pad(std::string& line, std::size_t column) {
  line.resize(std::max(line.size() + 2, column), ' ');
}

void print_table(const CodedRecords& coded, bool events, bool claims) {
  std::cout << "# " << (coded.reading.name.empty() ? coded.reading.document_id : coded.reading.name)
            << "  " << (coded.reading.published_at ? coded.reading.published_at->text() : "no date")
            << '\n';
  if (events) {
    for (const EventRecord& event : coded.events) {
      std::string line = event.date.text();
      if (event.enddate != event.date) line += ".." + event.enddate.text();
      pad(line, 24);
      line += event.event + (event.mode.empty() ? "" : "/" + joined(event.mode));
      pad(line, 42);
      line += sides(event.actor);
      pad(line, 60);
      line += sides(event.recipient);
      pad(line, 76);
      if (!event.auxiliary_modes.empty()) line += "(" + joined(event.auxiliary_modes) + ") ";
      line += one_line(event.mentions.front().text, 70);
      if (event.mentions.size() > 1) line += "  x" + std::to_string(event.mentions.size());
      std::cout << line << '\n';
    }
  }
  if (claims) {
    for (const ClaimRecord& claim : coded.claims) {
      const std::string who = claim.speaker.identifier_text.empty() ? claim.speaker.entity_text
                                                                    : claim.speaker.identifier_text;
      std::string line = "claim";
      pad(line, 24);
      line += who.empty() ? "(unsaid)" : one_line(who, 30);
      for (const EntityRecord& via : claim.via) line += " via " + one_line(via.entity_text, 20);
      pad(line, 76);
      std::cout << line << claim.stance << ", " << claim.quote << '\n';
    }
  }
}

// The evidence of one event: its words, the rules that fired, each side's and the day's derivation.
void explain(const EventRecord& event, const Reading& reading) {
  std::cout << "\n"
            << event.event << (event.mode.empty() ? "" : "/" + joined(event.mode)) << "  "
            << event.date.text() << (event.enddate != event.date ? ".." + event.enddate.text() : "")
            << " (" << event.date_precision << ")"
            << "  CAMEO " << event.cameo << "  confidence " << event.confidence << "\n  id "
            << event.id << '\n';
  for (const MentionRecord& mention : event.mentions) {
    std::cout << "  sentence " << mention.sequence << " [" << mention.at.start << ", "
              << mention.at.end << ") " << one_line(mention.text, 160)
              << "\n    rules: " << joined(mention.rules) << '\n';
  }
  const auto party = [](const char* role, const std::vector<EntityRecord>& entities) {
    for (const EntityRecord& entity : entities) {
      std::cout << "  " << role << " " << (entity.code.empty() ? "?" : entity.code)
                << (entity.sector.empty() ? "" : "/" + entity.sector) << "  \""
                << one_line(entity.entity_text, 60) << "\""
                << (entity.identifier_text.empty() ? "" : " = " + entity.identifier_text)
                << (entity.office.empty() ? "" : ", " + entity.office)
                << (entity.resolved_by.empty() ? "" : " (by " + entity.resolved_by + ")") << '\n';
    }
  };
  party("actor", event.actor);
  party("recipient", event.recipient);
  for (const ReadDate& date : reading.dates) {
    const bool inside =
        std::any_of(event.mentions.begin(), event.mentions.end(), [&](const MentionRecord& m) {
          return m.at.start <= date.at.start && date.at.end <= m.at.end;
        });
    if (inside)
      std::cout << "  day \"" << date.text << "\" = " << date.value << ": " << date.derivation
                << '\n';
  }
  for (const AttributionRecord& a : event.attribution) {
    std::cout << "  according to "
              << (a.speaker.entity_text.empty() ? "(unsaid)" : one_line(a.speaker.entity_text, 60));
    for (const EntityRecord& via : a.via) std::cout << " via " << one_line(via.entity_text, 60);
    std::cout << " (" << a.stance << ")\n";
  }
  if (!event.convention.empty()) std::cout << "  convention: " << event.convention << '\n';
}

int run(const CodeArguments& arguments) {
  const bool as_table =
      arguments.format == "table" || (arguments.format.empty() && ::isatty(STDOUT_FILENO) == 1);
  const bool events = arguments.only.empty() || arguments.only == "events";
  const bool claims = arguments.only.empty() || arguments.only == "claims";
  std::optional<Engine> engine;
  const auto prepare = [&]() -> Result<void> {
    EngineOptions options = engine_options(arguments.engine);
    options.ontology.assign(arguments.ontology.begin(), arguments.ontology.end());
    DETENTE_TRY(Engine opened, Engine::open(options));
    engine = std::move(opened);
    return {};
  };
  return for_each_file(
      arguments.input, prepare, [&](const std::string& file, const InputOptions& input) {
        return engine->code(file, input, [&](Result<CodedRecords> coded) {
          if (!coded) {
            complain(coded.error());
            return true;
          }
          const auto print = [](const Json& json) {
            std::cout << json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                      << '\n';
          };
          if (arguments.explain) {
            for (const EventRecord& event : coded->events) explain(event, coded->reading);
          } else if (as_table) {
            print_table(*coded, events, claims);
          } else {
            for (const EventRecord& event : coded->events) {
              if (events) print(to_json(event));
            }
            for (const ClaimRecord& claim : coded->claims) {
              if (claims) print(to_json(claim));
            }
          }
          return static_cast<bool>(std::cout);
        });
      });
}

}  // namespace

void add_code(CLI::App& program, int& status) {
  auto arguments = std::make_shared<CodeArguments>();
  CLI::App* app = program.add_subcommand(
      "code", help_text("detente code report.txt --published 2022-04-22",
                        "Codes news: who did what to whom, when and where, according to whom."));
  add_input_options(*app, arguments->input);
  app->add_option("--format", arguments->format,
                  "table, plover or json; on a terminal a table, else JSON lines")
      ->check(CLI::IsMember({"table", "plover", "json"}));
  app->add_option("--only", arguments->only, "One kind of record: events or claims")
      ->check(CLI::IsMember({"events", "claims"}));
  app->add_flag("--explain", arguments->explain,
                "The evidence of each event: words, rules, sides, days");
  app->add_option("--ontology", arguments->ontology, "Rules to read after data/ontology")
      ->type_name("DIR");
  add_engine_options(*app, arguments->engine);
  app->callback([arguments, &status] { status = run(*arguments); });
}

}  // namespace detente::cli
