#include "coder_for_tests.h"

#include <filesystem>
#include <set>
#include <utility>

namespace detente::cases {

std::string codes_of(const std::vector<events::Side>& sides) {
  std::set<std::string> all;
  for (const auto& side : sides) {
    if (!side.code.empty()) all.insert(side.code);
  }
  std::string out;
  for (const auto& code : all) out += (out.empty() ? "" : "+") + code;
  return out;
}

namespace {

std::string size_text(const char* name, const std::optional<events::CountRange>& range) {
  if (!range) return "";
  const std::string min = std::to_string(range->min);
  return std::string(" ") + name + "=" + min +
         (range->max == range->min ? ""
                                   : ".." + (range->max ? std::to_string(*range->max) : "more"));
}

CoderForTests::Coded coded_of(const events::Event& event) {
  CoderForTests::Coded out{event.event, codes_of(event.actor), codes_of(event.recipient),
                           event.event};
  for (std::size_t i = 0; i < event.modes.size(); ++i) {
    out.line += (i == 0 ? "/" : ",") + event.modes[i];
  }
  out.line += " " + (out.actor.empty() ? "-" : out.actor);
  if (!out.recipient.empty()) out.line += " -> " + out.recipient;
  const auto auxiliary = event.auxiliary_modes.names();
  for (std::size_t i = 0; i < auxiliary.size(); ++i) {
    out.line += (i == 0 ? " [" : " ") + auxiliary[i] + (i + 1 == auxiliary.size() ? "]" : "");
  }
  if (event.date_from_text) {
    out.line += " " + event.date.first.text();
    if (event.date.last != event.date.first) out.line += ".." + event.date.last.text();
  }
  out.line += size_text("dead", event.size.dead) + size_text("injured", event.size.injured) +
              size_text("arrested", event.size.arrested) + size_text("size", event.size.size);
  return out;
}

}  // namespace

CoderForTests::CoderForTests(engine::Tables tables) : tables_(std::move(tables)) {
  workspace_.emplace(tables_.model);
}

std::unique_ptr<CoderForTests> CoderForTests::open(std::string& why_not) {
  const std::filesystem::path root = DETENTE_SOURCE_DIR;
  EngineOptions options;
  options.model = root / ".cache/models/en.dtm";
  options.data = root / "data";
  options.places = root / ".cache/places";
  options.ontology = {root / "tests/cases/every_event/confidence.tsv"};
  for (const auto& needed : {options.model, options.places}) {
    if (!std::filesystem::exists(needed)) {
      why_not = needed.string() + " is not here: run ./dev setup";
      return nullptr;
    }
  }
  auto tables = engine::open_tables(options);
  if (!tables) {
    why_not = tables.error().text();
    return nullptr;
  }
  return std::unique_ptr<CoderForTests>(new CoderForTests(*std::move(tables)));
}

std::vector<CoderForTests::Coded> CoderForTests::code(const std::string& text,
                                                      const std::string& published) {
  std::vector<Coded> out;
  walk(text, published, engine::Stage::Code, [&](const engine::Walk& walked) {
    for (const auto& event : walked.coded.events) out.push_back(coded_of(event));
  });
  return out;
}

void CoderForTests::walk(const std::string& text, const std::string& published, engine::Stage last,
                         const std::function<void(const engine::Walk&)>& take) {
  read::ReadOptions options;
  options.id = "case";
  options.zone_tables = &tables_.zones;
  options.published_at = Date::parse(published);
  if (const auto document = read::read_plain(text, options)) {
    take(engine::walk(*document, tables_, *workspace_, last));
  }
}

}  // namespace detente::cases
