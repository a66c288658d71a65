// Walks the texts of a JSON lines file through all rooms on one thread, for the benches.
//
//   code_probe MODEL DATA PLACES FILE.jsonl [RULES]
//
// RULES: a folder read after DATA/ontology. All texts are in memory before the clock starts; prints
// {"tokens", "seconds", "cpu_seconds", "tokens_per_s", "events", "rules", and the seconds of each
// stage}.

#include <chrono>
#include <ctime>
#include <iostream>
#include <nlohmann/json.hpp>
#include <vector>

#include "detente/engine/engine.h"

namespace {

using namespace detente;  // NOLINT(google-build-using-namespace): a program of one page

int run(char** argv, const char* rules) {
  EngineOptions options;
  options.model = argv[1];
  options.data = argv[2];
  options.places = argv[3];
  if (rules != nullptr) options.ontology = {rules};
  const auto tables = engine::open_tables(options);
  if (!tables) {
    std::cerr << tables.error().text() << '\n';
    return 3;
  }
  std::vector<read::Document> documents;
  read::ReadOptions how;
  how.zone_tables = &tables->zones;
  const auto read = read::for_each_document(argv[4], how, [&](Result<read::Document> document) {
    if (document) documents.push_back(*std::move(document));
    return true;
  });
  if (!read) {
    std::cerr << read.error().text() << '\n';
    return 3;
  }
  parse::Workspace workspace(tables->model);
  engine::StageTimes times{};
  std::uint64_t n_tokens = 0;
  std::uint64_t n_events = 0;
  const std::clock_t cpu_start = std::clock();
  const auto start = std::chrono::steady_clock::now();
  for (const read::Document& document : documents) {
    const engine::Walk walk =
        engine::walk(document, *tables, workspace, engine::Stage::Code, &times);
    n_tokens += walk.parsed.tokens.size();
    n_events += walk.coded.events.size();
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  const double cpu_seconds =
      static_cast<double>(std::clock() - cpu_start) / static_cast<double>(CLOCKS_PER_SEC);
  nlohmann::json row{
      {"tokens", n_tokens},      {"cpu_seconds", cpu_seconds},
      {"seconds", took.count()}, {"tokens_per_s", static_cast<double>(n_tokens) / took.count()},
      {"events", n_events},      {"rules", tables->ontology->rules().size()}};
  for (std::size_t i = 0; i < times.size(); ++i) {
    row[std::string(engine::kStageNames[i])] = std::chrono::duration<double>(times[i]).count();
  }
  std::cout << row.dump() << '\n';
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::cerr << "usage: code_probe MODEL DATA PLACES FILE.jsonl [RULES]\n";
    return 2;
  }
  return run(argv, argc > 5 ? argv[5] : nullptr);
}
