// Follows the promises through the documents of each file and prints one JSON object per
// commitment.
//   outlook_probe MODEL FILE...

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "detente/engine/stages.h"
#include "detente/outcome/outcome.h"
#include "detente/read/read.h"

namespace {

using Json = nlohmann::ordered_json;
using namespace detente;

Json sides(const std::vector<events::Side>& all) {
  Json json = Json::array();
  for (const events::Side& side : all) json.push_back({{"code", side.code}});
  return json;
}

Json row(const outcome::Followed& one,
         const std::vector<std::pair<std::string, std::string>>& texts) {
  Json json;
  json["by"] = sides(one.commitment.by);
  json["to"] = sides(one.commitment.to);
  json["words"] = one.commitment.matter.words;
  for (const auto& [id, text] : texts) {
    if (id == one.tellings.front().document_id) json["content"] = one.commitment.content.in(text);
  }
  json["status"] = outlook::status_name(one.status);
  json["history"] = Json::array();
  for (const outcome::ToldStep& told : one.history) {
    json["history"].push_back({{"status", outlook::turn_name(told.step.turn)},
                               {"document_id", told.document_id},
                               {"confidence", told.step.confidence}});
  }
  return json;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: outlook_probe MODEL FILE...\n";
    return 2;
  }
  const std::filesystem::path root = DETENTE_SOURCE_DIR;
  EngineOptions options;
  options.model = argv[1];
  options.data = root / "data";
  options.places = root / ".cache" / "places";
  const Result<engine::Tables> tables = engine::open_tables(options);
  if (!tables) {
    std::cerr << tables.error().text() << '\n';
    return 3;
  }
  parse::Workspace workspace(tables->model);
  for (int i = 2; i < argc; ++i) {
    std::vector<outcome::Document> documents;
    std::vector<std::pair<std::string, std::string>> texts;
    read::ReadOptions how;
    how.zone_tables = &tables->zones;
    const auto read = read::for_each_document(argv[i], how, [&](Result<read::Document> document) {
      if (!document) return true;
      engine::Walk walk = engine::walk(*document, *tables, workspace, engine::Stage::Outlook);
      texts.emplace_back(document->id, document->text);
      documents.push_back(
          {document->id, document->published_at.value_or(Date()), std::move(walk.outlook)});
      return true;
    });
    if (!read) {
      std::cerr << read.error().text() << '\n';
      return 3;
    }
    for (const outcome::Followed& one : outcome::follow(std::move(documents))) {
      Json json = row(one, texts);
      json["file"] = argv[i];
      std::cout << json.dump() << '\n';
    }
  }
  return 0;
}
